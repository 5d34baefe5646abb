//! Ready questions: one part of a requirement is varied, and a plan answers for each value of it.

mod burst;
mod efa;
mod side;

pub use burst::{BurstCredits, BurstOrBaseline, CreditPoint, Verdict, Work, burst_or_baseline};
pub use efa::{BreakEven, EfaBreakEven, EfaCell, EfaRow, efa_break_even};

use serde::Serialize;

use crate::catalog::ASSUMPTIONS;
use crate::estimate::AssumptionUse;
use crate::finding::{Error, Finding, Severity};
use crate::plan::{self, Objective, Proposal, Requirement};
use crate::rules;
use crate::scenario::{FileSystem, Operation, Target, TargetRegime};
use crate::shape::{DefaultTaken, Shaped as _};

/// A file system that a plan would buy.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bought {
    /// Its kind: deployment type, storage class, throughput tier, EFA.
    pub family: String,
    /// The file system, in the words of a scenario.
    pub file_system: FileSystem,
    /// What it costs, US dollars a month.
    pub usd_per_month: f64,
    /// Whether something is billed that this does not count.
    pub partial: bool,
    /// What the workload could reach on it if it offered more, MB/s, mid value, in the regime asked for.
    pub reaches_mb_per_s: f64,
}

impl Bought {
    fn of(proposal: &Proposal) -> Option<Self> {
        let rate = proposal.targets.iter().find(|it| it.figure == "throughput_mb_per_s")?;
        Some(Self {
            family: proposal.family.clone(),
            file_system: proposal.file_system.clone(),
            usd_per_month: proposal.cost.usd_per_month,
            partial: proposal.cost.partial,
            reaches_mb_per_s: rate.reached,
        })
    }
}

/// The requirement with another rate in place of the workload's target rate and of its own limits.
fn asking(requirement: &Requirement, throughput_mb_per_s: f64, regime: Option<TargetRegime>) -> Requirement {
    let mut asked = requirement.clone();
    for load in &mut asked.workloads {
        let target = load.target.take().unwrap_or(Target::BLANK);
        load.rate_limit_mb_per_s = None;
        load.rate_limit_operations_per_s = None;
        load.target =
            Some(Target { throughput_mb_per_s: Some(throughput_mb_per_s), regime: regime.or(target.regime), ..target });
    }
    asked
}

/// The cheapest file system, with the assumptions behind it added to those there are.
fn best(asked: &Requirement, assumptions: &mut Vec<AssumptionUse>) -> Result<Option<Proposal>, Error> {
    let best = plan::best(asked)?;
    let used = best.iter().flat_map(|it| &it.estimate.assumptions);
    for used in used {
        if assumptions.iter().all(|other| other.id != used.id) {
            assumptions.push(used.clone());
        }
    }
    assumptions.sort_by_key(|used| ASSUMPTIONS.iter().position(|row| row.name == used.id));
    Ok(best)
}

/// What is wrong with a requirement for a question about the rate of one workload on one group of clients.
fn check(requirement: &Requirement) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut wrong = |code, field: &str, value: &str, message: &str, fix: &str| {
        findings.push(Finding::error(code, field, value, message, fix));
    };
    let loads = &requirement.workloads;
    if loads.len() != 1 {
        let message = "the question is about the rate of one workload";
        wrong("FSX-ASK-WORKLOAD", "workloads", &loads.len().to_string(), message, "one workload");
    }
    if !requirement.jobs.is_empty() {
        let message = "the question is about the rate of one workload, not about jobs";
        wrong("FSX-ASK-WORKLOAD", "jobs", &requirement.jobs.len().to_string(), message, "the job's workload alone");
    }
    for load in loads.iter().take(1) {
        if load.operations.is_some() {
            let message = "a mix of metadata operations has no data rate";
            wrong("FSX-ASK-WORKLOAD", "workloads[0].operations", "", message, "operation = \"read\" or \"write\"");
        }
        if !matches!(load.operation(), Operation::Read | Operation::Write) {
            let message = "the question is about data that clients read or write";
            wrong("FSX-ASK-WORKLOAD", "workloads[0].operation", load.operation().as_str(), message, "read");
        }
        if let Some(rate) = load.target.as_ref().and_then(|target| target.operations_per_s) {
            let message = "the rate in question is one of data, in MB/s";
            let fix = "throughput_mb_per_s in its place";
            wrong("FSX-ASK-TARGET", "workloads[0].target.operations_per_s", &rate.to_string(), message, fix);
        }
    }
    if requirement.objective() != Objective::Cheapest {
        let message = "what is compared are the cheapest file systems";
        wrong("FSX-ASK-OBJECTIVE", "objective", requirement.objective().as_str(), message, "cheapest");
    }
    let groups = requirement.clients.as_slice().len();
    if groups > 1 {
        let message = "the question is about one group of clients";
        wrong("FSX-ASK-CLIENTS", "clients", &groups.to_string(), message, "one group");
    }
    findings
}

/// What the rules say of the clients and workloads of a requirement on a file system.
fn of_clients_and_loads(requirement: &Requirement, file_system: FileSystem) -> Vec<Finding> {
    let mut findings = rules::check(&requirement.on(file_system));
    findings.retain(|finding| ["clients", "workloads"].iter().any(|table| finding.field.starts_with(table)));
    findings
}

/// A warning if the cost of one of them is known in part only.
fn warn_of_partial<'a>(bought: impl IntoIterator<Item = &'a Bought>, findings: &mut Vec<Finding>) {
    let Some(partial) = bought.into_iter().find(|it| it.partial) else { return };
    let message = format!(
        "the price of {} is not known in full, so that nothing it is compared with can be called cheaper or dearer",
        partial.family
    );
    let warning = Finding::error("FSX-COST-PARTIAL", "region", "", message, "give pricing.prices");
    findings.push(Finding { severity: Severity::Warning, ..warning });
}

/// The defaults that were taken, but for fields that the question varies.
fn defaults(requirement: &Requirement, varied: &[&str]) -> Vec<DefaultTaken> {
    let mut taken = Vec::new();
    requirement.defaults("", &mut taken);
    taken.retain(|default| !varied.contains(&default.field.as_str()));
    taken
}
