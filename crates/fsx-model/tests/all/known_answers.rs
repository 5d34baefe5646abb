//! Figures that must come out, typed from the AWS guide and from published runs.

use approx::assert_relative_eq;
use fsx_model::catalog::Assumptions;
use fsx_model::catalog::automatic_metadata_iops;
use fsx_model::estimate::{self, Estimate, FileSystemFigures, WorkloadEstimate};
use fsx_model::model::LimitId;
use fsx_model::model::cache::later_hit_ratio;
use fsx_model::scenario::{self, Order, Scenario};
use serde_json::{Value, json};

use crate::case::{Case, LayoutCase};

fn estimated(scenario: &Value) -> Estimate {
    let scenario: Scenario = scenario::from_json(&scenario.to_string()).expect("understood");
    estimate::estimate(&scenario).unwrap_or_else(|error| panic!("refused: {error}"))
}

fn figures(file_system: Value) -> FileSystemFigures {
    estimated(&json!({ "file_system": file_system })).file_system
}

fn workload(case: &Case) -> WorkloadEstimate {
    estimated(&case.json()).workloads.remove(0)
}

fn burst(case: &Case) -> f64 {
    workload(case).burst.expect("it bursts").regime.throughput_mb_per_s.unwrap().mid
}

/// `predicted` within `share` of what was measured, a percentage either way.
#[track_caller]
fn within(predicted: f64, measured: f64, share: f64) {
    assert_relative_eq!(predicted, measured, max_relative = share);
}

#[test]
fn persistent_1_of_4800_gib_at_50() {
    let got = figures(json!({
        "deployment_type": "PERSISTENT_1", "storage_capacity_gib": 4800, "per_unit_storage_throughput": 50,
    }));
    assert_eq!((got.ost_count, got.oss_count, got.mds_count, got.mdt_count), (4, 2, 1, 1));
    assert_eq!((got.disk_read_baseline_mb_per_s, got.disk_write_baseline_mb_per_s), (240.0, 240.0));
    assert_eq!((got.disk_read_burst_mb_per_s, got.disk_write_burst_mb_per_s), (1152.0, 1152.0));
    assert_eq!((got.network_baseline_mb_per_s, got.network_burst_mb_per_s), (Some(1200.0), Some(6240.0)));
    assert_eq!(got.metadata_iops, None);
}

#[test]
fn persistent_2_of_48000_gib_at_250() {
    let got = figures(json!({
        "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 48_000, "per_unit_storage_throughput": 250,
        "metadata_configuration": { "mode": "AUTOMATIC" },
    }));
    assert_eq!((got.ost_count, got.oss_count, got.mds_count, got.mdt_count), (40, 20, 2, 2));
    assert_eq!(got.metadata_iops, Some(24_000));
    assert_eq!((got.network_baseline_mb_per_s, got.network_burst_mb_per_s), (Some(30_720.0), Some(62_400.0)));
    assert_eq!((got.disk_read_baseline_mb_per_s, got.disk_write_baseline_mb_per_s), (12_000.0, 12_000.0));
    assert_eq!((got.disk_read_burst_mb_per_s, got.disk_write_burst_mb_per_s), (24_000.0, 24_000.0));
    assert_relative_eq!(got.server_memory_gib.unwrap(), 326.4, max_relative = 1e-12);
    assert_relative_eq!(got.usable_capacity_gib.unwrap(), 45_120.0, max_relative = 1e-12);
    assert_relative_eq!(got.ssd_cache_gib, 0.0);
}

#[test]
fn persistent_2_with_efa_of_38400_gib_at_250() {
    let got = figures(json!({
        "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 38_400, "per_unit_storage_throughput": 250,
        "efa_enabled": true, "metadata_configuration": { "mode": "AUTOMATIC" },
    }));
    assert_eq!((got.oss_count, got.ost_count), (2, 2));
    assert_eq!(got.network_baseline_mb_per_s, Some(24_576.0));
    assert_relative_eq!(got.usable_capacity_gib.unwrap(), 0.98 * 38_400.0, max_relative = 1e-12);
}

#[test]
fn servers_and_rates_of_scratch_2() {
    for (gib, servers) in [(1200, 1), (2400, 1), (4800, 2), (9600, 4), (50_400, 21)] {
        let got = figures(json!({ "deployment_type": "SCRATCH_2", "storage_capacity_gib": gib }));
        assert_eq!((got.mds_count, got.oss_count), (1, servers), "{gib} GiB");
        let tib = f64::from(gib) / 1000.0;
        assert_eq!((got.disk_write_baseline_mb_per_s, got.disk_read_baseline_mb_per_s), (100.0 * tib, 200.0 * tib));
        assert_eq!((got.disk_write_burst_mb_per_s, got.disk_read_burst_mb_per_s), (100.0 * tib, 200.0 * tib));
        assert_relative_eq!(got.network_burst_mb_per_s.unwrap(), 1300.0 * tib, max_relative = 1e-12);
    }
}

#[test]
fn automatic_metadata_iops_by_capacity() {
    let table = [
        (1200, 1500),
        (2400, 3000),
        (4800, 6000),
        (7200, 6000),
        (9600, 6000),
        (12_000, 12_000),
        (45_600, 12_000),
        (48_000, 24_000),
        (72_000, 36_000),
        (384_000, 192_000),
        (1_200_000, 192_000),
    ];
    for (gib, iops) in table {
        let got = figures(json!({
            "deployment_type": "PERSISTENT_2", "storage_capacity_gib": gib, "per_unit_storage_throughput": 125,
            "metadata_configuration": { "mode": "AUTOMATIC" },
        }));
        assert_eq!(got.metadata_iops, Some(iops), "{gib} GiB");
        assert_eq!(got.mds_count, iops.div_ceil(12_000), "{gib} GiB");
    }
    let steps = (1..=500_u32).map(|n| automatic_metadata_iops(f64::from(n) * 2400.0));
    assert!(steps.clone().zip(steps.skip(1)).all(|(less, more)| less <= more), "never falls with capacity");
}

/// Targets that one reader of one 200 GiB file touches in each component, seen through the stripe width limit: the
/// share of the bytes over the targets, component by component.
#[test]
fn default_layout_of_a_file_of_200_gib() {
    let gib = 1024.0;
    for (capacity_gib, counts) in [(48_000, [1.0, 8.0, 16.0, 32.0]), (14_400, [1.0, 8.0, 12.0, 12.0])] {
        let case = Case { capacity_gib, file_mib: 200.0 * gib, credits: 0.0, ..Case::plain() };
        let limits = workload(&case).limits;
        let width = limits.iter().find(|limit| limit.id == LimitId::StripeWidth).expect("some are not touched");
        let ends = [0.0, 100.0, 10.0 * gib, 100.0 * gib, 200.0 * gib];
        // the disks of one target of 1.2 TiB at 250, × disk_baseline_delivered; all other limits of it are higher
        let one = 1.2 * 250.0 * 1.05;
        let time: f64 = (0..4).map(|i| (ends[i + 1] - ends[i]) / ends[4] / (one * counts[i])).sum();
        assert_relative_eq!(width.sustained.value, 1.0 / time, max_relative = 1e-9);
    }
}

#[test]
fn one_direct_reader_is_held_back_by_its_own_concurrency() {
    let case = Case { capacity_gib: 48_000, layout: LayoutCase::Stripe(-1, 1), ..Case::plain() };
    let got = workload(&case);
    assert_eq!(got.sustained.bottleneck, LimitId::Concurrency);
    let mid = got.sustained.throughput_mb_per_s.unwrap().mid;
    assert!((520.0..600.0).contains(&mid), "about 540 MB/s, not {mid}");
    let got = workload(&Case { capacity_gib: 48_000, file_mib: 8192.0, ..Case::plain() });
    assert_eq!(got.sustained.bottleneck, LimitId::Concurrency, "the same under the default layout");
}

/// FSX-26: PERSISTENT_1 7200 GiB at 50, IOR, direct writes of 1 MiB, 32,000 MiB in all.
#[test]
fn fsx_26_scaling_of_streams() {
    for (tasks, measured) in [(1, 565.2), (2, 1034.5), (4, 1437.3)] {
        let case = Case {
            deployment: "PERSISTENT_1",
            tier: Some(50),
            capacity_gib: 7200,
            layout: LayoutCase::Before("2023-08-25"),
            gbps: Some(25.0),
            write: true,
            processes: tasks,
            file_mib: 32_000.0 / f64::from(tasks),
            ..Case::plain()
        };
        within(burst(&case), measured, 0.10);
    }
}

/// FSX-01: PERSISTENT_2 4800 GiB at 125, one i7i.4xlarge, 16 jobs of direct 1 MiB.
#[test]
fn fsx_01_fresh_and_drained() {
    let case = |write| Case {
        tier: Some(125),
        instance: Some("i7i.4xlarge"),
        write,
        processes: 16,
        file_mib: 8192.0,
        ..Case::plain()
    };
    within(burst(&case(true)), 1663.0, 0.25);
    within(burst(&case(false)), 2003.0, 0.25);
    within(workload(&case(true)).sustained.throughput_mb_per_s.unwrap().mid, 652.0, 0.10);
    within(workload(&case(false)).sustained.throughput_mb_per_s.unwrap().mid, 598.0, 0.10);
}

/// FSX-16: 1200 GiB at 250, one i7i.4xlarge, 8 jobs of direct 1 MiB at depth 32.
#[test]
fn fsx_16_one_target() {
    for (write, measured) in [(true, 534.0), (false, 530.0)] {
        let case = Case {
            capacity_gib: 1200,
            instance: Some("i7i.4xlarge"),
            write,
            processes: 8,
            queue_depth: 32,
            file_mib: 8192.0,
            ..Case::plain()
        };
        within(burst(&case), measured, 0.10);
    }
}

/// FSX-04: 38,400 GiB at 250 with EFA, one p6-b300, 8 jobs of direct 1 MiB at depth 32 on 8 GiB each.
#[test]
fn fsx_04_efa() {
    let case = Case {
        efa: true,
        capacity_gib: 38_400,
        interface: "EFA",
        instance: Some("p6-b300.48xlarge"),
        processes: 8,
        queue_depth: 32,
        file_mib: 8192.0,
        ..Case::plain()
    };
    within(burst(&Case { write: true, ..case.clone() }), 10_900.0, 0.10);
    within(burst(&Case { data_in: "server_cache", interface: "EFA_GDS", ..case.clone() }), 45_200.0, 0.10);
    within(burst(&Case { data_in: "server_cache", ..case }), 45_200.0, 0.10);
}

/// Share of hits after the first pass, by the share `f` of the working set that fits.
#[test]
fn hits_of_repeated_passes() {
    let mid = Assumptions::mid();
    for (f, permutation) in [(0.10, 0.005), (0.25, 0.034), (0.50, 0.153), (0.75, 0.403), (0.90, 0.670)] {
        assert!((later_hit_ratio(f, Order::Shuffled, &mid) - permutation).abs() < 5e-4, "{f}");
        assert_relative_eq!(later_hit_ratio(f, Order::Cyclic, &mid), 0.0);
        assert_relative_eq!(later_hit_ratio(f, Order::Independent, &mid), f);
    }
    for order in [Order::Shuffled, Order::Cyclic, Order::Independent] {
        assert_relative_eq!(later_hit_ratio(1.0, order, &mid), 1.0);
        assert_relative_eq!(later_hit_ratio(0.0, order, &mid), 0.0);
    }
}

/// 4 files on 6 targets, 16 on 16, 64 on 16, 256 on 16, 960 on 120. Of the first, two targets stay
/// empty: against all six the fullest has 1.5 times the mean.
#[test]
fn imbalance_of_files_laid_round_robin() {
    for (files, osts, over_all) in
        [(4, 6, 1.5), (16, 16, 1.0), (64, 16, 1.0), (256, 16, 1.0), (960, 120, 1.0), (20, 16, 1.6)]
    {
        let case = Case {
            capacity_gib: osts * 1200,
            credits: 0.0,
            layout: LayoutCase::Stripe(1, 1),
            clients: files,
            queue_depth: 32,
            ..Case::plain()
        };
        let got = workload(&case);
        let all = 1.2 * 250.0 * 1.05 * f64::from(osts);
        let work = f64::from(files) * 1024.0 * 1.048576;
        assert_relative_eq!(got.seconds.mid, work / all * over_all, max_relative = 2e-3);
    }
}
