//! IOR: its text output, and its JSON (`-O summaryFormat=JSON`).

use std::collections::BTreeMap;

use super::loads::{KIB, MIB, Tasks, assumed, bytes, found, measured};
use crate::exchange::draft::Found;
use crate::exchange::tree::{At, json, not_understood};
use crate::finding::Error;
use crate::scenario::{Access, MAX_INPUT_BYTES, Operation, Workload, check_size};
use crate::shape::Whole;

/// The options and results of one test.
struct Test {
    name: String,
    command: String,
    options: BTreeMap<String, String>,
    /// Phase and MiB/s of each repetition.
    results: Vec<(String, f64)>,
}

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    let tests = if text.trim_start().starts_with('{') { of_json(text)? } else { of_text(text)? };
    let read: Vec<Found> = tests.iter().filter_map(Test::found).collect();
    if read.is_empty() {
        return Err(not_understood("", "no output of IOR with options and results"));
    }
    Ok(read)
}

fn of_json(text: &str) -> Result<Vec<Test>, Error> {
    let document = json(text)?;
    let root = At::root(&document);
    let command = root.text("Command line").unwrap_or_default().to_owned();
    let test = |(i, at): (usize, &At<'_>)| {
        let plain = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let options = at.get("Options").map(|options| options.fields()).unwrap_or_default();
        let results = at.get("Results").map(|list| list.items()).unwrap_or_default();
        Test {
            name: format!("test-{i}"),
            command: command.clone(),
            options: options.into_iter().map(|(name, at)| (name.to_owned(), plain(at.value))).collect(),
            results: results
                .iter()
                .filter_map(|it| Some((it.text("access")?.to_owned(), it.number("bwMiB")?)))
                .collect(),
        }
    };
    Ok(root.get("tests").map(|list| list.items()).unwrap_or_default().iter().enumerate().map(test).collect())
}

fn of_text(text: &str) -> Result<Vec<Test>, Error> {
    check_size(text, MAX_INPUT_BYTES)?;
    let mut tests: Vec<Test> = Vec::new();
    let mut command = String::new();
    for line in text.lines() {
        if let Some((key, value)) = line.split_once(':') {
            let (key, value) = (key.trim(), value.trim());
            if key == "Command line" {
                value.clone_into(&mut command);
            } else if key == "Options" {
                let name = format!("test-{}", tests.len());
                tests.push(Test { name, command: command.clone(), options: BTreeMap::new(), results: Vec::new() });
            } else if let Some(test) = tests.last_mut() {
                test.options.entry(key.to_owned()).or_insert_with(|| value.to_owned());
            }
        }
        // access bw(MiB/s) IOPS Latency(s) block(KiB) …; the summary below it has more columns
        let words: Vec<&str> = line.split_whitespace().collect();
        if let [phase @ ("write" | "read"), rate, _, _, _, _, _, _, _, _, _] = words.as_slice()
            && let (Some(test), Ok(rate)) = (tests.last_mut(), rate.parse())
        {
            test.results.push(((*phase).to_owned(), rate));
        }
    }
    Ok(tests)
}

impl Test {
    fn number(&self, name: &str) -> Option<f64> {
        self.options.get(name)?.parse().ok().filter(|number: &f64| number.is_finite())
    }

    fn has(&self, flag: &str) -> bool {
        self.command.split_whitespace().any(|word| word == flag)
    }

    fn found(&self) -> Option<Found> {
        let text = |name: &str| self.options.get(name).map(String::as_str);
        let tasks = Tasks::new(self.number("tasks")?, self.number("nodes").unwrap_or(1.0))?;
        let transfer = bytes(text("xfersize")?)?;
        let per_task = bytes(text("blocksize")?)? * self.number("segments").unwrap_or(1.0);
        let shared = text("access") == Some("single-shared-file");
        let processes = self.number("tasks")?;
        let direct = self.command.contains("odirect");
        let load = |phase: &str| Workload {
            name: Some(format!("ior-{phase}")),
            operation: Some(if phase == "write" { Operation::Write } else { Operation::Read }),
            access: (text("ordering in a file") == Some("random")).then_some(Access::Random),
            io_size_kib: Some(transfer / KIB),
            direct_io: direct.then_some(true),
            processes_per_client: Some(Whole(tasks.per_client)),
            fsync: (phase == "write").then(|| self.has("-e") || self.has("-Y")),
            file_size_mib: Some(if shared { per_task * processes } else { per_task } / MIB),
            file_count: (!shared).then_some(Whole::from_f64(processes)).flatten(),
            shared_file: shared.then_some(true),
            ..Workload::BLANK
        };
        let phases: Vec<&str> =
            ["write", "read"].into_iter().filter(|phase| self.results.iter().any(|(of, _)| of == phase)).collect();
        if phases.is_empty() {
            return None;
        }
        let mut read = found(&self.name, Some(tasks), phases.iter().map(|phase| load(phase)).collect(), Vec::new());
        for phase in &phases {
            let rates = self.results.iter().filter(|(of, _)| of == phase).map(|(_, rate)| rate * MIB / 1e6);
            let (low, high) = rates.fold((f64::INFINITY, 0.0_f64), |(low, high), it| (low.min(it), high.max(it)));
            measured(&mut read, &format!("ior-{phase}"), &format!("{low:.1} to {high:.1} MB/s"));
        }
        if phases.len() > 1 {
            let message = "IOR ran the phases one after the other; a scenario runs its workloads at the same time";
            assumed(&mut read, "workloads", message, "--id and the name of one of them, for a scenario each");
        }
        if phases.contains(&"read")
            && phases.contains(&"write")
            && text("ordering inter file") == Some("no tasks offsets")
        {
            let message =
                "each task read back what it wrote (no -C), so what was measured may come from its client's memory";
            assumed(&mut read, "workloads", message, "client_cache = true, to see that");
        }
        Some(read)
    }
}
