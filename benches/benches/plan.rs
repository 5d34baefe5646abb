//! Plans over the full grid, with one workload and with four: the whole answer, and the winner alone.
//!
//! Throughput is given in evaluations (candidates judged and ranges of them ruled out), the measure in which planners of
//! other services can be compared (`benches/peers/`). Beside it the same plan by brute force, the tests' oracle, over a
//! grid small enough for it.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "criterion's macros; a bench may print and stop at a fault"
)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use fsx_model::plan::{Requirement, best, plan};
use fsx_model::scenario::from_json;

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

criterion_group!(benches, plans);
criterion_main!(benches);
