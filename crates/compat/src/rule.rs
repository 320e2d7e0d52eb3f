//! The rules by which changes are classified. This file is the table; the ids in it are
//! stable, and the classes are explained in the last column.

use std::fmt;

use serde::Serialize;

/// How much a change asks of those who use the crates. The order is that of weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Nothing: words, dates and examples.
    Patch,
    /// Nothing, but there is something new to use or to know.
    Minor,
    /// A program or a call that was right yesterday may be wrong today.
    Breaking,
}

impl Class {
    /// The classes, the heaviest first.
    pub const ALL: [Class; 3] = [Class::Breaking, Class::Minor, Class::Patch];

    /// The text form, such as `breaking`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Class::Breaking => "breaking",
            Class::Minor => "minor",
            Class::Patch => "patch",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Whom a change reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Affected {
    /// Nobody who was content yesterday.
    Nobody,
    /// Those whose Rust program uses the generated types: a public item is gone or
    /// reads otherwise.
    Programs,
    /// Those whose call was accepted: it may be refused, or means something else.
    Calls,
    /// Both.
    Both,
}

impl Affected {
    /// Whether Rust programs may stop compiling.
    pub const fn programs(self) -> bool {
        matches!(self, Affected::Programs | Affected::Both)
    }
}

macro_rules! rules {
    ($($rule:ident $id:literal $class:ident $affected:ident $reason:literal)*) => {
        /// A kind of change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $reason] $rule,)*
        }

        impl Rule {
            /// Every rule, in the order of the table.
            pub const ALL: &[Rule] = &[$(Rule::$rule),*];

            /// The stable id, such as `limit-tightened`.
            pub const fn id(self) -> &'static str {
                match self { $(Rule::$rule => $id),* }
            }

            /// How much such a change asks of users.
            pub const fn class(self) -> Class {
                match self { $(Rule::$rule => Class::$class),* }
            }

            /// Whom such a change reaches.
            pub const fn affected(self) -> Affected {
                match self { $(Rule::$rule => Affected::$affected),* }
            }

            /// Why it has this class.
            pub const fn reason(self) -> &'static str {
                match self { $(Rule::$rule => $reason),* }
            }
        }
    };
}

rules! {
    EndpointRemoved "endpoint-removed" Breaking Both
        "The method and the types of the call are gone."
    EndpointAdded "endpoint-added" Minor Nobody
        "There is a new call; nothing else moves."
    ProductRemoved "product-removed" Breaking Both
        "The handle on which the calls of the product stand is gone."
    ProductAdded "product-added" Minor Nobody
        "There is a new handle; nothing else moves."
    EventRemoved "event-removed" Breaking Programs
        "The types of the event are gone; the service may no longer send it."
    EventAdded "event-added" Minor Nobody
        "One more event is known; it was an unknown one."
    HandleRemoved "handle-removed" Breaking Programs
        "The handle on which programs found calls is gone from the product."
    HandleAdded "handle-added" Minor Nobody
        "The product has one more handle; the calls stand where they stood as well."
    MethodRegrouped "method-regrouped" Breaking Programs
        "The method is gone from the group in which programs found it."
    MethodGrouped "method-grouped" Minor Nobody
        "The method stands in a group as well, and on the product as before."
    PagingChanged "paging-changed" Breaking Both
        "`items()` is gone, has other elements, or goes from page to page by other members."
    PagingAdded "paging-added" Minor Nobody
        "`items()` goes through all pages; the call itself is as before."
    PathChanged "path-changed" Breaking Calls
        "Calls go to another URL: recorded tests, proxies and allow-lists have to follow."
    PayloadPlaceChanged "payload-place-changed" Breaking Calls
        "The data of a reply are read from another place."
    RateNarrowed "rate-narrowed" Breaking Calls
        "A pace of calls that was within the rate may be over it."
    RateWidened "rate-widened" Minor Nobody
        "Every pace of calls that was within the rate still is."
    RegionWithdrawn "region-withdrawn" Breaking Calls
        "The page no longer lists a region in which the call could be made."
    RegionOffered "region-offered" Minor Nobody
        "The call can be made in one more region."
    RepeatWithdrawn "repeat-withdrawn" Breaking Calls
        "The client no longer calls it safe to repeat the call when its outcome is unknown."
    RepeatGranted "repeat-granted" Minor Nobody
        "Failures whose outcome is unknown now count as worth a repetition."
    DoneCodeRemoved "done-code-removed" Breaking Calls
        "A code that told of a first call carried out no longer does."
    DoneCodeAdded "done-code-added" Minor Nobody
        "One more code tells that a first call was carried out."

    FieldRemoved "field-removed" Breaking Both
        "The field and its setter are gone, and the service no longer documents what callers sent."
    OptionalFieldAdded "optional-field-added" Minor Nobody
        "Structs are non-exhaustive and made by `new`, so a setter more breaks nobody."
    RequiredFieldAdded "required-field-added" Breaking Both
        "`new` takes one argument more, and a request without it is refused."
    ReplyNameRemoved "reply-name-removed" Breaking Calls
        "A name under which the service may send the member is no longer read."
    ReplyNameAdded "reply-name-added" Minor Nobody
        "The member of the reply is read under one more name."
    ReplyFieldRemoved "reply-field-removed" Breaking Both
        "The field that programs read is gone."
    ReplyFieldAdded "reply-field-added" Minor Nobody
        "Unknown members of a reply were ignored, and the struct is non-exhaustive."
    BecameRequired "became-required" Breaking Both
        "The setter becomes an argument of `new`, the field loses its `Option`, and a request without it is refused."
    BecameOptional "became-optional" Breaking Programs
        "Every request is still accepted, but an argument of `new` becomes a setter and the field an `Option`."
    ReplyBecameUncertain "reply-became-uncertain" Minor Nobody
        "Members of replies are `Option`s in any case; but this one may now be missing."
    ReplyBecameCertain "reply-became-certain" Patch Nobody
        "Members of replies are `Option`s in any case."
    ArgumentsChanged "arguments-changed" Breaking Programs
        "A member with one possible value is filled in by `new`, any other mandatory one is an argument of it."
    ArgumentsReordered "arguments-reordered" Breaking Programs
        "The arguments of `new` stand in the order of the schema: two of one type are swapped without a word of the compiler."

    TypeChanged "type-changed" Breaking Both
        "The Rust type and the JSON type are others."
    TypeRenamed "type-renamed" Breaking Programs
        "The Rust path of the type is another; requests stay the same."
    TypeMoved "type-moved" Minor Nobody
        "The type stands in another module, which the old one re-exports."
    TypeRemoved "type-removed" Breaking Programs
        "A public type is gone."
    TypeAdded "type-added" Minor Nobody
        "There is a new type."
    TypeRoleChanged "type-role-changed" Breaking Programs
        "What is sent has `new`, setters and validation; what is only received has `Option`s throughout."

    LimitTightened "limit-tightened" Breaking Calls
        "Requests that passed validation are refused before they are sent."
    LimitLoosened "limit-loosened" Minor Nobody
        "Every request that was accepted still is."
    ReplyLimitTightened "reply-limit-tightened" Patch Nobody
        "Replies are never validated, and what fitted before still fits."
    ReplyLimitLoosened "reply-limit-loosened" Minor Nobody
        "Replies are never validated, but a program that counted on the limit may get more than it has room for."
    LimitCodeChanged "limit-code-changed" Breaking Calls
        "The same mistake is reported with another code, on which programs decide."
    UnitChanged "unit-changed" Breaking Calls
        "The same number means something else."
    HintChanged "hint-changed" Minor Nobody
        "Hints refuse nothing; they are given for other requests than before."
    DefaultChanged "default-changed" Breaking Calls
        "A request that leaves the member out has another effect."
    DefaultRestated "default-restated" Minor Nobody
        "What the service takes in the absence of the member is told otherwise: it may be the same, or not."

    ValueRemoved "value-removed" Breaking Both
        "The variant is gone, and a closed list refuses the value."
    ValueAdded "value-added" Minor Nobody
        "Enums are non-exhaustive and kept the value as `Unknown`; it has a variant now."
    AliasRemoved "alias-removed" Breaking Calls
        "A spelling that was read as a known value is an unknown one."
    AliasAdded "alias-added" Minor Nobody
        "One more spelling is read as a known value."
    AliasChanged "alias-changed" Breaking Calls
        "A spelling is read as another value."
    ListClosed "list-closed" Breaking Calls
        "An unlisted value was sent with a hint and is refused."
    ListOpened "list-opened" Minor Nobody
        "An unlisted value was refused and is sent with a hint."
    ReplyListClosed "reply-list-closed" Patch Nobody
        "Replies are never validated, and unlisted values are kept in any case."

    CodeRemoved "code-removed" Breaking Calls
        "The endpoint no longer knows the code: its class, advice and meaning fall back to the common tables or are unknown."
    CodeAdded "code-added" Minor Nobody
        "A code that was unknown has a class, advice and meaning."
    CommonCodeRemoved "common-code-removed" Breaking Both
        "The constant is gone, and every endpoint without an entry of its own no longer knows the code."
    CommonCodeRenamed "common-code-renamed" Breaking Programs
        "The name of a common code is that of a constant."
    CodeRenamed "code-renamed" Minor Nobody
        "The name of an endpoint's code is a text to read, not an item of Rust."
    CodeClassChanged "code-class-changed" Breaking Calls
        "`class()` answers otherwise, and programs decide on it."
    CodeRetryChanged "code-retry-changed" Breaking Calls
        "`is_retryable()` answers otherwise, and programs decide on it."
    CodePauseChanged "code-pause-changed" Minor Nobody
        "The advice is the same, after another pause."

    RegionRemoved "region-removed" Breaking Both
        "The variant of `Region` is gone."
    RegionAdded "region-added" Minor Nobody
        "`Region` is non-exhaustive; it has a variant more."
    HostChanged "host-changed" Breaking Calls
        "Calls go to another host: proxies and allow-lists have to follow."
    BackupHostAdded "backup-host-added" Minor Nobody
        "A backup host is used only when asked for."

    Unclassified "unclassified" Breaking Both
        "No rule knows this change, so a person has to judge it; until a rule does, it counts as breaking."

    DefinitionRemoved "definition-removed" Patch Nobody
        "No Rust type is made of this definition."
    DefinitionAdded "definition-added" Patch Nobody
        "No Rust type is made of this definition."
    PageChanged "page-changed" Patch Nobody
        "Title, address or date of the page that is followed."
    DocumentationChanged "documentation-changed" Patch Nobody
        "Words that become documentation, or a remark for maintainers."
    QuirksChanged "quirks-changed" Patch Nobody
        "A contradiction in the documents is told otherwise; what was decided shows in other changes."
    ExamplesChanged "examples-changed" Patch Nobody
        "Examples and counterexamples."
    OrderChanged "order-changed" Patch Nobody
        "The same things in another order: nothing is refused, and everything compiles."
    Restated "restated" Patch Nobody
        "It is written otherwise and means the same."
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_unique_and_in_kebab_case() {
        let ids: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        assert_eq!(ids.len(), Rule::ALL.len());
        for id in ids {
            let is_kebab = |letter: char| letter.is_ascii_lowercase() || letter == '-';
            assert!(id.chars().all(is_kebab), "{id}");
        }
    }

    #[test]
    fn exactly_what_is_breaking_reaches_somebody() {
        for rule in Rule::ALL {
            let reaches = rule.affected() != Affected::Nobody;
            assert_eq!(reaches, rule.class() == Class::Breaking, "{rule}");
        }
    }
}
