//! The repository's schemas, and edits of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;
use trtc_rooms_compat::Schemas;

const SEED_ENDPOINTS: &[&str] = &[
    "conference/create_room.json",
    "live/create_room.json",
    "live/update_room_info.json",
];

/// One code is like another: these are enough, and those that limits or plants name.
const SEED_CODES: usize = 3;
const SEED_CODES_BY_NUMBER: [Option<i64>; 3] = [Some(60015), Some(70001), Some(100_002)];

/// Schema files that can be edited.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Set {
    files: BTreeMap<String, Value>,
}

impl Set {
    /// The schemas of this repository.
    pub(crate) fn repository() -> Self {
        static READ: LazyLock<Set> = LazyLock::new(Set::read);
        READ.clone()
    }

    fn read() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
        let mut files = BTreeMap::new();
        for product in fs::read_dir(folder).unwrap() {
            let product = product.unwrap();
            if !product.file_type().unwrap().is_dir() {
                continue;
            }
            for file in fs::read_dir(product.path()).unwrap() {
                let path = file.unwrap().path();
                let name = format!(
                    "{}/{}",
                    product.file_name().to_string_lossy(),
                    path.file_name().unwrap().to_string_lossy()
                );
                let text = fs::read_to_string(&path).unwrap();
                files.insert(name, serde_json::from_str(&text).unwrap());
            }
        }
        Self { files }
    }

    /// Three endpoints of it with what they share: what changes are planted in. It stays
    /// as small as it is, however many endpoints and codes the repository gets.
    pub(crate) fn seed() -> Self {
        static SEED: LazyLock<Set> = LazyLock::new(|| {
            let mut set = Set::repository();
            set.files.retain(|name, _| {
                let (folder, file) = name.split_once('/').unwrap_or_default();
                folder == "common"
                    || file == "product.json"
                    || SEED_ENDPOINTS.contains(&name.as_str())
            });
            for name in ["common/codes.json", "common/room_codes.json"] {
                let codes = set.at(name, "/codes").as_array_mut().unwrap();
                let mut index = 0;
                codes.retain(|code| {
                    index += 1;
                    index <= SEED_CODES || SEED_CODES_BY_NUMBER.contains(&code["code"].as_i64())
                });
            }
            set
        });
        SEED.clone()
    }

    /// The names and texts.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (String, String)> {
        self.files
            .iter()
            .map(|(name, value)| (name.clone(), value.to_string()))
    }

    /// As the comparison wants it.
    pub(crate) fn schemas(&self) -> Schemas {
        Schemas::from_values(self.files.clone())
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    pub(crate) fn file(&mut self, name: &str) -> &mut Value {
        self.files
            .get_mut(name)
            .unwrap_or_else(|| panic!("there is no schemas/{name}: plant this somewhere else"))
    }

    /// Whether there is anything at a place.
    pub(crate) fn has(&self, file: &str, pointer: &str) -> bool {
        let file = self.files.get(file);
        file.is_some_and(|file| file.pointer(pointer).is_some())
    }

    /// What stands at a place.
    pub(crate) fn at(&mut self, file: &str, pointer: &str) -> &mut Value {
        self.file(file).pointer_mut(pointer).unwrap_or_else(|| {
            panic!("there is no schemas/{file}#{pointer}: plant this somewhere else")
        })
    }

    /// Writes a value, which may be a new member of an object.
    pub(crate) fn set(&mut self, file: &str, pointer: &str, value: Value) {
        let (holder, step) = pointer.rsplit_once('/').unwrap();
        let step = step.replace("~1", "/").replace("~0", "~");
        match self.at(file, holder) {
            Value::Object(members) => {
                members.insert(step, value);
            }
            Value::Array(elements) => elements[step.parse::<usize>().unwrap()] = value,
            other => panic!("{other} has no members"),
        }
    }

    /// Adds an element to a list.
    pub(crate) fn push(&mut self, file: &str, pointer: &str, value: Value) {
        self.at(file, pointer).as_array_mut().unwrap().push(value);
    }

    /// Removes a member or element.
    pub(crate) fn remove(&mut self, file: &str, pointer: &str) -> Value {
        let _ = self.at(file, pointer);
        let (holder, step) = pointer.rsplit_once('/').unwrap();
        let step = step.replace("~1", "/").replace("~0", "~");
        match self.at(file, holder) {
            Value::Object(members) => members.shift_remove(&step).unwrap(),
            Value::Array(elements) => elements.remove(step.parse().unwrap()),
            other => panic!("{other} has no members"),
        }
    }

    /// Adds to a whole number.
    pub(crate) fn add(&mut self, file: &str, pointer: &str, summand: i64) {
        let number = self.at(file, pointer);
        *number = Value::from(number.as_i64().unwrap() + summand);
    }

    /// Moves a member of an object to its end.
    pub(crate) fn move_to_end(&mut self, file: &str, pointer: &str) {
        let value = self.remove(file, pointer);
        self.set(file, pointer, value);
    }

    pub(crate) fn remove_file(&mut self, file: &str) -> Value {
        let _ = self.file(file);
        self.files.remove(file).unwrap()
    }

    pub(crate) fn add_file(&mut self, file: &str, value: Value) {
        self.files.insert(file.to_owned(), value);
    }

    /// Two sets without the endpoints that are the same in both, unless something that
    /// endpoints share differs.
    pub(crate) fn differing(mut old: Self, mut new: Self) -> (Self, Self) {
        let text = |set: &Self, name: &str| set.files.get(name).map(Value::to_string);
        let is_same = |name: &String| text(&old, name) == text(&new, name);
        let (endpoints, shared): (Vec<String>, Vec<String>) = old
            .names()
            .into_iter()
            .partition(|name| SEED_ENDPOINTS.contains(&name.as_str()));
        if shared.iter().all(is_same) {
            for name in endpoints
                .iter()
                .filter(|name| is_same(name))
                .cloned()
                .collect::<Vec<_>>()
            {
                old.files.remove(&name);
                new.files.remove(&name);
            }
        }
        (old, new)
    }

    /// Removes what is only held against the schemas, so that a planted change does not
    /// contradict it.
    pub(crate) fn without_examples(mut self) -> Self {
        for file in self.files.values_mut() {
            let file = file.as_object_mut().unwrap();
            for keyword in ["examples", "counterexamples", "quirks"] {
                file.shift_remove(keyword);
            }
        }
        self
    }
}
