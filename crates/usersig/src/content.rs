use std::fmt::Write;

/// The fields that the mac covers. `TLS.ver` is not among them.
pub(crate) struct Content<'a> {
    pub(crate) identifier: &'a str,
    pub(crate) sdkappid: u64,
    pub(crate) time: i64,
    pub(crate) expire: i64,
    /// In standard base64, the form in which it is signed.
    pub(crate) userbuf: Option<&'a str>,
}

impl Content<'_> {
    /// The signed text: one line a field, in this order, each closed by a line feed.
    ///
    /// Nothing is escaped, so an identifier with a line feed could forge lines. Signing and
    /// decoding both refuse control characters for that reason.
    pub(crate) fn text(&self) -> String {
        let Self {
            identifier,
            sdkappid,
            time,
            expire,
            userbuf,
        } = self;
        let mut text = format!(
            "TLS.identifier:{identifier}\nTLS.sdkappid:{sdkappid}\nTLS.time:{time}\nTLS.expire:{expire}\n"
        );
        if let Some(userbuf) = userbuf {
            writeln!(text, "TLS.userbuf:{userbuf}").expect("writing to a String never fails");
        }
        text
    }
}
