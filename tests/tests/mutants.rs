//! The machinery of `cargo xtask mutants`. The run itself is a command of its own, since
//! it takes minutes.

use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use serde_json::json;
use trtc_rooms_contract::deviations::Deviations;
use trtc_rooms_contract::documented::Tables;
use trtc_rooms_contract::mutants::emitted::instrument::instrument;
use trtc_rooms_contract::mutants::emitted::{Site, SiteKind};
use trtc_rooms_contract::mutants::interpreted::Judge;
use trtc_rooms_contract::mutants::schema::{Change, Edit, changes};
use trtc_rooms_contract::mutants::{Mutation, Outcome, Score, Through, run};
use trtc_rooms_schema::SchemaSet;

static SCHEMAS: LazyLock<SchemaSet> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    SchemaSet::load(&folder).unwrap_or_else(|problems| panic!("{problems}"))
});

fn all() -> (Tables, Vec<Change>) {
    let tables = Tables::repository().unwrap();
    let changes = changes(&SCHEMAS, &tables, None);
    (tables, changes)
}

fn judge(tables: &Tables) -> Judge {
    Judge::new(&SCHEMAS, tables, Deviations::repository().unwrap())
}

#[test]
fn every_change_changes_its_file() {
    let (_, changes) = all();
    for change in &changes {
        let file = SCHEMAS.file(&change.file).unwrap();
        let mut document = file.value.clone();
        let are_made = change.edits.iter().all(|edit| edit.apply(&mut document));
        let id = &change.mutation.id;
        assert!(are_made, "{id}");
        assert_ne!(document, file.value, "{id}");
    }
}

/// Nobody has to extend a list of mutations for a new endpoint or a new limit.
#[test]
fn every_limit_code_and_mandatory_member_is_changed() {
    let (_, changes) = all();
    let ids: Vec<&str> = changes.iter().map(|it| it.mutation.id.as_str()).collect();
    let mut limits = 0;
    for file in SCHEMAS.endpoints() {
        for code in &file.document.codes {
            let id = format!("{}#/codes/{}:dropped", file.stem(), code.code);
            assert!(ids.contains(&id.as_str()), "{id}");
        }
        for line in file.text.lines() {
            let keyword = line.trim().split('"').nth(1).unwrap_or_default();
            limits += usize::from(matches!(keyword, "maxBytes" | "maxItems"));
        }
    }
    let times_changed = |limit: &str| {
        let ending = [format!("/{limit}:less"), format!("/{limit}:more")];
        let hit = |id: &&&str| ending.iter().any(|ending| id.ends_with(ending.as_str()));
        ids.iter().filter(hit).count()
    };
    assert_eq!(
        times_changed("maxBytes") + times_changed("maxItems"),
        2 * limits
    );
    assert!(limits >= 9, "only {limits} limits");
    for id in [
        "live/create_room#/properties/RoomInfo/required/SeatTemplate:dropped",
        "live/create_room#/properties/RoomInfo/required/RoomName:added",
        "live/create_room#/$defs/SeatTemplate/valueAliases/karaoke:dropped",
        "conference/create_room#/properties/RoomInfo/differences/0/minimum:more",
        "common/rooms#/$defs/TakeSeatMode/enum/FreeToTake:misspelt",
        "common/codes#/codes/70001:becomes-later",
        "live/create_room#/codes/100012:pause-more",
        "live/create_room#/endpoint/path:step-1-misspelt",
    ] {
        assert!(ids.contains(&id), "{id}");
    }
}

#[test]
fn changes_of_each_kind_are_noticed() {
    let (tables, changes) = all();
    let judge = judge(&tables);
    assert_eq!(judge.unchanged("live/update_room_info"), None);
    let mut kinds: Vec<&str> = Vec::new();
    for change in &changes {
        let Mutation { id, kind, .. } = &change.mutation;
        if !kinds.contains(&kind.as_str()) {
            kinds.push(kind);
            assert_ne!(judge.judge(change), None, "{id}");
        }
    }
    assert!(kinds.len() >= 11, "{kinds:?}");
}

/// What no page states, nobody notices: the score would be worthless if everything were
/// killed.
#[test]
fn a_change_of_what_nobody_documents_survives() {
    let (tables, changes) = all();
    let limit = changes.iter().find(|it| it.mutation.kind == "limit");
    let limit = limit.unwrap();
    let survivor = Change {
        edits: vec![Edit::Set("/title".to_owned(), json!("Another title"))],
        ..limit.clone()
    };
    let judge = judge(&tables);
    assert_eq!(judge.judge(&survivor), None);
    // And one that is not made at all must not pass for noticed.
    let missed = Change {
        edits: vec![Edit::Remove("/nowhere".to_owned())],
        ..limit.clone()
    };
    assert_eq!(judge.judge(&missed), None);
}

#[test]
fn a_survivor_fails_the_score_and_is_named() {
    let mutation = |id: &str| Mutation {
        id: id.to_owned(),
        suite: "live/create_room".to_owned(),
        kind: "limit".to_owned(),
        through: Through::CompiledCode,
    };
    let judged = |killed: &bool| {
        let by = killed.then(|| "a case".to_owned());
        (mutation(if *killed { "one" } else { "two" }), by)
    };
    let outcomes = run(&[true, false, true], 2, judged, |_| ());
    let ids: Vec<&str> = outcomes.iter().map(|it| it.mutation.id.as_str()).collect();
    assert_eq!(ids, ["one", "two", "one"]);
    let score = Score::new("x".to_owned(), Duration::ZERO, outcomes);
    assert!(!score.is_ok());
    assert_eq!((score.killed, score.survived), (2, 1));
    assert!(
        score
            .to_text()
            .contains("SURVIVED two (generated code, compiled)")
    );
    let json: serde_json::Value = serde_json::from_str(&score.to_json()).unwrap();
    assert_eq!(json["mutations"][1]["killedBy"], json!(null));
    let again: Vec<Outcome> = serde_json::from_value(json["mutations"].clone()).unwrap();
    assert_eq!(again.len(), 3);
    assert!(!Score::new("x".to_owned(), Duration::ZERO, Vec::new()).is_ok());
}

const GENERATED: &str = r#"
pub struct Room { pub room_id: String, pub mode: Option<Mode>, pub pairs: Vec<Pair>, pub seats: Option<i64> }
impl Validate for Room {
    fn check(&self, at: &Path<'_>, report: &mut Report) {
        report.at(&at.member("RoomId")).code(100_504).max_bytes(&self.room_id, 48);
        if report.at(&at.member("Pairs")).max_items(self.pairs.len(), 3) {
            for (index, element) in self.pairs.iter().enumerate() {
                if report.is_full() {
                    break;
                }
                element.check(&at.member("Pairs").item(index), report);
            }
        }
        report.at(at).at_least_one_of(&[self.mode.is_some()], &["Mode"]);
    }
    fn advise(&self, at: &Path<'_>, report: &mut Report) {
        if let Some(mode) = &self.mode {
            report.at(&at.member("Mode")).known_value(mode);
        }
        if let (Some(_), Some(Mode::A | Mode::B)) = (&self.seats, &self.mode) {
            report.at(&at.member("Seats")).no_effect("has an effect only with Mode `C`");
        }
    }
}
impl OpenEnum for Mode {
    const KNOWN: &'static [&'static str] = &["A", "B"];
    fn as_str(&self) -> &str {
        match self {
            Self::A => "A",
            Self::Unknown(value) => value.as_str(),
        }
    }
}
impl From<&str> for Mode {
    fn from(text: &str) -> Self {
        match text {
            "A" | "a" => Self::A,
            _ => Self::Unknown(UnknownValue::new(text)),
        }
    }
}
"#;

#[test]
fn each_emitted_check_gets_its_switches() {
    let mut sites = vec![Site {
        name: "before".to_owned(),
        kind: SiteKind::Check,
    }];
    let text = instrument("live/x.rs", GENERATED, &mut sites).unwrap();
    let sites: Vec<String> = sites
        .iter()
        .map(|site| format!("{} {}", site.name, site.kind.as_str()))
        .collect();
    insta::assert_snapshot!(sites.join("\n"));
    for (number, _) in sites.iter().enumerate().skip(1) {
        let asked = ["(", ",", ")"].iter().any(|end| {
            text.contains(&format!("({number}usize {end}"))
                || text.contains(&format!("({number}usize{end}"))
        });
        assert!(asked, "nothing asks about site {number}: {text}");
    }
}
