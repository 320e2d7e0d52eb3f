//! What holds for any change of the schemas, not only for those somebody thought of.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use trtc_rooms_compat::{Change, Class, Rule, Schemas, compare};

use crate::mutations::assert_places;
use crate::set::Set;

const LIVE: &str = "live/create_room.json";

#[test]
fn nothing_differs_from_itself() {
    let schemas = Set::repository().schemas();
    assert_eq!(compare(&schemas, &schemas), []);
}

#[test]
fn from_nothing_everything_is_new_and_to_nothing_everything_is_gone() {
    let schemas = Set::repository().schemas();
    let from_nothing = compare(&Schemas::default(), &schemas);
    assert!(from_nothing.iter().all(|change| change.old.is_none()));
    assert!(
        from_nothing
            .iter()
            .any(|change| change.rule == Rule::EndpointAdded)
    );
    let to_nothing = compare(&schemas, &Schemas::default());
    assert!(to_nothing.iter().all(|change| change.new.is_none()));
    assert!(
        to_nothing
            .iter()
            .any(|change| change.rule == Rule::EndpointRemoved)
    );
    // Every file is told.
    let files = |changes: &[Change]| -> Vec<String> {
        let mut files: Vec<String> = changes
            .iter()
            .map(|change| change.scope().to_owned())
            .collect();
        files.sort();
        files.dedup();
        files
    };
    let mut names = Set::repository().names();
    for name in &mut names {
        *name = name.replace(".json", "");
    }
    assert_eq!(files(&from_nothing), names);
    assert_eq!(files(&to_nothing), names);
}

#[test]
fn what_cannot_be_read_is_left_out_on_both_sides() {
    let schemas = Set::repository().schemas();
    let mut cut = schemas.clone();
    cut.mark_unreadable("common/rooms.json", "cut off");
    assert_eq!(compare(&cut, &schemas), []);
    assert_eq!(compare(&schemas, &cut), []);
}

#[test]
fn references_in_a_circle_end() {
    let circle = |name: &str| {
        let value = json!({
            "type": "object",
            "properties": { "Inner": { "$ref": format!("#/$defs/{name}") } },
            "$defs": {
                "A": { "$ref": "#/$defs/B" },
                "B": { "$ref": "#/$defs/A" },
                "List": { "type": "array", "items": { "$ref": "#/$defs/List" } },
                "Other": { "type": "array", "items": { "$ref": "#/$defs/Other" } }
            }
        });
        Schemas::read([("a/b.json", value.to_string())])
    };
    for (old, new) in [
        ("A", "B"),
        ("List", "Other"),
        ("A", "List"),
        ("List", "Gone"),
    ] {
        assert!(
            !compare(&circle(old), &circle(new)).is_empty(),
            "{old} {new}"
        );
    }
}

/// The places of all values below a value.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut below = |step: &str, value: &Value| {
        let pointer = format!("{at}/{}", step.replace('~', "~0").replace('/', "~1"));
        found.push(pointer.clone());
        pointers(value, &pointer, found);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| below(name, value)),
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                below(&index.to_string(), value);
            }
        }
        _ => {}
    }
}

/// One thing that can happen to a file.
#[derive(Clone, Debug)]
enum Edit {
    Remove,
    Replace(Value),
    Insert(&'static str, Value),
    Push(Value),
    Repeat,
    Reverse,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        Just(Edit::Remove),
        odd_value().prop_map(Edit::Replace),
        (keyword(), odd_value()).prop_map(|(name, value)| Edit::Insert(name, value)),
        odd_value().prop_map(Edit::Push),
        Just(Edit::Repeat),
        Just(Edit::Reverse),
    ]
}

fn keyword() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "$ref",
        "$defs",
        "type",
        "properties",
        "required",
        "items",
        "additionalProperties",
        "enum",
        "openEnum",
        "valueAliases",
        "maxBytes",
        "minItems",
        "minimum",
        "maximum",
        "differences",
        "sums",
        "requiredTogether",
        "atLeastOneOf",
        "limitCodes",
        "default",
        "unit",
        "appliesWhen",
        "codes",
        "regions",
        "endpoint",
        "product",
        "response",
        "quirks",
        "NewMember",
        "a/b~c",
    ])
}

fn odd_value() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(48),
        json!(1.5),
        json!(u64::MAX),
        json!(""),
        json!("string"),
        json!("object"),
        json!("#/$defs/SeatTemplate"),
        json!("../common/rooms.json#/$defs/UserId"),
        json!("#/$defs/Nothing"),
        json!([]),
        json!(["RoomId"]),
        json!([["RoomId", "RoomName"]]),
        json!([1, 1]),
        json!({}),
        json!({ "type": "string" }),
        json!({ "type": "object", "properties": {} }),
        json!({ "RoomId": { "type": "integer" } }),
        json!([{ "code": 1 }, { "code": 1 }]),
        json!([{ "of": "A", "minus": "B", "minimum": 1 }]),
    ])
}

/// Applies an edit somewhere in the set, if it makes sense there.
fn apply(set: &mut Set, file: &Index, place: &Index, edit: &Edit) {
    let name = file.get(&set.names()).clone();
    let mut found = Vec::new();
    pointers(set.file(&name), "", &mut found);
    if found.is_empty() {
        return;
    }
    let pointer = place.get(&found).clone();
    match edit {
        Edit::Remove => {
            set.remove(&name, &pointer);
        }
        Edit::Replace(value) => *set.at(&name, &pointer) = value.clone(),
        Edit::Insert(member, value) => {
            if let Value::Object(members) = set.at(&name, &pointer) {
                members.insert((*member).to_owned(), value.clone());
            }
        }
        Edit::Push(value) => {
            if let Value::Array(elements) = set.at(&name, &pointer) {
                elements.push(value.clone());
            }
        }
        Edit::Repeat => {
            if let Value::Array(elements) = set.at(&name, &pointer)
                && let Some(first) = elements.first().cloned()
            {
                elements.push(first);
            }
        }
        Edit::Reverse => {
            if let Value::Array(elements) = set.at(&name, &pointer) {
                elements.reverse();
            }
        }
    }
}

type Edits = Vec<(Index, Index, Edit)>;

fn edits() -> impl Strategy<Value = Edits> {
    vec((any::<Index>(), any::<Index>(), edit()), 1..4)
}

fn edited(set: &Set, edits: &Edits) -> Set {
    let mut set = set.clone();
    for (file, place, edit) in edits {
        apply(&mut set, file, place, edit);
    }
    set
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    /// However two sets differ, somebody is told; and places lead to what is told.
    #[test]
    fn no_difference_goes_unnoticed(before in edits(), after in edits()) {
        let seed = Set::seed();
        let old = edited(&seed, &before);
        let new = edited(&old, &after);
        let changes = compare(&old.schemas(), &new.schemas());
        // JSON objects are equal whatever the order of their members, so equal sets may
        // still differ in the order of arguments.
        if old == new {
            let is_order = |change: &Change| {
                matches!(change.rule, Rule::OrderChanged | Rule::ArgumentsReordered)
            };
            prop_assert!(changes.iter().all(is_order), "{changes:?}");
        } else {
            prop_assert!(!changes.is_empty());
        }
        for change in &changes {
            assert_places(change, &old, &new);
        }
    }

    #[test]
    fn no_set_differs_from_itself(edits in edits()) {
        let schemas = edited(&Set::seed(), &edits).schemas();
        prop_assert_eq!(compare(&schemas, &schemas), []);
    }

    /// The heaviest first, and the same list every time.
    #[test]
    fn the_order_is_stable(edits in edits()) {
        let old = Set::seed();
        let new = edited(&old, &edits);
        let changes = compare(&old.schemas(), &new.schemas());
        let classes: Vec<Class> = changes.iter().map(Change::class).collect();
        prop_assert!(classes.is_sorted_by(|left, right| left >= right));
        prop_assert_eq!(compare(&old.schemas(), &new.schemas()), changes);
    }
}

/// The one file that a limit or a rate is changed in: the others have no say in it.
fn alone() -> Set {
    let mut set = Set::seed();
    for name in set.names() {
        if name != LIVE && name != "common/rooms.json" {
            set.remove_file(&name);
        }
    }
    set
}

/// Whatever happens to a limit of a request: back again is the opposite.
#[test]
fn what_is_tightened_in_one_direction_is_loosened_in_the_other() {
    let limits = [None, Some(1), Some(2), Some(99), Some(100), Some(u32::MAX)];
    let alone = alone();
    let with = |keyword: &str, limit: Option<u32>| {
        let mut set = alone.clone();
        let pointer = "/properties/RoomInfo/properties/RoomName";
        let field = set.at(LIVE, pointer).as_object_mut().unwrap();
        field.shift_remove("maxBytes");
        if let Some(limit) = limit {
            field.insert(keyword.to_owned(), json!(limit));
        }
        set.schemas()
    };
    for keyword in ["minBytes", "maxBytes"] {
        for (old, new) in limits.iter().flat_map(|old| limits.map(|new| (*old, new))) {
            let tighter = match (old, new) {
                (old, new) if old == new => None,
                (None, Some(_)) => Some(true),
                (Some(_), None) => Some(false),
                (old, new) => Some((new < old) == (keyword == "maxBytes")),
            };
            let expected: &[Rule] = match tighter {
                None => &[],
                Some(true) => &[Rule::LimitTightened],
                Some(false) => &[Rule::LimitLoosened],
            };
            let found = rules(&with(keyword, old), &with(keyword, new));
            assert_eq!(found, expected, "{keyword}: {old:?} to {new:?}");
        }
    }
}

/// A rate is narrowed exactly if some pace that was within it is not: checked by making
/// as many calls as the old rate allows, as early as it allows them.
#[test]
fn a_rate_is_narrowed_if_a_pace_of_calls_says_so() {
    let alone = alone();
    let with = |(calls, seconds): (u64, u64)| {
        let mut set = alone.clone();
        let rate = json!({ "calls": calls, "perSeconds": seconds });
        set.set(LIVE, "/endpoint/rate", rate);
        set.schemas()
    };
    let rates: Vec<(u64, u64)> = (1..5)
        .flat_map(|calls| (1..4).map(move |s| (calls, s)))
        .collect();
    for (old, new) in rates
        .iter()
        .flat_map(|old| rates.iter().map(|new| (*old, *new)))
    {
        // A burst at the beginning of each old period.
        let calls: Vec<u64> = (0..20)
            .flat_map(|period| std::iter::repeat_n(period * old.1, usize::try_from(old.0).unwrap()))
            .collect();
        let fits = calls.iter().all(|start| {
            let window = *start..*start + new.1;
            calls.iter().filter(|call| window.contains(call)).count() as u64 <= new.0
        });
        let expected: &[Rule] = match (old == new, fits) {
            (true, _) => &[],
            (false, true) => &[Rule::RateWidened],
            (false, false) => &[Rule::RateNarrowed],
        };
        assert_eq!(
            rules(&with(old), &with(new)),
            expected,
            "{old:?} to {new:?}"
        );
    }
}

fn rules(old: &Schemas, new: &Schemas) -> Vec<Rule> {
    compare(old, new).iter().map(|change| change.rule).collect()
}
