//! From the names of the documents to names of Rust.

use proc_macro2::Span;
use syn::Ident;

/// A type or variant: `create_room` and `VideoFixedGrid9Seats` as they would be
/// written in Rust. `None` when no identifier can be made of the text.
pub(crate) fn pascal(text: &str) -> Option<Ident> {
    let name: String = words(text)
        .map(|word| {
            let mut letters = word.chars();
            match letters.next() {
                Some(first) => first.to_uppercase().chain(letters).collect(),
                None => String::new(),
            }
        })
        .collect();
    identifier(&name)
}

/// A constant: `RoomAlreadyYours` as `ROOM_ALREADY_YOURS`.
pub(crate) fn constant(text: &str) -> Option<Ident> {
    identifier(&snake_text(text).to_uppercase())
}

/// A module or method of the given name, which is snake case already.
pub(crate) fn snake(text: &str) -> Option<Ident> {
    identifier(text)
}

/// The modules of a path such as `live/create_room`.
pub(crate) fn module(path: &str) -> Option<Vec<Ident>> {
    path.split('/').map(snake).collect()
}

/// A region name such as `saudi-arabia` as `SaudiArabia` and similar.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

fn snake_text(text: &str) -> String {
    let mut snake = String::new();
    let mut previous_lower = false;
    for letter in text.chars() {
        if letter.is_uppercase() && previous_lower {
            snake.push('_');
        }
        previous_lower = letter.is_lowercase() || letter.is_ascii_digit();
        snake.extend(letter.to_lowercase());
    }
    snake
}

/// The text as an identifier; a keyword gets a trailing underscore, and so does
/// `mod`, which is also the name of a file.
fn identifier(text: &str) -> Option<Ident> {
    // A keyword of edition 2024 that syn does not know.
    let is_taken = text == "gen";
    if !is_taken && syn::parse_str::<Ident>(text).is_ok() {
        return Some(Ident::new(text, Span::call_site()));
    }
    let text = format!("{text}_");
    syn::parse_str::<Ident>(&text)
        .is_ok()
        .then(|| Ident::new(&text, Span::call_site()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_documents_become_names_of_rust() {
        assert_eq!(pascal("create_room").unwrap(), "CreateRoom");
        assert_eq!(pascal("saudi-arabia").unwrap(), "SaudiArabia");
        assert_eq!(
            pascal("VideoFixedGrid9Seats").unwrap(),
            "VideoFixedGrid9Seats"
        );
        assert_eq!(constant("RoomAlreadyYours").unwrap(), "ROOM_ALREADY_YOURS");
        assert_eq!(
            constant("TicketCheckFailed70006").unwrap(),
            "TICKET_CHECK_FAILED70006"
        );
        let module: Vec<String> = module("live/create_room")
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(module, ["live", "create_room"]);
    }

    #[test]
    fn keywords_and_odd_texts_do_not_break_the_output() {
        for keyword in ["type", "move", "mod", "gen", "async", "crate", "self"] {
            assert_eq!(snake(keyword).unwrap(), format!("{keyword}_"));
        }
        assert_eq!(pascal("self").unwrap(), "Self_");
        assert_eq!(pascal("直播").unwrap(), "直播");
        for text in ["1st", "!", "", "720p"] {
            assert!(pascal(text).is_none(), "{text}");
        }
    }
}
