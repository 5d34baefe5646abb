//! From the file system one has: whether it does already what is asked, the best that updates make of it, and what a new
//! one in its place would take.

use super::answer::{CurrentFileSystem, FromHere, Proposal};
use super::candidates::Candidate;
use super::kinds::{Choice, Kind};
use super::outcome;
use super::proposal::{self, targets};
use super::requirement::{Constraints, MetadataChoice, Objective, Requirement};
use super::search::{Found, Space, Wanted};
use super::{Grid, prepare};
use crate::cost::{Bill, Cost};
use crate::estimate::AssumptionUse;
use crate::finding::{Finding, Severity, whole_number};
use crate::money::Usd;
use crate::rules;
use crate::scenario::{DataCompressionType, FileSystem, Scenario, Workload};
use crate::units::{Information, gibibyte, mebibyte};
use crate::updates::{self, NewFileSystem, Update};

/// What is wrong with the file system one has, by the rules for any.
pub(crate) fn check(requirement: &Requirement) -> Vec<Finding> {
    let Some(current) = &requirement.current_file_system else { return Vec::new() };
    let own = |finding: &Finding| finding.severity == Severity::Error && finding.field.starts_with("file_system");
    let findings = rules::check(&requirement.on(current.clone())).into_iter().filter(own);
    findings.map(|finding| Finding { field: format!("current_{}", finding.field), ..finding }).collect()
}

/// What is asked of a file system that is there already: constraints that are not given do not shut out what it is.
pub(crate) fn widened(requirement: &Requirement, current: &FileSystem) -> Constraints {
    let mut constraints = requirement.constraints.clone().unwrap_or(Constraints::DEFAULT);
    if constraints.deployment_types.is_empty() {
        constraints.deployment_types.push(current.deployment_type);
    }
    constraints.metadata_configuration.get_or_insert(MetadataChoice::Either);
    constraints
}

/// The kinds that updates lead to; of the others, the rule in the way.
fn reachable(grid: Grid, current: &FileSystem, constraints: &Constraints) -> Grid {
    let version = constraints.file_system_type_version.as_ref();
    let from = |(kind, error): (Kind, Option<Finding>)| match kind.from(current, version) {
        Ok(kind) => (kind, error),
        Err(blocked) => (kind, error.or(Some(*blocked))),
    };
    grid.into_iter().map(from).collect()
}

/// A file system that is there, or could be, among the kinds.
struct There {
    kind: Kind,
    scenario: Scenario,
    candidate: Candidate,
}

impl There {
    /// A file system of a kind, holding what is needed unless it says what it holds.
    fn new(space: &Space<'_>, kind: &Kind, mut file_system: FileSystem) -> Option<Self> {
        let lz4 = file_system.data_compression_type() == DataCompressionType::Lz4;
        if kind.is_elastic() {
            let choice = Choice { lz4, ..kind.plainest(space.constraints) };
            file_system.stored = file_system.stored.or_else(|| space.raw(kind, &choice, 0).stored);
        } else if file_system.fill.is_none() {
            let fill = space.need.fill(kind, kind.index_of(&file_system), lz4, &space.loads.assumptions);
            file_system.fill = fill.map(|fill| fill.min(1.0));
        }
        let scenario = Scenario { file_system, ..space.scenario.clone() };
        let candidate = space.candidate(&scenario)?;
        Some(Self { kind: *kind, scenario, candidate })
    }

    /// What it costs if it does what is wanted; why it does not.
    fn judge(&self, space: &Space<'_>, wanted: &Wanted<'_>) -> Result<Usd, String> {
        let assumptions = &space.loads.assumptions;
        let lz4 = self.scenario.file_system.data_compression_type() == DataCompressionType::Lz4;
        let holds = super::need::kind_holds(&self.kind, self.kind.index_of(&self.scenario.file_system), assumptions);
        let needed = space.need.usable_gib(lz4);
        if holds < needed {
            let [holds, needed] = [holds.floor(), needed.ceil()].map(whole_number);
            return Err(format!("it holds {holds} GiB of the {needed} GiB needed"));
        }
        let Some((usd, _)) = space.worth(&self.candidate, &Wanted { budget: None, ..*wanted }, None) else {
            return Err("it misses a target".to_owned());
        };
        let bill = Bill::new(&self.candidate.quantities, &space.prices).known();
        if wanted.budget.is_some_and(|most| bill > most) {
            return Err("it costs more than constraints.max_usd_per_month".to_owned());
        }
        match self.share_met(space).zip(space.requirement.uncertainty.as_ref()) {
            Some((share, asked)) if share < asked.confidence() => {
                Err(format!("it meets the targets in {:.0} % of the draws", share * 100.0))
            }
            _ => Ok(usd),
        }
    }

    /// Share of the draws in which it does what is asked.
    fn share_met(&self, space: &Space<'_>) -> Option<f64> {
        space.share_met_by(&self.scenario, &self.candidate, &self.kind)
    }

    fn current(&self, space: &Space<'_>, why_not: Option<String>) -> CurrentFileSystem {
        CurrentFileSystem {
            family: self.kind.name(),
            file_system: self.scenario.file_system.clone(),
            targets: targets(space, &self.candidate),
            met_share: self.share_met(space),
            cost: Cost::new(&self.candidate.quantities, &space.prices),
            why_not,
        }
    }

    /// What it holds today: as much as it is said to, or else the data of the requirement, so far as there is room.
    fn data(&self, space: &Space<'_>, current: &FileSystem) -> Information {
        if current.fill.is_some() || current.stored.is_some() {
            return updates::data_of(&self.scenario);
        }
        let data = Information::new::<gibibyte>(space.need.now_gib());
        let usable = self.candidate.file_system.usable_capacity(&space.loads.assumptions);
        usable.map_or(data, |usable| usable.min(data))
    }
}

/// The way from the file system one has; the best file system of any kind is known.
pub(crate) fn from_here(requirement: &Requirement, best: Option<&Proposal>) -> Option<(FromHere, Vec<Update>)> {
    let current = requirement.current_file_system.as_ref()?;
    let constraints = widened(requirement, current);
    let (space, grid, _) = prepare(requirement, &constraints).ok()?;
    let grid = reachable(grid, current, &constraints);
    let (kind, error) = grid.iter().find(|(kind, _)| kind.is_that_of(current))?;
    let there = There::new(&space, kind, current.clone())?;
    let wanted = Wanted { budget: space.budget(), ..outcome::wanted(&space, &grid) };
    let now = match shut_out(kind, error.as_ref(), &constraints) {
        Some(why) => Err(why),
        None => there.judge(&space, &wanted),
    };
    let found = outcome::winner(&space, &grid).filter(|found| now.as_ref().ok().is_none_or(|usd| found.usd < *usd));
    let reachable = found.and_then(|found| as_it_is(&space, &wanted, &found, current));
    let data = there.data(&space, current);
    let usd = |fs: &FileSystem| {
        let kind = grid.iter().find(|(kind, _)| kind.is_that_of(fs)).map(|(kind, _)| kind)?;
        let candidate = There::new(&space, kind, fs.clone())?.candidate;
        Some(Bill::new(&candidate.quantities, &space.prices).known().to_f64())
    };
    let steps = reachable.as_ref().map(|it| updates::route(current, &it.file_system));
    let steps = steps.and_then(Result::ok).unwrap_or_default();
    let assumptions = &space.loads.assumptions;
    let updates = updates::updates(&there.scenario, steps, data, assumptions, usd);
    let stays = there.current(&space, now.as_ref().err().cloned());
    let reached = reachable.as_ref().map(Proposal::usd_per_month).or(now.ok().map(Usd::to_f64));
    let new_file_system = best.and_then(|best| {
        let fastest = requirement.objective() == Objective::Fastest;
        let better = fastest || reached.is_none_or(|usd| best.usd_per_month() < usd);
        let blocked = updates::route(current, &best.file_system).err().filter(|_| better)?;
        let saves = reached.unwrap_or(stays.cost.usd_per_month) - best.usd_per_month();
        instead(&space, &there, best, blocked, data, saves)
    });
    let assumptions = AssumptionUse::all(assumptions);
    Some((FromHere { current: stays, reachable, new_file_system, assumptions }, updates))
}

/// Why a kind is not allowed, with these clients or by the constraints.
fn shut_out(kind: &Kind, error: Option<&Finding>, constraints: &Constraints) -> Option<String> {
    let by = kind.left_out(constraints);
    let fields = || by.iter().map(|(field, _)| *field).collect::<Vec<_>>().join(" and ");
    error
        .map(|finding| finding.message.clone())
        .or_else(|| (!by.is_empty()).then(|| format!("left out by {}", fields())))
}

/// Something found, with as much as it is now as costs nothing and does it too: version, layout, compression, metadata.
fn as_it_is(space: &Space<'_>, wanted: &Wanted<'_>, found: &Found, current: &FileSystem) -> Option<Proposal> {
    let mut raw = space.raw(&found.kind, &found.choice, found.size);
    (raw.fill, raw.stored) = (current.fill, current.stored.clone());
    let version = &mut raw.file_system_type_version;
    *version = version.take().or_else(|| current.file_system_type_version.clone());
    let mut best = There::new(space, &found.kind, raw.clone())?;
    let keeps: [fn(&mut FileSystem, &FileSystem); 3] = [
        |it, now| it.layout.clone_from(&now.layout),
        |it, now| it.data_compression_type = now.data_compression_type,
        |it, now| it.metadata_configuration.clone_from(&now.metadata_configuration),
    ];
    for keep in keeps {
        let mut other = raw.clone();
        keep(&mut other, current);
        let legal = other != raw && updates::keeps_its_iops(&raw, &other);
        let Some(there) = There::new(space, &found.kind, other.clone()).filter(|_| legal) else { continue };
        if there.judge(space, wanted).is_ok_and(|usd| usd <= found.usd) {
            (raw, best) = (other, there);
        }
    }
    let met_share = best.share_met(space);
    let proposal = proposal::of(space, &best.kind, &best.scenario, &best.candidate, found.usd)?;
    Some(Proposal { met_share, ..proposal::bare(proposal) })
}

impl Proposal {
    /// What it costs, with idle clients where they count.
    fn usd_per_month(&self) -> f64 {
        self.cost.usd_per_month + self.idle_clients_usd_per_month.unwrap_or(0.0)
    }
}

/// A new file system that saves so much a month.
fn instead(
    space: &Space<'_>,
    there: &There,
    best: &Proposal,
    blocked: Vec<Finding>,
    data: Information,
    saves: f64,
) -> Option<NewFileSystem> {
    let cost = Cost::new(&there.candidate.quantities, &space.prices);
    let usd_per_hour = cost.file_system_usd_per_hour();
    let new = best.file_system.clone();
    let file_size = file_size(&there.scenario);
    let assumptions = &space.loads.assumptions;
    updates::new_file_system(&there.scenario, new, blocked, (data, file_size), assumptions, (usd_per_hour, saves))
}

/// Size of the files of the largest set that a workload reads or writes.
fn file_size(scenario: &Scenario) -> Information {
    let moves_data = |it: &&Workload| it.operations.is_none() && it.operation().is_data();
    let held = |it: &Workload| it.file_count.map_or(1.0, crate::shape::Whole::get) * it.file_size_mib();
    let largest = scenario.workloads.iter().filter(moves_data).max_by(|a, b| held(a).total_cmp(&held(b)));
    Information::new::<mebibyte>(largest.unwrap_or(&Workload::BLANK).file_size_mib())
}
