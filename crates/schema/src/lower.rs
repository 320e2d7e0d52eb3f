//! From checked schema files to the intermediate representation.

use serde_json::Value;

use crate::document::{Document, JsonType, Schema, Unit};
use crate::files::{SchemaFile, SchemaSet};
use crate::ir::{
    AppliesWhen, CodeTable, Element, Endpoint, Field, Ir, Limit, LimitKind, ListedValue, Module,
    Object, ObjectRule, ObjectRuleKind, Place, Product, Role, Source, Type, TypeName, ValueList,
};
use crate::problem::{Problem, Problems, join};
use crate::reference::resolve;

/// The code with which the service refuses an invalid parameter, unless the
/// schema names another one.
const INVALID_PARAMETER: i32 = 100_002;

/// Lowers checked schema files.
///
/// # Errors
///
/// Everything in them that the representation has no place for.
pub fn lower(set: &SchemaSet) -> Result<Ir, Problems> {
    let mut ir = Ir {
        products: Vec::new(),
        endpoints: Vec::new(),
        shared: Vec::new(),
        code_tables: Vec::new(),
        regions: Vec::new(),
        regions_source: None,
    };
    let mut problems = Vec::new();
    for file in set.files() {
        let document = &file.document;
        let mut lowering = Lowering::new(set, file);
        if document.endpoint.is_some() {
            ir.endpoints.extend(lowering.endpoint());
        } else if !document.schema.definitions.is_empty() {
            ir.shared.push(lowering.shared());
        }
        if let Some(product) = &document.product {
            ir.products.push(Product {
                name: folder(file).to_owned(),
                title: title(document),
                description: description(&document.schema),
                page_url: product.page.url.clone(),
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
        problems.append(&mut lowering.problems);
    }
    Problems::check(problems)?;
    Ok(ir)
}

/// Lowers one file.
struct Lowering<'a> {
    set: &'a SchemaSet,
    file: &'a SchemaFile,
    objects: Vec<Object>,
    value_lists: Vec<ValueList>,
    problems: Vec<Problem>,
}

/// A schema with what its `$ref` brings in.
struct Resolved<'a> {
    schema: &'a Schema,
    target: Option<&'a Schema>,
    name: Option<TypeName>,
}

impl<'a> Resolved<'a> {
    /// The keyword beside the `$ref`, or else that of the definition.
    fn get<T>(&self, keyword: impl Fn(&'a Schema) -> Option<T>) -> Option<T> {
        keyword(self.schema).or_else(|| self.target.and_then(keyword))
    }
}

impl<'a> Lowering<'a> {
    fn new(set: &'a SchemaSet, file: &'a SchemaFile) -> Self {
        Self {
            set,
            file,
            objects: Vec::new(),
            value_lists: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn endpoint(&mut self) -> Option<Endpoint> {
        let document = &self.file.document;
        let facts = document.endpoint.clone()?;
        let (product, operation) = self.file.stem().split_once('/')?;
        let request = format!("{}Request", pascal_case(operation));
        let response = format!("{}Response", pascal_case(operation));
        self.object(&request, &document.schema, "", Role::Request);
        if let Some(schema) = &document.response {
            self.object(&response, schema, "/response", Role::Response);
        }
        self.definitions(Role::Request);
        // An object is listed after those which stand in it; these two come first.
        for (position, name) in [request, response].iter().enumerate() {
            if let Some(index) = self.objects.iter().position(|object| object.name == *name) {
                let object = self.objects.remove(index);
                self.objects.insert(position, object);
            }
        }
        Some(Endpoint {
            product: product.to_owned(),
            operation: operation.to_owned(),
            title: title(document),
            description: description(&document.schema),
            facts,
            codes: document.codes.clone(),
            example: document.schema.examples.first().cloned(),
            module: self.module(),
        })
    }

    fn shared(&mut self) -> Module {
        self.definitions(Role::Request);
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

    fn definitions(&mut self, role: Role) {
        for (name, schema) in &self.file.document.schema.definitions {
            let pointer = join("/$defs", name);
            if schema.closed_values.is_some() || schema.open_enum.is_some() {
                self.value_list(name, schema);
            } else if schema.json_type == Some(JsonType::Object)
                && schema.additional_properties.is_none()
            {
                self.object(name, schema, &pointer, role);
            }
        }
    }

    fn value_list(&mut self, name: &str, schema: &Schema) {
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
        });
    }

    fn object(&mut self, name: &str, schema: &'a Schema, pointer: &str, role: Role) {
        if self.objects.iter().any(|object| object.name == name) {
            self.problem(pointer, format!("a second object is named `{name}`"))
                .help = Some("move one of them into `$defs` under another name".to_owned());
            return;
        }
        let mut fields = Vec::new();
        for (wire_name, property) in &schema.properties {
            let pointer = join(&join(pointer, "properties"), wire_name);
            let required = schema.required.contains(wire_name);
            fields.extend(self.field(wire_name, property, &pointer, required, role));
        }
        self.objects.push(Object {
            name: name.to_owned(),
            role,
            description: description(schema),
            fields,
            rules: object_rules(schema),
        });
    }

    fn field(
        &mut self,
        name: &str,
        schema: &'a Schema,
        pointer: &str,
        required: bool,
        role: Role,
    ) -> Option<Field> {
        let resolved = self.resolve(schema, pointer)?;
        let ty = self.ty(name, &resolved, pointer, role)?;
        let limits = limits(&resolved, &ty);
        let fixed = limits.iter().find_map(|limit| match &limit.kind {
            LimitKind::OneOf { values, .. } if values.len() == 1 => values.first().cloned(),
            _ => None,
        });
        let default = resolved
            .get(|schema| schema.server_default.clone())
            .or_else(|| resolved.get(|schema| schema.default.as_ref().map(in_words)));
        let recorded = schema.recorded_limits.iter();
        Some(Field {
            name: name.to_owned(),
            description: resolved
                .get(|schema| schema.description.clone())
                .unwrap_or_default(),
            required,
            type_code: code(&resolved, "type"),
            limits,
            default,
            recorded: recorded
                .map(|limit| format!("{} That is not checked: {}.", limit.limit, limit.reason))
                .collect(),
            applies_when: schema.applies_when.as_ref().map(|condition| AppliesWhen {
                member: condition.member.clone(),
                values: condition.values.clone(),
            }),
            unix_seconds: resolved.get(|schema| schema.unit) == Some(Unit::UnixSeconds),
            fixed,
            place: Place {
                file: self.file.name.clone(),
                pointer: pointer.to_owned(),
            },
            ty,
        })
    }

    fn resolve(&mut self, schema: &'a Schema, pointer: &str) -> Option<Resolved<'a>> {
        let Some(reference) = &schema.reference else {
            return Some(Resolved {
                schema,
                target: None,
                name: None,
            });
        };
        match resolve(self.set, self.file, reference) {
            Ok(target) => Some(Resolved {
                schema,
                target: Some(target.schema),
                name: Some(TypeName {
                    module: target.file.stem().to_owned(),
                    name: target.name.to_owned(),
                }),
            }),
            Err(message) => {
                self.problem(&join(pointer, "$ref"), message);
                None
            }
        }
    }

    fn ty(
        &mut self,
        name: &str,
        resolved: &Resolved<'a>,
        pointer: &str,
        role: Role,
    ) -> Option<Type> {
        let listed =
            |schema: &'a Schema| schema.closed_values.as_ref().or(schema.open_enum.as_ref());
        if resolved.get(listed).is_some() {
            if let (Some(name), true) = (&resolved.name, resolved.target.and_then(listed).is_some())
            {
                return Some(Type::ValueList(name.clone()));
            }
            self.problem(pointer, "the list of values has no name".to_owned())
                .help = Some(
                "move it into `$defs`: its name there becomes the name of its type".to_owned(),
            );
            return None;
        }
        Some(match resolved.get(|schema| schema.json_type) {
            None => Type::Any,
            Some(JsonType::String) => Type::String,
            Some(JsonType::Integer) => Type::Integer,
            Some(JsonType::Number) => Type::Number,
            Some(JsonType::Boolean) => Type::Boolean,
            Some(JsonType::Array) => {
                let items = resolved.get(|schema| schema.items.as_deref())?;
                Type::Array(Box::new(self.element(
                    name,
                    items,
                    &join(pointer, "items"),
                    role,
                )?))
            }
            Some(JsonType::Object) => {
                if let Some(values) = resolved.get(|schema| schema.additional_properties.as_deref())
                {
                    let pointer = join(pointer, "additionalProperties");
                    return Some(Type::Map(Box::new(
                        self.element(name, values, &pointer, role)?,
                    )));
                }
                if let Some(name) = &resolved.name {
                    return Some(Type::Object(name.clone()));
                }
                self.object(name, resolved.schema, pointer, role);
                Type::Object(TypeName {
                    module: self.file.stem().to_owned(),
                    name: name.to_owned(),
                })
            }
        })
    }

    fn element(
        &mut self,
        name: &str,
        schema: &'a Schema,
        pointer: &str,
        role: Role,
    ) -> Option<Element> {
        let resolved = self.resolve(schema, pointer)?;
        let ty = self.ty(name, &resolved, pointer, role)?;
        Some(Element {
            limits: limits(&resolved, &ty),
            ty,
        })
    }

    fn problem(&mut self, pointer: &str, message: String) -> &mut Problem {
        let index = self.problems.len();
        self.problems
            .push(Problem::new(&self.file.name, pointer, message));
        &mut self.problems[index]
    }
}

/// The limits of a value in the order in which they are checked: counts before
/// the elements they count.
fn limits(resolved: &Resolved<'_>, ty: &Type) -> Vec<Limit> {
    let mut limits = Vec::new();
    let mut add = |rule: &str, kind: Option<LimitKind>| {
        limits.extend(kind.map(|kind| Limit {
            kind,
            code: code(resolved, rule),
        }));
    };
    add(
        "minBytes",
        resolved
            .get(|schema| schema.min_bytes)
            .map(LimitKind::MinBytes),
    );
    add(
        "maxBytes",
        resolved
            .get(|schema| schema.max_bytes)
            .map(LimitKind::MaxBytes),
    );
    add(
        "minItems",
        resolved
            .get(|schema| schema.min_items)
            .map(LimitKind::MinItems),
    );
    add(
        "maxItems",
        resolved
            .get(|schema| schema.max_items)
            .map(LimitKind::MaxItems),
    );
    add(
        "minimum",
        resolved
            .get(|schema| schema.minimum)
            .map(LimitKind::Minimum),
    );
    add(
        "maximum",
        resolved
            .get(|schema| schema.maximum)
            .map(LimitKind::Maximum),
    );
    if matches!(ty, Type::ValueList(_)) {
        let narrowed = resolved.target.is_some() && resolved.schema.closed_values.is_some();
        let values = resolved.get(|schema| schema.closed_values.clone());
        add(
            "enum",
            values.map(|values| LimitKind::OneOf { values, narrowed }),
        );
    }
    limits
}

fn code(resolved: &Resolved<'_>, rule: &str) -> i32 {
    resolved
        .get(|schema| schema.limit_codes.get(rule).copied())
        .unwrap_or(INVALID_PARAMETER)
}

fn object_rules(schema: &Schema) -> Vec<ObjectRule> {
    let code = |rule: &str| {
        schema
            .limit_codes
            .get(rule)
            .copied()
            .unwrap_or(INVALID_PARAMETER)
    };
    let mut rules = Vec::new();
    rules.extend(schema.differences.iter().map(|rule| ObjectRule {
        kind: ObjectRuleKind::Difference {
            of: rule.of.clone(),
            minus: rule.minus.clone(),
            minimum: rule.minimum,
            maximum: rule.maximum,
        },
        code: code("differences"),
    }));
    rules.extend(schema.sums.iter().map(|rule| ObjectRule {
        kind: ObjectRuleKind::Sum {
            over: rule.over.clone(),
            member: rule.member.clone(),
            maximum: rule.maximum,
        },
        code: code("sums"),
    }));
    rules.extend(schema.required_together.iter().map(|members| ObjectRule {
        kind: ObjectRuleKind::RequiredTogether(members.clone()),
        code: code("requiredTogether"),
    }));
    rules.extend(schema.at_least_one_of.iter().map(|members| ObjectRule {
        kind: ObjectRuleKind::AtLeastOneOf(members.clone()),
        code: code("atLeastOneOf"),
    }));
    rules
}

/// A JSON value as code in documentation; text goes without its quotes.
fn in_words(value: &Value) -> String {
    match value.as_str() {
        Some(text) => format!("`{text}`"),
        None => format!("`{value}`"),
    }
}

fn source(file: &SchemaFile) -> Source {
    Source {
        file: file.name.clone(),
        sha256: file.sha256(),
    }
}

fn folder(file: &SchemaFile) -> &str {
    file.stem().split('/').next().unwrap_or_default()
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
