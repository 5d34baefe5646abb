//! Formulas that figures of several kinds of jobs share.

use crate::estimate::{MB_PER_S, Range, Regime, WorkloadEstimate};
use crate::formula::{SEEN, filled, times};

/// A workload in the place of a job.
#[derive(Debug)]
pub(super) struct Reached {
    pub(super) estimate: WorkloadEstimate,
    /// All of its work, in what its rate counts: MB, of metadata items.
    pub(super) work: f64,
}

impl Reached {
    /// The sustained rate: the narrowest limit, and what queueing leaves of it.
    pub(super) fn rate(&self) -> String {
        let WorkloadEstimate { sustained, contention, limits, .. } = &self.estimate;
        let (rate, unit) = shown(sustained);
        let limit = limits.iter().find(|limit| limit.id == sustained.bottleneck);
        let limit = limit.map_or(rate.mid, |limit| limit.sustained.value);
        let left = if contention.is_some() { "left by queueing and by others" } else { "left by queueing" };
        let narrowest = ["# ", unit, " of ", sustained.bottleneck.as_str()].concat();
        times(filled(&narrowest, &[limit]), rate.mid / limit, left)
    }

    /// The time of all work: first in burst, where that is some of it.
    pub(super) fn seconds(&self) -> String {
        let WorkloadEstimate { sustained, burst, seconds, .. } = &self.estimate;
        let (steady, unit) = shown(sustained);
        let counted = unit.strip_suffix("/s").unwrap_or(unit);
        let (work, all, steady) = (self.work, seconds.mid, steady.mid);
        let at_once = |rate: f64, how: &str| {
            let formula = filled(&["# ", counted, " / # ", unit, how].concat(), &[work, rate]);
            times(formula, all * rate / work, "until the last target is done")
        };
        // credits that are spent when it begins are none
        let Some(burst) = burst.as_ref().filter(|it| it.lasts_s.is_none_or(|lasts| lasts.mid > 0.0)) else {
            return at_once(steady, "");
        };
        let fast = burst.regime.rate().0.mid;
        let Some(lasts) = burst.lasts_s.map(|lasts| lasts.mid).filter(|lasts| *lasts < all) else {
            return at_once(fast, " in burst");
        };
        let left = work - lasts * fast;
        if left <= 0.0 {
            return at_once(work / all, " on average");
        }
        let then = left / (all - lasts);
        let other = (then / steady - 1.0).abs() > SEEN;
        let (then, how) = if other { (then, " on average after that") } else { (steady, "") };
        let formula = ["# s + (# ", counted, " − # s × # ", unit, " in burst) / # ", unit, how].concat();
        filled(&formula, &[lasts, work, lasts, fast, then])
    }
}

/// A rate with its unit; of metadata, items are counted.
fn shown(regime: &Regime) -> (Range, &'static str) {
    let (rate, unit) = regime.rate();
    (rate, if unit == MB_PER_S { unit } else { "items/s" })
}
