//! JSON samples with the comments and trailing commas that pages give them.

use std::collections::HashSet;
use std::sync::LazyLock;

use jsonc_parser::ast;
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, parse_to_ast};
use regex::Regex;
use serde_json::Value;

use crate::page::Located;
use crate::phrases::ABBREVIATED;

/// The samples have some hundred bytes. What is much longer is not looked into, so that
/// no page takes long.
const MOST_BYTES: usize = 64 << 10;

/// How deep members are listed, and how many.
const MOST_LEVELS: usize = 16;
const MOST_MEMBERS: usize = 300;

/// A JSON sample.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Its first line.
    pub line: usize,
    /// Whether it is a request or a response.
    pub direction: Direction,
    /// The JSON, or why there is none.
    pub value: Result<Value, String>,
    /// Every member at any depth, with its line.
    pub members: Vec<SampleMember>,
    /// Whether it says that it leaves members out.
    pub abbreviated: bool,
}

/// Which way a sample goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the service.
    Request,
    /// From the service.
    Response,
}

/// A member of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleMember {
    /// The names from the root; elements of lists have none.
    pub path: Vec<String>,
    /// The line of the name.
    pub line: usize,
}

impl Sample {
    /// Reads a text that begins with a brace. Each line has its number, since other
    /// things may have stood between them.
    pub(crate) fn read(lines: &[Located<String>]) -> Self {
        let line = lines.first().map_or(0, |line| line.line);
        let text: Vec<&str> = lines.iter().map(|line| line.value.as_str()).collect();
        let text = text.join("\n");
        let mut sample = Sample {
            line,
            direction: Direction::Request,
            value: Err(String::new()),
            members: Vec::new(),
            abbreviated: false,
        };
        if text.len() > MOST_BYTES {
            sample.value = Err(format!("it has {} bytes", text.len()));
            return sample;
        }
        let collect = CollectOptions {
            comments: CommentCollectionStrategy::Separate,
            tokens: false,
        };
        match parse_to_ast(&text, &collect, &options()) {
            Ok(parsed) => {
                let comments = parsed.comments.unwrap_or_default();
                sample.abbreviated = comments
                    .values()
                    .flat_map(|comments| comments.iter())
                    .any(|comment| abbreviated().is_match(comment.text()));
                if let Some(value) = parsed.value {
                    let mut starts = vec![0];
                    starts.extend(text.match_indices('\n').map(|(index, _)| index + 1));
                    let line_of = |offset: usize| {
                        let index = starts.partition_point(|start| *start <= offset);
                        lines.get(index.saturating_sub(1)).map_or(line, |l| l.line)
                    };
                    let mut members = Members::default();
                    members.walk(&value, &line_of);
                    sample.members = members.found;
                    sample.value = Ok(value.into());
                }
            }
            Err(error) => {
                // The first line of the message only: the rest quotes the page.
                let message = error.kind().to_string();
                sample.value = Err(message);
            }
        }
        if let Ok(Value::Object(members)) = &sample.value
            && ["ErrorCode", "ActionStatus"]
                .iter()
                .any(|name| members.contains_key(*name))
        {
            sample.direction = Direction::Response;
        }
        sample
    }
}

/// Comments, trailing commas and missing ones are the pages' habit. Everything else
/// that is not JSON is a slip that a person should see.
fn options() -> ParseOptions {
    ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_missing_commas: true,
        allow_loose_object_property_names: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

fn abbreviated() -> &'static Regex {
    static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!("(?i)(?:{})", ABBREVIATED.join("|")))
            .expect("the pattern is a constant")
    });
    &PATTERN
}

/// The members of a sample, each path once.
#[derive(Default)]
struct Members {
    path: Vec<String>,
    known: HashSet<Vec<String>>,
    found: Vec<SampleMember>,
}

impl Members {
    fn walk(&mut self, value: &ast::Value<'_>, line_of: &dyn Fn(usize) -> usize) {
        match value {
            ast::Value::Object(object)
                if self.path.len() < MOST_LEVELS && self.found.len() < MOST_MEMBERS =>
            {
                for property in &object.properties {
                    self.path.push(property.name.as_str().to_owned());
                    if self.known.insert(self.path.clone()) {
                        self.found.push(SampleMember {
                            path: self.path.clone(),
                            line: line_of(property.range.start),
                        });
                    }
                    self.walk(&property.value, line_of);
                    self.path.pop();
                }
            }
            ast::Value::Array(array) => {
                for element in &array.elements {
                    self.walk(element, line_of);
                }
            }
            _ => {}
        }
    }
}
