//! The tables of cases, and what runs them.
//!
//! Expectations are typed by hand from `facts/` and from the catalogue of bad inputs
//! and faults. The schemas only say which endpoints and codes there are, so that what
//! is added there without a line here fails.

pub mod codes;
mod gateway_codes;
mod page_codes;
pub mod redirects;
pub mod replies;
mod reply_envelopes;
mod reply_payloads;
pub mod requests;
mod room_codes;
pub mod statuses;
pub mod transport;
