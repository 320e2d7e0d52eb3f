//! Dates as pages print them, in the languages of their frames.

use std::fmt;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::phrases::{DATE_LABELS, MONTHS};

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// What a line says about the date of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DateLine {
    /// It is the date of the page.
    Is(Date),
    /// It has the label of a date and no date that can be read.
    Unreadable,
}

impl Date {
    /// A day that exists, in a year in which the pages can have been written.
    pub(crate) fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        ((2010..2100).contains(&year) && (1..=days).contains(&day)).then_some(Self {
            year: u16::try_from(year).ok()?,
            month: u8::try_from(month).ok()?,
            day: u8::try_from(day).ok()?,
        })
    }

    /// Reads `2026-03-26`.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let two = |part: &str| part.len() == 2;
        if parts.next().is_some() || year.len() != 4 || !two(month) || !two(day) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Reads a line such as `Last updated: 2026-03-26 17:11:44`.
///
/// A label in a language that no table knows is taken for one when a date *and* a
/// time of day stand behind it: nothing else on these pages looks so.
pub(crate) fn date_line(line: &str) -> Option<DateLine> {
    static UNKNOWN_LABEL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^[^\d:]{2,60}: ?(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}) \d{1,2}:\d{2}(?::\d{2})?$")
    });
    if line.len() > 160 {
        return None;
    }
    let lower = line.to_lowercase();
    let label = DATE_LABELS
        .iter()
        .filter(|label| lower.starts_with(**label))
        .max_by_key(|label| label.len());
    if let Some(label) = label {
        let rest = lower[label.len()..].trim_start_matches([':', ' ', '-']);
        // `Updated` begins sentences too; a date is not far from its label.
        if !rest.chars().any(|character| character.is_ascii_digit()) {
            return None;
        }
        return Some(find_date(rest).map_or(DateLine::Unreadable, DateLine::Is));
    }
    let found = UNKNOWN_LABEL.captures(line)?;
    find_date(&found[1]).map(DateLine::Is)
}

/// The date that a text begins with. A date that two countries read differently, such
/// as 03/04/2026, is none.
fn find_date(text: &str) -> Option<Date> {
    type Reading = fn(&Captures<'_>) -> Option<Date>;
    static READINGS: LazyLock<[(Regex, Reading); 5]> = LazyLock::new(|| {
        [
            (
                pattern(r"^(\d{4}) ?[-/.年년] ?(\d{1,2}) ?[-/.月월] ?(\d{1,2})(?:\D|$)"),
                |found| Date::new(number(&found[1])?, number(&found[2])?, number(&found[3])?),
            ),
            (
                pattern(
                    r"^(\d{1,2})(?:st|nd|rd|th|er|º|\.)? (?:de |of )?(\p{L}+)\.?,? (?:de )?(\d{4})\b",
                ),
                |found| Date::new(number(&found[3])?, month(&found[2])?, number(&found[1])?),
            ),
            (
                pattern(r"^(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b"),
                |found| Date::new(number(&found[3])?, month(&found[1])?, number(&found[2])?),
            ),
            (pattern(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})\b"), |found| {
                Date::new(number(&found[3])?, number(&found[2])?, number(&found[1])?)
            }),
            (pattern(r"^(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b"), |found| {
                let (year, first, second) =
                    (number(&found[3])?, number(&found[1])?, number(&found[2])?);
                match (
                    Date::new(year, first, second),
                    Date::new(year, second, first),
                ) {
                    (Some(date), None) | (None, Some(date)) => Some(date),
                    (Some(left), Some(right)) if left == right => Some(left),
                    _ => None,
                }
            }),
        ]
    });
    READINGS
        .iter()
        .find_map(|(pattern, reading)| reading(&pattern.captures(text)?))
}

fn month(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    MONTHS
        .iter()
        .find(|(_, beginnings)| beginnings.iter().any(|start| name.starts_with(start)))
        .map(|(month, _)| u32::from(*month))
}

fn number(digits: &str) -> Option<u32> {
    digits.parse().ok()
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normal::normal;

    fn read(line: &str) -> Option<String> {
        match date_line(&normal(line)) {
            Some(DateLine::Is(date)) => Some(date.to_string()),
            Some(DateLine::Unreadable) => Some("unreadable".to_owned()),
            None => None,
        }
    }

    #[test]
    fn labels_and_dates_of_many_languages() {
        for line in [
            "Last updated: 2026-03-26 17:11:44",
            "last updated：２０２６-０３-２６",
            "最近更新时间:2026-03-26 17:11:44",
            "最終更新日：2026年3月26日",
            "마지막 업데이트 시간: 2026. 3. 26.",
            "Última atualização: 26 de março de 2026",
            "Dernière mise à jour : 26 mars 2026",
            "Zuletzt aktualisiert: 26. März 2026",
            "Zuletzt aktualisiert: 26.03.2026",
            "Last updated: March 26th, 2026",
            "Last updated: 26/03/2026",
            "Last updated Mar 26, 2026",
            "Viimeksi päivitetty: 2026-03-26 17:11:44",
        ] {
            assert_eq!(read(line).as_deref(), Some("2026-03-26"), "{line}");
        }
    }

    #[test]
    fn a_date_with_two_readings_is_unreadable() {
        assert_eq!(
            read("Last updated: 03/04/2026").as_deref(),
            Some("unreadable")
        );
        assert_eq!(
            read("Last updated: 04/04/2026").as_deref(),
            Some("2026-04-04")
        );
    }

    #[test]
    fn days_that_do_not_exist_are_unreadable() {
        assert_eq!(
            read("Last updated: 2026-02-29").as_deref(),
            Some("unreadable")
        );
        assert_eq!(
            read("Last updated: 2026-13-01").as_deref(),
            Some("unreadable")
        );
    }

    #[test]
    fn other_lines_have_no_date() {
        for line in [
            "Updated rooms keep their id.",
            "It was 2026-03-26 17:11:44",
            "Default: 2026-03-26",
            "",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
