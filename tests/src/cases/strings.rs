//! Texts: their length in bytes, and what they are made of.

use serde_json::json;
use trtc_rooms_schema::ir::LimitKind;

use super::{Cases, Surroundings, broken, sound};
use crate::request::{Node, Steps};

/// One character for each length in UTF-8.
const CHARACTERS: [(usize, char); 4] = [(1, 'a'), (2, 'é'), (3, '房'), (4, '😀')];

/// One visible character of 25 bytes: a family of four, joined by U+200D.
const FAMILY: &str = "👨\u{200d}👩\u{200d}👧\u{200d}👦";

/// More bytes than 16 bits count.
const LONG: usize = 70_000;

impl Cases<'_> {
    pub(super) fn strings(&mut self, node: &Node, at: &Steps, around: &Surroundings) {
        let (least, most) = node.sizes();
        for limit in &node.limits {
            match limit.kind {
                LimitKind::MaxBytes(limit) => self.most_bytes(limit as usize, least, at, around),
                LimitKind::MinBytes(limit) => self.fewest_bytes(limit as usize, at, around),
                _ => {}
            }
        }
        let fits = |text: &str| text.len() >= least && most.is_none_or(|most| text.len() <= most);
        for (name, text) in contents() {
            // An empty text is a matter of the limits; everything else fits any of them.
            let expect = if fits(&text) {
                sound(around)
            } else {
                super::Expect::Open
            };
            self.set(at, &format!("text/{name}"), json!(text), expect);
        }
        if most.is_none() {
            // A limit of another page is none here.
            for size in self.sizes.iter().map(|size| size + 1).chain([LONG]) {
                let text = "a".repeat(size);
                self.set(
                    at,
                    &format!("unlimited/{size}-bytes"),
                    json!(text),
                    sound(around),
                );
            }
        }
    }

    fn most_bytes(&mut self, limit: usize, least: usize, at: &Steps, around: &Surroundings) {
        let over = || broken(around, at, "maxBytes");
        for (width, character) in CHARACTERS {
            let sizes = [
                ("under", limit.saturating_sub(1)),
                ("at", limit),
                ("over", limit + 1),
            ];
            for (side, size) in sizes {
                let expect = match side {
                    "over" => over(),
                    _ if size < least => super::Expect::Open,
                    _ => sound(around),
                };
                let text = filled(size, character);
                self.set(
                    at,
                    &format!("maxBytes/{side}/{width}-byte"),
                    json!(text),
                    expect,
                );
            }
            // The last character begins inside of the limit and ends outside of it.
            for inside in 1..width.min(limit + 1) {
                let text = "a".repeat(limit - inside) + &character.to_string();
                let name = format!("maxBytes/straddling/{width}-byte-{inside}-inside");
                self.set(at, &name, json!(text), over());
            }
            // As many characters as there may be bytes.
            if width > 1 {
                let text = character.to_string().repeat(limit);
                let name = format!("maxBytes/as-many-characters/{width}-byte");
                self.set(at, &name, json!(text), over());
            }
        }
        self.visible_characters(limit, at, around);
        let long = "a".repeat(limit.max(LONG));
        self.set(at, "maxBytes/far-over/1-byte", json!(long + "a"), over());
    }

    /// Characters that people see as one, and that are several.
    fn visible_characters(&mut self, limit: usize, at: &Steps, around: &Surroundings) {
        let twins = [
            ("composed", "é"),
            ("decomposed", "e\u{301}"),
            ("joined", FAMILY),
        ];
        for (name, character) in twins {
            let mut text = character.repeat(limit / character.len());
            let at_limit = text.clone() + &"a".repeat(limit - text.len());
            self.set(
                at,
                &format!("maxBytes/at/{name}"),
                json!(at_limit),
                sound(around),
            );
            text.push_str(character);
            let expect = broken(around, at, "maxBytes");
            self.set(at, &format!("maxBytes/over/{name}"), json!(text), expect);
        }
        // A mark that belongs to the last character that fits.
        let marked = "a".repeat(limit) + "\u{301}";
        let expect = broken(around, at, "maxBytes");
        self.set(
            at,
            "maxBytes/straddling/combining-mark",
            json!(marked),
            expect,
        );
    }

    fn fewest_bytes(&mut self, limit: usize, at: &Steps, around: &Surroundings) {
        for (width, character) in CHARACTERS {
            let sizes = [
                ("under", limit.checked_sub(1)),
                ("at", Some(limit)),
                ("over", Some(limit + 1)),
            ];
            for (side, size) in sizes {
                let expect = match side {
                    "under" => broken(around, at, "minBytes"),
                    _ => sound(around),
                };
                if let Some(size) = size {
                    let text = filled(size, character);
                    self.set(
                        at,
                        &format!("minBytes/{side}/{width}-byte"),
                        json!(text),
                        expect,
                    );
                }
            }
        }
    }
}

/// A text of so many bytes, of one character as far as it goes.
fn filled(bytes: usize, character: char) -> String {
    let width = character.len_utf8();
    let text = character.to_string().repeat(bytes / width);
    text + &"a".repeat(bytes % width)
}

/// Texts that are allowed wherever their length is: no page limits what is in them.
fn contents() -> Vec<(&'static str, String)> {
    let controls: String = (1u8..0x20).chain([0x7f]).map(char::from).collect();
    [
        ("empty", ""),
        ("blank", " "),
        ("blanks-around", " a "),
        ("tab", "\ta"),
        ("wide-blank", "\u{3000}a"),
        ("no-break-blank", "\u{a0}"),
        ("nul", "a\u{0}b"),
        ("only-nul", "\u{0}"),
        ("escape-sequence", "\u{1b}[2J"),
        ("line-separator", "\u{2028}\u{2029}"),
        ("right-to-left", "\u{202e}abc"),
        ("zero-width", "a\u{200b}b"),
        ("not-a-character", "\u{ffff}"),
        ("replacement", "\u{fffd}"),
        ("composed", "é"),
        ("decomposed", "e\u{301}"),
        ("quotes", "\"\\/"),
        ("reserved-prefix", "@TGS#1"),
        ("markup", "<b>&amp;"),
        ("number", "27149"),
        ("null-as-text", "null"),
    ]
    .into_iter()
    .map(|(name, text)| (name, text.to_owned()))
    .chain([("controls", controls)])
    .collect()
}
