//! The search: for each kind the best candidate, exactly.
//!
//! The sizes of one kind and choice are halved again and again. A range of sizes is given up only for one of two
//! reasons, both proven for all of it: nothing in it can cost less than what is already found (the sum of the least
//! that each of its quantities can be), or nothing in it can meet the targets ([`Loads::at_most`]). What is left are
//! single sizes, and these are judged by the same evaluation that `estimate` does.

use std::cell::Cell;

use super::candidates::{Candidate, Row};
use super::confidence::Draws;
use super::kinds::{Choice, Kind, Metadata, count_while};
use super::load::{Loads, Reached};
use super::need::Need;
use super::requirement::{Constraints, Objective, Requirement};
use super::total::Waits;
use crate::cost::{Amount, Bill, Item, Prices, Quantities};
use crate::job::Apart;
use crate::money::{Rate, Usd};
use crate::scenario::{Scenario, Workload};
use crate::shape::Whole;

/// What a search works on.
#[derive(Debug)]
pub(crate) struct Space<'a> {
    pub(crate) requirement: &'a Requirement,
    pub(crate) constraints: &'a Constraints,
    /// The requirement on some file system, its workloads offering their target rates.
    pub(crate) scenario: Scenario,
    /// Workloads that run apart from some of those.
    pub(crate) apart: Vec<Apart>,
    pub(crate) loads: Loads,
    /// What is drawn, where a plan has to hold in a share of the draws.
    pub(crate) draws: Option<Draws>,
    /// For `least_total`: what is lost where storage is slow.
    pub(crate) waits: Option<Waits>,
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
    /// Draws in which it has to hold too.
    pub(crate) draws: Option<&'a Draws>,
    /// Least share of the targets to reach.
    pub(crate) margin: f64,
    /// For `least_total`: the share of the time that has to be work, where the bill alone is to be made small.
    pub(crate) useful: Option<f64>,
    /// Most it may cost.
    pub(crate) budget: Option<Usd>,
}

/// The smallest and the largest of a range of candidates, each with its choice and its size.
type Bracket = [(Candidate, (Choice, usize)); 2];

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
impl Space<'_> {
    /// A workload by its place among the loads.
    pub(crate) fn workload(&self, place: usize) -> Option<&Workload> {
        let main = &self.scenario.workloads;
        main.get(place).or_else(|| self.apart.get(place.checked_sub(main.len())?).map(|it| &it.workload))
    }

    /// Its name.
    pub(crate) fn name(&self, place: usize) -> String {
        self.workload(place).map(|it| it.name_or_number(place)).unwrap_or_default()
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
        let caches = self.caches(kind);
        let smallest = first[0].min(first[1]);
        let plain = kind.plainest(self.constraints);
        let rich = Choice { cache: caches.last().copied().unwrap_or(plain.cache), lz4: true, ..plain };
        if smallest > last || self.affordable(row, [plain, rich], (smallest, last), best.as_ref()).is_none() {
            return;
        }
        let brackets = |row: &mut Row<'_, '_>, from, [plain, rich]: [Choice; 2], best: Option<&Found>| -> Vec<_> {
            let ends = richest(&metadata).into_iter().map(|metadata| [plain, Choice { metadata, ..rich }]);
            ends.flat_map(|ends| self.brackets(row, ends, (from, last), best)).collect()
        };
        let may_be = |all: &[Bracket], stripes, best: Option<&Found>| {
            all.iter().any(|[(first, plain), (last, rich)]| {
                let Some((first, last)) = first.laid_out(stripes).zip(last.laid_out(stripes)) else { return false };
                let ends = [plain, rich].map(|(choice, size)| (Choice { stripes, ..*choice }, *size));
                let may_be_sure = |draws: &Draws| draws.may_be_met_among(self, kind, ends, wanted.margin);
                self.may_be_better(&first, &last, wanted, best).is_some() && wanted.draws.is_none_or(may_be_sure)
            })
        };
        // mostly, nothing that can be chosen besides the size matters: judged by the most of it all
        let (mut all, mut layout) = (None, None);
        for base in self.bases(kind, &caches) {
            let from = first[usize::from(base.lz4)];
            let mut left = free;
            if best.is_none() && from <= last {
                self.try_metadata(row, base, (from, last), std::mem::take(&mut left), wanted, best);
            }
            let usd = best.map(|best| best.usd);
            if all.as_ref().is_none_or(|(known, _)| *known != usd) {
                (all, layout) = (Some((usd, brackets(row, smallest, [plain, rich], best.as_ref()))), None);
            }
            if layout.is_none_or(|(stripes, _)| stripes != base.stripes) {
                let found = all.as_ref().is_some_and(|(_, all)| may_be(all, base.stripes, best.as_ref()));
                layout = Some((base.stripes, found));
            }
            let Some((_, true)) = layout else { continue };
            let worth_it = |row: &mut Row<'_, '_>, best: Option<&Found>| {
                may_be(&brackets(row, from, [base, base], best), base.stripes, best)
            };
            if dear.len() < 2 || worth_it(row, best.as_ref()) {
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

    /// The last size of a range that by itself, whatever else is chosen from the plainest to the richest, may cost less than
    /// what was found; `None` if none does.
    fn affordable(
        &self,
        row: &mut Row<'_, '_>,
        [plain, rich]: [Choice; 2],
        (from, to): (usize, usize),
        found: Option<&Found>,
    ) -> Option<usize> {
        let kind = row.kind;
        let Some(found) = found else { return Some(to) };
        row.choose(rich.at_least(kind.automatic(to)));
        let last = row.at(to)?;
        row.choose(plain);
        let mut least = |i: usize| {
            let least = row.at(i).map(|first| size_alone(&least_bill(&first, &last)));
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
            if let Some(most) = self.may_be_better(&first, &last, wanted, best.as_ref())
                && wanted.draws.is_none_or(|draws| draws.may_be_met(row, (from, to), wanted.margin))
            {
                let split = split(&row.kind, (from, to), most / wanted.margin, depth);
                ranges.push(((split, to), depth + 1));
                ranges.push(((from, split - 1), depth + 1));
            }
        }
    }

    /// The ends of sizes that something better may be among, with choices from the plainest to the richest, of which only
    /// the size has its price.
    fn brackets(
        &self,
        row: &mut Row<'_, '_>,
        [plain, rich]: [Choice; 2],
        (from, to): (usize, usize),
        best: Option<&Found>,
    ) -> Vec<Bracket> {
        let kind = row.kind;
        let last = if from > to { None } else { self.affordable(row, [plain, rich], (from, to), best) };
        let Some(to) = last else { return Vec::new() };
        let ranges = [(from == 0).then_some((0, 0)), (to > 0).then_some((from.max(1), to))];
        let ends = ranges.into_iter().flatten().filter_map(|(from, to)| {
            let mut end = |choice: Choice, size: usize| {
                row.choose(choice);
                let end = row.at(size)?;
                Some((Candidate { quantities: size_alone(&end.quantities), ..end }, (choice, size)))
            };
            Some([end(plain, from)?, end(rich.at_least(kind.automatic(to)), to)?])
        });
        ends.collect()
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
        let total = self.least_total([first, last], bill, wanted.useful)?;
        (!beaten(total)).then_some(1.0)
    }

    fn judge(&self, row: &mut Row<'_, '_>, i: usize, wanted: &Wanted<'_>, best: &mut Option<Found>) {
        let Some(candidate) = row.at(i) else { return };
        let Some((usd, reached)) = self.worth(&candidate, wanted, best.map(|best| best.usd)) else { return };
        if wanted.draws.is_some_and(|draws| !draws.are_met(self, row, i, wanted.margin)) {
            return;
        }
        let partial = self.lacks_prices(&candidate.quantities);
        *best = Some(Found { kind: row.kind, choice: row.choice, size: i, usd, partial, reached });
    }

    /// What is to be made small of a candidate that at mid values does what is wanted for less than `most`, and what it
    /// reaches; `None` of any other.
    pub(crate) fn worth(
        &self,
        candidate: &Candidate,
        wanted: &Wanted<'_>,
        most: Option<Usd>,
    ) -> Option<(Usd, Reached)> {
        let bill = Bill::new(&candidate.quantities, &self.prices).known();
        let beaten = |usd: Usd| most.is_some_and(|most| usd >= most);
        if beaten(bill) || wanted.budget.is_some_and(|budget| bill > budget) {
            return None;
        }
        self.count();
        let reached = wanted.loads.judge(&candidate.file_system);
        if wanted.objective != Objective::LeastTotal {
            return reached.is_enough(wanted.margin).then_some((bill, reached));
        }
        let usd = self.total(candidate, bill, wanted.useful)?;
        (!beaten(usd)).then_some((usd, reached))
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
