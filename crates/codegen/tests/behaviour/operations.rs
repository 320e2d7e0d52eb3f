//! Client methods, with stand-ins for the hand-written part of the client.

use trtc_rooms_core::Endpoint;

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
fn regions_are_listed_with_their_hosts() {
    use crate::client::Region;

    let names: Vec<&str> = Region::ALL.iter().map(|region| region.name()).collect();
    assert_eq!(names, ["singapore", "saudi-arabia"]);
    assert_eq!(Region::SaudiArabia.host(), "sa.example.com");
    assert_eq!(Region::SaudiArabia.backup_host(), None);
    assert_eq!(Region::Singapore.backup_host(), Some("sg.example.org"));
}
