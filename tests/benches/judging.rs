//! How fast requests are judged, and where the time goes. The harness aims at 100,000
//! requests a minute by three oracles (issue 3, item 8); generated validation aims at a
//! tenth of the time of jsonschema on a ready value, and at a fortieth from the typed
//! request (issue 2, item 11).
//!
//! `cargo bench --package trtc-rooms-contract --bench judging`

use std::path::Path;
use std::sync::LazyLock;

use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher, black_box};
use serde_json::Value;
use trtc_rooms_contract::agreement::Subject;
use trtc_rooms_contract::oracle::{Generated, Oracle, Schema};
use trtc_rooms_contract::{Harness, Options};
use trtc_rooms_model::Validate;
use trtc_rooms_model::conference::create_room::{CreateRoomRequest, RoomInfo, TakeSeatMode};
use trtc_rooms_schema::{RequestValidator, SchemaSet};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

static HARNESS: LazyLock<Harness> =
    LazyLock::new(|| Harness::repository().unwrap_or_else(|problem| panic!("{problem}")));

/// The derived cases of all endpoints as requests.
static REQUESTS: LazyLock<Vec<(&Subject, Value)>> = LazyLock::new(|| {
    let subjects = HARNESS.subjects().iter();
    let requests = subjects.flat_map(|subject| {
        let cases = subject.cases.iter();
        cases.map(move |case| (subject, case.request(&subject.request)))
    });
    requests.collect()
});

fn main() {
    LazyLock::force(&REQUESTS);
    divan::main();
}

/// A whole run: drawing, judging, comparing, counting. The headline number.
#[divan::bench(sample_count = 10)]
fn a_whole_run(bencher: Bencher<'_, '_>) {
    let options = Options {
        cases: 5_000,
        ..Options::default()
    };
    let run = || {
        HARNESS
            .run(black_box(&options), &mut |_| ())
            .unwrap_or_default()
    };
    bencher
        .counter(ItemsCount::new(run().requests))
        .bench_local(run);
}

/// Where the time goes: each oracle alone on all derived requests.
mod derived_requests {
    use super::{
        Bencher, Generated, HARNESS, ItemsCount, Oracle, REQUESTS, Schema, Subject, Value,
        black_box, schemas,
    };

    fn each(bencher: Bencher<'_, '_>, judge: impl Fn(&Subject, &Value)) {
        let requests = &*REQUESTS;
        bencher
            .counter(ItemsCount::new(requests.len()))
            .bench_local(|| {
                for (subject, request) in requests {
                    judge(subject, black_box(request));
                }
            });
    }

    #[divan::bench]
    fn all_three_and_comparing(bencher: Bencher<'_, '_>) {
        each(bencher, |subject, request| {
            black_box(subject.judge(request, &mut |_| ()));
        });
    }

    #[divan::bench]
    fn generated(bencher: Bencher<'_, '_>) {
        each(bencher, |subject, request| {
            black_box(Generated::new(&subject.name).map(|it| it.judge(request)));
        });
    }

    #[divan::bench]
    fn generated_typed(bencher: Bencher<'_, '_>) {
        each(bencher, |subject, request| {
            black_box(Generated::new(&subject.name).map(|it| it.typed(request)));
        });
    }

    #[divan::bench]
    fn schema(bencher: Bencher<'_, '_>) {
        let schemas = schemas();
        let subjects = HARNESS.subjects().iter();
        let oracles: Vec<(&str, Schema)> = subjects
            .filter_map(|subject| {
                Some((
                    subject.name.as_str(),
                    Schema::new(&schemas, &subject.name).ok()?,
                ))
            })
            .collect();
        each(bencher, |subject, request| {
            let oracle = oracles.iter().find(|(name, _)| *name == subject.name);
            black_box(oracle.map(|(_, oracle)| oracle.judge(request)));
        });
    }

    #[divan::bench]
    fn documented(bencher: Bencher<'_, '_>) {
        each(bencher, |subject, request| {
            black_box(subject.table.judge(request, &mut |_| ()));
        });
    }
}

/// One valid request of average size: generated code against the jsonschema crate.
mod one_valid_request {
    use super::{
        Bencher, CreateRoomRequest, RequestValidator, RoomInfo, TakeSeatMode, Validate, black_box,
        schemas,
    };

    fn typed() -> CreateRoomRequest {
        let room = RoomInfo::new("meeting-1")
            .room_name("Weekly")
            .owner_account("ada")
            .max_member_count(50)
            .schedule_start_time(1_767_258_000)
            .schedule_end_time(1_767_259_000)
            .is_video_disabled(true)
            .custom_info("{\"team\":7}")
            .max_seat_count(10)
            .take_seat_mode(TakeSeatMode::FreeToTake);
        CreateRoomRequest::new(room).schedule_invitee_list_account(["ada", "grace", "edsger"])
    }

    fn validator() -> RequestValidator {
        RequestValidator::new(&schemas(), "conference/create_room")
            .unwrap_or_else(|problem| panic!("{problem}"))
    }

    /// The aim: a tenth of `jsonschema_value`, a fortieth of `jsonschema_from_typed`.
    #[divan::bench]
    fn generated_typed(bencher: Bencher<'_, '_>) {
        let request = typed();
        bencher.bench_local(|| black_box(&request).validate());
    }

    #[divan::bench]
    fn generated_value(bencher: Bencher<'_, '_>) {
        let value = serde_json::to_value(typed()).unwrap_or_default();
        let endpoint = trtc_rooms_model::json::find("conference/create_room");
        bencher.bench_local(|| endpoint.map(|it| it.check(black_box(&value))));
    }

    #[divan::bench]
    fn jsonschema_value(bencher: Bencher<'_, '_>) {
        let (validator, value) = (
            validator(),
            serde_json::to_value(typed()).unwrap_or_default(),
        );
        bencher.bench_local(|| validator.is_valid(black_box(&value)));
    }

    #[divan::bench]
    fn jsonschema_from_typed(bencher: Bencher<'_, '_>) {
        let (validator, request) = (validator(), typed());
        bencher.bench_local(|| {
            let value = serde_json::to_value(black_box(&request)).unwrap_or_default();
            validator.is_valid(&value)
        });
    }
}

fn schemas() -> SchemaSet {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    SchemaSet::load(&folder).unwrap_or_else(|problems| panic!("{problems}"))
}
