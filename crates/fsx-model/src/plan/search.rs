//! The search: for each kind the best candidate, exactly.
//!
//! The sizes of one kind and choice are halved again and again. A range of sizes is given up only for one of two
//! reasons, both proven for all of it: nothing in it can cost less than what is already found (the sum of the least
//! that each of its quantities can be), or nothing in it can meet the targets ([`Loads::at_most`]). What is left are
//! single sizes, and these are judged by the same evaluation that `estimate` does.

use std::cell::Cell;

use super::kinds::{Cache, Choice, Kind, Metadata, STRIPES, count_while};
use super::load::{Loads, Reached};
use super::need::Need;
use super::requirement::{Constraints, Objective, Requirement};
use crate::cost::{Amount, Bill, Item, Prices, Quantities, filling};
use crate::design::FileSystem;
use crate::money::{Quantity, Rate, Usd};
use crate::scenario::{self, Scenario, Stored};
use crate::shape::Whole;

/// What a search works on.
#[derive(Debug)]
pub(crate) struct Space<'a> {
    pub(crate) requirement: &'a Requirement,
    pub(crate) constraints: &'a Constraints,
    /// The requirement on some file system, its workloads offering their target rates.
    pub(crate) scenario: Scenario,
    pub(crate) loads: Loads,
    pub(crate) prices: Prices,
    pub(crate) need: Need,
    /// Number of clients of each group, and the price of an hour of one: for `least_total`.
    pub(crate) clients: Vec<(f64, Option<Rate>)>,
    pub(crate) evaluations: Cell<u64>,
}

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    pub(crate) objective: Objective,
    pub(crate) loads: &'a Loads,
    /// Least share of the targets to reach.
    pub(crate) margin: f64,
    /// Most it may cost.
    pub(crate) budget: Option<Usd>,
}

/// The best candidate of a kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) kind: Kind,
    pub(crate) choice: Choice,
    pub(crate) size: usize,
    /// What is to be made small: the bill, with idle clients for `least_total`.
    pub(crate) usd: Usd,
    /// Whether the bill lacks a price.
    pub(crate) partial: bool,
    pub(crate) reached: Reached,
}

/// All sizes of one kind and choice; one scenario serves for all of them.
pub(crate) struct Row<'s, 'a> {
    space: &'s Space<'a>,
    kind: Kind,
    choice: Choice,
    scenario: Scenario,
}

/// A candidate: the file system and its bill.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) file_system: FileSystem,
    pub(crate) quantities: Quantities,
}

impl Row<'_, '_> {
    /// Turns to another kind.
    fn turn_to(&mut self, kind: Kind) {
        self.kind = kind;
        self.choose(kind.plainest(self.space.constraints));
    }

    /// Turns to another choice.
    fn choose(&mut self, choice: Choice) {
        self.choice = choice;
        self.scenario.file_system = self.space.raw(&self.kind, &choice, 0);
    }

    /// Candidate of size `i`.
    fn at(&mut self, i: usize) -> Option<Candidate> {
        self.space.resize(&mut self.scenario.file_system, &self.kind, &self.choice, i);
        self.space.candidate(&self.scenario)
    }

    /// The first and the last of a range.
    fn ends(&mut self, (from, to): (usize, usize)) -> Option<(Candidate, Candidate)> {
        let first = self.at(from)?;
        Some((first, if from == to { first } else { self.at(to)? }))
    }
}

impl<'a> Space<'a> {
    /// The file system of a candidate, as a person writes it.
    pub(crate) fn raw(&self, kind: &Kind, choice: &Choice, i: usize) -> scenario::FileSystem {
        let version = self.constraints.file_system_type_version.as_ref();
        let mut raw = kind.file_system(i, choice, version);
        self.resize(&mut raw, kind, choice, i);
        if kind.is_elastic() {
            let capacity = self.requirement.capacity.as_ref();
            raw.stored = Some(Stored {
                data_gib: Some(self.need.data_gib(choice.lz4)),
                tier_shares: capacity.and_then(|capacity| capacity.tier_shares.clone()),
                read_requests_per_month: capacity.and_then(|capacity| capacity.read_requests_per_month),
                write_requests_per_month: capacity.and_then(|capacity| capacity.write_requests_per_month),
            });
        }
        raw
    }

    fn resize(&self, raw: &mut scenario::FileSystem, kind: &Kind, choice: &Choice, i: usize) {
        let size = Some(Whole(kind.size(i)));
        if kind.is_elastic() {
            raw.throughput_capacity_mb_per_s = size;
        } else {
            raw.storage_capacity_gib = size;
        }
        raw.fill = self.need.fill(kind, i, choice.lz4, &self.loads.assumptions);
    }

    /// Candidate of size `i`.
    pub(crate) fn candidate_at(&self, kind: &Kind, choice: &Choice, i: usize) -> Option<Candidate> {
        let mut row = self.row(kind);
        row.choose(*choice);
        row.at(i)
    }

    fn candidate(&self, scenario: &Scenario) -> Option<Candidate> {
        let assumptions = &self.loads.assumptions;
        let file_system = FileSystem::new(scenario, assumptions)?;
        let filling = filling(scenario, &file_system, assumptions);
        let quantities = Quantities::new(scenario, &file_system, filling, assumptions);
        Some(Candidate { file_system, quantities })
    }

    /// What can be chosen within a kind besides metadata and size, in the order in which it wins ties.
    fn bases(&self, kind: &Kind, caches: &[Cache]) -> Vec<Choice> {
        let squeezes = self.need.is_compressible()
            || self.scenario.workloads.iter().any(|workload| workload.compression_ratio() > 1.0);
        let lz4: &[bool] = if squeezes { &[false, true] } else { &[false] };
        let metadata = kind.plainest(self.constraints).metadata;
        let with = |stripes, cache, lz4| Choice { metadata, cache, lz4, stripes };
        STRIPES
            .into_iter()
            .flat_map(|stripes| caches.iter().map(move |&cache| (stripes, cache)))
            .flat_map(|(stripes, cache)| lz4.iter().map(move |&lz4| with(stripes, cache, lz4)))
            .collect()
    }

    /// The SSD read caches that may make a difference: none is worth its price to loads that read nothing from it.
    fn caches(&self, kind: &Kind) -> Vec<Cache> {
        let mut caches = kind.caches();
        if !self.loads.read_from_caches() {
            caches.truncate(1);
        }
        caches
    }

    /// Everything worth choosing within a kind, each with the sizes at which it is legal.
    pub(crate) fn choices(&self, kind: &Kind) -> Vec<(Choice, (usize, usize))> {
        let metadata = kind.metadata(self.constraints);
        let all = self
            .bases(kind, &self.caches(kind))
            .into_iter()
            .flat_map(|base| metadata.iter().map(move |&metadata| Choice { metadata, ..base }));
        all.filter_map(|choice| Some((choice, kind.range(&choice)?))).collect()
    }

    /// Room for the candidates of a kind, with its plainest choice at first.
    pub(crate) fn row(&self, kind: &Kind) -> Row<'_, 'a> {
        let (choice, scenario) = (kind.plainest(self.constraints), self.scenario.clone());
        let mut row = Row { space: self, kind: *kind, choice, scenario };
        row.choose(choice);
        row
    }

    /// The best candidate of a kind for what is wanted.
    pub(crate) fn best_of(&self, row: &mut Row<'_, '_>, kind: &Kind, wanted: &Wanted<'_>) -> Option<Found> {
        let mut best = None;
        self.improve(row, kind, wanted, &mut best);
        best
    }

    /// Looks through a kind for a candidate that is better than the best so far.
    pub(crate) fn improve(&self, row: &mut Row<'_, '_>, kind: &Kind, wanted: &Wanted<'_>, best: &mut Option<Found>) {
        row.turn_to(*kind);
        let metadata = kind.metadata(self.constraints);
        let (free, dear) = metadata.split_at(metadata.iter().filter(|metadata| metadata.is_free()).count());
        let Some(last) = kind.sizes().checked_sub(1) else { return };
        let first = [false, true].map(|lz4| self.need.first_size(kind, lz4, &self.loads.assumptions));
        let mut layout = None;
        let caches = self.caches(kind);
        for base in self.bases(kind, &caches) {
            let from = first[usize::from(base.lz4)];
            let mut left = free;
            if best.is_none() && from <= last {
                self.try_metadata(row, base, (from, last), std::mem::take(&mut left), wanted, best);
            }
            // mostly, nothing that can be chosen besides the size matters: judged by the most of it all
            let key = (base.stripes, best.map(|best| best.usd));
            let may_be = |row: &mut Row<'_, '_>, from, rich: Choice| {
                let ends = richest(&metadata).into_iter().map(|metadata| [base, Choice { metadata, ..rich }]);
                ends.into_iter().any(|ends| self.may_be_in(row, ends, (from, last), wanted, best.as_ref()))
            };
            if layout.is_none_or(|(known, _)| known != key) {
                let rich = Choice { cache: caches.last().copied().unwrap_or(base.cache), lz4: true, ..base };
                layout = Some((key, may_be(row, first[0].min(first[1]), rich)));
            }
            let Some((_, true)) = layout else { continue };
            if dear.len() < 2 || may_be(row, from, base) {
                self.try_metadata(row, base, (from, last), left, wanted, best);
                self.try_metadata(row, base, (from, last), dear, wanted, best);
            }
        }
    }

    fn try_metadata(
        &self,
        row: &mut Row<'_, '_>,
        base: Choice,
        (from, to): (usize, usize),
        all: &[Metadata],
        wanted: &Wanted<'_>,
        best: &mut Option<Found>,
    ) {
        for &metadata in all {
            let choice = Choice { metadata, ..base };
            let Some(range) = row.kind.range(&choice) else { continue };
            let (from, to) = (from.max(range.0), to.min(range.1));
            if from <= to {
                row.choose(choice);
                self.descend(row, (from, to), wanted, best);
            }
        }
    }

    /// The last size of a range that by itself may cost less than what was found; `None` if none does. `last` is billed
    /// for no more than any other choice of the largest size but for metadata and cache.
    fn affordable(
        &self,
        row: &mut Row<'_, '_>,
        last: &Candidate,
        (from, to): (usize, usize),
        found: Option<&Found>,
    ) -> Option<usize> {
        let kind = row.kind;
        let Some(found) = found else { return Some(to) };
        let mut least = |i: usize| {
            let least = row.at(i).map(|first| size_alone(&least_bill(&first, last)));
            least.map_or(Usd::ZERO, |least| Bill::new(&least, &self.prices).known())
        };
        let smallest = least(from);
        if smallest >= found.usd {
            return None;
        }
        // mostly, what is billed is in proportion to the size
        let most = Whole(kind.size(from)).get() * (found.usd.to_f64() / smallest.to_f64());
        let guess = from + count_while(to - from + 1, |i| Whole(kind.size(from + i)).get() < most * (1.0 - 1e-12));
        if guess > to || least(guess) >= found.usd {
            return Some(guess.min(to + 1) - 1);
        }
        (guess + count_while(to - guess + 1, |i| least(guess + i) < found.usd)).checked_sub(1)
    }

    /// Looks through a range of sizes for a candidate that is better than the best so far.
    fn descend(&self, row: &mut Row<'_, '_>, range: (usize, usize), wanted: &Wanted<'_>, best: &mut Option<Found>) {
        let mut ranges = vec![(range, 0)];
        // the bound compares systems of two targets or more: a single one is judged by itself
        if range.0 == 0 && range.1 > 0 {
            ranges = vec![((1, range.1), 0), ((0, 0), 0)];
        }
        while let Some(((from, to), depth)) = ranges.pop() {
            if from == to {
                self.judge(row, from, wanted, best);
                continue;
            }
            let Some((first, last)) = row.ends((from, to)) else { continue };
            if let Some(most) = self.may_be_better(&first, &last, wanted, best.as_ref()) {
                let split = split(&row.kind, (from, to), most / wanted.margin, depth);
                ranges.push(((split, to), depth + 1));
                ranges.push(((from, split - 1), depth + 1));
            }
        }
    }

    /// Whether something better may be among choices, from the plainest to the richest, of which only the size has its
    /// price.
    fn may_be_in(
        &self,
        row: &mut Row<'_, '_>,
        [plain, rich]: [Choice; 2],
        (from, to): (usize, usize),
        wanted: &Wanted<'_>,
        best: Option<&Found>,
    ) -> bool {
        let kind = row.kind;
        if from > to {
            return false;
        }
        row.choose(rich.at_least(kind.automatic(to)));
        let Some(last) = row.at(to) else { return false };
        row.choose(plain);
        let Some(to) = self.affordable(row, &last, (from, to), best) else { return false };
        let mut may_be = |from, to| {
            row.choose(plain);
            let first = row.at(from);
            row.choose(rich.at_least(kind.automatic(to)));
            let Some((mut first, mut last)) = first.zip(row.at(to)) else { return false };
            for end in [&mut first, &mut last] {
                end.quantities = size_alone(&end.quantities);
            }
            self.may_be_better(&first, &last, wanted, best).is_some()
        };
        from == 0 && may_be(0, 0) || to > 0 && may_be(from.max(1), to)
    }

    /// Most that any size from one candidate to another can reach of the targets, if one may be better than the best.
    fn may_be_better(
        &self,
        first: &Candidate,
        last: &Candidate,
        wanted: &Wanted<'_>,
        best: Option<&Found>,
    ) -> Option<f64> {
        let bill = Bill::new(&least_bill(first, last), &self.prices).known();
        let beaten = |usd: Usd| best.is_some_and(|best| usd >= best.usd);
        if beaten(bill) || wanted.budget.is_some_and(|most| bill > most) {
            return None;
        }
        self.count();
        if wanted.objective != Objective::LeastTotal {
            let most = wanted.loads.at_most(&first.file_system, &last.file_system);
            return most.is_enough(wanted.margin).then_some(most.margin);
        }
        let idle = wanted.loads.idle(self.clients.len(), |take| {
            wanted.loads.at_most_each(&first.file_system, &last.file_system, take);
        });
        let waiting = self.waiting(&idle.shares, first.quantities.hours.min(last.quantities.hours));
        (idle.in_time && !beaten(bill + waiting)).then_some(1.0)
    }

    fn judge(&self, row: &mut Row<'_, '_>, i: usize, wanted: &Wanted<'_>, best: &mut Option<Found>) {
        let Some(candidate) = row.at(i) else { return };
        let bill = Bill::new(&candidate.quantities, &self.prices);
        let beaten = |usd: Usd| best.is_some_and(|best| usd >= best.usd);
        if beaten(bill.known()) || wanted.budget.is_some_and(|most| bill.known() > most) {
            return;
        }
        self.count();
        let reached = wanted.loads.judge(&candidate.file_system);
        let mut usd = bill.known();
        if wanted.objective == Objective::LeastTotal {
            let idle = wanted.loads.idle(self.clients.len(), |take| {
                wanted.loads.judge_each(&candidate.file_system, take);
            });
            usd = usd + self.waiting(&idle.shares, candidate.quantities.hours);
            if !idle.in_time || beaten(usd) {
                return;
            }
        } else if !reached.is_enough(wanted.margin) {
            return;
        }
        let partial = self.lacks_prices(&candidate.quantities);
        *best = Some(Found { kind: row.kind, choice: row.choice, size: i, usd, partial, reached });
    }

    /// What clients cost that wait so much of so many hours.
    fn waiting(&self, idle: &[f64], hours: f64) -> Usd {
        let each = self.clients.iter().zip(idle);
        each.filter_map(|((count, rate), share)| Some(Quantity::new(count * share * hours) * (*rate)?)).sum()
    }

    /// Most of the targets that a kind reaches at any size whose bill is within the budget, and with what.
    pub(crate) fn fastest_of(&self, kind: &Kind, wanted: &Wanted<'_>) -> Option<Found> {
        let mut best: Option<Found> = None;
        let first = [false, true].map(|lz4| self.need.first_size(kind, lz4, &self.loads.assumptions));
        let mut row = self.row(kind);
        for (choice, (from, to)) in self.choices(kind) {
            let from = from.max(first[usize::from(choice.lz4)]);
            if from > to {
                continue;
            }
            row.choose(choice);
            // the largest first: it is the likeliest to be the fastest
            let mut ranges = if from == 0 && to > 0 { vec![(0, 0), (1, to)] } else { vec![(from, to)] };
            while let Some((from, to)) = ranges.pop() {
                let Some((first, last)) = row.at(from).zip(row.at(to)) else { continue };
                let bill = Bill::new(&least_bill(&first, &last), &self.prices);
                if wanted.budget.is_some_and(|most| bill.known() > most) {
                    continue;
                }
                self.count();
                if from < to {
                    let most = wanted.loads.at_most(&first.file_system, &last.file_system);
                    if most.is_faster(best.as_ref().map(|best| &best.reached)) {
                        let mid = from.midpoint(to);
                        ranges.push((from, mid));
                        ranges.push((mid + 1, to));
                    }
                    continue;
                }
                let reached = wanted.loads.judge(&first.file_system);
                if reached.is_faster(best.as_ref().map(|best| &best.reached)) {
                    let (usd, partial) = (bill.known(), self.lacks_prices(&first.quantities));
                    best = Some(Found { kind: *kind, choice, size: from, usd, partial, reached });
                }
            }
        }
        best
    }

    /// Whether the file system itself is billed for something whose price or quantity is not known. What is the same
    /// for every file system, backups and traffic between zones, changes no order.
    pub(crate) fn lacks_prices(&self, quantities: &Quantities) -> bool {
        quantities.amounts().into_iter().any(|(item, amount)| {
            let billed = !matches!(item, Item::Backup | Item::CrossZone) && amount != Amount::Nothing;
            billed && (!matches!(amount, Amount::Known(_)) || self.prices.get(item).is_none())
        })
    }

    fn count(&self) {
        self.evaluations.set(self.evaluations.get() + 1);
    }
}

/// The metadata that none of the others is faster than: the most of them; and none at all, whose rates are not those of
/// so many Metadata IOPS.
fn richest(metadata: &[Metadata]) -> Vec<Metadata> {
    let bare = metadata.contains(&Metadata::None) && metadata.len() > 1;
    metadata.last().copied().into_iter().chain(bare.then_some(Metadata::None)).collect()
}

/// The least of each quantity that any size from `first` to `last` is billed for.
fn least_bill(first: &Candidate, last: &Candidate) -> Quantities {
    let (a, b) = (&first.quantities, &last.quantities);
    let least = |of: fn(&Quantities) -> Option<f64>| of(a).zip(of(b)).map(|(a, b)| a.min(b));
    Quantities {
        metadata_iops_above: a.metadata_iops_above.min(b.metadata_iops_above),
        read_cache_gib: a.read_cache_gib.min(b.read_cache_gib),
        backup_gib: least(|it| it.backup_gib),
        stored_gib: least(|it| it.stored_gib),
        client_hours: a.client_hours.min(b.client_hours),
        hours: a.hours.min(b.hours),
        existing: a.existing.min(b.existing),
        ..*a
    }
}

/// The same with no Metadata IOPS and no SSD read cache to pay for.
fn size_alone(quantities: &Quantities) -> Quantities {
    Quantities { metadata_iops_above: 0.0, elastic_metadata_iops: 0.0, read_cache_gib: 0.0, ..*quantities }
}

/// Where to cut a range in two: the first size that reaches the targets if its last reaches `most` of them and every
/// size in proportion; every other time in the middle, in case they do not.
fn split(kind: &Kind, (from, to): (usize, usize), most: f64, depth: usize) -> usize {
    let guess = if depth % 2 == 1 && !most.is_infinite() {
        from.midpoint(to) + 1
    } else {
        let enough = Whole(kind.size(to)).get() / most;
        from + count_while(to - from, |i| Whole(kind.size(from + i)).get() < enough * (1.0 - 1e-9))
    };
    guess.clamp(from + 1, to)
}

/// Number of candidates of a kind.
pub(crate) fn grid_size(space: &Space<'_>, kind: &Kind) -> u64 {
    // layout and compression go with every size
    let plain = kind.plainest(space.constraints);
    let with =
        |cache| kind.metadata(space.constraints).into_iter().map(move |metadata| Choice { metadata, cache, ..plain });
    let sizes = kind.caches().into_iter().flat_map(with).filter_map(|choice| kind.range(&choice));
    let sizes: usize = sizes.map(|(from, to)| to - from + 1).sum();
    u64::try_from(sizes * space.bases(kind, &[plain.cache]).len()).unwrap_or(u64::MAX)
}
