//! A short run of the soak in `examples/soak.rs`, alone in its process.

#[path = "../examples/soak.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "an example is a program of its own"
)]
mod soak;

use soak::{Plan, run};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_under_faults_are_all_accounted_for_and_leave_nothing_behind() {
    let plan = Plan {
        calls: 3_000,
        at_once: 32,
        faults_in_100: 5,
    };
    let report = run(plan).await;
    let failed: u64 = report.failed.iter().sum();
    assert_eq!(report.succeeded + failed, plan.calls, "{report:?}");
    assert_eq!(
        (report.false_successes, report.false_failures),
        (0, 0),
        "{report:?}"
    );
    assert!(report.faults > 50, "{report:?}");
    // Three attempts against a fault in twenty: one call in 8,000 fails.
    assert!(failed <= 10, "{report:?}");
    assert_eq!(report.tasks, 0, "{report:?}");
    if let Some((before, after)) = report.files {
        assert!(after <= before, "{report:?}");
    }
}
