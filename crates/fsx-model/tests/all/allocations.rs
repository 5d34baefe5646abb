//! What is repeated allocates nothing: the rules of a legal scenario, its design, its evaluation; a row of a batch.

use allocation_counter::measure;
use fsx_model::batch::{self, Column, Values};
use fsx_model::catalog::Assumptions;
use fsx_model::design::Design;
use fsx_model::model::burst::course;
use fsx_model::model::{Credits, evaluate};
use fsx_model::rules;
use serde_json::json;

use crate::case::Case;

#[test]
fn the_repeated_path_allocates_nothing() {
    let scenario = Case { instance: Some("c6in.16xlarge"), passes: 3, data_in: "auto", ..Case::plain() }.scenario();
    let assumptions = Assumptions::mid();
    let mut findings = 0;
    let counted = measure(|| {
        findings = rules::check(&scenario).len();
        let design = Design::new(&scenario, &assumptions, 0).unwrap();
        let full = evaluate(&design, &assumptions, Credits::FULL);
        let spent = evaluate(&design, &assumptions, Credits::SPENT);
        std::hint::black_box(course(&design, &assumptions, &full, &spent));
    });
    assert_eq!(findings, 0);
    assert_eq!(counted.count_total, 0, "{} bytes", counted.bytes_total);
}

/// So many rows, of two kinds of file systems and two operations, allocate as often as any other number of them.
#[test]
fn a_row_of_a_batch_allocates_nothing() {
    let counted = |rows: usize| {
        let capacity: Vec<_> = (0..rows).map(|row| [2400.0, 4800.0, 7200.0][row % 3]).collect();
        let tier: Vec<_> = (0..rows).map(|row| if row % 2 == 0 { None } else { Some(250.0) }).collect();
        let kind: Vec<_> = (0..rows).map(|row| Some(["SCRATCH_2", "PERSISTENT_2"][row % 2])).collect();
        let operation: Vec<_> = (0..rows).map(|row| [None, Some("write")][row / 2 % 2]).collect();
        let columns = [
            ("file_system.storage_capacity_gib", Values::Numbers(&capacity)),
            ("file_system.per_unit_storage_throughput", Values::NumbersOrAbsent(&tier)),
            ("file_system.deployment_type", Values::Texts(&kind)),
            ("workloads[0].operation", Values::Texts(&operation)),
        ]
        .map(|(path, values)| Column { path, values });
        let base = json!({ "clients": { "count": 4, "instance_type": "c6in.16xlarge" }, "pricing": { "include_clients": true } });
        let mut legal = false;
        let counted = measure(|| legal = batch::estimate(&base, &columns).unwrap().iter().all(Result::is_ok));
        assert!(legal);
        counted.count_total
    };
    on_this_thread(|| assert_eq!(counted(100), counted(10_000)));
}

/// Allocations are counted by thread.
#[cfg(feature = "rayon")]
fn on_this_thread(test: impl FnOnce() + Send) {
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().unwrap().install(test);
}

#[cfg(not(feature = "rayon"))]
fn on_this_thread(test: impl FnOnce()) {
    test();
}
