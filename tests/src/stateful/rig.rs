use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use trtc_rooms::{Client, QuotaMode, RetryPolicy, SecretKey};
use trtc_rooms_emulator::{
    App, Emulator, EmulatorClock, Handle, Rights, Service, Snapshot, UnixMillis,
};

use super::expectation::Outcome;
use super::step::{Caller, FIRST_APP, SECOND_APP, Step};
use super::typed;
use super::world::{START, World};

/// An emulator on a port, and clients of it that go by its clock. One is enough for
/// any number of sequences.
pub struct Rig {
    runtime: Runtime,
    emulator: Emulator,
    /// One for each of [`Caller::ALL`].
    clients: Vec<Client>,
}

/// What a step led to.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// What came of it.
    pub outcome: Outcome,
    /// The bodies that the emulator received.
    pub received: Vec<String>,
    /// What is stored.
    pub stored: Value,
}

impl Rig {
    /// Starts an emulator.
    ///
    /// # Panics
    ///
    /// If that fails.
    pub fn start() -> Self {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime starts");
        let clock = EmulatorClock::standing_at(UnixMillis::from_millis(START));
        let app = |sdkappid, admins: &[&str]| {
            let app = App::new(sdkappid, key());
            admins.iter().fold(app, |app, admin| app.admin(*admin))
        };
        let starting = Emulator::builder()
            .app(app(FIRST_APP, &["administrator", "second"]))
            .app(app(SECOND_APP, &["administrator"]))
            .clock(clock.clone())
            .start();
        let emulator = runtime.block_on(starting).expect("the emulator starts");
        let clients = Caller::ALL.map(|caller| {
            Client::builder(caller.sdkappid(), key())
                .base_url(emulator.url())
                .identifier(caller.identifier())
                .clock(Arc::new(clock.clone()))
                // Each call is one request, at any time of the emulator's clock.
                .retry(RetryPolicy::never())
                .quota_mode(QuotaMode::Off)
                .build()
                .expect("the client is set up")
        });
        Self {
            runtime,
            emulator,
            clients: clients.into(),
        }
    }

    /// Makes everything as a sequence finds it.
    pub fn begin(&self, world: &World) {
        let handle = self.handle();
        handle.clock().set(UnixMillis::from_millis(world.now));
        handle.reset();
        handle.with(|service| {
            service.settings_mut().rights = if world.strict_rights {
                Rights::OwnerOrRoomAdministrator
            } else {
                Rights::AppAdministrator
            };
        });
    }

    /// Does a step.
    pub fn perform(&self, step: &Step) -> Observation {
        let handle = self.handle();
        handle.with(Service::clear_journal);
        let outcome = match step {
            Step::Call(call) => {
                let client = Caller::ALL.iter().position(|caller| *caller == call.by);
                let client = &self.clients[client.unwrap_or_default()];
                self.runtime.block_on(typed::make(client, call))
            }
            other => self.happen(other),
        };
        let received = handle.journal();
        let stored = serde_json::to_value(handle.snapshot());
        Observation {
            outcome,
            received: received
                .iter()
                .map(|entry| entry.body_text().into_owned())
                .collect(),
            stored: stored.unwrap_or_default(),
        }
    }

    fn happen(&self, step: &Step) -> Outcome {
        let handle = self.handle();
        let with_app = |change: &dyn Fn(&mut App)| {
            handle.with(|service| service.app_mut(FIRST_APP).map(change));
        };
        match step {
            Step::Call(_) => {}
            Step::Wait { millis } => {
                let millis = u64::try_from(*millis).unwrap_or_default();
                handle.clock().advance(Duration::from_millis(millis));
            }
            Step::Enter { room, user } => with_app(&|app| {
                app.enter(room, user);
            }),
            Step::Leave { room, user } => with_app(&|app| {
                app.leave(room, user);
            }),
            Step::FoundGroup { group } => with_app(&|app| app.add_chat_group(group)),
            Step::DissolveGroup { group } => with_app(&|app| app.remove_chat_group(group)),
            Step::Restart => return self.restart(|_| {}),
            Step::Appoint { room, user } => {
                return self.restart(|snapshot| {
                    let rooms = snapshot
                        .apps
                        .iter_mut()
                        .filter(|app| app.sdkappid == FIRST_APP)
                        .flat_map(|app| &mut app.rooms);
                    for found in rooms.filter(|found| found.id == *room) {
                        found.administrators.insert(user.clone());
                    }
                });
            }
        }
        Outcome::Silent
    }

    /// Goes on with a snapshot that has been text.
    fn restart(&self, edit: impl FnOnce(&mut Snapshot)) -> Outcome {
        let handle = self.handle();
        let text = serde_json::to_string(&handle.snapshot()).unwrap_or_default();
        let mut snapshot = match serde_json::from_str(&text) {
            Ok(snapshot) => snapshot,
            Err(error) => return Outcome::Odd(format!("the snapshot cannot be read: {error}")),
        };
        edit(&mut snapshot);
        match handle.restore(snapshot) {
            Ok(()) => Outcome::Silent,
            Err(error) => Outcome::Odd(format!("the snapshot cannot be restored: {error}")),
        }
    }

    fn handle(&self) -> &Handle {
        self.emulator.handle()
    }
}

fn key() -> SecretKey {
    SecretKey::new("the key of the apps").expect("it is a key")
}
