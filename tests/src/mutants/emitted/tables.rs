//! What is generated as a table: shapes, facts of a call, codes. Each entry is changed in
//! a copy, and compiled code runs by it.

use trtc_rooms_core::{
    Endpoint, ErrorClass, ErrorCode, FieldShape, ObjectShape, Payload, RetryAdvice, Shape,
};

use crate::documented::Table;

/// A changed copy of what was generated for an endpoint.
pub(super) struct Change {
    /// Where, and what: `SHAPE/RoomInfo/RoomId:required`.
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) endpoint: Endpoint,
}

/// Every change of the tables of an endpoint.
pub(super) fn changes(endpoint: &Endpoint, table: &Table) -> Vec<Change> {
    let mut changes = shapes(endpoint);
    changes.extend(facts(endpoint, table));
    changes.extend(codes(endpoint));
    changes
}

fn shapes(endpoint: &Endpoint) -> Vec<Change> {
    let variants = of_object(endpoint.request, "SHAPE");
    let changes = variants.into_iter().map(|(name, kind, request)| Change {
        name,
        kind,
        endpoint: Endpoint {
            request: leaked(request),
            ..*endpoint
        },
    });
    changes.collect()
}

/// A changed shape: where and what, which kind, and the shape.
type Variant<T> = (String, &'static str, T);

fn of_object(object: &ObjectShape, at: &str) -> Vec<Variant<ObjectShape>> {
    let mut variants = Vec::new();
    for (index, field) in object.fields.iter().enumerate() {
        let here = format!("{at}/{}", field.name);
        for (name, kind, changed) in of_field(field, &here) {
            let mut fields = object.fields.to_vec();
            fields[index] = changed;
            let fields = fields.leak();
            variants.push((name, kind, ObjectShape { fields }));
        }
    }
    variants
}

fn of_field(field: &FieldShape, at: &str) -> Vec<Variant<FieldShape>> {
    let mut variants = Vec::new();
    let mut add = |what: &str, kind: &'static str, change: &dyn Fn(&mut FieldShape)| {
        let mut changed = *field;
        change(&mut changed);
        variants.push((format!("{at}:{what}"), kind, changed));
    };
    let required = if field.required {
        "optional"
    } else {
        "required"
    };
    add(required, "required", &|it| it.required = !it.required);
    add("renamed", "name", &|it| {
        it.name = format!("{}X", it.name).leak();
    });
    add("type-code", "limit code", &|it| it.type_code += 1);
    if matches!(field.shape, Shape::Array(_) | Shape::Map(_)) {
        add("element-code", "limit code", &|it| it.element_code += 1);
    }
    for (name, kind, shape) in of_shape(&field.shape, at) {
        let changed = FieldShape { shape, ..*field };
        variants.push((name, kind, changed));
    }
    variants
}

fn of_shape(shape: &Shape, at: &str) -> Vec<Variant<Shape>> {
    let mut variants = Vec::new();
    let other = match shape {
        Shape::String => Some(Shape::Integer),
        Shape::Any => None,
        _ => Some(Shape::String),
    };
    variants.extend(other.map(|other| (format!("{at}:{}", other.type_name()), "type", other)));
    match shape {
        Shape::Object(object) => {
            let inner = of_object(object, at).into_iter();
            variants.extend(inner.map(|(name, kind, object)| {
                let object: &'static ObjectShape = leaked(object);
                (name, kind, Shape::Object(object))
            }));
        }
        Shape::Array(element) => {
            let inner = of_shape(element, &format!("{at}/*")).into_iter();
            variants.extend(inner.map(|(name, kind, it)| (name, kind, Shape::Array(leaked(it)))));
        }
        Shape::Map(element) => {
            let inner = of_shape(element, &format!("{at}/*")).into_iter();
            variants.extend(inner.map(|(name, kind, it)| (name, kind, Shape::Map(leaked(it)))));
        }
        _ => {}
    }
    variants
}

/// The facts that the page states.
fn facts(endpoint: &Endpoint, table: &Table) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut add = |what: &str, change: &dyn Fn(&mut Endpoint)| {
        let mut other = *endpoint;
        change(&mut other);
        changes.push(Change {
            name: format!("ENDPOINT/{what}"),
            kind: if what.starts_with("path") {
                "path"
            } else {
                "fact"
            },
            endpoint: other,
        });
    };
    add("path:misspelt", &|it| {
        it.path = format!("{}x", it.path).leak();
    });
    add("rate.calls:more", &|it| it.rate.calls += 1);
    add("rate.per_seconds:more", &|it| it.rate.per_seconds += 1);
    add("page.url:another", &|it| {
        it.page.url = "https://trtc.io/document/1";
    });
    if table.facts.updated.is_some() {
        add("page.updated:another", &|it| {
            it.page.updated = Some("2000-01-01");
        });
    }
    if table.facts.payload.is_some() {
        add("payload:moved", &|it| {
            it.payload = match it.payload {
                Payload::Beside => Payload::Nested,
                Payload::Nested => Payload::Beside,
            };
        });
    }
    add("repeat.safe:flipped", &|it| {
        it.repeat.safe = !it.repeat.safe;
    });
    for index in 0..endpoint.repeat.done_codes.len() {
        add(&format!("repeat.done_codes/{index}:dropped"), &|it| {
            it.repeat.done_codes = without(it.repeat.done_codes, index);
        });
    }
    for (index, region) in endpoint.regions.iter().enumerate() {
        add(&format!("regions/{region}:dropped"), &|it| {
            it.regions = without(it.regions, index);
        });
    }
    changes
}

fn codes(endpoint: &Endpoint) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut add = |name: String, kind: &'static str, codes: &'static [ErrorCode]| {
        changes.push(Change {
            name,
            kind,
            endpoint: Endpoint { codes, ..*endpoint },
        });
    };
    for (index, code) in endpoint.codes.iter().enumerate() {
        let at = format!("CODES/{}", code.code);
        let with = |change: &dyn Fn(&mut ErrorCode)| -> &'static [ErrorCode] {
            let mut codes = endpoint.codes.to_vec();
            change(&mut codes[index]);
            codes.leak()
        };
        add(
            format!("{at}:dropped"),
            "code",
            without(endpoint.codes, index),
        );
        add(
            format!("{at}:another-class"),
            "class",
            with(&|it| {
                it.class = match it.class {
                    ErrorClass::Request => ErrorClass::Server,
                    _ => ErrorClass::Request,
                };
            }),
        );
        add(
            format!("{at}:another-advice"),
            "retry",
            with(&|it| {
                it.retry = match it.retry {
                    RetryAdvice::Never => RetryAdvice::Backoff,
                    RetryAdvice::AfterSeconds(seconds) => RetryAdvice::AfterSeconds(seconds + 1),
                    _ => RetryAdvice::Never,
                };
            }),
        );
    }
    changes
}

fn without<T: Clone>(list: &'static [T], index: usize) -> &'static [T] {
    let mut list = list.to_vec();
    list.remove(index);
    list.leak()
}

/// Tables are static, and so have to be their changed copies. There are few, and the
/// process ends soon after.
fn leaked<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
