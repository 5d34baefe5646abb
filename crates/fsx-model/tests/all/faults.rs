//! What the core does wrong today; each test says what is right. They fail until the core is mended.

use approx::assert_relative_eq;
use fsx_model::estimate::{self, WorkloadEstimate};
use fsx_model::finding::Finding;
use fsx_model::rules;
use fsx_model::scenario::{self, Scenario};

use crate::case::{Case, LayoutCase};

fn workload(case: &Case) -> WorkloadEstimate {
    estimate::estimate(&case.scenario()).unwrap_or_else(|error| panic!("{error}")).workloads.remove(0)
}

/// Twenty files on sixteen targets, two at a time: no target is ever busier than the two in use, so the fullest one
/// costs nothing. The imbalance belongs to the rate over all targets (`docs/layout.md`), not to that of the touched ones.
#[test]
fn few_streams_over_many_files_do_not_wait_for_the_fullest_target() {
    let case = Case {
        tier: Some(500),
        capacity_gib: 19_200,
        layout: LayoutCase::Stripe(1, 1),
        processes: 2,
        queue_depth: 32,
        files: Some(20),
        ..Case::plain()
    };
    let got = workload(&case);
    let work = 20.0 * 1024.0 * 1.048576;
    assert_relative_eq!(got.seconds.mid, work / got.sustained.throughput_mb_per_s.unwrap().mid, max_relative = 1e-6);
}

/// A hundred files lie on all forty targets, so all servers' memory holds them, however few are open at once: 1310 GiB
/// of memory hold 100 GiB. Every pass but the first comes from memory.
#[test]
fn the_cache_counts_the_servers_of_all_files_not_of_the_open_ones() {
    let case = |processes| Case {
        tier: Some(1000),
        capacity_gib: 48_000,
        layout: LayoutCase::Stripe(1, 1),
        processes,
        files: Some(100),
        passes: 1000,
        order: "cyclic",
        data_in: "auto",
        ..Case::plain()
    };
    let disk = |case: &Case| {
        let got = workload(case).limits;
        got.iter().find(|limit| limit.id.as_str() == "disk_throughput").map(|limit| limit.sustained.value)
    };
    assert_relative_eq!(disk(&case(1)).unwrap(), disk(&case(100)).unwrap(), max_relative = 1e-6);
}

/// `burst_reservoir` is "the time at full burst that a full one lasts", and base is base × A11 (`docs/burst.md`): at just
/// the published burst it has to last just that time.
#[test]
fn a_full_reservoir_lasts_its_time_at_full_burst() {
    let case = Case {
        layout: LayoutCase::Stripe(-1, 1),
        clients: 50,
        queue_depth: 32,
        assumed: [("disk_burst_delivered", 1.0), ("burst_reservoir", 20.0)].into(),
        ..Case::plain()
    };
    let burst = workload(&case).burst.expect("it bursts");
    assert_relative_eq!(burst.regime.throughput_mb_per_s.unwrap().mid, 2400.0, max_relative = 1e-6);
    assert_relative_eq!(burst.lasts_s.expect("it ends").mid, 1200.0, max_relative = 1e-3);
}

fn refused(text: &str) -> Vec<Finding> {
    scenario::from_json::<Scenario>(text).expect_err(text).findings
}

/// A list is no table and a table no word, in JSON as in TOML (serde reads structs from lists and words from tables).
#[test]
fn lists_for_tables_and_tables_for_words_are_refused() {
    refused(
        r#"[null, {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 1200}, null, null, {}, [], [], null, {}]"#,
    );
    refused(r#"{"file_system": {"deployment_type": {"SCRATCH_2": null}, "storage_capacity_gib": 1200}}"#);
    refused(
        r#"{"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 1200}, "clients": [[null, null, 4, null, null, null, null]]}"#,
    );
}

/// `null` in a list or table that may be left out: left out too, or refused with the path; not a fault without a place.
#[test]
fn nothing_in_place_of_a_list_has_a_path() {
    for name in ["workloads", "clients", "assumptions", "jobs"] {
        let text = format!(
            r#"{{"file_system": {{"deployment_type": "SCRATCH_2", "storage_capacity_gib": 1200}}, "{name}": null}}"#
        );
        if let Err(error) = scenario::from_json::<Scenario>(&text) {
            assert_eq!(error.findings[0].field, name);
        }
    }
}

/// Faults without a path although the place is known: a whole number just beyond 2^53, a key given twice.
#[test]
fn a_number_beyond_2_53_has_a_path() {
    let found =
        refused(r#"{"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 9007199254740993}}"#);
    assert_eq!(found[0].field, "file_system.storage_capacity_gib");
}

/// An override given twice is as wrong as any field given twice.
#[test]
fn an_assumption_given_twice_is_refused() {
    refused(
        r#"{"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 1200},
            "assumptions": {"tcp_efficiency": 0.5, "tcp_efficiency": 0.6}}"#,
    );
}

/// A megabyte of faults is no reason for a hundred megabytes of findings: some hundred and a count of the rest.
#[test]
fn the_number_of_findings_is_bounded() {
    let links = format!(r#"{{"file_system": {{"data_repository_associations": [{}{{}}]}}}}"#, "{},".repeat(20_000));
    assert!(refused(&links).len() <= 1000);
    let keys: String = (0..2000).map(|i| format!(r#""k{i}": 1,"#)).collect();
    let scenario: Scenario = scenario::from_json(&format!(
        r#"{{"file_system": {{"deployment_type": "SCRATCH_2", "storage_capacity_gib": 1200}}, "assumptions": {{{keys} "k": 1}}}}"#
    ))
    .unwrap();
    assert!(rules::check(&scenario).len() <= 1000);
}

/// "eOF while parsing a value": an acronym is not put in lower case.
#[test]
fn messages_of_the_parser_keep_their_acronyms() {
    assert!(!refused("")[0].message.starts_with("eOF"));
}

/// One file of 1 GiB at random: 100 MiB lie on one target, 924 MiB on all six. The fullest target holds
/// 100 + 924 / 6 = 254 MiB of it, not the whole file: the imbalance is the sum of share × imbalance, not the largest.
#[test]
fn random_access_to_a_progressive_layout_does_not_wait_for_one_target_to_serve_it_all() {
    let case = Case {
        deployment: "SCRATCH_1",
        tier: None,
        capacity_gib: 7200,
        random: true,
        queue_depth: 32,
        ..Case::plain()
    };
    let got = workload(&case);
    let one = 1.2 * 200.0 * 1.05;
    let fullest = (100.0 + 924.0 / 6.0) * 1.048576 / one;
    let at_rate = 1024.0 * 1.048576 / got.sustained.throughput_mb_per_s.unwrap().mid;
    assert_relative_eq!(got.seconds.mid, at_rate.max(fullest), max_relative = 0.01);
}

/// PERSISTENT_1 at 200 has a network base of 750, above the 530 of the thirteen places: a burst is never below its base
/// ("whatever bursts: burst rate = max(burst, sustained)").
#[test]
fn a_lowered_network_burst_is_not_below_the_base() {
    let case = Case { region: "eu-central-1", deployment: "PERSISTENT_1", tier: Some(200), ..Case::plain() };
    let got = estimate::estimate(&case.scenario()).unwrap().file_system;
    assert!(got.network_burst_mb_per_s >= got.network_baseline_mb_per_s, "{got:?}");
}

/// "Burst is never slower than sustained" (contract, rule 6), not even by rounding: one request at a time takes the same
/// in both, however its time is cut into delay and service.
#[test]
fn a_burst_is_not_slower_by_a_rounding() {
    for kib in 1..=1024 {
        let case = Case { io_kib: f64::from(kib), layout: LayoutCase::Stripe(1, 1), ..Case::plain() };
        let got = workload(&case);
        let (fast, slow) = (
            got.burst.unwrap().regime.throughput_mb_per_s.unwrap().mid,
            got.sustained.throughput_mb_per_s.unwrap().mid,
        );
        assert!(fast >= slow, "{fast} under {slow} at {kib} KiB");
    }
}

/// 41 files of 90 MiB at an offered 100 MB/s take 38.7 s: the fullest of forty targets is far from its limit.
#[test]
fn a_rate_limit_is_not_stretched_by_the_fullest_target() {
    let case = Case {
        capacity_gib: 48_000,
        direct: false,
        clients: 64,
        processes: 8,
        file_mib: 90.0,
        files: Some(41),
        rate_limit: Some(100.0),
        ..Case::plain()
    };
    let seconds = workload(&case).seconds;
    let least = 41.0 * 90.0 * 1.048576 / 100.0;
    assert_relative_eq!(seconds.mid, least, max_relative = 1e-9);
    assert!(seconds.low >= least * (1.0 - 1e-9), "{seconds:?}");
}

/// A small buffered file waits for one direct request, so that is what its limit rests on.
#[test]
fn a_small_buffered_file_cites_what_decides() {
    let case = Case { direct: false, file_mib: 0.1, files: Some(1000), ..Case::plain() };
    let limits = workload(&case).limits;
    assert_eq!(limits[0].assumptions, ["ena_latency", "ena_latency_per_mib", "create_latency"]);
}

/// A 10 MiB file on one target is bound by that target's disk, not by its operations or network.
#[test]
fn a_narrow_layout_cites_its_narrowest_part_alone() {
    let case = Case { queue_depth: 64, file_mib: 10.0, ..Case::plain() };
    let limit = workload(&case).limits.into_iter().find(|limit| limit.id.as_str() == "stripe_width").unwrap();
    assert_eq!(limit.assumptions, ["disk_baseline_delivered", "disk_burst_delivered"]);
}

/// What the cache holds when files are shuffled is not known: the interval reaches well towards no hits at all.
#[test]
fn the_interval_covers_how_the_cache_replaces() {
    let case = Case {
        capacity_gib: 48_000,
        processes: 64,
        direct: false,
        clients: 8,
        files: Some(400),
        passes: 10,
        data_in: "auto",
        ..Case::plain()
    };
    let range = workload(&case).sustained.rate().0;
    assert!(range.high / range.low > 1.7, "{range:?}");
}
