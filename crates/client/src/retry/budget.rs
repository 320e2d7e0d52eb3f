use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// The tokens that a full bucket has.
const CAPACITY: u32 = 500;
/// What repeating a call costs after an answer or a failed connection.
pub(crate) const REPETITION: u32 = 5;
/// What it costs after silence: a server that does not answer is worse off than one
/// that answers with an error.
pub(crate) const AFTER_SILENCE: u32 = 10;
/// What a call brings in that succeeds at once.
const SUCCESS: u32 = 1;

/// A bucket of tokens that repetitions are paid from, so that a service in trouble
/// does not get three times the calls.
///
/// It starts full, with 500 tokens by default. A repetition takes 5, after a timeout
/// 10. A call that succeeds brings back 1, or what its last repetition cost. If the
/// tokens do not suffice, calls fail with their first error. So during an outage at
/// most 100 calls are repeated, and afterwards one in five.
///
/// Clones of a client share their bucket. Clones of the bucket are the same bucket:
/// give one to several clients of the same service with
/// [`ClientBuilder::retry_budget`](crate::ClientBuilder::retry_budget).
#[derive(Clone)]
pub struct RetryBudget {
    bucket: Arc<Bucket>,
}

struct Bucket {
    tokens: AtomicU32,
    capacity: u32,
}

impl RetryBudget {
    /// A full bucket of this size. A repetition takes 5 tokens; with 0 there is none.
    pub fn new(capacity: u32) -> Self {
        Self {
            bucket: Arc::new(Bucket {
                tokens: AtomicU32::new(capacity),
                capacity,
            }),
        }
    }

    /// How many tokens are left, to be watched.
    pub fn tokens(&self) -> u32 {
        self.bucket.tokens.load(Ordering::Relaxed)
    }

    /// Takes tokens, if there are as many.
    pub(crate) fn withdraw(&self, tokens: u32) -> Option<Withdrawal<'_>> {
        self.bucket
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(tokens)
            })
            .ok()?;
        Some(Withdrawal {
            budget: self,
            tokens,
        })
    }

    /// Pays in for a success, whose last repetition cost this much.
    pub(crate) fn reward(&self, repetition: Option<u32>) {
        self.deposit(repetition.unwrap_or(SUCCESS));
    }

    fn deposit(&self, tokens: u32) {
        let Bucket {
            tokens: left,
            capacity,
        } = &*self.bucket;
        // The usual case, without writing to what all threads share.
        if left.load(Ordering::Relaxed) == *capacity {
            return;
        }
        // The closure always gives a value, so the update cannot be turned down.
        let _ = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            Some(left.saturating_add(tokens).min(*capacity))
        });
    }
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self::new(CAPACITY)
    }
}

impl fmt::Debug for RetryBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryBudget")
            .field("tokens", &self.tokens())
            .field("capacity", &self.bucket.capacity)
            .finish()
    }
}

/// Tokens that go back into the bucket unless they are spent: a call that is dropped
/// during its pause has cost the service nothing.
#[must_use]
pub(crate) struct Withdrawal<'a> {
    budget: &'a RetryBudget,
    tokens: u32,
}

impl Withdrawal<'_> {
    /// Gives the tokens out for good, and tells how many.
    pub(crate) fn spend(mut self) -> u32 {
        std::mem::take(&mut self.tokens)
    }
}

impl Drop for Withdrawal<'_> {
    fn drop(&mut self) {
        self.budget.deposit(self.tokens);
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_bucket_gives_no_more_than_it_has() {
        let budget = RetryBudget::new(12);
        assert_eq!(budget.withdraw(5).unwrap().spend(), 5);
        assert_eq!(budget.withdraw(5).unwrap().spend(), 5);
        assert!(budget.withdraw(5).is_none());
        assert_eq!(budget.tokens(), 2);
        budget.reward(None);
        budget.reward(Some(REPETITION));
        assert_eq!(budget.tokens(), 8);
        budget.reward(Some(100));
        assert_eq!(budget.tokens(), 12, "and never holds more than fits");
    }

    #[test]
    fn what_is_not_spent_comes_back() {
        let budget = RetryBudget::new(10);
        drop(budget.withdraw(10));
        assert_eq!(budget.tokens(), 10);
    }

    #[test]
    fn threads_neither_lose_nor_make_tokens() {
        let budget = RetryBudget::new(1000);
        let spent: u32 = thread::scope(|scope| {
            let spend = || {
                (0..1000)
                    .filter_map(|_| budget.withdraw(1))
                    .map(Withdrawal::spend)
                    .sum::<u32>()
            };
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(spend)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .sum()
        });
        assert_eq!((spent, budget.tokens()), (1000, 0));
    }
}
