//! The published measurements, what the model says of each, and what is left of the assumptions by all of them and
//! without each case.

use std::collections::BTreeMap;

use crate::calibrate::{
    Fitted, FittedAssumption, Residual, Sample, Scatter, fit, movable, scatters, without_each_case,
};
use crate::catalog::{AssumptionId, Assumptions, FAMILIES, Family};
use crate::estimate::Range;
use crate::family::Membership;
use crate::observed::Observation;

/// All measurements of file systems but counts, ready to be predicted and fitted.
#[derive(Debug)]
pub(super) struct Study {
    /// The measurements.
    pub(super) entries: Vec<Entry>,
    samples: Vec<Sample>,
    movable: Vec<AssumptionId>,
    before: Assumptions,
}

/// A measurement and where its prediction belongs.
#[derive(Debug)]
pub(super) struct Entry {
    /// The measurement.
    pub(super) observation: Observation,
    /// Its family.
    pub(super) family: &'static str,
    membership: Membership,
}

/// A fit without one case.
#[derive(Debug)]
pub(super) struct Without {
    /// The assumptions by all other cases.
    pub(super) fitted: Fitted,
    scatters: Vec<Scatter>,
}

impl Study {
    pub(super) fn new(observations: Vec<Observation>) -> Self {
        let before = Assumptions::before_any_measurement();
        let entry = |observation: Observation| {
            let membership = observation.question.predict(&before)?.membership;
            Some(Entry { family: family(&observation, &membership), observation, membership })
        };
        let entries = observations.into_iter().filter_map(entry).collect();
        let mut study = Self { entries, samples: Vec::new(), movable: Vec::new(), before };
        let scatters = study.scatters(&study.before, None);
        let usable = study.entries.iter().filter(|it| it.observation.fit);
        let sample = |it: &Entry| Sample {
            question: it.observation.question.clone(),
            measured: it.observation.measured,
            case: it.observation.case.clone(),
            scatter: it.scatter(|family| of(&scatters, family)),
            family: it.family,
        };
        study.samples = usable.map(sample).collect();
        study.movable = movable(&study.samples, &study.before);
        study
    }

    /// Scatter of the families by the measurements that can set something, without those of one case.
    fn scatters(&self, assumptions: &Assumptions, without: Option<&str>) -> Vec<Scatter> {
        let usable = self.entries.iter().filter(|it| it.observation.fit);
        let rest = usable.filter(|it| Some(it.observation.case.as_str()) != without);
        // a family of FSx is not judged by other systems
        let has_own = |family: &str| self.entries.iter().any(|it| it.observation.is_fsx && it.family == family);
        let residuals: Vec<_> = rest
            .filter(|it| it.observation.is_fsx || !has_own(it.family))
            .map(|it| {
                let value = libm::log(it.observation.question.mid(assumptions) / it.observation.measured);
                Residual { family: it.family, case: it.observation.case.clone(), value }
            })
            .collect();
        scatters(&residuals)
    }

    /// All measurements fitted at once.
    pub(super) fn fit(&self) -> Fitted {
        fit(&self.samples.iter().collect::<Vec<_>>(), &self.movable, &self.before)
    }

    /// The same once without each case that sets something.
    pub(super) fn without_each_case(&self) -> BTreeMap<String, Without> {
        let fits = without_each_case(&self.samples, &self.movable, &self.before).into_iter();
        fits.map(|(case, fitted)| {
            let scatters = self.scatters(&fitted.assumptions, Some(&case));
            (case, Without { fitted, scatters })
        })
        .collect()
    }

    /// What the data say when all of them are fitted.
    pub(super) fn calibration(&self) -> Calibration {
        Calibration { scatters: self.scatters(&self.before, None), fitted: self.fit().fitted }
    }
}

impl Entry {
    /// Scatter of its prediction by that of its families; of another system, by that of the way to its own ceilings.
    fn scatter(&self, of: impl Fn(&str) -> f64) -> f64 {
        if self.observation.is_fsx { self.membership.mean(|it: &Family| of(it.id)) } else { of(self.family) }
    }

    /// The prediction of the model as it is.
    pub(super) fn shipped(&self, now: &Assumptions) -> Option<Range> {
        let prediction = self.observation.predict(now)?;
        let stored = |id: &str| FAMILIES.iter().find(|family| family.id == id).map_or(1.0, |family| family.s);
        let scatter = self.scatter(stored);
        Some(Range::around(prediction.mid, prediction.variance, scatter))
    }

    /// The prediction by what all other cases say, and its interval by their scatter.
    pub(super) fn left_out(&self, without: &Without) -> Option<Range> {
        let prediction = self.observation.predict(&without.fitted.assumptions)?;
        let scatter = self.scatter(|id| of(&without.scatters, id));
        Some(Range::around(prediction.mid, prediction.variance, scatter))
    }
}

fn of(scatters: &[Scatter], family: &str) -> f64 {
    FAMILIES.iter().position(|it| it.id == family).and_then(|place| scatters.get(place)).map_or(1.0, |it| it.s)
}

/// Family of a measurement: of another system on its own ceilings, what is tried is the way to them.
fn family(it: &Observation, membership: &Membership) -> &'static str {
    let by_scenario = membership.main().id;
    match by_scenario {
        _ if it.is_fsx => by_scenario,
        "metadata_warm" => "mdt_saturation",
        "metadata_cold" | "small_record_shared_file" => by_scenario,
        _ => "saturated_servers",
    }
}

/// What the data say when all of them are fitted: what `data/families.csv` and `data/fitted.csv` hold.
#[derive(Debug)]
pub struct Calibration {
    /// Scatter of each family, in the order of [`FAMILIES`].
    pub scatters: Vec<Scatter>,
    /// Every assumption that could be fitted.
    pub fitted: Vec<FittedAssumption>,
}
