//! The checks that are common to all calls, in their order.

use std::collections::BTreeMap;

use crate::app::App;
use crate::query::{Parameters, decimal};
use crate::refusal::{Refusal, code};
use crate::settings::Settings;
use crate::tickets::Check;
use crate::time::UnixMillis;

/// Who calls.
#[derive(Debug)]
pub(crate) struct Caller {
    pub(crate) sdkappid: u32,
    pub(crate) identifier: String,
}

/// Checks the query: the parameters, the ticket, and the right to call at all.
pub(crate) fn admit(
    query: &str,
    apps: &mut BTreeMap<u32, App>,
    settings: &Settings,
    now: UnixMillis,
) -> Result<Caller, Refusal> {
    let parameters = Parameters::read(query)?;
    let refused = |code, info: &str| Refusal::new(code, info);

    let sdkappid = parameters
        .sdkappid
        .ok_or_else(|| refused(code::SDKAPPID_MISSING, "sdkappid is missing in the URL"))?;
    let app = decimal(&sdkappid).and_then(|sdkappid| apps.get_mut(&sdkappid));
    let app =
        app.ok_or_else(|| refused(code::SDKAPPID_INVALID, "there is no app of this sdkappid"))?;

    let identifier = parameters
        .identifier
        .ok_or_else(|| refused(code::ACCOUNT_WRONG, "identifier is missing in the URL"))?
        .into_owned();
    if parameters.contenttype.as_deref() != Some("json") {
        let info = "contenttype has to be json";
        return Err(refused(code::URL_PARAMETER_WRONG, info));
    }
    if parameters.random.as_deref().and_then(decimal).is_none() {
        let info = "random has to be a number from 0 to 4294967295 in decimal digits";
        return Err(refused(code::MALFORMED_REQUEST, info));
    }

    let is_administrator = app.admins.contains(&identifier);
    app.failures.check(&Check {
        verifier: &app.verifier,
        identifier: &identifier,
        is_administrator,
        ticket: parameters.usersig.as_deref().unwrap_or_default(),
        now,
        failures_allowed: settings.failed_tickets_allowed,
    })?;
    if !is_administrator {
        let info = "identifier is no administrator of the app";
        return Err(refused(code::NOT_ADMINISTRATOR, info));
    }
    Ok(Caller {
        sdkappid: app.sdkappid,
        identifier,
    })
}

#[cfg(test)]
mod tests {
    use crate::request::Request;
    use crate::testing::{APP, Desk, LIVE, OTHER_APP, live, query_with};

    /// The code that a query is refused with.
    fn code(desk: &mut Desk, query: &str) -> i32 {
        let body = live("a").to_string();
        let (code, info) = desk.refused_request(&Request::post(LIVE, query, body.as_bytes()));
        let ticket = desk.ticket_of(desk.identifier);
        assert!(
            !info.contains(&ticket) && !info.contains("secret"),
            "{info}"
        );
        code
    }

    /// The query without one of its parameters.
    fn without(query: &str, name: &str) -> String {
        let pairs = query.split('&');
        let pairs = pairs.filter(|pair| !pair.starts_with(&format!("{name}=")));
        pairs.collect::<Vec<_>>().join("&")
    }

    #[test]
    fn f01_f02_f06_parameters_that_are_missing() {
        for (name, expected) in [
            ("sdkappid", 60_012),
            ("identifier", 60_004),
            ("usersig", 70_002),
            ("random", 60_002),
            ("contenttype", 60_025),
        ] {
            let mut desk = Desk::new();
            let rest = without(&desk.query(), name);
            assert_eq!(code(&mut desk, &rest), expected, "no {name}");
            let upper = name.to_uppercase();
            for empty in [
                format!("{rest}&{name}="),
                format!("{name}&{rest}"),
                format!("{rest}&{upper}=1"),
            ] {
                assert_eq!(code(&mut desk, &empty), expected, "{name}");
            }
        }
        assert_eq!(code(&mut Desk::new(), ""), 60_012);
    }

    #[test]
    fn f03_parameters_that_stand_twice() {
        for name in ["sdkappid", "identifier", "usersig", "random", "contenttype"] {
            let mut desk = Desk::new();
            let query = desk.query();
            let pair = query
                .split('&')
                .find(|pair| pair.starts_with(name))
                .unwrap();
            assert_eq!(
                code(&mut desk, &format!("{query}&{pair}")),
                60_002,
                "{name}"
            );
            assert_eq!(
                code(&mut desk, &format!("{name}=x&{query}")),
                60_002,
                "{name}"
            );
        }
    }

    #[test]
    fn f04_f07_what_is_accepted() {
        let mut desk = Desk::new();
        let query = desk.query();
        let reversed: Vec<&str> = query.rsplit('&').collect();
        for query in [
            format!("{query}&other=1&other=2&x"),
            format!("&&{query}&"),
            reversed.join("&"),
            query.replace("random=1", "random=0"),
            query.replace("random=1", "random=4294967295"),
            query.replace("identifier=a", "identifier=%61"),
            query.replace("sdkappid", "sdk%61ppid"),
        ] {
            let body = live("a").to_string();
            let request = Request::post(LIVE, &query, body.as_bytes());
            assert_eq!(
                desk.service.handle(&request, desk.now).error_code(),
                Some(0),
                "{query}"
            );
            desk.app().rooms = crate::rooms::Rooms::default();
        }
    }

    #[test]
    fn f07_f11_e02_values_that_are_wrong() {
        let numbers = [
            "-1",
            "4294967296",
            "1.5",
            "abc",
            "+1",
            "%201",
            "0x1",
            "007",
            "%EF%BC%91",
            "1e3",
            "99999999999999999999999999999999999999",
        ];
        let query = Desk::new().query();
        for number in numbers {
            let random = query.replace("random=1", &format!("random={number}"));
            assert_eq!(code(&mut Desk::new(), &random), 60_002, "{number}");
            let app = query.replace(&APP.to_string(), number);
            assert_eq!(code(&mut Desk::new(), &app), 60_006, "{number}");
        }
        for app in ["0", "1", "1400000000.0", "01400000000", "1400000001"] {
            let app = query.replace(&APP.to_string(), app);
            assert_eq!(code(&mut Desk::new(), &app), 60_006, "{app}");
        }
        for contenttype in [
            "JSON",
            "xml",
            "json%20",
            "json;charset=utf-8",
            "application/json",
        ] {
            let wrong = query.replace("contenttype=json", &format!("contenttype={contenttype}"));
            assert_eq!(code(&mut Desk::new(), &wrong), 60_025, "{contenttype}");
        }
        for escape in ["%", "%zz", "%ff"] {
            assert_eq!(
                code(&mut Desk::new(), &format!("{query}&x={escape}")),
                60_002
            );
        }
    }

    #[test]
    fn f08_another_app() {
        let mut desk = Desk::new();
        let ticket = desk.ticket_of("administrator");
        let query = query_with(OTHER_APP, "administrator", &ticket);
        assert_eq!(code(&mut desk, &query), 70_014);
    }

    #[test]
    fn f09_no_parameter_can_be_smuggled_in() {
        let mut desk = Desk::new();
        let ticket = desk.ticket_of("administrator");
        let query = query_with(APP, &format!("administrator%26usersig={ticket}"), "");
        assert_eq!(code(&mut desk, &query), 70_002);

        let odd = "a b&c=d#e%房";
        desk.app().add_admin(odd);
        let query = query_with(APP, "a%20b%26c%3Dd%23e%25%E6%88%BF", &desk.ticket_of(odd));
        let body = live("a").to_string();
        let reply = desk
            .service
            .handle(&Request::post(LIVE, &query, body.as_bytes()), desk.now);
        assert_eq!(reply.error_code(), Some(0));
        assert_eq!(desk.app().room("a").unwrap().owner, odd);
    }

    #[test]
    fn f12_no_administrator() {
        let mut desk = Desk::new();
        desk.identifier = "ada";
        let query = desk.query();
        assert_eq!(code(&mut desk, &query), 60_010);
        desk.app().add_admin("ada");
        desk.ok(LIVE, &live("a"));
        desk.app().remove_admin("ada");
        assert_eq!(code(&mut desk, &query), 60_010);
        desk.identifier = "Administrator";
        let query = desk.query();
        assert_eq!(code(&mut desk, &query), 60_010, "upper case");
    }
}
