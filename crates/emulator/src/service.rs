use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use trtc_rooms_schema::{Problems, SchemaSet};

use crate::app::App;
use crate::behaviour::{Call, Told};
use crate::contract::{Contract, Endpoint};
use crate::journal::{Counters, Journal, JournalEntry};
use crate::refusal::{Refusal, code};
use crate::reply::{Answer, Delivery, Reply, RequestIds};
use crate::request::Request;
use crate::script::{Action, Instead, Script, Scripts, UnknownEndpoint};
use crate::settings::Settings;
use crate::snapshot::{RestoreError, Snapshot};
use crate::time::UnixMillis;
use crate::webhook::Webhook;
use crate::{gateway, json};

/// The emulated service: a state and what it answers. It does no I/O and reads no
/// clock; who calls it says what time it is.
///
/// # The order of the checks
///
/// The documents give codes and no order. Here the first that applies is answered:
///
/// 1. a [`Script`] that takes the call;
/// 2. the method is not `POST`, or no schema has the path, which is compared byte
///    by byte: 60009. The HTTP status is 200, as for every answer of the service
///    (the vendor's own check of a connection is a HEAD that gives 200). Only to
///    `CONNECT` it is 405, since 200 would open a tunnel;
/// 3. the body is longer than [`Settings::max_body`]: 60002;
/// 4. the query is malformed, or one of the five parameters stands twice: 60002;
/// 5. `sdkappid` is missing: 60012; it is no number or no known app: 60006;
/// 6. `identifier` is missing: 60004;
/// 7. `contenttype` is anything but `json`, or missing: 60025;
/// 8. `random` is missing or no number from 0 to 4294967295: 60002;
/// 9. the account is locked out: 70050; `usersig` is missing: 70002; it is none:
///    70003; for another app: 70014; for another account: 70013; from another key:
///    70009; expired: 70001;
/// 10. `identifier` is no administrator of the app: 60010;
/// 11. the body is not JSON: 60003;
/// 12. the request breaks a rule of its schema: the code of the first broken rule in
///     the order of pointers (100002, 60015), and `ErrorInfo` names all of them;
/// 13. the call is not modelled: 60009;
/// 14. what [`behaviour`](crate::behaviour) says about the call.
///
/// A parameter that is empty counts as missing. A refused call leaves no trace but
/// in the journal, the counters, and the count of failed tickets.
///
/// Not emulated: rates (except of creating a room), regions, packages, whether an
/// account was imported, the text of real `ErrorInfo`s.
///
/// # Copies
///
/// A clone is a service of its own that starts with the same state: keep one to
/// come back to.
#[derive(Clone)]
pub struct Service {
    contract: Arc<Contract>,
    settings: Settings,
    apps: BTreeMap<u32, App>,
    scripts: Scripts,
    journal: Journal,
    counters: Counters,
    request_ids: RequestIds,
}

impl Service {
    /// A service with one app, of the schemas that are built in.
    ///
    /// # Errors
    ///
    /// What is wrong with the schemas.
    pub fn new(app: App) -> Result<Self, Problems> {
        let mut service = Self::built_in()?;
        service.put_app(app);
        Ok(service)
    }

    /// A service without an app, of the schemas that are built in.
    pub(crate) fn built_in() -> Result<Self, Problems> {
        Ok(Self::of_contract(Contract::embedded()?))
    }

    /// A service without an app, of other schemas.
    ///
    /// # Errors
    ///
    /// What is wrong with the schemas.
    pub fn with_schemas(schemas: &SchemaSet) -> Result<Self, Problems> {
        Ok(Self::of_contract(Arc::new(Contract::new(schemas)?)))
    }

    fn of_contract(contract: Arc<Contract>) -> Self {
        Self {
            contract,
            settings: Settings::default(),
            apps: BTreeMap::new(),
            scripts: Scripts::default(),
            journal: Journal::default(),
            counters: Counters::default(),
            request_ids: RequestIds::default(),
        }
    }

    /// Adds an app, or replaces the one with the same number.
    pub fn put_app(&mut self, app: App) {
        self.apps.insert(app.sdkappid, app);
    }

    /// An app.
    pub fn app(&self, sdkappid: u32) -> Option<&App> {
        self.apps.get(&sdkappid)
    }

    /// An app, to change it.
    pub fn app_mut(&mut self, sdkappid: u32) -> Option<&mut App> {
        self.apps.get_mut(&sdkappid)
    }

    /// What was chosen about the service.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The same, to change it.
    pub fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    /// Gives the service a script for some of the next calls.
    ///
    /// # Errors
    ///
    /// The script is about an endpoint that no schema describes.
    pub fn script(&mut self, script: Script) -> Result<(), UnknownEndpoint> {
        match &script.endpoint {
            Some(name) if !self.contract.has(name) => Err(UnknownEndpoint(name.clone())),
            _ => {
                self.scripts.push(script);
                Ok(())
            }
        }
    }

    /// Drops all scripts.
    pub fn clear_scripts(&mut self) {
        self.scripts.clear();
    }

    /// The last requests, the oldest one first.
    pub fn journal(&self) -> impl DoubleEndedIterator<Item = &JournalEntry> {
        self.journal.iter()
    }

    /// Empties the journal.
    pub fn clear_journal(&mut self) {
        self.journal.clear();
    }

    /// How many requests there were.
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    /// What is stored. Take [`elapse`](Self::elapse) first if time has passed.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.apps)
    }

    /// Puts what is stored back to a snapshot. Apps that it does not have are
    /// emptied.
    ///
    /// # Errors
    ///
    /// The snapshot does not fit. Then nothing has changed.
    pub fn restore(&mut self, snapshot: Snapshot) -> Result<(), RestoreError> {
        self.apps = snapshot.restored(&self.apps)?;
        Ok(())
    }

    /// Turns into `other`, but goes on counting request ids, which stay unique.
    pub(crate) fn reset_to(&mut self, other: Self) {
        let request_ids = std::mem::take(&mut self.request_ids);
        *self = Self {
            request_ids,
            ..other
        };
    }

    /// Does what is due at a time: recycles meetings. [`handle`](Self::handle) does
    /// so by itself.
    pub fn elapse(&mut self, now: UnixMillis) {
        for app in self.apps.values_mut() {
            app.rooms.elapse(now);
        }
    }

    /// The webhooks of what has happened since this was last asked, for the apps and
    /// commands that have a callback configuration. The HTTP front sends them.
    pub fn take_webhooks(&mut self, now: UnixMillis) -> Vec<Webhook> {
        let apps = self.apps.values_mut();
        apps.flat_map(|app| app.webhooks(now)).collect()
    }

    /// Answers a request that is received at `now`.
    pub fn handle(&mut self, request: &Request<'_>, now: UnixMillis) -> Reply {
        self.elapse(now);
        let contract = Arc::clone(&self.contract);
        let endpoint = contract.endpoint(request.path);
        let request_id = self.request_ids.next();
        let script = self
            .scripts
            .take(endpoint.map(|endpoint| endpoint.name.as_str()));
        let mut entry = JournalEntry::new(request, now);
        entry.endpoint = endpoint.map(|endpoint| endpoint.name.clone());
        entry.request_id.clone_from(&request_id);
        entry.scripted = script.is_some();

        let mut reply = match script {
            None => Reply::envelope(request_id, &self.answer(endpoint, request, now)),
            Some(script) => self.perform(&script, request_id, endpoint, request, now),
        };
        if request.method == "CONNECT" && reply.status == 200 {
            reply.status = 405;
        }

        entry.error_code = reply.error_code;
        self.counters.count(&entry);
        let Settings {
            journal_requests,
            journal_bytes,
            ..
        } = self.settings;
        self.journal.push(entry, journal_requests, journal_bytes);
        reply
    }

    /// Checks a call and carries it out.
    fn answer(
        &mut self,
        endpoint: Option<&Endpoint>,
        request: &Request<'_>,
        now: UnixMillis,
    ) -> Answer {
        let endpoint = self.resource(endpoint, request)?;
        if request.body.len() > self.settings.max_body {
            let info = format!("the body is longer than {} bytes", self.settings.max_body);
            return Err(Refusal::new(code::MALFORMED_REQUEST, info));
        }
        let caller = gateway::admit(request.query, &mut self.apps, &self.settings, now)?;
        let body = json::read(request.body)?;
        endpoint.check(&body, self.settings.unknown_members)?;

        let not_modelled = || {
            let info = format!("the emulator does not model {}", endpoint.name);
            Refusal::new(code::WRONG_RESOURCE, info)
        };
        let behaviour = endpoint.behaviour.ok_or_else(not_modelled)?;
        let app = self
            .apps
            .get_mut(&caller.sdkappid)
            .ok_or_else(not_modelled)?;
        let outcome = behaviour(&Call {
            app,
            endpoint,
            settings: &self.settings,
            operator: &caller.identifier,
            request: &body,
            now,
        })?;
        outcome.change.apply(app);
        for Told {
            command,
            room_type,
            body,
        } in outcome.events
        {
            let body = body(app);
            app.tell(command, room_type, true, body);
        }
        Ok((endpoint.payload, outcome.data))
    }

    /// The endpoint that a request is to.
    fn resource<'a>(
        &self,
        endpoint: Option<&'a Endpoint>,
        request: &Request<'_>,
    ) -> Result<&'a Endpoint, Refusal> {
        let wrong = |info: String| Err(Refusal::new(code::WRONG_RESOURCE, info));
        match endpoint {
            _ if request.method != "POST" => wrong("the method has to be POST".to_owned()),
            Some(endpoint) => Ok(endpoint),
            None => wrong(match self.contract.path_like(request.path) {
                Some(path) => format!("there is nothing at this path; it should be {path}"),
                None => {
                    "there is nothing at this path: check version, service and command".to_owned()
                }
            }),
        }
    }

    /// Answers a call as a script says.
    fn perform(
        &mut self,
        script: &Script,
        request_id: String,
        endpoint: Option<&Endpoint>,
        request: &Request<'_>,
        now: UnixMillis,
    ) -> Reply {
        let reply = match &script.action {
            Action::Usual => Reply::envelope(request_id, &self.answer(endpoint, request, now)),
            Action::Cut => {
                let reply = Reply::envelope(request_id, &self.answer(endpoint, request, now));
                let delivery = Delivery::CutAfter(reply.body.len() / 2);
                Reply { delivery, ..reply }
            }
            Action::Instead(instead) => {
                if script.carried_out {
                    let _ = self.answer(endpoint, request, now);
                }
                self.instead(instead, request_id, endpoint)
            }
        };
        Reply {
            delay: script.delay,
            retry_after: script.retry_after,
            ..reply
        }
    }

    fn instead(&self, with: &Instead, request_id: String, endpoint: Option<&Endpoint>) -> Reply {
        match with {
            Instead::Code { code, info } => {
                let meaning = || self.contract.meaning(endpoint, *code);
                let info = info.as_deref().or_else(meaning).unwrap_or_default();
                Reply::envelope(request_id, &Err(Refusal::new(*code, info)))
            }
            Instead::Http { status, body } => Reply::plain(request_id, *status, body.clone()),
            Instead::Reset => Reply {
                delivery: Delivery::Reset,
                ..Reply::plain(request_id, 200, Vec::new())
            },
        }
    }
}

/// In short: what is stored may be a lot.
impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rooms = self
            .apps
            .values()
            .map(|app| (app.sdkappid, app.room_count()));
        f.debug_struct("Service")
            .field("settings", &self.settings)
            .field("rooms", &rooms.collect::<BTreeMap<_, _>>())
            .field("requests", &self.counters.requests)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
