//! Which crate may reach which: the arrows of the design point one way.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::LazyLock;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId, TargetKind};

/// What users build.
const SHIPPED: [&str; 5] = [
    "trtc-rooms",
    "trtc-rooms-core",
    "trtc-rooms-model",
    "trtc-rooms-webhooks",
    "trtc-usersig",
];

/// What only tools build.
const TOOLS: [&str; 9] = [
    "jsonschema",
    "prettyplease",
    "schemars",
    "syn",
    "trtc-rooms-codegen",
    "trtc-rooms-docs",
    "trtc-rooms-emulator",
    "trtc-rooms-schema",
    "typify",
];

/// What emits the code that is judged.
const EMITS: [&str; 3] = ["trtc-rooms-codegen", "typify", "typify-impl"];

/// What is generated, and what cannot be built without it.
const GENERATED: [&str; 5] = [
    "trtc-rooms",
    "trtc-rooms-model",
    "trtc-rooms-webhooks",
    "trtc-rooms-contract",
    "trtc-rooms-cli",
];

/// How many crates a program that uses the client links on Linux, and how many are
/// compiled for it: with macros and build scripts.
const LINKED: usize = 115;
const COMPILED: usize = 125;

static GRAPH: LazyLock<Graph> = LazyLock::new(Graph::read);

#[test]
fn what_is_shipped_links_no_tool() {
    for package in SHIPPED {
        assert_none(package, &GRAPH.linked(package), &TOOLS);
    }
}

#[test]
fn what_judges_does_not_reach_what_emits() {
    for package in [
        "trtc-rooms-contract",
        "trtc-rooms-emulator",
        "trtc-rooms-schema",
    ] {
        assert_none(package, &GRAPH.tested(package), &EMITS);
    }
    let generated = ["trtc-rooms", "trtc-rooms-model", "trtc-rooms-webhooks"];
    assert_none(
        "trtc-rooms-emulator",
        &GRAPH.compiled("trtc-rooms-emulator"),
        &generated,
    );
    assert_none(
        "trtc-rooms-schema",
        &GRAPH.tested("trtc-rooms-schema"),
        &generated,
    );
}

#[test]
fn the_maintainers_commands_build_when_generated_code_does_not() {
    // The tests of the generator compare with generated code; the command has no use of it.
    for package in ["xtask", "trtc-rooms-codegen"] {
        assert_none(package, &GRAPH.compiled(package), &GENERATED);
    }
}

#[test]
fn small_crates_stay_small() {
    assert_eq!(
        GRAPH.direct("trtc-rooms-model"),
        BTreeSet::from(["serde", "serde_json", "trtc-rooms-core"])
    );
    assert_eq!(GRAPH.direct("trtc-rooms-core"), BTreeSet::from(["serde"]));
    let http = ["http", "hyper", "reqwest", "rustls", "tokio", "url"];
    assert_none("trtc-usersig", &GRAPH.compiled("trtc-usersig"), &http);
}

#[test]
fn the_client_stays_small() {
    let (linked, compiled) = (built("normal"), built("no-dev"));
    println!("trtc-rooms links {linked:?}\nand compiles {compiled:?}");
    assert!(linked.contains("reqwest") && compiled.is_superset(&linked));
    assert!(linked.len() <= LINKED, "it links {} crates", linked.len());
    let count = compiled.len();
    assert!(count <= COMPILED, "it compiles {count} crates");
    // They compile for minutes, or need what is not Rust.
    for heavy in ["aws-lc-sys", "native-tls", "openssl-sys"] {
        assert!(!compiled.contains(heavy), "it compiles {heavy}");
    }
}

/// What a user of the client builds with its default features, by cargo's own account.
/// The graph of the workspace would count what other members switch on.
fn built(edges: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--package", "trtc-rooms"])
        .args(["--target", "x86_64-unknown-linux-gnu"])
        .args(["--edges", edges, "--prefix", "none", "--format", "{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo tree");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let text = String::from_utf8(output.stdout).expect("text");
    let crates = text
        .lines()
        .filter(|line| edges != "normal" || !line.contains("(proc-macro)"));
    let names = crates.filter_map(|line| line.split_whitespace().next());
    names.map(str::to_owned).collect()
}

/// The checks above would notice.
#[test]
fn what_is_reached_is_found() {
    assert!(GRAPH.linked("trtc-rooms-schema").contains("jsonschema"));
    assert!(GRAPH.linked("trtc-rooms-codegen").contains("typify"));
    assert!(GRAPH.compiled("trtc-rooms").contains("reqwest"));
    assert!(GRAPH.compiled("trtc-rooms-core").contains("syn"));
    assert!(!GRAPH.linked("trtc-rooms-core").contains("syn"));
    assert!(GRAPH.tested("trtc-rooms-contract").contains("insta"));
}

fn assert_none(package: &str, reached: &BTreeSet<&str>, forbidden: &[&str]) {
    let found: Vec<&&str> = forbidden
        .iter()
        .filter(|name| reached.contains(**name))
        .collect();
    assert!(found.is_empty(), "{package} reaches {found:?}");
}

/// The dependencies between all packages, as cargo resolves them for this machine.
struct Graph {
    names: BTreeMap<PackageId, String>,
    macros: BTreeSet<PackageId>,
    edges: BTreeMap<PackageId, Vec<(PackageId, DependencyKind)>>,
}

impl Graph {
    fn read() -> Self {
        let options = [
            "--offline".to_owned(),
            "--filter-platform".to_owned(),
            host(),
        ];
        let metadata = MetadataCommand::new()
            .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
            .other_options(options)
            .exec();
        let Metadata {
            packages, resolve, ..
        } = metadata.expect("cargo metadata");
        let edges = resolve
            .expect("a resolved graph")
            .nodes
            .into_iter()
            .map(|node| {
                let edges = node.deps.into_iter().flat_map(|dependency| {
                    let kinds = dependency.dep_kinds.into_iter();
                    kinds.map(move |kind| (dependency.pkg.clone(), kind.kind))
                });
                (node.id, edges.collect())
            });
        let is_macro = |kinds: &[TargetKind]| kinds.contains(&TargetKind::ProcMacro);
        let macros = packages
            .iter()
            .filter(|package| package.targets.iter().any(|target| is_macro(&target.kind)));
        Self {
            macros: macros.map(|package| package.id.clone()).collect(),
            edges: edges.collect(),
            names: packages
                .iter()
                .map(|package| (package.id.clone(), package.name.to_string()))
                .collect(),
        }
    }

    fn direct(&self, package: &str) -> BTreeSet<&str> {
        self.reached(package, |_, kind, depth| {
            depth == 0 && kind == DependencyKind::Normal
        })
    }

    /// What becomes part of the program. A macro runs while it is compiled.
    fn linked(&self, package: &str) -> BTreeSet<&str> {
        self.reached(package, |id, kind, _| {
            kind == DependencyKind::Normal && !self.macros.contains(id)
        })
    }

    /// What is compiled for those who depend on it.
    fn compiled(&self, package: &str) -> BTreeSet<&str> {
        self.reached(package, |_, kind, _| kind != DependencyKind::Development)
    }

    /// What is compiled to test it.
    fn tested(&self, package: &str) -> BTreeSet<&str> {
        self.reached(package, |_, kind, depth| {
            depth == 0 || kind != DependencyKind::Development
        })
    }

    fn reached(
        &self,
        package: &str,
        follow: impl Fn(&PackageId, DependencyKind, usize) -> bool,
    ) -> BTreeSet<&str> {
        let start = self.names.iter().find(|(_, name)| *name == package);
        let (start, _) = start.unwrap_or_else(|| panic!("there is no package {package}"));
        let mut reached = BTreeSet::new();
        let mut left = vec![(start, 0)];
        while let Some((id, depth)) = left.pop() {
            for (next, kind) in &self.edges[id] {
                if follow(next, *kind, depth) && reached.insert(next) {
                    left.push((next, depth + 1));
                }
            }
        }
        reached
            .into_iter()
            .map(|id| self.names[id].as_str())
            .collect()
    }
}

/// The target triple of this machine.
fn host() -> String {
    let output = Command::new("rustc")
        .arg("-vV")
        .output()
        .expect("rustc -vV");
    let text = String::from_utf8(output.stdout).expect("text");
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("rustc names its host").to_owned()
}
