//! Several workloads at once: which parts they share, and what each reaches there.
//!
//! Workloads that differ in nothing but their size count as one. What the others are to each other is a closed network
//! (`sharing.rs`, `crowd.rs`).

use std::cell::RefCell;

use super::limits::COUNT;
use super::sharing::{Network, Stage};
use super::{Credits, Evaluation, LimitId, Part, SETTLED, evaluate, for_each_part, offered};
use crate::catalog::Assumptions;
use crate::design::{Design, Workload};
use crate::scenario::Operation;
use crate::units::{OperationRate, Time, one_operation, operation_per_second, second};

/// Limits that stand for parts which workloads share.
pub const SHARED: [LimitId; 7] = [
    LimitId::ServerNetwork,
    LimitId::SsdCache,
    LimitId::DiskThroughput,
    LimitId::DiskIops,
    LimitId::Metadata,
    LimitId::ClientNetwork,
    LimitId::ClientToServerPath,
];

/// A workload among others in one regime.
#[derive(Clone, Copy, Debug)]
pub struct Shared {
    /// What it reaches beside the others; its limits are those it has alone.
    pub evaluation: Evaluation,
    /// Its rate with the file system to itself, requests a second.
    pub alone: OperationRate,
    /// Use of each limit's part by the other workloads, a share of the part.
    pub others: [f64; COUNT],
    /// The part at which it waits for others, if it does.
    pub held_up_at: Option<LimitId>,
}

impl Shared {
    /// A workload without others.
    #[must_use]
    pub fn alone(evaluation: Evaluation) -> Self {
        Self { evaluation, alone: evaluation.rate, others: [0.0; COUNT], held_up_at: None }
    }

    /// This, with all credits, beside what it is with none.
    ///
    /// Credits never slow down a workload that has the file system to itself. One of `several` may lose by them, to others
    /// that gain more; there only a difference of rounding is made good.
    #[must_use]
    pub fn with_credits(self, spent: &Self, several: bool) -> Self {
        let lost = 1.0 - f64::from(self.evaluation.unlimited / spent.evaluation.unlimited);
        let alone = self.alone.max(spent.alone);
        if several && lost > SETTLED {
            return Self { alone, ..self };
        }
        Self { evaluation: self.evaluation.at_least(&spent.evaluation), alone, ..self }
    }

    /// Use of a limit's part by all workloads together, a share of it; `None` where the limit does not apply.
    #[must_use]
    pub fn utilization(&self, id: LimitId) -> Option<f64> {
        let own = f64::from(self.evaluation.rate / self.evaluation.limits.get(id)?);
        Some(own + self.others[id as usize])
    }
}

/// First of [`SHARED`] that belongs to the clients of one group.
pub(super) const CLIENT_SIDE: usize = 5;

/// What a workload reaches that runs on several client groups, from what it reaches on each.
///
/// Rates add up, and so do the limits on the clients' side; parts of the file system that all groups meet count once.
#[must_use]
pub fn join(groups: &[Shared]) -> Option<Shared> {
    let (first, rest) = groups.split_first()?;
    if rest.is_empty() {
        return Some(*first);
    }
    let sum = |of: fn(&Shared) -> OperationRate| groups.iter().map(of).fold(OperationRate::default(), |a, b| a + b);
    let rate = sum(|group| group.evaluation.rate);
    let share = |group: &Shared| f64::from(group.evaluation.rate / rate);
    let mean =
        |of: fn(&Evaluation) -> f64| groups.iter().map(|group| share(group) * of(&group.evaluation)).sum::<f64>();
    let (mut limits, mut others) = (first.evaluation.limits, [0.0; COUNT]);
    for &id in LimitId::ALL {
        let each = || groups.iter().filter_map(|group| Some((group, group.evaluation.limits.get(id)?)));
        let of_all = each().count() == groups.len();
        let common = SHARED[..CLIENT_SIDE].contains(&id);
        let used_by_others = |group: &Shared| group.others[id as usize];
        let value = if common {
            let times = each().map(|(group, limit)| one_operation() * share(group) / limit);
            one_operation() / times.fold(Time::default(), |a, b| a + b)
        } else {
            each().map(|(_, limit)| limit).fold(OperationRate::default(), |a, b| a + b)
        };
        limits.set(id, (of_all || common && each().count() > 0).then_some(value.max(rate)));
        others[id as usize] = if common {
            let own: f64 = rest
                .iter()
                .filter_map(|group| Some(f64::from(group.evaluation.rate / group.evaluation.limits.get(id)?)))
                .sum();
            (used_by_others(first) - own).max(0.0)
        } else {
            each().map(|(group, limit)| used_by_others(group) * f64::from(limit / value)).sum()
        };
    }
    let slowest = |group: &Shared| f64::from(group.evaluation.pace / group.evaluation.rate);
    let evaluation = Evaluation {
        rate,
        unlimited: sum(|group| group.evaluation.unlimited),
        latency: Time::new::<second>(mean(|now| now.latency.get::<second>())),
        unloaded: Time::new::<second>(mean(|now| now.unloaded.get::<second>())),
        limits,
        request: first.evaluation.request,
        in_flight: groups.iter().map(|group| group.evaluation.in_flight).sum(),
        network_share: mean(|now| now.network_share),
        disk_share: mean(|now| now.disk_share),
        pace: rate * groups.iter().map(slowest).fold(1.0, f64::min),
    };
    let held_up_at = groups.iter().find_map(|group| group.held_up_at);
    Some(Shared { evaluation, alone: sum(|group| group.alone), others, held_up_at })
}

/// Networks as they were and as they settled: many of those that ranges of assumptions lead to are the same.
#[derive(Debug, Default)]
pub struct Settled(RefCell<Vec<(Network, Network)>>);

impl Settled {
    fn settle(&self, network: Network) -> Network {
        if let Some((_, settled)) = self.0.borrow().iter().find(|(known, _)| *known == network) {
            return settled.clone();
        }
        let settled = network.clone().settled();
        self.0.borrow_mut().push((network, settled.clone()));
        settled
    }
}

/// What each of several designs on one file system reaches while all run at once.
#[must_use]
pub fn together(designs: &[Design], assumptions: &Assumptions, credits: Credits) -> Vec<Shared> {
    meet(designs, assumptions, credits, &Network::settled)
}

/// The same, with networks that were settled before.
#[must_use]
pub fn together_with(
    designs: &[Design],
    assumptions: &Assumptions,
    credits: Credits,
    settled: &Settled,
) -> Vec<Shared> {
    meet(designs, assumptions, credits, &|network| settled.settle(network))
}

fn meet(
    designs: &[Design],
    assumptions: &Assumptions,
    credits: Credits,
    settle: &dyn Fn(Network) -> Network,
) -> Vec<Shared> {
    let alone: Vec<Shared> =
        designs.iter().map(|design| Shared::alone(evaluate(design, assumptions, credits))).collect();
    if designs.len() < 2 {
        return alone;
    }
    let (network, class_of) = network(designs, assumptions, credits);
    let network = settle(network);
    let all = designs.iter().zip(alone).zip(class_of);
    let mut all: Vec<Shared> =
        all.map(|((design, alone), (class, part))| answer(&network, class, part, design, alone)).collect();
    groups_are_no_others(designs, &mut all, |groups| meet(groups, assumptions, credits, settle));
    all
}

/// The groups of one workload are not others to each other: alone is what they reach without other workloads.
fn groups_are_no_others(designs: &[Design], all: &mut [Shared], together: impl Fn(&[Design]) -> Vec<Shared>) {
    let mut from = 0;
    for groups in designs.chunk_by(|a, b| a.index == b.index) {
        let reached = &mut all[from..from + groups.len()];
        from += groups.len();
        if groups.len() < 2 {
            continue;
        }
        let alone = if groups.len() < designs.len() {
            together(groups).iter().map(|group| group.evaluation.rate).collect()
        } else {
            reached.iter().map(|group| group.evaluation.rate).collect::<Vec<_>>()
        };
        for (group, alone) in reached.iter_mut().zip(alone) {
            group.alone = alone;
            let slower = f64::from(group.evaluation.rate / alone);
            group.held_up_at = group.held_up_at.filter(|_| slower < 1.0 - HELD_UP);
        }
    }
}

/// A loss of a rate worth speaking of.
const HELD_UP: f64 = 1e-3;

/// A class: designs that differ in nothing but their size.
struct Kind {
    /// The first of them.
    first: usize,
    /// All of them as one workload.
    whole: Workload,
    count: usize,
}

/// The closed network of designs, and for each design its class there and its share of it.
fn network(designs: &[Design], assumptions: &Assumptions, credits: Credits) -> (Network, Vec<(usize, f64)>) {
    let mut kinds: Vec<Kind> = Vec::with_capacity(designs.len());
    let mut kind_of = Vec::with_capacity(designs.len());
    for (i, design) in designs.iter().enumerate() {
        let same = kinds.iter().position(|kind| {
            let first = &designs[kind.first];
            first.group == design.group && alike(&first.workload, &design.workload)
        });
        match same.and_then(|kind| kinds.get_mut(kind)) {
            Some(kind) => {
                add(&mut kind.whole, &design.workload);
                kind.count += 1;
            }
            None => kinds.push(Kind { first: i, whole: design.workload, count: 1 }),
        }
        kind_of.push(same.unwrap_or(kinds.len() - 1));
    }
    let mut network = Network::default();
    for Kind { first, whole, count } in &kinds {
        let merged = (*count > 1).then(|| designs[*first].with_load(*whole, assumptions));
        let design = merged.as_ref().unwrap_or(&designs[*first]);
        let offered = offered(design).map_or(f64::INFINITY, |rate| rate.get::<operation_per_second>());
        network.add((design.group, whole.writes), offered);
        for_each_part(design, assumptions, credits, |part| network.add_stage(stage(part)));
    }
    let share = |(design, &kind): (&Design, &usize)| (kind, design.workload.streams / kinds[kind].whole.streams);
    let class_of = designs.iter().zip(&kind_of).map(share).collect();
    (network, class_of)
}

/// A part of the work as the network sees it.
fn stage(part: &Part) -> Stage {
    let seconds = |rate: OperationRate| 1.0 / rate.get::<operation_per_second>();
    Stage::new(
        part.share,
        part.requests.in_flight,
        part.requests.unloaded.get::<second>(),
        part.requests.in_flight * seconds(part.alone()),
        part.delivered,
        (seconds(part.smallest), SHARED.map(|id| part.ceilings[id as usize].map_or(0.0, seconds))),
    )
    .on_some_targets(part.narrow.and_then(|(id, share)| Some((SHARED.iter().position(|it| *it == id)?, share))))
}

/// What a design reaches that is `part` of a class.
fn answer(network: &Network, class: usize, part: f64, design: &Design, alone: Shared) -> Shared {
    let per_second = |rate: f64| OperationRate::new::<operation_per_second>(rate);
    let reached = network.reached(class);
    let unlimited = per_second(reached.possible * part).min(alone.evaluation.unlimited);
    let rate = offered(design).map_or(unlimited, |offered| offered.min(unlimited));
    let slower = f64::from(rate / alone.evaluation.rate).min(1.0);
    let mut others = [0.0; COUNT];
    for (used, id) in reached.uses.into_iter().zip(SHARED) {
        if let Some(limit) = alone.evaluation.limits.get(id) {
            others[id as usize] = (used - f64::from(rate / limit)).max(0.0);
        }
    }
    let latency = reached.latency.max(alone.evaluation.latency.get::<second>());
    let pace = (alone.evaluation.pace * slower).min(rate);
    let evaluation = Evaluation { rate, unlimited, latency: Time::new::<second>(latency), pace, ..alone.evaluation };
    let held_up = slower < 1.0 - HELD_UP;
    let held_up_at = held_up.then(|| reached.tightest.map_or(LimitId::Concurrency, |kind| SHARED[kind]));
    Shared { evaluation, others, held_up_at, ..alone }
}

/// Whether two workloads differ in nothing but their size: so many streams, with files and offered load in proportion.
fn alike(a: &Workload, b: &Workload) -> bool {
    let per_stream = |of: f64, load: &Workload| of / load.streams;
    let near = |x: f64, y: f64| (x - y).abs() <= 1e-12 * x.abs();
    let limit = |load: &Workload| load.rate_limit.map_or(0.0, |limit| limit.value);
    let items = |load: &Workload| load.item_limit.map_or(0.0, |limit| limit.value);
    let same = Workload {
        streams: a.streams,
        files: a.files,
        active_files: a.active_files,
        rate_limit: a.rate_limit,
        item_limit: a.item_limit,
        ..*b
    };
    same == *a
        && !a.shared
        && a.part >= 1.0
        && b.part >= 1.0
        && near(per_stream(a.files, a), per_stream(b.files, b))
        && near(per_stream(limit(a), a), per_stream(limit(b), b))
        && near(per_stream(items(a), a), per_stream(items(b), b))
}

fn add(whole: &mut Workload, part: &Workload) {
    whole.streams += part.streams;
    whole.files += part.files;
    whole.active_files += part.active_files;
    if part.operations.count(Operation::Readdir) > 0.0 {
        whole.directories += part.directories;
    }
    whole.rate_limit = whole.rate_limit.zip(part.rate_limit).map(|(whole, part)| whole + part);
    whole.item_limit = whole.item_limit.zip(part.item_limit).map(|(whole, part)| whole + part);
}
