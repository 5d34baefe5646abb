//! How near the parts of a file system that exists are to their limits, by what CloudWatch says of them.
//!
//! The figures are AWS's own, so no assumption is in them: head room is what is left of 100 %.

use serde::Serialize;

use crate::catalog::figures;
use crate::finding::{Finding, Severity};
use crate::model::LimitId;
use crate::scenario::{Scenario, UtilizationMetric};

/// A part of the file system and what is left of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HeadRoom {
    /// The server or target.
    pub part: String,
    /// The metric of CloudWatch.
    pub metric: UtilizationMetric,
    /// The limit that it comes up against; `null` for space.
    pub limit: Option<LimitId>,
    /// Mean use, percent.
    pub mean_percent: f64,
    /// Use in the busiest period, percent.
    pub max_percent: f64,
    /// What is left in the busiest period, percent; 0 where it is above 100 on burst credits.
    pub head_room_percent: f64,
}

/// Use in the busiest period from which a part is named: a judgement but for space, where AWS's scripts act.
const NEAR_PERCENT: f64 = 80.0;

/// The head room of every part that the scenario tells of, the least first.
///
/// ```
/// let scenario = fsx_model::scenario::from_json(r#"{"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 1200},
///     "cloudwatch": [{"metric": "NetworkThroughputUtilization", "part": "OSS0000", "mean_percent": 30, "max_percent": 85}]}"#)?;
/// assert_eq!(fsx_model::head_room::head_room(&scenario)[0].head_room_percent, 15.0);
/// # Ok::<(), fsx_model::finding::Error>(())
/// ```
#[must_use]
pub fn head_room(scenario: &Scenario) -> Vec<HeadRoom> {
    let part = |it: &crate::scenario::PartUtilization| HeadRoom {
        part: it.part.clone(),
        metric: it.metric,
        limit: limit(it.metric),
        mean_percent: it.mean_percent,
        max_percent: it.max_percent,
        head_room_percent: (100.0 - it.max_percent).max(0.0),
    };
    let mut parts: Vec<HeadRoom> = scenario.cloudwatch.iter().map(part).collect();
    parts.sort_by(|a, b| b.max_percent.total_cmp(&a.max_percent));
    parts
}

const fn limit(metric: UtilizationMetric) -> Option<LimitId> {
    match metric {
        UtilizationMetric::NetworkThroughputUtilization => Some(LimitId::ServerNetwork),
        UtilizationMetric::FileServerDiskThroughputUtilization => Some(LimitId::DiskThroughput),
        UtilizationMetric::DiskIopsUtilization => Some(LimitId::DiskIops),
        UtilizationMetric::CpuUtilization => Some(LimitId::Metadata),
        UtilizationMetric::StorageCapacityUtilization => None,
    }
}

/// Warnings about the parts that are near their limits, one for each metric.
#[must_use]
pub fn warnings(scenario: &Scenario) -> Vec<Finding> {
    let space = figures::FULL_OST_ACTION_SHARE;
    let parts = head_room(scenario);
    let near = |metric: &UtilizationMetric| {
        let is_space = *metric == UtilizationMetric::StorageCapacityUtilization;
        let least = if is_space { space.value * 100.0 } else { NEAR_PERCENT };
        let all: Vec<&HeadRoom> = parts.iter().filter(|it| it.metric == *metric).collect();
        let near: Vec<&&HeadRoom> = all.iter().filter(|it| it.max_percent >= least).collect();
        let first = near.first()?;
        Some(Finding {
            code: "FSX-HEAD-ROOM",
            severity: Severity::Warning,
            field: "cloudwatch".to_owned(),
            value: first.part.clone(),
            message: format!(
                "{metric} came to {:.0} % on {} ({} of {} parts at {least:.0} % or more), with a mean of {:.0} %",
                first.max_percent,
                first.part,
                near.len(),
                all.len(),
                first.mean_percent
            ),
            fix: if near.len() < all.len() {
                "spread the load over all parts, before buying more of them"
            } else {
                "a larger tier or more capacity; `fsx what-if` tries them"
            }
            .to_owned(),
            sources: vec![if is_space { space.provenance.source_id } else { "METRICS" }],
        })
    };
    UtilizationMetric::ALL.iter().filter_map(near).collect()
}
