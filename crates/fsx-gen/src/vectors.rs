//! `conformance/vectors/`: calls and their answers, for every language to repeat bit by bit.

use std::path::Path;
use std::{fs, io};

use fsx_model::api::call;
use fsx_model::scenario::{self, Scenario};
use serde_json::{Value, json};

use crate::Generated;

/// Folders of inputs: the examples, and what only tests ask.
const INPUTS: [&str; 2] = ["examples/scenarios", "conformance/inputs"];

/// One file per input, with the answers of the calls that take it.
///
/// A TOML input becomes JSON text first, so that a language needs nothing but JSON; a `.json` input is taken as it is,
/// even where it is malformed.
pub(crate) fn files(root: &Path) -> io::Result<Vec<Generated>> {
    let mut files = vec![catalog()?];
    for folder in INPUTS {
        let mut paths =
            fs::read_dir(root.join(folder))?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        for path in paths {
            let text = fs::read_to_string(&path)?;
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let input = match path.extension().and_then(|ending| ending.to_str()) {
                Some("toml") => {
                    let parsed: Scenario = scenario::from_toml(&text)
                        .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
                    serde_json::to_string(&parsed)?
                }
                Some("json") => text,
                _ => continue,
            };
            let cases = ["estimate", "check"].map(|name| case(name, &input));
            files.push(file(&stem, &cases.into_iter().collect::<io::Result<Vec<_>>>()?)?);
        }
    }
    Ok(files)
}

/// The tables small enough to stand in a vector, and a table that does not exist.
fn catalog() -> io::Result<Generated> {
    let inputs = ["{}", r#"{"table":"throughput"}"#, r#"{"table":"layouts"}"#, r#"{"table":"layuots"}"#];
    let mut cases = inputs.into_iter().map(|input| case("catalog", input)).collect::<io::Result<Vec<_>>>()?;
    cases.push(case("estimat", "{}")?);
    file("catalog", &cases)
}

fn case(name: &str, input: &str) -> io::Result<Value> {
    let output: Value = serde_json::from_str(&call(name, input))?;
    Ok(json!({ "call": name, "input": input, "output": output }))
}

fn file(stem: &str, cases: &[Value]) -> io::Result<Generated> {
    let text = serde_json::to_string_pretty(cases)?;
    Ok(Generated { path: format!("conformance/vectors/{stem}.json"), text: text + "\n" })
}
