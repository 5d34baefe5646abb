//! A log as counters of files: from the JSON of pydarshan, or from the text of `darshan-parser`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::exchange::import::loads::{MOST, number};
use crate::exchange::tree::{At, MAX_EXCHANGE_BYTES, json, not_understood};
use crate::finding::Error;
use crate::scenario::check_size;

/// What every program has open.
const STREAMS: &[&str] = &["<STDIN>", "<STDOUT>", "<STDERR>"];

/// A job and the files it used.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub id: String,
    pub processes: f64,
    /// From the first to the last process, seconds.
    pub run_s: f64,
    /// By module, such as `POSIX`.
    pub modules: BTreeMap<String, BTreeMap<String, File>>,
}

/// One file in one module, over all processes that used it.
#[derive(Clone, Debug, Default)]
pub(super) struct File {
    /// Where the file system is mounted, and its kind, as far as is known.
    pub mount: String,
    /// Processes that used it; none where the log has all of them in one.
    pub ranks: BTreeSet<i64>,
    /// Whether all processes used it.
    pub by_all: bool,
    /// Counters by their names without the module's.
    counters: BTreeMap<String, f64>,
}

impl File {
    pub(super) fn get(&self, name: &str) -> f64 {
        self.counters.get(name).copied().unwrap_or(0.0)
    }

    /// Adds a counter of one process. What is a place or a time is not added up.
    fn add(&mut self, name: &str, value: f64) {
        let value = value.max(0.0);
        let is_known = self.counters.contains_key(name);
        let old = self.counters.entry(name.to_owned()).or_insert(0.0);
        *old = match name {
            _ if !is_known => value,
            _ if name.starts_with("MAX_BYTE") || name.ends_with("END_TIMESTAMP") => old.max(value),
            _ if name.ends_with("START_TIMESTAMP") && *old > 0.0 && value > 0.0 => old.min(value),
            _ if name.ends_with("START_TIMESTAMP") => old.max(value),
            _ if name.starts_with("STRIPE") || name.starts_with("COMP") => *old,
            _ => *old + value,
        };
    }

    fn used_by(&mut self, rank: i64) {
        if rank < 0 {
            self.by_all = true;
        } else {
            self.ranks.insert(rank);
        }
    }
}

pub(super) fn read(text: &str) -> Result<Log, Error> {
    if text.trim_start().starts_with('{') { of_json(text) } else { of_parser(text) }
}

fn of_json(text: &str) -> Result<Log, Error> {
    let document = json(&finite(text))?;
    let root = At::root(&document);
    let Some(job) = root.get("metadata.job") else {
        return Err(not_understood("metadata.job", "no report of pydarshan: the job is missing"));
    };
    let Some(processes) = job.number("nprocs") else {
        return Err(not_understood("metadata.job.nprocs", "the number of processes is missing"));
    };
    let id = job.get("jobid").map_or_else(|| "log".to_owned(), |id| id.value.to_string());
    let mut log = Log { id, processes, run_s: job.number("run_time").unwrap_or(0.0), modules: BTreeMap::new() };
    let mounts = mounts(&root);
    for (module, list) in root.get("records").map(|records| records.fields()).unwrap_or_default() {
        let names = |kind: &str| counter_names(&root, module, kind);
        let names = [("counters", names("counters")), ("fcounters", names("fcounters"))];
        // pydarshan writes a text where it has no list for a module
        for record in list.value.as_array().into_iter().flatten() {
            add_record(&mut log, (&root, &mounts), module, &names, record);
        }
    }
    Ok(log)
}

/// Names of the counters of a module, without its own.
fn counter_names<'a>(root: &At<'a>, module: &str, kind: &str) -> Vec<&'a str> {
    let list = root.value.get("counters").and_then(|counters| counters.get(module)?.get(kind)?.as_array());
    let short = |name: &'a str| name.split_once('_').map_or(name, |(_, rest)| rest);
    list.into_iter().flatten().filter_map(Value::as_str).map(short).collect()
}

fn add_record(
    log: &mut Log,
    (root, mounts): (&At<'_>, &[(String, String)]),
    module: &str,
    names: &[(&str, Vec<&str>)],
    record: &Value,
) {
    let Some((id, rank)) = record.get("id").zip(record.get("rank").and_then(Value::as_i64)) else { return };
    let id = id.to_string();
    let path = root.value.get("name_records").and_then(|names| names.get(&id)?.as_str()).unwrap_or_default();
    if STREAMS.contains(&path) {
        return;
    }
    let file = log.modules.entry(module.to_owned()).or_default().entry(id).or_default();
    file.used_by(rank);
    file.mount = mount_of(path, mounts);
    for (kind, names) in names {
        let values = record.get(kind).and_then(Value::as_array).into_iter().flatten();
        for (name, value) in names.iter().zip(values) {
            file.add(name, value.as_f64().unwrap_or(0.0));
        }
    }
}

/// Mount points with the kinds of their file systems.
fn mounts(root: &At<'_>) -> Vec<(String, String)> {
    let pair = |at: At<'_>| {
        let list = at.value.as_array()?;
        Some((list.first()?.as_str()?.to_owned(), list.get(1).and_then(Value::as_str).unwrap_or_default().to_owned()))
    };
    let all = root.get("mounts").map(|list| list.items()).unwrap_or_default();
    all.into_iter().take(MOST).filter_map(pair).collect()
}

/// The longest mount point that a path begins with, and its kind.
fn mount_of(path: &str, mounts: &[(String, String)]) -> String {
    let within = |(point, _): &&(String, String)| {
        path.strip_prefix(point.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || point == "/")
    };
    let longest = mounts.iter().filter(within).max_by_key(|(point, _)| point.len());
    longest.map(|(point, kind)| format!("{point} ({kind})")).unwrap_or_default()
}

/// JSON in which numbers that are none, which Python writes, are left out.
fn finite(text: &str) -> String {
    if !text.contains("NaN") && !text.contains("Infinity") {
        return text.to_owned();
    }
    text.replace("-Infinity", "null").replace("Infinity", "null").replace("NaN", "null")
}

fn of_parser(text: &str) -> Result<Log, Error> {
    check_size(text, MAX_EXCHANGE_BYTES)?;
    let mut log = Log { id: "log".to_owned(), ..Log::default() };
    for line in text.lines() {
        if let Some((key, value)) = line.strip_prefix('#').and_then(|line| line.split_once(':')) {
            match key.trim() {
                "nprocs" => log.processes = number(value).unwrap_or(0.0),
                "run time" => log.run_s = number(value).unwrap_or(0.0),
                "jobid" => value.trim().clone_into(&mut log.id),
                _ => {}
            }
            continue;
        }
        // module, rank, record, counter, value, path, mount point, kind of file system
        let words: Vec<&str> = line.split('\t').collect();
        let [module, rank, id, counter, value, path, point, kind] = words.as_slice() else { continue };
        let (Ok(rank), Ok(value)) = (rank.parse::<i64>(), value.trim().parse::<f64>()) else { continue };
        if STREAMS.contains(path) || !value.is_finite() {
            continue;
        }
        let file = log.modules.entry((*module).to_owned()).or_default().entry((*id).to_owned()).or_default();
        file.used_by(rank);
        file.mount = format!("{point} ({})", kind.trim());
        let name = counter.split_once('_').map_or(*counter, |(_, rest)| rest);
        // a file's layout is told once, and its counts are less than 0 where they are all OSTs
        if *module == "LUSTRE" {
            file.counters.entry(name.to_owned()).or_insert(value);
        } else {
            file.add(name, value);
        }
    }
    if log.processes < 1.0 {
        let message = "neither a report of pydarshan in JSON nor the text of darshan-parser: `nprocs` is missing";
        return Err(not_understood("", message));
    }
    Ok(log)
}
