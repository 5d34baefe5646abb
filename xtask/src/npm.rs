//! The npm package: two WebAssembly modules, their JavaScript and its types, packed and checked as its users meet it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::{During as _, Error, Result};
use crate::process::{filter, program, root, run, target};

const PACKAGE: &str = "crates/fsx-wasm";
/// How `wasm-opt` makes a module small for those who get it compressed: data are not cut up at every zero, what the compiler
/// nested is laid out anew, which the second time finds a little more, and copies of a generic function come to lie side by
/// side, which their names are kept for until then.
const SMALL: [&str; 15] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--skip-pass=memory-packing",
    "--skip-pass=local-cse",
    "--flatten",
    "--rereloop",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
];

/// A module of the package.
struct Module {
    /// Name of its folder.
    name: &'static str,
    /// What cargo is told of its features.
    features: &'static [&'static str],
    /// Most KB that module and glue may have, compressed; `None`: any.
    most_kb: Option<f64>,
}

const MODULES: [Module; 2] = [
    Module { name: "core", features: &["--no-default-features"], most_kb: Some(345.0) },
    Module { name: "full", features: &[], most_kb: None },
];

/// Builds the package; `compile` builds the module with these features and says where it is.
pub(crate) fn build(compile: impl Fn(&[&str]) -> Result<PathBuf>) -> Result<()> {
    install(&package())?;
    let dist = package().join("dist");
    empty(&dist)?;
    for module in &MODULES {
        bind(&compile(module.features)?, &dist.join(module.name))?;
        weigh(module, &dist.join(module.name))?;
    }
    for script in ["types", "compile"] {
        run(&mut npm(&package(), &["run", "--silent", script]))?;
    }
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(root().join(licence), dist.join(licence)).during(|| format!("cannot copy {licence}"))?;
    }
    pack()
}

/// Runs the package's tests on what was built, the answers beside those of the command line.
pub(crate) fn test() -> Result<()> {
    run(npm(&package(), &["test", "--silent"]).env("FSX", program("fsx")?).env("FSX_MODEL_PACKED", packed()))
}

fn package() -> PathBuf {
    root().join(PACKAGE)
}

/// Where the packed package lies.
fn packed() -> PathBuf {
    target().join("npm")
}

/// The package manager in a folder.
pub(crate) fn npm(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.args(words).current_dir(folder);
    command
}

/// Installs what building and testing need in a folder, unless it is there as the lock file says.
pub(crate) fn install(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let wanted = fs::read_to_string(&lock).during(|| format!("cannot read {}", lock.display()))?;
    let stamp = folder.join("node_modules/installed.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    run(&mut npm(folder, &["ci", "--silent"]))?;
    fs::write(&stamp, wanted).during(|| format!("cannot write {}", stamp.display()))
}

/// Writes the JavaScript beside a module, and the module itself as small as it gets.
fn bind(module: &Path, folder: &Path) -> Result<()> {
    run(Command::new(program("fsx-bindgen")?).arg(module).arg(folder))?;
    let bound = folder.join("fsx_wasm_bg.wasm");
    let mut optimise = npm(&package(), &["exec", "--no", "--", "wasm-opt"]);
    run(optimise.args(SMALL).arg(&bound).arg("--output").arg(&bound))
}

/// Says how large module and glue are, compressed, and stops if that is too much.
fn weigh(module: &Module, folder: &Path) -> Result<()> {
    let kb = gzipped_kb(&["fsx_wasm_bg.wasm", "fsx_wasm.js"].map(|file| folder.join(file)))?;
    let name = module.name;
    let Some(most) = module.most_kb else {
        println!("{name}: {kb:.0} KB compressed");
        return Ok(());
    };
    println!("{name}: {kb:.0} KB compressed of at most {most} KB");
    if kb > most { Err(Error::new(format!("`{name}` has {kb:.1} KB; the most is {most} KB"))) } else { Ok(()) }
}

/// How many KB the files have together, each compressed.
pub(crate) fn gzipped_kb(files: &[PathBuf]) -> Result<f64> {
    let mut gzipped = Command::new("node");
    gzipped.arg(package().join("scripts/gzipped.mjs"));
    let bytes = filter(gzipped.args(files), "")?;
    let bytes: f64 = bytes.trim().parse().map_err(|_| Error::new(format!("`{}` is no number", bytes.trim())))?;
    Ok(bytes / 1e3)
}

/// Packs the package as it is published.
fn pack() -> Result<()> {
    let folder = packed();
    empty(&folder)?;
    run(npm(&package(), &["pack", "--silent", "--pack-destination"]).arg(&folder).stdout(Stdio::null()))?;
    let mut files = fs::read_dir(&folder).during(|| format!("cannot list {}", folder.display()))?;
    let file = files.next().ok_or_else(|| Error::new("npm has packed nothing"))?;
    let file = file.during(|| format!("cannot list {}", folder.display()))?;
    let bytes = file.metadata().during(|| format!("cannot look at {}", file.path().display()))?.len();
    println!("{}: {} KB", file.file_name().display(), bytes / 1000);
    Ok(())
}

/// Makes a folder that has nothing in it.
fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).during(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(folder).during(|| format!("cannot make {}", folder.display()))
}
