//! Robust least squares on the logarithms of predicted over measured, with the ranges of the assumptions as priors.

use levenberg_marquardt::{LeastSquaresProblem, LevenbergMarquardt};
use nalgebra::storage::Owned;
use nalgebra::{DMatrix, DVector, Dyn};

use crate::catalog::{ASSUMPTIONS, Assumption, AssumptionId, Assumptions, Law};
use crate::measured::Question;
use crate::spread::FIVE_PERCENT;

/// A measurement, as the fit sees it.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What the model is asked.
    pub question: Question,
    /// What was measured, in the unit of the figure.
    pub measured: f64,
    /// Measurements of one case are not independent: together they count as one of each family.
    pub case: String,
    /// Scatter between predictions and measurements of its kind.
    pub scatter: f64,
    /// Family, for the count of the above.
    pub family: &'static str,
}

/// What a fit gives.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// All assumptions, the fitted ones with their new values and ranges.
    pub assumptions: Assumptions,
    /// The fitted ones.
    pub fitted: Vec<FittedAssumption>,
    /// Whether the optimiser ended at a minimum.
    pub converged: bool,
}

/// An assumption after a fit.
#[derive(Clone, Copy, Debug)]
pub struct FittedAssumption {
    /// Which one.
    pub row: &'static Assumption,
    /// Its 5th, 50th and 95th percentile.
    pub range: [f64; 3],
    /// The 5th and the 95th if it stayed where it was, but as surely known.
    pub around: [f64; 2],
    /// Independent cases that bear on it.
    pub cases: usize,
}

/// An assumption as a parameter: 0 at its value before the fit, 1 a standard deviation above, so that its range lies
/// between its 5th and its 95th percentile. A range may reach further up than down.
#[derive(Clone, Copy, Debug)]
struct Parameter {
    row: &'static Assumption,
    centre: f64,
    below: f64,
    above: f64,
    logarithmic: bool,
}

impl Parameter {
    fn new(row: &'static Assumption, assumptions: &Assumptions) -> Self {
        let (centre, [low, high]) = (assumptions.get(row.id), assumptions.ends(row.id));
        let logarithmic = row.law == Law::LogTriangular;
        let unit = |from: f64, to: f64| {
            let width = if logarithmic { libm::log(to / from) } else { to - from };
            width.max(0.0) / FIVE_PERCENT
        };
        Self { row, centre, below: unit(low, centre), above: unit(centre, high), logarithmic }
    }

    fn value(&self, x: f64) -> f64 {
        let moved = x * if x < 0.0 { self.below } else { self.above };
        if self.logarithmic { self.centre * libm::exp(moved) } else { (self.centre + moved).max(0.0) }
    }
}

/// Residual, in standard deviations, from which on one counts less and less: a gross outlier pulls no harder.
const OUTLYING: f64 = 2.0;

/// Step of the numerical derivative on the way to the minimum, in standard deviations of the range.
const STEP: f64 = 1e-3;

/// Evaluations per parameter after which a fit is given up. Outliers, which bend the residuals, make the steps short.
const PATIENCE: usize = 1000;

/// Change of a residual, in standard deviations over one of the parameter, from which on a case bears on it.
const NOTICEABLE: f64 = 0.2;

/// Step for how sure the fit is: what is flat near the minimum need not be flat within the range.
const WIDE_STEP: f64 = 1.0;

/// The assumptions that a fit can move: those with a range, by a law of sizes, that some sample reads.
#[must_use]
pub fn movable(samples: &[Sample], assumptions: &Assumptions) -> Vec<AssumptionId> {
    let reads: Vec<_> = samples.iter().map(|sample| sample.question.reads(assumptions)).collect();
    let is_size = |row: &&Assumption| matches!(row.law, Law::LogTriangular | Law::Triangular);
    let open = ASSUMPTIONS.iter().filter(is_size).filter(|row| assumptions.is_open(row));
    open.map(|row| row.id).filter(|id| reads.iter().any(|used| used.contains(*id))).collect()
}

/// Fits the assumptions `ids` to the samples, from the values and ranges of `assumptions`.
#[must_use]
pub fn fit(samples: &[&Sample], ids: &[AssumptionId], assumptions: &Assumptions) -> Fitted {
    let rows = ASSUMPTIONS.iter().filter(|row| ids.contains(&row.id));
    let parameters: Vec<_> = rows.map(|row| Parameter::new(row, assumptions)).collect();
    if parameters.is_empty() || samples.is_empty() {
        return Fitted { assumptions: assumptions.clone(), fitted: Vec::new(), converged: true };
    }
    let problem = Problem::new(samples, parameters, assumptions);
    let (problem, report) = LevenbergMarquardt::new().with_patience(PATIENCE).minimize(problem);
    problem.fitted(report.termination.was_successful())
}

struct Problem<'a> {
    samples: &'a [&'a Sample],
    weights: Vec<f64>,
    /// For each sample, which parameters it reads.
    reads: Vec<Vec<bool>>,
    parameters: Vec<Parameter>,
    base: &'a Assumptions,
    x: DVector<f64>,
}

impl<'a> Problem<'a> {
    fn new(samples: &'a [&'a Sample], parameters: Vec<Parameter>, base: &'a Assumptions) -> Self {
        let alike = |sample: &Sample| {
            samples.iter().filter(|other| other.case == sample.case && other.family == sample.family).count()
        };
        let count = |sample: &Sample| f64::from(u32::try_from(alike(sample)).unwrap_or(u32::MAX));
        let weight = |sample: &&Sample| 1.0 / libm::sqrt(count(sample));
        let read = |sample: &&Sample| {
            let used = sample.question.reads(base);
            parameters.iter().map(|parameter| used.contains(parameter.row.id)).collect()
        };
        Self {
            samples,
            weights: samples.iter().map(weight).collect(),
            reads: samples.iter().map(read).collect(),
            x: DVector::zeros(parameters.len()),
            parameters,
            base,
        }
    }

    fn assumptions(&self, x: &DVector<f64>) -> Assumptions {
        let mut assumptions = self.base.clone();
        for (parameter, x) in self.parameters.iter().zip(x.iter()) {
            let [low, high] = assumptions.ends(parameter.row.id);
            assumptions.set_range(parameter.row.id, [low, parameter.value(*x), high]);
        }
        assumptions
    }

    /// Residual of a sample: in standard deviations, flattened where it is an outlier, by its weight.
    fn residual(&self, place: usize, assumptions: &Assumptions) -> f64 {
        let sample = self.samples[place];
        let plain = libm::log(sample.question.mid(assumptions) / sample.measured) / sample.scatter;
        let relative = plain / OUTLYING;
        // the root of twice the pseudo-Huber loss, so that its square is that loss
        let loss = 2.0 * OUTLYING * OUTLYING * (libm::sqrt(relative * relative + 1.0) - 1.0);
        libm::copysign(libm::sqrt(loss.max(0.0)), plain) * self.weights[place]
    }

    /// Derivatives of the residuals, from differences over `step` each way.
    fn derivatives(&self, step: f64) -> DMatrix<f64> {
        let (rows, columns) = (self.samples.len(), self.parameters.len());
        let mut jacobian = DMatrix::zeros(rows + columns, columns);
        for j in 0..columns {
            let ends = [-step, step].map(|step| {
                let mut x = self.x.clone();
                x[j] += step;
                self.assumptions(&x)
            });
            for i in (0..rows).filter(|i| self.reads[*i][j]) {
                let [low, high] = ends.each_ref().map(|assumptions| self.residual(i, assumptions));
                jacobian[(i, j)] = (high - low) / (2.0 * step);
            }
            jacobian[(rows + j, j)] = 1.0;
        }
        jacobian
    }

    /// Cases of which some residual moves noticeably with a parameter.
    fn cases(&self, j: usize, jacobian: &DMatrix<f64>) -> usize {
        let bears = |(i, sample): (usize, &&Sample)| {
            (jacobian[(i, j)].abs() > NOTICEABLE * self.weights[i]).then(|| sample.case.clone())
        };
        let cases: std::collections::BTreeSet<_> = self.samples.iter().enumerate().filter_map(bears).collect();
        cases.len()
    }

    fn fitted(&self, converged: bool) -> Fitted {
        let jacobian = self.derivatives(WIDE_STEP);
        let covariance = (jacobian.transpose() * &jacobian).try_inverse();
        let variance = |j: usize| covariance.as_ref().map_or(1.0, |it| it[(j, j)]);
        let mut assumptions = self.base.clone();
        let mut fitted = Vec::new();
        for (j, (parameter, x)) in self.parameters.iter().zip(self.x.iter()).enumerate() {
            let width = FIVE_PERCENT * libm::sqrt(variance(j).clamp(0.0, 1.0));
            let mid = parameter.value(*x);
            let [least, most] = self.base.ends(parameter.row.id);
            let ends = [-width, width].map(|step| parameter.value(x + step));
            // no wider than what is known of it beforehand, unless it lies outside of that altogether
            let [low, high] = if (least..=most).contains(&mid) { ends.map(|end| end.clamp(least, most)) } else { ends };
            assumptions.set_range(parameter.row.id, [low, mid, high]);
            let around = [-width, width].map(|step| parameter.value(step).clamp(least, most));
            let cases = self.cases(j, &jacobian);
            fitted.push(FittedAssumption { row: parameter.row, range: [low, mid, high], around, cases });
        }
        Fitted { assumptions, fitted, converged }
    }
}

impl LeastSquaresProblem<f64, Dyn, Dyn> for Problem<'_> {
    type ResidualStorage = Owned<f64, Dyn>;
    type JacobianStorage = Owned<f64, Dyn, Dyn>;
    type ParameterStorage = Owned<f64, Dyn>;

    fn set_params(&mut self, x: &DVector<f64>) {
        self.x.copy_from(x);
    }

    fn params(&self) -> DVector<f64> {
        self.x.clone()
    }

    /// One of every sample, then one of every parameter: how far it has left its range's middle.
    fn residuals(&self) -> Option<DVector<f64>> {
        let assumptions = self.assumptions(&self.x);
        let of_samples = (0..self.samples.len()).map(|place| self.residual(place, &assumptions));
        let all: Vec<_> = of_samples.chain(self.x.iter().copied()).collect();
        Some(DVector::from_vec(all))
    }

    fn jacobian(&self) -> Option<DMatrix<f64>> {
        Some(self.derivatives(STEP))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measured::{Figure, MeasuredRegime};
    use crate::scenario::{self, Scenario};
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    fn sample(io_kib: u32, measured: f64) -> Sample {
        let text = format!(
            r#"{{"file_system": {{"deployment_type": "PERSISTENT_2", "storage_capacity_gib": 48000,
                "per_unit_storage_throughput": 1000, "layout": {{"kind": "stripe", "count": -1, "size_mib": 1}}}},
                "workloads": [{{"direct_io": true, "access": "random", "io_size_kib": {io_kib}, "file_size_mib": 10240}}]}}"#
        );
        let scenario: Scenario = scenario::from_json(&text).expect("understood");
        let question =
            Question::new(&scenario, 0, (Figure::LatencyMs, MeasuredRegime::Sustained), None).expect("legal");
        Sample { question, measured, case: io_kib.to_string(), scatter: 0.1, family: "low_concurrency_ena" }
    }

    const IDS: [AssumptionId; 2] = [AssumptionId::EnaLatency, AssumptionId::EnaLatencyPerMib];

    /// The assumptions at `x`, each the standard deviations from the middle of its range.
    fn at(x: [f64; 2]) -> Assumptions {
        let side = |x: f64, mid: f64, low: f64, high: f64| {
            mid * libm::exp(x * libm::log(if x < 0.0 { mid / low } else { high / mid }) / 1.645)
        };
        let mut assumptions = Assumptions::before_any_measurement();
        assumptions.set(IDS[0], side(x[0], 0.7, 0.45, 2.8));
        assumptions.set(IDS[1], side(x[1], 1.1, 0.5, 1.7));
        assumptions
    }

    /// The sum that a fit makes least, written out: `ρ` of every measurement and `x²` of every assumption.
    fn objective(samples: &[Sample], x: [f64; 2]) -> f64 {
        let assumptions = at(x);
        let mut sum = x[0] * x[0] + x[1] * x[1];
        for it in samples {
            let r = libm::log(it.question.mid(&assumptions) / it.measured) / it.scatter;
            sum += 8.0 * ((1.0 + (r / 2.0) * (r / 2.0)).sqrt() - 1.0);
        }
        sum
    }

    fn fit_all(samples: &[Sample]) -> Fitted {
        fit(&samples.iter().collect::<Vec<_>>(), &IDS, &Assumptions::before_any_measurement())
    }

    #[test]
    fn what_no_assumption_explains_takes_long_and_is_fitted_all_the_same() {
        let measured = [(4, 1.198_350_235_538_269_4), (256, 4.344_550_629_004_717), (1024, 4.602_777_530_212_658)];
        assert!(fit_all(&measured.map(|(kib, ms)| sample(kib, ms))).converged);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, rng_seed: RngSeed::Fixed(2026), ..ProptestConfig::default() })]

        /// No point of a grid over both ranges is better than what the fit found, where measurements scatter about some
        /// values of the assumptions; from others, a fit finds one of several minima.
        #[test]
        fn the_fit_is_the_least_of_a_grid(x in prop::array::uniform2(-2.5..2.5), noise in prop::array::uniform3(-3.0..3.0)) {
            let samples = [4, 256, 1024].into_iter().zip(noise).map(|(kib, noise)| {
                let plain = sample(kib, 1.0);
                Sample { measured: plain.question.mid(&at(x)) * libm::exp(noise * plain.scatter), ..plain }
            });
            let samples: Vec<_> = samples.collect();
            let fitted = fit_all(&samples);
            prop_assert!(fitted.converged);
            let back = |it: &FittedAssumption| {
                let side = if it.range[1] < it.row.mid { it.row.mid / it.row.low } else { it.row.high / it.row.mid };
                libm::log(it.range[1] / it.row.mid) * 1.645 / libm::log(side)
            };
            let x = [back(&fitted.fitted[0]), back(&fitted.fitted[1])];
            let found = objective(&samples, x);
            for i in -30..=30 {
                for j in -30..=30 {
                    let other = objective(&samples, [f64::from(i) * 0.1, f64::from(j) * 0.1]);
                    prop_assert!(found <= other * (1.0 + 1e-6), "{found} at {x:?}, {other} at {i}, {j}");
                }
            }
        }
    }
}
