//! Generated code and the schema itself, over requests that nobody thought of: they
//! find the same rules broken, at the same places, with the same codes.

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use trtc_rooms_core::Validate;

use crate::live::all_limits::AllLimitsRequest;
use crate::live::odd_names::OddNamesRequest;
use crate::strategy::{Mistakes, request};
use crate::support::{broken, by_schema, check};

/// A request as a typed caller makes it.
fn agree_on_typed<R>(endpoint: &str, request: &Value) -> Result<(), TestCaseError>
where
    R: DeserializeOwned + Serialize + Validate,
{
    let typed: R =
        R::deserialize(request).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let sent = serde_json::to_value(&typed).unwrap();
    let violations = typed.validate().err();
    prop_assert_eq!(
        broken(violations.iter().flatten()),
        by_schema(endpoint, &sent),
        "{}",
        sent
    );
    Ok(())
}

/// A request as JSON, with whatever is wrong with it.
fn agree_on_json(endpoint: &str, request: &Value) -> Result<(), TestCaseError> {
    let report = check(endpoint, request);
    prop_assert_eq!(
        broken(report.violations()),
        by_schema(endpoint, request),
        "{}",
        request
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn typed_requests(request in request("live/all_limits", Mistakes::None)) {
        agree_on_typed::<AllLimitsRequest>("live/all_limits", &request)?;
    }

    #[test]
    fn typed_requests_with_odd_names(request in request("live/odd_names", Mistakes::None)) {
        agree_on_typed::<OddNamesRequest>("live/odd_names", &request)?;
    }

    #[test]
    fn json_requests(request in request("live/all_limits", Mistakes::Some)) {
        agree_on_json("live/all_limits", &request)?;
    }

    #[test]
    fn json_requests_with_odd_names(request in request("live/odd_names", Mistakes::Some)) {
        agree_on_json("live/odd_names", &request)?;
    }
}
