//! The frontier: what more, or less, than the targets costs at least.

use super::answer::FrontierPoint;
use super::load::Figure;
use super::outcome::{Outcome, Verdict};
use super::requirement::Objective;
use super::search::{Found, Space, Wanted};
use crate::money::Usd;

/// Multiples of the targets that are priced.
const LEVELS: [f64; 6] = [0.5, 0.75, 1.0, 1.5, 2.0, 3.0];

/// The least that multiples of the targets cost, the cheapest first: no point costs less than one with more.
///
/// Each point is the cheapest candidate of all kinds that are allowed and priced, found by the same search as the best.
pub(crate) fn frontier(space: &Space<'_>, outcomes: &[Outcome], best: Option<&Found>) -> Vec<FrontierPoint> {
    let Some(best) = best.filter(|best| !best.partial && best.reached.margin.is_finite()) else { return Vec::new() };
    let mut kinds: Vec<_> = outcomes.iter().filter_map(|it| Some((&it.kind, at_the_targets(space, it)?))).collect();
    // a good candidate first rules out most of the rest
    kinds.sort_by_key(|(kind, least)| (**kind != best.kind, *least));
    let (asked, several) = space.asked();
    let mut points: Vec<(f64, Found)> = Vec::new();
    // the fastest within a budget is a multiple of the targets itself
    let whole = if space.requirement.objective() == Objective::Fastest { best.reached.margin } else { 1.0 };
    let mut cheapest: Option<Found> = None;
    let mut row = space.row(&best.kind);
    // what reaches more reaches less too, mostly: a good start
    for level in LEVELS.into_iter().rev() {
        let times = level * whole;
        let loads = space.loads.scaled(times);
        let draws = space.draws.as_ref().map(|draws| draws.scaled(times));
        let draws = draws.as_ref();
        let wanted =
            Wanted { objective: Objective::Cheapest, loads: &loads, draws, margin: 1.0, useful: None, budget: None };
        cheapest = cheapest.and_then(|found| space.again(&found, &wanted));
        if (level - 1.0).abs() < f64::EPSILON && space.requirement.objective() == Objective::Cheapest {
            cheapest = Some(*best);
        } else {
            for (kind, least) in &kinds {
                // no kind does more for less than it does what is asked
                let may_do = level < 1.0 || least.is_some_and(|least| cheapest.is_none_or(|best| least < best.usd));
                if may_do {
                    space.improve(&mut row, kind, &wanted, &mut cheapest);
                }
            }
        }
        if let Some(found) = cheapest {
            points.push((if several { times } else { times * found.reached.margin }, found));
        }
    }
    undominated(points, |found| found.usd)
        .into_iter()
        .map(|(times, found)| FrontierPoint {
            usd_per_month: space.bill(&found).to_f64(),
            value: if several { times } else { asked.map_or(times, |asked| asked.reached(times)) },
            unit: if several { "×" } else { asked.map_or("×", |asked| asked.unit) },
            family: found.kind.name(),
            file_system: space.raw(&found.kind, &found.choice, found.size),
        })
        .collect()
}

/// The points than which none has as much for no more, the cheapest first.
fn undominated<T, C: Ord>(mut points: Vec<(f64, T)>, usd: impl Fn(&T) -> C) -> Vec<(f64, T)> {
    points.sort_by(|(a_times, a), (b_times, b)| usd(a).cmp(&usd(b)).then(b_times.total_cmp(a_times)));
    let mut most = 0.0;
    points.retain(|(times, _)| {
        let more = *times > most;
        most = times.max(most);
        more
    });
    points
}

/// What a kind with a known price costs at least that does what is asked, `None` if it does not; nothing for one without.
fn at_the_targets(space: &Space<'_>, outcome: &Outcome) -> Option<Option<Usd>> {
    match &outcome.verdict {
        Verdict::Found(found) | Verdict::TooDear(found) => Some(Some(space.bill(found))),
        Verdict::TooSlow(..) | Verdict::TooUnsure(_) if space.has_all_prices(&outcome.kind) => Some(None),
        _ => None,
    }
}

impl Space<'_> {
    /// Something found, if it does what is wanted now.
    fn again(&self, found: &Found, wanted: &Wanted<'_>) -> Option<Found> {
        let mut row = self.row(&found.kind);
        row.choose(found.choice);
        let reached = wanted.loads.judge(&row.at(found.size)?.file_system);
        let is_sure = wanted.draws.is_none_or(|draws| draws.are_met(self, &mut row, found.size, wanted.margin));
        (is_sure && reached.is_enough(wanted.margin)).then_some(Found { reached, ..*found })
    }

    /// The one rate or time that is asked for; and whether there are several.
    pub(crate) fn asked(&self) -> (Option<super::proposal::Asked>, bool) {
        let figures = |i| [Figure::Rate, Figure::Seconds].into_iter().map(move |figure| (i, figure));
        let wanted = |(i, figure): (usize, Figure)| {
            let aim = self.loads.aims.get(i)?;
            let there = if figure == Figure::Rate { aim.rate } else { aim.seconds.is_some() };
            self.target(i, figure).filter(|_| there)
        };
        let mut all = (0..self.loads.aims.len()).flat_map(figures).filter_map(wanted);
        (all.next(), all.next().is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::undominated;

    #[test]
    fn what_costs_more_for_less_is_no_point() {
        // twice as much may cost less than as much: a time is easier where more is offered
        let points = [(3.0, 2390), (2.0, 1643), (1.5, 2200), (1.0, 1942), (0.75, 1494), (0.5, 1494)];
        let left = undominated(points.to_vec(), |usd| *usd);
        assert_eq!(left, [(0.75, 1494), (2.0, 1643), (3.0, 2390)]);
    }
}
