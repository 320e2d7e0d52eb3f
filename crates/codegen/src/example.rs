//! The example of a call in documentation, made from the example in the schema.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;
use trtc_rooms_schema::ir::{Endpoint, Field, Ir, Module, Object, Type, TypeName};

use crate::error::CodegenError;
use crate::names;
use crate::shapes::{Shapes, shapes};

/// The lines of a code block that makes the call, if the schema has an example.
pub(crate) fn call(ir: &Ir, endpoint: &Endpoint) -> Result<Option<Vec<String>>, CodegenError> {
    let (Some(example), Some(request)) = (&endpoint.example, endpoint.module.objects.first())
    else {
        return Ok(None);
    };
    let mut writer = Writer {
        ir,
        module: &endpoint.module,
        shapes: shapes(&endpoint.module)?,
        imports: BTreeSet::new(),
    };
    let mut mandatory = request.fields.iter().filter(|field| field.required);
    // A request that holds one object can be made from that object.
    let argument = match (mandatory.next(), mandatory.next(), &request.fields[..]) {
        (
            Some(Field {
                ty: Type::Object(name),
                name: wire_name,
                ..
            }),
            None,
            [_],
        ) => writer.object(name, &example[wire_name]),
        _ => writer.value(
            &Type::Object(TypeName {
                module: endpoint.module.path.clone(),
                name: request.name.clone(),
            }),
            example,
        ),
    };
    let Some(argument) = argument else {
        return Ok(None);
    };
    let Endpoint {
        product, operation, ..
    } = endpoint;
    let imports: Vec<&str> = writer.imports.iter().map(String::as_str).collect();
    let imports = match imports.as_slice() {
        [one] => (*one).to_owned(),
        many => format!("{{{}}}", many.join(", ")),
    };
    let mut lines = vec![
        "```no_run".to_owned(),
        "# async fn example(client: &trtc_rooms::Client) -> Result<(), trtc_rooms::Error> {"
            .to_owned(),
        format!("use trtc_rooms::{product}::{operation}::{imports};"),
        String::new(),
    ];
    let code =
        format!("fn f() {{ let reply = client.{product}().{operation}({argument}).await?; }}");
    match syn::parse_file(&code) {
        Ok(file) => {
            let formatted = prettyplease::unparse(&file);
            let body = formatted.lines().skip(1);
            lines.extend(
                body.take_while(|line| *line != "}")
                    .map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()),
            );
        }
        Err(_) => return Ok(None),
    }
    lines.push("println!(\"done, request {:?}\", reply.request_id());".to_owned());
    lines.push("# Ok(())".to_owned());
    lines.push("# }".to_owned());
    lines.push("```".to_owned());
    Ok(Some(lines))
}

/// Writes JSON values as expressions of the generated types.
struct Writer<'a> {
    ir: &'a Ir,
    module: &'a Module,
    shapes: Shapes,
    imports: BTreeSet<String>,
}

impl Writer<'_> {
    fn value(&mut self, ty: &Type, value: &Value) -> Option<String> {
        Some(match (ty, value) {
            (Type::String, Value::String(text)) => format!("{text:?}"),
            (Type::Integer | Type::Number, Value::Number(number)) => number.to_string(),
            (Type::Boolean, Value::Bool(truth)) => truth.to_string(),
            (Type::ValueList(name), Value::String(text)) => self.listed(name, text)?,
            (Type::Object(name), Value::Object(_)) => self.object(name, value)?,
            (Type::Array(element), Value::Array(values)) => {
                let values: Option<Vec<String>> = values
                    .iter()
                    .map(|value| self.value(&element.ty, value))
                    .collect();
                format!("[{}]", values?.join(", "))
            }
            _ => return None,
        })
    }

    fn object(&mut self, name: &TypeName, value: &Value) -> Option<String> {
        let object: &Object = self
            .module
            .objects
            .iter()
            .find(|object| object.name == name.name)?;
        let shapes = self.shapes.get(&object.name)?.clone();
        self.imports
            .insert(names::pascal(&object.name)?.to_string());
        let mut arguments = Vec::new();
        let mut setters = String::new();
        for (field, shape) in object.fields.iter().zip(&shapes) {
            if field.fixed.is_some() && field.required {
                continue;
            }
            match value.get(&field.name) {
                Some(value) if field.required => arguments.push(self.value(&field.ty, value)?),
                Some(value) => {
                    let value = self.value(&field.ty, value)?;
                    let _ = write!(setters, ".{}({value})", shape.ident);
                }
                None => {}
            }
        }
        Some(format!(
            "{}::new({}){setters}",
            names::pascal(&object.name)?,
            arguments.join(", ")
        ))
    }

    fn listed(&mut self, name: &TypeName, text: &str) -> Option<String> {
        let lists = self
            .ir
            .shared
            .iter()
            .chain(std::iter::once(self.module))
            .filter(|module| module.path == name.module)
            .flat_map(|module| &module.value_lists);
        let mut lists = lists.filter(|list| list.name == name.name);
        let is_listed = lists.any(|list| list.values.iter().any(|value| value.text == text));
        if !is_listed {
            return None;
        }
        let list = names::pascal(&name.name)?.to_string();
        self.imports.insert(list.clone());
        Some(format!("{list}::{}", names::pascal(text)?))
    }
}
