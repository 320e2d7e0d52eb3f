//! The generated validation, the schemas and the hand-typed tables say the same about
//! every request. (Issue 2, item 9; issue 3, items 1, 2 and 7.)

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use serde_json::Value;
use trtc_rooms_contract::agreement::{First, Subject};
use trtc_rooms_contract::cases::Expect;
use trtc_rooms_contract::oracle::{Interpreter, Oracle};
use trtc_rooms_contract::verdict::Verdict;
use trtc_rooms_contract::{Harness, Options, Outcome, strategy};
use trtc_rooms_schema::SchemaSet;

static HARNESS: LazyLock<Harness> =
    LazyLock::new(|| Harness::repository().unwrap_or_else(|problem| panic!("{problem}")));

fn subjects() -> &'static [Subject] {
    HARNESS.subjects()
}

fn run(options: &Options) -> Result<Outcome, String> {
    HARNESS.run(options, &mut |_| ())
}

fn show(case: &str, seed: u64) -> Outcome {
    let options = Options {
        case: Some(case.to_owned()),
        seed,
        ..Options::default()
    };
    run(&options).unwrap()
}

fn documented(subject: &Subject, request: &Value) -> Verdict {
    subject.table.judge(request, &mut |_| ())
}

#[test]
fn the_three_oracles_agree_about_every_request() {
    let outcome = run(&Options::default()).unwrap();
    println!("{}", outcome.report.to_text());
    assert!(outcome.report.is_ok(), "\n{}", outcome.report.to_text());
    assert!(
        outcome.requests > 3_000,
        "only {} requests",
        outcome.requests
    );
    let judged = outcome.report.rows.iter().map(|row| row.endpoint.as_str());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let schemas = SchemaSet::load(&folder).unwrap();
    let expected = schemas
        .endpoints()
        .map(|file| file.name.trim_end_matches(".json"));
    assert_eq!(judged.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
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
fn ids_are_unique() {
    let mut ids = BTreeSet::new();
    for id in subjects().iter().flat_map(ids_of) {
        assert!(ids.insert(id), "{id} stands twice");
    }
}

fn ids_of(subject: &Subject) -> impl Iterator<Item = &str> {
    let cases = subject.cases.iter().map(|case| case.id.as_str());
    cases.chain(subject.texts.iter().map(|text| text.id.as_str()))
}

/// An id such as `maxBytes/over` is a claim about the request. It has to be true.
#[test]
fn ids_do_not_lie() {
    for subject in subjects() {
        for case in &subject.cases {
            let verdict = documented(subject, &case.request(&subject.request));
            let broken: Vec<_> = verdict.broken.keys().collect();
            match &case.expect {
                Expect::Valid => assert!(verdict.is_valid(), "{}: {verdict}", case.id),
                Expect::Breaks(expected) => assert_eq!(broken, [expected], "{}", case.id),
                Expect::Open => {}
            }
        }
    }
}

/// What is found with the interpreter over changed schemas is what generated code would
/// do, as far as it does the same over those that code was generated from.
#[test]
fn the_interpreter_says_what_generated_code_says() {
    for subject in subjects() {
        let interpreter = Interpreter::new(subject.request.clone());
        for case in &subject.cases {
            let request = case.request(&subject.request);
            let judgement = subject.judge(&request, &mut |_| ());
            let (name, generated) = &judgement.opinions[0];
            assert_eq!(*name, "generated");
            if !generated.is_capped {
                assert_eq!(interpreter.judge(&request), *generated, "{}", case.id);
            }
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let harness = Harness::folder(&folder, First::Interpreter).unwrap();
    let outcome = harness.run(&Options::default(), &mut |_| ()).unwrap();
    assert!(outcome.report.is_ok(), "{}", outcome.report.to_text());
}

/// How many requests are drawn for each endpoint.
const CASES: u32 = 80;

fn each_subject(check: impl Fn(&Subject, &mut TestRunner) -> Result<(), String>) {
    for subject in subjects() {
        // The same requests in each run: `cargo xtask contract --seed` draws others.
        let mut runner = TestRunner::new(ProptestConfig {
            cases: CASES,
            rng_seed: RngSeed::Fixed(0),
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        check(subject, &mut runner).unwrap_or_else(|problem| panic!("{}: {problem}", subject.name));
    }
}

#[test]
fn valid_requests_are_valid() {
    each_subject(|subject, runner| {
        let valid = strategy::valid(&subject.request);
        let result = runner.run(&valid, |request| {
            let verdict = documented(subject, &request);
            prop_assert!(verdict.is_valid(), "{verdict}");
            Ok(())
        });
        result.map_err(|error| error.to_string())
    });
}

#[test]
fn requests_with_one_broken_rule_have_one() {
    each_subject(|subject, runner| {
        let one = strategy::one_broken(&subject.request, &subject.cases);
        let result = runner.run(&one, |(request, expected)| {
            let verdict = documented(subject, &request);
            let broken: Vec<_> = verdict.broken.keys().collect();
            prop_assert_eq!(broken, [&expected]);
            Ok(())
        });
        result.map_err(|error| error.to_string())
    });
}

#[test]
fn requests_with_several_broken_rules_mostly_have_several() {
    each_subject(|subject, runner| {
        if strategy::places(&subject.cases).len() < 2 {
            return Ok(());
        }
        let several = strategy::several_broken(&subject.request, &subject.cases);
        let counts = std::cell::RefCell::new(Vec::new());
        let result = runner.run(&several, |request| {
            counts
                .borrow_mut()
                .push(documented(subject, &request).broken.len());
            Ok(())
        });
        result.map_err(|error| error.to_string())?;
        let several = counts.borrow().iter().filter(|count| **count > 1).count();
        // What is changed besides may take the place of what was broken.
        if several * 3 < counts.borrow().len() * 2 {
            return Err(format!(
                "only {several} of {CASES} requests break several rules"
            ));
        }
        Ok(())
    });
}

#[test]
fn one_case_can_be_shown_again() {
    let outcome = show("live/create_room/RoomInfo.RoomId/maxBytes/over/3-byte", 0);
    insta::assert_snapshot!(
        outcome
            .shown
            .map(|shown| shown.to_string())
            .unwrap_or_default()
    );
}

#[test]
fn a_random_case_depends_on_its_id_and_the_seed_alone() {
    let id = "conference/create_room/random/several-broken/5";
    let request = |seed: u64| show(id, seed).shown.unwrap().request;
    assert_eq!(request(7), request(7));
    assert_ne!(request(7), request(8));
}

#[test]
fn an_endpoint_or_case_that_does_not_exist_is_an_error_with_a_hint() {
    let endpoint = Options {
        endpoint: Some("live/creat_room".to_owned()),
        ..Options::default()
    };
    let error = run(&endpoint).unwrap_err();
    assert!(error.contains("live/create_room"), "{error}");
    let case = |id: &str| {
        let options = Options {
            case: Some(id.to_owned()),
            ..Options::default()
        };
        run(&options).unwrap_err()
    };
    let error = case("live/create_room/RoomInfo.RoomId/maxBytes/ovr");
    assert!(error.contains("maxBytes/over/1-byte"), "{error}");
    assert!(case("no/such/case").contains("no endpoint"));
}
