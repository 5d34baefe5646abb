//! What makes a design legal: every rule is one entry of a table, with code, demand, severity, sources and a check.
//!
//! A rule whose premise has already failed is skipped ([`Rule::after`]), so that one fault gives one finding. Every
//! limit comes from the catalog. A scenario without fault is checked without allocating: texts are built only for a
//! breach.
//!
//! Rules about performance ("this is legal but slow") and parts not modelled yet are not here.

mod assumptions;
mod backup;
mod capacity;
mod clients;
mod deploy;
mod efa;
mod file_system;
mod interfaces;
mod job;
mod layout;
mod metadata;
mod pricing;
pub(crate) mod quotas;
mod read_cache;
mod repository;
mod repository_policy;
pub(crate) mod tables;
mod target;
#[cfg(test)]
mod tests;
mod values;
mod workload;
mod workload_files;

use std::fmt::Display;

pub(crate) use job::takes;
#[cfg(feature = "exchange")]
pub(crate) use pricing::is_day;

use crate::finding::{Finding, Severity};
use crate::scenario::Scenario;

/// Something a scenario has to satisfy.
#[derive(Debug)]
pub struct Rule {
    /// Stable code of its findings.
    pub code: &'static str,
    /// What it demands, in one line.
    pub title: &'static str,
    /// How serious a breach is.
    pub severity: Severity,
    /// Ids of the sources it rests on; a finding may name fewer.
    pub sources: &'static [&'static str],
    /// Codes of its premises: if one of them was found, this rule is skipped.
    pub after: &'static [&'static str],
    /// Reports every breach.
    pub check: fn(&Scenario, &mut Report<'_>),
}

/// Where a check hands its breaches.
pub type Report<'a> = dyn FnMut(Breach) + 'a;

/// One place where a rule is not satisfied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Path of the field.
    pub field: String,
    /// The value found there; empty if the field is absent.
    pub value: String,
    /// What is wrong, with the limit.
    pub message: String,
    /// The nearest legal value, or what to do.
    pub fix: String,
    /// Sources of this breach, where the rule has several; empty: those of the rule.
    pub sources: &'static [&'static str],
}

impl Breach {
    fn new(field: impl Into<String>, value: impl Display, message: impl Into<String>, fix: impl Display) -> Self {
        Self {
            field: field.into(),
            value: value.to_string(),
            message: message.into(),
            fix: fix.to_string(),
            sources: &[],
        }
    }

    /// A field that has to be there; the fix is the line to add.
    fn absent(field: impl Into<String>, message: impl Into<String>, line: impl Display) -> Self {
        Self::new(field, "", message, format_args!("add {line}"))
    }

    /// A field that must not be there.
    fn surplus(field: impl Into<String>, value: impl Display, message: impl Into<String>) -> Self {
        Self::new(field, value, message, "remove it")
    }
}

/// The rules by subject, in the order in which they are checked: premises first.
pub static RULES: &[&[Rule]] = &[
    file_system::RULES,
    efa::RULES,
    capacity::RULES,
    metadata::RULES,
    read_cache::RULES,
    quotas::RULES,
    layout::RULES,
    values::RULES,
    backup::RULES,
    deploy::RULES,
    repository::RULES,
    repository_policy::RULES,
    clients::RULES,
    interfaces::RULES,
    workload::RULES,
    workload_files::RULES,
    target::RULES,
    job::RULES,
    pricing::RULES,
    assumptions::RULES,
];

/// Every rule, in the order in which they are checked.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().flatten()
}

/// Most findings of each severity; a longer list helps nobody.
const MOST_FINDINGS: usize = 100;

/// Every finding about a scenario (the first hundred of each severity), in the order of the rules; empty if all is well.
///
/// ```
/// let scenario = fsx_model::scenario::from_json(
///     r#"{"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 3600}}"#,
/// )?;
/// let findings = fsx_model::rules::check(&scenario);
/// assert_eq!((findings[0].code, findings[0].fix.as_str()), ("FSX-CAPACITY-STEP", "4800"));
/// # Ok::<(), fsx_model::finding::Error>(())
/// ```
#[must_use]
pub fn check(scenario: &Scenario) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for rule in rules() {
        if !findings.is_empty() && findings.iter().any(|finding| rule.after.contains(&finding.code)) {
            continue;
        }
        (rule.check)(scenario, &mut |breach| {
            if findings.iter().filter(|finding| finding.severity == rule.severity).count() < MOST_FINDINGS {
                findings.push(finding(rule, breach));
            }
        });
    }
    findings
}

/// Whether a scenario breaks no rule whose breach is an error, whatever became of the rule's premises: then [`check`] finds
/// none, and the texts of warnings need not be written to know it.
pub(crate) fn breaks_none(scenario: &Scenario) -> bool {
    let mut none = true;
    for rule in rules().filter(|rule| rule.severity == Severity::Error) {
        (rule.check)(scenario, &mut |_| none = false);
    }
    none
}

fn finding(rule: &Rule, breach: Breach) -> Finding {
    let sources = if breach.sources.is_empty() { rule.sources } else { breach.sources };
    Finding {
        code: rule.code,
        severity: rule.severity,
        field: breach.field,
        value: breach.value,
        message: breach.message,
        fix: breach.fix,
        sources: sources.to_vec(),
    }
}
