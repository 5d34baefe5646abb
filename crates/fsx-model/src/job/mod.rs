//! Things people run: a job is filled in from its preset, becomes workloads, and is answered in its own words.
//!
//! A scenario with jobs is estimated as the one that has their workloads instead ([`expanded`]): everything that holds
//! for workloads holds for jobs. What a job asks beyond them (the first epoch, a restore) is an estimate of a copy of
//! that scenario in which one workload is another.

mod answer;
mod checkpoint;
mod losses;
mod steps;
mod training;

use std::borrow::Cow;

use serde_json::Value;

pub(crate) use answer::answers;
pub use answer::{CheckpointFigures, JobEstimate, JobFigures, StepFigures, StepsFigures, TrainingFigures};

use crate::catalog::Assumptions;
use crate::design;
use crate::finding::Finding;
use crate::presets;
use crate::rules;
use crate::scenario::{Clients, Job, JobKind, Operation, Scenario, Workload};
use crate::shape::{DefaultTaken, Whole};
use checkpoint::Checkpoint;
pub(crate) use losses::{Losses, Measured};
use steps::Step;
pub(crate) use steps::{objects, total as operations_per_item};
use training::Training;

/// Bytes in a MiB and in a GiB.
pub(crate) const MIB: f64 = 1024.0 * 1024.0;
pub(crate) const GIB: f64 = 1024.0 * MIB;
/// Bytes in an MB.
pub(crate) const MB: f64 = 1e6;
const SECONDS_PER_HOUR: f64 = 3600.0;

/// A job, ready to run.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) name: String,
    pub(crate) kind: JobKind,
    pub(crate) preset: Option<String>,
    /// The client group it names.
    pub(crate) clients: Option<String>,
    work: Work,
}

#[derive(Clone, Debug)]
enum Work {
    Training(Box<Training>),
    Checkpoint(Box<Checkpoint>),
    Steps(Vec<Step>),
}

impl Run {
    /// Whether another job is training on the same clients, which stands while this one stops them.
    fn halts(&self, other: &Self) -> bool {
        matches!(other.work, Work::Training(_)) && other.clients == self.clients
    }

    /// What it does most of the time, beside everything else: the workload that stands for it in a scenario.
    fn workload(&self) -> Option<&Workload> {
        match &self.work {
            Work::Training(it) => Some(&it.workload),
            Work::Checkpoint(it) => Some(&it.save),
            Work::Steps(steps) => steps.first().map(|step| &step.workload),
        }
    }
}

/// The kind of a job: its own word, or that of its preset.
#[must_use]
pub(crate) fn kind(job: &Job) -> Option<JobKind> {
    job.kind.or_else(|| Some(presets::kind(job.preset.as_deref()?)?.job()))
}

/// Jobs of a scenario whose numbers are complete, with their places.
pub(crate) fn runs<'a>(
    scenario: &'a Scenario,
    assumptions: &'a Assumptions,
) -> impl Iterator<Item = (usize, Run)> + 'a {
    let all = scenario.jobs.iter().enumerate();
    all.filter_map(|(i, job)| Some((i, run(job, &Place { scenario, assumptions, name: name(scenario, i)? })?)))
}

/// Where a job runs.
struct Place<'a> {
    scenario: &'a Scenario,
    assumptions: &'a Assumptions,
    name: String,
}

impl Place<'_> {
    /// The client groups a job runs on.
    fn groups<'a>(&'a self, job: &'a Job) -> impl Iterator<Item = &'a Clients> {
        let groups = self.scenario.clients.as_slice();
        let default = groups.is_empty().then_some(const { &Clients::DEFAULT });
        groups.iter().filter(|group| job.clients.is_none() || group.name == job.clients).chain(default)
    }

    /// Clients that take part.
    fn clients(&self, job: &Job) -> f64 {
        self.groups(job).map(|group| Whole(group.taking_part(job.client_count)).get()).sum()
    }

    /// Accelerators of one client: as given, else those of its instance type, else one.
    fn accelerators_per_client(&self, job: &Job) -> f64 {
        let of_instance = |group: &Clients| {
            let instance = crate::catalog::instance(group.instance_type.as_deref()?)?;
            Some(f64::from(instance.gpu_count)).filter(|count| *count > 0.0)
        };
        let most = || self.groups(job).filter_map(of_instance).reduce(f64::max);
        job.accelerators_per_client.map(Whole::get).or_else(most).unwrap_or(1.0)
    }

    /// The part of a workload that every job has.
    fn workload(&self, job: &Job) -> Workload {
        Workload {
            name: Some(self.name.clone()),
            clients: job.clients.clone(),
            client_count: job.client_count,
            ..Workload::BLANK
        }
    }
}

/// Name of job `i`: its own, else its preset or kind, with a number where that stands before.
fn name(scenario: &Scenario, i: usize) -> Option<String> {
    let plain = |job: &Job| {
        let kind = || kind(job).map(|kind| kind.as_str().to_owned());
        job.name.clone().or_else(|| job.preset.clone()).or_else(kind)
    };
    let job = scenario.jobs.get(i)?;
    let name = plain(job)?;
    let before = scenario.jobs.iter().take(i).filter(|other| plain(other).as_ref() == Some(&name)).count();
    Some(if before == 0 || job.name.is_some() { name } else { format!("{name}-{}", before + 1) })
}

fn run(job: &Job, place: &Place<'_>) -> Option<Run> {
    let kind = kind(job)?;
    let work = match kind {
        JobKind::Training => Work::Training(Box::new(Training::new(job, place)?)),
        JobKind::Checkpoint => Work::Checkpoint(Box::new(Checkpoint::new(job, place)?)),
        _ => Work::Steps(steps::steps(kind, job, place)?),
    };
    Some(Run { name: place.name.clone(), kind, preset: job.preset.clone(), clients: job.clients.clone(), work })
}

/// The scenario with the workloads of its jobs behind its own, and no jobs. One without jobs is just that.
#[must_use]
pub fn expanded(scenario: &Scenario) -> Cow<'_, Scenario> {
    if scenario.jobs.is_empty() {
        return Cow::Borrowed(scenario);
    }
    let assumptions = design::assumptions(scenario);
    let mut expanded = scenario.clone();
    expanded.jobs.clear();
    expanded.workloads.extend(runs(scenario, &assumptions).filter_map(|(_, run)| run.workload().cloned()));
    Cow::Owned(expanded)
}

/// A number a job runs with.
struct Taken {
    field: &'static str,
    /// Whether the job leaves it out.
    is_default: bool,
    value: Value,
}

impl Taken {
    fn of(field: &'static str, is_default: bool, value: impl Into<Value>) -> Self {
        Self { field, is_default, value: value.into() }
    }

    fn number(field: &'static str, given: Option<f64>, value: f64) -> Self {
        Self::of(field, given.is_none(), value)
    }

    fn whole(field: &'static str, given: Option<Whole>, value: f64) -> Self {
        Self::of(field, given.is_none(), count(value).0)
    }
}

/// Adds the numbers that jobs leave out, those of their presets and defaults that depend on other fields, to the defaults
/// that hold for all kinds; what a kind has not at all goes.
pub(crate) fn complete_defaults(scenario: &Scenario, defaults: &mut Vec<DefaultTaken>) {
    let assumptions = design::assumptions(scenario);
    for (place, run) in runs(scenario, &assumptions) {
        let (Some(job), home) = (scenario.jobs.get(place), format!("jobs[{place}].")) else { continue };
        defaults.retain(|it| it.field.strip_prefix(&home).is_none_or(|field| rules::takes(run.kind, field)));
        let numbers = match &run.work {
            Work::Training(it) => it.taken(job),
            Work::Checkpoint(it) => it.taken(job),
            Work::Steps(all) => steps::taken(run.kind, all, job),
        };
        let kind = Taken::of("kind", job.kind.is_none(), run.kind.as_str());
        let all = [kind, Taken::of("name", job.name.is_none(), run.name)].into_iter().chain(numbers);
        let taken = all.filter(|it| it.is_default);
        defaults.extend(taken.map(|it| DefaultTaken { field: format!("{home}{}", it.field), value: it.value }));
    }
}

/// How many times the files of each workload of [`expanded`] are held: those of a checkpoint as often as it is kept.
#[must_use]
pub(crate) fn copies(scenario: &Scenario) -> Vec<f64> {
    let assumptions = design::assumptions(scenario);
    let of_run = |(_, run): (usize, Run)| match &run.work {
        Work::Checkpoint(it) => it.keep,
        _ => 1.0,
    };
    let own = scenario.workloads.iter().map(|_| 1.0);
    own.chain(runs(scenario, &assumptions).map(of_run)).collect()
}

/// A workload that does not run while some of the others do: a restore.
#[derive(Clone, Debug)]
pub(crate) struct Apart {
    pub(crate) workload: Workload,
    /// Places of the workloads of [`expanded`] that go on meanwhile.
    pub(crate) beside: Vec<usize>,
}

/// Workloads of jobs with targets of their own that run apart.
#[must_use]
pub(crate) fn apart(scenario: &Scenario) -> Vec<Apart> {
    let assumptions = design::assumptions(scenario);
    let all: Vec<Run> = runs(scenario, &assumptions).map(|(_, run)| run).collect();
    let own = scenario.workloads.len();
    let one = |(i, run): (usize, &Run)| {
        let Work::Checkpoint(it) = &run.work else { return None };
        it.restore.target.as_ref()?;
        let jobs = all.iter().enumerate().filter(|(j, other)| *j != i && !run.halts(other));
        let beside = (0..own).chain(jobs.map(|(j, _)| own + j)).collect();
        let name = Some(format!("{} (restore)", run.name));
        Some(Apart { workload: Workload { name, ..it.restore.clone() }, beside })
    };
    all.iter().enumerate().filter_map(one).collect()
}

/// Findings about the workloads that jobs become, at the jobs' own places.
#[must_use]
pub(crate) fn check(scenario: &Scenario) -> Vec<Finding> {
    if scenario.jobs.is_empty() {
        return Vec::new();
    }
    let mut findings = rules::check(&expanded(scenario));
    at_home(scenario, &mut findings);
    findings.retain(|finding| finding.field.starts_with("jobs["));
    findings
}

/// Brings findings about workloads of [`expanded`] home to the jobs that became them.
pub(crate) fn at_home(scenario: &Scenario, findings: &mut [Finding]) {
    for finding in findings {
        let Some((field, part)) = home(scenario, &finding.field) else { continue };
        finding.field = field;
        if !part.is_empty() {
            finding.message = format!("its workload's {part}: {}", finding.message);
        }
    }
}

/// The place of a job for a field of the workload it became in [`expanded`], and the rest of the field where a job has
/// no such one; `None` for any other field.
pub(crate) fn home(scenario: &Scenario, field: &str) -> Option<(String, String)> {
    let (index, rest) = field.strip_prefix("workloads[")?.split_once(']')?;
    let index = index.parse::<usize>().ok()?.checked_sub(scenario.workloads.len())?;
    let assumptions = design::assumptions(scenario);
    let (place, _) = runs(scenario, &assumptions).nth(index)?;
    let part = rest.trim_start_matches('.');
    let own = ["name", "data_in"].contains(&part);
    let (field, part) = if own { (format!("jobs[{place}].{part}"), "") } else { (format!("jobs[{place}]"), part) };
    Some((field, part.to_owned()))
}

/// Whether job `i`, a checkpoint, can reach such a goodput at all.
pub(crate) fn can_reach(scenario: &Scenario, i: usize, goodput: f64) -> bool {
    let assumptions = design::assumptions(scenario);
    let run = runs(scenario, &assumptions).find(|(place, _)| *place == i);
    match run.map(|(_, run)| run.work) {
        Some(Work::Checkpoint(it)) => it.longest_save(goodput).is_some(),
        _ => true,
    }
}

/// The files of a workload, moved between S3 and the file system.
fn moved(workload: &Workload, operation: Operation) -> Workload {
    let Workload { name, clients, client_count, file_size_mib, file_count, .. } = workload.clone();
    let operation = Some(operation);
    Workload { name, clients, client_count, file_size_mib, file_count, operation, ..Workload::BLANK }
}

/// A count as a whole number, at least one.
#[expect(clippy::cast_possible_truncation, reason = "held within what every language carries exactly")]
fn count(value: f64) -> Whole {
    Whole(value.round().clamp(1.0, Whole(Whole::MAX).get()) as i64)
}
