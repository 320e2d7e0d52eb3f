//! Client methods, with stand-ins for the hand-written part of the client.

use trtc_rooms_core::Endpoint;

use crate::client::move_::pages::{Pages, PagesRequest, PagesResponse};
use crate::live::all_limits::AllLimitsRequest;
use crate::move_::async_::{AsyncRequest, AsyncResponse};
use crate::requests::all_limits;

/// Stands in for the client.
#[derive(Debug)]
pub struct Client;

/// Stands in for a call.
#[derive(Debug)]
pub struct Call<O: Operation> {
    /// The request that would be sent.
    pub request: O::Request,
}

/// Stands in for the trait of operations.
pub trait Operation {
    /// What is sent.
    type Request: std::fmt::Debug;
    /// What is received.
    type Response;
    /// What the documents say.
    const ENDPOINT: &'static Endpoint;
}

impl<O: Operation> Call<O> {
    /// A call that is not made.
    pub fn new(_: &Client, request: O::Request) -> Self {
        Self { request }
    }
}

/// Stands in for the trait of operations that answer one page of a list.
pub trait ListOperation: Operation {
    /// The elements of the list.
    type Item;
    /// Takes the elements out of a reply.
    fn items(response: &mut Self::Response) -> Vec<Self::Item>;
    /// Makes the request one for the next page.
    fn next(response: &mut Self::Response, request: &mut Self::Request) -> bool;
}

/// Stands in for the function of the client that generated code calls.
pub fn go_on_optional(mark: Option<i64>, next: &mut Option<i64>) -> bool {
    *next = mark.filter(|mark| *mark != 0);
    next.is_some()
}

fn endpoint_of<O: Operation<Response = R>, R>(_: &Call<O>) -> &'static Endpoint {
    O::ENDPOINT
}

#[test]
fn methods_take_requests_and_know_their_endpoints() {
    let call = Client.live().all_limits(all_limits());
    let _: &AllLimitsRequest = &call.request;
    assert_eq!(endpoint_of(&call).name, "live/all_limits");
    let call = Client.move_().async_(AsyncRequest::new());
    assert_eq!(endpoint_of::<_, AsyncResponse>(&call).path, "v4/live/async");
}

#[test]
fn a_call_is_found_in_its_group_and_beside_it() {
    let grouped = Client.live().things().all_limits(all_limits());
    let direct = Client.live().all_limits(all_limits());
    assert_eq!(grouped.request, direct.request);
    assert_eq!(endpoint_of(&grouped).group, Some("things"));
    let shared = Client.live().move_().async_(AsyncRequest::new());
    assert_eq!(endpoint_of::<_, AsyncResponse>(&shared).group, None);
}

#[test]
fn a_page_leads_to_the_next_one() {
    let mut request = PagesRequest::new();
    for (name, mark) in [("NextOffset", 20), ("nextOffset", 40), ("Next", 60)] {
        let reply = serde_json::json!({ "Things": [{}], name: mark, "IsLast": "false" });
        let mut reply: PagesResponse = serde_json::from_value(reply).unwrap();
        assert_eq!(reply.is_last, Some(false));
        assert_eq!(Pages::items(&mut reply).len(), 1);
        assert!(Pages::next(&mut reply, &mut request));
        assert_eq!(request.offset, Some(mark));
    }
    let mut last: PagesResponse = serde_json::from_str(r#"{ "NextOffset": "0" }"#).unwrap();
    assert_eq!(Pages::items(&mut last).len(), 0);
    assert!(!Pages::next(&mut last, &mut request));
}

#[test]
fn what_is_lacking_and_shared_is_known() {
    let endpoint = &crate::live::odd_names::ENDPOINT;
    assert_eq!(endpoint.rate_shared_by, Some("odd-things"));
    assert_eq!(endpoint.page.updated, None);
    assert_eq!(endpoint.incomplete.len(), 1);
    assert!(crate::live::all_limits::ENDPOINT.incomplete.is_empty());
}

#[test]
fn regions_are_listed_with_their_hosts() {
    use crate::client::Region;

    let names: Vec<&str> = Region::ALL.iter().map(|region| region.name()).collect();
    assert_eq!(names, ["singapore", "saudi-arabia"]);
    assert_eq!(Region::SaudiArabia.host(), "sa.example.com");
    assert_eq!(Region::SaudiArabia.backup_host(), None);
    assert_eq!(Region::Singapore.backup_host(), Some("sg.example.org"));
}
