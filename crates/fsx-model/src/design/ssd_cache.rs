//! The SSD read cache that stands before HDD or Intelligent-Tiering storage.

use super::Size;
use crate::catalog::terms::StorageType;
use crate::catalog::{AssumptionId, Assumptions, Provenance, THROUGHPUT, figures};
use crate::scenario::{self, DriveCacheType, ReadCacheSizingMode};
use crate::shape::Whole;
use crate::units::{Information, Throughput, gibibyte, megabyte_per_second, per_aws_tib};

/// An SSD read cache.
#[derive(Clone, Copy, Debug)]
pub struct SsdCache {
    /// What it holds.
    pub size: Information,
    /// What its disks read, as published.
    pub throughput: Throughput,
    /// Operations of its disks a second, as published; `None` where AWS prints none.
    pub operations_per_s: Option<f64>,
    /// Where its figures come from.
    pub provenance: &'static Provenance,
}

impl SsdCache {
    /// The cache of a legal file system; `None` if it has none.
    ///
    /// HDD: 20 % of the storage capacity, at the published rate per TiB of cache. Intelligent-Tiering: the size given,
    /// or that for each step of throughput capacity; throughput by steps, operations by steps and by its size.
    #[must_use]
    pub fn new(raw: &scenario::FileSystem, size: Size, gib_per_tib: f64) -> Option<Self> {
        match size {
            Size::Capacity(capacity) => {
                raw.drive_cache_type.filter(|kind| *kind == DriveCacheType::Read)?;
                let tier = raw.per_unit_storage_throughput?.0;
                let row = THROUGHPUT.iter().find(|row| {
                    row.storage_type == StorageType::Hdd
                        && row.basis == "ssd_read_cache"
                        && row.per_unit_storage_throughput.map(i64::from) == Some(tier)
                })?;
                let size = capacity * figures::HDD_SSD_CACHE_SHARE.value;
                Some(Self {
                    size,
                    throughput: per_aws_tib(row.disk_read_baseline_mb_per_s_per_tib, size, gib_per_tib),
                    operations_per_s: None,
                    provenance: &row.provenance,
                })
            }
            Size::Steps(steps) => {
                let cache = raw.read_cache.as_ref()?;
                let gib = match cache.sizing_mode {
                    ReadCacheSizingMode::NoCache => return None,
                    ReadCacheSizingMode::UserProvisioned => cache.size_gib.map(Whole::get)?,
                    ReadCacheSizingMode::ProportionalToThroughputCapacity => {
                        figures::IT_CACHE_AUTO_GIB_PER_STEP.value * steps
                    }
                };
                let rate = figures::IT_SSD_CACHE_THROUGHPUT_PER_STEP_MB_PER_S.value * steps;
                let by_steps = figures::IT_SSD_CACHE_IOPS_PER_STEP.value * steps;
                Some(Self {
                    size: Information::new::<gibibyte>(gib),
                    throughput: Throughput::new::<megabyte_per_second>(rate),
                    operations_per_s: Some(by_steps.min(figures::IT_CACHE_IOPS_PER_GIB.value * gib)),
                    provenance: &figures::IT_SSD_CACHE_THROUGHPUT_PER_STEP_MB_PER_S.provenance,
                })
            }
        }
    }

    /// Operations of its disks a second: published, or as many as SSD storage of its size is taken to have.
    #[must_use]
    pub fn operations_per_s(&self, assumptions: &Assumptions) -> f64 {
        self.operations_per_s.unwrap_or_else(|| {
            let units = self.size.get::<gibibyte>() / figures::SSD_OST_GIB.value;
            units * assumptions.get(AssumptionId::SsdOstIops)
        })
    }
}
