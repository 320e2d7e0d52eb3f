//! Mutations of generated validation: one emitted check at a time, shifted or
//! dropped.
//!
//! All mutations of a file are compiled into it at once, each behind a number that
//! is switched on from outside, so that one build serves every mutation.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprMethodCall, ImplItemFn, ItemImpl, Lit, Stmt, parse_quote};

/// The methods that compare a value with one limit.
const CHECKS: &[&str] = &[
    "min_bytes",
    "max_bytes",
    "min_items",
    "max_items",
    "minimum",
    "maximum",
    "one_of",
    "min_difference",
    "max_difference",
    "max_sum",
    "required_together",
    "at_least_one_of",
];

/// One emitted check, changed.
#[derive(Clone, Debug)]
pub struct CodeMutation {
    /// The number that switches it on.
    pub number: u32,
    /// The name: `live/create_room.rs, RoomInfo: max_bytes(RoomId) dropped`.
    pub id: String,
}

/// The module that the instrumented code asks whether a mutation is on. It stands
/// in for `trtc_rooms_core::mutation` in the scratch copy only.
pub const SWITCH: &str = r#"
/// Which mutation is switched on.
#[doc(hidden)]
pub mod mutation {
    use std::sync::OnceLock;

    /// The environment variable that holds the number of the mutation.
    const VARIABLE: &str = "TRTC_ROOMS_MUTATION";

    /// Whether this mutation is switched on.
    pub fn is_on(number: u32) -> bool {
        static ON: OnceLock<u32> = OnceLock::new();
        let on = ON.get_or_init(|| {
            let text = std::env::var(VARIABLE).unwrap_or_default();
            text.parse().unwrap_or(0)
        });
        *on == number
    }

    /// What is added to a limit: 1, -1 or nothing.
    pub fn shift(up: u32, down: u32) -> i64 {
        i64::from(is_on(up)) - i64::from(is_on(down))
    }
}
"#;

/// The environment variable that switches a mutation on.
pub const VARIABLE: &str = "TRTC_ROOMS_MUTATION";

/// Puts every mutation of a generated file into it. Numbers begin after `first`.
///
/// # Errors
///
/// When the text is no Rust.
pub fn instrument(
    name: &str,
    text: &str,
    first: u32,
) -> Result<(String, Vec<CodeMutation>), syn::Error> {
    let mut file = syn::parse_file(text)?;
    let mut instrument = Instrument {
        file: name,
        ty: String::new(),
        next: first,
        mutations: Vec::new(),
    };
    instrument.visit_file_mut(&mut file);
    Ok((file.into_token_stream().to_string(), instrument.mutations))
}

struct Instrument<'a> {
    file: &'a str,
    ty: String,
    next: u32,
    mutations: Vec<CodeMutation>,
}

impl Instrument<'_> {
    fn number(&mut self, what: &str) -> u32 {
        self.next += 1;
        self.mutations.push(CodeMutation {
            number: self.next,
            id: format!("{}, {}: {what}", self.file, self.ty),
        });
        self.next
    }
}

impl VisitMut for Instrument<'_> {
    fn visit_item_impl_mut(&mut self, item: &mut ItemImpl) {
        let is_validate = item
            .trait_
            .as_ref()
            .is_some_and(|(_, path, _)| path.is_ident("Validate"));
        if is_validate {
            self.ty = item.self_ty.to_token_stream().to_string();
            visit_mut::visit_item_impl_mut(self, item);
        }
    }

    fn visit_impl_item_fn_mut(&mut self, function: &mut ImplItemFn) {
        if function.sig.ident == "check" {
            visit_mut::visit_impl_item_fn_mut(self, function);
        }
    }

    fn visit_stmt_mut(&mut self, statement: &mut Stmt) {
        visit_mut::visit_stmt_mut(self, statement);
        let Stmt::Expr(Expr::MethodCall(call), Some(_)) = statement else {
            return;
        };
        let Some(what) = what_is_checked(call) else {
            return;
        };
        let number = self.number(&format!("{what} dropped"));
        let call = call.clone();
        *statement = parse_quote! {
            if !trtc_rooms_core::mutation::is_on(#number) { #call; }
        };
    }

    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        let Some(what) = what_is_checked(call).filter(|_| call.method != "check") else {
            return visit_mut::visit_expr_method_call_mut(self, call);
        };
        let Some(last) = call.args.last_mut() else {
            return;
        };
        if call.method == "one_of" {
            let number = self.number(&format!("{what} without its first value"));
            let values = last.clone();
            *last = parse_quote!(&(#values)[usize::from(trtc_rooms_core::mutation::is_on(#number))..]);
        } else if let Some(limit) = literal(last) {
            let up = self.number(&format!("{what} +1"));
            let down = self.number(&format!("{what} -1"));
            *last = parse_quote!((#limit + trtc_rooms_core::mutation::shift(#up, #down)) as _);
        }
    }
}

/// What a call checks, if it is a check: `max_bytes(RoomId)`.
fn what_is_checked(call: &ExprMethodCall) -> Option<String> {
    let method = call.method.to_string();
    if method == "check" {
        let place = call.args.first().and_then(member)?;
        return Some(format!("everything in {place}"));
    }
    if !CHECKS.contains(&method.as_str()) {
        return None;
    }
    let place = member(&call.receiver).unwrap_or_else(|| "the object".to_owned());
    Some(format!("{method}({place})"))
}

/// The member that an expression with `at.member("..")` in it is about.
fn member(expression: &Expr) -> Option<String> {
    struct Find(Option<String>);
    impl VisitMut for Find {
        fn visit_lit_mut(&mut self, literal: &mut Lit) {
            if let Lit::Str(text) = literal {
                self.0 = Some(text.value());
            }
        }
    }
    let mut find = Find(None);
    find.visit_expr_mut(&mut expression.clone());
    find.0
}

fn literal(expression: &Expr) -> Option<TokenStream> {
    match expression {
        Expr::Lit(literal) if matches!(literal.lit, Lit::Int(_)) => {
            let limit = literal.to_token_stream();
            Some(quote!(#limit))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::instrument;

    #[test]
    fn every_check_is_shifted_and_dropped() {
        let code = r#"
            impl Validate for RoomInfo {
                fn check(&self, at: &Path<'_>, report: &mut Report) {
                    report.at(&at.member("RoomId")).max_bytes(&self.room_id, 48);
                    if let Some(mode) = &self.mode {
                        report.at(&at.member("Mode")).one_of(mode, Mode::KNOWN);
                    }
                    self.inner.check(&at.member("Inner"), report);
                }
                fn advise(&self, at: &Path<'_>, report: &mut Report) {
                    report.at(&at.member("Mode")).known_value(&self.mode);
                }
            }
        "#;
        let (text, mutations) = instrument("a.rs", code, 0).unwrap();
        let ids: Vec<&str> = mutations.iter().map(|mutation| mutation.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "a.rs, RoomInfo: max_bytes(RoomId) +1",
                "a.rs, RoomInfo: max_bytes(RoomId) -1",
                "a.rs, RoomInfo: max_bytes(RoomId) dropped",
                "a.rs, RoomInfo: one_of(Mode) without its first value",
                "a.rs, RoomInfo: one_of(Mode) dropped",
                "a.rs, RoomInfo: everything in Inner dropped",
            ]
        );
        assert_eq!(text.matches("mutation :: is_on").count(), 4);
        assert_eq!(text.matches("mutation :: shift").count(), 1);
    }
}
