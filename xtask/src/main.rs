//! Tasks of the workspace: `cargo xtask --help`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for people at a terminal")]

mod catalog;
mod ci;
mod diff;
mod error;
mod exchange;
mod generate;
mod npm;
mod process;
mod python;
mod questions;
mod venv;
mod wasm;
mod web;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tasks of the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write what follows from the data: tables in Rust, schemas, vectors, pages
    Gen {
        /// Only compare, and fail with the difference
        #[arg(long)]
        check: bool,
    },
    /// Write what the published measurements leave of ranges and scatter, then what follows from that
    Fit,
    /// Check everything a change must pass
    Ci {
        /// Try many more cases in each property test
        #[arg(long)]
        full: bool,
    },
    /// Build the npm package: the core for WebAssembly
    Wasm {
        /// Build with Debian's Rust even if the target is installed
        #[arg(long)]
        debian: bool,
        /// Test it as well
        #[arg(long)]
        test: bool,
    },
    /// Build the npm package and the calculator, and test both
    Web {
        /// Try many more hostile links and texts
        #[arg(long)]
        full: bool,
        /// Take the npm package as it was built last
        #[arg(long)]
        built: bool,
    },
    /// Check what `fsx export` writes and `fsx import` reads with the tools concerned
    Exchange,
    /// Build the Python package and check it
    Py {
        /// Sweep ten million designs with Dask, Spark and Ray as well
        #[arg(long)]
        full: bool,
    },
    /// Run the benchmarks
    Bench {
        /// Passed on to the benchmarks
        #[arg(last = true)]
        arguments: Vec<String>,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Gen { check } => generate::run_task(check),
        Task::Fit => generate::fit(),
        Task::Ci { full } => ci::run_task(full),
        Task::Wasm { debian, test } => wasm::run_task(debian, test),
        Task::Web { full, built } => web::run_task(full, built),
        Task::Exchange => exchange::run_task(),
        Task::Py { full } => python::run_task(full),
        Task::Bench { arguments } => bench(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn bench(arguments: &[String]) -> error::Result<()> {
    let mut command = process::cargo(["bench", "--package", "fsx-benches"]);
    if !arguments.is_empty() {
        command.arg("--").args(arguments);
    }
    process::run(&mut command)
}
