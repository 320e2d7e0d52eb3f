use std::borrow::Cow;

use crate::error::DeliveryError;

/// The greatest length of a query. Those of the service have some 200 bytes.
const MAX_QUERY: usize = 8 * 1024;

/// The parameters that are known, as they stand in the URL.
#[derive(Debug, Default)]
pub(crate) struct Query<'a> {
    pub(crate) sdkappid: Option<Cow<'a, str>>,
    pub(crate) command: Option<Cow<'a, str>>,
    pub(crate) client_ip: Option<Cow<'a, str>>,
    pub(crate) platform: Option<Cow<'a, str>>,
    pub(crate) sign: Option<Cow<'a, str>>,
    pub(crate) request_time: Option<Cow<'a, str>>,
}

impl<'a> Query<'a> {
    /// Reads the query of a URL, with or without its question mark. Order means nothing,
    /// what is not known is passed over: the configured URL may have parameters of its
    /// own.
    pub(crate) fn parse(query: &'a str) -> Result<Self, DeliveryError> {
        if query.len() > MAX_QUERY {
            return Err(DeliveryError::LongQuery { len: query.len() });
        }
        let query = query.strip_prefix('?').unwrap_or(query);
        let mut parameters = Self::default();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decoded(name);
            let Some((name, place)) = parameters.place(&name) else {
                continue;
            };
            let value = decoded(value);
            match place {
                // Which of two values would count depends on who reads them.
                Some(first) if *first != value => {
                    return Err(DeliveryError::RepeatedParameter(name));
                }
                _ => *place = Some(value),
            }
        }
        Ok(parameters)
    }

    /// Where a parameter is kept. The pages spell names in different ways.
    fn place(&mut self, name: &str) -> Option<(&'static str, &mut Option<Cow<'a, str>>)> {
        let known = [
            ("SdkAppid", &mut self.sdkappid),
            ("CallbackCommand", &mut self.command),
            ("ClientIP", &mut self.client_ip),
            ("OptPlatform", &mut self.platform),
            ("Sign", &mut self.sign),
            ("RequestTime", &mut self.request_time),
        ];
        known
            .into_iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
    }
}

/// A name or value without its escapes. What is no escape stays as it is.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let digit = |at: usize| {
        bytes
            .get(at)
            .and_then(|byte| char::from(*byte).to_digit(16))
    };
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escaped = match byte {
            b'%' => digit(at + 1)
                .zip(digit(at + 2))
                .and_then(|(high, low)| u8::try_from(high * 16 + low).ok()),
            _ => None,
        };
        match (escaped, byte) {
            (Some(escaped), _) => {
                decoded.push(escaped);
                at += 2;
            }
            (None, b'+') => decoded.push(b' '),
            (None, byte) => decoded.push(*byte),
        }
        at += 1;
    }
    Cow::Owned(String::from_utf8_lossy(&decoded).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_order_and_spelling() {
        let query = Query::parse("?contenttype=json&CallbackCommand=Live.X&SdkAppId=7&x").unwrap();
        assert_eq!(query.sdkappid.as_deref(), Some("7"));
        assert_eq!(query.command.as_deref(), Some("Live.X"));
        assert!(query.client_ip.is_none());
    }

    #[test]
    fn escapes_are_read_and_half_ones_left() {
        for (text, expected) in [
            ("a%2Eb", "a.b"),
            ("%e6%88%bf+1", "房 1"),
            ("%", "%"),
            ("%4", "%4"),
            ("%zz%41", "%zzA"),
            ("%ff", "\u{fffd}"),
            ("%%41", "%A"),
        ] {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }

    #[test]
    fn a_parameter_has_one_value() {
        let twice = Query::parse("SdkAppid=7&sdkappid=8");
        assert!(matches!(
            twice,
            Err(DeliveryError::RepeatedParameter("SdkAppid"))
        ));
        assert!(Query::parse("SdkAppid=7&SdkAppid=7").is_ok());
        let long = "a".repeat(MAX_QUERY + 1);
        assert!(matches!(
            Query::parse(&long),
            Err(DeliveryError::LongQuery { .. })
        ));
    }
}
