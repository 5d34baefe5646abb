//! Presets of jobs.

use crate::catalog::{
    BENCHMARK_PRESETS, BenchmarkPreset, CHECKPOINT_PRESETS, CheckpointPreset, TRAINING_PRESETS, TrainingPreset,
};
use crate::scenario::JobKind;

/// A training preset.
#[must_use]
pub fn training(id: &str) -> Option<&'static TrainingPreset> {
    TRAINING_PRESETS.iter().find(|row| row.id == id)
}

/// A checkpoint preset.
#[must_use]
pub fn checkpoint(id: &str) -> Option<&'static CheckpointPreset> {
    CHECKPOINT_PRESETS.iter().find(|row| row.id == id)
}

/// The steps of a benchmark preset; none if there is no such preset.
pub fn benchmark(id: &str) -> impl Iterator<Item = &'static BenchmarkPreset> {
    BENCHMARK_PRESETS.iter().filter(move |row| row.id == id)
}

/// Every id.
pub fn ids() -> impl Iterator<Item = &'static str> + Clone {
    let benchmarks = BENCHMARK_PRESETS.iter().filter(|row| row.step == 1).map(|row| row.id);
    let others = TRAINING_PRESETS.iter().map(|row| row.id).chain(CHECKPOINT_PRESETS.iter().map(|row| row.id));
    others.chain(benchmarks)
}

/// The kind of job a preset gives.
#[must_use]
pub fn kind(id: &str) -> Option<JobKind> {
    let training = training(id).map(|_| JobKind::Training);
    let checkpoint = || checkpoint(id).map(|_| JobKind::Checkpoint);
    training.or_else(checkpoint).or_else(|| benchmark(id).next().map(|_| JobKind::Benchmark))
}
