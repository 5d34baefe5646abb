//! Assumptions fitted to measurements.

mod answer;
mod fit;
mod scatter;
mod table;

use std::collections::BTreeSet;

pub use answer::*;
pub use fit::{Fitted, FittedAssumption, Sample, fit, movable};
pub use scatter::{APART, Residual, Scatter, scatters};
pub use table::from_csv;

use crate::catalog::{AssumptionId, Assumptions};

/// Most fits that leave something out; with more cases, several are left out together.
const MOST_LEFT_OUT: usize = 64;

/// Fits once without each case, in the order of the cases' names.
///
/// With more than 64 cases, it fits 64 times, each time without every 64th of them.
#[must_use]
pub fn without_each_case(samples: &[Sample], ids: &[AssumptionId], assumptions: &Assumptions) -> Vec<(String, Fitted)> {
    let cases: BTreeSet<&str> = samples.iter().map(|sample| sample.case.as_str()).collect();
    let cases: Vec<&str> = cases.into_iter().collect();
    let mut all = Vec::with_capacity(cases.len());
    for first in 0..cases.len().min(MOST_LEFT_OUT) {
        let out: BTreeSet<&str> = cases.iter().skip(first).step_by(MOST_LEFT_OUT).copied().collect();
        let rest: Vec<_> = samples.iter().filter(|sample| !out.contains(sample.case.as_str())).collect();
        let fitted = fit(&rest, ids, assumptions);
        all.extend(out.into_iter().map(|case| (case.to_owned(), fitted.clone())));
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

/// A share of some figures' way from the least to the greatest, evenly between neighbours; 0 without any.
#[must_use]
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let place = share * number(last);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short list")]
    let below = (place.floor() as usize).min(last);
    let next = sorted[(below + 1).min(last)];
    sorted[below] + (next - sorted[below]) * (place - place.floor())
}

/// A part of a whole; 0 of none.
#[must_use]
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}

#[expect(clippy::cast_precision_loss, reason = "a count of measurements")]
const fn number(count: usize) -> f64 {
    count as f64
}
