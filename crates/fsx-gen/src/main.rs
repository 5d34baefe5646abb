//! Writes what follows from the core: JSON Schema, Python classes, conformance vectors, tables of the documentation.
//!
//! `cargo xtask gen` runs it after the catalog is generated; with `--check` it writes nothing and fails if a file is
//! not what it would write. `cargo xtask fit` runs it with `--fit`: it then writes the tables of the catalog that follow
//! from the published measurements, and nothing else.
#![expect(clippy::print_stdout, reason = "a command line tool")]

mod accuracy;
mod docs;
mod fit;
mod python;
mod schemas;
mod vectors;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

/// A file and what it should hold.
struct Generated {
    /// Path from the root of the workspace.
    path: String,
    text: String,
}

fn main() -> ExitCode {
    let is_given = |wanted: &str| std::env::args().any(|argument| argument == wanted);
    let result =
        if is_given("--fit") { fit::files().and_then(|files| put(files, false)) } else { run(is_given("--check")) };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            println!("generated files lag behind the core; run:\n  cargo xtask gen");
            ExitCode::FAILURE
        }
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the files, or with `check` tells whether they are up to date.
fn run(check: bool) -> io::Result<bool> {
    let root = root();
    let mut files = schemas::files()?;
    files.push(python::file(&files)?);
    files.extend(vectors::files(&root)?);
    files.extend(docs::files(&root)?);
    put(files, check)
}

fn put(files: Vec<Generated>, check: bool) -> io::Result<bool> {
    let root = root();
    let mut current = true;
    for Generated { path, text } in files {
        let old = fs::read_to_string(root.join(&path)).unwrap_or_default();
        if old == text {
            continue;
        }
        if check {
            current = false;
            print_difference(&path, &old, &text);
        } else {
            fs::write(root.join(&path), text)?;
            println!("wrote {path}");
        }
    }
    Ok(current)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The first line that differs; the whole is a `git diff` after generating.
fn print_difference(path: &str, old: &str, new: &str) {
    let at = old.lines().zip(new.lines()).take_while(|(old, new)| old == new).count();
    println!("{path}, line {}:", at + 1);
    println!("- {}", old.lines().nth(at).unwrap_or("(end of file)"));
    println!("+ {}", new.lines().nth(at).unwrap_or("(end of file)"));
}
