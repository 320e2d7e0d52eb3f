//! Tables of fields and of error codes.

use std::collections::HashSet;

use crate::block::{Cell, Row, Table, cell_text};
use crate::page::{CodeRow, Field, Page};
use crate::phrases::{self, Column, Section, obligation};
use crate::read::cells::{codes, field_type, is_name};
use crate::sample::Direction;
use crate::statement::Statements;

/// Members of every reply: a table that has one is of a response.
const OF_EVERY_REPLY: &[&str] = &["ActionStatus", "ErrorCode", "ErrorInfo", "RequestId"];
/// Parameters of every URL: a table that has one is of neither.
const OF_EVERY_URL: &[&str] = &["sdkappid", "identifier", "usersig", "contenttype"];

/// Reads tables in order.
#[derive(Default)]
pub(super) struct Tables {
    /// Tables of nested objects follow that of the object.
    last: Option<Direction>,
    /// The error codes of all tables.
    codes: HashSet<i32>,
}

/// The columns of a table, `None` where the header is not known.
struct Columns(Vec<Option<Column>>);

impl Tables {
    /// Reads a table; whether it is one of fields or codes.
    pub(super) fn read(
        &mut self,
        table: &Table,
        section: Option<Section>,
        page: &mut Page,
    ) -> bool {
        let Some((header, rows)) = table.rows.split_first() else {
            return false;
        };
        let columns = Columns(
            header
                .cells
                .iter()
                .map(|cell| phrases::column(&cell_text(cell)))
                .collect(),
        );
        let first_cells = || {
            rows.iter()
                .filter_map(|row| row.cells.first().map(cell_text))
        };
        if columns.find(Column::Name).is_some() && columns.find(Column::Type).is_some() {
            if first_cells().any(|name| OF_EVERY_URL.contains(&name.as_str())) {
                return false;
            }
            let of_reply = first_cells().any(|name| OF_EVERY_REPLY.contains(&name.as_str()));
            let direction = self.direction(section, &columns, of_reply);
            self.last = Some(direction);
            fields(table, rows, &columns, direction, page);
            true
        } else if columns.0.first() == Some(&Some(Column::Code)) {
            self.code_rows(table, rows, &columns, page);
            true
        } else {
            report_unknown_header(table, header, rows, page);
            false
        }
    }

    fn direction(&self, section: Option<Section>, columns: &Columns, of_reply: bool) -> Direction {
        match section {
            _ if of_reply => Direction::Response,
            Some(Section::RequestFields) => Direction::Request,
            Some(Section::ResponseFields) => Direction::Response,
            _ if columns.find(Column::Obligation).is_some() => Direction::Request,
            _ => self.last.unwrap_or(Direction::Response),
        }
    }

    fn code_rows(&mut self, table: &Table, rows: &[Row], columns: &Columns, page: &mut Page) {
        for row in rows {
            check_cells(table, row, columns, page);
            let Some((first, others)) = row.cells.split_first() else {
                continue;
            };
            let printed = cell_text(first);
            let Some(codes) = codes(&printed) else {
                page.unread(row.line, format!("`{printed}` is no error code"));
                continue;
            };
            let text: Vec<String> = others.iter().map(cell_text).collect();
            for code in codes {
                if self.codes.insert(code) {
                    page.codes.push(CodeRow {
                        line: row.line,
                        code,
                        text: text.join(" "),
                    });
                } else {
                    page.unread(row.line, format!("the error code {code} stands twice"));
                }
            }
        }
    }
}

impl Columns {
    fn find(&self, column: Column) -> Option<usize> {
        self.0.iter().position(|known| *known == Some(column))
    }

    /// The cell of a column in a complete row.
    fn cell<'a>(&self, row: &'a Row, column: Column) -> Option<&'a Cell> {
        row.cells.get(self.find(column)?)
    }

    /// The lines of all columns that hold text, also of those with a header that is
    /// not known.
    fn text(&self, row: &Row) -> Cell {
        let texts = self
            .0
            .iter()
            .zip(&row.cells)
            .filter(|(column, _)| matches!(column, Some(Column::Text) | None));
        texts.flat_map(|(_, cell)| cell.iter().cloned()).collect()
    }
}

fn fields(table: &Table, rows: &[Row], columns: &Columns, direction: Direction, page: &mut Page) {
    if direction == Direction::Request && columns.find(Column::Obligation).is_none() {
        page.unread(
            table.line,
            "this table of request fields has no column that tells what is mandatory",
        );
    }
    for row in rows {
        let complete = check_cells(table, row, columns, page);
        let Some(field) = field(row, columns, complete, page) else {
            continue;
        };
        match direction {
            Direction::Request => page.request.push(field),
            Direction::Response => page.response.push(field),
        }
    }
}

/// Says when a row has another number of cells than the header.
fn check_cells(table: &Table, row: &Row, columns: &Columns, page: &mut Page) -> bool {
    let (cells, expected) = (row.cells.len(), columns.0.len());
    if cells != expected {
        let first = row.cells.first().map(cell_text).unwrap_or_default();
        page.unread(
            row.line,
            format!(
                "table at line {}: {cells} cells in a row of {expected} (`{first}`)",
                table.line
            ),
        );
    }
    cells == expected
}

/// A row of a table of fields. In one that lost a cell, a type and an obligation are
/// told by what they are; nothing is taken from where it stands.
fn field(row: &Row, columns: &Columns, complete: bool, page: &mut Page) -> Option<Field> {
    let texts: Vec<String> = row.cells.iter().map(cell_text).collect();
    let name = match columns.cell(row, Column::Name) {
        Some(cell) if complete => cell_text(cell),
        _ => texts.first()?.clone(),
    };
    if !is_name(&name) {
        if complete {
            page.unread(row.line, format!("`{name}` is no name of a field"));
        }
        return None;
    }
    let mut text = Cell::new();
    let (mut kind, mut required) = (None, None);
    if complete {
        let of = |column| columns.cell(row, column).map(cell_text);
        if let Some(printed) = of(Column::Type) {
            kind = field_type(&printed);
            if kind.is_none() {
                page.unread(
                    row.line,
                    format!("`{printed}`, the type of `{name}`, is not known"),
                );
            }
        }
        if let Some(printed) = of(Column::Obligation) {
            required = obligation(&printed);
            if required.is_none() {
                page.unread(
                    row.line,
                    format!("`{printed}`, said of `{name}`, is neither mandatory nor optional"),
                );
            }
        }
        text = columns.text(row);
    } else {
        kind = texts.iter().skip(1).find_map(|text| field_type(text));
        required = texts.iter().skip(1).find_map(|text| obligation(text));
    }
    let lines: Vec<&str> = text.iter().map(|line| line.value.as_str()).collect();
    Some(Field {
        line: row.line,
        name,
        kind,
        required,
        text: lines.join("\n"),
        statements: Statements::read(&text),
    })
}

/// Says when a table has the rows of one that should be read.
fn report_unknown_header(table: &Table, header: &Row, rows: &[Row], page: &mut Page) {
    let of_fields = |row: &Row| {
        let texts: Vec<String> = row.cells.iter().map(cell_text).collect();
        texts.first().is_some_and(|name| is_name(name))
            && texts.iter().any(|text| field_type(text).is_some())
            && texts.len() > 2
    };
    let of_codes = |row: &Row| {
        let first = row.cells.first().map(cell_text).unwrap_or_default();
        codes(&first).is_some_and(|codes| codes.iter().all(|code| *code >= 10_000))
    };
    // The header itself may be missing.
    if std::iter::once(header)
        .chain(rows)
        .any(|row| of_fields(row) || of_codes(row))
    {
        let names: Vec<String> = header.cells.iter().map(cell_text).collect();
        page.unread(
            table.line,
            format!(
                "the table has fields or error codes under columns that are not known: {}",
                names.join(", ")
            ),
        );
    }
}
