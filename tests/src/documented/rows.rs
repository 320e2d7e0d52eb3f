//! The request of a table: from rows to a tree.

use super::phrase;
use super::read::Section;
use super::table::{Aspect, Field, Limit, LimitKind, Member, Object, Statement, Type};

/// Reads the table of the request, and lists all that it says.
pub(super) fn request(section: &Section<'_>) -> Result<(Object, Vec<Statement>), (usize, String)> {
    let mut reading = Reading::default();
    for (line, row) in section.rows(["Field", "Type", "Required", "Limits"])? {
        reading.row(line, row).map_err(|message| (line, message))?;
    }
    Ok((reading.request, reading.statements))
}

#[derive(Default)]
struct Reading {
    request: Object,
    statements: Vec<Statement>,
}

impl Reading {
    fn row(&mut self, line: usize, [path, ty, required, limits]: [&str; 4]) -> Result<(), String> {
        if path == "(request)" {
            let limits = self.limits(path, line, limits)?;
            self.request.rules.extend(limits);
            return Ok(());
        }
        if let Some(list) = path.strip_suffix("[]").or_else(|| path.strip_suffix("{}")) {
            let limits = self.limits(path, line, limits)?;
            let (Type::Array(element) | Type::Map(element)) = &mut self.field(list)?.ty else {
                return Err(format!("`{list}` has no elements"));
            };
            element.limits.extend(limits);
            return Ok(());
        }
        let required = match required {
            "yes" => true,
            "no" => false,
            _ => return Err(format!("`{required}` is neither `yes` nor `no`")),
        };
        let presence = self.state(path, line, presence(required));
        let type_statement = self.statements.len();
        let ty = self.ty(path, line, ty)?;
        let limits = self.limits(path, line, limits)?;
        let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
        let mut field = Field {
            ty,
            type_statement,
            limits,
        };
        // Rules about the members of an object are kept with the object.
        if let Type::Object(object) = &mut field.ty {
            let limits = std::mem::take(&mut field.limits);
            (object.rules, field.limits) = limits.into_iter().partition(is_about_members);
        }
        let members = &mut self.object(parent)?.members;
        if members.iter().any(|member| member.name == name) {
            return Err(format!("`{path}` stands twice"));
        }
        members.push(Member {
            name: name.to_owned(),
            required,
            presence,
            field,
        });
        Ok(())
    }

    fn ty(&mut self, path: &str, line: usize, text: &str) -> Result<Type, String> {
        let (rule, aspect) = match text {
            "Any" => ("any", Aspect::Allowed),
            _ => ("type", Aspect::BothSides),
        };
        self.state(path, line, (text, rule, aspect));
        if let Some(element) = text.strip_prefix("Array of ") {
            let element = self.element(&format!("{path}[]"), line, element)?;
            return Ok(Type::Array(Box::new(element)));
        }
        if let Some(element) = text.strip_prefix("Map of ") {
            let element = self.element(&format!("{path}{{}}"), line, element)?;
            return Ok(Type::Map(Box::new(element)));
        }
        Ok(match text {
            "String" => Type::String,
            "Account" => Type::Account,
            "Integer" => Type::Integer,
            "Number" => Type::Number,
            "Bool" => Type::Bool,
            "Any" => Type::Any,
            "Object" => Type::Object(Object::default()),
            _ => return Err(format!("`{text}` is no type")),
        })
    }

    fn element(&mut self, path: &str, line: usize, text: &str) -> Result<Field, String> {
        Ok(Field {
            type_statement: self.statements.len(),
            ty: self.ty(path, line, text)?,
            limits: Vec::new(),
        })
    }

    fn limits(&mut self, path: &str, line: usize, phrases: &str) -> Result<Vec<Limit>, String> {
        let mut limits: Vec<Limit> = Vec::new();
        for text in phrases
            .split(';')
            .map(str::trim)
            .filter(|text| !text.is_empty())
        {
            let (kind, code) =
                phrase::read(text).ok_or_else(|| format!("`{text}` is not understood"))?;
            if let LimitKind::Among(values, aliases) = &kind
                && values.is_empty()
            {
                let Some(Limit {
                    kind: LimitKind::Among(known, all),
                    ..
                }) = limits.last_mut()
                else {
                    return Err(format!("`{text}` has to follow a list of values"));
                };
                if let Some((_, value)) = aliases.iter().find(|(_, value)| !known.contains(value)) {
                    return Err(format!("`{value}` is not in the list"));
                }
                all.extend(aliases.iter().cloned());
                self.state(path, line, (text, "unknownValue", Aspect::Allowed));
                continue;
            }
            let statement = self.state(path, line, (text, phrase::rule(&kind), aspect(&kind)));
            if let LimitKind::Only(values) | LimitKind::Among(values, _) = &kind {
                for value in values {
                    let text = format!("`{value}`");
                    self.state(path, line, (&text, phrase::rule(&kind), Aspect::Allowed));
                }
            }
            limits.push(Limit {
                kind,
                code,
                statement,
            });
        }
        Ok(limits)
    }

    fn state(&mut self, field: &str, line: usize, what: (&str, &'static str, Aspect)) -> usize {
        let (text, rule, aspect) = what;
        self.statements.push(Statement {
            field: field.to_owned(),
            text: text.to_owned(),
            rule,
            line,
            aspect,
        });
        self.statements.len() - 1
    }

    /// The object at a path; the rows of its members follow its own.
    fn object(&mut self, path: &str) -> Result<&mut Object, String> {
        if path.is_empty() {
            return Ok(&mut self.request);
        }
        let (list, is_element) = match path.strip_suffix("[]").or_else(|| path.strip_suffix("{}")) {
            Some(list) => (list, true),
            None => (path, false),
        };
        let mut ty = &mut self.field(list)?.ty;
        if is_element {
            ty = match ty {
                Type::Array(element) | Type::Map(element) => &mut element.ty,
                _ => return Err(format!("`{list}` has no elements")),
            };
        }
        match ty {
            Type::Object(object) => Ok(object),
            _ => Err(format!("`{path}` is no object")),
        }
    }

    fn field(&mut self, path: &str) -> Result<&mut Field, String> {
        let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
        let members = &mut self.object(parent)?.members;
        let member = members.iter_mut().find(|member| member.name == name);
        member
            .map(|member| &mut member.field)
            .ok_or_else(|| format!("there is no row above for `{path}`"))
    }
}

fn is_about_members(limit: &Limit) -> bool {
    matches!(
        limit.kind,
        LimitKind::AllOrNone(_) | LimitKind::AtLeastOne(_)
    )
}

const fn presence(required: bool) -> (&'static str, &'static str, Aspect) {
    if required {
        ("mandatory", "required", Aspect::BothSides)
    } else {
        ("may be absent", "required", Aspect::Allowed)
    }
}

const fn aspect(kind: &LimitKind) -> Aspect {
    match kind {
        LimitKind::Only(_)
        | LimitKind::Among(..)
        | LimitKind::AllOrNone(_)
        | LimitKind::AtLeastOne(_)
        | LimitKind::EffectOnlyWith(..) => Aspect::BothSides,
        _ => Aspect::BothSidesOfALimit,
    }
}
