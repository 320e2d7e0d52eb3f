use std::fmt;

use crate::query;

/// An HTTP request, as much of it as the service looks at.
///
/// No header is among that: the documents ask for none.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The method, such as `POST`. Upper and lower case are not the same.
    pub method: &'a str,
    /// The path as it stands in the request line, with its leading slash and with
    /// nothing decoded.
    pub path: &'a str,
    /// What follows the `?`, with nothing decoded; empty if nothing does.
    pub query: &'a str,
    /// The body.
    pub body: &'a [u8],
}

impl<'a> Request<'a> {
    /// A POST, which is what all calls are.
    pub const fn post(path: &'a str, query: &'a str, body: &'a [u8]) -> Self {
        Self {
            method: "POST",
            path,
            query,
            body,
        }
    }
}

/// Without the ticket.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &query::path_without_ticket(self.path))
            .field("query", &query::without_ticket(self.query))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
