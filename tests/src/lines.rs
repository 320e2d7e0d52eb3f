//! The line of a place in a JSON text.

/// The line on which a place begins, counted from one. Where there is no such place, the
/// line of the nearest one around it.
pub(crate) fn line_of(text: &str, pointer: &str) -> usize {
    let steps = pointer.split('/').skip(1);
    let steps = steps.map(|step| step.replace("~1", "/").replace("~0", "~"));
    let mut scanner = Scanner {
        text: text.as_bytes(),
        at: 0,
    };
    let place = scanner.find(&steps.collect::<Vec<_>>());
    1 + text[..place].matches('\n').count()
}

/// Goes through a JSON text that is known to be sound.
struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    /// Where the value at a place begins; a member begins with its name.
    fn find(&mut self, steps: &[String]) -> usize {
        self.blanks();
        let here = self.at;
        let Some((first, rest)) = steps.split_first() else {
            return here;
        };
        match self.next() {
            b'{' => loop {
                self.blanks();
                if self.peek() != b'"' {
                    return here;
                }
                let name_at = self.at;
                let name = self.string();
                self.blanks();
                self.at += 1;
                if name == *first {
                    return if rest.is_empty() {
                        name_at
                    } else {
                        self.find(rest).max(name_at)
                    };
                }
                self.skip();
                self.comma();
            },
            b'[' => {
                for index in 0.. {
                    self.blanks();
                    if matches!(self.peek(), b']' | 0) {
                        break;
                    }
                    if first.parse() == Ok(index) {
                        return self.find(rest);
                    }
                    self.skip();
                    self.comma();
                }
                here
            }
            _ => here,
        }
    }

    /// Goes past a value.
    fn skip(&mut self) {
        self.blanks();
        match self.peek() {
            b'"' => {
                self.string();
            }
            b'{' | b'[' => {
                let mut depth = 0;
                loop {
                    match self.peek() {
                        b'"' => {
                            self.string();
                            continue;
                        }
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' => depth -= 1,
                        0 => return,
                        _ => {}
                    }
                    self.at += 1;
                    if depth == 0 {
                        return;
                    }
                }
            }
            _ => {
                while !matches!(self.peek(), b',' | b'}' | b']' | 0) {
                    self.at += 1;
                }
            }
        }
    }

    fn string(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        while !matches!(self.peek(), b'"' | 0) {
            self.at += if self.peek() == b'\\' { 2 } else { 1 };
        }
        self.at = (self.at + 1).min(self.text.len());
        serde_json::from_slice(&self.text[start..self.at]).unwrap_or_default()
    }

    fn comma(&mut self) {
        self.blanks();
        if self.peek() == b',' {
            self.at += 1;
        }
    }

    fn blanks(&mut self) {
        while self.peek().is_ascii_whitespace() {
            self.at += 1;
        }
    }

    fn next(&mut self) -> u8 {
        let byte = self.peek();
        self.at += 1;
        byte
    }

    fn peek(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::line_of;

    const TEXT: &str = r#"{
  "a": "x \" } \\",
  "b": [
    { "c": 1 },
    { "c/d": [
      2 ] }
  ],
  "e": {}
}"#;

    #[test]
    fn places_have_lines() {
        for (pointer, line) in [
            ("", 1),
            ("/a", 2),
            ("/b", 3),
            ("/b/0/c", 4),
            ("/b/1", 5),
            ("/b/1/c~1d/0", 6),
            ("/e", 8),
        ] {
            assert_eq!(line_of(TEXT, pointer), line, "{pointer}");
        }
    }

    #[test]
    fn what_is_missing_is_looked_for_nearby() {
        for (pointer, line) in [
            ("/x", 1),
            ("/b/7", 3),
            ("/b/1/x", 5),
            ("/e/f", 8),
            ("/a/x", 2),
        ] {
            assert_eq!(line_of(TEXT, pointer), line, "{pointer}");
        }
    }
}
