//! The working of an estimate: formulas with their numbers, assumptions with their evidence, sources, defaults.

use fsx_model::catalog::{EVIDENCE, Evidence, assumption};
use fsx_model::estimate::{AssumptionUse, Estimate, WorkloadEstimate};
use fsx_model::formula::FigureWorking;
use fsx_model::job::JobFigures;
use fsx_model::scenario::{Scenario, Workload};
use fsx_model::shape::DefaultTaken;

use super::findings::source_line;
use super::format::{Rate, short};
use super::page::{GLUE, Page, Text};
use super::style::LINK;
use super::words::label;

/// Writes the working below an estimate.
pub(crate) fn show(page: &mut Page, scenario: &Scenario, estimate: &Estimate) {
    working(page, scenario, estimate);
    rests_on(page, &estimate.assumptions, sources(estimate), &estimate.defaults);
}

/// Writes the formulas of the file system, of each job and of each workload.
pub(crate) fn working(page: &mut Page, scenario: &Scenario, estimate: &Estimate) {
    for (of, workings) in figures(estimate) {
        if !workings.is_empty() {
            heading(page, &format!("Working of {of}"));
        }
        follows(page, "", workings);
    }
    for (raw, answer) in scenario.workloads.iter().zip(&estimate.workloads) {
        heading(page, &format!("Working of {}", answer.name));
        formulas(page, scenario, raw, answer);
        follows(page, "", &answer.workings);
        follows(page, "sustained.", &answer.sustained.workings);
        if let Some(burst) = &answer.burst {
            follows(page, "burst.", &burst.regime.workings);
        }
    }
}

fn follows(page: &mut Page, within: &str, workings: &[FigureWorking]) {
    for it in workings {
        page.flow(2, 4, &Text::new().bold(within).bold(it.figure).dim(" = ").plain(&it.formula));
        origins(page, &it.sources, &it.assumptions);
    }
}

/// What has figures with workings, by name.
fn figures(estimate: &Estimate) -> Vec<(String, &[FigureWorking])> {
    let mut all = vec![("the file system".to_owned(), estimate.file_system.workings.as_slice())];
    for job in &estimate.jobs {
        all.push((format!("{}, the job", job.name), &job.workings));
        if let JobFigures::Steps(it) = &job.figures {
            all.extend(it.steps.iter().map(|step| (format!("{}, {}", job.name, step.name), step.workings.as_slice())));
        }
    }
    all
}

/// The sources of the figures and limits of an estimate.
pub(crate) fn sources(estimate: &Estimate) -> Vec<&str> {
    let workings = figures(estimate).into_iter().flat_map(|(_, workings)| workings).map(|it| &it.sources);
    let limits = estimate.workloads.iter().flat_map(|answer| &answer.limits).map(|limit| &limit.sources);
    workings.chain(limits).flatten().copied().collect()
}

/// Writes assumptions with their evidence, sources, and the defaults taken.
pub(crate) fn rests_on(page: &mut Page, assumptions: &[AssumptionUse], sources: Vec<&str>, defaults: &[DefaultTaken]) {
    heading(page, "Assumptions");
    for row in assumptions {
        one_assumption(page, row);
    }
    if !sources.is_empty() {
        heading(page, "Sources");
    }
    for id in unique(sources.into_iter()) {
        source_line(page, id);
    }
    let cases = unique(assumptions.iter().flat_map(|row| row.evidence.iter().copied()));
    if !cases.is_empty() {
        heading(page, "Measurements behind the assumptions");
        for id in cases {
            one_case(page, id);
        }
    }
    heading(page, "Defaults taken");
    let defaults = defaults.iter().map(|row| {
        let value = row.value.as_str().map_or_else(|| row.value.to_string(), str::to_owned);
        Text::new().plain(&format!("{}{GLUE}={GLUE}{value}", row.field))
    });
    page.items(2, 2, defaults.collect());
}

pub(super) fn heading(page: &mut Page, text: &str) {
    page.gap();
    page.line(&Text::new().bold(text));
}

fn formulas(page: &mut Page, scenario: &Scenario, raw: &Workload, answer: &WorkloadEstimate) {
    let (range, unit) = answer.sustained.rate();
    let rate = Rate::of(raw, range.mid, unit);
    let storage = scenario.file_system.storage_type();
    for limit in &answer.limits {
        page.flow(2, 4, &Text::new().bold(label(limit.id, storage)).dim(&format!(" ({})", limit.id)));
        let value = rate.full(limit.sustained.value);
        if let Some(formula) = &limit.formula {
            page.flow(4, 6, &Text::new().plain(&value).dim(" = ").plain(&formula.to_string()));
        }
        if let (Some(formula), Some(load)) = (&limit.formula_burst, limit.burst) {
            let value = rate.full(load.value);
            page.flow(4, 6, &Text::new().plain(&value).dim(" in burst = ").plain(&formula.to_string()));
        }
        origins(page, &limit.sources, &limit.assumptions);
    }
}

fn origins(page: &mut Page, sources: &[&str], assumptions: &[&str]) {
    let from = [("sources ", sources), ("assumptions ", assumptions)];
    let from = from.iter().filter(|(_, ids)| !ids.is_empty());
    page.items(4, 6, from.map(|(name, ids)| Text::new().dim(name).dim(&ids.join(", "))).collect());
}

fn one_assumption(page: &mut Page, row: &AssumptionUse) {
    let unit = if row.unit == "1" { String::new() } else { format!("{GLUE}{}", row.unit) };
    let spread = format!(" ({}–{})", short(row.low), short(row.high));
    let evidence = if row.evidence.is_empty() { "not measured".to_owned() } else { row.evidence.join(", ") };
    let line = Text::new().bold(row.id).plain(&format!(" {}{unit}", short(row.value))).plain(&spread);
    page.flow(2, 4, &line.dim(&format!(" · {evidence}")));
    if let Some(known) = assumption(row.id) {
        page.flow(4, 4, &Text::new().plain(known.meaning));
        if !known.note.is_empty() {
            page.flow(4, 4, &Text::new().dim(known.note));
        }
    }
}

fn one_case(page: &mut Page, id: &str) {
    let case: Option<&Evidence> = EVIDENCE.iter().find(|case| case.id == id);
    page.flow(2, 4, &Text::new().bold(id).plain(" ").dim(case.map_or("", |case| case.title)));
    if let Some(case) = case.filter(|case| !case.url.is_empty()) {
        page.flow(4, 4, &Text::new().push(LINK, case.url));
    }
}

fn unique<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = Vec::new();
    for id in ids {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    seen
}
