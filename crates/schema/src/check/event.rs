use std::collections::BTreeMap;

use super::{duplicate, nearest};
use crate::document::{JsonType, Schema, Unit};
use crate::event::{EventFacts, Question};
use crate::files::{SchemaFile, SchemaSet};
use crate::problem::Problem;
use crate::reference::Located;

/// The folder of the events.
const FOLDER: &str = "callbacks";

/// What the file of a webhook event needs, and what its facts name.
pub(super) fn check(set: &SchemaSet, file: &SchemaFile, problems: &mut Vec<Problem>) {
    let Some(event) = &file.document.event else {
        return;
    };
    let mut problem = |place: &str, message: String| {
        problems.push(Problem::new(&file.name, place, message));
    };
    if let Some(expected) = file_name(&event.command)
        && expected != file.name
    {
        let message = format!("the file of this event is named schemas/{expected}");
        problem("/event/command", message);
    }
    if file.document.schema.json_type != Some(JsonType::Object) {
        let message = "an event is an object: add `\"type\": \"object\"`";
        problem("", message.to_owned());
    }
    if file.document.schema.examples.is_empty() {
        problem("", "an event needs `examples`".to_owned());
    }
    products(set, event, &mut problem);
    for (keyword, pointers) in [("room", &event.room), ("time", &event.time)] {
        for (index, pointer) in pointers.iter().enumerate() {
            let place = format!("/event/{keyword}/{index}");
            let member = member(set, file, pointer).map(|member| (member.json_type, member.unit));
            match (keyword, member) {
                (_, None) => problem(&place, format!("the event has no member at `{pointer}`")),
                ("room", Some((Some(JsonType::String), _)))
                | ("time", Some((_, Some(Unit::UnixMilliseconds)))) => {}
                ("room", _) => problem(&place, format!("`{pointer}` has to be text")),
                _ => problem(
                    &place,
                    format!("`{pointer}` has to be of unit unixMilliseconds"),
                ),
            }
        }
    }
    let is_before = event.command.contains(".CallbackBefore");
    match &event.before {
        Some(question) => answers(question, &mut problem),
        None if is_before => problem(
            "/event",
            "the service waits for an answer: say in `before` which there are".to_owned(),
        ),
        None => {}
    }
    if event.before.is_some() && !is_before {
        let message = "an event after the fact has nothing to decide".to_owned();
        problem("/event/before", message);
    }
    match &file.document.response {
        Some(_) if event.before.is_none() => problem(
            "/response",
            "the answer to an event after the fact is ignored".to_owned(),
        ),
        Some(response) if response.json_type != Some(JsonType::Object) => problem(
            "/response",
            "a response is an object: add `\"type\": \"object\"`".to_owned(),
        ),
        _ => {}
    }
    for (index, example) in file.document.schema.examples.iter().enumerate() {
        let Some(word) = example.get("CallbackCommand") else {
            continue;
        };
        if words(event).all(|known| word != known) {
            let place = format!("/examples/{index}/CallbackCommand");
            problem(&place, format!("the example is of the event {word}"));
        }
    }
}

/// One command word stands for one event.
pub(super) fn commands(set: &SchemaSet, problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for file in set.events() {
        for word in file.document.event.iter().flat_map(words) {
            if let Some(other) = seen.insert(word, &file.name) {
                let message = format!("`{word}` stands for the event of schemas/{other} as well");
                problems.push(Problem::new(&file.name, "/event", message));
            }
        }
    }
}

fn words(event: &EventFacts) -> impl Iterator<Item = &str> {
    let others = event.also_named.iter().map(String::as_str);
    std::iter::once(event.command.as_str()).chain(others)
}

/// `Live.CallbackAfterCreateRoom` as `callbacks/live_after_create_room.json`.
fn file_name(command: &str) -> Option<String> {
    let (service, what) = command.split_once(".Callback")?;
    let mut name = format!("{FOLDER}/{}", service.to_ascii_lowercase());
    for letter in what.chars() {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    Some(name + ".json")
}

fn products(set: &SchemaSet, event: &EventFacts, problem: &mut impl FnMut(&str, String)) {
    let products = set.files().filter(|file| file.document.product.is_some());
    let known: Vec<&str> = products.map(|file| file.parts().0).collect();
    for (index, product) in event.products.iter().enumerate() {
        if !known.contains(&product.as_str()) {
            let help = nearest(product, known.iter().copied())
                .map_or_else(|| known.join(", "), str::to_owned);
            let message = format!("there is no product `{product}`; known: {help}");
            problem(&format!("/event/products/{index}"), message);
        }
    }
    if let Some(product) = duplicate(&event.products) {
        let message = format!("the product `{product}` stands twice");
        problem("/event/products", message);
    }
}

fn answers(question: &Question, problem: &mut impl FnMut(&str, String)) {
    let codes: Vec<i32> = question
        .refusals
        .iter()
        .map(|refusal| refusal.code)
        .collect();
    if !codes.is_sorted_by(|left, right| left < right) {
        let message = "list each code once, in ascending order".to_owned();
        problem("/event/before/refusals", message);
    }
    let names = question.refusals.iter().map(|refusal| &refusal.name);
    if let Some(name) = duplicate(names) {
        let message = format!("two codes are named `{name}`");
        problem("/event/before/refusals", message);
    }
    if let Some(own) = &question.own_codes
        && own.from > own.to
    {
        let message = format!("{} is above the greatest code, {}", own.from, own.to);
        problem("/event/before/ownCodes/from", message);
    }
}

/// The schema at a JSON pointer into an event.
fn member<'a>(set: &'a SchemaSet, file: &'a SchemaFile, pointer: &str) -> Option<&'a Schema> {
    let mut here = Located::new(file, &file.document.schema);
    for name in pointer.strip_prefix('/')?.split('/') {
        let name = name.replace("~1", "/").replace("~0", "~");
        here = here.meant(set);
        here.schema = here.schema.properties.get(&name)?;
    }
    Some(here.meant(set).schema)
}
