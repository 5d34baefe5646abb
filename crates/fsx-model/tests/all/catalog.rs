//! The tables, against figures typed from AWS's pages and against their own shape.

use std::collections::BTreeSet;

use fsx_model::catalog::terms::{DeploymentType, Interface, StorageType};
use fsx_model::catalog::{self, *};
use fsx_model::estimate::estimate;
use fsx_model::rules;
use fsx_model::scenario::{self, Scenario};
use serde_json::json;

use DeploymentType::{Persistent1, Persistent2, Scratch1, Scratch2};
use StorageType::{Hdd, IntelligentTiering, Ssd};

#[test]
fn throughput_per_tib() {
    // type, class, tier; network base and burst; memory; disk base read and write; disk burst read and write
    type Row = (DeploymentType, StorageType, Option<i64>, [Option<f64>; 3], [f64; 2], Option<[f64; 2]>);
    let rows: [Row; 11] = [
        (Scratch1, Ssd, None, [None, None, None], [200.0, 200.0], None),
        (Scratch2, Ssd, None, [Some(200.0), Some(1300.0), Some(6.7)], [200.0, 100.0], None),
        (Persistent1, Ssd, Some(50), [Some(250.0), Some(1300.0), Some(2.2)], [50.0, 50.0], Some([240.0, 240.0])),
        (Persistent1, Ssd, Some(100), [Some(500.0), Some(1300.0), Some(4.4)], [100.0, 100.0], Some([240.0, 240.0])),
        (Persistent1, Ssd, Some(200), [Some(750.0), Some(1300.0), Some(8.8)], [200.0, 200.0], Some([240.0, 240.0])),
        (Persistent1, Hdd, Some(12), [Some(40.0), Some(375.0), Some(0.4)], [12.0, 12.0], Some([80.0, 50.0])),
        (Persistent1, Hdd, Some(40), [Some(150.0), Some(1300.0), Some(1.5)], [40.0, 40.0], Some([250.0, 150.0])),
        (Persistent2, Ssd, Some(125), [Some(320.0), Some(1300.0), Some(3.4)], [125.0, 125.0], Some([500.0, 500.0])),
        (Persistent2, Ssd, Some(250), [Some(640.0), Some(1300.0), Some(6.8)], [250.0, 250.0], Some([500.0, 500.0])),
        (Persistent2, Ssd, Some(500), [Some(1300.0), None, Some(13.7)], [500.0, 500.0], None),
        (Persistent2, Ssd, Some(1000), [Some(2600.0), None, Some(27.3)], [1000.0, 1000.0], None),
    ];
    for (deployment, storage, tier, [base, burst, memory], [read, write], disk_burst) in rows {
        let row = throughput_tier(deployment, storage, tier).unwrap();
        assert_eq!(
            [row.network_baseline_mb_per_s_per_tib, row.network_burst_mb_per_s_per_tib, row.memory_gib_per_tib],
            [base, burst, memory]
        );
        assert_eq!([row.disk_read_baseline_mb_per_s_per_tib, row.disk_write_baseline_mb_per_s_per_tib], [read, write]);
        let got = row.disk_read_burst_mb_per_s_per_tib.zip(row.disk_write_burst_mb_per_s_per_tib);
        assert_eq!(got, disk_burst.map(|[read, write]| (read, write)), "{deployment} {tier:?}");
    }
    assert_eq!(THROUGHPUT.iter().filter(|row| row.basis == "storage").count(), 11);
    let cache = |tier: u32| {
        THROUGHPUT
            .iter()
            .find(|row| row.basis == "ssd_read_cache" && row.per_unit_storage_throughput == Some(tier))
            .unwrap()
    };
    assert_eq!(
        (cache(12).network_baseline_mb_per_s_per_tib, cache(12).network_burst_mb_per_s_per_tib),
        (Some(200.0), Some(1900.0))
    );
    assert_eq!(
        (cache(40).network_baseline_mb_per_s_per_tib, cache(40).network_burst_mb_per_s_per_tib),
        (Some(750.0), Some(6500.0))
    );
    assert!(throughput_tier(Persistent2, Ssd, Some(200)).is_none());
    assert!(throughput_tier(Persistent2, Hdd, Some(12)).is_none());
}

#[test]
fn sizes_and_servers() {
    type Row = (DeploymentType, StorageType, Option<i64>, bool, &'static [u32], u32, Option<u32>, f64, Option<f64>);
    let small: &[u32] = &[1200];
    let rows: [Row; 10] = [
        (Scratch1, Ssd, None, false, &[1200, 2400], 3600, None, 3600.0, Some(1200.0)),
        (Scratch2, Ssd, None, false, small, 2400, None, 2400.0, Some(1200.0)),
        (Persistent1, Ssd, Some(50), false, small, 2400, Some(604_800), 2400.0, Some(1200.0)),
        (Persistent1, Hdd, Some(12), false, &[], 6000, Some(1_002_000), 6000.0, None),
        (Persistent1, Hdd, Some(40), false, &[], 1800, Some(1_002_000), 1800.0, None),
        (Persistent2, Ssd, Some(1000), false, small, 2400, Some(1_200_000), 2400.0, Some(1200.0)),
        (Persistent2, Ssd, Some(125), true, &[], 38_400, Some(1_200_000), 38_400.0, None),
        (Persistent2, Ssd, Some(250), true, &[], 19_200, Some(1_200_000), 19_200.0, None),
        (Persistent2, Ssd, Some(500), true, &[], 9600, Some(1_200_000), 9600.0, None),
        (Persistent2, Ssd, Some(1000), true, &[], 4800, Some(1_200_000), 4800.0, None),
    ];
    for (deployment, storage, tier, efa, small, step, most, per_server, target) in rows {
        let size = size_rule(deployment, storage, tier, efa).unwrap();
        assert_eq!(
            (size.small_sizes_gib, size.step_gib, size.maximum_gib),
            (small, Some(step), most),
            "{deployment} {tier:?}"
        );
        let server = server_rule(deployment, storage, tier, efa).unwrap();
        assert_eq!((server.storage_per_oss_gib, server.ost_gib), (Some(per_server), target), "{deployment} {tier:?}");
    }
    let elastic = server_rule(Persistent2, IntelligentTiering, None, false).unwrap();
    assert_eq!(elastic.throughput_per_oss_mb_per_s, Some(4000.0));
}

#[test]
fn metadata_tables() {
    let values = |storage| METADATA_VALUES.iter().filter(move |row| row.storage_type == storage).map(|row| row.iops);
    let ssd: Vec<_> = [1500, 3000, 6000].into_iter().chain((1..=16).map(|n| n * 12_000)).collect();
    assert_eq!(values(Ssd).collect::<Vec<_>>(), ssd);
    assert_eq!(values(IntelligentTiering).collect::<Vec<_>>(), [6000, 12_000]);
    let rates: Vec<_> = METADATA_OPERATIONS.iter().map(|row| (row.operation, row.operations_per_iops)).collect();
    assert_eq!(rates, [("create", 2.0), ("delete", 1.0), ("mkdir", 0.1), ("rename", 0.1), ("rmdir", 0.2)]);
    let automatic: Vec<_> = METADATA_AUTOMATIC.iter().map(|row| (row.from_gib, row.iops, row.per_gib)).collect();
    let steps = [(1200, 1500), (2400, 3000), (4800, 6000), (12_000, 12_000), (48_000, 12_000)];
    assert_eq!(automatic, steps.map(|(from, iops)| (from, iops, (from == 48_000).then_some(24_000))));
    assert_eq!((figures::METADATA_IOPS_PER_MDS.value, figures::METADATA_IOPS_MAX.value), (12_000.0, 192_000.0));
}

#[test]
fn limits_of_clients() {
    let most = |efa, interface| {
        let row = CLIENT_LIMITS.iter().find(|row| row.file_system_efa == efa && row.interface == interface).unwrap();
        (row.maximum_gbps, row.per_oss_gbps)
    };
    assert_eq!(most(false, Interface::Ena), (100.0, Some(5.0)));
    assert_eq!(most(false, Interface::Efa), (100.0, Some(5.0)));
    assert_eq!(most(true, Interface::Ena), (100.0, Some(5.0)));
    assert_eq!(most(true, Interface::EnaExpress), (100.0, None));
    assert_eq!(most(true, Interface::Efa), (700.0, None));
    assert_eq!(most(true, Interface::EfaGds), (1200.0, None));
    assert_eq!((figures::EFA_CONNECTIONS_MAX.value, figures::EFA_NITRO_VERSION_MIN.value), (1024.0, 4.0));
}

#[test]
fn layouts_by_date() {
    let of = |before: Option<&str>| -> Vec<_> {
        LAYOUTS.iter().filter(|row| row.created_before == before).map(|row| (row.end_mib, row.stripe_count)).collect()
    };
    assert_eq!(of(Some("2020-12-18")), [(None, 1)]);
    assert_eq!(of(Some("2023-08-25")), [(Some(1024), 1), (None, 5)]);
    assert_eq!(of(None), [(Some(100), 1), (Some(10_240), 8), (Some(102_400), 16), (None, 32)]);
    assert_eq!(figures::DEFAULT_STRIPE_SIZE_MIB.value, 1.0);
}

#[test]
fn instances() {
    // vCPUs, GiB, Gbit/s base and burst, EFA interfaces, Nitro, accepted by FSx, interfaces bound, GDS
    type Row = (&'static str, u32, f64, f64, f64, u32, u32, bool, u32, bool);
    let rows: [Row; 12] = [
        ("p5.48xlarge", 192, 2048.0, 3200.0, 3200.0, 32, 4, true, 8, true),
        ("p5e.48xlarge", 192, 2048.0, 3200.0, 3200.0, 32, 4, true, 8, true),
        ("p5en.48xlarge", 192, 2048.0, 3200.0, 3200.0, 16, 5, true, 8, true),
        ("p5.4xlarge", 16, 256.0, 100.0, 100.0, 1, 4, true, 1, true),
        ("p6-b300.48xlarge", 192, 4096.0, 6400.0, 6400.0, 16, 6, true, 16, true),
        ("p4d.24xlarge", 96, 1152.0, 400.0, 400.0, 4, 3, false, 0, false),
        ("p3dn.24xlarge", 96, 768.0, 100.0, 100.0, 1, 3, false, 0, false),
        ("trn2.48xlarge", 192, 2048.0, 3200.0, 3200.0, 16, 5, false, 0, false),
        ("g6e.48xlarge", 192, 1536.0, 400.0, 400.0, 4, 4, true, 4, false),
        ("hpc7a.96xlarge", 192, 768.0, 300.0, 300.0, 2, 4, true, 2, false),
        ("c7gn.16xlarge", 64, 128.0, 200.0, 200.0, 1, 5, true, 1, false),
        ("c5n.18xlarge", 72, 192.0, 100.0, 100.0, 1, 3, false, 0, false),
    ];
    for (name, vcpus, memory, base, burst, interfaces, nitro, accepted, bound, gds) in rows {
        let row = instance(name).unwrap();
        assert!(row.checked, "{name}");
        assert_eq!((row.vcpus, row.memory_gib), (vcpus, memory), "{name}");
        assert_eq!((row.network_baseline_gbps, row.network_burst_gbps), (Some(base), Some(burst)), "{name}");
        assert_eq!((row.efa_interfaces, row.nitro_version), (Some(interfaces), Some(nitro)), "{name}");
        assert_eq!(
            (row.fsx_efa_eligible, row.fsx_default_efa_interfaces, row.gds),
            (Some(accepted), Some(bound), Some(gds)),
            "{name}"
        );
    }
    let line = |name| instance(name).and_then(|row| row.network_baseline_gbps.zip(row.network_burst_gbps)).unwrap();
    assert_eq!((line("i7i.4xlarge"), line("m5.large")), ((9.375, 25.0), (0.75, 10.0)));
    assert_eq!(line("c6in.16xlarge"), (100.0, 100.0));
    assert_eq!(line("g6e.48xlarge"), (400.0, 400.0), "the checked row, not the 1600 of its four cards");
}

#[test]
fn list_of_instances() {
    assert!(INSTANCES.len() >= 1263, "{}", INSTANCES.len());
    let names: BTreeSet<_> = INSTANCES.iter().map(|row| row.instance_type).collect();
    assert_eq!(names.len(), INSTANCES.len(), "each name once");
    let checked = INSTANCES.iter().take_while(|row| row.checked).count();
    assert_eq!(checked, INSTANCES.iter().filter(|row| row.checked).count(), "the checked ones first");
    assert_eq!(checked, 152);
    for row in INSTANCES.iter() {
        assert_eq!(instance(row.instance_type), Some(row));
        assert!(row.vcpus > 0 && row.memory_gib > 0.0, "{}", row.instance_type);
        if let (Some(base), Some(burst)) = (row.network_baseline_gbps, row.network_burst_gbps) {
            assert!(0.0 < base && base <= burst, "{}", row.instance_type);
        }
        if row.fsx_efa_eligible == Some(true) {
            assert!(row.efa && row.nitro_version.is_none_or(|nitro| nitro >= 4), "{}", row.instance_type);
            assert!(!row.instance_type.starts_with("trn2"));
        }
        if let (Some(bound), Some(all)) = (row.fsx_default_efa_interfaces, row.efa_interfaces) {
            assert!(bound <= all, "{}", row.instance_type);
        }
    }
    assert_eq!(instance("p5.49xlarge"), None);
}

#[test]
fn places_with_a_lower_burst() {
    let codes = [
        "af-south-1",
        "ap-east-1",
        "ap-northeast-3",
        "ap-southeast-1",
        "ca-central-1",
        "eu-central-1",
        "eu-west-2",
        "eu-south-1",
        "eu-north-1",
        "me-south-1",
        "sa-east-1",
        "cn-north-1",
        "cn-northwest-1",
        "us-west-2-lax-1",
    ];
    assert_eq!(BURST_EXCEPTIONS.len(), 13);
    let listed: BTreeSet<_> =
        BURST_EXCEPTIONS.iter().filter_map(|row| row.region).flat_map(str::split_whitespace).collect();
    assert_eq!(listed, codes.into_iter().collect());
    assert!(BURST_EXCEPTIONS.iter().all(|row| row.network_burst_mb_per_s_per_tib == 530));
    let lowered: BTreeSet<_> = REGIONS.iter().filter(|row| row.network_burst_lowered).map(|row| row.region).collect();
    assert_eq!(lowered, codes.into_iter().collect());
    let burst = |region: &str, deployment: &str, tier: u32| {
        let text = json!({"region": region, "file_system": {
            "deployment_type": deployment, "storage_capacity_gib": 2400, "per_unit_storage_throughput": tier,
        }});
        let scenario: Scenario = scenario::from_json(&text.to_string()).unwrap();
        estimate(&scenario).unwrap().file_system.network_burst_mb_per_s.unwrap()
    };
    for code in codes {
        for tier in [50, 100] {
            assert!((burst(code, "PERSISTENT_1", tier) - 530.0 * 2.4).abs() < 1e-9, "{code} at {tier}");
        }
    }
    assert!((burst("us-east-1", "PERSISTENT_1", 50) - 1300.0 * 2.4).abs() < 1e-9);
    assert!((burst("eu-west-1", "PERSISTENT_1", 50) - 1300.0 * 2.4).abs() < 1e-9);
}

#[test]
fn assumptions() {
    for number in 1..=47 {
        let name = format!("A{number}");
        assert!(ASSUMPTIONS.iter().any(|row| row.number == name), "{name} is missing");
    }
    // number, id, low, mid, high, typed anew
    let rows = [
        ("A1", "ena_latency", 0.45, 0.7, 2.8),
        ("A2", "ena_latency_per_mib", 0.5, 1.1, 1.7),
        ("A3", "efa_latency", 0.65, 1.5, 3.2),
        ("A4", "efa_latency_per_mib", 0.05, 0.12, 0.3),
        ("A5", "buffered_read_stream", 400.0, 780.0, 2000.0),
        ("A6", "buffered_write_stream", 350.0, 490.0, 1500.0),
        ("A7", "buffered_requests_in_flight", 4.0, 8.0, 16.0),
        ("A8", "tcp_efficiency", 0.52, 0.75, 0.88),
        ("A9", "path_limit_gbps", 5.0, 10.0, 100.0),
        ("A10", "disk_burst_delivered", 0.68, 0.85, 1.0),
        ("A11", "disk_baseline_delivered", 0.92, 1.05, 1.17),
        ("A12", "network_burst_delivered", 0.75, 0.91, 1.0),
        ("A13", "efa_network_burst", 0.0, 1.0, 1.0),
        ("A14", "efa_write_disk_burst", 0.0, 0.0, 1.0),
        ("A15", "burst_reservoir", 2.0, 20.0, 240.0),
        ("A28", "cross_zone_latency", 1.0, 10.0, 12.0),
        ("A36", "ssd_ost_iops", 2000.0, 8000.0, 20_000.0),
        ("A38", "efa_server_network_burst", 100.0, 200.0, 400.0),
        ("A45", "osts_per_server", 1.0, 1.0, 2.0),
    ];
    for (number, name, low, mid, high) in rows {
        let row = assumption(name).unwrap();
        assert_eq!((row.number, row.low, row.mid, row.high), (number, low, mid, high), "{name}");
    }
    let names: BTreeSet<_> = ASSUMPTIONS.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), ASSUMPTIONS.len());
    for row in &ASSUMPTIONS {
        assert!(row.low <= row.mid && row.mid <= row.high && row.high.is_finite(), "{}", row.name);
        let [low, high] = row.ends;
        assert!(row.low <= low && low <= row.mid && row.mid <= high && high <= row.high, "{}: ends", row.name);
        assert_eq!(row.share.is_some(), row.law == Law::Flag, "{}: a share is for switches", row.name);
        assert!(row.law != Law::LogTriangular || row.low > 0.0, "{}: a logarithm needs a positive end", row.name);
        assert!(
            row.law != Law::Fixed || !row.in_interval || row.low == row.high,
            "{}: fixed, yet with a range",
            row.name
        );
        assert!(row.cases == 0 || !row.evidence.is_empty(), "{}: cases without evidence", row.name);
        for id in row.evidence {
            assert!(EVIDENCE.iter().any(|case| case.id == *id), "{} rests on {id}, which is not there", row.name);
        }
        assert_eq!(ASSUMPTIONS[row.id as usize].name, row.name);
    }
}

#[test]
fn every_table_has_sources_dates_and_rows_of_its_width() {
    let date = |text: &str| {
        let digits = |text: &str, len| text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit());
        let parts: Vec<_> = text.split('-').collect();
        (1..=3).contains(&parts.len()) && digits(parts[0], 4) && parts[1..].iter().all(|part| digits(part, 2))
    };
    assert!(TABLES.len() >= 15);
    for table in TABLES {
        assert!(table.len > 0, "{} is empty", table.name);
        assert!(catalog::table(table.name).is_some());
        let place = |name: &str| table.columns.iter().position(|column| column.name == name);
        for i in 0..table.len {
            let cells = (table.row)(i);
            assert_eq!(cells.len(), table.columns.len(), "{} row {i}", table.name);
            if let Some(at) = place("source_id") {
                let Cell::Text(ids) = cells[at] else { panic!("{} row {i} has no source", table.name) };
                assert!(ids.split_whitespace().count() > 0, "{} row {i}", table.name);
                for id in ids.split_whitespace() {
                    assert!(source(id).is_some(), "{} row {i}: no source {id}", table.name);
                }
                assert!(matches!(cells[place("status").unwrap()], Cell::Text(status) if !status.is_empty()));
            }
            if let Some(at) = place("as_of") {
                assert!(matches!(cells[at], Cell::Text(text) if date(text)), "{} row {i}: {:?}", table.name, cells[at]);
            }
        }
        assert!((table.row)(table.len).is_empty(), "{}: a row beyond the last", table.name);
    }
    assert!(date(CATALOG_DATE));
    let ids: BTreeSet<_> = SOURCES.iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), SOURCES.len());
    for rule in rules::rules() {
        assert!(!rule.sources.is_empty() && rule.sources.iter().all(|id| source(id).is_some()), "{}", rule.code);
    }
    for rule in FAMILY_RULES {
        assert!(FAMILIES.iter().any(|family| family.id == rule.family), "{}", rule.family);
    }
}
