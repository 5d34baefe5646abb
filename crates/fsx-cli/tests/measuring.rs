//! `accuracy` and `calibrate` as people and programs meet them.

#![expect(clippy::expect_used, reason = "a test helper that fails is a failed test")]

mod support;

use support::{assert_fits, err, json, out, run, run_with, scenario, snapshot, status};

/// Nine published runs, as the page on calibration has them.
fn streams() -> String {
    format!("{}/../../examples/measurements/streams.csv", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn accuracy_at_three_widths() {
    for width in ["60", "80", "140"] {
        let answer = run(&["accuracy", "--width", width]);
        assert_eq!((status(&answer), err(&answer)), (0, ""));
        assert_fits(out(&answer), width.parse().expect("a number"));
        snapshot!(format!("accuracy_{width}"), out(&answer));
    }
}

#[test]
fn accuracy_of_one_family() {
    let answer = run(&["accuracy", "--family", "metadata_warm", "--width", "100"]);
    assert_eq!((status(&answer), err(&answer)), (0, ""));
    snapshot!("accuracy_metadata_warm", out(&answer));
    let answer = run(&["accuracy", "--family", "metadata_worm"]);
    assert_eq!((status(&answer), out(&answer)), (2, ""));
    assert!(err(&answer).contains("metadata_warm"), "{}", err(&answer));
}

#[test]
fn everything_that_was_measured() {
    let answer = run(&["accuracy", "--explain", "--width", "100"]);
    assert_fits(out(&answer), 100);
    for part in ["LUS-15.16", "FSX-45.01", "without a case", "ena_latency", "5 to 95 % of what one would measure"] {
        assert!(out(&answer).contains(part), "{part} is missing");
    }
    let all = json(&run(&["accuracy", "--json"]));
    let ok = &all["ok"];
    let count = |name: &str| ok[name].as_array().expect("a list").len();
    assert_eq!(count("rows") + count("excluded"), 274 + 20);
    assert!(ok["baselines"]["ceilings"]["median"].as_f64() > ok["all"]["median"].as_f64());
}

#[test]
fn a_fit_at_three_widths() {
    for width in ["60", "80", "140"] {
        let answer = run(&["calibrate", &streams(), "--width", width]);
        assert_eq!((status(&answer), err(&answer)), (0, ""));
        // what is to be copied is not wrapped
        let wrapped: Vec<_> = out(&answer).lines().filter(|line| !line.contains(" = { low = ")).collect();
        assert_fits(&wrapped.join("\n"), width.parse().expect("a number"));
        snapshot!(format!("calibrate_{width}"), out(&answer));
    }
}

/// What is printed to be put into a scenario can be put into one.
#[test]
fn the_table_of_a_fit_is_taken_by_an_estimate() {
    let fitted = json(&run(&["calibrate", &streams(), "--json"]));
    let table = fitted["ok"]["toml"].as_str().expect("text");
    let design = "[file_system]\ndeployment_type = \"PERSISTENT_2\"\nstorage_capacity_gib = 4800\n\
                  per_unit_storage_throughput = 125\n[[workloads]]\ndirect_io = true\n";
    let answer = run_with(&["estimate", "-", "--json"], format!("{design}{table}").as_bytes());
    assert_eq!((status(&answer), err(&answer)), (0, ""));
    let used = &json(&answer)["ok"]["assumptions"];
    let latency = used.as_array().expect("a list").iter().find(|it| it["id"] == "ena_latency").expect("it was read");
    assert!(latency["interval_low"].as_f64() < latency["value"].as_f64());
}

/// The files that a table names lie beside it, and may be JSON as well.
#[test]
fn a_table_whose_scenarios_are_files() {
    let table = format!(
        "figure,measured,scenario,processes_per_client\nthroughput_mb_per_s,900,{0},4\nthroughput_mb_per_s,1500,{0},8\n",
        scenario("reader.toml")
    );
    let answer = run_with(&["calibrate", "-", "--assumptions", "ena_latency", "--json"], table.as_bytes());
    assert_eq!(status(&answer), 0, "{}", out(&answer));
    assert_eq!(json(&answer)["ok"]["assumptions"].as_array().map(Vec::len), Some(1));
    let query = r#"{"rows": [], "assumptions": []}"#;
    let answer = run_with(&["calibrate", "-"], query.as_bytes());
    assert_eq!(status(&answer), 1);
    snapshot!("calibrate_nothing", err(&answer));
}

#[test]
fn faults_of_a_table_name_row_and_column() {
    let table = "figure,measured,queue_dpth,scenario\nsecnds,1,3,nowhere.toml\nseconds,-1,,\n";
    let answer = run_with(&["calibrate", "-", "--width", "80"], table.as_bytes());
    assert_eq!((status(&answer), out(&answer)), (2, ""));
    snapshot!("calibrate_faults", err(&answer));
}
