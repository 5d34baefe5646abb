//! What a scenario runs into: symptoms and limitations of the catalog, where they bear on it.
//!
//! What rules, reservations and advice say already is not said again.

use crate::catalog::terms::{DeploymentType, Interface};
use crate::catalog::{Limitation, Provenance, Symptom, figures, limitations, symptoms};
use crate::finding::{Finding, Severity, whole_number};
use crate::job;
use crate::rules::tables;
use crate::scenario::{JobKind, Operation, Scenario, Workload};

/// Advice on everything that a scenario, and the workloads of its jobs with it, runs into.
#[must_use]
pub fn advise(asked: &Scenario, expanded: &Scenario) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(efa_on_tcp(asked));
    findings.extend(first_read(expanded));
    // a job does not say how its files lie in directories
    findings.extend(crowded_directories(asked));
    findings.extend(slow_listing(expanded));
    findings.extend(nothing_released(expanded));
    findings.extend(metadata_at_creation(asked));
    findings.extend(checkpoints_on_scratch(asked));
    findings
}

fn finding(code: &'static str, field: String, value: String, message: String, fix: String, of: &Provenance) -> Finding {
    let sources = of.source_id.split_whitespace().collect();
    Finding { code, severity: Severity::Advice, field, value, message, fix, sources }
}

/// A symptom as advice: what is seen and why; how to find out and what to do.
fn symptom(code: &'static str, field: String, value: String, row: &Symptom) -> Finding {
    let message = format!("if {}: {}", row.symptom, row.cause);
    finding(code, field, value, message, format!("`{}` tells; then {}", row.look, row.remedy), &row.provenance)
}

fn limitation(code: &'static str, field: &str, value: &str, row: &Limitation) -> Finding {
    let detail = row.detail.map(|detail| format!(": {detail}")).unwrap_or_default();
    let message = format!("{}{detail}", row.limitation);
    finding(
        code,
        field.to_owned(),
        value.to_owned(),
        message,
        row.instead.unwrap_or_default().to_owned(),
        &row.provenance,
    )
}

fn efa_on_tcp(scenario: &Scenario) -> Option<Finding> {
    let groups = scenario.clients.as_slice().iter().enumerate();
    let (i, group) = groups.into_iter().find(|(_, it)| matches!(it.interface(), Interface::Efa | Interface::EfaGds))?;
    let field = format!("{}.interface", scenario.clients.path(i));
    Some(symptom("FSX-SYMPTOM-EFA-ON-TCP", field, group.interface().to_string(), &symptoms::EFA_ON_TCP))
}

/// Reads of a linked file system that do not say where the data lie count as reads of loaded files.
fn first_read(scenario: &Scenario) -> Option<Finding> {
    if scenario.file_system.data_repository_associations.is_empty() {
        return None;
    }
    let reads =
        |load: &Workload| load.operation() == Operation::Read && load.operations.is_none() && load.data_in.is_none();
    let i = scenario.workloads.iter().position(reads)?;
    let row = &symptoms::FIRST_READ;
    let message = format!("the files count as loaded; {}: {}", row.symptom, row.cause);
    let fix = format!("data_in = \"s3\" for the first read; or {}", row.remedy);
    Some(finding(
        "FSX-SYMPTOM-FIRST-READ",
        format!("workloads[{i}].data_in"),
        String::new(),
        message,
        fix,
        &row.provenance,
    ))
}

/// More files in a directory than AWS advises.
fn crowded_directories(scenario: &Scenario) -> Vec<Finding> {
    let most = figures::FILES_PER_DIRECTORY_ADVICE;
    let crowded = |(i, load): (usize, &Workload)| {
        let files = load.file_count?.get();
        let each = files / load.directories().get().max(1.0);
        (each > most.value).then(|| {
            let message = format!(
                "{} files in each directory; AWS advises fewer than {}, for creating, listing and opening slow down",
                whole_number(each),
                whole_number(most.value)
            );
            let enough = whole_number((files / most.value).ceil());
            let field = format!("workloads[{i}].directories");
            let value = load.directories().0.to_string();
            finding("FSX-ADVICE-DIRECTORY-SIZE", field, value, message, format!("{enough} or more"), &most.provenance)
        })
    };
    scenario.workloads.iter().enumerate().filter_map(crowded).collect()
}

/// Walks over many files.
fn slow_listing(scenario: &Scenario) -> Option<Finding> {
    let lists = |load: &Workload| {
        let mix = load.operations.as_ref().is_some_and(|mix| mix.stat.is_some() || mix.readdir.is_some());
        let alone = load.operations.is_none() && matches!(load.operation(), Operation::Stat | Operation::Readdir);
        (mix || alone) && load.file_count.is_some_and(|files| files.0 >= MANY_FILES)
    };
    let i = scenario.workloads.iter().position(lists)?;
    let field = format!("workloads[{i}].operation");
    Some(symptom("FSX-SYMPTOM-SLOW-LISTING", field, String::new(), &symptoms::SLOW_LISTING))
}

/// So many files that a listing of them is felt.
const MANY_FILES: i64 = 10_000;

fn nothing_released(scenario: &Scenario) -> Option<Finding> {
    let i = scenario.workloads.iter().position(|load| load.operation() == Operation::S3Release)?;
    let field = format!("workloads[{i}].operation");
    Some(symptom("FSX-SYMPTOM-RELEASE", field, String::new(), &symptoms::RELEASE_NOTHING))
}

fn metadata_at_creation(scenario: &Scenario) -> Option<Finding> {
    let raw = &scenario.file_system;
    let can_have = tables::feature(raw, "metadata configuration").starts_with("yes");
    let is_there =
        raw.metadata_configuration.is_some() || scenario.deploy.as_ref().is_some_and(|it| it.file_system_id.is_some());
    let row = &limitations::METADATA_AT_CREATION;
    (can_have && !is_there).then(|| limitation("FSX-LIMIT-METADATA", "file_system.metadata_configuration", "", row))
}

fn checkpoints_on_scratch(scenario: &Scenario) -> Option<Finding> {
    let kind = scenario.file_system.deployment_type;
    let is_scratch = matches!(kind, DeploymentType::Scratch1 | DeploymentType::Scratch2);
    let saves = scenario.jobs.iter().any(|it| job::kind(it) == Some(JobKind::Checkpoint));
    let row = &limitations::SCRATCH_DATA;
    (is_scratch && saves).then(|| limitation("FSX-LIMIT-SCRATCH", "file_system.deployment_type", kind.as_str(), row))
}
