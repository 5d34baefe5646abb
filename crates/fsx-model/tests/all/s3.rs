//! Traffic with S3: figures that must come out, and what holds for all of it.

use approx::assert_relative_eq;
use fsx_model::design::{self, Design};
use fsx_model::estimate::{self, Estimate, WorkloadEstimate};
use fsx_model::model::LimitId;
use fsx_model::scenario::{self, Scenario};
use fsx_model::working::working;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::case::{Case, cases, config};

fn read(scenario: &Value) -> Scenario {
    scenario::from_json(&scenario.to_string()).expect("understood")
}

#[track_caller]
fn estimated(scenario: &Value) -> Estimate {
    estimate::estimate(&read(scenario)).unwrap_or_else(|error| panic!("refused: {error}"))
}

/// The file system of FSX-22 and FSX-23.
fn large(workloads: Value) -> Value {
    json!({
        "file_system": {
            "deployment_type": "PERSISTENT_1", "storage_capacity_gib": 28_800, "per_unit_storage_throughput": 200,
        },
        "workloads": workloads,
    })
}

fn small(workload: Value) -> Value {
    json!({
        "file_system": {
            "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 1200, "per_unit_storage_throughput": 250,
        },
        "workloads": [workload],
    })
}

fn only(scenario: &Value) -> WorkloadEstimate {
    estimated(scenario).workloads.remove(0)
}

fn holds(of: &WorkloadEstimate, seconds: f64) -> bool {
    of.seconds.low <= seconds && seconds <= of.seconds.high
}

/// FSX-23: 345 GB in 37,000 objects took five to six minutes.
#[test]
fn a_preload_of_37_000_objects() {
    let job = json!([{
        "kind": "preload", "object_count": 37_000, "mean_object_size_mib": 345e9 / 37_000.0 / 1_048_576.0,
        "processes_per_client": 16,
    }]);
    let mut scenario = large(json!([]));
    scenario["jobs"] = job;
    let got = estimated(&scenario).workloads.remove(0);
    assert!(holds(&got, 300.0) && holds(&got, 360.0) && (300.0..360.0).contains(&got.seconds.mid), "{got:?}");
    assert_eq!(got.sustained.bottleneck, LimitId::S3Restore);
}

/// One stream loads 85 MB/s, whoever asks and how often.
#[test]
fn one_object_is_bound_by_one_stream() {
    let got =
        only(&large(json!([{ "operation": "s3_restore", "file_count": 1, "file_size_mib": 1e12 / 1_048_576.0 }])));
    assert_eq!(got.sustained.bottleneck, LimitId::S3Restore);
    assert_relative_eq!(got.sustained.throughput_mb_per_s.unwrap().mid, 85.0, max_relative = 0.03);
}

#[test]
fn an_export_is_bound_by_bytes_or_by_objects() {
    let export = |count: u32, mib: f64| {
        let mut got = only(&large(json!([{ "operation": "s3_export", "file_count": count, "file_size_mib": mib }])));
        assert_eq!(got.sustained.bottleneck, LimitId::S3Export);
        let place = got.limits.iter().position(|limit| limit.id == LimitId::S3Export).unwrap();
        (got.limits.remove(place).assumptions, got)
    };
    let (by, got) = export(1544, 5.7e12 / 1544.0 / 1_048_576.0);
    assert_eq!(by, ["auto_export_bandwidth"]);
    assert_relative_eq!(got.sustained.throughput_mb_per_s.unwrap().mid, 0.7 * 5760.0, max_relative = 0.02);
    let (by, got) = export(1_000_000, 0.1);
    assert_eq!(by, ["auto_export_rate"]);
    assert_relative_eq!(got.sustained.operations_per_s.mid, 200.0, max_relative = 0.01);
}

/// FSX-39: 100 files of 135 KB one after the other took 94 s; FSX-30: one of 455 MB 5.8 s.
#[test]
fn first_reads() {
    let many = only(&small(json!({ "file_count": 100, "file_size_mib": 0.135 / 1.048_576, "data_in": "s3" })));
    assert_relative_eq!(many.seconds.mid, 94.15, max_relative = 0.02);
    let large = only(&small(json!({ "file_count": 1, "file_size_mib": 455.0 / 1.048_576, "data_in": "s3" })));
    assert_relative_eq!(large.seconds.mid, 5.8, max_relative = 0.1);
    assert!(holds(&large, 5.8));
}

#[test]
fn imports_keep_up_with_the_rate_that_was_seen() {
    let got = only(&large(json!([{ "operation": "s3_import", "file_count": 1_000_000 }])));
    assert_eq!(got.sustained.bottleneck, LimitId::S3Import);
    assert_relative_eq!(got.sustained.operations_per_s.mid, 542.0, max_relative = 0.02);
}

#[test]
fn the_first_pass_alone_is_from_s3() {
    let passes = |passes: u32| {
        let files = json!({ "file_count": 40_000, "file_size_mib": 0.25, "processes_per_client": 16,
            "data_in": "s3", "passes": passes, "order": "independent" });
        only(&small(files)).seconds.mid
    };
    let (one, three) = (passes(1), passes(3));
    assert!(three < one * 1.2, "{one} {three}");
}

/// A preload writes to the disks that a foreground load reads from.
#[test]
fn a_preload_takes_its_share() {
    let reads = json!({ "name": "reads", "processes_per_client": 32, "file_count": 1000 });
    let preload = json!({ "operation": "s3_restore", "file_count": 3000, "file_size_mib": 500 });
    let slow = |workloads: Value| {
        let mut scenario = large(workloads);
        scenario["file_system"]["storage_capacity_gib"] = json!(1200);
        scenario["clients"] = json!({ "count": 4 });
        estimated(&scenario)
    };
    let alone = slow(json!([reads])).workloads.remove(0);
    let both = slow(json!([reads, preload]));
    let rate = |of: &WorkloadEstimate| of.sustained.throughput_mb_per_s.unwrap().mid;
    assert!(rate(&both.workloads[0]) < rate(&alone) * 0.95);
    let used = rate(&both.workloads[0]) + rate(&both.workloads[1]);
    assert!(used <= 240.0 * 1.06, "{used}");
}

/// A legal case whose files are loaded, exported, imported or released instead, or read for the first time.
fn with_s3(case: &Case, which: &str) -> Value {
    let mut value = case.json();
    let old = value["workloads"][0].clone();
    let mut new = json!({ "operation": which, "file_size_mib": old["file_size_mib"], "file_count": old["file_count"] });
    if which == "first_read" {
        new = old;
        new["operation"] = json!("read");
        new["data_in"] = json!("s3");
        new.as_object_mut().unwrap().remove("fsync");
    }
    new.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    value["workloads"] = json!([new]);
    value
}

fn stages() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["s3_import", "s3_restore", "s3_export", "s3_release", "first_read"])
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn limits_hold_and_formulas_multiply_out(case in cases(), which in stages()) {
        let scenario = read(&with_s3(&case, which));
        let Ok(got) = estimate::estimate(&scenario) else { return Ok(()) };
        let got = &got.workloads[0];
        let assumptions = design::assumptions(&scenario);
        let design = Design::new(&scenario, &assumptions, 0).unwrap();
        for limit in &got.limits {
            prop_assert!(got.sustained.rate().0.mid <= limit.sustained.value * (1.0 + 1e-9), "{}", limit.id);
            for (bursting, load) in [(false, Some(limit.sustained)), (true, limit.burst)] {
                let Some(load) = load else { continue };
                let value = working(limit.id, std::slice::from_ref(&design), &assumptions, bursting).value();
                prop_assert!((value / load.value - 1.0).abs() < 1e-9, "{}: {value} {}", limit.id, load.value);
            }
        }
        if which == "s3_restore" || which == "s3_export" {
            let of_clients = [LimitId::ClientNetwork, LimitId::ClientToServerPath];
            prop_assert!(got.limits.iter().all(|limit| !of_clients.contains(&limit.id)));
        }
    }

    #[test]
    fn more_clients_load_no_slower(case in cases(), which in stages(), more in 1..20_u32) {
        let case = Case { shared_file: false, directories: 100_000, files: Some(100_000), ..case };
        let rate = |case: &Case| {
            let mut scenario = with_s3(case, which);
            scenario["workloads"][0]["directories"] = json!(100_000);
            let got = estimate::estimate(&read(&scenario)).ok()?;
            Some(got.workloads[0].sustained.rate().0.mid)
        };
        let more = Case { clients: case.clients + more, ..case.clone() };
        if let (Some(few), Some(many)) = (rate(&case), rate(&more)) {
            prop_assert!(many >= few * (1.0 - 1e-9), "{few} {many}");
        }
    }
}
