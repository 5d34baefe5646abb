//! fio 3: its JSON output (`--output-format=json`), of one client or of several (`client_stats`).

mod job;

use std::collections::BTreeSet;

use self::job::{ASYNCHRONOUS, Job, OF_METADATA, SYNCHRONOUS, jobs};
use super::loads::{MB, Tasks, assumed, few_enough, found, in_turn, lost, measured, whole};
use crate::exchange::draft::Found;
use crate::exchange::tree::{At, json, not_understood};
use crate::finding::Error;
use crate::scenario::Workload;
use crate::shape::Whole;

/// Options that shape a load and of which a workload tells nothing.
const LOST: &[&str] = &[
    "bssplit",
    "bsrange",
    "runtime",
    "time_based",
    "ramp_time",
    "startdelay",
    "io_size",
    "rwmixread",
    "rwmixwrite",
    "zonemode",
    "thinktime",
    "random_distribution",
    "offset",
    "offset_increment",
    "file_service_type",
    "rate_process",
    "flow",
];

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    let document = json(document(text))?;
    let root = At::root(&document);
    let list = root.get("client_stats").or_else(|| root.get("jobs"));
    let Some(list) = list else {
        return Err(not_understood("", "no output of fio: `jobs` or `client_stats` is missing"));
    };
    let jobs = jobs(&root, &list);
    few_enough(jobs.len())?;
    let mut read = Reading::default();
    for job in &jobs {
        read.take(job);
    }
    if read.loads.is_empty() {
        return Err(not_understood(&list.path, "no job of fio reads, writes, or works on files"));
    }
    Ok(vec![read.found(&jobs)])
}

/// The document without the warnings that fio prints around it.
fn document(text: &str) -> &str {
    let start = if text.starts_with('{') { 0 } else { text.find("\n{").map_or(0, |at| at + 1) };
    let end = text.rfind("\n}").map_or(text.len(), |at| at + 2);
    text.get(start..end).unwrap_or(text)
}

/// What comes of the jobs.
#[derive(Default)]
struct Reading {
    loads: Vec<Workload>,
    /// Load and what was measured.
    figures: Vec<(String, String)>,
    /// Field, message, and what to do.
    remarks: BTreeSet<(&'static str, String, &'static str)>,
    lost: BTreeSet<String>,
    clients: f64,
}

impl Reading {
    fn take(&mut self, job: &Job<'_>) {
        let loads = job.loads();
        self.lost.extend(LOST.iter().filter(|it| job.is_set(it)).map(|it| (*it).to_owned()));
        if loads.is_empty() {
            self.lost.insert(format!("{} (rw={})", job.name, job.kind()));
        }
        self.remark(job);
        self.clients = self.clients.max(job.clients());
        for (load, way) in loads {
            let name = self.free(load.name.unwrap_or_default());
            let rate = job.sum(&format!("{way}.bw_bytes")) / MB;
            let iops = job.sum(&format!("{way}.iops"));
            self.figures.push((name.clone(), format!("{rate:.1} MB/s and {iops:.0} I/Os a second")));
            let clients = whole(job.clients()).map(Whole);
            self.loads.push(Workload { name: Some(name), client_count: clients, ..load });
        }
    }

    /// A name that no load has yet.
    fn free(&self, name: String) -> String {
        let taken = |name: &str| self.loads.iter().any(|load| load.name.as_deref() == Some(name));
        if !taken(&name) {
            return name;
        }
        (2..).map(|n| format!("{name}-{n}")).find(|name| !taken(name)).unwrap_or(name)
    }

    fn remark(&mut self, job: &Job<'_>) {
        let name = job.name;
        let mut say = |field, message: String, fix| {
            self.remarks.insert((field, message, fix));
        };
        let engine = job.engine();
        let metadata = OF_METADATA.iter().any(|(it, _)| *it == engine);
        if !metadata && ![ASYNCHRONOUS, SYNCHRONOUS].concat().contains(&engine) {
            say("workloads", format!("`{name}`: the engine {engine} is taken for one with requests of files"), "");
        }
        if job.number("iodepth").is_some_and(|depth| depth > 1.0) && job.depth() == 1 && !metadata {
            let message = format!("`{name}`: iodepth does not count with {engine} as it was run, so it is left out");
            say("workloads", message, "direct=1 and an asynchronous engine");
        }
        if job.directions().len() > 1 && job.depth() == 1 {
            let message = format!(
                "`{name}`: each process reads or writes; as two workloads it does both at a time, which is up to twice \
                 as much in flight"
            );
            say("workloads", message, "");
        }
        if job.size().is_none() && !metadata && job.get("filesize").is_none() {
            let message = format!("`{name}`: no size in bytes is given, so files are as large as what was moved");
            say("workloads", message, "file_size_mib");
        }
        if ["fsync", "fdatasync"].iter().any(|option| job.is_set(option)) {
            let message = format!("`{name}`: a write after which fio waits for the disk is taken for one that goes on");
            say("workloads", message, "");
        }
        if job.entries.iter().any(|entry| entry.number("error").is_some_and(|error| error.abs() > 0.0)) {
            say("workloads", format!("`{name}`: fio stopped it with an error"), "");
        }
    }

    fn found(self, jobs: &[Job<'_>]) -> Found {
        let only = self.loads.iter().all(|load| load.client_count.map(Whole::get) == Some(self.clients));
        let loads =
            self.loads.into_iter().map(|load| Workload { client_count: load.client_count.filter(|_| !only), ..load });
        let mut read = found("fio", Tasks::new(self.clients, self.clients), loads.collect(), Vec::new());
        for (load, figures) in &self.figures {
            measured(&mut read, load, figures);
        }
        // `stonewall` is not among the options of the output, but it makes a group
        let first = jobs.first().map(|job| job.group);
        if jobs.iter().any(|job| Some(job.group) != first || job.get("wait_for").is_some()) {
            in_turn(&mut read, "fio");
        }
        for (field, message, fix) in self.remarks {
            assumed(&mut read, field, message, fix);
        }
        lost(&mut read, "jobs", self.lost.iter().map(String::as_str));
        if jobs.iter().all(|job| job.hosts.is_empty()) {
            assumed(&mut read, "clients", "fio ran on one client", "clients.count, for more of the same");
        }
        read
    }
}
