//! What the three readers have in common: a page as lines, tables and samples, in
//! order.

use crate::normal::{normal, visible};
use crate::page::{Located, Unread};
use crate::sample::Sample;

/// A part of a page.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    Line(Line),
    Table(Table),
    Sample(Sample),
    Unread(Unread),
}

/// A line of text outside of tables.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) number: usize,
    /// Normal text; empty for a blank line.
    pub(crate) text: String,
    /// The text as printed, for samples.
    pub(crate) raw: String,
    /// The level of the heading that the form marks it as, if it does.
    pub(crate) level: Option<u8>,
}

/// A table. Its first row may or may not name the columns.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) line: usize,
    pub(crate) rows: Vec<Row>,
}

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) cells: Vec<Cell>,
}

/// A cell: its lines, none of them blank.
pub(crate) type Cell = Vec<Located<String>>;

impl Line {
    pub(crate) fn new(number: usize, text: &str) -> Self {
        Self {
            number,
            text: normal(text),
            raw: visible(text),
            level: None,
        }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// A cell in one line.
pub(crate) fn cell_text(cell: &Cell) -> String {
    let lines: Vec<&str> = cell.iter().map(|line| line.value.as_str()).collect();
    lines.join(" ")
}
