//! The `fsx` command: which FSx for Lustre file system to buy, how fast it runs a workload, what stops it, what it costs.
//!
//! The command holds no model: it reads text, asks `fsx-model`, and shows the answer. Each command makes a [`run::Reply`];
//! only this file writes to the terminal, but for the sign of life of [`waiting`].

mod args;
mod checking;
mod input;
mod output;
mod place;
mod price_book;
mod run;
mod scan;
mod waiting;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let reply = run::run(&args::Args::parse());
    match write(&reply) {
        Ok(()) => reply.status.into(),
        // A reader that has seen enough, such as `head`, is no fault.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => reply.status.into(),
        Err(error) => {
            let _ = writeln!(io::stderr(), "fsx: {error}");
            ExitCode::from(run::CANNOT_WRITE)
        }
    }
}

fn write(reply: &run::Reply) -> io::Result<()> {
    match &reply.out {
        run::Out::Shown(text) => anstream::stdout().lock().write_all(text.as_bytes())?,
        run::Out::Exact(text) => io::stdout().lock().write_all(text)?,
    }
    anstream::stderr().lock().write_all(reply.err.as_bytes())
}
