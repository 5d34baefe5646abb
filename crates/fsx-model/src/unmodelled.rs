//! Input that is legal but that the model does not cover yet. Each entry goes when its part is built.

use crate::finding::{Finding, Severity};
use crate::scenario::Scenario;

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
    if scenario.deploy.is_some() {
        add(Severity::Warning, "deploy".to_owned(), String::new(), "the answer this table is for is");
    }
    findings
}
