//! Darshan logs, as the JSON of pydarshan: `darshan.DarshanReport(LOG, read_all=True).to_json()`.
//!
//! A log tells counts for each file, not their order in time: the files that were read become one workload, those that
//! were written another, and files that were only opened a third. Sizes and shares are means over the files of each.

use std::collections::BTreeMap;

use serde_json::Value;

use super::loads::{KIB, MIB, PROCESSES_PER_CLIENT, Tasks, assumed, found, measured};
use crate::exchange::draft::Found;
use crate::exchange::tree::{At, json, not_understood};
use crate::finding::{Error, whole_number};
use crate::scenario::{Access, Operation, Workload};
use crate::shape::Whole;

/// Modules that see the files of an application, the better first, and their prefix.
const MODULES: &[&str] = &["POSIX", "STDIO"];

/// What every program has open.
const STREAMS: &[&str] = &["<STDIN>", "<STDOUT>", "<STDERR>"];

/// What is summed up over the files of a workload.
#[derive(Default)]
struct Sum {
    files: f64,
    shared: f64,
    bytes: f64,
    operations: f64,
    sequential: f64,
    extent: f64,
    begin: Option<f64>,
    end: f64,
    mapped: f64,
    synced: f64,
    ranks: BTreeMap<i64, ()>,
}

/// One file of a module.
struct Record<'a> {
    rank: i64,
    counters: BTreeMap<&'a str, f64>,
}

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    let document = json(&finite(text))?;
    let root = At::root(&document);
    let Some(job) = root.get("metadata.job") else {
        return Err(not_understood("", "no report of pydarshan: `metadata.job` is missing"));
    };
    let processes = job.number("nprocs").unwrap_or(1.0);
    let mut streams = false;
    for module in MODULES {
        let records = records(&root, module);
        if records.is_empty() {
            continue;
        }
        let mut workloads = Vec::new();
        let mut notes = Vec::new();
        for (phase, operation) in [("read", Operation::Read), ("write", Operation::Write)] {
            let sum = Sum::of(&records, module, phase);
            if let Some(load) = sum.workload(module, phase, operation, processes) {
                notes.push((phase, sum.figures(), sum.shared > 1.0));
                workloads.push(load);
            }
        }
        if workloads.is_empty() {
            workloads.extend(opened(&records, module, processes));
        }
        if workloads.is_empty() {
            streams = true;
            continue;
        }
        return Ok(vec![result(&job, module, processes, workloads, &notes)]);
    }
    let why =
        if streams { "files were neither read, written nor opened" } else { "it has no records of POSIX or STDIO" };
    Err(not_understood("records", format!("the log tells of no load on files: {why}")))
}

fn result(
    job: &At<'_>,
    module: &str,
    processes: f64,
    workloads: Vec<Workload>,
    notes: &[(&str, String, bool)],
) -> Found {
    let name = job.get("jobid").map_or_else(|| "darshan".to_owned(), |id| format!("job-{}", id.value));
    let mut read = found(&name, Tasks::guessed(processes), workloads, Vec::new());
    for (phase, figures, several_shared) in notes {
        measured(&mut read, phase, figures);
        if *several_shared {
            let message = format!("several files were shared by all processes; `{phase}` has one file per process");
            assumed(&mut read, "workloads", message, "shared_file = true, for one at a time");
        }
    }
    let message = format!(
        "a log does not tell on how many clients its {} processes ran; {PROCESSES_PER_CLIENT} of them are put on each",
        whole_number(processes)
    );
    assumed(&mut read, "clients", message, "clients.count and workloads[].processes_per_client");
    if module != "POSIX" {
        assumed(&mut read, "workloads", "the log has no POSIX records with data, so STDIO's are taken", "");
    }
    if notes.len() > 1 {
        let message = "reads and writes may have followed each other; a scenario runs its workloads at the same time";
        assumed(&mut read, "workloads", message, "--id and the name of one of them, for a scenario each");
    }
    read
}

/// JSON in which numbers that are none, which pydarshan may write, are left out.
fn finite(text: &str) -> String {
    if !text.contains("NaN") && !text.contains("Infinity") {
        return text.to_owned();
    }
    text.replace("-Infinity", "null").replace("Infinity", "null").replace("NaN", "null")
}

/// The records of a module but for the standard streams.
fn records<'a>(root: &At<'a>, module: &str) -> Vec<Record<'a>> {
    let names = |kind: &str| -> Vec<&'a str> {
        let list = root.get(&format!("counters.{module}.{kind}")).and_then(|at| at.value.as_array());
        list.into_iter().flatten().filter_map(Value::as_str).collect()
    };
    let (counters, fcounters) = (names("counters"), names("fcounters"));
    let file = |id: &Value| root.value.get("name_records")?.get(id.to_string())?.as_str();
    let list = root.get("records").and_then(|records| records.value.get(module)?.as_array());
    let record = |record: &'a Value| {
        if file(record.get("id")?).is_some_and(|name| STREAMS.contains(&name)) {
            return None;
        }
        let values = |kind: &str| record.get(kind).and_then(Value::as_array).into_iter().flatten();
        let all =
            counters.iter().copied().zip(values("counters")).chain(fcounters.iter().copied().zip(values("fcounters")));
        let counters = all.filter_map(|(name, value)| Some((name, value.as_f64()?))).collect();
        Some(Record { rank: record.get("rank")?.as_i64()?, counters })
    };
    list.into_iter().flatten().filter_map(record).collect()
}

impl Record<'_> {
    fn get(&self, module: &str, name: &str) -> f64 {
        self.counters.get(format!("{module}_{name}").as_str()).copied().unwrap_or(0.0).max(0.0)
    }
}

impl Sum {
    /// Of the files with data of a phase.
    fn of(records: &[Record<'_>], module: &str, phase: &str) -> Self {
        let (done, moved, extent, operations, sequential) = match phase {
            "read" => ("READ", "BYTES_READ", "MAX_BYTE_READ", "READS", "SEQ_READS"),
            _ => ("WRITE", "BYTES_WRITTEN", "MAX_BYTE_WRITTEN", "WRITES", "SEQ_WRITES"),
        };
        let mut sum = Self::default();
        for record in records.iter().filter(|record| record.get(module, moved) > 0.0) {
            let get = |name: &str| record.get(module, name);
            sum.files += 1.0;
            sum.shared += f64::from(u8::from(record.rank < 0));
            sum.bytes += get(moved);
            sum.operations += get(operations);
            sum.sequential += get(sequential);
            sum.extent += get(extent) + 1.0;
            sum.mapped += get("MMAPS");
            sum.synced += get("FSYNCS") + get("FDSYNCS");
            let begin = get(&format!("F_{done}_START_TIMESTAMP"));
            sum.begin = Some(sum.begin.map_or(begin, |earlier| earlier.min(begin)));
            sum.end = sum.end.max(get(&format!("F_{done}_END_TIMESTAMP")));
            if record.rank >= 0 {
                sum.ranks.insert(record.rank, ());
            }
        }
        sum
    }

    /// Processes that took part.
    fn processes(&self, all: f64) -> f64 {
        let alone = u32::try_from(self.ranks.len()).map_or(all, f64::from);
        if self.shared > 0.0 { all } else { alone.max(1.0) }
    }

    /// Whether most offsets were below the one before. The first of each process follows none, and STDIO counts none.
    fn is_random(&self, module: &str, all: f64) -> bool {
        let following = self.operations - self.processes(all).max(self.files);
        module == "POSIX" && following > 0.0 && self.sequential * 2.0 < following
    }

    fn workload(&self, module: &str, phase: &str, operation: Operation, all: f64) -> Option<Workload> {
        if self.files == 0.0 || self.operations == 0.0 {
            return None;
        }
        let tasks = Tasks::guessed(self.processes(all))?;
        let one_shared = self.files < 1.5 && self.shared > 0.5 && all > 1.0;
        // what was written or read past the end of a file of that size was so again
        let size = (self.extent / self.files).max(1.0);
        let passes = Whole::from_f64(libm::round(self.bytes / (self.files * size)).max(1.0));
        let is_write = operation == Operation::Write;
        Some(Workload {
            name: Some(phase.to_owned()),
            operation: Some(operation),
            access: self.is_random(module, all).then_some(Access::Random),
            io_size_kib: Some(self.bytes / self.operations / KIB),
            processes_per_client: Some(Whole(tasks.per_client)),
            client_count: Some(Whole(tasks.clients)),
            mapped: (self.mapped > 0.0 && !is_write).then_some(true),
            fsync: is_write.then_some(self.synced > 0.0),
            file_size_mib: Some(size / MIB),
            file_count: (!one_shared).then(|| Whole::from_f64(self.files)).flatten(),
            shared_file: one_shared.then_some(true),
            passes: passes.filter(|passes| passes.0 > 1 && !is_write),
            application: Some(true),
            ..Workload::BLANK
        })
    }

    /// Bytes, time and rate, as far as the log tells.
    fn figures(&self) -> String {
        let seconds = self.end - self.begin.unwrap_or(0.0);
        let megabytes = self.bytes / 1e6;
        let of = format!("in {} file{}", self.files, if self.files > 1.0 { "s" } else { "" });
        if seconds > 0.0 {
            format!("{megabytes:.3} MB {of} in {seconds:.3} s, {:.3} MB/s", megabytes / seconds)
        } else {
            format!("{megabytes:.3} MB {of}")
        }
    }
}

/// Files that were opened and no more.
fn opened(records: &[Record<'_>], module: &str, all: f64) -> Option<Workload> {
    let files: Vec<&Record<'_>> = records.iter().filter(|record| record.get(module, "OPENS") > 0.0).collect();
    let opens: f64 = files.iter().map(|record| record.get(module, "OPENS")).sum();
    let tasks = Tasks::guessed(all)?;
    Some(Workload {
        name: Some("open".to_owned()),
        operation: Some(Operation::Open),
        processes_per_client: Some(Whole(tasks.per_client)),
        file_count: Whole::from_f64(opens).filter(|opens| opens.0 > 0),
        application: Some(true),
        ..Workload::BLANK
    })
    .filter(|load| load.file_count.is_some())
}
