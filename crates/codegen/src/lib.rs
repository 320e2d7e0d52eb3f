//! Turns the intermediate representation of the schemas into Rust files.
//!
//! [`generate`] is a pure function from [`Ir`] to the texts of files: it reads and
//! writes nothing, and the same schemas give the same bytes. Shapes (which fields
//! a struct has, of which types) come from typify; limits, value lists, error
//! tables and client methods are emitted here. The module [`model`](self) tree
//! mirrors the crates that are generated into: `model`, `client` and `webhooks`.
//!
//! Start reading at [`generate`], then at `model/object.rs`.

mod client;
mod context;
mod docs;
mod error;
mod example;
mod file;
mod model;
mod names;
mod openapi;
mod parallel;
mod shapes;
mod webhooks;

use trtc_rooms_schema::ir::Ir;

use context::Context;

pub use error::CodegenError;
pub use file::GeneratedFile;
pub use openapi::openapi;

/// Generates every file, ordered by path.
///
/// # Errors
///
/// Whatever in the schemas cannot be turned into code, with its place.
pub fn generate(ir: &Ir) -> Result<Vec<GeneratedFile>, CodegenError> {
    let context = Context::new(ir)?;
    let mut files = model::files(&context)?;
    files.extend(client::files(&context)?);
    files.extend(webhooks::files(&context)?);
    files.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(files)
}
