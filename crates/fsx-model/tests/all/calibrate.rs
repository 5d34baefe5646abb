//! Assumptions fitted to measurements: what was put in comes out, outliers do not pull, faults are named.

use fsx_model::calibrate::{CalibrateQuery, Calibrated, Residual, calibrate, from_csv, quantile, scatters};
use fsx_model::catalog::{Assumptions, FAMILIES};
use fsx_model::finding::{Error, ErrorKind};
use fsx_model::measured::{Figure, MeasuredRegime, Question, patched};
use fsx_model::scenario::{self, Scenario};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::case::config;

fn query(rows: &[Value], assumptions: &[&str]) -> CalibrateQuery {
    scenario::from_json(&json!({ "rows": rows, "assumptions": assumptions }).to_string()).expect("understood")
}

/// Direct readers of one I/O each on a large file system: their rate is that of their latency.
fn reader(io_kib: u32, processes: u32, assumed: &Value) -> Value {
    json!({
        "file_system": {
            "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 48_000, "per_unit_storage_throughput": 1000,
            "layout": { "kind": "stripe", "count": -1, "size_mib": 1 },
        },
        "clients": { "instance_type": "c6in.16xlarge" },
        "workloads": [{
            "direct_io": true, "access": "random", "io_size_kib": io_kib, "processes_per_client": processes,
            "file_size_mib": 10_240,
        }],
        "assumptions": assumed,
    })
}

fn predicted(scenario: &Value, figure: Figure) -> f64 {
    let scenario: Scenario = scenario::from_json(&scenario.to_string()).expect("understood");
    let question = Question::new(&scenario, 0, (figure, MeasuredRegime::Sustained), None).expect("legal");
    question.mid(&Assumptions::mid())
}

/// Measurements of a system whose latencies are as given, each a case of its own.
fn measured(latency: f64, per_mib: f64) -> Vec<Value> {
    let truth = json!({ "ena_latency": latency, "ena_latency_per_mib": per_mib });
    let mut rows = Vec::new();
    for io_kib in [4, 64, 256, 1024] {
        for processes in [1, 4] {
            let value = predicted(&reader(io_kib, processes, &truth), Figure::OperationsPerS);
            rows.push(json!({
                "scenario": reader(io_kib, processes, &json!({})), "figure": "operations_per_s", "measured": value,
            }));
        }
    }
    rows
}

fn after(answer: &Calibrated, id: &str) -> f64 {
    answer.assumptions.iter().find(|it| it.id == id).unwrap_or_else(|| panic!("{id} was not fitted")).after.mid
}

proptest! {
    #![proptest_config(ProptestConfig { cases: config().cases.min(24), ..config() })]

    /// Within the pull of the ranges, which are wider than what eight measurements leave.
    #[test]
    fn what_was_put_in_comes_out(latency in 0.5..1.5, per_mib in 0.8..1.6) {
        let answer = calibrate(&query(&measured(latency, per_mib), &["ena_latency", "ena_latency_per_mib"])).unwrap();
        prop_assert!(answer.converged);
        prop_assert!((after(&answer, "ena_latency") / latency - 1.0).abs() < 0.1, "{answer:?}");
        prop_assert!((after(&answer, "ena_latency_per_mib") / per_mib - 1.0).abs() < 0.15, "{answer:?}");
        let [before, after] = [&answer.before, &answer.after].map(|it| it.median);
        prop_assert!(after <= before && after < 0.05, "{before} to {after}");
        for it in &answer.assumptions {
            prop_assert!(it.before.low <= it.after.low && it.after.high <= it.before.high, "never surer by less: {it:?}");
        }
    }
}

/// Every case is predicted by others alone, also where so many are left out that several are so together.
#[test]
fn each_case_is_left_out() {
    for cases in [2, 64, 65, 130] {
        let scenario = reader(4, 1, &json!({}));
        let ms = |case: usize| if case == 0 { 2.0 } else { 0.7 };
        let row = |case: usize| json!({ "scenario": scenario, "figure": "latency_ms", "measured": ms(case) });
        let rows: Vec<_> = (0..cases).map(row).collect();
        let answer = calibrate(&query(&rows, &["ena_latency"])).expect("legal");
        let left_out = |place: usize| answer.rows[place].left_out.expect("there are several cases").mid;
        let by_others = calibrate(&query(&vec![row(1); 1], &["ena_latency"])).expect("legal");
        let least = by_others.rows[0].after.mid;
        assert!((left_out(0) / least - 1.0).abs() < 0.02, "{cases}: {} against {least}", left_out(0));
        assert!(left_out(1) > left_out(0), "{cases}");
    }
}

#[test]
fn an_outlier_hardly_pulls() {
    let ids = ["ena_latency", "ena_latency_per_mib"];
    let mut rows = measured(1.0, 1.2);
    let clean = calibrate(&query(&rows, &ids)).unwrap();
    let value = rows[2]["measured"].as_f64().unwrap();
    rows[2]["measured"] = json!(value * 20.0);
    let with = calibrate(&query(&rows, &ids)).unwrap();
    let moved = (after(&with, "ena_latency") / after(&clean, "ena_latency") - 1.0).abs();
    assert!(moved < 0.15, "moved by {moved}");
}

#[test]
fn rows_of_one_case_count_as_one() {
    let width = |rows: &[Value]| {
        let answer = calibrate(&query(rows, &["ena_latency"])).unwrap();
        let it = answer.assumptions.iter().find(|it| it.id == "ena_latency").unwrap().clone();
        (libm::log(it.after.high / it.after.low), it.cases)
    };
    let apart = measured(1.0, 1.1);
    let mut together = apart.clone();
    for row in &mut together {
        row["case"] = json!("one evening");
    }
    let ((apart, of), (together, one)) = (width(&apart), width(&together));
    assert!(of > 4 && one == 1);
    assert!(together > 1.3 * apart, "{together} and {apart}");
}

/// The table that is printed is one that a scenario takes, and gives the predictions of the fit.
#[test]
fn the_table_can_be_pasted() {
    let rows = measured(1.3, 1.5);
    let answer = calibrate(&query(&rows, &[])).unwrap();
    assert!(answer.toml.starts_with("[assumptions]\nena_latency = { low = "), "{}", answer.toml);
    let pasted: Value = toml::from_str(&answer.toml).unwrap();
    let scenario = patched(rows[0]["scenario"].clone(), "assumptions", &pasted["assumptions"]);
    let got = predicted(&scenario, Figure::OperationsPerS);
    assert!((got / answer.rows[0].after.mid - 1.0).abs() < 0.01);
    // a range keeps its part in the interval, a plain number has none
    let estimated = |scenario: &Value| {
        let scenario: Scenario = scenario::from_json(&scenario.to_string()).unwrap();
        let range = fsx_model::estimate::estimate(&scenario).unwrap().workloads[0].sustained.operations_per_s;
        range.high / range.low
    };
    let fixed = |id: &str| pasted["assumptions"][id]["mid"].clone();
    let plain = json!({ "ena_latency": fixed("ena_latency"), "ena_latency_per_mib": fixed("ena_latency_per_mib") });
    let plain = patched(rows[0]["scenario"].clone(), "assumptions", &plain);
    let untouched = estimated(&rows[0]["scenario"]);
    assert!(estimated(&plain) < estimated(&scenario) && estimated(&scenario) < untouched);
}

fn faults(result: Result<impl std::fmt::Debug, Error>) -> Vec<(String, &'static str)> {
    result.unwrap_err().findings.into_iter().map(|it| (it.field, it.code)).collect()
}

#[test]
fn every_fault_of_every_row_at_once() {
    let mut rows = measured(1.0, 1.1);
    rows.truncate(4);
    rows[0]["measured"] = json!(-5);
    rows[1]["workload"] = json!("copy");
    rows[2]["scenario"]["file_system"]["storage_capacity_gib"] = json!(3601);
    rows[3]["figure"] = json!("mdt_count");
    rows[3]["unit"] = json!("MB/s");
    let error = calibrate(&query(&rows, &[])).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Refused);
    let found: Vec<_> = error.findings.iter().map(|it| (it.field.as_str(), it.code)).collect();
    assert_eq!(
        found,
        [
            ("rows[0].measured", "FSX-CALIBRATE-MEASURED"),
            ("rows[1].workload", "FSX-CALIBRATE-WORKLOAD"),
            ("rows[2].scenario.file_system.storage_capacity_gib", "FSX-CAPACITY-STEP"),
            ("rows[3].unit", "FSX-CALIBRATE-UNIT"),
            ("rows[3].figure", "FSX-CALIBRATE-FIGURE"),
        ]
    );
    let none = calibrate(&query(&[], &[]));
    assert_eq!(faults(none), [("rows".to_owned(), "FSX-CALIBRATE-ROWS")]);
    let many = calibrate(&query(&vec![rows[3].clone(); 2001], &[]));
    assert!(faults(many).contains(&("rows".to_owned(), "FSX-CALIBRATE-ROWS")));
    let unknown = calibrate(&query(&measured(1.0, 1.1), &["ena_latancy"]));
    assert_eq!(faults(unknown), [("assumptions[0]".to_owned(), "INPUT-WORD")]);
}

#[test]
fn an_assumption_that_nothing_depends_on_is_named() {
    let answer = calibrate(&query(&measured(1.0, 1.1), &["ena_latency", "hdd_miss_latency"])).unwrap();
    let found: Vec<_> = answer.findings.iter().map(|it| (it.field.as_str(), it.code)).collect();
    assert_eq!(found, [("assumptions.hdd_miss_latency", "FSX-CALIBRATE-UNUSED")]);
}

const TABLE: &str = "\
id, scenario, figure, measured, processes_per_client, file_system.storage_capacity_gib, regime
one, base.toml, throughput_mb_per_s, 640, 1, ,
two, base.toml, throughput_mb_per_s, 2500, 4, 9600, burst
";

#[test]
fn a_table_of_measurements() {
    let base = reader(1024, 1, &json!({}));
    let read = |name: &str| {
        assert_eq!(name, "base.toml");
        Ok(base.clone())
    };
    let query = from_csv(TABLE, &[], read).unwrap();
    assert_eq!(query.rows.len(), 2);
    let [one, two] = query.rows.as_slice() else { panic!("two rows") };
    assert_eq!((one.id.as_deref(), one.measured, one.regime), (Some("one"), 640.0, None));
    assert_eq!(two.regime, Some(MeasuredRegime::Burst));
    let capacity =
        |row: &fsx_model::calibrate::MeasuredRow| row.scenario.file_system.storage_capacity_gib.unwrap().get();
    assert_eq!((capacity(one), capacity(two)), (48_000.0, 9600.0));
    assert_eq!(two.scenario.workloads[0].processes_per_client().get(), 4.0);
    assert!(calibrate(&query).is_ok());
}

/// What tools print is taken as it is.
#[test]
fn units_of_tools() {
    for (figure, value, unit, own) in [
        (Figure::ThroughputMbPerS, 1000.0, "MiB/s", 1048.576),
        (Figure::ThroughputMbPerS, 10.0, "Gbit/s", 1250.0),
        (Figure::ThroughputMbPerS, 62_914_560.0, "B/s", 62.914_56),
        (Figure::OperationsPerS, 12.1, "kIOPS", 12_100.0),
        (Figure::LatencyMs, 480.0, "us", 0.48),
        (Figure::Seconds, 5.5, "min", 330.0),
    ] {
        let got = figure.in_its_unit(value, unit).unwrap();
        assert!((got / own - 1.0).abs() < 1e-12, "{value} {unit}");
        assert_eq!(figure.in_its_unit(value, figure.unit()), Some(value));
    }
    assert_eq!(Figure::LatencyMs.in_its_unit(1.0, "MB/s"), None);
    let mut rows = measured(1.0, 1.1);
    let in_kiops = rows[0]["measured"].as_f64().unwrap() / 1000.0;
    let plain = calibrate(&query(&rows, &[])).unwrap();
    rows[0]["measured"] = json!(in_kiops);
    rows[0]["unit"] = json!("kIOPS");
    let converted = calibrate(&query(&rows, &[])).unwrap();
    assert!((converted.rows[0].measured / plain.rows[0].measured - 1.0).abs() < 1e-12);
}

#[test]
fn faults_of_a_table() {
    let nothing = |_: &str| Ok(json!({}));
    for (text, want) in [
        ("id,measured\na,1\n", vec![("figure", "INPUT-MISSING-FIELD")]),
        ("figure,figure,measured\na,a,1\n", vec![("figure", "INPUT-SYNTAX")]),
        ("figure,measured\nseconds,1,2\n", vec![("rows[0]", "INPUT-SYNTAX")]),
        (
            "figure,measured,file_system.deployment_type,quue_depth\nsecnods,x,SCRATCH_2,1\n",
            vec![
                ("rows[0].figure", "INPUT-WORD"),
                ("rows[0].measured", "INPUT-TYPE"),
                ("rows[0].scenario.workloads[0].quue_depth", "INPUT-UNKNOWN-FIELD"),
            ],
        ),
        ("", vec![("figure", "INPUT-MISSING-FIELD"), ("measured", "INPUT-MISSING-FIELD")]),
    ] {
        let got = from_csv(text, &[], nothing);
        let mut found = faults(got);
        found.sort();
        let mut want: Vec<_> = want.into_iter().map(|(field, code)| (field.to_owned(), code)).collect();
        want.sort();
        assert_eq!(found, want, "{text}");
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_is_a_table_or_a_fault(text in "\\PC{0,200}") {
        let _ = from_csv(&format!("figure,measured,queue_depth\n{text}"), &[], |_| Ok(json!({})));
        let _ = from_csv(&text, &[], |_| Ok(json!({})));
    }

    /// Against sorting and counting.
    #[test]
    fn quantiles(mut values in prop::collection::vec(0.0..10.0, 1..40)) {
        let median = quantile(&values, 0.5);
        values.sort_by(f64::total_cmp);
        let n = values.len();
        let want = if n % 2 == 1 { values[n / 2] } else { f64::midpoint(values[n / 2 - 1], values[n / 2]) };
        prop_assert!((median - want).abs() < 1e-12);
        prop_assert_eq!(quantile(&values, 0.0), values[0]);
        prop_assert_eq!(quantile(&values, 1.0), values[n - 1]);
    }
}

#[test]
fn scatter_of_few_rows() {
    let residual = |family: &'static str, case: &str, value: f64| Residual { family, case: case.to_owned(), value };
    let of = |rows: &[Residual], id: &str| scatters(rows)[FAMILIES.iter().position(|it| it.id == id).unwrap()];
    let judged = FAMILIES.iter().find(|it| it.id == "lazy_load").unwrap().judged;
    let none = of(&[], "lazy_load");
    assert_eq!((none.s, none.rows, none.cases), (judged, 0, 0));
    // one case: the judgement counts as a row
    let one = [residual("lazy_load", "A", 0.1), residual("lazy_load", "A", -0.3)];
    let want = (judged * judged + 0.01 + 0.09) / 3.0;
    assert!((of(&one, "lazy_load").s - want.sqrt()).abs() < 1e-12);
    // three: the row is that of all together
    let three = [
        residual("lazy_load", "A", 0.1),
        residual("lazy_load", "B", -0.3),
        residual("lazy_load", "C", 0.2),
        residual("metadata_warm", "C", 0.4),
        residual("mapped", "D", 9.0),
    ];
    let own = 0.01 + 0.09 + 0.04;
    let pooled = (own + 0.16) / 4.0;
    assert!((of(&three, "lazy_load").s - f64::sqrt((pooled + own) / 4.0)).abs() < 1e-12);
}

/// The whole order of a fit is fixed: the same input gives the same bits.
#[test]
fn twice_the_same() {
    let rows = measured(0.9, 1.3);
    let text = json!({ "rows": rows }).to_string();
    let [once, again] = [(); 2].map(|()| fsx_model::api::call("calibrate", &text));
    assert_eq!(once, again);
    assert!(once.starts_with(r#"{"ok":{"assumptions":["#), "{once}");
}
