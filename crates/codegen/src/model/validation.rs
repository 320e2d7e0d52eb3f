//! The emission of limits: what typify cannot express.

mod rules;
mod shape;
mod value;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use trtc_rooms_schema::ir::{Module, Object};

use crate::context::Context;
use crate::error::CodegenError;
use crate::names;
use rules::Rules;
use value::{Access, Aspect, Emission};

pub(crate) use shape::documented;

/// `impl Validate`: one statement a documented limit, in document order.
pub(crate) fn validate(
    context: &Context<'_>,
    module: &Module,
    object: &Object,
) -> Result<TokenStream, CodegenError> {
    let Some(name) = names::pascal(&object.name) else {
        return Ok(TokenStream::new());
    };
    let rules = Rules::new(context, module, object);
    let mut checks = TokenStream::new();
    let mut hints = TokenStream::new();
    for (field, shape) in rules.fields() {
        let wire_name = &field.name;
        let at = quote!(at.member(#wire_name));
        let access = Access::field(shape);
        let emission = Emission::new(context, module, &field.ty, &field.limits, access, at);
        let mut body = emission.statements(Aspect::Limits)?;
        body.extend(rules.sums(field, &emission.access)?);
        checks.extend(emission.if_present(&body));
        checks.extend(rules.differences(field)?);
        let aspect = Aspect::Hints { unit: field.unit };
        hints.extend(emission.if_present(&emission.statements(aspect)?));
        hints.extend(rules.condition(field, shape)?);
    }
    checks.extend(rules.groups()?);
    let check = function("check", &checks);
    let advise = function("advise", &hints);
    Ok(quote! {
        impl Validate for #name {
            #check
            #advise
        }
    })
}

/// A function of `Validate`, with unused parameters marked as such.
fn function(name: &str, body: &TokenStream) -> TokenStream {
    let name = format_ident!("{name}");
    if body.is_empty() {
        quote!(fn #name(&self, _at: &Path<'_>, _report: &mut Report) {})
    } else {
        quote!(fn #name(&self, at: &Path<'_>, report: &mut Report) { #body })
    }
}

/// The beginning of a check at a place.
fn checker(at: &TokenStream, code: i32) -> TokenStream {
    if code == INVALID_PARAMETER {
        quote!(report.at(&#at))
    } else {
        let code = number(i64::from(code));
        quote!(report.at(&#at).code(#code))
    }
}

/// The code with which the service refuses an invalid parameter by default.
const INVALID_PARAMETER: i32 = 100_002;

/// A number with its digits in groups of three.
pub(crate) fn number(value: i64) -> TokenStream {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digits.len() > 4 {
            text.push('_');
        }
        text.push(digit);
    }
    let literal: proc_macro2::Literal = text
        .parse()
        .unwrap_or_else(|_| proc_macro2::Literal::i64_unsuffixed(0));
    if value < 0 {
        quote!(-#literal)
    } else {
        quote!(#literal)
    }
}
