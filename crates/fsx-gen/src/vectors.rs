//! `conformance/vectors/`: calls and their answers, for every language to repeat bit by bit.

use std::path::Path;
use std::{fs, io};

use fsx_model::api::call;
use fsx_model::exchange::{ExportFormat, recognise};
use fsx_model::plan::Requirement;
use fsx_model::scenario::{self, Scenario};
use serde_json::{Value, json};

use crate::Generated;

/// Folders of inputs: the examples, and what only tests ask.
const INPUTS: [&str; 2] = ["examples/scenarios", "conformance/inputs"];

/// Calls that every scenario is given to.
const CALLS: [&str; 3] = ["estimate", "check", "price"];

/// Further calls that only some scenarios are given to, one of each kind, as their answers are long.
const MORE: [(&str, [&str; 3]); 2] = [
    ("what_if", ["single_reader", "tiering_cold", "illegal_everything"]),
    ("reverse", ["checkpoint_beside_training", "legal_rate_limited_pair", "illegal_everything"]),
];

/// Calls that only some requirements are given to, besides `plan`.
const ASKED: [(&str, [&str; 3]); 2] = [
    ("efa_break_even", ["efa_break_even", "plan_faults", "plan_training_checkpoints"]),
    ("burst_or_baseline", ["burst_or_baseline", "plan_faults", "plan_training_checkpoints"]),
];

/// One file per input, with the answers of the calls that take it.
///
/// A TOML input becomes JSON text first, so that a language needs nothing but JSON; a `.json` input is taken as it is,
/// even where it is malformed.
pub(crate) fn files(root: &Path) -> io::Result<Vec<Generated>> {
    let mut files = vec![catalog()?, presets()?, comparison(root)?, exports(root)?, imports(root)?, texts(root)?];
    for folder in INPUTS {
        let mut paths =
            fs::read_dir(root.join(folder))?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        for path in paths {
            let text = fs::read_to_string(&path)?;
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let named = |error| io::Error::other(format!("{}: {error}", path.display()));
            let input = match path.extension().and_then(|ending| ending.to_str()) {
                Some("toml") if is_requirement(&text) => {
                    let parsed: Requirement = scenario::from_toml(&text).map_err(named)?;
                    let input = serde_json::to_string(&parsed)?;
                    let calls = std::iter::once("plan").chain(further(&ASKED, &stem));
                    let cases = calls.map(|name| case(name, &input)).collect::<io::Result<Vec<_>>>()?;
                    files.push(file(&stem, &cases)?);
                    continue;
                }
                Some("toml") => {
                    let parsed: Scenario = scenario::from_toml(&text).map_err(named)?;
                    serde_json::to_string(&parsed)?
                }
                Some("json") => text,
                _ => continue,
            };
            let calls = CALLS.into_iter().chain(further(&MORE, &stem));
            let cases = calls.map(|name| case(name, &input)).collect::<io::Result<Vec<_>>>()?;
            files.push(file(&stem, &cases)?);
        }
    }
    Ok(files)
}

/// The calls that an input is given to besides those of its kind.
fn further<'a>(calls: &'a [(&'a str, [&str; 3])], stem: &'a str) -> impl Iterator<Item = &'a str> {
    calls.iter().filter(move |(_, stems)| stems.contains(&stem)).map(|(name, _)| *name)
}

/// Whether a text is a requirement: what has no table `file_system` asks for one.
fn is_requirement(text: &str) -> bool {
    !text.lines().any(|line| line.trim_start().starts_with("[file_system]"))
}

/// Two designs side by side, and too few.
fn comparison(root: &Path) -> io::Result<Generated> {
    let scenario = |name: &str| {
        let text = fs::read_to_string(root.join("examples/scenarios").join(name))?;
        let parsed: Scenario =
            scenario::from_toml(&text).map_err(|error| io::Error::other(format!("{name}: {error}")))?;
        serde_json::to_value(&parsed).map_err(io::Error::other)
    };
    let both = [scenario("tiering_cold.toml")?, scenario("hdd_archive.toml")?];
    let two = json!({ "scenarios": both, "names": ["cold", "archive"] });
    let one = json!({ "scenarios": [both[0]] });
    file("compare", &[case("compare", &two.to_string())?, case("compare", &one.to_string())?])
}

/// Deployments that other tools wrote, each with its format; the first ends in the text's two file systems.
const FOREIGN: [(&str, &str, Option<&str>); 6] = [
    ("template.yaml", "cloudformation", None),
    ("template.yaml", "cloudformation", Some("Training")),
    ("described.json", "describe-file-systems", None),
    ("claims.yaml", "csi", None),
    ("cluster.yaml", "parallelcluster", None),
    ("terraform_show.json", "terraform-json", None),
];

/// One design in every format, and a format that does not exist.
fn exports(root: &Path) -> io::Result<Generated> {
    let text = fs::read_to_string(root.join("examples/deployments/training_cluster.toml"))?;
    let scenario: Scenario = scenario::from_toml(&text).map_err(io::Error::other)?;
    let scenario = serde_json::to_value(&scenario)?;
    let formats = ExportFormat::ALL.iter().map(|format| format.as_str()).chain(["terrafrom"]);
    let cases = formats.map(|to| case("export", &json!({ "to": to, "scenario": scenario }).to_string()));
    file("export", &cases.collect::<io::Result<Vec<_>>>()?)
}

fn imports(root: &Path) -> io::Result<Generated> {
    let import = |(name, from, id): &(&str, &str, Option<&str>)| {
        let text = fs::read_to_string(root.join("examples/deployments").join(name))?;
        case("import", &json!({ "from": from, "text": text, "id": id }).to_string())
    };
    let mut cases = FOREIGN.iter().map(import).collect::<io::Result<Vec<_>>>()?;
    for (from, text) in [("csi", "a: [1"), ("json", "{\"file_system\": {\"deployment_type\": 1}}"), ("cloudfront", "")]
    {
        cases.push(case("import", &json!({ "from": from, "text": text }).to_string())?);
    }
    file("import", &cases)
}

/// Texts of other tools to be checked, as what they are and as what they are not.
fn texts(root: &Path) -> io::Result<Generated> {
    let folder = root.join("conformance/texts");
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path)?;
        let unknown = || io::Error::other(format!("{}: which tool wrote it?", path.display()));
        let from = recognise(&text).ok_or_else(unknown)?;
        cases.push(case("check", &json!({ "from": from, "text": text }).to_string())?);
    }
    for from in ["parallelcluster", "terrafrom"] {
        cases.push(case("check", &json!({ "from": from, "text": "Resources: {}\n" }).to_string())?);
    }
    file("check_texts", &cases)
}

/// The tables small enough to stand in a vector, and a table that does not exist.
fn catalog() -> io::Result<Generated> {
    let inputs = ["{}", r#"{"table":"throughput"}"#, r#"{"table":"layouts"}"#, r#"{"table":"layuots"}"#];
    let mut cases = inputs.into_iter().map(|input| case("catalog", input)).collect::<io::Result<Vec<_>>>()?;
    cases.push(case("estimat", "{}")?);
    file("catalog", &cases)
}

/// All presets, those of one kind, and a kind that does not exist.
fn presets() -> io::Result<Generated> {
    let inputs = ["{}", r#"{"kind":"checkpoint"}"#, r#"{"kind":"checkpiont"}"#];
    let cases = inputs.into_iter().map(|input| case("presets", input)).collect::<io::Result<Vec<_>>>()?;
    file("presets", &cases)
}

fn case(name: &str, input: &str) -> io::Result<Value> {
    let output: Value = serde_json::from_str(&call(name, input))?;
    Ok(json!({ "call": name, "input": input, "output": output }))
}

fn file(stem: &str, cases: &[Value]) -> io::Result<Generated> {
    let text = serde_json::to_string_pretty(cases)?;
    Ok(Generated { path: format!("conformance/vectors/{stem}.json"), text: text + "\n" })
}
