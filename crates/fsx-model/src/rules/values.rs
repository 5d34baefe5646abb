//! Least and greatest sensible value of every number that no other rule bounds, as one table.

use super::{Breach, Report, Rule};
use crate::catalog::figures;
use crate::finding::Severity;
use crate::scenario::{
    Backup, Clients, DataRepositoryAssociation, FileSystem, Job, JobTarget, OperationCounts, OwnPrice, PartUtilization,
    Pricing, Scenario, Stored, Target, TierShares, Workload,
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
        sources: &["MODEL", "MANUAL-LIMITS", "BACKUP", "API-DRA", "FAILED"],
        after: &["FSX-LIST-LENGTH"],
        check: value_range,
    },
];

/// Most client groups, and most workloads, in one scenario.
const MOST_ENTRIES: usize = 1000;

fn list_length(scenario: &Scenario, report: &mut Report<'_>) {
    for (field, count) in
        [("clients", scenario.clients.as_slice().len()), ("workloads", scenario.workloads.len() + scenario.jobs.len())]
    {
        if count > MOST_ENTRIES {
            let message = format!("there are {count} entries; at most {MOST_ENTRIES} are calculated together");
            report(Breach::new(field, count, message, format_args!("{MOST_ENTRIES} entries or fewer")));
        }
    }
}

/// Bounds of a field.
struct Bound<T: 'static> {
    get: fn(&T) -> Option<f64>,
    range: Range,
}

/// Bounds of a number.
struct Range {
    field: &'static str,
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
        Self { get, range: Range { field, least, most, what, why: "", sources: &["MODEL"] } }
    }

    /// The same bound, by these sources and for this reason.
    const fn from(mut self, sources: &'static [&'static str], why: &'static str) -> Self {
        self.range.sources = sources;
        self.range.why = why;
        self
    }

    fn holds(&self, record: &T) -> bool {
        (self.get)(record).is_none_or(|value| self.range.holds(value))
    }
}

impl Range {
    fn holds(&self, value: f64) -> bool {
        self.least <= value && value <= self.most
    }

    #[inline(never)]
    fn judge(&self, value: f64, path: &dyn Fn() -> String, report: &mut Report<'_>) {
        if self.holds(value) {
            return;
        }
        let (field, fix) = (format!("{}.{}", path(), self.field), value.clamp(self.least, self.most));
        let why = if self.why.is_empty() { String::new() } else { format!(": {}", self.why) };
        let message = format!("the {} must be {} to {}{why}", self.what, self.least, self.most);
        report(Breach { sources: self.sources, ..Breach::new(field, value, message, fix) });
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

static PART: &[Bound<PartUtilization>] = &[
    Bound::new("mean_percent", |it| Some(it.mean_percent), 0.0, MOST_PERCENT, "share of a capacity in percent"),
    Bound::new("max_percent", |it| Some(it.max_percent), 0.0, MOST_PERCENT, "share of a capacity in percent"),
];

/// On burst credits a part is used beyond its capacity.
const MOST_PERCENT: f64 = 10_000.0;

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

/// One TiB in MiB.
const TIB_IN_MIB: f64 = 1024.0 * 1024.0;

static ASSOCIATION: &[Bound<DataRepositoryAssociation>] = &[
    Bound::new(
        "imported_file_chunk_size_mib",
        |it: &DataRepositoryAssociation| it.imported_file_chunk_size_mib.map(Whole::get),
        figures::IMPORTED_FILE_CHUNK_SIZE_MIN_MIB.value,
        figures::IMPORTED_FILE_CHUNK_SIZE_MAX_MIB.value,
        "size of a chunk of imported files in MiB",
    )
    .from(&["API-DRA"], "the API takes no other"),
    Bound::new("object_count", |it| it.object_count.map(Whole::get), 0.0, TRILLION, "number of objects"),
    Bound::new(
        "mean_object_size_mib",
        |it: &DataRepositoryAssociation| it.mean_object_size_mib,
        BYTE_IN_MIB,
        figures::S3_OBJECT_MAX_TIB.value * TIB_IN_MIB,
        "mean size of an object in MiB",
    )
    .from(&["FAILED"], "a byte to the largest object of S3"),
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
    Bound::new(
        "client_count",
        |it: &Workload| it.client_count.map(Whole::get),
        1.0,
        figures::LUSTRE_CLIENTS_MAX.value,
        "number of clients that take part",
    ),
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

static JOB: &[Bound<Job>] = &[
    Bound::new(
        "accelerators_per_client",
        |it| it.accelerators_per_client.map(Whole::get),
        1.0,
        1024.0,
        "number of accelerators on a client",
    ),
    Bound::new("client_count", |it| it.client_count.map(Whole::get), 1.0, 1e6, "number of clients that take part"),
    Bound::new("samples", |it| it.samples.map(Whole::get), 1.0, 1e15, "number of samples"),
    Bound::new("sample_bytes", |it| it.sample_bytes, 1.0, 1e15, "size of a sample in bytes"),
    Bound::new("sample_bytes_deviation", |it| it.sample_bytes_deviation, 0.0, 1e15, "deviation of it in bytes"),
    Bound::new("samples_per_file", |it| it.samples_per_file.map(Whole::get), 1.0, 1e15, "number of samples in a file"),
    Bound::new("file_count", |it| it.file_count.map(Whole::get), 1.0, TRILLION, "number of files"),
    Bound::new("batch", |it| it.batch.map(Whole::get), 1.0, 1e9, "number of samples in a batch"),
    Bound::new("compute_s", |it| it.compute_s, 1e-9, 1e6, "time of a batch in seconds"),
    Bound::new("readers", |it| it.readers.map(Whole::get), 1.0, 1024.0, "number of readers of an accelerator"),
    Bound::new("prefetch_batches", |it| it.prefetch_batches.map(Whole::get), 1.0, 1024.0, "number of batches"),
    Bound::new("epochs", |it| it.epochs.map(Whole::get), 1.0, 1e6, "number of epochs"),
    Bound::new("size_gib", |it| it.size_gib, 1e-6, 1e9, "size of a checkpoint in GiB"),
    Bound::new("parameters", |it| it.parameters, 1.0, 1e18, "number of parameters"),
    Bound::new("bytes_per_parameter", |it| it.bytes_per_parameter, 0.01, 1000.0, "number of bytes per parameter"),
    Bound::new("ranks", |it| it.ranks.map(Whole::get), 1.0, 1e7, "number of ranks"),
    Bound::new("files_per_rank", |it| it.files_per_rank.map(Whole::get), 1.0, 1e6, "number of files of a rank"),
    Bound::new("keep", |it| it.keep.map(Whole::get), 1.0, 1e6, "number of checkpoints that are kept"),
    Bound::new("blocking_s", |it| it.blocking_s, 0.0, 1e9, "time in seconds"),
    Bound::new("target_s", |it| it.target_s, 1e-3, 1e9, "time in seconds"),
    Bound::new("mean_time_to_failure_h", |it| it.mean_time_to_failure_h, 1e-3, 1e9, "time in hours"),
    Bound::new("restart_s", |it| it.restart_s, 0.0, 1e9, "time in seconds"),
    Bound::new("object_count", |it| it.object_count.map(Whole::get), 1.0, TRILLION, "number of objects"),
    Bound::new("mean_object_size_mib", |it| it.mean_object_size_mib, BYTE_IN_MIB, 1e9, "size of an object in MiB"),
    Bound::new(
        "processes_per_client",
        |it| it.processes_per_client.map(Whole::get),
        1.0,
        MOST_IN_FLIGHT,
        "number of processes on a client",
    ),
    Bound::new("items", |it| it.items.map(Whole::get), 1.0, TRILLION, "number of items"),
    Bound::new("directories", |it| it.directories.map(Whole::get), 1.0, 1e9, "number of directories"),
    Bound::new("operations_per_s", |it| it.operations_per_s, 1e-6, 1e12, "number of operations a second"),
];

static JOB_TARGET: &[Bound<JobTarget>] = &[
    Bound::new("accelerator_utilization", |it| it.accelerator_utilization, 0.001, 0.999, "share of the time"),
    Bound::new("goodput", |it| it.goodput, 0.001, 0.9999, "share of the time"),
    Bound::new("save_s", |it| it.save_s, 1e-3, 1e9, "time in seconds"),
    Bound::new("restore_s", |it| it.restore_s, 1e-3, 1e9, "time in seconds"),
    Bound::new("seconds", |it| it.seconds, 1e-3, 1e12, "time in seconds"),
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
    judge(FILE_SYSTEM, fs, &|| "file_system".to_owned(), report);
    if let Some(stored) = &fs.stored {
        judge(STORED, stored, &|| "file_system.stored".to_owned(), report);
        if let Some(shares) = &stored.tier_shares {
            judge(TIER_SHARES, shares, &|| "file_system.stored.tier_shares".to_owned(), report);
        }
    }
    for (i, association) in fs.data_repository_associations.iter().enumerate() {
        judge(ASSOCIATION, association, &|| format!("file_system.data_repository_associations[{i}]"), report);
    }
    for (i, group) in scenario.clients.as_slice().iter().enumerate() {
        judge(CLIENTS, group, &|| scenario.clients.path(i), report);
    }
    for (i, workload) in scenario.workloads.iter().enumerate() {
        judge(WORKLOAD, workload, &|| format!("workloads[{i}]"), report);
        if let Some(target) = &workload.target {
            judge(TARGET, target, &|| format!("workloads[{i}].target"), report);
        }
        if let Some(operations) = &workload.operations {
            judge(OPERATIONS, operations, &|| format!("workloads[{i}].operations"), report);
        }
    }
    for (i, job) in scenario.jobs.iter().enumerate() {
        judge(JOB, job, &|| format!("jobs[{i}]"), report);
        if let Some(target) = &job.target {
            judge(JOB_TARGET, target, &|| format!("jobs[{i}].target"), report);
        }
        if let Some(operations) = &job.operations {
            judge(OPERATIONS, operations, &|| format!("jobs[{i}].operations"), report);
        }
    }
    for (i, part) in scenario.cloudwatch.iter().enumerate() {
        judge(PART, part, &|| format!("cloudwatch[{i}]"), report);
    }
    if let Some(backup) = &scenario.backup {
        judge(BACKUP, backup, &|| "backup".to_owned(), report);
    }
    if let Some(pricing) = &scenario.pricing {
        judge(PRICING, pricing, &|| "pricing".to_owned(), report);
        for (i, price) in pricing.prices.iter().enumerate() {
            judge(OWN_PRICE, price, &|| format!("pricing.prices[{i}]"), report);
        }
    }
}

fn judge<T>(bounds: &'static [Bound<T>], record: &T, path: &dyn Fn() -> String, report: &mut Report<'_>) {
    for bound in bounds {
        if let Some(value) = (bound.get)(record) {
            bound.range.judge(value, path, report);
        }
    }
}
