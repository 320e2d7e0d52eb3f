//! The endpoints, called through the methods that users call.
//!
//! A new endpoint is one line in [`TARGETS`]. A test compares the list with the
//! schemas, so that none can be forgotten.

use std::future::Future;
use std::pin::Pin;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use trtc_rooms::{Call, Client, Endpoint, Error, Operation, Validation};

use super::{schemas, tables, unlisted};

/// One endpoint and the client's method for it.
#[derive(Clone, Copy)]
pub struct Target {
    /// Product and operation.
    pub name: &'static str,
    /// What the model says about it.
    pub endpoint: &'static Endpoint,
    call: fn(&Client, Value, Option<Validation>) -> Result<Pending, serde_json::Error>,
}

/// An endpoint by the names that its module and its methods have.
macro_rules! target {
    ($product:ident, $operation:ident) => {
        Target {
            name: concat!(stringify!($product), "/", stringify!($operation)),
            endpoint: &trtc_rooms::$product::$operation::ENDPOINT,
            call: |client, request, validation| {
                typed(request, validation, |request| {
                    client.$product().$operation(request)
                })
            },
        }
    };
}

/// A call under way.
type Pending = Pin<Box<dyn Future<Output = Result<Replied, Error>> + Send>>;

/// A successful reply of any endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct Replied {
    /// The typed payload, as JSON again.
    pub payload: Value,
    /// The id of the request.
    pub request_id: Option<String>,
}

/// Every endpoint of the schemas, ordered by name.
pub static TARGETS: &[Target] = &[
    target!(conference, ban_room_member),
    target!(conference, change_room_owner),
    target!(conference, create_room),
    target!(conference, delete_callback),
    target!(conference, destroy_room),
    target!(conference, get_banned_member_list),
    target!(conference, get_callback),
    target!(conference, get_room_info),
    target!(conference, get_room_member_list),
    target!(conference, kick_user_out),
    target!(conference, mark_room_member),
    target!(conference, set_callback),
    target!(conference, unban_room_member),
    target!(conference, update_callback),
    target!(conference, update_room_info),
    target!(conference, update_room_member_info),
    target!(live, add_gift),
    target!(live, add_gift_category),
    target!(live, add_gift_category_relations),
    target!(live, add_robot),
    target!(live, ban_member),
    target!(live, change_room_owner),
    target!(live, copy_default_gift_config),
    target!(live, create_battle),
    target!(live, create_room),
    target!(live, del_gift),
    target!(live, del_gift_category),
    target!(live, del_gift_category_language),
    target!(live, del_gift_category_relations),
    target!(live, del_gift_language),
    target!(live, del_robot),
    target!(live, del_room_metadata),
    target!(live, delete_callback),
    target!(live, delete_callback_token),
    target!(live, destroy_room),
    target!(live, get_admin_list),
    target!(live, get_banned_member_list),
    target!(live, get_battle_info),
    target!(live, get_callback),
    target!(live, get_callback_token),
    target!(live, get_gift),
    target!(live, get_gift_category),
    target!(live, get_gift_category_language),
    target!(live, get_gift_category_relations),
    target!(live, get_gift_count),
    target!(live, get_gift_language),
    target!(live, get_member_list),
    target!(live, get_muted_member_list),
    target!(live, get_robot),
    target!(live, get_room_info),
    target!(live, get_room_list),
    target!(live, get_room_metadata),
    target!(live, get_room_stats),
    target!(live, modify_admin),
    target!(live, mute_member),
    target!(live, resume_mcu_task),
    target!(live, send_custom_msg),
    target!(live, send_gift),
    target!(live, send_text_msg),
    target!(live, set_battle_score),
    target!(live, set_callback),
    target!(live, set_callback_token),
    target!(live, set_gift_category_language),
    target!(live, set_gift_language),
    target!(live, set_mix_stream),
    target!(live, set_room_metadata),
    target!(live, unban_member),
    target!(live, update_callback),
    target!(live, update_room_info),
    target!(seats, get_seat_list),
    target!(seats, kick_user_off_seat),
    target!(seats, lock_seat),
    target!(seats, move_user_to_seat),
    target!(seats, pick_user_on_seat),
    target!(seats, switch_seat),
];

/// An operation of this harness that no schema describes and that must not be made
/// twice.
pub static UNLISTED: Target = Target {
    name: unlisted::NAME,
    endpoint: &unlisted::ENDPOINT,
    call: |client, request, validation| {
        typed(request, validation, |request| {
            Call::<unlisted::AddGift>::new(client, request)
        })
    },
};

fn typed<O: Operation>(
    request: Value,
    validation: Option<Validation>,
    method: impl FnOnce(O::Request) -> Call<O>,
) -> Result<Pending, serde_json::Error>
where
    O::Request: DeserializeOwned,
    O::Response: Serialize,
{
    let mut call = method(serde_json::from_value(request)?);
    if let Some(validation) = validation {
        call = call.validation(validation);
    }
    Ok(Box::pin(async move {
        let reply = call.await?;
        Ok(Replied {
            request_id: reply.request_id().map(str::to_owned),
            payload: serde_json::to_value(reply.into_inner()).expect("a payload is JSON"),
        })
    }))
}

impl Target {
    /// The target with this name.
    ///
    /// # Panics
    ///
    /// If there is none.
    pub fn named(name: &str) -> &'static Self {
        let found = TARGETS.iter().find(|target| target.name == name);
        found.unwrap_or_else(|| panic!("{name} is no target"))
    }

    /// Whether the call may be made again when its outcome is unknown, by the hand-typed
    /// table.
    pub fn repeat_is_safe(&self) -> bool {
        let table = tables().get(self.name);
        table.is_some_and(|table| table.facts.repeat_is_safe)
    }

    /// Whether nothing in a reply is mandatory, so that the bare envelope is a success.
    pub fn needs_no_payload(&self) -> bool {
        let file = schemas().file(&format!("{}.json", self.name));
        file.is_none_or(|file| file.value["response"].get("required").is_none())
    }

    /// A valid request: the first example of the schema.
    ///
    /// # Panics
    ///
    /// If the schema has none.
    pub fn example(&self) -> Value {
        let name = match self.name {
            unlisted::NAME => unlisted::REQUEST_OF,
            name => name,
        };
        let file = schemas().file(&format!("{name}.json")).expect("a schema");
        file.value["examples"][0].clone()
    }

    /// Calls the endpoint with a valid request, through the typed method.
    ///
    /// # Errors
    ///
    /// The client's error.
    ///
    /// # Panics
    ///
    /// If the example of the schema is not of the request's type.
    pub async fn call(&self, client: &Client) -> Result<Replied, Error> {
        let call = (self.call)(client, self.example(), None);
        call.expect("an example is of the type").await
    }

    /// Calls the endpoint with any request, through the typed method. The validation
    /// is the client's own if none is given.
    ///
    /// # Errors
    ///
    /// The outer one if the request cannot be put into the type, so that users could
    /// not even write it.
    pub async fn call_with(
        &self,
        client: &Client,
        request: &Value,
        validation: impl Into<Option<Validation>>,
    ) -> Result<Result<Replied, Error>, serde_json::Error> {
        Ok((self.call)(client, request.clone(), validation.into())?.await)
    }
}
