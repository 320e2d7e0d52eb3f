use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use trtc_rooms_schema::ir::{ListedValue, ValueList};

use crate::docs::Docs;
use crate::error::CodegenError;
use crate::names;

/// An enum that keeps values which it does not know.
pub(crate) fn tokens(list: &ValueList) -> Result<TokenStream, CodegenError> {
    let refused = |message: String| CodegenError::at(&list.place, message);
    let name = names::pascal(&list.name)
        .ok_or_else(|| refused(format!("`{}` is no name for a type", list.name)))?;
    let mut variants = Vec::new();
    let mut to_text = Vec::new();
    let mut from_text = Vec::new();
    let mut seen = BTreeSet::from(["Unknown".to_owned()]);
    for ListedValue {
        text,
        description,
        aliases,
    } in &list.values
    {
        let variant = names::pascal(text)
            .ok_or_else(|| refused(format!("`{text}` is no name for a variant")))?;
        if !seen.insert(variant.to_string()) {
            let message = format!("the value `{text}` is named `{variant}`, as another variant is");
            return Err(refused(message));
        }
        let docs = Docs::new(description);
        variants.push(quote!(#docs #variant));
        to_text.push(quote!(Self::#variant => #text));
        from_text.push(quote!(#text #(| #aliases)* => Self::#variant));
    }
    let closed = if list.closed {
        "The list is closed: the service refuses other values."
    } else {
        "The list is not closed: the service may take other values."
    };
    let docs = Docs::new(&list.description).paragraph(closed);
    let values = list.values.iter().map(|value| &value.text);
    Ok(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that is in no documented list. It is kept as it came.
            Unknown(UnknownValue),
        }

        impl OpenEnum for #name {
            const KNOWN: &'static [&'static str] = &[#(#values),*];

            fn as_str(&self) -> &str {
                match self {
                    #(#to_text,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown(_))
            }
        }

        impl From<&str> for #name {
            fn from(text: &str) -> Self {
                match text {
                    #(#from_text,)*
                    _ => Self::Unknown(UnknownValue::new(text)),
                }
            }
        }

        impl From<String> for #name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl fmt::Display for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                trtc_rooms_core::generated::serialize(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                trtc_rooms_core::generated::deserialize(deserializer)
            }
        }
    })
}
