//! What is generated: from small sets of schemas that are made to be difficult.

mod determinism;
mod errors;
mod freshness;
mod hostile;
mod mutations;
mod openapi;
mod snapshots;
mod support;
mod webhooks;
