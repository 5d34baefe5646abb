//! Metadata operations of a load.

use crate::scenario::{self, Operation, OperationCounts};

/// How many of each metadata operation belong to one item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OperationMix {
    counts: [f64; Operation::ALL.len()],
    /// Whether it is the reading of one directory, so that directories are what is counted.
    pub lists_a_directory: bool,
}

impl OperationMix {
    /// The operations of a workload: its mix, its one operation, or for data the opening or creating of a file.
    #[must_use]
    pub fn of(raw: &scenario::Workload) -> Self {
        let lists_a_directory = raw.operations.is_none() && raw.operation() == Operation::Readdir;
        let mut mix = Self { counts: [0.0; Operation::ALL.len()], lists_a_directory };
        match (&raw.operations, raw.operation()) {
            (Some(counts), _) => mix.add_all(counts),
            (None, Operation::Read | Operation::S3Restore | Operation::S3Export) => mix.add(Operation::Open, 1.0),
            (None, Operation::S3Release) => mix.add(Operation::Delete, 1.0),
            (None, Operation::Write | Operation::S3Import) => mix.add(Operation::Create, 1.0),
            (None, operation) => mix.add(operation, 1.0),
        }
        mix
    }

    fn add(&mut self, operation: Operation, count: f64) {
        self.counts[operation as usize] += count;
    }

    fn add_all(&mut self, counts: &OperationCounts) {
        let OperationCounts { create, open, delete, stat, mkdir, rmdir, rename, readdir } = *counts;
        for (operation, count) in [
            (Operation::Create, create),
            (Operation::Open, open),
            (Operation::Delete, delete),
            (Operation::Stat, stat),
            (Operation::Mkdir, mkdir),
            (Operation::Rmdir, rmdir),
            (Operation::Rename, rename),
            (Operation::Readdir, readdir),
        ] {
            self.add(operation, count.unwrap_or(0.0));
        }
    }

    /// How many of an operation.
    #[must_use]
    pub fn count(&self, operation: Operation) -> f64 {
        self.counts[operation as usize]
    }

    /// The operations there are, with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (Operation, f64)> {
        Operation::ALL.iter().map(|&operation| (operation, self.count(operation))).filter(|(_, count)| *count > 0.0)
    }

    /// The operation, if there is one kind only.
    #[must_use]
    pub fn only(&self) -> Option<(Operation, f64)> {
        let mut all = self.iter();
        all.next().filter(|_| all.next().is_none())
    }
}
