//! Changing a value in a JSON file and leaving every other byte as it is.

#[cfg(test)]
mod tests;

use jsonc_parser::ast::{Array, Object, Value as Node};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::Value;

use crate::style;

/// A change of a JSON file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Edit {
    /// Replaces a value.
    Set { pointer: String, value: Value },
    /// Gives an object a member, behind the last one of those that are named.
    Insert {
        object: String,
        name: String,
        value: Value,
        after: &'static [&'static str],
    },
    /// Takes a member out of its object.
    Remove { pointer: String },
    /// Gives a list an element, before another one or at the end.
    Add {
        list: String,
        before: Option<Element>,
        value: Value,
    },
    /// Takes an element out of a list.
    Drop { list: String, element: Element },
}

/// An element of a list, named by what it is: indices change with every edit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Element {
    /// This text.
    Text(String),
    /// The object with this `code`.
    Code(i32),
}

impl Edit {
    pub(crate) fn set(pointer: &str, value: Value) -> Self {
        Edit::Set {
            pointer: pointer.to_owned(),
            value,
        }
    }

    /// The text with the change made.
    ///
    /// # Errors
    ///
    /// In words, why it cannot be made.
    pub(crate) fn apply(&self, text: &str) -> Result<String, String> {
        let parsed = parse_to_ast(text, &CollectOptions::default(), &strict())
            .map_err(|error| error.to_string())?;
        let root = parsed.value.ok_or("the file is empty")?;
        let editor = Editor { text, root: &root };
        match self {
            Edit::Set { pointer, value } => editor.set(pointer, value),
            Edit::Insert {
                object,
                name,
                value,
                after,
            } => editor.insert(object, name, value, after),
            Edit::Remove { pointer } => editor.remove(pointer),
            Edit::Add {
                list,
                before,
                value,
            } => editor.add(list, before.as_ref(), value),
            Edit::Drop { list, element } => editor.drop(list, element),
        }
    }
}

fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

struct Editor<'a> {
    text: &'a str,
    root: &'a Node<'a>,
}

impl<'a> Editor<'a> {
    fn set(&self, pointer: &str, value: &Value) -> Result<String, String> {
        let node = self.find(pointer)?;
        let value = self.format(value, self.indentation(node.start()));
        Ok(self.splice(node.start(), node.end(), &value))
    }

    fn insert(
        &self,
        object: &str,
        name: &str,
        value: &Value,
        after: &[&str],
    ) -> Result<String, String> {
        let object = self.object(object)?;
        let properties = &object.properties;
        if properties
            .iter()
            .any(|property| property.name.as_str() == name)
        {
            return Err(format!("`{name}` is there already"));
        }
        let range = (object.start(), object.end());
        let before = properties
            .iter()
            .rev()
            .find(|property| after.contains(&property.name.as_str()));
        let Some(first) = properties.first() else {
            let value = self.format(value, self.indentation(range.0));
            return Ok(self.splice(range.0, range.1, &format!("{{ \"{name}\": {value} }}")));
        };
        let gap = self.gap(range, first.start());
        let value = self.format(value, self.indentation(first.start()));
        Ok(match before {
            Some(before) => self.splice(
                before.end(),
                before.end(),
                &format!(",{gap}\"{name}\": {value}"),
            ),
            None => self.splice(
                first.start(),
                first.start(),
                &format!("\"{name}\": {value},{gap}"),
            ),
        })
    }

    fn remove(&self, pointer: &str) -> Result<String, String> {
        let (holder, name) = pointer.rsplit_once('/').ok_or("the whole file")?;
        let object = self.object(holder)?;
        let ranges: Vec<(usize, usize)> = object
            .properties
            .iter()
            .map(|property| (property.start(), property.end()))
            .collect();
        let index = object
            .properties
            .iter()
            .position(|property| property.name.as_str() == unescaped(name))
            .ok_or_else(|| format!("`{pointer}` is not there"))?;
        Ok(self.take_out(&ranges, index, (object.start(), object.end()), "{}"))
    }

    fn add(&self, list: &str, before: Option<&Element>, value: &Value) -> Result<String, String> {
        let array = self.list(list)?;
        let range = (array.start(), array.end());
        let (Some(first), Some(end)) = (array.elements.first(), array.elements.last()) else {
            let value = self.format(value, self.indentation(range.0));
            return Ok(self.splice(range.0, range.1, &format!("[{value}]")));
        };
        let gap = self.gap(range, first.start());
        let value = self.format(value, self.indentation(first.start()));
        let next = before.and_then(|before| array.elements.iter().find(|node| before.is(node)));
        Ok(match next {
            Some(next) => self.splice(next.start(), next.start(), &format!("{value},{gap}")),
            None => self.splice(end.end(), end.end(), &format!(",{gap}{value}")),
        })
    }

    fn drop(&self, list: &str, element: &Element) -> Result<String, String> {
        let list = self.list(list)?;
        let ranges: Vec<(usize, usize)> = list
            .elements
            .iter()
            .map(|node| (node.start(), node.end()))
            .collect();
        let index = list
            .elements
            .iter()
            .position(|node| element.is(node))
            .ok_or("the element is not there")?;
        Ok(self.take_out(&ranges, index, (list.start(), list.end()), "[]"))
    }

    /// Takes one of several things out, with the comma that it leaves.
    fn take_out(
        &self,
        ranges: &[(usize, usize)],
        index: usize,
        around: (usize, usize),
        empty: &str,
    ) -> String {
        let (start, end) = ranges[index];
        if let Some((next, _)) = ranges.get(index + 1) {
            self.splice(start, *next, "")
        } else if let Some(before) = index.checked_sub(1) {
            self.splice(ranges[before].1, end, "")
        } else {
            self.splice(around.0, around.1, empty)
        }
    }

    fn find(&self, pointer: &str) -> Result<&'a Node<'a>, String> {
        let missing = || format!("`{pointer}` is not there");
        let mut node = self.root;
        for step in pointer.split('/').skip(1) {
            let step = unescaped(step);
            node = match node {
                Node::Object(object) => object
                    .properties
                    .iter()
                    .find(|property| property.name.as_str() == step)
                    .map(|property| &property.value),
                Node::Array(array) => step
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| array.elements.get(index)),
                _ => None,
            }
            .ok_or_else(missing)?;
        }
        Ok(node)
    }

    fn object(&self, pointer: &str) -> Result<&'a Object<'a>, String> {
        let node = self.find(pointer)?;
        node.as_object()
            .ok_or_else(|| format!("`{pointer}` is no object"))
    }

    fn list(&self, pointer: &str) -> Result<&'a Array<'a>, String> {
        let node = self.find(pointer)?;
        node.as_array()
            .ok_or_else(|| format!("`{pointer}` is no list"))
    }

    /// What stands between two things in a list or object: the end of a line and the
    /// indentation, or a space.
    fn gap(&self, around: (usize, usize), first: usize) -> String {
        if !self.text[around.0..around.1].contains('\n') {
            return " ".to_owned();
        }
        let line_end = if self.text.contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        format!("{line_end}{}", " ".repeat(self.indentation(first)))
    }

    /// The spaces at the beginning of the line that an offset is on.
    fn indentation(&self, offset: usize) -> usize {
        let line = self.text[..offset].rfind('\n').map_or(0, |end| end + 1);
        self.text[line..]
            .bytes()
            .take_while(|byte| *byte == b' ')
            .count()
    }

    fn format(&self, value: &Value, indentation: usize) -> String {
        let text = style::format(value, indentation);
        if self.text.contains("\r\n") {
            text.replace('\n', "\r\n")
        } else {
            text
        }
    }

    fn splice(&self, start: usize, end: usize, new: &str) -> String {
        format!("{}{new}{}", &self.text[..start], &self.text[end..])
    }
}

impl Element {
    fn is(&self, node: &Node<'_>) -> bool {
        match (self, node) {
            (Element::Text(text), Node::StringLit(found)) => found.value == *text,
            (Element::Code(code), Node::Object(object)) => object.properties.iter().any(|property| {
                property.name.as_str() == "code"
                    && matches!(&property.value, Node::NumberLit(number) if number.value == code.to_string())
            }),
            _ => false,
        }
    }
}

fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
