//! Darshan logs, as JSON of pydarshan or as text of `darshan-parser LOG`:
//!
//! ```text
//! python3 -c 'import darshan, sys; print(darshan.DarshanReport(sys.argv[1], read_all=True).to_json())' LOG > log.json
//! ```
//!
//! A log tells counts for each file, not their order in time: the files that were read become one workload, those that
//! were written another, and where more was asked of the metadata servers than moved, that a third. Sizes and shares are
//! means over the files of each. A workload goes as fast as it can: what a log says of time includes waiting for the
//! storage of that day, so it is told, and set as a limit by nobody but the reader.

mod log;

use std::collections::{BTreeMap, BTreeSet};

use self::log::{File, Log};
use super::loads::{KIB, MB, MIB, PROCESSES_PER_CLIENT, Tasks, assumed, found, lost, measured, whole};
use crate::exchange::draft::{CHOOSE_ONE, Found};
use crate::exchange::tree::not_understood;
use crate::finding::{Error, Finding, Severity, whole_number};
use crate::scenario::{Access, Operation, OperationCounts, Workload};
use crate::shape::Whole;

/// Modules that see the files of an application, the better first.
const MODULES: [&str; 2] = ["POSIX", "STDIO"];

/// What the C library gathers before it calls the system, at least: a guess, as a log does not tell.
const STDIO_BUFFER_BYTES: f64 = 4.0 * KIB;

/// Directions with their names in counters: of calls, of bytes, of the last byte, of calls in order, and of times.
const PHASES: [Phase; 2] = [
    Phase {
        name: "read",
        operation: Operation::Read,
        calls: "READS",
        bytes: "BYTES_READ",
        end: "MAX_BYTE_READ",
        in_order: "SEQ_READS",
        times: ["F_READ_START_TIMESTAMP", "F_READ_END_TIMESTAMP"],
    },
    Phase {
        name: "write",
        operation: Operation::Write,
        calls: "WRITES",
        bytes: "BYTES_WRITTEN",
        end: "MAX_BYTE_WRITTEN",
        in_order: "SEQ_WRITES",
        times: ["F_WRITE_START_TIMESTAMP", "F_WRITE_END_TIMESTAMP"],
    },
];

struct Phase {
    name: &'static str,
    operation: Operation,
    calls: &'static str,
    bytes: &'static str,
    end: &'static str,
    in_order: &'static str,
    times: [&'static str; 2],
}

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    let log = log::read(text)?;
    let files = |module: &str| log.modules.get(module).map(|files| files.values().collect::<Vec<_>>());
    let moves = |files: &[&File]| PHASES.iter().any(|phase| sum(files, phase.bytes) > 0.0);
    let seen: Vec<(&str, Vec<&File>)> =
        MODULES.into_iter().filter_map(|module| Some((module, files(module)?))).collect();
    let module = seen.iter().find(|(_, files)| moves(files)).or_else(|| seen.first());
    let Some((module, files)) = module.filter(|(_, files)| !files.is_empty()) else {
        let message = "the log has no records of POSIX or STDIO, so it tells of no load on files";
        return Err(not_understood("records", message));
    };
    let sums: Vec<Sum<'_>> = PHASES.iter().filter_map(|phase| Sum::of(files, phase, module, log.processes)).collect();
    let mut workloads: Vec<Workload> = sums.iter().filter_map(Sum::workload).collect();
    let asked = metadata(files, log.processes);
    let left_out = asked.is_none() && sum(files, "STATS") > 0.0;
    workloads.extend(asked);
    if workloads.is_empty() {
        let message = "the log tells of no load on files: none was read, written, opened or asked for";
        return Err(not_understood("records", message));
    }
    let count = workloads.len();
    let mut read = found(&format!("job-{}", log.id), Tasks::guessed(log.processes), workloads, Vec::new());
    for sum in &sums {
        sum.tell(log.run_s, &mut read);
    }
    if left_out {
        let stats = format!("{} calls for attributes beside the data", whole_number(sum(files, "STATS")));
        lost(&mut read, "records", [stats.as_str()]);
    }
    remarks(&log, module, count, &mut read);
    mounts(files, &mut read);
    layout(&log, &mut read);
    Ok(vec![read])
}

fn sum(files: &[&File], counter: &str) -> f64 {
    files.iter().map(|file| file.get(counter)).sum()
}

/// The files with data of one phase, added up.
struct Sum<'a> {
    phase: &'a Phase,
    module: &'a str,
    files: Vec<&'a File>,
    /// Of the job.
    all: f64,
}

impl<'a> Sum<'a> {
    fn of(files: &[&'a File], phase: &'a Phase, module: &'a str, all: f64) -> Option<Self> {
        let files: Vec<&File> = files.iter().copied().filter(|file| file.get(phase.bytes) > 0.0).collect();
        (!files.is_empty()).then_some(Self { phase, module, files, all })
    }

    fn total(&self, counter: &str) -> f64 {
        sum(&self.files, counter)
    }

    fn count(&self) -> f64 {
        count(self.files.len())
    }

    /// Processes that took part.
    fn processes(&self) -> f64 {
        let ranks: BTreeSet<i64> = self.files.iter().flat_map(|file| file.ranks.iter().copied()).collect();
        if self.files.iter().any(|file| file.by_all) { self.all } else { count(ranks.len()).max(1.0) }
    }

    fn is_shared(&self, file: &File) -> bool {
        self.all > 1.0 && (file.by_all || file.ranks.len() > 1)
    }

    fn shared_files(&self) -> usize {
        self.files.iter().filter(|file| self.is_shared(file)).count()
    }

    /// Whether most calls began below the end of the one before. The first of each process follows none, and STDIO
    /// counts none.
    fn is_random(&self) -> bool {
        let following = self.total(self.phase.calls) - self.processes().max(self.count());
        self.module == "POSIX" && following > 0.0 && self.total(self.phase.in_order) * 2.0 < following
    }

    /// Bytes of a request, of calls with so many.
    fn request(&self, call: f64, file: f64) -> f64 {
        if self.module == "STDIO" { call.max(STDIO_BUFFER_BYTES.min(file)) } else { call }
    }

    fn workload(&self) -> Option<Workload> {
        let (files, bytes, calls) = (self.count(), self.total(self.phase.bytes), self.total(self.phase.calls));
        let tasks = Tasks::guessed(self.processes())?;
        let shared = self.files.len() == 1 && self.shared_files() == 1;
        // up to the last byte, or less if less was moved; more was moved in further passes
        let ends = (self.total(self.phase.end) + files).max(1.0);
        let size = ends.min(bytes) / files;
        let writes = self.phase.operation == Operation::Write;
        let passes = whole(bytes / ends).filter(|passes| *passes > 1 && !writes);
        let synced = self.total("FSYNCS") + self.total("FDSYNCS") > 0.0;
        Some(Workload {
            name: Some(self.phase.name.to_owned()),
            operation: Some(self.phase.operation),
            access: self.is_random().then_some(Access::Random),
            io_size_kib: Some(self.request(bytes / calls.max(1.0), size) / KIB),
            client_count: Some(Whole(tasks.clients)),
            processes_per_client: Some(Whole(tasks.per_client)),
            mapped: (self.total("MMAPS") > 0.0 && !writes).then_some(true),
            fsync: writes.then_some(synced),
            file_size_mib: Some(size / MIB),
            file_count: (!shared).then(|| whole(files).map(Whole)).flatten(),
            shared_file: shared.then_some(true),
            passes: passes.map(Whole),
            application: Some(true),
            ..Workload::BLANK
        })
    }

    /// What was measured, and what of it a workload does not say.
    fn tell(&self, run_s: f64, read: &mut Found) {
        let [begin, end] = self.phase.times;
        let begins = self.files.iter().map(|file| file.get(begin)).filter(|begin| *begin > 0.0);
        let seconds =
            self.files.iter().map(|file| file.get(end)).fold(0.0, f64::max) - begins.reduce(f64::min).unwrap_or(0.0);
        let megabytes = self.total(self.phase.bytes) / MB;
        let mut figures = format!("{megabytes:.3} MB in {} file{}", self.files.len(), plural(self.files.len()));
        if seconds > 0.0 {
            figures += &format!(", {:.3} MB/s from the first to the last in {seconds:.3} s", megabytes / seconds);
        }
        if run_s > 0.0 {
            figures += &format!(", {:.3} MB/s over the run of {run_s:.0} s", megabytes / run_s);
        }
        measured(read, self.phase.name, &figures);
        if self.shared_files() > 1 {
            let message = format!(
                "`{}`: {} files were shared by several processes each; they are counted as files of one process",
                self.phase.name,
                self.shared_files()
            );
            assumed(read, "workloads", message, "shared_file = true, for one at a time");
        }
        if self.total(self.phase.calls) < 1.0 {
            let message = format!("`{}`: no calls are counted, so each file is moved by one", self.phase.name);
            assumed(read, "workloads", message, "io_size_kib");
        }
    }
}

/// Opens and attributes, where more of them were asked for than data was moved in calls.
fn metadata(files: &[&File], all: f64) -> Option<Workload> {
    let (opens, stats) = (sum(files, "OPENS"), sum(files, "STATS"));
    let asked = opens + stats;
    if asked <= 0.0 || asked <= PHASES.iter().map(|phase| sum(files, phase.calls)).sum() {
        return None;
    }
    let each = |total: f64| Some(total / count(files.len())).filter(|share| *share > 0.0);
    let tasks = Tasks::guessed(all)?;
    Some(Workload {
        name: Some("metadata".to_owned()),
        operations: Some(OperationCounts { open: each(opens), stat: each(stats), ..OperationCounts::NONE }),
        processes_per_client: Some(Whole(tasks.per_client)),
        file_count: whole(count(files.len())).map(Whole),
        application: Some(true),
        ..Workload::BLANK
    })
}

fn remarks(log: &Log, module: &str, workloads: usize, read: &mut Found) {
    let message = format!(
        "a log does not tell on how many clients its {} process{} ran; at most {PROCESSES_PER_CLIENT} are put on each",
        whole_number(log.processes),
        if log.processes > 1.0 { "es" } else { "" }
    );
    assumed(read, "clients", message, "clients.count and workloads[].processes_per_client");
    let message = "the workloads go as fast as they can; the pace of the log has its waits for computation and storage";
    assumed(read, "workloads", message, "rate_limit_mb_per_s of what was measured, for that pace");
    if workloads > 1 {
        let message = "the workloads may have followed each other; a scenario runs them at the same time";
        assumed(read, "workloads", message, CHOOSE_ONE);
    }
    if module != "POSIX" {
        let message = format!(
            "the log has no POSIX records with data, so those of STDIO are taken; its buffer is guessed to gather calls \
             to {STDIO_BUFFER_BYTES} bytes"
        );
        assumed(read, "workloads", message, "io_size_kib");
    }
    let moved = |files: &BTreeMap<String, File>| {
        files.values().any(|file| PHASES.iter().any(|phase| file.get(phase.bytes) > 0.0))
    };
    let beside = ["STDIO"].into_iter().filter(|it| *it != module && log.modules.get(*it).is_some_and(moved));
    lost(read, "records", beside.map(|_| "what went through STDIO beside POSIX"));
    let collective = log
        .modules
        .get("MPI-IO")
        .is_some_and(|files| files.values().any(|file| file.get("COLL_READS") + file.get("COLL_WRITES") > 0.0));
    if collective {
        let message = "collective calls of MPI-IO: fewer processes than all passed the data on, and a log does not say \
                       how many";
        assumed(read, "workloads", message, "processes_per_client of those");
    }
}

/// Says where the files lie, if that is on several file systems.
fn mounts(files: &[&File], read: &mut Found) {
    let mut by_mount: BTreeMap<&str, f64> = BTreeMap::new();
    for file in files.iter().filter(|file| !file.mount.is_empty()) {
        *by_mount.entry(&file.mount).or_default() += PHASES.iter().map(|phase| file.get(phase.bytes)).sum::<f64>();
    }
    if by_mount.len() > 1 {
        let line = by_mount.iter().map(|(mount, bytes)| format!("{mount} {:.3} MB", bytes / MB));
        let message =
            format!("files of several file systems are counted together: {}", line.collect::<Vec<_>>().join(", "));
        assumed(read, "workloads", message, "a log of those that are to lie on this one");
    }
}

/// Stripes of most files on Lustre; only `darshan-parser` tells them.
fn layout(log: &Log, read: &mut Found) {
    let mut layouts: BTreeMap<(i64, i64), usize> = BTreeMap::new();
    for file in log.modules.get("LUSTRE").into_iter().flat_map(BTreeMap::values) {
        let first = |names: [&str; 3]| names.into_iter().map(|name| file.get(name)).find(|value| value.abs() > 0.0);
        // until 3.4.2 one layout, then components
        let count = first(["STRIPE_WIDTH", "COMP1_STRIPE_COUNT", "STRIPE_COUNT"]).and_then(whole);
        let size = first(["STRIPE_SIZE", "COMP1_STRIPE_SIZE", "COMP_STRIPE_SIZE"]).and_then(|size| whole(size / MIB));
        if let Some(layout) = count.zip(size) {
            *layouts.entry(layout).or_default() += 1;
        }
    }
    if let Some(((count, size), files)) = layouts.into_iter().max_by_key(|(_, files)| *files) {
        let size = size.max(1);
        let message = format!("{files} file{} on Lustre had {count} stripes of {size} MiB", plural(files));
        let fix = format!("file_system.layout = {{ kind = \"stripe\", count = {count}, size_mib = {size} }}");
        let finding = Finding::error("FSX-IMPORT-LAYOUT", "file_system.layout", "", message, &fix);
        read.findings.push(Finding { severity: Severity::Advice, ..finding });
    }
}

fn count(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

const fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
