//! Around the best: what single changes do to it, and what more money buys.

use super::answer::{PlanWhatIf, ShadowPrice};
use super::kinds::{Cache, Choice, Kind, Metadata};
use super::load::{Loads, Reached};
use super::search::{Found, Space};
use crate::cost::{Bill, cost};
use crate::design;
use crate::estimate::{self, Estimate};
use crate::money::Usd;
use crate::what_if;

/// Single changes to the best, those of `what_if` that change the margin or make it cheaper.
pub(crate) fn what_ifs(space: &Space<'_>, best: &Found, now: &Estimate) -> Vec<PlanWhatIf> {
    let scenario = space.scenario_of(best);
    let cost_now = space.bill(best).to_f64();
    let differs = |then: f64, now: f64| then.is_finite() && (then - now).abs() > WORTH_A_LINE * now.abs();
    what_if::legal_changes(&scenario, now)
        .filter_map(|change| {
            let loads = Loads::new(&change.changed, &space.apart)?;
            let file_system = design::FileSystem::new(&change.changed, &loads.assumptions)?;
            let margin = loads.judge(&file_system).least();
            let cost = cost(&change.changed)?;
            if !differs(margin, best.reached.least()) && cost.usd_per_month >= cost_now {
                return None;
            }
            Some(PlanWhatIf {
                margin: Some(margin).filter(|margin| margin.is_finite()),
                cost,
                estimate: estimate::numbers(&change.changed)?,
                change: change.what,
                field: change.field,
                fix: change.fix,
            })
        })
        .collect()
}

/// A change of margin below this share is not worth a line.
const WORTH_A_LINE: f64 = 0.01;

/// What more money buys: the next size, tier, Metadata IOPS, cache of the best; the most for a dollar first.
pub(crate) fn shadow_prices(space: &Space<'_>, best: &Found) -> Vec<ShadowPrice> {
    let mut prices: Vec<ShadowPrice> = steps(space, best).iter().filter_map(|step| worth(space, best, step)).collect();
    prices.sort_by(|a, b| b.gain_per_usd.total_cmp(&a.gain_per_usd));
    prices
}

/// A neighbour of the best in the grid.
struct Step {
    what: String,
    kind: Kind,
    choice: Choice,
    size: usize,
}

fn steps(space: &Space<'_>, best: &Found) -> Vec<Step> {
    let Found { kind, choice, size, .. } = *best;
    let mut steps = Vec::new();
    let step = |what: String, kind: Kind, choice: Choice, size: usize| Step { what, kind, choice, size };
    if size + 1 < kind.sizes() {
        let unit = if kind.is_elastic() { "MB/s" } else { "GiB" };
        steps.push(step(format!("{} {unit}", kind.size(size + 1)), kind, choice, size + 1));
    }
    for other in super::kinds::kinds(space.constraints, &space.loads.assumptions) {
        let dearer = other.tier > kind.tier && other.ssd_cache == kind.ssd_cache;
        let same = (other.deployment, other.storage, other.efa) == (kind.deployment, kind.storage, kind.efa);
        let at = (0..other.sizes()).find(|i| other.size(*i) >= kind.size(size));
        if let (true, true, Some(at)) = (same, dearer, at) {
            let tier = other.tier.unwrap_or_default();
            let more =
                if other.size(at) > kind.size(size) { format!(" and {} GiB", other.size(at)) } else { String::new() };
            steps.push(step(format!("{tier} MB/s per TiB{more}"), other, choice, at));
            break;
        }
    }
    let now = match choice.metadata {
        Metadata::Provisioned(iops) => iops,
        _ => kind.automatic(size),
    };
    let more = kind
        .metadata(space.constraints)
        .into_iter()
        .find(|it| matches!(it, Metadata::Provisioned(iops) if *iops > now));
    if let (Some(more @ Metadata::Provisioned(iops)), true) = (more, choice.metadata != Metadata::None) {
        steps.push(step(format!("{iops} Metadata IOPS"), kind, Choice { metadata: more, ..choice }, size));
    }
    if kind.is_elastic() && choice.cache == Cache::None {
        let cache = Choice { cache: Cache::Proportional, ..choice };
        steps.push(step("a proportional SSD read cache".to_owned(), kind, cache, size));
    }
    steps
}

fn worth(space: &Space<'_>, best: &Found, step: &Step) -> Option<ShadowPrice> {
    let candidate = space.candidate_at(&step.kind, &step.choice, step.size)?;
    let bill = Bill::new(&candidate.quantities, &space.prices);
    let more = bill.known() - space.bill(best);
    let reached: Reached = space.loads.judge(&candidate.file_system);
    let (workload, figure) = best.reached.tightest?;
    let asked = space.target(workload, figure)?;
    let (now, then) = (best.reached.least(), reached.least());
    let gain = (asked.reached(then) - asked.reached(now)).abs();
    let usd_per_month = more.to_f64();
    (more > Usd::ZERO && then > now * (1.0 + 1e-9) && !space.lacks_prices(&candidate.quantities)).then(|| ShadowPrice {
        change: step.what.clone(),
        usd_per_month,
        gain,
        gain_per_usd: gain / usd_per_month,
        unit: asked.unit,
        workload: space.name(workload),
    })
}
