//! `plan`, `price`, and prices from files.

#![expect(clippy::expect_used, reason = "a test that fails is a failed test")]

mod support;

use std::path::PathBuf;

use fsx_model::plan::Requirement;
use fsx_model::scenario::from_toml;
use serde_json::Value;
use support::{TRAINING, assert_fits, err, json, out, run, run_with, scenario, snapshot, status};

/// The requirements in tests/scenarios that a file system meets.
const MET: [&str; 10] = [
    "plan_training",
    "plan_metadata",
    "plan_archive",
    "plan_least_total",
    "plan_fastest",
    "plan_confidence",
    "plan_from_here",
    "plan_from_hdd",
    "plan_unsure",
    "plan_total_job",
];
const INFEASIBLE: &str = "plan_infeasible";

/// Designs of every kind of storage.
const PRICED: [&str; 7] =
    ["training", "tiering", "hdd", "price_scratch_duty", "price_scratch_1", "price_persistent_1", "price_everything"];

fn file(name: &str) -> String {
    scenario(&format!("{name}.toml"))
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn plans_at_three_widths() {
    for name in MET.iter().chain(&[INFEASIBLE]) {
        for width in ["60", "80", "140"] {
            let answer = run(&["plan", &file(name), "--width", width]);
            assert_eq!((status(&answer), err(&answer)), (i32::from(*name == INFEASIBLE), ""));
            assert_fits(out(&answer), width.parse().expect("a number"));
            snapshot!(format!("{name}_{width}"), out(&answer));
        }
    }
}

#[test]
fn prices_at_three_widths() {
    for name in PRICED {
        for width in ["60", "80", "140"] {
            let answer = run(&["price", &file(name), "--width", width]);
            assert_eq!((status(&answer), err(&answer)), (0, ""));
            assert_fits(out(&answer), width.parse().expect("a number"));
            let name = name.trim_start_matches("price_");
            snapshot!(format!("price_{name}_{width}"), out(&answer));
        }
    }
}

#[test]
fn what_is_carried_at_three_widths() {
    for name in ["together", "hdd", "rate_limited"] {
        for width in ["60", "80", "140"] {
            let answer = run(&["reverse", &file(name), "--width", width]);
            assert_eq!((status(&answer), err(&answer)), (0, ""));
            assert_fits(out(&answer), width.parse().expect("a number"));
            snapshot!(format!("reverse_{name}_{width}"), out(&answer));
        }
    }
}

#[test]
fn every_width_holds() {
    for width in (60..=200).step_by(14) {
        let columns = width.to_string();
        for name in MET.iter().chain(&[INFEASIBLE]) {
            for more in [&["--width", &columns][..], &["--width", &columns, "-v"]] {
                let answer = run(&[&["plan", &file(name)], more].concat());
                assert_fits(out(&answer), width);
            }
        }
        for name in PRICED {
            assert_fits(out(&run(&["price", &file(name), "--width", &columns])), width);
        }
    }
}

#[test]
fn an_explained_plan_shows_lines_and_working() {
    let brief = words(out(&run(&["plan", &file("plan_training"), "--width", "80"])));
    let full = words(out(&run(&["plan", &file("plan_training"), "--width", "80", "-v"])));
    for part in ["persistent_2.ssd_250", "GB-month", "Assumptions", "Sources", "Defaults taken", "https://"] {
        assert!(full.contains(part), "{part} is missing");
        assert!(!brief.contains(part), "{part} belongs to -v");
    }
    assert!(brief.contains("also dearer:") && !full.contains("also dearer:"));
    let jobs = words(out(&run(&["plan", &file("plan_total_job"), "--width", "80", "-v"])));
    assert!(jobs.contains("Working of llama3-70b, the job") && jobs.contains("goodput = "), "{jobs}");
}

/// The proof says what was searched, and what the answer does not prove.
#[test]
fn the_proof_names_what_was_ruled_on_and_what_was_not() {
    let answer = &json(&run(&["plan", &file("plan_training"), "--json"]))["ok"];
    let shown = words(out(&run(&["plan", &file("plan_training"), "--width", "140"])));
    let digits: String = shown.chars().filter(|letter| *letter != ',').collect();
    let [evaluations, candidates] = ["evaluations", "space_size"].map(|name| answer[name].to_string());
    assert!(digits.contains(&format!("{evaluations} evaluations ruled on all {candidates} candidates")), "{shown}");
    let price = |rejection: &&Value| rejection["limit"] == "price" && rejection["usd_per_month"].is_null();
    let unpriced = answer["rejections"].as_array().expect("rejections").iter().filter(price).count();
    assert!(unpriced > 0 && shown.contains(&format!("not known in full: {unpriced} kinds")), "{shown}");
    // with every price known and no scratch left out, there is nothing to add
    let ssd = std::fs::read_to_string(file("plan_training")).expect("a file");
    let ssd = format!("{ssd}\n[constraints]\nstorage_types = [\"SSD\"]\n");
    let shown = words(out(&run_with(&["plan", "-"], ssd.as_bytes())));
    assert!(shown.contains("nothing cheaper that is allowed meets the targets"), "{shown}");
    assert!(!shown.contains("Not compared"), "{shown}");
}

#[test]
fn json_is_the_envelope_of_the_core() {
    for name in MET.iter().chain(&[INFEASIBLE]) {
        let text = std::fs::read_to_string(file(name)).expect("a file");
        let parsed: Requirement = from_toml(&text).expect("a requirement");
        let direct = fsx_model::api::call("plan", &serde_json::to_string(&parsed).expect("JSON"));
        assert_eq!(out(&run(&["plan", &file(name), "--json"])).trim_end(), direct);
    }
    let parsed: fsx_model::scenario::Scenario = from_toml(TRAINING).expect("a scenario");
    let direct = fsx_model::api::call("price", &serde_json::to_string(&parsed).expect("JSON"));
    assert_eq!(out(&run(&["price", &file("training"), "--json"])).trim_end(), direct);
}

#[test]
fn every_face_of_a_design_tells_the_same_cost() {
    let cost = "$10,080.00";
    for command in ["price", "estimate", "what-if"] {
        assert!(out(&run(&[command, &file("training")])).contains(cost), "{command}");
    }
    assert!(out(&run(&["compare", &file("training"), &file("tiering")])).contains(cost));
    let partial = words(out(&run(&["estimate", &file("tiering")])));
    assert!(partial.contains("at least $4,160.00 a month"), "{partial}");
}

/// An offer file in which 48,000 GiB at 250 MB/s per TiB cost $9,600.
fn offer() -> String {
    scenario("offer.json")
}

#[test]
fn a_price_book_takes_the_place_of_the_built_in_prices() {
    for command in ["price", "estimate", "what-if"] {
        let answer = run(&[command, &file("training"), "--price-book", &offer(), "--width", "80"]);
        assert_eq!(status(&answer), 0, "{}", err(&answer));
        assert!(out(&answer).contains("$9,600.00"), "{command}: {}", out(&answer));
        assert!(words(out(&answer)).contains("prices given of 2026-01-01"), "{command}");
        let note = words(err(&answer));
        assert!(note.starts_with("note: ") && note.contains("1 row of no kind"), "{note}");
    }
    let files = [file("training"), file("training_more")];
    let answer = run(&["compare", &files[0], &files[1], "--price-book", &offer()]);
    assert!(out(&answer).contains("$9,600.00"), "{}", out(&answer));
    assert_eq!(err(&answer).matches("note: ").count(), 1, "a book is read once");
    // only PERSISTENT_2 at 250 MB/s per TiB has a price there
    let answer = json(&run(&["plan", &file("plan_training"), "--price-book", &offer(), "--json"]));
    assert_eq!(answer["ok"]["best"]["family"], "PERSISTENT_2 SSD 250");
    assert_eq!(answer["ok"]["best"]["cost"]["usd_per_month"], 9600.0);
}

#[test]
fn a_price_of_the_scenario_goes_before_one_of_the_book() {
    let own = format!("{TRAINING}\n[[pricing.prices]]\nitem = \"persistent_2.ssd_250\"\nusd = 0.1\n");
    let answer = run_with(&["price", "-", "--price-book", &offer()], own.as_bytes());
    assert_eq!(status(&answer), 0, "{}", err(&answer));
    assert!(out(&answer).contains("$4,800.00"), "{}", out(&answer));
}

#[test]
fn a_scenario_names_its_price_book_from_where_it_is() {
    let answer = run(&["price", &file("price_book"), "--width", "80"]);
    assert_eq!(status(&answer), 0, "{}", err(&answer));
    assert!(out(&answer).contains("$9,600.00"), "{}", out(&answer));
    assert_eq!(status(&run(&["check", &file("price_book")])), 0);
    let wrong = format!("{TRAINING}\n[pricing]\nprice_book = \"biult-in\"\n");
    let answer = run_with(&["price", "-", "--width", "200"], wrong.as_bytes());
    assert_eq!((status(&answer), out(&answer)), (2, ""));
    assert!(err(&answer).contains("biult-in") && err(&answer).contains("built-in, own"), "{}", err(&answer));
}

#[test]
fn what_is_no_price_book_is_refused() {
    let missing = PathBuf::from("no/such/offer.json");
    for book in [missing.display().to_string(), file("training")] {
        let answer = run(&["price", &file("training"), "--price-book", &book, "--width", "200"]);
        assert_eq!((status(&answer), out(&answer)), (2, ""));
        assert!(err(&answer).contains(&book), "{}", err(&answer));
        let answer = run(&["compare", &file("training"), &file("hdd"), "--price-book", &book, "--json"]);
        assert_eq!(status(&answer), 2);
        assert!(json(&answer)["errors"][0]["field"].as_str().is_some_and(|field| field == book));
    }
}

#[test]
fn a_region_without_prices_in_the_book_is_named() {
    let tokyo = TRAINING.replacen("[file_system]", "region = \"ap-northeast-1\"\n[file_system]", 1);
    let answer = run_with(&["price", "-", "--price-book", &offer()], tokyo.as_bytes());
    assert_eq!(status(&answer), 0, "{}", err(&answer));
    assert!(words(err(&answer)).contains("no price of FSx for Lustre in ap-northeast-1"), "{}", err(&answer));
}

#[test]
fn names_from_the_input_cannot_steer_the_terminal() {
    let text = std::fs::read_to_string(file("plan_training")).expect("a file");
    let text = text.replace("\"train\"", r#""\u001b[31mred\u0007 \u202Eback\u200b""#);
    let answer = run_with(&["plan", "-", "-v", "--width", "80"], text.as_bytes());
    assert_eq!(status(&answer), 0, "{}", err(&answer));
    assert!(!out(&answer).contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{200b}']));
}
