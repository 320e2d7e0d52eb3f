use crate::files::SchemaFile;
use crate::problem::Problem;

/// What a file is for: its name, that it has one purpose, and the words that become
/// documentation.
pub(super) fn check(file: &SchemaFile, problems: &mut Vec<Problem>) {
    let document = &file.document;
    let mut problem = |place: &str, message: String| {
        problems.push(Problem::new(&file.name, place, message));
    };
    if !is_well_named(&file.name) {
        problem(
            "",
            "a schema file is named `folder/name.json`, of a-z, 0-9 and _, beginning with a letter"
                .to_owned(),
        );
    }
    let is_endpoint = document.endpoint.is_some();
    let is_event = document.event.is_some();
    // What each is generated from would fall into one module.
    let purposes = [
        ("endpoint", is_endpoint),
        ("event", is_event),
        ("product", document.product.is_some()),
        ("regions", !document.regions.is_empty()),
        ("codes", !is_endpoint && !document.codes.is_empty()),
        (
            "$defs",
            !is_endpoint && !is_event && !document.schema.definitions.is_empty(),
        ),
    ];
    let mut purposes = purposes.iter().filter(|(_, stands)| *stands);
    let first = purposes.next();
    if let (Some((first, _)), Some((second, _))) = (first, purposes.next()) {
        problem(
            &format!("/{second}"),
            format!("`{second}` and `{first}` belong in files of their own"),
        );
    }
    if document.product.is_some() && file.parts().1 != "product" {
        problem(
            "/product",
            "a product is described in `product.json` of its folder".to_owned(),
        );
    }
    for (keyword, stands, owners) in [
        (
            "response",
            document.response.is_some(),
            "`endpoint` or `event`",
        ),
        (
            "incomplete",
            !document.incomplete.is_empty(),
            "`endpoint` or `event`",
        ),
        (
            "counterexamples",
            !document.counterexamples.is_empty(),
            "`endpoint`",
        ),
    ] {
        let is_owner = is_endpoint || (is_event && owners.contains("event"));
        if stands && !is_owner {
            problem(
                &format!("/{keyword}"),
                format!("`{keyword}` goes with {owners}"),
            );
        }
    }
    let texts = [
        ("title", &document.schema.title),
        ("description", &document.schema.description),
    ];
    for (keyword, text) in texts {
        if first.is_some() && text.as_ref().is_none_or(|text| text.trim().is_empty()) {
            problem(
                "",
                format!("a `{keyword}` is missing: it becomes documentation"),
            );
        }
    }
}

fn is_well_named(name: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|letter: char| letter.is_ascii_lowercase())
            && word
                .bytes()
                .all(|letter| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'_'))
    };
    name.strip_suffix(".json")
        .and_then(|stem| stem.split_once('/'))
        .is_some_and(|(folder, name)| is_word(folder) && is_word(name))
}
