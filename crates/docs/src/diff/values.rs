//! The values that a page gives a text field against the lists of the schema.
//!
//! Pages print values in the middle of sentences, alone on a line, or in a table of
//! their own further down. A value of the schema counts as printed wherever it stands.
//! A word counts as a value that the schema lacks if it is in camel case and stands in
//! the description, is called the fixed one, or stands alone in a list or in a column
//! with at least two values that are known.

use std::sync::LazyLock;

use regex::Regex;
use trtc_rooms_schema::document::{JsonType, Schema};
use trtc_rooms_schema::facts::Deviation;

use crate::diff::Comparison;
use crate::diff::members::{Member, join};
use crate::page::{Field, Located, Word};
use crate::report::{Entry, Place};
use crate::statement::camel_words;

impl<'a> Comparison<'a> {
    pub(super) fn values(&mut self, field: &Field, member: &Member<'a>) {
        if member.json_type() != Some(JsonType::String) {
            return;
        }
        let list = member.keyword(listed);
        let (known, place) = match &list {
            Some(((keyword, values), found)) => (
                values.as_slice(),
                Place::new(&found.file.name, &join(&found.pointer, keyword)),
            ),
            None => (&[][..], member.own.place()),
        };
        let aliases: Vec<&String> = member
            .keyword(|schema| Some(&schema.value_aliases).filter(|aliases| !aliases.is_empty()))
            .map(|(aliases, _)| aliases.keys().collect())
            .unwrap_or_default();
        let known_word = |word: &str| {
            known.iter().any(|value| value == word) || aliases.iter().any(|alias| *alias == word)
        };
        let found = self.printed(field, known);
        let missing: Vec<&String> = known
            .iter()
            .filter(|value| !found.contains(value))
            .collect();
        let new: Vec<Located<String>> = self
            .candidates(field, known)
            .into_iter()
            .filter(|word| !known_word(&word.value))
            .collect();
        // One word in camel case may be anything. A list has two, or is called fixed.
        let is_list = !known.is_empty() || new.len() > 1 || field.statements.fixed.is_some();
        for word in new.iter().filter(|_| is_list) {
            let sides = (word.value.clone(), "not listed");
            let entry = Entry::new(
                Deviation::NewValue,
                &field.name,
                word.line,
                sides,
                place.clone(),
            );
            self.add(entry);
        }
        if !missing.is_empty() && missing.len() == known.len() {
            let sides = ("no value", known.join(", "));
            self.add(Entry::new(
                Deviation::RemovedValue,
                &field.name,
                field.line,
                sides,
                place,
            ));
            return;
        }
        for value in missing {
            let subject = format!("{}: {value}", field.name);
            let sides = (format!("{value}: not listed"), "listed");
            let place = place.clone();
            self.add(Entry::new(
                Deviation::RemovedValue,
                &subject,
                field.line,
                sides,
                place,
            ));
        }
    }

    /// The known values that the page prints.
    fn printed<'v>(&self, field: &Field, known: &'v [String]) -> Vec<&'v String> {
        known
            .iter()
            .filter(|value| {
                words(&field.text).any(|word| word == value.as_str())
                    || self.page.words.iter().any(|word| word.text == **value)
            })
            .collect()
    }

    /// Words that may be values of the field.
    fn candidates(&self, field: &Field, known: &[String]) -> Vec<Located<String>> {
        let page = self.page;
        let mut found: Vec<Located<String>> = field.statements.camel.clone();
        found.extend(field.statements.fixed.clone());
        let alone = words_alone(field);
        found.extend(beside_known(&alone, known));
        for words in page.words.chunk_by(|word, next| word.group == next.group) {
            found.extend(beside_known(words, known));
        }
        if known.is_empty() {
            found.extend(column_of(&alone, field.leaf()));
            for words in page.words.chunk_by(|word, next| word.group == next.group) {
                found.extend(column_of(words, field.leaf()));
            }
        }
        let is_field = |word: &str| {
            page.request
                .iter()
                .chain(&page.response)
                .any(|field| field.leaf() == word)
        };
        let mut seen: Vec<String> = Vec::new();
        found.retain(|word| {
            let is_new = !is_field(&word.value) && !seen.contains(&word.value);
            if is_new {
                seen.push(word.value.clone());
            }
            is_new
        });
        found
    }
}

/// The words that stand alone on a line of a description.
pub(crate) fn words_alone(field: &Field) -> Vec<Word> {
    let lines = field.text.lines().enumerate();
    lines
        .filter(|(_, line)| is_value_like(line))
        .map(|(position, line)| Word {
            line: field.line,
            text: line.to_owned(),
            group: 0,
            position,
        })
        .collect()
}

/// The words of a group that has at least two known values: those in camel case, and
/// those that stand in the same column as the known ones, below the first.
fn beside_known(group: &[Word], known: &[String]) -> Vec<Located<String>> {
    let positions: Vec<usize> = group
        .iter()
        .filter(|word| known.contains(&word.text))
        .map(|word| word.position)
        .collect();
    let [first, others @ ..] = positions.as_slice() else {
        return Vec::new();
    };
    if others.is_empty() {
        return Vec::new();
    }
    let columns = others
        .iter()
        .fold(0, |columns, position| gcd(columns, position - first));
    group
        .iter()
        .filter(|word| {
            let below = word.position.checked_sub(*first);
            let in_column = below.is_some_and(|below| columns != 0 && below % columns == 0);
            in_column || camel_words(&word.text).next() == Some(&word.text)
        })
        .map(|word| Located::new(word.text.clone(), word.line))
        .collect()
}

/// The words in the column of a table that has the name of a field for its header.
pub(crate) fn column_of(group: &[Word], field: &str) -> Vec<Located<String>> {
    let Some(header) = group.iter().find(|word| word.text == field) else {
        return Vec::new();
    };
    let below = |word: &Word| {
        let below = word.position.checked_sub(header.position)?;
        (below > 0).then_some(below)
    };
    // Words in camel case are values for sure, and tell how many columns there are.
    let columns = group
        .iter()
        .filter(|word| camel_words(&word.text).next() == Some(&word.text))
        .filter_map(below)
        .fold(0, gcd);
    group
        .iter()
        .filter(|word| columns > 0 && below(word).is_some_and(|below| below % columns == 0))
        .map(|word| Located::new(word.text.clone(), word.line))
        .collect()
}

fn gcd(left: usize, right: usize) -> usize {
    if right == 0 {
        left
    } else {
        gcd(right, left % right)
    }
}

/// The list of values of a schema, with its keyword.
fn listed(schema: &Schema) -> Option<(&'static str, &Vec<String>)> {
    let closed = schema.closed_values.as_ref().map(|values| ("enum", values));
    closed.or(schema.open_enum.as_ref().map(|values| ("openEnum", values)))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !(character.is_alphanumeric() || character == '_'))
}

/// A single word with a capital that names no column.
fn is_value_like(line: &str) -> bool {
    static VALUE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("^[A-Z][A-Za-z0-9]+$").expect("the pattern is a constant"));
    VALUE.is_match(line)
        && crate::phrases::column(line).is_none()
        && crate::phrases::obligation(line).is_none()
}
