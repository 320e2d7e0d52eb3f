//! Inputs that are meant to be too much.

use trtc_usersig::Malformed;

use super::entry_points::{reply, request, schema, ticket};
use super::watched::Watched;

/// A zlib stream of so many zeros, at 13 bits for 258 of them.
fn zeros(length: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    // The last block, with the fixed codes of RFC 1951; a zero to be repeated.
    bits.push(0b011, 3);
    bits.push_code(0b0011_0000, 8);
    for _ in 0..length / 258 {
        bits.push_code(0b1100_0101, 8);
        bits.push_code(0, 5);
    }
    bits.push_code(0, 7);
    [&[0x78, 0x01], bits.bytes.as_slice(), &[0; 4]].concat()
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    /// The lowest bit first.
    fn push(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            if let Some(byte) = self.bytes.last_mut() {
                *byte |= u8::from(value >> bit & 1 == 1) << (self.used % 8);
            }
            self.used += 1;
        }
    }

    /// The highest bit first, as codes are written.
    fn push_code(&mut self, code: u32, count: u32) {
        self.push(code.reverse_bits() >> (32 - count), count);
    }
}

fn deep(depth: usize) -> String {
    "[".repeat(depth) + &"]".repeat(depth)
}

#[test]
fn ticket_bombs() {
    let watched = Watched::new(ticket::run);
    for megabytes in [1, 6, 100] {
        let bomb = [b"z".to_vec(), zeros(megabytes << 20)].concat();
        watched.survives(&format!("{megabytes} MiB of zeros"), &bomb);
    }
    // What fits into the longest ticket there is: nearly 500 KB.
    let most = zeros(480_000);
    watched.survives("the most zeros", &[b"z", most.as_slice()].concat());
    let refused = trtc_usersig::decode(&ticket::spelled(&most));
    assert_eq!(refused, Err(Malformed::InflatesTooFar), "it is a bomb");
    watched.survives("1 MB of text", &[b't'].repeat(1 << 20));
    for depth in [2_000, 4_000, 100_000] {
        let deep = deep(depth);
        watched.survives("deep", format!("j{deep}").as_bytes());
        for name in ["TLS.sig", "x"] {
            let member = format!(r#"j{{"{name}":{deep}}}"#);
            watched.survives("a deep member", member.as_bytes());
        }
    }
    let userbuf = [b"u\0\xff\xff".to_vec(), vec![b'a'; 1 << 20]].concat();
    watched.survives("a long userbuf", &userbuf);
}

#[test]
fn reply_bombs() {
    let watched = Watched::new(reply::run);
    let survives = |name: &str, bomb: String| watched.survives(name, bomb.as_bytes());
    let deep = deep(100_000);
    for place in ["ErrorInfo", "RequestId", "Response", "RoomId", "New"] {
        for mode in ["l", "c", "r"] {
            let bomb = format!(r#"{mode}{{"ErrorCode":0,"{place}":{deep}}}"#);
            survives(&format!("{mode}: {place} is deep"), bomb);
        }
    }
    survives("ErrorCode is deep", format!(r#"l{{"ErrorCode":{deep}}}"#));
    for text in ["x", "\\u001b", "{usersig}"] {
        let long = text.repeat(900_000 / text.len());
        let members = format!(r#""ErrorInfo":"{long}","RequestId":"{long}""#);
        let bomb = format!(r#"l{{"ErrorCode":100003,{members}}}"#);
        survives(&format!("ErrorInfo of many {text}"), bomb);
        survives(&format!("no JSON but many {text}"), format!("l{long}"));
    }
    let members = numbered(60_000, |index| format!(r#""{index}":[]"#));
    survives("many members", format!(r#"l{{"ErrorCode":0,{members}}}"#));
    survives("2 MiB", "l".repeat(2 << 20));

    let ok = "hHTTP/1.1 200 OK\r\n";
    let blanks = " ".repeat(2 << 20);
    let length = "Content-Length: 99999999999\r\n\r\n";
    survives("it promises more", format!("{ok}{length}{blanks}"));
    let chunks = "1\r\n \r\n".repeat(20_000);
    let chunked = "Transfer-Encoding: chunked\r\n\r\n";
    survives("many chunks", format!("{ok}{chunked}{chunks}0\r\n\r\n"));
    survives(
        "many headers",
        format!("{ok}{}\r\n", "a: b\r\n".repeat(100_000)),
    );
    let interim = "HTTP/1.1 100 Continue\r\n\r\n".repeat(20_000);
    survives("many interim responses", format!("h{interim}"));
}

#[test]
fn request_bombs() {
    let watched = Watched::new(request::run);
    let survives = |name: &str, bomb: String| watched.survives(name, bomb.as_bytes());
    let info = |members: &str| format!(r#"{{"RoomInfo":{{{members}}}}}"#);
    survives("100,000 deep", deep(100_000));
    survives("100 deep", deep(100));
    let list = |element: &str| vec![element; 100_000].join(",");
    for (name, guests) in [
        ("guests", list(r#""a""#)),
        ("guests that are numbers", list("1")),
    ] {
        let guests = format!(r#""ScheduleInviteeList_Account":[{guests}]"#);
        let room = r#""RoomInfo":{"RoomId":"a","RoomType":"Conference"}"#;
        survives(name, format!("{{{room},{guests}}}"));
    }
    let tags = list(r#""""#);
    survives(
        "tags that are texts",
        info(&format!(r#""Category":[{tags}]"#)),
    );
    let members = numbered(50_000, |index| format!(r#""R{index}":1"#));
    survives("unknown members", info(&members));
    let name = "RoomI".repeat(1 << 18);
    survives("a long unknown name", info(&format!(r#""{name}":1"#)));
    survives("a long text", info(&format!(r#""RoomId":"{name}""#)));
    survives("a long number", "9".repeat(1 << 20));
    survives("blanks", " ".repeat(1 << 20));
    survives("escapes", format!("\"{}\"", "\\u0061".repeat(1 << 18)));
}

/// So many texts with a number in them, and commas between.
fn numbered(count: usize, text: impl Fn(usize) -> String) -> String {
    let texts: Vec<String> = (0..count).map(text).collect();
    texts.join(",")
}

/// A schema file of definitions and nothing else.
fn file_of(definitions: &str) -> Vec<u8> {
    let head = r#""$schema":"../dialect.json","title":"Bomb","description":"A bomb.""#;
    format!("#common/bomb.json\n{{{head},\"$defs\":{{{definitions}}}}}").into_bytes()
}

/// A definition with a description.
fn definition(name: &str, keywords: &str) -> String {
    format!(r#""{name}":{{"description":"d",{keywords}}}"#)
}

/// A reference to a definition of the file.
fn reference(name: &str) -> String {
    format!(r##""$ref":"#/$defs/{name}""##)
}

/// A definition of an object with the members `l` and `r`.
fn object(name: &str, member: &str) -> String {
    let member = |name: &str| definition(name, member);
    let members = [member("l"), member("r")].join(",");
    definition(
        name,
        &format!(r#""type":"object","properties":{{{members}}}"#),
    )
}

#[test]
fn schema_bombs() {
    let watched = Watched::new(schema::run);
    let survives = |name: &str, text: &str| watched.survives(name, &file_of(text));
    let chain = |length: usize, last: &str| {
        numbered(length, |index| {
            let next = match index + 1 {
                next if next < length => reference(&format!("A{next}")),
                _ => last.to_owned(),
            };
            definition(&format!("A{index}"), &next)
        })
    };
    survives("a chain of references", &chain(300, r#""type":"string""#));
    survives("a ring of references", &chain(300, &reference("A0")));
    survives("a definition of itself", &chain(1, &reference("A0")));

    survives("an object in itself", &object("A", &reference("A")));
    let pair = [object("A", &reference("B")), object("B", &reference("A"))];
    survives("two objects in each other", &pair.join(","));
    let list = format!(r#""type":"array","items":{{{}}}"#, reference("A"));
    survives("an object in its own list", &object("A", &list));
    // Each object holds the next one twice: 2^24 paths to the last.
    let laughs = numbered(24, |index| {
        object(&format!("A{index}"), &reference(&format!("A{}", index + 1)))
    });
    let last = definition("A24", r#""type":"string""#);
    survives("a billion laughs", &format!("{laughs},{last}"));

    for depth in [30, 60, 10_000] {
        let open = r#"{"description":"d","type":"array","items":"#.repeat(depth);
        let text = format!(r#""A":{open}{{"type":"string"}}{}"#, "}".repeat(depth));
        survives(&format!("{depth} lists in each other"), &text);
    }
    let members = numbered(2_000, |index| {
        definition(&format!("m{index}"), r#""type":"string""#)
    });
    let wide = format!(r#""type":"object","properties":{{{members}}}"#);
    survives("2,000 members", &definition("A", &wide));
    let values = numbered(2_000, |index| format!("\"v{index}\""));
    let meanings = numbered(2_000, |index| format!("\"v{index}\":\"d\""));
    let list = format!(r#""type":"string","enum":[{values}],"valueDescriptions":{{{meanings}}}"#);
    survives("2,000 values", &definition("A", &list));
    let remark = format!(r#""$comment":"{}","type":"string""#, "x ".repeat(1 << 18));
    survives("a long remark", &definition("A", &remark));
    let keyword = format!(r#""{}":1"#, "maxByte".repeat(1 << 14));
    survives("a long unknown keyword", &definition("A", &keyword));
}
