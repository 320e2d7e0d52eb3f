//! Requests on the wire: what is valid arrives byte for byte, what is not does not
//! arrive unless somebody says so.

use std::collections::BTreeSet;

use serde_json::Value;
use trtc_rooms::{Call, Error, ErrorClass, ErrorKind, Operation, Validation};

use crate::http::{Answer, Ear, Expected, Retry, Run, Stub, Target, same, schemas, secrets};

/// Makes a call and compares what arrives with the JSON text that is expected, byte by
/// byte; the stub judges the rest of the request.
///
/// # Errors
///
/// Says what differs.
pub async fn arrives<O: Operation>(
    stub: &Stub,
    call: Call<O>,
    expected: &str,
) -> Result<(), String> {
    stub.begin(Answer::Documented).await;
    call.await.map_err(|error| error.to_string())?;
    let seen = stub.only()?;
    same(
        "the endpoint",
        seen.judgement.endpoint.as_deref(),
        Some(O::ENDPOINT.name),
    )?;
    same(
        "what the documents have against it",
        seen.judgement.findings.len(),
        0,
    )?;
    same("the body", seen.request.text().as_str(), expected)
}

/// Sends a valid request through the typed method and compares what arrives with it:
/// nothing is added, nothing is lost, nothing is changed.
///
/// # Errors
///
/// Says what differs.
pub async fn arrives_whole(stub: &Stub, target: &Target, request: &Value) -> Result<(), String> {
    arrives_as(stub, target, request, &canonical(target, request)).await
}

/// Sends a valid request through the typed method and compares what arrives with what a
/// typed caller is expected to send of it.
///
/// # Errors
///
/// Says what differs.
pub async fn arrives_as(
    stub: &Stub,
    target: &Target,
    request: &Value,
    expected: &Value,
) -> Result<(), String> {
    stub.begin(Answer::Documented).await;
    let typed = target.call_with(stub.client(), request, None).await;
    let result = typed.map_err(|error| format!("it does not fit into the type: {error}"))?;
    result.map_err(|error| error.to_string())?;
    let seen = stub.only()?;
    same(
        "the endpoint",
        seen.judgement.endpoint.as_deref(),
        Some(target.name),
    )?;
    same(
        "what the documents have against it",
        seen.judgement.findings.len(),
        0,
    )?;
    let body: Value = serde_json::from_slice(&seen.request.body).map_err(|e| e.to_string())?;
    same("the body", &body, expected)
}

/// Sends any request, and lets the schema files say what should become of it: for
/// requests that were derived or drawn, which nobody has typed an expectation for.
/// `sent` is what a typed caller sends of it if it is valid.
///
/// # Errors
///
/// Says what is wrong.
pub async fn follows_the_schema(
    stub: &Stub,
    target: &Target,
    request: &Value,
    sent: &Value,
) -> Result<(), String> {
    stub.begin(Answer::Documented).await;
    let reply = stub
        .client()
        .call_raw(target.endpoint, request.to_string())
        .await;
    let findings = stub.only()?.judgement.findings;
    same("whether it succeeded", reply.is_ok(), findings.is_empty())?;
    let broken: Vec<_> = findings
        .iter()
        .map(|finding| (finding.pointer.as_str(), finding.rule.as_str()))
        .collect();
    if broken.is_empty() && holds_float(request) {
        // JSON Schema takes 8.0 for a whole number, and a typed caller cannot write it.
        Ok(())
    } else if broken.is_empty() {
        arrives_as(stub, target, request, sent).await
    } else {
        refused(stub, target, request, &broken).await
    }
}

fn holds_float(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(elements) => elements.iter().any(holds_float),
        Value::Object(members) => members.values().any(holds_float),
        _ => false,
    }
}

/// The one value that the client writes in another way than it may be given: the pages
/// print this template with both letters.
fn canonical(target: &Target, request: &Value) -> Value {
    let mut request = request.clone();
    if target.name == "live/create_room" && request["RoomInfo"]["SeatTemplate"] == "karaoke" {
        request["RoomInfo"]["SeatTemplate"] = Value::from("Karaoke");
    }
    request
}

/// Every valid example of the schemas.
pub async fn examples(stub: &Stub, target: &Target) -> Run {
    let mut run = Run::default();
    for (number, example) in list(target, "examples").iter().enumerate() {
        let outcome = arrives_whole(stub, target, example).await;
        run.add(format!("{}/example/{number}", target.name), outcome);
    }
    run
}

/// Every invalid example of the schemas, in all three ways of validation and as raw
/// text.
pub async fn counterexamples(stub: &Stub, target: &Target) -> Run {
    let mut run = Run::default();
    for (number, example) in list(target, "counterexamples").iter().enumerate() {
        let broken: Vec<(String, String)> = example["violations"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|violation| (text(&violation["pointer"]), text(&violation["rule"])))
            .collect();
        let broken: Vec<_> = broken
            .iter()
            .map(|(pointer, rule)| (pointer.as_str(), rule.as_str()))
            .collect();
        let outcome = refused(stub, target, &example["request"], &broken).await;
        run.add(format!("{}/counterexample/{number}", target.name), outcome);
    }
    run
}

/// Sends a request that breaks exactly these rules, and looks at what every setting
/// makes of it.
///
/// # Errors
///
/// Says what is wrong.
pub async fn refused(
    stub: &Stub,
    target: &Target,
    request: &Value,
    broken: &[(&str, &str)],
) -> Result<(), String> {
    raw(stub, target, request, broken)
        .await
        .map_err(|problem| format!("raw: {problem}"))?;
    // A typed caller can neither leave out what is mandatory nor write another type.
    let has = |rule| broken.iter().any(|(_, other)| *other == rule);
    if has("type") || has("required") {
        return Ok(());
    }
    for validation in [Validation::Enforce, Validation::Off, Validation::Warn] {
        let shown = |problem: String| format!("{validation:?}: {problem}");
        stub.begin(Answer::Documented).await;
        let ear = Ear::open(&[]);
        let result = match target.call_with(stub.client(), request, validation).await {
            Ok(result) => result,
            // Nobody has looked at the elements of a list that is too long.
            Err(_) if holds_float(request) || has("maxItems") => return Ok(()),
            Err(error) => return Err(shown(error.to_string())),
        };
        let Err(error) = result else {
            return Err(shown("it was taken for a success".to_owned()));
        };
        secrets::scan(&error).map_err(shown)?;
        let outcome = match validation {
            Validation::Enforce => not_sent(stub, target, &error, broken),
            _ => answered(stub, target, &error, broken),
        };
        outcome.map_err(shown)?;
        let warnings = ear.said("WARN", "trtc_rooms").len();
        let expected = if validation == Validation::Warn {
            broken.len()
        } else {
            0
        };
        same("the number of warnings", warnings, expected).map_err(shown)?;
        ear.clean().map_err(shown)?;
    }
    Ok(())
}

fn not_sent(
    stub: &Stub,
    target: &Target,
    error: &Error,
    broken: &[(&str, &str)],
) -> Result<(), String> {
    same("the number of requests", stub.count(), 0)?;
    let mut expected = Expected::not_sent();
    expected.kind = ErrorKind::Invalid;
    expected.retry = Retry::No;
    expected.class = Some(ErrorClass::Request);
    expected.compare(target, error)?;
    let violations = error.violations().ok_or("there are no violations")?;
    let found = violations
        .iter()
        .map(|violation| (violation.pointer.as_str(), violation.rule.as_str()));
    same(
        "the violations",
        found.collect::<BTreeSet<_>>(),
        broken.iter().copied().collect(),
    )
}

/// The stub's answer came back typed: the code of a bad parameter, and what the stub
/// says about it.
fn answered(
    stub: &Stub,
    target: &Target,
    error: &Error,
    broken: &[(&str, &str)],
) -> Result<(), String> {
    let seen = stub.only()?;
    let findings = seen.judgement.findings.iter();
    let found = findings.map(|finding| (finding.pointer.as_str(), finding.rule.as_str()));
    same(
        "the findings",
        found.collect::<BTreeSet<_>>(),
        broken.iter().copied().collect(),
    )?;
    let (code, info) = seen.judgement.answer();
    // What the room has already counts for these, so that the state is at fault as well.
    let class = match code {
        100_500 | 100_502 => ErrorClass::Conflict,
        _ => ErrorClass::Request,
    };
    Expected::api(code, class, Retry::No).compare(target, error)?;
    let told = error.api().and_then(|api| api.error_info());
    same("ErrorInfo", told, Some(info.as_str()))?;
    let pointer = broken.first().map_or("", |(pointer, _)| pointer);
    let named = broken.iter().any(|(pointer, _)| info.contains(pointer));
    same(
        &format!("whether {pointer} is named in `{info}`"),
        named,
        true,
    )
}

/// Raw text is sent whatever it is.
async fn raw(
    stub: &Stub,
    target: &Target,
    request: &Value,
    broken: &[(&str, &str)],
) -> Result<(), String> {
    stub.begin(Answer::Documented).await;
    let text = request.to_string();
    let Err(error) = stub.client().call_raw(target.endpoint, text.as_str()).await else {
        return Err("it was taken for a success".to_owned());
    };
    same("the body", stub.only()?.request.text(), text)?;
    answered(stub, target, &error, broken)
}

fn list(target: &Target, member: &str) -> Vec<Value> {
    let file = schemas().file(&format!("{}.json", target.name));
    let list = file.and_then(|file| file.value[member].as_array());
    list.cloned().unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
