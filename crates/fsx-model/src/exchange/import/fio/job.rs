//! One job of fio, by its options and by what was measured.

use std::collections::{BTreeMap, BTreeSet};

use crate::exchange::import::loads::{KIB, MB, MIB, MOST, number, whole};
use crate::exchange::tree::At;
use crate::scenario::{Access, Operation, Order, Workload};
use crate::shape::Whole;

/// Engines that have as many requests in flight as the depth says, if they bypass the page cache.
pub(super) const ASYNCHRONOUS: &[&str] = &["libaio", "io_uring", "posixaio", "solarisaio", "windowsaio", "libblkio"];
/// Engines that have one request in flight.
pub(super) const SYNCHRONOUS: &[&str] = &["psync", "sync", "vsync", "pvsync", "pvsync2", "mmap", "splice"];
/// Engines that work on files and not on what is in them.
pub(super) const OF_METADATA: &[(&str, Operation)] = &[
    ("filecreate", Operation::Create),
    ("filestat", Operation::Stat),
    ("filedelete", Operation::Delete),
    ("dircreate", Operation::Mkdir),
    ("dirstat", Operation::Stat),
    ("dirdelete", Operation::Rmdir),
];

/// What fio takes when no block size is given.
const BLOCK_KIB: f64 = 4.0;

/// All that stands in the output for one job: without `group_reporting` one entry for each of its processes, and one for
/// each client.
pub(super) struct Job<'a> {
    pub name: &'a str,
    pub group: i64,
    options: BTreeMap<String, String>,
    pub entries: Vec<At<'a>>,
    pub hosts: BTreeSet<&'a str>,
}

pub(super) fn jobs<'a>(root: &At<'a>, list: &At<'a>) -> Vec<Job<'a>> {
    let global = options(root.get("global options"));
    let mut jobs: Vec<Job<'a>> = Vec::new();
    let mut places: BTreeMap<(&str, i64), usize> = BTreeMap::new();
    for entry in list.items() {
        let name = entry.text("jobname").unwrap_or("fio");
        let group = entry.get("groupid").and_then(|group| group.value.as_i64()).unwrap_or(0);
        // the sum over the others
        if name == "All clients" {
            continue;
        }
        let host = entry.text("hostname");
        if let Some(job) = places.get(&(name, group)).and_then(|place| jobs.get_mut(*place)) {
            job.entries.push(entry);
            job.hosts.extend(host);
            continue;
        }
        if jobs.len() > MOST {
            break;
        }
        places.insert((name, group), jobs.len());
        let mut given = global.clone();
        given.extend(options(entry.get("job options")));
        jobs.push(Job { name, group, options: given, hosts: host.into_iter().collect(), entries: vec![entry] });
    }
    jobs
}

fn options(at: Option<At<'_>>) -> BTreeMap<String, String> {
    let fields = at.map(|at| at.fields()).unwrap_or_default();
    let text = |at: &At<'_>| at.value.as_str().map_or_else(|| at.value.to_string(), str::to_owned);
    fields.into_iter().map(|(name, at)| (name.to_owned(), text(&at))).collect()
}

impl Job<'_> {
    pub(super) fn get(&self, option: &str) -> Option<&str> {
        self.options.get(option).map(String::as_str)
    }

    pub(super) fn number(&self, option: &str) -> Option<f64> {
        number(self.get(option)?)
    }

    /// Whether an option is there and not off; some have no value.
    pub(super) fn is_set(&self, option: &str) -> bool {
        self.get(option).is_some_and(|value| value != "0")
    }

    /// Sum of a figure over all entries.
    pub(super) fn sum(&self, field: &str) -> f64 {
        self.entries.iter().filter_map(|entry| entry.number(field)).filter(|it| it.is_finite()).sum()
    }

    fn processes(&self) -> f64 {
        self.number("numjobs").unwrap_or(1.0).max(1.0)
    }

    pub(super) fn clients(&self) -> f64 {
        count(self.hosts.len().max(1))
    }

    /// A size; with the default `kb_base` of 1024 fio takes `k` for 1024 and `ki` for 1000.
    fn bytes(&self, text: &str) -> Option<f64> {
        let text = text.trim().to_ascii_lowercase();
        let digits = text.trim_end_matches(|it: char| it.is_ascii_alphabetic());
        let unit = text.get(digits.len()..)?.trim_end_matches('b');
        let decimal = self.get("kb_base") == Some("1000");
        let base = if unit.ends_with('i') == decimal { KIB } else { 1000.0 };
        let power = ["", "k", "m", "g", "t", "p"].iter().position(|it| *it == unit.trim_end_matches('i'))?;
        let factor = (0..power).fold(1.0, |factor, _| factor * base);
        number(digits).map(|number| number * factor).filter(|bytes| bytes.is_finite())
    }

    /// A part of an option that may differ for reads, writes and trims. A last value without a comma behind it holds for
    /// the rest.
    fn part(&self, option: &str, place: usize) -> Option<&str> {
        let parts: Vec<&str> = self.get(option)?.split(',').collect();
        parts.get(place).or_else(|| parts.last()).copied().filter(|part| !part.trim().is_empty())
    }

    pub(super) fn engine(&self) -> &str {
        // a path to a plug-in may stand behind the name
        self.get("ioengine").map_or("psync", |engine| engine.split(':').next().unwrap_or(engine))
    }

    /// Requests of each process in flight.
    pub(super) fn depth(&self) -> i64 {
        let is_deep = self.is_direct() && !SYNCHRONOUS.contains(&self.engine());
        self.number("iodepth").filter(|_| is_deep).and_then(whole).map_or(1, |depth| depth.max(1))
    }

    fn is_direct(&self) -> bool {
        self.is_set("direct") || self.get("buffered") == Some("0")
    }

    pub(super) fn kind(&self) -> &str {
        // a suffix such as `:8` says how often a new offset is drawn
        let kind = self.get("rw").or_else(|| self.get("readwrite")).unwrap_or("read");
        kind.split(':').next().unwrap_or(kind)
    }

    pub(super) fn directions(&self) -> &'static [(&'static str, Operation)] {
        match self.kind() {
            "read" | "randread" => &[("read", Operation::Read)],
            "write" | "randwrite" | "trimwrite" | "randtrimwrite" => &[("write", Operation::Write)],
            "rw" | "readwrite" | "randrw" => &[("read", Operation::Read), ("write", Operation::Write)],
            _ => &[],
        }
    }

    /// The loads of a job with their directions in the output.
    pub(super) fn loads(&self) -> Vec<(Workload, &'static str)> {
        let of_files = OF_METADATA.iter().find(|(engine, _)| *engine == self.engine());
        if let Some((_, operation)) = of_files {
            let way = if self.sum("write.total_ios") > 0.0 { "write" } else { "read" };
            let load = Workload { operation: Some(*operation), file_count: self.files(), ..self.blank(self.name) };
            return vec![(load, way)];
        }
        let ways = self.directions();
        let load = |(place, (way, operation)): (usize, &(&'static str, Operation))| {
            let name = if ways.len() > 1 { format!("{}-{way}", self.name) } else { self.name.to_owned() };
            (self.data_load(&name, way, *operation, place), *way)
        };
        ways.iter().enumerate().map(load).collect()
    }

    fn blank(&self, name: &str) -> Workload {
        Workload {
            name: Some(name.to_owned()),
            processes_per_client: whole(self.processes()).map(Whole),
            ..Workload::BLANK
        }
    }

    fn data_load(&self, name: &str, way: &'static str, operation: Operation, place: usize) -> Workload {
        let writes = operation == Operation::Write;
        let synced = ["fsync", "end_fsync", "fdatasync", "fsync_on_close", "sync"];
        let shared = self.is_shared();
        let all = self.processes() * self.clients();
        let depth = self.depth_of(way);
        let loops = self.number("loops").and_then(whole).filter(|loops| *loops > 1 && !writes);
        Workload {
            operation: Some(operation),
            access: self.kind().starts_with("rand").then_some(Access::Random),
            io_size_kib: Some(self.block(way, place)),
            direct_io: self.is_direct().then_some(true),
            queue_depth: (depth > 1).then_some(Whole(depth)),
            mapped: (self.engine() == "mmap" && !self.is_direct()).then_some(true),
            // with direct I/O nothing waits in the page cache
            fsync: (writes && !self.is_direct()).then(|| synced.iter().any(|option| self.is_set(option))),
            file_size_mib: Some(self.file_bytes() / MIB),
            file_count: if shared { None } else { self.files() },
            shared_file: shared.then_some(true),
            passes: loops.map(Whole),
            order: loops.map(|_| Order::Cyclic),
            rate_limit_mb_per_s: self.part("rate", place).and_then(|rate| self.bytes(rate)).map(|rate| rate * all / MB),
            rate_limit_operations_per_s: self.part("rate_iops", place).and_then(number).map(|rate| rate * all),
            ..self.blank(name)
        }
    }

    /// KiB of a request: as given, or the mean of those that there were.
    fn block(&self, way: &str, place: usize) -> f64 {
        let given = ["bs", "blocksize"].into_iter().find_map(|option| self.part(option, place));
        let mixed = self.is_set("bssplit") || self.is_set("bsrange") || self.is_set("blocksize_range");
        let mean = || Some(self.sum(&format!("{way}.io_bytes")) / self.sum(&format!("{way}.total_ios")));
        let mean = || mean().filter(|mean| mean.is_finite() && *mean > 0.0);
        let given = || given.and_then(|size| self.bytes(size)).filter(|size| *size > 0.0);
        let bytes = if mixed { mean().or_else(given) } else { given() };
        bytes.map_or(BLOCK_KIB, |bytes| bytes / KIB)
    }

    /// Requests in flight of one direction: of a mix, its share.
    fn depth_of(&self, way: &str) -> i64 {
        let depth = self.depth();
        if self.directions().len() < 2 || depth < 2 {
            return depth;
        }
        let reads = self.number("rwmixread").or_else(|| self.number("rwmixwrite").map(|writes| 100.0 - writes));
        let share = reads.unwrap_or(50.0).clamp(0.0, 100.0) / 100.0;
        let reads = whole(Whole(depth).get() * share).unwrap_or(1).clamp(1, depth - 1);
        if way == "read" { reads } else { depth - reads }
    }

    /// Files that all processes have in common, by their names.
    fn named(&self) -> Option<usize> {
        self.get("filename").map(|names| names.replace("\\:", "").split(':').count())
    }

    fn is_shared(&self) -> bool {
        self.named() == Some(1) && self.processes() * self.clients() > 1.0
    }

    fn files_per_process(&self) -> f64 {
        let named = self.named().map_or(1.0, count);
        self.number("nrfiles").unwrap_or(1.0).max(named).max(1.0)
    }

    fn files(&self) -> Option<Whole> {
        let apart = if self.named().is_some() { 1.0 } else { self.processes() * self.clients() };
        whole(self.files_per_process() * apart).map(Whole)
    }

    /// The size that a process has in all its files, if it is given in bytes.
    pub(super) fn size(&self) -> Option<f64> {
        self.get("size").and_then(|size| self.bytes(size)).filter(|size| *size > 0.0)
    }

    fn file_bytes(&self) -> f64 {
        let of_file = self.get("filesize").and_then(|size| self.bytes(size)).filter(|size| *size > 0.0);
        let moved = self.sum("read.io_bytes") + self.sum("write.io_bytes");
        let moved = moved / (self.processes() * self.clients()) / self.files_per_process();
        let of_process = || self.size().map(|size| size / self.files_per_process());
        of_file.or_else(of_process).unwrap_or(moved).max(1.0)
    }
}

fn count(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}
