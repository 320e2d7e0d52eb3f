//! The report as one page for a browser.

use std::fmt::Write as _;

use super::junit::escape;
use super::{Report, Section};

const STYLE: &str = "
:root { color-scheme: light dark; --line: #8884; --good: #1a7f37; --bad: #cf222e; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
pre { background: #8881; overflow-x: auto; padding: .8rem; white-space: pre-wrap; }
summary { cursor: pointer; font-weight: 600; padding: .3rem 0; }
.good { color: var(--good); } .bad { color: var(--bad); }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
";

pub(super) fn page(report: &Report) -> String {
    let failed = report.failures().count();
    let (class, words) = match failed {
        0 => ("good", format!("{} checks passed", report.checks.len())),
        _ => (
            "bad",
            format!("{failed} of {} checks failed", report.checks.len()),
        ),
    };
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>Contract: {words}</title>\n<style>{STYLE}</style>\n\
         <h1>Contract: <span class=\"{class}\">{words}</span></h1>\n\
         <p>{:.1} s. Again: <code>{}</code></p>\n",
        report.elapsed.as_secs_f64(),
        escape(&report.command),
    );
    let mut columns = vec!["endpoint"];
    columns.extend(&report.columns);
    let rows = report.rows.iter().map(|row| {
        let mut cells = vec![row.endpoint.clone()];
        cells.extend(row.cells.iter().cloned());
        cells
    });
    table(&mut page, &columns, rows.collect());
    failures(&mut page, report);
    for Section {
        title,
        columns,
        rows,
    } in &report.sections
    {
        let _ = writeln!(
            page,
            "<details><summary>{} ({})</summary>",
            escape(title),
            rows.len()
        );
        table(&mut page, columns, rows.clone());
        page.push_str("</details>\n");
    }
    let _ = writeln!(
        page,
        "<details><summary>Checks ({})</summary>",
        report.checks.len()
    );
    let checks = report.checks.iter().map(|check| {
        let result = if check.failure.is_some() {
            "failed"
        } else {
            "passed"
        };
        vec![
            check.id.clone(),
            result.to_owned(),
            check.requests.to_string(),
        ]
    });
    table(
        &mut page,
        &["check", "result", "requests"],
        checks.collect(),
    );
    page.push_str("</details>\n</html>\n");
    page
}

fn failures(page: &mut String, report: &Report) {
    for (check, failure) in report.failures() {
        let place = failure
            .location
            .as_ref()
            .map(|place| format!(" ({place})"))
            .unwrap_or_default();
        let _ = writeln!(
            page,
            "<h2 class=\"bad\">{}</h2>\n<p>{}{}</p>\n<pre>{}</pre>",
            escape(&check.id),
            escape(&failure.summary),
            escape(&place),
            escape(&failure.detail),
        );
    }
}

fn table(page: &mut String, columns: &[&str], rows: Vec<Vec<String>>) {
    page.push_str("<table>\n<tr>");
    for name in columns {
        cell(page, "th", name);
    }
    page.push_str("</tr>\n");
    for row in rows {
        page.push_str("<tr>");
        for text in &row {
            cell(page, "td", text);
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</table>\n");
}

fn cell(page: &mut String, tag: &str, text: &str) {
    let _ = write!(page, "<{tag}>{}</{tag}>", escape(text));
}
