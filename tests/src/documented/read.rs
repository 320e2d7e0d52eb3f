//! Reading a table: lines, sections and cells.

use std::fmt;

use super::table::Table;
use super::{head, rows};

/// A line of a table that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    file: String,
    line: usize,
    message: String,
}

impl Mistake {
    pub(super) fn new(file: &str, line: usize, message: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "tests/documented/{}.md:{}: {}",
            self.file, self.line, self.message
        )
    }
}

/// A row of a table: its line and its cells.
type Row<'a, const COLUMNS: usize> = (usize, [&'a str; COLUMNS]);

/// Part of a table: its lines, each with its number.
pub(super) struct Section<'a> {
    pub(super) line: usize,
    pub(super) lines: Vec<(usize, &'a str)>,
}

impl<'a> Section<'a> {
    /// The cells of each row of the table in this section.
    pub(super) fn rows<const COLUMNS: usize>(
        &self,
        header: [&str; COLUMNS],
    ) -> Result<Vec<Row<'a, COLUMNS>>, (usize, String)> {
        let mut rows = Vec::new();
        for (line, text) in self.lines.iter().filter(|(_, text)| text.starts_with('|')) {
            let cells: Vec<&str> = text.trim_matches('|').split('|').map(str::trim).collect();
            let cells = <[&str; COLUMNS]>::try_from(cells).map_err(|cells| {
                (
                    *line,
                    format!("{COLUMNS} cells are needed, here are {}", cells.len()),
                )
            })?;
            rows.push((*line, cells));
        }
        if rows.first().map(|(_, cells)| *cells) != Some(header) {
            return Err((
                self.line,
                format!("a table `| {} |` is missing", header.join(" | ")),
            ));
        }
        Ok(rows.split_off(2.min(rows.len())))
    }
}

impl Table {
    /// Reads the table of an endpoint.
    ///
    /// # Errors
    ///
    /// Every line that cannot be understood.
    pub fn read(endpoint: &str, text: &str) -> Result<Self, Vec<Mistake>> {
        let mistake = |(line, message): (usize, String)| Mistake::new(endpoint, line, message);
        let mut sections = sections(text);
        let mut section = |title: &str| {
            let index = sections.iter().position(|(name, _)| *name == title);
            let missing = || vec![mistake((1, format!("the part `{title}` is missing")))];
            index
                .map(|index| sections.remove(index).1)
                .ok_or_else(missing)
        };
        let (head, request, codes) = (section("#")?, section("## Request")?, section("## Codes")?);
        if let Some((title, section)) = sections.first() {
            return Err(vec![mistake((
                section.line,
                format!("there is no part `{title}`"),
            ))]);
        }
        let facts = head::read(&head);
        let request = rows::request(&request);
        let codes = head::codes(&codes);
        match (facts, request, codes) {
            (Ok(facts), Ok((request, statements)), Ok(codes)) => Ok(Self {
                endpoint: endpoint.to_owned(),
                facts,
                request,
                codes,
                statements,
            }),
            (facts, request, codes) => {
                let found = [facts.err(), request.err(), codes.err()];
                Err(found.into_iter().flatten().map(mistake).collect())
            }
        }
    }
}

fn sections(text: &str) -> Vec<(&str, Section<'_>)> {
    let mut sections: Vec<(&str, Section<'_>)> = Vec::new();
    for (index, text) in text.lines().enumerate() {
        let line = index + 1;
        if text.starts_with('#') {
            let name = if text.starts_with("# ") {
                "#"
            } else {
                text.trim_end()
            };
            let lines = Vec::new();
            sections.push((name, Section { line, lines }));
        } else if let Some((_, section)) = sections.last_mut() {
            section.lines.push((line, text.trim_end()));
        }
    }
    sections
}
