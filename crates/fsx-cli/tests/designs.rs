//! `what-if` and `compare`: several designs in one answer.

#![expect(clippy::expect_used, reason = "a test that fails is a failed test")]

mod support;

use fsx_model::scenario::{Scenario, from_toml};
use support::{TRAINING, assert_fits, err, json, out, run, run_with, scenario, snapshot, status};

fn parsed(name: &str) -> Scenario {
    let text = std::fs::read_to_string(scenario(name)).expect("a file");
    from_toml(&text).expect("a scenario")
}

#[test]
fn changes_at_three_widths() {
    for name in ["training", "creates", "tiering", "together"] {
        for width in ["60", "80", "140"] {
            let answer = run(&["what-if", &scenario(&format!("{name}.toml")), "--width", width]);
            assert_eq!((status(&answer), err(&answer)), (0, ""));
            assert_fits(out(&answer), width.parse().expect("a number"));
            snapshot!(format!("what_if_{name}_{width}"), out(&answer));
        }
    }
}

#[test]
fn designs_at_three_widths() {
    let sets = [
        ("two", vec!["training", "training_more"]),
        ("three", vec!["training", "training_more", "tiering"]),
        ("unlike", vec!["together", "hdd", "creates"]),
    ];
    for (name, files) in sets {
        let files: Vec<_> = files.iter().map(|file| scenario(&format!("{file}.toml"))).collect();
        for width in ["60", "80", "140"] {
            let mut arguments = vec!["compare", "--width", width];
            arguments.extend(files.iter().map(String::as_str));
            let answer = run(&arguments);
            assert_eq!((status(&answer), err(&answer)), (0, ""));
            assert_fits(out(&answer), width.parse().expect("a number"));
            snapshot!(format!("compare_{name}_{width}"), out(&answer));
        }
    }
}

#[test]
fn changes_hold_every_width() {
    for width in (60..=200).step_by(14) {
        for name in ["training", "hdd", "creates", "mix"] {
            let answer = run(&["what-if", &scenario(&format!("{name}.toml")), "--width", &width.to_string()]);
            assert_eq!((status(&answer), err(&answer)), (0, ""));
            assert_fits(out(&answer), width);
        }
    }
}

#[test]
fn up_to_eight_designs_hold_every_width() {
    let all = ["training", "training_more", "reader", "tiering", "hdd", "creates", "mix", "small_files"];
    let files: Vec<_> = all.iter().map(|name| scenario(&format!("{name}.toml"))).collect();
    for number in 2..=files.len() {
        for width in [60, 80, 100, 140, 200] {
            let width = width.to_string();
            let mut arguments = vec!["compare", "--width", &width];
            arguments.extend(files.iter().take(number).map(String::as_str));
            let answer = run(&arguments);
            assert_eq!((status(&answer), err(&answer)), (0, ""));
            assert_fits(out(&answer), width.parse().expect("a number"));
        }
    }
}

#[test]
fn json_is_the_envelope_of_the_core() {
    let text = serde_json::to_string(&parsed("hdd.toml")).expect("JSON");
    let direct = fsx_model::api::call("what_if", &text);
    for command in ["what-if", "what_if"] {
        assert_eq!(out(&run(&[command, &scenario("hdd.toml"), "--json"])).trim_end(), direct);
    }
    let files = ["training.toml", "tiering.toml", "training.toml"];
    let scenarios: Vec<_> = files.iter().map(|file| parsed(file)).collect();
    let names = ["training", "tiering", "training-2"];
    let input = serde_json::json!({ "scenarios": scenarios, "names": names }).to_string();
    let files = files.map(scenario);
    let answer = run(&["compare", &files[0], &files[1], &files[2], "--json"]);
    assert_eq!((status(&answer), err(&answer)), (0, ""));
    assert_eq!(out(&answer).trim_end(), fsx_model::api::call("compare", &input));
}

#[test]
fn the_change_that_gains_most_comes_first() {
    let answer = run(&["what-if", &scenario("together.toml"), "--width", "140"]);
    let first_ratio = |line: &str| {
        let after = line.split_once('×')?.1;
        after.split(' ').next()?.parse::<f64>().ok()
    };
    let ratios: Vec<_> = out(&answer).lines().filter_map(first_ratio).collect();
    assert!(ratios.len() > 5, "{ratios:?}");
    assert!(ratios.is_sorted_by(|a, b| a >= b), "{ratios:?}");
}

#[test]
fn without_workloads_there_is_nothing_to_gain() {
    let text = "[file_system]\ndeployment_type = \"SCRATCH_2\"\nstorage_capacity_gib = 2400\n";
    let answer = run_with(&["what-if", "-"], text.as_bytes());
    assert_eq!((status(&answer), err(&answer)), (0, ""));
    assert!(out(&answer).contains("no change makes a difference"), "{}", out(&answer));
}

#[test]
fn standard_input_is_one_of_the_designs() {
    let more = TRAINING.replace("count = 16", "count = 32");
    let answer = run_with(&["compare", &scenario("training.toml"), "-", "--width", "80"], more.as_bytes());
    assert_eq!((status(&answer), err(&answer)), (0, ""));
    assert!(out(&answer).contains("stdin") && out(&answer).contains("clients.count"), "{}", out(&answer));
    let twice = run_with(&["compare", "-", "-"], more.as_bytes());
    assert_eq!((status(&twice), out(&twice)), (2, ""));
    assert!(err(&twice).contains("only once"), "{}", err(&twice));
}

#[test]
fn equal_designs_differ_in_nothing() {
    let file = scenario("training.toml");
    let answer = run(&["compare", &file, &file, "--width", "80"]);
    assert_eq!(status(&answer), 0);
    for part in ["training-2", "No difference in any field", "×1.00"] {
        assert!(out(&answer).contains(part), "{part} is missing: {}", out(&answer));
    }
}

#[test]
fn faults_name_the_file_they_are_in() {
    let [good, illegal, typos] = ["training.toml", "faults.toml", "typos.toml"].map(scenario);
    let answer = run(&["compare", &good, &illegal, "--width", "200"]);
    assert_eq!((status(&answer), out(&answer)), (1, ""));
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let place = words(&format!("{illegal}: file_system.storage_capacity_gib = 3600"));
    assert!(words(err(&answer)).contains(&place), "{}", err(&answer));

    let envelope = json(&run(&["compare", &good, &illegal, "--json"]));
    let scenarios = [parsed("training.toml"), parsed("faults.toml")];
    let input = serde_json::json!({ "scenarios": scenarios }).to_string();
    let direct: serde_json::Value =
        serde_json::from_str(&fsx_model::api::call("compare", &input)).expect("an envelope");
    assert_eq!(envelope, direct);

    let answer = run(&["compare", &typos, "no/such/file.toml", "--width", "200"]);
    assert_eq!((status(&answer), out(&answer)), (2, ""));
    assert!(words(err(&answer)).contains(&words(&format!("{typos}: regoin"))), "{}", err(&answer));
    assert!(err(&answer).contains("no/such/file.toml"), "{}", err(&answer));
    let envelope = json(&run(&["compare", &good, &typos, "--json"]));
    assert_eq!(envelope["errors"][0]["field"], "scenarios[1].file_system.fill");
}

#[test]
fn a_refused_design_has_no_changes() {
    let answer = run(&["what-if", &scenario("faults.toml"), "--width", "80"]);
    assert_eq!((status(&answer), out(&answer)), (1, ""));
    let answer = run(&["what-if", &scenario("typos.toml"), "--json"]);
    assert_eq!(status(&answer), 2);
    assert!(json(&answer)["errors"].is_array());
}

#[test]
fn two_to_eight_files_are_compared() {
    let file = scenario("reader.toml");
    for number in [0, 1, 9] {
        let mut arguments = vec!["compare"];
        arguments.resize(1 + number, &file);
        let answer = run(&arguments);
        assert_eq!((status(&answer), out(&answer)), (2, ""), "{number} files");
    }
}

#[test]
fn names_from_the_input_cannot_steer_the_terminal() {
    let text = TRAINING.replace("\"train\"", r#""\u001b[31mred\u0007 \u202Eback\u200b""#);
    for command in [&["what-if", "-"][..], &["compare", "-", &scenario("training.toml")]] {
        let answer = run_with(command, text.as_bytes());
        assert_eq!(status(&answer), 0, "{}", err(&answer));
        assert!(!out(&answer).contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{200b}']));
    }
}
