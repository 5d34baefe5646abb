//! The answer of `compare`: designs side by side, or below each other where the page is too narrow.

use fsx_model::compare::{Compared, ComparedWorkload, Difference};
use fsx_model::cost::Cost;
use fsx_model::estimate::{Range, WorkloadEstimate};
use fsx_model::finding::{Finding, Severity};
use fsx_model::job::expanded;
use fsx_model::scenario::{Scenario, Workload};
use serde_json::Value;

use super::estimate::footer;
use super::format::{Rate, duration, range, times};
use super::grid::{self, Cell, Side};
use super::money::usd;
use super::page::{Page, Text};
use super::style::{BOLD, PLAIN, WARNING};
use super::words::{label, waits_at};

/// Writes in what designs differ, and what each workload reaches on each.
pub(crate) fn show(page: &mut Page, scenarios: &[Scenario], answer: &Compared) {
    let names: Vec<_> = answer.designs.iter().map(|design| design.name.as_str()).collect();
    let groups = groups(scenarios, answer);
    if !as_table(page, &names, &groups) {
        as_blocks(page, &names, &groups);
    }
    warnings(page, answer);
    if let Some(design) = answer.designs.first() {
        footer(page, &design.estimate.model, &[]);
    }
}

/// Which designs have reservations; each is told with its own estimate.
fn warnings(page: &mut Page, answer: &Compared) {
    page.gap();
    for design in &answer.designs {
        let warns = |finding: &&Finding| finding.severity == Severity::Warning;
        let mut codes: Vec<_> = design.estimate.findings.iter().filter(warns).map(|finding| finding.code).collect();
        codes.dedup();
        if !codes.is_empty() {
            let lead = Text::new().push(WARNING, if codes.len() == 1 { "warning" } else { "warnings" });
            page.flow(0, 2, &lead.plain(&format!(" about {}: {}", design.name, codes.join(", "))));
        }
    }
}

/// Rows under a heading.
struct Group {
    heading: String,
    rows: Vec<Row>,
}

/// A name, and a cell for each design; none where a design has nothing there.
struct Row {
    name: String,
    cells: Vec<Option<String>>,
    bold: bool,
}

impl Row {
    fn new(name: impl Into<String>, cells: Vec<Option<String>>) -> Self {
        Self { name: name.into(), cells, bold: false }
    }
}

/// What stands in a table where a design has nothing.
const NONE: &str = "–";

fn groups(scenarios: &[Scenario], answer: &Compared) -> Vec<Group> {
    let row = |difference: &Difference| Row::new(&difference.field, difference.values.iter().map(text).collect());
    let rows: Vec<_> = answer.differences.iter().map(row).collect();
    let heading = if rows.is_empty() { "No difference in any field" } else { "Fields that differ" };
    let mut groups = vec![Group { heading: heading.to_owned(), rows }];
    groups.extend(answer.workloads.iter().map(|workload| of_workload(scenarios, answer, workload)));
    groups.extend(of_cost(answer));
    groups
}

/// What each design costs, if that is known of one.
fn of_cost(answer: &Compared) -> Option<Group> {
    let costs: Vec<_> = answer.designs.iter().map(|design| design.estimate.cost.as_ref()).collect();
    let each = |show: &dyn Fn(&Cost) -> f64| -> Vec<Option<String>> {
        let least = |cost: &Cost| if cost.partial { "≥" } else { "" };
        costs.iter().map(|cost| cost.map(|cost| format!("{}{}", least(cost), usd(show(cost))))).collect()
    };
    costs.iter().any(Option::is_some).then(|| {
        let month = Row { bold: true, ..Row::new("a month", each(&|cost| cost.usd_per_month)) };
        let rows = vec![month, Row::new("an hour", each(&|cost| cost.usd_per_hour))];
        Group { heading: "Cost".to_owned(), rows }
    })
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string())),
        other => Some(other.to_string()),
    }
}

fn of_workload(scenarios: &[Scenario], answer: &Compared, workload: &ComparedWorkload) -> Group {
    let estimates: Vec<_> = answer
        .designs
        .iter()
        .map(|design| design.estimate.workloads.iter().find(|estimate| estimate.name == workload.name))
        .collect();
    let rate = rate(scenarios, workload);
    let cells = |values: &[Option<f64>], show: &dyn Fn(f64) -> String| {
        values.iter().map(|value| value.map(show)).collect::<Vec<_>>()
    };
    let of_each = |show: &dyn Fn(&WorkloadEstimate, &Scenario) -> String| {
        let each = estimates.iter().zip(scenarios);
        each.map(|(estimate, scenario)| estimate.map(|it| show(it, scenario))).collect()
    };
    let interval = |of: &Range| range(of, |value| rate.number(value));
    let sustained = cells(&workload.sustained, &|value| rate.number(value));
    let burst = cells(&workload.burst, &|value| rate.number(value));
    let mut rows = vec![Row { bold: true, ..Row::new(format!("sustained {}", rate.name()), sustained.clone()) }];
    rows.push(Row::new("90% range", of_each(&|estimate, _| interval(&estimate.sustained.rate().0))));
    if burst != sustained {
        rows.push(Row::new(format!("burst {}", rate.name()), burst));
    }
    let what = if rate.is_data() { "all bytes in" } else { "all items in" };
    rows.push(Row::new(what, cells(&workload.seconds, &duration)));
    rows.push(Row { bold: true, ..Row::new("sustained, ratio", cells(&workload.ratio, &times)) });
    let limit = |estimate: &WorkloadEstimate, scenario: &Scenario| {
        label(waits_at(estimate), scenario.file_system.storage_type()).to_owned()
    };
    rows.push(Row::new("waits for", of_each(&limit)));
    Group { heading: workload.name.clone(), rows }
}

/// The unit in which the largest of the rates is easy to read.
fn rate(scenarios: &[Scenario], workload: &ComparedWorkload) -> Rate {
    let largest = workload.sustained.iter().flatten().copied().fold(0.0, f64::max);
    let named = |scenario: &'_ Scenario| -> Option<Workload> {
        let all = expanded(scenario);
        let mut all = all.workloads.iter().enumerate();
        all.find(|(i, raw)| raw.name_or_number(*i) == workload.name).map(|(_, raw)| raw.clone())
    };
    scenarios.iter().find_map(named).map_or(Rate::fitting(largest), |raw| Rate::of(&raw, largest, workload.unit))
}

/// Most lines of a row of the table; what needs more reads better below each other.
const MOST_LINES: usize = 3;

fn as_table(page: &mut Page, names: &[&str], groups: &[Group]) -> bool {
    let mut head = vec![Cell::default()];
    head.extend(names.iter().map(|name| Cell::from(Text::new().breakable(BOLD, name))));
    let mut rows = vec![head];
    for group in groups {
        let mut heading = vec![Cell::from(Text::new().bold(&group.heading))];
        heading.resize(1 + names.len(), Cell::default());
        rows.push(heading);
        for row in &group.rows {
            let name = Cell { indent: 2, text: Text::new().breakable(PLAIN, &row.name) };
            let cells = row.cells.iter().map(|cell| Cell::from(styled(row, cell.as_deref().unwrap_or(NONE))));
            rows.push(std::iter::once(name).chain(cells).collect());
        }
    }
    let sides = [vec![Side::Left], vec![Side::Right; names.len()]].concat();
    grid::wrapped(page, 0, &sides, &rows, MOST_LINES)
}

fn styled(row: &Row, cell: &str) -> Text {
    Text::new().breakable(if row.bold { BOLD } else { PLAIN }, cell)
}

/// A block for each design, with what it has.
fn as_blocks(page: &mut Page, names: &[&str], groups: &[Group]) {
    for (i, name) in names.iter().enumerate() {
        page.gap();
        page.flow(0, 2, &Text::new().bold(name));
        for group in groups {
            let here = |row: &Row| Some((row.name.clone(), styled(row, row.cells.get(i)?.as_deref()?)));
            let rows: Vec<_> = group.rows.iter().filter_map(here).collect();
            if group.rows.is_empty() || !rows.is_empty() {
                page.flow(2, 4, &Text::new().bold(&group.heading));
                below_each_other(page, &rows);
            }
        }
    }
}

fn below_each_other(page: &mut Page, rows: &[(String, Text)]) {
    let cells = |(name, cell): &(String, Text)| vec![Text::new().dim(name).into(), cell.clone().into()];
    let table: Vec<Vec<Cell>> = rows.iter().map(cells).collect();
    if !grid::wrapped(page, 4, &[Side::Left; 2], &table, 1) {
        for (name, cell) in rows {
            page.flow(4, 6, &Text::new().dim(name).plain(" ").and(cell.clone()));
        }
    }
}
