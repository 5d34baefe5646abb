//! The slow, obvious version of the model: the equations of `docs/` in plain numbers, loops instead of closed forms.
//!
//! Units: MB/s, MB, MiB, seconds, GiB. Figures are typed from the AWS tables, not taken from the catalog; only the
//! values of the assumptions come from there.

use std::collections::BTreeMap;

use fsx_model::catalog::ASSUMPTIONS;

use crate::case::{Case, LayoutCase};

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
        self.0[name]
    }
}

/// Published MB/s (GiB for memory) per TiB: network base and burst, disk read and write base and burst, memory.
fn published(case: &Case, values: &Values) -> [f64; 7] {
    let lowered = case.region == "eu-central-1" && case.deployment == "PERSISTENT_1";
    let burst = if lowered { 530.0 } else { 1300.0 };
    match (case.deployment, case.tier) {
        ("SCRATCH_1", None) => {
            let network = values.get("scratch_1_network");
            [network, network, 200.0, 200.0, 200.0, 200.0, 0.0]
        }
        ("SCRATCH_2", None) => [200.0, 1300.0, 200.0, 100.0, 200.0, 100.0, 6.7],
        ("PERSISTENT_1", Some(50)) => [250.0, burst, 50.0, 50.0, 240.0, 240.0, 2.2],
        ("PERSISTENT_1", Some(100)) => [500.0, burst, 100.0, 100.0, 240.0, 240.0, 4.4],
        ("PERSISTENT_1", Some(200)) => [750.0, burst, 200.0, 200.0, 240.0, 240.0, 8.8],
        ("PERSISTENT_2", Some(125)) => [320.0, 1300.0, 125.0, 125.0, 500.0, 500.0, 3.4],
        ("PERSISTENT_2", Some(250)) => [640.0, 1300.0, 250.0, 250.0, 500.0, 500.0, 6.8],
        ("PERSISTENT_2", Some(500)) => [1300.0, 1300.0, 500.0, 500.0, 500.0, 500.0, 13.7],
        ("PERSISTENT_2", Some(1000)) => [2600.0, 2600.0, 1000.0, 1000.0, 1000.0, 1000.0, 27.3],
        other => panic!("no such file system: {other:?}"),
    }
}

/// Everything about the file system that does not depend on the credits.
pub(crate) struct System {
    servers: f64,
    osts: f64,
    network: (f64, f64),
    disk: (f64, f64),
    memory_mib: f64,
}

impl System {
    /// Published base and burst of the disks in the workload's direction.
    pub(crate) fn published_disk(&self) -> (f64, f64) {
        self.disk
    }

    /// Published base and burst of the servers' network.
    pub(crate) fn published_network(&self) -> (f64, f64) {
        self.network
    }
}

pub(crate) fn system(case: &Case, values: &Values) -> System {
    let gib = f64::from(case.capacity_gib);
    let per_server = match (case.deployment, case.tier, case.efa) {
        ("SCRATCH_1", ..) => 3600.0,
        (_, Some(125), true) => 38_400.0,
        (_, Some(250), true) => 19_200.0,
        (_, Some(500), true) => 9600.0,
        (_, Some(1000), true) => 4800.0,
        _ => 2400.0,
    };
    let servers = (gib / per_server).ceil();
    let osts = if case.efa { servers * values.get("osts_per_server") } else { gib / 1200.0 };
    let tib = gib / values.get("gib_per_aws_tib");
    let [nb, nbb, dr, dw, drb, dwb, ram] = published(case, values);
    let (disk, burst) = if case.write { (dw, dwb) } else { (dr, drb) };
    System {
        servers,
        osts,
        network: (nb * tib, nbb * tib),
        disk: (disk * tib, burst * tib),
        memory_mib: ram * tib * 1024.0,
    }
}

/// Line rate of one client, Gbit/s, for good and while its credits last.
fn line_rate(case: &Case) -> (f64, f64) {
    let most = match case.interface {
        "EFA" => 700.0,
        "EFA_GDS" => 1200.0,
        _ => 100.0,
    };
    // baseline, burst, EFA interfaces, those FSx binds
    let (baseline, burst, all, bound) = match case.instance {
        None => (most, most, 1.0, 1.0),
        Some("m5.large") => (0.75, 10.0, 1.0, 1.0),
        Some("i7i.4xlarge") => (9.375, 25.0, 1.0, 1.0),
        Some("c6in.16xlarge") => (100.0, 100.0, 1.0, 1.0),
        Some("p5.48xlarge") => (3200.0, 3200.0, 32.0, 8.0),
        Some("g6e.48xlarge") => (400.0, 400.0, 4.0, 4.0),
        Some("p6-b300.48xlarge") => (6400.0, 6400.0, 16.0, 16.0),
        Some(other) => panic!("no figures for {other}"),
    };
    let share = if is_efa(case) { bound / all } else { 1.0 };
    let line = |own: f64| case.gbps.unwrap_or(own * share).min(most);
    (line(baseline), line(burst).max(line(baseline)))
}

pub(crate) fn is_efa(case: &Case) -> bool {
    case.interface.starts_with("EFA")
}

/// Credits left: disk, servers' network, clients' network.
pub(crate) type Credits = [bool; 3];

/// What a workload reaches.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) rate: f64,
    pub(crate) unlimited: f64,
    pub(crate) latency_s: f64,
    pub(crate) limits: BTreeMap<&'static str, f64>,
    pub(crate) disk_share: f64,
    /// Rate of all of the work, the fullest target included.
    pub(crate) pace: f64,
    /// Share of the targets and of the servers that the open files lie on.
    pub(crate) touched: (f64, f64),
}

/// Requests in flight, size in MiB, unloaded seconds.
pub(crate) fn requests(case: &Case, values: &Values, parallel: f64) -> (f64, f64, f64) {
    let zone = if case.same_zone { 0.0 } else { values.get("cross_zone_latency") / 1e3 };
    let io = (case.io_kib / 1024.0).min(case.file_mib);
    if !case.direct && !case.random {
        // a window of readahead behind the measured rate of one stream, no request quicker than a direct one
        let window = values.get("buffered_requests_in_flight").min(case.file_mib.ceil());
        let size = case.file_mib.min(1.0);
        let stream = values.get(if case.write { "buffered_write_stream" } else { "buffered_read_stream" });
        let z = (window * size * MIB_MB / stream).max(one_request(case, values, size, parallel));
        return (window * case.streams(), size, z + zone);
    }
    let depth = if case.direct { f64::from(case.queue_depth) } else { 1.0 };
    let size = if case.direct { io } else { io.max(4.0 / 1024.0) };
    (case.streams() * depth, size, one_request(case, values, size, parallel) + zone)
}

/// Unloaded seconds of one direct request of so many MiB, of which `parallel` targets can carry parts at once.
fn one_request(case: &Case, values: &Values, size: f64, parallel: f64) -> f64 {
    let (fixed, per_mib) = match case.interface {
        "ENA" => ("ena_latency", "ena_latency_per_mib"),
        "ENA_EXPRESS" => ("ena_express_latency", "ena_express_latency_per_mib"),
        _ => ("efa_latency", "efa_latency_per_mib"),
    };
    let (z0, z1) = (values.get(fixed) / 1e3, values.get(per_mib) / 1e3);
    if size <= 1.0 {
        return z0 + z1 * size;
    }
    let line = line_rate(case).0 * 125.0 * efficiency(case, values);
    let window = (8.0 * MIB_MB * parallel / (z0 + z1)).min(line);
    z0 + z1 + (size - 1.0) * MIB_MB / window
}

fn efficiency(case: &Case, values: &Values) -> f64 {
    values.get(if is_efa(case) { "network_burst_delivered" } else { "tcp_efficiency" })
}

/// Exact mean value analysis, customer by customer: rate in requests per second.
fn recursion(in_flight: f64, unloaded: f64, demand: f64) -> f64 {
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

/// A component of the layout as the files at hand use it.
struct Piece {
    share: f64,
    stripes: f64,
    osts: f64,
    servers: f64,
    /// Targets and servers of all files, open or not.
    holding: f64,
    holding_osts: f64,
    imbalance: f64,
}

fn pieces(case: &Case, system: &System) -> Vec<Piece> {
    let (components, stripe_mib): (Vec<(f64, i64)>, f64) = match &case.layout {
        LayoutCase::Default => (vec![(100.0, 1), (10_240.0, 8), (102_400.0, 16), (f64::INFINITY, 32)], 1.0),
        LayoutCase::Before("2020-12-18") => (vec![(f64::INFINITY, 1)], 1.0),
        LayoutCase::Before(_) => (vec![(1024.0, 1), (f64::INFINITY, 5)], 1.0),
        LayoutCase::Stripe(count, size) => (vec![(f64::INFINITY, *count)], f64::from(*size)),
        LayoutCase::Components(list) => {
            (list.iter().map(|(end, count)| (end.map_or(f64::INFINITY, f64::from), *count)).collect(), 1.0)
        }
    };
    let files = case.file_count();
    let active = files.min(case.streams());
    let mut start = 0.0;
    let mut list = Vec::new();
    for (end, count) in components {
        let bytes = (case.file_mib.min(end) - start).max(0.0);
        start = end;
        if bytes == 0.0 {
            continue;
        }
        let wanted = if count < 0 { system.osts } else { count as f64 };
        let stripes = wanted.min(system.osts).min((bytes / stripe_mib).ceil());
        let osts = (active * stripes).min(system.osts);
        let objects = files * stripes;
        let fullest = (objects / system.osts).ceil();
        list.push(Piece {
            share: bytes / case.file_mib,
            stripes,
            osts,
            servers: osts.min(system.servers),
            holding: objects.min(system.servers),
            holding_osts: objects.min(system.osts),
            imbalance: fullest * system.osts / objects,
        });
    }
    if case.random {
        let together = |part: fn(&Piece) -> f64, all: f64| {
            let sum: f64 = list.iter().map(part).sum();
            list.iter().map(|piece| part(piece) / piece.share).fold(sum.min(all), f64::min)
        };
        let most = |part: fn(&Piece) -> f64| list.iter().map(part).fold(1.0, f64::max);
        return vec![Piece {
            share: 1.0,
            stripes: most(|piece| piece.stripes),
            osts: together(|piece| piece.osts, system.osts),
            servers: together(|piece| piece.servers, system.servers),
            holding: together(|piece| piece.holding, system.servers),
            holding_osts: together(|piece| piece.holding_osts, system.osts),
            // the fullest target of each component might be one and the same
            imbalance: list.iter().map(|piece| piece.share * piece.imbalance).sum(),
        }];
    }
    list
}

/// Hit ratios of the first and of later passes.
fn hits(case: &Case, values: &Values, system: &System, piece: &Piece) -> (f64, f64) {
    if case.write || case.data_in == "disk" {
        return (0.0, 0.0);
    }
    if case.data_in == "server_cache" {
        return (1.0, 1.0);
    }
    let working_set = case.file_mib * case.file_count();
    let f = (system.memory_mib * piece.holding / system.servers / working_set).min(1.0);
    let later = match case.order {
        _ if f >= 1.0 => 1.0,
        "cyclic" => 0.0,
        "independent" => f,
        _ => {
            let permutation = (f + (1.0 - f) * libm::log(1.0 - f)).max(0.0);
            match values.get("shuffled_cache_hits") {
                share @ ..=1.0 => share * permutation,
                share => permutation + (share - 1.0).min(1.0) * (f - permutation),
            }
        }
    };
    (0.0, later)
}

pub(crate) fn disk_rate(case: &Case, values: &Values, system: &System, bursting: bool) -> f64 {
    let efa_write = case.efa && case.write;
    let share = if efa_write { "efa_write_delivered" } else { "disk_baseline_delivered" };
    let drained = system.disk.0 * values.get(share);
    if !bursting || system.disk.1 <= system.disk.0 {
        return drained;
    }
    if efa_write && values.get("efa_write_disk_burst") < 0.5 {
        return drained;
    }
    (system.disk.1 * values.get("disk_burst_delivered")).max(drained)
}

pub(crate) fn network_rate(case: &Case, values: &Values, system: &System, bursting: bool) -> f64 {
    let (base, burst) = system.network;
    if !bursting || burst <= base || (case.efa && values.get("efa_network_burst") < 0.5) {
        return base;
    }
    let mut rate = burst * values.get("network_burst_delivered");
    if case.efa {
        rate = rate.min(values.get("efa_server_network_burst") * 125.0 * system.servers);
    }
    rate.max(base)
}

pub(crate) fn client_rate(case: &Case, values: &Values, bursting: bool) -> f64 {
    let (base, burst) = line_rate(case);
    f64::from(case.clients) * if bursting { burst } else { base } * 125.0 * efficiency(case, values)
}

/// Rate of the whole from rates of parts with their shares of the bytes; parts without a rate take no time.
fn joined(parts: &[(f64, Option<f64>)]) -> Option<f64> {
    let time: f64 = parts.iter().filter_map(|(share, rate)| rate.map(|rate| share / rate)).sum();
    parts.iter().any(|(_, rate)| rate.is_some()).then(|| 1.0 / time)
}

pub(crate) fn evaluate(case: &Case, values: &Values, credits: Credits) -> Outcome {
    let system = system(case, values);
    let client = client_rate(case, values, credits[2]);
    let network = network_rate(case, values, &system, credits[1]);
    let disk = disk_rate(case, values, &system, credits[0]);
    let (mut latency_s, mut disk_share, mut narrow, mut reach) = (0.0, 0.0, false, (0.0, 0.0));
    let mut rates: Vec<(f64, Option<f64>)> = Vec::new();
    let mut ends = Vec::new();
    let mut parts: BTreeMap<&'static str, Vec<(f64, Option<f64>)>> = BTreeMap::new();
    for piece in pieces(case, &system) {
        let mib = (case.io_kib / 1024.0).min(case.file_mib);
        let (in_flight, size, unloaded) = requests(case, values, piece.stripes.min(mib.max(1.0)));
        let size_mb = size * MIB_MB;
        let (first, later) = hits(case, values, &system, &piece);
        let passes = f64::from(case.passes);
        for (share, hit) in [(1.0 / passes, first), (1.0 - 1.0 / passes, later)] {
            let (share, miss) = (share * piece.share, 1.0 - hit);
            if share == 0.0 {
                continue;
            }
            let ceilings = |osts: f64, servers: f64| {
                let network = network * servers / system.servers;
                let raw = disk * osts / system.osts;
                let disk = if case.lz4 { raw.max((raw * case.ratio).min(network)) } else { raw };
                // per 1200 GiB of storage: larger targets carry more
                let units = f64::from(case.capacity_gib) / 1200.0;
                let operations = values.get("ssd_ost_iops") * units * osts / system.osts * size_mb;
                let on_disk = |rate: f64| (miss > 0.0).then(|| rate / miss);
                (network, on_disk(disk), on_disk(operations))
            };
            let smallest = |(network, disk, operations): (f64, Option<f64>, Option<f64>)| {
                network.min(disk.unwrap_or(network)).min(operations.unwrap_or(network))
            };
            let all = ceilings(system.osts, system.servers);
            let touched = ceilings(piece.osts, piece.servers);
            let path = (case.interface == "ENA").then(|| {
                let one = values.get("path_limit_gbps") * 125.0 * values.get("path_efficiency");
                f64::from(case.clients) * piece.servers * one
            });
            let ceiling = smallest(touched).min(client).min(path.unwrap_or(f64::INFINITY));
            let demand = size_mb / ceiling;
            let rate = (recursion(in_flight, unloaded, demand) * size_mb).min(ceiling);
            for (id, value) in [
                ("client_network", Some(client)),
                ("client_to_server_path", path),
                ("server_network", Some(all.0)),
                ("disk_throughput", all.1),
                ("disk_iops", all.2),
                ("stripe_width", Some(smallest(touched))),
                ("concurrency", Some(in_flight * size_mb / unloaded)),
            ] {
                parts.entry(id).or_default().push((share, value));
            }
            narrow |= piece.osts < system.osts;
            reach.0 += share * piece.holding_osts / system.osts;
            reach.1 += share * piece.holding / system.servers;
            rates.push((share, Some(rate)));
            ends.push((share, Some(all.1.map_or(rate, |disk| (disk / piece.imbalance).min(rate)))));
            latency_s += share * in_flight * size_mb / rate;
            disk_share += share * if case.lz4 { miss / case.ratio } else { miss };
        }
    }
    let unlimited = joined(&rates).expect("there is work");
    let mut limits: BTreeMap<_, _> =
        parts.into_iter().filter_map(|(id, list)| joined(&list).map(|value| (id, value))).collect();
    if !narrow {
        limits.remove("stripe_width");
    }
    limits.extend(case.rate_limit.map(|limit| ("rate_limit", limit)));
    let rate = case.rate_limit.map_or(unlimited, |limit| limit.min(unlimited));
    Outcome {
        rate,
        unlimited,
        latency_s,
        limits,
        disk_share,
        pace: joined(&ends).expect("there is work").min(rate),
        touched: reach,
    }
}
