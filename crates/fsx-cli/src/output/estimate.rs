//! The answer of `estimate`.

use fsx_model::estimate::{Estimate, ModelVersion, Range, Regime, WorkloadEstimate};
use fsx_model::job::expanded;
use fsx_model::scenario::{Scenario, Workload};

use super::format::{Rate, duration, durations, figure, percent, range, short};
use super::grid::{self, Side};
use super::page::{GLUE, Page, Text};
use super::sentence::Story;
use super::style::{BOLD, DIM};
use super::{explain, file_system, findings, head_room, jobs, limits, money, together, workload};

/// Writes an estimate; with `explained`, its working too.
pub(crate) fn show(page: &mut Page, scenario: &Scenario, estimate: &Estimate, explained: bool) {
    file_system::show(page, scenario, &estimate.file_system);
    jobs::show(page, &scenario.file_system, &estimate.jobs);
    let scenario = &*expanded(scenario);
    if estimate.workloads.len() > 1 {
        page.gap();
        together::summary(page, scenario, estimate);
    }
    for (raw, answer) in scenario.workloads.iter().zip(&estimate.workloads) {
        page.gap();
        one(page, scenario, estimate, raw, answer);
    }
    if estimate.workloads.is_empty() {
        page.gap();
        page.flow(0, 0, &Text::new().plain("The scenario has no workloads, so there is nothing more to estimate."));
    }
    head_room::show(page, &estimate.head_room, explained);
    if explained {
        findings::show(page, &estimate.findings);
        explain::show(page, scenario, estimate);
    } else {
        findings::brief(page, &estimate.findings);
    }
    if let Some(cost) = &estimate.cost {
        page.gap();
        page.flow(0, 2, &money::line(cost, &scenario.region()));
    }
    footer(page, &estimate.model, if explained { &[] } else { &["-v shows the working"] });
}

/// Which model and figures an answer rests on.
pub(super) fn footer(page: &mut Page, model: &ModelVersion, more: &[&str]) {
    page.gap();
    let model = [format!("fsx-model {}", model.version), format!("figures of {}", model.catalog)];
    let items = model.iter().map(String::as_str).chain(more.iter().copied());
    page.items(0, 0, items.map(|item| Text::new().dim(item)).collect());
}

fn one(page: &mut Page, scenario: &Scenario, estimate: &Estimate, raw: &Workload, answer: &WorkloadEstimate) {
    let quiet = without_idle_burst(answer);
    let answer = &quiet;
    let what = workload::sentence(scenario, raw, answer);
    page.flow(0, 2, &Text::new().bold(&answer.name).plain(": ").plain(&what));
    page.gap();
    let (range, unit) = answer.sustained.rate();
    let rate = Rate::of(raw, range.mid, unit);
    results(page, scenario, answer, rate);
    page.gap();
    limits::show(page, answer, rate, scenario.file_system.storage_type());
    page.gap();
    let story = Story { scenario, estimate, workload: raw, answer, rate };
    page.flow(2, 2, &story.tell());
    page.gap();
    confidence(page, scenario, estimate, answer, rate);
}

/// Whether a burst is worth a word: it differs from the sustained rate. Beside others that gain more by their credits, it
/// may be the lower one.
pub(super) fn is_felt(burst: f64, sustained: f64) -> bool {
    (burst / sustained - 1.0).abs() > 0.001
}

/// The answer without a burst that changes nothing: a second column of the same numbers would only raise questions.
fn without_idle_burst(answer: &WorkloadEstimate) -> WorkloadEstimate {
    let mut answer = answer.clone();
    let sustained = answer.sustained.rate().0.mid;
    if answer.burst.as_ref().is_some_and(|burst| !is_felt(burst.regime.rate().0.mid, sustained)) {
        answer.burst = None;
        for limit in &mut answer.limits {
            limit.burst = None;
        }
    }
    answer
}

/// Rates of both regimes, side by side where that fits, and the time for all of it.
fn results(page: &mut Page, scenario: &Scenario, answer: &WorkloadEstimate, rate: Rate) {
    let sustained = regime("sustained", &answer.sustained, rate);
    match &answer.burst {
        None => grid::show(page, 2, &SIDES, &sustained),
        Some(burst) => {
            let mut bursting = regime("burst", &burst.regime, rate);
            bursting.push(lasts(burst.lasts_s.as_ref()));
            let both = beside(&sustained, &bursting);
            let sides: Vec<_> = SIDES.iter().chain(&SIDES[1..]).copied().collect();
            if grid::fits(page, 2, &both) {
                grid::show(page, 2, &sides, &both);
            } else {
                grid::show(page, 2, &SIDES, &[sustained, bursting].concat());
            }
        }
    }
    let what = if rate.is_data() { "bytes" } else { "items" };
    let all = format!("All {what}{}: ", answer.burst.as_ref().map_or_else(String::new, |_| credits(scenario)));
    let time = Text::new().plain(&all).push(BOLD, &duration(answer.seconds.mid));
    page.flow(2, 4, &time.dim(&format!(" ({})", durations(&answer.seconds))));
}

/// A name, a middle and a range.
const SIDES: [Side; 3] = [Side::Left, Side::Right, Side::Left];

fn regime(name: &str, of: &Regime, rate: Rate) -> Vec<Vec<Text>> {
    let row = |name: &str, values: &Range, show: &dyn Fn(f64) -> String| {
        vec![Text::new().plain(name), Text::new().bold(&show(values.mid)), Text::new().dim(&range(values, show))]
    };
    let mut rows = vec![vec![Text::new(), Text::new().dim(name), Text::new().dim("90% range")]];
    if let Some(throughput) = &of.throughput_mb_per_s {
        rows.push(row(&format!("throughput {}", rate.name()), throughput, &|value| rate.number(value)));
    }
    let operations = if rate == Rate::Items { rate.name() } else { "operations/s" };
    rows.push(row(operations, &of.operations_per_s, &figure));
    rows.push(row("latency ms", &of.latency_ms, &figure));
    rows
}

fn lasts(lasts: Option<&Range>) -> Vec<Text> {
    if lasts.is_some_and(|lasts| lasts.high <= 0.0) {
        return vec![Text::new().plain("burst lasts"), Text::new().bold("none"), Text::new().dim("no credits")];
    }
    let mid = lasts.map_or_else(|| "always".to_owned(), |lasts| duration(lasts.mid));
    let spread = lasts.map_or_else(String::new, durations);
    vec![Text::new().plain("burst lasts"), Text::new().bold(&mid), Text::new().dim(&spread)]
}

/// Rows of two tables as one; where the first has no row, its cells stay empty.
fn beside(first: &[Vec<Text>], second: &[Vec<Text>]) -> Vec<Vec<Text>> {
    let join = |(i, right): (usize, &Vec<Text>)| {
        let left = first.get(i).cloned();
        let mut row = left.unwrap_or_else(|| vec![right[0].clone(), Text::new(), Text::new()]);
        row.extend_from_slice(&right[1..]);
        row
    };
    second.iter().enumerate().map(join).collect()
}

fn credits(scenario: &Scenario) -> String {
    match percent(scenario.file_system.credits_at_start()).as_str() {
        "100%" => ", from full burst credits".to_owned(),
        "0%" => ", with no burst credits".to_owned(),
        share => format!(", from {share} of the burst credits"),
    }
}

/// The interval, and the assumptions in what stops the workload.
fn confidence(page: &mut Page, scenario: &Scenario, estimate: &Estimate, answer: &WorkloadEstimate, rate: Rate) {
    let sustained = &answer.sustained;
    let value = &sustained.rate().0;
    let (below, above) = (1.0 - value.low / value.mid, value.high / value.mid - 1.0);
    let bounds = format!("{}{GLUE}{}", range(value, |value| rate.number(value)), rate.name());
    let sure = format!(
        " nine of ten such runs should reach {bounds} ({}{} to +{}).",
        if below > 0.0 { "−" } else { "" },
        percent(below),
        percent(above)
    );
    let bursting = answer.burst.as_ref().map(|burst| burst.regime.bottleneck);
    let matters = answer.limits.iter().filter(|limit| limit.id == sustained.bottleneck || Some(limit.id) == bursting);
    let ids: Vec<_> = matters.flat_map(|limit| limit.assumptions.iter().copied()).collect();
    let listed: Vec<_> = estimate.assumptions.iter().filter(|row| ids.contains(&row.id)).collect();
    let lead = if listed.is_empty() { "" } else { " Assumed in what stops it:" };
    page.flow(2, 2, &Text::new().bold("How sure:").plain(&sure).plain(lead));
    let items = listed.iter().map(|row| {
        let unit = if row.unit == "1" { String::new() } else { format!("{GLUE}{}", row.unit) };
        let given = scenario.assumptions.contains_key(row.id);
        let spread = if given {
            "as set".to_owned()
        } else if row.low >= row.high {
            "held".to_owned()
        } else {
            format!("{}–{}", short(row.low), short(row.high))
        };
        Text::new()
            .plain(row.id)
            .plain(&format!("{GLUE}{}{unit}", short(row.value)))
            .push(DIM, &format!("{GLUE}({spread})"))
    });
    page.items(4, 4, items.collect());
}
