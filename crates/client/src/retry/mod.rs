//! Repeating calls: what is repeated, when, and how often.

mod budget;
mod policy;
mod verdict;

pub use budget::RetryBudget;
pub(crate) use budget::Withdrawal;
pub use policy::RetryPolicy;
pub(crate) use verdict::{Pace, Verdict, verdict};

/// Where jitter comes from: numbers from 0 up to, not including, 1.
pub(crate) type Jitter = Box<dyn Fn() -> f64 + Send + Sync>;
