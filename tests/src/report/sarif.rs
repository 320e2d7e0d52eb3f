//! The report as SARIF, which code review tools show beside the lines it is about.

use serde_json::{Value, json};

use super::{Check, Failure, Report};

pub(super) fn json(report: &Report) -> String {
    let results: Vec<Value> = report
        .failures()
        .map(|(check, failure)| result(check, failure))
        .collect();
    let sarif = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "trtc-rooms contract",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": [{
                    "id": "contract",
                    "shortDescription": { "text": "What is documented, what the schemas say and what was generated from them are the same" },
                }],
            } },
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&sarif).unwrap_or_default() + "\n"
}

fn result(check: &Check, failure: &Failure) -> Value {
    let locations = failure.location.iter().map(|location| {
        json!({ "physicalLocation": {
            "artifactLocation": { "uri": location.file },
            "region": { "startLine": location.line },
        } })
    });
    json!({
        "ruleId": "contract",
        "level": "error",
        "message": { "text": format!("{}: {}\n{}", check.id, failure.summary, failure.detail) },
        "locations": locations.collect::<Vec<_>>(),
        // The same failure of another run has the same one.
        "partialFingerprints": { "check/v1": check.id },
    })
}
