//! Every request that is derived from a schema goes over the wire: what the schema takes
//! arrives as it was meant, what it refuses is not sent, and if it is, the answer of the
//! stub comes back typed.
//!
//! The cases are those of `agreement`, so a new endpoint gets all of this too.

use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use trtc_rooms_contract::Harness;
use trtc_rooms_contract::agreement::Subject;
use trtc_rooms_contract::http::tables::requests;
use trtc_rooms_contract::http::{Answer, Run, Stub, Target, app};
use trtc_rooms_contract::request::canonical;
use trtc_rooms_contract::strategy;

/// How many random requests of each kind an endpoint gets.
const RANDOM: u32 = 64;

async fn follows(stub: &Stub, subject: &Subject, request: &Value) -> Result<(), String> {
    let target = Target::named(&subject.name);
    let sent = canonical(&subject.request, request);
    requests::follows_the_schema(stub, target, request, &sent).await
}

/// So many derived requests are sent here, spread over all endpoints; `cargo xtask
/// contract` sends all of them, however many endpoints there are.
const SENT: usize = 4_000;

#[tokio::test]
async fn derived_requests() {
    let harness = Harness::repository().unwrap();
    let stub = Stub::start().await;
    let all = harness.subjects().iter().map(|subject| subject.cases.len());
    let step = all.sum::<usize>().div_ceil(SENT);
    for (number, subject) in harness.subjects().iter().enumerate() {
        let mut run = Run::default();
        // Not the same ones everywhere.
        for case in subject.cases.iter().skip(number % step).step_by(step) {
            let request = case.request(&subject.request);
            run.add(&case.id, follows(&stub, subject, &request).await);
        }
        run.assert(subject.cases.len() / step);
    }
}

/// Texts that are no JSON, or odd JSON: a raw call sends them as they are.
#[tokio::test]
async fn derived_texts() {
    let harness = Harness::repository().unwrap();
    let stub = Stub::start().await;
    let client = app::client(&stub.url());
    for subject in harness.subjects() {
        let target = Target::named(&subject.name);
        let mut run = Run::default();
        for case in &subject.texts {
            stub.begin(Answer::Documented).await;
            let _ = client.call_raw(target.endpoint, case.text.as_str()).await;
            let seen = stub
                .only()
                .map(|seen| seen.request.body == case.text.as_bytes());
            let outcome = match seen {
                Ok(true) => Ok(()),
                Ok(false) => Err("other bytes arrived".to_owned()),
                Err(problem) => Err(problem),
            };
            run.add(&case.id, outcome);
        }
        run.assert(50);
    }
}

#[test]
fn random_requests() {
    let harness = Harness::repository().unwrap();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let stub = runtime.block_on(Stub::start());
    for subject in harness.subjects() {
        let (node, cases) = (&subject.request, &subject.cases);
        for strategy in [strategy::valid(node), strategy::several_broken(node, cases)] {
            let result = runner().run(&strategy, |request| {
                check(&runtime, &stub, subject, &request)
            });
            result.unwrap_or_else(|failure| panic!("{}: {failure}", subject.name));
        }
        // This one also knows which rule it is.
        let one_broken = strategy::one_broken(node, cases);
        let result = runner().run(&one_broken, |(request, broken)| {
            let rules = [(broken.pointer.as_str(), broken.rule.as_str())];
            let target = Target::named(&subject.name);
            let refused = requests::refused(&stub, target, &request, &rules);
            runtime.block_on(refused).map_err(TestCaseError::fail)
        });
        result.unwrap_or_else(|failure| panic!("{}: {failure}", subject.name));
    }
}

fn check(
    runtime: &Runtime,
    stub: &Stub,
    subject: &Subject,
    request: &Value,
) -> Result<(), TestCaseError> {
    let outcome = runtime.block_on(follows(stub, subject, request));
    outcome.map_err(TestCaseError::fail)
}

fn runner() -> TestRunner {
    TestRunner::new(Config {
        cases: RANDOM,
        // The search with a seed and a file of regressions is that of `agreement`.
        failure_persistence: None,
        ..Config::default()
    })
}
