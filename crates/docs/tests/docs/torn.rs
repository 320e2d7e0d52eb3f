//! Rows, cells and lines that move, come and go, and whitespace.

use trtc_rooms_docs::report::Outcome;

use crate::support::{FORMS, PAGES, fixture, in_form, lines, report};

const UPDATE: &str = "live_update_room_info";

#[test]
fn rows_may_stand_in_any_order() {
    for form in FORMS {
        let name = format!("{UPDATE}.{form}");
        let text = fixture(&name);
        let moved = row(form, &text, "RoomName", "MaxMemberCount");
        let before = row(form, &text, "CoverURL", "Category");
        let text = text
            .replacen(&moved, "", 1)
            .replacen(&before, &format!("{before}{moved}"), 1);
        assert_eq!(lines(&report(&name, &text)), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn rows_that_come_and_go() {
    for form in FORMS {
        let name = format!("{UPDATE}.{form}");
        let text = fixture(&name);
        let last = row(form, &text, "CoverURL", "Category");
        let gone = text.replacen(&row(form, &text, "TakeSeatMode", "Notice"), "", 1);
        // The sample has it still.
        assert_eq!(lines(&report(&name, &gone)), Vec::<String>::new(), "{name}");
        let gone = gone.replace(&in_form(form, "\"TakeSeatMode\": \"FreeToTake\""), "");
        assert_eq!(
            lines(&report(&name, &gone)),
            ["removedField RoomInfo.TakeSeatMode: RoomInfo.TakeSeatMode: not in the table / there"],
            "{name}"
        );
        let added = format!("{last}{}", last.replace("CoverURL", "ThumbURL"));
        assert_eq!(
            lines(&report(&name, &text.replacen(&last, &added, 1))),
            ["newField ThumbURL: ThumbURL: string, optional / not there"],
            "{name}"
        );
        let twice = format!("{last}{last}");
        assert_eq!(
            lines(&report(&name, &text.replacen(&last, &twice, 1))),
            ["unread: `CoverURL` stands twice"],
            "{name}"
        );
    }
}

/// The row of a field, up to that of the next one.
fn row(form: &str, text: &str, name: &str, next: &str) -> String {
    let begin = |name: &str| {
        let line = match form {
            "html" => format!("<tr><td><div>{name}<"),
            "md" => format!("| {name} |"),
            _ => format!("{name}\n"),
        };
        text.find(&format!("\n{line}"))
            .unwrap_or_else(|| panic!("{name}"))
            + 1
    };
    text[begin(name)..begin(next)].to_owned()
}

#[test]
fn whitespace_is_nothing() {
    for page in PAGES {
        for form in FORMS {
            let name = format!("{page}.{form}");
            let text = fixture(&name);
            let mut variants = vec![text.replace('\n', "\r\n"), format!("\u{feff}{text}")];
            if form != "md" {
                // Indentation is code in Markdown.
                variants.push(text.replace('\n', "\n\u{a0} \u{3000}"));
                variants.push(text.replace('\n', " \n\t"));
            }
            if form == "txt" {
                variants.push(text.replace('\n', "\n\n"));
            }
            for variant in variants {
                let report = report(&name, &variant);
                assert_eq!(
                    lines(&report),
                    Vec::<String>::new(),
                    "{name}: {:?}",
                    &variant[..40]
                );
            }
        }
    }
}

#[test]
fn cells_that_are_lost_are_reported() {
    for (form, from, to, expected) in [
        (
            "md",
            "| RoomName | String | Optional |",
            "| RoomName | String |",
            "table at line 57: 3 cells in a row of 4 (`RoomName`)",
        ),
        (
            "txt",
            "RoomName\nString\nOptional\n",
            "RoomName\nString\n",
            "table at line 78: 3 cells in a row of 4 (`RoomName`)",
        ),
        (
            "html",
            "<td><div>RoomName</div></td><td><div>String</div></td>",
            "<td><div>RoomName</div></td>",
            "table at line 54: 3 cells in a row of 4 (`RoomName`)",
        ),
    ] {
        let name = format!("{UPDATE}.{form}");
        let text = fixture(&name);
        assert!(text.contains(from), "{name}");
        let report = report(&name, &text.replace(from, to));
        let unread: Vec<&str> = report
            .unread
            .iter()
            .map(|unread| unread.what.as_str())
            .collect();
        assert_eq!(unread, [expected], "{name}");
        assert_eq!(report.outcome(), Outcome::Unreadable);
    }
}

#[test]
fn every_lost_line_of_a_table_in_plain_text_is_noticed() {
    for page in PAGES {
        let name = format!("{page}.txt");
        let text = fixture(&name);
        let lines: Vec<&str> = text.lines().collect();
        let mut in_table = false;
        let mut tried = 0;
        for (index, line) in lines.iter().enumerate() {
            match line.trim() {
                "Field" | "Parameter" | "Error code" | "Error Code" => {
                    // The table of URL parameters has a description at once.
                    let next = lines[index + 1..]
                        .iter()
                        .find(|line| !line.trim().is_empty());
                    in_table = next.is_some_and(|next| next.trim() == "Type")
                        || line.trim().starts_with("Error");
                }
                heading
                    if heading.contains("esponse")
                        || heading.eq_ignore_ascii_case("error codes")
                        || heading == "Templates"
                        || heading.is_empty()
                            && lines
                                .get(index + 1)
                                .is_some_and(|next| next.trim().is_empty()) =>
                {
                    in_table = false;
                }
                "" => continue,
                _ => {}
            }
            if !in_table {
                continue;
            }
            tried += 1;
            let mut torn = lines.clone();
            torn.remove(index);
            let report = report(&name, &(torn.join("\n") + "\n"));
            assert_ne!(
                report.outcome(),
                Outcome::Same,
                "{name}: line {}, `{line}`",
                index + 1
            );
        }
        assert!(tried > 50, "{name}: {tried}");
    }
}
