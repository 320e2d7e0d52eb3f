//! The stub can fail: its judge finds every fault that a client could have. Parts F, C
//! and E of the catalogue, as far as a page decides.

use trtc_rooms_contract::http::{
    Judge, PARAMETERS, REQUEST_ID, Received, TARGETS, Target, app, envelope, tables, with_payload,
};

const PATH: &str = "/v4/live_engine_http_srv/create_room";
const BODY: &str =
    r#"{"RoomInfo":{"RoomId":"live-1","RoomType":"Live","SeatTemplate":"AudioSalon"}}"#;

fn judge() -> Judge {
    Judge::new()
}

fn parameters() -> Vec<(String, String)> {
    let values = [
        "1400000000",
        "administrator",
        &app::ticket(),
        "4294967295",
        "json",
    ];
    PARAMETERS
        .iter()
        .map(|&name| name.to_owned())
        .zip(values.map(str::to_owned))
        .collect()
}

fn request(target: String, body: &str) -> Received {
    Received {
        method: "POST".to_owned(),
        target,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: body.into(),
    }
}

fn with_query(parameters: &[(String, String)]) -> Received {
    let pairs: Vec<_> = parameters
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    request(format!("{PATH}?{}", pairs.join("&")), BODY)
}

fn with_body(body: &str) -> Received {
    let mut received = with_query(&parameters());
    received.body = body.into();
    received
}

/// A request with one parameter replaced.
fn with(name: &str, value: &str) -> Received {
    let mut parameters = parameters();
    let found = parameters.iter_mut().find(|(other, _)| other == name);
    value.clone_into(&mut found.unwrap().1);
    with_query(&parameters)
}

/// The code of the answer, and how many faults there are.
fn verdict(request: &Received) -> (i32, usize) {
    let judgement = judge().judge(request);
    (judgement.answer().0, judgement.faults.len())
}

#[test]
fn a_documented_request_has_no_fault() {
    let judgement = judge().judge(&with_query(&parameters()));
    assert_eq!(judgement.endpoint.as_deref(), Some("live/create_room"));
    assert_eq!((judgement.faults, judgement.findings), (vec![], vec![]));
    // Order carries no meaning.
    let mut reversed = parameters();
    reversed.reverse();
    assert_eq!(verdict(&with_query(&reversed)), (0, 0));
}

#[test]
fn f1_f2_f6_a_parameter_that_is_missing_empty_or_misspelt() {
    // Without an identifier the ticket belongs to nobody, so there are further faults.
    for (name, code) in [
        ("sdkappid", 60_012),
        ("identifier", 60_004),
        ("usersig", 70_002),
        ("random", 60_002),
        ("contenttype", 60_025),
    ] {
        let mut missing = parameters();
        missing.retain(|(other, _)| other != name);
        assert_eq!(verdict(&with_query(&missing)).0, code, "F1 {name}");
        assert_eq!(verdict(&with(name, "")).0, code, "F2 {name}");
        let mut misspelt = parameters();
        let position = misspelt
            .iter()
            .position(|(other, _)| other == name)
            .unwrap();
        misspelt[position].0 = name.to_uppercase();
        assert_eq!(verdict(&with_query(&misspelt)).0, code, "F6 {name}");
    }
}

#[test]
fn f3_f4_a_parameter_that_stands_twice_or_is_unknown() {
    for (position, name) in PARAMETERS.iter().enumerate() {
        let mut twice = parameters();
        twice.push(twice[position].clone());
        assert_eq!(verdict(&with_query(&twice)).0, 60_002, "F3 {name}");
    }
    let mut extra = parameters();
    extra.push(("debug".to_owned(), "1".to_owned()));
    // No page refuses it, but the client must not send it.
    assert_eq!(verdict(&with_query(&extra)), (0, 1));
}

#[test]
fn f7_f8_numbers_out_of_range_or_in_another_form() {
    for odd in [
        "-1",
        "4294967296",
        "1.5",
        "abc",
        "%2B1",
        "%201",
        "0x1",
        "007",
        "%EF%BC%91",
        "1e3",
        &"9".repeat(100),
    ] {
        assert_eq!(verdict(&with("random", odd)), (60_002, 1), "F7 {odd}");
    }
    for fine in ["0", "1", "4294967295"] {
        assert_eq!(verdict(&with("random", fine)), (0, 0), "F7 {fine}");
    }
    for odd in [
        "0",
        "-1",
        "abc",
        "4294967296",
        "01400000000",
        "1400000000.0",
        "1400000001",
    ] {
        assert_eq!(verdict(&with("sdkappid", odd)).0, 60_006, "F8 {odd}");
    }
}

#[test]
fn f9_f12_identifiers() {
    for identifier in ["a b&c=d#e%", "管理员", "admin&usersig=x"] {
        let judge = judge().with_administrator(identifier);
        let escape = |byte: u8| format!("%{byte:02X}");
        let escaped: String = identifier.bytes().map(escape).collect();
        let mut parameters = parameters();
        parameters[1].1 = escaped;
        parameters[2].1 = app::signed(identifier, app::NOW, 60);
        let judgement = judge.judge(&with_query(&parameters));
        assert_eq!(judgement.faults, [], "F9 {identifier}");
    }
    let mut member = parameters();
    member[1].1 = "alice".to_owned();
    member[2].1 = app::signed("alice", app::NOW, 60);
    assert_eq!(verdict(&with_query(&member)), (60_010, 1), "F12");
}

#[test]
fn f11_bad_escapes() {
    for odd in ["%", "%2", "%zz", "%ff", "a+b", "a b", "\u{e9}"] {
        assert_eq!(verdict(&with("identifier", odd)).0, 60_002, "{odd}");
    }
}

#[test]
fn g_tickets_that_do_not_pass() {
    let signed = |user, time| app::signed(user, time, 60);
    let mut forged = app::ticket();
    forged.replace_range(60..61, if &forged[60..61] == "A" { "B" } else { "A" });
    for (ticket, codes) in [
        (signed("administrator", app::NOW - 61), &[70_001][..]),
        (signed("alice", app::NOW), &[70_013]),
        ("x".to_owned(), &[70_003]),
        // A changed character may break the packing before it breaks the mac.
        (forged, &[70_003, 70_009]),
        (app::ticket()[..100].to_owned(), &[70_003]),
    ] {
        let (code, faults) = verdict(&with("usersig", &ticket));
        assert!(codes.contains(&code) && faults == 1, "{codes:?}: {code}");
    }
    assert_eq!(
        verdict(&with("usersig", &signed("administrator", app::NOW - 60))),
        (0, 0)
    );
}

#[test]
fn e_method_path_and_headers() {
    let fine = with_query(&parameters());
    for method in ["GET", "PUT", "post"] {
        let mut request = fine.clone();
        method.clone_into(&mut request.method);
        assert_eq!(verdict(&request).0, 60_009, "{method}");
    }
    for path in [
        "/v4/live_engine_http_srv/create_room/",
        "//v4/live_engine_http_srv/create_room",
        "/V4/live_engine_http_srv/create_room",
        "/v4/live_engine_http_srv/create%5Froom",
        "/v3/live_engine_http_srv/create_room",
        "/v4/room_engine_http_srv/pause_room",
        "/",
    ] {
        let mut request = fine.clone();
        request.target = fine.target.replace(PATH, path);
        assert_eq!(verdict(&request).0, 60_009, "{path}");
    }
    for headers in [
        &[][..],
        &[("content-type", "text/plain")],
        &[("content-type", "application/json; charset=latin1")],
        &[
            ("content-type", "application/json"),
            ("content-type", "application/json"),
        ],
        &[
            ("content-type", "application/json"),
            ("referer", "http://x/"),
        ],
        &[("content-type", "application/json"), ("cookie", "a=b")],
    ] {
        let mut request = fine.clone();
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        request.headers = headers.iter().map(owned).collect();
        // No page asks for a header, so the documents answer as if nothing were wrong.
        assert_eq!(verdict(&request), (0, 1), "{headers:?}");
    }
}

#[test]
fn c_bodies() {
    for (body, code) in [
        ("", 60_003),
        (" ", 60_003),
        ("{", 60_003),
        ("{} {}", 60_003),
        ("{\"RoomInfo\":{}}//", 60_003),
        ("\u{feff}{}", 60_003),
        ("{}", 100_002),
        ("[]", 100_002),
        ("null", 100_002),
        (r#"{"RoomInfo":["live-1","Live"]}"#, 100_002),
        (
            r#"{"RoomInfo":{"RoomId":"a","RoomType":"live","SeatTemplate":"Karaoke"}}"#,
            100_002,
        ),
        (
            r#"{"RoomInfo":{"RoomId":"a","RoomType":"Live","SeatTemplate":"Karaoke","Owner_Account":7}}"#,
            60_015,
        ),
    ] {
        let judgement = judge().judge(&with_body(body));
        let (answer, info) = judgement.answer();
        assert_eq!((answer, judgement.faults.len()), (code, 0), "{body}");
        assert!(!info.is_empty() || code == 60_003, "{body}");
    }
    // What is wrong with the URL is told first.
    let mut both = with("random", "x");
    both.body.clear();
    assert_eq!(verdict(&both).0, 60_002);
}

#[test]
fn every_endpoint_is_known_by_its_documented_path() {
    for name in tables().names() {
        let path = tables().get(name).unwrap().facts.path.as_str();
        assert_eq!(Target::named(name).endpoint.path, path);
        let mut request = with_query(&parameters());
        request.target = request.target.replace(PATH, &format!("/{path}"));
        request.body = Target::named(name).example().to_string().into();
        let judgement = judge().judge(&request);
        assert_eq!(judgement.endpoint.as_deref(), Some(name));
        assert_eq!(judgement.answer(), (0, String::new()));
    }
    assert!(
        tables()
            .names()
            .eq(TARGETS.iter().map(|target| target.name))
    );
}

#[test]
fn the_envelope_is_the_documented_one() {
    assert_eq!(
        with_payload(envelope(0, ""), &serde_json::json!({ "RoomId": "live-1" })).to_string(),
        format!(
            r#"{{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","RequestId":"{REQUEST_ID}","RoomId":"live-1"}}"#
        )
    );
    assert!(
        envelope(100_002, "x")
            .to_string()
            .starts_with(r#"{"ActionStatus":"FAIL","ErrorCode":100002,"#)
    );
}
