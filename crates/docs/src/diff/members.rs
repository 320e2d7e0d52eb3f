//! The members of a request or a response as one list, the way pages list them.

use serde_json::Value;
use trtc_rooms_schema::document::{JsonType, Schema};
use trtc_rooms_schema::{SchemaFile, SchemaSet};

use crate::report::Place;

/// Deeper references are circles.
const MOST_LEVELS: usize = 16;

/// A member of an object, at any depth.
#[derive(Clone, Debug)]
pub(crate) struct Member<'a> {
    /// The names from the root. Elements of lists have none.
    pub(crate) path: Vec<&'a str>,
    /// The schema of the member itself.
    pub(crate) own: Found<'a>,
    /// The definition that it refers to.
    pub(crate) shared: Option<Found<'a>>,
    /// The object that it is a member of.
    pub(crate) holder: Found<'a>,
    pub(crate) required: bool,
    /// Whether members with freely chosen names are below it.
    pub(crate) is_map: bool,
}

/// A schema and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Found<'a> {
    pub(crate) file: &'a SchemaFile,
    pub(crate) pointer: String,
    pub(crate) schema: &'a Schema,
}

/// The members of the schema at a pointer of a file, in document order.
pub(crate) fn members<'a>(
    set: &'a SchemaSet,
    file: &'a SchemaFile,
    pointer: &str,
    schema: &'a Schema,
) -> Vec<Member<'a>> {
    let mut members = Vec::new();
    let root = Found {
        file,
        pointer: pointer.to_owned(),
        schema,
    };
    collect(set, &root, &[], &mut members);
    members
}

fn collect<'a>(
    set: &'a SchemaSet,
    holder: &Found<'a>,
    path: &[&'a str],
    members: &mut Vec<Member<'a>>,
) {
    if path.len() > MOST_LEVELS {
        return;
    }
    for (name, schema) in &holder.schema.properties {
        let own = holder.step(&["properties", name], schema);
        let shared = own.target(set);
        let mut path = path.to_vec();
        path.push(name);
        // What the elements of lists and the values of maps have in them belongs to
        // the member: pages list it so.
        let mut inner = shared.clone().unwrap_or_else(|| own.clone());
        let mut is_map = false;
        for _ in 0..MOST_LEVELS {
            let next = if let Some(items) = &inner.schema.items {
                inner.step(&["items"], items)
            } else if let Some(values) = &inner.schema.additional_properties {
                is_map = true;
                inner.step(&["additionalProperties"], values)
            } else {
                break;
            };
            inner = next.target(set).unwrap_or(next);
        }
        members.push(Member {
            path: path.clone(),
            required: holder.schema.required.contains(name),
            own,
            shared,
            holder: holder.clone(),
            is_map,
        });
        collect(set, &inner, &path, members);
    }
}

impl<'a> Found<'a> {
    fn step(&self, steps: &[&str], schema: &'a Schema) -> Found<'a> {
        let mut pointer = self.pointer.clone();
        for step in steps {
            pointer = join(&pointer, step);
        }
        Found {
            file: self.file,
            pointer,
            schema,
        }
    }

    /// The definition that `$ref` points at: the loader has checked that it is there.
    fn target(&self, set: &'a SchemaSet) -> Option<Found<'a>> {
        let (path, pointer) = self.schema.reference.as_ref()?.split_once('#')?;
        let file = if path.is_empty() {
            self.file
        } else {
            let mut folder: Vec<&str> = self.file.name.split('/').collect();
            folder.pop();
            for part in path.split('/') {
                match part {
                    ".." => drop(folder.pop()),
                    "." | "" => {}
                    part => folder.push(part),
                }
            }
            set.file(&folder.join("/"))?
        };
        let name = pointer.strip_prefix("/$defs/")?;
        Some(Found {
            file,
            pointer: pointer.to_owned(),
            schema: file.document.schema.definitions.get(name)?,
        })
    }

    pub(crate) fn place(&self) -> Place {
        Place::new(&self.file.name, &self.pointer)
    }

    /// The schema as it stands in the file.
    pub(crate) fn value(&self) -> Option<&'a Value> {
        self.file.value.pointer(&self.pointer)
    }
}

impl<'a> Member<'a> {
    pub(crate) fn name(&self) -> &'a str {
        self.path.last().copied().unwrap_or_default()
    }

    /// A keyword of the member, or else of the definition that it refers to, with the
    /// schema that has it.
    pub(crate) fn keyword<T>(
        &self,
        get: impl Fn(&'a Schema) -> Option<T>,
    ) -> Option<(T, &Found<'a>)> {
        let own = get(self.own.schema).map(|value| (value, &self.own));
        own.or_else(|| {
            let shared = self.shared.as_ref()?;
            Some((get(shared.schema)?, shared))
        })
    }

    pub(crate) fn json_type(&self) -> Option<JsonType> {
        self.keyword(|schema| schema.json_type)
            .map(|(kind, _)| kind)
    }

    /// The type of the elements of a list, where it is a plain one.
    pub(crate) fn element_type(&self, set: &'a SchemaSet) -> Option<JsonType> {
        let (items, holder) = self.keyword(|schema| schema.items.as_deref())?;
        let items = holder.step(&["items"], items);
        match items.target(set) {
            Some(target) => target.schema.json_type,
            None => items.schema.json_type,
        }
    }

    /// Everything that the schema has about the member: its own schema, the definition
    /// that it refers to, and the rules of its object that name it.
    pub(crate) fn everything(&self) -> Vec<Value> {
        let schemas = std::iter::once(&self.own).chain(&self.shared);
        let mut everything: Vec<Value> = schemas.filter_map(Found::value).cloned().collect();
        if let Some(Value::Object(holder)) = self.holder.value() {
            for keyword in ["sums", "differences"] {
                let rules = holder.get(keyword).and_then(Value::as_array);
                let about = |rule: &&Value| {
                    let names = ["over", "of", "minus"];
                    names.iter().any(|name| rule[name] == *self.name())
                };
                let rules: Vec<Value> =
                    rules.into_iter().flatten().filter(about).cloned().collect();
                everything.push(serde_json::json!({ keyword: rules }));
            }
        }
        everything
    }
}

/// Appends a step to a JSON pointer, escaped as RFC 6901 says.
pub(crate) fn join(pointer: &str, step: &str) -> String {
    format!("{pointer}/{}", step.replace('~', "~0").replace('/', "~1"))
}
