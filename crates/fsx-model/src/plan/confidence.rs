//! Draws of a plan: the assumptions, and how far predictions are off, drawn again and again; a file system has to do in
//! so many of the draws what is asked of it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;

use super::Grid;
use super::answer::{PlanAtMid, PlanUncertainty, WorthMeasuring};
use super::candidates::{Candidate, Row};
use super::inputs;
use super::kinds::{Choice, Kind};
use super::load::{Loads, Reached};
use super::need::{Need, kind_holds};
use super::outcome;
use super::requirement::{Requirement, Uncertainty};
use super::search::{Found, Space, Wanted};
use crate::catalog::{ASSUMPTIONS, Assumption, Assumptions};
use crate::design::FileSystem;
use crate::draws;
use crate::family::Membership;
use crate::job::{self, Apart};
use crate::money::Usd;
use crate::scenario::{DataCompressionType, Scenario};
use crate::shape::Whole;
use crate::spread::FIVE_PERCENT;

/// All draws of a plan.
#[derive(Debug)]
pub(crate) struct Draws {
    all: Vec<Draw>,
    /// Most of them in which something may be missed.
    most_missed: usize,
    /// The order in which they are tried: those that were missed lately first.
    order: RefCell<Vec<usize>>,
    /// By workload, the least and the greatest scatter of predictions of it.
    scatter: Vec<[f64; 2]>,
}

/// One draw.
#[derive(Debug)]
struct Draw {
    /// The loads with the assumptions of this draw.
    loads: Loads,
    /// The data to hold in this draw.
    need: Need,
    /// By workload, how far what it reaches is off, in standard deviations of the scatter of its kind.
    off: Vec<f64>,
}

impl Draw {
    /// How many times as much as predicted a workload reaches.
    fn factor(&self, workload: usize, scatter: f64) -> f64 {
        self.off.get(workload).map_or(1.0, |off| libm::exp(off * scatter))
    }
}

impl Uncertainty {
    /// Seed and number of the draws.
    fn stream(&self) -> (u64, u32) {
        (u64::try_from(self.seed().0).unwrap_or(0), u32::try_from(self.samples().0).unwrap_or(u32::MAX))
    }

    /// Most draws in which something may be missed.
    fn most_missed(&self) -> usize {
        let most = libm::floor((1.0 - self.confidence()) * self.samples().get() + ROUNDING);
        Whole::from_f64(most).and_then(|most| usize::try_from(most.0).ok()).unwrap_or(0)
    }
}

/// A part of a draw that rounding may cost.
const ROUNDING: f64 = 1e-9;

/// What is taken to be known instead of drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Known<'a> {
    Assumption(&'static Assumption),
    /// An input, by path.
    Input(&'a str),
    /// How far predictions are off.
    Predictions,
}

impl Draws {
    /// The draws of a requirement whose loads are known.
    pub(crate) fn new(asked: &Uncertainty, space: &Space<'_>) -> Option<Self> {
        Self::drawn(asked, space, None)
    }

    /// All draws; an input that is known stays as it is.
    fn drawn(asked: &Uncertainty, space: &Space<'_>, known: Option<&str>) -> Option<Self> {
        let (seed, samples) = asked.stream();
        let Loads { designs, aims, assumptions, .. } = &space.loads;
        let mut off = vec![vec![0.0; aims.len()]; usize::try_from(samples).ok()?];
        for workload in 0..aims.len() {
            let name = format!("prediction of workload {workload}");
            for (off, u) in off.iter_mut().zip(draws::spread_out(seed, &name, samples)) {
                off[workload] = FIVE_PERCENT * draws::sloped(u);
            }
        }
        let draw = |((assumed, off), Asked { scenario, apart, need })| {
            let loads = Loads::with(&scenario, &apart, assumed)?;
            Some(Draw { loads, need: need.into_owned(), off })
        };
        let assumed = draws::assumptions(assumptions, seed, samples);
        let all = assumed.into_iter().zip(off).zip(asked_for(space, seed, samples, known)?);
        let all: Vec<Draw> = all.map(draw).collect::<Option<_>>()?;
        let scatter = |groups| Membership::scatter_bounds(groups, assumptions);
        Some(Self {
            order: RefCell::new((0..all.len()).collect()),
            most_missed: asked.most_missed(),
            scatter: designs.chunk_by(|a, b| a.index == b.index).map(scatter).collect(),
            all,
        })
    }

    /// The same draws where something is known to be at mid.
    fn knowing(&self, asked: &Uncertainty, space: &Space<'_>, known: Known<'_>) -> Option<Self> {
        let (seed, samples) = asked.stream();
        let known_row = match known {
            Known::Input(field) => return Self::drawn(asked, space, Some(field)),
            Known::Assumption(row) => Some((row.id, space.loads.assumptions.get(row.id))),
            Known::Predictions => None,
        };
        let draw = |(draw, Asked { scenario, apart, .. }): (&Draw, Asked<'_>)| {
            let mut assumptions = draw.loads.assumptions.clone();
            let off = match known_row {
                Some((id, mid)) => {
                    assumptions.put(id, mid);
                    draw.off.clone()
                }
                None => vec![0.0; draw.off.len()],
            };
            Some(Draw { loads: Loads::with(&scenario, &apart, assumptions)?, need: draw.need.clone(), off })
        };
        let all = self.all.iter().zip(asked_for(space, seed, samples, None)?).map(draw).collect::<Option<_>>()?;
        Some(Self { all, order: self.order.clone(), scatter: self.scatter.clone(), ..*self })
    }

    /// The same with all rates asked for, and times, `times` as demanding.
    pub(crate) fn scaled(&self, times: f64) -> Self {
        let scaled =
            |draw: &Draw| Draw { loads: draw.loads.scaled(times), need: draw.need.clone(), off: draw.off.clone() };
        let all = self.all.iter().map(scaled);
        Self { all: all.collect(), order: self.order.clone(), scatter: self.scatter.clone(), ..*self }
    }

    /// Whether more draws than may be are missed among so many: those that were missed lately are tried first.
    fn is_missed(&self, tried: usize, mut holds: impl FnMut(&Draw) -> bool) -> bool {
        let mut order = self.order.borrow_mut();
        let tried = tried.min(order.len());
        let mut missed = 0;
        for i in 0..tried {
            // even if every other were missed
            if missed + tried - i <= self.most_missed {
                return false;
            }
            if !holds(&self.all[order[i]]) {
                order[missed..=i].rotate_right(1);
                missed += 1;
            }
            if missed > self.most_missed {
                return true;
            }
        }
        false
    }

    /// Whether size `i` of a row does what is asked in enough of the draws.
    pub(crate) fn are_met(&self, space: &Space<'_>, row: &mut Row<'_, '_>, i: usize, margin: f64) -> bool {
        let Some(judged) = Judged::new(space, row, i) else { return false };
        !self.is_missed(self.all.len(), |draw| judged.is_met(draw, row, i, margin))
    }

    /// Share of the draws in which size `i` of a row does what is asked.
    fn share(&self, space: &Space<'_>, row: &mut Row<'_, '_>, i: usize) -> f64 {
        let Some(judged) = Judged::new(space, row, i) else { return 0.0 };
        let met = self.all.iter().filter(|draw| judged.is_met(draw, row, i, 1.0)).count();
        share(met, self.all.len())
    }

    /// Whether some size from one to another may do what is asked in enough of the draws.
    pub(crate) fn may_be_met(&self, row: &mut Row<'_, '_>, (from, to): (usize, usize), margin: f64) -> bool {
        let (kind, lz4) = (row.kind, row.choice.lz4);
        self.may_be_met_between((&kind, lz4, to), margin, |draw| {
            let mut under = |i| row.under(i, &draw.loads.assumptions, &draw.need);
            under(from).zip(under(to))
        })
    }

    /// The same where the ends differ in what is chosen besides the size: the plainest, and the richest.
    pub(crate) fn may_be_met_among(
        &self,
        space: &Space<'_>,
        kind: &Kind,
        ends: [(Choice, usize); 2],
        margin: f64,
    ) -> bool {
        let [(mut plain, from), (mut rich, to)] = ends.map(|(choice, size)| {
            let mut row = space.row(kind);
            row.choose(choice);
            (row, size)
        });
        let lz4 = rich.choice.lz4;
        self.may_be_met_between((kind, lz4, to), margin, |Draw { loads, need, .. }| {
            plain.under(from, &loads.assumptions, need).zip(rich.under(to, &loads.assumptions, need))
        })
    }

    fn may_be_met_between(
        &self,
        (kind, lz4, to): (&Kind, bool, usize),
        margin: f64,
        mut ends: impl FnMut(&Draw) -> Option<(FileSystem, FileSystem)>,
    ) -> bool {
        // a proof that something is missed has to be short to be worth it
        let tried = 2 * (self.most_missed + 1);
        !self.is_missed(tried, |draw| {
            let assumptions = &draw.loads.assumptions;
            let holds = kind_holds(kind, to, assumptions) >= draw.need.usable_gib(lz4);
            holds && ends(draw).is_none_or(|(small, large)| self.at_most(draw, &small, &large).is_enough(margin))
        })
    }

    /// Most that any file system between two can reach in a draw, however its prediction scatters.
    fn at_most(&self, draw: &Draw, small: &FileSystem, large: &FileSystem) -> Reached {
        let mut reached = Reached::NOTHING_ASKED;
        let most = |workload: usize| {
            let bounds = self.scatter.get(workload).copied().unwrap_or_default();
            bounds.map(|scatter| draw.factor(workload, scatter)).into_iter().fold(0.0, f64::max)
        };
        let uses = draw.loads.at_most_each(small, large, &mut |margin, (workload, _), figure| {
            reached.add(margin * most(workload), workload, figure);
        });
        let most = (0..draw.off.len()).map(most).fold(0.0, f64::max);
        Reached { margin: reached.margin.min(uses.margin() * most), ..reached }
    }
}

/// What is asked for in a draw.
struct Asked<'a> {
    scenario: Cow<'a, Scenario>,
    apart: Cow<'a, [Apart]>,
    need: Cow<'a, Need>,
}

/// What is asked for in every draw: the same, unless inputs are drawn.
fn asked_for<'a>(space: &'a Space<'_>, seed: u64, samples: u32, known: Option<&str>) -> Option<Vec<Asked<'a>>> {
    if inputs::names(space.requirement).next().is_none() {
        let Space { scenario, apart, need, .. } = space;
        let same =
            || Asked { scenario: Cow::Borrowed(scenario), apart: Cow::Borrowed(apart), need: Cow::Borrowed(need) };
        return Some(std::iter::repeat_with(same).take(usize::try_from(samples).ok()?).collect());
    }
    let asked = |requirement: Requirement| {
        let file_system = &space.scenario.file_system;
        let scenario = requirement.on(file_system.clone());
        let apart = job::apart(&requirement.written_on(file_system.clone()));
        let need = Need::new(&requirement, &scenario);
        Asked { scenario: Cow::Owned(scenario), apart: Cow::Owned(apart), need: Cow::Owned(need) }
    };
    Some(inputs::drawn(space.requirement, seed, samples, known)?.into_iter().map(asked).collect())
}

fn share(part: usize, all: usize) -> f64 {
    let float = |count: usize| u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    float(part) / float(all)
}

/// A candidate, and what all draws of it have in common.
struct Judged {
    /// By workload.
    scatter: Vec<f64>,
}

impl Judged {
    fn new(space: &Space<'_>, row: &mut Row<'_, '_>, i: usize) -> Option<Self> {
        Some(Self { scatter: space.loads.scatter(&row.at(i)?.file_system) })
    }

    fn is_met(&self, draw: &Draw, row: &mut Row<'_, '_>, i: usize, margin: f64) -> bool {
        let assumptions = &draw.loads.assumptions;
        let holds = kind_holds(&row.kind, i, assumptions) >= draw.need.usable_gib(row.choice.lz4);
        holds && row.under(i, assumptions, &draw.need).is_some_and(|it| draw.is_met_by(&it, &self.scatter, margin))
    }
}

impl Draw {
    /// Whether a file system under the assumptions of the draw does what is asked, with the scatter of each workload.
    fn is_met_by(&self, file_system: &FileSystem, scatter: &[f64], margin: f64) -> bool {
        let mut reached = Reached::NOTHING_ASKED;
        self.loads.judge_each(file_system, &mut |margin, (workload, _), figure| {
            let scatter = scatter.get(workload).copied().unwrap_or_default();
            reached.add(margin * self.factor(workload, scatter), workload, figure);
        });
        reached.is_enough(margin)
    }
}

impl Space<'_> {
    /// Share of the draws in which a candidate does what is asked; `None` where nothing is drawn.
    pub(crate) fn share_met(&self, kind: &Kind, choice: &Choice, size: usize) -> Option<f64> {
        let mut row = self.row(kind);
        row.choose(*choice);
        Some(self.draws.as_ref()?.share(self, &mut row, size))
    }

    /// The same of a file system that there is, of a kind.
    pub(crate) fn share_met_by(&self, scenario: &Scenario, candidate: &Candidate, kind: &Kind) -> Option<f64> {
        let draws = self.draws.as_ref()?;
        let lz4 = scenario.file_system.data_compression_type() == DataCompressionType::Lz4;
        let scatter = self.loads.scatter(&candidate.file_system);
        let is_met = |draw: &&Draw| {
            let assumptions = &draw.loads.assumptions;
            let size = kind.index_of(&scenario.file_system);
            let holds = kind_holds(kind, size, assumptions) >= draw.need.usable_gib(lz4);
            let file_system = FileSystem::new(scenario, assumptions);
            holds && file_system.is_some_and(|it| draw.is_met_by(&it, &scatter, 1.0))
        };
        Some(share(draws.all.iter().filter(is_met).count(), draws.all.len()))
    }
}

/// How sure a plan is whose best is known.
pub(crate) fn answer(space: &Space<'_>, grid: &Grid, best: Option<&Found>) -> Option<PlanUncertainty> {
    let asked = space.requirement.uncertainty.as_ref()?;
    let wanted = Wanted { draws: None, budget: space.budget(), ..space.wanted() };
    let mid = outcome::cheaper(space, grid, &wanted, None);
    let at_mid = mid.map(|found| PlanAtMid {
        family: found.kind.name(),
        file_system: space.raw(&found.kind, &found.choice, found.size),
        usd_per_month: space.bill(&found).to_f64(),
        met_share: space.share_met(&found.kind, &found.choice, found.size).unwrap_or(0.0),
    });
    // nothing that is known makes it cheaper than at mid values
    let doubted = best.filter(|best| !best.partial && mid.is_some_and(|mid| mid.usd < best.usd));
    let worth_measuring = doubted.map_or_else(Vec::new, |best| worth_measuring(space, grid, asked, best));
    let (confidence, samples, seed) = (asked.confidence(), asked.samples(), asked.seed());
    Some(PlanUncertainty { confidence, samples, seed, at_mid, worth_measuring })
}

/// What the doubt about each assumption costs, and that about predictions.
fn worth_measuring(space: &Space<'_>, grid: &Grid, asked: &Uncertainty, best: &Found) -> Vec<WorthMeasuring> {
    let assumptions = &space.loads.assumptions;
    let drawn = space.draws.iter().flat_map(|draws| &draws.all).map(|draw| &draw.loads.assumptions);
    let read = std::iter::once(assumptions).chain(drawn).flat_map(Assumptions::used);
    let read: BTreeSet<&str> = read.map(|(row, _)| row.name).collect();
    let is_read = |row: &&Assumption| assumptions.is_open(row) && read.contains(row.name);
    let read = ASSUMPTIONS.iter().filter(is_read).map(Known::Assumption);
    let inputs = inputs::names(space.requirement).map(|field| Known::Input(field));
    let all: Vec<Known<'_>> = std::iter::once(Known::Predictions).chain(read).chain(inputs).collect();
    let saved = |known: Known<'_>| {
        let draws = space.draws.as_ref()?.knowing(asked, space, known)?;
        let wanted = Wanted { draws: Some(&draws), ..space.wanted() };
        let usd = best.usd - outcome::cheaper(space, grid, &wanted, Some(*best))?.usd;
        let (id, meaning) = match known {
            Known::Assumption(row) => (row.name, row.meaning),
            Known::Input(field) => (field, "An input of the requirement"),
            Known::Predictions => ("predictions", "How far what a workload reaches is from what is predicted"),
        };
        (usd > Usd::ZERO).then(|| WorthMeasuring { id: id.to_owned(), meaning, usd_per_month: usd.to_f64() })
    };
    let mut all: Vec<WorthMeasuring> = all.into_iter().filter_map(saved).collect();
    all.sort_by(|a, b| b.usd_per_month.total_cmp(&a.usd_per_month));
    all
}
