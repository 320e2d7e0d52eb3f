//! Running an entry point under watch: for panics, time and memory.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};

/// Counts what is allocated.
#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// After this time an input hangs. Most take less than a millisecond.
const PATIENCE: Duration = Duration::from_secs(20);

/// What an entry point may allocate at once: so much, and this many times its input.
/// A JSON value takes some 80 times its shortest text, and a copy is made of a list
/// that is put right.
const SPARE: usize = 24 << 20;
const TIMES: usize = 256;

/// An entry point, in a thread of its own that can be watched.
pub(crate) struct Watched {
    inputs: Sender<Vec<u8>>,
    results: Receiver<thread::Result<()>>,
    /// What is allocated is counted for the whole process, so there is one at a time.
    _alone: MutexGuard<'static, ()>,
}

impl Watched {
    pub(crate) fn new(run: fn(&[u8])) -> Self {
        static ALONE: Mutex<()> = Mutex::new(());
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let (inputs, given) = channel::<Vec<u8>>();
        let (done, results) = channel();
        thread::spawn(move || {
            // What is set up once should not count.
            run(b"");
            for input in given {
                let result = catch_unwind(AssertUnwindSafe(|| run(&input)));
                if done.send(result).is_err() {
                    break;
                }
            }
        });
        Self {
            inputs,
            results,
            _alone: alone,
        }
    }

    /// Runs it with an input, and gives the time it took.
    fn run(&self, input: &[u8]) -> Result<Duration, String> {
        HEAP.reset_peak_usage();
        let before = HEAP.current_usage();
        let started = Instant::now();
        self.inputs.send(input.to_vec()).map_err(|_| "it is gone")?;
        let result = self.results.recv_timeout(PATIENCE);
        let elapsed = started.elapsed();
        let result = result.map_err(|_| format!("no end after {PATIENCE:?}"))?;
        result.map_err(|panic| format!("a panic: {}", words(panic.as_ref())))?;
        let peak = HEAP.peak_usage().saturating_sub(before);
        if peak > SPARE + TIMES * input.len() {
            return Err(format!("{peak} bytes allocated for {}", input.len()));
        }
        Ok(elapsed)
    }

    /// The same with many, drawn from a strategy.
    pub(crate) fn run_all(&self, cases: u32, strategy: &impl Strategy<Value = Vec<u8>>) {
        let mut runner = TestRunner::new(ProptestConfig {
            cases: std::env::var("PROPTEST_CASES").map_or(cases, |cases| {
                cases.parse().expect("PROPTEST_CASES is a number")
            }),
            failure_persistence: None,
            max_shrink_time: 60_000,
            ..ProptestConfig::default()
        });
        let result = runner.run(strategy, |input| match self.run(&input) {
            Ok(_) => Ok(()),
            Err(what) => {
                let shown = input.escape_ascii();
                Err(TestCaseError::fail(format!("{what}\ninput: {shown}")))
            }
        });
        if let Err(error) = result {
            panic!("{error}");
        }
    }

    /// The same with one that is meant to be too much.
    pub(crate) fn survives(&self, name: &str, bomb: &[u8]) {
        match self.run(bomb) {
            Ok(elapsed) => println!("{name}: {} bytes, {elapsed:?}", bomb.len()),
            Err(what) => panic!("{name}: {what}"),
        }
    }
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    text.unwrap_or_else(|| "without words".to_owned())
}
