//! Small sets of schema files in memory, and problems to expect in them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use trtc_rooms_schema::{Problem, SchemaSet};

/// The endpoint of [`Files::sound`].
pub(crate) const CALL: &str = "live/call.json";

/// The shared definitions of [`Files::sound`].
pub(crate) const TYPES: &str = "common/types.json";

/// Schema files as JSON values.
#[derive(Clone, Debug)]
pub(crate) struct Files(pub(crate) BTreeMap<String, Value>);

impl Files {
    /// A set in which nothing is wrong: an endpoint with members of every type, its
    /// product, a region, and shared definitions.
    pub(crate) fn sound() -> Self {
        let files = [
            (CALL, call()),
            ("live/product.json", product()),
            (TYPES, types()),
            ("common/regions.json", regions()),
        ];
        let files = files.map(|(name, value)| (name.to_owned(), value));
        Self(files.into())
    }

    /// Puts a value at a JSON pointer of a file; the last step may be new.
    pub(crate) fn with(mut self, file: &str, pointer: &str, value: Value) -> Self {
        let (parent, step) = pointer.rsplit_once('/').expect("a pointer to a member");
        let step = step.replace("~1", "/").replace("~0", "~");
        let parent = self.0.get_mut(file).unwrap().pointer_mut(parent);
        match parent.unwrap_or_else(|| panic!("{file} has no parent of {pointer}")) {
            Value::Object(members) => {
                members.insert(step, value);
            }
            Value::Array(elements) => match step.parse::<usize>() {
                Ok(index) if index < elements.len() => elements[index] = value,
                _ => elements.push(value),
            },
            _ => panic!("{pointer} is in no object or list"),
        }
        self
    }

    /// The same for the file of the endpoint.
    pub(crate) fn call(self, pointer: &str, value: Value) -> Self {
        self.with(CALL, pointer, value)
    }

    /// Adds a member to the request.
    pub(crate) fn member(self, name: &str, schema: Value) -> Self {
        self.call(&format!("/properties/{name}"), schema)
    }

    /// Removes what is at a JSON pointer of a file.
    pub(crate) fn without(mut self, file: &str, pointer: &str) -> Self {
        let (parent, step) = pointer.rsplit_once('/').unwrap();
        let parent = self.0.get_mut(file).unwrap().pointer_mut(parent).unwrap();
        assert!(parent.as_object_mut().unwrap().shift_remove(step).is_some());
        self
    }

    /// Adds or replaces a file.
    pub(crate) fn file(mut self, name: &str, value: Value) -> Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    pub(crate) fn without_file(mut self, name: &str) -> Self {
        assert!(self.0.remove(name).is_some());
        self
    }

    pub(crate) fn texts(&self) -> impl Iterator<Item = (String, String)> {
        self.0
            .iter()
            .map(|(name, value)| (name.clone(), value.to_string()))
    }

    pub(crate) fn set(&self) -> SchemaSet {
        SchemaSet::from_files(self.texts()).unwrap_or_else(|problems| panic!("{problems}"))
    }

    /// Everything that is wrong.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        match SchemaSet::from_files(self.texts()) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.iter().cloned().collect(),
        }
    }

    /// Expects exactly these problems: file, place, and words of the message or help.
    #[track_caller]
    pub(crate) fn expect(&self, expected: &[(&str, &str, &[&str])]) {
        let problems = self.problems();
        let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems.len(), expected.len(), "{}", shown.join("\n"));
        for (file, place, words) in expected {
            let is_found = problems.iter().any(|problem| {
                let help = problem.help.as_deref().unwrap_or_default();
                let text = format!("{}\n{help}", problem.message);
                problem.file == *file
                    && problem.place == *place
                    && words.iter().all(|word| text.contains(word))
            });
            assert!(
                is_found,
                "{file} {place} {words:?} not in\n{}",
                shown.join("\n")
            );
        }
    }

    /// Expects exactly one problem, in the file of the endpoint.
    #[track_caller]
    pub(crate) fn expect_one(&self, place: &str, words: &[&str]) {
        self.expect(&[(CALL, place, words)]);
    }

    /// Expects that nothing is wrong.
    #[track_caller]
    pub(crate) fn expect_none(&self) {
        self.expect(&[]);
    }
}

/// A sound code.
pub(crate) fn code(code: i32, name: &str) -> Value {
    json!({
        "code": code, "name": name, "class": "request", "retry": "never",
        "meaning": "It is wrong.", "remedy": "Correct it.",
    })
}

fn page() -> Value {
    json!({ "title": "Call", "url": "https://example.com/1", "updated": "2026-01-31" })
}

fn product() -> Value {
    json!({
        "$schema": "../dialect.json", "title": "Live", "description": "Live rooms.",
        "product": { "page": page() },
    })
}

fn regions() -> Value {
    json!({
        "$schema": "../dialect.json", "title": "Regions", "description": "The regions.",
        "regions": [
            { "name": "singapore", "description": "Singapore.", "host": "sg.example.com" },
            { "name": "usa", "description": "The USA.", "host": "us.example.com" },
        ],
    })
}

fn types() -> Value {
    json!({
        "$schema": "../dialect.json", "title": "Types", "description": "Shared types.",
        "$defs": {
            "Mode": {
                "description": "How.", "type": "string", "enum": ["Free", "Apply"],
                "valueDescriptions": { "Free": "Free.", "Apply": "By application." },
            },
            "UserId": { "description": "A user.", "type": "string", "maxBytes": 32 },
            "UserIds": {
                "description": "Users.", "type": "array", "maxItems": 9,
                "items": { "$ref": "#/$defs/UserId" },
            },
            "Entry": {
                "description": "An entry.", "type": "object", "required": ["Key"],
                "properties": {
                    "Key": { "description": "Its key.", "type": "string" },
                    "Value": { "description": "Its value.", "type": "string" },
                    "Weight": { "description": "Its weight.", "type": "integer" },
                },
            },
        },
    })
}

fn call() -> Value {
    json!({
        "$schema": "../dialect.json", "title": "Call", "description": "Calls.",
        "endpoint": {
            "path": "v4/live/call",
            "rate": { "calls": 200, "perSeconds": 1 },
            "otherRates": [
                { "calls": 1, "perSeconds": 1, "countedOver": "/Name", "code": 100_012 },
            ],
            "regions": ["singapore"],
            "page": page(),
            "repeat": { "safe": true, "reason": "Nothing changes.", "doneCodes": [100_010] },
            "payload": "beside",
        },
        "type": "object",
        "properties": {
            "Name": { "description": "The name.", "type": "string", "maxBytes": 8 },
            "Mode": { "description": "The mode.", "$ref": "../common/types.json#/$defs/Mode" },
            "Template": { "description": "The template.", "$ref": "#/$defs/Template" },
            "Start": { "description": "The start.", "type": "integer" },
            "End": { "description": "The end.", "type": "integer" },
            "Tags": {
                "description": "The tags.", "type": "array", "maxItems": 3,
                "items": { "type": "string" },
            },
            "Entries": {
                "description": "The entries.", "type": "array",
                "items": { "$ref": "../common/types.json#/$defs/Entry" },
            },
            "Labels": {
                "description": "The labels.", "type": "object",
                "additionalProperties": { "type": "string" },
            },
            "Inner": {
                "description": "Inside.", "type": "object", "required": ["Id"],
                "properties": {
                    "Id": { "description": "The id.", "type": "string" },
                    "Count": { "description": "A count.", "type": "integer" },
                },
            },
        },
        "required": ["Name"],
        "$defs": {
            "Template": {
                "description": "A template.", "type": "string", "openEnum": ["Audio", "Video"],
                "valueDescriptions": { "Audio": "Voice.", "Video": "Pictures." },
                "valueAliases": { "audio": "Audio" },
            },
        },
        "response": {
            "description": "The reply.", "type": "object",
            "properties": { "RoomId": { "description": "The room.", "type": "string" } },
            "examples": [{ "RoomId": "a" }],
        },
        "codes": [
            code(100_002, "InvalidParameter"),
            code(100_010, "Done"),
            code(100_012, "TooFrequent"),
        ],
        "examples": [{ "Name": "a", "Mode": "Free" }],
        "counterexamples": [{
            "title": "too long", "request": { "Name": "123456789" },
            "violations": [{ "pointer": "/Name", "rule": "maxBytes" }],
        }],
    })
}
