//! Mutations of schema files: one fact at a time, shifted or dropped.

use serde_json::{Map, Value, json};

/// One fact of one schema file, changed.
#[derive(Clone, Debug)]
pub struct SchemaMutation {
    /// The name, stable as long as the schema is:
    /// `live/create_room.json#/properties/RoomInfo/../maxBytes:+1`.
    pub id: String,
    /// Which kind of fact is changed.
    pub fact: Fact,
    /// The file, relative to `schemas/`.
    pub file: String,
    /// The text of the changed file.
    pub text: String,
}

/// The kinds of facts that a schema states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// A greatest or least size, count, number or difference.
    Limit,
    /// A value of a closed list.
    Value,
    /// Whether a member is mandatory.
    Required,
    /// The JSON type of a member.
    Type,
    /// The name of a member.
    Member,
    /// The number of an error code, or that it is listed.
    Code,
    /// The class or the retry advice of an error code.
    CodeClass,
    /// The path of the endpoint.
    Path,
    /// The documented rate.
    Rate,
    /// The regions of the page.
    Region,
    /// Whether the call may be repeated.
    Repeat,
}

impl Fact {
    /// The name in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Fact::Limit => "limit",
            Fact::Value => "value",
            Fact::Required => "required",
            Fact::Type => "type",
            Fact::Member => "member",
            Fact::Code => "code",
            Fact::CodeClass => "code class",
            Fact::Path => "path",
            Fact::Rate => "rate",
            Fact::Region => "region",
            Fact::Repeat => "repeat",
        }
    }
}

/// Every mutation of a schema file that describes an endpoint.
///
/// Examples are taken out of the changed files: the loader compares them with the
/// schema and would find most mutations before the harness sees them.
pub fn mutations(file: &str, schema: &Value) -> Vec<SchemaMutation> {
    let mut collector = Collector {
        file,
        root: without_examples(schema),
        mutations: Vec::new(),
    };
    collector.request();
    collector.codes();
    collector.endpoint();
    collector.mutations
}

struct Collector<'a> {
    file: &'a str,
    root: Value,
    mutations: Vec<SchemaMutation>,
}

impl Collector<'_> {
    fn request(&mut self) {
        for pointer in schemas_below(&self.root, "") {
            // A shared definition changes several endpoints; those are mutated in
            // their own file.
            self.limits(&pointer);
            self.differences(&pointer);
            self.values(&pointer);
            self.required(&pointer);
            self.members(&pointer);
            self.types(&pointer);
        }
    }

    fn limits(&mut self, pointer: &str) {
        let keywords = ["minBytes", "maxBytes", "minItems", "maxItems", "minimum", "maximum"];
        for keyword in keywords {
            self.shift_and_drop(pointer, keyword);
        }
    }

    fn differences(&mut self, pointer: &str) {
        let Some(rules) = self.at(pointer)["differences"].as_array().cloned() else {
            return;
        };
        for index in 0..rules.len() {
            let rule = format!("{pointer}/differences/{index}");
            for keyword in ["minimum", "maximum"] {
                self.shift_and_drop(&rule, keyword);
            }
            self.mutate(Fact::Limit, &rule, "swapped", |rule| {
                let (of, minus) = (rule["of"].clone(), rule["minus"].clone());
                rule["of"] = minus;
                rule["minus"] = of;
            });
        }
        self.mutate(Fact::Limit, &format!("{pointer}/differences"), "dropped", |rules| {
            *rules = json!([]);
        });
    }

    fn shift_and_drop(&mut self, pointer: &str, keyword: &str) {
        let Some(limit) = self.at(pointer)[keyword].as_i64() else {
            return;
        };
        let place = format!("{pointer}/{keyword}");
        for (name, value) in [("+1", limit + 1), ("-1", limit - 1)] {
            self.mutate(Fact::Limit, &place, name, |limit| *limit = json!(value));
        }
        let keyword = keyword.to_owned();
        self.mutate_in(Fact::Limit, pointer, &place, "dropped", |schema| {
            schema.remove(&keyword);
        });
    }

    fn values(&mut self, pointer: &str) {
        for keyword in ["enum", "openEnum"] {
            self.listed_values(pointer, keyword);
        }
    }

    fn listed_values(&mut self, pointer: &str, keyword: &str) {
        let Some(values) = self.at(pointer)[keyword].as_array().cloned() else {
            return;
        };
        let place = format!("{pointer}/{keyword}");
        for (index, value) in values.iter().enumerate() {
            let value = value.as_str().unwrap_or_default().to_owned();
            let name = format!("misspelt-{value}");
            self.mutate_in(Fact::Value, pointer, &place, &name, |schema| {
                schema[keyword][index] = json!("Misspelt");
                for words in ["valueDescriptions", "valueAliases"] {
                    schema.remove(words);
                }
            });
        }
        self.mutate(Fact::Value, &place, "one-more", |values| {
            if let Value::Array(values) = values {
                values.push(json!("OneMore"));
            }
        });
    }

    fn required(&mut self, pointer: &str) {
        let schema = self.at(pointer).clone();
        let Some(members) = schema["properties"].as_object() else {
            return;
        };
        let required: Vec<&str> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let place = format!("{pointer}/required");
        for name in members.keys() {
            let is_required = required.contains(&name.as_str());
            let what = if is_required { "no-longer" } else { "now" };
            let changed: Vec<&str> = if is_required {
                required.iter().copied().filter(|other| other != name).collect()
            } else {
                required.iter().copied().chain([name.as_str()]).collect()
            };
            let changed = json!(changed);
            self.mutate_in(Fact::Required, pointer, &place, &format!("{what}-{name}"), |schema| {
                schema.insert("required".to_owned(), changed.clone());
            });
        }
    }

    fn members(&mut self, pointer: &str) {
        let Some(members) = self.at(pointer)["properties"].as_object().cloned() else {
            return;
        };
        for name in members.keys() {
            let place = format!("{pointer}/properties/{name}");
            self.mutate_in(Fact::Member, pointer, &place, "renamed", |schema| {
                rename(schema, name, &format!("{name}X"));
            });
        }
    }

    fn types(&mut self, pointer: &str) {
        let Some(name) = self.at(pointer)["type"].as_str().map(str::to_owned) else {
            return;
        };
        // Only scalars: another type of an object or list is another schema.
        let other = match name.as_str() {
            "string" => "integer",
            "integer" => "number",
            "boolean" => "string",
            _ => return,
        };
        self.mutate_in(Fact::Type, pointer, &format!("{pointer}/type"), other, |schema| {
            for keyword in ["minBytes", "maxBytes", "enum", "openEnum", "valueDescriptions", "valueAliases", "default", "unit", "minimum", "maximum", "limitCodes"] {
                schema.remove(keyword);
            }
            schema.insert("type".to_owned(), json!(other));
        });
    }

    fn codes(&mut self) {
        let codes = self.root["codes"].as_array().cloned().unwrap_or_default();
        for (index, code) in codes.iter().enumerate() {
            let place = format!("/codes/{index}");
            let number = code["code"].as_i64().unwrap_or_default();
            let last = index + 1 == codes.len();
            if last || codes[index + 1]["code"] != json!(number + 1) {
                self.mutate(Fact::Code, &format!("{place}/code"), "+1", |code| *code = json!(number + 1));
            }
            self.mutate(Fact::Code, "/codes", &format!("without-{number}"), |codes| {
                if let Value::Array(codes) = codes {
                    codes.remove(index);
                }
            });
            let class = if code["class"] == "server" { "conflict" } else { "server" };
            self.mutate(Fact::CodeClass, &format!("{place}/class"), class, |value| *value = json!(class));
            let retry = if code["retry"] == "later" { "never" } else { "later" };
            self.mutate_in(Fact::CodeClass, &place, &format!("{place}/retry"), retry, |code| {
                code.remove("retryAfterSeconds");
                code.insert("retry".to_owned(), json!(retry));
            });
        }
    }

    fn endpoint(&mut self) {
        let path = self.root["endpoint"]["path"].as_str().unwrap_or_default().to_owned();
        for (from, to) in [("_srv/", "_pk/"), ("v4/live", "v4/room"), ("v4/room", "v4/live")] {
            if path.contains(from) {
                let changed = path.replacen(from, to, 1);
                self.mutate(Fact::Path, "/endpoint/path", &changed, |path| *path = json!(changed));
            }
        }
        for (pointer, name) in [("/endpoint/rate/calls", "+1"), ("/endpoint/rate/perSeconds", "+1")] {
            let value = self.at(pointer).as_i64().unwrap_or_default() + 1;
            self.mutate(Fact::Rate, pointer, name, |number| *number = json!(value));
        }
        let regions = self.root["endpoint"]["regions"].as_array().cloned().unwrap_or_default();
        for (index, region) in regions.iter().enumerate() {
            let name = format!("without-{}", region.as_str().unwrap_or_default());
            self.mutate(Fact::Region, "/endpoint/regions", &name, |regions| {
                if let Value::Array(regions) = regions {
                    regions.remove(index);
                }
            });
        }
        let safe = self.root["endpoint"]["repeat"]["safe"] == json!(true);
        self.mutate(Fact::Repeat, "/endpoint/repeat/safe", "flipped", |value| *value = json!(!safe));
    }

    fn at(&self, pointer: &str) -> &Value {
        self.root.pointer(pointer).unwrap_or(&Value::Null)
    }

    fn mutate(&mut self, fact: Fact, pointer: &str, name: &str, change: impl FnOnce(&mut Value)) {
        let mut root = self.root.clone();
        if let Some(value) = root.pointer_mut(pointer) {
            change(value);
            self.push(fact, pointer, name, &root);
        }
    }

    fn mutate_in(
        &mut self,
        fact: Fact,
        pointer: &str,
        place: &str,
        name: &str,
        change: impl FnOnce(&mut Map<String, Value>),
    ) {
        let mut root = self.root.clone();
        if let Some(Value::Object(members)) = root.pointer_mut(pointer) {
            change(members);
            self.push(fact, place, name, &root);
        }
    }

    fn push(&mut self, fact: Fact, place: &str, name: &str, root: &Value) {
        if *root == self.root {
            return;
        }
        self.mutations.push(SchemaMutation {
            id: format!("{}#{place}:{name}", self.file),
            fact,
            file: self.file.to_owned(),
            text: root.to_string(),
        });
    }
}

fn without_examples(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(members) = &mut schema {
        for keyword in ["examples", "counterexamples", "quirks", "response"] {
            members.remove(keyword);
        }
        if members.contains_key("endpoint") {
            members.insert("response".to_owned(), json!({ "type": "object" }));
        }
    }
    schema
}

/// The pointers of all schemas of the request, the request itself included.
fn schemas_below(root: &Value, pointer: &str) -> Vec<String> {
    let mut pointers = vec![pointer.to_owned()];
    let Some(schema) = root.pointer(pointer) else {
        return pointers;
    };
    for keyword in ["properties", "$defs"] {
        for name in schema[keyword].as_object().into_iter().flat_map(Map::keys) {
            let name = name.replace('~', "~0").replace('/', "~1");
            pointers.extend(schemas_below(root, &format!("{pointer}/{keyword}/{name}")));
        }
    }
    if schema["items"].is_object() {
        pointers.extend(schemas_below(root, &format!("{pointer}/items")));
    }
    pointers
}

/// Renames a member everywhere in the object that it belongs to.
fn rename(schema: &mut Map<String, Value>, from: &str, to: &str) {
    if let Some(Value::Object(members)) = schema.get_mut("properties") {
        let renamed = std::mem::take(members).into_iter().map(|(name, value)| {
            let name = if name == from { to.to_owned() } else { name };
            (name, value)
        });
        *members = renamed.collect();
        for property in members.values_mut() {
            if property["appliesWhen"]["member"] == from {
                property["appliesWhen"]["member"] = json!(to);
            }
        }
    }
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        for name in required.iter_mut().filter(|name| **name == from) {
            *name = json!(to);
        }
    }
    if let Some(Value::Array(rules)) = schema.get_mut("differences") {
        for rule in rules {
            for operand in ["of", "minus"] {
                if rule[operand] == from {
                    rule[operand] = json!(to);
                }
            }
        }
    }
}
