//! Where webhooks are sent, and what signs them.

use serde_json::{Value, json};

use super::{Call, Change, Outcome};
use crate::refusal::{Refusal, code};
use crate::stored::{Callback, CallbackToken};

fn configured<'a>(call: &Call<'a>) -> Option<&'a Callback> {
    call.app.stored.callbacks.get(call.product())
}

fn no_callback() -> Refusal {
    Refusal::new(code::NO_CALLBACK, "there is no callback configuration")
}

pub(super) fn set(call: &Call<'_>) -> Result<Outcome, Refusal> {
    if configured(call).is_some() {
        let info = "there is a callback configuration already";
        return Err(Refusal::new(code::CALLBACK_EXISTS, info));
    }
    put(call)
}

pub(super) fn update(call: &Call<'_>) -> Result<Outcome, Refusal> {
    configured(call).ok_or_else(no_callback)?;
    put(call)
}

fn put(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let url = call.text("Url")?;
    if !url.starts_with("http://") && !url.starts_with("https://") {
        let info = "/Url has to begin with http:// or https://";
        return Err(Refusal::new(code::INVALID_PARAMETER, info));
    }
    let commands = call.texts("CallbackCommandList");
    let callback = Callback {
        url: url.to_owned(),
        commands: commands.into_iter().map(str::to_owned).collect(),
    };
    let product = call.product().to_owned();
    let change = Change::stored(|stored| {
        stored.callbacks.insert(product, callback);
    });
    Ok(Outcome::done(change))
}

pub(super) fn get(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let Callback { url, commands } = configured(call).ok_or_else(no_callback)?;
    Ok(Outcome::read(
        json!({ "Url": url, "CallbackCommandList": commands }),
    ))
}

#[expect(clippy::unnecessary_wraps, reason = "behaviours have one signature")]
pub(super) fn delete(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let product = call.product().to_owned();
    let change = Change::stored(move |stored| {
        stored.callbacks.remove(&product);
    });
    Ok(Outcome::done(change))
}

pub(super) fn set_token(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let token = call.request.get("Token").and_then(Value::as_str);
    let is_enabled = call.request.get("IsTokenEnable").and_then(Value::as_bool);
    let known = call.app.stored.callback_token.as_ref();
    let token = token
        .map(str::to_owned)
        .or_else(|| known.map(|known| known.token.clone()));
    let is_enabled = is_enabled.or_else(|| known.map(|known| known.is_enabled));
    let (Some(token), Some(is_enabled)) = (token, is_enabled) else {
        let info = "the first time, both /Token and /IsTokenEnable are needed";
        return Err(Refusal::new(code::INVALID_PARAMETER, info));
    };
    let token = CallbackToken { token, is_enabled };
    let change = Change::stored(|stored| stored.callback_token = Some(token));
    Ok(Outcome::done(change))
}

pub(super) fn get_token(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let Some(CallbackToken { token, is_enabled }) = &call.app.stored.callback_token else {
        let info = "there is no callback token";
        return Err(Refusal::new(code::NO_CALLBACK_TOKEN, info));
    };
    Ok(Outcome::read(
        json!({ "Token": token, "IsTokenEnable": is_enabled }),
    ))
}

#[expect(clippy::unnecessary_wraps, reason = "behaviours have one signature")]
pub(super) fn delete_token(_: &Call<'_>) -> Result<Outcome, Refusal> {
    Ok(Outcome::done(Change::stored(|stored| {
        stored.callback_token = None;
    })))
}
