//! From checked schema files to the intermediate representation.

mod limits;
mod types;

use crate::document::{Document, JsonType, Schema};
use crate::files::{SchemaFile, SchemaSet};
use crate::ir::{
    CodeTable, Endpoint, Event, Ir, ListedValue, Module, Object, Place, Product, Role, Source,
    ValueList,
};
use crate::problem::{Problem, Problems, join};
use crate::roles::Roles;

/// Lowers checked schema files.
///
/// # Errors
///
/// Everything in them that the representation has no place for.
pub fn lower(set: &SchemaSet) -> Result<Ir, Problems> {
    let mut ir = Ir {
        products: Vec::new(),
        endpoints: Vec::new(),
        events: Vec::new(),
        shared: Vec::new(),
        code_tables: Vec::new(),
        regions: Vec::new(),
        regions_source: None,
    };
    let roles = Roles::of(set);
    let mut problems = Vec::new();
    for file in set.files() {
        let document = &file.document;
        let mut lowering = Lowering {
            set,
            file,
            roles: &roles,
            objects: Vec::new(),
            value_lists: Vec::new(),
            problems: Vec::new(),
        };
        if document.endpoint.is_some() {
            ir.endpoints.extend(lowering.endpoint());
        } else if document.event.is_some() {
            ir.events.extend(lowering.event());
        } else if !document.schema.definitions.is_empty() {
            ir.shared.push(lowering.shared());
        }
        problems.append(&mut lowering.problems);
        if let Some(product) = &document.product {
            ir.products.push(Product {
                name: file.parts().0.to_owned(),
                title: title(document),
                description: description(&document.schema),
                page_url: product.page.url.clone(),
                groups: product.groups.clone(),
                shares: product.shares.clone(),
                source: source(file),
            });
        }
        if document.endpoint.is_none() && !document.codes.is_empty() {
            ir.code_tables.push(CodeTable {
                path: file.stem().to_owned(),
                description: description(&document.schema),
                source: source(file),
                codes: document.codes.clone(),
            });
        }
        if !document.regions.is_empty() {
            ir.regions.extend(document.regions.iter().cloned());
            ir.regions_source = Some(source(file));
        }
    }
    Problems::check(problems)?;
    Ok(ir)
}

/// Lowers one file.
struct Lowering<'a> {
    set: &'a SchemaSet,
    file: &'a SchemaFile,
    roles: &'a Roles<'a>,
    objects: Vec<Object>,
    value_lists: Vec<ValueList>,
    problems: Vec<Problem>,
}

impl Lowering<'_> {
    fn endpoint(&mut self) -> Option<Endpoint> {
        let document = &self.file.document;
        let facts = document.endpoint.clone()?;
        let (product, operation) = self.file.parts();
        let request = format!("{}Request", pascal_case(operation));
        let response = format!("{}Response", pascal_case(operation));
        self.object(&request, &document.schema, "", Role::Request);
        if let Some(schema) = &document.response {
            self.object(&response, schema, "/response", Role::Response);
        }
        self.definitions();
        self.first([&request, &response]);
        Some(Endpoint {
            product: product.to_owned(),
            operation: operation.to_owned(),
            title: title(document),
            description: description(&document.schema),
            facts,
            codes: document.codes.clone(),
            incomplete: document.incomplete.clone(),
            example: document.schema.examples.first().cloned(),
            module: self.module(),
        })
    }

    fn event(&mut self) -> Option<Event> {
        let document = &self.file.document;
        let facts = document.event.clone()?;
        let name = self.file.parts().1;
        let event = pascal_case(name);
        let answer = format!("{event}Answer");
        self.object(&event, &document.schema, "", Role::Response);
        if let Some(schema) = &document.response {
            self.object(&answer, schema, "/response", Role::Response);
        }
        self.definitions();
        self.first([&event, &answer]);
        Some(Event {
            name: name.to_owned(),
            title: title(document),
            description: description(&document.schema),
            facts,
            incomplete: document.incomplete.clone(),
            module: self.module(),
            has_answer: document.response.is_some(),
            example: document.schema.examples.first().cloned(),
        })
    }

    /// Puts two objects before those which stand in them.
    fn first(&mut self, names: [&str; 2]) {
        for (position, name) in names.into_iter().enumerate() {
            if let Some(index) = self.objects.iter().position(|object| object.name == name) {
                let object = self.objects.remove(index);
                self.objects.insert(position, object);
            }
        }
    }

    fn shared(&mut self) -> Module {
        self.definitions();
        self.module()
    }

    fn module(&mut self) -> Module {
        Module {
            path: self.file.stem().to_owned(),
            description: description(&self.file.document.schema),
            source: source(self.file),
            objects: std::mem::take(&mut self.objects),
            value_lists: std::mem::take(&mut self.value_lists),
        }
    }

    fn definitions(&mut self) {
        for (name, schema) in &self.file.document.schema.definitions {
            let pointer = join("/$defs", name);
            if schema.closed_values.is_some() || schema.open_enum.is_some() {
                self.value_list(name, schema, &pointer);
            } else if schema.json_type == Some(JsonType::Object)
                && schema.additional_properties.is_none()
            {
                let role = self.roles.role(&self.file.name, name);
                self.object(name, schema, &pointer, role);
            }
        }
    }

    fn value_list(&mut self, name: &str, schema: &Schema, pointer: &str) {
        let values = schema.closed_values.as_ref().or(schema.open_enum.as_ref());
        let values = values.into_iter().flatten().map(|text| ListedValue {
            text: text.clone(),
            description: schema
                .value_descriptions
                .get(text)
                .cloned()
                .unwrap_or_default(),
            aliases: schema
                .value_aliases
                .iter()
                .filter(|(_, canonical)| *canonical == text)
                .map(|(alias, _)| alias.clone())
                .collect(),
        });
        self.value_lists.push(ValueList {
            name: name.to_owned(),
            description: description(schema),
            closed: schema.closed_values.is_some(),
            values: values.collect(),
            place: self.place(pointer),
        });
    }

    fn place(&self, pointer: &str) -> Place {
        Place {
            file: self.file.name.clone(),
            pointer: pointer.to_owned(),
        }
    }

    fn problem(&mut self, pointer: &str, message: String, help: &str) {
        self.problems
            .push(Problem::new(&self.file.name, pointer, message).help(help));
    }
}

fn source(file: &SchemaFile) -> Source {
    Source {
        file: file.name.clone(),
        sha256: file.sha256(),
    }
}

fn title(document: &Document) -> String {
    document.schema.title.clone().unwrap_or_default()
}

fn description(schema: &Schema) -> String {
    schema.description.clone().unwrap_or_default()
}

/// `create_room` as `CreateRoom`.
fn pascal_case(name: &str) -> String {
    name.split('_')
        .flat_map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_ascii_uppercase())
                .into_iter()
                .chain(letters)
        })
        .collect()
}
