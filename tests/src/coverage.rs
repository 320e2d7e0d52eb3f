//! What was seen of the documented statements: counted, not claimed.

use crate::documented::{Aspect, Seen, Side, Statement};

/// How often the requests of a run were on which side of each statement.
#[derive(Clone, Debug, Default)]
pub struct Coverage(Vec<Tally>);

/// How often requests were on which side of a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Requests that keep to it.
    pub kept: u64,
    /// Requests that do not.
    pub broken: u64,
    /// Those of them that are as near to the other side as can be.
    pub barely_kept: u64,
    /// The same for those that do not.
    pub barely_broken: u64,
}

impl Coverage {
    /// Nothing seen yet, of so many statements.
    pub fn new(statements: usize) -> Self {
        Self(vec![Tally::default(); statements])
    }

    /// Counts what a request shows.
    pub fn see(&mut self, seen: Seen) {
        let Some(tally) = self.0.get_mut(seen.statement) else {
            return;
        };
        let (all, barely) = match seen.side {
            Side::Kept => (&mut tally.kept, &mut tally.barely_kept),
            Side::Broken => (&mut tally.broken, &mut tally.barely_broken),
        };
        *all += 1;
        *barely += u64::from(seen.is_tight);
    }

    /// What was seen of a statement.
    pub fn tally(&self, statement: usize) -> Tally {
        self.0.get(statement).copied().unwrap_or_default()
    }
}

impl Tally {
    /// What is missing before a statement counts as checked.
    pub fn gap(&self, statement: &Statement) -> Option<&'static str> {
        match statement.aspect {
            _ if self.kept == 0 => Some("no request kept to it"),
            Aspect::Allowed => None,
            _ if self.broken == 0 => Some("no request broke it"),
            Aspect::BothSidesOfALimit if self.barely_kept == 0 => {
                Some("no request was exactly at the limit")
            }
            Aspect::BothSidesOfALimit if self.barely_broken == 0 => {
                Some("no request was just outside of the limit")
            }
            Aspect::BothSides | Aspect::BothSidesOfALimit => None,
        }
    }
}
