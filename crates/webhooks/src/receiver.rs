use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::Value;
use trtc_rooms_core::UnixSeconds;

use crate::common::events::Platform;
use crate::error::DeliveryError;
use crate::query::Query;
use crate::{Event, Token, read};

/// A webhook that was received.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Delivery {
    /// What it tells or asks.
    pub event: Event,
    /// The command word: that of the body, or else that of the query. The two disagree
    /// on some pages, where the body is right.
    pub command: String,
    /// The command word in the query, if there is one.
    pub url_command: Option<String>,
    /// The application that it is for.
    pub sdkappid: Option<u32>,
    /// The address of the client that caused it. Some events do not have it.
    pub client_ip: Option<String>,
    /// What kind of client caused it. Some events do not have it.
    pub platform: Option<Platform>,
    /// When it was signed, if it is.
    pub request_time: Option<UnixSeconds>,
}

/// Reads a webhook: the query of its URL, with or without the question mark, and its
/// body.
///
/// **Nothing is checked**: anybody can have sent it. That is right for a webhook that
/// was received and kept before; a server uses a [`Receiver`].
///
/// The work grows with the length of the query and the body, and with nothing else: pass
/// no more than you want to read. Events of the service are a few kilobytes.
///
/// ```
/// use trtc_rooms_webhooks::{Event, parse};
///
/// let query = "SdkAppid=1400000000&CallbackCommand=Live.CallbackAfterChangeOwner&contenttype=json";
/// let body = br#"{
///     "CallbackCommand": "Live.CallbackAfterChangeOwner",
///     "RoomId": "live-1",
///     "CurrentOwner_Account": 144115233775727695,
///     "EventTime": 1790000200123
/// }"#;
/// let delivery = parse(query, body)?;
/// assert_eq!(delivery.event.room_id(), Some("live-1"));
/// let Event::LiveAfterChangeOwner(event) = delivery.event else {
///     panic!("{:?}", delivery.event);
/// };
/// // Ids that come as numbers are read digit by digit.
/// assert_eq!(event.current_owner_account.as_deref(), Some("144115233775727695"));
/// # Ok::<(), trtc_rooms_webhooks::DeliveryError>(())
/// ```
///
/// # Errors
///
/// When it is no webhook that can be read. Signatures and the application are no reason.
pub fn parse(query: &str, body: &[u8]) -> Result<Delivery, DeliveryError> {
    delivery(&Query::parse(query)?, body)
}

/// Receives the webhooks of an application: checks the `SDKAppID` and, if there is a
/// token, the signature.
///
/// Without a token, nothing proves where a request comes from. With one, a signature
/// proves that the sender knows the token; it covers neither body nor path, so use
/// `https`.
///
/// Deliveries have no id. Where the service was set to repeat those that were not
/// answered in time, one may come twice; nothing says that they come in order. Read the
/// state with the client where that matters.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use trtc_rooms_webhooks::{Event, Receiver, Reply, Token};
///
/// let receiver = Receiver::new(1_400_000_000)
///     .token(Token::new("xxxxyyyy")?)
///     // Without this line, the clock of the system counts.
///     .clock(|| UNIX_EPOCH + Duration::from_secs(1_669_872_130));
///
/// let query = "SdkAppid=1400000000&CallbackCommand=Live.CallbackBeforeSendGift\
///     &RequestTime=1669872112\
///     &Sign=17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061";
/// let body = br#"{"CallbackCommand": "Live.CallbackBeforeSendGift",
///     "RoomId": "live-1", "GiftWater": {"GiftId": "rose", "Count": 2}}"#;
///
/// let reply = match receiver.receive(query, body) {
///     Ok(delivery) => match &delivery.event {
///         Event::LiveBeforeSendGift(gift) => Reply::refuse(gift, 102_101, "sold out")?,
///         _ => Reply::accept(),
///     },
///     // Answer with `error.status()` and this.
///     Err(error) => error.reply(),
/// };
/// assert_eq!(reply.code(), 102_101);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Receiver {
    sdkappid: Option<u32>,
    tokens: Arc<[Token]>,
    window: Duration,
    clock: Arc<dyn Fn() -> SystemTime + Send + Sync>,
}

impl Receiver {
    /// Receives the webhooks of an application.
    #[must_use]
    pub fn new(sdkappid: u32) -> Self {
        Self {
            sdkappid: Some(sdkappid),
            ..Self::any_app()
        }
    }

    /// Receives the webhooks of any application: for tools that show what comes, and for
    /// servers of several applications that share a token.
    #[must_use]
    pub fn any_app() -> Self {
        Self {
            sdkappid: None,
            tokens: Arc::new([]),
            window: Duration::from_secs(60),
            clock: Arc::new(SystemTime::now),
        }
    }

    /// Takes only what is signed with this token. Given several times, any of the tokens
    /// will do: that is for the time in which a token is replaced.
    #[must_use]
    pub fn token(mut self, token: Token) -> Self {
        self.tokens = self.tokens.iter().cloned().chain([token]).collect();
        self
    }

    /// How far the time of a signature may be from the clock, in either direction. The
    /// documents advise a minute, which is what counts without this.
    #[must_use]
    pub fn window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// Takes the time from another clock than that of the system.
    #[must_use]
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Checks and reads a webhook: the query of its URL, with or without the question
    /// mark, and its body. The body is looked at last.
    ///
    /// # Errors
    ///
    /// When it is for another application, not signed as expected, or cannot be read.
    pub fn receive(&self, query: &str, body: &[u8]) -> Result<Delivery, DeliveryError> {
        let query = Query::parse(query)?;
        match sdkappid(&query)? {
            None => return Err(DeliveryError::MissingApp),
            Some(found) => match self.sdkappid {
                Some(own) if own != found => return Err(DeliveryError::OtherApp { found, own }),
                _ => {}
            },
        }
        if !self.tokens.is_empty() {
            self.signature(&query)?;
        }
        delivery(&query, body)
    }

    fn signature(&self, query: &Query<'_>) -> Result<(), DeliveryError> {
        let (Some(sign), Some(time)) = (&query.sign, &query.request_time) else {
            return Err(DeliveryError::Unsigned);
        };
        // Every token is tried, so that the time tells nothing about which one it was.
        let signed = self
            .tokens
            .iter()
            .fold(false, |signed, token| token.has_signed(time, sign) | signed);
        if !signed {
            return Err(DeliveryError::WrongSignature);
        }
        let signed_at = request_time(query)?.ok_or(DeliveryError::Unsigned)?;
        let now = UnixSeconds::from((self.clock)());
        let early = signed_at.get().saturating_sub(now.get());
        let window = self.window.as_secs();
        if early.unsigned_abs() > window {
            return Err(DeliveryError::OutsideWindow { early, window });
        }
        Ok(())
    }
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("sdkappid", &self.sdkappid)
            .field("tokens", &self.tokens)
            .field("window", &self.window)
            .finish_non_exhaustive()
    }
}

fn delivery(query: &Query<'_>, body: &[u8]) -> Result<Delivery, DeliveryError> {
    let sdkappid = sdkappid(query)?;
    let request_time = request_time(query)?;
    let body: Value = serde_json::from_slice(body).map_err(|error| DeliveryError::NoJson {
        line: error.line(),
        column: error.column(),
    })?;
    if !body.is_object() {
        return Err(DeliveryError::NoObject);
    }
    let owned = |text: &std::borrow::Cow<'_, str>| text.clone().into_owned();
    let url_command = query.command.as_ref().map(owned);
    let url_command = url_command.filter(|command| !command.is_empty());
    let in_body = body.get("CallbackCommand").and_then(Value::as_str);
    let in_body = in_body.filter(|command| !command.is_empty());
    let command = in_body
        .map(str::to_owned)
        .or_else(|| url_command.clone())
        .ok_or(DeliveryError::NoCommand)?;
    let event = read::event(&command, body)?;
    Ok(Delivery {
        event,
        command,
        url_command,
        sdkappid,
        client_ip: query.client_ip.as_ref().map(owned),
        platform: query.platform.as_deref().map(Platform::from),
        request_time,
    })
}

fn sdkappid(query: &Query<'_>) -> Result<Option<u32>, DeliveryError> {
    let Some(text) = &query.sdkappid else {
        return Ok(None);
    };
    let number = digits(text).and_then(|number| u32::try_from(number).ok());
    match number {
        Some(number) if number > 0 => Ok(Some(number)),
        _ => Err(DeliveryError::MalformedApp),
    }
}

fn request_time(query: &Query<'_>) -> Result<Option<UnixSeconds>, DeliveryError> {
    let Some(text) = &query.request_time else {
        return Ok(None);
    };
    let seconds = digits(text).ok_or(DeliveryError::MalformedTime)?;
    Ok(Some(UnixSeconds::new(seconds)))
}

/// A number without a sign: `+7` is none.
fn digits(text: &str) -> Option<i64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_plain)
}
