//! Ready questions: `efa-break-even` and `burst-or-baseline`.

#![expect(clippy::expect_used, reason = "a test that fails is a failed test")]

mod support;

use fsx_model::plan::Requirement;
use fsx_model::scenario::from_toml;
use support::{assert_fits, err, json, out, run, scenario, snapshot, status};

/// Questions and the requirements of tests/scenarios they are asked of.
const ASKED: [(&str, &str); 5] = [
    ("efa-break-even", "ask_efa"),
    ("efa-break-even", "ask_efa_never"),
    ("burst-or-baseline", "ask_burst"),
    ("burst-or-baseline", "ask_burst_only"),
    ("burst-or-baseline", "ask_burst_none"),
];

fn file(name: &str) -> String {
    scenario(&format!("{name}.toml"))
}

#[test]
fn answers_at_three_widths() {
    for (command, name) in ASKED {
        for width in ["60", "80", "140"] {
            let answer = run(&[command, &file(name), "--width", width]);
            assert_eq!((status(&answer), err(&answer)), (0, ""));
            assert_fits(out(&answer), width.parse().expect("a number"));
            snapshot!(format!("{name}_{width}"), out(&answer));
        }
    }
}

#[test]
fn every_width_holds() {
    for width in (60..=200).step_by(14) {
        for (command, name) in ASKED {
            assert_fits(out(&run(&[command, &file(name), "--width", &width.to_string()])), width);
        }
    }
}

/// The names of the calls are commands too, and `--json` is the envelope of the core.
#[test]
fn json_is_the_envelope_of_the_core() {
    for (command, name) in ASKED {
        let text = std::fs::read_to_string(file(name)).expect("a file");
        let parsed: Requirement = from_toml(&text).expect("a requirement");
        let call = command.replace('-', "_");
        let direct = fsx_model::api::call(&call, &serde_json::to_string(&parsed).expect("JSON"));
        assert_eq!(out(&run(&[&call, &file(name), "--json"])).trim_end(), direct);
    }
}

#[test]
fn what_cannot_be_asked_ends_with_one() {
    for command in ["efa-break-even", "burst-or-baseline"] {
        let answer = run(&[command, &file("plan_training"), "--width", "80"]);
        assert_eq!((status(&answer), out(&answer)), (1, ""));
        assert!(err(&answer).contains("FSX-ASK-"), "{}", err(&answer));
        let answer = run(&[command, &file("plan_training"), "--json"]);
        assert_eq!((status(&answer), json(&answer)["errors"].is_array()), (1, true));
    }
}

/// Rows of the map: one for each number of clients, each with its line.
#[test]
fn the_line_stands_in_every_row_of_the_map() {
    let answer = run(&["efa-break-even", &file("ask_efa"), "--width", "60"]);
    let map = out(&answer).split("GB/s\n").last().expect("a map");
    let rows = map.lines().skip(1).take_while(|line| !line.contains("ENA costs no more"));
    assert_eq!(rows.filter(|row| row.matches('│').count() == 1).count(), 7);
}
