//! The client over real sockets, against a stub that answers byte by byte what a
//! test tells it.
//!
//! The names of tests begin with the case of the fault catalogue that they cover,
//! such as `h3` or `j7`.

mod operation;
mod stub;

mod building;
mod calls;
mod deciding;
mod redirects;
mod replies;
mod requests;
mod secrets;
mod statuses;
mod transport;
mod validation;
