//! How the figures of a regime follow from its limits, the requests in flight and the credits there are.

use super::workings::shown;
use super::{LimitEstimate, Load, Regime, WorkloadEstimate, offered};
use crate::catalog::{AssumptionId, Assumptions};
use crate::design::Design;
use crate::formula::{SEEN, Workings, filled, times};
use crate::model::burst::{BurstEnd, Credited};
use crate::model::{Evaluation, LimitId, access, disk, solve};
use crate::spread::Among;
use crate::units::{
    OperationRate, Time, megabyte, megabyte_per_second, millisecond, one_operation, operation_per_second,
};

/// Adds the working of the rate and of the latency in each regime, and of how long a burst lasts.
pub(super) fn add_workings(of: &mut WorkloadEstimate, groups: &[Design], among: &Among, assumptions: &Assumptions) {
    let outcome = &among.outcome;
    let limits: Vec<_> = of.limits.iter().map(|limit| (limit, limit.sustained)).collect();
    let shared = of.contention.is_some();
    of.sustained.workings = regime(&of.sustained, &limits, &outcome.spent, groups, shared, assumptions).0;
    if let Some(burst) = &mut of.burst {
        let limits: Vec<_> = of.limits.iter().map(|limit| (limit, limit.burst.unwrap_or(limit.sustained))).collect();
        let shared = among.full.held_up_at.is_some();
        let mut all = regime(&burst.regime, &limits, &outcome.full, groups, shared, assumptions);
        if let Some(end) = &outcome.course.burst_end {
            add_lasts(&mut all, end, &groups[0], assumptions);
        }
        burst.regime.workings = all.0;
    }
}

/// The working of a rate, of the operations of data, and of the time of a request.
fn regime(
    of: &Regime,
    limits: &[(&LimitEstimate, Load)],
    now: &Evaluation,
    groups: &[Design],
    shared: bool,
    assumptions: &Assumptions,
) -> Workings {
    let mut all = Workings::default();
    let of_part = |id: LimitId| limits.iter().find(|(limit, _)| limit.id == id);
    let held = of_part(of.bottleneck);
    let (rate, unit) = shown(of);
    let value = held.map_or(rate.mid, |(_, load)| load.value);
    let queued = match groups {
        [design] if !shared && now.rate >= now.unlimited && (rate.mid / value - 1.0).abs() > SEEN => {
            queued(now, rate.mid, limits, unit, access(design, assumptions))
        }
        _ => None,
    };
    let formula = queued.unwrap_or_else(|| narrowest(value, unit, of.bottleneck, rate.mid, shared));
    let figure = if of.throughput_mb_per_s.is_some() { "throughput_mb_per_s" } else { "operations_per_s" };
    all.write(figure, formula);
    held.into_iter().for_each(|(limit, _)| all.like(limit));
    if of.throughput_mb_per_s.is_some() {
        let each = groups[0].workload.io_size.get::<megabyte>();
        all.add("operations_per_s", "# MB/s / # MB each", &[rate.mid, each]);
    }
    all.write("latency_ms", latency(now, of.latency_ms.mid, groups));
    for (limit, _) in of_part(LimitId::Concurrency).into_iter().chain(held) {
        all.like(limit);
    }
    all
}

/// A limit, and what is left of it.
pub(super) fn narrowest(limit: f64, unit: &str, id: LimitId, rate: f64, shared: bool) -> String {
    let left = if shared { "left by queueing and by others" } else { "left by queueing" };
    times(filled(&["# ", unit, " of ", id.as_str()].concat(), &[limit]), rate / limit, left)
}

/// What the way of access leaves of a rate, where the files lie that most of the work is done on.
fn access(design: &Design, assumptions: &Assumptions) -> f64 {
    let segments = design.placement.segments();
    segments.first().map_or(1.0, |segment| access::access(design, segment, assumptions).delivered)
}

/// The narrowest part where requests queue, and Erlang's formula for what that costs; `None` where the work has parts that
/// see different ceilings, or something else than a queue holds it back.
fn queued(
    now: &Evaluation,
    rate: f64,
    limits: &[(&LimitEstimate, Load)],
    unit: &str,
    delivered: f64,
) -> Option<String> {
    let queues = limits.iter().filter(|(limit, _)| limit.id < LimitId::S3Restore);
    let (limit, load) = queues.min_by(|(_, a), (_, b)| a.value.total_cmp(&b.value))?;
    let (requests, unloaded) = (now.in_flight, now.unloaded);
    let demand = one_operation() / (now.unlimited * (load.value / rate));
    let solved = solve::rate(requests, unloaded, demand) * delivered;
    let whole = (requests - requests.round()).abs() < f64::EPSILON * requests;
    if !whole || unloaded <= demand || (f64::from(solved / now.unlimited) - 1.0).abs() > SEEN {
        return None;
    }
    let formula = ["# ", unit, " of ", limit.id.as_str(), " × (1 − erlang_b(# requests, # ms / # ms − 1))"].concat();
    let ms = |time: Time| time.get::<millisecond>();
    let formula = filled(&formula, &[load.value, requests, ms(unloaded), ms(demand)]);
    Some(times(formula, delivered, "by the way of access"))
}

/// Requests in flight over requests a second or, where fewer are offered than could be, what one waits for the others.
fn latency(now: &Evaluation, ms: f64, groups: &[Design]) -> String {
    let per_second = |rate: OperationRate| rate.get::<operation_per_second>();
    if now.rate < now.unlimited && offered(groups).is_finite() {
        let alone = now.unloaded.get::<millisecond>();
        return filled("# ms alone + # ms waiting", &[alone, ms - alone]);
    }
    let (requests, rate) = (now.in_flight, per_second(now.unlimited));
    let formula = filled("# requests in flight / # requests/s × 1000 ms/s", &[requests, rate]);
    times(formula, ms * rate / requests / 1e3, "over the parts of the work")
}

/// What credits hold, over what is drawn from them.
fn add_lasts(all: &mut Workings, end: &BurstEnd, design: &Design, assumptions: &Assumptions) {
    let mb_per_s = |rate: crate::units::Throughput| rate.get::<megabyte_per_second>();
    let [burst, baseline, drawn] = [end.burst, end.baseline, end.drawn].map(mb_per_s);
    let (whose, id, share) = match end.of {
        Credited::Disks => ("disks", AssumptionId::BurstReservoir, design.file_system.credits_at_start),
        Credited::Servers => ("servers", AssumptionId::BurstReservoir, design.file_system.credits_at_start),
        Credited::Clients => ("clients", AssumptionId::ClientBurstDuration, 1.0),
    };
    if burst <= baseline {
        return all.write("lasts_s", "0 s".to_owned());
    }
    let held = ["(# MB/s of ", whose, " − # MB/s baseline) × # min × 60 s/min"].concat();
    let formula = held + " / # MB/s drawn above baseline";
    let formula = filled(&formula, &[burst, baseline, assumptions.get(id), drawn - baseline]);
    all.write("lasts_s", times(formula, share, "of the credits at the start"));
    all.on(id);
    if end.of == Credited::Disks {
        all.on(disk::basis(&design.file_system, &design.workload, assumptions, false).1);
    }
    if end.of != Credited::Clients {
        all.from(design.file_system.provenance().source_id);
    }
}
