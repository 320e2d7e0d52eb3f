//! Puts a switch into each check of generated code.
//!
//! The text that comes out says the same as the text that goes in, as long as no switch
//! is thrown. Only what the generator emits is understood: `impl Validate`, and the
//! spellings in `impl OpenEnum` and `impl From<&str>`.

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{
    Arm, Block, Expr, ExprIf, ExprLet, ExprMatch, ExprMethodCall, File, ImplItem, Item, ItemImpl,
    Lit, Pat, Stmt, parse_quote,
};

use super::{Site, SiteKind};

/// The module that is asked, as instrumented code names it.
fn switch() -> syn::Path {
    parse_quote!(::trtc_rooms_contract::mutants::switch)
}

/// Instruments a generated file. Sites are numbered on from those that are there.
///
/// # Errors
///
/// When the text is no Rust.
pub fn instrument(name: &str, text: &str, sites: &mut Vec<Site>) -> Result<String, syn::Error> {
    let mut file: File = syn::parse_str(text)?;
    let open = open_lists(&file);
    for item in &mut file.items {
        let Item::Impl(implementation) = item else {
            continue;
        };
        let (Some(of), ty) = (trait_of(implementation), name_of(implementation)) else {
            continue;
        };
        match of.as_str() {
            "Validate" => each_function(implementation, |function, block| {
                let mut checks = Checks::new(format!("{name}/{ty}.{function}"), sites);
                checks.visit_block_mut(block);
            }),
            "OpenEnum" => each_function(implementation, |function, block| {
                if function == "as_str" {
                    spellings(&format!("{name}/{ty}.as_str"), block, sites);
                }
            }),
            // Nothing about a closed list depends on how its values are read: they are
            // compared as texts.
            "From" if open.contains(&ty) => each_function(implementation, |_, block| {
                readings(&format!("{name}/{ty}.from"), block, sites);
            }),
            _ => {}
        }
    }
    Ok(file.into_token_stream().to_string())
}

fn trait_of(implementation: &ItemImpl) -> Option<String> {
    let (_, path, _) = implementation.trait_.as_ref()?;
    Some(path.segments.last()?.ident.to_string())
}

fn name_of(implementation: &ItemImpl) -> String {
    implementation.self_ty.to_token_stream().to_string()
}

fn each_function(implementation: &mut ItemImpl, mut act: impl FnMut(&str, &mut Block)) {
    for item in &mut implementation.items {
        if let ImplItem::Fn(function) = item {
            let name = function.sig.ident.to_string();
            act(&name, &mut function.block);
        }
    }
}

/// The lists of values of which a hint says that a value is unknown.
fn open_lists(file: &File) -> BTreeSet<String> {
    let mut fields: BTreeMap<(String, String), String> = BTreeMap::new();
    for item in &file.items {
        if let Item::Struct(item) = item {
            for field in &item.fields {
                let ident = field.ident.as_ref().map(ToString::to_string);
                let ty = field.ty.to_token_stream().to_string();
                // `Option < SeatTemplate >`: the last name is that of the list.
                let words = ty.split(|letter: char| !letter.is_alphanumeric());
                let list = words.filter(|word| !word.is_empty()).next_back();
                fields.insert(
                    (item.ident.to_string(), ident.unwrap_or_default()),
                    list.unwrap_or_default().to_owned(),
                );
            }
        }
    }
    let mut open = BTreeSet::new();
    for item in &file.items {
        let Item::Impl(implementation) = item else {
            continue;
        };
        let text = implementation.to_token_stream().to_string();
        for part in text.split("known_value (").skip(1) {
            let argument = part.split(')').next().unwrap_or_default();
            let field = argument.rsplit(['.', '&']).next().unwrap_or_default();
            let key = (name_of(implementation), field.trim().to_owned());
            open.extend(fields.get(&key).cloned());
        }
    }
    open
}

/// The statements of one function of `impl Validate`.
struct Checks<'a> {
    name: String,
    sites: &'a mut Vec<Site>,
    used: BTreeMap<String, usize>,
}

impl<'a> Checks<'a> {
    fn new(name: String, sites: &'a mut Vec<Site>) -> Self {
        Self {
            name,
            sites,
            used: BTreeMap::new(),
        }
    }

    fn site(&mut self, what: &str, kind: SiteKind) -> usize {
        let name = format!("{}/{what}", self.name);
        let count = self.used.entry(name.clone()).or_default();
        *count += 1;
        let name = match *count {
            1 => name,
            count => format!("{name}-{count}"),
        };
        self.sites.push(Site { name, kind });
        self.sites.len() - 1
    }

    /// Instruments the calls of one check, and gives the site of the check as a whole.
    fn check(&mut self, call: &mut ExprMethodCall) -> usize {
        let method = call.method.to_string();
        let what = format!("{}{method}", member_of(call));
        let is_hint = ["known_value", "unix_seconds", "no_effect"].contains(&method.as_str());
        let is_inner = method == "advise";
        let kind = match is_hint || is_inner {
            true => SiteKind::Hint,
            false => SiteKind::Check,
        };
        let whole = self.site(&what, kind);
        self.arguments(&method, &what, call);
        if !is_hint && method != "check" && !is_inner {
            self.code(&what, &mut call.receiver);
        }
        // Of `self.inner.check(&at.member("Inner"), report)` the place is an argument.
        self.names(&what, call);
        whole
    }

    fn arguments(&mut self, method: &str, what: &str, call: &mut ExprMethodCall) {
        let switch = switch();
        match method {
            "min_bytes" | "max_bytes" | "min_items" | "max_items" | "minimum" | "maximum"
            | "min_difference" | "max_difference" | "max_sum" => {
                if let Some(limit) = call.args.last_mut() {
                    let site = self.site(&format!("{what}/limit"), SiteKind::Limit);
                    *limit = parse_quote!(#switch::number(#site, #limit));
                }
            }
            "one_of" => {
                if let Some(values) = call.args.last_mut() {
                    let site = self.site(&format!("{what}/values"), SiteKind::Values);
                    *values = parse_quote!(#switch::values(#site, #values));
                }
            }
            "required_together" | "at_least_one_of" => {
                if let Some(Expr::Reference(list)) = call.args.first_mut()
                    && let Expr::Array(list) = list.expr.as_mut()
                {
                    for element in &mut list.elems {
                        let site = self.site(&format!("{what}/member"), SiteKind::Presence);
                        *element = parse_quote!(#switch::is_present(#site, #element));
                    }
                }
            }
            _ => {}
        }
    }

    /// The code that a broken rule provokes: it stands in `.code(..)`, or is the usual.
    fn code(&mut self, what: &str, receiver: &mut Expr) {
        let switch = switch();
        let site = self.site(&format!("{what}/code"), SiteKind::Code);
        match receiver {
            Expr::MethodCall(call) if call.method == "code" => {
                if let Some(code) = call.args.first_mut() {
                    *code = parse_quote!(#switch::number(#site, #code));
                }
            }
            _ => {
                let usual = quote!(::trtc_rooms_core::INVALID_PARAMETER);
                *receiver = parse_quote!(#receiver.code(#switch::number(#site, #usual)));
            }
        }
    }

    fn names(&mut self, what: &str, call: &mut ExprMethodCall) {
        let mut names = Vec::new();
        Names(&mut names).visit_expr_method_call_mut(call);
        let switch = switch();
        for name in names {
            let site = self.site(&format!("{what}/name"), SiteKind::Name);
            // The literal was taken out by the visit below, in the same order.
            Put(Some(parse_quote!(#switch::text(#site, #name)))).visit_expr_method_call_mut(call);
        }
    }
}

impl VisitMut for Checks<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        for statement in &mut block.stmts {
            if let Stmt::Expr(Expr::MethodCall(call), _) = statement
                && is_check(call)
            {
                let site = self.check(call);
                let switch = switch();
                *statement = parse_quote!(if #switch::is_kept(#site) { #call; });
            } else {
                self.visit_stmt_mut(statement);
            }
        }
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        // `if report.at(..).max_items(..) { .. }`
        if let Expr::MethodCall(call) = expression
            && is_check(call)
        {
            let site = self.check(call);
            let switch = switch();
            *expression = parse_quote!((!#switch::is_kept(#site) || #call));
            return;
        }
        visit_mut::visit_expr_mut(self, expression);
    }

    fn visit_expr_if_mut(&mut self, conditional: &mut ExprIf) {
        let alternatives = match conditional.cond.as_ref() {
            Expr::Let(ExprLet { pat, expr, .. }) => alternatives(pat)
                .into_iter()
                .map(|pattern| (pattern, expr.as_ref().clone()))
                .collect(),
            _ => Vec::new(),
        };
        visit_mut::visit_expr_if_mut(self, conditional);
        let switch = switch();
        // Where a hint is given for several values, each of them is a site.
        for (pattern, value) in alternatives {
            let last = pattern.to_token_stream().to_string();
            let last = last.rsplit("::").next().unwrap_or_default();
            let last: String = last.chars().filter(|it| it.is_alphanumeric()).collect();
            let site = self.site(&format!("beside/{last}"), SiteKind::Hint);
            let body = &conditional.then_branch;
            conditional.then_branch = parse_quote!({
                if #switch::is_kept(#site) || !matches!(#value, #pattern) #body
            });
        }
    }
}

/// Whether a call is a check: of a limit, or of what is inside of a value.
fn is_check(call: &ExprMethodCall) -> bool {
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
fn member_of(call: &ExprMethodCall) -> String {
    let mut names = Vec::new();
    Names(&mut names).visit_expr_method_call_mut(&mut call.clone());
    let names = names.iter().map(|name| name.value() + ".");
    names.collect()
}

/// Collects the literals in `.member("..")`.
struct Names<'a>(&'a mut Vec<syn::LitStr>);

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
struct Put(Option<Expr>);

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
fn alternatives(pattern: &Pat) -> Vec<Pat> {
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

/// The spellings that values have on the wire.
fn spellings(name: &str, block: &mut Block, sites: &mut Vec<Site>) {
    let switch = switch();
    for arm in arms(block) {
        if let Expr::Lit(literal) = arm.body.as_ref()
            && let Lit::Str(text) = &literal.lit
        {
            let site = sites.len();
            sites.push(Site {
                name: format!("{name}/{}", text.value()),
                kind: SiteKind::Spelling,
            });
            arm.body = parse_quote!(#switch::text(#site, #text));
        }
    }
}

/// The spellings from which values are read.
fn readings(name: &str, block: &mut Block, sites: &mut Vec<Site>) {
    let switch = switch();
    for arm in arms(block) {
        let mut guards: Vec<Expr> = Vec::new();
        for text in literals(&arm.pat) {
            let site = sites.len();
            sites.push(Site {
                name: format!("{name}/{}", text.value()),
                kind: SiteKind::Reading,
            });
            guards.push(parse_quote!((text != #text || #switch::is_kept(#site))));
        }
        if !guards.is_empty() {
            let guard: Expr = parse_quote!(#(#guards)&&*);
            arm.guard = Some((syn::token::If::default(), Box::new(guard)));
        }
    }
}

fn literals(pattern: &Pat) -> Vec<syn::LitStr> {
    match pattern {
        Pat::Lit(literal) => match &literal.lit {
            Lit::Str(text) => vec![text.clone()],
            _ => Vec::new(),
        },
        Pat::Or(any) => any.cases.iter().flat_map(literals).collect(),
        _ => Vec::new(),
    }
}

/// The arms of the `match` that a function consists of.
fn arms(block: &mut Block) -> impl Iterator<Item = &mut Arm> {
    let last = block.stmts.last_mut();
    let arms = match last {
        Some(Stmt::Expr(Expr::Match(ExprMatch { arms, .. }), _)) => Some(arms),
        _ => None,
    };
    arms.into_iter().flatten()
}
