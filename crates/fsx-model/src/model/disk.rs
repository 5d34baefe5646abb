//! Ceilings of the disks: throughput, with or without credits and compression, and operations.

use crate::catalog::terms::StorageType;
use crate::catalog::{AssumptionId, Assumptions, figures};
use crate::design::{FileSystem, Topology, Workload};
use crate::units::{Information, Throughput, Time, gibibyte, second};

/// What all disks together read or write.
///
/// Drained, the published baseline × `disk_baseline_delivered`, for EFA writes × `efa_write_delivered`; on
/// Intelligent-Tiering the throughput capacity × `intelligent_tiering_storage_delivered`. With credits, the published
/// burst × `disk_burst_delivered`, for EFA writes only if `efa_write_disk_burst` holds. Never less than drained. Nearly
/// full targets deliver less.
#[must_use]
pub fn throughput(
    file_system: &FileSystem,
    workload: &Workload,
    assumptions: &Assumptions,
    bursting: bool,
) -> Throughput {
    let (published, delivered) = basis(file_system, workload, assumptions, bursting);
    let delivered = published * assumptions.get(delivered);
    full_targets(file_system, workload).map_or(delivered, |share| delivered * assumptions.get(share))
}

/// The assumption for what nearly full targets deliver; `None` if they are not.
#[must_use]
pub fn full_targets(file_system: &FileSystem, workload: &Workload) -> Option<AssumptionId> {
    let share = if workload.writes { AssumptionId::FullOstWriteShare } else { AssumptionId::FullOstReadShare };
    file_system.is_nearly_full().then_some(share)
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
    let share = match file_system.storage_type {
        StorageType::IntelligentTiering => AssumptionId::IntelligentTieringStorageDelivered,
        _ if efa_write => AssumptionId::EfaWriteDelivered,
        _ => AssumptionId::DiskBaselineDelivered,
    };
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

/// Operations a second of all disks and the assumption behind them; `None` where nothing limits them.
///
/// SSD: `capacity / 1200 GiB × ssd_ost_iops`, so that a target of 19,200 GiB has sixteen times those of one of 1200 GiB.
/// It holds for sequential requests too: direct I/O reaches the target one request at a time, and buffered I/O comes in
/// requests of 1 MiB, where this ceiling is far from the others. HDD: `TiB × hdd_iops_per_tib`, for random access alone,
/// as drives stream without seeking. Below the caches of Intelligent-Tiering no figure is known.
#[must_use]
pub fn operations(file_system: &FileSystem, workload: &Workload) -> Option<Operations> {
    let gib = file_system.capacity()?.get::<gibibyte>();
    match file_system.storage_type {
        StorageType::Ssd => {
            Some(Operations { gib, per_gib: figures::SSD_OST_GIB.value, each: AssumptionId::SsdOstIops })
        }
        StorageType::Hdd if workload.random => {
            Some(Operations { gib, per_gib: 0.0, each: AssumptionId::HddIopsPerTib })
        }
        _ => None,
    }
}

/// Operations of disks: so many GiB, and the assumption for the operations of each `per_gib` of them.
#[derive(Clone, Copy, Debug)]
pub struct Operations {
    /// Capacity, GiB.
    pub gib: f64,
    /// What the assumption counts, GiB; 0: a TiB as AWS counts it.
    pub per_gib: f64,
    /// The assumption.
    pub each: AssumptionId,
}

impl Operations {
    /// How often the disks hold what the assumption counts.
    #[must_use]
    pub fn units(&self, assumptions: &Assumptions) -> f64 {
        let per_gib = if self.per_gib > 0.0 { self.per_gib } else { assumptions.get(AssumptionId::GibPerAwsTib) };
        self.gib / per_gib
    }

    /// What a `share` of the disks carries in requests of `request`.
    #[must_use]
    pub fn throughput(&self, share: f64, request: Information, assumptions: &Assumptions) -> Throughput {
        request * (self.units(assumptions) * share * assumptions.get(self.each)) / Time::new::<second>(1.0)
    }
}

/// Share of the topology's targets, as a factor on the rate of all.
#[must_use]
pub fn share_of(osts: f64, topology: Topology) -> f64 {
    osts / topology.osts
}
