//! Measurements, and what the model says of the same figure.

mod ceilings;
mod patch;

pub use ceilings::Ceilings;
pub use patch::patched;

use std::collections::BTreeMap;

use crate::catalog::terms::words;
use crate::catalog::{Assumptions, Used, assumption};
use crate::design::{self, Design, FileSystem};
use crate::estimate::{self, MB_PER_S, OP_PER_S, shown};
use crate::family::Membership;
use crate::finding::Error;
use crate::job;
use crate::model::{Evaluation, LimitId, disk};
use crate::scenario::{AssumptionValue, Scenario};
use crate::spread::{self, Among, FIVE_PERCENT, Spread};
use crate::units::{OperationRate, Time, millisecond, one_operation, operation_per_second, second};

words! {
    /// A figure of an answer that can be measured; the unit is in the name.
    Figure {
        /// Data rate, MB/s.
        ThroughputMbPerS = "throughput_mb_per_s",
        /// I/O operations of the application a second; of metadata, items.
        OperationsPerS = "operations_per_s",
        /// Mean time of one request, ms.
        LatencyMs = "latency_ms",
        /// Time for all of the work, seconds.
        Seconds = "seconds",
        /// All files over that time.
        FilesPerS = "files_per_s",
        /// Object storage targets.
        OstCount = "ost_count",
        /// Metadata targets.
        MdtCount = "mdt_count",
    }
}

words! {
    /// The state of the burst credits in which something was measured.
    MeasuredRegime {
        /// Spent.
        Sustained = "sustained",
        /// There.
        Burst = "burst",
        /// Not known: predicted as spent, the interval widened by the way to the burst.
        Either = "either",
    }
}

impl Figure {
    /// Whether it is known beforehand, not predicted.
    #[must_use]
    pub const fn is_count(self) -> bool {
        matches!(self, Self::OstCount | Self::MdtCount)
    }

    /// Its unit.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::ThroughputMbPerS => MB_PER_S,
            Self::OperationsPerS => OP_PER_S,
            Self::LatencyMs => "ms",
            Self::Seconds => "s",
            Self::FilesPerS => "files/s",
            Self::OstCount | Self::MdtCount => "count",
        }
    }

    /// The units that it can be given in, as tools print them, with what one of each is in its own.
    #[must_use]
    pub const fn units(self) -> &'static [(&'static str, f64)] {
        match self {
            Self::ThroughputMbPerS => &[
                (MB_PER_S, 1.0),
                ("MiB/s", 1.048_576),
                ("GB/s", 1e3),
                ("GiB/s", 1_073.741_824),
                ("kB/s", 1e-3),
                ("KiB/s", 0.001_024),
                ("B/s", 1e-6),
                ("Gbit/s", 125.0),
            ],
            Self::OperationsPerS => {
                &[(OP_PER_S, 1.0), ("ops/s", 1.0), ("IOPS", 1.0), ("samples/s", 1.0), ("files/s", 1.0), ("kIOPS", 1e3)]
            }
            Self::LatencyMs => &[("ms", 1.0), ("us", 1e-3), ("ns", 1e-6), ("s", 1e3)],
            Self::Seconds => &[("s", 1.0), ("ms", 1e-3), ("min", 60.0), ("h", 3600.0)],
            Self::FilesPerS => &[("files/s", 1.0), ("objects/s", 1.0)],
            Self::OstCount | Self::MdtCount => &[("count", 1.0)],
        }
    }

    /// A value in its own unit; `None` if it cannot be given in that one.
    #[must_use]
    pub fn in_its_unit(self, value: f64, unit: &str) -> Option<f64> {
        self.units().iter().find(|(name, _)| *name == unit).map(|(_, each)| value * each)
    }
}

/// A legal scenario, and one figure of its answer, as a function of the assumptions.
///
/// ```
/// use fsx_model::catalog::Assumptions;
/// use fsx_model::measured::{Figure, MeasuredRegime, Question};
/// use fsx_model::scenario;
///
/// let scenario = scenario::from_json(
///     r#"{"file_system": {"deployment_type": "PERSISTENT_1", "storage_capacity_gib": 1200, "per_unit_storage_throughput": 50},
///         "workloads": [{"operation": "create"}]}"#,
/// )?;
/// let creates = Question::new(&scenario, 0, (Figure::OperationsPerS, MeasuredRegime::Sustained), None)?;
/// // one process creates a file in 0.8 ms
/// assert!((creates.mid(&Assumptions::mid()) - 1250.0).abs() < 1e-9);
/// # Ok::<(), fsx_model::finding::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Question {
    designs: Vec<Design>,
    overrides: BTreeMap<String, AssumptionValue>,
    counts: [f64; 2],
    index: usize,
    figure: Figure,
    regime: MeasuredRegime,
}

/// What the model says, in the unit of the figure.
#[derive(Clone, Copy, Debug)]
pub struct Prediction {
    /// Mid value.
    pub mid: f64,
    /// Variance of the logarithm that comes from the ranges of the assumptions, and from not knowing the regime.
    pub variance: f64,
    /// The families that it belongs to.
    pub membership: Membership,
}

impl Question {
    /// The figure of workload `index` of a scenario, jobs counted after workloads; on other ceilings, if there are some.
    ///
    /// # Errors
    /// With every finding if the scenario is illegal; other ceilings stand on a file system that need not be legal.
    pub fn new(
        scenario: &Scenario,
        index: usize,
        (figure, regime): (Figure, MeasuredRegime),
        ceilings: Option<&Ceilings>,
    ) -> Result<Self, Error> {
        if ceilings.is_none() {
            estimate::legal(scenario)?;
        }
        let scenario = job::expanded(scenario);
        let assumptions = design::assumptions(&scenario);
        let refused = || Error::refused(Vec::new());
        let mut file_system = FileSystem::new(&scenario, &assumptions).ok_or_else(refused)?;
        if let Some(ceilings) = ceilings {
            ceilings.replace(&mut file_system);
        }
        let designs = Design::all_on(&scenario, file_system, &assumptions);
        let is_there = figure.is_count() || designs.iter().any(|design| design.index == index);
        if !is_there {
            return Err(refused());
        }
        let counts = [file_system.topology(&assumptions).osts, file_system.metadata_servers()];
        let overrides = scenario.assumptions.clone();
        Ok(Self { designs, overrides, counts, index, figure, regime })
    }

    /// The assumptions with those that the scenario sets itself.
    fn with_overrides(&self, assumptions: &Assumptions) -> Assumptions {
        let mut assumptions = assumptions.clone();
        design::overridden(&mut assumptions, &self.overrides);
        assumptions
    }

    /// The assumptions that the figure depends on and of which the scenario says nothing.
    #[must_use]
    pub fn reads(&self, assumptions: &Assumptions) -> Used {
        let assumptions = self.with_overrides(assumptions);
        let (_, used) = assumptions.recording(|a| self.value(a));
        used.without(self.overrides.keys().filter_map(|name| Some(assumption(name)?.id)))
    }

    /// The mid value.
    #[must_use]
    pub fn mid(&self, assumptions: &Assumptions) -> f64 {
        self.value(&self.with_overrides(assumptions))
    }

    fn value(&self, assumptions: &Assumptions) -> f64 {
        if let Some(count) = self.count() {
            return count;
        }
        let all = spread::at_mid(&self.designs, assumptions);
        all.get(self.place()).map_or(f64::NAN, |among| self.of(among, self.bursting()))
    }

    /// The figure if it is a count.
    #[must_use]
    pub const fn count(&self) -> Option<f64> {
        match self.figure {
            Figure::OstCount => Some(self.counts[0]),
            Figure::MdtCount => Some(self.counts[1]),
            _ => None,
        }
    }

    fn bursting(&self) -> bool {
        self.regime == MeasuredRegime::Burst
    }

    /// Place of the workload among those that have designs.
    fn place(&self) -> usize {
        self.designs.chunk_by(|a, b| a.index == b.index).position(|same| same[0].index == self.index).unwrap_or(0)
    }

    fn groups(&self) -> &[Design] {
        let mut all = self.designs.chunk_by(|a, b| a.index == b.index);
        all.find(|same| same[0].index == self.index).unwrap_or(&[])
    }

    fn of(&self, among: &Among, bursting: bool) -> f64 {
        let now = now(among, bursting);
        self.figure(now.rate, now.latency, among.outcome.course.elapsed)
    }

    /// The figure, from the rate of requests, the time of one and the time of all of them.
    fn figure(&self, rate: OperationRate, latency: Time, elapsed: Time) -> f64 {
        let groups = self.groups();
        let Some(Design { workload, .. }) = groups.first() else { return f64::NAN };
        let per_request = if workload.moves_data { f64::from(workload.request_size() / workload.io_size) } else { 1.0 };
        let seconds = elapsed.get::<second>();
        match self.figure {
            Figure::ThroughputMbPerS => shown(rate, &groups[0]).min(estimate::offered(groups)),
            Figure::OperationsPerS => rate.get::<operation_per_second>() * per_request,
            Figure::LatencyMs => latency.get::<millisecond>(),
            Figure::Seconds => seconds,
            Figure::FilesPerS => {
                groups.iter().map(|group| group.workload.files * group.workload.passes).sum::<f64>() / seconds
            }
            Figure::OstCount | Figure::MdtCount => f64::NAN,
        }
    }

    /// The figure if all of the work went at one rate.
    fn at_rate(&self, rate: OperationRate) -> Option<f64> {
        let groups = self.groups();
        let work = groups.iter().map(estimate::work).sum::<f64>();
        let elapsed = Time::new::<second>(work / shown(rate, groups.first()?));
        (self.figure != Figure::LatencyMs).then(|| self.figure(rate, Time::default(), elapsed))
    }

    /// The mid value, its spread over the ranges of the assumptions, and its family; `None` for a count.
    #[must_use]
    pub fn predict(&self, assumptions: &Assumptions) -> Option<Prediction> {
        if self.figure.is_count() {
            return None;
        }
        let mut assumptions = self.with_overrides(assumptions);
        let all = spread::outcomes(&self.designs, &mut assumptions);
        let (among, spread) = all.get(self.place())?;
        let bursting = self.bursting();
        let mut variance = self.variance(spread);
        if self.regime == MeasuredRegime::Either {
            variance += variance_between(self.of(among, false), self.of(among, true));
        }
        let membership = Membership::of(self.groups(), now(among, bursting), &assumptions, bursting);
        Some(Prediction { mid: self.of(among, bursting), variance, membership })
    }

    fn variance(&self, spread: &Spread) -> f64 {
        let rate = if self.bursting() { &spread.full } else { &spread.spent };
        match self.figure {
            Figure::ThroughputMbPerS | Figure::OperationsPerS => rate.throughput,
            Figure::LatencyMs => rate.latency,
            Figure::Seconds | Figure::FilesPerS => spread.elapsed,
            Figure::OstCount | Figure::MdtCount => 0.0,
        }
    }

    /// The figure by the smallest ceiling of the file system and its clients, as if nothing waited for anything; `None`
    /// of a time of one request.
    #[must_use]
    pub fn ceiling(&self, assumptions: &Assumptions) -> Option<f64> {
        let all = spread::at_mid(&self.designs, &self.with_overrides(assumptions));
        let limits = now(all.get(self.place())?, self.bursting()).limits;
        let is_part =
            |id| !matches!(id, LimitId::Concurrency | LimitId::S3Restore | LimitId::S3Export | LimitId::S3Import);
        let parts = limits.iter().filter(|(id, _)| is_part(*id)).map(|(_, value)| value);
        let names = self.groups().iter().filter_map(|design| design.need.names).reduce(|a, b| a + b);
        self.at_rate(parts.chain(names).reduce(OperationRate::min)?)
    }

    /// The figure by the throughput alone that the file system is ordered with; `None` of what moves no data.
    #[must_use]
    pub fn provisioned(&self) -> Option<f64> {
        let Design { file_system, workload, .. } = self.groups().first().filter(|it| it.workload.moves_data)?;
        let (baseline, _) = disk::figures(file_system, workload);
        self.at_rate(baseline / workload.request_size() * one_operation())
    }
}

const fn now(among: &Among, bursting: bool) -> &Evaluation {
    if bursting { &among.outcome.full } else { &among.outcome.spent }
}

/// Variance of a logarithm whose 90 % range lies between two values.
#[must_use]
pub fn variance_between(one: f64, other: f64) -> f64 {
    let deviation = libm::log(one / other) / (2.0 * FIVE_PERCENT);
    deviation * deviation
}
