//! Presets of jobs, a table for each kind.

use fsx_model::presets::{CheckpointFigures, Figures, Phase, Preset, PresetKind, Presets, TrainingFigures};

use super::columns::{Column, column, meanings, table};
use super::explain::heading;
use super::findings::source_line;
use super::format::{count, duration, figure, percent};
use super::grid::Side;
use super::page::{GLUE, Page, Text};

/// Bytes of a KiB, and so on upwards.
const KIB: f64 = 1024.0;
/// Head of the column of sources.
const SOURCE: &str = "source";

/// Writes the presets; with `explained`, the meaning of the columns and the notes too.
pub(crate) fn show(page: &mut Page, answer: &Presets, explained: bool) {
    let mut unnamed = Vec::new();
    for kind in PresetKind::ALL {
        let of_kind: Vec<_> = answer.presets.iter().filter(|preset| preset.kind == *kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let rows = |of: fn(&Preset) -> Vec<Vec<String>>| of_kind.iter().flat_map(|preset| of(preset)).collect();
        let (title, columns, rows, most_lines): (_, _, Vec<_>, _) = match kind {
            PresetKind::Training => ("Training: what one accelerator asks", TRAINING, rows(training), 1),
            PresetKind::Checkpoint => ("Checkpoints: what saving one writes", CHECKPOINT, rows(checkpoint), 1),
            PresetKind::Metadata => ("Metadata storms: what one job asks", METADATA, rows(metadata), 1),
            PresetKind::Benchmark => ("Benchmarks: their phases, one after the other", BENCHMARK, rows(benchmark), 2),
        };
        heading(page, title);
        let shown = table(page, columns, &rows, most_lines);
        if !columns.iter().any(|column| column.head == SOURCE && shown.contains(&column.head)) {
            unnamed.extend(of_kind.iter().copied());
        }
        page.gap();
        use_one(page, &of_kind);
        if explained {
            meanings(page, columns);
            notes(page, &of_kind);
        }
    }
    sources(page, &answer.presets, &unnamed);
}

const TRAINING: &[Column] = &[
    column("preset", Side::Left, 9, "name by which a job takes it: model and accelerator"),
    column("MB/s", Side::Right, 9, "what an accelerator reads that never waits: batch × sample / compute"),
    column("at mark", Side::Right, 9, "that at the accelerator utilization that the benchmark asks for"),
    column("mark", Side::Right, 5, "the utilization asked for: compute time over total time"),
    column("samples/s", Side::Right, 8, "samples of an accelerator that never waits"),
    column("files/s", Side::Right, 7, "files these samples fill"),
    column("batch", Side::Right, 4, "samples of a step"),
    column("compute", Side::Right, 4, "time of a step"),
    column("sample", Side::Right, 3, "mean size of what is read of a sample"),
    column("files", Side::Right, 2, "files of the data set as configured"),
    column("data set", Side::Right, 6, "size of the data set as configured; some rules ask for more, see the notes"),
    column("readers", Side::Right, 1, "reader threads of an accelerator"),
    column("epochs", Side::Right, 1, "passes over the data set"),
    column(SOURCE, Side::Left, 8, "where the figures come from"),
];

const METADATA: &[Column] = &[
    column("preset", Side::Left, 9, "name by which a job takes it"),
    column("op/s", Side::Right, 9, "operations a second of one such job"),
    column("opens", Side::Right, 7, "opens of an item"),
    column("stats", Side::Right, 7, "attribute reads of an item"),
    column("items", Side::Right, 6, "items of one such job"),
    column(SOURCE, Side::Left, 8, "where the figures come from"),
];

const CHECKPOINT: &[Column] = &[
    column("preset", Side::Left, 9, "name by which a job takes it"),
    column("size", Side::Right, 9, "parameters × bytes per parameter"),
    column("as printed", Side::Right, 6, "size as published; what is wrong with it is in the notes"),
    column("ranks", Side::Right, 9, "processes that write at once"),
    column("files", Side::Right, 8, "files of one checkpoint"),
    column("largest rank", Side::Right, 8, "what the process with the most to write writes"),
    column("smallest", Side::Right, 2, "what the process with the least to write writes"),
    column("parameters", Side::Right, 4, "parameters, from the dimensions of the model"),
    column("bytes each", Side::Right, 3, "weights and optimiser state of a parameter"),
    column(SOURCE, Side::Left, 7, "where the figures come from"),
];

const BENCHMARK: &[Column] = &[
    column("preset", Side::Left, 9, "name by which a job takes it"),
    column("phase", Side::Left, 9, "phase, as the benchmark calls it"),
    column("operation", Side::Left, 7, "operation of a workload; a file created and written at once is a write"),
    column("I/O", Side::Right, 9, "size of one I/O"),
    column("file", Side::Right, 8, "size of a file; empty: what is written in the time given, or no data"),
    column("files each", Side::Right, 6, "files of each process"),
    column("processes", Side::Right, 3, "processes on each client; empty: free to choose"),
    column("how", Side::Left, 9, "order, files, flags, time"),
    column(SOURCE, Side::Left, 5, "where the figures come from"),
];

fn training(preset: &Preset) -> Vec<Vec<String>> {
    let Figures::Training(it) = &preset.figures else { return Vec::new() };
    let TrainingFigures { batch, compute_s, file_count, readers, epochs, .. } = it;
    let at_mark = it.demand_at_mark_mb_per_s_per_accelerator;
    vec![vec![
        preset.id.to_owned(),
        figure(it.demand_mb_per_s_per_accelerator),
        at_mark.map_or_else(none, figure),
        it.accelerator_utilization_mark.map_or_else(none, percent),
        figure(it.samples_per_s_per_accelerator),
        some(it.files_per_s_per_accelerator),
        count(*batch),
        step(*compute_s),
        size(it.sample_bytes),
        count(*file_count),
        size(it.data_set_gib * KIB * KIB * KIB),
        count(*readers),
        epochs.map_or_else(none, count),
        preset.sources.join(" "),
    ]]
}

fn metadata(preset: &Preset) -> Vec<Vec<String>> {
    let Figures::Metadata(it) = &preset.figures else { return Vec::new() };
    vec![vec![
        preset.id.to_owned(),
        figure(it.operations_per_s),
        count(it.opens),
        count(it.stats),
        count(it.items),
        preset.sources.join(" "),
    ]]
}

fn checkpoint(preset: &Preset) -> Vec<Vec<String>> {
    let Figures::Checkpoint(it) = &preset.figures else { return Vec::new() };
    let CheckpointFigures { ranks, files, largest_rank_gib, smallest_rank_gib, .. } = it;
    let gib = |value: f64| format!("{}{GLUE}GiB", count(value));
    vec![vec![
        preset.id.to_owned(),
        format!("{}{GLUE}GiB", grouped_figure(it.size_gib)),
        format!("{}{GLUE}{}", count(it.published_size), it.published_unit),
        count(*ranks),
        count(*files),
        gib(*largest_rank_gib),
        gib(*smallest_rank_gib),
        format!("{}{GLUE}billion", count(it.parameters / 1e9)),
        count(it.bytes_per_parameter),
        preset.sources.join(" "),
    ]]
}

fn benchmark(preset: &Preset) -> Vec<Vec<String>> {
    let Figures::Benchmark(it) = &preset.figures else { return Vec::new() };
    let row = |(i, phase): (usize, &Phase)| {
        let first = |text: String| if i == 0 { text } else { String::new() };
        vec![
            first(preset.id.to_owned()),
            phase.phase.to_owned(),
            phase.operation.to_owned(),
            phase.io_size_bytes.map_or_else(none, size),
            phase.file_size_bytes.map_or_else(none, size),
            phase.files_per_process.map_or_else(none, count),
            phase.processes_per_client.map_or_else(none, count),
            how(phase).join(", "),
            first(preset.sources.join(" ")),
        ]
    };
    it.phases.iter().enumerate().map(row).collect()
}

/// What the sizes do not say of a phase.
fn how(phase: &Phase) -> Vec<String> {
    let said = |holds: bool, text: &str| holds.then(|| text.replace(' ', &GLUE.to_string()));
    [
        said(phase.access == Some("random"), "random"),
        said(phase.shared_file, "shared file"),
        said(phase.shared_directory && phase.files_per_process > Some(1.0), "one directory"),
        said(phase.direct_io, "direct"),
        phase.queue_depth.map(|depth| format!("{depth}{GLUE}in{GLUE}flight")),
        phase.seconds.map(|seconds| format!("{}{GLUE}s", count(seconds))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn none() -> String {
    String::new()
}

/// A figure; a little more than nothing is not nothing.
fn some(value: f64) -> String {
    let text = figure(value);
    if text == "0" && value > 0.0 { "≈0".to_owned() } else { text }
}

/// The time of a step, with all that is known of it.
fn step(seconds: f64) -> String {
    const SHORT: f64 = 0.1;
    if seconds < SHORT { duration(seconds) } else { format!("{}{GLUE}s", figure(seconds)) }
}

/// A size in bytes: whole where it is short, else in the largest unit: `3,901 B`, `4 KiB`, `2.70 MiB`.
fn size(bytes: f64) -> String {
    const LONG: f64 = 100_000.0;
    if bytes < LONG && (bytes / KIB).fract() > 0.0 {
        return format!("{}{GLUE}B", count(bytes));
    }
    let mut value = bytes / KIB;
    let mut unit = "KiB";
    for larger in ["MiB", "GiB", "TiB"] {
        if value >= KIB {
            value /= KIB;
            unit = larger;
        }
    }
    format!("{}{GLUE}{unit}", if value.fract() > 0.0 { figure(value) } else { count(value) })
}

/// Tenths below a thousand, whole numbers above.
fn grouped_figure(value: f64) -> String {
    const WHOLE_FROM: f64 = 1000.0;
    if value < WHOLE_FROM { count((value * 10.0).round() / 10.0) } else { count(value.round()) }
}

/// How a scenario takes a preset.
fn use_one(page: &mut Page, presets: &[&Preset]) {
    let Some(preset) = presets.iter().find(|preset| has_mark(preset)).or(presets.first()) else { return };
    let more: &[&str] = match preset.kind {
        PresetKind::Training => &["accelerators_per_client = 8"],
        PresetKind::Checkpoint => &["target_s = 60"],
        PresetKind::Metadata => &["processes_per_client = 64"],
        PresetKind::Benchmark => &[],
    };
    page.line(&Text::new().dim("  in a scenario:"));
    page.line(&Text::new().plain("    [[jobs]]"));
    page.line(&Text::new().plain(&format!("    preset = \"{}\"", preset.id)));
    for line in more {
        page.line(&Text::new().plain("    ").plain(line));
    }
}

fn has_mark(preset: &Preset) -> bool {
    matches!(&preset.figures, Figures::Training(it) if it.accelerator_utilization_mark.is_some())
}

/// Each note once, with the presets or phases it is about.
fn notes(page: &mut Page, presets: &[&Preset]) {
    let mut all: Vec<(&str, Vec<String>)> = Vec::new();
    let mut add = |note: &'static str, about: String| match all.iter_mut().find(|(known, _)| *known == note) {
        _ if note.is_empty() => {}
        Some((_, names)) => names.push(about),
        None => all.push((note, vec![about])),
    };
    for preset in presets {
        add(preset.note, preset.id.to_owned());
        if let Figures::Benchmark(it) = &preset.figures {
            it.phases.iter().for_each(|phase| add(phase.note, format!("{} {}", preset.id, phase.phase)));
        }
    }
    if all.is_empty() {
        return;
    }
    heading(page, "Notes");
    for (note, names) in all {
        page.flow(2, 4, &Text::new().bold(&names.join(", ")).plain(": ").plain(note));
    }
}

/// The sources; after each, the presets in whose row it is not named.
fn sources(page: &mut Page, presets: &[Preset], unnamed: &[&Preset]) {
    let mut ids: Vec<&str> = Vec::new();
    for id in presets.iter().flat_map(|preset| &preset.sources) {
        if !ids.contains(id) {
            ids.push(id);
        }
    }
    heading(page, "Sources");
    for id in ids {
        source_line(page, id);
        let of = unnamed.iter().filter(|preset| preset.sources.contains(&id)).map(|preset| preset.id);
        let of: Vec<_> = of.collect();
        if !of.is_empty() {
            page.flow(4, 4, &Text::new().dim("of ").plain(&of.join(", ")));
        }
    }
}
