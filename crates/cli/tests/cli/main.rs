//! The command as its users see it: every test runs the real binary and looks at what
//! it writes and how it ends.

mod apply;
mod call;
mod emulator;
mod endpoints;
mod explain;
mod help;
mod key;
mod ndjson;
mod secrets;
mod support;
mod usersig;
mod validate;
mod webhooks;
