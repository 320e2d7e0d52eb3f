//! The example of a call in documentation, made from the example in the schema.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;
use trtc_rooms_schema::ir::{Endpoint, Module, Type, TypeName};

use crate::context::Context;
use crate::model::imports::is_importable;
use crate::model::setters::setter_name;
use crate::names;

/// The lines of a code block that makes the call, if the schema has an example that
/// can be written in Rust without hiding what it shows.
pub(crate) fn call(context: &Context<'_>, endpoint: &Endpoint) -> Option<Vec<String>> {
    let example = endpoint.example.as_ref()?;
    let request = endpoint.module.objects.first()?;
    let mut writer = Writer {
        context,
        module: &endpoint.module,
        imports: BTreeSet::new(),
    };
    let mandatory: Vec<_> = request
        .fields
        .iter()
        .filter(|field| field.required)
        .collect();
    // A request that holds one object can be made from that object.
    let argument = match (mandatory.as_slice(), request.fields.len()) {
        ([only], 1) if matches!(only.ty, Type::Object(_)) => {
            writer.value(&only.ty, example.get(&only.name)?)?
        }
        _ => {
            let name = TypeName {
                module: endpoint.module.path.clone(),
                name: request.name.clone(),
            };
            writer.value(&Type::Object(name), example)?
        }
    };
    let product = names::snake(&endpoint.product)?;
    let operation = names::snake(&endpoint.operation)?;
    let imports: Vec<&str> = writer.imports.iter().map(String::as_str).collect();
    let imports = match imports.as_slice() {
        [one] => (*one).to_owned(),
        many => format!("{{{}}}", many.join(", ")),
    };
    let code =
        format!("fn f() {{ let reply = client.{product}().{operation}({argument}).await?; }}");
    let formatted = prettyplease::unparse(&syn::parse_file(&code).ok()?);
    let body = formatted
        .lines()
        .skip(1)
        .take_while(|line| *line != "}")
        .map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned());
    let mut lines = vec![
        "```no_run".to_owned(),
        "# async fn example(client: &trtc_rooms::Client) -> Result<(), trtc_rooms::Error> {"
            .to_owned(),
        format!("use trtc_rooms::{product}::{operation}::{imports};"),
        String::new(),
    ];
    lines.extend(body);
    lines.push("println!(\"done, request {:?}\", reply.request_id());".to_owned());
    lines.push("# Ok(())".to_owned());
    lines.push("# }".to_owned());
    lines.push("```".to_owned());
    Some(lines)
}

/// Writes JSON values as expressions of the generated types.
struct Writer<'a> {
    context: &'a Context<'a>,
    module: &'a Module,
    imports: BTreeSet<String>,
}

impl Writer<'_> {
    /// The value as it is given to a constructor or setter.
    fn value(&mut self, ty: &Type, value: &Value) -> Option<String> {
        Some(match (ty, value) {
            (Type::Array(element), Value::Array(values)) => {
                let inner = self.elements(&element.ty, values.iter())?;
                match (&element.ty, inner.is_empty()) {
                    // Without an element, nothing says what is converted.
                    (Type::String, true) => "Vec::<String>::new()".to_owned(),
                    (Type::ValueList(_), true) => return None,
                    _ => format!("[{inner}]"),
                }
            }
            (Type::Map(element), Value::Object(members)) if !members.is_empty() => {
                let mut pairs = Vec::new();
                for (name, value) in members {
                    pairs.push(format!("({name:?}, {})", self.element(&element.ty, value)?));
                }
                format!("[{}]", pairs.join(", "))
            }
            _ => return self.element(ty, value),
        })
    }

    fn elements<'v>(
        &mut self,
        ty: &Type,
        values: impl Iterator<Item = &'v Value>,
    ) -> Option<String> {
        let values: Option<Vec<String>> = values.map(|value| self.element(ty, value)).collect();
        Some(values?.join(", "))
    }

    /// The value as an element of a list or map.
    fn element(&mut self, ty: &Type, value: &Value) -> Option<String> {
        Some(match (ty, value) {
            (Type::String, Value::String(text)) => format!("{text:?}"),
            (Type::Integer, Value::Number(number)) => number.as_i64()?.to_string(),
            (Type::Number, Value::Number(number)) => format!("{:?}", number.as_f64()?),
            (Type::Boolean, Value::Bool(truth)) => truth.to_string(),
            (Type::ValueList(name), Value::String(text)) => self.listed(name, text)?,
            (Type::Object(name), Value::Object(_)) => self.object(name, value)?,
            _ => return None,
        })
    }

    fn object(&mut self, name: &TypeName, value: &Value) -> Option<String> {
        let context = self.context;
        let (object, shapes) = context.object(name)?;
        let type_name = self.import(name)?;
        let mut arguments = Vec::new();
        let mut setters = String::new();
        for (field, shape) in object.fields.iter().zip(shapes) {
            if field.fixed.is_some() && field.required {
                continue;
            }
            match value.get(&field.name) {
                Some(value) if field.required => arguments.push(self.value(&field.ty, value)?),
                Some(value) => {
                    let value = self.value(&field.ty, value)?;
                    let _ = write!(setters, ".{}({value})", setter_name(&shape.ident()));
                }
                None => {}
            }
        }
        Some(format!(
            "{type_name}::new({}){setters}",
            arguments.join(", ")
        ))
    }

    fn listed(&mut self, name: &TypeName, text: &str) -> Option<String> {
        let module = self.context.module(&name.module)?;
        let mut lists = module.value_lists.iter();
        let list = lists.find(|list| list.name == name.name)?;
        let is_listed = list.values.iter().any(|value| value.text == text);
        let variant = names::pascal(text).filter(|_| is_listed)?;
        Some(format!("{}::{variant}", self.import(name)?))
    }

    /// The name of a type, which the example has to import.
    fn import(&mut self, name: &TypeName) -> Option<String> {
        let is_reachable = name.module == self.module.path || is_importable(self.module, name);
        let ident = names::pascal(&name.name).filter(|_| is_reachable)?;
        self.imports.insert(ident.to_string());
        Some(ident.to_string())
    }
}
