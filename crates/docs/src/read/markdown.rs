//! Markdown, as converters and clippers write it.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::block::{Block, Cell, Line, Row, Table};
use crate::page::{Located, Unread};
use crate::read::{html, samples};

/// Reads a page as blocks.
pub(crate) fn read(markdown: &str) -> Vec<Block> {
    let mut reader = Reader::new(markdown);
    let events = Parser::new_ext(
        markdown,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH,
    );
    for (event, range) in events.into_offset_iter() {
        reader.event(event, &range);
    }
    reader.flush();
    samples::find(reader.blocks)
}

/// Whether a line is the one between the header of a table and its rows.
pub(crate) fn is_delimiter_row(line: &str) -> bool {
    let line = line.trim();
    line.contains("--")
        && line.contains('|')
        && line
            .chars()
            .all(|character| matches!(character, '|' | '-' | ':' | ' '))
}

struct Reader<'a> {
    source: &'a str,
    /// The offsets at which lines begin.
    starts: Vec<usize>,
    blocks: Vec<Block>,
    text: String,
    line: usize,
    level: Option<u8>,
    table: Option<OpenTable>,
    /// The HTML of a block, and where it begins.
    html: Option<(String, usize)>,
}

#[derive(Default)]
struct OpenTable {
    rows: Vec<Row>,
    cells: Vec<Cell>,
    cell: Cell,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Self {
        let mut starts = vec![0];
        starts.extend(source.match_indices('\n').map(|(index, _)| index + 1));
        Self {
            source,
            starts,
            blocks: Vec::new(),
            text: String::new(),
            line: 0,
            level: None,
            table: None,
            html: None,
        }
    }

    fn event(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text, range.start),
            Event::Code(text) => self.push(&text, range.start),
            Event::InlineHtml(html) if is_line_break(&html) => self.flush(),
            Event::Html(html) => {
                let line = self.line_of(range.start);
                let (text, _) = self.html.get_or_insert_with(|| (String::new(), line));
                text.push_str(&html);
            }
            Event::SoftBreak => self.push(" ", range.start),
            Event::HardBreak | Event::Rule => self.flush(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Table(_) => {
                self.flush();
                self.table = Some(OpenTable::default());
            }
            Tag::Heading { level, .. } => {
                self.flush();
                self.level = Some(*level as u8);
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = Some((String::new(), self.line_of(range.start)));
            }
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::Item | Tag::BlockQuote(_) => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::TableCell => {
                self.flush();
                if let Some(table) = &mut self.table {
                    let cell = std::mem::take(&mut table.cell);
                    table.cells.push(cell);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(range),
            TagEnd::Table => {
                if let Some(table) = self.table.take()
                    && let Some(first) = table.rows.first()
                {
                    self.blocks.push(Block::Table(Table {
                        line: first.line,
                        rows: table.rows,
                    }));
                }
            }
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::Heading(_) => {
                self.flush();
                self.level = None;
            }
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::Item | TagEnd::BlockQuote(_) => {
                self.flush();
            }
            _ => {}
        }
    }

    /// The parser gives every row as many cells as the header has: it adds empty
    /// ones and drops what is too much. The source tells how many there are.
    fn end_row(&mut self, range: &Range<usize>) {
        let line = self.line_of(range.start);
        let Some(table) = &mut self.table else { return };
        let mut cells = std::mem::take(&mut table.cells);
        let row = self.source.get(range.clone()).unwrap_or_default();
        cells.resize(cells_in(row).max(1), Cell::new());
        // A table without a header gets an empty one from converters.
        if cells.iter().any(|cell| !cell.is_empty()) {
            table.rows.push(Row { line, cells });
        }
    }

    fn end_html(&mut self) {
        let Some((html, line)) = self.html.take() else {
            return;
        };
        let lower = html.to_lowercase();
        if lower.matches("<table").count() > lower.matches("</table").count() {
            // A blank line ends the HTML, and the rest of the table is lost in text.
            self.blocks.push(Block::Unread(Unread {
                line,
                what: "the HTML table that begins here has no end before the next blank line"
                    .to_owned(),
            }));
        }
        self.blocks.extend(html::read_from(&html, line));
    }

    fn text(&mut self, text: &str, offset: usize) {
        // The text of a code block has line feeds, that of anything else has none.
        let mut offset = offset;
        for (index, part) in text.split('\n').enumerate() {
            if index > 0 {
                self.flush();
            }
            self.push(part, offset);
            offset += part.len() + 1;
        }
    }

    fn push(&mut self, text: &str, offset: usize) {
        if self.text.trim().is_empty() && !text.trim().is_empty() {
            self.line = self.line_of(offset);
        }
        self.text.push_str(text);
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if text.trim().is_empty() {
            return;
        }
        let mut line = Line::new(self.line, &text);
        if let Some(table) = &mut self.table {
            table.cell.push(Located::new(line.text, line.number));
        } else {
            line.level = self.level;
            self.blocks.push(Block::Line(line));
        }
    }

    fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }
}

fn is_line_break(html: &str) -> bool {
    let html = html.to_lowercase();
    html.starts_with("<br") || html.starts_with("<p") || html.starts_with("<li")
}

/// The number of cells in the source of a row.
fn cells_in(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = 1;
    let mut escaped = false;
    let mut ends_with_bar = false;
    for character in row.chars() {
        ends_with_bar = character == '|' && !escaped;
        cells += usize::from(ends_with_bar);
        escaped = character == '\\' && !escaped;
    }
    cells - usize::from(ends_with_bar)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cells_of_a_row_are_counted_in_the_source() {
        for (row, cells) in [
            ("| a | b | c |", 3),
            ("a | b | c", 3),
            ("| a | b", 2),
            (r"| a \| b | c |", 2),
            ("| a |", 1),
            ("||", 1),
        ] {
            assert_eq!(cells_in(row), cells, "{row}");
        }
    }

    #[test]
    fn a_delimiter_row_tells_markdown() {
        assert!(is_delimiter_row("| --- | :--: |"));
        assert!(is_delimiter_row("---|---"));
        assert!(!is_delimiter_row("------"));
        assert!(!is_delimiter_row("a | b"));
    }
}
