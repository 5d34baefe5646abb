//! Answers in a job's own words.

use std::cell::RefCell;

use serde::Serialize;

use super::training::Epochs;
use super::{Run, Work, runs, steps};
use crate::catalog::{AssumptionId, Assumptions, assumption};
use crate::cost::{Cost, clients_usd_per_hour};
use crate::design::{self, Design};
use crate::estimate::{AssumptionUse, Range, WorkloadEstimate, numbers, work, workings};
use crate::formula::FigureWorking;
use crate::model::LimitId;
use crate::scenario::{JobKind, Pricing, Scenario, Workload};

/// What a job does on a file system.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JobEstimate {
    /// Name of the job, and of the workload that stands for it among `workloads`.
    pub name: String,
    /// Its kind.
    pub kind: JobKind,
    /// The preset its numbers come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
    /// Its figures.
    #[serde(flatten)]
    pub figures: JobFigures,
    /// How they follow from others; none of a plan's alternatives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workings: Vec<FigureWorking>,
}

impl JobEstimate {
    /// Leaves the figures alone.
    pub(crate) fn forget_workings(&mut self) {
        self.workings.clear();
        if let JobFigures::Steps(it) = &mut self.figures {
            it.steps.iter_mut().for_each(|step| step.workings.clear());
        }
    }
}

/// Figures of a job, by its kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum JobFigures {
    /// Of training.
    Training(Box<TrainingFigures>),
    /// Of checkpoints.
    Checkpoint(Box<CheckpointFigures>),
    /// Of everything that is done once.
    Steps(Box<StepsFigures>),
}

/// Training, with burst credits spent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TrainingFigures {
    /// Accelerators that train.
    pub accelerators: f64,
    /// Samples of an epoch.
    pub samples: f64,
    /// What one accelerator reads when it never waits, MB/s: batch × sample / compute time.
    pub demand_mb_per_s_per_accelerator: Range,
    /// Share of their time that the accelerators compute, in all epochs but the first.
    pub accelerator_utilization: Range,
    /// The same while a checkpoint is written; absent where none is, or training on its clients stands meanwhile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accelerator_utilization_while_saving: Option<Range>,
    /// The same while burst credits last; absent where that is no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accelerator_utilization_in_burst: Option<Range>,
    /// Samples a second: accelerators × batch / compute time × utilization.
    pub samples_per_s: Range,
    /// Share of their time that the accelerators wait for data.
    pub stall_share: Range,
    /// Time of the first epoch, seconds.
    pub first_epoch_s: Range,
    /// Time in which these clients would load all files from S3 in bulk, before a first epoch that then is as a later one,
    /// seconds; absent where they do not lie there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preload_s: Option<Range>,
    /// Time of each later epoch, seconds.
    pub later_epoch_s: Range,
    /// What stops the first epoch; `null` if that is the accelerators.
    pub first_epoch_bottleneck: Option<LimitId>,
    /// What stops later epochs; `null` if that is the accelerators.
    pub bottleneck: Option<LimitId>,
    /// The utilization that `accelerators_fed` counts for: the target's, else the preset's mark.
    pub wanted_accelerator_utilization: f64,
    /// Accelerators of this kind that the storage rate of later epochs keeps so busy.
    pub accelerators_fed: Range,
    /// File system, and clients where their price is known, for a later epoch, US dollars.
    pub usd_per_epoch: Option<f64>,
    /// Of that, clients whose accelerators wait, US dollars; `null` where their price is not known.
    pub idle_clients_usd_per_epoch: Option<f64>,
}

/// Saving and restoring a checkpoint, from `credits_at_start`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CheckpointFigures {
    /// Size of a checkpoint, GiB.
    pub size_gib: Range,
    /// Ranks that save.
    pub ranks: f64,
    /// Files of a checkpoint.
    pub files: f64,
    /// Rate that `target_s` or `target.save_s` asks for, MB/s; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_mb_per_s: Option<Range>,
    /// Time until the last rank has saved, beside everything else that goes on, seconds: training on the same clients
    /// stands while a synchronous one is saved.
    pub save_s: Range,
    /// What stops it.
    pub save_bottleneck: LimitId,
    /// Time until the last rank has read its part again, while training on the same clients stands, seconds.
    pub restore_s: Range,
    /// What stops it.
    pub restore_bottleneck: LimitId,
    /// Time until automatic export has brought all of it to S3, once it is saved, seconds; absent without a link that
    /// exports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub export_s: Option<Range>,
    /// Work between two checkpoints, by Daly, seconds; absent without `mean_time_to_failure_h`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval_s: Option<Range>,
    /// Share of the time not lost to checkpoints, failures and restarts; absent without `mean_time_to_failure_h`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goodput: Option<Range>,
    /// The clients' price of the time that is lost, US dollars a month; `null` where it is not known.
    pub idle_clients_usd_per_month: Option<f64>,
    /// Price of the file system to hold against it, US dollars a month.
    pub file_system_usd_per_month: Option<f64>,
}

/// A job that is done once: stages between S3 and the file system, metadata, benchmarks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepsFigures {
    /// Time of all steps, seconds.
    pub seconds: Range,
    /// Files or items a second, of the first step; `null` where all share one file.
    pub files_per_s: Option<Range>,
    /// Operations a second, of the first step: I/Os of the application, or metadata operations.
    pub operations_per_s: Option<Range>,
    /// Data rate of the first step, MB/s; `null` for metadata.
    pub throughput_mb_per_s: Option<Range>,
    /// What stops the first step.
    pub bottleneck: Option<LimitId>,
    /// How long a change in the bucket takes to show at least, where it is imported automatically, seconds; of an import.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lag_s: Option<Range>,
    /// Every step, where there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepFigures>,
}

/// One step of a job.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepFigures {
    /// Name of the step.
    pub name: String,
    /// Time of it, seconds.
    pub seconds: Range,
    /// Files or items a second; `null` where all share one file.
    pub files_per_s: Option<Range>,
    /// Operations a second: I/Os of the application, or metadata operations.
    pub operations_per_s: Option<Range>,
    /// Data rate, MB/s; `null` for metadata.
    pub throughput_mb_per_s: Option<Range>,
    /// What stops it.
    pub bottleneck: LimitId,
    /// How its figures follow from others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workings: Vec<FigureWorking>,
}

/// What an hour costs, US dollars.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Prices {
    /// Of the file system.
    pub(crate) file_system: Option<f64>,
    /// Of all clients; `None` where the price of one is not known.
    pub(crate) clients: Option<f64>,
    /// Hours in a month.
    pub(crate) hours: f64,
}

impl Prices {
    pub(crate) fn per_hour(&self) -> Option<f64> {
        Some(self.file_system? + self.clients.unwrap_or(0.0))
    }
}

/// The answers for all jobs of a legal scenario, and the assumptions that they rest on. `expanded` has their
/// workloads behind its own, offering what they offer.
pub(crate) fn answers(
    scenario: &Scenario,
    expanded: &Scenario,
    cost: Option<&Cost>,
) -> (Vec<JobEstimate>, Vec<AssumptionUse>) {
    if scenario.jobs.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let assumptions = design::assumptions(scenario);
    let all: Vec<Run> = runs(scenario, &assumptions).map(|(_, run)| run).collect();
    let used = RefCell::default();
    let asked =
        Asked { scenario: expanded, own: scenario.workloads.len(), runs: &all, assumptions: &assumptions, used };
    let pricing = scenario.pricing.as_ref();
    let prices = Prices {
        file_system: cost.and_then(Cost::file_system_usd_per_hour),
        clients: clients_usd_per_hour(scenario),
        hours: pricing.unwrap_or(const { &Pricing::DEFAULT }).hours_per_month(),
    };
    let answer = |(i, run): (usize, &Run)| {
        let (figures, workings) = asked.figures(i, run, &prices)?;
        Some(JobEstimate { name: run.name.clone(), kind: run.kind, preset: run.preset.clone(), figures, workings })
    };
    let answers = all.iter().enumerate().filter_map(answer).collect();
    let of_jobs = [AssumptionId::PrefetchBatches, AssumptionId::AutoImportLag];
    let mut used = AssumptionUse::all(&assumptions);
    used.retain(|it| of_jobs.iter().any(|id| assumption(it.id).is_some_and(|row| row.id == *id)));
    used.append(&mut asked.used.into_inner());
    used.sort_by_key(|it| it.id);
    used.dedup_by_key(|it| it.id);
    (answers, used)
}

/// A workload in the place of a job.
#[derive(Debug)]
pub(super) struct Reached {
    pub(super) estimate: WorkloadEstimate,
    /// All of its work, in what its rate counts: MB, of metadata items.
    work: f64,
}

impl Reached {
    /// How its rate follows from the limits.
    pub(super) fn rate(&self) -> String {
        workings::rate(&self.estimate)
    }

    /// How the time of all its work follows from its rates.
    pub(super) fn seconds(&self) -> String {
        workings::seconds(&self.estimate, self.work)
    }
}

/// The scenario of all workloads, to be asked what else could be.
struct Asked<'a> {
    scenario: &'a Scenario,
    /// Workloads that are not jobs.
    own: usize,
    runs: &'a [Run],
    assumptions: &'a Assumptions,
    /// What the estimates that were asked for rest on.
    used: RefCell<Vec<AssumptionUse>>,
}

impl Asked<'_> {
    fn figures(&self, i: usize, run: &Run, prices: &Prices) -> Option<(JobFigures, Vec<FigureWorking>)> {
        let saves = |other: &Run| matches!(other.work, Work::Checkpoint(_));
        Some(match &run.work {
            Work::Training(it) => {
                let [first, later] = it.epochs().map(|epoch| self.instead(i, &epoch, |other| !saves(other)));
                let stops = |other: &Run| matches!(&other.work, Work::Checkpoint(it) if it.stops_training());
                let stands = |other: &Run| stops(other) && other.halts(run);
                let goes_on = || self.runs.iter().any(|other| saves(other) && !stands(other));
                let [_, epoch] = it.epochs();
                let saving = goes_on().then(|| self.instead(i, &epoch, |other| !stands(other))).flatten();
                let preload = it.preload().and_then(|load| self.instead(i, &load, |other| !saves(other)));
                let of = Epochs { first: first?, later: later?, saving, preload };
                let figures = it.figures(&of, prices);
                let workings = it.workings(&of, &figures, prices);
                (JobFigures::Training(Box::new(figures)), workings)
            }
            Work::Checkpoint(it) => {
                let stops = it.stops_training();
                let save = self.instead(i, &free(&it.save), |other| !(stops && run.halts(other)))?;
                let restore = self.instead(i, &free(&it.restore), |other| !run.halts(other))?;
                let links = &self.scenario.file_system.data_repository_associations;
                let exported = links.iter().any(|link| !link.auto_export.is_empty());
                let export = exported.then(|| self.instead(i, &it.export(), |_| true)).flatten();
                let mut figures = it.figures([&save.estimate, &restore.estimate], prices);
                let mut workings = it.workings([&save, &restore], &figures, prices);
                if let Some(export) = export {
                    figures.export_s = Some(export.estimate.seconds);
                    workings.write("export_s", export.seconds());
                }
                (JobFigures::Checkpoint(Box::new(figures)), workings.0)
            }
            Work::Steps(all) => {
                let each = all.iter().map(|step| self.instead(i, &free(&step.workload), |_| true));
                let (mut figures, mut workings) = steps::figures(all, &each.collect::<Option<Vec<_>>>()?);
                if run.kind == JobKind::Import {
                    let lag = self.assumptions.get(AssumptionId::AutoImportLag);
                    figures.lag_s = Some(Range::exactly(lag));
                    workings.add("lag_s", "# s", &[lag]);
                    workings.on(AssumptionId::AutoImportLag);
                }
                (JobFigures::Steps(Box::new(figures)), workings.0)
            }
        })
    }

    /// The estimate of `workload` in place of that of job `i`, beside the scenario's own workloads and the jobs that go
    /// on.
    fn instead(&self, i: usize, workload: &Workload, goes_on: impl Fn(&Run) -> bool) -> Option<Reached> {
        let (own, jobs) = self.scenario.workloads.split_at_checked(self.own)?;
        let mut workloads = own.to_vec();
        let mut place = 0;
        for (j, (run, load)) in self.runs.iter().zip(jobs).enumerate() {
            if j == i {
                place = workloads.len();
                workloads.push(workload.clone());
            } else if goes_on(run) {
                workloads.push(load.clone());
            }
        }
        let scenario = Scenario { workloads, ..self.scenario.clone() };
        let mut estimate = numbers(&scenario)?;
        self.used.borrow_mut().append(&mut estimate.assumptions);
        let designs = Design::all(&scenario, self.assumptions)?;
        let work = designs.iter().filter(|design| design.index == place).map(work).sum();
        let there = place < estimate.workloads.len();
        there.then(|| Reached { estimate: estimate.workloads.swap_remove(place), work })
    }
}

/// A workload with nothing asked of it.
fn free(workload: &Workload) -> Workload {
    Workload { target: None, ..workload.clone() }
}
