//! What stands outside of the tables of fields and codes: path, hosts, rate, and
//! sentences.

use std::sync::LazyLock;

use regex::Regex;

use super::opens;
use crate::block::{Line, Table, cell_text};
use crate::page::{Located, Page, Word};
use crate::phrases::{self, HOST_ENDS, Section};
use crate::rate::find_rate;
use crate::read::cells::is_name;
use crate::statement::Statements;

/// Reads lines in order.
#[derive(Default)]
pub(super) struct Prose {
    section: Option<Section>,
    /// Counts sections and tables: words of the same one belong together.
    group: usize,
    /// Counts lines and cells.
    position: usize,
    /// The first line under the heading of the rate.
    rate_line: Option<Located<String>>,
    overview: Vec<String>,
}

impl Prose {
    pub(super) fn section(&self) -> Option<Section> {
        self.section
    }

    pub(super) fn line(&mut self, line: &Line, page: &mut Page) {
        if let Some(section) = opens(line) {
            self.section = Some(section);
            self.group += 1;
            return;
        }
        addresses(&line.text, line.number, page);
        self.position += 1;
        match self.section {
            Some(Section::Rate) => self.rate(line, page),
            Some(Section::Overview) => {
                if page.overview.is_none() {
                    page.overview = Some(Located::new(String::new(), line.number));
                }
                self.overview.push(line.text.clone());
                remark(&line.text, line.number, page);
            }
            Some(Section::Other | Section::RequestFields | Section::RequestSample) => {
                remark(&line.text, line.number, page);
            }
            // The limits of URL parameters are not limits of fields, and there are none
            // elsewhere.
            _ => {}
        }
        self.word(&line.text, line.number, page);
    }

    /// A table that is neither of fields nor of codes.
    pub(super) fn table(&mut self, table: &Table, page: &mut Page) {
        self.group += 1;
        let parameters = table.rows.iter().any(|row| {
            row.cells
                .first()
                .is_some_and(|cell| cell_text(cell) == "usersig")
        });
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            self.position += 1;
            for line in cell {
                addresses(&line.value, line.line, page);
                if !parameters {
                    remark(&line.value, line.line, page);
                    self.word(&line.value, line.line, page);
                }
            }
        }
        self.group += 1;
    }

    fn rate(&mut self, line: &Line, page: &mut Page) {
        if self.rate_line.is_none() {
            self.rate_line = Some(Located::new(line.text.clone(), line.number));
        }
        if page.rate.is_none() {
            page.rate = find_rate(&line.text).map(|rate| Located::new(rate, line.number));
        }
    }

    fn word(&self, text: &str, line: usize, page: &mut Page) {
        if is_name(text)
            && !text.contains('.')
            && phrases::column(text).is_none()
            && text.starts_with(|first: char| first.is_ascii_uppercase())
        {
            page.words.push(Word {
                line,
                text: text.to_owned(),
                group: self.group,
                position: self.position,
            });
        }
    }

    pub(super) fn finish(self, page: &mut Page) {
        if let Some(overview) = &mut page.overview {
            overview.value = self.overview.join(" ");
        }
        if let (None, Some(line)) = (&page.rate, self.rate_line) {
            page.unread(
                line.line,
                format!("`{}` stands where the rate is expected", line.value),
            );
        }
    }
}

/// Takes hosts and paths out of a text.
fn addresses(text: &str, line: usize, page: &mut Page) {
    static HOST: LazyLock<Regex> = LazyLock::new(|| {
        let ends = HOST_ENDS.join("|").replace('.', r"\.");
        // The shortest host: copies print hosts without a space between them.
        pattern(&format!(r"(?i)(?:[a-z0-9-]+\.)+?(?:{ends})"))
    });
    static URL_PATH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"https?://[^\s/]+/(v4/[a-z0-9_]+/[a-z0-9_]+)"));
    static PATH: LazyLock<Regex> = LazyLock::new(|| pattern(r"^/?(v4/[a-z0-9_]+/[a-z0-9_]+)$"));

    for host in HOST.find_iter(text) {
        let host = host.as_str().to_lowercase();
        // More are cut anyway.
        if page.hosts.len() <= 50 && page.hosts.iter().all(|known| known.value != host) {
            page.hosts.push(Located::new(host, line));
        }
    }
    let found = URL_PATH.captures(text).or_else(|| PATH.captures(text));
    if let Some(found) = found {
        let path = found[1].to_owned();
        match &page.path {
            None => page.path = Some(Located::new(path, line)),
            Some(known) if known.value != path && page.other_paths.len() <= 50 => {
                if page.other_paths.iter().all(|other| other.value != path) {
                    page.other_paths.push(Located::new(path, line));
                }
            }
            Some(_) => {}
        }
    }
}

/// Keeps a sentence that states a limit: it belongs to a field, and only a person can
/// tell to which.
fn remark(text: &str, line: usize, page: &mut Page) {
    // More are cut anyway.
    if page.remarks.len() > 100 {
        return;
    }
    let sentence = Located::new(text.to_owned(), line);
    let statements = Statements::read(std::slice::from_ref(&sentence));
    if !statements.limits.is_empty() {
        page.remarks.push(sentence);
    }
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}
