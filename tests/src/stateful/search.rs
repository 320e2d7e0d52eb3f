use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};

use super::decisions::Decisions;
use super::expectation::Outcome;
use super::play::{Disagreement, Played};
use super::rig::Rig;
use super::script::Script;
use super::shorten::shorten;
use super::step::Step;
use super::strategy;
use super::world::World;

/// A search for a sequence on which model and emulator differ.
#[derive(Clone, Debug)]
pub struct Search {
    /// How many sequences are played.
    pub sequences: u32,
    /// How long they are.
    pub steps: RangeInclusive<usize>,
    /// Where they come from: the first from this seed, the others from those after it.
    pub seed: u64,
    /// What the model holds for right.
    pub decisions: Decisions,
}

/// How often each outcome of each endpoint was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All sequences.
    pub sequences: u64,
    /// All steps.
    pub steps: u64,
    /// Endpoint and outcome (`ok`, `invalid` or a code) of each call.
    pub calls: BTreeMap<(&'static str, String), u64>,
}

/// The shortest sequence found on which they differ.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The seed of the sequence.
    pub seed: u64,
    /// How many steps the sequence had that was found first.
    pub found_with: usize,
    /// The sequence.
    pub script: Script,
    /// What came of each step.
    pub outcomes: Vec<Outcome>,
    /// How they differ after the last step.
    pub disagreement: Disagreement,
}

/// Looks for a sequence on which they differ.
///
/// # Errors
///
/// The sequence, shortened.
pub fn search(rig: &Rig, search: &Search) -> Result<Coverage, Box<Finding>> {
    let mut coverage = Coverage::default();
    for index in 0..search.sequences {
        let seed = search.seed.wrapping_add(u64::from(index));
        let script = sequence(seed, search);
        let played = script.play(rig, search.decisions);
        coverage.count(&script.steps, &played);
        if played.disagreement.is_some() {
            return Err(Box::new(Finding::of(rig, search, seed, script, &played)));
        }
    }
    Ok(coverage)
}

/// The sequence of a seed. Each step is drawn in view of what there is by then.
fn sequence(seed: u64, search: &Search) -> Script {
    let mut runner = TestRunner::new(ProptestConfig {
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let beginning = (any::<bool>(), search.steps.clone());
    let (strict_rights, length) = draw(&beginning, &mut runner);
    let mut world = World::new(strict_rights, search.decisions);
    let mut steps = Vec::with_capacity(length);
    for _ in 0..length {
        let step = draw(&strategy::step(&world), &mut runner);
        world = world.apply(&step);
        steps.push(step);
    }
    Script {
        strict_rights,
        steps,
    }
}

fn draw<S: Strategy>(strategy: &S, runner: &mut TestRunner) -> S::Value {
    let tree = strategy.new_tree(runner);
    tree.expect("the strategies reject nothing").current()
}

impl Finding {
    fn of(rig: &Rig, search: &Search, seed: u64, mut found: Script, played: &Played) -> Self {
        let found_with = played.outcomes.len();
        found.steps.truncate(found_with);
        let script = shorten(found, |script| {
            let played = script.play(rig, search.decisions);
            played.disagreement.is_some()
        });
        // Before anybody is accused, it is played once more.
        let Played {
            outcomes,
            disagreement,
        } = script.play(rig, search.decisions);
        let disagreement = disagreement.unwrap_or_else(|| Disagreement {
            step: 0,
            differences: vec!["it differed, and does not any more: chance is at work".to_owned()],
        });
        Self {
            seed,
            found_with,
            script,
            outcomes,
            disagreement,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (steps, seed) = (self.script.steps.len(), self.seed);
        let plural = if steps == 1 { "" } else { "s" };
        writeln!(
            f,
            "model and emulator differ after {steps} step{plural} (found with {}, seed {seed}):",
            self.found_with
        )?;
        f.write_str(&self.script.in_words(&self.outcomes))?;
        for difference in &self.disagreement.differences {
            writeln!(f, "      {difference}")?;
        }
        writeln!(f, "the same as a script:")?;
        write!(f, "{}", self.script)
    }
}

impl Coverage {
    fn count(&mut self, steps: &[Step], played: &Played) {
        self.sequences += 1;
        self.steps += played.outcomes.len() as u64;
        for (step, outcome) in steps.iter().zip(&played.outcomes) {
            if let Step::Call(call) = step {
                let key = (call.request.endpoint(), outcome.word());
                *self.calls.entry(key).or_default() += 1;
            }
        }
    }
}

/// A table.
impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let calls: u64 = self.calls.values().sum();
        let (sequences, steps) = (self.sequences, self.steps);
        writeln!(f, "{sequences} sequences, {steps} steps, {calls} calls")?;
        for ((endpoint, outcome), count) in &self.calls {
            writeln!(f, "{endpoint:<24} {outcome:<8} {count:>8}")?;
        }
        Ok(())
    }
}
