use proc_macro2::TokenStream;
use quote::quote;
use trtc_rooms_schema::ir::{Event, Module, Object, Type};

use super::event;
use crate::context::Context;
use crate::docs::Docs;
use crate::error::CodegenError;
use crate::names;

/// The enum of all events, and how one is found by its command.
pub(crate) fn tokens(context: &Context<'_>) -> Result<TokenStream, CodegenError> {
    let mut variants = Vec::new();
    let mut reads = Vec::new();
    let mut infos = Vec::new();
    let mut rooms = Vec::new();
    let mut times = Vec::new();
    let mut found = Vec::new();
    for each in &context.ir.events {
        let name = event::type_name(each)?;
        let path = names::module(&each.module.path).ok_or_else(|| refused(each, &each.name))?;
        let docs = event::docs(each);
        let words = std::iter::once(&each.facts.command).chain(&each.facts.also_named);
        variants.push(quote!(#docs #name(Box<super::#(#path)::*::#name>)));
        reads.push(quote!(#(#words)|* => crate::read::typed(body).map(Self::#name)));
        infos.push(quote!(&super::#(#path)::*::EVENT));
        found.push(quote!(Self::#name(_) => Some(&super::#(#path)::*::EVENT)));
        if let Some(room) = first(context, each, &each.facts.room, &quote!(.as_deref()))? {
            rooms.push(quote!(Self::#name(event) => #room));
        }
        if let Some(time) = first(context, each, &each.facts.time, &TokenStream::new())? {
            times.push(quote!(Self::#name(event) => #time));
        }
    }
    let docs = Docs::new("All events, and how one is found by its command.").inner();
    Ok(quote! {
        #docs

        use serde::Serialize;
        use serde_json::Value;
        use trtc_rooms_core::UnixMillis;

        use crate::{EventInfo, UnknownEvent};

        /// What happened, or is about to happen.
        ///
        /// Every member of an event may be missing, an id may have come as a number and a
        /// truth value as text: the pages contradict each other, and their samples
        /// contradict the pages.
        ///
        /// It is serialized as its body, without what is not documented.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(untagged)]
        #[non_exhaustive]
        pub enum Event {
            #(#variants,)*
            /// An event of a command that this version does not know, or one that is not
            /// built as documented. It is kept as it came.
            Unknown(Box<UnknownEvent>),
        }

        impl Event {
            /// What the documents say about each event, ordered by name.
            pub const ALL: &'static [&'static EventInfo] = &[#(#infos),*];

            /// What the documents say about it. Nothing about an unknown event.
            #[must_use]
            pub fn info(&self) -> Option<&'static EventInfo> {
                match self {
                    #(#found,)*
                    Self::Unknown(_) => None,
                }
            }

            /// The id of the room that it is about, if it is about one.
            #[must_use]
            pub fn room_id(&self) -> Option<&str> {
                match self {
                    #(#rooms,)*
                    _ => None,
                }
            }

            /// When it happened, if that stands in it.
            #[must_use]
            pub fn time(&self) -> Option<UnixMillis> {
                match self {
                    #(#times,)*
                    _ => None,
                }
            }

            /// Reads a body as the event that a command stands for, if it is known.
            pub(crate) fn typed(command: &str, body: &Value) -> Option<serde_json::Result<Self>> {
                Some(match command {
                    #(#reads,)*
                    _ => return None,
                })
            }
        }
    })
}

/// The first of some members of an event that is there, as an expression.
fn first(
    context: &Context<'_>,
    event: &Event,
    pointers: &[String],
    borrow: &TokenStream,
) -> Result<Option<TokenStream>, CodegenError> {
    let mut expression: Option<TokenStream> = None;
    for pointer in pointers {
        let member = event
            .module
            .objects
            .first()
            .and_then(|object| {
                let steps: Vec<&str> = pointer.split('/').skip(1).collect();
                member(
                    context,
                    &event.module,
                    object,
                    &quote!(event),
                    &steps,
                    borrow,
                )
            })
            .ok_or_else(|| refused(event, pointer))?;
        expression = Some(match expression {
            None => member,
            Some(first) => quote!(#first.or_else(|| #member)),
        });
    }
    Ok(expression)
}

fn member(
    context: &Context<'_>,
    module: &Module,
    object: &Object,
    value: &TokenStream,
    steps: &[&str],
    borrow: &TokenStream,
) -> Option<TokenStream> {
    let (step, rest) = steps.split_first()?;
    let mut fields = object.fields.iter().zip(context.fields(module, object));
    let (field, shape) = fields.find(|(field, _)| field.name == *step)?;
    let ident = shape.ident();
    if rest.is_empty() {
        return Some(quote!(#value.#ident #borrow));
    }
    let Type::Object(name) = &field.ty else {
        return None;
    };
    let (object, _) = context.object(name)?;
    let module = context.module(&name.module)?;
    let inner = member(context, module, object, &quote!(inner), rest, borrow)?;
    Some(quote!(#value.#ident.as_ref().and_then(|inner| #inner)))
}

fn refused(event: &Event, what: &str) -> CodegenError {
    let message = format!("`{what}` has no place in generated code");
    CodegenError::in_file(&event.module.source.file, message)
}
