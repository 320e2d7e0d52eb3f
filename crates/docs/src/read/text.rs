//! Plain text: what "select all, copy, paste" makes of a page.

mod rows;
mod tables;
#[cfg(test)]
mod tests;

use crate::block::{Block, Line};
use crate::normal::decode_entities;
use crate::page::Unread;
use crate::read::samples;

/// Reads a page as blocks.
pub(crate) fn read(text: &str) -> Vec<Block> {
    let blocks = samples::find(lines(text).map(Block::Line).collect());
    let mut blocks = tables::find(blocks);
    report_stray_rows(&mut blocks);
    blocks
}

/// The lines. Where a browser keeps the cells of a row on one line, it puts tabs
/// between them: each cell becomes a line of its own, as in all other copies.
fn lines(text: &str) -> impl Iterator<Item = Line> {
    text.lines().enumerate().flat_map(|(index, line)| {
        let line = decode_entities(line);
        let cells: Vec<&str> = line
            .split('\t')
            .filter(|cell| !cell.trim().is_empty())
            .collect();
        let cells = if cells.is_empty() { vec![""] } else { cells };
        cells
            .into_iter()
            .map(|cell| Line::new(index + 1, cell))
            .collect::<Vec<_>>()
    })
}

/// Says where rows stand in no table: their header is one that no phrase knows, or
/// something tore the table apart. Once for each place.
fn report_stray_rows(blocks: &mut Vec<Block>) {
    let mut strays = Vec::new();
    let mut near: Option<usize> = None;
    let lines: Vec<&Line> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Line(line) if !line.is_blank() => Some(line),
            _ => None,
        })
        .collect();
    for (index, line) in lines.iter().enumerate() {
        let following = |step: usize| lines.get(index + step).map_or("", |line| &line.text);
        if rows::is_stray(&line.text, following(1), following(2)) {
            if near.is_none_or(|last| line.number > last + 20) {
                strays.push(Block::Unread(Unread {
                    line: line.number,
                    what: format!(
                        "`{}` looks like a row of a table and stands in none: is the header of the table worded in a new way?",
                        line.text
                    ),
                }));
            }
            near = Some(line.number);
        }
    }
    blocks.extend(strays);
}
