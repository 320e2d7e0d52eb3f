//! The phrases in which a table states limits.

use std::str::FromStr;

use super::table::LimitKind;

/// The code of a request that breaks a limit, unless the page names another one.
pub(super) const INVALID_PARAMETER: i32 = 100_002;

/// Reads one phrase: what it says, and the code of a request that breaks it.
pub(super) fn read(phrase: &str) -> Option<(LimitKind, i32)> {
    let (phrase, code) = match phrase
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once(" ("))
    {
        Some((phrase, code)) => (phrase, code.parse().ok()?),
        None => (phrase, INVALID_PARAMETER),
    };
    let kind = [size, values, relation, others]
        .iter()
        .find_map(|read| read(phrase))?;
    Some((kind, code))
}

/// The name of the rule that a phrase states, or of the hint.
pub(super) const fn rule(kind: &LimitKind) -> &'static str {
    match kind {
        LimitKind::MinBytes(_) => "minBytes",
        LimitKind::MaxBytes(_) => "maxBytes",
        LimitKind::MinItems(_) => "minItems",
        LimitKind::MaxItems(_) => "maxItems",
        LimitKind::Minimum(_) => "minimum",
        LimitKind::Maximum(_) => "maximum",
        LimitKind::Only(_) => "enum",
        LimitKind::Among(..) => "unknownValue",
        LimitKind::MinDifference(..) => "minDifference",
        LimitKind::MaxDifference(..) => "maxDifference",
        LimitKind::Sum(..) => "maxSum",
        LimitKind::AllOrNone(_) => "requiredTogether",
        LimitKind::AtLeastOne(_) => "atLeastOneOf",
        LimitKind::EffectOnlyWith(..) => "noEffect",
        LimitKind::UnixSeconds => "milliseconds",
    }
}

fn size(phrase: &str) -> Option<LimitKind> {
    let (is_most, rest) = match phrase.strip_prefix("at most ") {
        Some(rest) => (true, rest),
        None => (false, phrase.strip_prefix("at least ")?),
    };
    let (number, unit) = rest.split_once(' ').unwrap_or((rest, ""));
    Some(match (is_most, unit) {
        (true, "bytes" | "byte") => LimitKind::MaxBytes(parse(number)?),
        (false, "bytes" | "byte") => LimitKind::MinBytes(parse(number)?),
        (true, "items" | "item") => LimitKind::MaxItems(parse(number)?),
        (false, "items" | "item") => LimitKind::MinItems(parse(number)?),
        (true, "") => LimitKind::Maximum(parse(number)?),
        (false, "") => LimitKind::Minimum(parse(number)?),
        _ => return None,
    })
}

fn values(phrase: &str) -> Option<LimitKind> {
    if let Some(list) = phrase.strip_prefix("only ") {
        return quoted(list).map(LimitKind::Only);
    }
    if let Some(list) = phrase.strip_prefix("among ") {
        return quoted(list).map(|values| LimitKind::Among(values, Vec::new()));
    }
    // Joined to the `among` before it by the caller.
    let (alias, value) = phrase.split_once(" means ")?;
    let alias = (unquote(alias)?, unquote(value)?);
    Some(LimitKind::Among(Vec::new(), vec![alias]))
}

fn relation(phrase: &str) -> Option<LimitKind> {
    if let Some(rest) = phrase.strip_prefix("minus ") {
        let (sibling, limit) = rest.split_once(' ')?;
        let sibling = sibling.to_owned();
        return match size(limit)? {
            LimitKind::Minimum(least) => Some(LimitKind::MinDifference(sibling, least)),
            LimitKind::Maximum(most) => Some(LimitKind::MaxDifference(sibling, most)),
            _ => None,
        };
    }
    let (what, most) = phrase.split_once(" add up to at most ")?;
    let member = match what {
        "bytes" => None,
        what => Some(what.strip_prefix("bytes of ")?.to_owned()),
    };
    Some(LimitKind::Sum(member, parse(most)?))
}

fn others(phrase: &str) -> Option<LimitKind> {
    if phrase == "Unix seconds" {
        return Some(LimitKind::UnixSeconds);
    }
    if let Some(names) = phrase.strip_prefix("all or none of ") {
        return Some(LimitKind::AllOrNone(
            names.split(", ").map(str::to_owned).collect(),
        ));
    }
    if let Some(names) = phrase.strip_prefix("at least one of ") {
        return Some(LimitKind::AtLeastOne(
            names.split(", ").map(str::to_owned).collect(),
        ));
    }
    let (sibling, values) = phrase.strip_prefix("effect only with ")?.split_once(' ')?;
    Some(LimitKind::EffectOnlyWith(
        sibling.to_owned(),
        quoted(values)?,
    ))
}

fn quoted(list: &str) -> Option<Vec<String>> {
    list.split(", ").map(unquote).collect()
}

fn unquote(text: &str) -> Option<String> {
    let text = text.strip_prefix('`')?.strip_suffix('`')?;
    (!text.is_empty()).then(|| text.to_owned())
}

fn parse<T: FromStr>(number: &str) -> Option<T> {
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(phrase: &str) -> Option<LimitKind> {
        read(phrase).map(|(kind, _)| kind)
    }

    #[test]
    fn phrases_mean_what_they_say() {
        let text = |text: &str| text.to_owned();
        for (phrase, expected) in [
            ("at most 48 bytes", LimitKind::MaxBytes(48)),
            ("at least 1 byte", LimitKind::MinBytes(1)),
            ("at most 3 items", LimitKind::MaxItems(3)),
            ("at most 100", LimitKind::Maximum(100)),
            ("at least -1", LimitKind::Minimum(-1)),
            ("only `Live`", LimitKind::Only(vec![text("Live")])),
            (
                "minus Start at least 300",
                LimitKind::MinDifference(text("Start"), 300),
            ),
            (
                "bytes of Value add up to at most 9",
                LimitKind::Sum(Some(text("Value")), 9),
            ),
            ("bytes add up to at most 9", LimitKind::Sum(None, 9)),
            (
                "all or none of A, B",
                LimitKind::AllOrNone(vec![text("A"), text("B")]),
            ),
            (
                "effect only with Mode `A`, `B`",
                LimitKind::EffectOnlyWith(text("Mode"), vec![text("A"), text("B")]),
            ),
        ] {
            assert_eq!(kind(phrase), Some(expected), "{phrase}");
        }
        assert_eq!(
            read("at most 50 bytes (100504)"),
            Some((LimitKind::MaxBytes(50), 100_504))
        );
    }

    #[test]
    fn what_is_not_understood_is_no_limit() {
        for phrase in [
            "",
            "at most",
            "up to 48 bytes",
            "at most 48 Bytes",
            "only Live",
            "at most x",
        ] {
            assert_eq!(read(phrase), None, "{phrase}");
        }
    }
}
