//! `cargo xtask ci`: everything a change must pass.

use std::io::{Read as _, Seek as _};
use std::process::{Child, Command};
use std::time::Instant;

use crate::error::{During as _, Error, Result};
use crate::process::{cargo, line, root, run, target};
use crate::{exchange, generate, python};

/// Cases per property in a full run, of which slow ones take a part.
const FULL_CASES: &str = "20000";

/// What a step does.
enum Action {
    /// Run a program.
    Run(Command),
    /// Call a task of this program, repeated by these words.
    Task(&'static str, fn() -> Result<()>),
    /// Begin a task of this program beside the steps that follow; most of its time, and of theirs, is on one core.
    Begin(&'static str),
    /// Wait for it.
    End(&'static str),
}

/// A task that runs beside others. What it prints is kept until it ends.
struct Beside {
    child: Child,
    printed: std::fs::File,
}

impl Beside {
    fn begin(words: &str) -> Result<Self> {
        let path = target().join("beside.log");
        let doing = || format!("cannot write {}", path.display());
        let mut open = std::fs::File::options();
        let printed = open.read(true).write(true).create(true).truncate(true).open(&path).during(doing)?;
        let program = std::env::current_exe().during(|| "cannot find this program".to_owned())?;
        let mut command = Command::new(program);
        command.args(words.split(' ')).current_dir(root());
        command.stdout(printed.try_clone().during(doing)?).stderr(printed.try_clone().during(doing)?);
        let child = command.spawn().during(|| format!("cannot run `{}`", line(&command)))?;
        Ok(Self { child, printed })
    }

    fn end(mut self, words: &str) -> Result<()> {
        let status = self.child.wait().during(|| format!("cannot wait for `cargo xtask {words}`"))?;
        let mut text = String::new();
        let read = self.printed.rewind().and_then(|()| self.printed.read_to_string(&mut text));
        read.during(|| format!("cannot read what `cargo xtask {words}` prints"))?;
        print!("{text}");
        if status.success() { Ok(()) } else { Err(Error::new(format!("failed; to repeat:\n  cargo xtask {words}"))) }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // Where another step has failed; one that has ended cannot be stopped, which is as well.
        drop(self.child.kill());
    }
}

/// Runs the steps one after the other and stops at the first that fails.
pub(crate) fn run_task(full: bool) -> Result<()> {
    let start = Instant::now();
    let steps = steps(full);
    let count = steps.len();
    let mut beside = None;
    for (place, (name, action)) in steps.into_iter().enumerate() {
        let place = place + 1;
        println!("[{place}/{count}] {name}: {}", command(&action));
        let done = if matches!(action, Action::Begin(_)) { "begun" } else { "passed" };
        let begun = Instant::now();
        let outcome = match action {
            Action::Run(mut command) => run(&mut command),
            Action::Task(words, task) => {
                task().map_err(|error| Error::new(format!("{error}\nto repeat:\n  cargo xtask {words}")))
            }
            Action::Begin(words) => Beside::begin(words).map(|begun| beside = Some(begun)),
            Action::End(words) => beside.take().map_or(Ok(()), |begun| begun.end(words)),
        };
        outcome.map_err(|error| Error::new(format!("step `{name}`: {error}")))?;
        println!("[{place}/{count}] {name}: {done} in {:.1} s", begun.elapsed().as_secs_f64());
    }
    println!("all {count} steps passed in {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}

fn command(action: &Action) -> String {
    match action {
        Action::Run(command) => line(command),
        Action::Task(words, _) | Action::End(words) => format!("cargo xtask {words}"),
        Action::Begin(words) => format!("cargo xtask {words}, beside the next steps"),
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
        test.env("CASES", FULL_CASES);
    }
    let web = if full { "web --full" } else { "web" };
    vec![
        ("format", Action::Run(cargo(["fmt", "--all", "--", "--check"]))),
        ("web", Action::Begin(web)),
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
        ("web", Action::End(web)),
    ]
}
