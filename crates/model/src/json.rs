//! Requests that are JSON text, and endpoints that are chosen at run time.
//!
//! Deserializing stops at the first mistake and drops what it does not know. The
//! functions here compare a document with the documented members first, so that
//! every wrong type, missing member and unknown name is reported in one go, beside
//! the limits of what is sound.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use trtc_rooms_core::{
    Documented, Endpoint, Hint, MAX_VIOLATIONS, ObjectShape, Path, Report, Rule, UniqueMembers,
    Validate, Violations,
};

use crate::repair::{self, Repaired, Tails};
use crate::{ENDPOINTS, shape};

/// An endpoint whose requests are checked as JSON.
#[derive(Clone, Copy, Debug)]
pub struct JsonEndpoint {
    endpoint: &'static Endpoint,
    check: fn(&'static ObjectShape, &Value) -> Report,
    read: fn(&Value) -> Result<Reading, serde_json::Error>,
}

/// A request as a typed caller has it. Made by [`JsonEndpoint::read`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reading {
    /// What [`Validate::validate`] says.
    pub violations: Option<Violations>,
    /// What [`Validate::hints`] says.
    pub hints: Vec<Hint>,
    /// The request as it would be sent: without undocumented members, and with the
    /// canonical spelling of values.
    pub sent: Value,
}

impl JsonEndpoint {
    /// The endpoint whose request is the type `R`.
    pub const fn new<R>(endpoint: &'static Endpoint) -> Self
    where
        R: Documented + Validate + DeserializeOwned + Serialize,
    {
        Self {
            endpoint,
            check: check::<R>,
            read: read::<R>,
        }
    }

    /// The same code with other facts and another documented shape. The contract harness
    /// changes one fact at a time, to show that it would notice.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_endpoint(mut self, endpoint: &'static Endpoint) -> Self {
        self.endpoint = endpoint;
        self
    }

    /// What the documents say about the endpoint.
    pub const fn endpoint(&self) -> &'static Endpoint {
        self.endpoint
    }

    /// Compares a request with the documents: types, mandatory members, limits, and
    /// what looks like a mistake.
    ///
    /// ```
    /// use serde_json::json;
    ///
    /// let endpoint = trtc_rooms_model::json::find("live/update_room_info").unwrap();
    /// let report = endpoint.check(&json!({ "RoomInfo": { "RoomName": 7, "Notise": "" } }));
    /// let found: Vec<String> = report.violations().iter().map(ToString::to_string).collect();
    /// assert_eq!(
    ///     found,
    ///     [
    ///         "/RoomInfo/RoomId is missing, it is mandatory",
    ///         "/RoomInfo/RoomName is integer, string is expected",
    ///     ],
    /// );
    /// assert_eq!(report.hints()[0].pointer, "/RoomInfo/Notise");
    /// ```
    pub fn check(&self, request: &Value) -> Report {
        (self.check)(self.endpoint.request, request)
    }

    /// Reads a request into its Rust type, as a typed caller has it, and validates that.
    /// [`check`](Self::check) says more about a request that is not in order.
    ///
    /// # Errors
    ///
    /// When the request cannot be read into the type.
    pub fn read(&self, request: &Value) -> Result<Reading, serde_json::Error> {
        (self.read)(request)
    }
}

/// The endpoint with this name, such as `live/create_room`.
pub fn find(name: &str) -> Option<&'static JsonEndpoint> {
    ENDPOINTS
        .binary_search_by(|endpoint| endpoint.endpoint.name.cmp(name))
        .ok()
        .map(|index| &ENDPOINTS[index])
}

/// Reads a JSON text and refuses members that stand twice, of which a parser would
/// otherwise keep one.
///
/// # Errors
///
/// Malformed JSON, or a member that stands twice, with line and column.
pub fn parse(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str::<UniqueMembers>(text)?;
    serde_json::from_str(text)
}

fn read<R: Validate + DeserializeOwned + Serialize>(
    request: &Value,
) -> Result<Reading, serde_json::Error> {
    let typed = R::deserialize(request)?;
    Ok(Reading {
        violations: typed.validate().err(),
        hints: typed.hints(),
        sent: serde_json::to_value(&typed)?,
    })
}

fn check<R: Validate + DeserializeOwned>(shape: &'static ObjectShape, request: &Value) -> Report {
    let limits = limits_of_sound::<R>(shape, request);
    // A list that is too long is not looked into.
    let too_long = limits.violations().iter();
    let too_long: Vec<&str> = too_long
        .filter(|violation| violation.rule == Rule::MaxItems)
        .map(|violation| violation.pointer.as_str())
        .collect();
    let mut report = Report::new();
    shape::compare(shape, request, &too_long, &mut report);
    report.append(limits);
    report
}

/// The limits of what is sound in a request, by the same code that checks typed
/// requests. For that, what is not sound has to be replaced.
fn limits_of_sound<R: Validate + DeserializeOwned>(
    shape: &'static ObjectShape,
    request: &Value,
) -> Report {
    let Some(mut repaired) = Repaired::new(shape, request, Tails::LeftOut) else {
        return typed::<R>(request, |_| ());
    };
    let filter = |report: &mut Report| {
        report.retain_violations(|violation| repair::concerns_original(shape, request, violation));
        report.retain_hints(|hint| repair::is_original(shape, request, &hint.pointer));
    };
    let mut limits = typed::<R>(&repaired.request, filter);
    if !repaired.lengths_are_told(&mut limits) {
        // A tail that was left out belongs to a list that is not too long after all.
        repaired = Repaired::new(shape, request, Tails::Kept).unwrap_or(repaired);
        limits = typed::<R>(&repaired.request, filter);
    }
    limits
}

/// The limits of a request that can be deserialized.
fn typed<R: Validate + DeserializeOwned>(request: &Value, filter: impl Fn(&mut Report)) -> Report {
    match R::deserialize(request) {
        Ok(typed) => limits(&typed, filter),
        Err(_) => Report::new(),
    }
}

/// The limits of a typed request, without what `filter` takes out. Room that this
/// makes is filled with what did not fit.
fn limits(request: &impl Validate, filter: impl Fn(&mut Report)) -> Report {
    // Enough for any request but one that is made to waste time.
    const MOST: usize = 256 * MAX_VIOLATIONS;
    let root = Path::root();
    let mut capacity = MAX_VIOLATIONS;
    loop {
        let mut report = Report::with_room(capacity);
        request.check(&root, &mut report);
        request.advise(&root, &mut report);
        let (is_cut, are_hints_cut) = (report.is_full(), report.is_full_of_hints());
        filter(&mut report);
        let is_enough = !is_cut || report.violations().len() >= MAX_VIOLATIONS;
        let are_hints_enough = !are_hints_cut || report.hints().len() >= MAX_VIOLATIONS;
        if (is_enough && are_hints_enough) || capacity >= MOST {
            return report;
        }
        capacity *= 16;
    }
}
