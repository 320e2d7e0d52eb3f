//! The report in a terminal.

use std::fmt::Write as _;

use super::Report;

/// After how many failures the rest is only counted.
const SHOWN: usize = 20;

pub(super) fn text(report: &Report) -> String {
    let mut text = String::new();
    let failures: Vec<_> = report.failures().collect();
    for (check, failure) in failures.iter().take(SHOWN) {
        let _ = writeln!(text, "FAILED {}\n{}\n", check.id, indented(&failure.detail));
    }
    if failures.len() > SHOWN {
        let _ = writeln!(text, "and {} more\n", failures.len() - SHOWN);
    }
    text.push_str(&counts(report));
    let (checks, elapsed) = (report.checks.len(), report.elapsed.as_secs_f64());
    let _ = match failures.len() {
        0 => writeln!(text, "\n{checks} checks passed in {elapsed:.1} s"),
        failed => writeln!(
            text,
            "\n{failed} of {checks} checks FAILED in {elapsed:.1} s"
        ),
    };
    text
}

fn counts(report: &Report) -> String {
    let mut rows = vec![vec!["endpoint".to_owned()]];
    rows[0].extend(report.columns.iter().map(|name| (*name).to_owned()));
    for row in &report.rows {
        let mut cells = vec![row.endpoint.clone()];
        cells.extend(row.cells.iter().cloned());
        rows.push(cells);
    }
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (index, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let _ = match index {
                0 => write!(line, "{cell:<width$}"),
                _ => write!(line, "  {cell:>width$}"),
            };
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("  {line}")).collect();
    lines.join("\n")
}
