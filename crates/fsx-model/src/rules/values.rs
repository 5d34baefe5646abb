//! Least and greatest sensible value of every number that no other rule bounds, as one table.

use super::{Breach, Report, Rule};
use crate::catalog::figures;
use crate::finding::Severity;
use crate::scenario::{
    Backup, Clients, FileSystem, OperationCounts, OwnPrice, Pricing, Scenario, Stored, Target, TierShares, Workload,
};
use crate::shape::Whole;

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-LIST-LENGTH",
        title: "there are no more client groups and workloads than can be calculated together",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &[],
        check: list_length,
    },
    Rule {
        code: "FSX-VALUE-RANGE",
        title: "every number lies between the least and the greatest value that make sense",
        severity: Severity::Error,
        sources: &["MODEL", "MANUAL-LIMITS", "BACKUP"],
        after: &["FSX-LIST-LENGTH"],
        check: value_range,
    },
];

/// Most client groups, and most workloads, in one scenario.
const MOST_ENTRIES: usize = 1000;

fn list_length(scenario: &Scenario, report: &mut Report<'_>) {
    for (field, count) in [("clients", scenario.clients.as_slice().len()), ("workloads", scenario.workloads.len())] {
        if count > MOST_ENTRIES {
            let message = format!("there are {count} entries; at most {MOST_ENTRIES} are calculated together");
            report(Breach::new(field, count, message, format_args!("{MOST_ENTRIES} entries or fewer")));
        }
    }
}

/// Bounds of a field.
struct Bound<T: 'static> {
    field: &'static str,
    get: fn(&T) -> Option<f64>,
    least: f64,
    most: f64,
    /// What the field is.
    what: &'static str,
    /// Why it is bounded, where that is not plain.
    why: &'static str,
    sources: &'static [&'static str],
}

impl<T> Bound<T> {
    /// A field that the model bounds.
    const fn new(field: &'static str, get: fn(&T) -> Option<f64>, least: f64, most: f64, what: &'static str) -> Self {
        Self { field, get, least, most, what, why: "", sources: &["MODEL"] }
    }

    /// The same bound, by these sources and for this reason.
    const fn from(mut self, sources: &'static [&'static str], why: &'static str) -> Self {
        self.sources = sources;
        self.why = why;
        self
    }

    fn holds(&self, record: &T) -> bool {
        (self.get)(record).is_none_or(|value| self.least <= value && value <= self.most)
    }
}

/// About one byte, in KiB and in MiB.
const BYTE_IN_KIB: f64 = 0.001;
const BYTE_IN_MIB: f64 = 0.000_001;
/// One GiB in KiB, one PiB in MiB.
const GIB_IN_KIB: f64 = 1024.0 * 1024.0;
const PIB_IN_MIB: f64 = 1024.0 * 1024.0 * 1024.0;

/// Most processes on one client, and most requests one of them keeps in flight.
const MOST_IN_FLIGHT: f64 = 65_536.0;
/// Most files, and most requests in a month: far beyond what is built.
const TRILLION: f64 = 1e12;

static FILE_SYSTEM: &[Bound<FileSystem>] = &[
    Bound::new("credits_at_start", |it| it.credits_at_start, 0.0, 1.0, "share of the burst reservoir that is full"),
    Bound::new("fill", |it| it.fill, 0.0, 1.0, "share of the usable capacity in use"),
];

static STORED: &[Bound<Stored>] = &[
    Bound::new("data_gib", |it| it.data_gib, 0.0, TRILLION, "size of the stored data in GiB"),
    Bound::new("read_requests_per_month", |it| it.read_requests_per_month, 0.0, 1e15, "number of requests"),
    Bound::new("write_requests_per_month", |it| it.write_requests_per_month, 0.0, 1e15, "number of requests"),
];

static TIER_SHARES: &[Bound<TierShares>] = &[
    Bound::new("frequent", |it| it.frequent, 0.0, 1.0, "share of an access tier"),
    Bound::new("infrequent", |it| it.infrequent, 0.0, 1.0, "share of an access tier"),
    Bound::new("archive", |it| it.archive, 0.0, 1.0, "share of an access tier"),
];

static CLIENTS: &[Bound<Clients>] = &[
    Bound::new(
        "count",
        |it: &Clients| it.count.map(Whole::get),
        1.0,
        figures::LUSTRE_CLIENTS_MAX.value,
        "number of clients",
    )
    .from(&["MANUAL-LIMITS"], "Lustre serves no more"),
    Bound::new("network_gbps", |it| it.network_gbps, 0.001, 10_000.0, "line rate of a client in Gbit/s"),
];

static WORKLOAD: &[Bound<Workload>] = &[
    Bound::new("io_size_kib", |it| it.io_size_kib, BYTE_IN_KIB, GIB_IN_KIB, "size of an I/O in KiB"),
    Bound::new("queue_depth", |it| it.queue_depth.map(Whole::get), 1.0, MOST_IN_FLIGHT, "queue depth of a process"),
    Bound::new(
        "processes_per_client",
        |it| it.processes_per_client.map(Whole::get),
        1.0,
        MOST_IN_FLIGHT,
        "number of processes on a client",
    ),
    Bound::new(
        "file_size_mib",
        |it: &Workload| it.file_size_mib,
        BYTE_IN_MIB,
        figures::LUSTRE_FILE_MAX_PIB.value * PIB_IN_MIB,
        "size of a file in MiB",
    )
    .from(&["MANUAL-LIMITS"], "a byte to the largest file of Lustre"),
    Bound::new("file_count", |it| it.file_count.map(Whole::get), 1.0, TRILLION, "number of files"),
    Bound::new("directories", |it| it.directories.map(Whole::get), 1.0, 1e9, "number of directories"),
    Bound::new("passes", |it| it.passes.map(Whole::get), 1.0, 1e6, "number of passes"),
    Bound::new("compression_ratio", |it| it.compression_ratio, 1.0, 1000.0, "size before over size after compression"),
    Bound::new("rate_limit_mb_per_s", |it| it.rate_limit_mb_per_s, 1e-6, 1e9, "offered load in MB/s"),
    Bound::new(
        "rate_limit_operations_per_s",
        |it| it.rate_limit_operations_per_s,
        1e-6,
        1e12,
        "offered load in operations a second",
    ),
];

static TARGET: &[Bound<Target>] = &[
    Bound::new("throughput_mb_per_s", |it| it.throughput_mb_per_s, 1e-6, 1e9, "data rate in MB/s"),
    Bound::new("operations_per_s", |it| it.operations_per_s, 1e-6, 1e12, "number of operations a second"),
    Bound::new("latency_ms", |it| it.latency_ms, 1e-6, 1e9, "time of a request in ms"),
    Bound::new("seconds", |it| it.seconds, 1e-6, 1e12, "time in seconds"),
];

/// Most operations of one kind per item.
const MOST_OPERATIONS: f64 = 1e6;

static OPERATIONS: &[Bound<OperationCounts>] = &[
    Bound::new("create", |it| it.create, 0.0, MOST_OPERATIONS, "number of operations per item"),
    Bound::new("open", |it| it.open, 0.0, MOST_OPERATIONS, "number of operations per item"),
    Bound::new("delete", |it| it.delete, 0.0, MOST_OPERATIONS, "number of operations per item"),
    Bound::new("stat", |it| it.stat, 0.0, MOST_OPERATIONS, "number of operations per item"),
    Bound::new("mkdir", |it| it.mkdir, 0.0, MOST_OPERATIONS, "number of operations per item"),
    Bound::new("rmdir", |it| it.rmdir, 0.0, MOST_OPERATIONS, "number of operations per item"),
    Bound::new("rename", |it| it.rename, 0.0, MOST_OPERATIONS, "number of operations per item"),
    Bound::new("readdir", |it| it.readdir, 0.0, MOST_OPERATIONS, "number of operations per item"),
];

static BACKUP: &[Bound<Backup>] = &[
    Bound::new(
        "automatic_retention_days",
        |it: &Backup| it.automatic_retention_days.map(Whole::get),
        0.0,
        figures::BACKUP_RETENTION_MAX_DAYS.value,
        "retention of automatic backups in days",
    )
    .from(&["BACKUP"], "FSx keeps them no longer"),
    Bound::new("daily_change_gib", |it| it.daily_change_gib, 0.0, TRILLION, "size of a day's changes in GiB"),
];

static PRICING: &[Bound<Pricing>] = &[
    Bound::new("hours_per_month", |it| it.hours_per_month, 0.01, 744.0, "number of hours in a month"),
    Bound::new("duty_cycle", |it| it.duty_cycle, 1e-6, 1.0, "share of the month the file system exists"),
    Bound::new("creations_per_month", |it| it.creations_per_month, 0.0, 1e6, "number of times it is made in a month"),
    Bound::new(
        "cross_az_gb_per_month",
        |it| it.cross_az_gb_per_month,
        0.0,
        TRILLION,
        "size of the data moved between zones in GB",
    ),
];

/// Dearest unit, US dollars: far beyond what is sold.
const DEAREST: f64 = 1e6;

static OWN_PRICE: &[Bound<OwnPrice>] =
    &[Bound::new("usd", |it| Some(it.usd), 0.0, DEAREST, "price of one unit in US dollars")];

/// Every number of a client group in its bounds.
pub(super) fn clients_in_bounds(clients: &Clients) -> bool {
    CLIENTS.iter().all(|bound| bound.holds(clients))
}

/// Every number of a workload in its bounds.
pub(super) fn workload_in_bounds(workload: &Workload) -> bool {
    WORKLOAD.iter().all(|bound| bound.holds(workload))
}

fn value_range(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    judge(FILE_SYSTEM, fs, || "file_system".to_owned(), report);
    if let Some(stored) = &fs.stored {
        judge(STORED, stored, || "file_system.stored".to_owned(), report);
        if let Some(shares) = &stored.tier_shares {
            judge(TIER_SHARES, shares, || "file_system.stored.tier_shares".to_owned(), report);
        }
    }
    for (i, group) in scenario.clients.as_slice().iter().enumerate() {
        judge(CLIENTS, group, || scenario.clients.path(i), report);
    }
    for (i, workload) in scenario.workloads.iter().enumerate() {
        judge(WORKLOAD, workload, || format!("workloads[{i}]"), report);
        if let Some(target) = &workload.target {
            judge(TARGET, target, || format!("workloads[{i}].target"), report);
        }
        if let Some(operations) = &workload.operations {
            judge(OPERATIONS, operations, || format!("workloads[{i}].operations"), report);
        }
    }
    if let Some(backup) = &scenario.backup {
        judge(BACKUP, backup, || "backup".to_owned(), report);
    }
    if let Some(pricing) = &scenario.pricing {
        judge(PRICING, pricing, || "pricing".to_owned(), report);
        for (i, price) in pricing.prices.iter().enumerate() {
            judge(OWN_PRICE, price, || format!("pricing.prices[{i}]"), report);
        }
    }
}

fn judge<T>(bounds: &'static [Bound<T>], record: &T, path: impl Fn() -> String, report: &mut Report<'_>) {
    for bound in bounds.iter().filter(|bound| !bound.holds(record)) {
        let Some(value) = (bound.get)(record) else { continue };
        let (field, fix) = (format!("{}.{}", path(), bound.field), value.clamp(bound.least, bound.most));
        let why = if bound.why.is_empty() { String::new() } else { format!(": {}", bound.why) };
        let message = format!("the {} must be {} to {}{why}", bound.what, bound.least, bound.most);
        report(Breach { sources: bound.sources, ..Breach::new(field, value, message, fix) });
    }
}
