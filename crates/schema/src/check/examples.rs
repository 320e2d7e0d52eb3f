use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::Schema;
use crate::facts::ExpectedViolation;
use crate::files::{SchemaFile, SchemaSet};
use crate::problem::{Problem, join, join_all};
use crate::reference::Located;
use crate::validator::{Finding, RequestValidator};

/// Examples that their schema refuses, and counterexamples that break other rules
/// than they say.
pub(super) fn check(set: &SchemaSet, file: &SchemaFile, problems: &mut Vec<Problem>) {
    let document = &file.document;
    let examples = own_examples("", &document.schema);
    if !examples.is_empty() || !document.counterexamples.is_empty() {
        // Compiling the schema takes longest, so both are judged by one validator.
        match RequestValidator::at(set, &file.name, "") {
            Ok(validator) => {
                judge(&validator, file, examples, problems);
                counterexamples(&validator, file, problems);
            }
            Err(problem) => problems.push(problem),
        }
    }
    parts(set, file, "", &document.schema, problems);
    if let Some(response) = &document.response {
        schema_examples(set, file, "/response", response, problems);
    }
}

fn schema_examples(
    set: &SchemaSet,
    file: &SchemaFile,
    pointer: &str,
    schema: &Schema,
    problems: &mut Vec<Problem>,
) {
    let examples = own_examples(pointer, schema);
    if !examples.is_empty() {
        match RequestValidator::at(set, &file.name, pointer) {
            Ok(validator) => judge(&validator, file, examples, problems),
            Err(problem) => problems.push(problem),
        }
    }
    parts(set, file, pointer, schema, problems);
}

/// The examples inside a schema.
fn parts(
    set: &SchemaSet,
    file: &SchemaFile,
    pointer: &str,
    schema: &Schema,
    problems: &mut Vec<Problem>,
) {
    for (steps, part) in Located::new(file, schema).parts() {
        let pointer = join_all(pointer, &steps);
        schema_examples(set, file, &pointer, part.schema, problems);
    }
}

/// The examples and the default of a schema itself, with their places.
fn own_examples<'a>(pointer: &str, schema: &'a Schema) -> Vec<(String, &'a Value)> {
    let examples = schema.examples.iter().enumerate();
    let examples = examples.map(|(index, value)| (format!("{pointer}/examples/{index}"), value));
    let default = schema.default.iter();
    let default = default.map(|value| (join(pointer, "default"), value));
    examples.chain(default).collect()
}

fn judge(
    validator: &RequestValidator,
    file: &SchemaFile,
    examples: Vec<(String, &Value)>,
    problems: &mut Vec<Problem>,
) {
    for (place, value) in examples {
        for finding in validator.findings(value) {
            let message = format!("contradicts the schema: {}", describe(&finding));
            problems.push(Problem::new(&file.name, &place, message));
        }
    }
}

fn counterexamples(validator: &RequestValidator, file: &SchemaFile, problems: &mut Vec<Problem>) {
    for (index, example) in file.document.counterexamples.iter().enumerate() {
        let findings = validator.findings(&example.request);
        let found: BTreeSet<(&str, &str)> = findings
            .iter()
            .map(|finding| (finding.pointer.as_str(), finding.rule.as_str()))
            .collect();
        let expected: BTreeSet<(&str, &str)> = example
            .violations
            .iter()
            .map(|ExpectedViolation { pointer, rule }| (pointer.as_str(), rule.as_str()))
            .collect();
        let place = format!("/counterexamples/{index}/violations");
        for (pointer, rule) in expected.difference(&found) {
            let message = format!("the schema finds no violation of `{rule}` at `{pointer}`");
            problems.push(Problem::new(&file.name, &place, message));
        }
        for (pointer, rule) in found.difference(&expected) {
            let message = format!("the schema also finds a violation of `{rule}` at `{pointer}`");
            problems.push(Problem::new(&file.name, &place, message));
        }
    }
}

fn describe(finding: &Finding) -> String {
    let at = if finding.pointer.is_empty() {
        "the value"
    } else {
        &finding.pointer
    };
    format!("{at} {} ({})", finding.message, finding.rule)
}
