//! What is answered.

use serde_json::{Value, json};
use trtc_rooms_webhooks::callbacks::{
    GroupBeforeSendMsg, GroupBeforeSendMsgAnswer, LiveBeforeSendGift,
};
use trtc_rooms_webhooks::common::events::MessageElement;
use trtc_rooms_webhooks::{Event, Reply};

fn json(reply: &Reply) -> Value {
    serde_json::from_str(&reply.to_json()).unwrap()
}

#[test]
fn an_acknowledgement_has_three_members() {
    let expected = json!({ "ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0 });
    assert_eq!(json(&Reply::accept()), expected);
}

/// The documented codes, typed from the pages.
#[test]
fn the_documented_codes_refuse_and_no_others() {
    let gift = LiveBeforeSendGift::default();
    let message = Box::new(GroupBeforeSendMsg::default());
    let mut gifts: Vec<i32> = vec![1];
    gifts.extend(102_100..=102_200);
    let mut messages: Vec<i32> = vec![1, 2];
    messages.extend(10_100..=10_200);
    let candidates = (-5..20)
        .chain(10_090..10_210)
        .chain(102_090..102_210)
        .chain([i32::MIN, i32::MAX, 10_016, 102_004]);
    for code in candidates {
        let refused = Reply::refuse(&gift, code, "no");
        assert_eq!(refused.is_ok(), gifts.contains(&code), "{code}");
        let refused = Reply::refuse(&message, code, "no");
        assert_eq!(refused.is_ok(), messages.contains(&code), "{code}");
        if let Ok(reply) = refused {
            let expected = json!({ "ActionStatus": "OK", "ErrorInfo": "no", "ErrorCode": code });
            assert_eq!(json(&reply), expected);
            assert_eq!(reply.code(), code);
        }
    }
    assert_eq!(LiveBeforeSendGift::REJECT, 1);
    assert_eq!(
        (GroupBeforeSendMsg::FORBID, GroupBeforeSendMsg::DROP),
        (1, 2)
    );
}

#[test]
fn a_code_that_does_not_refuse_is_explained() {
    let error = Reply::refuse(&LiveBeforeSendGift::default(), 0, "").unwrap_err();
    assert_eq!(
        error.to_string(),
        "code 0 does not refuse this event: use 1 (Reject), or a code of your own from 102100 to 102200"
    );
}

#[test]
fn programs_may_choose_the_event_at_run_time() {
    let refusable = Event::ALL.iter().filter_map(|info| info.question);
    for question in refusable {
        assert!(question.refuse(1, "").is_ok());
        assert_eq!(question.answer_within_seconds, 2);
    }
}

#[test]
fn a_message_can_be_replaced() {
    let mut element = MessageElement::default();
    element.msg_type = Some("TIMTextElem".to_owned());
    element.msg_content = Some(json!({ "Text": "h*llo" }));
    let mut answer = GroupBeforeSendMsgAnswer::default();
    answer.msg_body = Some(vec![element]);
    let expected = json!({
        "ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0,
        "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "h*llo" } }],
    });
    assert_eq!(json(&Reply::replace_message(answer)), expected);
}
