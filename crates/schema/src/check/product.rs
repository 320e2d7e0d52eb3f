use std::collections::BTreeSet;

use crate::files::{SchemaFile, SchemaSet};
use crate::problem::{Problem, join, nearest};

/// The groups of a product, and the products whose calls serve it as well. Each becomes
/// a method, so that no two of them, and no endpoint, have one name.
pub(super) fn check(set: &SchemaSet, file: &SchemaFile, problems: &mut Vec<Problem>) {
    let Some(product) = &file.document.product else {
        return;
    };
    let folder = file.parts().0;
    let mut problem = |place: String, message: String| {
        problems.push(Problem::new(&file.name, place, message));
    };
    let endpoints = || set.endpoints().filter(|other| other.parts().0 == folder);
    let mut methods: BTreeSet<&str> = endpoints().map(|endpoint| endpoint.parts().1).collect();
    for (name, group) in &product.groups {
        let place = join("/product/groups", name);
        let is_word = name
            .bytes()
            .all(|letter| matches!(letter, b'a'..=b'z' | b'_'));
        if !is_word || name.is_empty() {
            let message = "a group has a name of a-z and _: it becomes a method".to_owned();
            problem(place.clone(), message);
        }
        if group.description.trim().is_empty() {
            let message = "a `description` is missing: it becomes documentation".to_owned();
            problem(place.clone(), message);
        }
        if !methods.insert(name) {
            problem(place.clone(), format!("a call is named `{name}` as well"));
        }
    }
    for (index, other) in product.shares.iter().enumerate() {
        let place = format!("/product/shares/{index}");
        let products = set
            .files()
            .filter(|file| file.document.product.is_some())
            .map(|file| file.parts().0)
            .filter(|name| *name != folder);
        let known: Vec<&str> = products.collect();
        if !known.contains(&other.as_str()) {
            let help = nearest(other, known.iter().copied())
                .map_or_else(|| known.join(", "), str::to_owned);
            let message = format!("there is no other product `{other}`; known: {help}");
            problem(place, message);
        } else if !methods.insert(other) {
            let message = format!("a call or group is named `{other}` as well");
            problem(place, message);
        }
    }
}
