//! `check` on files of other tools, on many files, and as SARIF.

#![expect(clippy::expect_used, reason = "a test that fails is a failed test")]

mod support;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use support::{assert_fits, err, out, run, run_beside_texts, run_with, scenario, snapshot, status};

const TEXTS: [&str; 5] = ["stack.yaml", "terraform_plan.json", "describe.json", "claims.yaml", "cluster.yaml"];

fn text(name: &str) -> String {
    let path = format!("{}/../../conformance/texts/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a file")
}

#[test]
fn one_template_at_three_widths() {
    for width in ["60", "80", "140"] {
        let answer = run_beside_texts(&["check", "stack.yaml", "--width", width]);
        assert_eq!((status(&answer), err(&answer)), (1, ""));
        assert_fits(out(&answer), width.parse().expect("a number"));
        snapshot!(format!("check_stack_{width}"), out(&answer));
    }
}

#[test]
fn many_files_at_three_widths() {
    let (legal, typos) = (scenario("training.toml"), scenario("typos.toml"));
    for width in ["60", "80", "140"] {
        let mut arguments = vec!["check", "--width", width];
        arguments.extend(TEXTS);
        let answer = run_beside_texts(&arguments);
        assert_eq!((status(&answer), err(&answer)), (1, ""));
        assert_fits(out(&answer), width.parse().expect("a number"));
        snapshot!(format!("check_many_{width}"), out(&answer));
    }
    // the worst of them
    for (files, wanted) in [(vec![&legal, &legal], 0), (vec![&legal, &typos], 2)] {
        let mut arguments = vec!["check"];
        arguments.extend(files.iter().map(|file| file.as_str()));
        assert_eq!(status(&run(&arguments)), wanted);
    }
}

#[test]
fn what_wrote_a_file_can_be_said() {
    for name in TEXTS {
        let told = run_with(&["check", "-", "--json"], text(name).as_bytes());
        assert_eq!(out(&run_beside_texts(&["check", name, "--json"])), out(&told), "{name}");
    }
    let said = run_beside_texts(&["check", "stack.yaml", "--from", "cloudformation", "--json"]);
    assert_eq!(out(&said), out(&run_beside_texts(&["check", "stack.yaml", "--json"])));
    let query = json!({ "from": "cloudformation", "text": text("stack.yaml") }).to_string();
    assert_eq!(out(&said).trim_end(), fsx_model::api::call("check", &query));
    let wrong = run_beside_texts(&["check", "cluster.yaml", "--from", "cloudformation"]);
    assert_eq!(status(&wrong), 2);
    let misspelt = run_beside_texts(&["check", "stack.yaml", "--from", "cloudfromation", "--width", "80"]);
    assert_eq!((status(&misspelt), out(&misspelt)), (2, ""));
    assert!(err(&misspelt).contains("fix: cloudformation"), "{}", err(&misspelt));
}

#[test]
fn a_line_of_json_for_each_of_many_files() {
    let answer = run_beside_texts(&["check", "stack.yaml", "missing.yaml", "--format", "json"]);
    assert_eq!((status(&answer), err(&answer)), (2, ""));
    let lines: Vec<Value> = out(&answer).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!([&lines[0]["file"], &lines[1]["file"]], ["stack.yaml", "missing.yaml"]);
    assert_eq!(lines[0]["ok"]["file_systems"][1]["name"], "Scratch");
    assert_eq!(lines[1]["errors"][0]["code"], "INPUT-FILE");
    assert_eq!(status(&run_beside_texts(&["check", "stack.yaml", "--json", "--format", "sarif"])), 2);
}

/// The log of some files.
fn sarif(files: &[&str]) -> (i32, Value) {
    let mut arguments = vec!["check", "--format", "sarif"];
    arguments.extend(files);
    let answer = run_beside_texts(&arguments);
    assert_eq!(err(&answer), "");
    assert_eq!(out(&run_beside_texts(&arguments)), out(&answer), "the same twice");
    (status(&answer), serde_json::from_str(out(&answer)).expect("JSON"))
}

/// Code, level, file, line and column of each result.
fn results(log: &Value) -> Vec<(String, String, String, u64, Option<u64>)> {
    let all = log["runs"][0]["results"].as_array().expect("results");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let of = |it: &Value| {
        let place = &it["locations"][0]["physicalLocation"];
        let (file, region) = (text(&place["artifactLocation"]["uri"]), &place["region"]);
        let line = region["startLine"].as_u64().expect("a line");
        (text(&it["ruleId"]), text(&it["level"]), file, line, region["startColumn"].as_u64())
    };
    all.iter().map(of).collect()
}

#[test]
fn sarif_names_file_and_line() {
    let (status, log) = sarif(&["stack.yaml", "terraform_plan.json", "claims.yaml"]);
    assert_eq!((status, log["version"].as_str()), (1, Some("2.1.0")));
    let found = results(&log);
    let at =
        |code: &str, level: &str, file: &str, line| (code.to_owned(), level.to_owned(), file.to_owned(), line, None);
    for wanted in [
        at("FSX-CAPACITY-STEP", "error", "stack.yaml", 25),
        at("FSX-METADATA-TYPE", "error", "stack.yaml", 29),
        at("FSX-TIER", "error", "terraform_plan.json", 16),
        at("FSX-CAPACITY-STEP", "error", "terraform_plan.json", 31),
        at("FSX-TIER", "error", "claims.yaml", 10),
        at("FSX-CSI-ROUNDING", "warning", "claims.yaml", 21),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} is missing: {found:?}");
    }
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    let codes: Vec<_> = rules.iter().map(|rule| rule["id"].as_str().expect("an id")).collect();
    assert!(codes.is_sorted() && codes.len() == codes.iter().collect::<BTreeSet<_>>().len(), "{codes:?}");
    let step = &rules[codes.iter().position(|code| *code == "FSX-CAPACITY-STEP").expect("a rule")];
    assert!(step["helpUri"].as_str().expect("an address").starts_with("https://docs.aws.amazon.com/"));
    for result in log["runs"][0]["results"].as_array().expect("results") {
        let rule = usize::try_from(result["ruleIndex"].as_u64().expect("a place")).expect("small");
        assert_eq!(result["ruleId"], rules[rule]["id"]);
    }
}

#[test]
fn input_that_is_not_understood_is_a_result_too() {
    let (status, log) = sarif(&["missing.yaml", "stack.yaml"]);
    assert_eq!(status, 2);
    assert_eq!(results(&log)[0], ("INPUT-FILE".into(), "error".into(), "missing.yaml".into(), 1, None));
    let broken = "Resources:\n  A:\n    Type: [\n  B: }\n";
    let answer = run_with(&["check", "-", "--format", "sarif"], broken.as_bytes());
    assert_eq!(support::status(&answer), 2);
    let log: Value = serde_json::from_str(out(&answer)).expect("JSON");
    let [(code, level, _, line, column)] = results(&log).try_into().expect("one result");
    assert_eq!((code.as_str(), level.as_str()), ("INPUT-SYNTAX", "error"));
    assert!(line > 1 && column.is_some(), "{line}");
    assert!(log["runs"][0]["results"][0]["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
}

#[test]
fn fingerprints_outlive_moved_lines() {
    let prints = |text: &str| {
        let answer = run_with(&["check", "-", "--format", "sarif"], text.as_bytes());
        let log: Value = serde_json::from_str(out(&answer)).expect("JSON");
        let all = log["runs"][0]["results"].as_array().expect("results").clone();
        all.iter().map(|it| it["partialFingerprints"].to_string()).collect::<Vec<_>>()
    };
    let stack = text("stack.yaml");
    let first = prints(&stack);
    assert_eq!(prints(&format!("# one line more\n{stack}")), first);
    assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), first.len(), "no two the same");
}

#[test]
fn a_text_without_a_file_system_is_told_of() {
    let text = "Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n";
    let answer = run_with(&["check", "-", "--width", "80"], text.as_bytes());
    assert_eq!((status(&answer), err(&answer)), (0, ""));
    assert!(out(&answer).contains("FSX-IMPORT-NONE"), "{}", out(&answer));
}

#[test]
fn standard_input_is_read_once() {
    let answer = run_with(&["check", "-", "-"], text("stack.yaml").as_bytes());
    assert_eq!((status(&answer), out(&answer)), (2, ""));
    assert!(err(&answer).contains("only once"), "{}", err(&answer));
}
