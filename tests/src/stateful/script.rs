use std::fmt::{self, Write as _};
use std::str::FromStr;

use serde_json::{Value, json};

use super::decisions::Decisions;
use super::expectation::Outcome;
use super::play::{Played, play};
use super::rig::Rig;
use super::step::Step;
use super::world::World;

/// A sequence as text: a line for the rights, then a line of JSON for each step. Empty
/// lines and lines that start with `#` are remarks.
///
/// ```
/// use trtc_rooms_contract::stateful::Script;
///
/// let script: Script = r#"
///     {"strict_rights":false}
///     {"found_group":{"group":"a"}}
///     {"call":{"endpoint":"live/update_room_info","request":{"RoomInfo":{"RoomId":"a"}}}}
///     {"wait":{"millis":999}}
/// "#
/// .parse()?;
/// assert_eq!(script.steps.len(), 3);
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    /// Whether only the owner and the administrators of a room may change it.
    pub strict_rights: bool,
    /// The steps.
    pub steps: Vec<Step>,
}

impl fmt::Display for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", json!({ "strict_rights": self.strict_rights }))?;
        for step in &self.steps {
            writeln!(f, "{}", step.line())?;
        }
        Ok(())
    }
}

impl FromStr for Script {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut script = Script::default();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |error: serde_json::Error| format!("line {}: {error}", index + 1);
            let value: Value = serde_json::from_str(line).map_err(wrong)?;
            match value.get("strict_rights").and_then(Value::as_bool) {
                Some(strict) => script.strict_rights = strict,
                None => script
                    .steps
                    .push(serde_json::from_value(value).map_err(wrong)?),
            }
        }
        Ok(script)
    }
}

impl Script {
    /// Plays it.
    pub fn play(&self, rig: &Rig, decisions: Decisions) -> Played {
        play(rig, &World::new(self.strict_rights, decisions), &self.steps)
    }

    /// The sequence in words, each call with what came of it.
    pub fn in_words(&self, outcomes: &[Outcome]) -> String {
        let mut text = String::new();
        if self.strict_rights {
            text.push_str("      only its owner and its administrators may change a room\n");
        }
        for (index, (step, outcome)) in self.steps.iter().zip(outcomes).enumerate() {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{:>4}. {step}", index + 1);
            if *outcome != Outcome::Silent {
                let _ = writeln!(text, "      -> {outcome}");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_reads_what_it_writes() {
        let text = concat!(
            r#"{"strict_rights":true}"#,
            "\n",
            r#"{"call":{"by":"second","checks":"off","twist":"twice","endpoint":"live/update_room_info","request":{"RoomInfo":{"RoomId":"a","Category":[]}}}}"#,
            "\n",
            r#"{"wait":{"millis":999}}"#,
            "\n",
            r#""restart""#,
            "\n",
        );
        let script: Script = text.parse().unwrap();
        assert_eq!(script.to_string(), text);
        assert!(
            "{\"wait\":{}}"
                .parse::<Script>()
                .unwrap_err()
                .starts_with("line 1")
        );
    }
}
