//! The codes 60000 to 79999, which any call may get: typed from section 7 of
//! `facts/protocol.md`.
//!
//! The facts have five classes; the client tells a missing right (`Permission`) from a
//! wrong ticket (`Authentication`), so the two rows about administrators differ.

use trtc_rooms::ErrorClass::{Account, Authentication, Permission, RateLimit, Request, Server};
use trtc_rooms::RetryAdvice::{AfterSeconds, Backoff, Never, NewTicket};

use super::page_codes::{Row, row};

/// Every row.
pub(super) static ROWS: &[Row] = &[
    row(60_002, Request, Never, &["url"]),
    row(60_003, Request, Never, &["json"]),
    // The room pages say "no", the newest Chat page "later, once at most".
    row(60_004, Authentication, Never, &["account"]),
    row(60_005, Authentication, Never, &["account"]),
    row(60_006, Account, Never, &["sdkappid"]),
    row(60_007, RateLimit, Backoff, &["call", "rate limit"]),
    row(60_008, Server, Backoff, &["timed out"]),
    row(60_009, Request, Never, &["url", "command"]),
    row(60_010, Permission, Never, &["administrator"]),
    row(60_011, RateLimit, Backoff, &["sdkappid", "rate limit"]),
    row(60_012, Request, Never, &["sdkappid", "url"]),
    row(60_013, Server, Backoff, &["json"]),
    row(60_014, Server, Backoff, &["timed out"]),
    row(60_015, Request, Never, &["account", "string"]),
    row(60_016, Account, Never, &["sdkappid", "disabled"]),
    row(60_017, Account, Never, &["disabled"]),
    row(60_018, RateLimit, Backoff, &["frequent"]),
    row(60_019, RateLimit, Backoff, &["frequent"]),
    row(60_020, Account, Never, &["plan"]),
    row(60_021, Account, Never, &["ip"]),
    row(60_025, Authentication, Never, &["contenttype"]),
    row(60_026, Request, Never, &["domain", "data centre"]),
    row(60_027, Account, Never, &["product"]),
    // "Only after the window or an upgrade": a pause of seconds does not help.
    row(60_028, RateLimit, Never, &["trial", "24 hours"]),
    row(70_001, Authentication, NewTicket, &["expired"]),
    row(70_002, Authentication, NewTicket, &["empty"]),
    row(70_003, Authentication, NewTicket, &["ticket"]),
    row(70_004, Authentication, NewTicket, &["cut off"]),
    row(70_005, Authentication, NewTicket, &["ticket"]),
    row(70_006, Authentication, NewTicket, &["ticket"]),
    row(70_007, Authentication, NewTicket, &["ticket"]),
    row(70_008, Authentication, NewTicket, &["ticket"]),
    row(70_009, Authentication, Never, &["key"]),
    row(70_010, Authentication, NewTicket, &["ticket"]),
    row(70_013, Authentication, Never, &["identifier"]),
    row(70_014, Authentication, Never, &["sdkappid"]),
    row(70_015, Account, Never, &["sdkappid"]),
    row(70_016, Authentication, Never, &["no key"]),
    row(70_017, Server, Backoff, &["timed out"]),
    row(70_018, Authentication, Never, &["third"]),
    row(70_019, Authentication, NewTicket, &["empty"]),
    row(70_020, Account, Never, &["sdkappid", "data centre"]),
    row(70_050, Authentication, AfterSeconds(60), &["minute"]),
    row(70_051, Account, Never, &["block"]),
    row(70_052, Authentication, NewTicket, &["no longer valid"]),
    // One list says "request information empty", another "ticket expired".
    either(70_101, &[]),
    row(70_102, Request, Never, &["account"]),
    row(70_103, Request, Never, &["phone"]),
    row(70_104, Request, Never, &["mail"]),
    row(70_105, Request, Never, &["tls"]),
    row(70_106, Request, Never, &["account"]),
    row(70_107, Account, Never, &["import"]),
    row(70_113, Request, Never, &["batch"]),
    // "Later at best."
    either(70_114, &["security"]),
    row(70_115, Account, Never, &["developer"]),
    row(70_140, Request, Never, &["account type"]),
    row(70_145, Request, Never, &["account"]),
    row(70_169, Server, Backoff, &["timed out"]),
    row(70_201, Server, Backoff, &["failed"]),
    row(70_202, Server, Backoff, &["timed out"]),
    row(70_203, Server, Backoff, &["failed"]),
    row(70_204, Account, Never, &["account type"]),
    row(70_205, Server, Backoff, &["account type"]),
    row(70_206, Request, Never, &["batch"]),
    row(70_207, Server, Backoff, &["failed"]),
    row(70_208, Server, Backoff, &["failed"]),
    // "Later at best."
    either(70_209, &["developer"]),
    row(70_210, Account, Never, &["developer"]),
    row(70_211, Request, Never, &["uin"]),
    row(70_212, Server, Backoff, &["failed"]),
    row(70_213, Server, Backoff, &["failed"]),
    row(70_214, Authentication, NewTicket, &["ticket"]),
    row(70_221, Authentication, NewTicket, &["login"]),
    row(70_222, Server, Backoff, &["failed"]),
    row(70_225, Server, Backoff, &["failed"]),
    row(70_231, Server, Backoff, &["failed"]),
    row(70_236, Authentication, NewTicket, &["signature"]),
    row(70_308, Server, Backoff, &["failed"]),
    row(70_346, Authentication, NewTicket, &["ticket"]),
    row(70_347, Authentication, NewTicket, &["expired"]),
    row(70_348, Server, Backoff, &["failed"]),
    row(70_362, Server, Backoff, &["timed out"]),
    row(70_398, Account, Never, &["accounts"]),
    row(70_399, Account, Never, &["deleted", "three months"]),
    row(70_401, Server, Backoff, &["failed"]),
    row(70_402, Request, Never, &["parameter"]),
    row(70_403, Permission, Never, &["administrator"]),
    row(70_404, Account, Never, &["sdk"]),
    row(70_500, Server, Backoff, &["failed"]),
    row(71_000, Account, Never, &["delet"]),
    row(72_000, Account, Never, &["active users", "day"]),
    row(72_001, Account, Never, &["status"]),
    row(72_002, Account, Never, &["active users", "month"]),
    row(72_010, RateLimit, Backoff, &["login"]),
    row(72_011, Account, Never, &["disturb"]),
    row(72_012, Account, Never, &["profile"]),
];

/// A code about which the documents disagree with themselves.
const fn either(code: i32, says: &'static [&'static str]) -> Row {
    Row {
        code,
        class: None,
        retry: None,
        says,
    }
}
