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
    schema_examples(set, file, "", &file.document.schema, problems);
    if let Some(response) = &file.document.response {
        schema_examples(set, file, "/response", response, problems);
    }
    counterexamples(set, file, problems);
}

fn schema_examples(
    set: &SchemaSet,
    file: &SchemaFile,
    pointer: &str,
    schema: &Schema,
    problems: &mut Vec<Problem>,
) {
    let examples = schema.examples.iter().enumerate();
    let examples = examples.map(|(index, value)| (format!("{pointer}/examples/{index}"), value));
    let default = schema.default.iter();
    let default = default.map(|value| (join(pointer, "default"), value));
    let values: Vec<(String, &Value)> = examples.chain(default).collect();
    if !values.is_empty() {
        match RequestValidator::at(set, &file.name, pointer) {
            Ok(validator) => {
                for (place, value) in values {
                    for finding in validator.findings(value) {
                        let message = format!("contradicts the schema: {}", describe(&finding));
                        problems.push(Problem::new(&file.name, &place, message));
                    }
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    for (steps, part) in Located::new(file, schema).parts() {
        let pointer = join_all(pointer, &steps);
        schema_examples(set, file, &pointer, part.schema, problems);
    }
}

fn counterexamples(set: &SchemaSet, file: &SchemaFile, problems: &mut Vec<Problem>) {
    if file.document.counterexamples.is_empty() {
        return;
    }
    let validator = match RequestValidator::at(set, &file.name, "") {
        Ok(validator) => validator,
        Err(problem) => return problems.push(problem),
    };
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
