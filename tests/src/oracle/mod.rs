//! The oracles other than the tables: each says what a request breaks, in its own way.

mod generated;
mod interpreter;
mod schema;

use serde_json::Value;

use crate::verdict::Verdict;

pub use generated::{Generated, Typed};
pub use interpreter::Interpreter;
pub use schema::Schema;

/// Says what a request breaks.
pub trait Oracle: Send + Sync {
    /// The name in reports.
    fn name(&self) -> &'static str;

    /// Judges a request.
    fn judge(&self, request: &Value) -> Verdict;

    /// Reads the request as a typed caller's value, if this oracle has types and the
    /// request fits them.
    fn typed(&self, _request: &Value) -> Option<Typed> {
        None
    }
}
