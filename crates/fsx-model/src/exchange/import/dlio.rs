//! Workloads of DLIO and MLPerf Storage, as YAML.

use super::loads::{KIB, MIB, assumed, found};
use crate::exchange::draft::Found;
use crate::exchange::tree::{At, documents, not_understood};
use crate::finding::Error;
use crate::scenario::{Job, JobKind, JobTarget, Order};
use crate::shape::Whole;

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    let documents = documents(text)?;
    let Some(root) = documents.first().map(At::root) else { return Ok(Vec::new()) };
    // an override of Hydra stands under `workload`
    let root = root.get("workload").unwrap_or(root);
    let mut jobs: Vec<Job> = Vec::new();
    jobs.extend(training(&root));
    jobs.extend(checkpoint(&root));
    if jobs.is_empty() {
        let message = "no workload of DLIO: a training has dataset.num_files_train, dataset.record_length_bytes, \
                       reader.batch_size and train.computation_time, a checkpoint has checkpoint.model_size";
        return Err(not_understood("", message));
    }
    let name = root.text("model.name").or_else(|| root.text("model")).unwrap_or("dlio").to_owned();
    let mut read = found(&name, None, Vec::new(), jobs);
    let message = "a workload of DLIO does not say on how many clients it runs, nor with how many accelerators";
    assumed(&mut read, "clients", message, "clients.count and jobs[0].accelerators_per_client");
    read.not_carried(
        &root,
        &["dataset", "reader", "train", "checkpoint", "metric", "model", "workflow"],
        &["framework"],
    );
    Ok(vec![read])
}

fn number(root: &At<'_>, path: &str) -> Option<f64> {
    let at = root.get(path)?;
    // a time may be given by its law
    let at = at.get("mean").unwrap_or(at);
    let number = at.value.as_f64().or_else(|| at.value.as_str()?.trim().parse().ok());
    number.filter(|number| number.is_finite())
}

fn whole(root: &At<'_>, path: &str) -> Option<Whole> {
    number(root, path).and_then(Whole::from_f64)
}

fn is_off(root: &At<'_>, path: &str) -> bool {
    root.get(path).is_some_and(|at| matches!(at.value.as_str(), Some("off")) || at.value.as_bool() == Some(false))
}

fn training(root: &At<'_>) -> Option<Job> {
    let files = whole(root, "dataset.num_files_train")?;
    let per_file = whole(root, "dataset.num_samples_per_file").unwrap_or(Whole(1));
    let target = number(root, "metric.au")
        .map(|share| JobTarget { accelerator_utilization: Some(share), ..JobTarget::default() });
    Some(Job {
        kind: Some(JobKind::Training),
        name: Some("train".to_owned()),
        sample_bytes: Some(
            number(root, "dataset.record_length_bytes").or_else(|| number(root, "dataset.record_length"))?,
        ),
        sample_bytes_deviation: number(root, "dataset.record_length_bytes_stdev")
            .or_else(|| number(root, "dataset.record_length_stdev")),
        samples_per_file: Some(per_file),
        file_count: Some(files),
        batch: Some(whole(root, "reader.batch_size")?),
        compute_s: Some(number(root, "train.computation_time")?),
        readers: whole(root, "reader.read_threads"),
        prefetch_batches: whole(root, "reader.prefetch_size").filter(|batches| batches.0 > 0),
        epochs: whole(root, "train.epochs"),
        order: is_off(root, "reader.file_shuffle").then_some(Order::Cyclic),
        target,
        ..Job::default()
    })
}

fn checkpoint(root: &At<'_>) -> Option<Job> {
    let bytes = number(root, "checkpoint.model_size").filter(|bytes| *bytes > 0.0)?;
    let is_wanted = root.get("workflow.checkpoint").is_none_or(|at| at.value.as_bool() != Some(false));
    is_wanted.then(|| Job {
        kind: Some(JobKind::Checkpoint),
        name: Some("checkpoint".to_owned()),
        size_gib: Some(bytes / (MIB * KIB)),
        ..Job::default()
    })
}
