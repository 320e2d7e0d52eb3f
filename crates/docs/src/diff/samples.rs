//! The samples of requests, judged by the schema.

use trtc_rooms_schema::RequestValidator;
use trtc_rooms_schema::facts::Deviation;

use crate::diff::Comparison;
use crate::diff::fields::Matched;
use crate::report::Entry;
use crate::sample::{Direction, Sample};

impl Comparison<'_> {
    pub(super) fn samples(&mut self, request: &Matched<'_>) {
        let validator = match RequestValidator::new(self.set, self.file.stem()) {
            Ok(validator) => validator,
            Err(problem) => {
                self.unread(0, problem.to_string());
                return;
            }
        };
        let page = self.page;
        for sample in &page.samples {
            match &sample.value {
                Err(reason) => {
                    let sides = (format!("is no JSON: {reason}"), "a request or a response");
                    let place = self.here("/examples");
                    self.add(Entry::new(Deviation::Sample, "", sample.line, sides, place));
                }
                Ok(value) if sample.direction == Direction::Request => {
                    let mut omitted = 0;
                    for finding in validator.findings(value) {
                        if sample.abbreviated && finding.rule == "required" {
                            omitted += 1;
                            continue;
                        }
                        let line = line_of(sample, &finding.pointer);
                        let page = format!("{}: {}", finding.pointer, finding.rule);
                        let sides = (page, finding.message);
                        let place = pointer_of(request, &finding.pointer)
                            .map_or_else(|| self.here(""), |pointer| self.here(&pointer));
                        self.add(Entry::new(Deviation::Sample, "", line, sides, place));
                    }
                    if omitted > 0 {
                        self.report.notes.push(format!(
                            "line {}: the sample says itself that it leaves members out, so that those are not missed ({omitted})",
                            sample.line
                        ));
                    }
                }
                Ok(_) => {}
            }
        }
    }
}

/// The line of the member that a pointer into a sample leads to, or of the nearest one
/// around it.
fn line_of(sample: &Sample, pointer: &str) -> usize {
    let mut path = names(pointer);
    while !path.is_empty() {
        let member = sample.members.iter().find(|member| member.path == path);
        if let Some(member) = member {
            return member.line;
        }
        path.pop();
    }
    sample.line
}

/// The place of the schema of what a pointer into a request leads to.
fn pointer_of(request: &Matched<'_>, pointer: &str) -> Option<String> {
    let path = names(pointer);
    let pairs = request.pairs.iter().map(|(_, member)| member);
    let member = pairs
        .chain(&request.members)
        .find(|member| member.path == path)?;
    Some(member.own.pointer.clone())
}

/// The names on the way of a pointer, without the indices of lists.
fn names(pointer: &str) -> Vec<String> {
    pointer
        .split('/')
        .skip(1)
        .filter(|step| step.parse::<usize>().is_err())
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
        .collect()
}
