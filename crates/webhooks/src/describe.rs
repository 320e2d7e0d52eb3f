use thiserror::Error;
use trtc_rooms_core::{Incomplete, Page};

use crate::Reply;

/// What the documents say about an event, apart from its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventInfo {
    /// The name of its module, such as `live_after_create_room`.
    pub name: &'static str,
    /// The command word, such as `Live.CallbackAfterCreateRoom`.
    pub command: &'static str,
    /// Other command words that stand for the same event.
    pub also_named: &'static [&'static str],
    /// The title in words, such as `After a room is created`.
    pub title: &'static str,
    /// The products that send it, such as `live`.
    pub products: &'static [&'static str],
    /// The page that it is described on.
    pub page: Page,
    /// What could not be read on the page, so that there may be more.
    pub incomplete: &'static [Incomplete],
    /// What can be answered, if the service asks before it acts.
    pub question: Option<&'static Question>,
}

/// What can be answered to an event before the service acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Question {
    /// How long the service waits for the answer.
    pub answer_within_seconds: u32,
    /// What happens when there is no valid answer in time.
    pub without_answer: &'static str,
    /// The codes that refuse, ascending. 0 allows.
    pub refusals: &'static [Refusal],
    /// Codes of the application's own, which refuse as well.
    pub own_codes: Option<OwnCodes>,
}

/// A code that refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The number.
    pub code: i32,
    /// A short name. The documents have none.
    pub name: &'static str,
    /// What the service does then.
    pub meaning: &'static str,
}

/// A range of codes that an application may use as it likes, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnCodes {
    /// The least code.
    pub from: i32,
    /// The greatest code.
    pub to: i32,
    /// What the service does with it.
    pub meaning: &'static str,
}

/// An event that the service sends before it acts, and waits for the answer.
pub trait BeforeEvent {
    /// What can be answered.
    const QUESTION: &'static Question;
}

impl<E: BeforeEvent + ?Sized> BeforeEvent for Box<E> {
    const QUESTION: &'static Question = E::QUESTION;
}

impl<E: BeforeEvent + ?Sized> BeforeEvent for &E {
    const QUESTION: &'static Question = E::QUESTION;
}

impl Question {
    /// Whether a code is documented to refuse.
    #[must_use]
    pub fn refuses(&self, code: i32) -> bool {
        let own = self.own_codes;
        self.refusals.iter().any(|refusal| refusal.code == code)
            || own.is_some_and(|own| (own.from..=own.to).contains(&code))
    }

    /// The answer that refuses, for programs that choose the event at run time; others
    /// write [`Reply::refuse`].
    ///
    /// # Errors
    ///
    /// When the code is not documented to refuse this event.
    pub fn refuse(&self, code: i32, info: impl Into<String>) -> Result<Reply, UndocumentedCode> {
        if self.refuses(code) {
            Ok(Reply::with_code(code, info.into()))
        } else {
            Err(UndocumentedCode {
                code,
                refusals: self.refusals,
                own_codes: self.own_codes,
            })
        }
    }
}

/// A code that is not documented to refuse an event. What the service would do with it
/// is not known; it might let pass what should be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "code {code} does not refuse this event: use {}{}",
    Listed(self.refusals),
    Range(self.own_codes)
)]
#[non_exhaustive]
pub struct UndocumentedCode {
    /// The code.
    pub code: i32,
    refusals: &'static [Refusal],
    own_codes: Option<OwnCodes>,
}

struct Listed(&'static [Refusal]);

impl std::fmt::Display for Listed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, refusal) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{} ({})", refusal.code, refusal.name)?;
        }
        Ok(())
    }
}

struct Range(Option<OwnCodes>);

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(own) => write!(f, ", or a code of your own from {} to {}", own.from, own.to),
            None => Ok(()),
        }
    }
}
