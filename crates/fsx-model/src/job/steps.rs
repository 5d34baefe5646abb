//! Jobs that are done once, in one step or several: between S3 and the file system, metadata, benchmarks.

use super::answer::{Reached, StepFigures, StepsFigures};
use super::{MIB, Place, Taken, count};
use crate::catalog::{BenchmarkPreset, MetadataPreset};
use crate::estimate::Range;
use crate::formula::{FigureWorking, SEEN, Workings, filled};
use crate::presets;
use crate::scenario::{Job, JobKind, Operation, OperationCounts, Scenario, Target, Workload};
use crate::shape::Whole;

/// A step of a job.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) workload: Workload,
    /// Operations of an item, where it is a mix.
    per_item: f64,
    /// After so many seconds it ends, with what was done by then; later steps work on that.
    ends_after: Option<f64>,
    /// Whether it also ends once all files are done.
    bounded: bool,
}

/// The steps of a job, one after the other; none where numbers are missing.
pub(super) fn steps(kind: JobKind, job: &Job, place: &Place<'_>) -> Option<Vec<Step>> {
    let mut steps = match kind {
        JobKind::Benchmark => benchmark(job, place),
        JobKind::Metadata => vec![metadata(job, place)?],
        JobKind::Import => vec![stage(Operation::S3Import, job, place)?],
        JobKind::Preload => vec![stage(Operation::S3Restore, job, place)?],
        JobKind::Export => vec![stage(Operation::S3Export, job, place)?],
        JobKind::Release => vec![stage(Operation::S3Release, job, place)?],
        JobKind::Training | JobKind::Checkpoint => return None,
    };
    let target = job.target.as_ref().filter(|it| kind != JobKind::Benchmark && it.seconds.is_some());
    if let (Some(target), [only]) = (target, steps.as_mut_slice()) {
        only.workload.target = Some(Target { seconds: target.seconds, regime: target.regime, ..Target::BLANK });
    }
    (!steps.is_empty()).then_some(steps)
}

/// Numbers that a job does not give itself; of a benchmark, what all its phases have in common.
pub(super) fn taken(kind: JobKind, steps: &[Step], job: &Job) -> Vec<Taken> {
    let Some(Step { workload, per_item, .. }) = steps.first() else { return Vec::new() };
    let files = workload.file_count.map(Whole::get);
    let mut all =
        vec![Taken::whole("processes_per_client", job.processes_per_client, workload.processes_per_client().get())];
    match kind {
        JobKind::Import | JobKind::Preload | JobKind::Export | JobKind::Release => {
            all.extend(files.map(|files| Taken::whole("object_count", job.object_count, files)));
            let size = workload.file_size_mib;
            all.extend(size.map(|size| Taken::number("mean_object_size_mib", job.mean_object_size_mib, size)));
        }
        JobKind::Metadata => {
            all.extend(files.map(|files| Taken::whole("items", job.items, files)));
            all.push(Taken::whole("directories", job.directories, workload.directories().get()));
            let rate = workload.rate_limit_operations_per_s;
            all.extend(rate.map(|rate| Taken::number("operations_per_s", job.operations_per_s, rate * per_item)));
        }
        JobKind::Training | JobKind::Checkpoint | JobKind::Benchmark => {}
    }
    all
}

/// Objects of a job and their mean size, MiB: its own, else those of the only link to S3.
pub(crate) fn objects(job: &Job, scenario: &Scenario) -> (Option<Whole>, Option<f64>) {
    let link = match scenario.file_system.data_repository_associations.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    let count = job.object_count.or_else(|| link?.object_count);
    (count, job.mean_object_size_mib.or_else(|| link?.mean_object_size_mib))
}

/// Objects that go between S3 and the file system, or leave it.
fn stage(operation: Operation, job: &Job, place: &Place<'_>) -> Option<Step> {
    let moves_data = operation.is_data();
    let (count, size) = objects(job, place.scenario);
    let size = size.filter(|_| moves_data);
    if moves_data && size.is_none() {
        return None;
    }
    let workload = Workload {
        operation: Some(operation),
        processes_per_client: job.processes_per_client,
        file_size_mib: size,
        file_count: Some(count?),
        ..place.workload(job)
    };
    Some(Step { name: operation.to_string(), workload, per_item: 1.0, ends_after: None, bounded: true })
}

/// Many metadata operations at once.
fn metadata(job: &Job, place: &Place<'_>) -> Option<Step> {
    let preset = job.preset.as_deref().and_then(presets::metadata);
    let of_preset =
        |it: &MetadataPreset| OperationCounts { open: Some(it.opens), stat: Some(it.stats), ..OperationCounts::NONE };
    let operations = job.operations.clone().or_else(|| preset.map(of_preset))?;
    let items = job.items.or_else(|| preset.map(|it| Whole(i64::from(it.items))))?;
    let offered = job.operations_per_s.or(preset.map(|it| it.operations_per_s));
    let per_item = total(&operations);
    let processes = job.processes_per_client.unwrap_or(Whole(1));
    let streams = place.clients(job) * processes.get();
    let own = || job.directories.unwrap_or_else(|| count(streams));
    let directories = if job.shared_directory == Some(true) { Whole(1) } else { own() };
    let workload = Workload {
        operations: Some(operations),
        processes_per_client: Some(processes),
        file_count: Some(items),
        directories: Some(directories),
        rate_limit_operations_per_s: offered.map(|rate| rate / per_item),
        ..place.workload(job)
    };
    Some(Step { name: "metadata".to_owned(), workload, per_item, ends_after: None, bounded: true })
}

/// Operations of an item.
pub(crate) fn total(it: &OperationCounts) -> f64 {
    let counts = [it.create, it.open, it.delete, it.stat, it.mkdir, it.rmdir, it.rename, it.readdir];
    counts.into_iter().flatten().sum()
}

fn benchmark(job: &Job, place: &Place<'_>) -> Vec<Step> {
    let rows = job.preset.as_deref().into_iter().flat_map(presets::benchmark);
    rows.filter_map(|row| phase(row, job, place)).collect()
}

/// A phase of a benchmark: the parameters of its preset, where the job has none of its own.
fn phase(row: &'static BenchmarkPreset, job: &Job, place: &Place<'_>) -> Option<Step> {
    let operation: Operation = Operation::ALL.iter().copied().find(|it| it.as_str() == row.operation)?;
    let whole = |number: Option<u32>| number.map(|number| Whole(i64::from(number)));
    let processes = job.processes_per_client.or(whole(row.processes_per_client)).unwrap_or(Whole(1));
    let streams = place.clients(job) * processes.get();
    let files = job.file_count.or_else(|| row.files_per_process.map(|files| count(files * streams)));
    let size = job.mean_object_size_mib.or(row.file_size_bytes.map(|bytes| bytes / MIB));
    let directories = if row.shared_directory { Whole(1) } else { count(streams) };
    let workload = Workload {
        operation: Some(operation),
        access: row.access.and_then(|word| crate::scenario::Access::ALL.iter().copied().find(|it| it.as_str() == word)),
        io_size_kib: row.io_size_bytes.map(|bytes| bytes / 1024.0),
        queue_depth: whole(row.queue_depth),
        direct_io: operation.is_data().then_some(row.direct_io),
        processes_per_client: Some(processes),
        shared_file: operation.is_data().then_some(row.shared_file),
        file_size_mib: size.filter(|_| operation.is_data() || operation == Operation::Create),
        file_count: files.filter(|_| !row.shared_file),
        directories: Some(directories),
        ..place.workload(job)
    };
    let bounded = size.is_some() || !operation.is_data();
    Some(Step { name: row.phase.to_owned(), workload, per_item: 1.0, ends_after: row.seconds, bounded })
}

pub(super) fn figures(steps: &[Step], estimates: &[Reached]) -> (StepsFigures, Workings) {
    let mut done = 1.0;
    let each: Vec<StepFigures> = steps.iter().zip(estimates).map(|(step, of)| of_step(step, of, &mut done)).collect();
    let all = |of: fn(&Range) -> f64| each.iter().map(|step| of(&step.seconds)).sum::<f64>();
    let seconds = Range { low: all(|it| it.low), mid: all(|it| it.mid), high: all(|it| it.high) };
    let first = each.first();
    let mut workings = Workings(first.map(|step| step.workings.clone()).unwrap_or_default());
    if each.len() > 1 {
        let times: Vec<f64> = each.iter().map(|step| step.seconds.mid).collect();
        workings.0.retain(|it| it.figure != "seconds");
        workings.add("seconds", &vec!["# s"; times.len()].join(" + "), &times);
    }
    let figures = StepsFigures {
        seconds,
        files_per_s: first.and_then(|step| step.files_per_s),
        operations_per_s: first.and_then(|step| step.operations_per_s),
        throughput_mb_per_s: first.and_then(|step| step.throughput_mb_per_s),
        bottleneck: first.map(|step| step.bottleneck),
        lag_s: None,
        steps: if each.len() > 1 { each } else { Vec::new() },
    };
    (figures, workings)
}

/// Share `done` of the files is there before the step; after one that ends in time, what it did.
fn of_step(step: &Step, reached: &Reached, done: &mut f64) -> StepFigures {
    let of = &reached.estimate;
    let before = *done;
    let seconds = match step.ends_after {
        None => of.seconds.map(|seconds| seconds * before),
        Some(end) => {
            let ended = if step.bounded { of.seconds.map(|seconds| seconds.min(end)) } else { Range::exactly(end) };
            *done = ended.mid / of.seconds.mid;
            ended
        }
    };
    let throughput = of.sustained.throughput_mb_per_s;
    let size_mb = step.workload.file_size_mib.map(|size| size * MIB / super::MB);
    let (files, operations) = match (throughput, size_mb) {
        (Some(rate), Some(size)) => (Some(rate.map(|rate| rate / size)), Some(of.sustained.operations_per_s)),
        (Some(_), None) => (None, Some(of.sustained.operations_per_s)),
        _ => (Some(of.sustained.operations_per_s), Some(of.sustained.operations_per_s.map(|it| it * step.per_item))),
    };
    StepFigures {
        name: step.name.clone(),
        seconds,
        files_per_s: files,
        operations_per_s: operations,
        throughput_mb_per_s: throughput,
        bottleneck: of.sustained.bottleneck,
        workings: workings(step, reached, before, size_mb),
    }
}

/// How the figures of a step follow from each other and from its rate.
fn workings(step: &Step, reached: &Reached, before: f64, size_mb: Option<f64>) -> Vec<FigureWorking> {
    let sustained = &reached.estimate.sustained;
    let time = match step.ends_after {
        Some(end) if step.bounded && end < reached.estimate.seconds.mid => {
            ["min(", &reached.seconds(), &filled(", # s)", &[end])].concat()
        }
        Some(end) if !step.bounded => filled("# s", &[end]),
        Some(_) => reached.seconds(),
        None if (before - 1.0).abs() > SEEN => {
            ["(", &reached.seconds(), &filled(") × # % done before", &[before * 100.0])].concat()
        }
        None => reached.seconds(),
    };
    let mut all = Workings::default();
    all.write("seconds", time);
    let operations = sustained.operations_per_s.mid;
    if let Some(throughput) = sustained.throughput_mb_per_s {
        let rate = throughput.mid;
        if let Some(size) = size_mb {
            all.add("files_per_s", "# MB/s / # MB", &[rate, size]);
        }
        all.add("operations_per_s", "# MB/s / # MB", &[rate, rate / operations]);
        all.write("throughput_mb_per_s", reached.rate());
    } else {
        all.write("files_per_s", reached.rate());
        all.add("operations_per_s", "# items/s × # operations", &[operations, step.per_item]);
    }
    all.0
}
