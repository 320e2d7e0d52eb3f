use crate::{ErrorCode, ObjectShape, find_code};

/// What the documents say about one endpoint, apart from its request and reply.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// Product and operation, such as `live/create_room`.
    pub name: &'static str,
    /// The group of the product that its method stands in, such as `rooms`.
    pub group: Option<&'static str>,
    /// The title in words, such as `Create a live room`.
    pub title: &'static str,
    /// The path of the URL without a leading slash, such as
    /// `v4/live_engine_http_srv/create_room`.
    pub path: &'static str,
    /// The documented rate of calls.
    pub rate: Rate,
    /// A name that several endpoints have in common whose calls count together against
    /// the rate.
    pub rate_shared_by: Option<&'static str>,
    /// Further documented rates, each counted over something narrower.
    pub other_rates: &'static [NarrowRate],
    /// The regions whose domains the page lists, by name.
    pub regions: &'static [&'static str],
    /// The page that this endpoint is described on.
    pub page: Page,
    /// Whether making the same call twice does harm.
    pub repeat: Repeat,
    /// Where the reply carries its data.
    pub payload: Payload,
    /// The error codes that the page lists, sorted by code.
    pub codes: &'static [ErrorCode],
    /// What could not be read on the page, so that the service may know more.
    pub incomplete: &'static [Incomplete],
    /// The documented members of the request.
    pub request: &'static ObjectShape,
    /// Whether the request or the reply has a member that must not show, such as a
    /// password or a token. Then no error repeats a part of what the service answers.
    pub has_secrets: bool,
}

impl Endpoint {
    /// An endpoint of which no more is known than where it is: not safe to repeat, at the
    /// rate that most have (200 calls a second), with its data beside the envelope.
    ///
    /// `name` stands in errors and is what calls are counted by. `path` is as in
    /// [`path`](Self::path).
    pub const fn undocumented(name: &'static str, path: &'static str) -> Self {
        Self {
            name,
            group: None,
            title: name,
            path,
            rate: Rate {
                calls: 200,
                per_seconds: 1,
            },
            rate_shared_by: None,
            other_rates: &[],
            regions: &[],
            page: Page {
                title: "",
                url: "",
                updated: None,
            },
            repeat: Repeat {
                safe: false,
                done_codes: &[],
            },
            payload: Payload::Beside,
            codes: &[],
            incomplete: &[],
            request: &ObjectShape { fields: &[] },
            has_secrets: false,
        }
    }

    /// The meaning of a code on this endpoint's own page, which wins over the
    /// common tables.
    pub fn code(&self, code: i32) -> Option<&'static ErrorCode> {
        find_code(self.codes, code)
    }
}

/// A documented rate of calls. The pages do not say what it is counted over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many calls are allowed in the period.
    pub calls: u32,
    /// The period in seconds.
    pub per_seconds: u32,
}

/// A documented rate that is counted over something narrower than the endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NarrowRate {
    /// The rate.
    pub rate: Rate,
    /// A JSON pointer into the request: calls with the same value there share the rate.
    pub counted_over: &'static str,
    /// The code that answers a call over this rate.
    pub code: i32,
}

/// A part of a page that could not be read when the schema was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incomplete {
    /// A JSON pointer into the schema file, such as `/codes`.
    pub about: &'static str,
    /// What could not be read.
    pub reason: &'static str,
}

/// A page of the vendor's documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// The vendor's title of the page.
    pub title: &'static str,
    /// Where it can be read.
    pub url: &'static str,
    /// When the vendor last changed it, as year-month-day, if the page says.
    pub updated: Option<&'static str>,
}

/// Whether making the same call twice does harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// Whether the call may be repeated when its outcome is unknown.
    pub safe: bool,
    /// Codes which, in the answer to a repeated call, say that the first one was
    /// carried out.
    pub done_codes: &'static [i32],
}

/// Where a reply carries its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload {
    /// Beside the members of the envelope.
    Beside,
    /// In an object `Response` beside the members of the envelope.
    Nested,
}
