//! `cargo xtask py`: the Python package, built as a wheel and checked as its users meet it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::{During as _, Error, Result};
use crate::process::{filter, program, root, run, target};
use crate::venv::{self, Environment};

const PACKAGE: &str = "crates/fsx-py";
/// Minor versions of Python 3 that a wheel has to install on.
const MINORS: std::ops::RangeInclusive<u32> = 10..=13;
/// Largest wheel, in MB.
const MOST_MB: f64 = 5.0;
/// What a fresh environment is asked.
const GREETING: &str = "import fsx_model as fsx; \
    print(fsx.price({'file_system': {'deployment_type': 'SCRATCH_2', 'storage_capacity_gib': 1200}}))";

/// Builds the wheel, installs it wherever it has to run, and runs the checks; `full` adds what takes long.
pub(crate) fn run_task(full: bool) -> Result<()> {
    let package = root().join(PACKAGE);
    let python = Environment::new("py-venv").with(&package.join("tests/requirements.txt")).python()?;
    let wheel = wheel(&python)?;
    for other in others()? {
        let fresh = target().join("py-fresh");
        venv::make(&other, &fresh)?;
        let fresh = venv::program(&fresh, "python");
        run(pip(&fresh).arg("install").arg(&wheel))?;
        println!("{}: {}", other.display(), filter(Command::new(&fresh).args(["-c", GREETING]), "")?.trim_end());
    }
    run(pip(&python).args(["install", "--force-reinstall", "--no-deps"]).arg(&wheel))?;
    tests(&python)?;
    types(&python)?;
    run(checked(&python).arg("examples/notebooks/run.py").arg("--check"))?;
    run(checked(&python).args(["examples/python/sweep_dask.py", "--designs", "200000"]))?;
    if full { sweeps(&wheel) } else { Ok(()) }
}

/// Builds the wheel; its size is part of the answer.
fn wheel(python: &Path) -> Result<PathBuf> {
    let folder = target().join("wheels");
    if folder.exists() {
        fs::remove_dir_all(&folder).during(|| format!("cannot remove {}", folder.display()))?;
    }
    let mut maturin = Command::new(python);
    maturin.args(["-m", "maturin", "build", "--release", "--quiet", "--manifest-path", "crates/fsx-py/Cargo.toml"]);
    run(maturin.arg("--out").arg(&folder).current_dir(root()))?;
    let mut files = fs::read_dir(&folder).during(|| format!("cannot list {}", folder.display()))?;
    let wheel = files.next().ok_or_else(|| Error::new("maturin has built no wheel"))?;
    let wheel = wheel.during(|| format!("cannot list {}", folder.display()))?;
    let bytes = wheel.metadata().during(|| format!("cannot look at {}", wheel.path().display()))?.len();
    #[expect(clippy::cast_precision_loss, reason = "a few megabytes")]
    let mb = bytes as f64 / 1e6;
    println!("{}: {mb:.1} MB", wheel.file_name().display());
    if mb > MOST_MB {
        return Err(Error::new(format!("the wheel has {mb:.1} MB; the most is {MOST_MB} MB")));
    }
    Ok(wheel.path())
}

/// Every Python of a minor version that counts, by its name on the path or among those of pyenv.
fn others() -> Result<Vec<PathBuf>> {
    let home = std::env::var_os("PYENV_ROOT").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".pyenv")));
    let versions = home.and_then(|home| fs::read_dir(home.join("versions")).ok());
    let mut known = versions.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect::<Vec<_>>();
    known.sort();
    let found = MINORS.filter_map(|minor| {
        let name = format!("python3.{minor}");
        let kept = known.iter().map(|version| version.join("bin").join(&name));
        std::iter::once(PathBuf::from(&name)).chain(kept).find(|python| runs(python))
    });
    let found: Vec<_> = found.collect();
    if found.is_empty() { Err(Error::new("no Python from 3.10 to 3.13 is here")) } else { Ok(found) }
}

fn runs(python: &Path) -> bool {
    let mut command = Command::new(python);
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Tests and examples of the package, the answers beside those of the command line.
fn tests(python: &Path) -> Result<()> {
    let pytest = ["-m", "pytest", "--quiet", "-p", "no:cacheprovider"];
    run(checked(python).args(pytest).arg("crates/fsx-py/tests").env("FSX", program("fsx")?))?;
    run(checked(python).args(pytest).args(["--doctest-modules", "--pyargs", "fsx_model"]))
}

/// The types, by two checkers, and the stubs beside what they speak of.
fn types(python: &Path) -> Result<()> {
    let mypy = ["-m", "mypy", "--config-file", "crates/fsx-py/pyproject.toml"];
    let typed = "crates/fsx-py/tests/typed.py";
    run(checked(python).args(mypy).args(["--package", "fsx_model"]))?;
    run(checked(python).args(mypy).arg(typed))?;
    run(checked(python).args(["-m", "mypy.stubtest", "fsx_model._native"]))?;
    run(checked(python).args(["-m", "pyright", "--verifytypes", "fsx_model", "--ignoreexternal"]))?;
    run(checked(python).args(["-m", "pyright", "--warnings", typed]))
}

/// The large sweeps, on engines that are too large for every run.
fn sweeps(wheel: &Path) -> Result<()> {
    let list = root().join("examples/python/requirements.txt");
    let python = Environment::new("py-sweeps-venv").with(&list).python()?;
    run(pip(&python).args(["install", "--force-reinstall", "--no-deps"]).arg(wheel))?;
    for engine in ["dask", "spark", "ray"] {
        run(checked(&python).arg(format!("examples/python/sweep_{engine}.py")))?;
    }
    Ok(())
}

fn pip(python: &Path) -> Command {
    let mut command = Command::new(python);
    command.args(["-m", "pip", "--quiet", "--disable-pip-version-check"]);
    command
}

/// Python at the root of the workspace that leaves nothing beside the scripts.
fn checked(python: &Path) -> Command {
    let mut command = Command::new(python);
    command.current_dir(root()).env("PYTHONPYCACHEPREFIX", target().join("py-compiled"));
    // programs of the environment find each other by the path
    let folders = python.parent().map(Path::to_owned).into_iter();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(folders.chain(std::env::split_paths(&path)));
    command.env("PATH", path.unwrap_or_default()).env("MPLBACKEND", OsStr::new("agg"));
    command
}
