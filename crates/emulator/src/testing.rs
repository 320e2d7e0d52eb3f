//! What the tests of this crate have in common.

use std::time::Duration;

use serde_json::{Value, json};
use trtc_usersig::{SecretKey, Signer};

use crate::app::App;
use crate::reply::Reply;
use crate::request::Request;
use crate::service::Service;
use crate::time::UnixMillis;

pub(crate) const APP: u32 = 1_400_000_000;
pub(crate) const OTHER_APP: u32 = 20_000_000;
pub(crate) const KEY: &str = "5f1d2b3c4a5968778695a4b3c2d1e0ff";
pub(crate) const OTHER_KEY: &str = "00112233445566778899aabbccddeeff";
pub(crate) const NOW: i64 = 1_767_258_000;

pub(crate) const LIVE: &str = "/v4/live_engine_http_srv/create_room";
pub(crate) const CONFERENCE: &str = "/v4/room_engine_http_srv/create_room";
pub(crate) const UPDATE: &str = "/v4/live_engine_http_srv/update_room_info";

/// A service, the time, and an account that calls it.
pub(crate) struct Desk {
    pub(crate) service: Service,
    pub(crate) now: UnixMillis,
    pub(crate) sdkappid: u32,
    pub(crate) identifier: &'static str,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let app = |sdkappid, key| {
            App::new(sdkappid, SecretKey::new(key).unwrap())
                .admin("administrator")
                .admin("second")
        };
        let mut service = Service::new(app(APP, KEY)).unwrap();
        service.put_app(app(OTHER_APP, OTHER_KEY));
        Self {
            service,
            now: UnixMillis::from_seconds(NOW),
            sdkappid: APP,
            identifier: "administrator",
        }
    }

    pub(crate) fn app(&mut self) -> &mut App {
        self.service.app_mut(self.sdkappid).unwrap()
    }

    pub(crate) fn wait_millis(&mut self, millis: u64) {
        self.now = self.now.plus(Duration::from_millis(millis));
    }

    /// A ticket of an account for a day from now on.
    pub(crate) fn ticket_of(&self, identifier: &str) -> String {
        ticket(self.sdkappid, identifier, self.now.seconds(), 86_400)
    }

    pub(crate) fn query(&self) -> String {
        let ticket = self.ticket_of(self.identifier);
        query_with(self.sdkappid, self.identifier, &ticket)
    }

    pub(crate) fn send(&mut self, path: &str, body: impl AsRef<[u8]>) -> Reply {
        let query = self.query();
        let request = Request::post(path, &query, body.as_ref());
        self.service.handle(&request, self.now)
    }

    /// Makes a call that succeeds. Gives the reply.
    pub(crate) fn ok(&mut self, path: &str, body: &Value) -> Value {
        let reply = self.send(path, body.to_string());
        let envelope = reply.json().unwrap();
        assert_eq!(reply.status(), 200);
        assert_eq!(envelope["ActionStatus"], "OK", "{envelope}");
        assert_eq!(envelope["ErrorCode"], 0);
        assert_eq!(envelope["ErrorInfo"], "");
        envelope
    }

    /// Makes a call that is refused, and looks whether that leaves a trace (P6).
    /// Gives the code and the text.
    pub(crate) fn refused(&mut self, path: &str, body: impl AsRef<[u8]>) -> (i32, String) {
        let query = self.query();
        self.refused_request(&Request::post(path, &query, body.as_ref()))
    }

    pub(crate) fn refused_request(&mut self, request: &Request<'_>) -> (i32, String) {
        self.service.elapse(self.now);
        let before = self.service.snapshot();
        let reply = self.service.handle(request, self.now);
        let envelope = reply.json().unwrap();
        assert_eq!(self.service.snapshot(), before, "a trace: {envelope}");
        assert_eq!(reply.status(), 200);
        assert_eq!(envelope["ActionStatus"], "FAIL", "{envelope}");
        assert!(envelope.get("RoomId").is_none() && envelope.get("Response").is_none());
        assert_eq!(envelope["RequestId"], reply.request_id());
        let info = envelope["ErrorInfo"].as_str().unwrap();
        assert!(!info.is_empty() && info.len() <= 1_003, "{info}");
        assert!(!info.contains(char::is_control), "{info:?}");
        let code = reply.error_code().unwrap();
        assert_eq!(envelope["ErrorCode"], code);
        (code, info.to_owned())
    }

    /// The code of a call that is refused.
    pub(crate) fn code(&mut self, path: &str, body: &Value) -> i32 {
        self.refused(path, body.to_string()).0
    }

    /// The `RoomInfo` that is stored of a room.
    pub(crate) fn info(&mut self, room: &str) -> Value {
        Value::Object(self.app().room(room).unwrap().info.clone())
    }
}

pub(crate) fn ticket(sdkappid: u32, identifier: &str, time: i64, expire: i64) -> String {
    let key = if sdkappid == APP { KEY } else { OTHER_KEY };
    let signer = Signer::new(sdkappid, SecretKey::new(key).unwrap());
    let ticket = signer.sign_at(identifier, time, expire, None).unwrap();
    ticket.as_str().to_owned()
}

pub(crate) fn query_with(sdkappid: u32, identifier: &str, ticket: &str) -> String {
    format!(
        "sdkappid={sdkappid}&identifier={identifier}&usersig={ticket}&random=1&contenttype=json"
    )
}

/// The least that creates a live room.
pub(crate) fn live(id: &str) -> Value {
    json!({ "RoomInfo": { "RoomId": id, "RoomType": "Live", "SeatTemplate": "AudioSalon" } })
}

/// The least that creates a meeting.
pub(crate) fn meeting(id: &str) -> Value {
    json!({ "RoomInfo": { "RoomId": id, "RoomType": "Conference" } })
}

/// The same request with other members in its `RoomInfo`.
pub(crate) fn with(mut request: Value, members: Value) -> Value {
    let Value::Object(members) = members else {
        panic!("members are expected");
    };
    request["RoomInfo"].as_object_mut().unwrap().extend(members);
    request
}

/// The path of a call to a live room.
pub(crate) fn live_path(command: &str) -> String {
    format!("/v4/live_engine_http_srv/{command}")
}

/// The path of a call to a meeting.
pub(crate) fn meeting_path(command: &str) -> String {
    format!("/v4/room_engine_http_srv/{command}")
}

/// The path of a call about seats.
pub(crate) fn seat_path(command: &str) -> String {
    format!("/v4/room_engine_http_mic/{command}")
}
