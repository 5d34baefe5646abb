//! The least total: storage, and clients that wait for it or do lost work again.
//!
//! A month with so many clients is paid for whatever they do, so what counts is the share of it that they wait. A job
//! that takes longer is paid for longer, storage and clients alike: per month of work without waiting that is
//! `(storage + clients) × (1 / useful − 1)` more. Both are added to the bill and made small by the same search.

use super::Grid;
use super::answer::{Flat, JobTotal, PlanTotal, TotalPoint};
use super::candidates::Candidate;
use super::load::{Figure, Loads, ROUNDING, Take};
use super::outcome;
use super::requirement::Objective;
use super::search::{Found, Space, Wanted};
use crate::cost::Bill;
use crate::job::{Losses, Measured};
use crate::money::{Quantity, Usd};
use crate::scenario::Scenario;
use crate::units::{Time, second};

/// The loads as they count for what is lost, and what each loses.
#[derive(Debug)]
pub(crate) struct Waits {
    loads: Loads,
    losses: Losses,
}

/// What clients lose.
#[derive(Clone, Debug)]
struct Idle {
    /// Share of the time that is no work, of each client group.
    shares: Vec<f64>,
    /// Whether every latency asked for is met.
    in_time: bool,
}

impl Waits {
    /// `written` has the jobs, `on` their workloads, offering what is asked of them.
    pub(crate) fn new(written: &Scenario, on: &Scenario) -> Option<Self> {
        let losses = Losses::new(written, on);
        let mut loads = Loads::new(&losses.scenario, &losses.apart)?;
        for (i, aim) in loads.aims.iter_mut().enumerate() {
            match losses.measured(i) {
                Measured::Asked => {}
                Measured::Rate => aim.rate = true,
                Measured::Seconds => aim.seconds = Some(Time::new::<second>(1.0)),
            }
        }
        Some(Self { loads, losses })
    }

    /// What each of so many client groups loses: the most that any of its workloads waits, and of the rest what
    /// checkpoints, failures and restores take.
    fn idle(&self, groups: usize, each: impl FnOnce(&Loads, &mut Take<'_>)) -> Idle {
        let mut waits = vec![0.0_f64; groups];
        let mut seconds = vec![0.0; self.loads.aims.len()];
        let mut in_time = true;
        let of_group = |place: usize, group: Option<usize>| {
            let all = self.loads.designs.iter().filter(move |it| it.index == place);
            all.map(|it| it.group).filter(move |it| group.is_none_or(|group| group == *it))
        };
        each(&self.loads, &mut |margin, (place, group), figure| {
            if figure == Figure::Latency {
                in_time &= margin >= 1.0 - ROUNDING;
            } else if let Some(share) = self.losses.waits(place, margin) {
                for group in of_group(place, group) {
                    if let Some(most) = waits.get_mut(group) {
                        *most = most.max(share);
                    }
                }
            } else if let Some(longest) = seconds.get_mut(place) {
                *longest = f64::max(*longest, 1.0 / margin);
            }
        });
        for (place, save_s) in seconds.iter().enumerate() {
            let restore_s = seconds.get(place + 1).copied().unwrap_or_default();
            let Some(goodput) = self.losses.goodput(place, *save_s, restore_s) else { continue };
            for (_, share) in waits.iter_mut().enumerate().filter(|(i, _)| of_group(place, Some(*i)).next().is_some()) {
                *share = 1.0 - (1.0 - *share) * goodput;
            }
        }
        Idle { shares: waits, in_time }
    }
}

impl Idle {
    /// Share of the time that is work, of the clients that lose the most.
    fn useful(&self) -> f64 {
        1.0 - self.shares.iter().copied().fold(0.0, f64::max)
    }
}

impl Space<'_> {
    /// What is to be made small of a candidate with such a bill, if its latencies are in time; `useful` is the share of
    /// the time that has to be work, where that is asked for and the bill alone counts.
    pub(crate) fn total(&self, candidate: &Candidate, bill: Usd, useful: Option<f64>) -> Option<Usd> {
        let idle = self.idle(|loads, take| loads.judge_each(&candidate.file_system, take))?;
        self.sum(bill, candidate.quantities.hours, &idle, useful)
    }

    /// The least that it can be of any candidate from one to another.
    pub(crate) fn least_total(&self, [first, last]: [&Candidate; 2], bill: Usd, useful: Option<f64>) -> Option<Usd> {
        let idle = self.idle(|loads, take| {
            loads.at_most_each(&first.file_system, &last.file_system, take);
        })?;
        self.sum(bill, first.quantities.hours.min(last.quantities.hours), &idle, useful)
    }

    fn idle(&self, each: impl FnOnce(&Loads, &mut Take<'_>)) -> Option<Idle> {
        Some(self.waits.as_ref()?.idle(self.clients.len(), each)).filter(|idle| idle.in_time)
    }

    fn sum(&self, bill: Usd, hours: f64, idle: &Idle, useful: Option<f64>) -> Option<Usd> {
        match useful {
            Some(least) => (idle.useful() >= least - ROUNDING).then_some(bill),
            None => Some(bill + self.lost(bill, hours, idle)),
        }
    }

    /// What is lost in a month of so many hours; of a job, what a month of its work takes longer.
    fn lost(&self, bill: Usd, hours: f64, idle: &Idle) -> Usd {
        if self.requirement.compute_hours.is_none() {
            let each = self.clients.iter().zip(&idle.shares);
            return each
                .filter_map(|((count, rate), share)| Some(Quantity::new(count * share * hours) * (*rate)?))
                .sum();
        }
        (bill + self.clients(hours)).scaled(1.0 / idle.useful() - 1.0)
    }

    /// All clients for so many hours.
    fn clients(&self, hours: f64) -> Usd {
        self.clients.iter().filter_map(|(count, rate)| Some(Quantity::new(count * hours) * (*rate)?)).sum()
    }

    /// Something found as a point of the curve, and its total: of a job, for a month of its work with all its clients.
    fn point(&self, found: &Found) -> Option<(TotalPoint, Usd)> {
        let candidate = self.candidate_at(&found.kind, &found.choice, found.size)?;
        let hours = candidate.quantities.hours;
        let bill = Bill::new(&candidate.quantities, &self.prices).known();
        let idle = self.idle(|loads, take| loads.judge_each(&candidate.file_system, take))?;
        let lost = self.lost(bill, hours, &idle);
        let work = self.requirement.compute_hours;
        let all = if work.is_some() { bill + lost + self.clients(hours) } else { bill + lost };
        let point = TotalPoint {
            usd_per_month: bill.to_f64(),
            lost_usd_per_month: lost.to_f64(),
            total_usd: all.to_f64() * work.map_or(1.0, |work| work / hours),
            useful_share: idle.useful(),
            family: found.kind.name(),
            file_system: self.raw(&found.kind, &found.choice, found.size),
        };
        Some((point, all))
    }

    /// The job with a file system, where it is one that is to be paid for.
    fn job(&self, found: &Found) -> Option<JobTotal> {
        let work = self.requirement.compute_hours?;
        let a_month = self.candidate_at(&found.kind, &found.choice, found.size)?.quantities.hours;
        let (point, _) = self.point(found)?;
        let hours = work / point.useful_share;
        let file_system_usd = point.usd_per_month / a_month * hours;
        let clients_usd = self.clients(hours).to_f64();
        Some(JobTotal { hours, file_system_usd, clients_usd, usd: file_system_usd + clients_usd })
    }
}

/// Shares of the time that are work, of which the least cost is shown.
const USEFUL: [f64; 12] = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.999];
/// So much less than with the best, too.
const LESS: [f64; 4] = [0.005, 0.01, 0.02, 0.03];
/// Totals this near to the least are as good.
const FLAT: f64 = 0.02;

/// What more and less storage comes to, and where that matters little.
pub(crate) fn answer(space: &Space<'_>, grid: &Grid, best: Option<&Found>) -> Option<PlanTotal> {
    let best = best.filter(|best| space.requirement.objective() == Objective::LeastTotal && !best.partial)?;
    let (own, least) = space.point(best)?;
    let mut found = vec![*best];
    let mut cheapest = None;
    // what leaves more work leaves less too: a good start
    let mut useful: Vec<f64> = LESS.iter().map(|less| own.useful_share - less).chain(USEFUL).collect();
    useful.sort_by(f64::total_cmp);
    for useful in useful.into_iter().rev() {
        let wanted = Wanted { useful: Some(useful), budget: space.budget(), ..space.wanted() };
        cheapest = outcome::cheaper(space, grid, &wanted, cheapest);
        found.extend(cheapest);
    }
    let mut points: Vec<(TotalPoint, Usd)> = found.iter().filter_map(|found| space.point(found)).collect();
    points.sort_by(|(a, _), (b, _)| {
        a.usd_per_month.total_cmp(&b.usd_per_month).then(b.useful_share.total_cmp(&a.useful_share))
    });
    points.dedup_by(|a, b| a.0 == b.0);
    let mut most = -1.0;
    points.retain(|(point, _)| {
        let more = point.useful_share > most;
        most = point.useful_share.max(most);
        more || *point == own
    });
    let is_flat = |total: Usd| total <= least.scaled(1.0 + FLAT);
    let flat: Vec<&TotalPoint> = points.iter().filter(|(_, total)| is_flat(*total)).map(|(point, _)| point).collect();
    let ends = flat.first().zip(flat.last()).map(|(first, last)| (*first, *last));
    let flat = ends.map(|(first, last)| Flat {
        within: FLAT,
        least_usd_per_month: first.usd_per_month,
        most_usd_per_month: last.usd_per_month,
        least_useful_share: first.useful_share,
        most_useful_share: last.useful_share,
    })?;
    let points = points.into_iter().map(|(point, _)| point).collect();
    Some(PlanTotal { useful_share: own.useful_share, job: space.job(best), curve: points, flat })
}
