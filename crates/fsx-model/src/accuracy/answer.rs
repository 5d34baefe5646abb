//! What `accuracy` is asked and answers.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::calibrate::{quantile, share};
use crate::catalog::terms::words;
use crate::estimate::Range;
use crate::observed::Excluded;
use crate::shape::record;

record! {
    /// The input of `accuracy`.
    AccuracyQuery {
        /// Only this family; absent: all.
        family: Option<String>,
    }
}

/// Predictions beside published measurements. Errors are of `|ln(predicted / measured)|`: 0.05 is about 5 %, 0.7 a factor
/// of 2.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Accuracy {
    /// By family of workload: FSx, and training runs.
    pub families: Vec<Group>,
    /// Every measurement of FSx but counts.
    pub all: Group,
    /// Those of grade A and B without the families that no formula follows: few requests in flight over EFA, mapped
    /// files, loops of application code.
    pub compared: Group,
    /// The same with each case predicted by what all other cases say, and its interval by their scatter.
    pub left_out: LeftOut,
    /// Other Lustre systems on their own ceilings, by family: they try the equations, not FSx.
    pub other_systems: Vec<Group>,
    /// What simpler formulas say of the same measurements.
    pub baselines: Baselines,
    /// The assumptions that the measurements bear on; empty if one family was asked for.
    pub assumptions: Vec<StableAssumption>,
    /// Every measurement that can be expressed.
    pub rows: Vec<PredictedRow>,
    /// Those that cannot, each with the reason; empty if one family was asked for.
    pub excluded: Vec<Excluded>,
}

/// Leave-one-case-out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeftOut {
    /// As `compared` above.
    pub compared: Group,
    /// As `all` above.
    pub all: Group,
    /// As `families` above.
    pub families: Vec<Group>,
}

/// How far off some predictions are.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Group {
    /// Family, or what else they have in common.
    pub id: String,
    /// Measurements.
    pub rows: usize,
    /// Independent cases.
    pub cases: usize,
    /// Median error.
    pub median: f64,
    /// 90th percentile of the error.
    pub p90: f64,
    /// Share of the measurements inside their 90 % interval.
    pub inside: f64,
    /// Median of high over low.
    pub width: f64,
}

/// Simpler formulas.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Baselines {
    /// The smallest ceiling of the file system and its clients, as if nothing waited for anything.
    pub ceilings: Baseline,
    /// The throughput that the file system is ordered with.
    pub provisioned: Baseline,
}

/// A simpler formula beside the model, on the measurements that it says something of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Baseline {
    /// Measurements.
    pub rows: usize,
    /// Independent cases.
    pub cases: usize,
    /// Its median error.
    pub median: f64,
    /// Its 90th percentile.
    pub p90: f64,
    /// The model's median error on the same measurements.
    pub model_median: f64,
    /// The model's 90th percentile.
    pub model_p90: f64,
}

words! {
    /// What was measured.
    System {
        /// FSx for Lustre.
        Fsx = "fsx",
        /// Another Lustre system, on its own ceilings.
        Lustre = "lustre",
    }
}

/// A measurement and its prediction.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PredictedRow {
    /// Id of the measurement.
    pub id: String,
    /// Case that it belongs to.
    pub case: String,
    /// Family, by the scenario.
    pub family: &'static str,
    /// What was measured.
    pub system: System,
    /// A: the configuration is complete enough; B: an input or two are missing, or read from a chart; C: vague.
    pub grade: String,
    /// What was done.
    pub workload: String,
    /// Which figure of the answer.
    pub figure: &'static str,
    /// Unit of all values.
    pub unit: &'static str,
    /// What was measured.
    pub measured: f64,
    /// What the model says.
    pub predicted: Range,
    /// Whether the interval holds the measured value.
    pub inside: bool,
    /// What it says when this case has set nothing; `null` where that changes nothing.
    pub left_out: Option<Range>,
    /// Whether that interval holds it.
    pub inside_left_out: Option<bool>,
    /// What the smallest ceiling alone says.
    pub ceilings: Option<f64>,
    /// What the throughput ordered alone says.
    pub provisioned: Option<f64>,
    /// Address of the source.
    pub source: String,
}

impl PredictedRow {
    /// How far off it is: `|ln(predicted / measured)|`.
    #[must_use]
    pub fn error(&self) -> f64 {
        error(self.predicted.mid, self.measured)
    }
}

/// The factor either way that an error stands for: 1.1 for one of 0.095.
#[must_use]
pub fn factor(error: f64) -> f64 {
    libm::exp(error)
}

/// An assumption that measurements bear on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StableAssumption {
    /// Id.
    pub id: &'static str,
    /// Unit of all values.
    pub unit: &'static str,
    /// Low end of what users would find.
    pub low: f64,
    /// Value that the model takes.
    pub mid: f64,
    /// High end of what users would find.
    pub high: f64,
    /// Its 5th, 50th and 95th percentile by all measurements.
    pub fitted: Range,
    /// The least it comes to when any one case is left out.
    pub least_without_a_case: f64,
    /// The most.
    pub most_without_a_case: f64,
    /// Independent cases that bear on it.
    pub cases: usize,
}

/// Which prediction of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// That of the model as it is.
    Shipped,
    /// That without the row's own case, where it set something.
    LeftOut,
}

impl Which {
    const fn of(self, row: &PredictedRow) -> Range {
        match (self, row.left_out) {
            (Self::LeftOut, Some(range)) => range,
            _ => row.predicted,
        }
    }
}

impl Group {
    pub(super) fn of<'a>(id: &str, rows: impl Iterator<Item = &'a PredictedRow>, which: Which) -> Self {
        let rows: Vec<_> = rows.collect();
        let errors: Vec<_> = rows.iter().map(|row| error(which.of(row).mid, row.measured)).collect();
        let widths: Vec<_> = rows.iter().map(|row| which.of(row)).map(|range| range.high / range.low).collect();
        let inside = rows.iter().filter(|row| which.of(row).holds(row.measured));
        Self {
            id: id.to_owned(),
            rows: rows.len(),
            cases: cases(&rows),
            median: quantile(&errors, 0.5),
            p90: quantile(&errors, 0.9),
            inside: share(inside.count(), rows.len()),
            width: quantile(&widths, 0.5),
        }
    }
}

impl Baseline {
    pub(super) fn of<'a>(
        rows: impl Iterator<Item = &'a PredictedRow>,
        says: impl Fn(&PredictedRow) -> Option<f64>,
    ) -> Self {
        let rows: Vec<_> = rows.filter(|row| says(row).is_some()).collect();
        let own: Vec<_> = rows.iter().filter_map(|row| Some(error(says(row)?, row.measured))).collect();
        let model: Vec<_> = rows.iter().map(|row| row.error()).collect();
        Self {
            rows: rows.len(),
            cases: cases(&rows),
            median: quantile(&own, 0.5),
            p90: quantile(&own, 0.9),
            model_median: quantile(&model, 0.5),
            model_p90: quantile(&model, 0.9),
        }
    }
}

fn error(predicted: f64, measured: f64) -> f64 {
    libm::log(predicted / measured).abs()
}

fn cases(rows: &[&PredictedRow]) -> usize {
    rows.iter().map(|row| row.case.as_str()).collect::<BTreeSet<_>>().len()
}
