//! Reading a query string strictly, as a server that trusts nobody would.

/// Decodes a query into names and values in order.
///
/// Only bytes that mean nothing in a query may stand for themselves, everything else
/// has to be escaped, and `+` is refused: some servers read it as a blank and some do
/// not, so a sender that means either has to escape it.
///
/// # Errors
///
/// Says what is wrong, without the value.
pub(super) fn parse(query: &str) -> Result<Vec<(String, String)>, String> {
    if query.is_empty() {
        return Ok(Vec::new());
    }
    query
        .split('&')
        .map(|pair| {
            let (name, value) = pair
                .split_once('=')
                .ok_or_else(|| "a parameter has no `=`".to_owned())?;
            let name = decode(name).map_err(|problem| format!("a name {problem}"))?;
            let value =
                decode(value).map_err(|problem| format!("the value of {name} {problem}"))?;
            Ok((name, value))
        })
        .collect()
}

fn decode(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            b'%' => {
                let [high, low, after @ ..] = rest else {
                    return Err("ends in the middle of an escape".to_owned());
                };
                rest = after;
                let (Some(high), Some(low)) = (digit(*high), digit(*low)) else {
                    return Err("has an escape that is not two hex digits".to_owned());
                };
                bytes.push(high << 4 | low);
            }
            // `*` needs no escape in a query, and the documents print tickets with it.
            b'-' | b'.' | b'_' | b'~' | b'*' => bytes.push(*first),
            plain if plain.is_ascii_alphanumeric() => bytes.push(*plain),
            _ => return Err("has a character that has to be escaped".to_owned()),
        }
    }
    String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_decoded_once_and_kept_in_order() {
        let parsed = parse("a=1&b=%E6%88%BF%20x&a=%2525&c=").unwrap();
        let parsed: Vec<_> = parsed
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(parsed, [("a", "1"), ("b", "房 x"), ("a", "%25"), ("c", "")]);
        assert!(parse("").unwrap().is_empty());
    }

    #[test]
    fn f11_what_is_not_encoded_properly_is_refused() {
        for query in [
            "a=%", "a=%2", "a=%zz", "a=%ff", "a=+", "a=a b", "a=é", "a=a/b", "a=a\"b", "a", "a=1&",
            "a=b=c", "a=%+1",
        ] {
            assert!(parse(query).is_err(), "{query}");
        }
    }
}
