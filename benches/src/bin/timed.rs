//! `timed CALL`: times a call of the core, text in and text out, for those who time the same call elsewhere and take turns.
//!
//! Each line of the input is asked once; what it took, in microseconds, is a line of the output.

use std::env::args;
use std::hint::black_box;
use std::io::{self, BufRead as _, Write as _};
use std::time::Instant;

use fsx_model::api;

fn main() -> io::Result<()> {
    let name = args().nth(1).unwrap_or_default();
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let begun = Instant::now();
        let answer = black_box(api::call(&name, black_box(&line)));
        let taken = begun.elapsed();
        if !answer.starts_with(r#"{"ok""#) {
            return Err(io::Error::other(answer));
        }
        writeln!(out, "{}", taken.as_secs_f64() * 1e6)?;
    }
    Ok(())
}
