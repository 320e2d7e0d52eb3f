//! What `CHANGELOG.md` has to say about changes.
//!
//! The convention is that of Keep a Changelog with one heading more: what breaks stands
//! under `### Breaking`, what is new or other under `### Added`, `### Changed` and the
//! like, what nobody has to act on under `### Fixed`. The heaviest change decides which
//! heading needs an entry, and a heavier one will do: it is the weight of the release
//! that matters, and the words are people's.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::change::Change;
use crate::rule::Class;

/// More suggested entries than anybody would read.
const SUGGESTIONS: usize = 20;

/// The headings of a changelog and how many entries each has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changelog {
    sections: Vec<Section>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Section {
    /// `Unreleased`, or a version.
    title: String,
    /// The weights of its entries.
    weights: BTreeSet<Class>,
}

/// What the changelog has to say, and whether it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Demand {
    /// The class of the heaviest change; `None` when nothing changed.
    pub needed: Option<Class>,
    /// Whether there is an entry of that weight.
    pub is_met: bool,
    /// Entries that would do, where there is none.
    pub suggestion: Option<String>,
}

impl Changelog {
    /// Reads headings and entries. Text in code blocks and comments counts for neither.
    pub fn parse(text: &str) -> Self {
        let mut changelog = Self::default();
        let mut weight = None;
        let mut fence: Option<&str> = None;
        let mut is_comment = false;
        for line in text.lines() {
            let line = line.trim_end();
            let content = line.trim_start();
            if let Some(mark) = fence {
                fence = Some(mark).filter(|mark| !content.starts_with(mark));
                continue;
            }
            if is_comment || content.starts_with("<!--") {
                is_comment = !content.contains("-->");
                continue;
            }
            fence = ["```", "~~~"]
                .into_iter()
                .find(|mark| content.starts_with(mark));
            if let Some(title) = line.strip_prefix("## ") {
                weight = None;
                changelog.sections.push(Section {
                    title: title_of(title),
                    weights: BTreeSet::new(),
                });
            } else if let Some(heading) = line.strip_prefix("### ") {
                weight = weight_of(heading);
            } else if let (true, Some(weight), Some(section)) =
                (is_entry(content), weight, changelog.sections.last_mut())
            {
                section.weights.insert(weight);
            }
        }
        changelog
    }

    /// Whether this changelog says enough about changes since a base. The entries that
    /// count are those under Unreleased, and those of releases that the changelog of
    /// the base does not have yet.
    pub fn demand(&self, base: &Changelog, changes: &[Change]) -> Demand {
        let needed = changes.iter().map(Change::class).max();
        let known: BTreeSet<&str> = base
            .sections
            .iter()
            .map(|section| section.title.as_str())
            .collect();
        let found = self
            .sections
            .iter()
            .filter(|section| section.is_unreleased() || !known.contains(section.title.as_str()))
            .flat_map(|section| section.weights.iter().copied())
            .max();
        let is_met = needed <= found;
        Demand {
            needed,
            is_met,
            suggestion: needed
                .filter(|_| !is_met)
                .map(|class| suggestion(class, changes)),
        }
    }
}

impl Section {
    fn is_unreleased(&self) -> bool {
        self.title.eq_ignore_ascii_case("unreleased")
    }
}

/// The heading under which entries of a class are suggested.
pub(crate) const fn heading(class: Class) -> &'static str {
    match class {
        Class::Breaking => "### Breaking",
        Class::Minor => "### Changed",
        Class::Patch => "### Fixed",
    }
}

/// `[0.2.0] - 2026-12-01` as `0.2.0`.
fn title_of(title: &str) -> String {
    let title = title.trim().trim_start_matches('[');
    let end = title.find([']', ' ']).unwrap_or(title.len());
    title[..end].to_owned()
}

fn weight_of(heading: &str) -> Option<Class> {
    let word = heading.split_whitespace().next().unwrap_or_default();
    match word.to_ascii_lowercase().as_str() {
        "breaking" => Some(Class::Breaking),
        "added" | "changed" | "deprecated" | "removed" => Some(Class::Minor),
        "fixed" | "security" | "documentation" => Some(Class::Patch),
        _ => None,
    }
}

/// A bullet with words.
fn is_entry(line: &str) -> bool {
    ["- ", "* ", "+ "]
        .iter()
        .filter_map(|bullet| line.strip_prefix(bullet))
        .any(|words| words.contains(char::is_alphanumeric))
}

/// A heading with an entry for each of the heaviest changes.
fn suggestion(class: Class, changes: &[Change]) -> String {
    let heaviest = changes.iter().filter(|change| change.class() == class);
    let mut lines: Vec<String> = heaviest
        .map(|change| format!("- `{}`: {}.", change.scope(), change.summary))
        .collect();
    if lines.len() > SUGGESTIONS {
        let rest = lines.len() - SUGGESTIONS;
        lines.truncate(SUGGESTIONS);
        lines.push(format!("- and {rest} more."));
    }
    format!("{}\n\n{}", heading(class), lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::Place;
    use crate::rule::Rule;

    fn change(rule: Rule) -> Change {
        Change {
            rule,
            summary: "`RoomId`: `maxBytes` is 32, was 48".to_owned(),
            old: None,
            new: Some(Place::new("live/create_room.json", "/maxBytes")),
        }
    }

    fn is_met(text: &str, base: &str, rule: Rule) -> bool {
        let (text, base) = (Changelog::parse(text), Changelog::parse(base));
        text.demand(&base, &[change(Rule::PageChanged), change(rule)])
            .is_met
    }

    const BREAKING: Rule = Rule::LimitTightened;
    const MINOR: Rule = Rule::CodeAdded;
    const PATCH: Rule = Rule::PageChanged;

    #[test]
    fn the_heaviest_change_needs_its_heading_or_a_heavier_one() {
        for (heading, expected) in [
            ("### Breaking", [true, true, true]),
            ("### Breaking changes", [true, true, true]),
            ("### Added", [false, true, true]),
            ("### changed", [false, true, true]),
            ("### Fixed", [false, false, true]),
            ("### Plans", [false, false, false]),
        ] {
            let text = format!("# Changelog\n\n## [Unreleased]\n\n{heading}\n\n- Something.\n");
            let met = [BREAKING, MINOR, PATCH].map(|rule| is_met(&text, "", rule));
            assert_eq!(met, expected, "{heading}");
        }
    }

    #[test]
    fn a_heading_without_an_entry_counts_for_nothing() {
        for body in [
            "",
            "Nothing yet.",
            "-",
            "- ",
            "- …",
            "```\n- in a code block\n```",
            "<!--\n- in a comment\n-->",
            "<!-- - in a comment -->",
            "## [0.1.0]\n\n### Breaking\n\n- long ago",
        ] {
            let text = format!("## [Unreleased]\n\n### Breaking\n\n{body}\n");
            assert!(!is_met(&text, "## [0.1.0]\n", BREAKING), "{body}");
        }
    }

    #[test]
    fn after_a_code_block_or_comment_entries_count_again() {
        for before in ["```\nx\n```", "<!-- x -->", "<!--\nx\n-->"] {
            let text = format!("## Unreleased\n\n### Breaking\n\n{before}\n- Yes.\n");
            assert!(is_met(&text, "", BREAKING), "{before}");
        }
    }

    #[test]
    fn a_release_since_the_base_counts_and_an_older_one_does_not() {
        let text = "## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n### Breaking\n\n- Yes.\n";
        assert!(is_met(text, "## [Unreleased]\n\n## [0.1.0]\n", BREAKING));
        assert!(!is_met(text, "## [Unreleased]\n\n## [0.2.0]\n", BREAKING));
    }

    #[test]
    fn no_change_needs_no_entry() {
        let demand = Changelog::default().demand(&Changelog::default(), &[]);
        assert!(demand.is_met);
        assert_eq!(demand.needed, None);
        assert_eq!(demand.suggestion, None);
    }

    #[test]
    fn what_is_missing_is_suggested() {
        let changes = [change(BREAKING), change(MINOR)];
        let demand = Changelog::default().demand(&Changelog::default(), &changes);
        assert_eq!(
            demand.suggestion.unwrap(),
            "### Breaking\n\n- `live/create_room`: `RoomId`: `maxBytes` is 32, was 48."
        );
        let many = vec![change(BREAKING); SUGGESTIONS + 3];
        let demand = Changelog::default().demand(&Changelog::default(), &many);
        assert!(demand.suggestion.unwrap().ends_with("\n- and 3 more."));
    }
}
