use std::time::Instant;

use trtc_rooms_codegen::GeneratedFile;
use trtc_rooms_schema::{SchemaSet, dialect, lower};

use crate::tree::{Change, Tree};
use crate::workspace;

/// The folders in which every file is generated.
const FOLDERS: &[&str] = &[
    "crates/client/src/generated",
    "crates/model/src/generated",
    "crates/webhooks/src/generated",
];

/// Generates everything, or says what differs.
pub(crate) fn run(check: bool) -> Result<(), String> {
    let started = Instant::now();
    let root = workspace::root();
    let set = SchemaSet::load(&root.join("schemas")).map_err(|problems| problems.to_string())?;
    let files = generate(&set)?;
    let tree = Tree::new(root, FOLDERS);
    let changes = tree.changes(&files)?;
    let counts = format!(
        "{} endpoints, {} events, {} files",
        set.endpoints().count(),
        set.events().count(),
        files.len()
    );
    if check {
        return report(&changes, &counts);
    }
    tree.write(&changes)?;
    for change in &changes {
        println!("{change}");
    }
    println!(
        "{counts}, {} changed, {} ms",
        changes.len(),
        started.elapsed().as_millis()
    );
    Ok(())
}

fn generate(set: &SchemaSet) -> Result<Vec<GeneratedFile>, String> {
    let ir = lower(set).map_err(|problems| problems.to_string())?;
    let (files, openapi) = rayon::join(
        || trtc_rooms_codegen::generate(&ir),
        || trtc_rooms_codegen::openapi(set),
    );
    let mut files = files.map_err(|error| error.to_string())?;
    files.push(openapi.map_err(|error| error.to_string())?);
    let dialect = serde_json::to_string_pretty(&dialect()).map_err(|error| error.to_string())?;
    files.push(GeneratedFile {
        path: "schemas/dialect.json".to_owned(),
        text: dialect + "\n",
    });
    Ok(files)
}

fn report(changes: &[Change], counts: &str) -> Result<(), String> {
    if changes.is_empty() {
        println!("{counts}: all up to date");
        return Ok(());
    }
    let mut message = format!("{} generated files are not up to date\n", changes.len());
    for change in changes {
        message.push_str(&change.difference());
    }
    message.push_str("run `cargo xtask codegen` and commit what it writes");
    Err(message)
}
