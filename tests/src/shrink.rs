//! Making a request as small as can be while something remains true of it.

use serde_json::{Map, Value, json};

/// How many smaller requests are tried.
const BUDGET: usize = 3_000;

/// The smallest request for which `holds` is still true. It has to hold for the request
/// itself.
pub(crate) fn shrink(request: &Value, mut holds: impl FnMut(&Value) -> bool) -> Value {
    let mut smallest = request.clone();
    let mut budget = BUDGET;
    loop {
        let next = smaller(&smallest).find(|candidate| {
            let is_tried = budget > 0;
            budget = budget.saturating_sub(1);
            is_tried && holds(candidate)
        });
        match next {
            Some(next) => smallest = next,
            None => return smallest,
        }
    }
}

/// Requests that are a little smaller, the smallest first.
fn smaller(value: &Value) -> Box<dyn Iterator<Item = Value> + '_> {
    match value {
        Value::Object(members) => {
            Box::new(without_member(members).chain(with_smaller_member(members)))
        }
        Value::Array(elements) => {
            Box::new(shorter_list(elements).chain(with_smaller_element(elements)))
        }
        Value::String(text) => Box::new(
            shorter_text(text)
                .chain(plainer_text(text))
                .map(Value::from),
        ),
        Value::Number(number) => Box::new(nearer_to_zero(number.as_i64())),
        _ => Box::new(std::iter::empty()),
    }
}

fn without_member(members: &Map<String, Value>) -> impl Iterator<Item = Value> {
    members.keys().map(|name| {
        let mut rest = members.clone();
        rest.shift_remove(name);
        Value::Object(rest)
    })
}

fn with_smaller_member(members: &Map<String, Value>) -> impl Iterator<Item = Value> {
    members.iter().flat_map(move |(name, value)| {
        smaller(value).map(move |value| {
            let mut changed = members.clone();
            changed[name] = value;
            Value::Object(changed)
        })
    })
}

fn shorter_list(elements: &[Value]) -> impl Iterator<Item = Value> {
    let half = elements.len() / 2;
    let halves = [&elements[..half], &elements[half..]]
        .into_iter()
        .filter(|part| part.len() < elements.len());
    let halves = halves.map(|part| json!(part));
    let without = (0..elements.len()).map(|index| {
        let mut rest = elements.to_vec();
        rest.remove(index);
        Value::Array(rest)
    });
    halves.chain(without)
}

fn with_smaller_element(elements: &[Value]) -> impl Iterator<Item = Value> {
    elements.iter().enumerate().flat_map(move |(index, value)| {
        smaller(value).map(move |value| {
            let mut changed = elements.to_vec();
            changed[index] = value;
            Value::Array(changed)
        })
    })
}

fn shorter_text(text: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = text.chars().collect();
    let half = letters.len() / 2;
    let parts = [
        &letters[..0],
        &letters[..half],
        &letters[half..],
        &letters[..letters.len().saturating_sub(1)],
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|part| part.len() < letters.len())
        .map(|part| part.iter().collect())
        .collect();
    parts.into_iter()
}

/// Only plain characters: as many as there are characters, or as there are bytes.
fn plainer_text(text: &str) -> impl Iterator<Item = String> {
    [text.chars().count(), text.len()]
        .into_iter()
        .map(|count| "a".repeat(count))
        .filter(move |plain| plain != text)
}

fn nearer_to_zero(number: Option<i64>) -> impl Iterator<Item = Value> {
    let candidates = number.map(|number| [0, number / 2, number - number.signum()]);
    candidates
        .into_iter()
        .flatten()
        .filter(move |candidate| Some(*candidate) != number)
        .map(|candidate| json!(candidate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_matter_is_left_out() {
        let request = json!({
            "RoomInfo": { "RoomId": "房".repeat(40), "Category": [1, 2, 3], "Max": 900 },
            "Other": [[], {}],
        });
        let too_long = |value: &Value| {
            value["RoomInfo"]["RoomId"]
                .as_str()
                .is_some_and(|text| text.len() > 48)
        };
        let smallest = shrink(&request, too_long);
        assert_eq!(
            smallest,
            json!({ "RoomInfo": { "RoomId": "a".repeat(49) } })
        );
    }

    #[test]
    fn a_list_loses_all_but_the_culprit() {
        let request = json!({ "List": (0..300).map(|n| if n == 177 { json!(n) } else { json!("x") }).collect::<Vec<_>>() });
        let has_number = |value: &Value| {
            value["List"]
                .as_array()
                .is_some_and(|list| list.iter().any(Value::is_number))
        };
        assert_eq!(shrink(&request, has_number), json!({ "List": [0] }));
    }
}
