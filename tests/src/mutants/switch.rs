//! What instrumented code asks: is this the check that is changed?
//!
//! The code under test is a copy of the generated code in which every limit, text and
//! check goes through a function of this module, with the number of its site. Nothing is
//! changed unless a [`Change`] is [`set`] on the thread. While the thread
//! [records](record), the sites that were asked are written down.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// A change of one site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The site.
    pub site: usize,
    /// What is done there.
    pub deed: Deed,
}

/// What is done at a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A check or a hint is not made, a value is not read.
    Drop,
    /// A number is one less.
    Less,
    /// A number is one more.
    More,
    /// A text is another one.
    Misspell,
    /// What is there counts as absent, and the other way round.
    Flip,
    /// A list lacks one of its values.
    DropValue(usize),
    /// One of the values of a list is another one.
    MisspellValue(usize),
}

thread_local! {
    static ACTIVE: Cell<Option<Change>> = const { Cell::new(None) };
    static RECORD: RefCell<Option<Reached>> = const { RefCell::new(None) };
}

/// The sites that were reached, and the length of the list at each; zero where there is
/// none.
pub type Reached = BTreeMap<usize, usize>;

/// Makes a change active on this thread, or none.
pub fn set(change: Option<Change>) {
    ACTIVE.set(change);
}

/// Does something and says which sites it reached.
pub fn record(act: impl FnOnce()) -> Reached {
    RECORD.set(Some(Reached::new()));
    act();
    RECORD.take().unwrap_or_default()
}

fn deed(site: usize, length: usize) -> Option<Deed> {
    RECORD.with_borrow_mut(|reached| {
        if let Some(reached) = reached {
            reached.insert(site, length);
        }
    });
    let change = ACTIVE.get().filter(|change| change.site == site);
    change.map(|change| change.deed)
}

/// Whether a check is made.
pub fn is_kept(site: usize) -> bool {
    deed(site, 0) != Some(Deed::Drop)
}

/// A limit or a code.
pub fn number<T: Number>(site: usize, number: T) -> T {
    match deed(site, 0) {
        Some(Deed::Less) => number.less(),
        Some(Deed::More) => number.more(),
        _ => number,
    }
}

/// The name of a member, or the spelling of a value.
pub fn text(site: usize, text: &'static str) -> &'static str {
    match deed(site, 0) {
        Some(Deed::Misspell) => misspelt(text),
        _ => text,
    }
}

/// Whether a member counts as present.
pub fn is_present(site: usize, is_present: bool) -> bool {
    is_present != (deed(site, 0) == Some(Deed::Flip))
}

/// The values of a closed list.
pub fn values(site: usize, values: &'static [&'static str]) -> &'static [&'static str] {
    let mut changed = values.to_vec();
    match deed(site, values.len()) {
        Some(Deed::DropValue(index)) if index < changed.len() => drop(changed.remove(index)),
        Some(Deed::MisspellValue(index)) if index < changed.len() => {
            changed[index] = misspelt(changed[index]);
        }
        _ => return values,
    }
    changed.leak()
}

/// Few texts are misspelt, and the process ends soon after: they are never freed.
fn misspelt(text: &str) -> &'static str {
    format!("{text}X").leak()
}

/// A number that can be shifted.
pub trait Number {
    /// One less.
    #[must_use]
    fn less(self) -> Self;
    /// One more.
    #[must_use]
    fn more(self) -> Self;
}

macro_rules! number {
    ($($number:ty),*) => {$(
        impl Number for $number {
            fn less(self) -> Self {
                self.saturating_sub(1)
            }
            fn more(self) -> Self {
                self.saturating_add(1)
            }
        }
    )*};
}

number!(usize, i32, i64);

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(site: usize, deed: Deed, ask: impl FnOnce() -> T) -> T {
        set(Some(Change { site, deed }));
        let answer = ask();
        set(None);
        answer
    }

    #[test]
    fn only_the_site_of_the_change_is_changed() {
        let both = || (number(1, 48_usize), number(2, 48_usize));
        assert_eq!(both(), (48, 48));
        assert_eq!(with(2, Deed::More, both), (48, 49));
        assert_eq!(with(1, Deed::Less, both), (47, 48));
        assert!(!with(3, Deed::Drop, || is_kept(3)));
        assert!(with(3, Deed::Drop, || is_kept(4)));
        assert_eq!(with(5, Deed::Misspell, || text(5, "RoomId")), "RoomIdX");
        assert!(with(6, Deed::Flip, || is_present(6, false)));
    }

    #[test]
    fn values_are_dropped_and_misspelt_one_by_one() {
        let list = || values(7, &["A", "B"]).to_vec();
        assert_eq!(list(), ["A", "B"]);
        assert_eq!(with(7, Deed::DropValue(0), list), ["B"]);
        assert_eq!(with(7, Deed::MisspellValue(1), list), ["A", "BX"]);
    }

    #[test]
    fn what_was_reached_is_recorded() {
        let reached = record(|| {
            is_kept(1);
            values(2, &["A", "B"]);
        });
        assert_eq!(reached, Reached::from([(1, 0), (2, 2)]));
        assert_eq!(record(|| ()), Reached::new());
    }
}
