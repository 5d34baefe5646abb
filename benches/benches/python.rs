//! The Rust side of `benches/python.py`, which times the same work from Python in the same run.
#![allow(missing_docs, clippy::unwrap_used, reason = "criterion's macros")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use fsx_model::api;
use fsx_model::batch::{self, Column, Values};
use fsx_model::scenario::{self, Scenario};

const SCENARIO: &str = include_str!("../../examples/scenarios/training_reads.toml");

/// One call, JSON both ways.
fn estimate(criterion: &mut Criterion) {
    let scenario: Scenario = scenario::from_toml(SCENARIO).unwrap();
    let json = serde_json::to_string(&scenario).unwrap();
    let mut group = criterion.benchmark_group("python");
    group.bench_function("estimate", |b| b.iter(|| api::call("estimate", black_box(&json))));
    group.finish();
}

/// A million rows on all cores.
fn table(criterion: &mut Criterion) {
    const ROWS: u32 = 1_000_000;
    let scenario: Scenario = scenario::from_toml(SCENARIO).unwrap();
    let base = serde_json::to_value(&scenario).unwrap();
    let column = |value: fn(u32) -> f64| (0..ROWS).map(value).collect::<Vec<_>>();
    let capacity = column(|i| f64::from(2400 * (1 + i % 40)));
    let count = column(|i| f64::from(1 + i % 200));
    let processes = column(|i| f64::from(1 + i / 7 % 64));
    let columns = [
        Column { path: "file_system.storage_capacity_gib", values: Values::Numbers(&capacity) },
        Column { path: "clients.count", values: Values::Numbers(&count) },
        Column { path: "workloads[0].processes_per_client", values: Values::Numbers(&processes) },
    ];
    let mut group = criterion.benchmark_group("python");
    group.throughput(Throughput::Elements(ROWS.into())).sample_size(10);
    group.bench_function("table", |b| b.iter(|| batch::estimate(black_box(&base), &columns).unwrap()));
    group.finish();
}

criterion_group!(benches, estimate, table);
criterion_main!(benches);
