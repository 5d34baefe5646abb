//! `accuracy`: predictions of every published measurement, and how far off they are.

mod answer;
mod study;

pub use answer::*;
pub use study::Calibration;

use std::collections::BTreeMap;

use crate::calibrate::{APART, FittedAssumption};
use crate::catalog::{AssumptionId, Assumptions, FAMILIES};
use crate::estimate::Range;
use crate::finding::{Error, Finding};
use crate::measured::Figure;
use crate::observed::{Excluded, Fault, Observation, Row, observations, rows, training_runs};
use study::{Study, Without};

/// Family of a count, which is known, not predicted.
const COUNTS: &str = "counts";
/// Family of a training run whose utilization is its own, so that only its demand is predicted.
const IDENTITY: &str = "training_identity";
/// Family of a training run whose utilization is predicted.
const TRAINING: &str = "training";

/// Predictions of the published measurements, all or of one family.
///
/// # Errors
/// If there is no such family.
///
/// ```
/// use fsx_model::accuracy::{AccuracyQuery, accuracy};
/// let walks = accuracy(&AccuracyQuery { family: Some("metadata_cold".to_owned()) })?;
/// let fsx_28 = walks.rows.iter().find(|row| row.id == "FSX-28.03").expect("it is published");
/// // 42,242 directories of 1.3 ms and 415,814 names at 40,000 a second, measured 70.6 s
/// assert!((fsx_28.predicted.mid - (42_242.0 * 1.3e-3 + 415_814.0 / 40_000.0)).abs() < 0.1);
/// # Ok::<(), fsx_model::finding::Error>(())
/// ```
pub fn accuracy(query: &AccuracyQuery) -> Result<Accuracy, Error> {
    let not_understood = |finding| Error::not_understood(vec![finding]);
    let all = predicted()
        .map_err(|fault| not_understood(Finding::error("INPUT-DATA", "observed", "", fault.to_string(), "")))?;
    let families: Vec<&'static str> = FAMILIES
        .iter()
        .map(|family| family.id)
        .chain([COUNTS, IDENTITY])
        .filter(|id| all.rows.iter().any(|row| row.family == *id))
        .collect();
    if let Some(wanted) = &query.family
        && !families.contains(&wanted.as_str())
    {
        return Err(not_understood(Finding::no_such("family", wanted, families.iter().copied())));
    }
    let is_asked = |row: &&PredictedRow| query.family.as_ref().is_none_or(|family| row.family == family.as_str());
    let asked: Vec<_> = all.rows.iter().filter(is_asked).cloned().collect();
    let excluded = if query.family.is_some() { Vec::new() } else { all.excluded };
    let assumptions = if query.family.is_some() { Vec::new() } else { all.assumptions };
    Ok(summary(asked, &families, excluded, assumptions))
}

/// Every row, before it is asked for.
struct Predicted {
    rows: Vec<PredictedRow>,
    excluded: Vec<Excluded>,
    assumptions: Vec<StableAssumption>,
}

fn predicted() -> Result<Predicted, Fault> {
    let (observations, excluded) = observations()?;
    let counts = observations.iter().filter_map(|it| Some((it, Range::exactly(it.question.count()?))));
    let mut answers: Vec<_> = counts.map(|(it, count)| row(it, COUNTS, count, None)).collect();
    answers.extend(trained(&rows()?)?);
    let study = Study::new(observations);
    let fits = study.without_each_case();
    let now = Assumptions::mid();
    for it in &study.entries {
        let Some(shipped) = it.shipped(&now) else { continue };
        // a measurement that sets nothing changes nothing when it is left out
        let without = fits.get(&it.observation.case).filter(|_| it.observation.is_fsx);
        let left_out = without.and_then(|without| it.left_out(without));
        answers.push(row(&it.observation, it.family, shipped, left_out));
    }
    answers.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(Predicted { rows: answers, excluded, assumptions: stable(&study, &fits) })
}

/// Fits the assumptions to the published measurements, from the ranges that users would find.
///
/// # Errors
/// If the data are faulty.
pub fn calibration() -> Result<Calibration, Fault> {
    let (observations, _) = observations()?;
    Ok(Study::new(observations).calibration())
}

fn row(it: &Observation, family: &'static str, predicted: Range, left_out: Option<Range>) -> PredictedRow {
    let now = Assumptions::mid();
    PredictedRow {
        id: it.row.id.clone(),
        case: it.case.clone(),
        family,
        system: if it.is_fsx { System::Fsx } else { System::Lustre },
        grade: it.row.grade.clone(),
        workload: it.row.workload.clone(),
        figure: it.figure.as_str(),
        unit: it.figure.unit(),
        measured: it.measured,
        predicted,
        inside: predicted.holds(it.measured),
        left_out,
        inside_left_out: left_out.map(|range| range.holds(it.measured)),
        ceilings: it.question.ceiling(&now).filter(|_| it.is_fsx && !it.figure.is_count()),
        provisioned: it.question.provisioned().filter(|_| it.is_fsx),
        source: it.row.source_url.clone(),
    }
}

/// Published training runs.
fn trained(rows: &[Row]) -> Result<Vec<PredictedRow>, Fault> {
    let prefetch = Assumptions::mid().get(AssumptionId::PrefetchBatches);
    let scatter = FAMILIES.iter().find(|family| family.id == TRAINING).map_or(0.0, |family| family.s);
    let mut answers = Vec::new();
    for run in training_runs()? {
        let trained = run.predict(prefetch)?;
        let row = rows.iter().find(|row| row.id == run.id);
        let measured = run.measured_mb_per_s(row)?;
        let predicted = Range::around(trained.mb_per_s, trained.variance, scatter);
        answers.push(PredictedRow {
            id: run.id,
            case: run.case,
            family: if trained.is_identity { IDENTITY } else { TRAINING },
            system: System::Lustre,
            grade: row.map_or_else(|| "A".to_owned(), |row| row.grade.clone()),
            workload: format!("{}, {}", run.preset, run.system),
            figure: Figure::ThroughputMbPerS.as_str(),
            unit: Figure::ThroughputMbPerS.unit(),
            measured,
            predicted,
            inside: predicted.holds(measured),
            left_out: None,
            inside_left_out: None,
            ceilings: None,
            provisioned: None,
            source: row.map_or_else(|| MLPERF.to_owned(), |row| row.source_url.clone()),
        });
    }
    Ok(answers)
}

/// Where the summaries of MLPerf Storage v1.0 lie.
const MLPERF: &str = "https://github.com/mlcommons/storage_results_v1.0/tree/64c2ce48578aabb20cff572c0495564d289e4955";

/// Where each assumption comes out by all measurements, and the farthest it goes when a case is left out.
fn stable(study: &Study, fits: &BTreeMap<String, Without>) -> Vec<StableAssumption> {
    let all = study.fit();
    let of = |it: &FittedAssumption| {
        let without =
            fits.values().flat_map(|without| &without.fitted.fitted).filter(|other| other.row.id == it.row.id);
        let mids = without.map(|other| other.range[1]);
        let (least, most) = mids.fold((it.range[1], it.range[1]), |(least, most), mid| (mid.min(least), mid.max(most)));
        let [low, mid, high] = it.range;
        StableAssumption {
            id: it.row.name,
            unit: it.row.unit,
            low: it.row.low,
            mid: it.row.mid,
            high: it.row.high,
            fitted: Range { low, mid, high },
            least_without_a_case: least,
            most_without_a_case: most,
            cases: it.cases,
        }
    };
    all.fitted.iter().map(of).collect()
}

fn summary(
    rows: Vec<PredictedRow>,
    families: &[&'static str],
    excluded: Vec<Excluded>,
    assumptions: Vec<StableAssumption>,
) -> Accuracy {
    let fsx = |row: &&PredictedRow| row.system == System::Fsx && row.family != COUNTS;
    let is_compared = |row: &&PredictedRow| fsx(row) && row.grade != "C" && !APART.contains(&row.family);
    let group = |id: &str, of: &dyn Fn(&&PredictedRow) -> bool, predicted: Which| {
        Group::of(id, rows.iter().filter(of), predicted)
    };
    let by_family = |of: &dyn Fn(&&PredictedRow) -> bool, predicted: Which| -> Vec<Group> {
        let groups = families.iter().map(|id| group(id, &|row| of(row) && row.family == *id, predicted));
        groups.filter(|group| group.rows > 0).collect()
    };
    let left_out = LeftOut {
        compared: group("compared", &is_compared, Which::LeftOut),
        all: group("all", &fsx, Which::LeftOut),
        families: by_family(&fsx, Which::LeftOut),
    };
    Accuracy {
        families: by_family(
            &|row| row.system == System::Fsx || row.family == TRAINING || row.family == IDENTITY,
            Which::Shipped,
        ),
        all: group("all", &fsx, Which::Shipped),
        compared: group("compared", &is_compared, Which::Shipped),
        left_out,
        other_systems: by_family(
            &|row| row.system == System::Lustre && row.family != TRAINING && row.family != IDENTITY,
            Which::Shipped,
        ),
        baselines: Baselines {
            ceilings: Baseline::of(rows.iter().filter(fsx), |row| row.ceilings),
            provisioned: Baseline::of(rows.iter().filter(fsx), |row| row.provisioned),
        },
        assumptions,
        rows,
        excluded,
    }
}
