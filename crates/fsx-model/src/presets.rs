//! Presets of jobs: what known training runs, checkpoints and benchmarks ask of a file system.
//!
//! The figures are rows of the catalog; here they are looked up and what follows from them is worked out.
//!
//! ```
//! let preset = fsx_model::presets::training("unet3d-h100").unwrap();
//! // batch 7 × 146.6 MB / 0.323 s
//! assert_eq!(preset.demand_mb_per_s().round(), 3177.0);
//! ```

use serde::Serialize;

use crate::catalog::terms::{Status, words};
use crate::catalog::{
    BENCHMARK_PRESETS, BenchmarkPreset, CHECKPOINT_PRESETS, CheckpointPreset, METADATA_PRESETS, MetadataPreset,
    Provenance, TRAINING_PRESETS, TrainingPreset,
};
use crate::scenario::JobKind;
use crate::shape::record;
use crate::units::{Information, Throughput, Time, byte, gibibyte, megabyte_per_second, second};

words! {
    /// Kind of a preset, which is the kind of the job it gives.
    PresetKind {
        /// Training input.
        Training = "training",
        /// Saving and restoring a checkpoint.
        Checkpoint = "checkpoint",
        /// A storm of metadata operations.
        Metadata = "metadata",
        /// A benchmark.
        Benchmark = "benchmark",
    }
}

impl PresetKind {
    /// The kind of the job it gives.
    #[must_use]
    pub const fn job(self) -> JobKind {
        match self {
            Self::Training => JobKind::Training,
            Self::Checkpoint => JobKind::Checkpoint,
            Self::Metadata => JobKind::Metadata,
            Self::Benchmark => JobKind::Benchmark,
        }
    }
}

record! {
    /// The input of `presets`.
    PresetsQuery {
        /// Only presets of this kind; absent: all.
        kind: Option<PresetKind>,
    }
}

/// The answer of `presets`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Presets {
    /// The presets, by kind.
    pub presets: Vec<Preset>,
}

/// A preset with its figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Preset {
    /// Name by which a job takes it.
    pub id: &'static str,
    /// Kind of the job it gives.
    pub kind: PresetKind,
    /// What it is.
    pub title: String,
    /// Its figures, by kind.
    pub figures: Figures,
    /// Ids of the sources.
    pub sources: Vec<&'static str>,
    /// Date of the copy that was read.
    pub as_of: &'static str,
    /// How far the figures can be trusted.
    pub status: Status,
    /// What to know about it; of a benchmark, the phases have their own.
    pub note: &'static str,
}

/// Figures of a preset.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Figures {
    /// Of training.
    Training(TrainingFigures),
    /// Of a checkpoint.
    Checkpoint(CheckpointFigures),
    /// Of a storm of metadata operations.
    Metadata(MetadataFigures),
    /// Of a benchmark.
    Benchmark(BenchmarkFigures),
}

/// What training asks of its data set.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TrainingFigures {
    /// Model.
    pub model: &'static str,
    /// Accelerator whose compute time it is; `null`: not named.
    pub accelerator: Option<&'static str>,
    /// Mean size of what is read of a sample.
    pub sample_bytes: f64,
    /// Standard deviation of it; `null`: all alike.
    pub sample_bytes_deviation: Option<f64>,
    /// What a sample takes in its file; `null`: all of it is read.
    pub stored_sample_bytes: Option<f64>,
    /// Samples in a file.
    pub samples_per_file: u32,
    /// Files as configured.
    pub file_count: u32,
    /// Whether the benchmark's rules ask for more files, by the memory of the clients.
    pub file_count_grows: bool,
    /// File format.
    pub format: &'static str,
    /// Reader threads per accelerator.
    pub readers: u32,
    /// Passes over the data set; `null`: a number of steps is run instead.
    pub epochs: Option<u32>,
    /// Samples per step of one accelerator.
    pub batch: u32,
    /// Compute time of a step.
    pub compute_s: f64,
    /// Compute time over total time that a run must reach; `null`: none asked for.
    pub accelerator_utilization_mark: Option<f64>,
    /// Derived: `batch × sample_bytes / compute_s`, what one accelerator reads that never waits.
    pub demand_mb_per_s_per_accelerator: f64,
    /// Derived: that times the mark.
    pub demand_at_mark_mb_per_s_per_accelerator: Option<f64>,
    /// Derived: `batch / compute_s`, of one accelerator that never waits.
    pub samples_per_s_per_accelerator: f64,
    /// Derived: files that these samples fill.
    pub files_per_s_per_accelerator: f64,
    /// Derived: size of the data set with `file_count` files.
    pub data_set_gib: f64,
}

/// What saving a checkpoint writes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CheckpointFigures {
    /// Model.
    pub model: &'static str,
    /// Parameters that follow from its dimensions.
    pub parameters: f64,
    /// Weights and optimiser state of a parameter.
    pub bytes_per_parameter: f64,
    /// Derived: `parameters × bytes_per_parameter`.
    pub size_gib: f64,
    /// Processes that write at once.
    pub ranks: u32,
    /// Files of one checkpoint.
    pub files: u32,
    /// Derived: `files / ranks`, a mean.
    pub files_per_rank: f64,
    /// What the process with the most to write writes.
    pub largest_rank_gib: f64,
    /// What the process with the least to write writes.
    pub smallest_rank_gib: f64,
    /// Size as printed, in `published_unit`.
    pub published_size: f64,
    /// Unit as printed.
    pub published_unit: &'static str,
}

/// What a storm of metadata operations asks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MetadataFigures {
    /// Operations a second of one such job.
    pub operations_per_s: f64,
    /// Opens of an item.
    pub opens: f64,
    /// Attribute reads of an item.
    pub stats: f64,
    /// Items of one such job.
    pub items: u32,
}

/// What a benchmark does.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BenchmarkFigures {
    /// Its phases, one after the other.
    pub phases: Vec<Phase>,
}

/// A phase of a benchmark.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Phase {
    /// Phase, as the benchmark calls it.
    pub phase: &'static str,
    /// Operation of a workload.
    pub operation: &'static str,
    /// Order of the offsets; `null`: no data is moved.
    pub access: Option<&'static str>,
    /// Size of one I/O; `null`: no data is moved.
    pub io_size_bytes: Option<f64>,
    /// Size of a file; `null`: no data is moved, or the size is what is written in `seconds`.
    pub file_size_bytes: Option<f64>,
    /// Files of each process; `null`: one for all processes.
    pub files_per_process: Option<f64>,
    /// Processes on each client; `null`: free to choose.
    pub processes_per_client: Option<u32>,
    /// Requests each process keeps in flight; `null`: one after the other.
    pub queue_depth: Option<u32>,
    /// Whether all processes work on one file.
    pub shared_file: bool,
    /// Whether the files of all processes are in one directory.
    pub shared_directory: bool,
    /// Whether I/O bypasses the client's page cache.
    pub direct_io: bool,
    /// How long the phase goes on; `null`: until all files are done.
    pub seconds: Option<f64>,
    /// What to know about it.
    pub note: &'static str,
}

/// The presets of a kind, or all.
#[must_use]
pub fn presets(query: &PresetsQuery) -> Presets {
    let wanted = |kind: PresetKind| query.kind.is_none_or(|only| only == kind);
    let mut presets = Vec::new();
    if wanted(PresetKind::Training) {
        presets.extend(TRAINING_PRESETS.iter().map(of_training));
    }
    if wanted(PresetKind::Checkpoint) {
        presets.extend(CHECKPOINT_PRESETS.iter().map(of_checkpoint));
    }
    if wanted(PresetKind::Metadata) {
        presets.extend(METADATA_PRESETS.iter().map(of_metadata));
    }
    if wanted(PresetKind::Benchmark) {
        presets.extend(benchmarks().map(of_benchmark));
    }
    Presets { presets }
}

/// The training preset of this id.
#[must_use]
pub fn training(id: &str) -> Option<&'static TrainingPreset> {
    TRAINING_PRESETS.iter().find(|row| row.id == id)
}

/// The checkpoint preset of this id.
#[must_use]
pub fn checkpoint(id: &str) -> Option<&'static CheckpointPreset> {
    CHECKPOINT_PRESETS.iter().find(|row| row.id == id)
}

/// The preset of a metadata storm of this id.
#[must_use]
pub fn metadata(id: &str) -> Option<&'static MetadataPreset> {
    METADATA_PRESETS.iter().find(|row| row.id == id)
}

/// The phases of the benchmark preset of this id, in their order; none if there is no such preset.
pub fn benchmark(id: &str) -> impl Iterator<Item = &'static BenchmarkPreset> {
    BENCHMARK_PRESETS.iter().filter(move |row| row.id == id)
}

/// The ids of all presets.
pub fn ids() -> impl Iterator<Item = &'static str> + Clone {
    let training = TRAINING_PRESETS.iter().map(|row| row.id);
    let checkpoint = CHECKPOINT_PRESETS.iter().map(|row| row.id);
    let metadata = METADATA_PRESETS.iter().map(|row| row.id);
    training.chain(checkpoint).chain(metadata).chain(benchmarks().map(|row| row.id))
}

/// The kind of the preset of this id.
#[must_use]
pub fn kind(id: &str) -> Option<PresetKind> {
    if training(id).is_some() {
        Some(PresetKind::Training)
    } else if checkpoint(id).is_some() {
        Some(PresetKind::Checkpoint)
    } else if metadata(id).is_some() {
        Some(PresetKind::Metadata)
    } else {
        benchmark(id).next().map(|_| PresetKind::Benchmark)
    }
}

/// The first phase of each benchmark.
fn benchmarks() -> impl Iterator<Item = &'static BenchmarkPreset> + Clone {
    BENCHMARK_PRESETS.iter().filter(|row| row.step == 1)
}

impl TrainingPreset {
    /// What one accelerator reads that never waits, MB/s: `batch × sample_bytes / compute_s`.
    #[must_use]
    pub fn demand_mb_per_s(&self) -> f64 {
        let step = Information::new::<byte>(f64::from(self.batch) * self.sample_bytes);
        let demand: Throughput = step / Time::new::<second>(self.compute_s);
        demand.get::<megabyte_per_second>()
    }

    /// Samples a second of one accelerator that never waits: `batch / compute_s`.
    #[must_use]
    pub fn samples_per_s(&self) -> f64 {
        f64::from(self.batch) / self.compute_s
    }

    /// Size of the data set with the files configured, GiB.
    #[must_use]
    pub fn data_set_gib(&self) -> f64 {
        let samples = f64::from(self.samples_per_file) * f64::from(self.file_count);
        gib(samples * self.stored_sample_bytes.unwrap_or(self.sample_bytes))
    }
}

impl CheckpointPreset {
    /// Size of a checkpoint, GiB: `parameters × bytes_per_parameter`.
    #[must_use]
    pub fn size_gib(&self) -> f64 {
        gib(self.parameters * self.bytes_per_parameter)
    }
}

fn gib(bytes: f64) -> f64 {
    Information::new::<byte>(bytes).get::<gibibyte>()
}

fn of_training(row: &TrainingPreset) -> Preset {
    let title = match row.accelerator {
        Some(accelerator) => format!("{}, {accelerator}", row.model),
        None => row.model.to_owned(),
    };
    let demand = row.demand_mb_per_s();
    let figures = TrainingFigures {
        model: row.model,
        accelerator: row.accelerator,
        sample_bytes: row.sample_bytes,
        sample_bytes_deviation: row.sample_bytes_deviation,
        stored_sample_bytes: row.stored_sample_bytes,
        samples_per_file: row.samples_per_file,
        file_count: row.file_count,
        file_count_grows: row.file_count_grows,
        format: row.format,
        readers: row.readers,
        epochs: row.epochs,
        batch: row.batch,
        compute_s: row.compute_s,
        accelerator_utilization_mark: row.accelerator_utilization_mark,
        demand_mb_per_s_per_accelerator: demand,
        demand_at_mark_mb_per_s_per_accelerator: row.accelerator_utilization_mark.map(|mark| mark * demand),
        samples_per_s_per_accelerator: row.samples_per_s(),
        files_per_s_per_accelerator: row.samples_per_s() / f64::from(row.samples_per_file),
        data_set_gib: row.data_set_gib(),
    };
    preset(row.id, PresetKind::Training, title, Figures::Training(figures), &row.provenance)
}

fn of_checkpoint(row: &CheckpointPreset) -> Preset {
    let figures = CheckpointFigures {
        model: row.model,
        parameters: row.parameters,
        bytes_per_parameter: row.bytes_per_parameter,
        size_gib: row.size_gib(),
        ranks: row.ranks,
        files: row.files,
        files_per_rank: f64::from(row.files) / f64::from(row.ranks),
        largest_rank_gib: row.largest_rank_gib,
        smallest_rank_gib: row.smallest_rank_gib,
        published_size: row.published_size,
        published_unit: row.published_unit,
    };
    let title = format!("{}, weights and optimiser state", row.model);
    preset(row.id, PresetKind::Checkpoint, title, Figures::Checkpoint(figures), &row.provenance)
}

fn of_metadata(row: &MetadataPreset) -> Preset {
    let MetadataPreset { operations_per_s, opens, stats, items, .. } = *row;
    let figures = Figures::Metadata(MetadataFigures { operations_per_s, opens, stats, items });
    preset(row.id, PresetKind::Metadata, row.title.to_owned(), figures, &row.provenance)
}

/// A benchmark, from its first phase.
fn of_benchmark(first: &BenchmarkPreset) -> Preset {
    let figures = BenchmarkFigures { phases: benchmark(first.id).map(phase).collect() };
    let all =
        preset(first.id, PresetKind::Benchmark, first.title.to_owned(), Figures::Benchmark(figures), &first.provenance);
    Preset { note: "", ..all }
}

fn phase(row: &BenchmarkPreset) -> Phase {
    Phase {
        phase: row.phase,
        operation: row.operation,
        access: row.access,
        io_size_bytes: row.io_size_bytes,
        file_size_bytes: row.file_size_bytes,
        files_per_process: row.files_per_process,
        processes_per_client: row.processes_per_client,
        queue_depth: row.queue_depth,
        shared_file: row.shared_file,
        shared_directory: row.shared_directory,
        direct_io: row.direct_io,
        seconds: row.seconds,
        note: row.provenance.note,
    }
}

fn preset(id: &'static str, kind: PresetKind, title: String, figures: Figures, origin: &Provenance) -> Preset {
    Preset {
        id,
        kind,
        title,
        figures,
        sources: origin.source_id.split_whitespace().collect(),
        as_of: origin.as_of,
        status: origin.status,
        note: origin.note,
    }
}
