//! `estimate`: how fast a design runs its workloads, what stops them, how sure that is, and why.

mod answer;
mod regimes;
pub(crate) mod workings;

pub use answer::*;

use crate::catalog::{ASSUMPTIONS, Assumptions, CATALOG_DATE};
use crate::cost::work_out;
use crate::design::{self, Design, FileSystem};
use crate::family::Membership;
use crate::finding::{Error, Finding, Severity};
use crate::model::together::{Shared, join, together};
use crate::model::{Credits, Evaluation, LimitId, data, network};
use crate::reservations::reservations;
use crate::scenario::{Scenario, defaults_taken};
use crate::spread::{self, Among, Outcome, RateSpread, Spread};
use crate::units::{
    OperationRate, gibibyte, megabyte, megabyte_per_second, millisecond, operation, operation_per_second, second,
};
use crate::working::working;
use crate::{advice, head_room, job, rules, symptoms, tuning};

/// Estimates a scenario: numbers, working and advice.
///
/// # Errors
/// [`crate::finding::ErrorKind::Refused`] with every finding if the design is illegal or not modelled yet.
pub fn estimate(scenario: &Scenario) -> Result<Estimate, Error> {
    let findings = legal(scenario)?;
    let asked = job::expanded(scenario);
    let mut estimate = numbers(&asked).ok_or_else(|| Error::refused(Vec::new()))?;
    estimate.findings = findings;
    explain_all(&mut estimate, &asked);
    estimate.findings.extend(reservations(&asked, &estimate));
    estimate.findings.extend(advice::advise(&asked, &estimate));
    estimate.head_room = head_room::head_room(scenario);
    estimate.findings.extend(head_room::warnings(scenario));
    estimate.findings.extend(symptoms::advise(scenario, &asked));
    estimate.findings.extend(tuning::advise(&asked));
    job::at_home(scenario, &mut estimate.findings);
    add_cost(&mut estimate, &asked);
    add_jobs(&mut estimate, scenario, &asked);
    estimate.defaults = defaults_taken(scenario);
    job::complete_defaults(scenario, &mut estimate.defaults);
    Ok(estimate)
}

/// The warnings and the advice of the rules.
///
/// # Errors
/// With every finding if one of them forbids an answer.
pub(crate) fn legal(scenario: &Scenario) -> Result<Vec<Finding>, Error> {
    let mut findings = rules::check(scenario);
    if !has_error(&findings) {
        findings.extend(job::check(scenario));
    }
    if has_error(&findings) { Err(Error::refused(findings)) } else { Ok(findings) }
}

/// Adds the answers in the words of the jobs, and the assumptions behind them.
pub(crate) fn add_jobs(estimate: &mut Estimate, scenario: &Scenario, expanded: &Scenario) {
    let (jobs, assumptions) = job::answers(scenario, expanded, estimate.cost.as_ref());
    estimate.jobs = jobs;
    add_assumptions(estimate, assumptions);
}

/// Adds assumptions to those an estimate rests on, in their order.
pub(crate) fn add_assumptions(estimate: &mut Estimate, more: Vec<AssumptionUse>) {
    let listed = std::mem::take(&mut estimate.assumptions);
    let place = |used: &AssumptionUse| ASSUMPTIONS.iter().position(|row| row.name == used.id);
    let new = more.into_iter().filter(|used| listed.iter().all(|other| other.id != used.id));
    estimate.assumptions = new.collect();
    estimate.assumptions.extend(listed);
    estimate.assumptions.sort_by_key(place);
}

/// Adds what the design costs, the assumptions behind that, and, where the scenario asks about money, its warnings.
fn add_cost(estimate: &mut Estimate, scenario: &Scenario) {
    let Some(worked) = work_out(scenario) else { return };
    estimate.cost = Some(worked.cost);
    if scenario.pricing.is_some() || scenario.backup.is_some() {
        estimate.findings.extend(worked.findings);
    }
    add_assumptions(estimate, worked.assumptions);
}

/// Whether a finding forbids an answer.
#[must_use]
pub fn has_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// Adds the working of every limit, of the rates and times of each workload, and of the figures of the file system.
pub(crate) fn explain_all(estimate: &mut Estimate, scenario: &Scenario) {
    let assumptions = design::assumptions(scenario);
    let designs = Design::all(scenario, &assumptions).unwrap_or_default();
    if let Some(file_system) = FileSystem::new(scenario, &assumptions) {
        estimate.file_system.workings = workings::workings(&estimate.file_system, &file_system, &assumptions);
    }
    let reached = spread::at_mid(&designs, &assumptions);
    let groups = designs.chunk_by(|a, b| a.index == b.index);
    for ((groups, among), workload) in groups.zip(&reached).zip(&mut estimate.workloads) {
        for limit in &mut workload.limits {
            explain(limit, groups, &assumptions);
        }
        regimes::add_workings(workload, groups, among, &assumptions);
        workload.workings = workings::of_workload(workload, groups.iter().map(work).sum());
    }
}

fn explain(limit: &mut LimitEstimate, groups: &[Design], assumptions: &Assumptions) {
    let sustained = working(limit.id, groups, assumptions, false);
    let bursting = limit.burst.map(|_| working(limit.id, groups, assumptions, true));
    limit.formula_burst = bursting.filter(|bursting| bursting.groups != sustained.groups);
    let both = || std::iter::once(&sustained).chain(&limit.formula_burst);
    limit.sources = unique(both().flat_map(|working| working.sources.iter().copied()));
    limit.assumptions = unique(both().flat_map(|working| working.assumptions.iter().copied()));
    limit.formula = Some(sustained);
}

fn unique(items: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut seen = Vec::new();
    for item in items {
        if !seen.contains(&item) {
            seen.push(item);
        }
    }
    seen
}

/// The numbers of [`estimate`], without findings, working and defaults: what a search calls again and again.
///
/// The scenario must be legal; `None` if it is not.
#[must_use]
pub fn numbers(scenario: &Scenario) -> Option<Estimate> {
    let mut assumptions = design::assumptions(scenario);
    let file_system = FileSystem::new(scenario, &assumptions)?;
    let figures = figures(&file_system, &assumptions);
    let mut workloads = Vec::with_capacity(scenario.workloads.len());
    let name = |i: usize| scenario.workloads.get(i).map(|raw| raw.name_or_number(i)).unwrap_or_default();
    let designs = Design::all(scenario, &assumptions)?;
    if let [design] = designs.as_slice() {
        let (outcome, spread) = spread::outcome(design, &mut assumptions);
        let [full, spent] = [outcome.full, outcome.spent].map(Shared::alone);
        workloads.push(workload(name(0), &designs, &Among { outcome, full, spent }, &spread, &assumptions));
    } else if !designs.is_empty() {
        let all = spread::outcomes(&designs, &mut assumptions);
        for (groups, (among, spread)) in designs.chunk_by(|a, b| a.index == b.index).zip(&all) {
            workloads.push(workload(name(groups[0].index), groups, among, spread, &assumptions));
        }
    }
    Some(Estimate {
        file_system: figures,
        workloads,
        jobs: Vec::new(),
        cost: None,
        head_room: Vec::new(),
        findings: Vec::new(),
        assumptions: AssumptionUse::all(&assumptions),
        defaults: Vec::new(),
        model: ModelVersion { version: MODEL_VERSION, catalog: CATALOG_DATE },
    })
}

/// Sustained rate of each workload, mid value in its unit: what trying out a change needs.
#[must_use]
pub fn sustained_rates(scenario: &Scenario) -> Option<Vec<f64>> {
    let assumptions = design::assumptions(scenario);
    let designs = Design::all(scenario, &assumptions)?;
    let all = together(&designs, &assumptions, Credits::SPENT);
    let mut rates = Vec::with_capacity(scenario.workloads.len());
    for (groups, reached) in designs.chunk_by(|a, b| a.index == b.index).scan(0, |from, groups| {
        let reached = &all[*from..*from + groups.len()];
        *from += groups.len();
        Some((groups, reached))
    }) {
        rates.push(shown(join(reached)?.evaluation.rate, &groups[0]));
    }
    Some(rates)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count that the rules hold small")]
const fn whole(count: f64) -> u32 {
    count as u32
}

fn figures(file_system: &FileSystem, assumptions: &Assumptions) -> FileSystemFigures {
    let topology = file_system.topology(assumptions);
    let published = &file_system.published;
    let rate = |rate: crate::units::Throughput| rate.get::<megabyte_per_second>();
    FileSystemFigures {
        ost_count: whole(topology.osts),
        oss_count: whole(topology.servers),
        mds_count: whole(file_system.metadata_servers()),
        mdt_count: whole(file_system.metadata_servers()),
        metadata_iops: file_system.metadata_iops.map(whole),
        usable_capacity_gib: file_system.usable_capacity(assumptions).map(|usable| usable.get::<gibibyte>()),
        network_baseline_mb_per_s: published.network_baseline.map(rate),
        network_burst_mb_per_s: published.network_burst.or(published.network_baseline).map(rate),
        disk_read_baseline_mb_per_s: rate(published.disk_read_baseline),
        disk_write_baseline_mb_per_s: rate(published.disk_write_baseline),
        disk_read_burst_mb_per_s: rate(published.disk_read_burst.unwrap_or(published.disk_read_baseline)),
        disk_write_burst_mb_per_s: rate(published.disk_write_burst.unwrap_or(published.disk_write_baseline)),
        server_memory_gib: published.server_memory.map(|memory| memory.get::<gibibyte>()),
        ssd_cache_gib: file_system.ssd_cache.map_or(0.0, |cache| cache.size.get::<gibibyte>()),
        workings: Vec::new(),
    }
}

/// What one workload reaches, from the designs of its client groups.
fn workload(
    name: String,
    groups: &[Design],
    among: &Among,
    spread: &Spread,
    assumptions: &Assumptions,
) -> WorkloadEstimate {
    let Outcome { full, spent, course } = &among.outcome;
    let design = &groups[0];
    let bursts = !full.is_like(spent);
    let of = |now, bursting| Membership::of(groups, now, assumptions, bursting).scatter();
    let (steady, bursting) = (of(spent, false), of(full, true));
    let burst = bursts.then(|| Burst {
        regime: regime(groups, full, &spread.full, bursting, true),
        lasts_s: course.burst_lasts().map(|lasts| Range::around(lasts.get::<second>(), spread.lasts, bursting)),
    });
    let in_burst = bursts && course.burst_lasts().is_none_or(|lasts| course.elapsed <= lasts);
    let scatter = if in_burst { bursting } else { steady };
    let seconds = Range::around(course.elapsed.get::<second>(), spread.elapsed, scatter);
    let load = |shared: &Shared, id: LimitId| {
        let utilization = shared.utilization(id)?;
        let value = match id {
            LimitId::RateLimit => offered(groups),
            _ => shown(shared.evaluation.limits.get(id)?, design),
        };
        Some(Load { value, utilization })
    };
    let limit = |&id: &LimitId| {
        Some(LimitEstimate {
            id,
            unit: if design.workload.moves_data { MB_PER_S } else { OP_PER_S },
            sustained: load(&among.spent, id)?,
            burst: bursts.then(|| load(&among.full, id)).flatten(),
            formula: None,
            formula_burst: None,
            sources: Vec::new(),
            assumptions: Vec::new(),
        })
    };
    let mut limits: Vec<_> = LimitId::ALL.iter().filter_map(limit).collect();
    limits.sort_by(|a, b| a.sustained.value.total_cmp(&b.sustained.value));
    let work: f64 = groups.iter().map(work).sum();
    let least = work / offered(groups);
    WorkloadEstimate {
        name,
        sustained: regime(groups, spent, &spread.spent, steady, false),
        burst,
        seconds: Range { low: seconds.low.max(least).min(seconds.mid), ..seconds },
        contention: contention(design, &among.spent),
        limits,
        workings: Vec::new(),
    }
}

/// A rate of requests in the unit that people count in.
pub(crate) fn shown(rate: OperationRate, design: &Design) -> f64 {
    if design.workload.moves_data {
        data(rate, design.workload.request_size()).get::<megabyte_per_second>()
    } else {
        rate.get::<operation_per_second>()
    }
}

fn contention(design: &Design, shared: &Shared) -> Option<Contention> {
    let at = shared.held_up_at?;
    let unit = if design.workload.moves_data { MB_PER_S } else { OP_PER_S };
    let share = (shared.evaluation.rate / shared.alone).into();
    Some(Contention { at, alone: shown(shared.alone, design), unit, share })
}

fn regime(groups: &[Design], mid: &Evaluation, spread: &RateSpread, family: f64, bursting: bool) -> Regime {
    let design = &groups[0];
    let operations = mid.operations(design).get::<operation_per_second>();
    let (throughput, operations_per_s) = if design.workload.moves_data {
        let unlimited = Range::around(shown(mid.unlimited, design), spread.throughput, family);
        // what the file system moves by itself passes no client
        let wire = if design.workload.stage.is_some() {
            f64::INFINITY
        } else {
            groups.iter().map(|group| network::wire(&group.clients, bursting).get::<megabyte_per_second>()).sum()
        };
        // what the clients' own memory answers never reaches their network
        let wire = wire / mid.network_share;
        let offered = offered(groups);
        let mid = shown(mid.rate, design).min(offered);
        let rate = Range {
            low: unlimited.low.min(offered).min(mid),
            mid,
            high: unlimited.high.min(wire.max(unlimited.mid)).min(offered).max(mid),
        };
        let per_io = operations / rate.mid;
        let [low, high] = [rate.low, rate.high].map(|rate| rate * per_io);
        (Some(rate), Range { low: low.min(operations), mid: operations, high: high.max(operations) })
    } else {
        let unlimited = Range::around(shown(mid.unlimited, design), spread.throughput, family);
        let [low, high] = [unlimited.low, unlimited.high].map(|rate| rate.min(offered(groups)));
        (None, Range { low: low.min(operations), mid: operations, high: high.max(operations) })
    };
    Regime {
        throughput_mb_per_s: throughput,
        operations_per_s,
        latency_ms: Range::around(mid.latency.get::<millisecond>(), spread.latency, family),
        bottleneck: mid.bottleneck(),
        workings: Vec::new(),
    }
}

/// The load offered, in the unit that people count in; infinite where it is not limited.
pub(crate) fn offered(groups: &[Design]) -> f64 {
    let mut limits = groups.iter().map(|Design { workload, .. }| {
        if workload.moves_data {
            workload.rate_limit.map(|limit| limit.get::<megabyte_per_second>())
        } else {
            workload.item_limit.map(|limit| limit.get::<operation_per_second>())
        }
    });
    limits.try_fold(0.0, |sum, limit| Some(sum + limit?)).unwrap_or(f64::INFINITY)
}

/// All of a workload's work, in what its rate counts: MB, of metadata items.
pub(crate) fn work(Design { workload, .. }: &Design) -> f64 {
    if workload.moves_data { workload.bytes().get::<megabyte>() } else { workload.requests().get::<operation>() }
}
