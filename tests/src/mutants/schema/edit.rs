//! Edits of a JSON document.

use serde_json::Value;

/// An edit of a JSON document.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// The value at a pointer becomes another one. A member may be new.
    Set(String, Value),
    /// The member or element at a pointer goes away.
    Remove(String),
}

impl Edit {
    /// Makes the edit. Says whether the place was there.
    pub fn apply(&self, document: &mut Value) -> bool {
        let pointer = match self {
            Edit::Set(pointer, _) | Edit::Remove(pointer) => pointer,
        };
        let Some((parent, last)) = pointer.rsplit_once('/') else {
            return false;
        };
        let last = last.replace("~1", "/").replace("~0", "~");
        let Some(parent) = document.pointer_mut(parent) else {
            return false;
        };
        match (self, parent) {
            (Edit::Set(_, value), Value::Object(members)) => {
                members.insert(last, value.clone());
                true
            }
            (Edit::Remove(_), Value::Object(members)) => members.shift_remove(&last).is_some(),
            (Edit::Set(_, value), Value::Array(elements)) => {
                let element = last
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| elements.get_mut(index));
                element.is_some_and(|element| {
                    *element = value.clone();
                    true
                })
            }
            (Edit::Remove(_), Value::Array(elements)) => match last.parse::<usize>() {
                Ok(index) if index < elements.len() => {
                    elements.remove(index);
                    true
                }
                _ => false,
            },
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn edited(edit: &Edit) -> Option<Value> {
        let mut document = json!({ "a/b": { "c": 1, "d": 2 }, "e": [1, 2, 3] });
        edit.apply(&mut document).then_some(document)
    }

    #[test]
    fn members_and_elements_are_set_and_removed() {
        assert_eq!(
            edited(&Edit::Set("/a~1b/c".to_owned(), json!(7))),
            Some(json!({ "a/b": { "c": 7, "d": 2 }, "e": [1, 2, 3] }))
        );
        assert_eq!(
            edited(&Edit::Remove("/a~1b/c".to_owned())),
            Some(json!({ "a/b": { "d": 2 }, "e": [1, 2, 3] }))
        );
        assert_eq!(
            edited(&Edit::Set("/e/1".to_owned(), json!("x"))),
            Some(json!({ "a/b": { "c": 1, "d": 2 }, "e": [1, "x", 3] }))
        );
        assert_eq!(
            edited(&Edit::Remove("/e/0".to_owned())),
            Some(json!({ "a/b": { "c": 1, "d": 2 }, "e": [2, 3] }))
        );
    }

    #[test]
    fn a_place_that_is_not_there_is_told() {
        for edit in [
            Edit::Remove("/e/3".to_owned()),
            Edit::Remove("/x".to_owned()),
            Edit::Set("/x/y".to_owned(), json!(1)),
            Edit::Set("/e/x".to_owned(), json!(1)),
            Edit::Remove(String::new()),
        ] {
            assert_eq!(edited(&edit), None, "{edit:?}");
        }
    }
}
