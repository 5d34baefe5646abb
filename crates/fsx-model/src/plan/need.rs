//! How much a file system has to hold.

use super::kinds::{Kind, count_while};
use super::requirement::{Capacity, Requirement};
use crate::catalog::{AssumptionId, Assumptions, figures};
use crate::scenario::Scenario;
use crate::shape::Whole;

/// MiB in a GiB.
const MIB_PER_GIB: f64 = 1024.0;
/// GiB in a TiB.
const GIB_PER_TIB: f64 = 1024.0;

/// Data to hold, in GiB, with and without compression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Need {
    plain: f64,
    compressed: f64,
    /// Share of the usable capacity that stays free.
    headroom: f64,
}

impl Need {
    /// The larger of the data named and what the workloads' files hold, and growth up to the horizon on top.
    pub(crate) fn new(requirement: &Requirement, scenario: &Scenario) -> Self {
        let capacity = requirement.capacity.as_ref();
        let number = |of: fn(&Capacity) -> f64, default| capacity.map_or(default, of);
        let data = capacity.and_then(|capacity| capacity.data_gib).unwrap_or(0.0);
        let growth = number(Capacity::growth_gib_per_month, 0.0) * number(Capacity::horizon_months, 0.0);
        let ratio = number(Capacity::compression_ratio, 1.0);
        let (mut files, mut squeezed) = (0.0, 0.0);
        for workload in &scenario.workloads {
            let count = match workload.file_count {
                _ if workload.shared_file() => 1.0,
                Some(count) => count.get(),
                None => Whole(scenario.streams_of(workload)).get(),
            };
            let moves_data = workload.operations.is_none() && workload.operation().is_data();
            let size = if moves_data { workload.file_size_mib() } else { workload.file_size_mib.unwrap_or(0.0) };
            let gib = count * size / MIB_PER_GIB;
            files += gib;
            squeezed += gib / workload.compression_ratio();
        }
        Self {
            plain: data.max(files) + growth,
            compressed: (data / ratio).max(squeezed) + growth / ratio,
            headroom: number(Capacity::headroom, 0.0),
        }
    }

    /// Data at the horizon, GiB.
    pub(crate) fn data_gib(&self, lz4: bool) -> f64 {
        if lz4 { self.compressed } else { self.plain }
    }

    /// Whether compression makes it less.
    pub(crate) fn is_compressible(&self) -> bool {
        self.compressed < self.plain
    }

    /// Usable capacity that it takes, free share included, GiB.
    pub(crate) fn usable_gib(&self, lz4: bool) -> f64 {
        self.data_gib(lz4) / (1.0 - self.headroom)
    }

    /// The first size of a kind that holds it; the number of sizes if none does.
    pub(crate) fn first_size(&self, kind: &Kind, lz4: bool, assumptions: &Assumptions) -> usize {
        let wanted = self.usable_gib(lz4);
        count_while(kind.sizes(), |i| kind_holds(kind, i, assumptions) < wanted)
    }

    /// Share of the usable capacity in use; `None` where storage is elastic.
    pub(crate) fn fill(&self, kind: &Kind, i: usize, lz4: bool, assumptions: &Assumptions) -> Option<f64> {
        (!kind.is_elastic()).then(|| self.data_gib(lz4) / kind_holds(kind, i, assumptions))
    }
}

/// GiB that size `i` of a kind holds: the usable share of its capacity, or what its servers can have behind them.
pub(crate) fn kind_holds(kind: &Kind, i: usize, assumptions: &Assumptions) -> f64 {
    let size = Whole(kind.size(i)).get();
    if kind.is_elastic() {
        return size / figures::IT_THROUGHPUT_STEP_MB_PER_S.value * figures::IT_DATA_PER_OSS_TIB.value * GIB_PER_TIB;
    }
    let share = if kind.efa { AssumptionId::UsableShareEfa } else { AssumptionId::UsableShare };
    size * assumptions.get(share)
}
