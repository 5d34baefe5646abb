//! The presets, against figures worked out from the benchmarks' own files and against the words of a scenario.

use std::collections::BTreeSet;

use fsx_model::catalog::{
    BENCHMARK_PRESETS, CHECKPOINT_PRESETS, CheckpointPreset, METADATA_PRESETS, TRAINING_PRESETS, TrainingPreset,
    figures,
};
use fsx_model::finding::did_you_mean;
use fsx_model::presets::{self, Figures, PresetKind, PresetsQuery};
use fsx_model::scenario::{Access, Operation};

fn training(id: &str) -> &'static TrainingPreset {
    TRAINING_PRESETS.iter().find(|row| row.id == id).unwrap()
}

/// What one accelerator reads at full speed, MB/s, to a tenth.
fn demand(id: &str) -> f64 {
    let row = training(id);
    (f64::from(row.batch) * row.sample_bytes / row.compute_s / 1e5).round() / 10.0
}

#[test]
fn demand_of_training() {
    let rows = [
        ("unet3d-v100", 431.1),
        ("unet3d-a100", 1613.5),
        ("unet3d-h100", 3177.1),
        ("unet3d-b200", 6334.6),
        ("resnet50-v100", 37.6),
        ("resnet50-a100", 105.4),
        ("resnet50-h100", 204.8),
        ("cosmoflow-v100", 302.2),
        ("cosmoflow-a100", 513.3),
        ("cosmoflow-h100", 808.1),
        ("retinanet-b200", 163.0),
        ("retinanet-mi355", 163.0),
        ("flux-b200", 77.0),
        ("flux-mi355", 77.0),
        ("dlrm-b200", 33_248.6),
        ("dlrm-b200-columns", 6990.5),
        ("bert-v100", 0.1),
        ("megatron-deepspeed", 0.0),
    ];
    assert_eq!(rows.map(|(id, _)| (id, demand(id))), rows);
    assert_eq!(TRAINING_PRESETS.iter().map(|row| row.id).collect::<Vec<_>>(), rows.map(|(id, _)| id));
}

#[test]
fn figures_of_training() {
    let row = training("unet3d-h100");
    assert_eq!((row.batch, row.compute_s, row.readers), (7, 0.323, 4));
    assert_eq!((row.sample_bytes, row.sample_bytes_deviation), (146_600_628.0, Some(68_341_808.0)));
    assert_eq!((row.accelerator_utilization_mark, row.epochs), (Some(0.9), Some(5)));
    let samples = |id| (f64::from(training(id).batch) / training(id).compute_s).round();
    assert_eq!([samples("retinanet-b200"), samples("retinanet-mi355")], [505.0, 505.0]);
    // Bytes of the data sets, GB.
    let gb = |id| {
        let row = training(id);
        let sample = row.stored_sample_bytes.unwrap_or(row.sample_bytes);
        (sample * f64::from(row.samples_per_file) * f64::from(row.file_count) / 1e8).round() / 10.0
    };
    assert_eq!([gb("unet3d-h100"), gb("unet3d-b200"), gb("resnet50-h100")], [24.6, 1055.5, 146.9]);
    assert_eq!([gb("cosmoflow-h100"), gb("retinanet-b200"), gb("bert-v100")], [1482.9, 378.0, 391.9]);
    assert_eq!([gb("dlrm-b200"), gb("dlrm-b200-columns")], [3677.0, 3677.0]);
    assert_eq!(figures::MLPERF_DATA_SET_MEMORY_MULTIPLE.value, 5.0);
    assert_eq!(figures::MLPERF_STEPS_PER_EPOCH_MIN.value, 500.0);
}

/// Parameters that follow from the dimensions of a row.
fn parameters(row: &CheckpointPreset) -> f64 {
    let [layers, hidden, feed, vocabulary] =
        [row.layers, row.hidden_size, row.feed_forward_size, row.vocabulary].map(f64::from);
    let key_value = f64::from(row.key_value_heads * (row.hidden_size / row.attention_heads));
    let layer = 2.0 * hidden * hidden + 2.0 * hidden * key_value + 3.0 * hidden * feed + 2.0 * hidden;
    layers * layer + 2.0 * vocabulary * hidden + hidden
}

#[test]
fn sizes_of_checkpoints() {
    let gib = |row: &CheckpointPreset| row.parameters * row.bytes_per_parameter / (1024.0 * 1024.0 * 1024.0);
    let sizes: Vec<_> = CHECKPOINT_PRESETS.iter().map(|row| (row.id, format!("{:.1}", gib(row)))).collect();
    let printed =
        [("llama3-8b", "104.7"), ("llama3-70b", "911.2"), ("llama3-405b", "5291.7"), ("llama3-1t", "15425.0")];
    assert_eq!(sizes, printed.map(|(id, size)| (id, size.to_owned())));
    for row in CHECKPOINT_PRESETS {
        assert_eq!(row.parameters, parameters(row), "{}", row.id);
        assert_eq!(row.ranks, row.tensor_parallel * row.pipeline_parallel * row.data_parallel, "{}", row.id);
        let mean = gib(row) / f64::from(row.ranks);
        let rounding = 0.005;
        assert!(row.smallest_rank_gib - rounding <= mean && mean <= row.largest_rank_gib + rounding, "{}", row.id);
    }
    let counts: Vec<_> = CHECKPOINT_PRESETS.iter().map(|row| (row.ranks, row.files, row.largest_rank_gib)).collect();
    assert_eq!(counts, [(8, 16, 13.09), (64, 128, 14.24), (512, 1544, 12.32), (1024, 2072, 17.97)]);
}

#[test]
fn phases_of_benchmarks() {
    let row = |id, phase| BENCHMARK_PRESETS.iter().find(|row| (row.id, row.phase) == (id, phase)).unwrap();
    assert_eq!(row("ior-easy", "write").io_size_bytes, Some(2_097_152.0));
    assert_eq!((row("ior-hard", "read").io_size_bytes, row("ior-hard", "read").shared_file), (Some(47_008.0), true));
    assert_eq!(row("mdtest-hard", "read").file_size_bytes, Some(3901.0));
    assert_eq!(row("rnd4k", "read").io_size_bytes, Some(4096.0));
    let mut last = ("", 0);
    for row in BENCHMARK_PRESETS {
        let operation = Operation::ALL.iter().find(|word| word.as_str() == row.operation).unwrap();
        assert_eq!(operation.is_data(), row.access.is_some() && row.io_size_bytes.is_some(), "{}", row.id);
        assert!(row.access.is_none_or(|access| Access::ALL.iter().any(|word| word.as_str() == access)), "{}", row.id);
        assert_eq!(row.step, if last.0 == row.id { last.1 + 1 } else { 1 }, "{}: phases in order", row.id);
        last = (row.id, row.step);
    }
}

#[test]
fn ids_are_told_apart() {
    let phases: BTreeSet<_> = BENCHMARK_PRESETS.iter().map(|row| row.id).collect();
    let ids: BTreeSet<_> = presets::ids().collect();
    assert_eq!(ids.len(), presets::ids().count(), "each id once");
    assert_eq!(ids.len(), TRAINING_PRESETS.len() + CHECKPOINT_PRESETS.len() + METADATA_PRESETS.len() + phases.len());
    assert_eq!(did_you_mean("unet3d-h10", presets::ids()), Some("unet3d-h100"));
    for id in ids {
        let kinds = [
            presets::training(id).map(|_| PresetKind::Training),
            presets::checkpoint(id).map(|_| PresetKind::Checkpoint),
            presets::metadata(id).map(|_| PresetKind::Metadata),
            presets::benchmark(id).next().map(|_| PresetKind::Benchmark),
        ];
        assert_eq!(kinds.into_iter().flatten().collect::<Vec<_>>(), [presets::kind(id).unwrap()], "{id}");
    }
    assert_eq!(presets::kind("unet3d"), None);
}

#[test]
fn the_answer_holds_what_follows_from_the_rows() {
    let all = presets::presets(&PresetsQuery { kind: None }).presets;
    assert!(all.iter().map(|preset| preset.id).eq(presets::ids()));
    for kind in PresetKind::ALL {
        let only = presets::presets(&PresetsQuery { kind: Some(*kind) }).presets;
        assert!(only.iter().eq(all.iter().filter(|preset| preset.kind == *kind)), "{kind}");
    }
    let figures = |id| &all.iter().find(|preset| preset.id == id).unwrap().figures;
    let Figures::Training(unet3d) = figures("unet3d-h100") else { panic!("training") };
    assert_eq!(format!("{:.1}", unet3d.demand_at_mark_mb_per_s_per_accelerator.unwrap()), "2859.4");
    assert_eq!(format!("{:.1}", unet3d.samples_per_s_per_accelerator), "21.7");
    assert_eq!(unet3d.files_per_s_per_accelerator, unet3d.samples_per_s_per_accelerator);
    let Figures::Checkpoint(llama) = figures("llama3-405b") else { panic!("a checkpoint") };
    assert_eq!(format!("{:.1} {:.2}", llama.size_gib, llama.files_per_rank), "5291.7 3.02");
    let Figures::Benchmark(mdtest) = figures("mdtest-hard") else { panic!("a benchmark") };
    assert_eq!(mdtest.phases.iter().map(|it| it.phase).collect::<Vec<_>>(), ["write", "stat", "read", "delete"]);
    for id in presets::ids() {
        let mut rows = presets::benchmark(id).map(|row| (row.provenance.source_id, row.provenance.as_of, row.title));
        let first = rows.next();
        assert!(rows.all(|row| Some(row) == first), "{id}: phases of one source");
    }
}
