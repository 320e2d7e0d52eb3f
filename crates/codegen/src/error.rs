use thiserror::Error;
use trtc_rooms_schema::ir::Place;

/// Why code cannot be generated from sound schemas.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CodegenError {
    /// Something in a schema has no place in Rust.
    #[error("schemas/{file}#{pointer}: {message}")]
    Unsupported {
        /// The schema file.
        file: String,
        /// A JSON pointer into it.
        pointer: String,
        /// What cannot be generated, and what to do about it.
        message: String,
    },
    /// typify refused a shape, or panicked over it.
    #[error("schemas/{file}: typify cannot make a type of this: {message}")]
    Shape {
        /// The schema file.
        file: String,
        /// What typify said.
        message: String,
    },
    /// The generated text is not Rust. This is a mistake of the generator.
    #[error("the text generated for {path} is not Rust: {source}")]
    NotRust {
        /// The generated file.
        path: String,
        /// What the parser said.
        source: syn::Error,
    },
}

impl CodegenError {
    pub(crate) fn at(place: &Place, message: impl Into<String>) -> Self {
        CodegenError::Unsupported {
            file: place.file.clone(),
            pointer: place.pointer.clone(),
            message: message.into(),
        }
    }

    pub(crate) fn in_file(file: &str, message: impl Into<String>) -> Self {
        CodegenError::Unsupported {
            file: file.to_owned(),
            pointer: String::new(),
            message: message.into(),
        }
    }
}
