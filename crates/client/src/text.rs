//! Text that came from the network, made fit for a log line.

use trtc_rooms_core::Endpoint;

/// How many characters in a row make a piece of a ticket worth hiding.
const PIECE: usize = 8;

/// At most `limit` bytes of `text`: the ticket and pieces of it masked, and
/// whatever could steer a terminal or reorder a line escaped.
pub(crate) fn clean(text: &str, limit: usize, ticket: &str) -> String {
    // Whatever stands further behind does not reach the result, unless most of
    // what stands before is masked.
    let mut end = text.len().min(limit.saturating_mul(4));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    shorten(&mask(&text[..end], ticket), limit)
}

/// As [`clean`], for bytes that need not be UTF-8.
pub(crate) fn clean_bytes(bytes: &[u8], limit: usize, ticket: &str) -> String {
    let start = &bytes[..bytes.len().min(limit.saturating_mul(4))];
    clean(&String::from_utf8_lossy(start), limit, ticket)
}

/// The start of a reply for an error, unless it may hold a secret. What is no object is no
/// reply of the service, but mostly the page of a gateway.
pub(crate) fn excerpt(endpoint: &Endpoint, body: &[u8], limit: usize, ticket: &str) -> String {
    if endpoint.has_secrets && body.trim_ascii_start().starts_with(b"{") {
        return "a reply that may hold a secret".to_owned();
    }
    clean_bytes(body, limit, ticket)
}

/// Replaces the ticket, and each piece of it of at least [`PIECE`] characters:
/// gateways cut off what they repeat in an error page.
fn mask(text: &str, ticket: &str) -> String {
    let size = PIECE.min(ticket.len());
    let of_ticket = |piece: &[u8]| {
        ticket
            .as_bytes()
            .windows(size)
            .any(|window| window == piece)
    };
    let bytes = text.as_bytes();
    let mut masked = String::with_capacity(text.len());
    let (mut copied, mut at) = (0, 0);
    while size > 0 && at + size <= bytes.len() {
        if !of_ticket(&bytes[at..at + size]) {
            at += 1;
            continue;
        }
        let mut end = at + size;
        while end < bytes.len() && of_ticket(&bytes[end + 1 - size..=end]) {
            end += 1;
        }
        // A ticket is ASCII, so both ends of what equals it are ends of characters.
        masked.push_str(&text[copied..at]);
        masked.push_str("[ticket]");
        (copied, at) = (end, end);
    }
    masked.push_str(&text[copied..]);
    masked
}

fn shorten(text: &str, limit: usize) -> String {
    const MORE: &str = "…";
    let mut escaped = String::with_capacity(text.len());
    // Where the text can be cut so that the mark still fits.
    let mut cut = 0;
    for character in text.chars() {
        if escaped.len() + MORE.len() <= limit {
            cut = escaped.len();
        }
        if steers(character) {
            escaped.extend(character.escape_default());
        } else {
            escaped.push(character);
        }
    }
    if escaped.len() > limit {
        escaped.truncate(cut);
        escaped.push_str(MORE);
    }
    escaped
}

/// Control characters, and those that are invisible or change the direction of
/// what follows.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TICKET: &str = "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwsZmUNHilOzEgoLMFKBSEwMDA0MDEwA_";

    #[test]
    fn ordinary_text_stays() {
        for text in [
            "",
            "room id is taken",
            "房间已存在",
            "it's \"quoted\" \\ 50%",
        ] {
            assert_eq!(clean(text, 512, TICKET), text);
        }
    }

    #[test]
    fn what_steers_a_terminal_is_escaped() {
        assert_eq!(
            clean("a\u{1b}[2J\r\n\tb", 512, TICKET),
            r"a\u{1b}[2J\r\n\tb"
        );
        assert_eq!(
            clean("a\u{202e}b\u{200b}\u{feff}", 512, TICKET),
            r"a\u{202e}b\u{200b}\u{feff}"
        );
        assert_eq!(clean("\0\u{7f}\u{85}", 512, TICKET), r"\u{0}\u{7f}\u{85}");
    }

    #[test]
    fn text_is_cut_at_a_character_and_never_longer_than_the_limit() {
        for limit in 0..40 {
            for text in [
                "aaaaaaaaaaaaaaaaaaaaaaaa",
                "房房房房房房房房房",
                "\u{1b}\u{1b}\u{1b}\u{1b}\u{1b}\u{1b}",
            ] {
                let short = clean(text, limit, TICKET);
                assert!(short.len() <= limit.max("…".len()), "{limit}: {short}");
            }
        }
        assert_eq!(clean("abcdef", 6, TICKET), "abcdef");
        assert_eq!(clean("abcdefg", 6, TICKET), "abc…");
    }

    #[test]
    fn the_ticket_and_its_pieces_are_masked() {
        let text = format!("invalid usersig={TICKET}&random=1");
        assert_eq!(
            clean(&text, 512, TICKET),
            "invalid usersig=[ticket]&random=1"
        );
        for piece in [&TICKET[..8], &TICKET[20..40], &TICKET[TICKET.len() - 8..]] {
            assert_eq!(clean(&format!("房{piece}间"), 512, TICKET), "房[ticket]间");
        }
        assert_eq!(clean(&TICKET[3..10], 512, TICKET), &TICKET[3..10]);
    }

    #[test]
    fn a_ticket_that_is_cut_by_the_limit_is_still_masked() {
        for before in 0..600 {
            let text = format!("{}{TICKET}", "x".repeat(before));
            let cut = clean(&text, 128, TICKET);
            assert!(!cut.contains(&TICKET[..8]), "{before}: {cut}");
        }
    }

    #[test]
    fn a_short_or_missing_ticket_is_no_trouble() {
        assert_eq!(clean("abc", 512, ""), "abc");
        assert_eq!(clean("abcd", 512, "bc"), "a[ticket]d");
    }

    #[test]
    fn bytes_that_are_not_utf8_are_replaced() {
        assert_eq!(clean_bytes(b"gr\xfcn", 512, TICKET), "gr\u{fffd}n");
        assert!(clean_bytes(&[0xff; 10_000], 256, TICKET).len() <= 256);
    }
}
