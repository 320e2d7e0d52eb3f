//! Lists that go on page after page.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;
use serde_json::{Value, json};
use trtc_rooms::live::get_banned_member_list::GetBannedMemberListRequest;
use trtc_rooms::live::get_member_list::{GetMemberList, GetMemberListRequest};
use trtc_rooms::{Client, ErrorKind, FakeReply, FakeRequest, FakeTransport, Items, RetryPolicy};

use crate::fakes::{always, faking};

/// So many members on a page.
const PAGE: usize = 3;

/// A room with members 0, 1, 2 and so on, and the mark of a page is how many came
/// before it.
fn page(request: &FakeRequest<'_>, members: usize) -> FakeReply {
    let sent = request.json();
    let mark = sent["Next"].as_str().unwrap();
    let start: usize = if mark.is_empty() {
        0
    } else {
        mark.parse().unwrap()
    };
    let end = members.min(start + PAGE);
    let list: Vec<Value> = (start..end)
        .map(|number| json!({ "Member_Account": number.to_string() }))
        .collect();
    let next = if end < members {
        end.to_string()
    } else {
        String::new()
    };
    request.success(json!({ "Next": next, "MemberCount": members, "MemberList": list }))
}

fn room_of(members: usize) -> FakeTransport {
    FakeTransport::new(move |request| page(request, members))
}

fn members(client: &Client) -> Items<GetMemberList> {
    let request = GetMemberListRequest::new("live-1", "");
    client.live().members().get_member_list(request).items()
}

async fn names(client: &Client) -> Vec<String> {
    let all = members(client).collect().await.unwrap();
    all.into_iter()
        .filter_map(|member| member.member_account)
        .collect()
}

#[tokio::test]
async fn every_element_comes_once_and_in_order() {
    for count in [0, 1, PAGE - 1, PAGE, PAGE + 1, 10 * PAGE] {
        let fake = room_of(count);
        let client = faking(&fake).build().unwrap();
        let expected: Vec<String> = (0..count).map(|number| number.to_string()).collect();
        assert_eq!(names(&client).await, expected);
        assert_eq!(
            fake.requests(),
            count.div_ceil(PAGE).max(1),
            "{count} members"
        );
    }
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_asked_for() {
    let fake = room_of(2 * PAGE);
    let client = faking(&fake).build().unwrap();
    let mut items = members(&client);
    assert_eq!(fake.requests(), 0);
    for _ in 0..PAGE {
        items.next().await.unwrap().unwrap();
    }
    assert_eq!(fake.requests(), 1, "the second page is not fetched ahead");
}

#[tokio::test]
async fn after_an_error_that_passes_it_goes_on_where_it_was() {
    let fake = FakeTransport::new(|request| match request.number() {
        1 => FakeReply::refused(),
        _ => page(request, 2 * PAGE),
    });
    let client = faking(&fake).retry(RetryPolicy::never()).build().unwrap();
    let mut items = members(&client);
    for _ in 0..PAGE {
        items.next().await.unwrap().unwrap();
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    let rest = items.collect().await.unwrap();
    assert_eq!(rest[0].member_account.as_deref(), Some("3"));
    assert_eq!(rest.len(), PAGE);
}

/// Whoever goes through a list and leaves errors out would never come to an end.
#[tokio::test]
async fn an_error_that_would_come_again_ends_it() {
    let fake = FakeTransport::new(|request| match request.number() {
        0 => page(request, 2 * PAGE),
        _ => request.error(100_004, "no such room"),
    });
    let client = faking(&fake).build().unwrap();
    let mut items = members(&client);
    let mut errors = Vec::new();
    while let Some(item) = items.next().await {
        errors.extend(item.err().map(|error| error.code()));
    }
    assert_eq!(errors, [Some(100_004)]);
    assert_eq!(fake.requests(), 2);
}

/// A service that always names the same page would be asked for ever.
#[tokio::test]
async fn a_page_that_leads_back_to_itself_is_the_last() {
    let fake = FakeTransport::new(|request| {
        let list = json!([{ "Member_Account": "mei" }]);
        request.success(json!({ "Next": "again", "MemberList": list }))
    });
    let client = faking(&fake).build().unwrap();
    assert_eq!(names(&client).await, ["mei", "mei"]);
    assert_eq!(fake.requests(), 2);
}

#[tokio::test]
async fn a_list_may_go_on_by_numbers() {
    let fake = FakeTransport::new(|request| {
        let offset = request.json()["Offset"].as_i64().unwrap_or(0);
        let banned = json!([{ "Member_Account": offset.to_string(), "BannedUntil": 1 }]);
        let next = if offset < 2 { offset + 1 } else { 0 };
        request.success(json!({ "BannedAccountList": banned, "NextOffset": next }))
    });
    let client = faking(&fake).build().unwrap();
    let request = GetBannedMemberListRequest::new("live-1");
    let list = client
        .live()
        .members()
        .get_banned_member_list(request)
        .items();
    let banned = list.collect().await.unwrap();
    let names: Vec<_> = banned
        .iter()
        .filter_map(|ban| ban.member_account.as_deref())
        .collect();
    assert_eq!(names, ["0", "1", "2"]);
}

/// It is a stream, for those who have combinators for that.
#[tokio::test]
async fn it_is_a_stream_as_well() {
    let fake = always(&FakeReply::refused());
    let client = faking(&fake).build().unwrap();
    let mut items: Pin<Box<dyn Stream<Item = _>>> = Box::pin(members(&client));
    let first = poll_fn(|context| items.as_mut().poll_next(context)).await;
    assert!(!first.unwrap().unwrap_err().was_sent());
}
