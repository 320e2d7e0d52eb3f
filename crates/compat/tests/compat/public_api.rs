//! The classification held against what it is about: the Rust code that is generated
//! from both sets. If a change does not reach programs, every public item has to be
//! there as before; if it does, one must be missing.

use std::collections::{BTreeSet, HashMap};

use quote::ToTokens;
use syn::{Fields, ImplItem, Item, ItemImpl, Visibility};
use trtc_rooms_codegen::generate;
use trtc_rooms_compat::compare;
use trtc_rooms_schema::{SchemaSet, lower};

use crate::set::Set;
use crate::table::{Planted, table};

/// Every public item that programs can name or call, with its signature. `None` when
/// nothing can be generated from the set.
fn public_items(set: &Set, parsed: &mut Parsed) -> Option<BTreeSet<String>> {
    let set = SchemaSet::from_files(set.clone().without_examples().texts()).ok()?;
    let mut items = BTreeSet::new();
    let mut exports = Vec::new();
    for file in generate(&lower(&set).ok()?).ok()? {
        let of_file = parsed
            .entry((file.path, file.text))
            .or_insert_with_key(|(path, text)| items_of_file(path, text));
        items.extend(of_file.0.iter().cloned());
        exports.extend(of_file.1.iter().cloned());
    }
    // A type can be named in every module that re-exports it.
    for (from, name, to) in exports {
        let prefix = format!("{from}::{name} ");
        let again: Vec<String> = items
            .iter()
            .filter_map(|item| item.strip_prefix(&prefix))
            .map(|rest| format!("{to}::{name} {rest}"))
            .collect();
        items.extend(again);
    }
    Some(items)
}

/// What each generated file holds, by its path and text: a planted change leaves most
/// of them as they are.
type Parsed = HashMap<(String, String), (BTreeSet<String>, Exports)>;

fn items_of_file(path: &str, text: &str) -> (BTreeSet<String>, Exports) {
    let module = path.replace("/mod.rs", "").replace(".rs", "");
    let (mut items, mut exports) = (BTreeSet::new(), Exports::new());
    for item in syn::parse_file(text).unwrap().items {
        collect(&module, &item, &mut items, &mut exports);
    }
    (items, exports)
}

type Exports = Vec<(String, String, String)>;

fn collect(module: &str, item: &Item, items: &mut BTreeSet<String>, exports: &mut Exports) {
    let is_public = |visibility: &Visibility| matches!(visibility, Visibility::Public(_));
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let path = format!("{module}::{} ", item.ident);
            items.insert(format!("{path}struct"));
            // Deriving `Default` is something that programs use.
            for attribute in &item.attrs {
                if text(attribute).contains("Default") {
                    items.insert(format!("{path}Default"));
                }
            }
            if let Fields::Named(fields) = &item.fields {
                for field in fields.named.iter().filter(|field| is_public(&field.vis)) {
                    let name = field
                        .ident
                        .as_ref()
                        .map(ToString::to_string)
                        .unwrap_or_default();
                    items.insert(format!("{path}{name}: {}", text(&field.ty)));
                }
            }
        }
        Item::Enum(item) if is_public(&item.vis) => {
            let path = format!("{module}::{} ", item.ident);
            items.insert(format!("{path}enum"));
            for variant in &item.variants {
                items.insert(format!("{path}{}{}", variant.ident, text(&variant.fields)));
            }
        }
        Item::Const(item) if is_public(&item.vis) => {
            items.insert(format!("{module}::{} : {}", item.ident, text(&item.ty)));
        }
        Item::Static(item) if is_public(&item.vis) => {
            items.insert(format!("{module}::{} : {}", item.ident, text(&item.ty)));
        }
        Item::Mod(item) if is_public(&item.vis) => {
            items.insert(format!("{module}::{} mod", item.ident));
        }
        Item::Impl(item) => implementation(module, item, items),
        Item::Use(item) if is_public(&item.vis) => {
            let used = text(&item.tree).replace(' ', "");
            let Some((path, names)) = used.rsplit_once("::") else {
                return;
            };
            let Some(path) = path.strip_prefix("crate::generated::") else {
                return;
            };
            let from = format!("crates/model/src/generated/{}", path.replace("::", "/"));
            for name in names
                .trim_matches(['{', '}'])
                .split(',')
                .filter(|name| !name.is_empty())
            {
                exports.push((from.clone(), name.to_owned(), module.to_owned()));
            }
        }
        _ => {}
    }
}

fn implementation(module: &str, item: &ItemImpl, items: &mut BTreeSet<String>) {
    let path = format!("{module}::{} ", text(&item.self_ty).replace(" < '_ >", ""));
    if let Some((_, interface, _)) = &item.trait_ {
        items.insert(format!("{path}impl {}", text(interface)));
        return;
    }
    for member in &item.items {
        if let ImplItem::Fn(method) = member {
            items.insert(format!("{path}{}", text(&method.sig)));
        }
    }
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

/// Changes that reach both kinds of users by their class, although programs compile:
/// what they send is what changes.
const COMPILES: &[&str] = &[
    // The hand-written client reads the envelope; no type is generated from it.
    "a member of the envelope",
];

#[test]
fn programs_are_reached_exactly_when_a_public_item_is_missing() {
    let table = table();
    let mut wrong = Vec::new();
    let mut judged = 0;
    // Generating is what takes the time.
    std::thread::scope(|scope| {
        let halves = table.chunks(table.len().div_ceil(2));
        let judges: Vec<_> = halves
            .map(|half| scope.spawn(move || judge(half)))
            .collect();
        for judge in judges {
            let (count, contradictions) = judge.join().unwrap();
            judged += count;
            wrong.extend(contradictions);
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // A planted change that the dialect refuses cannot be judged here; most can.
    assert!(judged >= 150, "only {judged} were judged");
}

/// How many changes could be judged, and which contradict what is generated.
fn judge(table: &[Planted]) -> (usize, Vec<String>) {
    let mut wrong = Vec::new();
    let mut judged = 0;
    let mut parsed = Parsed::new();
    // Most sets of yesterday are the same.
    let mut known = HashMap::new();
    let mut public_items = |set: &Set| -> Option<BTreeSet<String>> {
        let texts: Vec<(String, String)> = set.texts().collect();
        let items = known
            .entry(texts)
            .or_insert_with(|| public_items(set, &mut parsed));
        items.clone()
    };
    for planted in table {
        let (old, new) = planted.sets();
        let (old, new) = Set::differing(old, new);
        let (Some(yesterday), Some(today)) = (public_items(&old), public_items(&new)) else {
            continue;
        };
        let forward = (&old, &new, yesterday.difference(&today));
        let backward = (&new, &old, today.difference(&yesterday));
        for (direction, (old, new, gone)) in [("forward", forward), ("backward", backward)] {
            judged += 1;
            let gone: Vec<&String> = gone.collect();
            let changes = compare(&old.schemas(), &new.schemas());
            let is_reached = changes
                .iter()
                .any(|change| change.rule.affected().programs());
            let name = planted.name;
            if is_reached == gone.is_empty() && !COMPILES.contains(&name) {
                let rules: Vec<&str> = changes.iter().map(|change| change.rule.id()).collect();
                wrong.push(format!("{name}, {direction}: {rules:?}, gone: {gone:#?}"));
            }
        }
    }
    (judged, wrong)
}
