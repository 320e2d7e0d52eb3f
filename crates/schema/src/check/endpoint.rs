use super::{codes, duplicate, nearest};
use crate::document::{JsonType, Schema};
use crate::facts::EndpointFacts;
use crate::files::{SchemaFile, SchemaSet};
use crate::problem::Problem;
use crate::reference::Located;

/// What the file of an endpoint needs, and what its facts name.
pub(super) fn check(set: &SchemaSet, file: &SchemaFile, problems: &mut Vec<Problem>) {
    let Some(endpoint) = &file.document.endpoint else {
        return;
    };
    let mut problem = |place: &str, message: String| {
        problems.push(Problem::new(&file.name, place, message));
    };
    let (product, operation) = file.parts();
    if !endpoint.path.ends_with(&format!("/{operation}")) {
        let message = format!("the file is named `{operation}.json`, the path ends otherwise");
        problem("/endpoint/path", message);
    }
    let is_described = set
        .file(&format!("{product}/product.json"))
        .is_some_and(|file| file.document.product.is_some());
    if !is_described {
        problem(
            "",
            format!("schemas/{product}/product.json is missing: it describes the product"),
        );
    }
    if file.document.schema.json_type != Some(JsonType::Object) {
        problem(
            "",
            "a request is an object: add `\"type\": \"object\"`".to_owned(),
        );
    }
    match &file.document.response {
        None => problem(
            "",
            "an endpoint needs a `response`, if only an empty object".to_owned(),
        ),
        Some(response) if response.json_type != Some(JsonType::Object) => problem(
            "/response",
            "a response is an object: add `\"type\": \"object\"`".to_owned(),
        ),
        Some(_) => {}
    }
    regions(set, endpoint, &mut problem);
    group(set, product, endpoint, &mut problem);
    list(set, file, endpoint, &mut problem);
    for (index, rate) in endpoint.other_rates.iter().enumerate() {
        if !has_member(set, file, &rate.counted_over) {
            problem(
                &format!("/endpoint/otherRates/{index}/countedOver"),
                format!("the request has no member at `{}`", rate.counted_over),
            );
        }
        if !codes::is_known(set, file, rate.code) {
            problem(
                &format!("/endpoint/otherRates/{index}/code"),
                format!("code {} is in no table", rate.code),
            );
        }
    }
    for (index, code) in endpoint.repeat.done_codes.iter().enumerate() {
        if !codes::is_known(set, file, *code) {
            problem(
                &format!("/endpoint/repeat/doneCodes/{index}"),
                format!("code {code} is in no table"),
            );
        }
    }
}

/// Where a product has groups, each of its endpoints stands in one.
fn group(
    set: &SchemaSet,
    product: &str,
    endpoint: &EndpointFacts,
    problem: &mut impl FnMut(&str, String),
) {
    let file = set.file(&format!("{product}/product.json"));
    let Some(product) = file.and_then(|file| file.document.product.as_ref()) else {
        return;
    };
    let known = product.groups.keys().map(String::as_str);
    match &endpoint.group {
        None if product.groups.is_empty() => {}
        None => {
            let known: Vec<&str> = known.collect();
            let message = format!("`group` is missing, one of {}", known.join(", "));
            problem("/endpoint", message);
        }
        Some(group) if !product.groups.contains_key(group) => {
            let help = nearest(group, known).map_or_else(
                || "add it to `groups` of product.json".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("the product has no group `{group}`; {help}");
            problem("/endpoint/group", message);
        }
        Some(_) => {}
    }
}

/// A list is made of members that are there, and the mark fits into the request.
fn list(
    set: &SchemaSet,
    file: &SchemaFile,
    endpoint: &EndpointFacts,
    problem: &mut impl FnMut(&str, String),
) {
    let Some(list) = &endpoint.list else {
        return;
    };
    let json_type = |schema: Option<&Schema>, name: &str| {
        let schema = Located::new(file, schema?).meant(set).schema;
        let member = Located::new(file, schema.properties.get(name)?);
        member.meant(set).schema.json_type
    };
    let response = file.document.response.as_ref();
    let items = json_type(response, &list.items);
    if items != Some(JsonType::Array) {
        let message = format!("the response has no list `{}`", list.items);
        problem("/endpoint/list/items", message);
    }
    let mark = json_type(response, &list.mark);
    if !matches!(mark, Some(JsonType::String | JsonType::Integer)) {
        let message = format!("the response has no text or integer `{}`", list.mark);
        problem("/endpoint/list/mark", message);
    }
    let next = json_type(Some(&file.document.schema), &list.next);
    if next != mark {
        let message = format!("the request has no member `{}` of that type", list.next);
        problem("/endpoint/list/next", message);
    }
}

fn regions(set: &SchemaSet, endpoint: &EndpointFacts, problem: &mut impl FnMut(&str, String)) {
    let known: Vec<&str> = set
        .files()
        .flat_map(|file| &file.document.regions)
        .map(|region| region.name.as_str())
        .collect();
    for (index, region) in endpoint.regions.iter().enumerate() {
        if !known.contains(&region.as_str()) {
            let known = nearest(region, known.iter().copied())
                .map_or_else(|| known.join(", "), str::to_owned);
            problem(
                &format!("/endpoint/regions/{index}"),
                format!("there is no region `{region}`; known: {known}"),
            );
        }
    }
    if let Some(region) = duplicate(&endpoint.regions) {
        problem(
            "/endpoint/regions",
            format!("the region `{region}` stands twice"),
        );
    }
}

/// Whether the request of an endpoint has a member at a JSON pointer.
fn has_member(set: &SchemaSet, file: &SchemaFile, pointer: &str) -> bool {
    let mut here = Located::new(file, &file.document.schema);
    for name in pointer.split('/').skip(1) {
        let name = name.replace("~1", "/").replace("~0", "~");
        here = here.meant(set);
        match here.schema.properties.get(&name) {
            Some(property) => here.schema = property,
            None => return false,
        }
    }
    pointer.starts_with('/')
}
