//! How long `cargo xtask codegen` takes apart from reading and writing files: for the
//! schemas of this repository, and for so many endpoints that growth shows.
//!
//! `cargo bench -p trtc-rooms-codegen`

use std::collections::BTreeMap;
use std::path::Path;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use trtc_rooms_codegen::generate;
use trtc_rooms_schema::{SchemaSet, lower};

type Texts = BTreeMap<String, String>;

/// The endpoint that copies are made of.
const MODEL: &str = "live/create_room.json";

fn main() {
    divan::main();
}

/// The schema files of this repository.
fn repository() -> Texts {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
    let mut texts = Texts::new();
    for folder in std::fs::read_dir(&root).expect("schemas can be read") {
        let folder = folder.expect("schemas can be read").path();
        for file in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = file.path();
            let name = path.strip_prefix(&root).expect("a path below the root");
            let text = std::fs::read_to_string(&path).expect("schemas are text");
            texts.insert(name.to_string_lossy().replace('\\', "/"), text);
        }
    }
    texts
}

/// The schema files of this repository, with so many copies of one endpoint.
fn copies(count: usize) -> Texts {
    let mut texts = repository();
    let model = texts[MODEL].clone();
    for number in 0..count {
        let name = format!("create_room_{number}");
        let path = "live_engine_http_srv/create_room";
        let text = model.replace(path, &format!("live_engine_http_srv/{name}"));
        texts.insert(format!("live/{name}.json"), text);
    }
    texts
}

fn load(texts: &Texts) -> SchemaSet {
    let texts = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    SchemaSet::from_files(texts).unwrap_or_else(|problems| panic!("{problems}"))
}

#[divan::bench]
fn everything_for_this_repository(bencher: Bencher<'_, '_>) {
    let texts = repository();
    bencher.bench_local(|| {
        let ir = lower(&load(black_box(&texts))).expect("the schemas are sound");
        generate(&ir).expect("code is generated").len()
    });
}

#[divan::bench(args = [10, 100, 1000], sample_count = 5, sample_size = 1)]
fn load_and_check(bencher: Bencher<'_, '_>, endpoints: usize) {
    let texts = copies(endpoints);
    bencher
        .counter(ItemsCount::new(endpoints))
        .bench_local(|| load(black_box(&texts)));
}

#[divan::bench(args = [10, 100, 1000], sample_count = 5, sample_size = 1)]
fn lower_to_ir(bencher: Bencher<'_, '_>, endpoints: usize) {
    let set = load(&copies(endpoints));
    bencher
        .counter(ItemsCount::new(endpoints))
        .bench_local(|| lower(black_box(&set)).expect("the schemas are sound"));
}

#[divan::bench(args = [10, 100, 1000], sample_count = 5, sample_size = 1)]
fn generate_code(bencher: Bencher<'_, '_>, endpoints: usize) {
    let ir = lower(&load(&copies(endpoints))).expect("the schemas are sound");
    bencher
        .counter(ItemsCount::new(endpoints))
        .bench_local(|| generate(black_box(&ir)).expect("code is generated"));
}
