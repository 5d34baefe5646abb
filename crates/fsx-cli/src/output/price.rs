//! The answer of `price`: the cost line by line.

use fsx_model::cost::{Cost, CostLine, Priced};
use fsx_model::scenario::{Pricing, Scenario};

use super::explain::heading;
use super::format::{count, figure, percent, tenths};
use super::grid::{self, Cell, Side};
use super::money::{line as in_a_line, rate, usd};
use super::page::{GLUE, Page, Text};
use super::style::{BOLD, PLAIN};
use super::{estimate, file_system, findings};

/// Writes what a design costs.
pub(crate) fn show(page: &mut Page, scenario: &Scenario, priced: &Priced) {
    file_system::title(page, "", &scenario.file_system, &scenario.region());
    if let Some(exists) = exists(scenario.pricing.as_ref()) {
        page.flow(2, 4, &Text::new().plain(&exists));
    }
    page.flow(2, 4, &in_a_line(&priced.cost, &scenario.region()));
    page.gap();
    lines(page, &priced.cost);
    missing(page, &priced.cost);
    // what is missing stands above already
    let others: Vec<_> = priced.findings.iter().filter(|it| it.code != "FSX-COST-PARTIAL").cloned().collect();
    findings::brief(page, &others);
    estimate::footer(page, &priced.model, &["before tax and discounts"]);
}

/// For how much of a month a file system is used, if not all of it.
pub(crate) fn exists(pricing: Option<&Pricing>) -> Option<String> {
    let pricing = pricing.filter(|pricing| pricing.duty_cycle() < 1.0)?;
    let hours = tenths(pricing.duty_cycle() * pricing.hours_per_month());
    let (share, all) = (percent(pricing.duty_cycle()), count(pricing.hours_per_month()));
    let times = match pricing.creations() {
        one if (one - 1.0).abs() < f64::EPSILON => "once".to_owned(),
        many => format!("{}{GLUE}times", tenths(many)),
    };
    Some(format!(
        "used {share} of the month ({hours} of {all}{GLUE}hours), made {times}; the time to fill it is counted"
    ))
}

/// The lines of a cost, and their sum.
pub(crate) fn lines(page: &mut Page, cost: &Cost) {
    if cost.lines.is_empty() {
        return page.flow(2, 4, &Text::new().plain("Nothing that is billed has a known price."));
    }
    if !as_table(page, cost) && !in_two_rows(page, cost) {
        as_blocks(page, cost);
    }
}

const HEAD: [&str; 8] = ["billed", "quantity", "unit", "rate", "$/month", "as of", "status", "source"];

/// One row for each line of the cost.
fn as_table(page: &mut Page, cost: &Cost) -> bool {
    const MOST_LINES: usize = 1;
    let mut rows: Vec<Vec<Cell>> = vec![HEAD.iter().map(|name| Text::new().dim(name).into()).collect()];
    rows.extend(cost.lines.iter().map(|line| {
        let [quantity, unit, rate, usd] = numbers(line);
        let [as_of, status, source] = origin(line);
        let first = Text::new().breakable(PLAIN, &line.item);
        let texts = [first, quantity, unit, rate, usd, as_of, status, source];
        texts.into_iter().map(Cell::from).collect()
    }));
    for (name, sum) in sums(cost) {
        let mut row = vec![Cell::default(); HEAD.len()];
        row[0] = Text::new().push(BOLD, &name).into();
        row[4] = Text::new().push(BOLD, &sum).into();
        rows.push(row);
    }
    let right = |name: &&str| if ["quantity", "rate", "$/month"].contains(name) { Side::Right } else { Side::Left };
    let sides: Vec<_> = HEAD.iter().map(right).collect();
    grid::wrapped(page, 2, &sides, &rows, MOST_LINES)
}

/// The price's origin below what is billed.
fn in_two_rows(page: &mut Page, cost: &Cost) -> bool {
    const MOST_LINES: usize = 2;
    let mut rows: Vec<Vec<Cell>> = vec![HEAD[..5].iter().map(|name| Text::new().dim(name).into()).collect()];
    for line in &cost.lines {
        let first = Text::new().breakable(PLAIN, &line.item);
        rows.push(std::iter::once(first).chain(numbers(line)).map(Cell::from).collect());
        let origin = origin(line).into_iter().reduce(|all, part| all.plain(" ").and(part)).unwrap_or_default();
        let mut second = vec![Cell { indent: 2, text: origin }];
        second.resize(5, Cell::default());
        rows.push(second);
    }
    for (name, sum) in sums(cost) {
        let mut row = vec![Cell::default(); 5];
        row[0] = Text::new().push(BOLD, &name).into();
        row[4] = Text::new().push(BOLD, &sum).into();
        rows.push(row);
    }
    let sides = [Side::Left, Side::Right, Side::Left, Side::Right, Side::Right];
    grid::wrapped(page, 2, &sides, &rows, MOST_LINES)
}

/// A block for each line.
fn as_blocks(page: &mut Page, cost: &Cost) {
    for line in &cost.lines {
        let [quantity, unit, rate, usd] = numbers(line);
        let [as_of, status, source] = origin(line);
        page.flow(2, 4, &Text::new().breakable(PLAIN, &line.item).plain(": ").bold("$").and(usd));
        page.items(4, 4, vec![quantity.plain(&GLUE.to_string()).and(unit).plain(" at ").and(rate)]);
        let dates = Text::new().dim("as of").plain(&GLUE.to_string()).and(as_of);
        let items = [dates, status, source];
        page.items(4, 4, items.into_iter().filter(|item| item.width() > 0).collect());
    }
    for (name, sum) in sums(cost) {
        page.flow(2, 4, &Text::new().bold(&format!("{name}: ${sum}")));
    }
}

fn sums(cost: &Cost) -> [(String, String); 2] {
    let known = if cost.partial { "known, " } else { "" };
    let sum = |value: f64| without_sign(&usd(value));
    [(format!("{known}a month"), sum(cost.usd_per_month)), (format!("{known}an hour"), sum(cost.usd_per_hour))]
}

fn without_sign(text: &str) -> String {
    text.replacen('$', "", 1)
}

fn numbers(line: &CostLine) -> [Text; 4] {
    [
        Text::new().plain(&number(line.quantity)),
        Text::new().plain(line.unit),
        Text::new().plain(&rate(line.rate_usd)),
        Text::new().plain(&without_sign(&usd(line.usd_per_month))),
    ]
}

fn origin(line: &CostLine) -> [Text; 3] {
    [
        Text::new().plain(line.as_of.as_deref().unwrap_or("not said")),
        Text::new().plain(line.status.as_str()),
        Text::new().plain(&line.source),
    ]
}

/// A quantity; a small one with the digits that matter.
fn number(value: f64) -> String {
    if value.abs() < 1.0 && value.fract() != 0.0 { figure(value) } else { count(value) }
}

/// What is billed but not counted, each with the reason.
pub(crate) fn missing(page: &mut Page, cost: &Cost) {
    if cost.missing.is_empty() {
        return;
    }
    heading(page, "  Not counted, or not in full");
    let mut told: Vec<&str> = Vec::new();
    for reason in cost.missing.iter().map(|missing| missing.reason.as_str()) {
        if told.contains(&reason) {
            continue;
        }
        told.push(reason);
        let items: Vec<_> = cost.missing.iter().filter(|it| it.reason == reason).map(|it| it.item.as_str()).collect();
        page.flow(4, 6, &Text::new().plain(&items.join(", ")).dim(": ").plain(reason));
    }
}
