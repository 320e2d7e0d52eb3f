//! Numbers and booleans.

use serde_json::{Value, json};

use super::{Cases, Expect, Surroundings, breaks, broken, sound};
use crate::request::{Node, Steps};

/// 2^63 as a float: the first whole number that 64 bits with a sign do not hold.
const TWO_TO_THE_63: f64 = 9_223_372_036_854_775_808.0;

impl Cases<'_> {
    pub(super) fn integers(&mut self, node: &Node, at: &Steps, around: &Surroundings) {
        let (least, most) = node.range();
        for (name, number) in integers(node.unix_seconds) {
            let expect = if number < least {
                broken(around, at, "minimum")
            } else if number > most {
                broken(around, at, "maximum")
            } else {
                sound(around)
            };
            self.set(at, &format!("integer/{name}"), json!(number), expect);
        }
        for (name, value) in floats() {
            self.set(at, &format!("integer/{name}"), value, Expect::Open);
        }
        for (name, value) in too_large() {
            self.set(at, &format!("integer/{name}"), value, breaks(at, "type"));
        }
        if least > i64::MIN {
            self.around(
                at,
                "minimum",
                least,
                least.checked_sub(1),
                least.checked_add(1),
                around,
            );
        }
        if most < i64::MAX {
            self.around(
                at,
                "maximum",
                most,
                most.checked_add(1),
                most.checked_sub(1),
                around,
            );
        }
    }

    fn around(
        &mut self,
        at: &Steps,
        rule: &str,
        limit: i64,
        outside: Option<i64>,
        inside: Option<i64>,
        around: &Surroundings,
    ) {
        self.set(at, &format!("{rule}/at"), json!(limit), sound(around));
        #[expect(clippy::cast_precision_loss, reason = "documented limits are small")]
        self.set(
            at,
            &format!("{rule}/at-as-float"),
            json!(limit as f64),
            sound(around),
        );
        if let Some(outside) = outside {
            self.set(
                at,
                &format!("{rule}/outside"),
                json!(outside),
                broken(around, at, rule),
            );
        }
        if let Some(inside) = inside {
            // With equal limits there is nothing inside.
            self.set(at, &format!("{rule}/inside"), json!(inside), Expect::Open);
        }
    }

    pub(super) fn numbers(&mut self, at: &Steps) {
        let numbers = [
            ("0", json!(0)),
            ("minus-1", json!(-1)),
            ("fraction", json!(1.5)),
            ("greatest-integer", json!(i64::MAX)),
            ("two-to-the-64", json!(18_446_744_073_709_551_616.0)),
            ("1e300", json!(1e300)),
            ("smallest", json!(f64::MIN_POSITIVE)),
        ];
        for (name, value) in numbers {
            self.set(at, &format!("number/{name}"), value, Expect::Valid);
        }
    }

    pub(super) fn booleans(&mut self, at: &Steps) {
        for value in [true, false] {
            self.set(at, &format!("boolean/{value}"), json!(value), Expect::Valid);
        }
    }
}

fn integers(is_time: bool) -> Vec<(&'static str, i64)> {
    let mut integers = vec![
        ("0", 0),
        ("1", 1),
        ("minus-1", -1),
        ("i32-max", i64::from(i32::MAX)),
        ("i32-max-and-1", i64::from(i32::MAX) + 1),
        ("i32-min-less-1", i64::from(i32::MIN) - 1),
        ("u32-max", i64::from(u32::MAX)),
        ("two-to-the-32", 1 << 32),
        ("two-to-the-53-less-1", (1 << 53) - 1),
        ("two-to-the-53", 1 << 53),
        ("two-to-the-53-and-1", (1 << 53) + 1),
        ("i64-max", i64::MAX),
        ("i64-min", i64::MIN),
    ];
    if is_time {
        integers.extend([
            ("seconds", 1_767_258_000),
            ("milliseconds", 1_767_258_000_000),
            ("greatest-seconds", 99_999_999_999),
            ("least-milliseconds", 100_000_000_000),
        ]);
    }
    integers
}

/// Whole numbers, written otherwise.
fn floats() -> [(&'static str, Value); 5] {
    [
        ("1-point-0", json!(1.0)),
        ("1e2", json!(1e2)),
        ("minus-0-point-0", json!(-0.0)),
        ("i64-min-as-float", json!(-TWO_TO_THE_63)),
        ("two-to-the-53-as-float", json!(9_007_199_254_740_992.0)),
    ]
}

/// What does not fit 64 bits with a sign, and what is not whole.
fn too_large() -> [(&'static str, Value); 7] {
    [
        ("two-to-the-63", json!(1u64 << 63)),
        ("u64-max", json!(u64::MAX)),
        ("two-to-the-63-as-float", json!(TWO_TO_THE_63)),
        ("two-to-the-64", json!(18_446_744_073_709_551_616.0)),
        ("1e300", json!(1e300)),
        ("minus-1e300", json!(-1e300)),
        ("smallest-fraction", json!(f64::MIN_POSITIVE)),
    ]
}
