//! Input that is not understood: every fault named with its path, in bounded time and space.

use fsx_model::finding::{Error, ErrorKind, Finding};
use fsx_model::scenario::{self, ClientGroups, MAX_INPUT_BYTES, Scenario};
use fsx_model::{api, rules};
use serde_json::{Value, json};

const LEGAL: &str = r#""file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 1200}"#;

fn from_json(text: &str) -> Result<Scenario, Error> {
    scenario::from_json(text)
}

fn from_toml(text: &str) -> Result<Scenario, Error> {
    scenario::from_toml(text)
}

#[track_caller]
fn faults(result: Result<Scenario, Error>) -> Vec<Finding> {
    let error = result.expect_err("it is not to be understood");
    assert_eq!(error.kind, ErrorKind::NotUnderstood);
    assert!(!error.findings.is_empty());
    for finding in &error.findings {
        assert!(finding.code.starts_with("INPUT-"), "{finding:?}");
        assert!(!finding.message.is_empty() && !finding.message.ends_with('.'), "{finding:?}");
    }
    error.findings
}

fn places(faults: &[Finding]) -> Vec<(&str, &str)> {
    faults.iter().map(|fault| (fault.code, fault.field.as_str())).collect()
}

#[test]
fn what_is_not_finite() {
    let text = "[file_system]\ndeployment_type = \"SCRATCH_2\"\nstorage_capacity_gib = inf\nfill = nan\n\
                [[workloads]]\nio_size_kib = -inf\n[assumptions]\ntcp_efficiency = nan";
    let found = faults(from_toml(text));
    for field in [
        "file_system.storage_capacity_gib",
        "file_system.fill",
        "workloads[0].io_size_kib",
        "assumptions.tcp_efficiency",
    ] {
        assert!(places(&found).contains(&("INPUT-NOT-FINITE", field)), "{field}: {found:?}");
    }
    assert_eq!(found.len(), 4, "one finding for one fault: {found:?}");
    faults(from_json(r#"{"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": NaN}}"#));
    faults(from_json(r#"{"file_system": {"deployment_type": "SCRATCH_2", "fill": 1e999}}"#));
}

#[test]
fn a_mistyped_field_or_word_gets_the_one_that_was_meant() {
    let text = "[file_system]\ndeployment_type = \"SCRATCH_2\"\nstorage_capacity_gb = 1200";
    let found = faults(from_toml(text));
    assert_eq!(places(&found), [("INPUT-UNKNOWN-FIELD", "file_system.storage_capacity_gb")]);
    assert_eq!(found[0].fix, "storage_capacity_gib");
    assert!(found[0].message.contains("did you mean `storage_capacity_gib`"));
    let found = faults(from_toml("[file_system]\ndeployment_type = \"scratch-2\""));
    assert_eq!(places(&found), [("INPUT-WORD", "file_system.deployment_type")]);
    assert_eq!((found[0].fix.as_str(), found[0].value.as_str()), ("SCRATCH_2", "scratch-2"));
    let found = faults(from_json(&format!(r#"{{{LEGAL}, "workloads": [{{"operation": "READ"}}]}}"#)));
    assert_eq!((found[0].field.as_str(), found[0].fix.as_str()), ("workloads[0].operation", "read"));
}

#[test]
fn all_faults_at_once_with_their_paths() {
    let input = json!({
        "region": 7,
        "file_system": {
            "storage_capacity_gib": "1200", "efa_enabled": 1, "layout": {"kind": "stripes", "components": [{"count": 1}, {}]},
            "data_repository_associations": {},
        },
        "clients": [{"count": 2.5}, {"network_gbps": true}],
        "workloads": [{"io_size_kib": []}, "read"],
        "assumptions": {"tcp_efficiency": "high"},
        "wrokloads": [],
    });
    let expected = [
        ("INPUT-TYPE", "region"),
        ("INPUT-MISSING-FIELD", "file_system.deployment_type"),
        ("INPUT-TYPE", "file_system.storage_capacity_gib"),
        ("INPUT-TYPE", "file_system.efa_enabled"),
        ("INPUT-WORD", "file_system.layout.kind"),
        ("INPUT-MISSING-FIELD", "file_system.layout.components[1].count"),
        ("INPUT-TYPE", "file_system.data_repository_associations"),
        ("INPUT-TYPE", "clients[0].count"),
        ("INPUT-TYPE", "clients[1].network_gbps"),
        ("INPUT-TYPE", "workloads[0].io_size_kib"),
        ("INPUT-TYPE", "workloads[1]"),
        ("INPUT-TYPE", "assumptions.tcp_efficiency"),
        ("INPUT-UNKNOWN-FIELD", "wrokloads"),
    ];
    let found = faults(from_json(&input.to_string()));
    let mut got = places(&found);
    got.sort_unstable();
    let mut wanted = expected.to_vec();
    wanted.sort_unstable();
    assert_eq!(got, wanted);
}

#[test]
fn missing_tables_and_other_documents() {
    assert_eq!(places(&faults(from_toml(""))), [("INPUT-MISSING-FIELD", "file_system")]);
    assert_eq!(places(&faults(from_json("{}"))), [("INPUT-MISSING-FIELD", "file_system")]);
    for text in ["", " ", "null", "[]", "7", "\"x\"", "{", "{]", "{}{}", "\u{feff}{}", "\0"] {
        faults(from_json(text));
    }
    for text in ["=", "a = ", "[", "[[workloads]", "a = 1\na = 2", "\0"] {
        assert_eq!(faults(from_toml(text))[0].code, "INPUT-SYNTAX", "{text:?}");
    }
}

#[test]
fn syntax_faults_say_where() {
    let found = faults(from_toml("[file_system]\ndeployment_type = SCRATCH_2"));
    assert_eq!((found[0].code, found[0].field.as_str()), ("INPUT-SYNTAX", "line 2, column 19"));
    let found = faults(from_json("{\n  \"file_system\": }"));
    assert_eq!((found[0].code, found[0].field.as_str()), ("INPUT-SYNTAX", "line 2, column 18"));
}

#[test]
fn whole_numbers() {
    let count = |text: &str| from_json(&format!(r#"{{{LEGAL}, "clients": {{"count": {text}}}}}"#));
    for (text, value) in [("16.0", 16), ("16", 16), ("1.6e1", 16), ("-4", -4), ("-4.0", -4)] {
        let ClientGroups::One(group) = count(text).unwrap().clients else { panic!("one group") };
        assert_eq!(group.count.unwrap().0, value, "{text}");
    }
    for text in ["2.5", "1e300", "18446744073709551616", "true", "\"16\"", "[]"] {
        assert_eq!(places(&faults(count(text))), [("INPUT-TYPE", "clients.count")], "{text}");
    }
    let toml =
        |text: &str| from_toml(&format!("[file_system]\ndeployment_type = \"SCRATCH_2\"\n[clients]\ncount = {text}"));
    assert!(toml("16.0").is_ok() && toml("-4").is_ok());
    assert_eq!(places(&faults(toml("2.5"))), [("INPUT-TYPE", "clients.count")]);
}

#[test]
fn negative_values_are_understood_and_then_refused() {
    let text =
        format!(r#"{{{LEGAL}, "clients": {{"count": -4}}, "workloads": [{{"io_size_kib": -1, "file_count": -7}}]}}"#);
    let scenario = from_json(&text).unwrap();
    let found = rules::check(&scenario);
    for field in ["clients.count", "workloads[0].io_size_kib", "workloads[0].file_count"] {
        assert!(found.iter().any(|finding| finding.field == field), "{field}: {found:?}");
    }
    let answer: Value = serde_json::from_str(&api::call("estimate", &text)).unwrap();
    assert!(answer["errors"].is_array() && answer.get("ok").is_none());
}

#[test]
fn repeated_keys() {
    let text = r#"{"file_system": {"deployment_type": "SCRATCH_2", "deployment_type": "SCRATCH_1", "storage_capacity_gib": 1200}}"#;
    let found = faults(from_json(text));
    assert!(found[0].message.contains("`deployment_type`") && found[0].field.starts_with("line 1"), "{found:?}");
    let found = faults(from_toml("[file_system]\ndeployment_type = \"SCRATCH_2\"\ndeployment_type = \"SCRATCH_1\""));
    assert_eq!((found[0].code, found.len()), ("INPUT-SYNTAX", 1));
    assert!(found[0].field.starts_with("line 3"), "{found:?}");
}

#[test]
fn nothing_in_an_optional_field_is_as_if_it_were_left_out() {
    let empty = r#"{"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 1200, "efa_enabled": null,
        "layout": null, "credits_at_start": null}, "region": null, "pricing": null, "backup": null, "deploy": null}"#;
    assert_eq!(from_json(empty).unwrap(), from_json(&format!("{{{LEGAL}}}")).unwrap());
    let found = faults(from_json(r#"{"file_system": null}"#));
    assert_eq!((found.len(), found[0].field.as_str()), (1, "file_system"));
}

#[test]
fn depth_and_size_are_bounded() {
    for text in ["[".repeat(500_000), "{\"a\":".repeat(100_000), format!("{{\"file_system\":{}", "[".repeat(500_000))] {
        assert_eq!(faults(from_json(&text))[0].code, "INPUT-SYNTAX");
    }
    for text in [
        format!("a = {}", "[".repeat(500_000)),
        format!("a = {}", "{a = ".repeat(100_000)),
        format!("{}a = 1", "a.".repeat(400_000)),
        format!("[{}a]", "a.".repeat(400_000)),
    ] {
        assert_eq!(faults(from_toml(&text))[0].code, "INPUT-SYNTAX");
    }
    for size in [MAX_INPUT_BYTES + 1, 10 * MAX_INPUT_BYTES] {
        let text = " ".repeat(size);
        assert_eq!(faults(from_json(&text))[0].code, "INPUT-SIZE");
        assert_eq!(faults(from_toml(&text))[0].code, "INPUT-SIZE");
    }
    assert_eq!(faults(from_json(&" ".repeat(MAX_INPUT_BYTES)))[0].code, "INPUT-SYNTAX");
}

#[test]
fn noise_is_refused_in_few_words() {
    let mut state = 2026_u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(state >> 25).unwrap_or(' ')
    };
    let text: String = (0..MAX_INPUT_BYTES).map(|_| noise()).collect();
    for found in [faults(from_json(&text)), faults(from_toml(&text))] {
        assert_eq!(found.len(), 1);
        assert!(found[0].message.len() + found[0].value.len() + found[0].field.len() < 1000, "{found:?}");
    }
    let key = "a".repeat(100_000);
    let found = faults(from_json(&format!(r#"{{{LEGAL}, "{key}": "{key}"}}"#)));
    assert!(found[0].message.len() + found[0].value.len() + found[0].field.len() < 1000);
}
