//! Replies whose envelope is odd: what is no envelope at all, which member decides, what
//! becomes of the texts, and bytes that are no text.

use trtc_rooms::ErrorClass;

use super::replies::{Case, failure, success};
use crate::http::{Expected, Replied, Retry, Target, app, secrets};

/// The reply limit of a client unless it is told otherwise.
const LIMIT: usize = 1 << 20;

/// All of them.
pub(super) fn cases() -> Vec<Case> {
    [shapes(), envelopes(), members(), encodings(), sizes()].concat()
}

/// What is no envelope at all.
fn shapes() -> Vec<Case> {
    let cut = Expected::cut();
    let nothing = Expected::undecodable();
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    vec![
        failure("H1-empty", "", cut).saying("(0 bytes)"),
        failure("H1-blank", " \r\n\t", cut),
        failure("H2-no-members", "{}", nothing).saying("no ErrorCode"),
        failure("H3-null", "null", nothing),
        failure("H3-list", "[]", nothing),
        failure("H3-text", "\"OK\"", nothing),
        failure("H3-number", "0", nothing),
        failure("H3-true", "true", nothing),
        failure("H3-positional", r#"["OK",0,"","Id-1",null]"#, nothing).saying("no JSON object"),
        failure("H3-positional-short", r#" ["OK",0,""]"#, nothing),
        failure("H3-deep", nested, nothing),
        failure("H22-garbage", r#"{"ErrorCode":0}garbage"#, nothing),
        failure("H22-two", "{\"ErrorCode\":0}{\"ErrorCode\":0}", nothing),
        failure(
            "H22-lines",
            "{\"ErrorCode\":0}\n{\"ErrorCode\":0}\n",
            nothing,
        ),
        failure("H22-comma", r#"{"ErrorCode":0,}"#, nothing),
        failure("H22-comment", "{//ok\n\"ErrorCode\":0}", nothing),
        failure("H22-cut", r#"{"ErrorCode":0,"RoomId":"#, cut),
        failure("H22-cut-in-text", r#"{"ErrorCode":0,"RoomId":"live"#, cut),
        failure(
            "H22-cut-at-the-end",
            r#"{"ErrorCode":0,"RoomId":"live-1""#,
            cut,
        ),
        failure("H22-html", "<html><body>Hello</body></html>", nothing).saying("<html>"),
        failure(
            "N3-meta-refresh",
            "<meta http-equiv=\"refresh\" content=\"0;url=http://127.0.0.1:1/\">",
            nothing,
        ),
    ]
}

/// Which of the four members decides.
fn envelopes() -> Vec<Case> {
    let any: fn(&Target, &Replied) -> bool = |_, _| true;
    let refused = Expected::api(100_002, ErrorClass::Request, Retry::No);
    let mut no_code = Expected::api(0, ErrorClass::Unknown, Retry::No);
    no_code.code = None;
    let nothing = Expected::undecodable();
    vec![
        success("H4-only-the-code", r#"{"ErrorCode":0}"#, |_, reply| {
            reply.request_id.is_none()
        }),
        failure("H4-ok-without-code", r#"{"ActionStatus":"OK"}"#, nothing),
        failure(
            "H4-ok-null",
            r#"{"ActionStatus":"OK","ErrorCode":null}"#,
            nothing,
        ),
        failure(
            "H4-fail-without-code",
            r#"{"ActionStatus":"FAIL","ErrorInfo":"no"}"#,
            no_code,
        )
        .saying("no error code"),
        failure(
            "H6-ok-100002",
            r#"{"ActionStatus":"OK","ErrorCode":100002}"#,
            refused,
        ),
        success("H7-fail-0", r#"{"ActionStatus":"FAIL","ErrorCode":0}"#, any),
        success(
            "H8-lower-case",
            r#"{"ActionStatus":"ok","ErrorCode":0}"#,
            any,
        ),
        success(
            "H8-other",
            r#"{"ActionStatus":"SUCCESS","ErrorCode":0}"#,
            any,
        ),
        success("H8-null", r#"{"ActionStatus":null,"ErrorCode":0}"#, any),
        success("H8-number", r#"{"ActionStatus":1,"ErrorCode":0}"#, any),
        failure(
            "H8-other-100002",
            r#"{"ActionStatus":"success","ErrorCode":100002}"#,
            refused,
        ),
        failure("H4-code-as-text", r#"{"ErrorCode":"100002"}"#, refused),
        success("H4-success-as-text", r#"{"ErrorCode":"0"}"#, any),
        failure("H4-code-as-float", r#"{"ErrorCode":0.0}"#, nothing),
        failure("H4-code-as-power", r#"{"ErrorCode":0e0}"#, nothing),
        failure("H4-code-as-bool", r#"{"ErrorCode":false}"#, nothing),
        failure("H4-code-as-words", r#"{"ErrorCode":"OK"}"#, nothing),
        failure("H4-code-empty", r#"{"ErrorCode":""}"#, nothing),
        failure("H4-code-in-a-list", r#"{"ErrorCode":[0]}"#, nothing),
        failure("H4-code-too-large", r#"{"ErrorCode":4294967296}"#, nothing),
        failure(
            "H4-code-twice",
            r#"{"ErrorCode":0,"ErrorCode":100002}"#,
            nothing,
        ),
        failure(
            "H4-code-twice-escaped",
            r#"{"ErrorCode":0,"\u0045rrorCode":100002}"#,
            nothing,
        ),
        failure(
            "H4-other-case",
            r#"{"errorCode":0,"ErrorCode ":0}"#,
            nothing,
        ),
    ]
}

/// What becomes of the texts beside the code.
fn members() -> Vec<Case> {
    let refused = Expected::api(100_002, ErrorClass::Request, Retry::No);
    let info = |info: &str| format!(r#"{{"ErrorCode":100002,"ErrorInfo":{info}}}"#);
    let echo = format!("\"bad url ?usersig={}&random=1\"", app::ticket());
    let piece = format!("\"bad ticket {}\"", &app::ticket()[40..70]);
    let long = format!("\"{}\"", "房\\n".repeat(200_000));
    vec![
        failure("H9-info-missing", r#"{"ErrorCode":100002}"#, refused),
        failure("H9-info-null", info("null"), refused),
        failure("H9-info-number", info("42"), refused).saying("ErrorInfo: 42"),
        failure("H9-info-object", info(r#"{"a":[1]}"#), refused).saying(r#"{"a":[1]}"#),
        failure("H9-info-escapes", info(r#""a\u001b[2Jb\nc""#), refused).saying(r"a\u{1b}[2Jb\nc"),
        failure("H9-info-bidi", info("\"a\u{202e}b\""), refused).saying(r"a\u{202e}b"),
        failure("H9-info-long", info(&long), refused).saying("房"),
        failure("H9-info-echoes-the-ticket", info(&echo), refused).saying("usersig=[ticket]&"),
        failure("H9-info-echoes-a-piece", info(&piece), refused).saying("bad ticket [ticket]"),
        success(
            "H9-id-missing",
            r#"{"ErrorCode":0,"ErrorInfo":""}"#,
            |_, reply| reply.request_id.is_none(),
        ),
        success(
            "H9-id-number",
            r#"{"ErrorCode":0,"RequestId":27149}"#,
            |_, reply| reply.request_id.as_deref() == Some("27149"),
        ),
        success(
            "H9-id-other-form",
            r#"{"ErrorCode":0,"RequestId":"requestId-123-456"}"#,
            |_, reply| reply.request_id.as_deref() == Some("requestId-123-456"),
        ),
        success(
            "H9-id-echoes-the-ticket",
            format!(r#"{{"ErrorCode":0,"RequestId":"{}"}}"#, app::ticket()),
            |_, reply| {
                let id = reply.request_id.as_deref().unwrap_or_default();
                id == "[ticket]" && secrets::find(id).is_none()
            },
        ),
        success(
            "H9-id-long",
            format!(
                r#"{{"ErrorCode":0,"RequestId":"\u001b{}"}}"#,
                "x".repeat(90_000)
            ),
            |_, reply| {
                let id = reply.request_id.as_deref().unwrap_or_default();
                (1..=256).contains(&id.len()) && !id.contains('\u{1b}')
            },
        ),
    ]
}

/// Bytes that are no UTF-8 text.
fn encodings() -> Vec<Case> {
    let nothing = Expected::undecodable();
    let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        r#"{"ErrorCode":0}"#.encode_utf16().flat_map(bytes).collect()
    };
    vec![
        failure("H21-bom", "\u{feff}{\"ErrorCode\":0}", nothing),
        failure("H21-utf16-le", utf16(u16::to_le_bytes), nothing),
        failure("H21-utf16-be", utf16(u16::to_be_bytes), nothing),
        failure(
            "H21-latin1",
            b"{\"ErrorCode\":0,\"ErrorInfo\":\"gr\xfcn\"}".to_vec(),
            nothing,
        )
        .quoting("gr\u{fffd}n"),
        failure(
            "H21-overlong",
            b"{\"ErrorCode\":0,\"A\":\"\xc0\xaf\"}".to_vec(),
            nothing,
        ),
        // Nobody can tell a broken character from one that has not come yet.
        failure(
            "H21-cut-character",
            b"{\"ErrorCode\":0,\"A\":\"\xe6\x88".to_vec(),
            Expected::cut(),
        ),
    ]
}

/// Replies of the client's limit and above.
fn sizes() -> Vec<Case> {
    let padded = |bytes: usize| {
        let body = r#"{"ErrorCode":0}"#;
        format!("{}{body}", " ".repeat(bytes - body.len()))
    };
    vec![
        success("H9-body-of-the-limit", padded(LIMIT), |_, _| true),
        failure(
            "H9-body-over-the-limit",
            padded(LIMIT + 1),
            Expected::too_large(),
        )
        .saying("1048576 bytes"),
        failure(
            "H9-body-of-20-MB",
            padded(20_000_000),
            Expected::too_large(),
        ),
        failure(
            "H21-bytes-of-20-MB",
            vec![0xff; 20_000_000],
            Expected::too_large(),
        ),
    ]
}
