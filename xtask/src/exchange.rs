//! `cargo xtask exchange`: what `fsx export` writes, read by the tools it is written for, and what `fsx import` does with
//! what they write.
//!
//! The checks are scripts in `conformance/exchange`, run in a virtual environment under the target folder. It is made
//! anew when the list of its packages changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::{During as _, Result};
use crate::process::{apt_install, cargo, root, run};

/// The scripts, in order: the first makes what the others look at.
const SCRIPTS: [&str; 9] = [
    "designs",
    "aws_api",
    "cloudformation",
    "terraform",
    "kubernetes",
    "parallelcluster",
    "round_trip",
    "darshan_logs",
    "hostile",
];
/// Packages that are installed, and those that are read only.
const LISTS: [&str; 2] = ["requirements.txt", "schemas.txt"];

/// Runs every check.
pub(crate) fn run_task() -> Result<()> {
    let folder = root().join("conformance/exchange");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let python = environment(&folder, &target.join("exchange-venv"))?;
    // the program as the tests build it: nothing is left to build after them
    run(&mut cargo(["test", "--workspace", "--test", "cli", "--no-run"]))?;
    let fsx = target.join("debug").join(format!("fsx{}", std::env::consts::EXE_SUFFIX));
    for script in SCRIPTS {
        let mut command = Command::new(&python);
        command.arg(folder.join(format!("{script}.py"))).arg(&fsx).arg(target.join("exchange"));
        // so that nothing is left beside the scripts
        command.env("PYTHONPYCACHEPREFIX", target.join("exchange/compiled"));
        run(command.current_dir(root()))?;
    }
    Ok(())
}

/// Python of the virtual environment, made first if it is not there or of another list of packages.
fn environment(folder: &Path, venv: &Path) -> Result<PathBuf> {
    let lists = LISTS.map(|list| folder.join(list));
    let mut wanted = String::new();
    for list in &lists {
        wanted += &fs::read_to_string(list).during(|| format!("cannot read {}", list.display()))?;
    }
    let python = venv.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let stamp = venv.join("packages.txt");
    if fs::read_to_string(&stamp).is_ok_and(|made_of| made_of == wanted) {
        return Ok(python);
    }
    if venv.exists() {
        fs::remove_dir_all(venv).during(|| format!("cannot remove {}", venv.display()))?;
    }
    if !can_make_environments() {
        apt_install(&["python3-venv"], "Or install what `python3 -m venv` needs.")?;
    }
    run(Command::new("python3").args(["-m", "venv"]).arg(venv))?;
    let [requirements, schemas] = &lists;
    let pip = |words: &[&str]| {
        let mut command = Command::new(&python);
        command.args(["-m", "pip", "--quiet", "--disable-pip-version-check"]).args(words);
        command
    };
    run(pip(&["install", "--no-deps", "--no-compile", "--requirement"]).arg(requirements))?;
    let download = ["download", "--no-deps", "--only-binary=:all:", "--requirement"];
    run(pip(&download).arg(schemas).arg("--dest").arg(venv.join("schemas")))?;
    fs::write(&stamp, wanted).during(|| format!("cannot write {}", stamp.display()))?;
    Ok(python)
}

/// Whether Python brings what a virtual environment is made of; Debian packs it apart.
fn can_make_environments() -> bool {
    let mut python = Command::new("python3");
    python.args(["-c", "import ensurepip, venv"]).stdout(Stdio::null()).stderr(Stdio::null());
    python.status().is_ok_and(|status| status.success())
}
