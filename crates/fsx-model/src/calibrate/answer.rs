//! What `calibrate` is asked and answers.

use serde::Serialize;

use super::{Sample, fit, movable, quantile, share, without_each_case};
use crate::catalog::{ASSUMPTIONS, AssumptionId, Assumptions, assumption};
use crate::estimate::Range;
use crate::finding::{Error, Finding, Severity, did_you_mean};
use crate::measured::{Figure, MeasuredRegime, Question};
use crate::scenario::Scenario;
use crate::shape::record;

record! {
    /// The input of `calibrate`.
    CalibrateQuery {
        /// What was measured.
        rows: Vec<MeasuredRow>,
        /// Assumptions that may move, by id; by default all that the measurements depend on.
        #[cfg_attr(feature = "schema", schemars(default))]
        assumptions: Vec<String>,
    }
}

record! {
    /// A measurement.
    MeasuredRow {
        /// Name of the measurement; by default `row-1` and so on.
        id: Option<String>,
        /// What measurements have in common that are not independent, such as one file system on one day; by default the
        /// name.
        case: Option<String>,
        /// The file system, its clients and what ran on it.
        scenario: Scenario,
        /// Which workload was measured, by name; by default the first.
        workload: Option<String>,
        /// Which figure.
        figure: Figure,
        /// Whether burst credits were there.
        regime: Option<MeasuredRegime> = MeasuredRegime::Sustained,
        /// What was measured, in the unit of the figure, or in `unit`.
        measured: f64,
        /// Another unit, as tools print them: `MiB/s`, `GB/s`, `IOPS`, `us`, `min` and so on.
        unit: Option<String>,
    }
}

/// Assumptions fitted to measurements, and how far the model is off with them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Calibrated {
    /// Every assumption that could move.
    pub assumptions: Vec<CalibratedAssumption>,
    /// Every measurement.
    pub rows: Vec<CalibratedRow>,
    /// Errors before the fit, of `|ln(predicted / measured)|`.
    pub before: Errors,
    /// Errors after it.
    pub after: Errors,
    /// Errors when each case is predicted by what the other cases say (of more than 64, by those of the other 63 in 64);
    /// `null` with one case.
    pub left_out: Option<Errors>,
    /// Whether the fit ended at a minimum.
    pub converged: bool,
    /// A table `[assumptions]` to put in a scenario: those that the measurements say something of, with their ranges.
    pub toml: String,
    /// What to watch.
    pub findings: Vec<Finding>,
}

/// An assumption before and after a fit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CalibratedAssumption {
    /// Id.
    pub id: &'static str,
    /// Unit of all values.
    pub unit: &'static str,
    /// Its 5th, 50th and 95th percentile before the fit.
    pub before: Range,
    /// The same after it.
    pub after: Range,
    /// Independent cases that bear on it.
    pub cases: usize,
    /// Whether the measurements say something of it: they move it, or narrow its range by a tenth.
    pub informed: bool,
}

/// A measurement and its predictions, in the unit of its figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CalibratedRow {
    /// Name.
    pub id: String,
    /// Case.
    pub case: String,
    /// Family, by the scenario.
    pub family: &'static str,
    /// What was measured.
    pub measured: f64,
    /// Prediction before the fit.
    pub before: Range,
    /// After it.
    pub after: Range,
    /// By what the other cases say; `null` with one case.
    pub left_out: Option<Range>,
}

/// How far off predictions are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Errors {
    /// Median.
    pub median: f64,
    /// 90th percentile.
    pub p90: f64,
    /// Share of the measurements inside their 90 % interval.
    pub inside: f64,
}

/// Most measurements that are fitted at once: a fit goes through all of them some hundred times.
pub(super) const MOST_ROWS: usize = 2_000;

/// Fits assumptions to measurements.
///
/// # Errors
/// With every reason: a scenario that is illegal, a value that cannot be measured, an assumption that does not exist.
///
/// ```
/// use fsx_model::calibrate::{CalibrateQuery, calibrate};
/// use fsx_model::scenario;
///
/// // one process creates 1,000 files a second, and never more: 1 ms each, where the model takes 0.8
/// let query: CalibrateQuery = scenario::from_json(
///     r#"{"rows": [{"figure": "operations_per_s", "measured": 1000, "scenario": {
///         "file_system": {"deployment_type": "PERSISTENT_1", "storage_capacity_gib": 1200, "per_unit_storage_throughput": 50},
///         "workloads": [{"operation": "create"}]}}]}"#,
/// )?;
/// let answer = calibrate(&query)?;
/// let latency = answer.assumptions.iter().find(|it| it.id == "create_latency").expect("it was fitted");
/// // a single stream of metadata scatters widely, so one row moves it only part of the way
/// assert!(latency.after.mid > 0.8 && latency.after.mid < 1.0);
/// # Ok::<(), fsx_model::finding::Error>(())
/// ```
pub fn calibrate(query: &CalibrateQuery) -> Result<Calibrated, Error> {
    let ids = asked_for(&query.assumptions)?;
    let rows = questions(&query.rows)?;
    let now = Assumptions::mid();
    // a system of one's own may lie anywhere in the range of what users find
    let base = Assumptions::before_any_measurement();
    let samples: Vec<_> = rows.iter().map(|row| row.sample(&base)).collect();
    let all = movable(&samples, &base);
    let free: Vec<_> = if ids.is_empty() { all } else { all.into_iter().filter(|id| ids.contains(id)).collect() };
    let fitted = fit(&samples.iter().collect::<Vec<_>>(), &free, &base);
    let left_out = without_each_case(&samples, &free, &base);
    let several = left_out.len() > 1;
    let answers: Vec<_> = rows
        .iter()
        .zip(&samples)
        .map(|(row, sample)| {
            let without = left_out.iter().find(|(case, _)| several && *case == sample.case);
            CalibratedRow {
                id: row.id.clone(),
                case: sample.case.clone(),
                family: sample.family,
                measured: sample.measured,
                before: interval(&sample.question, &now),
                after: interval(&sample.question, &fitted.assumptions),
                left_out: without.map(|(_, fitted)| interval(&sample.question, &fitted.assumptions)),
            }
        })
        .collect();
    let assumptions: Vec<_> = fitted.fitted.iter().map(|it| CalibratedAssumption::new(it, &base)).collect();
    Ok(Calibrated {
        before: Errors::of(&answers, |row| Some(row.before)),
        after: Errors::of(&answers, |row| Some(row.after)),
        left_out: several.then(|| Errors::of(&answers, |row| row.left_out)),
        converged: fitted.converged,
        toml: table(&assumptions),
        findings: findings(&assumptions, &ids, &free),
        assumptions,
        rows: answers,
    })
}

fn interval(question: &Question, assumptions: &Assumptions) -> Range {
    question
        .predict(assumptions)
        .map_or(Range::exactly(f64::NAN), |it| Range::around(it.mid, it.variance, it.membership.scatter()))
}

/// A measurement whose scenario is legal.
struct Asked {
    id: String,
    case: String,
    question: Question,
    measured: f64,
}

impl Asked {
    fn sample(&self, base: &Assumptions) -> Sample {
        let membership = self.question.predict(base).map(|it| it.membership);
        Sample {
            question: self.question.clone(),
            measured: self.measured,
            case: self.case.clone(),
            scatter: membership.map_or(1.0, |it| it.scatter()),
            family: membership.map_or("", |it| it.main().id),
        }
    }
}

fn asked_for(names: &[String]) -> Result<Vec<AssumptionId>, Error> {
    let mut ids = Vec::new();
    let mut findings = Vec::new();
    for (i, name) in names.iter().enumerate() {
        match assumption(name) {
            Some(row) => ids.push(row.id),
            None => {
                let near = did_you_mean(name, ASSUMPTIONS.iter().map(|row| row.name));
                findings.push(Finding::error(
                    "INPUT-WORD",
                    &format!("assumptions[{i}]"),
                    name,
                    "no such assumption; `fsx catalog assumptions` lists them",
                    near.unwrap_or_default(),
                ));
            }
        }
    }
    if findings.is_empty() { Ok(ids) } else { Err(Error::not_understood(findings)) }
}

/// Every row as a question; all faults of all rows at once.
fn questions(rows: &[MeasuredRow]) -> Result<Vec<Asked>, Error> {
    let mut asked = Vec::with_capacity(rows.len());
    let mut findings = Vec::new();
    if rows.is_empty() || rows.len() > MOST_ROWS {
        let message = format!("expected 1 to {MOST_ROWS} measurements, found {}", rows.len());
        let fix = if rows.is_empty() { "" } else { "the median of rows that measure the same" };
        findings.push(Finding::error("FSX-CALIBRATE-ROWS", "rows", "", message, fix));
    }
    for (i, row) in rows.iter().enumerate().take(MOST_ROWS) {
        match question(row, i) {
            Ok(it) => asked.push(it),
            Err(faults) => findings.extend(faults),
        }
    }
    if findings.is_empty() { Ok(asked) } else { Err(Error::refused(findings)) }
}

fn question(row: &MeasuredRow, place: usize) -> Result<Asked, Vec<Finding>> {
    let mut faults = Vec::new();
    let field = |name: &str| format!("rows[{place}].{name}");
    if !(row.measured > 0.0 && row.measured < 1e15) {
        let message = "a measured figure is above 0 and below 1e15";
        faults.push(Finding::error(
            "FSX-CALIBRATE-MEASURED",
            &field("measured"),
            &row.measured.to_string(),
            message,
            "",
        ));
    }
    let unit = row.unit.as_deref().unwrap_or(row.figure.unit());
    let measured = row.figure.in_its_unit(row.measured, unit);
    if measured.is_none() {
        let names: Vec<_> = row.figure.units().iter().map(|(name, _)| *name).collect();
        let message = format!("no unit of {}; one of {}", row.figure, names.join(", "));
        let near = did_you_mean(unit, names.into_iter()).unwrap_or_default();
        faults.push(Finding::error("FSX-CALIBRATE-UNIT", &field("unit"), unit, message, near));
    }
    if row.figure.is_count() {
        let message = "a count is known beforehand: there is nothing to fit";
        faults.push(Finding::error(
            "FSX-CALIBRATE-FIGURE",
            &field("figure"),
            row.figure.as_str(),
            message,
            "throughput_mb_per_s",
        ));
    }
    let workloads = &row.scenario.workloads;
    let named = |name: &str| workloads.iter().enumerate().position(|(i, it)| it.name_or_number(i) == *name);
    let index = row.workload.as_ref().map_or(Some(0), |name| named(name));
    let Some(index) = index.filter(|index| *index < workloads.len().max(1)) else {
        let names: Vec<_> = workloads.iter().enumerate().map(|(i, it)| it.name_or_number(i)).collect();
        let name = row.workload.clone().unwrap_or_default();
        let message = format!("no such workload; one of {}", names.join(", "));
        let near = did_you_mean(&name, names.iter().map(String::as_str)).unwrap_or_default();
        faults.push(Finding::error("FSX-CALIBRATE-WORKLOAD", &field("workload"), &name, message, near));
        return Err(faults);
    };
    let regime = row.regime();
    match Question::new(&row.scenario, index, (row.figure, regime), None) {
        Ok(question) if faults.is_empty() => {
            let id = row.id.clone().unwrap_or_else(|| format!("row-{}", place + 1));
            let case = row.case.clone().unwrap_or_else(|| id.clone());
            Ok(Asked { id, case, question, measured: measured.unwrap_or(row.measured) })
        }
        Ok(_) => Err(faults),
        Err(error) if error.findings.is_empty() => {
            let message = "the scenario has no workload of which this could be a figure";
            faults.push(Finding::error("FSX-CALIBRATE-WORKLOAD", &field("scenario.workloads"), "", message, ""));
            Err(faults)
        }
        Err(error) => {
            let errors = error.findings.into_iter().filter(|it| it.severity == Severity::Error);
            faults.extend(errors.map(|it| Finding { field: field(&format!("scenario.{}", it.field)), ..it }));
            Err(faults)
        }
    }
}

impl CalibratedAssumption {
    fn new(it: &super::FittedAssumption, base: &Assumptions) -> Self {
        let ([before_low, before_high], mid) = (base.ends(it.row.id), base.get(it.row.id));
        let [low, after, high] = it.range;
        let width = |low: f64, high: f64| high - low;
        let moved = (after / mid - 1.0).abs() > NOTICEABLE;
        let narrowed = width(low, high) < (1.0 - NARROWED) * width(before_low, before_high);
        Self {
            id: it.row.name,
            unit: it.row.unit,
            before: Range { low: before_low, mid, high: before_high },
            after: Range { low, mid: after, high },
            cases: it.cases,
            informed: it.cases > 0 && (moved || narrowed),
        }
    }
}

/// A share of its value from which on an assumption has moved.
const NOTICEABLE: f64 = 0.01;
/// A share of its width from which on a range is narrower.
const NARROWED: f64 = 0.1;

impl Errors {
    fn of(rows: &[CalibratedRow], which: impl Fn(&CalibratedRow) -> Option<Range>) -> Self {
        let of = |row: &CalibratedRow| Some((which(row)?, row.measured));
        let pairs: Vec<_> = rows.iter().filter_map(of).collect();
        let errors: Vec<_> = pairs.iter().map(|(range, measured)| libm::log(range.mid / measured).abs()).collect();
        let inside = pairs.iter().filter(|(range, measured)| range.holds(*measured)).count();
        Self { median: quantile(&errors, 0.5), p90: quantile(&errors, 0.9), inside: share(inside, pairs.len()) }
    }
}

/// A table to paste, in three significant digits.
fn table(assumptions: &[CalibratedAssumption]) -> String {
    let mut text = "[assumptions]\n".to_owned();
    for it in assumptions.iter().filter(|it| it.informed) {
        let [low, mid, high] = [it.after.low, it.after.mid, it.after.high].map(short);
        text.push_str(&format!("{} = {{ low = {low}, mid = {mid}, high = {high} }}\n", it.id));
    }
    text
}

/// A number in three significant digits.
fn short(value: f64) -> String {
    let rounded: f64 = format!("{value:.2e}").parse().unwrap_or(value);
    rounded.to_string()
}

fn findings(assumptions: &[CalibratedAssumption], asked: &[AssumptionId], free: &[AssumptionId]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for it in assumptions {
        let Some(row) = assumption(it.id) else { continue };
        if it.after.mid < row.low || it.after.mid > row.high {
            let message =
                format!("the measurements move it beyond what is found in practice, {} to {}", row.low, row.high);
            findings.push(Finding {
                severity: Severity::Warning,
                ..Finding::error(
                    "FSX-CALIBRATE-RANGE",
                    &format!("assumptions.{}", it.id),
                    &short(it.after.mid),
                    message,
                    "",
                )
            });
        }
    }
    for id in asked.iter().filter(|id| !free.contains(id)) {
        let name = ASSUMPTIONS[*id as usize].name;
        findings.push(Finding {
            severity: Severity::Warning,
            ..Finding::error(
                "FSX-CALIBRATE-UNUSED",
                &format!("assumptions.{name}"),
                "",
                "no measurement depends on it, or it has no range to move in",
                "",
            )
        });
    }
    findings
}
