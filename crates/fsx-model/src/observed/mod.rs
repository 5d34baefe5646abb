//! Published measurements, each as a scenario with its source, and what of them cannot be expressed.

mod training;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::catalog::Assumptions;
use crate::finding::Error;
use crate::measured::{Ceilings, Figure, MeasuredRegime, Prediction, Question, patched, variance_between};
use crate::scenario::{self, Scenario};
pub use training::{Trained, TrainingRun, training_runs};

const ROWS: &str = include_str!("../../data/observed/rows.csv");
const FSX: &str = include_str!("../../data/observed/fsx.toml");
const LUSTRE: &str = include_str!("../../data/observed/lus.toml");

/// A published measurement.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Row {
    /// Case and serial number.
    pub id: String,
    /// Address of the source.
    pub source_url: String,
    /// A: the configuration is complete enough. B: an input or two are missing, or read from a chart. C: vague.
    pub grade: String,
    /// What was done.
    pub workload: String,
    /// The value as printed.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// What else the source says.
    pub notes: String,
}

/// A measurement that can be expressed.
#[derive(Clone, Debug)]
pub struct Observation {
    /// The measurement.
    pub row: Row,
    /// Case that it belongs to.
    pub case: String,
    /// The scenario that should repeat it.
    pub scenario: Scenario,
    /// The figure, in the unit of which `measured` is.
    pub figure: Figure,
    /// What was measured.
    pub measured: f64,
    /// What the model is asked.
    pub question: Question,
    /// The same with each open field at each value that it could have had.
    pub open: Vec<Vec<Question>>,
    /// Whether it may set assumptions.
    pub fit: bool,
    /// Whether the system is an FSx.
    pub is_fsx: bool,
}

impl Observation {
    /// What the model says, with the variance of what the source leaves open; `None` of a count.
    #[must_use]
    pub fn predict(&self, assumptions: &Assumptions) -> Option<Prediction> {
        let mut prediction = self.question.predict(assumptions)?;
        for field in &self.open {
            let mids = field.iter().map(|question| question.mid(assumptions));
            let (least, most) =
                mids.fold((prediction.mid, prediction.mid), |(least, most), mid| (mid.min(least), mid.max(most)));
            prediction.variance += variance_between(most, least);
        }
        Some(prediction)
    }
}

/// A measurement that cannot.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Excluded {
    /// Its id.
    pub id: String,
    /// Why.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
    excluded: Vec<ExcludedRows>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    #[serde(default, rename = "note")]
    _note: String,
    scenario: Value,
    ceilings: Option<Ceilings>,
    #[serde(default)]
    open: Vec<Open>,
    run: Vec<Run>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    rows: Vec<String>,
    figure: Figure,
    regime: Option<MeasuredRegime>,
    #[serde(default)]
    set: BTreeMap<String, Value>,
    open: Option<Vec<Open>>,
    #[serde(default = "yes")]
    fit: bool,
    #[serde(default, rename = "note")]
    _note: String,
}

const fn yes() -> bool {
    true
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Open {
    field: String,
    values: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExcludedRows {
    rows: Vec<String>,
    reason: String,
}

/// A fault in the data of this module: a test finds it first.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct Fault {
    place: String,
    what: String,
}

pub(super) fn fault(place: &str, what: impl ToString) -> Fault {
    Fault { place: place.to_owned(), what: what.to_string() }
}

/// Every published measurement as printed.
///
/// # Errors
/// If the data are faulty.
pub fn rows() -> Result<Vec<Row>, Fault> {
    let mut reader = csv::Reader::from_reader(ROWS.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().map_err(|error| fault("rows.csv", error))
}

/// Every measurement of a file system that can be expressed, and those that cannot, in the order of their ids.
///
/// # Errors
/// If the data are faulty.
pub fn observations() -> Result<(Vec<Observation>, Vec<Excluded>), Fault> {
    let rows = rows()?;
    let row = |id: &str| rows.iter().find(|row| row.id == id).cloned().ok_or_else(|| fault(id, "no such row"));
    let mut observations = Vec::new();
    let mut excluded = Vec::new();
    for (name, text, is_fsx) in [("fsx.toml", FSX, true), ("lus.toml", LUSTRE, false)] {
        let file: File = toml::from_str(text).map_err(|error| fault(name, error))?;
        for case in &file.case {
            for run in &case.run {
                for id in &run.rows {
                    observations.push(observation(case, run, row(id)?, is_fsx)?);
                }
            }
        }
        for ExcludedRows { rows, reason } in file.excluded {
            excluded.extend(rows.into_iter().map(|id| Excluded { id, reason: reason.clone() }));
        }
    }
    observations.sort_by(|a, b| a.row.id.cmp(&b.row.id));
    excluded.sort_by(|a, b| a.id.cmp(&b.id));
    Ok((observations, excluded))
}

fn observation(case: &Case, run: &Run, row: Row, is_fsx: bool) -> Result<Observation, Fault> {
    let id = row.id.clone();
    let tree = run.set.iter().fold(case.scenario.clone(), |tree, (path, value)| patched(tree, path, value));
    let refused = |error: Error| fault(&id, error);
    let read = |tree: &Value| scenario::from_json::<Scenario>(&tree.to_string()).map_err(refused);
    let regime = run.regime.unwrap_or(MeasuredRegime::Sustained);
    let ask =
        |scenario: &Scenario| Question::new(scenario, 0, (run.figure, regime), case.ceilings.as_ref()).map_err(refused);
    let open_fields = run.open.as_ref().unwrap_or(&case.open);
    let mut open = Vec::new();
    for Open { field, values } in open_fields {
        let variant = |value: &Value| ask(&read(&patched(tree.clone(), field, value))?);
        open.push(values.iter().map(variant).collect::<Result<_, _>>()?);
    }
    let scenario = read(&tree)?;
    let no_unit = || fault(&id, format_args!("no unit `{}`", row.unit));
    let measured = run.figure.in_its_unit(row.value, &row.unit).ok_or_else(no_unit)?;
    let question = ask(&scenario)?;
    let (figure, fit, case) = (run.figure, run.fit, case.id.clone());
    Ok(Observation { row, case, scenario, figure, measured, question, open, fit, is_fsx })
}
