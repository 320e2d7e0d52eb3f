//! The generated validation, the schemas and the hand-typed tables say the same.

use trtc_rooms_contract::{Options, run};

#[test]
fn the_three_oracles_agree_about_every_request() {
    let outcome = run(&Options::default()).unwrap();
    assert!(outcome.report.is_ok(), "\n{}", outcome.report.to_text());
    assert!(
        outcome.requests > 3_000,
        "only {} requests",
        outcome.requests
    );
}

#[test]
fn another_seed_draws_other_requests_and_they_agree_too() {
    let options = Options {
        seed: 20_261_126,
        cases: 300,
        ..Options::default()
    };
    let outcome = run(&options).unwrap();
    assert!(outcome.report.is_ok(), "\n{}", outcome.report.to_text());
}

#[test]
fn one_case_can_be_shown_again() {
    let case = "live/create_room/RoomInfo.RoomId/maxBytes/over/3-byte";
    let options = Options {
        case: Some(case.to_owned()),
        ..Options::default()
    };
    let outcome = run(&options).unwrap();
    insta::assert_snapshot!(
        outcome
            .shown
            .map(|shown| shown.to_string())
            .unwrap_or_default()
    );
}

#[test]
fn an_endpoint_or_case_that_does_not_exist_is_an_error() {
    let endpoint = Options {
        endpoint: Some("live/creat_room".to_owned()),
        ..Options::default()
    };
    assert!(run(&endpoint).is_err());
    let case = Options {
        case: Some("no/such/case".to_owned()),
        ..Options::default()
    };
    assert!(run(&case).is_err());
}
