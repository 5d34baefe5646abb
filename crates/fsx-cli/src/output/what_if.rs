//! The answer of `what_if`: a table of single changes, the most gain first.

use fsx_model::estimate::Regime;
use fsx_model::finding::{Finding, Severity};
use fsx_model::scenario::{Scenario, Workload};
use fsx_model::what_if::{WhatIf, WhatIfs};

use super::format::{Rate, times};
use super::grid::{self, Cell, Side};
use super::money::usd;
use super::page::{GLUE, Page, Text};
use super::style::{BOLD, DIM, PLAIN};
use super::{estimate, file_system, findings, money, together};

/// Writes what becomes of each workload after each change.
pub(crate) fn show(page: &mut Page, scenario: &Scenario, answer: &WhatIfs) {
    file_system::show(page, scenario, &answer.estimate.file_system);
    page.gap();
    if answer.estimate.workloads.is_empty() {
        page.flow(0, 0, &Text::new().plain("The scenario has no workloads, so no change makes a difference."));
        return estimate::footer(page, &answer.estimate.model, &[]);
    }
    together::now(page, scenario, &answer.estimate);
    page.gap();
    let changes = by_gain(&answer.what_ifs);
    page.line(&Text::new().bold("  One change at a time, sustained rates"));
    if changes.is_empty() {
        page.flow(4, 4, &Text::new().plain("There is no legal change to try."));
    }
    let table = Table { scenario, answer, changes: &changes };
    if !table.in_one_row(page) && !table.in_two_rows(page) {
        table.as_blocks(page);
    }
    if let Some(cost) = &answer.estimate.cost {
        page.gap();
        page.flow(2, 4, &Text::new().plain("As it is: ").and(money::line(cost, &scenario.region())));
    }
    let warnings = answer.estimate.findings.iter().filter(|finding| finding.severity == Severity::Warning);
    findings::brief(page, &warnings.cloned().collect::<Vec<Finding>>());
    estimate::footer(page, &answer.estimate.model, &[]);
}

/// The changes by what the first workload gains.
fn by_gain(changes: &[WhatIf]) -> Vec<&WhatIf> {
    let gain = |change: &WhatIf| change.ratios.first().copied().unwrap_or(1.0);
    let mut sorted: Vec<_> = changes.iter().collect();
    sorted.sort_by(|a, b| gain(b).total_cmp(&gain(a)));
    sorted
}

struct Table<'a> {
    scenario: &'a Scenario,
    answer: &'a WhatIfs,
    changes: &'a [&'a WhatIf],
}

impl<'a> Table<'a> {
    /// Change, field and rates side by side.
    fn in_one_row(&self, page: &mut Page) -> bool {
        const MOST_LINES: usize = 2;
        let mut rows = vec![self.head(&["change", "field"])];
        for change in self.changes {
            let names = [Text::new().push(style(change), &change.change), field(change)];
            let cells = names.into_iter().chain(self.rates(change)).chain([cost(change)]);
            rows.push(cells.map(Cell::from).collect());
        }
        grid::wrapped(page, 4, &self.sides(2), &rows, MOST_LINES)
    }

    /// The field below the change.
    fn in_two_rows(&self, page: &mut Page) -> bool {
        const MOST_LINES: usize = 4;
        let mut rows = vec![self.head(&["change"])];
        for change in self.changes {
            let first = Text::new().push(style(change), &change.change);
            let cells = std::iter::once(first).chain(self.rates(change)).chain([cost(change)]);
            rows.push(cells.map(Cell::from).collect());
            let mut second = vec![Cell { indent: 2, text: field(change) }];
            second.resize(2 + 2 * change.ratios.len(), Cell::default());
            rows.push(second);
        }
        grid::wrapped(page, 4, &self.sides(1), &rows, MOST_LINES)
    }

    /// A block per change.
    fn as_blocks(&self, page: &mut Page) {
        for change in self.changes {
            page.flow(4, 6, &Text::new().push(style(change), &change.change));
            page.flow(6, 8, &field(change));
            let one = |(name, rate, [now, then, ratio]): (&str, Rate, [f64; 3])| {
                let text = Text::new().plain(name).plain(" ").push(style(change), &from_to(rate, now, then));
                text.plain(&format!("{GLUE}{} ", rate.name())).push(style(change), &times(ratio))
            };
            let mut items: Vec<_> = self.each(change).map(one).collect();
            if change.cost.is_some() {
                items.push(cost(change).plain(&format!("{GLUE}a{GLUE}month")));
            }
            page.items(6, 6, items);
        }
    }

    fn head(&self, names: &[&str]) -> Vec<Cell> {
        let mut head: Vec<_> = names.iter().map(|name| Text::new().dim(name).into()).collect();
        for (raw, answer) in self.scenario.workloads.iter().zip(&self.answer.estimate.workloads) {
            let unit = rate(raw, &answer.sustained).name();
            head.extend([Text::new().dim(&format!("{} {unit}", answer.name)).into(), Cell::default()]);
        }
        head.push(Text::new().dim("a month").into());
        head
    }

    fn sides(&self, names: usize) -> Vec<Side> {
        let numbers = 2 * self.answer.estimate.workloads.len() + 1;
        [vec![Side::Left; names], vec![Side::Right; numbers]].concat()
    }

    fn rates(&self, change: &'a WhatIf) -> Vec<Text> {
        let cells = |(_, rate, [now, then, ratio]): (&str, Rate, [f64; 3])| {
            let style = style(change);
            [Text::new().push(style, &from_to(rate, now, then)), Text::new().push(style, &times(ratio))]
        };
        self.each(change).flat_map(cells).collect()
    }

    /// Name and unit of each workload; its rate now, its rate after the change, and the ratio.
    fn each(&self, change: &'a WhatIf) -> impl Iterator<Item = (&'a str, Rate, [f64; 3])> {
        let now = self.scenario.workloads.iter().zip(&self.answer.estimate.workloads);
        let then = change.estimate.workloads.iter().zip(&change.ratios);
        now.zip(then).map(|((raw, now), (then, ratio))| {
            let rates = [now.sustained.rate().0.mid, then.sustained.rate().0.mid, *ratio];
            (now.name.as_str(), rate(raw, &now.sustained), rates)
        })
    }
}

fn rate(raw: &Workload, now: &Regime) -> Rate {
    let (range, unit) = now.rate();
    Rate::of(raw, range.mid, unit)
}

fn from_to(rate: Rate, now: f64, then: f64) -> String {
    format!("{}{GLUE}→{GLUE}{}", rate.number(now), rate.number(then))
}

/// `clients.count: 16 → 32`.
fn field(change: &WhatIf) -> Text {
    let WhatIf { field, value, fix, .. } = change;
    let text =
        if value.is_empty() { format!("{field}: {fix}") } else { format!("{field}: {value}{GLUE}→{GLUE}{fix}") };
    Text::new().dim(&text)
}

/// What the design costs a month with the change, or at least.
fn cost(change: &WhatIf) -> Text {
    let Some(cost) = &change.cost else { return Text::new() };
    let least = if cost.partial { "≥" } else { "" };
    Text::new().push(style(change), &format!("{least}{}", usd(cost.usd_per_month)))
}

/// What changes nothing steps back.
fn style(change: &WhatIf) -> anstyle::Style {
    const NOTHING: f64 = 0.005;
    let moves = |ratio: &f64| (ratio - 1.0).abs() >= NOTHING;
    if !change.ratios.iter().any(moves) {
        DIM
    } else if change.ratios.first().is_some_and(moves) {
        BOLD
    } else {
        PLAIN
    }
}
