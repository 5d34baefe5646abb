//! Advice and reservations: each is given where it should be, holds what it says, and stands in the documentation.

use std::fs;
use std::path::Path;

use fsx_model::estimate::estimate;
use fsx_model::finding::{Finding, Severity};
use fsx_model::scenario::{self, Scenario};
use serde_json::json;

use crate::case::{Case, LayoutCase};

/// A case for every code that no rule gives.
fn cases() -> Vec<(&'static str, Case)> {
    let efa = || Case { efa: true, capacity_gib: 19_200, ..Case::plain() };
    let many = || Case { processes: 64, layout: LayoutCase::Stripe(-1, 1), ..Case::plain() };
    vec![
        ("FSX-ADVICE-STRIPE", Case { queue_depth: 64, layout: LayoutCase::Stripe(1, 1), ..Case::plain() }),
        ("FSX-ADVICE-CONCURRENCY", Case { layout: LayoutCase::Stripe(-1, 1), ..Case::plain() }),
        ("FSX-ADVICE-ZONE", Case { same_zone: false, ..Case::plain() }),
        ("FSX-ADVICE-EFA-CLIENTS", Case { instance: Some("p5.48xlarge"), queue_depth: 32, ..efa() }),
        ("FSX-ADVICE-CLIENTS", Case { gbps: Some(1.0), ..many() }),
        ("FSX-ADVICE-LZ4", Case { ratio: 2.0, ..many() }),
        ("FSX-ADVICE-TIER", many()),
        ("FSX-ADVICE-CAPACITY", Case { deployment: "SCRATCH_2", tier: None, ..many() }),
        ("FSX-ENA-PER-SERVER", Case { tier: Some(1000), ..many() }),
        ("FSX-WORKLOAD-USABLE", Case { write: true, file_mib: 4_700_000.0, ..Case::plain() }),
        ("FSX-CACHE-SIZE", Case { data_in: "server_cache", file_mib: 1_000_000.0, ..Case::plain() }),
    ]
}

fn found(case: &Case, code: &str) -> Option<Finding> {
    estimate(&case.scenario()).unwrap().findings.into_iter().find(|finding| finding.code == code)
}

#[test]
fn each_is_given_where_it_should_be() {
    for (code, case) in cases() {
        let finding = found(&case, code).unwrap_or_else(|| panic!("{code} is not given"));
        assert!(!finding.message.is_empty() && !finding.fix.is_empty() && !finding.sources.is_empty(), "{finding:?}");
        assert!(finding.sources.iter().all(|id| fsx_model::catalog::source(id).is_some()), "{finding:?}");
        assert_eq!(finding.severity == Severity::Advice, code.starts_with("FSX-ADVICE-"));
    }
}

/// EFA comes in steps of 19,200 GiB at 250, so 48,000 GiB become 57,600; it needs a metadata configuration.
#[test]
fn large_file_systems_are_advised_efa() {
    let advised = |capacity_gib| found(&Case { capacity_gib, ..Case::plain() }, "FSX-ADVICE-EFA");
    assert_eq!(advised(38_400), None);
    let fix = advised(48_000).map(|finding| finding.fix);
    assert_eq!(fix.as_deref(), Some("true with storage_capacity_gib = 57600 and a metadata configuration"));
}

/// More streams than asked for: with the fix applied, the estimate is what the advice promised.
#[test]
fn advice_keeps_its_promise() {
    let case = Case { layout: LayoutCase::Stripe(-1, 1), ..Case::plain() };
    let advice = found(&case, "FSX-ADVICE-CONCURRENCY").unwrap();
    let followed = Case { queue_depth: advice.fix.parse().unwrap(), ..case };
    let then = estimate(&followed.scenario()).unwrap().workloads[0].sustained.throughput_mb_per_s.unwrap().mid;
    assert!(advice.message.contains(&fsx_model::finding::whole_number(then)), "{} but {then}", advice.message);
}

#[test]
fn each_code_stands_in_the_documentation() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let pages: String =
        fs::read_dir(docs).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
    for (code, _) in cases() {
        assert!(pages.contains(&format!("`{code}`")), "{code} is not documented");
    }
}

/// Striping small files over many targets costs more than it gives: AWS advises it from 1 GiB.
#[test]
fn small_files_are_not_advised_to_be_striped() {
    let case = |file_mib| Case { queue_depth: 64, file_mib, layout: LayoutCase::Stripe(1, 1), ..Case::plain() };
    assert_eq!(found(&case(50.0), "FSX-ADVICE-STRIPE"), None);
    assert!(found(&case(1024.0), "FSX-ADVICE-STRIPE").is_some());
}

/// Several processes on one file are answered, with the reservation that what they lose by it is not counted.
#[test]
fn processes_that_share_files_are_a_reservation() {
    let case = Case { processes: 8, files: Some(1), ..Case::plain() };
    assert!(found(&case, "FSX-FILES-SHARED").is_some());
    assert_eq!(found(&Case { files: Some(8), ..case.clone() }, "FSX-FILES-SHARED"), None);
    assert_eq!(found(&Case { shared_file: true, ..case }, "FSX-FILES-SHARED"), None);
}

/// Passes read from disk each time unless the scenario says otherwise; where nothing is said, `auto` is tried.
#[test]
fn later_passes_may_come_from_memory() {
    let mut scenario = Case { passes: 3, processes: 64, file_mib: 100.0, ..Case::plain() }.scenario();
    let advised = |scenario: &_| {
        estimate(scenario).unwrap().findings.into_iter().find(|finding| finding.code == "FSX-ADVICE-DATA-IN")
    };
    assert_eq!(advised(&scenario), None, "data_in is given");
    scenario.workloads[0].data_in = None;
    assert_eq!(advised(&scenario).map(|finding| finding.fix).as_deref(), Some("auto"));
}

/// 2,500 files of 64 KiB, opened one after the other, against the same bytes in two large files.
#[test]
fn small_files_are_advised_to_be_packed() {
    let scenario = |file_mib: f64, files: u32| {
        scenario::from_json::<Scenario>(
            &json!({
                "file_system": { "deployment_type": "SCRATCH_2", "storage_capacity_gib": 1200 },
                "workloads": [{ "file_size_mib": file_mib, "file_count": files }],
            })
            .to_string(),
        )
        .unwrap()
    };
    let found = |scenario: &Scenario| {
        estimate(scenario).unwrap().findings.into_iter().find(|finding| finding.code == "FSX-ADVICE-PACK")
    };
    let advice = found(&scenario(0.0625, 2500)).expect("worth it");
    assert!(advice.message.starts_with("packed into 2 files of 137 MiB"), "{}", advice.message);
    assert_eq!(found(&scenario(64.0, 2500)), None);
}
