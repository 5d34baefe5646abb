//! `plan`: which file system to buy, and the proof that none that is cheaper does it.
//!
//! Every kind of file system the constraints and the rules allow is searched for its best candidate (`search`); the
//! winner is the best of them, and the others are the alternatives. A kind without one says why.

mod answer;
mod bound;
mod candidates;
mod checks;
mod confidence;
mod from_here;
mod frontier;
mod inputs;
mod kinds;
mod load;
mod margins;
mod need;
mod outcome;
mod proposal;
mod rejection;
mod requirement;
mod search;
mod total;

use std::cell::Cell;

pub use answer::{
    CurrentFileSystem, Flat, FromHere, FrontierPoint, JobTotal, Plan, PlanAtMid, PlanTotal, PlanUncertainty,
    PlanWhatIf, Proposal, Rejection, ShadowPrice, TargetReached, TotalPoint, WorthMeasuring,
};
pub use requirement::{Capacity, Constraints, EfaChoice, MetadataChoice, Objective, Requirement, Uncertainty};

use crate::catalog::CATALOG_DATE;
use crate::catalog::terms::{DeploymentType, StorageType};
use crate::cost::Prices;
use crate::design;
use crate::estimate::{AssumptionUse, MODEL_VERSION, ModelVersion, has_error};
use crate::finding::{Error, Finding, Severity};
use crate::job;
use crate::money::{Quantity, Rate, Usd};
use crate::rules;
use crate::scenario::{FileSystem, Scenario};
use crate::shape::{Shaped as _, Whole};
use candidates::grid_size;
use confidence::Draws;
use kinds::Kind;
use load::Loads;
use need::Need;
use outcome::{Outcome, Verdict};
use search::{Space, Wanted};

/// Plans: the best legal file system for a requirement.
///
/// A file system that does not exist is an answer too: `best` is then empty, and every kind says what stands in its way.
///
/// # Errors
/// [`crate::finding::ErrorKind::Refused`] with every finding if the requirement itself cannot be met by any file system
/// for a reason of its own: a field that is out of range, clients that cannot exist, a part not modelled yet.
///
/// ```
/// // 6 GB/s of reads over 100 TB: PERSISTENT_2 at 125 MB/s per TiB holds 600 MB/s for every 4800 GiB.
/// let requirement = fsx_model::scenario::from_json(
///     r#"{ "capacity": { "data_gib": 50000 }, "clients": { "count": 64 },
///          "workloads": [ { "processes_per_client": 8, "target": { "throughput_mb_per_s": 6000 } } ] }"#,
/// )?;
/// let plan = fsx_model::plan::plan(&requirement)?;
/// assert!(plan.best.is_some_and(|best| best.targets[0].margin >= 1.0));
/// # Ok::<(), fsx_model::finding::Error>(())
/// ```
pub fn plan(requirement: &Requirement) -> Result<Plan, Error> {
    let default = Constraints::DEFAULT;
    let (space, grid, findings) = prepare(requirement, requirement.constraints.as_ref().unwrap_or(&default))?;
    let outcomes = outcome::outcomes(&space, &grid);
    let best = outcome::rank(&outcomes).first().copied();
    let answer = answer(&space, outcomes, findings);
    let uncertainty = confidence::answer(&space, &grid, best.as_ref());
    let total = total::answer(&space, &grid, best.as_ref());
    let (from_here, updates) = from_here::from_here(requirement, answer.best.as_ref()).unzip();
    Ok(Plan { uncertainty, total, from_here, updates: updates.unwrap_or_default(), ..answer })
}

/// The best file system alone, the same as that of [`plan`]: what a slider asks for again and again.
///
/// # Errors
/// As [`plan`].
pub fn best(requirement: &Requirement) -> Result<Option<Proposal>, Error> {
    let default = Constraints::DEFAULT;
    let (space, grid, _) = prepare(requirement, requirement.constraints.as_ref().unwrap_or(&default))?;
    let found = outcome::winner(&space, &grid);
    Ok(found.and_then(|found| proposal::best(&space, &found)))
}

/// Every kind, with the first error of those that rules forbid.
type Grid = Vec<(Kind, Option<Finding>)>;

fn prepare<'a>(
    requirement: &'a Requirement,
    constraints: &'a Constraints,
) -> Result<(Space<'a>, Grid, Vec<Finding>), Error> {
    let any = || FileSystem::of(DeploymentType::Persistent2);
    let mut scenario = requirement.on(any());
    let mut findings = checks::check(requirement, &scenario);
    findings.extend(of_jobs(&requirement.written_on(any())));
    let kinds = kinds::kinds(constraints, &design::assumptions(&scenario));
    let probes = kinds.iter().map(|kind| probe(&mut scenario, constraints, kind)).collect();
    let (common, legal) = judge(probes);
    findings.extend(common.into_iter().filter(|finding| !is_of_job(finding, requirement.workloads.len())));
    if has_error(&findings) {
        return Err(Error::refused(findings));
    }
    let Some(space) = space(requirement, constraints) else {
        findings.push(inputs::not_drawn());
        return Err(Error::refused(findings));
    };
    if !kinds.iter().any(|kind| space.has_a_price(kind)) {
        findings.push(no_prices(&space));
        return Err(Error::refused(findings));
    }
    Ok((space, kinds.into_iter().zip(legal).collect(), findings))
}

/// What the rules say of the jobs, and of the workloads they become.
fn of_jobs(written: &Scenario) -> Vec<Finding> {
    if written.jobs.is_empty() {
        return Vec::new();
    }
    let own = |finding: &Finding| finding.field.starts_with("jobs");
    let mut findings: Vec<Finding> = rules::check(written).into_iter().filter(own).collect();
    if !has_error(&findings) {
        findings.extend(job::check(written).into_iter().filter(|finding| finding.code != NO_LZ4));
    }
    findings
}

/// Whether a finding is about a workload that a job became.
fn is_of_job(finding: &Finding, own: usize) -> bool {
    let index = finding.field.strip_prefix("workloads[").and_then(|rest| rest.split_once(']'));
    index.and_then(|(index, _)| index.parse::<usize>().ok()).is_some_and(|index| index >= own)
}

/// What the rules say of the smallest file system of a kind.
fn probe(scenario: &mut Scenario, constraints: &Constraints, kind: &Kind) -> Vec<Finding> {
    let version = constraints.file_system_type_version.as_ref();
    scenario.file_system = kind.file_system(0, &kind.plainest(constraints), version);
    rules::check(scenario)
}

/// Code of what a plan tries itself: compression.
const NO_LZ4: &str = "FSX-WORKLOAD-COMPRESSION";

/// Findings that every kind has, which are the requirement's own; and for each kind its own first error.
fn judge(probes: Vec<Vec<Finding>>) -> (Vec<Finding>, Vec<Option<Finding>>) {
    let mut common = probes.first().cloned().unwrap_or_default();
    common.retain(|finding| {
        let of_the_file_system = finding.field.starts_with("file_system") || finding.code == NO_LZ4;
        !of_the_file_system && probes.iter().all(|findings| findings.contains(finding))
    });
    let own = |findings: Vec<Finding>| {
        let mut errors = findings.into_iter().filter(|finding| finding.severity == Severity::Error);
        errors.find(|finding| !common.contains(finding))
    };
    let legal = probes.into_iter().map(own).collect();
    (common, legal)
}

fn space<'a>(requirement: &'a Requirement, constraints: &'a Constraints) -> Option<Space<'a>> {
    let smallest = FileSystem {
        storage_type: Some(StorageType::Ssd),
        storage_capacity_gib: Some(Whole(1200)),
        ..FileSystem::of(DeploymentType::Scratch2)
    };
    let scenario = requirement.on(smallest);
    let apart = job::apart(&requirement.written_on(scenario.file_system.clone()));
    let mut loads = Loads::new(&scenario, &apart)?;
    if requirement.objective() == Objective::Fastest && !loads.has_rates() {
        loads = loads.greedy();
    }
    let prices = Prices::of(&scenario);
    let clients = scenario.clients.as_slice().iter().map(|group| {
        let rate = group.instance_type.as_deref().and_then(|name| prices.instance(name));
        (group.count().get(), rate.map(|row| row.rate))
    });
    let mut space = Space {
        draws: None,
        waits: None,
        need: Need::new(requirement, &scenario),
        clients: clients.collect(),
        evaluations: Cell::new(0),
        requirement,
        constraints,
        scenario,
        apart,
        loads,
        prices,
    };
    if requirement.objective() == Objective::LeastTotal {
        let written = requirement.written_on(space.scenario.file_system.clone());
        space.waits = Some(total::Waits::new(&written, &space.scenario)?);
    }
    if let Some(asked) = &requirement.uncertainty {
        space.draws = Some(Draws::new(asked, &space)?);
    }
    Some(space)
}

fn no_prices(space: &Space<'_>) -> Finding {
    let region = space.prices.region();
    let message = format!("no price of a file system in {region} is known, so that none can be called the cheapest");
    Finding::error("FSX-PLAN-PRICES", "region", region, &message, "give pricing.prices, or another region")
}

fn answer(space: &Space<'_>, outcomes: Vec<Outcome>, mut findings: Vec<Finding>) -> Plan {
    let evaluations = space.evaluations.get();
    let ranked = outcome::rank(&outcomes);
    let best = ranked.first().and_then(|found| proposal::best(space, found));
    let others = outcome::alternatives(&ranked);
    let alternatives = others.iter().filter_map(|found| proposal::proposal(space, found)).collect();
    let frontier = frontier::frontier(space, &outcomes, ranked.first());
    let around = ranked.first().zip(best.as_ref());
    let what_ifs = around.map_or_else(Vec::new, |(found, best)| margins::what_ifs(space, found, &best.estimate));
    let shadow_prices = around.map_or_else(Vec::new, |(found, _)| margins::shadow_prices(space, found));
    let shown = |outcome: &Outcome| match &outcome.verdict {
        Verdict::Found(found) | Verdict::NoPrice(found) => ranked.first() == Some(found) || others.contains(found),
        _ => false,
    };
    let rejections: Vec<Rejection> = outcomes
        .iter()
        .filter(|outcome| !shown(outcome))
        .map(|outcome| rejection::rejection(space, outcome, ranked.first()))
        .collect();
    if best.is_none() {
        findings.push(rejection::none(&rejections, &outcomes));
    }
    findings.extend(ranked.first().map_or_else(Vec::new, |best| warnings(space, best)));
    Plan {
        best,
        alternatives,
        frontier,
        rejections,
        what_ifs,
        shadow_prices,
        uncertainty: None,
        total: None,
        from_here: None,
        updates: Vec::new(),
        evaluations,
        space_size: outcomes.iter().filter(|outcome| outcome.is_allowed()).map(|it| grid_size(space, &it.kind)).sum(),
        data_gib: space.need.data_gib(false),
        findings,
        assumptions: AssumptionUse::all(&space.loads.assumptions),
        defaults: defaults(space.requirement),
        model: ModelVersion { version: MODEL_VERSION, catalog: CATALOG_DATE },
    }
}

/// What the rules warn of about a file system by itself, such as quotas.
fn warnings(space: &Space<'_>, found: &search::Found) -> Vec<Finding> {
    let own = |finding: &Finding| finding.severity == Severity::Warning && finding.field.starts_with("file_system");
    rules::check(&space.scenario_of(found)).into_iter().filter(own).collect()
}

fn defaults(requirement: &Requirement) -> Vec<crate::shape::DefaultTaken> {
    let mut taken = Vec::new();
    requirement.defaults("", &mut taken);
    job::complete_defaults(&requirement.written_on(FileSystem::of(DeploymentType::Persistent2)), &mut taken);
    taken
}

impl Constraints {
    pub(crate) const DEFAULT: Self = Self::EMPTY;
}

impl Space<'_> {
    /// The budget, if there is one.
    fn budget(&self) -> Option<Usd> {
        let most = self.constraints.max_usd_per_month?;
        Some(Quantity::new(most) * Rate::parse("1")?)
    }

    /// What the requirement wants.
    fn wanted(&self) -> Wanted<'_> {
        let (loads, draws) = (&self.loads, self.draws.as_ref());
        Wanted { objective: self.requirement.objective(), loads, draws, margin: 1.0, useful: None, budget: None }
    }
}
