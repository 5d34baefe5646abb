//! `cargo xtask gen`: writes what follows from the data, or checks that it is up to date.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::catalog::{self, readme, rust};
use crate::diff;
use crate::error::{During as _, Error, Result};
use crate::process::{cargo, filter, program, root, run};
use crate::questions;

const DATA: &str = "crates/fsx-model/data";
const RUST: &str = "crates/fsx-model/src/catalog/generated.rs";
const README: &str = "crates/fsx-model/data/README.md";

/// What a command of `fsx` prints, on a page between `<!-- name -->` and `<!-- /name -->`.
struct Output {
    page: &'static str,
    name: &'static str,
    command: &'static [&'static str],
}

const OUTPUTS: &[Output] = &[
    Output { page: "README.md", name: "plan", command: &["plan", "examples/scenarios/plan_training_checkpoints.toml"] },
    Output {
        page: "docs/calibrate.md",
        name: "calibrate",
        command: &["calibrate", "examples/measurements/streams.csv", "--width", "100"],
    },
];

/// Generates all files; with `check` only compares.
pub(crate) fn run_task(check: bool) -> Result<()> {
    let catalog = catalog::parse(&data()?).map_err(|faults| Error::new(format!("{DATA}:\n{faults}")))?;
    let generated = [(RUST, format_rust(&rust::file(&catalog))?), (README, readme::page(&catalog))];
    put(&generated, check)?;
    generate_from_core(check)?;
    let mut pages = vec![(questions::PAGE, questions::page(current(questions::PAGE)?)?)];
    for output in OUTPUTS {
        pages.push((output.page, output.page()?));
    }
    put(&pages, check)
}

/// Fits the assumptions to the published measurements, and generates all files.
pub(crate) fn fit() -> Result<()> {
    run(&mut cargo(["run", "--quiet", "--release", "-p", "fsx-gen", "--", "--fit"]))?;
    run_task(false)
}

/// Writes the files, or with `check` shows how they differ and fails if they do.
fn put(files: &[(&str, String)], check: bool) -> Result<()> {
    let mut stale = false;
    for (name, text) in files {
        stale |= if check { differs(name, text)? } else { write(name, text)? };
    }
    if check && stale {
        return Err(Error::new("generated files lag behind; run:\n  cargo xtask gen"));
    }
    Ok(())
}

impl Output {
    /// The page with what the command prints.
    fn page(&self) -> Result<String> {
        let Self { page: path, name, command } = self;
        let page = current(path)?;
        let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let output = filter(Command::new(program("fsx")?).args(*command).current_dir(root()), "")?;
        let parts = page.split_once(&open).and_then(|(before, rest)| Some((before, rest.split_once(&close)?.1)));
        let (before, after) = parts.ok_or_else(|| Error::new(format!("{path} has no {open}{close}")))?;
        Ok(format!("{before}{open}```text\n{output}```\n{close}{after}"))
    }
}

/// The files of the data folder by name.
fn data() -> Result<BTreeMap<String, String>> {
    let folder = root().join(DATA);
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(&folder).during(|| format!("cannot list {DATA}"))? {
        let path = entry.during(|| format!("cannot list {DATA}"))?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if let (Some(name), Some("csv" | "toml")) = (path.file_name(), ending) {
            let name = name.to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).during(|| format!("cannot read {DATA}/{name}"))?;
            files.insert(name, text);
        }
    }
    Ok(files)
}

fn format_rust(text: &str) -> Result<String> {
    let mut command = Command::new("rustfmt");
    command.args(["--edition", "2024", "--emit", "stdout"]).current_dir(root());
    filter(&mut command, text)
}

/// Shows how a file differs from `text`; tells whether it does.
fn differs(name: &str, text: &str) -> Result<bool> {
    let old = current(name)?;
    print!("{}", diff::unified(name, &old, text));
    Ok(old != text)
}

/// Writes a file unless it holds `text` already; tells whether it did not.
fn write(name: &str, text: &str) -> Result<bool> {
    if current(name)? == text {
        return Ok(false);
    }
    let path = root().join(name);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).during(|| format!("cannot make the folder of {name}"))?;
    }
    fs::write(path, text).during(|| format!("cannot write {name}"))?;
    println!("wrote {name}");
    Ok(true)
}

fn current(name: &str) -> Result<String> {
    let path = root().join(name);
    if Path::new(&path).exists() {
        fs::read_to_string(path).during(|| format!("cannot read {name}"))
    } else {
        Ok(String::new())
    }
}

/// Schemas, vectors and tables of the documentation come from a program over the core.
fn generate_from_core(check: bool) -> Result<()> {
    if !root().join("crates/fsx-gen").exists() {
        return Ok(());
    }
    let mut command = Command::new(program("fsx-gen")?);
    if check {
        command.arg("--check");
    }
    run(&mut command)
}
