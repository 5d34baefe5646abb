//! HDD, Intelligent-Tiering and metadata against the figures of the AWS guide and published runs.

use fsx_model::estimate::{self, Estimate, WorkloadEstimate};
use fsx_model::scenario::{self, Scenario};
use serde_json::{Value, json};

fn estimated(input: &Value) -> Estimate {
    let scenario: Scenario = scenario::from_json(&input.to_string()).expect("understood");
    estimate::estimate(&scenario).unwrap_or_else(|error| panic!("refused: {error}"))
}

fn workload(input: &Value) -> WorkloadEstimate {
    estimated(input).workloads.remove(0)
}

fn rate(answer: &WorkloadEstimate) -> f64 {
    answer.sustained.rate().0.mid
}

fn tiering(cache: &Value, clients: u32, load: &Value) -> Value {
    json!({
        "file_system": {
            "deployment_type": "PERSISTENT_2", "storage_type": "INTELLIGENT_TIERING", "throughput_capacity_mb_per_s": 8000,
            "metadata_configuration": {"mode": "USER_PROVISIONED", "iops": 6000}, "read_cache": cache,
            "layout": {"kind": "stripe", "count": -1},
        },
        "clients": {"count": clients},
        "workloads": [load],
    })
}

#[test]
fn intelligent_tiering_of_8000_mb_per_s() {
    let proportional = json!({"sizing_mode": "PROPORTIONAL_TO_THROUGHPUT_CAPACITY"});
    let load = |order: &str, file_size_mib: f64| json!({"processes_per_client": 8, "file_size_mib": file_size_mib, "data_in": "server_cache", "order": order});
    let figures = estimated(&tiering(&proportional, 1, &load("cyclic", 100.0))).file_system;
    assert_eq!((figures.oss_count, figures.network_baseline_mb_per_s), (2, Some(25_000.0)));
    assert!((figures.server_memory_gib.unwrap() - 143.05).abs() < 0.005, "153.6 GB");
    assert_eq!((figures.ssd_cache_gib, figures.usable_capacity_gib), (40_000.0, None));
    let from_ssd = rate(&workload(&tiering(&proportional, 64, &load("cyclic", 10_240.0))));
    assert!(from_ssd > 7999.999 && from_ssd <= 8000.0, "{from_ssd}");
    let from_memory = rate(&workload(&tiering(&proportional, 64, &load("cyclic", 100.0))));
    assert!(from_memory > 20_000.0 && from_memory <= 25_000.0, "{from_memory}");
}

/// 64 requests of 1 MiB, each tens of milliseconds to the first byte.
#[test]
fn reads_below_the_caches_of_intelligent_tiering() {
    let load = json!({"direct_io": true, "queue_depth": 64, "file_size_mib": 102_400});
    for cache in [json!({"sizing_mode": "NO_CACHE"}), json!({"sizing_mode": "USER_PROVISIONED", "size_gib": 64})] {
        let cold = rate(&workload(&tiering(&cache, 1, &load)));
        assert!((1700.0..2300.0).contains(&cold), "{cold}");
    }
}

#[test]
fn random_reads_of_hdd() {
    let input = |cache: &str, tier: u32, gib: u32| {
        json!({
            "file_system": {
                "deployment_type": "PERSISTENT_1", "storage_type": "HDD", "per_unit_storage_throughput": tier,
                "storage_capacity_gib": gib, "drive_cache_type": cache,
            },
            "workloads": [{
                "access": "random", "direct_io": true, "queue_depth": 256, "io_size_kib": 4, "data_in": if cache == "READ" { "server_cache" } else { "disk" },
            }],
        })
    };
    let spinning = workload(&input("NONE", 12, 6000)).sustained.operations_per_s;
    assert!(spinning.low > 200.0 && spinning.mid < 1500.0 && spinning.high < 2500.0, "{spinning:?}");
    let cached = workload(&input("READ", 12, 6000)).sustained.operations_per_s;
    assert!(cached.mid > 10_000.0, "{cached:?}");
    let figures = estimated(&input("READ", 40, 1800)).file_system;
    assert_eq!((figures.ssd_cache_gib, figures.oss_count), (360.0, 1));
    assert_eq!((figures.disk_read_burst_mb_per_s, figures.disk_write_burst_mb_per_s), (450.0, 270.0));
}

#[test]
fn metadata_ceilings() {
    for (iops, gib) in [(1500, 1200), (12_000, 1200), (192_000, 384_000)] {
        for (operation, each) in [("create", 2.0), ("delete", 1.0), ("mkdir", 0.1), ("rmdir", 0.2), ("rename", 0.1)] {
            let got = workload(&json!({
                "file_system": {
                    "deployment_type": "PERSISTENT_2", "storage_capacity_gib": gib, "per_unit_storage_throughput": 250,
                    "metadata_configuration": {"mode": "USER_PROVISIONED", "iops": iops},
                },
                "clients": {"count": 1000},
                "workloads": [{
                    "operation": operation, "processes_per_client": 64, "file_count": 1_000_000, "directories": 1000,
                }],
            }));
            let limit = got.limits.iter().find(|limit| limit.id.as_str() == "metadata").unwrap();
            assert!((limit.sustained.value / (f64::from(iops) * each) - 1.0).abs() < 1e-12, "{operation} at {iops}");
            assert!(rate(&got) <= limit.sustained.value && rate(&got) > 0.99 * limit.sustained.value);
        }
    }
}

/// Median of predicted over measured, whichever is larger.
fn median(rows: &[(f64, f64)]) -> f64 {
    let mut errors: Vec<_> = rows.iter().map(|(got, measured)| libm::exp(libm::log(got / measured).abs())).collect();
    errors.sort_by(f64::total_cmp);
    errors[errors.len() / 2]
}

fn small_system(deployment: &str, tier: Option<u32>, gib: u32) -> Value {
    let mut file_system = json!({"deployment_type": deployment, "storage_capacity_gib": gib});
    if let Some(tier) = tier {
        file_system["per_unit_storage_throughput"] = json!(tier);
    }
    file_system
}

fn on(file_system: &Value, load: &Value) -> WorkloadEstimate {
    workload(&json!({"file_system": file_system, "workloads": [load]}))
}

/// FSX-12 creates and deletes, FSX-19 small files, FSX-24 and FSX-28 walks: median within 15 %.
#[test]
fn creates_and_walks_that_were_published() {
    let mut rows = Vec::new();
    let systems = [small_system("PERSISTENT_1", Some(50), 1200), small_system("PERSISTENT_2", Some(125), 1200)];
    for (system, create, delete) in [(&systems[0], 7125.0, 8810.0), (&systems[1], 7159.0, 9118.0)] {
        for (operation, measured) in [("create", create), ("delete", delete)] {
            let load = json!({"operation": operation, "processes_per_client": 16, "file_count": 20_000});
            let got = rate(&on(system, &load));
            assert!(operation == "delete" || (got / measured - 1.0).abs() < 0.05, "{got} creates");
            rows.push((got, measured));
        }
    }
    let scratch = small_system("SCRATCH_2", None, 1200);
    for (files, directories, names_s, stat_s) in [(100_000.0, 781.0, 2.3, 16.0), (1e6, 9331.0, 25.0, 182.0)] {
        let walk = |operations: Value| {
            let load = json!({
                "operations": operations, "processes_per_client": 64, "file_count": files, "directories": directories,
            });
            on(&scratch, &load).seconds.mid
        };
        let per_file = directories / files;
        rows.push((walk(json!({"readdir": per_file})), names_s));
        rows.push((walk(json!({"readdir": per_file, "stat": 1})), stat_s));
    }
    let tree = json!({"operation": "readdir", "file_count": 415_814, "directories": 42_242});
    let serial = on(&small_system("PERSISTENT_1", Some(50), 7200), &tree).seconds.mid;
    rows.extend([47.373, 120.0, 70.6].map(|measured| (serial, measured)));
    let small = json!({
        "operation": "write", "file_size_mib": 10.0 / 1024.0, "io_size_kib": 10, "file_count": 1_000_000,
        "processes_per_client": 16,
    });
    rows.push((rate(&on(&small_system("PERSISTENT_2", Some(250), 1200), &small)) / (10.0 * 0.001024), 4441.0));
    assert!(median(&rows) < 1.15, "{rows:?}");
}

/// LUS-15, one metadata target from 1 to 128 nodes with its own ceilings: median within 15 %.
#[test]
fn the_curve_of_one_metadata_target() {
    let curve = |operation: &str, assumptions: Value, measured: &[f64]| {
        let row = |(i, measured): (usize, &f64)| {
            let clients = 1_u32 << i;
            let input = json!({
                "file_system": small_system("PERSISTENT_1", Some(50), 1200),
                "clients": {"count": clients},
                "workloads": [{
                    "operation": operation, "processes_per_client": 36, "file_count": 1_048_576, "directories": 36 * clients,
                }],
                "assumptions": assumptions,
            });
            (rate(&workload(&input)), *measured)
        };
        measured.iter().enumerate().map(row).collect::<Vec<_>>()
    };
    let creates =
        json!({"create_latency": 0.161, "metadata_modifying_in_flight": 1, "unconfigured_create_rate": 54_900});
    let stats = json!({"stat_latency": 0.094, "metadata_other_in_flight": 8, "unconfigured_stat_rate": 155_000});
    let removes =
        json!({"create_latency": 0.174, "metadata_modifying_in_flight": 1, "unconfigured_delete_rate": 31_600});
    let mut rows =
        curve("create", creates, &[5420.0, 12_980.0, 24_670.0, 38_700.0, 53_810.0, 51_710.0, 54_890.0, 43_130.0]);
    rows.extend(curve("stat", stats, &[85_000.0, 148_000.0, 160_000.0, 145_000.0, 157_000.0, 142_000.0]));
    rows.extend(curve("delete", removes, &[5750.0, 8530.0, 15_600.0, 24_800.0, 31_600.0, 30_400.0]));
    assert!(median(&rows) < 1.15, "{rows:?}");
}

/// Several passes: the first from the storage, later ones from what the caches hold; the time is that of both.
#[test]
fn passes_over_files_that_stay_in_memory() {
    let load =
        json!({"processes_per_client": 8, "file_size_mib": 100, "file_count": 1000, "data_in": "auto", "passes": 4});
    let got = workload(&tiering(&json!({"sizing_mode": "NO_CACHE"}), 64, &load));
    // 100,000 MiB at 8000 MB/s once, then three times from 143 GiB of memory at 25,000 MB/s
    let want = 104_857.6 * (1.0 / 8000.0 + 3.0 / 25_000.0);
    assert!((got.seconds.mid / want - 1.0).abs() < 0.02, "{} and {want}", got.seconds.mid);
}
