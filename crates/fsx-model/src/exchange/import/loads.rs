//! What the importers of loads share: who ran it, quantities as tools print them, and what was measured.

use crate::exchange::draft::{Draft, Found};
use crate::finding::{Finding, Severity};
use crate::scenario::{ClientGroups, Clients, Job, Workload};
use crate::shape::Whole;

/// Processes put on one client where a text does not tell the number of clients.
pub(super) const PROCESSES_PER_CLIENT: i64 = 64;

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

/// Something that the text does not tell, and what was taken.
pub(super) fn assumed(found: &mut Found, field: &str, message: impl Into<String>, fix: &str) {
    found.warn("FSX-IMPORT-ASSUMED", field, "", message, fix);
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
        "g" | "gb" | "gib" => MIB * KIB,
        "t" | "tb" | "tib" => MIB * MIB,
        "p" | "pb" | "pib" => MIB * MIB * KIB,
        _ => return None,
    };
    digits.trim().parse::<f64>().ok().map(|number| number * factor).filter(|bytes| bytes.is_finite() && *bytes >= 0.0)
}

pub(super) const KIB: f64 = 1024.0;
pub(super) const MIB: f64 = KIB * KIB;
