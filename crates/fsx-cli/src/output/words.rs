//! Names of limits in words that need no knowledge of Lustre.

use fsx_model::catalog::terms::StorageType;
use fsx_model::estimate::{Contention, Load, WorkloadEstimate};
use fsx_model::model::LimitId;

use super::format::percent;

/// Name of a limit for a table.
pub(crate) const fn label(id: LimitId, storage: StorageType) -> &'static str {
    match (id, storage) {
        (LimitId::ClientNetwork, _) => "clients' network",
        (LimitId::ClientToServerPath, _) => "client-server paths",
        (LimitId::ServerNetwork, _) => "servers' network",
        (LimitId::SsdCache, _) => "SSD read cache",
        (LimitId::DiskThroughput, StorageType::Ssd) => "disks",
        (LimitId::DiskThroughput, StorageType::Hdd) => "hard disks",
        (LimitId::DiskThroughput, StorageType::IntelligentTiering) => "storage below cache",
        (LimitId::DiskIops, _) => "disk operations",
        (LimitId::StripeWidth, StorageType::IntelligentTiering) => "OSTs files lie on",
        (LimitId::StripeWidth, _) => "disks files lie on",
        (LimitId::Metadata, _) => "metadata servers",
        (LimitId::S3Restore, _) => "loading from S3",
        (LimitId::S3Export, _) => "exporting to S3",
        (LimitId::S3Import, _) => "importing from S3",
        (LimitId::Concurrency, _) => "requests in flight",
        (LimitId::RateLimit, _) => "load offered",
    }
}

/// Name of a limit within a sentence.
pub(crate) const fn part(id: LimitId, storage: StorageType) -> &'static str {
    match (id, storage) {
        (LimitId::ClientNetwork, _) => "the clients' network",
        (LimitId::ClientToServerPath, _) => "the paths between clients and servers",
        (LimitId::ServerNetwork, _) => "the file servers' network",
        (LimitId::SsdCache, _) => "the SSD read cache",
        (LimitId::DiskThroughput, StorageType::Ssd) => "the disks",
        (LimitId::DiskThroughput, StorageType::Hdd) => "the hard disks",
        (LimitId::DiskThroughput, StorageType::IntelligentTiering) => "the storage below the caches",
        (LimitId::DiskIops, _) => "the disks' operations",
        (LimitId::StripeWidth, StorageType::IntelligentTiering) => "the OSTs the files lie on",
        (LimitId::StripeWidth, _) => "the disks the files lie on",
        (LimitId::Metadata, _) => "the metadata servers",
        (LimitId::S3Restore, _) => "the loading from S3",
        (LimitId::S3Export, _) => "the export to S3",
        (LimitId::S3Import, _) => "the import from S3",
        (LimitId::Concurrency, _) => "the requests in flight",
        (LimitId::RateLimit, _) => "the load offered",
    }
}

/// A share of a limit's value that is nearly all of it.
pub(crate) const NEARLY_ALL: f64 = 0.97;

/// A limit's value and use in a regime.
pub(crate) fn load(answer: &WorkloadEstimate, id: LimitId, bursting: bool) -> Option<Load> {
    let limit = answer.limits.iter().find(|limit| limit.id == id)?;
    if bursting { limit.burst } else { Some(limit.sustained) }
}

/// The smallest of the limits that are not `told` yet.
pub(crate) fn next(answer: &WorkloadEstimate, told: &[LimitId], bursting: bool) -> Option<(LimitId, Load)> {
    let others = answer.limits.iter().filter(|limit| !told.contains(&limit.id));
    let loads = others.filter_map(|limit| Some((limit.id, load(answer, limit.id, bursting)?)));
    loads.reduce(|least, limit| if limit.1.value < least.1.value { limit } else { least })
}

/// The limit to speak about: files that lie on nearly all disks are no reason to speak of too few.
pub(crate) fn told(answer: &WorkloadEstimate, id: LimitId, bursting: bool) -> LimitId {
    let value = |id| load(answer, id, bursting).map(|load| load.value);
    match (id, next(answer, &[id], bursting)) {
        (LimitId::StripeWidth, Some((next, load))) if value(id) > Some(load.value * NEARLY_ALL) => next,
        _ => id,
    }
}

/// Whether the value of a limit rests on an assumption.
pub(crate) fn rests_on(answer: &WorkloadEstimate, id: LimitId, assumption: &str) -> bool {
    answer.limits.iter().any(|limit| limit.id == id && limit.assumptions.contains(&assumption))
}

/// What other workloads take from it, if it shows.
pub(crate) fn lost(answer: &WorkloadEstimate) -> Option<&Contention> {
    answer.contention.as_ref().filter(|lost| percent(lost.share) != "100%")
}

/// Where a workload waits: the shared part where others hold it up, else its own limit.
pub(crate) fn waits_at(answer: &WorkloadEstimate) -> LimitId {
    lost(answer).map_or_else(|| told(answer, answer.sustained.bottleneck, false), |lost| lost.at)
}
