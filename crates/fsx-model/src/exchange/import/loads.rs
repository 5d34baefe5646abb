//! What the importers of loads share: who ran it, quantities and command lines as tools print them, what was measured.

use std::collections::BTreeMap;

use crate::exchange::draft::{CHOOSE_ONE, Draft, Found};
use crate::exchange::tree::not_understood;
use crate::finding::{Error, Finding, Severity};
use crate::scenario::{ClientGroups, Clients, Job, Workload};
use crate::shape::Whole;

/// Processes put on one client where a text does not tell the number of clients.
pub(super) const PROCESSES_PER_CLIENT: i64 = 64;

/// Most runs, jobs or layouts of one text: more than a scenario takes of anything.
pub(super) const MOST: usize = 1000;

/// Refuses a text that tells of more.
pub(super) fn few_enough(count: usize) -> Result<(), Error> {
    let message = format!("the text tells of more than {MOST} runs, jobs or layouts; give a part of it");
    if count > MOST { Err(not_understood("", message)) } else { Ok(()) }
}

/// The clients of a run and the processes on each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tasks {
    pub clients: i64,
    pub per_client: i64,
}

impl Tasks {
    /// So many processes on so many clients; none if there are none.
    pub(super) fn new(processes: f64, clients: f64) -> Option<Self> {
        let clients = whole(clients).filter(|clients| *clients > 0)?;
        let processes = whole(processes).filter(|processes| *processes > 0)?;
        // no client without a process
        let clients = clients.min(processes);
        let per_client = processes.saturating_add(clients - 1) / clients;
        Some(Self { clients, per_client })
    }

    /// So many processes on as few clients as seems fair, where the text does not tell.
    pub(super) fn guessed(processes: f64) -> Option<Self> {
        let processes = whole(processes).filter(|processes| *processes > 0)?;
        Self::new(Whole(processes).get(), Whole((processes - 1) / PROCESSES_PER_CLIENT + 1).get())
    }

    fn clients(self) -> Clients {
        Clients { count: Some(Whole(self.clients)), ..Clients::DEFAULT }
    }
}

/// A whole number of at most 2^53, rounded to the nearest.
pub(super) fn whole(value: f64) -> Option<i64> {
    Whole::from_f64(libm::round(value)).map(|whole| whole.0)
}

/// A finite number that is not negative.
pub(super) fn number(word: &str) -> Option<f64> {
    word.trim().parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0)
}

/// What was found: loads on clients of one group.
pub(super) fn found(name: &str, tasks: Option<Tasks>, workloads: Vec<Workload>, jobs: Vec<Job>) -> Found {
    let clients = tasks.map_or(ClientGroups::Absent, |tasks| ClientGroups::One(tasks.clients()));
    Found::of(name, &Draft { clients, workloads, jobs, ..Draft::default() })
}

/// What a tool measured, to be set beside the estimate.
pub(super) fn measured(found: &mut Found, load: &str, figures: &str) {
    let message = format!("`{load}` was measured at {figures}; `fsx estimate` says what the model makes of it");
    let finding = Finding::error("FSX-IMPORT-MEASURED", "workloads", "", message, "");
    found.findings.push(Finding { severity: Severity::Advice, ..finding });
}

/// Something that the text does not tell or a scenario cannot say, and what was taken.
pub(super) fn assumed(found: &mut Found, field: &str, message: impl Into<String>, fix: &str) {
    found.warn("FSX-IMPORT-ASSUMED", field, "", message, fix);
}

/// Parts of the text of which a scenario says nothing.
pub(super) fn lost<'a>(found: &mut Found, at: &str, names: impl IntoIterator<Item = &'a str>) {
    let names: Vec<&str> = names.into_iter().collect();
    if !names.is_empty() {
        let message = format!("a scenario has no field for {}, so it is not carried over", names.join(", "));
        found.warn("FSX-IMPORT-NOT-CARRIED", at, "", message, "");
    }
}

/// Says of loads that followed each other that a scenario runs them at once.
pub(super) fn in_turn(found: &mut Found, tool: &str) {
    let message = format!("{tool} ran one after the other what a scenario runs at the same time");
    assumed(found, "workloads", message, CHOOSE_ONE);
}

/// The options of a command line in the manner of getopt, as MPI benchmarks print it.
#[derive(Clone, Debug, Default)]
pub(super) struct Options(BTreeMap<String, String>);

impl Options {
    /// Reads a command line in which the letters given take a value.
    pub(super) fn of(command: &str, with_value: &str) -> Self {
        let mut options = BTreeMap::new();
        let mut words = command.split_whitespace().map(|word| word.trim_matches('\'')).peekable();
        while let Some(word) = words.next() {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            if let Some(name) = name.strip_prefix("--") {
                options.insert(name.to_owned(), value.to_owned());
                continue;
            }
            let Some(letters) = name.strip_prefix('-') else { continue };
            for (i, letter) in letters.char_indices() {
                let rest = letters.get(i + letter.len_utf8()..).unwrap_or_default();
                let takes = with_value.contains(letter);
                let value = match (takes, rest.is_empty()) {
                    (true, false) => rest,
                    (true, true) if value.is_empty() => words.next().unwrap_or_default(),
                    _ => value,
                };
                options.insert(letter.to_string(), value.to_owned());
                if takes {
                    break;
                }
            }
        }
        Self(options)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| value != "0")
    }

    /// The value of an option in bytes, or whatever it counts.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        bytes(self.0.get(name)?)
    }

    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// Bytes of a quantity such as `4k`, `1m`, `1 MiB`, `4096 bytes` or `16777216`; a prefix is binary, as the tools mean it.
pub(super) fn bytes(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text.trim_end_matches(|it: char| it.is_ascii_alphabetic() || it == ' ');
    let unit = text.get(digits.len()..)?.trim().to_ascii_lowercase();
    let factor = match unit.as_str() {
        "" | "b" | "byte" | "bytes" => 1.0,
        "k" | "kb" | "kib" => KIB,
        "m" | "mb" | "mib" => MIB,
        "g" | "gb" | "gib" => GIB,
        "t" | "tb" | "tib" => GIB * KIB,
        "p" | "pb" | "pib" => GIB * MIB,
        "e" | "eb" | "eib" => GIB * GIB,
        _ => return None,
    };
    number(digits).map(|number| number * factor).filter(|bytes| bytes.is_finite())
}

pub(super) const KIB: f64 = 1024.0;
pub(super) const MIB: f64 = KIB * KIB;
pub(super) const GIB: f64 = MIB * KIB;
/// A decimal megabyte.
pub(super) const MB: f64 = 1e6;
