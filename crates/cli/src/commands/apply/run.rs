//! The second pass over the file: the calls are made.

use std::collections::{HashMap, VecDeque};

use tokio::task::JoinSet;
use trtc_rooms::{Client, Error, ErrorClass, Outcome as Fate, RawReply};

use super::entry::{Entries, Entry, Found};
use super::journal::{Journal, Mark, State};
use super::plan::may_repeat;
use super::report::{Details, Outcome, Reporter};
use crate::exit::Failure;
use crate::interrupts::Interrupts;
use crate::output::{note, warning};

/// How many calls are read ahead while they wait for another one of their room.
const MAX_WAITING: usize = 1_000;

/// Makes calls, several at once, and those about one room one after the other.
pub(super) struct Runner<'a> {
    pub(super) client: &'a Client,
    pub(super) journal: &'a mut Journal,
    pub(super) reporter: &'a mut Reporter,
    pub(super) in_flight: usize,
    pub(super) repeat_unknown: bool,
}

/// A call that has ended.
type Ended = (Entry, Result<RawReply, Error>);

/// The calls that have begun or wait.
#[derive(Default)]
struct Calls {
    under_way: JoinSet<Ended>,
    /// For each room with a call under way, the calls that wait for it. Those that name no
    /// room wait for each other.
    rooms: HashMap<String, VecDeque<Entry>>,
    waiting: usize,
}

impl Runner<'_> {
    /// Makes the calls of the file, or as many as it can before it is interrupted or the
    /// service refuses the caller.
    pub(super) async fn run(
        mut self,
        mut entries: Entries,
        interrupts: &mut Interrupts,
    ) -> Result<(), Failure> {
        let mut calls = Calls::default();
        let mut goes_on = true;
        let mut has_more = true;
        loop {
            while goes_on && has_more && calls.under_way.len() < self.in_flight {
                if calls.waiting >= MAX_WAITING {
                    break;
                }
                match next(&mut entries)? {
                    Some(entry) => self.take(entry, &mut calls)?,
                    None => has_more = false,
                }
            }
            tokio::select! {
                ended = calls.under_way.join_next() => {
                    let Some(ended) = ended else {
                        return Ok(());
                    };
                    let ended = ended.map_err(|error| {
                        Failure::network(format!("a call ended without a result: {error}"))
                    })?;
                    let room = ended.0.room.clone();
                    goes_on &= self.end(ended)?;
                    calls.room_is_free(&room, goes_on, &mut self)?;
                }
                () = interrupts.next() => {
                    if !goes_on {
                        return Ok(());
                    }
                    goes_on = false;
                    note(&format!(
                        "waiting for {} calls that are under way; interrupt again to leave \
                         their outcome unknown",
                        calls.under_way.len()
                    ));
                }
            }
        }
    }

    /// Begins a call, or lets it wait for its room, unless it is not to be made.
    fn take(&mut self, entry: Entry, calls: &mut Calls) -> Result<(), Failure> {
        match self.journal.state(entry.key) {
            Some(State::Done) => {
                return self
                    .reporter
                    .call(&entry, Outcome::AlreadyDone, Details::default());
            }
            Some(State::Unknown) if !may_repeat(&entry, self.repeat_unknown) => {
                let error = "an earlier run sent it and ended without an answer, and making it \
                             twice may do harm: look whether it was carried out; \
                             --repeat-unknown makes it again";
                let details = Details {
                    error: Some(error.to_owned()),
                    ..Details::default()
                };
                return self.reporter.call(&entry, Outcome::Unknown, details);
            }
            _ => {}
        }
        if let Some(queue) = calls.rooms.get_mut(&entry.room) {
            queue.push_back(entry);
            calls.waiting += 1;
            return Ok(());
        }
        calls.rooms.insert(entry.room.clone(), VecDeque::new());
        self.begin(entry, calls)
    }

    fn begin(&mut self, mut entry: Entry, calls: &mut Calls) -> Result<(), Failure> {
        // Before the call, so that it is never forgotten that it may have been made.
        self.journal.note(&entry, Mark::Begun, None, None)?;
        let request = std::mem::take(&mut entry.request);
        let call = self.client.call_raw(entry.endpoint.endpoint(), request);
        calls
            .under_way
            .spawn(async move { (entry, call.send().await) });
        Ok(())
    }

    /// Notes and reports what became of a call. Gives `false` if there is no use in making
    /// any other.
    fn end(&mut self, (entry, result): Ended) -> Result<bool, Failure> {
        let error = match result {
            Ok(reply) => {
                let id = reply.request_id();
                self.journal.note(&entry, Mark::Done, None, id)?;
                let details = Details {
                    code: reply.confirmed_by(),
                    request_id: id,
                    attempts: Some(reply.attempts()),
                    ..Details::default()
                };
                self.reporter.call(&entry, Outcome::Done, details)?;
                return Ok(true);
            }
            Err(error) => error,
        };
        let (mark, outcome) = self.fate(&entry, &error);
        let (code, id) = (error.code(), error.request_id());
        self.journal.note(&entry, mark, code, id)?;
        let details = Details {
            code,
            name: error.meaning().map(|meaning| meaning.name),
            request_id: id,
            attempts: Some(error.attempts()),
            error: (outcome != Outcome::Done).then(|| error.to_string()),
            violations: &[],
        };
        self.reporter.call(&entry, outcome, details)?;
        if error.class() != Some(ErrorClass::Authentication) {
            return Ok(true);
        }
        warning(&format!(
            "the run ends here, since every other call would be refused like this: {error}"
        ));
        Ok(false)
    }

    /// What became of a call that was answered with an error, or not at all.
    fn fate(&self, entry: &Entry, error: &Error) -> (Mark, Outcome) {
        let was_sent_before = self.journal.state(entry.key) == Some(State::Unknown);
        let done_codes = entry.endpoint.endpoint().repeat.done_codes;
        match error.outcome() {
            Fate::CarriedOut => (Mark::Done, Outcome::Done),
            // That it was carried out already is what an earlier run did not hear.
            _ if was_sent_before && error.code().is_some_and(|code| done_codes.contains(&code)) => {
                (Mark::Done, Outcome::Done)
            }
            // Nor does this answer tell what became of the call of an earlier run.
            Fate::NotSent | Fate::Refused if was_sent_before => (Mark::Unknown, Outcome::Unknown),
            Fate::NotSent => (Mark::Failed, Outcome::Failed),
            Fate::Refused => (Mark::Refused, Outcome::Refused),
            Fate::Unknown => (Mark::Unknown, Outcome::Unknown),
        }
    }
}

impl Calls {
    /// Begins the next call about a room, if there is one.
    fn room_is_free(
        &mut self,
        room: &str,
        goes_on: bool,
        runner: &mut Runner<'_>,
    ) -> Result<(), Failure> {
        let next = self.rooms.get_mut(room).and_then(VecDeque::pop_front);
        match next {
            Some(entry) if goes_on => {
                self.waiting -= 1;
                runner.begin(entry, self)
            }
            _ => {
                self.rooms.remove(room);
                Ok(())
            }
        }
    }
}

/// The next call. The file was read to its end once, and everything in it was a call.
fn next(entries: &mut Entries) -> Result<Option<Entry>, Failure> {
    match entries.next()? {
        None => Ok(None),
        Some(Found::Call(entry, _)) => Ok(Some(entry)),
        Some(Found::Invalid(invalid)) => Err(Failure::refused(format!(
            "line {}: the file was changed while it was applied: {}",
            invalid.line, invalid.why
        ))),
    }
}
