//! The time of filling a new file system with files from S3.

use crate::catalog::terms::StorageType;
use crate::catalog::{AssumptionId, Assumptions};
use crate::design::FileSystem;
use crate::model::network;
use crate::units::{Information, Throughput, Time, megabyte_per_second, second};

/// Time in which so many clients load `data` in files of `file_size`, all at once, with no burst credits.
///
/// `files / rate`, where the rate in files a second is the least of
///
/// - `min(clients × restore_rate_per_client, restore_rate_total) × A23 / (A23 + file size / A24)`: those rates were
///   observed with small files, and a larger one takes longer by its stream (A23 = `lazy_load_latency`,
///   A24 = `lazy_load_stream`),
/// - the disks' writes (published baseline × what is delivered of it) over the file size,
/// - the servers' network over the file size.
///
/// Compression is left out. Nothing takes no time.
#[must_use]
pub fn time(
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
    let written = file_size * rate(file_size, clients, assumptions) / Time::new::<second>(1.0);
    data / written.min(disk_writes(file_system, assumptions)).min(wire)
}

/// Files a second that the clients restore, by their size.
fn rate(file_size: Information, clients: f64, assumptions: &Assumptions) -> f64 {
    let small = (clients * assumptions.get(AssumptionId::RestoreRatePerClient))
        .min(assumptions.get(AssumptionId::RestoreRateTotal));
    let start = Time::new::<second>(assumptions.get(AssumptionId::LazyLoadLatency));
    let stream = Throughput::new::<megabyte_per_second>(assumptions.get(AssumptionId::LazyLoadStream));
    small * f64::from(start / (start + file_size / stream))
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
