//! What all tests of the command share.

#![allow(dead_code, unused_imports, unused_macros, reason = "each test file uses some of these")]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

pub(crate) const TRAINING: &str = include_str!("../scenarios/training.toml");

pub(crate) fn scenario(name: &str) -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios").join(name).display().to_string()
}

pub(crate) fn fsx(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fsx"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for name in ["COLUMNS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    fsx(arguments).output().expect("fsx runs")
}

/// Texts of other tools, in `conformance/texts`: paths are shown as given, so the command runs beside them.
pub(crate) fn run_beside_texts(arguments: &[&str]) -> Output {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../conformance/texts");
    fsx(arguments).current_dir(folder).output().expect("fsx runs")
}

pub(crate) fn run_with(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = fsx(arguments).stdin(Stdio::piped()).spawn().expect("fsx runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    // The command stops reading when the input is too long, which closes the pipe.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().expect("fsx ends")
}

pub(crate) fn status(output: &Output) -> i32 {
    output.status.code().expect("no signal")
}

pub(crate) fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

pub(crate) fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

pub(crate) fn json(output: &Output) -> Value {
    assert_eq!(out(output).lines().count(), 1, "one line");
    serde_json::from_str(out(output)).expect("JSON")
}

/// Shown text must fit; an address stays whole.
pub(crate) fn assert_fits(text: &str, width: usize) {
    for line in text.lines().filter(|line| !line.contains("://")) {
        assert!(line.chars().count() <= width, "wider than {width}: {line}");
        assert_eq!(line, line.trim_end(), "spaces at the end");
    }
}

/// Compares text with a snapshot of this name, whatever the version, and however long a search was.
macro_rules! snapshot {
    ($name:expr, $text:expr) => {
        let filters = vec![
            (r"fsx-model \d+\.\d+\.\d+ · figures of [\d-]+", "fsx-model [version]"),
            (r"[\d,]+ evaluations ruled", "[number] evaluations ruled"),
        ];
        insta::with_settings!({filters => filters}, {
            insta::assert_snapshot!($name, $text);
        });
    };
}
pub(crate) use snapshot;
