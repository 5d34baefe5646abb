//! Quotas of an account, which AWS raises when asked.

use super::{Breach, Report, Rule, capacity, tables};
use crate::catalog::terms::{DeploymentType, StorageType};
use crate::catalog::{Figure, figures};
use crate::finding::Severity;
use crate::scenario::{FileSystem, ReadCacheSizingMode, Scenario};
use crate::shape::Whole;

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[Rule {
    code: "FSX-QUOTA",
    title: "the file system alone stays within the default quotas of an account",
    severity: Severity::Warning,
    sources: &["LIMITS"],
    after: &[
        "FSX-STORAGE-TYPE",
        "FSX-CAPACITY-STEP",
        "FSX-CAPACITY-MAXIMUM",
        "FSX-THROUGHPUT-STEP",
        "FSX-READ-CACHE-SIZE",
    ],
    check: quotas,
}];

/// What an account may have of something, by default.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quota {
    /// Its name in Service Quotas.
    pub(crate) name: &'static str,
    pub(crate) most: &'static Figure,
    /// What it counts.
    of: &'static str,
    /// Whether it counts all file systems of the account together.
    pub(crate) counts_all: bool,
    /// Where a file system says how much of it is its own.
    pub(crate) field: &'static str,
}

/// What to do about one.
pub(crate) const FIX: &str = "ask for more in Service Quotas first";

const CAPACITY: &str = "file_system.storage_capacity_gib";
const PERSISTENT_1: Quota = Quota {
    name: "Lustre Persistent 1 file storage capacity",
    most: &figures::QUOTA_PERSISTENT_1_GIB,
    of: "all its PERSISTENT_1 file systems",
    counts_all: true,
    field: CAPACITY,
};
const PERSISTENT_2: Quota = Quota {
    name: "Lustre Persistent 2 file storage capacity",
    most: &figures::QUOTA_PERSISTENT_2_GIB,
    of: "all its PERSISTENT_2 file systems",
    ..PERSISTENT_1
};
const SCRATCH: Quota = Quota {
    name: "Lustre Scratch storage capacity",
    most: &figures::QUOTA_SCRATCH_GIB,
    of: "all its scratch file systems",
    ..PERSISTENT_1
};
const HDD: Quota = Quota {
    name: "Lustre Persistent HDD storage capacity (per file system)",
    most: &figures::QUOTA_HDD_FILE_SYSTEM_GIB,
    of: "one file system",
    counts_all: false,
    ..PERSISTENT_1
};
const THROUGHPUT: Quota = Quota {
    name: "Lustre Persistent Intelligent-Tiering throughput capacity",
    most: &figures::QUOTA_IT_THROUGHPUT_MB_PER_S,
    of: "all its Intelligent-Tiering file systems",
    counts_all: true,
    field: "file_system.throughput_capacity_mb_per_s",
};
const CACHE: Quota = Quota {
    name: "Lustre Persistent Intelligent-Tiering SSD read cache storage capacity",
    most: &figures::QUOTA_IT_CACHE_GIB,
    field: "file_system.read_cache.size_gib",
    ..THROUGHPUT
};

/// What a file system takes of each quota.
pub(crate) fn taken(fs: &FileSystem) -> impl Iterator<Item = (Quota, i64)> + use<> {
    let of_capacity = match (fs.deployment_type, fs.storage_type()) {
        (_, StorageType::Hdd) => HDD,
        (DeploymentType::Scratch1 | DeploymentType::Scratch2, _) => SCRATCH,
        (DeploymentType::Persistent1, _) => PERSISTENT_1,
        (DeploymentType::Persistent2, _) => PERSISTENT_2,
    };
    let all = [
        (of_capacity, fs.storage_capacity_gib.map(|it| it.0)),
        (THROUGHPUT, fs.throughput_capacity_mb_per_s.map(|it| it.0)),
        (CACHE, cache_gib(fs)),
    ];
    all.into_iter().filter_map(|(quota, taken)| Some((quota, taken?)))
}

/// Size of the SSD read cache of Intelligent-Tiering, GiB; none without one.
pub(crate) fn cache_gib(fs: &FileSystem) -> Option<i64> {
    let cache = fs.read_cache.as_ref()?;
    match cache.sizing_mode {
        ReadCacheSizingMode::NoCache => None,
        ReadCacheSizingMode::UserProvisioned => Some(cache.size_gib?.0),
        ReadCacheSizingMode::ProportionalToThroughputCapacity => {
            Some(capacity::throughput_steps(fs)? * tables::whole(figures::IT_CACHE_AUTO_GIB_PER_STEP.value))
        }
    }
}

fn quotas(scenario: &Scenario, report: &mut Report<'_>) {
    for (Quota { name, most, of, field, .. }, taken) in taken(&scenario.file_system) {
        if Whole(taken).get() > most.value {
            let message = format!("the account quota `{name}` is {} {} by default, for {of}", most.value, most.unit);
            report(Breach::new(field, taken, message, FIX));
        }
    }
}
