//! What the three forms have in common, and what is special about each.

use std::path::Path;

use trtc_rooms_docs::page::{Form, Page};
use trtc_rooms_docs::{Measure, Wording, compare, read, read_bytes};

use crate::support::{FORMS, PAGES, fixture, lines, page, schemas};

/// What a page says, without lines and form.
fn said(page: &Page) -> Vec<String> {
    let mut said = vec![
        format!("{:?}", page.title.as_ref().map(|title| &title.value)),
        format!("{:?}", page.updated.as_ref().map(|date| date.value)),
        format!("{:?}", page.path.as_ref().map(|path| &path.value)),
        format!("{:?}", page.rate.as_ref().map(|rate| rate.value)),
        format!(
            "{:?}",
            page.overview.as_ref().map(|overview| &overview.value)
        ),
    ];
    said.extend(page.hosts.iter().map(|host| host.value.clone()));
    for field in page.request.iter().chain(&page.response) {
        let limits: Vec<String> = field
            .statements
            .limits
            .iter()
            .map(|limit| limit.value.to_string())
            .collect();
        let default = field.statements.default.as_ref().map(|value| &value.value);
        said.push(format!(
            "{} {:?} {:?} {limits:?} {default:?}",
            field.name, field.kind, field.required
        ));
    }
    said.extend(
        page.codes
            .iter()
            .map(|row| format!("{} {}", row.code, row.text)),
    );
    said.extend(
        page.samples
            .iter()
            .map(|sample| format!("{:?}", sample.value)),
    );
    said
}

#[test]
fn all_forms_of_a_page_say_the_same() {
    for name in PAGES {
        let [html, md, txt] = FORMS.map(|form| {
            let name = format!("{name}.{form}");
            said(&page(&name, &fixture(&name)))
        });
        assert_eq!(html, md, "{name}");
        assert_eq!(md, txt, "{name}");
    }
}

#[test]
fn every_line_is_that_of_the_thing() {
    for name in PAGES {
        for form in FORMS {
            let name = format!("{name}.{form}");
            let text = fixture(&name);
            let page = page(&name, &text);
            let line = |number: usize| text.lines().nth(number - 1).unwrap_or_default();
            for field in page.request.iter().chain(&page.response) {
                assert!(
                    line(field.line).contains(&field.name),
                    "{name}: {}",
                    field.name
                );
            }
            for limit in page
                .request
                .iter()
                .flat_map(|field| &field.statements.limits)
            {
                let amount = limit.value.amount.to_string();
                let shown = match limit.value.measure {
                    Measure::Seconds => "minutes",
                    _ => &amount,
                };
                assert!(line(limit.line).contains(shown), "{name}: {}", limit.value);
            }
            for row in &page.codes {
                assert!(
                    line(row.line).contains(&row.code.to_string()),
                    "{name}: {}",
                    row.code
                );
            }
            for member in page.samples.iter().flat_map(|sample| &sample.members) {
                assert!(
                    line(member.line).contains(member.path.last().unwrap()),
                    "{name}"
                );
            }
            for host in &page.hosts {
                assert!(line(host.line).contains(&host.value), "{name}");
            }
            assert!(line(page.title.unwrap().line).contains("Room"), "{name}");
            assert!(line(page.updated.unwrap().line).contains(':'), "{name}");
            assert!(line(page.path.unwrap().line).contains("v4/"), "{name}");
        }
    }
}

#[test]
fn the_form_is_told_by_name_or_by_the_first_lines() {
    let form = |name: &str, text: &str| read_bytes(Path::new(name), text.as_bytes()).form;
    assert_eq!(form("a.HTML", ""), Form::Html);
    assert_eq!(form("a.md", "<html>"), Form::Markdown);
    assert_eq!(form("a", "\u{feff}<!DOCTYPE html>"), Form::Html);
    assert_eq!(form("a", "# t\n\n|a|b|\n|---|---|\n"), Form::Markdown);
    assert_eq!(form("a", "Field\nType\n"), Form::Text);
}

#[test]
fn what_is_no_utf_8_is_unreadable() {
    let page = read_bytes(Path::new("a.txt"), b"one\ntwo \xff");
    assert_eq!(page.unread.len(), 1);
    assert_eq!(page.unread[0].line, 2);
}

#[test]
fn an_empty_page_lacks_everything() {
    for form in [Form::Html, Form::Markdown, Form::Text] {
        let page = read("", form);
        assert_eq!(page.unread.len(), 7, "{:?}", page.unread);
    }
}

#[test]
fn a_markdown_table_may_be_html() {
    let html = fixture("live_update_room_info.html");
    let start = html.find("<h3>Request packet fields</h3>").unwrap();
    let table = &html[html[start..].find("<table>").unwrap() + start..];
    let table = &table[..table.find("</table>").unwrap() + 8];
    let md = fixture("live_update_room_info.md");
    let start = md.find("| Field | Type | Attribute").unwrap();
    let end = start + md[start..].find("\n\n").unwrap();
    let mixed = format!("{}{table}{}", &md[..start], &md[end..]);
    let page = page("a.md", &mixed);
    assert_eq!(page.unread, []);
    assert_eq!(page.request.len(), 10);
    let line = mixed
        .lines()
        .position(|line| line.contains("RoomName</div>"))
        .unwrap();
    assert_eq!(page.request[1].line, line + 1);
    // A blank line ends HTML in Markdown.
    let torn = mixed.replace("<tbody>", "<tbody>\n\n");
    let page = crate::support::page("a.md", &torn);
    assert!(
        page.unread
            .iter()
            .any(|unread| unread.what.contains("no end")),
        "{:?}",
        page.unread
    );
}

#[test]
fn what_is_hidden_is_not_read() {
    let page = page("a.html", &fixture("live_update_room_info.html"));
    assert!(page.codes.iter().all(|row| row.code != 100_099));
}

#[test]
fn a_table_in_a_cell_is_text_of_the_cell() {
    let name = "live_create_room.html";
    let text = fixture(name);
    let heading = "<h3>Templates</h3>\n";
    let start = text.find(heading).unwrap();
    let end = start + text[start..].find("</table>").unwrap() + 8;
    let table = &text[start + heading.len()..end];
    let nested = text
        .replace(&text[start..end], "")
        .replace(
            "see the list of templates.</p>",
            &format!("one of:</p>{table}"),
        )
        .replace("Karaoke", "Podcast");
    let page = page(name, &nested);
    assert_eq!(page.request.len(), 12);
    assert_eq!(page.request[4].text.lines().count(), 1 + 7 * 3);
    let report = compare(name, &page, schemas(), &Wording::default());
    assert_eq!(
        lines(&report),
        [
            "newValue SeatTemplate: Podcast / not listed",
            "removedValue SeatTemplate: Karaoke: Karaoke: not listed / listed",
        ]
    );
}
