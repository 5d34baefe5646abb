//! What comes of each kind of file system.

use super::Grid;
use super::candidates::{Candidate, Row};
use super::kinds::{Choice, Kind, Metadata};
use super::load::Reached;
use super::requirement::Objective;
use super::search::{Found, Space, Wanted};
use crate::cost::Bill;
use crate::finding::Finding;
use crate::money::Usd;

/// A kind and what comes of it.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) kind: Kind,
    pub(crate) verdict: Verdict,
}

/// What comes of a kind.
#[derive(Clone, Debug)]
pub(crate) enum Verdict {
    /// It does what is wanted.
    Found(Found),
    /// It would, for more than the budget.
    TooDear(Found),
    /// It would, but its price is not known in full.
    NoPrice(Found),
    /// These constraints leave it out, each with what would let it in; what it would have come to, if that is better
    /// than the best.
    LeftOut(Vec<(&'static str, String)>, Option<Found>),
    /// A rule forbids it.
    Illegal(Finding),
    /// Its largest size does not hold the data.
    TooSmall,
    /// Its largest size does not meet the targets: with this choice it comes nearest.
    TooSlow(Choice, Reached),
    /// Its largest size meets the targets, but in no more than this share of the draws.
    TooUnsure(f64),
}

impl Outcome {
    /// Whether constraints and rules allow the kind.
    pub(crate) const fn is_allowed(&self) -> bool {
        !matches!(self.verdict, Verdict::LeftOut(..) | Verdict::Illegal(_))
    }
}

/// Kinds that are allowed, and whose price is known in full or is not.
fn allowed<'a>(space: &'a Space<'_>, grid: &'a Grid, priced: bool) -> impl Iterator<Item = &'a Kind> {
    let allowed = grid.iter().filter(|(kind, error)| error.is_none() && kind.left_out(space.constraints).is_empty());
    allowed.map(|(kind, _)| kind).filter(move |kind| space.has_all_prices(kind) == priced)
}

/// What is wanted, whatever it costs: for the fastest, to be as fast as the fastest within the budget; those whose price
/// is not known in full count only where no other does what is asked at any price.
pub(crate) fn wanted<'a>(space: &'a Space<'_>, grid: &'a Grid) -> Wanted<'a> {
    match space.requirement.objective() {
        Objective::Fastest => {
            let fastest = |priced, budget| as_fast_as(space, allowed(space, grid, priced), budget);
            let in_part = || if fastest(true, None).is_some() { None } else { fastest(false, space.budget()) };
            fastest(true, space.budget()).or_else(in_part).unwrap_or_else(|| space.wanted())
        }
        Objective::Cheapest | Objective::LeastTotal => space.wanted(),
    }
}

/// The cheapest of all kinds that are priced in full, for what is wanted, if it is cheaper than one that is known.
pub(crate) fn cheaper(space: &Space<'_>, grid: &Grid, wanted: &Wanted<'_>, known: Option<Found>) -> Option<Found> {
    let mut best = known;
    let mut row = space.row(&grid.first()?.0);
    for kind in allowed(space, grid, true) {
        space.improve(&mut row, kind, wanted, &mut best);
    }
    best
}

/// The best of all kinds, without what comes of the others.
pub(crate) fn winner(space: &Space<'_>, grid: &Grid) -> Option<Found> {
    let wanted = Wanted { budget: space.budget(), ..wanted(space, grid) };
    cheaper(space, grid, &wanted, None).or_else(|| rank(&outcomes(space, grid)).first().copied())
}

/// What comes of every kind.
pub(crate) fn outcomes(space: &Space<'_>, grid: &Grid) -> Vec<Outcome> {
    let budget = space.budget();
    let wanted = wanted(space, grid);
    let mut outcomes = Vec::with_capacity(grid.len());
    let mut left_out = Vec::new();
    let Some(mut row) = grid.first().map(|(kind, _)| space.row(kind)) else { return outcomes };
    for (i, (kind, error)) in grid.iter().enumerate() {
        let by = kind.left_out(space.constraints);
        let verdict = match error {
            Some(error) => Verdict::Illegal(error.clone()),
            None if by.is_empty() => verdict(&mut row, space, kind, &wanted, budget),
            None => {
                left_out.push(i);
                Verdict::LeftOut(by, None)
            }
        };
        outcomes.push(Outcome { kind: *kind, verdict });
    }
    let best = rank(&outcomes).first().copied().filter(|best| !best.partial);
    for i in left_out {
        let Outcome { kind, verdict } = &mut outcomes[i];
        if let Verdict::LeftOut(_, would) = verdict {
            let mut found = best;
            space.improve(&mut row, kind, &wanted, &mut found);
            *would = found.filter(|found| found.kind == *kind);
        }
    }
    outcomes
}

/// A speed this near to the highest is as good: what is wanted then is the cheapest that has it.
const NEARLY: f64 = 0.99;

/// What is wanted of the fastest: to come within 1 % of the most that any kind reaches within the budget, cheaply; `None`
/// if none does what is asked.
fn as_fast_as<'a>(
    space: &'a Space<'_>,
    kinds: impl Iterator<Item = &'a Kind>,
    budget: Option<Usd>,
) -> Option<Wanted<'a>> {
    let wanted = Wanted { budget, ..space.wanted() };
    let fastest = kinds.filter_map(|kind| space.fastest_of(kind, &wanted)).map(|found| found.reached.margin);
    let margin = fastest.reduce(f64::max)? * NEARLY;
    Some(Wanted { objective: Objective::Cheapest, margin: margin.max(1.0), budget: None, ..wanted })
}

fn verdict(row: &mut Row<'_, '_>, space: &Space<'_>, kind: &Kind, wanted: &Wanted<'_>, budget: Option<Usd>) -> Verdict {
    let Some(found) = space.best_of(row, kind, wanted) else { return space.too_little(kind) };
    let over = budget.is_some_and(|most| space.bill(&found) > most);
    let within = if over { space.best_of(row, kind, &Wanted { budget, ..*wanted }) } else { Some(found) };
    match within {
        None => Verdict::TooDear(found),
        Some(found) if found.partial => Verdict::NoPrice(found),
        Some(found) => Verdict::Found(found),
    }
}

/// The kinds that do what is wanted, the best first. Only where the price of none that does it is known in full, those
/// with the least known part take their place.
pub(crate) fn rank(outcomes: &[Outcome]) -> Vec<Found> {
    let found = |outcome: &Outcome| match outcome.verdict {
        Verdict::Found(found) => Some(found),
        _ => None,
    };
    let in_part = |outcome: &Outcome| match outcome.verdict {
        Verdict::NoPrice(found) => Some(found),
        _ => None,
    };
    let mut ranked: Vec<Found> = outcomes.iter().filter_map(found).collect();
    let too_dear = |outcome: &Outcome| matches!(&outcome.verdict, Verdict::TooDear(found) if !found.partial);
    if ranked.is_empty() && !outcomes.iter().any(too_dear) {
        ranked = outcomes.iter().filter_map(in_part).collect();
    }
    ranked.sort_by_key(|found| found.usd);
    ranked
}

/// Most alternatives.
const MOST_ALTERNATIVES: usize = 5;

/// The next best that differ in kind: one of each deployment type, storage class and EFA first, then other tiers.
pub(crate) fn alternatives(ranked: &[Found]) -> Vec<Found> {
    let Some((best, others)) = ranked.split_first() else { return Vec::new() };
    let group = |found: &Found| (found.kind.deployment, found.kind.storage, found.kind.efa);
    let mut seen = vec![group(best)];
    let mut chosen: Vec<Found> = Vec::new();
    for found in others {
        if !seen.contains(&group(found)) {
            seen.push(group(found));
            chosen.push(*found);
        }
    }
    let more = others.iter().filter(|found| !chosen.contains(found)).copied().collect::<Vec<_>>();
    chosen.extend(more);
    chosen.truncate(MOST_ALTERNATIVES);
    chosen.sort_by_key(|found| found.usd);
    chosen
}

impl Space<'_> {
    /// The smallest candidate of a kind.
    fn smallest(&self, kind: &Kind) -> Option<Candidate> {
        self.candidate_at(kind, &kind.plainest(self.constraints), 0)
    }

    /// Whether all that a file system of this kind is billed for has a price.
    pub(crate) fn has_all_prices(&self, kind: &Kind) -> bool {
        self.smallest(kind).is_some_and(|it| !self.lacks_prices(&it.quantities))
    }

    /// Whether anything that a file system of this kind is billed for has a price.
    pub(crate) fn has_a_price(&self, kind: &Kind) -> bool {
        self.smallest(kind).is_some_and(|it| Bill::new(&it.quantities, &self.prices).known() > Usd::ZERO)
    }

    /// The bill of what was found.
    pub(crate) fn bill(&self, found: &Found) -> Usd {
        let candidate = self.candidate_at(&found.kind, &found.choice, found.size);
        candidate.map_or(found.usd, |it| Bill::new(&it.quantities, &self.prices).known())
    }

    /// Why a kind has no candidate.
    fn too_little(&self, kind: &Kind) -> Verdict {
        let assumptions = &self.loads.assumptions;
        let smallest = [false, true].map(|lz4| self.need.first_size(kind, lz4, assumptions));
        if smallest[0].min(if self.need.is_compressible() { smallest[1] } else { usize::MAX }) >= kind.sizes() {
            return Verdict::TooSmall;
        }
        let mut nearest: Option<(Choice, usize, Reached)> = None;
        let ends =
            [kind.plainest(self.constraints).metadata, kind.metadata(self.constraints).pop().unwrap_or(Metadata::None)];
        let worth = |choice: &Choice| ends.contains(&choice.metadata);
        for (choice, (_, to)) in self.choices(kind).into_iter().filter(|(choice, _)| worth(choice)) {
            let Some(candidate) = self.candidate_at(kind, &choice, to) else { continue };
            let reached = self.loads.judge(&candidate.file_system);
            if nearest.is_none_or(|(.., best)| reached.least() > best.least()) {
                nearest = Some((choice, to, reached));
            }
        }
        let Some((choice, size, reached)) = nearest else { return Verdict::TooSmall };
        match self.share_met(kind, &choice, size) {
            Some(share) if reached.is_enough(1.0) => Verdict::TooUnsure(share),
            _ => Verdict::TooSlow(choice, reached),
        }
    }
}
