//! How the figures of a file system follow from what is published and what is ordered, and those of a workload from its
//! rates.

use super::regimes::narrowest;
use super::{FileSystemFigures, MB_PER_S, Range, Regime, WorkloadEstimate};
use crate::catalog::{AssumptionId, Assumptions, figures};
use crate::design::{FileSystem, Size};
use crate::formula::{FigureWorking, SEEN, Workings, filled, times};
use crate::units::gibibyte;

/// The working of every figure that is worked out.
pub(super) fn workings(
    of: &FileSystemFigures,
    file_system: &FileSystem,
    assumptions: &Assumptions,
) -> Vec<FigureWorking> {
    let mut all = Workings::default();
    add_servers(&mut all, of, file_system, assumptions);
    if let Some(iops) = of.metadata_iops {
        let each = &figures::METADATA_IOPS_PER_MDS;
        for figure in ["mds_count", "mdt_count"] {
            all.add(figure, "ceil(# Metadata IOPS / # each)", &[f64::from(iops), each.value]);
            all.from(each.provenance.source_id);
        }
    }
    if let Some((usable, capacity)) = of.usable_capacity_gib.zip(file_system.capacity()) {
        let gib = capacity.get::<gibibyte>();
        all.add("usable_capacity_gib", "# GiB × # usable", &[gib, usable / gib]);
        all.on(if file_system.efa_enabled { AssumptionId::UsableShareEfa } else { AssumptionId::UsableShare });
    }
    let by_size = [
        ("network_baseline_mb_per_s", of.network_baseline_mb_per_s),
        ("network_burst_mb_per_s", of.network_burst_mb_per_s),
        ("disk_read_baseline_mb_per_s", Some(of.disk_read_baseline_mb_per_s)),
        ("disk_write_baseline_mb_per_s", Some(of.disk_write_baseline_mb_per_s)),
        ("disk_read_burst_mb_per_s", Some(of.disk_read_burst_mb_per_s)),
        ("disk_write_burst_mb_per_s", Some(of.disk_write_burst_mb_per_s)),
        ("server_memory_gib", of.server_memory_gib),
    ];
    for (figure, value) in by_size {
        let Some(value) = value.filter(|value| *value > 0.0) else { continue };
        add_published(&mut all, figure, value, file_system.size, assumptions);
        all.from(file_system.provenance().source_id);
    }
    add_ssd_cache(&mut all, of.ssd_cache_gib, file_system.size);
    all.0
}

/// Published per TiB or per step, times the size.
fn add_published(all: &mut Workings, figure: &'static str, value: f64, size: Size, assumptions: &Assumptions) {
    let unit = if figure.ends_with("_gib") { "# GiB" } else { "# MB/s" };
    match size {
        Size::Capacity(capacity) => {
            let (gib, per_tib) = (capacity.get::<gibibyte>(), assumptions.get(AssumptionId::GibPerAwsTib));
            let formula = [unit, " per TiB × # GiB / # GiB per TiB"].concat();
            all.add(figure, &formula, &[value / gib * per_tib, gib, per_tib]);
            all.on(AssumptionId::GibPerAwsTib);
        }
        Size::Steps(steps) => all.add(figure, &[unit, " per step × # steps"].concat(), &[value / steps, steps]),
    }
}

/// The size of the SSD read cache, where it follows from that of the file system.
fn add_ssd_cache(all: &mut Workings, gib: f64, size: Size) {
    let (formula, numbers, value, from) = match size {
        Size::Capacity(capacity) => {
            let share = &figures::HDD_SSD_CACHE_SHARE;
            let gib = capacity.get::<gibibyte>();
            ("# GiB × # %", [gib, share.value * 100.0], gib * share.value, share)
        }
        Size::Steps(steps) => {
            let each = &figures::IT_CACHE_AUTO_GIB_PER_STEP;
            ("# GiB per step × # steps", [each.value, steps], each.value * steps, each)
        }
    };
    if gib > 0.0 && (value - gib).abs() <= gib * 1e-9 {
        all.add("ssd_cache_gib", formula, &numbers);
        all.from(from.provenance.source_id);
    }
}

/// Servers of the file system and their targets.
fn add_servers(all: &mut Workings, of: &FileSystemFigures, file_system: &FileSystem, assumptions: &Assumptions) {
    let rule = &file_system.server;
    let mut count = |figure, formula, size, each: Option<f64>| {
        if let Some(each) = each {
            all.add(figure, formula, &[size, each]);
            all.from(rule.provenance.source_id);
        }
        each.is_some()
    };
    let osts_counted = match file_system.size {
        Size::Capacity(capacity) => {
            let gib = capacity.get::<gibibyte>();
            count("oss_count", "ceil(# GiB / # GiB per OSS)", gib, rule.storage_per_oss_gib);
            count("ost_count", "ceil(# GiB / # GiB per OST)", gib, rule.ost_gib)
        }
        Size::Steps(steps) => {
            let rate = steps * figures::IT_THROUGHPUT_STEP_MB_PER_S.value;
            count("oss_count", "ceil(# MB/s / # MB/s per OSS)", rate, rule.throughput_per_oss_mb_per_s);
            false
        }
    };
    if !osts_counted {
        let each = assumptions.get(AssumptionId::OstsPerServer);
        all.add("ost_count", "# OSSs × # OSTs", &[f64::from(of.oss_count), each]);
        all.on(AssumptionId::OstsPerServer);
    }
}

/// The working of the time of a workload.
pub(super) fn of_workload(of: &WorkloadEstimate, work: f64) -> Vec<FigureWorking> {
    let mut all = Workings::default();
    all.write("seconds", seconds(of, work));
    all.0
}

/// The sustained rate: the narrowest limit, and what queueing leaves of it.
pub(crate) fn rate(of: &WorkloadEstimate) -> String {
    let WorkloadEstimate { sustained, contention, limits, .. } = of;
    let (rate, unit) = shown(sustained);
    let limit = limits.iter().find(|limit| limit.id == sustained.bottleneck);
    let limit = limit.map_or(rate.mid, |limit| limit.sustained.value);
    narrowest(limit, unit, sustained.bottleneck, rate.mid, contention.is_some())
}

/// The time of so much work, in what its rate counts: first in burst, where that is some of it.
pub(crate) fn seconds(of: &WorkloadEstimate, work: f64) -> String {
    let WorkloadEstimate { sustained, burst, seconds, .. } = of;
    let (steady, unit) = shown(sustained);
    let counted = unit.strip_suffix("/s").unwrap_or(unit);
    let (all, steady) = (seconds.mid, steady.mid);
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

/// A rate with its unit; of metadata, items are counted.
pub(super) fn shown(regime: &Regime) -> (Range, &'static str) {
    let (rate, unit) = regime.rate();
    (rate, if unit == MB_PER_S { unit } else { "items/s" })
}
