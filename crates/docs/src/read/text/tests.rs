use crate::block::{Block, cell_text};

/// The tables of a text, one line a row with its line number, and what is unread.
fn tables(text: &str) -> String {
    let mut shown = Vec::new();
    for block in super::read(text) {
        match block {
            Block::Table(table) => {
                shown.push(format!("table {}", table.line));
                for row in table.rows {
                    let cells: Vec<String> = row.cells.iter().map(cell_text).collect();
                    shown.push(format!("{}: {}", row.line, cells.join(" | ")));
                }
            }
            Block::Unread(unread) => shown.push(format!("unread {unread}")),
            Block::Line(_) | Block::Sample(_) => {}
        }
    }
    shown.join("\n")
}

const HEADER: &str = "Field\nType\nAttribute\nDescription\n";

#[test]
fn lines_of_a_cell_belong_to_the_row_before_the_next_one() {
    let text = format!(
        "{HEADER}RoomId\nString\nMandatory\nOne.\nTwo.\n- three\nRoomName\nString\nOptional\nFour.\n"
    );
    assert_eq!(
        tables(&text),
        "table 1\n1: Field | Type | Attribute | Description\n5: RoomId | String | Mandatory | One. Two. - three\n11: RoomName | String | Optional | Four."
    );
}

#[test]
fn columns_may_stand_in_another_order_and_be_fewer() {
    assert_eq!(
        tables("Parameter Name\nRequired\nType\nDescription\nRoomId\nYes\nString\nOne.\n"),
        "table 1\n1: Parameter Name | Required | Type | Description\n5: RoomId | Yes | String | One."
    );
    assert_eq!(
        tables("字段\n类型\n说明\nRoomId\nString\n房间 ID\n"),
        "table 1\n1: 字段 | 类型 | 说明\n4: RoomId | String | 房间 ID"
    );
    assert_eq!(
        tables("Field\nType\nRoomId\nString\nSeats\nArray of Integer\n"),
        "table 1\n1: Field | Type\n3: RoomId | String\n5: Seats | Array of Integer"
    );
}

#[test]
fn the_last_row_ends_at_the_first_gap() {
    let text =
        format!("{HEADER}RoomId\nString\nMandatory\nOne.\nTwo.\n\nUp to 5 of them.\n\nMore\n");
    assert_eq!(
        tables(&text),
        "table 1\n1: Field | Type | Attribute | Description\n5: RoomId | String | Mandatory | One. Two."
    );
    // Other rows may have gaps.
    let text =
        format!("{HEADER}A\nString\nMandatory\nOne.\n\n\nTwo.\nB\nString\nOptional\nThree.\n");
    assert!(tables(&text).contains("5: A | String | Mandatory | One. Two."));
}

#[test]
fn where_cells_have_gaps_a_wider_one_ends_the_last_row() {
    let text = "Field\n\nType\n\nDescription\n\nA\n\nString\n\nOne.\n\nTwo.\n\n\nThree.\n";
    assert_eq!(
        tables(text),
        "table 1\n1: Field | Type | Description\n7: A | String | One. Two."
    );
}

#[test]
fn headings_headers_samples_and_footers_end_a_table() {
    for end in [
        "Error codes",
        "{\"A\": 1}",
        "Was this page helpful?",
        "Error code\nDescription\n100001\nBad.",
    ] {
        let text = format!("{HEADER}A\nString\nMandatory\nOne.\n{end}\nTwo.\n");
        let shown = tables(&text);
        assert!(
            shown.contains("5: A | String | Mandatory | One.\n") || shown.ends_with("One."),
            "{shown}"
        );
    }
}

#[test]
fn a_table_in_a_cell_is_text() {
    let text = format!(
        "{HEADER}Mode\nString\nMandatory\nOne of these:\nValue\nDescription\nFree\nTake a seat\nAsk\nAsk for one\nSeats\nInteger\nOptional\nHow many.\n"
    );
    let shown = tables(&text);
    assert!(shown.contains("Mode | String | Mandatory | One of these: Value Description Free Take a seat Ask Ask for one"), "{shown}");
    assert!(
        shown.contains("Seats | Integer | Optional | How many."),
        "{shown}"
    );
}

#[test]
fn a_row_that_lost_a_cell_is_one_cell_short() {
    let text = format!(
        "{HEADER}RoomId\nString\nOne.\nRoomName\nOptional\nTwo.\nNotice\nString\nOptional\nThree.\n"
    );
    assert_eq!(
        tables(&text),
        "table 1\n1: Field | Type | Attribute | Description\n5: RoomId | String | One.\n8: RoomName | Optional | Two.\n11: Notice | String | Optional | Three."
    );
}

#[test]
fn an_empty_text_is_a_cell() {
    let text =
        format!("{HEADER}RoomId\nString\nMandatory\nRoomName\nString\nOptional\n\nElsewhere\n");
    assert_eq!(
        tables(&text),
        "table 1\n1: Field | Type | Attribute | Description\n5: RoomId | String | Mandatory | \n8: RoomName | String | Optional | "
    );
}

#[test]
fn codes_are_rows_and_numbers_in_texts_are_not() {
    assert_eq!(
        tables(
            "Error code\nDescription\n100001\nBad.\n100002, 100003\nAt most\n20\nof them.\n-1\nWorse.\n"
        ),
        "table 1\n1: Error code | Description\n3: 100001 | Bad.\n5: 100002, 100003 | At most 20 of them.\n9: -1 | Worse."
    );
    // A text and its solution are one text: nothing tells them apart.
    assert_eq!(
        tables("Error Code\nDescription\nSolution\n100001\nBad.\nTry again.\n"),
        "table 1\n1: Error Code | Description\n4: 100001 | Bad. Try again."
    );
}

#[test]
fn cells_on_one_line_are_parted_by_tabs() {
    assert_eq!(
        tables(
            "Field\tType\tAttribute\tDescription\nRoomId\tString\tMandatory\tOne.\nTwo.\nSeats\tInteger\tOptional\t\n"
        ),
        "table 1\n1: Field | Type | Attribute | Description\n2: RoomId | String | Mandatory | One. Two.\n4: Seats | Integer | Optional | "
    );
}

#[test]
fn what_is_between_header_and_rows_is_reported() {
    let text = format!("{HEADER}Since version\nRoomId\nString\nMandatory\nOne.\n");
    assert!(tables(&text).starts_with("unread line 5: `Since version` stands between"));
    assert_eq!(
        tables(&format!("{HEADER}Nothing that\nis a row.\n")),
        "unread line 1: the table that begins here has no row that could be read"
    );
}

#[test]
fn rows_without_a_header_are_reported_once() {
    let rows = "RoomId\nString\nMandatory\nOne.\nRoomName\nString\nOptional\nTwo.\n";
    let shown = tables(&format!("Thing\nSort\nUse\nWords\n{rows}"));
    assert_eq!(shown.matches("unread").count(), 1, "{shown}");
    assert!(
        shown.contains("line 5: `RoomId` looks like a row"),
        "{shown}"
    );
    let shown = tables("Number\nMeaning of it\n100001\nBad.\n100002\nWorse.\n");
    assert!(
        shown.contains("line 3: `100001` looks like a row"),
        "{shown}"
    );
}

#[test]
fn a_text_before_a_rigid_cell_is_reported_as_a_lost_cell() {
    let shown = tables("Field\nType\nDescription\nRequired\nRoomId\nString\nOne.\nYes\n");
    assert!(shown.contains("5: RoomId | String | One. Yes"), "{shown}");
}

#[test]
fn navigation_with_the_words_of_headers_is_no_table() {
    for text in [
        "Type\nDescription\nField\n",
        "Field\n\n\n\n\nType\n",
        "Name\nDescription\nRoomId\n",
        "Parameter\nParameter\nType of call\n",
    ] {
        assert_eq!(tables(text), "", "{text}");
    }
}
