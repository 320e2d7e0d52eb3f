//! What is generated from, reduced to plain data: references are resolved, limits
//! are listed in the order in which they are checked, names are still those of the
//! documents. Nothing here knows about Rust.

use indexmap::IndexMap;
use serde_json::Value;

use crate::document::Unit;
use crate::event::EventFacts;
use crate::facts::{Code, EndpointFacts, Group, Incomplete, RegionFacts};

/// Everything that code is generated from.
#[derive(Clone, Debug)]
pub struct Ir {
    /// The products, ordered by name.
    pub products: Vec<Product>,
    /// The endpoints, ordered by product and operation.
    pub endpoints: Vec<Endpoint>,
    /// The webhook events, ordered by name.
    pub events: Vec<Event>,
    /// Definitions that files share, one module a file.
    pub shared: Vec<Module>,
    /// Tables of error codes that are common to all endpoints.
    pub code_tables: Vec<CodeTable>,
    /// The regions of the service.
    pub regions: Vec<RegionFacts>,
    /// The file that lists the regions.
    pub regions_source: Option<Source>,
}

/// The schema file that something was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name relative to `schemas/`.
    pub file: String,
    /// The SHA-256 of its text, in hexadecimal digits.
    pub sha256: String,
}

/// A product: a group of endpoints, such as Live.
#[derive(Clone, Debug)]
pub struct Product {
    /// The folder name, such as `live`.
    pub name: String,
    /// The title, such as `Live`.
    pub title: String,
    /// What it is.
    pub description: String,
    /// The address of the vendor's overview page.
    pub page_url: String,
    /// The groups of its endpoints, by name.
    pub groups: IndexMap<String, Group>,
    /// The names of other products whose calls serve this one as well.
    pub shares: Vec<String>,
    /// Where this was read.
    pub source: Source,
}

/// An endpoint.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// The product, such as `live`.
    pub product: String,
    /// The operation, such as `create_room`.
    pub operation: String,
    /// The title, such as `Create a live room`.
    pub title: String,
    /// What the call does.
    pub description: String,
    /// Where it is called and how it behaves.
    pub facts: EndpointFacts,
    /// The codes that its page lists, ascending.
    pub codes: Vec<Code>,
    /// What could not be read on its page.
    pub incomplete: Vec<Incomplete>,
    /// Its own types; the first two are the request and the response.
    pub module: Module,
    /// The first example of a request.
    pub example: Option<Value>,
}

/// A webhook event.
#[derive(Clone, Debug)]
pub struct Event {
    /// The name, such as `live_after_create_room`.
    pub name: String,
    /// The title, such as `After a room is created`.
    pub title: String,
    /// When it is sent.
    pub description: String,
    /// How it is recognised, and what can be answered.
    pub facts: EventFacts,
    /// What could not be read on its page.
    pub incomplete: Vec<Incomplete>,
    /// Its own types; the first one is the event, the second one, if it can be answered
    /// with more than a code, the answer.
    pub module: Module,
    /// Whether the second type is the answer.
    pub has_answer: bool,
    /// The first example.
    pub example: Option<Value>,
}

/// Types that are generated into one module.
#[derive(Clone, Debug)]
pub struct Module {
    /// The path, such as `live/create_room` or `common/rooms`.
    pub path: String,
    /// What the module is about.
    pub description: String,
    /// Where it was read.
    pub source: Source,
    /// The objects, in order of appearance.
    pub objects: Vec<Object>,
    /// The lists of values, in order of appearance.
    pub value_lists: Vec<ValueList>,
}

/// An object type.
#[derive(Clone, Debug)]
pub struct Object {
    /// The type name, such as `RoomInfo`.
    pub name: String,
    /// Whether it is sent or received.
    pub role: Role,
    /// The meaning.
    pub description: String,
    /// The members, in document order.
    pub fields: Vec<Field>,
    /// Rules about several members.
    pub rules: Vec<ObjectRule>,
    /// The place of its schema.
    pub place: Place,
}

/// Whether a type is sent or received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Only in requests: mandatory members are mandatory, limits apply.
    Request,
    /// Only in replies: every member may be missing, nothing is checked.
    Response,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name on the wire.
    pub name: String,
    /// Other names under which a reply may have it.
    pub also_named: Vec<String>,
    /// The meaning.
    pub description: String,
    /// Whether the service insists on it.
    pub required: bool,
    /// The type.
    pub ty: Type,
    /// The limits, in the order in which they are checked.
    pub limits: Vec<Limit>,
    /// The code for a value of another JSON type.
    pub type_code: i32,
    /// What the service takes when the member is absent, in words.
    pub default: Option<String>,
    /// What the page states and nobody enforces, in words.
    pub recorded: Vec<String>,
    /// The condition under which it has an effect.
    pub applies_when: Option<AppliesWhen>,
    /// What the number counts.
    pub unit: Option<Unit>,
    /// Whether it never shows in debug output.
    pub secret: bool,
    /// The only value that is allowed, if there is but one.
    pub fixed: Option<String>,
    /// The place of its schema: file and JSON pointer.
    pub place: Place,
}

/// A place in a schema file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The JSON pointer.
    pub pointer: String,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// Any JSON value.
    Any,
    /// An object type.
    Object(TypeName),
    /// A list of text values.
    ValueList(TypeName),
    /// A list.
    Array(Box<Element>),
    /// An object with freely chosen names.
    Map(Box<Element>),
}

/// The elements of a list or map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// The type.
    pub ty: Type,
    /// The limits of each.
    pub limits: Vec<Limit>,
    /// The code for an element of another JSON type.
    pub type_code: i32,
}

/// The name of a generated type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeName {
    /// The module, such as `common/rooms`.
    pub module: String,
    /// The name in it.
    pub name: String,
}

/// A limit of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is limited.
    pub kind: LimitKind,
    /// The code that the service answers with.
    pub code: i32,
}

/// What a limit limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LimitKind {
    /// At least so many UTF-8 bytes.
    MinBytes(u32),
    /// At most so many UTF-8 bytes.
    MaxBytes(u32),
    /// At least so many elements.
    MinItems(u32),
    /// At most so many elements.
    MaxItems(u32),
    /// Not below.
    Minimum(i64),
    /// Not above.
    Maximum(i64),
    /// One of these values.
    OneOf {
        /// The values.
        values: Vec<String>,
        /// Whether they are fewer than the type of the member lists.
        narrowed: bool,
    },
}

/// A rule about several members of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectRule {
    /// The rule.
    pub kind: ObjectRuleKind,
    /// The code that the service answers with.
    pub code: i32,
}

/// What a rule about several members says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObjectRuleKind {
    /// One member minus another lies in a range.
    Difference {
        /// The member that is subtracted from.
        of: String,
        /// The member that is subtracted.
        minus: String,
        /// The least difference.
        minimum: Option<i64>,
        /// The greatest difference.
        maximum: Option<i64>,
    },
    /// The bytes of the elements add up to at most so many.
    Sum {
        /// The list or map.
        over: String,
        /// The text member of each element; without it, the elements are text.
        member: Option<String>,
        /// The greatest sum.
        maximum: u32,
    },
    /// All or none.
    RequiredTogether(Vec<String>),
    /// At least one.
    AtLeastOneOf(Vec<String>),
}

/// The condition under which a member has an effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliesWhen {
    /// The sibling.
    pub member: String,
    /// The values of it.
    pub values: Vec<String>,
}

/// A list of text values.
#[derive(Clone, Debug)]
pub struct ValueList {
    /// The type name, such as `TakeSeatMode`.
    pub name: String,
    /// The meaning.
    pub description: String,
    /// Whether the service refuses other values.
    pub closed: bool,
    /// The values, in document order.
    pub values: Vec<ListedValue>,
    /// The place of its schema.
    pub place: Place,
}

/// One value of a list.
#[derive(Clone, Debug)]
pub struct ListedValue {
    /// The text on the wire.
    pub text: String,
    /// The meaning.
    pub description: String,
    /// Other spellings that are read as this value.
    pub aliases: Vec<String>,
}

/// A table of error codes that is common to all endpoints.
#[derive(Clone, Debug)]
pub struct CodeTable {
    /// The module, such as `common/codes`.
    pub path: String,
    /// What the table is.
    pub description: String,
    /// Where it was read.
    pub source: Source,
    /// The codes, ascending.
    pub codes: Vec<Code>,
}
