//! Oracles that disagree, made small and put into words.

use std::fmt;

use serde_json::Value;

use super::subject::{Judgement, Subject};
use crate::cases::group;
use crate::compare::Difference;
use crate::report::{Failure, Location};
use crate::shrink::shrink;

/// How much of a request is printed.
const SHOWN: usize = 2_000;

/// A request on which the oracles disagree.
#[derive(Clone, Debug)]
pub struct Disagreement {
    /// The id of the case that showed it.
    pub case: String,
    /// The id under which it can be listed as known.
    pub id: String,
    /// What the oracles disagree on.
    pub difference: Difference,
    /// The smallest request that was found to show it.
    pub request: Value,
    /// What each oracle says about that request.
    pub judgement: Judgement,
    /// Whether the text of the smallest request, read again, shows it as well.
    pub is_confirmed: bool,
    /// The command that shows it again.
    pub replay: String,
    /// Where the schema speaks of it.
    pub location: Location,
}

impl Disagreement {
    /// Makes the request as small as can be, and judges it again before anybody is
    /// accused.
    pub(super) fn new(
        subject: &Subject,
        case: &str,
        replay: String,
        request: &Value,
        difference: &Difference,
    ) -> Self {
        let shows = |request: &Value| {
            let judgement = subject.judge(request, &mut |_| ());
            judgement.differences.contains(difference)
        };
        let request = shrink(request, shows);
        let again = serde_json::from_str::<Value>(&request.to_string());
        Self {
            case: case.to_owned(),
            id: difference.id(&subject.name),
            is_confirmed: again.is_ok_and(|again| shows(&again)),
            judgement: subject.judge(&request, &mut |_| ()),
            location: subject.place(&difference.pointer, &difference.rule),
            difference: difference.clone(),
            request,
            replay,
        }
    }

    /// As a failed check. It is told in full only where it was found first: one mistake
    /// turns several checks red.
    pub(super) fn failure(&self, check: &str) -> Failure {
        let summary = format!("the oracles disagree on {}", self.difference);
        let found = group(&self.case);
        Failure {
            detail: if found == check {
                self.to_string()
            } else {
                format!("{summary}\nas told at {found}")
            },
            location: Some(self.location.clone()),
            summary,
        }
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "the oracles disagree on {}", self.difference)?;
        if !self.is_confirmed {
            writeln!(
                f,
                "NOT CONFIRMED: read from its text, the request shows nothing of it"
            )?;
        }
        writeln!(f, "case        {}", self.case)?;
        writeln!(f, "request     {}", printed(&self.request))?;
        for (oracle, verdict) in &self.judgement.opinions {
            writeln!(f, "{oracle:<11} {verdict}")?;
        }
        writeln!(f, "schema at   {}", self.location)?;
        writeln!(f, "deviation   {}", self.id)?;
        write!(f, "replay      {}", self.replay)
    }
}

/// A request in one line, cut if it is long, without anything that moves a cursor.
pub(super) fn printed(request: &Value) -> String {
    let text = request.to_string();
    let escaped: String = text.chars().flat_map(escape).collect();
    let Some((end, _)) = escaped.char_indices().nth(SHOWN) else {
        return escaped;
    };
    format!("{}… ({} bytes)", &escaped[..end], text.len())
}

fn escape(letter: char) -> Vec<char> {
    let is_harmless = letter.is_alphanumeric() || letter.is_ascii_graphic() || letter == ' ';
    if is_harmless {
        vec![letter]
    } else {
        let mut units = [0; 2];
        let units = letter.encode_utf16(&mut units).iter();
        units
            .flat_map(|unit| format!("\\u{unit:04x}").chars().collect::<Vec<_>>())
            .collect()
    }
}
