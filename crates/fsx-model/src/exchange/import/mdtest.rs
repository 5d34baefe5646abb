//! mdtest: its text output.

use super::loads::{Tasks, assumed, found, measured};
use crate::exchange::draft::Found;
use crate::exchange::tree::not_understood;
use crate::finding::Error;
use crate::scenario::{MAX_INPUT_BYTES, Operation, Workload, check_size};
use crate::shape::Whole;

/// Phases with the operation that each does once per item. A rename is of directories; a read opens and closes.
const PHASES: &[(&str, Operation)] = &[
    ("Directory creation", Operation::Mkdir),
    ("Directory stat", Operation::Stat),
    ("Directory rename", Operation::Rename),
    ("Directory removal", Operation::Rmdir),
    ("File creation", Operation::Create),
    ("File stat", Operation::Stat),
    ("File read", Operation::Open),
    ("File removal", Operation::Delete),
];

/// A run: its head and its table.
#[derive(Default)]
struct Run {
    tasks: f64,
    nodes: f64,
    items: f64,
    command: String,
    /// Phase and mean operations per second.
    rates: Vec<(&'static str, Operation, f64)>,
}

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    check_size(text, MAX_INPUT_BYTES)?;
    let mut runs: Vec<Run> = Vec::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = |word: &str| word.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0);
        match words.as_slice() {
            [program, "was", "launched", "with", tasks, "total", "task(s)", "on", nodes, "node(s)"]
                if program.starts_with("mdtest") =>
            {
                if let (Some(tasks), Some(nodes)) = (number(tasks), number(nodes)) {
                    runs.push(Run { tasks, nodes, ..Run::default() });
                }
            }
            [_, "tasks,", items, "files" | "directories" | "files/directories"] => {
                if let (Some(run), Some(items)) = (runs.last_mut(), number(items)) {
                    run.items = items;
                }
            }
            _ => {}
        }
        if let (Some(run), Some(command)) = (runs.last_mut(), line.strip_prefix("Command line used:")) {
            command.clone_into(&mut run.command);
        }
        let phase =
            PHASES.iter().find_map(|(name, operation)| Some((*name, *operation, line.trim().strip_prefix(name)?)));
        if let (Some(run), Some((name, operation, rest))) = (runs.last_mut(), phase) {
            // max, min, mean, deviation
            let mean = rest.split_whitespace().nth(2).and_then(number).filter(|mean| *mean > 0.0);
            run.rates.extend(mean.map(|mean| (name, operation, mean)));
        }
    }
    let read: Vec<Found> = runs.iter().enumerate().filter_map(|(i, run)| run.found(i)).collect();
    if read.is_empty() {
        return Err(not_understood("", "no output of mdtest with its number of tasks and a table of rates"));
    }
    Ok(read)
}

impl Run {
    fn found(&self, i: usize) -> Option<Found> {
        let tasks = Tasks::new(self.tasks, self.nodes)?;
        let items = Whole::from_f64(self.items).filter(|items| items.0 > 0)?;
        let flag = |wanted: &str| self.command.split_whitespace().any(|word| word.trim_matches('\'') == wanted);
        let own_directories = flag("-u");
        let load = |(name, operation, _): &(&'static str, Operation, f64)| Workload {
            name: Some(name.to_lowercase().replace(' ', "-")),
            operation: Some(*operation),
            processes_per_client: Some(Whole(tasks.per_client)),
            file_count: Some(items),
            directories: Some(if own_directories {
                Whole(tasks.per_client.saturating_mul(tasks.clients))
            } else {
                Whole(1)
            }),
            ..Workload::BLANK
        };
        if self.rates.is_empty() {
            return None;
        }
        let mut read = found(&format!("run-{}", i + 1), Some(tasks), self.rates.iter().map(load).collect(), Vec::new());
        for (name, _, mean) in &self.rates {
            measured(&mut read, &name.to_lowercase().replace(' ', "-"), &format!("{mean:.0} operations a second"));
        }
        let message = "mdtest ran the phases one after the other; a scenario runs its workloads at the same time";
        assumed(&mut read, "workloads", message, "--id and the name of one of them, for a scenario each");
        if flag("-w") || flag("-e") {
            let message = "the files hold data (-w, -e), and what is read and written of them is left out";
            assumed(&mut read, "workloads", message, "a read or write of small files");
        }
        Some(read)
    }
}
