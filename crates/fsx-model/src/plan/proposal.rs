//! Candidates as proposals.

use super::answer::{Proposal, TargetReached};
use super::candidates::Candidate;
use super::kinds::Kind;
use super::load::{Figure, NEVER_ENOUGH};
use super::requirement::Objective;
use super::search::{Found, Space};
use crate::cost::Cost;
use crate::estimate;
use crate::job;
use crate::money::Usd;
use crate::scenario::{DataCompressionType, Scenario};

/// What was found best, with the working of its numbers.
pub(crate) fn best(space: &Space<'_>, found: &Found) -> Option<Proposal> {
    let mut proposal = explained(space, found)?;
    estimate::explain_all(&mut proposal.estimate, &space.scenario_of(found));
    Some(proposal)
}

/// Something found, without formulas and findings.
pub(crate) fn proposal(space: &Space<'_>, found: &Found) -> Option<Proposal> {
    explained(space, found).map(bare)
}

/// A proposal without the formulas of its jobs.
pub(crate) fn bare(mut proposal: Proposal) -> Proposal {
    proposal.estimate.jobs.iter_mut().for_each(job::JobEstimate::forget_workings);
    proposal
}

/// Something found, with the formulas of its jobs only.
fn explained(space: &Space<'_>, found: &Found) -> Option<Proposal> {
    let candidate = space.candidate_at(&found.kind, &found.choice, found.size)?;
    let met_share = space.share_met(&found.kind, &found.choice, found.size);
    let proposal = of(space, &found.kind, &space.scenario_of(found), &candidate, found.usd)?;
    Some(Proposal { met_share, ..proposal })
}

/// A scenario about a file system of a kind, which with idle clients costs so much.
pub(crate) fn of(
    space: &Space<'_>,
    kind: &Kind,
    scenario: &Scenario,
    candidate: &Candidate,
    usd: Usd,
) -> Option<Proposal> {
    let cost = Cost::new(&candidate.quantities, &space.prices);
    let waits = space.requirement.objective() == Objective::LeastTotal;
    let mut estimate = estimate::numbers(scenario)?;
    let file_system = scenario.file_system.clone();
    let written = space.requirement.written_on(file_system.clone());
    let (jobs, assumptions) = job::answers(&written, scenario, Some(&cost));
    estimate.jobs = jobs;
    estimate::add_assumptions(&mut estimate, assumptions);
    let lz4 = file_system.data_compression_type() == DataCompressionType::Lz4;
    let size = kind.index_of(&file_system);
    Some(Proposal {
        family: kind.name(),
        targets: targets(space, candidate),
        estimate,
        full_after_months: space.need.full_after_months(kind, size, lz4, &space.loads.assumptions),
        idle_clients_usd_per_month: waits.then(|| usd.to_f64() - cost.usd_per_month),
        met_share: None,
        cost,
        file_system,
    })
}

impl Space<'_> {
    /// The scenario of something found.
    pub(crate) fn scenario_of(&self, found: &Found) -> Scenario {
        Scenario { file_system: self.raw(&found.kind, &found.choice, found.size), ..self.scenario.clone() }
    }
}

/// What is reached of each target.
pub(crate) fn targets(space: &Space<'_>, candidate: &Candidate) -> Vec<TargetReached> {
    let mut reached: Vec<TargetReached> = Vec::new();
    space.loads.judge_each(&candidate.file_system, &mut |margin, (workload, _), figure| {
        let Some(wanted) = space.target(workload, figure) else { return };
        if space.loads.greedy.is_some() && figure == Figure::Rate {
            return;
        }
        let name = space.name(workload);
        // a workload on several client groups is as far as the slowest of them
        if let Some(same) = reached.iter_mut().find(|it| it.workload == name && it.figure == wanted.figure) {
            if margin < same.margin {
                same.margin = margin;
                same.reached = wanted.reached(margin);
            }
            return;
        }
        reached.push(TargetReached {
            workload: name,
            figure: wanted.figure,
            target: wanted.value,
            reached: wanted.reached(margin),
            unit: wanted.unit,
            margin,
            limit: space.loads.limit(&candidate.file_system, workload),
        });
    });
    reached
}

/// A figure asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    pub(crate) figure: &'static str,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    inverse: bool,
}

impl Asked {
    /// The figure that is `margin` times better.
    pub(crate) fn reached(&self, margin: f64) -> f64 {
        if self.inverse { self.value / margin } else { self.value * margin }
    }

    /// Whether less of it is better.
    pub(crate) const fn is_time(&self) -> bool {
        self.inverse
    }
}

impl Space<'_> {
    /// What is asked of a workload.
    pub(crate) fn target(&self, workload: usize, figure: Figure) -> Option<Asked> {
        let raw = self.workload(workload)?;
        let target = raw.target.as_ref();
        let asked = |figure, value, unit, inverse| Some(Asked { figure, value, unit, inverse });
        let moves_data = raw.operations.is_none() && raw.operation().is_data();
        match figure {
            Figure::Latency => asked("latency_ms", target?.latency_ms?, "ms", true),
            Figure::Seconds => asked("seconds", target?.seconds?, "s", true),
            Figure::Rate => {
                let per_s = |io_kib: f64| move |operations: f64| operations * io_kib * 1024.0 / 1e6;
                let rates = |it: &crate::scenario::Target| (it.throughput_mb_per_s, it.operations_per_s);
                match target.map_or((None, None), rates) {
                    (Some(rate), operations) => {
                        let least = operations.map_or(0.0, per_s(raw.io_size_kib()));
                        asked("throughput_mb_per_s", rate.max(least), "MB/s", false)
                    }
                    (None, Some(operations)) => asked("operations_per_s", operations, "op/s", false),
                    (None, None) if moves_data => asked("throughput_mb_per_s", NEVER_ENOUGH, "MB/s", false),
                    (None, None) => asked("operations_per_s", NEVER_ENOUGH, "op/s", false),
                }
            }
        }
    }
}
