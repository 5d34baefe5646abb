//! Jobs: kinds, presets, the numbers each kind takes and needs, targets.

use super::tables::list;
use super::{Breach, Report, Rule};
use crate::catalog::instance;
use crate::finding::{Severity, did_you_mean};
use crate::job::kind;
use crate::presets;
use crate::scenario::{Clients, Job, JobKind, Scenario};
use crate::shape::Whole;
use JobKind::{Benchmark, Checkpoint, Export, Import, Metadata, Preload, Release, Training};

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-JOB-PRESET",
        title: "the preset of a job is known, and of the job's kind",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH"],
        check: preset,
    },
    Rule {
        code: "FSX-JOB-KIND",
        title: "a job has a kind or a preset",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH"],
        check: has_kind,
    },
    Rule {
        code: "FSX-JOB-FIELD",
        title: "a job gives no numbers that its kind does not take",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH", "FSX-JOB-PRESET"],
        check: surplus,
    },
    Rule {
        code: "FSX-JOB-NEEDS",
        title: "a job gives the numbers its kind needs, by itself or by a preset",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH"],
        check: needs,
    },
    Rule {
        code: "FSX-JOB-TARGET",
        title: "the target of a job is a figure of its kind",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH", "FSX-JOB-NEEDS", "FSX-VALUE-RANGE"],
        check: target,
    },
    Rule {
        code: "FSX-JOB-RANKS",
        title: "a checkpoint has no more ranks than there are accelerators",
        severity: Severity::Warning,
        sources: &["MLPS", "MLPS-RULES"],
        after: &["FSX-LIST-LENGTH", "FSX-JOB-PRESET", "FSX-JOB-NEEDS", "FSX-VALUE-RANGE"],
        check: ranks,
    },
];

const STAGES: &[JobKind] = &[Import, Preload, Export, Release];

/// Whether a job gives a field, and the kinds that take it.
type Taken = (&'static str, fn(&Job) -> bool, &'static [JobKind]);

static FIELDS: &[Taken] = &[
    ("accelerators_per_client", |it| it.accelerators_per_client.is_some(), &[Training, Checkpoint]),
    ("samples", |it| it.samples.is_some(), &[Training]),
    ("sample_bytes", |it| it.sample_bytes.is_some(), &[Training]),
    ("sample_bytes_deviation", |it| it.sample_bytes_deviation.is_some(), &[Training]),
    ("samples_per_file", |it| it.samples_per_file.is_some(), &[Training]),
    ("file_count", |it| it.file_count.is_some(), &[Training, Benchmark]),
    ("batch", |it| it.batch.is_some(), &[Training]),
    ("compute_s", |it| it.compute_s.is_some(), &[Training]),
    ("readers", |it| it.readers.is_some(), &[Training]),
    ("prefetch_batches", |it| it.prefetch_batches.is_some(), &[Training]),
    ("epochs", |it| it.epochs.is_some(), &[Training]),
    ("order", |it| it.order.is_some(), &[Training]),
    ("data_in", |it| it.data_in.is_some(), &[Training]),
    ("client_cache", |it| it.client_cache.is_some(), &[Training]),
    ("size_gib", |it| it.size_gib.is_some(), &[Checkpoint]),
    ("parameters", |it| it.parameters.is_some(), &[Checkpoint]),
    ("bytes_per_parameter", |it| it.bytes_per_parameter.is_some(), &[Checkpoint]),
    ("ranks", |it| it.ranks.is_some(), &[Checkpoint]),
    ("files_per_rank", |it| it.files_per_rank.is_some(), &[Checkpoint]),
    ("keep", |it| it.keep.is_some(), &[Checkpoint]),
    ("asynchronous", |it| it.asynchronous.is_some(), &[Checkpoint]),
    ("blocking_s", |it| it.blocking_s.is_some(), &[Checkpoint]),
    ("target_s", |it| it.target_s.is_some(), &[Checkpoint]),
    ("mean_time_to_failure_h", |it| it.mean_time_to_failure_h.is_some(), &[Checkpoint]),
    ("restart_s", |it| it.restart_s.is_some(), &[Checkpoint]),
    ("object_count", |it| it.object_count.is_some(), STAGES),
    ("mean_object_size_mib", |it| it.mean_object_size_mib.is_some(), &[Import, Preload, Export, Release, Benchmark]),
    (
        "processes_per_client",
        |it| it.processes_per_client.is_some(),
        &[Import, Preload, Export, Release, Metadata, Benchmark],
    ),
    ("items", |it| it.items.is_some(), &[Metadata]),
    ("directories", |it| it.directories.is_some(), &[Metadata]),
    ("operations", |it| it.operations.is_some(), &[Metadata]),
    ("shared_directory", |it| it.shared_directory.is_some(), &[Metadata]),
    ("operations_per_s", |it| it.operations_per_s.is_some(), &[Metadata]),
];

/// Jobs whose kind is known, with their places.
fn known(scenario: &Scenario) -> impl Iterator<Item = (usize, &Job, JobKind)> {
    scenario.jobs.iter().enumerate().filter_map(|(i, job)| Some((i, job, kind(job)?)))
}

fn preset(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, job) in scenario.jobs.iter().enumerate() {
        let Some(id) = job.preset.as_deref() else { continue };
        let field = format!("jobs[{i}].preset");
        match (presets::kind(id).map(presets::PresetKind::job), job.kind) {
            (None, _) => {
                let near = did_you_mean(id, presets::ids()).unwrap_or("one of `fsx presets`");
                report(Breach::new(field, id, "no preset has this name", near));
            }
            (Some(its), Some(own)) if its != own => {
                let message = format!("this preset is of kind {its}");
                report(Breach::new(format!("jobs[{i}].kind"), own, message, its));
            }
            _ => {}
        }
    }
}

fn has_kind(scenario: &Scenario, report: &mut Report<'_>) {
    let without = |job: &Job| job.kind.is_none() && job.preset.is_none();
    for (i, _) in scenario.jobs.iter().enumerate().filter(|(_, job)| without(job)) {
        let kinds = list(JobKind::ALL);
        report(Breach::absent(format!("jobs[{i}].kind"), format!("a job needs a kind ({kinds}) or a preset"), "kind"));
    }
}

/// Whether jobs of this kind have such a number.
pub(crate) fn takes(kind: JobKind, field: &str) -> bool {
    FIELDS.iter().all(|(name, _, kinds)| *name != field || kinds.contains(&kind))
}

fn surplus(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, job, kind) in known(scenario) {
        for (name, given, kinds) in FIELDS {
            if given(job) && !kinds.contains(&kind) {
                let message = format!("a job of kind {kind} has no such number; it belongs to {}", list(*kinds));
                report(Breach::surplus(format!("jobs[{i}].{name}"), "", message));
            }
        }
        if job.blocking_s.is_some() && kind == Checkpoint && job.asynchronous != Some(true) {
            let message = "a synchronous checkpoint blocks until it is saved";
            let fix = "add asynchronous = true";
            report(Breach::new(format!("jobs[{i}].blocking_s"), "", message, fix));
        }
        if job.directories.is_some() && job.shared_directory == Some(true) {
            let message = "all items are in one directory by shared_directory = true";
            report(Breach::surplus(format!("jobs[{i}].directories"), "", message));
        }
    }
}

fn needs(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, job, kind) in known(scenario) {
        let mut need = |there: bool, name: &str, line: &str| {
            if !there {
                let message = format!("a job of kind {kind} needs {line}");
                report(Breach::absent(format!("jobs[{i}].{name}"), message, line));
            }
        };
        let preset = job.preset.is_some();
        match kind {
            Training => {
                need(preset || job.sample_bytes.is_some(), "sample_bytes", "sample_bytes");
                need(preset || job.batch.is_some(), "batch", "batch");
                need(preset || job.compute_s.is_some(), "compute_s", "compute_s");
                let files = job.samples.is_some() || job.file_count.is_some();
                need(preset || files, "samples", "samples or file_count");
            }
            Checkpoint => {
                let derived = job.parameters.is_some() && job.bytes_per_parameter.is_some();
                let both = "size_gib, or parameters and bytes_per_parameter";
                need(preset || job.size_gib.is_some() || derived, "size_gib", both);
            }
            Import | Preload | Export | Release => {
                let (count, size) = crate::job::objects(job, scenario);
                need(count.is_some(), "object_count", "object_count");
                let moves = matches!(kind, Preload | Export);
                need(!moves || size.is_some(), "mean_object_size_mib", "mean_object_size_mib");
            }
            Metadata => {
                need(preset || job.items.is_some(), "items", "items");
                let any = job.operations.as_ref().is_some_and(|it| crate::job::operations_per_item(it) > 0.0);
                need(preset || any, "operations", "operations, such as { create = 1 }");
            }
            Benchmark => need(preset, "preset", "a preset, such as ior-easy"),
        }
    }
}

fn target(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, job, kind) in known(scenario) {
        let Some(target) = &job.target else { continue };
        if kind == Benchmark {
            let message = "a benchmark measures what it reaches, it is not held to a target";
            report(Breach::surplus(format!("jobs[{i}].target"), "", message));
            continue;
        }
        let figures = [
            ("accelerator_utilization", target.accelerator_utilization, &[Training][..]),
            ("save_s", target.save_s, &[Checkpoint]),
            ("restore_s", target.restore_s, &[Checkpoint]),
            ("goodput", target.goodput, &[Checkpoint]),
            ("seconds", target.seconds, &[Import, Preload, Export, Release, Metadata]),
        ];
        let of_kind = || figures.iter().filter(|(_, _, kinds)| kinds.contains(&kind)).map(|(name, _, _)| *name);
        if figures.iter().all(|(_, value, _)| value.is_none()) {
            let line = list(of_kind());
            report(Breach::absent(format!("jobs[{i}].target"), "a target needs a figure", line));
        }
        for (name, value, kinds) in &figures {
            if let Some(value) = value.filter(|_| !kinds.contains(&kind)) {
                let message = format!("a job of kind {kind} is measured by {}", list(of_kind()));
                report(Breach::surplus(format!("jobs[{i}].target.{name}"), value, message));
            }
        }
        if let Some(wanted) = target.goodput.filter(|_| kind == Checkpoint) {
            let field = format!("jobs[{i}].target.goodput");
            if job.mean_time_to_failure_h.is_none() {
                let message = "how often the job fails decides how much of its time is lost";
                report(Breach::new(field, wanted, message, "add mean_time_to_failure_h"));
            } else if !crate::job::can_reach(scenario, i, wanted) {
                let message = "failures and restarts alone leave less than that";
                report(Breach::new(field, wanted, message, "a lower goodput, or a shorter restart_s"));
            }
        }
    }
}

fn ranks(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, job, _) in known(scenario).filter(|(_, _, kind)| *kind == Checkpoint) {
        let ranks = job.ranks.map(|ranks| ranks.0).or_else(|| {
            let preset = presets::checkpoint(job.preset.as_deref()?)?;
            Some(i64::from(preset.ranks))
        });
        let groups = || scenario.clients.as_slice().iter().filter(|it| job.clients.is_none() || it.name == job.clients);
        let each = |group: &Clients| {
            let of_instance = || Some(i64::from(instance(group.instance_type.as_deref()?)?.gpu_count));
            let per_client = job.accelerators_per_client.map(|it| it.0).or_else(of_instance).filter(|it| *it > 0)?;
            Some(per_client.saturating_mul(group.count().0))
        };
        let accelerators: Option<i64> = groups().map(each).sum();
        let (Some(ranks), Some(accelerators)) = (ranks, accelerators.filter(|it| *it > 0)) else { continue };
        if ranks > accelerators {
            let message = format!("{ranks} ranks save from {accelerators} accelerators");
            report(Breach::new(format!("jobs[{i}].ranks"), Whole(ranks).0, message, accelerators));
        }
    }
}
