//! Makes a failing sequence as short and as plain as can be.
//!
//! It goes on until nothing more can be left out: no run of steps, no wait, no member
//! of a request, no element of a list.

use std::collections::BTreeSet;

use serde_json::Value;

use super::script::Script;
use super::step::{Call, Caller, Checks, Step};

/// How many sequences are tried at most.
const MAX_TRIES: usize = 4_000;

/// The shortest sequence found that still fails.
pub(super) fn shorten(script: Script, mut fails: impl FnMut(&Script) -> bool) -> Script {
    let mut tries = 0;
    let mut fails = |candidate: &Script| {
        tries += 1;
        tries <= MAX_TRIES && fails(candidate)
    };
    let mut shortest = script;
    loop {
        let before = shortest.clone();
        leave_out(&mut shortest, &mut fails);
        wait_once(&mut shortest, &mut fails);
        rename(&mut shortest, &mut fails);
        simplify(&mut shortest, &mut fails);
        if shortest == before {
            return shortest;
        }
    }
}

/// Leaves out runs of steps, long ones first.
fn leave_out(script: &mut Script, fails: &mut impl FnMut(&Script) -> bool) {
    let mut length = script.steps.len() / 2;
    while length > 0 {
        let mut at = script.steps.len().saturating_sub(length);
        loop {
            if at + length <= script.steps.len() {
                let mut candidate = script.clone();
                candidate.steps.drain(at..at + length);
                if fails(&candidate) {
                    *script = candidate;
                }
            }
            if at == 0 {
                break;
            }
            at -= 1;
        }
        length /= 2;
    }
}

/// Leaves out waits: adds the time of one to a later one, or moves the schedules of
/// later meetings by as much.
fn wait_once(script: &mut Script, fails: &mut impl FnMut(&Script) -> bool) {
    let mut first = 0;
    while first < script.steps.len() {
        if let Step::Wait { millis } = script.steps[first] {
            let mut candidate = script.clone();
            candidate.steps.remove(first);
            let later = candidate.steps.iter_mut().skip(first);
            later.for_each(|step| step.move_schedule(-millis / 1_000));
            if fails(&candidate) {
                *script = candidate;
                continue;
            }
        }
        let shorter = (first + 1..script.steps.len()).find_map(|second| {
            let [Step::Wait { millis: some }, Step::Wait { millis: more }] =
                [&script.steps[first], &script.steps[second]]
            else {
                return None;
            };
            // All of it, or the part that moves the clock within its second.
            [some + more, some % 1_000 + more]
                .into_iter()
                .find_map(|millis| {
                    let mut candidate = script.clone();
                    candidate.steps[second] = Step::Wait { millis };
                    candidate.steps.remove(first);
                    fails(&candidate).then_some(candidate)
                })
        });
        match shorter {
            Some(shorter) => *script = shorter,
            None => first += 1,
        }
    }
}

/// Calls everything `a`, or else `b`.
fn rename(script: &mut Script, fails: &mut impl FnMut(&Script) -> bool) {
    for name in ids(script) {
        let plainer = ["a", "b"].into_iter().take_while(|plain| *plain != name);
        for plain in plainer {
            let mut candidate = script.clone();
            for id in candidate.steps.iter_mut().filter_map(Step::id_mut) {
                if *id == name {
                    plain.clone_into(id);
                }
            }
            if fails(&candidate) {
                *script = candidate;
                break;
            }
        }
    }
}

fn ids(script: &Script) -> BTreeSet<String> {
    let mut steps = script.steps.clone();
    let ids = steps.iter_mut().filter_map(Step::id_mut);
    ids.map(|id| id.clone()).collect()
}

/// Takes every plainer form of every step that still fails.
fn simplify(script: &mut Script, fails: &mut impl FnMut(&Script) -> bool) {
    if script.strict_rights {
        let candidate = Script {
            strict_rights: false,
            ..script.clone()
        };
        if fails(&candidate) {
            *script = candidate;
        }
    }
    for index in 0..script.steps.len() {
        let mut fruitless = false;
        while !fruitless {
            fruitless = true;
            for plainer in plainer(&script.steps[index]) {
                let mut candidate = script.clone();
                candidate.steps[index] = plainer;
                if fails(&candidate) {
                    *script = candidate;
                    fruitless = false;
                    break;
                }
            }
        }
    }
}

/// Plainer forms of a step. Each is plainer than the step by a measure that ends, so
/// that taking one after the other does too.
fn plainer(step: &Step) -> Vec<Step> {
    match step {
        Step::Call(call) => plainer_calls(call).into_iter().map(Step::Call).collect(),
        Step::Wait { millis } => [0, 500, 999, 1_000, 2_000]
            .into_iter()
            .filter(|plain| plain < millis)
            .map(|millis| Step::Wait { millis })
            .collect(),
        Step::Appoint { .. } => vec![Step::Restart],
        _ => Vec::new(),
    }
}

fn plainer_calls(call: &Call) -> Vec<Call> {
    let mut plainer = Vec::new();
    let mut offer = |change: &dyn Fn(&mut Call)| {
        let mut candidate = call.clone();
        change(&mut candidate);
        if candidate != *call {
            plainer.push(candidate);
        }
    };
    offer(&|call| call.twist = None);
    offer(&|call| call.by = Caller::Administrator);
    offer(&|call| call.checks = Checks::Enforce);
    plainer.extend(without_a_member(call));
    plainer
}

/// The call without one of the members that it can do without, and with fewer
/// elements of a list.
fn without_a_member(call: &Call) -> Vec<Call> {
    let mut found = Vec::new();
    let body = call.request.body();
    let mut try_body = |body: &Value| {
        let tagged = serde_json::json!({ "endpoint": call.request.endpoint(), "request": body });
        if let Ok(request) = serde_json::from_value(tagged) {
            found.push(Call {
                request,
                ..call.clone()
            });
        }
    };
    for (holder, name) in members(&body) {
        let mut smaller = body.clone();
        if let Some(Value::Object(object)) = smaller.pointer_mut(&holder) {
            let value = object.shift_remove(&name);
            try_body(&smaller);
            if let Some(Value::Array(elements)) = value
                && !elements.is_empty()
            {
                let half = elements[..elements.len() / 2].to_vec();
                let less = elements[1..].to_vec();
                for fewer in [half, less] {
                    if let Some(Value::Object(object)) = smaller.pointer_mut(&holder) {
                        object.insert(name.clone(), Value::from(fewer));
                    }
                    try_body(&smaller);
                }
            }
        }
    }
    found
}

/// The members of the request and of its `RoomInfo`: pointer to the object, and name.
fn members(body: &Value) -> Vec<(String, String)> {
    ["", "/RoomInfo"]
        .into_iter()
        .flat_map(|holder| {
            let object = body.pointer(holder).and_then(Value::as_object);
            let names = object.into_iter().flat_map(serde_json::Map::keys);
            names.map(move |name| (holder.to_owned(), name.clone()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_stays() {
        let script: Script = concat!(
            r#"{"strict_rights":true}"#, "\n",
            r#"{"wait":{"millis":3600000}}"#, "\n",
            r#"{"call":{"by":"second","checks":"off","endpoint":"live/update_room_info","request":{"RoomInfo":{"RoomId":"a","RoomName":"x","Category":[1,2,3,4]}}}}"#, "\n",
            r#"{"wait":{"millis":1000}}"#, "\n",
            r#""restart""#, "\n",
            r#"{"enter":{"room":"a","user":"ada"}}"#, "\n",
        )
        .parse()
        .unwrap();
        // Needs a wait of a second or more, and after it a call with two tags.
        let fails = |script: &Script| {
            let waits = script
                .steps
                .iter()
                .position(|step| matches!(step, Step::Wait { millis } if *millis >= 1_000));
            let calls = script
                .steps
                .iter()
                .rposition(|step| step.line().contains(r#""Category":[1,2"#));
            matches!((waits, calls), (Some(wait), Some(call)) if wait < call)
        };
        let expected = concat!(
            r#"{"strict_rights":false}"#,
            "\n",
            r#"{"wait":{"millis":1000}}"#,
            "\n",
            r#"{"call":{"by":"administrator","checks":"enforce","endpoint":"live/update_room_info","request":{"RoomInfo":{"RoomId":"a","Category":[1,2]}}}}"#,
            "\n",
        );
        assert_eq!(shorten(script, fails).to_string(), expected);
    }
}
