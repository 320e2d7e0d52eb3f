//! The request of a call.

use std::path::Path;

use crate::exit::Failure;
use crate::input::{MAX_REQUEST, Source, utf8};

/// The text of a request, and how a message calls it.
pub(super) struct Request {
    pub(super) name: String,
    pub(super) text: String,
}

/// Reads what `--data` names: `@FILE`, standard input (`-` or `@-`), or the text itself.
pub(super) fn read(data: &str) -> Result<Request, Failure> {
    let source = match data {
        "-" | "@-" => Source::stdin(),
        _ => match data.strip_prefix('@') {
            Some(file) => Source::open(Some(Path::new(file)))?,
            None => {
                return Ok(Request {
                    name: "--data".to_owned(),
                    text: data.to_owned(),
                });
            }
        },
    };
    let name = source.name().to_owned();
    let text = utf8(source.read_all(MAX_REQUEST)?, &name)?;
    Ok(Request { name, text })
}
