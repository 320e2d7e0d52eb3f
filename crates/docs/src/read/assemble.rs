//! From lines, tables and samples to what a page says.

mod frame;
mod prose;
mod tables;

use crate::block::Block;
use crate::page::{Form, Page};
use crate::phrases::{self, Section};

/// Puts a page together.
pub(crate) fn assemble(blocks: Vec<Block>, form: Form) -> Page {
    let mut page = Page::new(form);
    let start = frame::read(&blocks, &mut page);
    let last_table = blocks
        .iter()
        .rposition(|block| matches!(block, Block::Table(_)));
    let mut is_over = false;
    let mut prose = prose::Prose::default();
    let mut tables = tables::Tables::default();
    for (index, block) in blocks.into_iter().enumerate() {
        match block {
            Block::Unread(unread) => page.unread.push(unread),
            Block::Line(line) if index < start || is_over || line.is_blank() => {}
            Block::Line(line) => {
                is_over = last_table.is_some_and(|last| index > last) && is_footer(&line.text);
                if !is_over {
                    prose.line(&line, &mut page);
                }
            }
            Block::Sample(sample) => page.samples.push(sample),
            Block::Table(table) => {
                if !tables.read(&table, prose.section(), &mut page) {
                    prose.table(&table, &mut page);
                }
            }
        }
    }
    prose.finish(&mut page);
    report_what_is_missing(&mut page);
    cut(&mut page);
    page
}

/// Cuts what is more than any page has of a thing, and says so. Whatever comes after
/// may compare everything with everything.
fn cut(page: &mut Page) {
    let mut too_many = Vec::new();
    let mut cut = |count: usize, most: usize, things: &str| {
        if count > most {
            too_many.push(format!(
                "the page has {count} {things}, and {most} are looked at"
            ));
        }
        most
    };
    page.request
        .truncate(cut(page.request.len(), 500, "request fields"));
    page.response
        .truncate(cut(page.response.len(), 500, "response fields"));
    page.codes
        .truncate(cut(page.codes.len(), 1000, "error codes"));
    page.hosts.truncate(cut(page.hosts.len(), 50, "hosts"));
    page.other_paths
        .truncate(cut(page.other_paths.len(), 50, "paths"));
    page.samples
        .truncate(cut(page.samples.len(), 50, "samples"));
    page.words
        .truncate(cut(page.words.len(), 2000, "words that stand alone"));
    page.remarks
        .truncate(cut(page.remarks.len(), 100, "sentences with limits"));
    page.unread
        .truncate(cut(page.unread.len(), 200, "things that cannot be read"));
    for what in too_many {
        page.unread(0, what);
    }
}

fn is_footer(text: &str) -> bool {
    phrases::FOOTERS.contains(&crate::normal::key(text).as_str())
}

fn report_what_is_missing(page: &mut Page) {
    let missing = [
        (
            page.path.is_none(),
            "no path of the form v4/service/command was found: is this the page of an endpoint?",
        ),
        (page.updated.is_none(), "no date was found"),
        (page.hosts.is_empty(), "no host was found"),
        (page.rate.is_none(), "no rate of calls was found"),
        (
            page.request.is_empty(),
            "no table of request fields was found",
        ),
        (
            page.response.is_empty(),
            "no table of response fields was found",
        ),
        (page.codes.is_empty(), "no table of error codes was found"),
    ];
    for (_, what) in missing.into_iter().filter(|(missing, _)| *missing) {
        page.unread(0, what);
    }
}

/// The section that a line opens, if it is a heading.
fn opens(line: &crate::block::Line) -> Option<Section> {
    phrases::heading(&line.text).or(line.level.map(|_| Section::Other))
}
