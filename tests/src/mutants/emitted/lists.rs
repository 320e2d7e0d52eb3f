//! The lists of values in generated Rust, and how each value is spelt.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{Arm, Block, Expr, ExprMatch, File, Item, Lit, LitStr, Pat, Stmt, parse_quote};

use super::instrument::{name_of, switch};
use super::{Site, SiteKind};

/// The lists of values of which a hint says that a value is unknown.
pub(super) fn open_lists(file: &File) -> BTreeSet<String> {
    let mut fields: BTreeMap<(String, String), String> = BTreeMap::new();
    for item in &file.items {
        if let Item::Struct(item) = item {
            for field in &item.fields {
                let ident = field.ident.as_ref().map(ToString::to_string);
                let ty = field.ty.to_token_stream().to_string();
                // `Option < SeatTemplate >`: the last name is that of the list.
                let mut words = ty.split(|letter: char| !letter.is_alphanumeric());
                let list = words.rfind(|word| !word.is_empty());
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

/// The spellings that values have on the wire.
pub(super) fn spellings(name: &str, block: &mut Block, sites: &mut Vec<Site>) {
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
pub(super) fn readings(name: &str, block: &mut Block, sites: &mut Vec<Site>) {
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

fn literals(pattern: &Pat) -> Vec<LitStr> {
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
