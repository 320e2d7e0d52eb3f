use serde::Serialize;
use serde::de::DeserializeOwned;
use trtc_rooms_core::{Endpoint, Validate};

/// One operation of the service: the types of its request and reply, and what the
/// documents say about its endpoint.
///
/// The implementations are generated, one for each schema; the methods of
/// [`Client`](crate::Client) return a [`Call`](crate::Call) of them. Write one by
/// hand for an operation that this crate does not know yet:
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use trtc_rooms::{Call, Client, Endpoint, FakeTransport, Operation, Path, Report, Validate};
///
/// #[derive(Clone, Serialize)]
/// #[serde(rename_all = "PascalCase")]
/// struct GetRoomStatisticRequest {
///     room_id: String,
/// }
///
/// impl Validate for GetRoomStatisticRequest {
///     fn check(&self, at: &Path<'_>, report: &mut Report) {
///         report.at(&at.member("RoomId")).max_bytes(&self.room_id, 48);
///     }
///
///     fn advise(&self, _: &Path<'_>, _: &mut Report) {}
/// }
///
/// #[derive(Deserialize)]
/// #[serde(rename_all = "PascalCase")]
/// struct GetRoomStatisticResponse {
///     total_viewers: Option<i64>,
/// }
///
/// struct GetRoomStatistic;
///
/// impl Operation for GetRoomStatistic {
///     type Request = GetRoomStatisticRequest;
///     type Response = GetRoomStatisticResponse;
///     const ENDPOINT: &'static Endpoint = &Endpoint::undocumented(
///         "live/get_room_statistic",
///         "v4/live_engine_http_srv/get_room_statistic",
///     );
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let fake = FakeTransport::new(|request| request.success(serde_json::json!({ "TotalViewers": 7 })));
/// let client = Client::builder(1_400_000_000, "key").fake(fake).build()?;
/// let request = GetRoomStatisticRequest { room_id: "live-1".to_owned() };
/// let reply = Call::<GetRoomStatistic>::new(&client, request).await?;
/// assert_eq!(reply.total_viewers, Some(7));
/// # Ok(())
/// # }
/// ```
pub trait Operation: 'static {
    /// The request, sent as JSON in the body.
    type Request: Serialize + Validate + Clone + Send + Sync + 'static;

    /// The reply's payload, without the envelope.
    type Response: DeserializeOwned + Send + 'static;

    /// What the documents say about the endpoint.
    const ENDPOINT: &'static Endpoint;

    /// Error codes that count as success, because what the call is for is there.
    /// None, but for operations that ensure something, such as
    /// [`EnsureLiveRoom`](crate::EnsureLiveRoom).
    const DONE_CODES: &'static [i32] = &[];
}

/// An operation that answers one page of a list. Generated code implements it.
pub trait ListOperation: Operation {
    /// The elements of the list.
    type Item;

    /// Takes the elements out of a reply.
    fn items(response: &mut Self::Response) -> Vec<Self::Item>;

    /// Makes the request one for the page after this reply. `false` if that was the
    /// last one.
    fn next(response: &mut Self::Response, request: &mut Self::Request) -> bool;
}

/// What a reply has for the next request to carry: the place where the list goes on.
pub(crate) trait Mark: PartialEq {
    /// Whether a page that carries this mark is followed by another one.
    fn goes_on(&self) -> bool;
}

impl Mark for String {
    fn goes_on(&self) -> bool {
        !self.is_empty()
    }
}

impl Mark for i64 {
    fn goes_on(&self) -> bool {
        *self != 0
    }
}

/// Moves the mark of a reply into the next request. `false` if there is no next page, or
/// if the mark leads back to the page that was asked for: that would never end.
pub(crate) fn go_on<M: Mark>(mark: Option<M>, next: &mut M) -> bool {
    match mark {
        Some(mark) if mark.goes_on() && mark != *next => {
            *next = mark;
            true
        }
        _ => false,
    }
}

/// The same, where the request need not have a mark.
pub(crate) fn go_on_optional<M: Mark>(mark: Option<M>, next: &mut Option<M>) -> bool {
    match mark {
        Some(mark) if mark.goes_on() && next.as_ref() != Some(&mark) => {
            *next = Some(mark);
            true
        }
        _ => false,
    }
}
