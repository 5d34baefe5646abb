//! Faults in the data, all of them at once, each with file and line.

use std::fmt;

/// What is wrong in the data files.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<String>);

impl Faults {
    /// Notes a fault in line `line` of `file`.
    pub(crate) fn add(&mut self, file: &str, line: u64, message: impl fmt::Display) {
        self.0.push(format!("{file}:{line}: {message}"));
    }

    /// Whether none was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Number of faults.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.0 {
            writeln!(out, "{fault}")?;
        }
        let many = if self.len() == 1 { "" } else { "s" };
        write!(out, "{} fault{many} in the data", self.len())
    }
}

/// Number of the line that holds byte `offset` of `text`.
pub(crate) fn line_of(text: &str, offset: usize) -> u64 {
    let before = text.as_bytes().iter().take(offset);
    1 + before.filter(|byte| **byte == b'\n').map(|_| 1).sum::<u64>()
}
