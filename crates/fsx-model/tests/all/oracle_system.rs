//! The file system and the clients in plain numbers: counts, memory, caches, and what disks and networks carry.
//!
//! Figures are typed from the AWS tables.

use crate::case::{CacheCase, Case, StorageCase};
use crate::oracle::Values;

const MIB_MB: f64 = 1.048576;

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
        // HDD; 375 is below the lowered burst already
        ("PERSISTENT_1", Some(12)) => [40.0, 375.0, 12.0, 12.0, 80.0, 50.0, 0.4],
        ("PERSISTENT_1", Some(40)) => [150.0, burst, 40.0, 40.0, 250.0, 150.0, 1.5],
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

/// SSD read cache below the memory of the servers.
#[derive(Clone, Copy)]
pub(crate) struct SsdCache {
    pub(crate) mib: f64,
    pub(crate) mb_per_s: f64,
    pub(crate) operations: f64,
}

/// Everything about the file system that does not depend on the credits.
pub(crate) struct System {
    pub(crate) servers: f64,
    pub(crate) osts: f64,
    network: (f64, f64),
    disk: (f64, f64),
    pub(crate) memory_mib: f64,
    /// None where there is none.
    pub(crate) ssd_cache: Option<SsdCache>,
    /// Disk operations a second; none where there is no ceiling.
    pub(crate) disk_operations: Option<f64>,
}

impl System {
    /// Base and burst of the disks in the workload's direction: published, but less on nearly full targets.
    pub(crate) fn published_disk(&self) -> (f64, f64) {
        self.disk
    }

    /// Published base and burst of the servers' network.
    pub(crate) fn published_network(&self) -> (f64, f64) {
        self.network
    }
}

pub(crate) fn system(case: &Case, values: &Values) -> System {
    if let StorageCase::Tiering { steps, cache } = case.storage {
        return tiering(f64::from(steps), cache, values);
    }
    let gib = f64::from(case.capacity_gib);
    let per_server = match (case.deployment, case.tier, case.efa) {
        ("SCRATCH_1", ..) => 3600.0,
        (_, Some(12), _) => 6000.0,
        (_, Some(40), _) => 1800.0,
        (_, Some(125), true) => 38_400.0,
        (_, Some(250), true) => 19_200.0,
        (_, Some(500), true) => 9600.0,
        (_, Some(1000), true) => 4800.0,
        _ => 2400.0,
    };
    let hdd = matches!(case.storage, StorageCase::Hdd { .. });
    let servers = (gib / per_server).ceil();
    let osts = if case.efa || hdd { servers * values.get("osts_per_server") } else { gib / 1200.0 };
    let tib = gib / values.get("gib_per_aws_tib");
    let [nb, nbb, dr, dw, drb, dwb, ram] = published(case, values);
    let (disk, burst) = if case.write { (dw, dwb) } else { (dr, drb) };
    let full = match (case.fill > 0.85, case.write) {
        (false, _) => 1.0,
        (true, true) => values.get("full_ost_write_share"),
        (true, false) => values.get("full_ost_read_share"),
    };
    let disk_operations = match (hdd, case.random) {
        (false, _) => Some(values.get("ssd_ost_iops") * gib / 1200.0),
        (true, true) => Some(values.get("hdd_iops_per_tib") * tib),
        (true, false) => None,
    };
    System {
        servers,
        osts,
        network: (nb * tib, nbb * tib),
        disk: (disk * tib * full, burst * tib * full),
        memory_mib: ram * tib * 1024.0,
        ssd_cache: hdd_cache(case, values),
        disk_operations,
    }
}

/// A fifth of the HDD storage.
fn hdd_cache(case: &Case, values: &Values) -> Option<SsdCache> {
    let cached = matches!(case.storage, StorageCase::Hdd { read_cache: true });
    cached.then(|| {
        let gib = 0.2 * f64::from(case.capacity_gib);
        SsdCache {
            mib: gib * 1024.0,
            mb_per_s: 200.0 * gib / values.get("gib_per_aws_tib"),
            operations: gib / 1200.0 * values.get("ssd_ost_iops"),
        }
    })
}

/// Intelligent-Tiering: nothing bursts, and storage is elastic, so that it never is nearly full.
fn tiering(steps: f64, cache: CacheCase, values: &Values) -> System {
    let disk = 4000.0 * steps * values.get("intelligent_tiering_storage_delivered");
    let cache_gib = match cache {
        CacheCase::None => 0.0,
        CacheCase::Proportional => 20_000.0 * steps,
        CacheCase::Size(gib) => f64::from(gib),
    };
    let ssd_cache = SsdCache {
        mib: cache_gib * 1024.0,
        mb_per_s: 4000.0 * steps,
        operations: (160_000.0 * steps).min(3.0 * cache_gib),
    };
    System {
        servers: steps,
        osts: steps * values.get("osts_per_server"),
        network: (12_500.0 * steps, 12_500.0 * steps),
        disk: (disk, disk),
        // 76.8 GB in MiB
        memory_mib: 76_800.0 / MIB_MB * steps,
        ssd_cache: (cache_gib > 0.0).then_some(ssd_cache),
        disk_operations: None,
    }
}

/// What the disks of all targets deliver.
pub(crate) fn disk_rate(case: &Case, values: &Values, system: &System, bursting: bool) -> f64 {
    if matches!(case.storage, StorageCase::Tiering { .. }) {
        return system.disk.0;
    }
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

/// What the network of all servers carries.
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

/// An instance type: baseline and burst in Gbit/s, EFA interfaces, those FSx binds, memory in GiB.
fn instance(name: &str) -> (f64, f64, f64, f64, f64) {
    match name {
        "m5.large" => (0.75, 10.0, 1.0, 1.0, 8.0),
        "i7i.4xlarge" => (9.375, 25.0, 1.0, 1.0, 128.0),
        "c6in.16xlarge" => (100.0, 100.0, 1.0, 1.0, 128.0),
        "p5.48xlarge" => (3200.0, 3200.0, 32.0, 8.0, 2048.0),
        "g6e.48xlarge" => (400.0, 400.0, 4.0, 4.0, 1536.0),
        "p6-b300.48xlarge" => (6400.0, 6400.0, 16.0, 16.0, 4096.0),
        other => panic!("no figures for {other}"),
    }
}

/// Line rate of one client, Gbit/s, for good and while its credits last.
fn line_rate(case: &Case) -> (f64, f64) {
    let most = match case.interface {
        "EFA" => 700.0,
        "EFA_GDS" => 1200.0,
        _ => 100.0,
    };
    let (baseline, burst, all, bound, _) = case.instance.map_or((most, most, 1.0, 1.0, 0.0), instance);
    let share = if is_efa(case) { bound / all } else { 1.0 };
    let line = |own: f64| case.gbps.unwrap_or(own * share).min(most);
    (line(baseline), line(burst).max(line(baseline)))
}

pub(crate) fn is_efa(case: &Case) -> bool {
    case.interface.starts_with("EFA")
}

/// What one client carries for good, MB/s.
pub(crate) fn one_client_rate(case: &Case, values: &Values) -> f64 {
    line_rate(case).0 * 125.0 * efficiency(case, values)
}

/// What the interfaces of all clients carry.
pub(crate) fn client_rate(case: &Case, values: &Values, bursting: bool) -> f64 {
    let (base, burst) = line_rate(case);
    f64::from(case.clients) * if bursting { burst } else { base } * 125.0 * efficiency(case, values)
}

fn efficiency(case: &Case, values: &Values) -> f64 {
    values.get(if is_efa(case) { "network_burst_delivered" } else { "tcp_efficiency" })
}

/// Memory of all clients, MiB; 0 where the instance type is not known.
pub(crate) fn client_memory_mib(case: &Case) -> f64 {
    case.instance.map_or(0.0, |name| instance(name).4) * 1024.0 * f64::from(case.clients)
}
