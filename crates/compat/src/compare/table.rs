//! Helpers for members of objects and for lists of entries that have a key.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::change::Place;
use crate::compare::Places;

/// A JSON value at its place.
#[derive(Clone, Debug)]
pub(super) struct At<'a> {
    pub(super) value: &'a Value,
    pub(super) place: Place,
}

impl At<'_> {
    /// A member, if there is one of this name.
    pub(super) fn member(&self, name: &str) -> Option<Self> {
        Some(Self {
            value: self.value.get(name)?,
            place: self.place.at(name),
        })
    }

    pub(super) fn whole(&self, name: &str) -> Option<u64> {
        self.value.get(name)?.as_u64()
    }
}

/// The places of what is there.
pub(super) fn places(old: Option<&At<'_>>, new: Option<&At<'_>>) -> Places {
    (
        old.map(|at| at.place.clone()),
        new.map(|at| at.place.clone()),
    )
}

/// A member of an object on both sides.
pub(super) struct Differing<'a> {
    pub(super) name: &'a str,
    pub(super) old: Option<At<'a>>,
    pub(super) new: Option<At<'a>>,
}

impl Differing<'_> {
    pub(super) fn places(&self) -> Places {
        places(self.old.as_ref(), self.new.as_ref())
    }
}

/// The members that differ, ordered by name. `None` when one side is no object and the
/// two differ.
pub(super) fn differing<'a>(old: &At<'a>, new: &At<'a>) -> Option<Vec<Differing<'a>>> {
    if old.value == new.value {
        return Some(Vec::new());
    }
    let members = [old.value.as_object()?, new.value.as_object()?];
    let names: BTreeSet<&str> = members
        .into_iter()
        .flat_map(|members| members.keys().map(String::as_str))
        .collect();
    let differing = names.into_iter().map(|name| Differing {
        name,
        old: old.member(name),
        new: new.member(name),
    });
    let is_other = |member: &Differing<'_>| {
        let values = [&member.old, &member.new].map(|side| side.as_ref().map(|at| at.value));
        values[0] != values[1]
    };
    Some(differing.filter(is_other).collect())
}

/// The entries of a list, each under its key.
pub(super) type Entries<'a> = Vec<(String, At<'a>)>;

/// The entries of a list by the text of one member, or by their own text when there is
/// no `key`. `None` when it is no such list; a list that is absent is empty.
pub(super) fn entries<'a>(list: Option<&At<'a>>, key: Option<&str>) -> Option<Entries<'a>> {
    let Some(list) = list else {
        return Some(Vec::new());
    };
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    for (index, value) in list.value.as_array()?.iter().enumerate() {
        let name = match key {
            Some(key) => value.get(key)?,
            None => value,
        };
        let name = match name {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        if !seen.insert(name.clone()) {
            return None;
        }
        let place = list.place.at(&index.to_string());
        entries.push((name, At { value, place }));
    }
    Some(entries)
}

/// Entries with one key, ordered by key.
pub(super) fn matched<'a>(
    old: &Entries<'a>,
    new: &Entries<'a>,
) -> Vec<(String, Option<At<'a>>, Option<At<'a>>)> {
    let mut rows: BTreeMap<&str, (Option<At<'a>>, Option<At<'a>>)> = BTreeMap::new();
    for (key, at) in old {
        rows.entry(key).or_default().0 = Some(at.clone());
    }
    for (key, at) in new {
        rows.entry(key).or_default().1 = Some(at.clone());
    }
    rows.into_iter()
        .map(|(key, (old, new))| (key.to_owned(), old, new))
        .collect()
}

/// Whether what both lists have stands in another order.
pub(super) fn is_reordered(old: &Entries<'_>, new: &Entries<'_>) -> bool {
    let keys =
        |list: &Entries<'_>| -> Vec<String> { list.iter().map(|(key, _)| key.clone()).collect() };
    is_reordered_names(&keys(old), &keys(new))
}

/// The same for names alone.
pub(super) fn is_reordered_names<T: PartialEq + Clone>(old: &[T], new: &[T]) -> bool {
    let common = |list: &[T], other: &[T]| -> Vec<T> {
        list.iter()
            .filter(|name| other.contains(name))
            .cloned()
            .collect()
    };
    common(old, new) != common(new, old)
}
