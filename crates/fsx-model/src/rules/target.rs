//! What a workload has to reach.

use super::{Breach, Report, Rule};
use crate::finding::Severity;
use crate::scenario::{Scenario, Target, Workload};

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-TARGET-EMPTY",
        title: "a target names a rate, a latency or a time",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &[],
        check: empty,
    },
    Rule {
        code: "FSX-TARGET-METADATA",
        title: "a data rate is asked of reads and writes only",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &[],
        check: metadata,
    },
    Rule {
        code: "FSX-TARGET-RATE-LIMIT",
        title: "no more is asked of a workload than it offers",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &["FSX-VALUE-RANGE", "FSX-TARGET-METADATA"],
        check: rate_limit,
    },
];

/// Workloads with a target, and their places.
fn aiming(scenario: &Scenario) -> impl Iterator<Item = (usize, &Workload, &Target)> {
    scenario.workloads.iter().enumerate().filter_map(|(i, load)| Some((i, load, load.target.as_ref()?)))
}

fn empty(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, _, target) in aiming(scenario) {
        let Target { throughput_mb_per_s, operations_per_s, latency_ms, seconds, .. } = target;
        if [throughput_mb_per_s, operations_per_s, latency_ms, seconds].iter().all(|figure| figure.is_none()) {
            let message = "a target needs a figure";
            let line = "throughput_mb_per_s, operations_per_s, latency_ms or seconds";
            report(Breach::absent(format!("workloads[{i}].target"), message, line));
        }
    }
}

fn metadata(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, load, target) in aiming(scenario) {
        let moves_data = load.operations.is_none() && load.operation().is_data();
        if let Some(rate) = target.throughput_mb_per_s.filter(|_| !moves_data) {
            let message = "metadata operations move no data: their rate is operations_per_s";
            report(Breach::surplus(format!("workloads[{i}].target.throughput_mb_per_s"), rate, message));
        }
    }
}

fn rate_limit(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, load, target) in aiming(scenario) {
        let figures = [
            ("throughput_mb_per_s", target.throughput_mb_per_s, load.rate_limit_mb_per_s, "MB/s"),
            ("operations_per_s", target.operations_per_s, load.rate_limit_operations_per_s, "operations a second"),
        ];
        for (name, wanted, offered, unit) in figures {
            if let (Some(wanted), Some(offered)) = (wanted, offered)
                && wanted > offered
            {
                let message = format!("the workload offers {offered} {unit} and cannot reach more");
                report(Breach::new(format!("workloads[{i}].target.{name}"), wanted, message, offered));
            }
        }
    }
}
