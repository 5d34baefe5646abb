//! The slow, obvious version of the model: the equations of `docs/` in plain numbers, loops instead of closed forms.
//!
//! Units: MB/s, MB, MiB, seconds, GiB. Figures are typed from the AWS tables, not taken from the catalog; only the
//! values of the assumptions come from there. The file system is in `oracle_system.rs`, layout and caches are in
//! `oracle_files.rs`, metadata in `oracle_metadata.rs`.

use std::collections::BTreeMap;

use fsx_model::catalog::ASSUMPTIONS;

use crate::case::{Case, StorageCase};
use crate::oracle_files::{Hits, Piece, client_hits, hits, pieces};
use crate::oracle_metadata::operation;
use crate::oracle_system::{System, one_client_rate};
pub(crate) use crate::oracle_system::{client_rate, disk_rate, is_efa, network_rate, system};

const MIB_MB: f64 = 1.048576;

/// Values of the assumptions by name.
#[derive(Clone)]
pub(crate) struct Values(BTreeMap<&'static str, f64>);

impl Values {
    pub(crate) fn of(case: &Case) -> Self {
        let mut values: BTreeMap<_, _> = ASSUMPTIONS.iter().map(|row| (row.name, row.mid)).collect();
        values.extend(case.assumed.iter().map(|(name, value)| (*name, *value)));
        Self(values)
    }

    pub(crate) fn with(&self, name: &'static str, value: f64) -> Self {
        let mut other = self.clone();
        other.0.insert(name, value);
        other
    }

    pub(crate) fn get(&self, name: &str) -> f64 {
        *self.0.get(name).unwrap_or_else(|| panic!("no assumption {name}"))
    }
}

/// Credits left: disk, servers' network, clients' network.
pub(crate) type Credits = [bool; 3];

/// What a workload reaches.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// Data of the application, MB/s.
    pub(crate) throughput: f64,
    /// The same without a rate limit.
    pub(crate) unlimited: f64,
    /// What of it the file servers send or take: less where the clients' memory holds data.
    pub(crate) rate: f64,
    pub(crate) latency_s: f64,
    /// Requests under way, over all clients.
    pub(crate) in_flight: f64,
    pub(crate) limits: BTreeMap<&'static str, f64>,
    /// Share of `rate` that meets the disks.
    pub(crate) disk_share: f64,
    /// Throughput over all of the work, the fullest target included.
    pub(crate) pace: f64,
    /// Share of the targets and of the servers that the files lie on.
    pub(crate) touched: (f64, f64),
}

/// Size of an I/O of the application, MiB.
pub(crate) fn io_mib(case: &Case) -> f64 {
    (case.io_kib / 1024.0).min(case.file_mib)
}

/// The requests of one stream.
pub(crate) struct Requests {
    /// In flight.
    pub(crate) in_flight: f64,
    /// MiB.
    pub(crate) size: f64,
    /// Requests that follow from opening a file once.
    per_open: f64,
    /// Seconds of one on an empty system, with nothing to open and no cache missed.
    unloaded: f64,
}

/// Requests of which `parallel` targets can carry parts at once.
pub(crate) fn requests(case: &Case, values: &Values, parallel: f64) -> Requests {
    let zone = if case.same_zone { 0.0 } else { values.get("cross_zone_latency") / 1e3 };
    if !case.direct && !case.random {
        // a window of readahead behind the measured rate of one stream, no request quicker than a direct one
        let size = case.file_mib.min(1.0);
        let per_open = per_open(case, case.file_mib / size);
        let in_flight = values.get("buffered_requests_in_flight").min(per_open);
        let stream = values.get(if case.write { "buffered_write_stream" } else { "buffered_read_stream" });
        let z =
            (in_flight * size * MIB_MB / stream).max(one_request(case, values, size, case.file_mib / size, parallel));
        return Requests { in_flight, size, per_open, unloaded: z + zone };
    }
    let size = if case.direct { io_mib(case) } else { io_mib(case).max(4.0 / 1024.0) };
    let per_file = (case.file_mib / size).max(1.0);
    let depth = if case.direct { f64::from(case.queue_depth) } else { 1.0 };
    let unloaded = one_request(case, values, size, per_file, parallel) + zone;
    let per_open = per_open(case, per_file);
    Requests { in_flight: depth.min(per_open), size, per_open, unloaded }
}

/// Requests that follow from opening a file once: where streams share files, each opens its own.
fn per_open(case: &Case, per_file: f64) -> f64 {
    per_file / (case.streams() / case.file_count()).max(1.0)
}

/// Unloaded seconds of one direct request of so many MiB, of which `parallel` targets can carry parts at once; of a
/// buffered one that writes a whole file, the time such a file takes for its data.
fn one_request(case: &Case, values: &Values, size: f64, per_file: f64, parallel: f64) -> f64 {
    let (fixed, per_mib) = match case.interface {
        "ENA" => ("ena_latency", "ena_latency_per_mib"),
        "ENA_EXPRESS" => ("ena_express_latency", "ena_express_latency_per_mib"),
        _ => ("efa_latency", "efa_latency_per_mib"),
    };
    let small_file = case.write && !case.direct && per_file <= 1.0 && case.file_mib <= 1.0;
    let fixed = if small_file { "small_file_data_latency" } else { fixed };
    let (z0, z1) = (values.get(fixed) / 1e3, values.get(per_mib) / 1e3);
    if size <= 1.0 {
        return z0 + z1 * size;
    }
    let window = (8.0 * MIB_MB * parallel / (z0 + z1)).min(one_client_rate(case, values));
    z0 + z1 + (size - 1.0) * MIB_MB / window
}

/// Extra seconds of a request that goes to the storage below all caches.
fn miss_latency(case: &Case, values: &Values) -> f64 {
    match case.storage {
        StorageCase::Hdd { .. } => values.get("hdd_miss_latency") / 1e3,
        StorageCase::Tiering { .. } if !case.write => values.get("intelligent_tiering_miss_latency") / 1e3,
        _ => 0.0,
    }
}

/// Requests of all streams with what their files ask of the metadata servers.
struct Traffic {
    in_flight: f64,
    unloaded: f64,
    size_mb: f64,
    /// MB/s at which the metadata servers open or create the files.
    metadata: f64,
}

fn traffic(case: &Case, values: &Values, piece: &Piece, miss: f64) -> Traffic {
    let one = requests(case, values, piece.stripes.min(io_mib(case).max(1.0)));
    let open = operation(case, values, if case.write { "create" } else { "open" });
    let per_open = one.per_open;
    let unloaded = one.unloaded + miss * miss_latency(case, values) + open.unloaded * one.in_flight / per_open;
    let whole = per_open / one.in_flight * unloaded;
    let slot = open.unloaded + if case.write { values.get("small_file_data_latency") / 1e3 } else { 0.0 };
    let streams = case.streams().min(f64::from(case.clients) * open.in_flight * whole / slot);
    let size_mb = one.size * MIB_MB;
    Traffic { in_flight: streams * one.in_flight, unloaded, size_mb, metadata: open.served * per_open * size_mb }
}

/// What an access pattern leaves of the rate of a part, and the most it lets through.
struct Pattern {
    share: f64,
    cap: f64,
    /// Share of the disk throughput of the touched targets.
    disk: f64,
}

fn pattern(case: &Case, values: &Values, piece: &Piece) -> Pattern {
    let small = values.get("small_io") / 1024.0;
    let io = io_mib(case);
    let mut pattern = Pattern { share: 1.0, cap: f64::INFINITY, disk: 1.0 };
    if case.mapped && case.random {
        let place = (libm::log2(io / small) / libm::log2(1.0 / small)).clamp(0.0, 1.0);
        pattern.share *= libm::pow(values.get("mapped_delivered"), place);
        pattern.share *= libm::pow(values.get("mapped_small_delivered"), 1.0 - place);
    }
    if !case.shared_file || case.streams() <= 1.0 {
        return pattern;
    }
    match (io <= small, case.write) {
        (true, false) => pattern.share *= values.get("shared_record_read_share"),
        (true, true) => {
            pattern.share *= values.get("shared_record_write_share");
            pattern.cap = case.streams() * io * MIB_MB / (values.get("shared_record_write_latency") / 1e3);
        }
        (false, true) if piece.stripes <= 1.0 => {
            pattern.disk = libm::pow(case.streams(), -values.get("one_stripe_writer_exponent"));
        }
        (false, true) => pattern.share *= values.get("shared_aligned_write_share"),
        (false, false) => pattern.share *= values.get("shared_aligned_read_share"),
    }
    pattern
}

/// Exact mean value analysis, customer by customer: rate in requests per second.
pub(crate) fn recursion(in_flight: f64, unloaded: f64, demand: f64) -> f64 {
    let delay = (unloaded - demand).max(0.0);
    let (mut queue, mut rate, mut n) = (0.0, 0.0, 0.0);
    loop {
        let before = rate;
        n += 1.0;
        let response = demand * (1.0 + queue);
        rate = n / (delay + response);
        queue = rate * response;
        if n >= in_flight {
            return before + (rate - before) * (in_flight - (n - 1.0));
        }
    }
}

/// Rate of the whole from rates of parts with their shares of the bytes; parts without a rate take no time.
fn joined(parts: &[(f64, Option<f64>)]) -> Option<f64> {
    let time: f64 = parts.iter().filter_map(|(share, rate)| rate.map(|rate| share / rate)).sum();
    parts.iter().any(|(_, rate)| rate.is_some()).then(|| 1.0 / time)
}

/// What network, disks and SSD cache of the file servers carry of a workload.
#[derive(Clone, Copy)]
struct Ceilings {
    network: f64,
    disk: Option<f64>,
    operations: Option<f64>,
    ssd_cache: Option<f64>,
}

impl Ceilings {
    fn smallest(self) -> f64 {
        [self.disk, self.operations, self.ssd_cache].into_iter().flatten().fold(self.network, f64::min)
    }
}

/// Rates of all disks and of the network of all servers.
struct Servers<'a> {
    system: &'a System,
    network: f64,
    disk: f64,
}

impl Servers<'_> {
    /// Of some of the targets and servers, for requests of so many MB.
    fn ceilings(&self, case: &Case, hits: Hits, size_mb: f64, osts: f64, servers: f64) -> Ceilings {
        let part = osts / self.system.osts;
        let miss = hits.miss();
        let network = self.network * servers / self.system.servers;
        let raw = self.disk * part;
        let disk = if case.lz4 { raw.max((raw * case.ratio).min(network)) } else { raw };
        let operations = self.system.disk_operations.map(|operations| operations * part * size_mb);
        let cache = self.system.ssd_cache.map(|cache| cache.mb_per_s.min(cache.operations * size_mb) * part);
        let of = |rate: Option<f64>, share: f64| rate.filter(|_| share > 0.0).map(|rate| rate / share);
        Ceilings {
            network,
            disk: of(Some(disk), miss),
            operations: of(operations, miss),
            ssd_cache: of(cache, hits.ssd),
        }
    }
}

pub(crate) fn evaluate(case: &Case, values: &Values, credits: Credits) -> Outcome {
    let system = system(case, values);
    let client = client_rate(case, values, credits[2]);
    let servers = Servers {
        system: &system,
        network: network_rate(case, values, &system, credits[1]),
        disk: disk_rate(case, values, &system, credits[0]),
    };
    let (mut latency_s, mut sent, mut on_disk, mut narrow, mut reach) = (0.0, 0.0, 0.0, false, (0.0, 0.0));
    let mut in_flight = 0.0;
    let mut rates: Vec<(f64, Option<f64>)> = Vec::new();
    let mut ends = Vec::new();
    let mut parts: BTreeMap<&'static str, Vec<(f64, Option<f64>)>> = BTreeMap::new();
    let first_pass = 1.0 / f64::from(case.passes);
    let later_passes = (1.0 - first_pass) * (1.0 - client_hits(case, values));
    for piece in pieces(case, &system) {
        let (first, later) = hits(case, values, &system, &piece);
        for (share, hits) in [(first_pass, first), (later_passes, later)] {
            let share = share * piece.share;
            if share == 0.0 {
                continue;
            }
            let miss = hits.miss();
            let traffic = traffic(case, values, &piece, miss);
            let pattern = pattern(case, values, &piece);
            let all = servers.ceilings(case, hits, traffic.size_mb, system.osts, system.servers);
            let mut touched = servers.ceilings(case, hits, traffic.size_mb, piece.osts, piece.servers);
            touched.disk = touched.disk.map(|disk| disk * pattern.disk);
            let path = (case.interface == "ENA").then(|| {
                let one = values.get("path_limit_gbps") * 125.0 * values.get("path_efficiency");
                f64::from(case.clients) * piece.servers * one
            });
            let ceiling = [touched.smallest(), client, traffic.metadata]
                .into_iter()
                .fold(path.unwrap_or(f64::INFINITY), f64::min);
            let solved = recursion(traffic.in_flight, traffic.unloaded, traffic.size_mb / ceiling) * traffic.size_mb;
            let rate = (solved.min(ceiling) * pattern.share).min(pattern.cap);
            let alone = traffic.in_flight * traffic.size_mb / traffic.unloaded;
            for (id, value) in [
                ("client_network", Some(client)),
                ("client_to_server_path", path),
                ("server_network", Some(all.network)),
                ("disk_throughput", all.disk),
                ("disk_iops", all.operations),
                ("ssd_cache", all.ssd_cache),
                ("stripe_width", Some(touched.smallest())),
                ("metadata", Some(traffic.metadata)),
                ("concurrency", Some((alone * pattern.share).min(pattern.cap))),
            ] {
                parts.entry(id).or_default().push((share, value));
            }
            narrow |= piece.osts < system.osts || pattern.disk < 1.0;
            in_flight += share * traffic.in_flight;
            reach.0 += share * piece.holding_osts / system.osts;
            reach.1 += share * piece.holding / system.servers;
            rates.push((share, Some(rate)));
            ends.push((share, Some(all.disk.map_or(rate, |disk| (disk / piece.imbalance).min(rate)))));
            latency_s += share * traffic.in_flight * traffic.size_mb / rate;
            sent += share;
            on_disk += share * if case.lz4 { miss / case.ratio } else { miss };
        }
    }
    let unlimited = joined(&rates).expect("there is work");
    let mut limits: BTreeMap<_, _> =
        parts.into_iter().filter_map(|(id, list)| joined(&list).map(|value| (id, value))).collect();
    if !narrow {
        limits.remove("stripe_width");
    }
    // a limit a thousand times above the rate is not worth a line
    if limits.get("metadata").is_some_and(|value| *value >= unlimited * 1000.0) {
        limits.remove("metadata");
    }
    limits.extend(case.rate_limit.map(|limit| ("rate_limit", limit)));
    let throughput = case.rate_limit.map_or(unlimited, |limit| limit.min(unlimited));
    Outcome {
        throughput,
        unlimited,
        rate: throughput * sent,
        in_flight: in_flight / sent,
        latency_s,
        limits,
        disk_share: on_disk / sent,
        pace: joined(&ends).expect("there is work").min(throughput),
        touched: (reach.0 / sent, reach.1 / sent),
    }
}
