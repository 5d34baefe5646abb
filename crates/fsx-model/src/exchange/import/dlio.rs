//! Workloads of DLIO and MLPerf Storage, as YAML: the file of a workload, or the configuration that a run writes down.

use super::loads::{GIB, assumed, found, lost};
use crate::exchange::draft::Found;
use crate::exchange::tree::{At, documents, not_understood};
use crate::finding::Error;
use crate::scenario::{Job, JobKind, JobTarget, Order};
use crate::shape::Whole;

/// What a job takes.
const READ: &[&str] = &["dataset", "reader", "data_reader", "train", "checkpoint", "metric", "model", "workflow"];
/// What says nothing of the load.
const SILENT: &[&str] = &["framework", "output", "profiling"];
/// Settings that shape the load and that no job has a field for.
const LOST: &[&str] = &[
    "storage.storage_type",
    "dataset.num_subfolders_train",
    "dataset.compression",
    "dataset.enable_chunking",
    "reader.transfer_size",
    "reader.odirect",
    "reader.preprocess_time",
    "reader.sample_shuffle",
    "train.total_training_steps",
    "train.computation_time_stdev",
    "train.computation_time.stdev",
    "checkpoint.steps_between_checkpoints",
    "checkpoint.epochs_between_checkpoints",
    "checkpoint.time_between_checkpoints",
    "checkpoint.mode",
];

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    let documents = documents(text)?;
    let Some(root) = documents.first().map(At::root) else {
        return Err(not_understood("", "no workload of DLIO: the text is empty"));
    };
    // what Hydra writes down stands under `workload`
    let root = root.get("workload").filter(|at| at.value.is_object()).unwrap_or(root);
    let mut jobs: Vec<Job> = Vec::new();
    let mut remarks: Vec<(&str, String)> = Vec::new();
    if flag(&root, "workflow.train").unwrap_or(true) && root.get("dataset").is_some() {
        jobs.push(training(&root)?);
    }
    if flag(&root, "workflow.checkpoint") == Some(true) {
        match checkpoint(&root) {
            Ok(job) => jobs.push(job),
            Err(why) => remarks.push(("checkpoint", why.to_owned())),
        }
    }
    if jobs.is_empty() {
        let (field, why) = remarks
            .pop()
            .unwrap_or(("workflow", "it asks for no training with a dataset, and for no checkpoint".to_owned()));
        return Err(not_understood(field, format!("no workload of DLIO that makes a load: {why}")));
    }
    if root.get("workflow.evaluation").is_some_and(|at| at.value.as_bool() == Some(true)) {
        remarks.push(("workflow.evaluation", "reads of the evaluation are left out".to_owned()));
    }
    let name = root.text("model.name").or_else(|| root.text("model")).unwrap_or("dlio").to_owned();
    let mut read = found(&name, None, Vec::new(), jobs);
    let message = "the text does not say on how many clients it runs, nor with how many accelerators; DLIO starts a \
                   process for each accelerator";
    assumed(&mut read, "clients", message, "clients.count and jobs[].accelerators_per_client");
    for (field, message) in remarks {
        assumed(&mut read, field, message, "");
    }
    read.not_carried(&root, READ, SILENT);
    lost(&mut read, "", LOST.iter().copied().filter(|path| says_something(&root, path)));
    Ok(vec![read])
}

fn says_something(root: &At<'_>, path: &str) -> bool {
    root.get(path).is_some_and(|at| {
        let off = matches!(at.value.as_str(), Some("off" | "none" | "local_fs" | "default"));
        !off && at.value.as_bool() != Some(false) && at.value.as_f64().is_none_or(|number| number > 0.0)
    })
}

fn flag(root: &At<'_>, path: &str) -> Option<bool> {
    let value = root.get(path)?.value;
    value.as_bool().or_else(|| value.as_str()?.to_ascii_lowercase().parse().ok())
}

fn number(root: &At<'_>, path: &str) -> Option<f64> {
    let at = root.get(path)?;
    // a time may be given by its law
    let at = at.get("mean").unwrap_or(at);
    let number = at.value.as_f64().or_else(|| at.value.as_str()?.trim().parse().ok());
    number.filter(|number| number.is_finite() && *number >= 0.0)
}

fn whole(root: &At<'_>, path: &str) -> Option<Whole> {
    number(root, path).and_then(Whole::from_f64)
}

fn missing(fields: &[&str]) -> Error {
    let message = format!("a training of DLIO has {}", fields.join(", "));
    not_understood(fields.first().copied().unwrap_or_default(), message)
}

fn training(root: &At<'_>) -> Result<Job, Error> {
    let reader =
        |name: &str| whole(root, &format!("reader.{name}")).or_else(|| whole(root, &format!("data_reader.{name}")));
    let files = whole(root, "dataset.num_files_train");
    let compute = number(root, "train.computation_time").filter(|seconds| *seconds > 0.0);
    let (sample, batch) = (sample_bytes(root), reader("batch_size"));
    let (Some(files), Some(sample), Some(batch), Some(compute)) = (files, sample, batch, compute) else {
        let needed = [
            ("dataset.num_files_train", files.is_some()),
            ("dataset.record_length_bytes", sample.is_some()),
            ("reader.batch_size", batch.is_some()),
            ("train.computation_time", compute.is_some()),
        ];
        return Err(missing(&needed.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect::<Vec<_>>()));
    };
    let target = number(root, "metric.au")
        .map(|share| JobTarget { accelerator_utilization: Some(share), ..JobTarget::default() });
    Ok(Job {
        kind: Some(JobKind::Training),
        name: Some("train".to_owned()),
        sample_bytes: Some(sample),
        sample_bytes_deviation: number(root, "dataset.record_length_bytes_stdev")
            .or_else(|| number(root, "dataset.record_length_stdev")),
        samples_per_file: whole(root, "dataset.num_samples_per_file"),
        file_count: Some(files),
        batch: Some(batch),
        compute_s: Some(compute),
        // none: the process of the accelerator reads by itself
        readers: reader("read_threads").map(|readers| Whole(readers.0.max(1))),
        prefetch_batches: reader("prefetch_size").filter(|batches| batches.0 > 0),
        epochs: whole(root, "train.epochs").filter(|epochs| epochs.0 > 0),
        order: is_in_order(root).then_some(Order::Cyclic),
        target,
        ..Job::default()
    })
}

/// Mean bytes of a sample: its length, or its dimensions with the bytes of an element.
fn sample_bytes(root: &At<'_>) -> Option<f64> {
    let length = || number(root, "dataset.record_length_bytes").or_else(|| number(root, "dataset.record_length"));
    let dimensions = root.get("dataset.record_dims").map(|list| list.items()).unwrap_or_default();
    let elements = dimensions.iter().map(|at| at.value.as_f64()).product::<Option<f64>>();
    let element = number(root, "dataset.record_element_bytes")
        .or_else(|| type_bytes(root.text("dataset.record_element_type").unwrap_or("uint8")));
    let of_dimensions = elements.zip(element).map(|(elements, bytes)| elements * bytes);
    let bytes = if dimensions.is_empty() { length() } else { of_dimensions };
    bytes.filter(|bytes| *bytes > 0.0)
}

/// Whether every epoch reads the files in the same order: unshuffled, or by one seed for all.
fn is_in_order(root: &At<'_>) -> bool {
    let shuffle = root.get("reader.file_shuffle").or_else(|| root.get("data_reader.file_shuffle"));
    let off = |at: At<'_>| at.value.as_bool() == Some(false) || at.value.as_str() == Some("off");
    // DLIO does not shuffle by itself
    let seeded =
        |at: &At<'_>| at.value.as_str() == Some("seed") && flag(root, "train.seed_change_epoch") == Some(false);
    shuffle.is_none_or(|at| seeded(&at) || off(at))
}

/// The checkpoint, or why it has no size.
fn checkpoint(root: &At<'_>) -> Result<Job, &'static str> {
    let given = ["model.model_size_bytes", "model.model_size", "checkpoint.model_size"];
    let predefined = ["model.optimization_groups", "checkpoint.optimization_groups"];
    let predefined = predefined.iter().any(|path| root.get(path).is_some_and(|at| at.items().len() > 1));
    let bytes = given.iter().find_map(|path| number(root, path)).filter(|bytes| *bytes > 0.0 && !predefined);
    let keep = whole(root, "checkpoint.num_checkpoints_write").filter(|count| count.0 > 1);
    let parallel = |name: &str| number(root, &format!("model.parallelism.{name}")).unwrap_or(1.0).max(1.0);
    let stage = number(root, "model.parallelism.zero_stage").unwrap_or(0.0);
    // without ZeRO only the first replica of the model saves
    let ranks = (stage < 1.0).then(|| Whole::from_f64(parallel("tensor") * parallel("pipeline"))).flatten();
    let job =
        Job { kind: Some(JobKind::Checkpoint), name: Some("checkpoint".to_owned()), keep, ranks, ..Job::default() };
    if let Some((parameters, per_parameter)) = transformer(root) {
        // weights and optimizer apart, where each rank has its share of both
        let files_per_rank = (stage >= 3.0).then_some(Whole(2));
        let bytes_per_parameter = Some(per_parameter);
        return Ok(Job { parameters: Some(parameters), bytes_per_parameter, files_per_rank, ..job });
    }
    match bytes {
        Some(bytes) => Ok(Job { size_gib: Some(bytes / GIB), ..job }),
        None if predefined => Err("its size, by optimization_groups, is left out: add size_gib to a checkpoint job"),
        None => Err("its size does not stand here: model.model_size_bytes, or the dimensions of a transformer"),
    }
}

/// Parameters of a transformer, and bytes of each in a checkpoint: one of the model's type, three of the optimizer's.
///
/// `layers × (2 h² + 2 h k + 3 h f + 2 h) + 2 v h + h`, with h the hidden dimension, f that of the feed-forward
/// network, v the vocabulary, and k the key-value heads × the whole part of h over the attention heads.
fn transformer(root: &At<'_>) -> Option<(f64, f64)> {
    let get = |name: &str| number(root, &format!("model.transformer.{name}"));
    let layers = number(root, "model.num_layers").filter(|layers| *layers > 0.0)?;
    let (h, f, v) = (get("hidden_size")?, get("ffn_hidden_size")?, get("vocab_size")?);
    let heads = get("num_attention_heads").filter(|heads| *heads > 0.0)?;
    let k = get("num_kv_heads").unwrap_or(heads) * (h / heads).floor();
    let parameters = layers * (2.0 * h * h + 2.0 * h * k + 3.0 * h * f + 2.0 * h) + 2.0 * v * h + h;
    let bytes = |name: &str, default: &str| type_bytes(root.text(&format!("model.{name}")).unwrap_or(default));
    let per_parameter = bytes("model_datatype", "fp16")? + 3.0 * bytes("optimizer_datatype", "fp32")?;
    Some((parameters, per_parameter)).filter(|(parameters, _)| parameters.is_finite() && *parameters > 0.0)
}

fn type_bytes(name: &str) -> Option<f64> {
    match name {
        "int8" | "uint8" => Some(1.0),
        "fp16" | "bf16" | "float16" | "int16" | "uint16" => Some(2.0),
        "fp32" | "float32" | "int32" | "uint32" => Some(4.0),
        "fp64" | "float64" | "int64" | "uint64" => Some(8.0),
        _ => None,
    }
}
