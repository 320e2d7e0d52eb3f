//! The document tree, made by html5ever, with the line of every node.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};

/// Deeper pages are machine-made traps: with each level, html5ever takes longer for
/// every element.
const MOST_LEVELS: usize = 256;

/// A document.
pub(super) struct Tree {
    nodes: Vec<TreeNode>,
}

pub(super) struct TreeNode {
    pub(super) kind: Node,
    pub(super) line: usize,
    pub(super) children: Vec<usize>,
    parent: Option<usize>,
}

pub(super) enum Node {
    Element(Element),
    Text(String),
    /// The document, a comment, a processing instruction.
    Other,
}

pub(super) struct Element {
    name: QualName,
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) hidden: bool,
}

impl Element {
    pub(super) fn name(&self) -> &str {
        &self.name.local
    }
}

impl Tree {
    pub(super) const ROOT: usize = 0;

    /// # Errors
    ///
    /// Why the page is none, in words.
    pub(super) fn parse(html: &str, first_line: usize) -> Result<Self, String> {
        let levels = levels(html);
        if levels > MOST_LEVELS {
            return Err(format!(
                "{levels} elements are open at once, more than on any page"
            ));
        }
        let sink = Sink {
            nodes: RefCell::new(vec![TreeNode {
                kind: Node::Other,
                line: 0,
                children: Vec::new(),
                parent: None,
            }]),
            line: Cell::new(first_line),
            before: first_line.saturating_sub(1),
        };
        let parser = parse_document(sink, ParseOpts::default());
        Ok(Tree {
            nodes: parser.one(html),
        })
    }

    pub(super) fn node(&self, id: usize) -> &TreeNode {
        &self.nodes[id]
    }

    /// The rows of a table, without those of tables in its cells.
    pub(super) fn rows(&self, table: usize) -> Vec<usize> {
        self.find(table, &["tr"], &["table", "td", "th"])
    }

    /// The cells of a row.
    pub(super) fn cells(&self, row: usize) -> Vec<usize> {
        self.find(row, &["td", "th"], &["table"])
    }

    fn find(&self, root: usize, wanted: &[&str], closed: &[&str]) -> Vec<usize> {
        let mut found = Vec::new();
        let mut open: Vec<usize> = self.nodes[root].children.iter().rev().copied().collect();
        while let Some(id) = open.pop() {
            if let Node::Element(element) = &self.nodes[id].kind {
                if wanted.contains(&element.name()) {
                    found.push(id);
                } else if !closed.contains(&element.name()) {
                    open.extend(self.nodes[id].children.iter().rev());
                }
            }
        }
        found
    }
}

/// How many elements are open at once, at most, if all that are opened are closed.
fn levels(html: &str) -> usize {
    const EMPTY: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "li", "link", "meta", "option",
        "p", "path", "source", "track", "wbr",
    ];
    let (mut open, mut most) = (0_usize, 0);
    for (index, _) in html.match_indices('<') {
        let rest = &html[index + 1..];
        let name: &str = rest
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        if rest.starts_with('/') {
            open = open.saturating_sub(1);
        } else if !name.is_empty() && !EMPTY.contains(&name.to_lowercase().as_str()) {
            open += 1;
            most = most.max(open);
        }
    }
    most
}

/// What html5ever builds the tree with.
struct Sink {
    nodes: RefCell<Vec<TreeNode>>,
    line: Cell<usize>,
    /// The lines before the first one.
    before: usize,
}

impl Sink {
    fn add(&self, kind: Node, line: usize) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(TreeNode {
            kind,
            line,
            children: Vec::new(),
            parent: None,
        });
        nodes.len() - 1
    }

    /// Inserts a node before the child at an index, or text into the text before it.
    fn insert(&self, parent: usize, index: usize, child: NodeOrText<usize>) {
        let id = match child {
            NodeOrText::AppendNode(id) => {
                self.detach(id);
                id
            }
            NodeOrText::AppendText(text) => {
                let before = index
                    .checked_sub(1)
                    .and_then(|index| self.nodes.borrow()[parent].children.get(index).copied());
                if let Some(before) = before
                    && let Node::Text(known) = &mut self.nodes.borrow_mut()[before].kind
                {
                    known.push_str(&text);
                    return;
                }
                // The line is that of the end of the text.
                let lines = text.matches('\n').count();
                let line = self.line.get().saturating_sub(lines);
                self.add(Node::Text(text.to_string()), line)
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes[id].parent = Some(parent);
        let children = &mut nodes[parent].children;
        let index = index.min(children.len());
        children.insert(index, id);
    }

    fn detach(&self, id: usize) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[id].parent.take() {
            nodes[parent].children.retain(|child| *child != id);
        }
    }

    fn position(&self, id: usize) -> Option<(usize, usize)> {
        let nodes = self.nodes.borrow();
        let parent = nodes[id].parent?;
        // What is inserted before is nearly always the last child.
        let index = nodes[parent].children.iter().rposition(|c| *c == id)?;
        Some((parent, index))
    }
}

impl TreeSink for Sink {
    type Handle = usize;
    type Output = Vec<TreeNode>;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Vec<TreeNode> {
        self.nodes.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        Tree::ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| match &nodes[*target].kind {
            Node::Element(element) => &element.name,
            _ => unreachable!("html5ever asks for the names of elements only"),
        })
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> usize {
        let attribute = |wanted: &str| {
            attributes
                .iter()
                .find(|attribute| &*attribute.name.local == wanted)
                .map(|attribute| attribute.value.to_string())
        };
        let span = |name: &str| {
            attribute(name)
                .and_then(|span| span.trim().parse().ok())
                .unwrap_or(1_usize)
                .clamp(1, 500)
        };
        let style = attribute("style").unwrap_or_default().replace(' ', "");
        let element = Element {
            columns: span("colspan"),
            rows: span("rowspan"),
            hidden: attribute("hidden").is_some() || style.contains("display:none"),
            name,
        };
        self.add(Node::Element(element), self.line.get())
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.add(Node::Other, self.line.get())
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.add(Node::Other, self.line.get())
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        let end = self.nodes.borrow()[*parent].children.len();
        self.insert(*parent, end, child);
    }

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        if let Some((parent, index)) = self.position(*sibling) {
            self.insert(parent, index, child);
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &usize,
        previous: &usize,
        child: NodeOrText<usize>,
    ) {
        if self.nodes.borrow()[*element].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// Nothing inside of a template is on the page: an element stands for its content.
    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }

    fn same_node(&self, left: &usize, right: &usize) -> bool {
        left == right
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn add_attrs_if_missing(&self, _: &usize, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &usize) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        let children = std::mem::take(&mut self.nodes.borrow_mut()[*node].children);
        let mut nodes = self.nodes.borrow_mut();
        for child in &children {
            nodes[*child].parent = Some(*new_parent);
        }
        nodes[*new_parent].children.extend(children);
    }

    fn set_current_line(&self, line: u64) {
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        self.line.set(self.before.saturating_add(line));
    }

    fn is_mathml_annotation_xml_integration_point(&self, _: &usize) -> bool {
        false
    }
}
