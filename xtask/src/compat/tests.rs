//! The command in repositories of its own.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{Arguments, Format, Verdict, git, outcome};
use crate::workspace;

/// A repository with a copy of this workspace's schemas.
struct Repository {
    folder: TempDir,
}

const UNRELEASED: &str = "# Changelog\n\n## [Unreleased]\n";

impl Repository {
    fn new() -> Self {
        let repository = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        copy(
            &workspace::root().join("schemas"),
            &repository.root().join("schemas"),
        );
        repository.write("CHANGELOG.md", UNRELEASED);
        repository.write("Cargo.toml", "[workspace.package]\nversion = \"0.1.0\"\n");
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit("first");
        repository
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn git(&self, arguments: &[&str]) {
        let identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
        let unsigned = ["-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false"];
        let output = git::command(self.root())
            .args(identity.iter().chain(&unsigned).chain(arguments))
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn edit(&self, path: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.root().join(path)).unwrap();
        assert!(text.contains(old), "{path} has no {old}");
        self.write(path, &text.replacen(old, new, 1));
    }

    fn run(&self, base: Option<&str>) -> (String, Verdict) {
        self.run_as(base, Format::Text).unwrap()
    }

    fn run_as(&self, base: Option<&str>, format: Format) -> Result<(String, Verdict), String> {
        let base = base.map(str::to_owned);
        outcome(self.root(), &Arguments { base, format })
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

const LIVE: &str = "schemas/live/create_room.json";

/// Two changes: a limit and a date.
fn tighten(repository: &Repository) {
    repository.edit(LIVE, "\"maxBytes\": 200", "\"maxBytes\": 199");
    repository.edit(LIVE, "\"updated\": \"2", "\"updated\": \"3");
}

#[test]
fn without_a_tag_there_is_nothing_to_compare_with() {
    let repository = Repository::new();
    tighten(&repository);
    let (text, verdict) = repository.run(None);
    assert_eq!(verdict, Verdict::Fine);
    assert!(text.contains("nothing to compare with"), "{text}");
    let (json, verdict) = repository.run_as(None, Format::Json).unwrap();
    assert_eq!(verdict, Verdict::Fine);
    assert!(serde_json::from_str::<Value>(&json).unwrap()["base"].is_null());
}

#[test]
fn without_a_commit_there_is_nothing_to_compare_with() {
    let repository = Repository::new();
    fs::remove_dir_all(repository.root().join(".git")).unwrap();
    repository.git(&["init", "--quiet"]);
    assert_eq!(repository.run(None).1, Verdict::Fine);
}

#[test]
fn a_shallow_clone_without_tags_is_fine_and_says_what_is_missing() {
    let repository = Repository::new();
    repository.git(&["tag", "v0.1.0"]);
    repository.commit("second");
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", repository.root().display());
    let target = clone.path().display().to_string();
    repository.git(&["clone", "--quiet", "--depth=1", "--no-tags", &url, &target]);
    let run = |base: Option<&str>| {
        let base = base.map(str::to_owned);
        outcome(
            clone.path(),
            &Arguments {
                base,
                format: Format::Text,
            },
        )
    };
    assert_eq!(run(None).unwrap().1, Verdict::Fine);
    let message = run(Some("v0.1.0")).unwrap_err();
    assert!(message.contains("shallow"), "{message}");
}

#[test]
fn the_last_tag_is_compared_with_unless_told_otherwise() {
    let repository = Repository::new();
    repository.git(&["tag", "v0.1.0"]);
    tighten(&repository);
    repository.commit("second");
    repository.git(&["tag", "--annotate", "--message=second", "v0.2.0"]);
    repository.commit("third");
    let (text, verdict) = repository.run(None);
    assert_eq!(verdict, Verdict::Fine);
    assert!(text.contains("v0.2.0"), "{text}");
    assert!(text.contains("no change"), "{text}");
    let (text, verdict) = repository.run(Some("v0.1.0"));
    assert_eq!(verdict, Verdict::Lacking);
    assert!(text.contains("1 breaking, 0 minor, 1 patch"), "{text}");
}

#[test]
fn the_changelog_decides() {
    let repository = Repository::new();
    repository.git(&["tag", "v0.1.0"]);
    tighten(&repository);
    let (text, verdict) = repository.run(None);
    assert_eq!(verdict, Verdict::Lacking);
    assert!(
        text.contains("### Breaking\n\n- `live/create_room`: "),
        "{text}"
    );
    assert!(text.contains("0.2.0 at least"), "{text}");
    let with = |heading: &str| {
        let entry = format!("{UNRELEASED}\n### {heading}\n\n- Shorter addresses.\n");
        repository.write("CHANGELOG.md", &entry);
        repository.run(None).1
    };
    assert_eq!(with("Fixed"), Verdict::Lacking);
    assert_eq!(with("Added"), Verdict::Lacking);
    assert_eq!(with("Breaking"), Verdict::Fine);
    fs::remove_file(repository.root().join("CHANGELOG.md")).unwrap();
    assert_eq!(repository.run(None).1, Verdict::Lacking);
}

/// The commit of a release moves the entries out of Unreleased, before there is a tag.
#[test]
fn the_commit_of_a_release_passes() {
    let repository = Repository::new();
    repository.git(&["tag", "v0.1.0"]);
    tighten(&repository);
    let released = format!("{UNRELEASED}\n## [0.2.0]\n\n### Breaking\n\n- Shorter addresses.\n");
    repository.write("CHANGELOG.md", &released);
    assert_eq!(repository.run(None).1, Verdict::Fine);
}

#[test]
fn json_has_places_and_classes() {
    let repository = Repository::new();
    tighten(&repository);
    let (json, verdict) = repository.run_as(Some("HEAD"), Format::Json).unwrap();
    assert_eq!(verdict, Verdict::Lacking);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["changes"][0]["rule"], "limit-tightened");
    assert_eq!(json["changes"][0]["class"], "breaking");
    assert_eq!(json["changes"][0]["new"]["file"], "live/create_room.json");
    assert_eq!(json["counts"]["patch"], 1);
    assert_eq!(json["changelog"]["is_met"], false);
}

#[test]
fn what_cannot_be_used_is_an_error() {
    let repository = Repository::new();
    for revision in ["v9.9.9", "", "--help", "HEAD:schemas", "HEAD..HEAD"] {
        let message = repository.run_as(Some(revision), Format::Text).unwrap_err();
        assert!(message.contains("no revision"), "{revision}: {message}");
    }
    repository.edit(LIVE, "\"maxBytes\"", "\"maxByte\"");
    let message = repository.run_as(Some("HEAD"), Format::Text).unwrap_err();
    assert!(message.contains("today's schemas"), "{message}");
    let nowhere = tempfile::tempdir().unwrap();
    let outside = |base: Option<&str>| {
        let base = base.map(str::to_owned);
        let format = Format::Text;
        outcome(nowhere.path(), &Arguments { base, format })
    };
    let message = outside(Some("HEAD")).unwrap_err();
    assert!(message.contains("not a git checkout"), "{message}");
    let (message, verdict) = outside(None).unwrap();
    assert!(message.contains("not a git checkout"), "{message}");
    assert_eq!(verdict, Verdict::Fine);
}

#[test]
fn a_base_of_another_dialect_is_compared_as_json() {
    let repository = Repository::new();
    let yesterday = fs::read_to_string(repository.root().join(LIVE)).unwrap();
    repository.edit(LIVE, "\"maxBytes\": 200", "\"maxByteCount\": 200");
    repository.commit("another dialect");
    repository.write(LIVE, &yesterday);
    let (text, verdict) = repository.run(Some("HEAD"));
    assert_eq!(verdict, Verdict::Lacking);
    assert!(text.contains("present dialect does not read"), "{text}");
    assert!(text.contains("limit-tightened"), "{text}");
    assert!(text.contains("unclassified"), "{text}");
}

#[test]
fn a_file_of_the_base_that_cannot_be_read_is_told_and_the_rest_is_compared() {
    let repository = Repository::new();
    repository.write("schemas/live/broken.json", "{");
    repository.write("schemas/notes.txt", "x");
    repository.commit("broken");
    for file in ["live/broken.json", "notes.txt"] {
        fs::remove_file(repository.root().join("schemas").join(file)).unwrap();
    }
    tighten(&repository);
    let (text, verdict) = repository.run(Some("HEAD"));
    assert_eq!(verdict, Verdict::Unusable);
    assert!(
        text.contains("schemas/live/broken.json of the base: it is not JSON"),
        "{text}"
    );
    assert!(text.contains("schemas/notes.txt"), "{text}");
    assert!(text.contains("limit-tightened"), "{text}");
}

#[test]
fn a_base_without_schemas_makes_everything_new() {
    let repository = Repository::new();
    repository.git(&["rm", "--quiet", "-r", "--cached", "schemas"]);
    repository.git(&["commit", "--quiet", "--message", "no schemas"]);
    let (text, verdict) = repository.run(Some("HEAD"));
    assert_eq!(verdict, Verdict::Lacking);
    assert!(text.contains("no schemas: everything is new"), "{text}");
    assert!(text.contains("endpoint-added"), "{text}");
}

/// The workspace may stand below the top of the repository.
#[test]
fn a_workspace_in_a_folder_of_the_repository_works() {
    let repository = Repository::new();
    let inner = repository.root().join("sdk");
    fs::create_dir(&inner).unwrap();
    for name in ["schemas", "CHANGELOG.md", "Cargo.toml"] {
        fs::rename(repository.root().join(name), inner.join(name)).unwrap();
    }
    repository.commit("moved");
    repository.edit(
        "sdk/schemas/live/create_room.json",
        "\"maxBytes\": 200",
        "\"maxBytes\": 199",
    );
    let arguments = Arguments {
        base: Some("HEAD".to_owned()),
        format: Format::Text,
    };
    let (text, verdict) = outcome(&inner, &arguments).unwrap();
    assert_eq!(verdict, Verdict::Lacking);
    assert!(text.contains("1 breaking, 0 minor, 0 patch"), "{text}");
    assert!(text.contains("0.1.0 at the base"), "{text}");
}
