//! What generated room models and hand-written clients share.
//!
//! This crate holds the vocabulary in which a model says what is wrong with a
//! request ([`Violation`], [`Hint`]) and what an error code of the service means
//! ([`ErrorCode`], [`ErrorClass`]), and the comparisons that generated
//! validation is made of ([`Checker`]). It knows no endpoint: those are generated into
//! `trtc-rooms-model`. It depends on serde alone, so that anything can depend on
//! it.
//!
//! Start reading at [`Validate`], which every generated request implements.

mod check;
mod code;
mod endpoint;
mod hint;
mod json;
mod lenient;
mod open_enum;
mod path;
mod report;
mod rule;
mod shape;
mod time;
mod validate;
mod violation;

pub use check::Checker;
pub use code::{ErrorClass, ErrorCode, RetryAdvice, find_code};
pub use endpoint::{Endpoint, Incomplete, NarrowRate, Page, Payload, Rate, Repeat};
pub use hint::{Hint, HintKind};
pub use json::UniqueMembers;
pub use open_enum::{OpenEnum, UnknownValue};
pub use path::Path;
pub use report::{MAX_VIOLATIONS, Report};
pub use rule::Rule;
pub use shape::{Documented, FieldShape, ObjectShape, Shape};
pub use time::{Millis, UnixMillis, UnixSeconds};
pub use validate::Validate;
pub use violation::{Actual, INVALID_PARAMETER, Limit, Violation, Violations};

#[doc(hidden)]
pub mod generated {
    //! What generated code needs and people do not call.
    pub use crate::lenient::{boolean, integer, object, objects, present, text, texts, value};
    pub use crate::open_enum::{deserialize, serialize};
}
