//! fio: its JSON output (`--output-format=json`).

use std::collections::BTreeMap;

use super::loads::{KIB, MIB, Tasks, assumed, bytes, found, measured, whole};
use crate::exchange::draft::Found;
use crate::exchange::tree::{At, json, not_understood};
use crate::finding::Error;
use crate::scenario::{Access, Operation, Workload};
use crate::shape::Whole;

/// Engines that have one request in flight whatever the depth that is asked for.
const SYNCHRONOUS: &[&str] = &["sync", "psync", "vsync", "pvsync", "pvsync2", "mmap", "splice"];

/// Options of which a workload tells nothing.
const LOST: &[&str] = &[
    "bsrange",
    "bssplit",
    "runtime",
    "time_based",
    "rwmixread",
    "rwmixwrite",
    "zonemode",
    "thinktime",
    "random_distribution",
];

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    // fio may print warnings before its document
    let start = text.find('{').unwrap_or(0);
    let document = json(text.get(start..).unwrap_or(text))?;
    let root = At::root(&document);
    let clients = root.get("client_stats");
    let jobs = root.get("jobs").or_else(|| clients.clone()).map(|list| list.items()).unwrap_or_default();
    let global = options(root.get("global options"));
    let hosts: BTreeMap<&str, ()> = jobs.iter().filter_map(|job| Some((job.text("hostname")?, ()))).collect();
    let count = hosts.len().max(1);
    let mut seen: BTreeMap<(String, String), ()> = BTreeMap::new();
    let mut workloads = Vec::new();
    let mut notes: Vec<(String, String)> = Vec::new();
    let mut lost: BTreeMap<String, ()> = BTreeMap::new();
    for job in &jobs {
        let name = job.text("jobname").unwrap_or("fio");
        let group = job.get("groupid").map(|group| group.value.to_string()).unwrap_or_default();
        // without group_reporting each of the processes stands here, and on each client
        if name == "All clients" || seen.insert((name.to_owned(), group), ()).is_some() {
            continue;
        }
        let mut given = global.clone();
        given.extend(options(job.get("job options")));
        lost.extend(LOST.iter().filter(|it| given.contains_key(**it)).map(|it| ((*it).to_owned(), ())));
        for (load, direction) in loads(name, &given, job, as_f64(count)) {
            let rate = job.number(&format!("{direction}.bw_bytes")).unwrap_or(0.0) / 1e6;
            let iops = job.number(&format!("{direction}.iops")).unwrap_or(0.0);
            notes.push((load.name.clone().unwrap_or_default(), format!("{rate:.1} MB/s and {iops:.0} I/Os a second")));
            workloads.push(load);
        }
    }
    if workloads.is_empty() {
        return Err(not_understood("", "no output of fio with jobs that read or write"));
    }
    let tasks = Tasks::new(as_f64(count), as_f64(count));
    let mut read = found("fio", tasks, workloads, Vec::new());
    for (load, figures) in &notes {
        measured(&mut read, load, figures);
    }
    if !lost.is_empty() {
        let names = lost.into_keys().collect::<Vec<_>>().join(", ");
        let message = format!("a workload has no field for {names}, so what they say is left out");
        read.warn("FSX-IMPORT-NOT-CARRIED", "jobs", "", message, "");
    }
    if hosts.is_empty() {
        assumed(&mut read, "clients", "fio ran on one client", "clients.count, for more of the same");
    }
    Ok(vec![read])
}

fn as_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(1.0, f64::from)
}

fn options(at: Option<At<'_>>) -> BTreeMap<String, String> {
    let fields = at.map(|at| at.fields()).unwrap_or_default();
    let text = |at: &At<'_>| at.value.as_str().map_or_else(|| at.value.to_string(), str::to_owned);
    fields.into_iter().map(|(name, at)| (name.to_owned(), text(&at))).collect()
}

/// The workloads of a job: one for each direction, with the name of that in the output.
fn loads(name: &str, given: &BTreeMap<String, String>, job: &At<'_>, clients: f64) -> Vec<(Workload, &'static str)> {
    let get = |option: &str| given.get(option).map(String::as_str);
    let number =
        |option: &str| get(option).and_then(|text| text.trim().parse::<f64>().ok()).filter(|it| it.is_finite());
    let is_set = |option: &str| get(option).is_some_and(|value| value != "0");
    let kind = get("rw").or_else(|| get("readwrite")).unwrap_or("read");
    // a suffix such as `:8` says how often a new offset is drawn
    let kind = kind.split(':').next().unwrap_or(kind);
    let directions: &[(&str, Operation)] = match kind {
        "read" | "randread" => &[("read", Operation::Read)],
        "write" | "randwrite" => &[("write", Operation::Write)],
        "rw" | "readwrite" | "randrw" => &[("read", Operation::Read), ("write", Operation::Write)],
        _ => &[],
    };
    let processes = number("numjobs").unwrap_or(1.0).max(1.0);
    let files = number("nrfiles").unwrap_or(1.0).max(1.0);
    let shared = get("filename").is_some() && processes > 1.0;
    // block sizes and rates may differ by direction: reads, writes, trims
    let of = |option: &str, place: usize| {
        let parts: Vec<&str> = get(option)?.split(',').collect();
        bytes(parts.get(place).filter(|it| !it.is_empty()).or_else(|| parts.first())?)
    };
    let moved = directions.iter().map(|(way, _)| job.number(&format!("{way}.io_bytes")).unwrap_or(0.0)).sum::<f64>();
    let size = get("size").and_then(bytes).or_else(|| get("filesize").and_then(bytes)).unwrap_or(moved / processes);
    let engine = get("ioengine").unwrap_or("psync");
    let depth = number("iodepth").filter(|_| !SYNCHRONOUS.contains(&engine)).and_then(whole);
    let load = |(place, (way, operation)): (usize, &(&'static str, Operation))| {
        let load = Workload {
            name: Some(if directions.len() > 1 { format!("{name}-{way}") } else { name.to_owned() }),
            operation: Some(*operation),
            access: kind.starts_with("rand").then_some(Access::Random),
            io_size_kib: Some(of("bs", place).or_else(|| of("blocksize", place)).unwrap_or(4.0 * KIB) / KIB),
            direct_io: is_set("direct").then_some(true),
            queue_depth: depth.filter(|_| is_set("direct")).map(Whole),
            processes_per_client: whole(processes).map(Whole),
            mapped: (engine == "mmap").then_some(true),
            fsync: (*operation == Operation::Write)
                .then(|| is_set("fsync") || is_set("end_fsync") || is_set("fdatasync")),
            file_size_mib: Some(size / files / MIB),
            file_count: (!shared).then(|| whole(processes * files * clients).map(Whole)).flatten(),
            shared_file: shared.then_some(true),
            rate_limit_mb_per_s: of("rate", place).map(|rate| rate * processes * clients / 1e6),
            ..Workload::BLANK
        };
        (load, *way)
    };
    directions.iter().enumerate().map(load).collect()
}
