//! Share of reads that the servers' memory answers.

use crate::catalog::{AssumptionId, Assumptions};
use crate::design::{FileSystem, Residence, Workload};
use crate::scenario::Order;

/// Hit ratios of the first pass and of later ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HitRatios {
    /// First pass.
    pub first: f64,
    /// Every later pass.
    pub later: f64,
}

/// Hit ratios of a workload, whose files lie on `holding_share` of the servers.
#[must_use]
pub fn hit_ratios(
    file_system: &FileSystem,
    workload: &Workload,
    holding_share: f64,
    assumptions: &Assumptions,
) -> HitRatios {
    match workload.residence {
        Residence::Disk => HitRatios { first: 0.0, later: 0.0 },
        Residence::ServerCache => HitRatios { first: 1.0, later: 1.0 },
        Residence::CachedAfterFirstPass(order) => {
            let memory = file_system.published.server_memory;
            let held = memory.map_or(0.0, |memory| f64::from(memory / workload.bytes_per_pass()) * holding_share);
            HitRatios { first: 0.0, later: later_hit_ratio(held.min(1.0), order, assumptions) }
        }
    }
}

/// Hit ratio of a pass after the first, when the cache holds the share `f` of what a pass reads.
///
/// All of it fits: 1. Else, for a cache that drops what was used longest ago: `f + (1 − f) ln(1 − f)` when every pass
/// is a new permutation (a shuffled epoch), 0 when every pass has the same order, `f` for independent draws. How the
/// servers replace what they hold is not known: for permutations, `shuffled_cache_hits` moves the ratio between 0 and
/// `f`.
///
/// ```
/// use fsx_model::{catalog::Assumptions, model::cache::later_hit_ratio, scenario::Order};
/// let mid = Assumptions::mid();
/// assert!((later_hit_ratio(0.5, Order::Shuffled, &mid) - 0.153).abs() < 0.0005);
/// assert_eq!(later_hit_ratio(0.5, Order::Cyclic, &mid), 0.0);
/// assert_eq!(later_hit_ratio(1.0, Order::Cyclic, &mid), 1.0);
/// ```
#[must_use]
pub fn later_hit_ratio(f: f64, order: Order, assumptions: &Assumptions) -> f64 {
    if f >= 1.0 {
        return 1.0;
    }
    match order {
        Order::Shuffled => {
            let permutation = (f + (1.0 - f) * libm::log1p(-f)).max(0.0);
            let hits = assumptions.get(AssumptionId::ShuffledCacheHits);
            let beyond = (hits - 1.0).max(0.0) * (f - permutation);
            (hits.min(1.0) * permutation + beyond).clamp(0.0, f)
        }
        Order::Cyclic => 0.0,
        Order::Independent => f,
    }
}
