//! mdtest from 3.0: its text output.

use super::loads::{
    KIB, MIB, MOST, Options, Tasks, assumed, few_enough, found, in_turn, lost, measured, number, whole,
};
use crate::exchange::draft::Found;
use crate::exchange::tree::{MAX_EXCHANGE_BYTES, not_understood};
use crate::finding::Error;
use crate::scenario::{Operation, Workload, check_size};
use crate::shape::Whole;

/// Letters of options that take a value.
const WITH_VALUE: &str = "abdefGiIlnNpsVwWxz";

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

/// Phases that are timed and are no load of their own.
const OTHER_PHASES: &[&str] = &["Directory read", "Tree creation", "Tree removal"];

/// What was launched: tasks and nodes of all its runs.
#[derive(Clone, Default)]
struct Launch {
    tasks: f64,
    nodes: f64,
    command: Options,
}

/// One number of tasks, with its table.
struct Run {
    launch: Launch,
    tasks: f64,
    items: f64,
    /// Phase and mean operations per second.
    rates: Vec<(&'static str, Operation, f64)>,
    other: Vec<&'static str>,
}

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    check_size(text, MAX_EXCHANGE_BYTES)?;
    let runs = runs(text);
    few_enough(runs.len())?;
    if runs.is_empty() {
        let message = "no output of mdtest: it says how many tasks were launched, and how many items they have";
        return Err(not_understood("", message));
    }
    let read: Vec<Found> = runs.iter().enumerate().filter_map(|(i, run)| run.found(i)).collect();
    if read.is_empty() {
        return Err(not_understood("SUMMARY rate", "no phase with a rate above 0 is in the table"));
    }
    Ok(read)
}

fn runs(text: &str) -> Vec<Run> {
    let mut launch = Launch::default();
    let mut runs: Vec<Run> = Vec::new();
    // with -P there is a table of times before that of rates
    let mut in_rates = false;
    for line in text.lines() {
        if runs.len() > MOST {
            break;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [program, "was", "launched", "with", tasks, "total", "task(s)", "on", nodes, ..]
                if program.starts_with("mdtest") =>
            {
                let count = |word: &str| number(word).unwrap_or(0.0);
                launch = Launch { tasks: count(tasks), nodes: count(nodes), command: Options::default() };
            }
            ["Command", "line", "used:", ..] => launch.command = Options::of(line, WITH_VALUE),
            [tasks, "tasks,", items, "file" | "files" | "directories" | "files/directories"] => {
                if let (Some(tasks), Some(items)) = (number(tasks), number(items)) {
                    runs.push(Run { launch: launch.clone(), tasks, items, rates: Vec::new(), other: Vec::new() });
                }
            }
            ["SUMMARY", kind, ..] => in_rates = kind.starts_with("rate"),
            _ if in_rates => runs.last_mut().into_iter().for_each(|run| run.row(line)),
            _ => {}
        }
    }
    runs
}

impl Run {
    /// Takes up a row of the table of rates: a phase, and at its end the mean and the deviation.
    fn row(&mut self, line: &str) {
        let line = line.trim();
        let mean = |name: &str| {
            let figures: Vec<&str> = line.strip_prefix(name)?.split_whitespace().filter(|word| *word != ":").collect();
            figures.len().checked_sub(2).and_then(|at| number(figures.get(at)?)).filter(|mean| *mean > 0.0)
        };
        self.rates.extend(PHASES.iter().find_map(|(name, operation)| Some((*name, *operation, mean(name)?))));
        self.other.extend(OTHER_PHASES.iter().copied().filter(|name| mean(name).is_some()));
    }

    fn found(&self, i: usize) -> Option<Found> {
        let launch = &self.launch;
        // tasks lie on the nodes as they do in the largest run
        let per_node = (launch.tasks / launch.nodes).ceil().max(1.0);
        let tasks = Tasks::new(self.tasks, (self.tasks / per_node).ceil())?;
        let items = Whole::from_f64(self.items).filter(|items| items.0 > 0)?;
        if self.rates.is_empty() {
            return None;
        }
        let loads = self.rates.iter().map(|(name, operation, _)| self.load(name, *operation, items, tasks));
        let mut read = found(&format!("run-{}", i + 1), Some(tasks), loads.collect(), Vec::new());
        for (name, _, mean) in &self.rates {
            measured(&mut read, &load_name(name), &format!("{mean:.0} items a second"));
        }
        if self.rates.len() > 1 {
            in_turn(&mut read, "mdtest");
        }
        self.remarks(tasks, &mut read);
        Some(read)
    }

    fn load(&self, phase: &str, operation: Operation, items: Whole, tasks: Tasks) -> Workload {
        let command = &self.launch.command;
        let blank = Workload {
            name: Some(load_name(phase)),
            operation: Some(operation),
            processes_per_client: Some(Whole(tasks.per_client)),
            file_count: Some(items),
            directories: self.directories(),
            ..Workload::BLANK
        };
        // a file with data is an item of a workload of reads or writes
        let written = command.number("w").unwrap_or(0.0);
        let (operation, moved) = match phase {
            "File creation" => (Operation::Write, written),
            "File read" => (Operation::Read, command.number("e").unwrap_or(0.0)),
            _ => return blank,
        };
        if moved <= 0.0 {
            return blank;
        }
        Workload {
            operation: Some(operation),
            io_size_kib: Some(moved / KIB),
            file_size_mib: Some(moved / MIB),
            fsync: (operation == Operation::Write).then(|| command.has("y")),
            ..blank
        }
    }

    /// Those of the tree that hold items, with -u for each task.
    fn directories(&self) -> Option<Whole> {
        let command = &self.launch.command;
        let (branches, depth) = (command.number("b").unwrap_or(1.0), command.number("z").unwrap_or(0.0));
        let leaves = libm::pow(branches, depth);
        let all = if branches > 1.0 { (leaves * branches - 1.0) / (branches - 1.0) } else { depth + 1.0 };
        let tree = if command.has("L") { leaves } else { all };
        let trees = if command.has("u") { self.tasks } else { 1.0 };
        whole(tree * trees).filter(|count| *count > 0).map(Whole)
    }

    fn remarks(&self, tasks: Tasks, read: &mut Found) {
        let command = &self.launch.command;
        let stat = |name: &str| name.ends_with("stat");
        if self.rates.iter().any(|(name, _, _)| stat(name)) && (!command.has("N") || tasks.clients == 1) {
            let message = "tasks may have asked for attributes that their own client had in memory (no -N, or one \
                           client), so stat may have been measured faster than the servers are";
            assumed(read, "workloads", message, "-N and as many tasks as a client has, for the next run");
        }
        if command.has("S") {
            let message = "all tasks worked on the same files (-S); each file is counted once";
            assumed(read, "workloads", message, "file_count");
        }
        if command.has("W") {
            let message = "mdtest stopped by the clock (-W), so fewer items may have been made than are counted";
            assumed(read, "workloads", message, "file_count");
        }
        if !matches!(command.text("a"), "" | "POSIX") {
            let message = format!("mdtest used {}; its items are taken for those of POSIX", command.text("a"));
            assumed(read, "workloads", message, "");
        }
        lost(read, "SUMMARY rate", self.other.iter().copied());
    }
}

fn load_name(phase: &str) -> String {
    phase.to_lowercase().replace(' ', "-")
}
