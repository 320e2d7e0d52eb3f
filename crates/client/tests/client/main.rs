//! The client over real sockets, against a stub that answers byte by byte what a
//! test tells it.
//!
//! The names of tests begin with the case of the fault catalogue that they cover,
//! such as `h3` or `j7`.

mod fakes;
mod operation;
mod stub;

mod building;
mod by_data;
mod calls;
mod deciding;
mod faults;
mod lists;
mod observing;
mod quotas;
mod redirects;
mod replies;
mod requests;
mod retries;
mod secrets;
mod statuses;
mod tickets;
mod transport;
mod validation;
