//! Finding tables in plain text, where every cell stands on a line of its own.
//!
//! A copied table is this, with nothing that tells cells and rows apart:
//!
//! ```text
//! Field
//! Type
//! Attribute
//! Description
//! RoomId
//! String
//! Mandatory
//! The id of the room.
//! Up to 48 bytes.
//! RoomName
//! String
//! Optional
//! The name of the room.
//! ```
//!
//! It is found in four steps.
//!
//! 1. **The header.** A run of at least two lines that are each exactly the name of a
//!    column (`phrases::COLUMNS`), the first one that of a field or an error code and
//!    none twice. Two kinds of tables are looked for: *fields* (name and type, perhaps
//!    an obligation, a text) and *codes* (code, text). Others, such as the one of URL
//!    parameters, have no cells that can be told from text, and stay lines.
//!
//! 2. **The extent.** A table ends before the next heading, header, sample or footer
//!    that a phrase knows.
//!
//! 3. **The rows.** Names, types, obligations and codes are *rigid* cells: an
//!    identifier, a known type, a known word, a number. Where the rigid cells of the
//!    header follow each other in its order, a row begins. All lines from there to the
//!    beginning of the next row are its text, however many, with blank ones between
//!    them or not, and with whatever smaller table inside. So a row is recognised by
//!    what it begins with and never by counting lines. If only some of the rigid cells
//!    are there, the row is kept as it is, one cell short, and reported; so is a type
//!    that stands alone in a text, which is a row without its name.
//!
//! 4. **The end of the last row.** No row follows it that would end its text. It ends
//!    at the first gap that is wider than the gaps between the cells of the header: in
//!    most copies cells follow each other without a blank line, in some with one.
//!
//! What is left over is searched for rows once more (`text::report_stray_rows`), so
//! that a table with a header of a new wording is reported and not overlooked.

use crate::block::{Block, Cell, Line, Row, Table};
use crate::normal::key;
use crate::page::{Located, Unread};
use crate::phrases::{self, Column};
use crate::read::cells::field_type;
use crate::read::text::rows::{self, Beginning};

/// No table is wider.
const MOST_COLUMNS: usize = 12;

/// Replaces the lines of each table with the table.
pub(crate) fn find(blocks: Vec<Block>) -> Vec<Block> {
    let mut found = Vec::with_capacity(blocks.len());
    let mut run: Vec<Line> = Vec::new();
    for block in blocks {
        match block {
            Block::Line(line) => run.push(line),
            other => {
                find_in_run(&run, &mut found);
                run.clear();
                found.push(other);
            }
        }
    }
    find_in_run(&run, &mut found);
    found
}

fn find_in_run(lines: &[Line], found: &mut Vec<Block>) {
    let mut at = 0;
    while at < lines.len() {
        if let Some(header) = Header::at(lines, at) {
            let end = extent(lines, header.end);
            at = read_table(&lines[..end], at, &header, found);
        } else {
            found.push(Block::Line(lines[at].clone()));
            at += 1;
        }
    }
}

/// The header of a table.
struct Header {
    /// The rigid columns in their order.
    rigid: Vec<Column>,
    /// Whether there is a text behind them.
    has_text: bool,
    /// The index of the first line after it.
    end: usize,
    /// The greatest number of blank lines between its cells.
    gap: usize,
}

impl Header {
    /// The header that begins at a line, if one does.
    fn at(lines: &[Line], start: usize) -> Option<Self> {
        let mut columns = Vec::new();
        let (mut at, mut end, mut gap) = (start, start, 0);
        while let Some(line) = lines.get(at) {
            if line.is_blank() {
                // A gap of more lines than that separates parts of a page.
                if columns.is_empty() || at - end >= 3 {
                    break;
                }
                at += 1;
                continue;
            }
            match phrases::column(&line.text) {
                Some(first)
                    if columns.is_empty() && ![Column::Name, Column::Code].contains(&first) =>
                {
                    return None;
                }
                Some(column)
                    if (column == Column::Text && columns.len() < MOST_COLUMNS)
                        || !columns.contains(&column) =>
                {
                    if !columns.is_empty() {
                        gap = gap.max(at - end);
                    }
                    columns.push(column);
                    at += 1;
                    end = at;
                }
                _ => break,
            }
        }
        let rigid: Vec<Column> = columns
            .iter()
            .copied()
            .filter(|column| *column != Column::Text)
            .collect();
        let of_fields = rigid.first() == Some(&Column::Name) && rigid.contains(&Column::Type);
        let of_codes = columns
            .as_slice()
            .starts_with(&[Column::Code, Column::Text]);
        (of_fields || of_codes).then_some(Header {
            has_text: columns.contains(&Column::Text),
            // Where a text stands before a rigid cell, nothing marks its end: such rows
            // come out short of a cell, and are reported.
            rigid,
            end,
            gap,
        })
    }
}

/// The index of the first line behind a table whose rows begin at `start`.
fn extent(lines: &[Line], start: usize) -> usize {
    (start..lines.len())
        .find(|at| {
            let text = &lines[*at].text;
            !text.is_empty()
                && (phrases::heading(text).is_some()
                    || phrases::FOOTERS.contains(&key(text).as_str())
                    || (phrases::column(text).is_some() && Header::at(lines, *at).is_some()))
        })
        .unwrap_or(lines.len())
}

/// Reads a table and returns the index of the first line that is not part of it.
fn read_table(lines: &[Line], start: usize, header: &Header, found: &mut Vec<Block>) -> usize {
    let beginnings: Vec<Beginning> = rows::beginnings(lines, header.end, &header.rigid, header.gap);
    let line = lines[start].number;
    let Some(first) = beginnings.first() else {
        found.push(Block::Unread(Unread {
            line,
            what: "the table that begins here has no row that could be read".to_owned(),
        }));
        return header.end;
    };
    // A column that no phrase knows ends the header early, and shows up here.
    if let Some(stray) = (header.end..first.start).find(|at| !lines[*at].is_blank()) {
        found.push(Block::Unread(Unread {
            line: lines[stray].number,
            what: format!(
                "`{}` stands between the header of a table and its first row",
                lines[stray].text
            ),
        }));
    }
    let mut table = Table {
        line,
        rows: vec![header_row(&lines[start..header.end], header)],
    };
    let mut end = header.end;
    for (index, beginning) in beginnings.iter().enumerate() {
        end = match beginnings.get(index + 1) {
            Some(next) => next.start,
            None => end_of_text(lines, beginning.end, header.gap),
        };
        let text: Cell = lines[beginning.end..end]
            .iter()
            .filter(|line| !line.is_blank())
            .map(located)
            .collect();
        let mut cells: Vec<Cell> = beginning
            .cells
            .iter()
            .map(|at| vec![located(&lines[*at])])
            .collect();
        if header.rigid.contains(&Column::Type) {
            let name = &lines[beginning.start].text;
            found.extend(text.iter().filter_map(|line| headless(line, name)));
        }
        // An empty text is a cell of a complete row, and not there in a broken one.
        if header.has_text && (!text.is_empty() || cells.len() == header.rigid.len()) {
            cells.push(text);
        }
        table.rows.push(Row {
            line: lines[beginning.start].number,
            cells,
        });
    }
    found.push(Block::Table(table));
    // The gap that a lost line leaves may end the table before its last rows.
    let below = lines[end..].iter().find(|line| !line.is_blank());
    if let (Some(below), Some(last)) = (below, beginnings.last())
        && header.rigid.contains(&Column::Type)
    {
        found.extend(headless(&located(below), &lines[last.start].text));
    }
    end
}

/// The names of the columns, all texts as one.
fn header_row(lines: &[Line], header: &Header) -> Row {
    let mut cells: Vec<Cell> = Vec::new();
    let mut text: Option<Cell> = None;
    for line in lines.iter().filter(|line| !line.is_blank()) {
        if phrases::column(&line.text) == Some(Column::Text) {
            text.get_or_insert_with(|| vec![located(line)]);
        } else {
            cells.push(vec![located(line)]);
        }
    }
    cells.extend(text.filter(|_| header.has_text));
    Row {
        line: lines.first().map_or(0, |line| line.number),
        cells,
    }
}

/// A type alone on a line of a text is what is left of a row that lost its name.
fn headless(line: &Located<String>, name: &str) -> Option<Block> {
    field_type(&line.value)?;
    Some(Block::Unread(Unread {
        line: line.line,
        what: format!(
            "`{}` stands alone behind `{name}`: is it the type of a field whose name is lost?",
            line.value
        ),
    }))
}

/// Where the text of the last row ends.
fn end_of_text(lines: &[Line], start: usize, gap: usize) -> usize {
    let mut end = start;
    for (at, line) in lines.iter().enumerate().skip(start) {
        if line.is_blank() {
            continue;
        }
        // An empty text is not made up from what stands below the table.
        if at - end > gap {
            break;
        }
        end = at + 1;
    }
    end
}

fn located(line: &Line) -> Located<String> {
    Located::new(line.text.clone(), line.number)
}
