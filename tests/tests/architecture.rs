//! Which crate may reach which: the arrows of the design point one way.

use std::collections::{BTreeSet, HashMap};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId};

/// What users build.
const SHIPPED: &[&str] = &[
    "trtc-rooms",
    "trtc-rooms-core",
    "trtc-rooms-model",
    "trtc-usersig",
];

/// What only tools build. Derive macros use syn at build time; what counts is that
/// nothing shipped links it.
const TOOLS: &[&str] = &[
    "jsonschema",
    "prettyplease",
    "schemars",
    "syn",
    "trtc-rooms-codegen",
    "trtc-rooms-emulator",
    "trtc-rooms-schema",
    "typify",
];

#[test]
fn what_is_shipped_reaches_no_tool() {
    let graph = Graph::read();
    for package in SHIPPED {
        let reached = graph.reached_from(package);
        for tool in TOOLS {
            assert!(!reached.contains(*tool), "{package} reaches {tool}");
        }
    }
}

#[test]
fn what_judges_does_not_reach_what_emits() {
    let graph = Graph::read();
    for package in [
        "trtc-rooms-contract",
        "trtc-rooms-emulator",
        "trtc-rooms-schema",
    ] {
        let reached = graph.reached_from(package);
        assert!(!reached.contains("trtc-rooms-codegen"), "{package}");
        assert!(!reached.contains("typify"), "{package}");
    }
    let emulator = graph.reached_from("trtc-rooms-emulator");
    assert!(!emulator.contains("trtc-rooms-model") && !emulator.contains("trtc-rooms"));
}

#[test]
fn the_maintainers_commands_build_when_generated_code_does_not() {
    let reached = Graph::read().reached_from("xtask");
    assert!(!reached.contains("trtc-rooms-model") && !reached.contains("trtc-rooms"));
}

#[test]
fn small_crates_stay_small() {
    let graph = Graph::read();
    assert_eq!(
        graph.direct("trtc-rooms-model"),
        BTreeSet::from(["serde", "serde_json", "trtc-rooms-core"].map(str::to_owned))
    );
    assert_eq!(
        graph.direct("trtc-rooms-core"),
        BTreeSet::from(["serde".to_owned()])
    );
    let usersig = graph.reached_from("trtc-usersig");
    for http in ["http", "hyper", "reqwest", "tokio"] {
        assert!(!usersig.contains(http), "trtc-usersig reaches {http}");
    }
    // Derive macros and build scripts not counted.
    let client = graph.reached_from("trtc-rooms").len();
    assert!(client <= 115, "the client links {client} crates");
}

/// The normal dependencies between all packages, on this platform.
struct Graph {
    edges: HashMap<String, BTreeSet<String>>,
}

impl Graph {
    fn read() -> Self {
        let metadata = MetadataCommand::new()
            .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
            .other_options(["--offline".to_owned()])
            .exec()
            .expect("cargo metadata");
        let names = names(&metadata);
        let resolve = metadata.resolve.as_ref().expect("a resolved graph");
        let mut edges: HashMap<String, BTreeSet<String>> = HashMap::new();
        for node in &resolve.nodes {
            let targets = edges.entry(names[&node.id].name.clone()).or_default();
            for dependency in &node.deps {
                let is_normal = dependency.dep_kinds.iter().any(|kind| {
                    kind.kind == DependencyKind::Normal
                        && kind.target.as_ref().is_none_or(|target| {
                            !target.to_string().contains("windows")
                                && !target.to_string().contains("wasm")
                        })
                });
                let package = &names[&dependency.pkg];
                // What a procedural macro uses is not linked.
                if is_normal && !package.is_macro {
                    targets.insert(package.name.clone());
                }
            }
        }
        Self { edges }
    }

    fn direct(&self, package: &str) -> BTreeSet<String> {
        self.edges[package].clone()
    }

    fn reached_from(&self, package: &str) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut left = vec![package.to_owned()];
        while let Some(name) = left.pop() {
            for next in &self.edges[&name] {
                if reached.insert(next.clone()) {
                    left.push(next.clone());
                }
            }
        }
        reached
    }
}

struct Package {
    name: String,
    is_macro: bool,
}

fn names(metadata: &Metadata) -> HashMap<&PackageId, Package> {
    let packages = metadata.packages.iter().map(|package| {
        let kinds = package.targets.iter().flat_map(|target| &target.kind);
        let is_macro = kinds
            .into_iter()
            .any(|kind| kind.to_string() == "proc-macro");
        (
            &package.id,
            Package {
                name: package.name.to_string(),
                is_macro,
            },
        )
    });
    packages.collect()
}
