//! `cargo xtask web`: the calculator, built as it is served and tested as its visitors meet it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::error::{During as _, Error, Result};
use crate::npm::{gzipped_kb, install, npm};
use crate::process::{apt_install, cargo, root, run, target};
use crate::wasm;

const CHROMIUM: &str = "/usr/bin/chromium";
/// Most KB of the model in the page, compressed: the smaller module and the worker around it.
const MOST_MODEL_KB: f64 = 350.0;
/// Most KB of the whole page, compressed.
const MOST_PAGE_KB: f64 = 468.0;
/// Hostile links that are read and answered and that go through the page, and how many in a full run.
const HOSTILE: [&str; 2] = ["20000", "100000"];

/// Builds and tests the page, after the npm package unless that is taken as it is; `full` tries many more links.
pub(crate) fn run_task(full: bool, built: bool) -> Result<()> {
    if !built {
        wasm::run_task(false, true)?;
    }
    let web = root().join("web");
    install(&web)?;
    script(&web, "check")?;
    script(&web, "build")?;
    weigh(&web.join("dist"))?;
    let hostile = HOSTILE[usize::from(full)];
    // the draws of a full run are new each time; a failure names where they began
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_secs());
    let seed = if full { since & 0x7fff_ffff } else { 1 }.to_string();
    run(of(&web, "unit").env("HOSTILE", hostile).env("SEED", &seed))?;
    if std::env::var_os("CHROMIUM").is_none() && !Path::new(CHROMIUM).exists() {
        apt_install(&["chromium"], "Or let CHROMIUM name one.")?;
    }
    let mut page = of(&web, "page");
    page.env("HOSTILE", hostile).env("SEED", &seed).env("CARGO_TARGET_DIR", target()).env("TIMED", timed()?);
    run(&mut page)
}

/// Builds the program that times native calls, for those who time the same in the page, and says where it is.
fn timed() -> Result<PathBuf> {
    run(&mut cargo(["build", "--quiet", "--release", "--package", "fsx-benches", "--bin", "timed"]))?;
    Ok(target().join("release").join(format!("timed{}", std::env::consts::EXE_SUFFIX)))
}

/// A script of the page.
fn of(web: &Path, name: &str) -> Command {
    npm(web, &["run", "--silent", name])
}

fn script(web: &Path, name: &str) -> Result<()> {
    run(&mut of(web, name))
}

/// Says how much the page is, compressed, without the module that only files of other tools need, and stops if that is too
/// much.
fn weigh(dist: &Path) -> Result<()> {
    let mut all = vec![dist.join("index.html"), dist.join("early.js")];
    let mut read = 0;
    while let Some(file) = all.get(read) {
        read += 1;
        // a worker loads the other module by a script
        let ends: &[&str] = if is_worker(file) { &[".wasm"] } else { &[".js", ".css"] };
        let text = file.extension().is_some_and(|end| end != "wasm");
        let found = if text { named(dist, file, ends)? } else { Vec::new() };
        for file in found {
            if !all.contains(&file) {
                all.push(file);
            }
        }
    }
    let model = all.iter().filter(|file| is_worker(file) || file.extension().is_some_and(|end| end == "wasm"));
    let model: Vec<PathBuf> = model.cloned().collect();
    for (name, files, most) in [("model in the page", model, MOST_MODEL_KB), ("page and model", all, MOST_PAGE_KB)] {
        let kb = gzipped_kb(&files)?;
        println!("{name}: {kb:.0} KB compressed of at most {most} KB");
        if kb > most {
            return Err(Error::new(format!("{name}: {kb:.1} KB; the most is {most} KB")));
        }
    }
    Ok(())
}

fn is_worker(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("worker-"))
}

/// The files beside the page that a file names, of those that end so.
fn named(dist: &Path, file: &Path, ends: &[&str]) -> Result<Vec<PathBuf>> {
    let text = fs::read_to_string(file).during(|| format!("cannot read {}", file.display()))?;
    let assets = dist.join("assets");
    let listed = fs::read_dir(&assets).during(|| format!("cannot list {}", assets.display()))?;
    let mut found = Vec::new();
    for entry in listed {
        let name = entry.during(|| format!("cannot list {}", assets.display()))?.file_name();
        let name = name.to_string_lossy();
        if ends.iter().any(|end| name.ends_with(end)) && text.contains(&*name) {
            found.push(assets.join(&*name));
        }
    }
    found.sort();
    Ok(found)
}
