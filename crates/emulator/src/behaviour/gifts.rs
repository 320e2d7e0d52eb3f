//! Gifts: their configuration, and sending and counting them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{Call, Change, Outcome};
use crate::refusal::{Refusal, code};
use crate::room::{GiftCount, RoomType, whole};
use crate::stored::Stored;

/// What is stored under an id.
type Entries = BTreeMap<String, Map<String, Value>>;

/// What is stored under an id, by language.
type Texts = BTreeMap<String, Entries>;

/// What `copy_default_gift_config` creates, in figures.
const CATEGORIES: usize = 3;
const GIFTS_EACH: usize = 5;

pub(super) fn copy_default(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let stored = &call.app.stored;
    if !stored.gifts.is_empty() || !stored.gift_categories.is_empty() {
        let info = "there is a gift configuration already";
        return Err(Refusal::new(code::INVALID_PARAMETER, info));
    }
    Ok(Outcome::done(Change::stored(|stored| {
        for category in 1..=CATEGORIES {
            let category_id = format!("category-{category}");
            let entry = entry(&json!({ "CategoryId": category_id, "DefaultName": category_id }));
            stored.gift_categories.insert(category_id.clone(), entry);
            for gift in 1..=GIFTS_EACH {
                let gift_id = format!("gift-{category}-{gift}");
                let gift = json!({ "GiftId": gift_id, "Coins": gift, "DefaultName": gift_id });
                stored.gifts.insert(gift_id.clone(), self::entry(&gift));
                let gifts = stored.category_gifts.entry(category_id.clone());
                gifts.or_default().insert(gift_id);
            }
        }
    })))
}

fn entry(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

fn unknown(what: &str) -> Refusal {
    Refusal::new(code::NO_SUCH_GIFT, format!("there is no such {what}"))
}

pub(super) fn add(call: &Call<'_>) -> Result<Outcome, Refusal> {
    put(call, "GiftId", |stored| &mut stored.gifts)
}

pub(super) fn add_category(call: &Call<'_>) -> Result<Outcome, Refusal> {
    put(call, "CategoryId", |stored| &mut stored.gift_categories)
}

fn put(
    call: &Call<'_>,
    id: &str,
    entries: impl FnOnce(&mut Stored) -> &mut Entries + 'static,
) -> Result<Outcome, Refusal> {
    let id = call.text(id)?.to_owned();
    let known = call.endpoint.members.known_of(&entry(call.request));
    let change = Change::stored(|stored| {
        entries(stored).insert(id, known);
    });
    Ok(Outcome::done(change))
}

pub(super) fn get(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let gift = call.app.stored.gifts.get(call.text("GiftId")?);
    let gift = gift.ok_or_else(|| unknown("gift"))?;
    Ok(Outcome::read(json!({ "GiftInfo": gift })))
}

pub(super) fn get_category(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let category = call
        .app
        .stored
        .gift_categories
        .get(call.text("CategoryId")?);
    let category = category.ok_or_else(|| unknown("category"))?;
    Ok(Outcome::read(json!({ "GiftCategoryInfo": category })))
}

pub(super) fn delete(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let id = call.text("GiftId")?.to_owned();
    Ok(Outcome::done(Change::stored(move |stored| {
        stored.gifts.remove(&id);
        stored.gift_texts.remove(&id);
        for gifts in stored.category_gifts.values_mut() {
            gifts.remove(&id);
        }
    })))
}

pub(super) fn delete_category(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let id = call.text("CategoryId")?.to_owned();
    Ok(Outcome::done(Change::stored(move |stored| {
        stored.gift_categories.remove(&id);
        stored.category_texts.remove(&id);
        stored.category_gifts.remove(&id);
    })))
}

fn category<'a>(call: &Call<'a>) -> Result<&'a str, Refusal> {
    let id = call.text("CategoryId")?;
    if call.app.stored.gift_categories.contains_key(id) {
        Ok(id)
    } else {
        Err(unknown("category"))
    }
}

pub(super) fn add_relations(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let category = category(call)?.to_owned();
    let (known, invalid): (Vec<&str>, Vec<&str>) = call
        .texts("GiftIdList")
        .into_iter()
        .partition(|id| call.app.stored.gifts.contains_key(*id));
    let known: Vec<String> = known.into_iter().map(str::to_owned).collect();
    let change = Change::stored(|stored| {
        stored
            .category_gifts
            .entry(category)
            .or_default()
            .extend(known);
    });
    Ok(Outcome::new(
        change,
        json!({ "InvalidGiftIdList": invalid }),
    ))
}

pub(super) fn delete_relations(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let category = call.text("CategoryId")?.to_owned();
    let gifts: Vec<String> = call
        .texts("GiftIdList")
        .into_iter()
        .map(str::to_owned)
        .collect();
    Ok(Outcome::done(Change::stored(move |stored| {
        if let Some(known) = stored.category_gifts.get_mut(&category) {
            known.retain(|gift| !gifts.contains(gift));
        }
    })))
}

pub(super) fn get_relations(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let category = category(call)?;
    let gifts: Option<&BTreeSet<String>> = call.app.stored.category_gifts.get(category);
    let gifts = gifts.cloned().unwrap_or_default();
    Ok(Outcome::read(
        json!({ "Relation": { "CategoryId": category, "GiftIdList": gifts } }),
    ))
}

pub(super) fn set_text(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let id = call.text("GiftId")?;
    if !call.app.stored.gifts.contains_key(id) {
        return Err(unknown("gift"));
    }
    put_text(call, id, &["Name", "Desc"], |stored| &mut stored.gift_texts)
}

pub(super) fn set_category_text(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let id = category(call)?;
    let members = &["CategoryName", "CategoryDesc"];
    put_text(call, id, members, |stored| &mut stored.category_texts)
}

fn put_text(
    call: &Call<'_>,
    id: &str,
    members: &[&str],
    texts: impl FnOnce(&mut Stored) -> &mut Texts + 'static,
) -> Result<Outcome, Refusal> {
    let (id, language) = (id.to_owned(), call.text("Language")?.to_owned());
    let mut sent = entry(call.request);
    sent.retain(|name, _| members.contains(&name.as_str()));
    Ok(Outcome::done(Change::stored(|stored| {
        let of_id = texts(stored).entry(id).or_default();
        of_id.entry(language).or_default().extend(sent);
    })))
}

pub(super) fn get_text(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let text = text(call, "GiftId", &call.app.stored.gift_texts)?;
    Ok(Outcome::read(json!({ "GiftInfo": text })))
}

pub(super) fn get_category_text(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let text = text(call, "CategoryId", &call.app.stored.category_texts)?;
    Ok(Outcome::read(json!({ "CategoryInfo": text })))
}

fn text<'a>(
    call: &Call<'_>,
    id: &str,
    texts: &'a Texts,
) -> Result<&'a Map<String, Value>, Refusal> {
    let text = texts.get(call.text(id)?);
    let text = text.and_then(|texts| texts.get(call.text("Language").ok()?));
    text.ok_or_else(|| unknown("text in this language"))
}

pub(super) fn delete_text(call: &Call<'_>) -> Result<Outcome, Refusal> {
    remove_text(call, "GiftId", |stored| &mut stored.gift_texts)
}

pub(super) fn delete_category_text(call: &Call<'_>) -> Result<Outcome, Refusal> {
    remove_text(call, "CategoryId", |stored| &mut stored.category_texts)
}

fn remove_text(
    call: &Call<'_>,
    id: &str,
    texts: impl FnOnce(&mut Stored) -> &mut Texts + 'static,
) -> Result<Outcome, Refusal> {
    let (id, language) = (call.text(id)?.to_owned(), call.text("Language")?.to_owned());
    Ok(Outcome::done(Change::stored(move |stored| {
        if let Some(texts) = texts(stored).get_mut(&id) {
            texts.remove(&language);
        }
    })))
}

pub(super) fn send(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_of_type(RoomType::Live)?;
    let gift = call.app.stored.gifts.get(call.text("GiftId")?);
    let gift = gift.ok_or_else(|| unknown("gift"))?;
    let price = gift.get("Coins").and_then(whole).unwrap_or_default();
    let receivers = call.list("ReceiverList_Account").len();
    let receivers = i64::try_from(receivers).unwrap_or(i64::MAX);
    let gifts = call.number("Count").unwrap_or(1).saturating_mul(receivers);
    let sender = call.text("From_Account")?.to_owned();
    Ok(Outcome::done(Change::room(room, move |room| {
        let sent: &mut GiftCount = room.statistics.sent.entry(sender).or_default();
        sent.gifts = sent.gifts.saturating_add(gifts);
        sent.coins = sent.coins.saturating_add(gifts.saturating_mul(price));
    })))
}

/// The gifts that a user sent, as `From_Account` is described on most pages.
pub(super) fn count(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let room = call.room_of_type(RoomType::Live)?;
    let sent = room.statistics.sent.get(call.text("From_Account")?);
    let sent = sent.copied().unwrap_or_default();
    Ok(Outcome::read(json!({
        "TotalCount": sent.gifts,
        "TotalCoins": sent.coins,
        "GiftSenderCount": i32::from(sent.gifts > 0),
    })))
}
