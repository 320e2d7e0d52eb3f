use serde::Serialize;

use crate::callbacks::GroupBeforeSendMsgAnswer;
use crate::describe::{BeforeEvent, UndocumentedCode};

/// What is answered to a webhook: a JSON body, with HTTP status 200.
///
/// An event after the fact is acknowledged with [`accept`](Self::accept); the service
/// ignores the rest. An event before the fact is decided with it. Answer soon: the
/// service waits 2 seconds. Acknowledge first, and work later.
///
/// ```
/// use trtc_rooms_webhooks::Reply;
///
/// let reply = Reply::accept();
/// assert_eq!(
///     reply.to_json(),
///     r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#,
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Reply {
    action_status: ActionStatus,
    error_info: String,
    error_code: i32,
    #[serde(flatten)]
    answer: Option<Box<GroupBeforeSendMsgAnswer>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
enum ActionStatus {
    #[serde(rename = "OK")]
    Ok,
    #[serde(rename = "FAIL")]
    Fail,
}

impl Reply {
    /// Acknowledges an event after the fact, and allows what an event before the fact
    /// asks about.
    #[must_use]
    pub const fn accept() -> Self {
        Self {
            action_status: ActionStatus::Ok,
            error_info: String::new(),
            error_code: 0,
            answer: None,
        }
    }

    /// Refuses what an event before the fact asks about, with a code that is documented
    /// to do so and a text.
    ///
    /// ```
    /// use trtc_rooms_webhooks::callbacks::LiveBeforeSendGift;
    /// use trtc_rooms_webhooks::{Event, Reply};
    ///
    /// # fn answer(event: &Event) -> Result<Reply, trtc_rooms_webhooks::UndocumentedCode> {
    /// match event {
    ///     // 102100 to 102200 are passed on to the sender.
    ///     Event::LiveBeforeSendGift(gift) => Reply::refuse(gift, 102_101, "sold out"),
    ///     Event::GroupBeforeSendMsg(message) => Reply::refuse(message, 2, ""),
    ///     _ => Ok(Reply::accept()),
    /// }
    /// # }
    /// let gift = LiveBeforeSendGift::default();
    /// assert!(Reply::refuse(&gift, LiveBeforeSendGift::REJECT, "").is_ok());
    /// // A code of messages is none of gifts.
    /// assert!(Reply::refuse(&gift, 10_150, "").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// When the code is not documented to refuse this event.
    pub fn refuse<E: BeforeEvent>(
        _event: &E,
        code: i32,
        info: impl Into<String>,
    ) -> Result<Self, UndocumentedCode> {
        E::QUESTION.refuse(code, info)
    }

    /// Allows a message, and puts another one in its place.
    ///
    /// ```
    /// use trtc_rooms_webhooks::Reply;
    /// use trtc_rooms_webhooks::callbacks::GroupBeforeSendMsgAnswer;
    ///
    /// let mut answer = GroupBeforeSendMsgAnswer::default();
    /// answer.cloud_custom_data = Some("checked".to_owned());
    /// assert!(Reply::replace_message(answer).to_json().contains(r#""CloudCustomData":"checked""#));
    /// ```
    #[must_use]
    pub fn replace_message(answer: GroupBeforeSendMsgAnswer) -> Self {
        Self {
            answer: Some(Box::new(answer)),
            ..Self::accept()
        }
    }

    /// A refusal: the webhook itself was processed well, so the status is `OK`. With
    /// `FAIL` it might count as failed, and be let pass where failures are.
    pub(crate) const fn with_code(code: i32, info: String) -> Self {
        Self {
            action_status: ActionStatus::Ok,
            error_info: info,
            error_code: code,
            answer: None,
        }
    }

    /// What is answered to something that is no webhook.
    pub(crate) fn failed(info: &str) -> Self {
        Self {
            action_status: ActionStatus::Fail,
            error_info: info.to_owned(),
            error_code: 1,
            answer: None,
        }
    }

    /// The code: 0 allows.
    #[must_use]
    pub const fn code(&self) -> i32 {
        self.error_code
    }

    /// The body.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Text, numbers and JSON values are all that is in it.
        serde_json::to_string(self).unwrap_or_default()
    }
}
