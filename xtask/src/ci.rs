//! `cargo xtask ci`: everything a change must pass.

use std::process::Command;
use std::time::Instant;

use crate::error::{Error, Result};
use crate::process::{cargo, line, run};
use crate::{exchange, generate, python, web};

/// Cases per property in a full run.
const FULL_CASES: &str = "20000";

/// What a step does.
enum Action {
    /// Run a program.
    Run(Command),
    /// Call a task of this program, repeated by these words.
    Task(&'static str, fn() -> Result<()>),
}

/// Runs the steps one after the other and stops at the first that fails.
pub(crate) fn run_task(full: bool) -> Result<()> {
    let start = Instant::now();
    let steps = steps(full);
    let count = steps.len();
    for (place, (name, action)) in steps.into_iter().enumerate() {
        let place = place + 1;
        println!("[{place}/{count}] {name}: {}", command(&action));
        let begun = Instant::now();
        let outcome = match action {
            Action::Run(mut command) => run(&mut command),
            Action::Task(words, task) => {
                task().map_err(|error| Error::new(format!("{error}\nto repeat:\n  cargo xtask {words}")))
            }
        };
        outcome.map_err(|error| Error::new(format!("step `{name}`: {error}")))?;
        println!("[{place}/{count}] {name}: passed in {:.1} s", begun.elapsed().as_secs_f64());
    }
    println!("all {count} steps passed in {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}

fn command(action: &Action) -> String {
    match action {
        Action::Run(command) => line(command),
        Action::Task(words, _) => format!("cargo xtask {words}"),
    }
}

fn steps(full: bool) -> Vec<(&'static str, Action)> {
    let strict = ["--", "-D", "warnings"];
    let mut clippy = cargo(["clippy", "--workspace", "--all-targets", "--all-features"]);
    clippy.args(strict);
    let mut bare = cargo(["clippy", "--package", "fsx-model", "--all-targets", "--no-default-features"]);
    bare.args(strict);
    let mut rustdoc = cargo(["doc", "--workspace", "--no-deps", "--all-features"]);
    rustdoc.env("RUSTDOCFLAGS", "-D warnings");
    let mut test = cargo(["test", "--workspace"]);
    if full {
        test.env("PROPTEST_CASES", FULL_CASES);
    }
    vec![
        ("format", Action::Run(cargo(["fmt", "--all", "--", "--check"]))),
        ("generated files", Action::Task("gen --check", || generate::run_task(true))),
        ("lints", Action::Run(clippy)),
        ("lints without features", Action::Run(bare)),
        ("documentation", Action::Run(rustdoc)),
        ("tests", Action::Run(test)),
        ("exchange", Action::Task("exchange", exchange::run_task)),
        (
            "Python",
            if full {
                Action::Task("py --full", || python::run_task(true))
            } else {
                Action::Task("py", || python::run_task(false))
            },
        ),
        (
            "web",
            if full {
                Action::Task("web --full", || web::run_task(true, false))
            } else {
                Action::Task("web", || web::run_task(false, false))
            },
        ),
    ]
}
