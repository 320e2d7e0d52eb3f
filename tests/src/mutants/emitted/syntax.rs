//! Looking into generated Rust.

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprMethodCall, Lit, LitStr, Pat};

/// Whether a call is a check: of a limit, or of what is inside of a value.
pub(super) fn is_check(call: &ExprMethodCall) -> bool {
    let method = call.method.to_string();
    method == "check" || method == "advise" || begins_at_a_place(&call.receiver)
}

/// Whether an expression is `report.at(..)`, with or without a code.
fn begins_at_a_place(expression: &Expr) -> bool {
    match expression {
        Expr::MethodCall(call) if call.method == "at" => true,
        Expr::MethodCall(call) if call.method == "code" => begins_at_a_place(&call.receiver),
        _ => false,
    }
}

/// The member that a check is about, with a full stop, for the name of its site.
pub(super) fn member_of(call: &ExprMethodCall) -> String {
    let names = members(call).into_iter();
    names.map(|name| name.value() + ".").collect()
}

/// The literals in `.member("..")`, in order.
pub(super) fn members(call: &ExprMethodCall) -> Vec<LitStr> {
    let mut names = Vec::new();
    Names(&mut names).visit_expr_method_call_mut(&mut call.clone());
    names
}

/// Collects the literals in `.member("..")`.
struct Names<'a>(&'a mut Vec<LitStr>);

impl VisitMut for Names<'_> {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        if call.method == "member"
            && let Some(Expr::Lit(literal)) = call.args.first()
            && let Lit::Str(name) = &literal.lit
        {
            self.0.push(name.clone());
        }
        visit_mut::visit_expr_method_call_mut(self, call);
    }
}

/// Puts an expression in the place of the first literal in `.member("..")`.
pub(super) struct Put(pub(super) Option<Expr>);

impl VisitMut for Put {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        if call.method == "member"
            && let Some(argument @ Expr::Lit(_)) = call.args.first_mut()
            && let Some(expression) = self.0.take()
        {
            *argument = expression;
        }
        visit_mut::visit_expr_method_call_mut(self, call);
    }
}

/// A pattern with alternatives as so many patterns without; none if it has none.
pub(super) fn alternatives(pattern: &Pat) -> Vec<Pat> {
    match pattern {
        Pat::Or(any) => any.cases.iter().cloned().collect(),
        Pat::Path(_) => vec![pattern.clone()],
        Pat::Tuple(tuple) => {
            let Some(last) = tuple.elems.last() else {
                return Vec::new();
            };
            let inner = alternatives(last).into_iter().map(|case| {
                let mut tuple = tuple.clone();
                if let Some(last) = tuple.elems.last_mut() {
                    *last = case;
                }
                Pat::Tuple(tuple)
            });
            inner.collect()
        }
        Pat::TupleStruct(some) => {
            let Some(last) = some.elems.last() else {
                return Vec::new();
            };
            let inner = alternatives(last).into_iter().map(|case| {
                let mut some = some.clone();
                if let Some(last) = some.elems.last_mut() {
                    *last = case;
                }
                Pat::TupleStruct(some)
            });
            inner.collect()
        }
        _ => Vec::new(),
    }
}
