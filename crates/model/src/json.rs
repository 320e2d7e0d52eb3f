//! Requests that are JSON text, and endpoints that are chosen at run time.
//!
//! Deserializing stops at the first mistake and drops what it does not know. The
//! functions here compare a document with the documented members first, so that
//! every wrong type, missing member and unknown name is reported in one go, beside
//! the limits of what is sound.

use serde::de::DeserializeOwned;
use serde_json::Value;
use trtc_rooms_core::{Documented, Endpoint, Path, Report, Rule, UniqueMembers, Validate};

use crate::ENDPOINTS;
use crate::repair::Repair;
use crate::shape;

/// An endpoint whose requests are checked as JSON.
#[derive(Clone, Copy, Debug)]
pub struct JsonEndpoint {
    endpoint: &'static Endpoint,
    check: fn(&Value) -> Report,
}

impl JsonEndpoint {
    /// The endpoint whose request is the type `R`.
    pub const fn new<R>(endpoint: &'static Endpoint) -> Self
    where
        R: Documented + Validate + DeserializeOwned,
    {
        Self {
            endpoint,
            check: check::<R>,
        }
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
        (self.check)(request)
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

fn check<R: Documented + Validate + DeserializeOwned>(request: &Value) -> Report {
    let mut report = Report::new();
    let root = Path::root();
    let needs_repair = shape::compare(R::SHAPE, request, &root, &mut report);
    // What is sound is checked by the same code that checks typed requests. For
    // that, what is not has to be taken out or replaced.
    let repair = needs_repair.then(|| Repair::new(R::SHAPE, request));
    let sound = repair.as_ref().map_or(request, Repair::request);
    let Ok(typed) = R::deserialize(sound) else {
        return report;
    };
    let mut limits = Report::new();
    typed.check(&root, &mut limits);
    typed.advise(&root, &mut limits);
    if let Some(repair) = &repair {
        limits.retain(|pointer, rule| repair.concerns_the_original(pointer, rule));
    }
    report.append(limits);
    // A list that is too long is not looked into.
    let too_long: Vec<String> = report
        .violations()
        .iter()
        .filter(|violation| violation.rule == Rule::MaxItems)
        .map(|violation| format!("{}/", violation.pointer))
        .collect();
    if !too_long.is_empty() {
        report.retain(|pointer, _| !too_long.iter().any(|list| pointer.starts_with(list)));
    }
    report
}
