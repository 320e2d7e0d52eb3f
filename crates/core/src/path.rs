use std::fmt;

/// Where validation stands in a request: a chain of member names and list
/// indexes that lives on the stack.
///
/// A path is turned into text ([`Path::pointer`]) only when there is something
/// to report, so that validating a request without violations allocates nothing.
///
/// ```
/// use trtc_rooms_core::Path;
///
/// let root = Path::root();
/// let list = root.member("Category");
/// assert_eq!(list.item(2).pointer(), "/Category/2");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Member(&'a str),
    Item(usize),
}

impl<'a> Path<'a> {
    /// The whole document.
    pub const fn root() -> Self {
        Self {
            parent: None,
            step: Step::Root,
        }
    }

    /// A member of the object that stands here, by its wire name.
    #[must_use]
    pub const fn member(&'a self, name: &'a str) -> Self {
        Self {
            parent: Some(self),
            step: Step::Member(name),
        }
    }

    /// An element of the list that stands here, counted from zero.
    #[must_use]
    pub const fn item(&'a self, index: usize) -> Self {
        Self {
            parent: Some(self),
            step: Step::Item(index),
        }
    }

    /// This path as a JSON pointer (RFC 6901); the root is the empty string.
    pub fn pointer(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Item(index) => write!(f, "/{index}"),
            Step::Member(name) => {
                f.write_str("/")?;
                for part in name.split_inclusive(['~', '/']) {
                    match part.strip_suffix('~') {
                        Some(text) => write!(f, "{text}~0")?,
                        None => match part.strip_suffix('/') {
                            Some(text) => write!(f, "{text}~1")?,
                            None => f.write_str(part)?,
                        },
                    }
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_the_empty_pointer() {
        assert_eq!(Path::root().pointer(), "");
    }

    #[test]
    fn members_and_items_are_joined() {
        let root = Path::root();
        let object = root.member("RoomInfo");
        let list = object.member("Category");
        assert_eq!(list.item(10).pointer(), "/RoomInfo/Category/10");
    }

    #[test]
    fn reserved_characters_are_escaped_as_rfc_6901_says() {
        let root = Path::root();
        assert_eq!(root.member("a/b~c~/").pointer(), "/a~1b~0c~0~1");
        assert_eq!(root.member("").pointer(), "/");
    }
}
