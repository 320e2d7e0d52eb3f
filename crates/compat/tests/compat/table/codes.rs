//! Error codes, and the regions with their hosts.

use serde_json::json;

use super::{CODES, LIVE, Planted, REGIONS, planted};

pub(super) fn table() -> Vec<Planted> {
    let mut table = codes();
    table.extend(regions());
    table
}

fn codes() -> Vec<Planted> {
    vec![
        planted(
            "a code of an endpoint",
            |set| {
                let code = json!({
                    "code": 199_999, "name": "New", "class": "conflict", "retry": "never",
                    "meaning": "New.", "remedy": "None."
                });
                set.push(LIVE, "/codes", code);
            },
            &["code-added"],
            &["code-removed"],
        ),
        planted(
            "a code of an endpoint that the common table knows otherwise",
            |set| {
                let code = json!({
                    "code": 70_001, "name": "New", "class": "conflict", "retry": "never",
                    "meaning": "New.", "remedy": "None."
                });
                set.at(LIVE, "/codes")
                    .as_array_mut()
                    .unwrap()
                    .insert(0, code);
            },
            &["code-added", "code-class-changed", "code-retry-changed"],
            &["code-removed"],
        ),
        planted(
            "a common code",
            |set| {
                let code = json!({
                    "code": 79_999, "name": "New", "class": "conflict", "retry": "never",
                    "meaning": "New.", "remedy": "None."
                });
                set.push(CODES, "/codes", code);
            },
            &["code-added"],
            &["common-code-removed"],
        ),
        planted(
            "a common code under another name",
            |set| set.set(CODES, "/codes/0/name", json!("BadHttp")),
            &["common-code-renamed"],
            &["common-code-renamed"],
        ),
        planted(
            "a code of an endpoint under another name",
            |set| set.set(LIVE, "/codes/0/name", json!("Broken")),
            &["code-renamed"],
            &["code-renamed"],
        ),
        planted(
            "a code of another class",
            |set| set.set(LIVE, "/codes/0/class", json!("account")),
            &["code-class-changed"],
            &["code-class-changed"],
        ),
        planted(
            "a common code of another class",
            |set| set.set(CODES, "/codes/0/class", json!("account")),
            &["code-class-changed"],
            &["code-class-changed"],
        ),
        planted(
            "a code that is not worth a repetition",
            |set| set.set(LIVE, "/codes/0/retry", json!("never")),
            &["code-retry-changed"],
            &["code-retry-changed"],
        ),
        planted(
            "a pause before the repetition",
            |set| set.set(LIVE, "/codes/0/retryAfterSeconds", json!(5)),
            &["code-pause-changed"],
            &["code-pause-changed"],
        ),
        planted(
            "what a code means",
            |set| set.set(LIVE, "/codes/0/meaning", json!("It failed.")),
            &["documentation-changed"],
            &["documentation-changed"],
        ),
        planted(
            "what to do about a common code",
            |set| set.set(CODES, "/codes/0/remedy", json!("Wait.")),
            &["documentation-changed"],
            &["documentation-changed"],
        ),
        planted(
            "codes in another order",
            |set| set.at(LIVE, "/codes").as_array_mut().unwrap().reverse(),
            &["order-changed"],
            &["order-changed"],
        ),
    ]
}

fn regions() -> Vec<Planted> {
    vec![
        planted(
            "a data centre",
            |set| {
                let region = json!({
                    "name": "moon", "description": "New.", "host": "moon.im.qcloud.com"
                });
                set.push(REGIONS, "/regions", region);
            },
            &["region-added"],
            &["region-removed"],
        ),
        planted(
            "another host",
            |set| set.set(REGIONS, "/regions/0/host", json!("new.im.qcloud.com")),
            &["host-changed"],
            &["host-changed"],
        ),
        planted(
            "no backup host any more",
            |set| {
                set.remove(REGIONS, "/regions/0/backupHost");
            },
            &["host-changed"],
            &["backup-host-added"],
        ),
        planted(
            "another backup host",
            |set| {
                set.set(
                    REGIONS,
                    "/regions/0/backupHost",
                    json!("new.my-imcloud.com"),
                );
            },
            &["host-changed"],
            &["host-changed"],
        ),
        planted(
            "data centres in another order",
            |set| {
                set.at(REGIONS, "/regions")
                    .as_array_mut()
                    .unwrap()
                    .reverse();
            },
            &["order-changed"],
            &["order-changed"],
        ),
        planted(
            "which data centre it is",
            |set| set.set(REGIONS, "/regions/0/description", json!("China.")),
            &["documentation-changed"],
            &["documentation-changed"],
        ),
    ]
}
