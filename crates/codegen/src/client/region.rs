use proc_macro2::TokenStream;
use quote::quote;
use trtc_rooms_schema::facts::RegionFacts;
use trtc_rooms_schema::ir::{Place, Source};

use crate::docs::{Docs, code};
use crate::error::CodegenError;
use crate::names;

/// The enum of regions.
pub(crate) fn tokens(
    regions: &[RegionFacts],
    source: &Source,
) -> Result<TokenStream, CodegenError> {
    let mut variants = Vec::new();
    let mut idents = Vec::new();
    let mut texts = Vec::new();
    let mut hosts = Vec::new();
    let mut backups = Vec::new();
    for (index, region) in regions.iter().enumerate() {
        let ident = names::pascal(&region.name).ok_or_else(|| {
            let place = Place {
                file: source.file.clone(),
                pointer: format!("/regions/{index}/name"),
            };
            let message = format!("`{}` is no name for a variant", region.name);
            CodegenError::at(&place, message)
        })?;
        let docs =
            Docs::new(&region.description).markdown(&format!("Host: {}.", code(&region.host)));
        let RegionFacts {
            name,
            host,
            backup_host,
            ..
        } = region;
        variants.push(quote!(#docs #ident));
        texts.push(quote!(Region::#ident => #name));
        hosts.push(quote!(Region::#ident => #host));
        backups.push(match backup_host {
            Some(backup) => quote!(Region::#ident => Some(#backup)),
            None => quote!(Region::#ident => None),
        });
        idents.push(ident);
    }
    Ok(quote! {
        //! The data centres of the service.

        /// A data centre of the service.
        ///
        /// An application belongs to one data centre, and its calls have to go to the host
        /// of that data centre: another one answers 60026.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Region {
            #(#variants),*
        }

        impl Region {
            /// Every region, in the order of the schema.
            pub const ALL: &'static [Region] = &[#(Region::#idents),*];

            /// The name in lower case, as it stands in the schemas, such as `singapore`.
            pub const fn name(self) -> &'static str {
                match self { #(#texts),* }
            }

            /// The host that calls go to.
            pub const fn host(self) -> &'static str {
                match self { #(#hosts),* }
            }

            /// The host for the case that the name of the main one is hijacked. Whether the
            /// room services answer there is not documented.
            pub const fn backup_host(self) -> Option<&'static str> {
                match self { #(#backups),* }
            }
        }
    })
}
