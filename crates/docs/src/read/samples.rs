//! Finding JSON samples among lines: from a line that begins with a brace to the line
//! on which the braces balance.

use crate::block::{Block, Line};
use crate::page::{Located, Unread};
use crate::phrases;
use crate::sample::Sample;

/// Replaces the lines of each sample with the sample.
pub(crate) fn find(blocks: Vec<Block>) -> Vec<Block> {
    let mut found = Vec::with_capacity(blocks.len());
    let mut open: Option<Open> = None;
    for block in blocks {
        let line = match block {
            Block::Line(line) => line,
            other => {
                // A table inside a sample: the sample has no end.
                found.extend(open.take().map(Open::give_up));
                found.push(other);
                continue;
            }
        };
        match &mut open {
            Some(sample) if ends_sample(&line) || sample.lines.len() > MOST_LINES => {
                found.push(unfinished(sample.first()));
                open = None;
                found.push(Block::Line(line));
            }
            Some(sample) => {
                if sample.push(&line) {
                    found.extend(open.take().map(Open::finish));
                }
            }
            None if begins_sample(&line) => {
                let mut sample = Open::default();
                if sample.push(&line) {
                    found.push(sample.finish());
                } else {
                    open = Some(sample);
                }
            }
            None => found.push(Block::Line(line)),
        }
    }
    found.extend(open.map(Open::give_up));
    found
}

fn begins_sample(line: &Line) -> bool {
    let mut characters = line.text.chars();
    characters.next() == Some('{')
        && matches!(
            characters.find(|character| !character.is_whitespace()),
            None | Some('"' | '}' | '/')
        )
}

/// A heading inside of braces: the sample has lost its end.
fn ends_sample(line: &Line) -> bool {
    line.level.is_some() || phrases::heading(&line.text).is_some()
}

fn unfinished(line: usize) -> Block {
    Block::Unread(Unread {
        line,
        what: "the sample that begins here has no end".to_owned(),
    })
}

/// No sample is longer.
const MOST_LINES: usize = 2000;

/// A sample whose end has not come yet.
#[derive(Default)]
struct Open {
    lines: Vec<Located<String>>,
    depth: usize,
    in_comment: bool,
}

impl Open {
    fn first(&self) -> usize {
        self.lines.first().map_or(0, |line| line.line)
    }

    /// Takes a line; whether the sample ends on it.
    fn push(&mut self, line: &Line) -> bool {
        self.lines.push(Located::new(line.raw.clone(), line.number));
        let mut in_string = false;
        let mut characters = line.raw.chars().peekable();
        while let Some(character) = characters.next() {
            if self.in_comment {
                if character == '*' && characters.peek() == Some(&'/') {
                    characters.next();
                    self.in_comment = false;
                }
                continue;
            }
            match character {
                '\\' if in_string => {
                    characters.next();
                }
                '"' => in_string = !in_string,
                _ if in_string => {}
                '/' if characters.peek() == Some(&'/') => break,
                '/' if characters.peek() == Some(&'*') => self.in_comment = true,
                '{' | '[' => self.depth += 1,
                '}' | ']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return true;
                    }
                }
                _ => {}
            }
        }
        false
    }

    fn finish(self) -> Block {
        Block::Sample(Sample::read(&self.lines))
    }

    fn give_up(self) -> Block {
        unfinished(self.first())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<Block> {
        let lines = text.lines().enumerate();
        find(
            lines
                .map(|(index, line)| Block::Line(Line::new(index + 1, line)))
                .collect(),
        )
    }

    fn sample(text: &str) -> Sample {
        match blocks(text).into_iter().next() {
            Some(Block::Sample(sample)) => sample,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn comments_and_trailing_commas_are_read_over() {
        let sample = sample("{\n\"A\": { // a { brace\n\"B\": [1, 2,],\n},\n/* } */\n}");
        assert_eq!(
            sample.value.unwrap(),
            serde_json::json!({"A": {"B": [1, 2]}})
        );
        let lines: Vec<(String, usize)> = sample
            .members
            .iter()
            .map(|member| (member.path.join("."), member.line))
            .collect();
        assert_eq!(lines, [("A".to_owned(), 2), ("A.B".to_owned(), 3)]);
    }

    #[test]
    fn braces_in_strings_do_not_count() {
        let sample = sample("{\"A\": \"}\\\"}\"}");
        assert_eq!(sample.value.unwrap(), serde_json::json!({"A": "}\"}"}));
    }

    #[test]
    fn a_sample_that_leaves_members_out_says_so() {
        assert!(sample("{\"A\": 1, // other fields, see below\n}").abbreviated);
        assert!(!sample("{\"A\": 1, // the first field\n}").abbreviated);
    }

    #[test]
    fn a_sample_without_end_stops_at_the_next_heading() {
        let blocks = blocks("{\n\"A\": 1\nError codes\nmore");
        assert!(matches!(&blocks[0], Block::Unread(unread) if unread.line == 1));
        assert_eq!(blocks.len(), 3);
    }

    #[test]
    fn what_is_not_json_has_a_reason() {
        let sample = sample("{\"A\": [1, ..., 2]}");
        assert!(sample.value.is_err(), "{sample:?}");
    }

    #[test]
    fn a_sentence_in_braces_is_no_sample() {
        assert_eq!(blocks("{see above}").len(), 1);
        assert!(matches!(blocks("{see above}")[0], Block::Line(_)));
    }
}
