//! Ceilings of the disks: throughput, with or without credits and compression, and operations.

use crate::catalog::{AssumptionId, Assumptions, figures};
use crate::design::{FileSystem, Topology, Workload};
use crate::units::{Information, Throughput, Time, gibibyte, second};

/// What all disks together read or write.
///
/// Drained, the published baseline × `disk_baseline_delivered`, for EFA writes × `efa_write_delivered`. With credits,
/// the published burst × `disk_burst_delivered`, for EFA writes only if `efa_write_disk_burst` holds. Never less than
/// drained.
#[must_use]
pub fn throughput(
    file_system: &FileSystem,
    workload: &Workload,
    assumptions: &Assumptions,
    bursting: bool,
) -> Throughput {
    let (published, delivered) = basis(file_system, workload, assumptions, bursting);
    published * assumptions.get(delivered)
}

/// The published figure that holds, and the assumption that says how much of it is delivered.
#[must_use]
pub fn basis(
    file_system: &FileSystem,
    workload: &Workload,
    assumptions: &Assumptions,
    bursting: bool,
) -> (Throughput, AssumptionId) {
    let (published, burst) = figures(file_system, workload);
    let efa_write = workload.writes && file_system.efa_enabled;
    let share = if efa_write { AssumptionId::EfaWriteDelivered } else { AssumptionId::DiskBaselineDelivered };
    let drained = (published, share);
    let Some(burst) = burst.filter(|_| bursting) else { return drained };
    if efa_write && !assumptions.is_on(AssumptionId::EfaWriteDiskBurst) {
        return drained;
    }
    let bursts = burst * assumptions.get(AssumptionId::DiskBurstDelivered) > published * assumptions.get(share);
    if bursts { (burst, AssumptionId::DiskBurstDelivered) } else { drained }
}

/// Published baseline and burst of the workload's direction.
#[must_use]
pub fn figures(file_system: &FileSystem, workload: &Workload) -> (Throughput, Option<Throughput>) {
    let published = &file_system.published;
    if workload.writes {
        (published.disk_write_baseline, published.disk_write_burst)
    } else {
        (published.disk_read_baseline, published.disk_read_burst)
    }
}

/// Rate of uncompressed data that disks of rate `disk` carry under LZ4: up to `ratio` times as much, but at most the
/// servers' network; it lifts, never lowers.
#[must_use]
pub fn compressed(disk: Throughput, ratio: f64, server_network: Throughput) -> Throughput {
    disk.max((disk * ratio).min(server_network))
}

/// What a `share` of the disks carries in requests of `request`: `capacity / 1200 GiB × ssd_ost_iops × share × request`.
///
/// Operations grow with the size of a target: one of 19,200 GiB has sixteen times those of one of 1200 GiB. The ceiling
/// holds for sequential requests too: direct I/O reaches the target one request at a time, and buffered I/O comes in
/// requests of 1 MiB, where this ceiling is far from the others.
#[must_use]
pub fn operations(file_system: &FileSystem, share: f64, request: Information, assumptions: &Assumptions) -> Throughput {
    let units = file_system.capacity.get::<gibibyte>() / figures::SSD_OST_GIB.value;
    request * (units * share * assumptions.get(AssumptionId::SsdOstIops)) / Time::new::<second>(1.0)
}

/// Share of the topology's targets, as a factor on the rate of all.
#[must_use]
pub fn share_of(osts: f64, topology: Topology) -> f64 {
    osts / topology.osts
}
