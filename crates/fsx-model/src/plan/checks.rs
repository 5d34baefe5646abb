//! What is wrong with a requirement, beyond the rules for its workloads and clients.

use super::requirement::{Constraints, Objective, Requirement};
use super::{from_here, inputs};
use crate::cost::clients_usd_per_hour;
use crate::finding::{Finding, NOT_MODELLED, Severity};
use crate::job;
use crate::scenario::Scenario;
use crate::shape::Whole;

/// Most of a figure that makes sense, as for scenarios.
const TRILLION: f64 = 1e12;

/// Every fault of the requirement's own tables.
pub(crate) fn check(requirement: &Requirement, scenario: &Scenario) -> Vec<Finding> {
    let mut findings = ranges_of(requirement);
    findings.extend(inputs::check(requirement));
    objective(requirement, scenario, &mut findings);
    if requirement.uncertainty.is_some() && requirement.objective() != Objective::Cheapest {
        let what = format!("a plan under uncertainty for what is {} is", requirement.objective());
        findings.push(not_modelled("uncertainty", &what, Severity::Error));
    }
    findings.extend(from_here::check(requirement));
    let data = requirement.capacity.as_ref().is_some_and(|capacity| capacity.data_gib.is_some());
    if requirement.workloads.is_empty() && requirement.jobs.is_empty() && !data {
        let message = "nothing is asked of the file system: no workloads, no data to hold";
        findings.push(Finding::error(
            "FSX-PLAN-EMPTY",
            "workloads",
            "",
            message,
            "add workloads, or capacity.data_gib",
        ));
    }
    findings
}

/// What is out of range.
pub(crate) fn ranges_of(requirement: &Requirement) -> Vec<Finding> {
    let mut findings = Vec::new();
    ranges(requirement, &mut findings);
    findings
}

fn ranges(requirement: &Requirement, findings: &mut Vec<Finding>) {
    let mut judge = |field: &str, value: Option<f64>, least: f64, most: f64, what: &str| {
        let Some(value) = value.filter(|value| !(least..=most).contains(value)) else { return };
        let message = format!("the {what} is from {least} to {most}");
        findings.push(Finding::error(
            "FSX-VALUE-RANGE",
            field,
            &value.to_string(),
            &message,
            &value.clamp(least, most).to_string(),
        ));
    };
    let hours = requirement.compute_hours;
    judge("compute_hours", hours, f64::MIN_POSITIVE, TRILLION, "time that the job computes, in hours");
    if let Some(it) = &requirement.capacity {
        judge("capacity.data_gib", it.data_gib, 0.0, TRILLION, "size of the data in GiB");
        judge("capacity.headroom", it.headroom, 0.0, 0.95, "share of the usable capacity to keep free");
        judge("capacity.growth_gib_per_month", it.growth_gib_per_month, 0.0, TRILLION, "growth in GiB a month");
        judge("capacity.horizon_months", it.horizon_months, 0.0, 1200.0, "horizon in months");
        judge(
            "capacity.compression_ratio",
            it.compression_ratio,
            1.0,
            1000.0,
            "size before over size after compression",
        );
        let again = it.read_again_gib_per_month;
        judge("capacity.read_again_gib_per_month", again, 0.0, TRILLION, "size of the data read in a month in GiB");
        judge("capacity.read_requests_per_month", it.read_requests_per_month, 0.0, 1e15, "number of requests");
        judge("capacity.write_requests_per_month", it.write_requests_per_month, 0.0, 1e15, "number of requests");
        if let Some(shares) = &it.tier_shares {
            judge("capacity.tier_shares.frequent", shares.frequent, 0.0, 1.0, "share of an access tier");
            judge("capacity.tier_shares.infrequent", shares.infrequent, 0.0, 1.0, "share of an access tier");
            judge("capacity.tier_shares.archive", shares.archive, 0.0, 1.0, "share of an access tier");
        }
    }
    if let Some(it) = &requirement.constraints {
        judge("constraints.max_usd_per_month", it.max_usd_per_month, 0.0, TRILLION, "budget in USD a month");
    }
    if let Some(it) = &requirement.uncertainty {
        judge("uncertainty.confidence", it.confidence, 0.01, 0.999, "share of draws");
        judge("uncertainty.samples", it.samples.map(Whole::get), 1.0, 10_000.0, "number of draws");
        judge("uncertainty.seed", it.seed.map(Whole::get), 0.0, Whole(Whole::MAX).get(), "seed of the draws");
    }
}

fn objective(requirement: &Requirement, scenario: &Scenario, findings: &mut Vec<Finding>) {
    let budget = requirement.constraints.as_ref().and_then(|it: &Constraints| it.max_usd_per_month);
    let workloads = &scenario.workloads;
    let rates = workloads.iter().filter(|workload| {
        let target = workload.target.as_ref();
        target.is_some_and(|it| it.throughput_mb_per_s.or(it.operations_per_s).or(it.seconds).is_some())
    });
    let rates = rates.count();
    if let Some(hours) = requirement.compute_hours.filter(|_| requirement.objective() != Objective::LeastTotal) {
        let message = "the cost of a job is made small with objective = \"least_total\" only";
        findings.push(Finding::error("FSX-PLAN-HOURS", "compute_hours", &hours.to_string(), message, "remove it"));
    }
    match requirement.objective() {
        Objective::Cheapest => {}
        Objective::Fastest => {
            if budget.is_none() {
                let message = "the fastest file system is looked for within a budget";
                findings.push(Finding::error(
                    "FSX-PLAN-BUDGET",
                    "constraints.max_usd_per_month",
                    "",
                    message,
                    "add max_usd_per_month",
                ));
            }
            if rates == 0 && workloads.len() != 1 {
                let message = "with several workloads, targets say how fast each has to be beside the others";
                findings.push(Finding::error("FSX-PLAN-TARGET", "workloads", "", message, "add a target to each"));
            }
        }
        Objective::LeastTotal => {
            let written = requirement.written_on(scenario.file_system.clone());
            if rates == 0 && !job::Losses::new(&written, scenario).has_jobs() {
                let message = "clients wait for their storage where it is slower than a target, or where a job trains or \
                               fails: there is none of it";
                let fix = "add a target rate or time, training, or a checkpoint's mean_time_to_failure_h";
                findings.push(Finding::error("FSX-PLAN-TARGET", "workloads", "", message, fix));
            }
            if clients_usd_per_hour(scenario).is_none() {
                let message = "what waiting clients cost is not known: an instance type or its price is missing";
                let fix = "add clients.instance_type, or pricing.prices of ec2.on_demand.TYPE";
                findings.push(Finding::error("FSX-PLAN-CLIENT-PRICE", "clients", "", message, fix));
            }
        }
    }
}

fn not_modelled(field: &str, what: &str, severity: Severity) -> Finding {
    Finding { severity, ..Finding::error(NOT_MODELLED, field, "", format!("{what} not modelled yet"), "") }
}
