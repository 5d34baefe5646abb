//! Burst credits over time: how long a burst lasts, and how long a given amount of work takes.

use super::{Credits, Evaluation, disk, evaluate, network};
use crate::catalog::{AssumptionId, Assumptions};
use crate::design::Design;
use crate::units::{Information, Throughput, Time, minute};

/// How a workload goes from its burst rate to its sustained rate.
#[derive(Clone, Copy, Debug)]
pub struct Course {
    /// Time from the credits at the start until the rate falls; `None` if it never does, or nothing bursts.
    pub burst_lasts: Option<Time>,
    /// Time for all bytes of all passes.
    pub elapsed: Time,
}

/// A reservoir of credits: filled by what is not used of the baseline, drawn by what exceeds it.
#[derive(Clone, Copy)]
struct Reservoir {
    which: fn(&mut Credits) -> &mut bool,
    left: Information,
    baseline: Throughput,
    traffic: fn(&Evaluation) -> Throughput,
}

/// Draws the reservoirs empty one after the other, from the rate with `full` credits to the rate with `spent` ones.
///
/// Each holds `duration at full burst × (burst − baseline as delivered)`, in the share given at the start. While one is not empty
/// its part runs at the burst ceiling; it empties at `traffic − baseline`, or fills up if the traffic is less.
#[must_use]
pub fn course(design: &Design, assumptions: &Assumptions, full: &Evaluation, spent: &Evaluation) -> Course {
    let mut remaining = design.workload.bytes();
    if full.limits == spent.limits {
        return Course { burst_lasts: None, elapsed: remaining / spent.pace };
    }
    let reservoirs = reservoirs(design, assumptions);
    let mut left = reservoirs.map(|reservoir| reservoir.map(|reservoir| reservoir.left));
    let mut credits = Credits::FULL;
    let mut at = Time::default();
    let (mut burst_lasts, mut elapsed) = (None, None);
    let mut now = *full;
    for _ in 0..=reservoirs.len() {
        if burst_lasts.is_none() && now.throughput < full.throughput * STILL_BURSTING {
            burst_lasts = Some(at);
        }
        let next = next_to_empty(&reservoirs, &left, &now);
        let needed = remaining / now.pace;
        let Some((which, span)) = next.filter(|_| now.throughput > spent.throughput) else {
            return Course { burst_lasts, elapsed: elapsed.unwrap_or(at + needed) };
        };
        if elapsed.is_none() && needed <= span {
            elapsed = Some(at + needed);
        }
        remaining -= (now.pace * span).min(remaining);
        for (left, reservoir) in left.iter_mut().zip(&reservoirs) {
            if let (Some(left), Some(reservoir)) = (left, reservoir) {
                *left -= ((reservoir.traffic)(&now) - reservoir.baseline) * span;
            }
        }
        left[which] = None;
        at += span;
        if let Some(reservoir) = reservoirs[which] {
            *(reservoir.which)(&mut credits) = false;
        }
        now = if credits == Credits::SPENT { *spent } else { evaluate(design, assumptions, credits) };
    }
    Course { burst_lasts, elapsed: elapsed.unwrap_or(at + remaining / now.pace) }
}

/// A rate within this share of the burst rate still counts as bursting.
const STILL_BURSTING: f64 = 0.999;

/// The reservoir that empties first at the present rate, and in which time.
fn next_to_empty(
    reservoirs: &[Option<Reservoir>; 3],
    left: &[Option<Information>; 3],
    now: &Evaluation,
) -> Option<(usize, Time)> {
    let mut first: Option<(usize, Time)> = None;
    for (i, (reservoir, left)) in reservoirs.iter().zip(left).enumerate() {
        let (Some(reservoir), Some(left)) = (reservoir, *left) else { continue };
        let draw = (reservoir.traffic)(now) - reservoir.baseline;
        if draw > Throughput::default() {
            let span = left.max(Information::default()) / draw;
            if first.is_none_or(|(_, best)| span < best) {
                first = Some((i, span));
            }
        }
    }
    first
}

/// The reservoirs that exist: disks, servers' network, clients' network.
///
/// Each target and server has its own; the workload draws on those its file set lies on.
fn reservoirs(design: &Design, assumptions: &Assumptions) -> [Option<Reservoir>; 3] {
    let Design { file_system, clients, workload, placement } = design;
    let (osts, servers) = placement.holding_shares();
    let held = Time::new::<minute>(assumptions.get(AssumptionId::BurstReservoir)) * file_system.credits_at_start;
    let (_, disk_burst) = disk::figures(file_system, workload);
    let delivered = disk::throughput(file_system, workload, assumptions, false);
    let disk = disk_burst.map(|burst| Reservoir {
        which: |credits| &mut credits.disk,
        left: (burst - delivered).max(Throughput::default()) * held * osts,
        baseline: delivered * osts,
        traffic: |now| now.throughput * now.disk_share,
    });
    let published = &file_system.published;
    let network = published.network_burst.zip(published.network_baseline).map(|(burst, baseline)| Reservoir {
        which: |credits| &mut credits.network,
        left: (burst - baseline) * held * servers,
        baseline: baseline * servers,
        traffic: |now| now.throughput,
    });
    let client = (clients.burst_line_rate > clients.line_rate).then(|| {
        let baseline = network::clients(clients, assumptions, Credits::SPENT);
        Reservoir {
            which: |credits| &mut credits.client,
            left: (network::clients(clients, assumptions, Credits::FULL) - baseline)
                * Time::new::<minute>(assumptions.get(AssumptionId::ClientBurstDuration)),
            baseline,
            traffic: |now| now.throughput,
        }
    });
    [disk, network, client]
}
