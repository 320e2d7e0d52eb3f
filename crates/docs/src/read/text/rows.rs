//! Where the rows of a table in plain text begin.

use crate::block::Line;
use crate::phrases::{Column, obligation};
use crate::read::cells::{codes, field_type, is_name};

/// The rigid cells that a row begins with.
pub(super) struct Beginning {
    /// The index of its first line.
    pub(super) start: usize,
    /// The index of the line after its last rigid cell.
    pub(super) end: usize,
    /// The indices of the rigid cells that are there.
    pub(super) cells: Vec<usize>,
}

/// All beginnings of rows from a line on.
pub(super) fn beginnings(
    lines: &[Line],
    start: usize,
    rigid: &[Column],
    gap: usize,
) -> Vec<Beginning> {
    let mut found = Vec::new();
    let mut at = start;
    while at < lines.len() {
        match beginning(lines, at, rigid, gap) {
            Some(beginning) => {
                at = beginning.end;
                found.push(beginning);
            }
            None => at += 1,
        }
    }
    found
}

fn beginning(lines: &[Line], start: usize, rigid: &[Column], gap: usize) -> Option<Beginning> {
    let (first, others) = rigid.split_first()?;
    if !fits(*first, &lines.get(start)?.text) {
        return None;
    }
    let mut beginning = Beginning {
        start,
        end: start + 1,
        cells: vec![start],
    };
    for column in others {
        let next = (beginning.end..lines.len()).find(|at| !lines[*at].is_blank());
        let Some(next) = next.filter(|next| next - beginning.end <= gap.max(1)) else {
            break;
        };
        if fits(*column, &lines[next].text) {
            beginning.cells.push(next);
            beginning.end = next + 1;
        }
    }
    let complete = beginning.cells.len() == rigid.len();
    // A name alone may be any word of a text. With one more cell that fits it is a
    // row that lost a cell, unless it is spelt as no field is.
    let broken =
        beginning.cells.len() > 1 && lines[start].text.starts_with(|c: char| c.is_uppercase());
    (complete || broken).then_some(beginning)
}

fn fits(column: Column, text: &str) -> bool {
    match column {
        Column::Name => is_name(text),
        Column::Type => field_type(text).is_some(),
        Column::Obligation => obligation(text).is_some(),
        // A text may have a small number on a line of its own. Codes have five digits
        // or more, or a sign.
        Column::Code => {
            codes(text).is_some_and(|codes| codes.iter().all(|code| *code >= 10_000 || *code < 0))
        }
        Column::Text => true,
    }
}

/// Whether three lines outside of all tables look like the beginning of a row.
pub(super) fn is_stray(first: &str, second: &str, third: &str) -> bool {
    let field = is_name(first)
        && (field_type(second).is_some() && obligation(third).is_some()
            || obligation(second).is_some() && field_type(third).is_some());
    // Without its name.
    let field = field || (field_type(first).is_some() && obligation(second).is_some());
    let code = codes(first).is_some_and(|codes| codes.iter().all(|code| *code >= 10_000))
        && !second.is_empty()
        && codes(second).is_none();
    field || code
}
