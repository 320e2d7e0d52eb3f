//! The title and the date, among the navigation that stands before them.

use crate::block::{Block, Line};
use crate::date::{DateLine, date_line};
use crate::normal::key;
use crate::page::{Located, Page};
use crate::phrases::{self, FRAME};

/// Reads title and date, and returns the index of the block with which the page
/// itself begins.
pub(super) fn read(blocks: &[Block], page: &mut Page) -> usize {
    let mut dates = blocks.iter().enumerate().filter_map(|(index, block)| {
        let Block::Line(line) = block else {
            return None;
        };
        Some((index, line, date_line(&line.text)?))
    });
    // The first that can be read; navigation may have words like those before a date.
    let first = dates.next();
    let chosen = match first {
        Some((.., DateLine::Unreadable)) => dates
            .find(|(.., date)| *date != DateLine::Unreadable)
            .or(first),
        other => other,
    };
    if let Some((_, line, date)) = &chosen {
        match date {
            DateLine::Is(date) => page.updated = Some(Located::new(*date, line.number)),
            DateLine::Unreadable => page.unread(
                line.number,
                format!("`{}` has no date, or one with two readings", line.text),
            ),
        }
    }
    // Without a date, the page begins with its first heading or its title.
    let body = match &chosen {
        Some((index, ..)) => *index,
        None => first_heading(blocks).unwrap_or(0),
    };
    let title = marked_title(blocks).or_else(|| title_before(blocks, body));
    if let Some((_, line)) = title {
        page.title = Some(Located::new(line.text.clone(), line.number));
    }
    match chosen {
        Some((index, ..)) => index + 1,
        None => title.map_or(body, |(index, _)| index + 1).min(body),
    }
}

fn first_heading(blocks: &[Block]) -> Option<usize> {
    blocks.iter().position(
        |block| matches!(block, Block::Line(line) if phrases::heading(&line.text).is_some()),
    )
}

/// The title in a form that has headings.
fn marked_title(blocks: &[Block]) -> Option<(usize, &Line)> {
    lines(blocks).find(|(_, line)| line.level == Some(1))
}

/// The title in plain text: the last line of the paragraph before the one that the
/// date stands in. That one also has buttons of the frame, such as `PDF`, whatever
/// the language.
fn title_before(blocks: &[Block], body: usize) -> Option<(usize, &Line)> {
    let mut before = lines(&blocks[..body]).rev().peekable();
    let mut buttons = Vec::new();
    while let Some((_, line)) = before.peek() {
        if line.is_blank() {
            break;
        }
        buttons.extend(before.next());
    }
    let is_button = |line: &Line| FRAME.contains(&key(&line.text).as_str());
    // Title and date without a blank line between them.
    if !buttons.is_empty() && !buttons.iter().any(|(_, line)| is_button(line)) && buttons.len() == 1
    {
        return buttons.pop();
    }
    before.find(|(_, line)| !line.is_blank() && !is_button(line))
}

fn lines(blocks: &[Block]) -> impl DoubleEndedIterator<Item = (usize, &Line)> {
    blocks
        .iter()
        .enumerate()
        .filter_map(|(index, block)| match block {
            Block::Line(line) => Some((index, line)),
            _ => None,
        })
}
