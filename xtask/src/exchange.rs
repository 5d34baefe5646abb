//! `cargo xtask exchange`: what `fsx export` writes, read by the tools it is written for, and what `fsx import` does with
//! what they write.
//!
//! The checks are scripts in `conformance/exchange`, run in a virtual environment under the target folder.

use std::process::Command;

use crate::error::Result;
use crate::process::{program, root, run, target};
use crate::venv::Environment;

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

/// Runs every check.
pub(crate) fn run_task() -> Result<()> {
    let folder = root().join("conformance/exchange");
    let target = target();
    // the second list is only looked into
    let [installed, read] = ["requirements.txt", "schemas.txt"].map(|list| folder.join(list));
    let python = Environment::new("exchange-venv").with(&installed).downloading(&read, "schemas").python()?;
    let fsx = program("fsx")?;
    for script in SCRIPTS {
        let mut command = Command::new(&python);
        command.arg(folder.join(format!("{script}.py"))).arg(&fsx).arg(target.join("exchange"));
        // so that nothing is left beside the scripts
        command.env("PYTHONPYCACHEPREFIX", target.join("exchange/compiled"));
        run(command.current_dir(root()))?;
    }
    Ok(())
}
