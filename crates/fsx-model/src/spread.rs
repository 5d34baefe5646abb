//! How far the ranges of the assumptions spread a result: each is moved alone, from the low to the high end.

use std::cell::OnceCell;

use crate::catalog::{ASSUMPTIONS, Assumption, AssumptionId, Assumptions, Used};
use crate::design::Design;
use crate::model::burst::{Course, course, course_among};
use crate::model::together::{Settled, Shared, join, together_with};
use crate::model::{Credits, Evaluation, evaluate};
use crate::units::OperationRate;

/// Standard deviations between the mean and the 5th or 95th percentile of a normal law.
pub const FIVE_PERCENT: f64 = 1.645;

/// Both regimes of a workload, and the way from one to the other.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// With all credits.
    pub full: Evaluation,
    /// With none.
    pub spent: Evaluation,
    /// Over time.
    pub course: Course,
}

/// Variance of the logarithm of each figure.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spread {
    /// With all credits.
    pub full: RateSpread,
    /// With none.
    pub spent: RateSpread,
    /// Time for all bytes.
    pub elapsed: f64,
    /// Duration of the burst.
    pub lasts: f64,
}

/// Variance of the logarithm of a rate and of the time of a request.
#[derive(Clone, Copy, Debug, Default)]
pub struct RateSpread {
    /// Of the rate.
    pub throughput: f64,
    /// Of the time of one request.
    pub latency: f64,
}

/// One of several workloads at once.
#[derive(Clone, Debug)]
pub struct Among {
    /// Both regimes and the way between them.
    pub outcome: Outcome,
    /// With all credits, beside the others.
    pub full: Shared,
    /// With none, beside the others.
    pub spent: Shared,
}

/// What every workload of several reaches at once (its designs share their `index`), and the spread of each.
#[must_use]
pub fn outcomes(designs: &[Design], assumptions: &mut Assumptions) -> Vec<(Among, Spread)> {
    let settled = Settled::default();
    let (mid, read) = assumptions.recording(|a| all_at_once(designs, a, &settled));
    let mut all: Vec<_> = mid.into_iter().map(|among| (among, Spread::default())).collect();
    for row in &ASSUMPTIONS {
        if read.contains(row.id) && assumptions.is_open(row) && !is_replaced(row, |id| read.contains(id)) {
            let ends = assumptions.ends(row.id);
            let [low, high] =
                ends.map(|end| assumptions.with_moved(row.id, end, |a| all_at_once(designs, a, &settled)));
            for ((_, spread), (low, high)) in all.iter_mut().zip(low.iter().zip(&high)) {
                spread.add(&low.outcome, &high.outcome);
            }
        }
    }
    all
}

/// Every workload's outcome, in their order.
fn all_at_once(designs: &[Design], assumptions: &Assumptions, settled: &Settled) -> Vec<Among> {
    let designs: Vec<_> = designs.iter().map(|design| design.placed(assumptions)).collect();
    let spent = together_with(&designs, assumptions, Credits::SPENT, settled);
    let mut full = together_with(&designs, assumptions, Credits::FULL, settled);
    for (full, spent) in full.iter_mut().zip(&spent) {
        *full = full.with_credits(spent, designs.len() > 1);
    }
    // all courses pass the same few combinations of credits
    let known: [OnceCell<Vec<Shared>>; Credits::COUNT] = [const { OnceCell::new() }; Credits::COUNT];
    let at = |credits: Credits| -> &[Shared] {
        match credits {
            Credits::FULL => &full,
            Credits::SPENT => &spent,
            _ => known[credits.place()].get_or_init(|| together_with(&designs, assumptions, credits, settled)),
        }
    };
    let mut all = Vec::new();
    let mut from = 0;
    for same in designs.chunk_by(|a, b| a.index == b.index) {
        let to = from + same.len();
        let courses = (from..to).map(|i| course_among(&designs, i, assumptions, at));
        let joined = courses.reduce(Course::of_both);
        if let (Some(full), Some(spent), Some(course)) = (join(&full[from..to]), join(&spent[from..to]), joined) {
            let outcome = Outcome { full: full.evaluation, spent: spent.evaluation, course };
            all.push(Among { outcome, full, spent });
        }
        from = to;
    }
    all
}

/// What every workload of several reaches at once at the assumptions as they are.
#[must_use]
pub fn at_mid(designs: &[Design], assumptions: &Assumptions) -> Vec<Among> {
    all_at_once(designs, assumptions, &Settled::default())
}

/// The way of every workload of several from burst to sustained rate, with its place in the scenario.
pub(crate) fn courses(designs: &[Design], assumptions: &Assumptions) -> Vec<(usize, Course)> {
    let workloads = designs.chunk_by(|a, b| a.index == b.index).map(|groups| groups[0].index);
    workloads.zip(at_mid(designs, assumptions)).map(|(index, among)| (index, among.outcome.course)).collect()
}

/// Whether the range of another assumption that was read takes the place of this one's: that of the rates on larger file
/// systems, of the rates measured on a small one.
fn is_replaced(row: &Assumption, read: impl Fn(AssumptionId) -> bool) -> bool {
    let measured = [
        AssumptionId::UnconfiguredCreateRate,
        AssumptionId::UnconfiguredDeleteRate,
        AssumptionId::UnconfiguredStatRate,
    ];
    measured.contains(&row.id) && read(AssumptionId::UnconfiguredMetadataScale)
}

/// Which assumptions each part of an [`Outcome`] read.
struct Reads {
    placement: Used,
    full: Used,
    spent: Used,
    course: Used,
}

/// The outcome at the assumptions as they are, and its spread over their ranges.
#[must_use]
pub fn outcome(design: &Design, assumptions: &mut Assumptions) -> (Outcome, Spread) {
    let (design, placement_reads) = assumptions.recording(|a| design.placed(a));
    let design = &design;
    let (full, full_reads) = assumptions.recording(|a| evaluate(design, a, Credits::FULL));
    let (spent, spent_reads) = assumptions.recording(|a| evaluate(design, a, Credits::SPENT));
    let full = full.at_least(&spent);
    let (course, course_reads) = assumptions.recording(|a| course(design, a, &full, &spent));
    let mid = Outcome { full, spent, course };
    let reads = Reads { placement: placement_reads, full: full_reads, spent: spent_reads, course: course_reads };
    let mut spread = Spread::default();
    for row in &ASSUMPTIONS {
        if reads.any(row.id) && assumptions.is_open(row) && !is_replaced(row, |id| reads.any(id)) {
            let ends = assumptions.ends(row.id);
            let [low, high] =
                ends.map(|end| assumptions.with_moved(row.id, end, |a| moved(design, a, row.id, &mid, &reads)));
            spread.add(&low, &high);
        }
    }
    (mid, spread)
}

impl Reads {
    const fn any(&self, id: AssumptionId) -> bool {
        self.placement.contains(id) || self.full.contains(id) || self.spent.contains(id) || self.course.contains(id)
    }
}

/// The outcome with one assumption moved: only what read it is worked out again.
fn moved(design: &Design, assumptions: &Assumptions, id: AssumptionId, mid: &Outcome, reads: &Reads) -> Outcome {
    let anew = reads.placement.contains(id);
    let placed;
    let design = if anew {
        placed = design.placed(assumptions);
        &placed
    } else {
        design
    };
    let again = |reads: Used, credits: Credits, mid: &Evaluation| {
        if anew || reads.contains(id) { evaluate(design, assumptions, credits) } else { *mid }
    };
    let spent = again(reads.spent, Credits::SPENT, &mid.spent);
    let full = again(reads.full, Credits::FULL, &mid.full).at_least(&spent);
    let near = |now: OperationRate, mid: OperationRate| (f64::from(now / mid) - 1.0).abs() < NEGLIGIBLE;
    let paced = |now: &Evaluation, mid: &Evaluation| near(now.rate, mid.rate) && near(now.pace, mid.pace);
    let same = paced(&full, &mid.full) && paced(&spent, &mid.spent);
    let course = if same && !reads.course.contains(id) {
        Course { elapsed: mid.course.elapsed * (mid.spent.pace / spent.pace), ..mid.course }
    } else {
        course(design, assumptions, &full, &spent)
    };
    Outcome { full, spent, course }
}

/// A relative change of a rate that is no reason to follow its course over time again.
const NEGLIGIBLE: f64 = 1e-3;

impl Spread {
    fn add(&mut self, low: &Outcome, high: &Outcome) {
        self.full.add(&low.full, &high.full);
        self.spent.add(&low.spent, &high.spent);
        self.elapsed += variance((high.course.elapsed / low.course.elapsed).into());
        if let (Some(low), Some(high)) = (low.course.burst_lasts(), high.course.burst_lasts()) {
            self.lasts += variance((high / low).into());
        }
    }
}

impl RateSpread {
    fn add(&mut self, low: &Evaluation, high: &Evaluation) {
        self.throughput += variance((high.unlimited / low.unlimited).into());
        self.latency += variance((high.latency / low.latency).into());
    }
}

/// Variance of a logarithm whose 90 % range is the ratio of two ends: `(ln ratio / 3.29)²`.
fn variance(ratio: f64) -> f64 {
    if ratio > 0.0 && ratio.is_finite() && (ratio - 1.0).abs() > 0.0 {
        let deviation = libm::log(ratio) / (2.0 * FIVE_PERCENT);
        deviation * deviation
    } else {
        0.0
    }
}
