//! Burst credits over time: how long a burst lasts, and how long a given amount of work takes.

use super::together::Shared;
use super::{Credits, Evaluation, SETTLED, disk, evaluate, network};
use crate::catalog::{AssumptionId, Assumptions};
use crate::design::Design;
use crate::units::{Information, Throughput, Time, minute};

/// How a workload goes from its burst rate to its sustained rate.
#[derive(Clone, Copy, Debug)]
pub struct Course {
    /// How the burst ends; `None` if the rate stays, or nothing bursts.
    pub burst_end: Option<BurstEnd>,
    /// Time for all bytes of all passes.
    pub elapsed: Time,
}

/// What ends a burst.
#[derive(Clone, Copy, Debug)]
pub struct BurstEnd {
    /// Time from the credits at the start until the rate is another.
    pub lasts: Time,
    /// Whose credits are spent then.
    pub of: Credited,
    /// What the credits let it have, on the targets, servers or clients that are used.
    pub burst: Throughput,
    /// What it has without them.
    pub baseline: Throughput,
    /// What it has had until then, on average.
    pub drawn: Throughput,
}

/// What has burst credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credited {
    /// Disks of the file system.
    Disks,
    /// Network of the file servers.
    Servers,
    /// Network of the clients' instances.
    Clients,
}

impl Course {
    /// Time from the credits at the start until the rate is another; `None` if it stays, or nothing bursts.
    #[must_use]
    pub fn burst_lasts(&self) -> Option<Time> {
        self.burst_end.map(|end| end.lasts)
    }

    /// The course of two groups of clients that do parts of the same work.
    #[must_use]
    pub fn of_both(self, other: Self) -> Self {
        let first = |a: BurstEnd, b: BurstEnd| if b.lasts < a.lasts { b } else { a };
        Self {
            burst_end: match (self.burst_end, other.burst_end) {
                (Some(a), Some(b)) => Some(first(a, b)),
                (a, b) => a.or(b),
            },
            elapsed: self.elapsed.max(other.elapsed),
        }
    }
}

/// A reservoir of credits: filled by what is not used of the baseline, drawn by what exceeds it.
#[derive(Clone, Copy)]
struct Reservoir {
    of: Credited,
    left: Information,
    burst: Throughput,
    baseline: Throughput,
    traffic: fn(&Moment) -> Throughput,
}

impl Reservoir {
    /// The end of a burst that its last credit makes after so much time.
    fn end(&self, lasts: Time) -> BurstEnd {
        let Self { of, left, burst, baseline, .. } = *self;
        let drawn = if lasts > Time::default() { baseline + left / lasts } else { burst };
        BurstEnd { lasts, of, burst, baseline, drawn }
    }
}

/// A workload at some moment of its course, and what the others put on the targets, servers and clients it uses.
#[derive(Clone, Copy)]
struct Moment {
    evaluation: Evaluation,
    disk: Throughput,
    network: Throughput,
    client: Throughput,
}

impl Moment {
    fn alone(evaluation: &Evaluation) -> Self {
        let none = Throughput::default();
        Self { evaluation: *evaluation, disk: none, network: none, client: none }
    }

    /// Design `i` among others: they spread their files over all targets and servers, so that those it uses get its
    /// share of them.
    fn among(designs: &[Design], all: &[Shared], i: usize) -> Self {
        let mut moment = Self::alone(&all[i].evaluation);
        let (osts, servers) = designs[i].placement.holding_shares();
        for (other, shared) in designs.iter().zip(all).enumerate().filter(|(j, _)| *j != i).map(|(_, pair)| pair) {
            let now = &shared.evaluation;
            let moved = now.throughput();
            moment.disk += moved * now.disk_share * osts;
            moment.network += moved * now.network_share * servers;
            if other.group == designs[i].group && other.workload.stage.is_none() {
                moment.client += moved * now.network_share;
            }
        }
        moment
    }

    fn rate(&self) -> crate::units::OperationRate {
        self.evaluation.rate
    }
}

/// Draws the reservoirs empty one after the other, from the rate with `full` credits to the rate with `spent` ones.
///
/// Each holds `duration at full burst × (burst − baseline as delivered)`, in the share given at the start. While one is
/// not empty its part runs at the burst ceiling; it empties at `traffic − baseline`, or fills up if the traffic is less.
#[must_use]
pub fn course(design: &Design, assumptions: &Assumptions, full: &Evaluation, spent: &Evaluation) -> Course {
    let at = |credits| Moment::alone(&evaluate(design, assumptions, credits));
    run(design, assumptions, [Moment::alone(full), Moment::alone(spent)], at)
}

/// The same for design `i` of several that run at once, of which `at` says what all reach with given credits. The others
/// keep running as long as it does, with the credits it has.
#[must_use]
pub fn course_among<'a>(
    designs: &[Design],
    i: usize,
    assumptions: &Assumptions,
    at: impl Fn(Credits) -> &'a [Shared],
) -> Course {
    let at = |credits| Moment::among(designs, at(credits), i);
    run(&designs[i], assumptions, [at(Credits::FULL), at(Credits::SPENT)], at)
}

fn run(design: &Design, assumptions: &Assumptions, ends: [Moment; 2], at: impl Fn(Credits) -> Moment) -> Course {
    let [full, spent] = ends;
    let mut remaining = design.workload.requests();
    if full.evaluation.is_like(&spent.evaluation) {
        return Course { burst_end: None, elapsed: remaining / spent.evaluation.pace };
    }
    let reservoirs = reservoirs(design, assumptions);
    let mut left = reservoirs.map(|reservoir| reservoir.map(|reservoir| reservoir.left));
    let mut credits = Credits::FULL;
    let mut time = Time::default();
    let (mut burst_end, mut elapsed) = (None, None);
    let (mut now, mut last) = (full, None::<Reservoir>);
    for _ in 0..=reservoirs.len() {
        if burst_end.is_none() && far(&now, &full, NO_LONGER_BURSTING) {
            burst_end = last.map(|spent| spent.end(time));
        }
        let next = next_to_empty(&reservoirs, &left, &now);
        let needed = remaining / now.evaluation.pace;
        let Some((which, span)) = next.filter(|_| far(&now, &spent, SETTLED)) else {
            return Course { burst_end, elapsed: elapsed.unwrap_or(time + needed) };
        };
        if elapsed.is_none() && needed <= span {
            elapsed = Some(time + needed);
        }
        remaining -= (now.evaluation.pace * span).min(remaining);
        for (left, reservoir) in left.iter_mut().zip(&reservoirs) {
            if let (Some(left), Some(reservoir)) = (left, reservoir) {
                *left -= ((reservoir.traffic)(&now) - reservoir.baseline) * span;
            }
        }
        left[which] = None;
        time += span;
        last = reservoirs[which];
        match last.map(|emptied| emptied.of) {
            Some(Credited::Disks) => credits.disk = false,
            Some(Credited::Servers) => credits.network = false,
            Some(Credited::Clients) => credits.client = false,
            None => {}
        }
        now = if credits == Credits::SPENT { spent } else { at(credits) };
    }
    Course { burst_end, elapsed: elapsed.unwrap_or(time + remaining / now.evaluation.pace) }
}

/// Largest share of a long time in which a workload can go as it does now, if it rests in the remainder: what a reservoir
/// gains in all of the time, at its baseline, is what the traffic takes in that share. 1 where nothing is drawn.
#[must_use]
pub fn share_of_time(design: &Design, assumptions: &Assumptions, now: &Evaluation) -> f64 {
    let now = Moment::alone(now);
    let all = reservoirs(design, assumptions).into_iter().flatten();
    all.map(|it| f64::from(it.baseline / (it.traffic)(&now))).fold(1.0, f64::min)
}

/// A rate that differs from the burst rate by no more than this share still counts as bursting.
const NO_LONGER_BURSTING: f64 = 0.001;

/// Whether two rates differ by more than a share. Among others, the rate without credits may be the higher one.
fn far(a: &Moment, b: &Moment, share: f64) -> bool {
    (f64::from(a.rate() / b.rate()) - 1.0).abs() > share
}

/// The reservoir that empties first at the present rate, and in which time.
fn next_to_empty(
    reservoirs: &[Option<Reservoir>; 3],
    left: &[Option<Information>; 3],
    now: &Moment,
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
    let Design { file_system, clients, workload, placement, .. } = design;
    let (osts, servers) = placement.holding_shares();
    let held = Time::new::<minute>(assumptions.get(AssumptionId::BurstReservoir)) * file_system.credits_at_start;
    let (_, disk_burst) = disk::figures(file_system, workload);
    let delivered = disk::throughput(file_system, workload, assumptions, false);
    let full = disk::full_targets(file_system, workload).map_or(1.0, |share| assumptions.get(share));
    let disk = disk_burst.map(|burst| burst * full).map(|burst| Reservoir {
        of: Credited::Disks,
        left: (burst - delivered).max(Throughput::default()) * held * osts,
        burst: burst.max(delivered) * osts,
        baseline: delivered * osts,
        traffic: |now| now.evaluation.throughput() * now.evaluation.disk_share + now.disk,
    });
    let published = &file_system.published;
    let network = published.network_burst.zip(published.network_baseline).map(|(burst, baseline)| Reservoir {
        of: Credited::Servers,
        left: (burst - baseline) * held * servers,
        burst: burst * servers,
        baseline: baseline * servers,
        traffic: |now| now.evaluation.throughput() * now.evaluation.network_share + now.network,
    });
    let by_clients = workload.stage.is_none();
    let client = (by_clients && clients.burst_line_rate > clients.line_rate).then(|| {
        let [burst, baseline] =
            [Credits::FULL, Credits::SPENT].map(|credits| network::clients(clients, assumptions, credits));
        Reservoir {
            of: Credited::Clients,
            left: (burst - baseline) * Time::new::<minute>(assumptions.get(AssumptionId::ClientBurstDuration)),
            burst,
            baseline,
            traffic: |now| now.evaluation.throughput() * now.evaluation.network_share + now.client,
        }
    });
    [disk, network, client]
}
