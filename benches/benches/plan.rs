//! Plans over the full grid, with one workload and with four: the whole answer, and the winner alone.
//!
//! Throughput is given in evaluations (candidates judged and ranges of them ruled out), the measure in which planners of
//! other services can be compared (`benches/peers/`). Beside it a plan over one kind of file system, and the same by brute
//! force, the tests' oracle, which tries every candidate.
#![allow(
    missing_docs,
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "criterion's macros, and an oracle of which only a part is timed; a bench may print and stop at a fault"
)]

#[path = "../../crates/fsx-model/tests/all/case.rs"]
mod case;
#[path = "../../crates/fsx-model/tests/all/case_draws.rs"]
mod case_draws;
#[path = "../../crates/fsx-model/tests/all/plan_grid.rs"]
mod plan_grid;
#[path = "../../crates/fsx-model/tests/all/plan_oracle.rs"]
mod plan_oracle;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use fsx_model::ask::{EfaCell, efa_break_even};
use fsx_model::catalog::terms::Interface;
use fsx_model::plan::{Constraints, EfaChoice, Requirement, best, plan};
use fsx_model::scenario::{ClientGroups, Target, from_json, from_toml};
use fsx_model::shape::Whole;

/// Sixteen GPU clients read 40 TB at 12 GB/s.
const ONE: &str = r#"{
    "capacity": { "data_gib": 40000 },
    "clients": { "instance_type": "p5.48xlarge", "count": 16 },
    "workloads": [ { "processes_per_client": 16, "file_count": 4096, "target": { "throughput_mb_per_s": 12000 } } ]
}"#;

/// Training, checkpoints, preparation and an unpacked archive at once.
const FOUR: &str = r#"{
    "capacity": { "data_gib": 60000, "headroom": 0.2 },
    "clients": [
        { "name": "gpu", "instance_type": "p5.48xlarge", "count": 16 },
        { "name": "cpu", "instance_type": "c6in.16xlarge", "count": 8 }
    ],
    "workloads": [
        { "clients": "gpu", "processes_per_client": 16, "file_count": 4096, "target": { "throughput_mb_per_s": 8000 } },
        { "clients": "gpu", "operation": "write", "processes_per_client": 8, "file_size_mib": 8192,
          "target": { "throughput_mb_per_s": 3000 } },
        { "clients": "cpu", "access": "random", "io_size_kib": 256, "direct_io": true, "queue_depth": 8,
          "processes_per_client": 8, "target": { "throughput_mb_per_s": 1000 } },
        { "clients": "cpu", "operation": "create", "processes_per_client": 8, "file_count": 1000000, "directories": 64,
          "target": { "operations_per_s": 4000 } }
    ]
}"#;

/// Both on one kind of file system, every size and choice of which is tried.
const SMALL: &str = r#"{
    "capacity": { "data_gib": 4000 },
    "constraints": { "deployment_types": ["PERSISTENT_2"], "storage_types": ["SSD"], "efa": "no",
                     "per_unit_storage_throughput": [250], "max_storage_capacity_gib": 240000, "max_metadata_iops": 24000 },
    "clients": { "instance_type": "c6in.16xlarge", "count": 8 },
    "workloads": [ { "processes_per_client": 16, "file_count": 4096, "target": { "throughput_mb_per_s": 12000 } } ]
}"#;

fn brute_force(criterion: &mut Criterion) {
    let requirement: Requirement = from_json(SMALL).unwrap();
    let (ours, slow) = (best(&requirement).unwrap().unwrap(), plan_oracle::solve(&requirement));
    let (file_system, usd, _) = slow.best.unwrap();
    assert_eq!(plan_oracle::plain(ours.file_system), plan_oracle::plain(file_system));
    println!("brute force: {} candidates, the best for {}", slow.space, usd.shown(2));
    let mut group = criterion.benchmark_group("plan, one kind");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
    group.bench_function("ours", |bench| bench.iter(|| best(black_box(&requirement))));
    group.bench_function("slow", |bench| bench.iter(|| plan_oracle::solve(black_box(&requirement))));
    group.finish();
}

fn plans(criterion: &mut Criterion) {
    for (name, text) in [("one workload", ONE), ("four workloads", FOUR)] {
        let requirement: Requirement = from_json(text).unwrap();
        let answer = plan(&requirement).unwrap();
        println!("{name}: {} evaluations rule on {} candidates", answer.evaluations, answer.space_size);
        let mut group = criterion.benchmark_group(format!("plan, {name}"));
        group.sample_size(30).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
        group.throughput(Throughput::Elements(answer.evaluations));
        group.bench_function("whole answer", |bench| bench.iter(|| plan(black_box(&requirement))));
        group.throughput(Throughput::Elements(1));
        group.bench_function("winner alone", |bench| bench.iter(|| best(black_box(&requirement))));
        group.finish();
    }
}

/// The same requirement at a confidence: in 90 % of 128 draws, all kinds and all sizes.
fn at_a_confidence(criterion: &mut Criterion) {
    let mut requirement: Requirement = from_json(ONE).unwrap();
    requirement.uncertainty = Some(from_json("{}").unwrap());
    let answer = plan(&requirement).unwrap();
    println!("128 draws: {} evaluations rule on {} candidates", answer.evaluations, answer.space_size);
    let mut group = criterion.benchmark_group("plan, 128 draws");
    group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
    group.bench_function("winner alone", |bench| bench.iter(|| best(black_box(&requirement))));
    group.bench_function("whole answer", |bench| bench.iter(|| plan(black_box(&requirement))));
    group.finish();
}

/// Where EFA begins to pay, to 0.1 %, beside plans for the cells of its map alone.
fn break_even(criterion: &mut Criterion) {
    let requirement: Requirement = read("efa_break_even");
    let answer = efa_break_even(&requirement).unwrap();
    println!("EFA break-even: {} cells of two plans each", answer.cells.len());
    let plan_of = |cell: &EfaCell, efa: EfaChoice| {
        let mut asked = requirement.clone();
        asked.constraints =
            Some(Constraints { efa: Some(efa), ..asked.constraints.unwrap_or_else(|| from_json("{}").unwrap()) });
        if let ClientGroups::One(group) = &mut asked.clients {
            group.count = Some(Whole(cell.clients));
            group.interface = (efa == EfaChoice::Yes).then_some(Interface::Efa);
        }
        asked.workloads[0].target = Some(Target { throughput_mb_per_s: Some(cell.rate_mb_per_s), ..Target::BLANK });
        best(&asked).ok().flatten()
    };
    let cells = || {
        answer
            .cells
            .iter()
            .map(|cell| [EfaChoice::No, EfaChoice::Yes].map(|efa| plan_of(cell, efa)))
            .collect::<Vec<_>>()
    };
    let mut group = criterion.benchmark_group("EFA break-even");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
    group.bench_function("answer", |bench| bench.iter(|| efa_break_even(black_box(&requirement))));
    group.bench_function("cells alone", |bench| bench.iter(cells));
    group.finish();
}

/// Answers that are more than one search, each beside the winner of the same requirement alone.
fn whole_answers(criterion: &mut Criterion) {
    for name in ["plan_from_here", "plan_least_total"] {
        let requirement: Requirement = read(name);
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
        group.bench_function("whole answer", |bench| bench.iter(|| plan(black_box(&requirement))));
        group.bench_function("winner alone", |bench| bench.iter(|| best(black_box(&requirement))));
        group.finish();
    }
}

/// A requirement of the examples.
fn read(name: &str) -> Requirement {
    let path = format!("{}/../examples/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    from_toml(&std::fs::read_to_string(path).unwrap()).unwrap()
}

criterion_group!(benches, plans, at_a_confidence, brute_force, break_even, whole_answers);
criterion_main!(benches);
