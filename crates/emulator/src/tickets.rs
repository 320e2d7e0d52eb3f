//! The check of the ticket.
//!
//! # Decisions
//!
//! * Every ticket that is no ticket is 70003; the documents have more codes for it
//!   (70004 to 70008, 70010) and do not say what tells them apart. A missing one is
//!   70002.
//! * A ticket with a userbuf is one for entering a room, not for calls: 70003.
//! * A ticket may begin in the future, and may be used any number of times.
//! * After 10 failures in a row (see `Settings`), every further check of the same
//!   account is refused for a minute, whatever its ticket (70050). A good ticket
//!   before that clears the count, and so does the end of the minute. The minute
//!   does not begin anew with each call. Accounts that are no administrators share
//!   one count, so that made-up names cost no memory.

use std::collections::HashMap;
use std::time::Duration;

use trtc_usersig::{Expect, Malformed, Verifier, VerifyError};

use crate::refusal::{Refusal, code};
use crate::time::UnixMillis;

/// For how long an account is locked out.
const LOCKED_FOR: Duration = Duration::from_secs(60);

/// The failures of an app's accounts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Failures(HashMap<Option<String>, Streak>);

/// Failures in a row.
#[derive(Clone, Copy, Debug, Default)]
struct Streak {
    failures: u32,
    /// When the last one made the streak full.
    locked_at: Option<UnixMillis>,
}

/// One check of a ticket.
pub(crate) struct Check<'a> {
    pub(crate) verifier: &'a Verifier,
    pub(crate) identifier: &'a str,
    pub(crate) is_administrator: bool,
    pub(crate) ticket: &'a str,
    pub(crate) now: UnixMillis,
    pub(crate) failures_allowed: Option<u32>,
}

impl Failures {
    pub(crate) fn check(&mut self, check: &Check<'_>) -> Result<(), Refusal> {
        let account = check.is_administrator.then(|| check.identifier.to_owned());
        if let Some(locked_at) = self.0.get(&account).and_then(|streak| streak.locked_at) {
            if check.now.is_within(LOCKED_FOR, locked_at) {
                let info = "too many checks of tickets failed: wait a minute";
                return Err(Refusal::new(code::TICKET_FAILURES, info));
            }
            self.0.remove(&account);
        }
        match check.verdict() {
            Ok(()) => {
                self.0.remove(&account);
                Ok(())
            }
            Err(refusal) => {
                let streak = self.0.entry(account).or_default();
                streak.failures = streak.failures.saturating_add(1);
                if check
                    .failures_allowed
                    .is_some_and(|allowed| streak.failures >= allowed)
                {
                    streak.locked_at = Some(check.now);
                }
                Err(refusal)
            }
        }
    }
}

impl Check<'_> {
    fn verdict(&self) -> Result<(), Refusal> {
        let expected = Expect::user(self.identifier);
        let Err(error) = self
            .verifier
            .verify(self.ticket, expected, self.now.seconds())
        else {
            return Ok(());
        };
        let code = match error {
            VerifyError::Malformed(Malformed::Empty) => code::TICKET_EMPTY,
            VerifyError::Expired { .. } => code::TICKET_EXPIRED,
            VerifyError::MacMismatch => code::TICKET_KEY_WRONG,
            VerifyError::IdentifierMismatch => code::TICKET_IDENTIFIER_WRONG,
            VerifyError::SdkAppIdMismatch { .. } => code::TICKET_SDKAPPID_WRONG,
            _ => code::TICKET_MALFORMED,
        };
        Err(Refusal::new(code, format!("usersig: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use trtc_usersig::{SecretKey, Signer};

    use crate::request::Request;
    use crate::testing::{APP, Desk, KEY, LIVE, NOW, OTHER_KEY, live, query_with, ticket};

    fn code(desk: &mut Desk, identifier: &str, ticket: &str) -> i32 {
        let query = query_with(APP, identifier, ticket);
        let body = live("a").to_string();
        let request = Request::post(LIVE, &query, body.as_bytes());
        let reply = desk.service.handle(&request, desk.now);
        assert!(ticket.len() < 20 || !reply.text().contains(ticket));
        reply.error_code().unwrap()
    }

    fn signed(key: &str, userbuf: Option<&[u8]>) -> String {
        let signer = Signer::new(APP, SecretKey::new(key).unwrap());
        let ticket = signer.sign_at("administrator", NOW, 60, userbuf).unwrap();
        ticket.as_str().to_owned()
    }

    #[test]
    fn g01_expiry_to_the_second() {
        let mut desk = Desk::new();
        let ticket = ticket(APP, "administrator", NOW - 100, 100);
        desk.wait_millis(999);
        assert_eq!(code(&mut desk, "administrator", &ticket), 0);
        desk.wait_millis(1);
        assert_eq!(code(&mut desk, "administrator", &ticket), 70_001);
    }

    #[test]
    fn g02_a_ticket_of_the_future() {
        let ticket = ticket(APP, "administrator", NOW + 86_400, 100);
        assert_eq!(code(&mut Desk::new(), "administrator", &ticket), 0);
    }

    #[test]
    fn g03_g04_g06_g13_tickets_of_somebody_else() {
        let mut desk = Desk::new();
        assert_eq!(
            code(&mut desk, "administrator", &signed(OTHER_KEY, None)),
            70_009
        );
        assert_eq!(code(&mut desk, "second", &signed(KEY, None)), 70_013);
        let other_app = ticket(APP + 1, "administrator", NOW, 60);
        assert_eq!(code(&mut desk, "administrator", &other_app), 70_014);
        let bound = signed(KEY, Some(b"room"));
        assert_eq!(code(&mut desk, "administrator", &bound), 70_003);
    }

    #[test]
    fn g07_g08_g11_what_is_no_ticket() {
        let mut desk = Desk::new();
        desk.service.settings_mut().failed_tickets_allowed = None;
        let good = signed(KEY, None);
        assert_eq!(code(&mut desk, "administrator", ""), 70_002);
        for end in 1..good.len() {
            assert_eq!(
                code(&mut desk, "administrator", &good[..end]),
                70_003,
                "{end}"
            );
        }
        let long = "A".repeat(1_000_000);
        for bad in [long.as_str(), "eJx", "a+b/", "a%20b", "%00", "房间"] {
            assert_eq!(code(&mut desk, "administrator", bad), 70_003);
        }
    }

    #[test]
    fn g21_a_ticket_may_be_used_again_and_again() {
        let mut desk = Desk::new();
        let ticket = desk.ticket_of("administrator");
        assert_eq!(code(&mut desk, "administrator", &ticket), 0);
        desk.wait_millis(86_400_000);
        assert_eq!(code(&mut desk, "administrator", &ticket), 100_010);
    }

    #[test]
    fn g22_an_account_is_locked_out_for_a_minute() {
        let mut desk = Desk::new();
        let good = desk.ticket_of("administrator");
        for _ in 0..9 {
            assert_eq!(code(&mut desk, "administrator", "bad"), 70_003);
        }
        assert_eq!(
            code(&mut desk, "administrator", &good),
            0,
            "and a new count"
        );
        for _ in 0..10 {
            assert_eq!(code(&mut desk, "administrator", "bad"), 70_003);
        }
        for _ in 0..3 {
            assert_eq!(code(&mut desk, "administrator", &good), 70_050);
            assert_eq!(code(&mut desk, "administrator", "bad"), 70_050);
            desk.wait_millis(19_999);
        }
        desk.wait_millis(2);
        assert_eq!(
            code(&mut desk, "administrator", &good),
            70_050,
            "after 59.999 s"
        );
        let second = desk.ticket_of("second");
        assert_eq!(
            code(&mut desk, "second", &second),
            100_003,
            "another account"
        );
        desk.wait_millis(1);
        for _ in 0..9 {
            assert_eq!(code(&mut desk, "administrator", "bad"), 70_003);
        }
        assert_eq!(code(&mut desk, "administrator", &good), 100_010);
    }

    #[test]
    fn g22_names_that_are_made_up_share_one_count() {
        let mut desk = Desk::new();
        desk.service.settings_mut().failed_tickets_allowed = Some(100);
        for index in 0..100 {
            assert_eq!(code(&mut desk, &format!("user-{index}"), "bad"), 70_003);
        }
        assert_eq!(desk.app().failures.0.len(), 1);
        assert_eq!(code(&mut desk, "ada", "bad"), 70_050);
        let good = desk.ticket_of("administrator");
        assert_eq!(code(&mut desk, "administrator", &good), 0);
    }
}
