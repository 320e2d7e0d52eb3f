use std::io::Cursor;

use super::*;

fn problem(bytes: &[u8]) -> (u64, u64, String) {
    let Problem {
        line,
        column,
        message,
    } = parse(bytes).unwrap_err();
    (line, column, message)
}

#[test]
fn q1_the_place_is_that_of_the_mistake() {
    for (text, line, column, message) in [
        ("", 1, 1, "it is empty"),
        (" \r\n\t", 1, 1, "it is empty"),
        ("{", 1, 1, "EOF while parsing an object"),
        ("{\n", 2, 1, "EOF while parsing an object"),
        ("{\"a\":}", 1, 6, "expected value"),
        ("{\n  \"a\": 1,\n}", 3, 1, "trailing comma"),
        ("{\n  // no\n}", 2, 3, "key must be a string"),
        ("{} x", 1, 4, "trailing characters"),
        ("{}\n{}", 2, 1, "trailing characters"),
        ("{\"a\":1,\"a\":2}", 1, 10, "the member \"a\" stands twice"),
        ("{\"a\":\"\\ud800\"}", 1, 13, "unexpected end of hex escape"),
        ("{\"a\":\"\\udc00\"}", 1, 12, "lone leading surrogate"),
        ("{\"a\":01}", 1, 7, "invalid number"),
        ("{\"a\":NaN}", 1, 6, "expected value"),
        ("{\"a\":1e400}", 1, 10, "number out of range"),
        ("{\"a\":\"\u{1}\"}", 1, 7, "control character"),
    ] {
        let found = problem(text.as_bytes());
        assert!(found.2.contains(message), "{text:?}: {found:?}");
        assert_eq!((found.0, found.1), (line, column), "{text:?}: {found:?}");
    }
}

#[test]
fn columns_are_characters() {
    assert_eq!(problem("{\"房间é\":}".as_bytes()).1, 8);
    assert_eq!(problem("\n {\"房间é\":}".as_bytes()).1, 9);
    assert_eq!(problem(b"{\"\xe6\x88\xbf\xff").1, 4);
}

#[test]
fn c17_what_is_not_utf8_is_named() {
    assert_eq!(
        problem(b"{\"a\":\n\"b\xff\"}"),
        (2, 3, "it is not UTF-8".to_owned())
    );
    for bytes in [
        &b"\xc0\xaf"[..],
        b"\xed\xa0\x80",
        b"\xf0\x9f\x98",
        b"{\xe9}",
    ] {
        assert!(problem(bytes).2.contains("UTF-8"), "{bytes:?}");
    }
    for bytes in [&b"\xff\xfe{\0}\0"[..], b"\xfe\xff\0{\0}"] {
        assert!(problem(bytes).2.contains("UTF-16"), "{bytes:?}");
    }
    assert!(problem(b"\xef\xbb\xbf{}").2.contains("byte order mark"));
}

#[test]
fn nesting_is_bounded() {
    let deep = "[".repeat(100_000);
    assert!(problem(deep.as_bytes()).2.contains("recursion limit"));
}

#[test]
fn messages_are_short_and_do_not_steer() {
    let name = "x\u{1b}[2J\u{202e}".repeat(10_000);
    let name = serde_json::to_string(&name).unwrap();
    let (_, _, message) = problem(format!("{{{name}:1,{name}:2}}").as_bytes());
    assert!(message.len() < 1_000, "{}", message.len());
    assert!(!message.contains(crate::text::steers), "{message:?}");
}

fn lines(input: impl Read + 'static) -> Lines {
    Source {
        name: "test".to_owned(),
        reader: Box::new(input),
    }
    .into_lines()
}

fn all(input: impl Read + 'static) -> Vec<Option<Vec<u8>>> {
    let mut lines = lines(input);
    let mut all = Vec::new();
    while let Some(line) = lines.next(|| Ok(())).unwrap() {
        all.push(match line {
            Line::Text(text) => Some(text.to_vec()),
            Line::TooLong => None,
        });
    }
    assert_eq!(lines.number(), all.len() as u64);
    all
}

#[test]
fn lines_with_and_without_an_end() {
    let text = |text: &str| Some(text.as_bytes().to_vec());
    assert_eq!(all(Cursor::new("")), []);
    assert_eq!(all(Cursor::new("a")), [text("a")]);
    assert_eq!(all(Cursor::new("a\n")), [text("a")]);
    assert_eq!(all(Cursor::new("\n")), [text("")]);
    assert_eq!(
        all(Cursor::new("a\r\n\nb")),
        [text("a\r"), text(""), text("b")]
    );
    let long = "x".repeat(200_000);
    assert_eq!(
        all(Cursor::new(format!("{long}\n{long}\nc"))),
        [text(&long), text(&long), text("c")]
    );
}

#[test]
fn a_line_that_is_too_long_is_skipped() {
    let exact = vec![b'x'; MAX_REQUEST];
    let mut input = exact.clone();
    input.extend_from_slice(b"\nx");
    input.extend_from_slice(&exact);
    input.extend_from_slice(&exact);
    input.extend_from_slice(b"\nafter");
    let found = all(Cursor::new(input));
    assert_eq!(found.len(), 3);
    assert_eq!(found[0].as_ref().map(Vec::len), Some(MAX_REQUEST));
    assert_eq!(found[1], None);
    assert_eq!(found[2].as_deref(), Some(&b"after"[..]));
}

#[test]
fn memory_of_a_huge_line_is_given_back() {
    let mut input = vec![b'x'; MAX_REQUEST];
    input.extend_from_slice(b"\nafter\n");
    let mut lines = lines(Cursor::new(input));
    lines.next(|| Ok(())).unwrap();
    lines.next(|| Ok(())).unwrap();
    assert!(lines.line.capacity() <= 1 << 20);
}

#[test]
fn before_waiting_there_is_time_for_something_else() {
    let mut lines = lines(Cursor::new("a\nb\nc\n"));
    let mut idle = 0;
    for _ in 0..3 {
        lines
            .next(|| {
                idle += 1;
                Ok(())
            })
            .unwrap();
    }
    assert_eq!(idle, 1, "all three lines came at once");
    lines
        .next(|| {
            idle += 1;
            Ok(())
        })
        .unwrap();
    assert_eq!(idle, 2);
}

#[test]
fn input_that_is_too_long_is_refused() {
    let source = |size: usize| Source {
        name: "test".to_owned(),
        reader: Box::new(io::repeat(b'x').take(size as u64)),
    };
    assert_eq!(source(100).read_all(100).unwrap().len(), 100);
    assert!(source(101).read_all(100).is_err());
    let endless = Source {
        name: "test".to_owned(),
        reader: Box::new(io::repeat(b'x')),
    };
    let Err(Failure::Said { message, .. }) = endless.read_all(MAX_REQUEST) else {
        panic!("endless input was read");
    };
    assert_eq!(message, "test is longer than 16 MiB");
}
