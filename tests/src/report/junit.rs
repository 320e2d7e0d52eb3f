//! The report as `JUnit`'s XML, which CI systems read.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Check, Report};

pub(super) fn xml(report: &Report) -> String {
    let mut suites: BTreeMap<&str, Vec<&Check>> = BTreeMap::new();
    for check in &report.checks {
        suites.entry(&check.suite).or_default().push(check);
    }
    let failed = report.failures().count();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        xml,
        "<testsuites name=\"contract\" tests=\"{}\" failures=\"{failed}\" time=\"{:.3}\">",
        report.checks.len(),
        report.elapsed.as_secs_f64(),
    );
    for (name, checks) in suites {
        let failed = checks
            .iter()
            .filter(|check| check.failure.is_some())
            .count();
        let _ = writeln!(
            xml,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failed}\">",
            escape(name),
            checks.len(),
        );
        for check in checks {
            case(&mut xml, check);
        }
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn case(xml: &mut String, check: &Check) {
    let (class, name) = (escape(&check.suite), escape(&check.id));
    let _ = write!(xml, "    <testcase classname=\"{class}\" name=\"{name}\"");
    let Some(failure) = &check.failure else {
        xml.push_str("/>\n");
        return;
    };
    xml.push_str(">\n");
    let _ = writeln!(
        xml,
        "      <failure message=\"{}\">{}</failure>",
        escape(&failure.summary),
        escape(&failure.detail),
    );
    xml.push_str("    </testcase>\n");
}

/// Text for XML, without the characters that XML cannot hold at all.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(letter),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            letter if letter.is_control() => {
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(letter));
            }
            letter => escaped.push(letter),
        }
    }
    escaped
}
