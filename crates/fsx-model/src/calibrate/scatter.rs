//! Scatter left between predictions and measurements, by family.

use super::number;
use crate::catalog::FAMILIES;

/// A prediction beside a measurement.
#[derive(Clone, Debug)]
pub struct Residual {
    /// Family of the prediction.
    pub family: &'static str,
    /// Case of the measurement.
    pub case: String,
    /// Logarithm of predicted over measured.
    pub value: f64,
}

/// Scatter of a family.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scatter {
    /// Standard deviation of the logarithm of predicted over measured.
    pub s: f64,
    /// Measurements behind it.
    pub rows: usize,
    /// Independent cases behind it.
    pub cases: usize,
}

/// Families that no formula follows: they are shown apart, and say nothing of the others.
pub const APART: [&str; 3] = ["low_concurrency_efa", "mapped", "application"];

/// Families of measurements on other systems.
const OTHER_SYSTEMS: [&str; 3] = ["saturated_servers", "mdt_saturation", "small_record_shared_file"];

/// Cases from which on the measurements of a family speak for themselves.
const ENOUGH_CASES: f64 = 3.0;

/// Scatter of each family, in the order of [`FAMILIES`]: `s² = (one² + Σ residual²) / (1 + rows)`.
///
/// Few rows are eked out by one more: with the scatter of all rows together from three cases on; with one case, which
/// says nothing of how cases differ, with what is judged of the family; with two, half and half. A family without rows
/// is as judged.
#[must_use]
pub fn scatters(residuals: &[Residual]) -> Vec<Scatter> {
    let apart = |family: &str| APART.contains(&family) || OTHER_SYSTEMS.contains(&family);
    let together = residuals.iter().filter(|it| !apart(it.family));
    let pooled = mean_square(together.map(|it| it.value));
    let of_family = |id: &str, judged: f64| {
        let own: Vec<_> = residuals.iter().filter(|it| it.family == id).collect();
        let mut cases: Vec<_> = own.iter().map(|it| it.case.as_str()).collect();
        cases.sort_unstable();
        cases.dedup();
        if own.is_empty() {
            return Scatter { s: judged, rows: 0, cases: 0 };
        }
        let judgement = ((ENOUGH_CASES - number(cases.len())) / (ENOUGH_CASES - 1.0)).clamp(0.0, 1.0);
        let one = judged * judged * judgement + pooled * (1.0 - judgement);
        let rows = number(own.len());
        let mean = mean_square(own.iter().map(|it| it.value));
        Scatter { s: libm::sqrt((one + mean * rows) / (1.0 + rows)), rows: own.len(), cases: cases.len() }
    };
    FAMILIES.iter().map(|family| of_family(family.id, family.judged)).collect()
}

fn mean_square(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value * value, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}
