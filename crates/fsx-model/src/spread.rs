//! How far the ranges of the assumptions spread a result: each is moved alone, from the low to the high end.

use crate::catalog::{ASSUMPTIONS, AssumptionId, Assumptions, Used};
use crate::design::Design;
use crate::model::burst::{Course, course};
use crate::model::{Credits, Evaluation, evaluate};

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
        if reads.any(row.id) && assumptions.is_open(row) {
            let low = assumptions.with_moved(row.id, row.low, |a| moved(design, a, row.id, &mid, &reads));
            let high = assumptions.with_moved(row.id, row.high, |a| moved(design, a, row.id, &mid, &reads));
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
    if reads.placement.contains(id) {
        let design = design.placed(assumptions);
        let spent = evaluate(&design, assumptions, Credits::SPENT);
        let full = evaluate(&design, assumptions, Credits::FULL).at_least(&spent);
        return Outcome { full, spent, course: course(&design, assumptions, &full, &spent) };
    }
    let again = |reads: Used, credits: Credits, mid: &Evaluation| {
        if reads.contains(id) { evaluate(design, assumptions, credits) } else { *mid }
    };
    let spent = again(reads.spent, Credits::SPENT, &mid.spent);
    let full = again(reads.full, Credits::FULL, &mid.full).at_least(&spent);
    let paced = |now: &Evaluation, mid: &Evaluation| (now.throughput, now.pace) == (mid.throughput, mid.pace);
    let same = paced(&full, &mid.full) && paced(&spent, &mid.spent);
    let course =
        if same && !reads.course.contains(id) { mid.course } else { course(design, assumptions, &full, &spent) };
    Outcome { full, spent, course }
}

impl Spread {
    fn add(&mut self, low: &Outcome, high: &Outcome) {
        self.full.add(&low.full, &high.full);
        self.spent.add(&low.spent, &high.spent);
        self.elapsed += variance((high.course.elapsed / low.course.elapsed).into());
        if let (Some(low), Some(high)) = (low.course.burst_lasts, high.course.burst_lasts) {
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
