//! What jobs do, in their own words: the first thing on the page.

use fsx_model::estimate::Range;
use fsx_model::job::{CheckpointFigures, JobEstimate, JobFigures, StepsFigures, TrainingFigures};
use fsx_model::model::LimitId;
use fsx_model::scenario::{FileSystem, JobKind};

use super::format::{Rate, count, duration, durations, figure, percent, plural, range};
use super::grid::{self, Side};
use super::money::usd;
use super::page::{GLUE, Page, Text};
use super::words::part;

/// Writes what every job does.
pub(crate) fn show(page: &mut Page, of: &FileSystem, jobs: &[JobEstimate]) {
    for job in jobs {
        page.gap();
        one(page, of, job);
    }
}

fn one(page: &mut Page, of: &FileSystem, job: &JobEstimate) {
    let (sentence, rows, story) = match &job.figures {
        JobFigures::Training(it) => (trains(it), training(it), stops_training(of, it)),
        JobFigures::Checkpoint(it) => (saves(it), checkpoint(it), stops_saving(of, it)),
        JobFigures::Steps(it) => (does(job.kind).to_owned(), steps(it), stops(of, it)),
    };
    let preset = job.preset.as_ref().filter(|preset| **preset != job.name);
    let preset = preset.map_or_else(String::new, |preset| format!(" (preset {preset})"));
    page.flow(0, 2, &Text::new().bold(&job.name).plain(&preset).plain(": ").plain(&sentence));
    page.gap();
    grid::show(page, 2, &[Side::Left, Side::Right, Side::Left], &rows);
    page.gap();
    page.flow(2, 2, &story);
}

/// A row: name, mid value, range.
fn row(name: &str, values: &Range, show: impl Fn(f64) -> String) -> Vec<Text> {
    let spread = if values.low < values.high { range(values, &show) } else { String::new() };
    vec![Text::new().plain(name), Text::new().bold(&show(values.mid)), Text::new().dim(&spread)]
}

fn time(name: &str, values: &Range) -> Vec<Text> {
    let spread = if values.low < values.high { durations(values) } else { String::new() };
    vec![Text::new().plain(name), Text::new().bold(&duration(values.mid)), Text::new().dim(&spread)]
}

fn money(name: &str, value: f64, note: &str) -> Vec<Text> {
    vec![Text::new().plain(name), Text::new().bold(&usd(value)), Text::new().dim(note)]
}

fn head() -> Vec<Text> {
    vec![Text::new(), Text::new(), Text::new().dim("90% range")]
}

/// A share with a decimal where it is near all or nothing.
fn share(value: f64) -> String {
    let percent = value * 100.0;
    if (10.0..90.0).contains(&percent) { format!("{percent:.0}%") } else { format!("{percent:.1}%") }
}

fn trains(it: &TrainingFigures) -> String {
    let each = it.demand_mb_per_s_per_accelerator.mid;
    let all = each * it.accelerators;
    let (samples, accelerators) = (plural(it.samples, "sample"), plural(it.accelerators, "accelerator"));
    format!(
        "{accelerators} train on {samples}; at full speed each reads {}, all {}",
        Rate::fitting(each).full(each),
        Rate::fitting(all).full(all)
    )
}

fn training(it: &TrainingFigures) -> Vec<Vec<Text>> {
    let mut rows = vec![head(), row("accelerator utilization", &it.accelerator_utilization, share)];
    if let Some(burst) = &it.accelerator_utilization_in_burst {
        rows.push(row("  while burst credits last", burst, share));
    }
    if let Some(saving) = &it.accelerator_utilization_while_saving {
        rows.push(row("  while a checkpoint is saved", saving, share));
    }
    rows.push(row("waiting for data", &it.stall_share, share));
    rows.push(row("samples/s", &it.samples_per_s, figure));
    rows.push(time("first epoch", &it.first_epoch_s));
    if let Some(preload) = &it.preload_s {
        rows.push(time("or loading all of it first", preload));
    }
    rows.push(time("later epochs", &it.later_epoch_s));
    let fed = format!("accelerators fed at {}", percent(it.wanted_accelerator_utilization));
    rows.push(row(&fed, &it.accelerators_fed, count));
    if let Some(cost) = it.usd_per_epoch {
        let idle = it
            .idle_clients_usd_per_epoch
            .map_or_else(|| "file system alone".to_owned(), |idle| format!("{} of it for waiting", usd(idle)));
        rows.push(money("cost of an epoch", cost, &idle));
    }
    rows
}

fn stops_training(of: &FileSystem, it: &TrainingFigures) -> Text {
    let storage = of.storage_type();
    let stops = |limit: Option<LimitId>| limit.map_or("the accelerators", |id| part(id, storage));
    let (first, later) = (it.first_epoch_s.mid, it.later_epoch_s.mid);
    let mut text = match it.bottleneck {
        None => Text::new().bold("Fed.").plain(" The accelerators are the limit, not the storage."),
        Some(id) => {
            let lead = match id {
                _ if it.accelerator_utilization.mid >= it.wanted_accelerator_utilization => "Well fed.",
                LimitId::Metadata => "Metadata bound.",
                _ => "Starved.",
            };
            Text::new().bold(lead).plain(&format!(" What holds it back: {}.", part(id, storage)))
        }
    };
    if first > later * WORTH_A_WORD {
        let more = figure(first / later);
        let first_stop = match it.first_epoch_bottleneck {
            Some(LimitId::Concurrency) => "its readers wait for files to be opened and loaded",
            other => &format!("it waits for {}", stops(other)),
        };
        text = text.plain(&format!(" The first epoch takes {more} times as long as a later one: {first_stop}."));
        if let Some(preload) = &it.preload_s {
            let saved = first - later - preload.mid;
            text = if saved > 0.0 {
                text.plain(&format!(" Loading all of it first pays: it would be over {} sooner.", duration(saved)))
            } else {
                text.plain(&format!(
                    " Loading all of it first does not pay: it would be over {} later.",
                    duration(-saved)
                ))
            };
        }
    }
    text
}

/// A ratio of times worth a sentence.
const WORTH_A_WORD: f64 = 1.05;

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn saves(it: &CheckpointFigures) -> String {
    let (ranks, files) = (plural(it.ranks, "rank"), plural(it.files, "file"));
    format!("{ranks} save a checkpoint of {}{GLUE}GiB in {files}", figure(it.size_gib.mid))
}

fn checkpoint(it: &CheckpointFigures) -> Vec<Vec<Text>> {
    let mut rows = vec![head(), time("save", &it.save_s), time("restore", &it.restore_s)];
    if let Some(export) = &it.export_s {
        rows.push(time("then in S3 after", export));
    }
    if let Some(required) = &it.required_mb_per_s {
        rows.push(row("needed for the target", required, |rate| Rate::fitting(rate).full(rate)));
    }
    if let (Some(interval), Some(goodput)) = (&it.interval_s, &it.goodput) {
        rows.push(time("work between checkpoints", interval));
        rows.push(row("goodput", goodput, share));
    }
    if let Some(idle) = it.idle_clients_usd_per_month {
        rows.push(money("lost time of the clients", idle, "a month"));
    }
    if let Some(cost) = it.file_system_usd_per_month {
        rows.push(money("file system", cost, "a month"));
    }
    rows
}

fn stops_saving(of: &FileSystem, it: &CheckpointFigures) -> Text {
    let storage = of.storage_type();
    let words = |id: LimitId| part(id, storage);
    let text = Text::new().plain(&format!("Saving waits for {}", words(it.save_bottleneck)));
    let text = if it.restore_bottleneck == it.save_bottleneck {
        text.plain(", and so does restoring.")
    } else {
        text.plain(&format!(", restoring for {}.", words(it.restore_bottleneck)))
    };
    if it.goodput.is_some() {
        text.plain(" Work between checkpoints is by Daly's formula.")
    } else {
        text.dim(" With mean_time_to_failure_h, the best interval and the goodput follow.")
    }
}

const fn does(kind: JobKind) -> &'static str {
    match kind {
        JobKind::Import => "imports the metadata of objects from S3",
        JobKind::Preload => "loads objects from S3 before they are read",
        JobKind::Export => "exports files to S3",
        JobKind::Release => "releases files that S3 has",
        JobKind::Metadata => "a storm of metadata operations",
        JobKind::Benchmark => "a benchmark",
        JobKind::Training => "training",
        JobKind::Checkpoint => "checkpoints",
    }
}

fn steps(it: &StepsFigures) -> Vec<Vec<Text>> {
    let mut rows = vec![head()];
    if it.steps.is_empty() {
        rows.push(time("time", &it.seconds));
        rows.extend(it.throughput_mb_per_s.map(|rate| row("throughput", &rate, |it| Rate::fitting(it).full(it))));
        rows.extend(it.files_per_s.map(|rate| row("files/s", &rate, figure)));
        let operations = it.operations_per_s.filter(|rate| it.files_per_s.is_none_or(|files| files.mid < rate.mid));
        rows.extend(operations.map(|rate| row("operations/s", &rate, figure)));
        rows.extend(it.lag_s.map(|lag| time("a change shows after", &lag)));
        return rows;
    }
    for step in &it.steps {
        rows.push(match &step.throughput_mb_per_s {
            Some(rate) => row(&step.name, rate, |it| Rate::fitting(it).full(it)),
            None => row(&step.name, &step.operations_per_s.unwrap_or(step.seconds), |it| {
                format!("{}{GLUE}op/s", figure(it))
            }),
        });
        rows.push(time("  takes", &step.seconds));
    }
    rows.push(time("all steps", &it.seconds));
    rows
}

fn stops(of: &FileSystem, it: &StepsFigures) -> Text {
    let storage = of.storage_type();
    let waits = |name: &str, id: LimitId| format!("{name} waits for {}", part(id, storage));
    if it.steps.is_empty() {
        return it.bottleneck.map_or_else(Text::new, |id| Text::new().plain(&format!("{}.", waits("It", id))));
    }
    let each: Vec<_> = it.steps.iter().map(|step| waits(&step.name, step.bottleneck)).collect();
    Text::new().plain(&format!("{}.", capital(&each.join("; "))))
}
