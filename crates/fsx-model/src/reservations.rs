//! Reservations about an estimate that only its numbers can tell: warnings.

use crate::catalog::terms::Interface;
use crate::catalog::{AssumptionId, Assumptions, figures};
use crate::design::{self, Design, Residence};
use crate::estimate::Estimate;
use crate::finding::{Finding, Severity, whole_number};
use crate::scenario::{DataIn, Scenario};
use crate::units::{Throughput, gibibyte, gigabit_per_second, mebibyte, megabyte, megabyte_per_second};
use crate::unmodelled;

/// Every reservation about the estimate of a scenario.
#[must_use]
pub fn reservations(scenario: &Scenario, estimate: &Estimate) -> Vec<Finding> {
    let assumptions = design::assumptions(scenario);
    let mut findings = Vec::new();
    for (i, workload) in estimate.workloads.iter().enumerate() {
        let Some(design) = Design::new(scenario, &assumptions, i) else { continue };
        let now = workload.sustained.throughput_mb_per_s.mid;
        let fastest = workload.burst.as_ref().map_or(now, |burst| burst.regime.throughput_mb_per_s.mid);
        findings.extend(beyond_documented_path(scenario, &design, i, fastest));
        findings.extend(more_than_memory(&design, i));
        findings.extend(more_than_usable(scenario, &design, &assumptions, i));
        findings.extend(many_files(&design, &assumptions, i, now));
    }
    findings
}

/// Whether opening files, which is not modelled yet, would take a share of a workload's time worth naming.
#[must_use]
pub fn is_bound_by_opening(scenario: &Scenario, estimate: &Estimate, index: usize) -> bool {
    let assumptions = design::assumptions(scenario);
    let design = Design::new(scenario, &assumptions, index);
    let rate = estimate.workloads.get(index).map(|workload| workload.sustained.throughput_mb_per_s.mid);
    design.zip(rate).is_some_and(|(design, rate)| opening_share(&design, &assumptions, rate) > WORTH_NAMING)
}

/// A share of the time worth naming.
const WORTH_NAMING: f64 = 0.1;

/// Time to open a file over the time to read or write it.
fn opening_share(design: &Design, assumptions: &Assumptions, mb_per_s: f64) -> f64 {
    let opening_s = assumptions.get(AssumptionId::CreateLatency) / 1000.0;
    opening_s * mb_per_s / design.workload.file_size.get::<megabyte>() / design.workload.streams
}

/// A rate over ENA above what AWS documents for the ways between the clients and the servers of their files.
fn beyond_documented_path(scenario: &Scenario, design: &Design, index: usize, fastest: f64) -> Option<Finding> {
    if design.clients.interface != Interface::Ena {
        return None;
    }
    let segments = design.placement.segments();
    let servers = segments.iter().map(|segment| segment.touched_servers).fold(0.0, f64::max);
    let path = Throughput::new::<gigabit_per_second>(figures::ENA_PER_OSS_GBPS.value);
    let documented = path.get::<megabyte_per_second>() * design.clients.count * servers;
    let group = scenario.clients_of(scenario.workloads.get(index)?)?;
    let at = scenario.clients.as_slice().iter().position(|other| std::ptr::eq(other, group));
    (fastest > documented).then(|| Finding {
        code: "FSX-ENA-PER-SERVER",
        severity: Severity::Warning,
        field: scenario.clients.path(at.unwrap_or(0)),
        value: String::new(),
        message: format!(
            "the estimate of {} MB/s is above the {} MB/s that AWS documents: {} Gbit/s between each client and each \
             file server ({servers} in use) over ENA; published measurements exceed that figure, so the model uses the \
             assumption path_limit_gbps instead",
            whole_number(fastest),
            whole_number(documented),
            figures::ENA_PER_OSS_GBPS.value,
        ),
        fix: format!("[assumptions] path_limit_gbps = {} for the cautious answer", figures::ENA_PER_OSS_GBPS.value),
        sources: figures::ENA_PER_OSS_GBPS.provenance.source_id.split_whitespace().collect(),
    })
}

/// Files that fit the nominal capacity, but not what of it is usable and, for writes, free.
fn more_than_usable(scenario: &Scenario, design: &Design, assumptions: &Assumptions, index: usize) -> Option<Finding> {
    let data = design.workload.bytes_per_pass();
    let usable = design.file_system.usable_capacity(assumptions);
    // A fill that was not given says nothing about the room there is.
    let taken = scenario.file_system.fill.filter(|_| design.workload.writes).unwrap_or(0.0);
    let room = usable * (1.0 - taken);
    (data > room && data <= design.file_system.capacity).then(|| Finding {
        code: "FSX-WORKLOAD-USABLE",
        severity: Severity::Warning,
        field: format!("workloads[{index}].file_size_mib"),
        value: design.workload.file_size.get::<mebibyte>().to_string(),
        message: format!(
            "the files hold {} GiB and there is room for {} GiB, of {} GiB usable",
            whole_number(data.get::<gibibyte>()),
            whole_number(room.get::<gibibyte>()),
            whole_number(usable.get::<gibibyte>()),
        ),
        fix: "less data or more capacity".to_owned(),
        sources: figures::USABLE_CAPACITY_SAMPLE_KIB.provenance.source_id.split_whitespace().collect(),
    })
}

/// Reads declared to be in the servers' memory that do not fit there.
fn more_than_memory(design: &Design, index: usize) -> Option<Finding> {
    if design.workload.residence != Residence::ServerCache {
        return None;
    }
    let data = design.workload.bytes_per_pass().get::<gibibyte>();
    let (_, servers) = design.placement.holding_shares();
    let memory = design.file_system.published.server_memory.unwrap_or_default().get::<gibibyte>() * servers;
    (data > memory).then(|| Finding {
        code: "FSX-CACHE-SIZE",
        severity: Severity::Warning,
        field: format!("workloads[{index}].data_in"),
        value: DataIn::ServerCache.to_string(),
        message: format!(
            "the files hold {} GiB and the memory of their file servers {} GiB, so not all reads can be served from it",
            whole_number(data),
            whole_number(memory)
        ),
        fix: DataIn::Auto.to_string(),
        sources: design.file_system.tier.provenance.source_id.split_whitespace().collect(),
    })
}

/// Files so small that opening or creating them, which is not modelled yet, takes a share of the time worth naming.
fn many_files(design: &Design, assumptions: &Assumptions, index: usize, now: f64) -> Option<Finding> {
    let file = design.workload.file_size;
    let files_per_s = now / file.get::<megabyte>();
    (opening_share(design, assumptions, now) > WORTH_NAMING).then(|| Finding {
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
