//! Work for several threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use super::{Mutation, Outcome};

/// Judges mutations on so many threads. `judge` says who noticed; `tell` hears of each
/// outcome as it comes, on the thread of the caller. The outcomes are in order.
pub fn run<T: Sync>(
    work: &[T],
    jobs: usize,
    judge: impl Fn(&T) -> (Mutation, Option<String>) + Sync,
    mut tell: impl FnMut(&Outcome),
) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    let mut outcomes: Vec<(usize, Outcome)> = Vec::with_capacity(work.len());
    thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, work.len().max(1)) {
            let (sender, next, judge) = (sender.clone(), &next, &judge);
            scope.spawn(move || {
                while let Some((index, item)) = take(work, next) {
                    let (mutation, killed_by) = judge(item);
                    let outcome = Outcome {
                        mutation,
                        killed_by,
                    };
                    // Nobody listens any more only if the caller panics.
                    let _ = sender.send((index, outcome));
                }
            });
        }
        drop(sender);
        for (index, outcome) in receiver {
            tell(&outcome);
            outcomes.push((index, outcome));
        }
    });
    outcomes.sort_by_key(|(index, _)| *index);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

fn take<'a, T>(work: &'a [T], next: &AtomicUsize) -> Option<(usize, &'a T)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    work.get(index).map(|item| (index, item))
}
