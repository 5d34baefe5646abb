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
    let (problem, report) = LevenbergMarquardt::new().minimize(problem);
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
