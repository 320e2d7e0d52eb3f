use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;
use trtc_rooms_schema::event::{OwnCodes, Question, Refusal};
use trtc_rooms_schema::facts::{Incomplete, Page};
use trtc_rooms_schema::ir::Event;

use crate::docs::{Docs, code, escape};
use crate::error::CodegenError;
use crate::model::number;
use crate::names;

/// The name of the type of an event.
pub(crate) fn type_name(event: &Event) -> Result<Ident, CodegenError> {
    let object = event.module.objects.first();
    object
        .and_then(|object| names::pascal(&object.name))
        .ok_or_else(|| {
            let message = "the name of the event is no name for a type";
            CodegenError::in_file(&event.module.source.file, message)
        })
}

/// The static description of an event, and what can be answered to it.
pub(crate) fn tokens(event: &Event) -> Result<TokenStream, CodegenError> {
    let name = type_name(event)?;
    let Event {
        name: event_name,
        title,
        facts,
        ..
    } = event;
    let (command, also_named) = (&facts.command, &facts.also_named);
    let products = &facts.products;
    let Page {
        title: page_title,
        url,
        updated,
    } = &facts.page;
    let updated = match updated {
        Some(updated) => quote!(Some(#updated)),
        None => quote!(None),
    };
    let incomplete = event
        .incomplete
        .iter()
        .map(|Incomplete { about, reason }| quote!(Incomplete { about: #about, reason: #reason }));
    let (question, answers) = match &facts.before {
        None => (quote!(None), TokenStream::new()),
        Some(question) => (
            quote!(Some(&QUESTION)),
            question_tokens(&name, question, &event.module.source.file)?,
        ),
    };
    Ok(quote! {
        /// What the documents say about this event.
        pub static EVENT: crate::EventInfo = crate::EventInfo {
            name: #event_name,
            command: #command,
            also_named: &[#(#also_named),*],
            title: #title,
            products: &[#(#products),*],
            page: Page { title: #page_title, url: #url, updated: #updated },
            incomplete: &[#(#incomplete),*],
            question: #question,
        };

        #answers
    })
}

/// What can be answered.
fn question_tokens(
    name: &Ident,
    question: &Question,
    file: &str,
) -> Result<TokenStream, CodegenError> {
    let seconds = number(i64::from(question.answer_within_seconds));
    let without_answer = &question.without_answer;
    let mut refusals = Vec::new();
    let mut constants = Vec::new();
    for Refusal {
        code,
        name,
        meaning,
    } in &question.refusals
    {
        let code = number(i64::from(*code));
        let constant = names::constant(name).ok_or_else(|| {
            let message = format!("`{name}` is no name for a constant");
            CodegenError::in_file(file, message)
        })?;
        let docs = Docs::new(&format!("A code to refuse with. {meaning}"));
        refusals.push(quote!(crate::Refusal { code: #code, name: #name, meaning: #meaning }));
        constants.push(quote!(#docs pub const #constant: i32 = #code;));
    }
    let own_codes = match &question.own_codes {
        None => quote!(None),
        Some(OwnCodes { from, to, meaning }) => {
            let (from, to) = (number(i64::from(*from)), number(i64::from(*to)));
            quote!(Some(crate::OwnCodes { from: #from, to: #to, meaning: #meaning }))
        }
    };
    Ok(quote! {
        /// What can be answered to this event.
        static QUESTION: crate::Question = crate::Question {
            answer_within_seconds: #seconds,
            without_answer: #without_answer,
            refusals: &[#(#refusals),*],
            own_codes: #own_codes,
        };

        impl #name {
            #(#constants)*
        }

        impl crate::BeforeEvent for #name {
            const QUESTION: &'static crate::Question = &QUESTION;
        }
    })
}

/// What is said about an event where its types stand: an example.
pub(crate) fn module_docs(event: &Event) -> Docs {
    let docs = Docs::new(&event.module.description);
    let example = event.example.as_ref();
    let Some(example) = example.and_then(|example| serde_json::to_string_pretty(example).ok())
    else {
        return docs;
    };
    let lines = example.lines().map(str::to_owned);
    docs.paragraph("An example of the body:").verbatim(
        std::iter::once("```json".to_owned())
            .chain(lines)
            .chain(["```".to_owned()]),
    )
}

/// What is said about an event where it is one of all.
pub(crate) fn docs(event: &Event) -> Docs {
    let facts = &event.facts;
    let words: Vec<String> = std::iter::once(&facts.command)
        .chain(&facts.also_named)
        .map(|word| code(word))
        .collect();
    let mut docs = Docs::new(&format!("{}.", event.title.trim_end_matches('.')))
        .paragraph(&event.description)
        .bullet(&format!("Command: {}", words.join(", also ")))
        .bullet(&format!("Sent by: {}", facts.products.join(", ")));
    if let Some(question) = &facts.before {
        let refusals = question.refusals.iter();
        let refusals = refusals.map(|Refusal { code, meaning, .. }| format!("{code}: {meaning}"));
        let own = question.own_codes.iter();
        let own = own.map(|OwnCodes { from, to, meaning }| format!("{from} to {to}: {meaning}"));
        let answers: Vec<String> = refusals.chain(own).collect();
        docs = docs
            .bullet(&format!(
                "The service waits {} s for the answer. {}",
                question.answer_within_seconds,
                escape(&question.without_answer)
            ))
            .bullet(&format!("Refusing codes: {}", escape(&answers.join(" "))));
    }
    for Incomplete { about, reason } in &event.incomplete {
        docs = docs.bullet(&format!("Not known ({}): {}", code(about), escape(reason)));
    }
    let updated = facts.page.updated.as_ref();
    docs.bullet(&format!(
        "Page: [{}]({}){}",
        escape(&facts.page.title),
        facts.page.url,
        updated.map_or_else(String::new, |date| format!(", {date}"))
    ))
}
