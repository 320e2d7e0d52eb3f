//! Fixture schemas and what is generated from them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use trtc_rooms_codegen::{CodegenError, GeneratedFile, generate};
use trtc_rooms_schema::ir::Ir;
use trtc_rooms_schema::{SchemaSet, lower};

/// A folder below `tests`.
pub(crate) fn tests(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(path)
}

/// The files of a fixture, by name.
pub(crate) fn texts(fixture: &str) -> BTreeMap<String, String> {
    let root = tests("fixtures").join(fixture);
    let mut texts = BTreeMap::new();
    for folder in std::fs::read_dir(&root).unwrap() {
        let folder = folder.unwrap().path();
        for file in std::fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
            let text = std::fs::read_to_string(&path).unwrap();
            texts.insert(name.replace('\\', "/"), text);
        }
    }
    texts
}

pub(crate) fn ir_of<N, T>(texts: impl IntoIterator<Item = (N, T)>) -> Ir
where
    N: Into<String>,
    T: Into<String>,
{
    let set = SchemaSet::from_files(texts).unwrap_or_else(|problems| panic!("{problems}"));
    lower(&set).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Everything that is generated from a fixture.
pub(crate) fn generated(fixture: &str) -> Vec<GeneratedFile> {
    generate(&ir_of(texts(fixture))).unwrap_or_else(|error| panic!("{error}"))
}

/// The text of one generated file.
pub(crate) fn text<'a>(files: &'a [GeneratedFile], path: &str) -> &'a str {
    let file = files.iter().find(|file| file.path == path);
    &file
        .unwrap_or_else(|| panic!("{path} is not generated"))
        .text
}

/// The fixture `small` with one change.
pub(crate) struct Small(BTreeMap<String, Value>);

/// The endpoint of the fixture `small`.
pub(crate) const ENDPOINT: &str = "live/take_seat.json";

impl Small {
    pub(crate) fn new() -> Self {
        let texts = texts("small").into_iter();
        Self(
            texts
                .map(|(name, text)| (name, serde_json::from_str(&text).unwrap()))
                .collect(),
        )
    }

    /// Puts a value at a pointer; the last step may be new.
    pub(crate) fn with(mut self, file: &str, pointer: &str, value: Value) -> Self {
        let (parent, step) = pointer.rsplit_once('/').unwrap();
        let step = step.replace("~1", "/").replace("~0", "~");
        let file = self.0.get_mut(file).unwrap();
        file.pointer_mut(parent).unwrap()[&step] = value;
        self
    }

    /// Adds a text member to the request.
    pub(crate) fn member(self, name: &str) -> Self {
        let name = name.replace('~', "~0").replace('/', "~1");
        let schema = json!({ "description": "A member.", "type": "string" });
        self.with(ENDPOINT, &format!("/properties/{name}"), schema)
    }

    pub(crate) fn file(mut self, name: &str, value: Value) -> Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    pub(crate) fn ir(&self) -> Ir {
        ir_of(
            self.0
                .iter()
                .map(|(name, value)| (name.clone(), value.to_string())),
        )
    }

    pub(crate) fn generate(&self) -> Result<Vec<GeneratedFile>, CodegenError> {
        generate(&self.ir())
    }

    /// The text of the model of the endpoint.
    pub(crate) fn model(&self) -> String {
        let files = self.generate().unwrap_or_else(|error| panic!("{error}"));
        text(&files, "crates/model/src/generated/live/take_seat.rs").to_owned()
    }

    /// Expects an error with a place.
    #[track_caller]
    pub(crate) fn expect(&self, file: &str, pointer: &str, words: &str) {
        expect(&self.ir(), file, pointer, words);
    }
}

/// Expects an error with a place.
#[track_caller]
pub(crate) fn expect(ir: &Ir, file: &str, pointer: &str, words: &str) {
    let error = generate(ir).unwrap_err();
    let shown = error.to_string();
    let CodegenError::Unsupported {
        file: found_file,
        pointer: found_pointer,
        message,
    } = error
    else {
        panic!("{shown}")
    };
    assert_eq!(
        (found_file.as_str(), found_pointer.as_str()),
        (file, pointer),
        "{message}"
    );
    assert!(message.contains(words), "{message}");
    assert_eq!(shown, format!("schemas/{file}#{pointer}: {message}"));
}
