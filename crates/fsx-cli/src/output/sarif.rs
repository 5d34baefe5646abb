//! Findings as SARIF 2.1.0, the format in which code hosts take the results of static analysis.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::BTreeMap;
use std::path::Path;

use fsx_model::catalog::source;
use fsx_model::finding::{Finding, Severity};
use fsx_model::rules;
use serde_json::{Map, Value, json};

use crate::checking::Looked;
use crate::place::Spot;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One run with the findings of all files, in their order. The same findings give the same text.
pub(crate) fn log(all: &[Looked]) -> String {
    let findings = || all.iter().flat_map(|looked| looked.findings().iter().map(move |finding| (looked, finding)));
    // the first finding of each code
    let mut codes: BTreeMap<&'static str, &Finding> = BTreeMap::new();
    for (_, finding) in findings() {
        codes.entry(finding.code).or_insert(finding);
    }
    let mut prints = Prints::default();
    let result = |(looked, finding): (&Looked, &Finding)| {
        let place = codes.keys().position(|code| *code == finding.code);
        result(looked, finding, place, prints.of(&uri(&looked.path), finding))
    };
    let results: Vec<Value> = findings().map(result).collect();
    let rules: Vec<Value> = codes.values().map(|finding| rule(finding)).collect();
    let mut driver = json!({ "name": "fsx-model", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    // named where the manifest names one
    if let Some(address) = [env!("CARGO_PKG_HOMEPAGE"), env!("CARGO_PKG_REPOSITORY")].iter().find(|it| !it.is_empty()) {
        driver["informationUri"] = Value::from(*address);
    }
    let run = json!({ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results });
    let log = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] });
    // text, whole numbers and lists: serialising it cannot fail
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// What a code stands for.
fn rule(finding: &Finding) -> Value {
    let known = rules::rules().find(|rule| rule.code == finding.code);
    let sources = known.map_or(finding.sources.as_slice(), |rule| rule.sources);
    let severity = known.map_or(finding.severity, |rule| rule.severity);
    let mut rule = json!({
        "id": finding.code,
        "shortDescription": { "text": known.map_or(finding.code, |rule| rule.title) },
        "defaultConfiguration": { "level": level(severity) },
    });
    if let Some(source) = sources.iter().find_map(|id| source(id)) {
        rule["helpUri"] = Value::from(source.url);
    }
    rule
}

fn result(looked: &Looked, finding: &Finding, rule: Option<usize>, print: String) -> Value {
    let Spot { line, column } = looked.spot(finding).unwrap_or(Spot { line: 1, column: None });
    let mut region = Map::from_iter([("startLine".to_owned(), Value::from(line))]);
    region.extend(column.map(|column| ("startColumn".to_owned(), Value::from(column.max(1)))));
    let mut location = json!({
        "physicalLocation": { "artifactLocation": { "uri": uri(&looked.path) }, "region": region },
    });
    if !finding.field.is_empty() {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": finding.field }]);
    }
    let fix = if finding.fix.is_empty() { String::new() } else { format!("; fix: {}", finding.fix) };
    json!({
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": level(finding.severity),
        "message": { "text": format!("{}{fix}", finding.message) },
        "locations": [location],
        "partialFingerprints": { "fieldAndCode/v1": print },
    })
}

/// A path as given, as a reference: `/` between folders, other characters than those of addresses in percent.
fn uri(path: &Path) -> String {
    let text = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
    text.bytes().map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Fingerprints: of code, file and field, so that a result stays the same when lines move. A second of the same has a
/// number behind it.
#[derive(Default)]
struct Prints(BTreeMap<u64, usize>);

impl Prints {
    fn of(&mut self, file: &str, finding: &Finding) -> String {
        let hash = fnv1a(&[finding.code, file, &finding.field].join("\n"));
        let times = self.0.entry(hash).and_modify(|times| *times += 1).or_insert(1);
        format!("{hash:016x}:{times}")
    }
}

/// FNV-1a in 64 bits: the same on every machine and in every version, unlike the hashes of the standard library.
/// <https://www.rfc-editor.org/rfc/rfc9923.html>
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fnv1a_gives_the_published_values() {
        // of the empty text, of `a` and of `foobar`, as the RFC lists them
        assert_eq!(
            [fnv1a(""), fnv1a("a"), fnv1a("foobar")],
            [0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c, 0x8594_4171_f739_67e8]
        );
    }

    #[test]
    fn paths_are_references() {
        assert_eq!(uri(Path::new("a b/é%.yaml")), "a%20b/%C3%A9%25.yaml");
        assert_eq!(uri(Path::new("/tmp/x.toml")), "/tmp/x.toml");
    }
}
