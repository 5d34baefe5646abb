//! Reservations about an estimate that only its numbers can tell: warnings.

use crate::catalog::terms::Interface;
use crate::catalog::{AssumptionId, Assumptions, figures};
use crate::design::{self, Clients, Design, Residence};
use crate::estimate::Estimate;
use crate::finding::{Finding, Severity, whole_number};
use crate::scenario::{DataIn, Scenario};
use crate::units::{gibibyte, mebibyte, megabyte, megabyte_per_second};
use crate::unmodelled;

/// Every reservation about the estimate of a scenario.
#[must_use]
pub fn reservations(scenario: &Scenario, estimate: &Estimate) -> Vec<Finding> {
    let assumptions = design::assumptions(scenario);
    let mut findings = Vec::new();
    for (i, workload) in estimate.workloads.iter().enumerate() {
        let now = workload.sustained.throughput_mb_per_s.mid;
        if let Some(design) = Design::new(scenario, &assumptions, i) {
            findings.extend(beyond_documented_path(scenario, &design, now));
            findings.extend(more_than_memory(&design, i));
            findings.extend(many_files(&design, &assumptions, i, now));
        }
    }
    findings
}

/// A rate over ENA above what AWS documents for the way between a client and a server.
fn beyond_documented_path(scenario: &Scenario, design: &Design, now: f64) -> Option<Finding> {
    if design.clients.interface != Interface::Ena {
        return None;
    }
    let servers = design.placement.topology.servers;
    let documented = Clients::documented_path_limit().get::<megabyte_per_second>() * design.clients.count * servers;
    (now > documented).then(|| Finding {
        code: "FSX-ENA-PER-SERVER",
        severity: Severity::Warning,
        field: scenario.clients.path(0),
        value: String::new(),
        message: format!(
            "the estimate of {} MB/s is above the {} MB/s that AWS documents: {} Gbit/s between each client and each \
             file server ({servers} here) over ENA; published measurements exceed that figure, so the model uses the \
             assumption path_limit_gbps instead",
            whole_number(now),
            whole_number(documented),
            figures::ENA_PER_OSS_GBPS.value,
        ),
        fix: format!("[assumptions] path_limit_gbps = {} for the cautious answer", figures::ENA_PER_OSS_GBPS.value),
        sources: figures::ENA_PER_OSS_GBPS.provenance.source_id.split_whitespace().collect(),
    })
}

/// Reads declared to be in the servers' memory that do not fit there.
fn more_than_memory(design: &Design, index: usize) -> Option<Finding> {
    if design.workload.residence != Residence::ServerCache {
        return None;
    }
    let data = design.workload.bytes_per_pass().get::<gibibyte>();
    let memory = design.file_system.published.server_memory.unwrap_or_default().get::<gibibyte>();
    (data > memory).then(|| Finding {
        code: "FSX-CACHE-SIZE",
        severity: Severity::Warning,
        field: format!("workloads[{index}].data_in"),
        value: DataIn::ServerCache.to_string(),
        message: format!(
            "the files hold {} GiB and the file servers' memory {} GiB, so not all reads can be served from it",
            whole_number(data),
            whole_number(memory)
        ),
        fix: DataIn::Auto.to_string(),
        sources: design.file_system.tier.provenance.source_id.split_whitespace().collect(),
    })
}

/// Files so small that opening or creating them, which is not modelled yet, takes a share of the time worth naming.
fn many_files(design: &Design, assumptions: &Assumptions, index: usize, now: f64) -> Option<Finding> {
    const WORTH_NAMING: f64 = 0.1;
    let file = design.workload.file_size;
    let files_per_s = now / file.get::<megabyte>();
    let opening_s = assumptions.get(AssumptionId::CreateLatency) / 1000.0;
    let share = opening_s * files_per_s / design.workload.streams;
    (share > WORTH_NAMING).then(|| Finding {
        code: unmodelled::CODE,
        severity: Severity::Warning,
        field: format!("workloads[{index}].file_size_mib"),
        value: file.get::<mebibyte>().to_string(),
        message: format!(
            "opening and creating files is not modelled yet; at {} files a second it would take a share of the time, so \
             the rate is too high",
            whole_number(files_per_s)
        ),
        fix: "fewer, larger files".to_owned(),
        sources: Vec::new(),
    })
}
