use std::time::Duration;

use thiserror::Error;

use crate::random::scattered;

/// What happens to one or more of the next calls, in place of the usual.
///
/// A script takes a call as soon as its path is known: nothing is checked, and
/// unless it says [`carried_out`](Self::carried_out), nothing is done. Of several
/// scripts, the one that was given first goes first.
///
/// ```
/// use std::time::Duration;
/// use trtc_rooms_emulator::Script;
///
/// // The next two creations fail inside the service.
/// Script::code(100_001).on("live/create_room").times(2);
/// // A room is created, but the client does not get to know.
/// Script::reset().carried_out();
/// // The gateway is down until the scripts are cleared.
/// Script::http(502, "<html>Bad Gateway</html>").for_ever();
/// // One reply in ten is late, in the same pattern each time.
/// Script::delay(Duration::from_secs(4)).for_ever().with_chance(10, 42);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a script does nothing until it is given to a service"]
pub struct Script {
    pub(crate) endpoint: Option<String>,
    /// How many more calls it takes; for ever without a number.
    calls: Option<u32>,
    chance: Option<Chance>,
    /// Whether a call is carried out that is answered with something else.
    pub(crate) carried_out: bool,
    pub(crate) delay: Duration,
    pub(crate) retry_after: Option<u32>,
    pub(crate) action: Action,
}

#[derive(Clone, Copy, Debug)]
struct Chance {
    percent: u8,
    seed: u64,
    drawn: u64,
}

#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// The call is carried out and answered as usual.
    Usual,
    /// The same, but the reply is cut in the middle of its body.
    Cut,
    /// The call is answered with something else.
    Instead(Instead),
}

/// What a call is answered with in place of the usual.
#[derive(Clone, Debug)]
pub(crate) enum Instead {
    /// An envelope with this code.
    Code { code: i32, info: Option<String> },
    /// Something that is no envelope.
    Http { status: u16, body: Vec<u8> },
    /// Nothing.
    Reset,
}

impl Script {
    fn new(action: Action) -> Self {
        Self {
            endpoint: None,
            calls: Some(1),
            chance: None,
            carried_out: false,
            delay: Duration::ZERO,
            retry_after: None,
            action,
        }
    }

    /// The service answers with this code. With 0 it looks like success.
    pub fn code(code: i32) -> Self {
        Self::new(Action::Instead(Instead::Code { code, info: None }))
    }

    /// Something on the way answers with this status, 200 to 999, and body.
    pub fn http(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self::new(Action::Instead(Instead::Http { status, body }))
    }

    /// The status is 200, and the body is not JSON.
    pub fn garbage() -> Self {
        Self::http(200, "<html>{\"ActionStatus\":")
    }

    /// The call is carried out, and the reply is late.
    pub fn delay(delay: Duration) -> Self {
        Self::new(Action::Usual).delayed(delay)
    }

    /// The call is carried out, and the connection ends in the middle of the reply.
    pub fn cut() -> Self {
        Self::new(Action::Cut)
    }

    /// The connection is reset in place of a reply.
    pub fn reset() -> Self {
        Self::new(Action::Instead(Instead::Reset))
    }

    /// Only calls to this endpoint, such as `live/create_room`. Otherwise it is
    /// every request, even one to no endpoint.
    pub fn on(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// So many calls. Otherwise it is one.
    pub fn times(mut self, calls: u32) -> Self {
        self.calls = Some(calls);
        self
    }

    /// Every call, until the scripts are cleared.
    pub fn for_ever(mut self) -> Self {
        self.calls = None;
        self
    }

    /// Only so many calls in a hundred, spread by a generator that starts with
    /// `seed`. The others go their usual way and are not counted.
    pub fn with_chance(mut self, percent: u8, seed: u64) -> Self {
        self.chance = Some(Chance {
            percent,
            seed,
            drawn: 0,
        });
        self
    }

    /// The `ErrorInfo` beside a [`code`](Self::code). Otherwise it is what the code
    /// is documented to mean.
    pub fn info(mut self, text: impl Into<String>) -> Self {
        if let Action::Instead(Instead::Code { info, .. }) = &mut self.action {
            *info = Some(text.into());
        }
        self
    }

    /// The reply takes so long, by the computer's clock.
    pub fn delayed(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// The reply has a `Retry-After` header with so many seconds.
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The call is checked and carried out as usual before its reply is replaced,
    /// so that the client is left in the dark about what was done.
    pub fn carried_out(mut self) -> Self {
        self.carried_out = true;
        self
    }

    fn takes(&mut self, endpoint: Option<&str>) -> bool {
        if self.calls == Some(0)
            || (self.endpoint.is_some() && self.endpoint.as_deref() != endpoint)
        {
            return false;
        }
        if let Some(chance) = &mut self.chance {
            chance.drawn += 1;
            let drawn = scattered(chance.seed, chance.drawn) % 100;
            if drawn >= u64::from(chance.percent) {
                return false;
            }
        }
        if let Some(calls) = &mut self.calls {
            *calls -= 1;
        }
        true
    }
}

/// A script is about an endpoint that no schema describes.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no schema describes an endpoint `{0}`")]
pub struct UnknownEndpoint(pub String);

/// Scripts in the order in which they were given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scripts(Vec<Script>);

impl Scripts {
    pub(crate) fn push(&mut self, script: Script) {
        self.0.push(script);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The script that takes a call.
    pub(crate) fn take(&mut self, endpoint: Option<&str>) -> Option<Script> {
        let index = self
            .0
            .iter_mut()
            .position(|script| script.takes(endpoint))?;
        if self.0[index].calls == Some(0) {
            return Some(self.0.remove(index));
        }
        Some(self.0[index].clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(scripts: &mut Scripts, endpoint: Option<&str>, calls: u32) -> Vec<i32> {
        let codes = (0..calls).map(
            |_| match scripts.take(endpoint).map(|script| script.action) {
                Some(Action::Instead(Instead::Code { code, .. })) => code,
                _ => 0,
            },
        );
        codes.collect()
    }

    #[test]
    fn p12_scripts_go_in_order_and_end() {
        let mut scripts = Scripts::default();
        scripts.push(Script::code(1).on("a/b").times(2));
        scripts.push(Script::code(2));
        scripts.push(Script::code(3).times(0));
        assert_eq!(codes(&mut scripts, Some("a/b"), 2), [1, 1]);
        assert_eq!(codes(&mut scripts, Some("c/d"), 2), [2, 0]);
        scripts.push(Script::code(4).on("a/b").for_ever());
        assert_eq!(codes(&mut scripts, None, 1), [0]);
        assert_eq!(codes(&mut scripts, Some("a/b"), 3), [4, 4, 4]);
        scripts.clear();
        assert_eq!(codes(&mut scripts, Some("a/b"), 1), [0]);
    }

    #[test]
    fn p12_chance_is_the_same_each_time() {
        let run = |seed| {
            let mut scripts = Scripts::default();
            scripts.push(Script::code(1).for_ever().with_chance(25, seed));
            codes(&mut scripts, None, 1_000)
        };
        assert_eq!(run(7), run(7));
        assert_ne!(run(7), run(8));
        let hits = run(7).iter().filter(|code| **code == 1).count();
        assert!((200..300).contains(&hits), "{hits}");
        let mut scripts = Scripts::default();
        scripts.push(Script::code(1).times(3).with_chance(50, 1));
        let codes = codes(&mut scripts, None, 100);
        assert_eq!(codes.iter().sum::<i32>(), 3);
    }
}
