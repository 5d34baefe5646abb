//! Input that is legal but that the model does not cover yet. Each entry goes when its part is built.

use crate::finding::{Finding, Severity};
use crate::scenario::{DataIn, JobKind, Operation, Scenario};

/// Code of these findings.
pub const CODE: &str = "FSX-NOT-MODELLED";

/// Findings for every part of a scenario that is not modelled yet: errors where the answer would be wrong without it,
/// warnings where it would only be incomplete.
#[must_use]
pub fn check(scenario: &Scenario) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |severity, field: String, value: String, what: &str| {
        findings.push(Finding {
            code: CODE,
            severity,
            field,
            value,
            message: format!("{what} not modelled yet"),
            fix: String::new(),
            sources: Vec::new(),
        });
    };
    for (i, workload) in scenario.workloads.iter().enumerate() {
        if workload.data_in() == DataIn::S3 && workload.operation() == Operation::Read && workload.operations.is_none()
        {
            let field = format!("workloads[{i}].data_in");
            add(Severity::Error, field, DataIn::S3.to_string(), "loading from S3 is");
        }
    }
    for (i, job) in scenario.jobs.iter().enumerate() {
        let kind = job
            .kind
            .filter(|kind| matches!(kind, JobKind::Import | JobKind::Preload | JobKind::Export | JobKind::Release));
        if let Some(kind) = kind {
            add(
                Severity::Error,
                format!("jobs[{i}].kind"),
                kind.to_string(),
                "stages between S3 and the file system are",
            );
        }
    }
    if scenario.deploy.is_some() {
        add(Severity::Warning, "deploy".to_owned(), String::new(), "the answer this table is for is");
    }
    findings
}
