use trtc_rooms_docs::Wording;
use trtc_rooms_docs::compare;
use trtc_rooms_docs::report::Outcome;

use crate::support::{FORMS, PAGES, fixture, lines, page, report, schemas};

#[test]
fn every_form_of_every_page_agrees_with_its_schema() {
    for name in PAGES {
        for form in FORMS {
            let name = format!("{name}.{form}");
            let report = report(&name, &fixture(&name));
            assert_eq!(lines(&report), Vec::<String>::new(), "{name}");
            assert_eq!(report.outcome(), Outcome::Same);
        }
    }
}

#[test]
fn reports() {
    for name in PAGES {
        for form in FORMS {
            let name = format!("{name}.{form}");
            // Changes of most kinds at once, the same in all forms.
            let text = fixture(&name)
                .replace("48 bytes", "64 bytes")
                .replace("maximum 100 bytes", "maximum 80 bytes")
                .replace("200 ", "100 ")
                .replace("100006", "100026")
                .replace("100012", "100777")
                .replace("ApplyToTake", "AskToTake")
                .replace("CoverURL", "CoverUri");
            let page = page(&name, &text);
            let report = compare(&name, &page, schemas(), &Wording::default());
            insta::assert_snapshot!(name.replace('.', "_"), report.to_string());
        }
    }
}

#[test]
fn the_report_for_machines() {
    let name = "live_update_room_info.md";
    let text = fixture(name)
        .replace("maximum 100 bytes", "maximum 80 bytes")
        .replace("| Integer |", "| Number of things |");
    let json = report(name, &text).to_json();
    insta::assert_snapshot!(format!("{json:#}"));
}
