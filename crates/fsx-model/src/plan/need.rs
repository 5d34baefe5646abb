//! How much a file system has to hold.

use super::kinds::{Kind, count_while};
use super::requirement::{Capacity, Requirement};
use crate::catalog::{AssumptionId, Assumptions, figures};
use crate::job;
use crate::scenario::{Pricing, Scenario, TierShares, Workload};
use crate::shape::Whole;

/// MiB in a GiB.
const MIB_PER_GIB: f64 = 1024.0;
/// GiB in a TiB.
const GIB_PER_TIB: f64 = 1024.0;

/// Data to hold, in GiB, with and without compression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Need {
    plain: Held,
    compressed: Held,
    /// Share of the usable capacity that stays free.
    headroom: f64,
    /// What lies in each access tier of Intelligent-Tiering.
    tiers: Option<TierShares>,
}

/// Data, GiB.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Held {
    now: f64,
    /// How much more it becomes in a month.
    growth: f64,
    at_horizon: f64,
}

impl Need {
    /// The larger of the data named and what the workloads' files hold, and growth up to the horizon on top.
    pub(crate) fn new(requirement: &Requirement, scenario: &Scenario) -> Self {
        let capacity = requirement.capacity.as_ref();
        let number = |of: fn(&Capacity) -> f64, default| capacity.map_or(default, of);
        let data = capacity.and_then(|capacity| capacity.data_gib).unwrap_or(0.0);
        let growth = number(Capacity::growth_gib_per_month, 0.0);
        let months = number(Capacity::horizon_months, 0.0);
        let ratio = number(Capacity::compression_ratio, 1.0);
        let copies = job::copies(&requirement.written_on(scenario.file_system.clone()));
        let (mut files, mut squeezed) = (0.0, 0.0);
        for (workload, copies) in scenario.workloads.iter().zip(copies) {
            let gib = copies * file_gib(scenario, workload);
            files += gib;
            squeezed += gib / workload.compression_ratio();
        }
        let held =
            |now: f64, ratio: f64| Held { now, growth: growth / ratio, at_horizon: now + growth * months / ratio };
        let plain = held(data.max(files), 1.0);
        let named = capacity.and_then(|capacity| capacity.tier_shares.clone());
        let hours = requirement.pricing.as_ref().unwrap_or(const { &Pricing::DEFAULT }).hours_per_month();
        let read = capacity.and_then(|capacity| capacity.read_again_gib_per_month);
        Self {
            plain,
            compressed: held((data / ratio).max(squeezed), ratio),
            headroom: number(Capacity::headroom, 0.0),
            tiers: named.or_else(|| Some(plain.aged(months, read?, hours / Pricing::HOURS_PER_DAY))),
        }
    }

    const fn held(&self, lz4: bool) -> Held {
        if lz4 { self.compressed } else { self.plain }
    }

    /// Data at the horizon, GiB.
    pub(crate) fn data_gib(&self, lz4: bool) -> f64 {
        self.held(lz4).at_horizon
    }

    /// Whether compression makes it less.
    pub(crate) fn is_compressible(&self) -> bool {
        self.data_gib(true) < self.data_gib(false)
    }

    /// What lies in each access tier of Intelligent-Tiering, as far as it is known.
    pub(crate) const fn tier_shares(&self) -> Option<&TierShares> {
        self.tiers.as_ref()
    }

    /// Months until the data fill size `i` of a kind to the last; `None` without growth.
    pub(crate) fn full_after_months(&self, kind: &Kind, i: usize, lz4: bool, assumptions: &Assumptions) -> Option<f64> {
        let held = self.held(lz4);
        let room = (kind_holds(kind, i, assumptions) - held.now).max(0.0);
        (held.growth > 0.0).then(|| room / held.growth)
    }

    /// Usable capacity that it takes, free share included, GiB.
    pub(crate) fn usable_gib(&self, lz4: bool) -> f64 {
        self.data_gib(lz4) / (1.0 - self.headroom)
    }

    /// Data now, GiB.
    pub(crate) const fn now_gib(&self) -> f64 {
        self.plain.now
    }

    /// The first size of a kind that holds it, and is no less than what is there; the number of sizes if none is.
    pub(crate) fn first_size(&self, kind: &Kind, lz4: bool, assumptions: &Assumptions) -> usize {
        let wanted = self.usable_gib(lz4);
        count_while(kind.sizes(), |i| kind_holds(kind, i, assumptions) < wanted).max(kind.first())
    }

    /// Share of the usable capacity in use; `None` where storage is elastic.
    pub(crate) fn fill(&self, kind: &Kind, i: usize, lz4: bool, assumptions: &Assumptions) -> Option<f64> {
        (!kind.is_elastic()).then(|| self.data_gib(lz4) / kind_holds(kind, i, assumptions))
    }
}

impl Held {
    /// Shares of the access tiers after so many months, if all data is written when the file system is made or as it
    /// grows, and `read` GiB of it, the same every month, are read again.
    ///
    /// Data not touched for a time `t`, with `t` until a tier begins: `now + growth × (months − t) − read`, and none before
    /// `t` has gone by.
    fn aged(self, months: f64, read: f64, days_per_month: f64) -> TierShares {
        let all = self.at_horizon;
        let untouched = |days: f64| {
            let since = months - days / days_per_month;
            if since < 0.0 || all <= 0.0 { 0.0 } else { ((self.now + self.growth * since - read) / all).max(0.0) }
        };
        let archive = untouched(figures::IT_ARCHIVE_AFTER_DAYS.value);
        let below_frequent = untouched(figures::IT_INFREQUENT_AFTER_DAYS.value);
        TierShares {
            frequent: Some(1.0 - below_frequent),
            infrequent: Some(below_frequent - archive),
            archive: Some(archive),
        }
    }
}

/// GiB that the files of a workload hold.
fn file_gib(scenario: &Scenario, workload: &Workload) -> f64 {
    let count = match workload.file_count {
        _ if workload.shared_file() => 1.0,
        Some(count) => count.get(),
        None => Whole(scenario.streams_of(workload)).get(),
    };
    let moves_data = workload.operations.is_none() && workload.operation().is_data();
    let size = if moves_data { workload.file_size_mib() } else { workload.file_size_mib.unwrap_or(0.0) };
    count * size / MIB_PER_GIB
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
