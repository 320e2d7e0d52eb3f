//! A call from its first attempt to its last.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::{Instant, sleep_until, timeout_at};
use trtc_rooms_core::Endpoint;
use trtc_usersig::Ticket;

use crate::answer::{Accepted, Answer};
use crate::attempt::Attempt;
use crate::client::Inner;
use crate::error::{Cause, Earlier, History, Outcome, Stopped};
use crate::observe::{AttemptReport, AttemptSpan};
use crate::options::Options;
use crate::quota::{QuotaMode, QuotaRequest, counted_values};
use crate::retry::{Verdict, Withdrawal, verdict};
use crate::ticket::TicketError;
use crate::time::deadline;
use crate::{Error, observe};

/// How long the service gives itself for a call.
const SERVICE_TIME: Duration = Duration::from_secs(3);

/// What is to be done.
pub(crate) struct Job<'a> {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) body: Bytes,
    pub(crate) options: &'a Options,
    /// The codes that count as success besides 0.
    pub(crate) done_codes: &'static [i32],
}

/// How far a call has come.
#[derive(Default)]
struct Progress<'a> {
    attempts: u32,
    /// What is known from the attempts before the last one.
    earlier: Earlier,
    random: Option<u32>,
    has_new_ticket: bool,
    /// What the next repetition takes from the budget, if it comes to that.
    withdrawal: Option<Withdrawal<'a>>,
    /// What the last repetition took from it.
    spent: Option<u32>,
    /// Why the last attempt failed.
    last: Option<Error>,
}

impl Inner {
    /// Makes attempts until one succeeds, or none may follow, or time is over.
    pub(crate) async fn run(&self, job: &Job<'_>) -> Result<Answer, Error> {
        let odd = || {
            let reason = "a timeout is zero or longer than can be counted";
            Error::build(job.endpoint, reason)
        };
        let end = deadline(job.options.timeout).ok_or_else(odd)?;
        deadline(job.options.attempt_timeout).ok_or_else(odd)?;
        let mut progress = Progress::default();
        loop {
            let asked = Instant::now();
            let ticket = match self.prepare(job, end).await {
                Ok(ticket) => ticket,
                Err(error) => return Err(progress.give_up(error)),
            };
            let started = Instant::now();
            progress.attempts += 1;
            progress.spent = progress.withdrawal.take().map(Withdrawal::spend);
            let random = (self.random)();
            progress.random = Some(random);
            let result = self
                .attempt_once(job, &ticket, random, end, &progress, started - asked)
                .await;
            let error = match result {
                Ok(answer) => {
                    self.retry_budget.reward(progress.spent);
                    return Ok(answer.of_attempt(progress.attempts, random));
                }
                Err(error) => error,
            };
            let earlier = progress.earlier.and(error.last_outcome());
            match self.next(job, &ticket, end, &mut progress, &error).await {
                Ok(()) => {
                    progress.earlier = earlier;
                    progress.last = Some(error);
                }
                Err(stopped) => return Err(progress.end(error, stopped)),
            }
        }
    }

    /// Waits for a ticket and for room in the quota.
    async fn prepare(&self, job: &Job<'_>, end: Instant) -> Result<Arc<Ticket>, Error> {
        // Before the quota: calls that have passed it and then wait for the first ticket
        // would all go out together.
        if self.tickets.at_hand().is_none() {
            self.ticket(job, end).await?;
        }
        if job.options.quota_mode != QuotaMode::Off {
            let counted = counted_values(job.endpoint, &job.body);
            let now = Instant::now();
            let wait_at_most = match job.options.quota_mode {
                QuotaMode::Wait => end.saturating_duration_since(now),
                QuotaMode::FailFast | QuotaMode::Off => Duration::ZERO,
            };
            let request = QuotaRequest {
                sdkappid: self.sdkappid,
                endpoint: job.endpoint,
                counted: &counted,
                wait_at_most,
            };
            self.quota
                .acquire(request)
                .await
                .map_err(|exceeded| Error::new(job.endpoint, Cause::Quota(exceeded)))?;
        }
        // And after it: a ticket must not grow old while its call waits.
        self.ticket(job, end).await
    }

    async fn ticket(&self, job: &Job<'_>, end: Instant) -> Result<Arc<Ticket>, Error> {
        let ticket = match self.tickets.at_hand() {
            Some(ticket) => ticket,
            None => timeout_at(end, self.tickets.current(end))
                .await
                .unwrap_or(Err(TicketError::Late)),
        };
        ticket.map_err(|error| Error::new(job.endpoint, Cause::Signing(error)))
    }

    async fn attempt_once(
        &self,
        job: &Job<'_>,
        ticket: &Arc<Ticket>,
        random: u32,
        end: Instant,
        progress: &Progress<'_>,
        waited: Duration,
    ) -> Result<Answer, Error> {
        let options = job.options;
        let started = Instant::now();
        let until = deadline(options.attempt_timeout).map_or(end, |until| until.min(end));
        let timeout = if until < end {
            options.attempt_timeout
        } else {
            options.timeout
        };
        let attempt = Attempt {
            endpoint: job.endpoint,
            body: &job.body,
            ticket,
            random,
            deadline: until,
            timeout,
            done_codes: Accepted {
                always: job.done_codes,
                repeated: match progress.earlier {
                    Earlier::Lost => job.endpoint.repeat.done_codes,
                    Earlier::NothingSent | Earlier::Refused => &[],
                },
            },
        };
        let span = AttemptSpan::new(progress.attempts);
        let work = pin!(self.attempt(&attempt));
        let result = span.run(work).await;
        let request_id = match &result {
            Ok(answer) => answer.request_id(),
            Err(error) => error.request_id(),
        };
        let report = AttemptReport {
            endpoint: job.endpoint,
            tag: options.tag.as_deref(),
            attempt: progress.attempts,
            waited,
            elapsed: started.elapsed(),
            error: result.as_ref().err(),
            request_id,
        };
        span.finish(&report);
        if let Some(observer) = &self.observer {
            observer.attempt(&report);
        }
        result
    }

    /// Returns when the next attempt is due, or the reason why there is none.
    async fn next<'a>(
        &'a self,
        job: &Job<'_>,
        ticket: &Arc<Ticket>,
        end: Instant,
        progress: &mut Progress<'a>,
        error: &Error,
    ) -> Result<(), Option<Stopped>> {
        let policy = job.options.retry;
        if progress.attempts >= policy.attempts() {
            return Err(None);
        }
        let (pace, cost) = match verdict(error) {
            Verdict::Stop => return Err(None),
            Verdict::NewTicket => {
                let offset = error.history().clock_offset;
                if progress.has_new_ticket || !self.tickets.refused(ticket, offset) {
                    return Err(None);
                }
                progress.has_new_ticket = true;
                return Ok(());
            }
            Verdict::Repeat { pace, cost } => (pace, cost),
        };
        let jitter = (self.jitter)();
        let pause = policy
            .pause(progress.attempts, pace, error.retry_after(), jitter)
            .ok_or(Some(Stopped::Patience))?;
        let due = Instant::now()
            .checked_add(pause)
            .filter(|due| *due < latest_start(end, job.options))
            .ok_or(Some(Stopped::Deadline))?;
        let withdrawal = self
            .retry_budget
            .withdraw(cost)
            .ok_or(Some(Stopped::Budget))?;
        progress.withdrawal = Some(withdrawal);
        observe::repeating(job.endpoint, progress.attempts, pause, error);
        sleep_until(due).await;
        Ok(())
    }
}

/// When a repetition has to begin. One that is cut off would turn the answer that the
/// call was refused into the doubt whether it was carried out.
fn latest_start(end: Instant, options: &Options) -> Instant {
    let needed = SERVICE_TIME
        .min(options.attempt_timeout)
        .min(options.timeout / 4);
    end.checked_sub(needed).unwrap_or(end)
}

impl Progress<'_> {
    /// The error of a call that ends after an attempt.
    fn end(&self, mut error: Error, stopped: Option<Stopped>) -> Error {
        let history = error.history_mut();
        *history = History {
            attempts: self.attempts,
            earlier: self.earlier,
            random: self.random,
            stopped,
            clock_offset: history.clock_offset,
        };
        error
    }

    /// The error of a call that ends before an attempt. If that was to be a
    /// repetition for which the quota has no room, what matters is why it had to be
    /// repeated.
    fn give_up(mut self, error: Error) -> Error {
        match (self.last.take(), error.cause()) {
            (Some(last), Cause::Quota(_)) => {
                // `earlier` includes the last attempt already, which does no harm.
                self.end(last, Some(Stopped::Quota))
            }
            _ => self.end(error, None),
        }
    }
}

impl Earlier {
    /// What is known after one more attempt.
    fn and(self, outcome: Outcome) -> Self {
        self.max(match outcome {
            Outcome::NotSent => Earlier::NothingSent,
            Outcome::Refused => Earlier::Refused,
            Outcome::Unknown | Outcome::CarriedOut => Earlier::Lost,
        })
    }
}
