//! Hearing everything that is said on a thread, by `tracing` and by `log`, at TRACE and
//! from all targets.
//!
//! One listener serves the whole process, since both facades allow only one. What it
//! hears goes to the [`Ear`] of the thread, if there is one: the client runs on the
//! thread of its test, while stubs, which may know the ticket, run on others.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::fmt::{Debug, Write};
use std::marker::PhantomData;
use std::sync::Once;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};

use super::secrets;

/// How many events are kept to be asked for. All are scanned.
const KEPT: usize = 1024;

thread_local! {
    static HEARD: RefCell<Option<Heard>> = const { RefCell::new(None) };
}

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// `ERROR`, `WARN` and so on.
    pub level: String,
    /// By whom.
    pub target: String,
    /// The fields, `message` among them.
    pub text: String,
}

#[derive(Debug, Default)]
struct Heard {
    words: Vec<String>,
    events: VecDeque<Said>,
    targets: BTreeMap<String, usize>,
    leaks: Vec<String>,
}

/// Hears what is said on this thread, until it is dropped. An ear that was open before
/// hears nothing in the meantime, and then goes on.
#[derive(Debug)]
pub struct Ear {
    before: Option<Heard>,
    /// It belongs to its thread.
    thread: PhantomData<*const ()>,
}

impl Ear {
    /// Starts to hear. `words` are values that nobody may say, beside the secrets.
    ///
    /// # Panics
    ///
    /// If something else in this process listens already.
    pub fn open(words: &[&str]) -> Self {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            tracing::subscriber::set_global_default(Listener).expect("the only subscriber");
            log::set_logger(&Listener).expect("the only logger");
            log::set_max_level(log::LevelFilter::Trace);
        });
        let words = words.iter().map(|&word| word.to_owned()).collect();
        let heard = Heard {
            words,
            ..Heard::default()
        };
        Self {
            before: HEARD.replace(Some(heard)),
            thread: PhantomData,
        }
    }

    /// The last events, oldest first.
    pub fn events(&self) -> Vec<Said> {
        self.ask(|heard| heard.events.iter().cloned().collect())
    }

    /// The last events of one level of one crate.
    pub fn said(&self, level: &str, krate: &str) -> Vec<Said> {
        let mut events = self.events();
        events.retain(|said| said.level == level && said.target.starts_with(krate));
        events
    }

    /// Forgets the events so far. Leaks are not forgotten.
    pub fn clear(&self) {
        self.ask(|heard| heard.events.clear());
    }

    /// Who said how much.
    pub fn targets(&self) -> BTreeMap<String, usize> {
        self.ask(|heard| heard.targets.clone())
    }

    /// That nobody said a secret, and that somebody said something at all.
    ///
    /// # Errors
    ///
    /// The events with a secret.
    pub fn clean(&self) -> Result<(), String> {
        self.ask(
            |heard| match (heard.targets.is_empty(), heard.leaks.as_slice()) {
                (true, _) => Err("nothing was heard at all".to_owned()),
                (false, []) => Ok(()),
                (false, leaks) => Err(leaks.join("\n")),
            },
        )
    }

    #[expect(clippy::unused_self, reason = "having an ear is what makes this work")]
    fn ask<T>(&self, question: impl FnOnce(&mut Heard) -> T) -> T {
        HEARD.with_borrow_mut(|heard| question(heard.as_mut().expect("an ear")))
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        HEARD.set(self.before.take());
    }
}

fn hear(level: &str, target: &str, text: String) {
    HEARD.with(|heard| {
        // Whoever is busy hearing is not to hear himself.
        let Ok(mut heard) = heard.try_borrow_mut() else {
            return;
        };
        let Some(heard) = heard.as_mut() else {
            return;
        };
        *heard.targets.entry(target.to_owned()).or_default() += 1;
        let word = heard.words.iter().find(|word| text.contains(*word));
        if let Some(leak) = secrets::find(&text).or_else(|| word.cloned()) {
            heard
                .leaks
                .push(format!("{level} of {target} holds `{leak}`: {text}"));
        }
        if heard.events.len() == KEPT {
            heard.events.pop_front();
        }
        heard.events.push_back(Said {
            level: level.to_owned(),
            target: target.to_owned(),
            text,
        });
    });
}

fn is_heard() -> bool {
    HEARD.with(|heard| heard.try_borrow().is_ok_and(|heard| heard.is_some()))
}

struct Listener;

#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, "{field}={value:?} ");
    }
}

impl Subscriber for Listener {
    // Who listens changes from thread to thread, so the answer must not be kept.
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, _: &Metadata<'_>) -> bool {
        is_heard()
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut text = Text::default();
        span.record(&mut text);
        hear("SPAN", span.metadata().target(), text.0);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut text = Text::default();
        values.record(&mut text);
        hear("SPAN", "", text.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text::default();
        event.record(&mut text);
        let metadata = event.metadata();
        hear(metadata.level().as_str(), metadata.target(), text.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl log::Log for Listener {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        is_heard()
    }

    fn log(&self, record: &log::Record<'_>) {
        if is_heard() {
            hear(
                record.level().as_str(),
                record.target(),
                record.args().to_string(),
            );
        }
    }

    fn flush(&self) {}
}
