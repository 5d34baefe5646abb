//! Predictions of the published measurements: what must hold of them, and that none is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use fsx_model::accuracy::{Accuracy, AccuracyQuery, PredictedRow, System, accuracy, calibration};
use fsx_model::catalog::{FAMILIES, FITTED};
use fsx_model::estimate;
use fsx_model::measured::Figure;
use fsx_model::observed::{observations, rows, training_runs};

static ALL: LazyLock<Accuracy> =
    LazyLock::new(|| accuracy(&AccuracyQuery { family: None }).expect("the data are sound"));

fn row(id: &str) -> &'static PredictedRow {
    ALL.rows.iter().find(|row| row.id == id).unwrap_or_else(|| panic!("{id} is missing"))
}

fn ratio(id: &str) -> f64 {
    row(id).predicted.mid / row(id).measured
}

#[test]
fn every_published_row_is_predicted_or_left_out_with_a_reason() {
    let published = rows().unwrap();
    assert_eq!(published.len(), 274);
    let predicted: BTreeSet<_> = ALL.rows.iter().map(|row| row.id.as_str()).collect();
    let excluded: BTreeSet<_> = ALL.excluded.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(predicted.len(), ALL.rows.len(), "no row twice");
    assert_eq!(excluded.len(), ALL.excluded.len(), "no row twice");
    for row in &published {
        assert!(predicted.contains(row.id.as_str()) != excluded.contains(row.id.as_str()), "{}", row.id);
    }
    let of_mlperf = training_runs().unwrap().iter().filter(|run| run.id.starts_with("MLPS-")).count();
    assert_eq!(of_mlperf, 20);
    assert_eq!(predicted.len() + excluded.len(), 274 + of_mlperf);
    assert!(ALL.excluded.iter().all(|it| it.reason.len() > 20));
    let fsx = published.iter().filter(|row| row.id.starts_with("FSX-"));
    let lost = fsx.filter(|row| excluded.contains(row.id.as_str())).count();
    assert_eq!(lost, 31, "rows of FSx that cannot be expressed");
}

/// Leave-one-case-out, rows of grade A and B without the families that no formula follows.
#[test]
fn predictions_hold_for_cases_that_set_nothing() {
    let compared = &ALL.left_out.compared;
    assert!(compared.rows >= 50 && compared.cases >= 15, "{compared:?}");
    assert!(compared.median <= 0.12, "{compared:?}");
    assert!(compared.p90 <= libm::log(1.5), "{compared:?}");
    assert!((0.85..=0.97).contains(&compared.inside), "{compared:?}");
    assert!(compared.width <= 2.2, "{compared:?}");
    assert!(ALL.all.median <= 0.15 && ALL.left_out.all.median <= 0.15, "{:?}", ALL.all);
    let by_hand: Vec<_> = ALL
        .rows
        .iter()
        .filter(|row| row.system == System::Fsx && row.grade != "C")
        .filter(|row| !["counts", "low_concurrency_efa", "mapped", "application"].contains(&row.family))
        .collect();
    assert_eq!(by_hand.len(), compared.rows);
    let inside = by_hand.iter().filter(|row| row.inside_left_out.unwrap_or(row.inside)).count();
    assert!(
        (f64::from(u32::try_from(inside).unwrap())
            - compared.inside * f64::from(u32::try_from(compared.rows).unwrap()))
        .abs()
            < 1e-9
    );
}

#[test]
fn simpler_formulas_are_much_farther_off() {
    for baseline in [&ALL.baselines.ceilings, &ALL.baselines.provisioned] {
        assert!(baseline.model_median <= 0.25 * baseline.median, "{baseline:?}");
    }
    assert!(ALL.baselines.ceilings.rows >= 75);
}

#[test]
fn streaming() {
    for row in ALL.rows.iter().filter(|row| row.family == "sustained_streaming") {
        assert!((row.predicted.mid / row.measured - 1.0).abs() <= 0.15, "{}", row.id);
    }
    let burst = ["FSX-01", "FSX-16", "FSX-26", "FSX-31"];
    let streams = ALL.rows.iter().filter(|row| burst.contains(&row.case.as_str()) && row.workload.starts_with("seq"));
    let rows: Vec<_> = streams.collect();
    assert_eq!(rows.len(), 5 + 4 + 3 + 1);
    for row in rows {
        assert!((row.predicted.mid / row.measured - 1.0).abs() <= 0.25, "{}", row.id);
    }
}

#[test]
fn training_runs_of_mlperf() {
    let identity = ALL.families.iter().find(|group| group.id == "training_identity").unwrap();
    assert_eq!((identity.rows, identity.inside), (20, 1.0));
    assert!(identity.median <= 0.02, "{identity:?}");
    // 36 × 7 × 146,600,628 bytes / 0.323 s × 0.935, printed as 96.7 GiB/s
    let run = row("MLPS-ddn-18-unet3d-h100");
    assert!((run.predicted.mid - 36.0 * 7.0 * 146.600_628 / 0.323 * 0.935).abs() < 1e-6);
    assert!((run.measured - 96.7 * 1_073.741_824).abs() < 1e-6);
    for id in ["ML-01.01", "ML-01.02"] {
        assert!((ratio(id) - 1.0).abs() < 0.03, "{id}");
    }
}

#[test]
fn no_case_carries_an_assumption_out_of_its_range() {
    assert!(ALL.assumptions.len() > 25);
    for it in &ALL.assumptions {
        let within = it.low <= it.least_without_a_case && it.most_without_a_case <= it.high;
        assert!(within && it.low <= it.fitted.mid && it.fitted.mid <= it.high, "{it:?}");
    }
}

/// The stored tables are what the measurements give.
#[test]
fn the_stored_fit_is_that_of_the_rows() {
    let now = calibration().unwrap();
    for (family, scatter) in FAMILIES.iter().zip(&now.scatters) {
        let stored = (family.s, family.rows as usize, family.cases as usize);
        let same = (scatter.s - stored.0).abs() < 0.0011 && (scatter.rows, scatter.cases) == (stored.1, stored.2);
        assert!(same, "{}: {scatter:?}, stored {stored:?}; run `cargo xtask fit`", family.id);
    }
    let fitted: BTreeMap<_, _> = now.fitted.iter().map(|it| (it.row.name, it)).collect();
    assert!(FITTED.len() > 10);
    for row in FITTED {
        let it = fitted[row.assumption];
        let near = |stored: f64, now: f64| (stored / now - 1.0).abs() < 0.006;
        let same = near(row.low, it.around[0]) && near(row.high, it.around[1]) && row.cases as usize == it.cases;
        assert!(same, "{}: {it:?}, stored {row:?}; run `cargo xtask fit`", row.assumption);
        assert!(it.cases >= 2, "{}: one case says nothing of others", row.assumption);
    }
}

/// A prediction is what `estimate` answers to the same scenario.
#[test]
fn predictions_are_estimates() {
    let (all, _) = observations().unwrap();
    let mut compared = 0;
    for it in all.iter().filter(|it| it.is_fsx && !it.figure.is_count()) {
        let answer = estimate::estimate(&it.scenario).unwrap_or_else(|error| panic!("{}: {error}", it.row.id));
        let got = &answer.workloads[0];
        let rate = |wanted: Figure| it.figure == wanted;
        let (sustained, burst) = (&got.sustained, got.burst.as_ref().map_or(&got.sustained, |burst| &burst.regime));
        let of = |regime: &estimate::Regime| match it.figure {
            Figure::ThroughputMbPerS => regime.throughput_mb_per_s.unwrap().mid,
            Figure::OperationsPerS => regime.operations_per_s.mid,
            Figure::LatencyMs => regime.latency_ms.mid,
            _ => got.seconds.mid,
        };
        let said = row(&it.row.id).predicted.mid;
        if rate(Figure::FilesPerS) {
            let files = it.scenario.workloads[0].file_count.unwrap().get();
            assert!((said * got.seconds.mid / files - 1.0).abs() < 1e-9, "{}", it.row.id);
        } else {
            let near = |value: f64| (said / value - 1.0).abs() < 1e-12;
            assert!(near(of(sustained)) || near(of(burst)), "{}: {said}", it.row.id);
        }
        compared += 1;
    }
    assert_eq!(compared, ALL.all.rows);
}

/// What a source leaves open widens an interval, and never moves the prediction.
#[test]
fn open_fields_widen_intervals() {
    use fsx_model::catalog::Assumptions;
    let (all, _) = observations().unwrap();
    let mid = Assumptions::mid();
    let mut open = 0;
    for it in all.iter().filter(|it| !it.open.is_empty()) {
        let (with, without) = (it.predict(&mid).unwrap(), it.question.predict(&mid).unwrap());
        assert_eq!(with.mid, without.mid, "{}", it.row.id);
        assert!(with.variance >= without.variance, "{}", it.row.id);
        open += 1;
    }
    assert!(open >= 25);
}

#[test]
fn one_family_alone() {
    let one = accuracy(&AccuracyQuery { family: Some("metadata_warm".to_owned()) }).unwrap();
    assert!(one.rows.iter().all(|row| row.family == "metadata_warm") && one.excluded.is_empty());
    let in_all = ALL.families.iter().find(|group| group.id == "metadata_warm").unwrap();
    assert_eq!(one.families, std::slice::from_ref(in_all));
    let error = accuracy(&AccuracyQuery { family: Some("metadata_worm".to_owned()) }).unwrap_err();
    assert_eq!((error.findings[0].code, error.findings[0].fix.as_str()), ("INPUT-WORD", "metadata_warm"));
}
