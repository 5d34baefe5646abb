//! The answer of `efa_break_even`: from which rate on EFA pays, as a table and as a map.

use fsx_model::ask::{Bought, EfaBreakEven, EfaCell, EfaRow};
use fsx_model::plan::Requirement;

use super::super::columns::{Column, column, table};
use super::super::format::{Rate, count, list, plural};
use super::super::grid::Side::{Left, Right};
use super::super::page::{Page, Text};
use super::super::style::USED;
use super::super::{estimate, file_system, findings};

const COLUMNS: [Column; 8] = [
    column("clients", Right, 9, ""),
    column("EFA pays from", Right, 8, ""),
    column("EFA $/month", Right, 7, ""),
    column("ENA $/month", Right, 6, ""),
    column("ENA carries", Right, 5, ""),
    column("EFA carries", Right, 4, ""),
    column("with EFA", Left, 3, ""),
    column("over ENA", Left, 2, ""),
];

/// Writes from where on EFA pays.
pub(crate) fn show(page: &mut Page, requirement: &Requirement, answer: &EfaBreakEven) {
    title(page, requirement);
    page.gap();
    let rows: Vec<_> = answer.rows.iter().map(cells).collect();
    table(page, &COLUMNS, &rows, 1);
    page.gap();
    map(page, answer);
    page.gap();
    reasons(page, &answer.rows);
    let advised = Rate::fitting(answer.advised_above_mb_per_s).full(answer.advised_above_mb_per_s);
    let text = format!("AWS advises EFA above {advised} of throughput capacity.");
    page.flow(0, 2, &Text::new().plain(&text));
    findings::brief(page, &answer.findings);
    estimate::footer(page, &answer.model, &["the cheapest file system of each side, at mid values"]);
}

fn title(page: &mut Page, requirement: &Requirement) {
    let group = requirement.clients.as_slice().first();
    let clients = group.and_then(|group| group.instance_type.clone()).unwrap_or_else(|| "clients".to_owned());
    let load = requirement.workloads.first().map(|load| load.name_or_number(0)).unwrap_or_default();
    let items = [load, clients, requirement.region()];
    let lead = Text::new().bold("When EFA pays");
    page.items(0, 2, std::iter::once(lead).chain(items.iter().map(|item| Text::new().plain(item))).collect());
}

fn cells(row: &EfaRow) -> Vec<String> {
    let rate = |rate: f64| Rate::fitting(rate).full(rate);
    let amount = |it: &Bought| format!("{}{}", if it.partial { "≥" } else { "" }, count(it.usd_per_month.round()));
    let usd = |it: &Option<Bought>| it.as_ref().map_or_else(|| "none".to_owned(), amount);
    let carries = |most: Option<f64>| match most {
        Some(0.0) => "none".to_owned(),
        Some(most) => rate(most),
        None => "beyond".to_owned(),
    };
    let [from, efa, ena, with, over] = match &row.break_even {
        Some(at) => [rate(at.from_mb_per_s), usd(&at.efa), usd(&at.ena), ordered(&at.efa), ordered(&at.ena)],
        None => ["never", "", "", "", ""].map(str::to_owned),
    };
    let ends = [row.ena_up_to_mb_per_s, row.efa_up_to_mb_per_s].map(carries);
    [row.clients.to_string(), from, efa, ena].into_iter().chain(ends).chain([with, over]).collect()
}

/// Size and tier.
fn ordered(bought: &Option<Bought>) -> String {
    bought.as_ref().map_or_else(String::new, |it| file_system::bought(&it.file_system).join(", "))
}

/// What is cheaper in a cell.
const ENA: char = '─';
const EFA: char = '█';
const ONLY_EFA: char = '▒';
const UNKNOWN: char = '?';
/// Where EFA begins to pay.
const LINE: char = '│';

/// Writes rows of clients and columns of rates, with a line from which on EFA pays.
fn map(page: &mut Page, answer: &EfaBreakEven) {
    const WIDEST_CELL: usize = 4;
    const LABEL: usize = "1,000".len();
    let lead = 2 + COLUMNS.first().map_or(0, |clients| clients.head.len()) + 2;
    // the last column is as wide as its label
    let others = answer.rates_mb_per_s.len().saturating_sub(1).max(1);
    let wide = (page.width().saturating_sub(lead + LABEL) / others).clamp(1, WIDEST_CELL);
    page.line(&Text::new().bold("Rate of all clients, GB/s"));
    page.line(&axis(&answer.rates_mb_per_s, lead, wide));
    for row in &answer.rows {
        let cells = answer.cells.iter().filter(|cell| cell.clients == row.clients);
        let from = row.break_even.as_ref().map(|at| at.from_mb_per_s);
        let first = cells.clone().position(|cell| from.is_some_and(|from| cell.rate_mb_per_s >= from));
        let marks: String = cells.enumerate().map(|(i, cell)| marked(cell, wide, first == Some(i))).collect();
        let clients = format!("{:>width$}  ", row.clients, width = lead - 2);
        page.line(&Text::new().bold(&clients).push(USED, marks.trim_end()));
    }
    let mut legend = vec![(ENA, "ENA costs no more"), (EFA, "EFA is cheaper"), (ONLY_EFA, "only EFA goes")];
    if answer.cells.iter().any(|cell| cell.partial) {
        legend.push((UNKNOWN, "a price is not known"));
    }
    legend.push((LINE, "EFA pays on"));
    let items = legend.iter().map(|(mark, means)| Text::new().dim(&format!("{mark} {means}")));
    page.items(2, 2, items.collect());
}

fn marked(cell: &EfaCell, wide: usize, first: bool) -> String {
    let mark = match (cell.ena_usd_per_month, cell.efa_usd_per_month) {
        (None, None) => ' ',
        (None, Some(_)) => ONLY_EFA,
        (Some(_), Some(_)) if cell.partial => UNKNOWN,
        (Some(ena), Some(efa)) if efa < ena => EFA,
        (Some(_), _) => ENA,
    };
    (0..wide).map(|i| if first && i == 0 { LINE } else { mark }).collect()
}

/// The powers of ten above their columns.
fn axis(rates: &[f64], lead: usize, wide: usize) -> Text {
    let mut line = String::new();
    for (i, rate) in rates.iter().enumerate() {
        let at = lead + i * wide;
        if is_power_of_ten(*rate) && line.chars().count() <= at {
            line += &" ".repeat(at - line.chars().count());
            line += &count(rate / 1000.0);
        }
    }
    Text::new().dim(&line)
}

/// Whether a number is a power of ten.
fn is_power_of_ten(number: f64) -> bool {
    format!("{number:e}").starts_with("1e")
}

/// Writes the reasons, each with the numbers of clients of which it holds.
fn reasons(page: &mut Page, rows: &[EfaRow]) {
    for same in rows.chunk_by(|a, b| a.reason == b.reason) {
        let numbers: Vec<String> = same.iter().map(|row| row.clients.to_string()).collect();
        let who = match same {
            [only] => plural(u32::try_from(only.clients).unwrap_or(u32::MAX), "client"),
            _ => format!("{} clients", list(&numbers)),
        };
        page.flow(0, 2, &Text::new().bold(&who).plain(": ").plain(same.first().map_or("", |row| &row.reason)));
    }
}
