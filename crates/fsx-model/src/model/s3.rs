//! Traffic between the file system and S3: lazy first reads, bulk loads, exports, imports of metadata.
//!
//! A file takes `A23 + size / A24` to load (A23 = `lazy_load_latency`, A24 = `lazy_load_stream`). What differs is how many
//! load at once. Loaded data are written to the disks, whoever asked for them.

use super::latency::Requests;
use crate::catalog::terms::StorageType;
use crate::catalog::{AssumptionId, Assumptions};
use crate::design::{Design, FileSystem, Stage, Workload};
use crate::model::network;
use crate::units::{
    Information, OperationRate, Throughput, Time, megabyte_per_second, one_operation, operation_per_second, second,
};

/// Time of loading one file: `A23 + size / A24`.
#[must_use]
pub fn load_time(size: Information, assumptions: &Assumptions) -> Time {
    let stream = Throughput::new::<megabyte_per_second>(assumptions.get(AssumptionId::LazyLoadStream));
    Time::new::<second>(assumptions.get(AssumptionId::LazyLoadLatency)) + size / stream
}

/// Files that load at once in bulk: `min(clients × restore_rate_per_client, restore_rate_total) × A23`, as those rates
/// were observed with files so small that A23 is nearly all of their time. `lfs hsm_restore` does not wait for a file, so
/// the number of processes does not matter.
#[must_use]
pub fn loading_at_once(clients: f64, assumptions: &Assumptions) -> f64 {
    let per_client = clients * assumptions.get(AssumptionId::RestoreRatePerClient);
    per_client.min(assumptions.get(AssumptionId::RestoreRateTotal)) * assumptions.get(AssumptionId::LazyLoadLatency)
}

/// Requests of a file.
fn requests_per_file(workload: &Workload) -> f64 {
    f64::from(workload.file_size / workload.request_size()).max(1.0)
}

/// Files loading at once, each as the requests that its time is shared out over.
fn loading(files: f64, workload: &Workload, assumptions: &Assumptions) -> Requests {
    let unloaded = load_time(workload.file_size, assumptions) / requests_per_file(workload);
    Requests { in_flight: files, size: workload.request_size(), unloaded }
}

/// Requests of a pass that reads files for the first time: each stream waits for the file it opened.
#[must_use]
pub fn lazy(workload: &Workload, assumptions: &Assumptions) -> Requests {
    loading(workload.active_files, workload, assumptions)
}

/// Most requests a second of first reads, whoever reads: `restore_rate_total` files.
#[must_use]
pub fn lazy_limit(workload: &Workload, assumptions: &Assumptions) -> OperationRate {
    let files = assumptions.get(AssumptionId::RestoreRateTotal);
    OperationRate::new::<operation_per_second>(files * requests_per_file(workload))
}

/// Requests of what the file system does by itself with file data.
///
/// An export is held to `min(auto_export_rate × size, auto_export_bandwidth × disk baseline)`; as many files as restores
/// at most are under way.
#[must_use]
pub fn requests(stage: Stage, design: &Design, assumptions: &Assumptions) -> Requests {
    let Design { file_system, clients, workload, .. } = design;
    if stage != Stage::Export {
        let at_once = loading_at_once(clients.count, assumptions).min(workload.files);
        return loading(at_once, workload, assumptions);
    }
    let rate = export_rate(file_system, workload.file_size, assumptions);
    let most = assumptions.get(AssumptionId::RestoreRateTotal) * assumptions.get(AssumptionId::LazyLoadLatency);
    let in_flight = most.min(workload.files);
    Requests { in_flight, size: workload.request_size(), unloaded: workload.request_size() * in_flight / rate }
}

/// Objects and bytes that automatic export carries, as data rates of files of `size`.
#[must_use]
pub fn export_rates(file_system: &FileSystem, size: Information, assumptions: &Assumptions) -> [Throughput; 2] {
    let objects = size * assumptions.get(AssumptionId::AutoExportRate) / Time::new::<second>(1.0);
    [objects, file_system.published.disk_read_baseline * assumptions.get(AssumptionId::AutoExportBandwidth)]
}

fn export_rate(file_system: &FileSystem, size: Information, assumptions: &Assumptions) -> Throughput {
    let [objects, bytes] = export_rates(file_system, size, assumptions);
    objects.min(bytes)
}

/// Objects a second whose metadata are imported.
#[must_use]
pub fn import_rate(assumptions: &Assumptions) -> OperationRate {
    OperationRate::new::<operation_per_second>(assumptions.get(AssumptionId::AutoImportRate))
}

/// Time in which so many clients load `data` in files of `file_size` in bulk, with no burst credits and nothing else going
/// on: at the rate of [`loading_at_once`] files, of the disks' writes, or of the servers' network, whichever is least.
///
/// Compression is left out. Nothing takes no time.
#[must_use]
pub fn filling_time(
    file_system: &FileSystem,
    data: Information,
    file_size: Information,
    clients: f64,
    assumptions: &Assumptions,
) -> Time {
    if data <= Information::default() || file_size <= Information::default() {
        return Time::default();
    }
    let topology = file_system.topology(assumptions);
    let wire = network::servers(file_system, topology, assumptions, false);
    let files = f64::from(data / file_size).max(1.0);
    let at_once = loading_at_once(clients, assumptions).min(files);
    let loaded = file_size * at_once / load_time(file_size, assumptions);
    data / loaded.min(disk_writes(file_system, assumptions)).min(wire)
}

/// What the disks write for good.
fn disk_writes(file_system: &FileSystem, assumptions: &Assumptions) -> Throughput {
    let delivered = match file_system.storage_type {
        StorageType::IntelligentTiering => AssumptionId::IntelligentTieringStorageDelivered,
        _ if file_system.efa_enabled => AssumptionId::EfaWriteDelivered,
        _ => AssumptionId::DiskBaselineDelivered,
    };
    file_system.published.disk_write_baseline * assumptions.get(delivered)
}

/// Requests a second of so many in flight.
#[must_use]
pub fn of(requests: &Requests) -> OperationRate {
    one_operation() * requests.in_flight / requests.unloaded
}
