//! The answer of `estimate`: what is returned, in which units.

use serde::Serialize;

use crate::catalog::{Assumption, Assumptions};
use crate::cost::Cost;
use crate::finding::Finding;
use crate::formula::FigureWorking;
use crate::head_room::HeadRoom;
use crate::job::JobEstimate;
use crate::model::LimitId;
use crate::shape::DefaultTaken;
use crate::spread::FIVE_PERCENT;
use crate::working::Working;

/// Version of this crate, which is that of the model's equations.
pub const MODEL_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The answer of `estimate`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Estimate {
    /// Published figures × capacity, and counts.
    pub file_system: FileSystemFigures,
    /// One answer per workload, in the order of the scenario.
    pub workloads: Vec<WorkloadEstimate>,
    /// What its jobs do, in their own words; none in the estimate of a change.
    pub jobs: Vec<JobEstimate>,
    /// What it costs; absent from the estimate of a change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// What is left of the parts of a file system that exists, the least first; absent where the scenario tells of none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub head_room: Vec<HeadRoom>,
    /// Warnings and advice.
    pub findings: Vec<Finding>,
    /// The assumptions the estimate rests on.
    pub assumptions: Vec<AssumptionUse>,
    /// Defaults that were taken.
    pub defaults: Vec<DefaultTaken>,
    /// Versions of model and catalog.
    pub model: ModelVersion,
}

/// Published figures × capacity or steps of throughput capacity (no assumption applied but `usable_capacity_gib` and,
/// where AWS gives no target size, `ost_count`), and counts. `null`: nothing published, or elastic. The disks of
/// Intelligent-Tiering are its throughput capacity.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[expect(missing_docs, reason = "the names say it; the contract explains them")]
pub struct FileSystemFigures {
    pub ost_count: u32,
    pub oss_count: u32,
    pub mds_count: u32,
    pub mdt_count: u32,
    pub metadata_iops: Option<u32>,
    pub usable_capacity_gib: Option<f64>,
    pub network_baseline_mb_per_s: Option<f64>,
    pub network_burst_mb_per_s: Option<f64>,
    pub disk_read_baseline_mb_per_s: f64,
    pub disk_write_baseline_mb_per_s: f64,
    pub disk_read_burst_mb_per_s: f64,
    pub disk_write_burst_mb_per_s: f64,
    pub server_memory_gib: Option<f64>,
    pub ssd_cache_gib: f64,
    /// How they follow from what is published and ordered; none in the estimate of a change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workings: Vec<FigureWorking>,
}

/// How fast one workload runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorkloadEstimate {
    /// Name of the workload.
    pub name: String,
    /// With burst credits spent.
    pub sustained: Regime,
    /// With burst credits there; `null` where nothing bursts.
    pub burst: Option<Burst>,
    /// Time for all bytes of all passes from `credits_at_start`, seconds.
    pub seconds: Range,
    /// What other workloads take from it, sustained; absent if that is nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contention: Option<Contention>,
    /// Every limit that applies, smallest sustained value first.
    pub limits: Vec<LimitEstimate>,
    /// How its time follows from its rates; none in the estimate of a change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workings: Vec<FigureWorking>,
}

/// What a workload loses to others that run at the same time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contention {
    /// The shared part where it waits for them.
    pub at: LimitId,
    /// Its sustained rate with the file system to itself.
    pub alone: f64,
    /// Unit of `alone`.
    pub unit: &'static str,
    /// Share of that rate it keeps.
    pub share: f64,
}

/// 5th, 50th and 95th percentile of what a user would measure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[expect(missing_docs, reason = "the type says it")]
pub struct Range {
    pub low: f64,
    pub mid: f64,
    pub high: f64,
}

/// A workload in one regime.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Regime {
    /// Data rate, MB/s; `null` for metadata.
    pub throughput_mb_per_s: Option<Range>,
    /// I/O operations of the application a second; of metadata, items.
    pub operations_per_s: Range,
    /// Mean time of one request, queueing included, ms.
    pub latency_ms: Range,
    /// The smallest limit.
    pub bottleneck: LimitId,
    /// How its figures follow from limits, requests in flight and credits; none in the estimate of a change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workings: Vec<FigureWorking>,
}

impl Regime {
    /// Its rate in the unit that counts: MB/s of data, items a second of metadata.
    #[must_use]
    pub const fn rate(&self) -> (Range, &'static str) {
        match self.throughput_mb_per_s {
            Some(throughput) => (throughput, MB_PER_S),
            None => (self.operations_per_s, OP_PER_S),
        }
    }
}

/// Unit of data rates.
pub const MB_PER_S: &str = "MB/s";
/// Unit of metadata rates.
pub const OP_PER_S: &str = "op/s";

/// A workload while burst credits last.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Burst {
    /// Rates.
    #[serde(flatten)]
    pub regime: Regime,
    /// Time from `credits_at_start` until the rate falls, seconds; `null` if it never does.
    pub lasts_s: Option<Range>,
}

/// One limit of a workload.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LimitEstimate {
    /// Which part.
    pub id: LimitId,
    /// Unit of the values.
    pub unit: &'static str,
    /// With burst credits spent.
    pub sustained: Load,
    /// With burst credits there; `null` where nothing bursts.
    pub burst: Option<Load>,
    /// The formula of the sustained value with its numbers filled in.
    pub formula: Option<Working>,
    /// The formula of the burst value, where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formula_burst: Option<Working>,
    /// Ids of the sources of its figures.
    pub sources: Vec<&'static str>,
    /// Ids of the assumptions in it.
    pub assumptions: Vec<&'static str>,
}

/// Value of a limit and how much of it is used.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Load {
    /// What this workload alone could reach if only that part existed.
    pub value: f64,
    /// Load of all workloads on the part over its capacity.
    pub utilization: f64,
}

/// An assumption an estimate rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AssumptionUse {
    /// Id.
    pub id: &'static str,
    /// Value used; 1 and 0 for switches.
    pub value: f64,
    /// Low end of what users would find.
    pub low: f64,
    /// High end.
    pub high: f64,
    /// Low end of what widens intervals: what measurements leave of that.
    pub interval_low: f64,
    /// High end.
    pub interval_high: f64,
    /// Unit.
    pub unit: &'static str,
    /// Observed cases it rests on.
    pub evidence: Vec<&'static str>,
}

/// Versions of what produced an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ModelVersion {
    /// Version of the model.
    pub version: &'static str,
    /// Date of the catalog.
    pub catalog: &'static str,
}

impl AssumptionUse {
    /// Those that were read so far.
    #[must_use]
    pub fn all(assumptions: &Assumptions) -> Vec<Self> {
        let of = |(row, value): (&'static Assumption, f64)| {
            let [interval_low, interval_high] =
                if assumptions.is_open(row) { assumptions.ends(row.id) } else { [value, value] };
            let evidence = row.evidence.to_vec();
            let (low, high, unit) = (row.low, row.high, row.unit);
            Self { id: row.name, value, low, high, interval_low, interval_high, unit, evidence }
        };
        assumptions.used().map(of).collect()
    }
}

impl Range {
    /// A figure that is not in doubt.
    #[must_use]
    pub const fn exactly(value: f64) -> Self {
        Self { low: value, mid: value, high: value }
    }

    /// Whether a value lies in it.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// What grows with it.
    #[must_use]
    pub fn map(&self, of: impl Fn(f64) -> f64) -> Self {
        Self { low: of(self.low), mid: of(self.mid), high: of(self.high) }
    }

    /// What falls as it grows.
    #[must_use]
    pub fn map_falling(&self, of: impl Fn(f64) -> f64) -> Self {
        Self { low: of(self.high), mid: of(self.mid), high: of(self.low) }
    }

    /// `mid × exp(±1.645 s)` with `s² = family² + variance`.
    pub(crate) fn around(mid: f64, variance: f64, family: f64) -> Self {
        let factor = libm::exp(FIVE_PERCENT * (family * family + variance).sqrt());
        Self { low: mid / factor, mid, high: mid * factor }
    }
}
