use super::difference::differences;
use super::expectation::Outcome;
use super::rig::Rig;
use super::step::Step;
use super::world::World;

/// A sequence that was played, up to the first disagreement.
#[derive(Clone, Debug)]
pub struct Played {
    /// What came of each step.
    pub outcomes: Vec<Outcome>,
    /// Where the model and the emulator differ, if they do.
    pub disagreement: Option<Disagreement>,
}

/// The model and the emulator differ after a step.
#[derive(Clone, Debug)]
pub struct Disagreement {
    /// The index of the step.
    pub step: usize,
    /// The differences in words.
    pub differences: Vec<String>,
}

/// Plays a sequence.
pub(super) fn play(rig: &Rig, start: &World, steps: &[Step]) -> Played {
    rig.begin(start);
    let mut world = start.clone();
    let mut outcomes = Vec::with_capacity(steps.len());
    for (index, step) in steps.iter().enumerate() {
        world = world.apply(step);
        let observed = rig.perform(step);
        let differences = differences(&world, &observed);
        outcomes.push(observed.outcome);
        if !differences.is_empty() {
            let disagreement = Disagreement {
                step: index,
                differences,
            };
            return Played {
                outcomes,
                disagreement: Some(disagreement),
            };
        }
    }
    Played {
        outcomes,
        disagreement: None,
    }
}
