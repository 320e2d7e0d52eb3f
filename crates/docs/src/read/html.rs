//! HTML, as a browser saves it.

mod grid;
mod tree;

use crate::block::{Block, Cell, Line, Row, Table};
use crate::page::{Located, Unread};
use crate::read::samples;
use tree::{Node, Tree};

/// Elements that start a line and end one.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements that no reader of the page sees.
const UNSEEN: &[&str] = &[
    "head", "iframe", "noscript", "object", "script", "style", "svg", "template", "textarea",
];

/// Reads a page as blocks.
pub(crate) fn read(html: &str) -> Vec<Block> {
    read_from(html, 1)
}

/// The same for a piece of HTML that begins on a line of something else.
pub(crate) fn read_from(html: &str, first_line: usize) -> Vec<Block> {
    match Tree::parse(html, first_line) {
        Ok(tree) => {
            let mut writer = Writer::new(&tree, false);
            writer.walk(Tree::ROOT);
            samples::find(writer.blocks)
        }
        Err(reason) => vec![Block::Unread(Unread {
            line: 0,
            what: reason,
        })],
    }
}

/// Turns a part of the tree into lines and tables.
struct Writer<'a> {
    tree: &'a Tree,
    /// In a cell, tables are lines too.
    in_cell: bool,
    blocks: Vec<Block>,
    text: String,
    line: usize,
    level: Option<u8>,
    /// How many elements `pre` are open.
    verbatim: usize,
}

enum Step {
    Enter(usize),
    Leave(usize),
}

impl<'a> Writer<'a> {
    fn new(tree: &'a Tree, in_cell: bool) -> Self {
        Self {
            tree,
            in_cell,
            blocks: Vec::new(),
            text: String::new(),
            line: 0,
            level: None,
            verbatim: 0,
        }
    }

    /// Walks with a stack of its own: pages may be nested deeper than ours is.
    fn walk(&mut self, root: usize) {
        let mut steps: Vec<Step> = self.children(root);
        while let Some(step) = steps.pop() {
            match step {
                Step::Leave(id) => self.leave(id),
                Step::Enter(id) => match &self.tree.node(id).kind {
                    Node::Text(text) => self.text(text, self.tree.node(id).line),
                    Node::Element(element) => {
                        let name = element.name();
                        if UNSEEN.contains(&name) || element.hidden {
                            // Nothing of it is on the page.
                        } else if name == "table" && !self.in_cell {
                            self.flush();
                            self.table(id);
                        } else {
                            self.enter(name);
                            steps.push(Step::Leave(id));
                            steps.extend(self.children(id));
                        }
                    }
                    Node::Other => {}
                },
            }
        }
        self.flush();
    }

    fn children(&self, id: usize) -> Vec<Step> {
        let children = self.tree.node(id).children.iter().rev();
        children.map(|child| Step::Enter(*child)).collect()
    }

    fn enter(&mut self, name: &str) {
        if name == "br" || BLOCKS.contains(&name) {
            self.flush();
        }
        match name.as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => self.level = Some(digit - b'0'),
            b"pre" => self.verbatim += 1,
            _ => {}
        }
    }

    fn leave(&mut self, id: usize) {
        let name = match &self.tree.node(id).kind {
            Node::Element(element) => element.name(),
            _ => return,
        };
        if BLOCKS.contains(&name) {
            self.flush();
        }
        match name.as_bytes() {
            [b'h', b'1'..=b'6'] => self.level = None,
            b"pre" => self.verbatim = self.verbatim.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, first_line: usize) {
        for (index, part) in text.split('\n').enumerate() {
            if index > 0 {
                if self.verbatim > 0 {
                    self.flush();
                } else {
                    self.text.push(' ');
                }
            }
            if self.text.trim().is_empty() && !part.trim().is_empty() {
                self.line = first_line + index;
            }
            self.text.push_str(part);
        }
    }

    /// Ends the line. In the source there are blank lines everywhere, so that they
    /// mean nothing: none is kept.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            let mut line = Line::new(self.line, &text);
            line.level = self.level;
            self.blocks.push(Block::Line(line));
        }
    }

    fn table(&mut self, table: usize) {
        let mut rows = Vec::new();
        let mut grid = grid::Grid::default();
        for row in self.tree.rows(table) {
            let cells = self.tree.cells(row).into_iter().map(|cell| {
                let mut writer = Writer::new(self.tree, true);
                writer.walk(cell);
                let span = match &self.tree.node(cell).kind {
                    Node::Element(element) => (element.columns, element.rows),
                    _ => (1, 1),
                };
                (writer.into_cell(), span)
            });
            let cells = grid.row(cells);
            let line = cells
                .iter()
                .flatten()
                .map(|line| line.line)
                .min()
                .unwrap_or(self.tree.node(row).line);
            if cells.iter().any(|cell| !cell.is_empty()) {
                rows.push(Row { line, cells });
            }
        }
        if let Some(first) = rows.first() {
            self.blocks.push(Block::Table(Table {
                line: first.line,
                rows,
            }));
        }
    }

    fn into_cell(self) -> Cell {
        let lines = self.blocks.into_iter().filter_map(|block| match block {
            Block::Line(line) => Some(Located::new(line.text, line.number)),
            _ => None,
        });
        lines.collect()
    }
}
