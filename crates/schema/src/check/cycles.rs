use std::collections::{BTreeMap, VecDeque};

use crate::files::SchemaSet;
use crate::problem::{Problem, join};
use crate::reference::Located;

/// A definition: its file and its name.
type Definition<'a> = (&'a str, &'a str);

/// Definitions that contain themselves: no page has one, and nothing that is
/// generated could hold one.
pub(super) fn check(set: &SchemaSet, problems: &mut Vec<Problem>) {
    let mut uses: BTreeMap<Definition<'_>, Vec<Definition<'_>>> = BTreeMap::new();
    for file in set.files() {
        for (name, schema) in &file.document.schema.definitions {
            let mut targets = Vec::new();
            collect(set, Located::new(file, schema), &mut targets);
            uses.insert((&file.name, name), targets);
        }
    }
    for (file, name) in uses.keys() {
        if let Some(circle) = circle(&uses, (file, name)) {
            let message = format!("this contains itself: {}", circle.join(" -> "));
            problems.push(Problem::new(*file, join("/$defs", name), message));
        }
    }
}

/// The definitions that a schema names, itself or in its parts.
fn collect<'a>(set: &'a SchemaSet, schema: Located<'a>, used: &mut Vec<Definition<'a>>) {
    if let Some(target) = schema.target(set) {
        used.push((&target.file.name, target.name));
    }
    for (_, part) in schema.parts() {
        collect(set, part, used);
    }
}

/// The shortest way from a definition back to itself, by names.
fn circle<'a>(
    uses: &BTreeMap<Definition<'a>, Vec<Definition<'a>>>,
    start: Definition<'a>,
) -> Option<Vec<&'a str>> {
    let mut reached_from: BTreeMap<Definition<'_>, Definition<'_>> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(here) = queue.pop_front() {
        for next in uses.get(&here).into_iter().flatten() {
            if *next == start {
                let mut way = vec![start.1];
                let mut step = here;
                while step != start {
                    way.push(step.1);
                    step = reached_from[&step];
                }
                way.push(start.1);
                way.reverse();
                return Some(way);
            }
            if !reached_from.contains_key(next) {
                reached_from.insert(*next, here);
                queue.push_back(*next);
            }
        }
    }
    None
}
