use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;
use trtc_rooms_schema::ir::{Endpoint, Ir, Product};

use crate::docs::{Docs, code, escape};
use crate::error::CodegenError;
use crate::names;

/// A chapter of documentation: which page of the vendor is which method.
pub(crate) fn tokens(ir: &Ir) -> Result<TokenStream, CodegenError> {
    let mut docs = Docs::new("The vendor's pages, and the method for each.").paragraph(
        "The tables have the calls in the order of the groups; a call without a date was \
         written after a copy of the page that had none.",
    );
    for product in &ir.products {
        docs = docs.markdown(&format!("# {}", escape(&product.title)));
        if product.groups.is_empty() {
            docs = docs.verbatim(table(ir, product, None)?);
        }
        for (group, facts) in &product.groups {
            docs = docs
                .paragraph(&facts.description)
                .verbatim(table(ir, product, Some(group))?);
        }
    }
    let docs = docs.inner();
    Ok(quote!(#docs))
}

fn table(ir: &Ir, product: &Product, group: Option<&str>) -> Result<Vec<String>, CodegenError> {
    let mut lines = vec![
        "| page | method | rate |".to_owned(),
        "|---|---|---|".to_owned(),
    ];
    let endpoints = ir.endpoints.iter().filter(|endpoint| {
        endpoint.product == product.name && endpoint.facts.group.as_deref() == group
    });
    for endpoint in endpoints {
        lines.push(row(endpoint)?);
    }
    Ok(lines)
}

fn row(endpoint: &Endpoint) -> Result<String, CodegenError> {
    let unnamed = || {
        let message = format!("`{}` is no name for a method", endpoint.operation);
        CodegenError::in_file(&endpoint.module.source.file, message)
    };
    let module = names::snake(&endpoint.product).ok_or_else(unnamed)?;
    let place = endpoint.facts.group.as_ref().unwrap_or(&endpoint.product);
    let handle = names::pascal(place).ok_or_else(unnamed)?;
    let method = names::snake(&endpoint.operation).ok_or_else(unnamed)?;
    let page = &endpoint.facts.page;
    let mut row = format!("| [{}]({})", escape(&page.title), page.url);
    if let Some(date) = &page.updated {
        // Writing to a string cannot fail.
        let _ = write!(row, ", {date}");
    }
    let rate = &endpoint.facts.rate;
    let _ = write!(
        row,
        " | [{}](crate::{module}::{handle}::{method}) | {} in {} s |",
        code(&endpoint.operation),
        rate.calls,
        rate.per_seconds
    );
    Ok(row)
}
