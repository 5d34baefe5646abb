//! Input that is legal but that the model does not cover yet. Each entry goes when its part is built.

use crate::catalog::figures;
use crate::catalog::terms::StorageType;
use crate::finding::{Finding, Severity};
use crate::scenario::{DataIn, Operation, Scenario, Workload};

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
    let storage = scenario.file_system.storage_type();
    if storage != StorageType::Ssd {
        add(Severity::Error, "file_system.storage_type".to_owned(), storage.to_string(), "this storage class is");
    }
    if scenario.workloads.len() > 1 {
        let count = scenario.workloads.len().to_string();
        add(Severity::Error, "workloads".to_owned(), count, "several workloads at once are");
    }
    for (i, workload) in scenario.workloads.iter().enumerate() {
        workload_parts(scenario, workload, i, &mut add);
    }
    if !scenario.jobs.is_empty() {
        add(Severity::Error, "jobs".to_owned(), scenario.jobs.len().to_string(), "jobs are");
    }
    if !scenario.file_system.data_repository_associations.is_empty() {
        let field = "file_system.data_repository_associations".to_owned();
        add(Severity::Warning, field, String::new(), "the rules and the traffic of S3 links are");
    }
    if scenario.file_system.fill() > figures::FULL_OST_ACTION_SHARE.value {
        let fill = scenario.file_system.fill().to_string();
        add(Severity::Warning, "file_system.fill".to_owned(), fill, "the slow-down of nearly full targets is");
    }
    for (given, field) in [(scenario.pricing.is_some(), "pricing"), (scenario.deploy.is_some(), "deploy")] {
        if given {
            add(Severity::Warning, field.to_owned(), String::new(), "the answer this table is for is");
        }
    }
    findings
}

fn workload_parts(
    scenario: &Scenario,
    workload: &Workload,
    i: usize,
    add: &mut impl FnMut(Severity, String, String, &str),
) {
    let field = |name: &str| format!("workloads[{i}].{name}");
    let operation = workload.operation();
    if workload.operations.is_some() {
        add(Severity::Error, field("operations"), String::new(), "mixes of metadata operations are");
    } else if !operation.is_data() {
        add(Severity::Error, field("operation"), operation.to_string(), "metadata operations are");
    }
    let yes = || "true".to_owned();
    if workload.mapped() {
        add(Severity::Error, field("mapped"), yes(), "mapped files are");
    }
    if workload.shared_file() {
        add(Severity::Error, field("shared_file"), yes(), "shared files are");
    }
    if let (Some(files), Some(clients)) = (workload.file_count, scenario.clients_of(workload)) {
        let streams = clients.count().0.saturating_mul(workload.processes_per_client().0);
        if files.0 < streams && !workload.shared_file() {
            let what = format!("what {streams} processes lose by sharing {} files is", files.0);
            add(Severity::Warning, field("file_count"), files.0.to_string(), &what);
        }
    }
    if workload.client_cache() {
        add(Severity::Error, field("client_cache"), yes(), "the clients' memory as a cache is");
    }
    if workload.data_in() == DataIn::S3 && operation == Operation::Read {
        add(Severity::Error, field("data_in"), "s3".to_owned(), "loading from S3 is");
    }
    if workload.clients.is_none() && scenario.clients.as_slice().len() > 1 {
        add(Severity::Error, field("clients"), String::new(), "one workload on several client groups is");
    }
}
