//! Jobs: figures that must come out, and what holds for all of them.

use approx::assert_relative_eq;
use fsx_model::estimate::{self, Estimate, Range};
use fsx_model::finding::Severity;
use fsx_model::job::{CheckpointFigures, JobFigures, StepsFigures, TrainingFigures};
use fsx_model::model::LimitId;
use fsx_model::plan::{Requirement, plan};
use fsx_model::scenario::{self, Scenario};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::case::config;

fn read(scenario: &Value) -> Scenario {
    scenario::from_json(&scenario.to_string()).expect("understood")
}

#[track_caller]
fn estimated(scenario: &Value) -> Estimate {
    estimate::estimate(&read(scenario)).unwrap_or_else(|error| panic!("refused: {error}"))
}

/// 48,000 GiB at 1000 MB/s per TiB, and clients with eight accelerators each.
fn on_large(clients: u32, jobs: Value) -> Value {
    json!({
        "file_system": {
            "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 48_000, "per_unit_storage_throughput": 1000,
            "metadata_configuration": { "mode": "AUTOMATIC" },
        },
        "clients": { "instance_type": "p5.48xlarge", "count": clients },
        "jobs": jobs,
    })
}

fn training(of: &Estimate, i: usize) -> TrainingFigures {
    match &of.jobs[i].figures {
        JobFigures::Training(it) => (**it).clone(),
        other => panic!("{other:?}"),
    }
}

fn checkpoint(of: &Estimate, i: usize) -> CheckpointFigures {
    match &of.jobs[i].figures {
        JobFigures::Checkpoint(it) => (**it).clone(),
        other => panic!("{other:?}"),
    }
}

fn steps(of: &Estimate, i: usize) -> StepsFigures {
    match &of.jobs[i].figures {
        JobFigures::Steps(it) => (**it).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn demands_of_the_presets() {
    for (preset, demand) in [
        ("unet3d-h100", 3177.1),
        ("unet3d-a100", 1613.5),
        ("unet3d-b200", 6334.6),
        ("resnet50-h100", 204.8),
        ("cosmoflow-h100", 808.1),
    ] {
        let got = training(&estimated(&on_large(1, json!([{ "preset": preset }]))), 0);
        assert!((got.demand_mb_per_s_per_accelerator.mid - demand).abs() < 0.05, "{preset}: {got:?}");
    }
}

#[test]
fn retinanet_on_b200_opens_505_files_a_second_each() {
    let file_system = json!({
        "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 96_000, "per_unit_storage_throughput": 1000,
        "metadata_configuration": { "mode": "USER_PROVISIONED", "iops": 192_000 },
    });
    let clients = json!({ "instance_type": "p6-b200.48xlarge", "count": 4 });
    let got = estimated(&json!({
        "file_system": file_system, "clients": clients,
        "jobs": [{ "preset": "retinanet-b200", "accelerators_per_client": 2 }],
    }));
    let it = training(&got, 0);
    assert!(it.accelerator_utilization.mid > 0.99, "{it:?}");
    assert_relative_eq!(it.samples_per_s.mid / it.accelerators / it.accelerator_utilization.mid, 504.7, epsilon = 0.05);
}

#[test]
fn eight_b200_on_small_automatic_metadata_are_metadata_bound() {
    let got = estimated(&json!({
        "file_system": {
            "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 1200, "per_unit_storage_throughput": 1000,
            "metadata_configuration": { "mode": "AUTOMATIC" },
        },
        "clients": { "instance_type": "p6-b200.48xlarge" },
        "jobs": [{ "preset": "retinanet-b200", "file_count": 1_170_301 }],
    }));
    assert_eq!(training(&got, 0).bottleneck, Some(LimitId::Metadata));
    assert_eq!(got.workloads[0].sustained.bottleneck, LimitId::Metadata);
}

#[test]
fn accelerators_starve_on_a_small_file_system() {
    let got = estimated(&json!({
        "file_system": {
            "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 4800, "per_unit_storage_throughput": 125,
            "metadata_configuration": { "mode": "AUTOMATIC" },
        },
        "clients": { "instance_type": "p5.48xlarge", "count": 8 },
        "jobs": [{ "preset": "unet3d-h100", "file_count": 20_000 }],
    }));
    let it = training(&got, 0);
    assert!((it.accelerators - 64.0).abs() < 0.5);
    assert!(it.accelerator_utilization.high < 0.05, "{it:?}");
    assert_eq!(it.bottleneck, Some(LimitId::DiskThroughput));
    // 630 MB/s from the disks over 64 × 3,177.1
    assert_relative_eq!(it.accelerator_utilization.mid, 630.0 / (64.0 * 3177.1), max_relative = 1e-3);
}

#[test]
fn the_data_set_of_a_preset_is_that_of_its_rules() {
    // five times 2 × 2 TiB of memory, in files of 146,600,628 bytes
    let got = training(&estimated(&on_large(2, json!([{ "preset": "unet3d-h100" }]))), 0);
    assert_relative_eq!(got.samples, (5.0 * 2.0 * 2048.0 * 1_073.741_824e6 / 146_600_628.0_f64).ceil());
    let own = training(&estimated(&on_large(2, json!([{ "preset": "unet3d-h100", "file_count": 7200 }]))), 0);
    assert_relative_eq!(own.samples, 7200.0);
}

#[test]
fn sizes_of_the_checkpoints() {
    for (preset, gib, ranks, files) in [
        ("llama3-8b", 104.7, 8.0, 16.0),
        ("llama3-70b", 911.2, 64.0, 128.0),
        ("llama3-405b", 5292.0, 512.0, 1544.0),
        ("llama3-1t", 15_425.0, 1024.0, 2072.0),
    ] {
        let it = checkpoint(&estimated(&on_large(128, json!([{ "preset": preset }]))), 0);
        let digit = if gib < 1000.0 { 0.05 } else { 0.5 };
        assert!((it.size_gib.mid - gib).abs() <= digit, "{preset}: {it:?}");
        assert_eq!((it.ranks, it.files), (ranks, files));
    }
}

#[test]
fn a_plan_saves_405b_in_a_minute() {
    let requirement: Requirement = scenario::from_json(
        &json!({
            "clients": { "instance_type": "p5.48xlarge", "count": 64, "interface": "EFA" },
            "jobs": [{ "preset": "llama3-405b", "target_s": 60 }],
        })
        .to_string(),
    )
    .expect("understood");
    let best = plan(&requirement).expect("legal").best.expect("there is one");
    let it = checkpoint(&best.estimate, 0);
    assert!((it.required_mb_per_s.expect("asked for").mid / 94_700.0 - 1.0).abs() < 5e-4);
    assert!(it.save_s.mid <= 60.0, "{it:?}");
    let alone = estimated(&json!({
        "file_system": best.file_system,
        "clients": { "instance_type": "p5.48xlarge", "count": 64, "interface": "EFA" },
        "jobs": [{ "preset": "llama3-405b" }],
    }));
    let reached = alone.workloads[0].sustained.throughput_mb_per_s.expect("data").mid;
    assert!(reached >= 94_700.0, "{reached}");
}

#[test]
fn a_dearer_tier_can_be_the_cheaper_one() {
    let with = |tier: u32| {
        let mut scenario = on_large(64, json!([{ "preset": "llama3-405b", "mean_time_to_failure_h": 8 }]));
        scenario["file_system"]["per_unit_storage_throughput"] = json!(tier);
        let it = checkpoint(&estimated(&scenario), 0);
        (it.file_system_usd_per_month.expect("known"), it.idle_clients_usd_per_month.expect("known"))
    };
    let ((cheap, waiting), (dear, working)) = (with(125), with(1000));
    assert!(dear > cheap && dear + working < cheap + waiting);
}

#[test]
fn more_ranks_than_accelerators_are_a_warning() {
    let got = estimated(&on_large(1, json!([{ "preset": "llama3-70b" }])));
    let found = got.findings.iter().find(|finding| finding.code == "FSX-JOB-RANKS").expect("found");
    assert_eq!((found.severity, found.fix.as_str()), (Severity::Warning, "8"));
    let enough = estimated(&on_large(8, json!([{ "preset": "llama3-70b" }])));
    assert!(enough.findings.iter().all(|finding| finding.code != "FSX-JOB-RANKS"));
}

#[test]
fn saving_beside_training_takes_its_share() {
    let jobs = |asynchronous: bool| {
        json!([
            { "preset": "unet3d-h100", "accelerators_per_client": 1, "file_count": 7200 },
            { "preset": "llama3-8b", "asynchronous": asynchronous },
        ])
    };
    let alone = estimated(&on_large(16, json!([jobs(true)[0]])));
    let both = estimated(&on_large(16, jobs(true)));
    let (alone, beside) = (training(&alone, 0), training(&both, 0));
    assert_eq!(alone.accelerator_utilization, beside.accelerator_utilization);
    let saving = beside.accelerator_utilization_while_saving.expect("it goes on");
    assert!(saving.mid < alone.accelerator_utilization.mid, "{saving:?}");
    let stopped = training(&estimated(&on_large(16, jobs(false))), 0);
    assert_eq!(stopped.accelerator_utilization_while_saving, None);
}

#[test]
fn a_restore_has_a_target_of_its_own() {
    let asked = |target: Value| {
        let requirement: Requirement = scenario::from_json(
            &json!({
                "clients": { "instance_type": "p5.48xlarge", "count": 64 },
                "jobs": [{ "preset": "llama3-70b", "target": target }],
            })
            .to_string(),
        )
        .expect("understood");
        plan(&requirement).expect("legal").best.expect("there is one")
    };
    let slow = asked(json!({ "save_s": 300, "restore_s": 300 }));
    let fast = asked(json!({ "save_s": 300, "restore_s": 60 }));
    let save = asked(json!({ "save_s": 300 }));
    // reads and writes have the same disks: the same time for both asks for no more than one of them
    assert_eq!(slow.file_system.storage_capacity_gib, save.file_system.storage_capacity_gib);
    assert!(fast.cost.usd_per_month > slow.cost.usd_per_month);
    assert!(checkpoint(&fast.estimate, 0).restore_s.mid <= 60.0);
    assert!(fast.targets.iter().any(|target| target.workload == "llama3-70b (restore)"));
}

#[test]
fn a_goodput_is_a_target() {
    let requirement: Requirement = scenario::from_json(
        &json!({
            "clients": { "instance_type": "p5.48xlarge", "count": 64 },
            "jobs": [{
                "preset": "llama3-70b", "mean_time_to_failure_h": 6, "restart_s": 120, "target": { "goodput": 0.92 },
            }],
        })
        .to_string(),
    )
    .expect("understood");
    let best = plan(&requirement).expect("legal").best.expect("there is one");
    let goodput = checkpoint(&best.estimate, 0).goodput.expect("it fails").mid;
    assert!((0.92..0.95).contains(&goodput), "{goodput}");
}

#[test]
fn the_target_of_a_training_job_is_reached_by_its_plan() {
    let requirement: Requirement = scenario::from_json(
        &json!({
            "clients": { "instance_type": "p5.48xlarge", "count": 4, "interface": "EFA" },
            "jobs": [{ "preset": "unet3d-h100", "file_count": 7200, "target": { "accelerator_utilization": 0.9 } }],
        })
        .to_string(),
    )
    .expect("understood");
    let best = plan(&requirement).expect("legal").best.expect("there is one");
    let it = training(&best.estimate, 0);
    assert!((0.9 - 1e-9..0.95).contains(&it.accelerator_utilization.mid), "{it:?}");
    assert!(it.accelerators_fed.mid >= 32.0);
}

#[test]
fn a_metadata_storm_offers_its_load() {
    let storm = |rate: Option<f64>| {
        let mut job = json!({
            "kind": "metadata", "items": 1_000_000, "operations": { "stat": 3, "open": 1 }, "processes_per_client": 32,
        });
        if let Some(rate) = rate {
            job["operations_per_s"] = json!(rate);
        }
        steps(&estimated(&on_large(16, json!([job]))), 0)
    };
    let (free, slow) = (storm(None), storm(Some(2000.0)));
    assert_eq!(slow.bottleneck, Some(LimitId::RateLimit));
    assert_relative_eq!(slow.operations_per_s.expect("counted").mid, 2000.0, max_relative = 1e-9);
    assert_relative_eq!(slow.files_per_s.expect("counted").mid, 500.0, max_relative = 1e-9);
    assert!(free.seconds.mid < slow.seconds.mid);
}

#[test]
fn an_import_takes_the_objects_of_the_link() {
    let mut scenario = on_large(4, json!([{ "kind": "import" }]));
    scenario["file_system"]["data_repository_associations"] = json!([{
        "file_system_path": "/data", "data_repository_path": "s3://bucket/data", "object_count": 54_200,
        "auto_import": ["NEW"],
    }]);
    let it = steps(&estimated(&scenario), 0);
    // 54,200 objects at 542 a second
    assert_relative_eq!(it.seconds.mid, 100.0, max_relative = 0.02);
    assert_eq!(it.lag_s.map(|lag| lag.mid), Some(60.0));
}

#[test]
fn a_checkpoint_is_in_s3_once_it_is_exported() {
    let mut scenario = on_large(64, json!([{ "preset": "llama3-405b" }]));
    assert_eq!(checkpoint(&estimated(&scenario), 0).export_s, None);
    scenario["file_system"]["data_repository_associations"] = json!([{
        "file_system_path": "/ckpt", "data_repository_path": "s3://bucket/ckpt", "auto_export": ["NEW", "CHANGED"],
    }]);
    let it = checkpoint(&estimated(&scenario), 0);
    // 5,682 GB at 0.7 of 48,000 MB/s: bytes, not the 1,544 objects at 200 a second
    assert_relative_eq!(it.export_s.expect("exported").mid, 5682e3 / (0.7 * 48_000.0), max_relative = 0.05);
}

/// A plan with jobs is the plan with their workloads.
#[test]
fn a_plan_of_jobs_is_that_of_their_workloads() {
    let requirement: Requirement = scenario::from_json(
        &json!({
            "clients": { "instance_type": "p5.48xlarge", "count": 8 },
            "workloads": [{ "rate_limit_mb_per_s": 500 }],
            "jobs": [
                { "preset": "resnet50-h100", "file_count": 8192, "target": { "accelerator_utilization": 0.9 } },
                { "preset": "llama3-8b", "target": { "save_s": 60 } },
            ],
        })
        .to_string(),
    )
    .expect("understood");
    let (jobs, workloads) = (plan(&requirement), plan(&requirement.expanded()));
    let best = |plan: Result<fsx_model::plan::Plan, _>| {
        let best = plan.expect("legal").best.expect("there is one");
        (best.file_system, best.targets)
    };
    assert_eq!(best(jobs), best(workloads));
}

/// The example of `docs/training.md`.
#[test]
fn two_accelerators_with_one_batch_under_way_each() {
    let with = |prefetch: Option<u32>| {
        let mut job = json!({ "preset": "unet3d-a100", "accelerators_per_client": 2, "file_count": 7200 });
        if let Some(batches) = prefetch {
            job["prefetch_batches"] = json!(batches);
        }
        let got = estimated(&json!({
            "file_system": {
                "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 9600, "per_unit_storage_throughput": 250,
                "metadata_configuration": { "mode": "AUTOMATIC" },
            },
            "clients": { "instance_type": "p4d.24xlarge" },
            "jobs": [job],
        }));
        training(&got, 0)
    };
    let it = with(Some(1));
    // one batch at a time waits for no other, the second waits for what the first has left of it
    let storage = 7.0 * 146.600_628 / (9.6 * 250.0 * 1.05);
    let alone = 1.0 / (0.636 + storage);
    let both = 2.0 / (0.636 + storage * (1.0 + alone * storage));
    assert_relative_eq!(it.accelerator_utilization.mid, both * 0.636 / 2.0, max_relative = 1e-9);
    assert!((it.accelerator_utilization.mid - 0.529).abs() < 5e-4, "{it:?}");
    assert!((it.samples_per_s.mid - 11.65).abs() < 5e-3 && (it.later_epoch_s.mid - 618.0).abs() < 0.5, "{it:?}");
    assert_eq!(it.accelerators_fed.mid, 0.0);
    assert!((with(None).accelerator_utilization.mid - 0.675).abs() < 5e-4);
}

/// The example of `docs/checkpoint.md`.
#[test]
fn a_checkpoint_with_stripes_over_all_targets() {
    let saved = |asynchronous: bool| {
        let mut job = json!({ "preset": "llama3-70b", "mean_time_to_failure_h": 8, "restart_s": 120 });
        if asynchronous {
            (job["asynchronous"], job["blocking_s"]) = (json!(true), json!(5));
        } else {
            job["target_s"] = json!(60);
        }
        let mut scenario = on_large(8, json!([job]));
        scenario["file_system"]["per_unit_storage_throughput"] = json!(250);
        scenario["file_system"]["layout"] = json!({ "kind": "stripe", "count": -1 });
        scenario["file_system"]["credits_at_start"] = json!(0);
        checkpoint(&estimated(&scenario), 0)
    };
    let it = saved(false);
    assert_relative_eq!(it.save_s.mid, 978_356.65 / 12_600.0, max_relative = 1e-6);
    assert_relative_eq!(it.restore_s.mid, it.save_s.mid, max_relative = 1e-9);
    assert!((it.required_mb_per_s.expect("asked for").mid - 16_306.0).abs() < 0.5);
    assert!((it.interval_s.expect("it fails").mid - 2063.0).abs() < 0.5);
    assert!((it.goodput.expect("it fails").mid - 0.922).abs() < 5e-4);
    assert!((it.idle_clients_usd_per_month.expect("known") - 25_070.0).abs() < 0.5);
    assert!((it.file_system_usd_per_month.expect("known") - 10_080.0).abs() < 0.5);
    let meanwhile = saved(true);
    assert!((meanwhile.interval_s.expect("it fails").mid - 533.0).abs() < 0.5);
    assert!((meanwhile.goodput.expect("it fails").mid - 0.972).abs() < 5e-4);
}

/// The example of `docs/jobs.md`.
#[test]
fn a_phase_that_ends_in_time_and_one_that_reads_what_it_wrote() {
    let on = |job: Value| {
        let mut scenario = on_large(16, json!([job]));
        scenario["file_system"]["per_unit_storage_throughput"] = json!(250);
        scenario["clients"]["instance_type"] = json!("c6in.16xlarge");
        steps(&estimated(&scenario), 0)
    };
    let ior = on(json!({ "preset": "ior-easy", "processes_per_client": 8 }));
    assert_relative_eq!(ior.throughput_mb_per_s.expect("data").mid, 12_600.0, max_relative = 1e-3);
    let times: Vec<f64> = ior.steps.iter().map(|step| step.seconds.mid.round()).collect();
    assert_eq!((times.as_slice(), ior.seconds.mid.round()), (&[300.0, 300.0][..], 600.0));
    let storm = on(json!({
        "kind": "metadata", "items": 1_000_000, "operations": { "stat": 3, "open": 1 }, "processes_per_client": 32,
    }));
    assert!((storm.operations_per_s.expect("counted").mid - 87_144.0).abs() < 0.5, "{storm:?}");
    assert!((storm.seconds.mid - 45.9).abs() < 0.05, "{storm:?}");
}

/// A million small images that eight readers on each accelerator load one by one, or a bulk load before.
#[test]
fn loading_before_the_first_epoch() {
    let with = |data_in: &str| {
        let job = json!({ "kind": "training", "samples": 1_000_000, "sample_bytes": 1e5, "batch": 256, "compute_s": 0.4,
            "readers": 8, "data_in": data_in });
        training(&estimated(&on_large(2, json!([job]))), 0)
    };
    let it = with("s3");
    let preload = it.preload_s.expect("in S3").mid;
    // 2 × 120 files a second against 128 readers that wait 0.94 s each
    assert_relative_eq!(preload, 1e6 / 240.0, max_relative = 0.02);
    assert_relative_eq!(it.first_epoch_s.mid, 1e6 * 0.94 / 128.0, max_relative = 0.02);
    assert_eq!(with("disk").preload_s, None);
}

#[test]
fn a_python_start_asks_30_000_operations_a_second() {
    let got = steps(&estimated(&on_large(8, json!([{ "preset": "python-start-up", "processes_per_client": 64 }]))), 0);
    assert!(got.operations_per_s.expect("counted").mid <= 30_000.0 * (1.0 + 1e-9));
    assert!((29.0..40.0).contains(&got.seconds.mid), "{got:?}");
}

fn is_ordered(range: &Range) -> bool {
    range.low <= range.mid && range.mid <= range.high
}

proptest! {
    #![proptest_config(config())]

    /// Samples a second are accelerators × batch / compute time × utilization; no accelerator is more than busy, and none
    /// reads more than the storage hands out.
    #[test]
    fn training_adds_up(
        clients in 1u32..40, each in 1u32..9, batch in 1u32..500, bytes in 1e3..1e7, compute in 0.01..2.0,
        files in 100u32..100_000, data_in in prop::sample::select(vec!["disk", "auto", "server_cache"]),
    ) {
        let job = json!({
            "kind": "training", "accelerators_per_client": each, "batch": batch, "sample_bytes": bytes,
            "compute_s": compute, "file_count": files, "data_in": data_in,
        });
        let of = estimated(&on_large(clients, json!([job])));
        let it = training(&of, 0);
        let full = it.accelerators * f64::from(batch) / compute;
        for (samples, busy) in [
            (it.samples_per_s.low, it.accelerator_utilization.low),
            (it.samples_per_s.mid, it.accelerator_utilization.mid),
            (it.samples_per_s.high, it.accelerator_utilization.high),
        ] {
            let ratio: f64 = samples / (full * busy);
            prop_assert!((ratio - 1.0).abs() < 1e-12);
            prop_assert!(busy > 0.0 && busy <= 1.0);
        }
        prop_assert!(it.later_epoch_s.mid <= it.first_epoch_s.mid * (1.0 + 1e-9));
        for range in [&it.accelerator_utilization, &it.samples_per_s, &it.first_epoch_s, &it.later_epoch_s,
            &it.stall_share, &it.accelerators_fed] {
            prop_assert!(is_ordered(range), "{:?}", range);
        }
        let fed = it.accelerators_fed.mid >= it.accelerators;
        prop_assert_eq!(fed, it.accelerator_utilization.mid >= it.wanted_accelerator_utilization);
    }

    #[test]
    fn checkpoints_add_up(
        clients in 1u32..64, size in 1.0..5000.0, ranks in 1u32..600, per_rank in 1u32..4, failure in 0.5..100.0,
        asynchronous: bool,
    ) {
        let job = json!({
            "kind": "checkpoint", "size_gib": size, "ranks": ranks, "files_per_rank": per_rank,
            "mean_time_to_failure_h": failure, "asynchronous": asynchronous,
        });
        let it = checkpoint(&estimated(&on_large(clients, json!([job]))), 0);
        for range in [&it.save_s, &it.restore_s, &it.interval_s.expect("it fails"), &it.goodput.expect("it fails")] {
            prop_assert!(is_ordered(range), "{:?}", range);
        }
        let goodput = it.goodput.expect("it fails").mid;
        prop_assert!((0.0..=1.0).contains(&goodput));
    }
}

/// What a job is asked beyond its workload reads assumptions of its own: how fast a client loads files from S3 in bulk, of
/// training that finds them there.
#[test]
fn an_estimate_names_what_only_a_figure_of_a_job_rests_on() {
    let text = include_str!("../../../../examples/scenarios/first_epoch_s3.toml");
    let answer = estimate::estimate(&scenario::from_toml(text).unwrap()).unwrap();
    let named: Vec<_> = answer.assumptions.iter().map(|it| it.id).collect();
    assert!(named.contains(&"restore_rate_per_client"), "{named:?}");
    let once: std::collections::BTreeSet<_> = named.iter().collect();
    assert_eq!(once.len(), named.len());
}

/// The defaults that an answer names for job 0, as fields.
fn taken(answer: &Estimate) -> serde_json::Map<String, Value> {
    let of_job = |it: &fsx_model::shape::DefaultTaken| {
        let field = it.field.strip_prefix("jobs[0].").filter(|field| !field.contains('.'))?;
        Some((field.to_owned(), it.value.clone()))
    };
    answer.defaults.iter().filter_map(of_job).collect()
}

#[test]
fn an_answer_names_the_numbers_that_a_preset_brings() {
    let training = taken(&estimated(&on_large(4, json!([{ "preset": "unet3d-h100", "batch": 3 }]))));
    assert_eq!(training["kind"], "training");
    assert_eq!(training["accelerators_per_client"], 8);
    assert_eq!(training["sample_bytes"], 146_600_628.0);
    assert_eq!(training["compute_s"], 0.323);
    assert_eq!(training.get("batch"), None);
    let checkpoint = taken(&estimated(&on_large(4, json!([{ "preset": "llama3-8b", "ranks": 16 }]))));
    assert_eq!(checkpoint["bytes_per_parameter"], 14.0);
    assert_relative_eq!(checkpoint["size_gib"].as_f64().unwrap(), 104.7, max_relative = 1e-3);
    assert_eq!(checkpoint.get("ranks"), None);
    assert_eq!(taken(&estimated(&on_large(2, json!([{ "preset": "python-start-up" }]))))["items"], 450_000);
    let export = json!([{ "kind": "export", "object_count": 1000, "mean_object_size_mib": 8 }]);
    assert_eq!(taken(&estimated(&on_large(2, export)))["processes_per_client"], 1);
}

/// Numbers named as taken are those it was worked out with: given instead of the preset, they come to the same.
#[test]
fn training_on_the_numbers_of_a_preset_is_training_on_the_preset() {
    let presets: Value = serde_json::from_str(&fsx_model::api::call("presets", "{}").to_string()).unwrap();
    let mut tried = 0;
    for preset in presets["ok"]["presets"].as_array().unwrap().iter().filter(|it| it["kind"] == "training") {
        let by_preset = estimated(&on_large(4, json!([{ "preset": preset["id"], "name": "it" }])));
        let mut numbers = taken(&by_preset);
        let mark = training(&by_preset, 0).wanted_accelerator_utilization;
        numbers.extend([("name".to_owned(), json!("it"))]);
        let by_numbers = estimated(&on_large(4, json!([numbers])));
        let mut own = training(&by_numbers, 0);
        // the mark is no field of a job: without preset and target it is MLPerf's
        if own.wanted_accelerator_utilization.to_bits() != mark.to_bits() {
            own.wanted_accelerator_utilization = mark;
            own.accelerators_fed = training(&by_preset, 0).accelerators_fed;
        }
        assert_eq!(own, training(&by_preset, 0), "{}", preset["id"]);
        tried += 1;
    }
    assert!(tried > 10);
}
