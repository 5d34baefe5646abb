//! The loads of a requirement, and whether a file system carries them.

use std::borrow::Cow;
use std::cell::LazyCell;

use crate::catalog::Assumptions;
use crate::design::{self, Design, FileSystem, Residence};
use crate::family::Membership;
use crate::job::Apart;
use crate::model::together::{Shared, join, together};
use crate::model::{Credits, Evaluation, LimitId, burst, evaluate, offered};
use crate::scenario::{Scenario, TargetRegime};
use crate::spread::courses;
use crate::units::{
    OperationRate, Throughput, Time, megabyte_per_second, millisecond, one_operation, operation_per_second, second,
};

/// A share of a target that rounding may cost.
pub(crate) const ROUNDING: f64 = 1e-9;

/// What counts as all that a greedy workload asks for, MB/s or items a second: less than any reaches.
pub(crate) const NEVER_ENOUGH: f64 = 1e-9;

/// What a workload has to reach.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Aim {
    /// Whether it has to reach what it offers.
    pub(crate) rate: bool,
    pub(crate) latency: Option<Time>,
    pub(crate) seconds: Option<Time>,
    pub(crate) regime: TargetRegime,
}

/// The loads of a requirement: the same on every candidate.
#[derive(Debug)]
pub(crate) struct Loads {
    /// One design per workload and client group, on some file system.
    pub(crate) designs: Vec<Design>,
    /// One per workload.
    pub(crate) aims: Vec<Aim>,
    /// Workloads that do not run while some of the others do, and those they run beside.
    apart: Vec<(usize, Vec<usize>)>,
    /// Where the only workload wants all that it can get: so many MB/s or items a second count as all it asks for.
    pub(crate) greedy: Option<f64>,
    pub(crate) assumptions: Assumptions,
}

/// How far a file system meets the targets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reached {
    /// Smallest of reached over wanted, of rates and times for the whole work; infinite where none is asked for.
    pub(crate) margin: f64,
    /// Smallest of wanted over reached, of latencies.
    pub(crate) latency: f64,
    /// The workload that is farthest from what it wants, and of what it reaches so little.
    pub(crate) tightest: Option<(usize, Figure)>,
}

/// What a target is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Figure {
    Rate,
    Latency,
    Seconds,
}

impl Reached {
    pub(crate) const NOTHING_ASKED: Self = Self { margin: f64::INFINITY, latency: f64::INFINITY, tightest: None };

    /// Whether all latencies asked for are met, and so much of everything else.
    pub(crate) fn is_enough(&self, margin: f64) -> bool {
        self.latency >= 1.0 - ROUNDING && self.margin >= margin * (1.0 - ROUNDING)
    }

    /// Whether all targets are met, and better than `best` does.
    pub(crate) fn is_faster(&self, best: Option<&Self>) -> bool {
        self.is_enough(1.0) && best.is_none_or(|best| self.margin > best.margin * (1.0 + ROUNDING))
    }

    /// How far it is from meeting everything: below 1, a target is missed.
    pub(crate) fn least(&self) -> f64 {
        self.margin.min(self.latency)
    }

    pub(crate) fn add(&mut self, margin: f64, workload: usize, figure: Figure) {
        if margin < self.least() {
            self.tightest = Some((workload, figure));
        }
        let place = if figure == Figure::Latency { &mut self.latency } else { &mut self.margin };
        *place = place.min(margin);
    }
}

/// Takes reached over wanted of one figure of a workload: of a rate for each client group, of a time for all.
pub(crate) type Take<'a> = dyn FnMut(f64, (usize, Option<usize>), Figure) + 'a;

impl Loads {
    /// The loads of a legal scenario whose workloads offer their target rates.
    pub(crate) fn new(scenario: &Scenario, apart: &[Apart]) -> Option<Self> {
        Self::with(scenario, apart, design::assumptions(scenario))
    }

    /// The same under assumptions of its own.
    pub(crate) fn with(scenario: &Scenario, apart: &[Apart], assumptions: Assumptions) -> Option<Self> {
        let mut all = Cow::Borrowed(scenario);
        if !apart.is_empty() {
            all.to_mut().workloads.extend(apart.iter().map(|it| it.workload.clone()));
        }
        let designs = Design::all(&all, &assumptions)?;
        let aims = all.workloads.iter().map(|workload| {
            let target = workload.target.as_ref();
            Aim {
                rate: target.is_some_and(|it| it.throughput_mb_per_s.is_some() || it.operations_per_s.is_some()),
                latency: target.and_then(|it| it.latency_ms).map(Time::new::<millisecond>),
                seconds: target.and_then(|it| it.seconds).map(Time::new::<second>),
                regime: target.map_or(TargetRegime::Sustained, crate::scenario::Target::regime),
            }
        });
        let apart = (scenario.workloads.len()..).zip(apart).map(|(place, it)| (place, it.beside.clone()));
        Some(Self { aims: aims.collect(), designs, apart: apart.collect(), greedy: None, assumptions })
    }

    /// The same where the only workload wants all that it can get.
    pub(crate) fn greedy(mut self) -> Self {
        self.greedy = Some(NEVER_ENOUGH);
        for aim in &mut self.aims {
            aim.rate = true;
        }
        self
    }

    /// The rate that counts as all that is asked for: what is offered, but for a greedy workload.
    fn wanted(&self, design: &Design) -> Option<OperationRate> {
        let Some(wanted) = self.greedy else { return offered(design) };
        let Design { workload, .. } = design;
        let one = if workload.moves_data {
            Throughput::new::<megabyte_per_second>(1.0) / workload.request_size() * one_operation()
        } else {
            OperationRate::new::<operation_per_second>(1.0)
        };
        Some(one * (workload.part * wanted))
    }

    /// The same with all rates asked for, and times, `times` as demanding.
    pub(crate) fn scaled(&self, times: f64) -> Self {
        let mut designs = self.designs.clone();
        for design in designs.iter_mut().filter(|design| self.aims[design.index].rate) {
            design.workload.rate_limit = design.workload.rate_limit.map(|limit| limit * times);
            design.workload.item_limit = design.workload.item_limit.map(|limit| limit * times);
        }
        let harder = |aim: &Aim| Aim { seconds: aim.seconds.map(|time| time / times), ..*aim };
        let greedy = self.greedy.map(|wanted| wanted * times);
        let aims = self.aims.iter().map(harder).collect();
        Self { designs, aims, apart: self.apart.clone(), greedy, assumptions: self.assumptions.clone() }
    }

    /// Whether any load may find its data in the caches of the file system.
    pub(crate) fn read_from_caches(&self) -> bool {
        self.designs.iter().any(|design| design.workload.residence != Residence::Disk)
    }

    /// Whether a rate or a time for the whole work is asked for.
    pub(crate) fn has_rates(&self) -> bool {
        self.aims.iter().any(|aim| aim.rate || aim.seconds.is_some())
    }

    fn on<'a>(&'a self, file_system: &'a FileSystem) -> impl Iterator<Item = Design> + 'a {
        self.designs.iter().map(|design| design.on(file_system, &self.assumptions))
    }

    fn wants(&self, regime: TargetRegime) -> bool {
        self.aims.iter().any(|aim| aim.regime == regime && (aim.rate || aim.latency.is_some()))
    }

    /// What the workloads reach on a file system, all of them at once.
    pub(crate) fn judge(&self, file_system: &FileSystem) -> Reached {
        let mut reached = Reached::NOTHING_ASKED;
        self.judge_each(file_system, &mut |margin, (workload, _), figure| reached.add(margin, workload, figure));
        reached
    }

    /// Hands reached over wanted of every figure to `take`.
    pub(crate) fn judge_each(&self, file_system: &FileSystem, take: &mut Take<'_>) {
        match self.designs.as_slice() {
            [] => {}
            [_] => self.on(file_system).for_each(|design| self.judge_alone(&design, take)),
            _ if self.apart.is_empty() => self.judge_together(&self.on(file_system).collect::<Vec<_>>(), take),
            _ => self.judge_apart(&self.on(file_system).collect::<Vec<_>>(), take),
        }
    }

    /// Whether a workload does not run while some of the others do.
    pub(crate) fn runs_apart(&self, workload: usize) -> bool {
        self.apart.iter().any(|(place, _)| *place == workload)
    }

    /// The same where some workloads do not run while others do.
    fn judge_apart(&self, all: &[Design], take: &mut Take<'_>) {
        let mut judge = |runs: &dyn Fn(usize) -> bool, asked: &dyn Fn(usize) -> bool| {
            let designs: Vec<Design> = all.iter().filter(|design| runs(design.index)).copied().collect();
            let take: &mut Take<'_> = &mut |margin, (workload, group), figure| {
                if asked(workload) {
                    take(margin, (workload, group), figure);
                }
            };
            match designs.as_slice() {
                [] => {}
                [only] => self.judge_alone(only, take),
                _ => self.judge_together(&designs, take),
            }
        };
        judge(&|index| !self.runs_apart(index), &|_| true);
        for (place, beside) in &self.apart {
            judge(&|index| index == *place || beside.contains(&index), &|index| index == *place);
        }
    }

    fn judge_alone(&self, design: &Design, take: &mut Take<'_>) {
        let aim = &self.aims[design.index];
        let spent = evaluate(design, &self.assumptions, Credits::SPENT);
        if aim.regime == TargetRegime::Sustained && aim.seconds.is_none() {
            return self.compare(design, &spent, take);
        }
        let full = evaluate(design, &self.assumptions, Credits::FULL).at_least(&spent);
        self.compare(design, if aim.regime == TargetRegime::Burst { &full } else { &spent }, take);
        if let Some(longest) = aim.seconds {
            let elapsed = burst::course(design, &self.assumptions, &full, &spent).elapsed;
            take((longest / elapsed).into(), (design.index, None), Figure::Seconds);
        }
    }

    fn judge_together(&self, designs: &[Design], take: &mut Take<'_>) {
        for (regime, credits) in [(TargetRegime::Sustained, Credits::SPENT), (TargetRegime::Burst, Credits::FULL)] {
            if !self.wants(regime) {
                continue;
            }
            let mut all = together(designs, &self.assumptions, credits);
            if regime == TargetRegime::Burst {
                let spent = together(designs, &self.assumptions, Credits::SPENT);
                for (full, spent) in all.iter_mut().zip(&spent) {
                    *full = full.with_credits(spent, true);
                }
            }
            self.compare_all(designs, &all, regime, take);
        }
        if self.aims.iter().any(|aim| aim.seconds.is_some()) {
            for (index, course) in courses(designs, &self.assumptions) {
                if let Some(longest) = self.aims[index].seconds {
                    take((longest / course.elapsed).into(), (index, None), Figure::Seconds);
                }
            }
        }
    }

    fn compare_all(&self, designs: &[Design], all: &[Shared], regime: TargetRegime, take: &mut Take<'_>) {
        let mut from = 0;
        for groups in designs.chunk_by(|a, b| a.index == b.index) {
            let shared = &all[from..from + groups.len()];
            from += groups.len();
            let aim = &self.aims[groups[0].index];
            if aim.regime != regime {
                continue;
            }
            let rates = groups.iter().zip(shared).map(|(design, shared)| (design, shared.evaluation.unlimited));
            self.rates(rates.filter(|_| aim.rate), take);
            if let (Some(longest), Some(joined)) = (aim.latency, join(shared)) {
                take((longest / joined.evaluation.latency).into(), (groups[0].index, None), Figure::Latency);
            }
        }
    }

    /// Hands on what the groups of a workload could do: each has to reach its part of a target, all together count where
    /// it wants all that it can get.
    pub(crate) fn rates<'d>(&self, groups: impl IntoIterator<Item = (&'d Design, OperationRate)>, take: &mut Take<'_>) {
        let mut all: Option<(usize, OperationRate, OperationRate)> = None;
        for (design, could) in groups {
            match self.wanted(design) {
                None => {}
                Some(wanted) if self.greedy.is_some() => {
                    let (_, before, wanted_before) = all.unwrap_or_default();
                    all = Some((design.index, before + could, wanted_before + wanted));
                }
                Some(wanted) => take((could / wanted).into(), (design.index, Some(design.group)), Figure::Rate),
            }
        }
        if let Some((index, could, wanted)) = all {
            take((could / wanted).into(), (index, None), Figure::Rate);
        }
    }

    /// Rate and latency of a workload with the file system to itself.
    fn compare(&self, design: &Design, now: &Evaluation, take: &mut Take<'_>) {
        let aim = &self.aims[design.index];
        self.rates(aim.rate.then_some((design, now.unlimited)), take);
        if let Some(longest) = aim.latency {
            take((longest / now.latency).into(), (design.index, None), Figure::Latency);
        }
    }

    /// By workload, the scatter of predictions of its kind on a file system.
    pub(crate) fn scatter(&self, file_system: &FileSystem) -> Vec<f64> {
        let designs: Vec<Design> = self.on(file_system).collect();
        let beside: Vec<Design> = designs.iter().filter(|it| !self.runs_apart(it.index)).copied().collect();
        let now = |all: &[Design], credits| together(all, &self.assumptions, credits);
        let spent = LazyCell::new(|| now(&beside, Credits::SPENT));
        let full = LazyCell::new(|| now(&beside, Credits::FULL));
        let of = |groups: &[Design]| {
            let index = groups[0].index;
            let bursting = self.aims[index].regime == TargetRegime::Burst;
            let own: Vec<Shared> = if self.runs_apart(index) {
                now(groups, if bursting { Credits::FULL } else { Credits::SPENT })
            } else {
                let all = if bursting { full.iter() } else { spent.iter() };
                beside.iter().zip(all).filter(|(it, _)| it.index == index).map(|(_, shared)| *shared).collect()
            };
            let scatter = |now: &Evaluation| Membership::of(groups, now, &self.assumptions, bursting).scatter();
            join(&own).map_or(0.0, |joined| scatter(&joined.evaluation))
        };
        designs.chunk_by(|a, b| a.index == b.index).map(of).collect()
    }

    /// What would hold a workload back next, if it did not hold back itself.
    pub(crate) fn limit(&self, file_system: &FileSystem, workload: usize) -> LimitId {
        let credits = match self.aims.get(workload).map(|aim| aim.regime) {
            Some(TargetRegime::Burst) => Credits::FULL,
            _ => Credits::SPENT,
        };
        let design = self.on(file_system).find(|design| design.index == workload);
        let limits = design.map(|design| evaluate(&design, &self.assumptions, credits).limits);
        let own = |limits: crate::model::Limits| {
            let others = limits.iter().filter(|(id, _)| *id != LimitId::RateLimit);
            others.reduce(|best, next| if next.1 < best.1 { next } else { best }).map(|(id, _)| id)
        };
        limits.and_then(own).unwrap_or(LimitId::Concurrency)
    }
}
