//! Each piece of work beside the same work done the obvious slow way, in the same run: what counts is the ratio.
//!
//! | group | ours | slow |
//! | --- | --- | --- |
//! | `solve` | closed form | recursion over every request |
//! | `evaluation` | one evaluation as a search calls it | the tests' oracle |
//! | `estimate` | numbers with intervals | the oracle at every end of every assumption |
//! | `four workloads` | one evaluation of four at once | the tests' event simulation, to about 3 % |
//! | `call` | parse, estimate, serialise, JSON both ways | the same over a tree of values, with formulas and advice |
//! | `batch` | 100,000 rows as columns of numbers | a JSON call per row, for 100 of them |
//! | `batch of kinds` | the same with two columns of words | the same |
#![allow(
    missing_docs,
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "criterion's macros, and an oracle of which only a part is timed"
)]

#[path = "../../crates/fsx-model/tests/all/case.rs"]
mod case;
#[path = "../../crates/fsx-model/tests/all/case_draws.rs"]
mod case_draws;
#[path = "../../crates/fsx-model/tests/all/oracle.rs"]
mod oracle;
#[path = "../../crates/fsx-model/tests/all/oracle_files.rs"]
mod oracle_files;
#[path = "../../crates/fsx-model/tests/all/oracle_metadata.rs"]
mod oracle_metadata;
#[path = "../../crates/fsx-model/tests/all/oracle_system.rs"]
mod oracle_system;
#[path = "../../crates/fsx-model/tests/all/simulation.rs"]
mod simulation;

use std::hint::black_box;
use std::time::Duration;

use case::Case;
use criterion::{BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement};
use fsx_model::batch::{Column, Values};
use fsx_model::catalog::{ASSUMPTIONS, Assumptions};
use fsx_model::design::Design;
use fsx_model::model::together::together;
use fsx_model::model::{Credits, evaluate, solve};
use fsx_model::scenario::{self, Scenario};
use fsx_model::units::{Time, millisecond};
use fsx_model::{api, batch, estimate};
use serde_json::Value;

/// Sixteen clients of eight buffered processes read a large file system: 1,024 requests in flight.
fn case() -> Case {
    Case {
        capacity_gib: 48_000,
        instance: Some("c6in.16xlarge"),
        clients: 16,
        processes: 8,
        direct: false,
        file_mib: 140.0,
        files: Some(100_000),
        passes: 3,
        data_in: "auto",
        ..Case::plain()
    }
}

fn scenario() -> Scenario {
    scenario::from_json(&case().json().to_string()).unwrap()
}

fn group<'a>(criterion: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, measurement::WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(30).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    group
}

/// The recursion of exact mean value analysis with one queue.
fn recursion(requests: u32, delay: f64, service: f64) -> f64 {
    let (mut queue, mut rate) = (0.0, 0.0);
    for n in 1..=requests {
        let response = service * (1.0 + queue);
        rate = f64::from(n) / (delay + response);
        queue = rate * response;
    }
    rate
}

fn solving(criterion: &mut Criterion) {
    for requests in [8, 64, 1024, 16_384] {
        let mut group = group(criterion, &format!("solve {requests} requests at the knee"));
        let (unloaded, service) = (f64::from(requests), 1.0);
        let times = (Time::new::<millisecond>(unloaded), Time::new::<millisecond>(service));
        group.bench_function("ours", |b| b.iter(|| solve::rate(black_box(f64::from(requests)), times.0, times.1)));
        group.bench_function("slow", |b| b.iter(|| recursion(black_box(requests), unloaded - service, service)));
    }
}

fn evaluation(criterion: &mut Criterion) {
    let (case, assumptions) = (case(), Assumptions::mid());
    let design = Design::new(&scenario(), &assumptions, 0).unwrap();
    let values = oracle::Values::of(&case);
    let mut group = group(criterion, "evaluation");
    group.bench_function("ours", |b| b.iter(|| evaluate(black_box(&design), &assumptions, Credits::SPENT)));
    group.bench_function("slow", |b| b.iter(|| oracle::evaluate(black_box(&case), &values, [false; 3])));
}

fn estimating(criterion: &mut Criterion) {
    let (case, scenario) = (case(), scenario());
    let values = oracle::Values::of(&case);
    let mut group = group(criterion, "estimate");
    group.bench_function("ours", |b| b.iter(|| estimate::numbers(black_box(&scenario))));
    group.bench_function("slow", |b| {
        b.iter(|| {
            for row in &ASSUMPTIONS {
                for end in [row.low, row.high] {
                    let moved = values.with(row.name, end);
                    black_box(oracle::evaluate(&case, &moved, [false; 3]));
                    black_box(oracle::evaluate(&case, &moved, [true; 3]));
                }
            }
        });
    });
}

/// A training run of 256 requests in flight, a checkpoint, scattered small reads and readers of what is in memory.
fn four_workloads(criterion: &mut Criterion) {
    const MIX: &str = r#"{
        "file_system": {"deployment_type": "PERSISTENT_2", "storage_capacity_gib": 4800, "per_unit_storage_throughput": 250,
                        "layout": {"kind": "stripe", "count": -1}},
        "workloads": [
            {"direct_io": true, "queue_depth": 256, "io_size_kib": 4, "file_size_mib": 65536, "access": "random"},
            {"direct_io": true, "queue_depth": 32, "io_size_kib": 1024, "file_size_mib": 65536},
            {"direct_io": true, "queue_depth": 8, "io_size_kib": 128, "file_size_mib": 65536, "operation": "write"},
            {"direct_io": true, "queue_depth": 40, "io_size_kib": 1024, "file_size_mib": 65536, "data_in": "server_cache"}
        ]
    }"#;
    let scenario: Scenario = scenario::from_json(MIX).unwrap();
    let assumptions = Assumptions::mid();
    let designs = Design::all(&scenario, &assumptions).unwrap();
    // seconds of the operations of the disks, their throughput, the network of the servers, the paths of one client
    let class = |in_flight, delay, demands: [f64; 4]| simulation::Class { in_flight, delay, demands: demands.to_vec() };
    let classes = [
        class(256, 0.97e-3, [31.2e-6, 3.3e-6, 1.3e-6, 1.9e-6]),
        class(32, 1.0e-3, [31.2e-6, 832e-6, 341e-6, 493e-6]),
        class(8, 1.0e-3, [31.2e-6, 104e-6, 42.7e-6, 0.0]),
        class(40, 1.3e-3, [0.0, 0.0, 341e-6, 493e-6]),
    ];
    let mut group = group(criterion, "four workloads");
    group.sample_size(10);
    group.bench_function("ours", |b| b.iter(|| together(black_box(&designs), &assumptions, Credits::SPENT)));
    group.bench_function("slow", |b| b.iter(|| simulation::rates(black_box(&classes), 300_000, 7)));
}

fn calling(criterion: &mut Criterion) {
    let text = case().json().to_string();
    let mut group = group(criterion, "call");
    group.bench_function("ours", |b| {
        b.iter(|| {
            let scenario: Scenario = scenario::from_json(black_box(&text)).unwrap();
            serde_json::to_string(&estimate::numbers(&scenario)).unwrap()
        });
    });
    group.bench_function("slow", |b| {
        b.iter(|| {
            let tree: Value = serde_json::from_str(black_box(&text)).unwrap();
            let answer: Value = serde_json::from_str(&api::call("estimate", &tree.to_string())).unwrap();
            answer.to_string()
        });
    });
}

const ROWS: u32 = 100_000;
const SLOW_ROWS: u32 = 100;
const KINDS: [&str; 3] = ["PERSISTENT_2", "SCRATCH_2", "PERSISTENT_1"];
const ACCESSES: [&str; 2] = ["sequential", "random"];

/// Capacity in GiB and processes of a row.
const fn sizes(row: u32) -> (u32, u32) {
    (2400 * (1 + row % 200), 1 + row % 64)
}

fn rows(criterion: &mut Criterion) {
    let (capacity, processes): (Vec<_>, Vec<_>) =
        (0..ROWS).map(sizes).map(|(capacity, processes)| (f64::from(capacity), f64::from(processes))).unzip();
    let columns = [
        Column { path: "file_system.storage_capacity_gib", values: Values::Numbers(&capacity) },
        Column { path: "workloads[0].processes_per_client", values: Values::Numbers(&processes) },
    ];
    let text = |row: u32| {
        let (capacity_gib, processes) = sizes(row);
        Case { capacity_gib, processes, ..case() }.json().to_string()
    };
    compare(criterion, "batch", &case().json(), &columns, text);
    // word by word, each kind of file system with each access; a tier where the type has one
    let words = |words: &'static [&'static str], every: usize| {
        (0..ROWS as usize).map(move |row| Some(words[row / every % words.len()])).collect::<Vec<_>>()
    };
    let (kinds, accesses) = (words(&KINDS, 1), words(&ACCESSES, KINDS.len()));
    let tiers: Vec<_> = kinds.iter().map(|kind| tier(kind.unwrap())).collect();
    let columns = [
        Column { path: "file_system.deployment_type", values: Values::Texts(&kinds) },
        Column { path: "file_system.per_unit_storage_throughput", values: Values::NumbersOrAbsent(&tiers) },
        Column { path: "workloads[0].access", values: Values::Texts(&accesses) },
    ]
    .into_iter()
    .chain(columns)
    .collect::<Vec<_>>();
    let text = |row: u32| {
        let (capacity_gib, processes) = sizes(row);
        let (kind, access) = (row as usize % KINDS.len(), row as usize / KINDS.len() % ACCESSES.len());
        let mut tree = Case { capacity_gib, processes, ..case() }.json();
        tree["file_system"]["deployment_type"] = KINDS[kind].into();
        tree["file_system"]["per_unit_storage_throughput"] = tier(KINDS[kind]).into();
        tree["workloads"][0]["access"] = ACCESSES[access].into();
        tree.to_string()
    };
    compare(criterion, "batch of kinds", &case().json(), &columns, text);
}

/// Throughput tier of a deployment type, MB/s per TiB.
fn tier(kind: &str) -> Option<f64> {
    match kind {
        "PERSISTENT_2" => Some(250.0),
        "PERSISTENT_1" => Some(200.0),
        _ => None,
    }
}

fn compare(criterion: &mut Criterion, name: &str, base: &Value, columns: &[Column<'_>], text: impl Fn(u32) -> String) {
    assert_eq!(batch::estimate(base, columns).unwrap().iter().find_map(|row| row.as_ref().err()), None);
    let mut group = group(criterion, name);
    group.sample_size(10).throughput(Throughput::Elements(u64::from(ROWS)));
    group.bench_function("ours", |b| b.iter(|| batch::estimate(black_box(base), columns).unwrap()));
    group.throughput(Throughput::Elements(u64::from(SLOW_ROWS)));
    group.bench_function("slow", |b| {
        b.iter_batched(
            || (0..SLOW_ROWS).map(&text).collect::<Vec<_>>(),
            |texts| texts.iter().map(|text| api::call("estimate", text).len()).sum::<usize>(),
            BatchSize::LargeInput,
        );
    });
}

criterion_group!(benches, solving, evaluation, estimating, four_workloads, calling, rows);
criterion_main!(benches);
