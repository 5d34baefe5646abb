//! `plan` by brute force: every candidate of the grid, judged.

use fsx_model::catalog::{ASSUMPTIONS, Law};
use fsx_model::cost::Prices;
use fsx_model::design::{self, Design};
use fsx_model::draws;
use fsx_model::estimate::numbers;
use fsx_model::family::Membership;
use fsx_model::model::together::{Shared, join, together};
use fsx_model::model::{Credits, data};
use fsx_model::money::{Quantity, Usd};
use fsx_model::plan::{Objective, Requirement};
use fsx_model::scenario::{
    AssumptionValue, DataCompressionType, FileSystem, LayoutKind, Scenario, Target, TargetRegime,
};
use fsx_model::shape::{Optional as _, Whole};
use fsx_model::units::{megabyte_per_second, millisecond, operation_per_second};

use crate::plan_grid::{Candidate, bill, candidates, fits, held, usable_share};

/// Relative error that a target forgives.
const TOLERANCE: f64 = 1e-9;
/// What counts as fastest, a share of the fastest of all.
const NEAR_FASTEST: f64 = 0.99;

/// What the brute force finds.
#[derive(Debug)]
pub(crate) struct Solved {
    /// The best file system with its cost, and its cost and that of idle clients.
    pub(crate) best: Option<(FileSystem, Usd, Usd)>,
    /// Candidates in the grid.
    pub(crate) space: u64,
}

/// What a workload reaches on one client group, or on all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reached {
    /// MB/s without its own limit; of metadata 0.
    pub(crate) throughput: f64,
    /// Operations of the application a second without its own limit; of metadata, items.
    pub(crate) operations: f64,
    pub(crate) latency_ms: f64,
}

/// Each workload's client groups, with their share of it, and what it reaches there; last, what it reaches in all.
type ByGroup = Vec<(Vec<(usize, f64, Reached)>, Reached)>;

pub(crate) fn reached(scenario: &Scenario, burst: bool) -> ByGroup {
    let assumptions = design::assumptions(scenario);
    let designs = Design::all(scenario, &assumptions).unwrap();
    let mut all = together(&designs, &assumptions, Credits::SPENT);
    if burst {
        let full = together(&designs, &assumptions, Credits::FULL);
        let several = designs.len() > 1;
        all = full.into_iter().zip(all).map(|(full, spent)| full.with_credits(&spent, several)).collect();
    }
    let figures = |shared: &Shared, design: &Design| {
        let now = &shared.evaluation;
        let load = &design.workload;
        let per_request = if load.moves_data { f64::from(load.request_size() / load.io_size) } else { 1.0 };
        Reached {
            throughput: data(now.unlimited, load.request_size()).get::<megabyte_per_second>(),
            operations: now.unlimited.get::<operation_per_second>() * per_request,
            latency_ms: now.latency.get::<millisecond>(),
        }
    };
    let mut answers = Vec::new();
    let mut from = 0;
    for groups in designs.chunk_by(|a, b| a.index == b.index) {
        let each = &all[from..from + groups.len()];
        from += groups.len();
        let streams: f64 = groups.iter().map(|design| design.workload.streams).sum();
        let by_group = groups.iter().zip(each);
        let by_group = by_group
            .map(|(design, shared)| (design.group, design.workload.streams / streams, figures(shared, design)))
            .collect();
        answers.push((by_group, figures(&join(each).unwrap(), &groups[0])));
    }
    answers
}

/// How far the targets are met.
struct Judged {
    /// Whether all latencies are.
    in_time: bool,
    /// The least margin of rates and times; infinite without them.
    margin: f64,
    /// Share of each client group that waits.
    idle: Vec<f64>,
}

/// Judges a scenario whose workloads reach so many times as much as predicted, once if nothing is said of them; with `stop`
/// no further than to the first sign that its targets are not met.
fn judge(scenario: &Scenario, stop: bool, factors: &[f64]) -> Judged {
    let factor = |i: usize| factors.get(i).copied().unwrap_or(1.0);
    let targets = || scenario.workloads.iter().filter_map(|workload| workload.target.as_ref());
    let mut judged =
        Judged { in_time: true, margin: f64::INFINITY, idle: vec![0.0; scenario.clients.as_slice().len().max(1)] };
    let spent = reached(scenario, false);
    let bursts = targets().any(|target| target.regime() == TargetRegime::Burst);
    let full = if bursts { reached(scenario, true) } else { Vec::new() };
    for (i, target) in scenario.workloads.iter().enumerate().filter_map(|(i, load)| Some((i, load.target.as_ref()?))) {
        let (groups, whole) = if target.regime() == TargetRegime::Burst { &full[i] } else { &spent[i] };
        if let Some(wanted) = target.latency_ms {
            judged.in_time &= wanted / whole.latency_ms * factor(i) >= 1.0 - TOLERANCE;
        }
        for (group, share, reached) in groups {
            let throughput = target.throughput_mb_per_s.map(|wanted| reached.throughput / (wanted * share));
            let operations = target.operations_per_s.map(|wanted| reached.operations / (wanted * share));
            for margin in [throughput, operations].into_iter().flatten() {
                judged.take(*group, margin * factor(i));
            }
        }
    }
    let settled = !judged.in_time || stop && !judged.holds();
    if targets().any(|target| target.seconds.is_some()) && !settled {
        let estimate = numbers(scenario).unwrap();
        for (i, (load, answer)) in scenario.workloads.iter().zip(&estimate.workloads).enumerate() {
            if let Some(wanted) = load.target.as_ref().and_then(|target| target.seconds) {
                for (group, ..) in &spent[i].0 {
                    judged.take(*group, wanted / answer.seconds.mid * factor(i));
                }
            }
        }
    }
    judged
}

impl Judged {
    fn take(&mut self, group: usize, margin: f64) {
        self.margin = self.margin.min(margin);
        self.idle[group] = self.idle[group].max(1.0 - margin.min(1.0));
    }

    fn holds(&self) -> bool {
        self.in_time && self.margin >= 1.0 - TOLERANCE
    }
}

/// Whether a candidate does in enough of the draws what is asked; without draws, it does.
fn is_sure(requirement: &Requirement, candidate: &Candidate) -> bool {
    let Some(asked) = &requirement.uncertainty else { return true };
    let share = share_met(
        requirement,
        &candidate.file_system,
        asked.seed().0.try_into().unwrap(),
        asked.samples().0.try_into().unwrap(),
    );
    share >= asked.confidence() - TOLERANCE
}

/// The share of so many draws in which a file system holds the data and meets the targets.
pub(crate) fn share_met(requirement: &Requirement, file_system: &FileSystem, seed: u64, samples: u32) -> f64 {
    let scenario = requirement.on(file_system.clone());
    let mid = design::assumptions(&scenario);
    let workloads = 0..scenario.workloads.len();
    let off: Vec<Vec<f64>> =
        workloads.map(|i| draws::spread_out(seed, &format!("prediction of workload {i}"), samples)).collect();
    let scatter = scatter(&scenario);
    let drawn = draws::assumptions(&mid, seed, samples);
    let met = drawn.iter().enumerate().filter(|(k, drawn)| {
        let mut requirement = requirement.clone();
        for row in ASSUMPTIONS.iter().filter(|row| mid.is_open(row)) {
            let value = drawn.get(row.id);
            let value =
                if row.law == Law::Flag { AssumptionValue::Flag(value > 0.5) } else { AssumptionValue::Number(value) };
            requirement.assumptions.insert(row.name.to_owned(), value);
        }
        draw_inputs(&mut requirement, seed, samples, *k);
        let mut file_system = file_system.clone();
        if let Some(size) = file_system.storage_capacity_gib {
            let lz4 = file_system.data_compression_type() == DataCompressionType::Lz4;
            let usable = size.get() * usable_share(&requirement, file_system.efa_enabled());
            file_system.fill = Some(held(&requirement, lz4) / usable);
        }
        // the 5th and the 95th percentile of a prediction lie 1.645 standard deviations from the middle
        let factor = |(off, scatter): (&Vec<f64>, &f64)| libm::exp(1.645 * draws::sloped(off[*k]) * scatter);
        let factors: Vec<f64> = off.iter().zip(&scatter).map(factor).collect();
        fits(&requirement, &file_system) && judge(&requirement.on(file_system), true, &factors).holds()
    });
    Whole(met.count().try_into().unwrap()).get() / f64::from(samples)
}

/// Puts the numbers of a draw in the place of inputs with a range: of those that tests give one.
fn draw_inputs(requirement: &mut Requirement, seed: u64, samples: u32, k: usize) {
    let inputs = requirement.uncertainty.as_ref().map_or_else(Default::default, |it| it.inputs.clone());
    for (field, range) in inputs {
        let value = draws::within([range.low, range.mid, range.high], draws::spread_out(seed, &field, samples)[k]);
        let target = |requirement: &mut Requirement| requirement.workloads[0].target.clone().unwrap();
        match field.as_str() {
            "capacity.data_gib" => requirement.capacity.as_mut().unwrap().data_gib = Some(value),
            "workloads[0].target.throughput_mb_per_s" => {
                requirement.workloads[0].target =
                    Some(Target { throughput_mb_per_s: Some(value), ..target(requirement) });
            }
            "workloads[0].processes_per_client" => {
                requirement.workloads[0].processes_per_client = Whole::from_f64(value.round());
            }
            other => panic!("{other}"),
        }
    }
}

/// By workload, the scatter of predictions of its kind, in the regime of its target.
fn scatter(scenario: &Scenario) -> Vec<f64> {
    let assumptions = design::assumptions(scenario);
    let designs = Design::all(scenario, &assumptions).unwrap();
    let in_regime = |burst: bool| together(&designs, &assumptions, if burst { Credits::FULL } else { Credits::SPENT });
    let of = |groups: &[Design]| {
        let target = scenario.workloads[groups[0].index].target.as_ref();
        let burst = target.is_some_and(|target| target.regime() == TargetRegime::Burst);
        let own = designs.iter().zip(in_regime(burst)).filter(|(design, _)| design.index == groups[0].index);
        let now = join(&own.map(|(_, shared)| shared).collect::<Vec<_>>()).unwrap().evaluation;
        Membership::of(groups, &now, &assumptions, burst).scatter()
    };
    designs.chunk_by(|a, b| a.index == b.index).map(of).collect()
}

/// Money for clients that wait, a month.
fn idle_usd(scenario: &Scenario, idle: &[f64]) -> Usd {
    let prices = Prices::of(scenario);
    let (_, hours) = bill(scenario);
    let groups = scenario.clients.as_slice().iter().zip(idle);
    let money = groups.map(|(group, share)| {
        let instance_type = group.instance_type.as_deref().expect("the draw names the instances");
        let rate = prices.instance(instance_type).expect("the draw takes those with a price").rate;
        Quantity::new(group.count().get() * share * hours) * rate
    });
    money.sum()
}

/// The best file system, by trying all of them. One whose price is not known in full counts only where no other does what
/// is asked at any price.
pub(crate) fn solve(requirement: &Requirement) -> Solved {
    solve_among(requirement, |_| true)
}

/// The same among some of the candidates.
pub(crate) fn solve_among(requirement: &Requirement, counts: impl Fn(&FileSystem) -> bool) -> Solved {
    let (mut all, space) = candidates(requirement);
    all.retain(|candidate| counts(&candidate.file_system));
    let budget = requirement.constraints.as_ref().and_then(|limits| limits.max_usd_per_month);
    let affordable = |candidate: &&Candidate| budget.is_none_or(|budget| candidate.usd.to_f64() <= budget);
    let of = |priced: bool| all.iter().filter(move |candidate| candidate.priced == priced);
    let search = |priced: bool| match requirement.objective() {
        Objective::Cheapest => cheapest(requirement, of(priced).filter(affordable)),
        Objective::Fastest => fastest(requirement, of(priced).filter(affordable)),
        Objective::LeastTotal => least_total(requirement, of(priced).filter(affordable)),
    };
    let best = search(true).or_else(|| {
        let too_dear = match requirement.objective() {
            Objective::LeastTotal => least_total(requirement, of(true)),
            Objective::Cheapest | Objective::Fastest => cheapest(requirement, of(true)),
        };
        if too_dear.is_some() { None } else { search(false) }
    });
    Solved { best, space }
}

/// By cost, those of one cost in the order of the grid.
fn by_cost<'a>(all: impl Iterator<Item = &'a Candidate>) -> Vec<&'a Candidate> {
    let mut all: Vec<_> = all.collect();
    all.sort_by_key(|candidate| candidate.usd);
    all
}

fn cheapest<'a>(requirement: &Requirement, all: impl Iterator<Item = &'a Candidate>) -> Option<(FileSystem, Usd, Usd)> {
    let holds = |candidate: &&Candidate| {
        judge(&requirement.on(candidate.file_system.clone()), true, &[]).holds() && is_sure(requirement, candidate)
    };
    let best = by_cost(all).into_iter().find(holds)?;
    Some((best.file_system.clone(), best.usd, best.usd))
}

fn fastest<'a>(requirement: &Requirement, all: impl Iterator<Item = &'a Candidate>) -> Option<(FileSystem, Usd, Usd)> {
    let judged = all.filter_map(|candidate| {
        let scenario = requirement.on(candidate.file_system.clone());
        let judged = judge(&scenario, true, &[]);
        let margin = if judged.margin.is_finite() { judged.margin } else { rate(&scenario) };
        judged.holds().then_some((candidate, margin))
    });
    let judged: Vec<_> = judged.collect();
    let most = judged.iter().map(|(_, margin)| *margin).fold(0.0, f64::max);
    let near = judged.into_iter().filter(|(_, margin)| *margin >= NEAR_FASTEST * most).map(|(candidate, _)| candidate);
    let best = near.reduce(|best, next| if next.usd < best.usd { next } else { best })?;
    Some((best.file_system.clone(), best.usd, best.usd))
}

/// The rate of the only workload, in the regime of its target if it has one.
fn rate(scenario: &Scenario) -> f64 {
    let target = scenario.workloads[0].target.as_ref();
    let burst = target.is_some_and(|target| target.regime() == TargetRegime::Burst);
    let (_, whole) = reached(scenario, burst)[0];
    if whole.throughput > 0.0 { whole.throughput } else { whole.operations }
}

fn least_total<'a>(
    requirement: &Requirement,
    all: impl Iterator<Item = &'a Candidate>,
) -> Option<(FileSystem, Usd, Usd)> {
    let all: Vec<_> = all.collect();
    let mut best: Option<(usize, Usd)> = None;
    let mut by_cost: Vec<_> = (0..all.len()).collect();
    by_cost.sort_by_key(|&place| all[place].usd);
    for place in by_cost {
        // all others cost more without any idle client
        if best.is_some_and(|(_, total)| all[place].usd > total) {
            break;
        }
        let scenario = requirement.on(all[place].file_system.clone());
        let judged = judge(&scenario, false, &[]);
        let total = all[place].usd + idle_usd(&scenario, &judged.idle);
        if judged.in_time && best.is_none_or(|(first, least)| (total, place) < (least, first)) {
            best = Some((place, total));
        }
    }
    best.map(|(place, total)| (all[place].file_system.clone(), all[place].usd, total))
}

/// The same file system with every default written out.
pub(crate) fn plain(mut file_system: FileSystem) -> FileSystem {
    file_system.storage_type = Some(file_system.storage_type());
    file_system.efa_enabled = Some(file_system.efa_enabled());
    file_system.data_compression_type = Some(file_system.data_compression_type());
    file_system.credits_at_start = Some(file_system.credits_at_start());
    file_system.layout = file_system.layout.filter(|layout| layout.kind != LayoutKind::Default);
    if let Some(layout) = &mut file_system.layout {
        layout.size_mib = Some(layout.size_mib.given_or(Whole(1)));
    }
    // rounded, as it is worked out in another order
    let rounded = |value: f64| (value * 1e9).round() / 1e9;
    file_system.fill = file_system.fill.map(rounded);
    if let Some(stored) = &mut file_system.stored {
        stored.data_gib = stored.data_gib.map(rounded);
    }
    file_system
}
