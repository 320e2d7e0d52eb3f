//! What a table says, as data.

/// What one page says about an endpoint.
#[derive(Clone, Debug)]
pub struct Table {
    /// Product and operation, such as `live/create_room`.
    pub endpoint: String,
    /// What is said about the call as a whole.
    pub facts: Facts,
    /// The request.
    pub request: Object,
    /// The error codes, in the order of the page.
    pub codes: Vec<CodeRow>,
    /// Everything that is said about requests, one thing at a time: what coverage is
    /// counted by.
    pub statements: Vec<Statement>,
}

/// What is said about the call as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The number of the page, such as `647/63401`.
    pub page: String,
    /// The date that the page carries, as year-month-day.
    pub updated: Option<String>,
    /// The path of the URL.
    pub path: String,
    /// How many calls are allowed in how many seconds.
    pub rate: (u32, u32),
    /// What the endpoints have in common whose calls count together.
    pub rate_shared_by: Option<String>,
    /// Rates that are counted over something narrower.
    pub narrow_rates: Vec<NarrowRate>,
    /// The regions whose domain the page lists.
    pub regions: Vec<String>,
    /// `beside` or `nested`; none if the reply has no data.
    pub payload: Option<String>,
    /// Whether the call may be repeated when its outcome is unknown.
    pub repeat_is_safe: bool,
    /// The codes which, in the answer to a repeated call, say that it was done.
    pub done_codes: Vec<i32>,
}

/// A rate that is counted over a member of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NarrowRate {
    /// How many calls are allowed in how many seconds.
    pub rate: (u32, u32),
    /// A JSON pointer into the request.
    pub counted_over: String,
    /// The code of a call over this rate.
    pub code: i32,
}

/// An error code that the page lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRow {
    /// The number.
    pub code: i32,
    /// The kind of failure.
    pub class: String,
    /// Whether the same call may succeed when it is made again.
    pub retry: Retry,
}

/// Whether the same call may succeed when it is made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// No.
    Never,
    /// After a pause.
    Later,
    /// After so many seconds at the earliest.
    AfterSeconds(u32),
    /// With a new ticket.
    NewTicket,
}

/// An object and the rules about several of its members.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// The members, in the order of the page.
    pub members: Vec<Member>,
    /// The rules about several of them.
    pub rules: Vec<Limit>,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name.
    pub name: String,
    /// Whether the service insists on it.
    pub required: bool,
    /// The statement that says whether it is required.
    pub presence: usize,
    /// What its value looks like.
    pub field: Field,
}

/// What a value looks like.
#[derive(Clone, Debug)]
pub struct Field {
    /// The type.
    pub ty: Type,
    /// The statement that says so.
    pub type_statement: usize,
    /// What is said about the value.
    pub limits: Vec<Limit>,
}

/// The type of a value.
#[derive(Clone, Debug)]
pub enum Type {
    /// Text.
    String,
    /// The id of an account: text, and other types have a code of their own.
    Account,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Bool,
    /// Any value.
    Any,
    /// An object.
    Object(Object),
    /// A list.
    Array(Box<Field>),
    /// An object with freely chosen names.
    Map(Box<Field>),
}

/// One thing that is said about a value.
#[derive(Clone, Debug)]
pub struct Limit {
    /// What is said.
    pub kind: LimitKind,
    /// The code of a request that breaks it.
    pub code: i32,
    /// The statement; a list of values has one for each value after it.
    pub statement: usize,
}

/// What is said about a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LimitKind {
    /// At least so many bytes.
    MinBytes(usize),
    /// At most so many bytes.
    MaxBytes(usize),
    /// At least so many elements.
    MinItems(usize),
    /// At most so many elements.
    MaxItems(usize),
    /// At least this number.
    Minimum(i64),
    /// At most this number.
    Maximum(i64),
    /// A closed list.
    Only(Vec<String>),
    /// A list that is not closed, and other spellings with what they mean.
    Among(Vec<String>, Vec<(String, String)>),
    /// At least so much more than a sibling.
    MinDifference(String, i64),
    /// At most so much more than a sibling.
    MaxDifference(String, i64),
    /// The bytes of the elements, or of a member of each, together.
    Sum(Option<String>, usize),
    /// All of these members or none.
    AllOrNone(Vec<String>),
    /// One of these members, or more.
    AtLeastOne(Vec<String>),
    /// Without effect beside other values of a sibling.
    EffectOnlyWith(String, Vec<String>),
    /// A time in Unix seconds.
    UnixSeconds,
}

/// One thing that a table says about requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The field as the table writes it.
    pub field: String,
    /// What is said about it, in the words of the table.
    pub text: String,
    /// The name of the rule, or of the hint.
    pub rule: &'static str,
    /// The line of the table.
    pub line: usize,
    /// What has to be seen of it.
    pub aspect: Aspect,
}

/// What has to be seen of a statement before it counts as checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// A request that keeps to it, and one that does not.
    BothSides,
    /// The same, and both as near to the limit as can be.
    BothSidesOfALimit,
    /// A request that makes use of it: an optional member is absent, a listed value
    /// is there.
    Allowed,
}
