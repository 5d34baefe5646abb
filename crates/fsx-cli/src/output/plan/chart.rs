//! The frontier as bars: what a month costs, and what that buys at most.

use fsx_model::plan::{FrontierPoint, Plan, Proposal, Requirement};

use super::super::format::count;
use super::super::money::column;
use super::super::page::{Page, Text};
use super::super::style::{BOLD, DIM, PLAIN, USED};
use super::value;
use super::winner::is_asked;

/// Widest bar.
const LONGEST_BAR: usize = 48;
/// A bar shorter than this says too little for the name of its file system to stand beside it.
const SHORTEST_BAR: usize = 16;

/// Writes a bar for each point, with a mark where the target is.
pub(super) fn show(page: &mut Page, requirement: &Requirement, plan: &Plan, best: &Proposal) {
    if plan.frontier.len() < 2 {
        return;
    }
    let asked: Vec<_> = best.targets.iter().filter(|it| is_asked(requirement, it)).collect();
    let unit = plan.frontier.first().map_or("", |point| point.unit);
    let of = asked.iter().find(|target| target.unit == unit);
    let target = if unit == "×" { Some(1.0) } else { of.map(|target| target.target) };
    let what = match (unit, of) {
        ("×", _) => "how many times all targets are reached".to_owned(),
        ("s", Some(of)) => format!("the time {} takes, the shorter the better", of.workload),
        (_, Some(of)) => format!("what {} reaches", of.workload),
        _ => match best.estimate.workloads.as_slice() {
            [only] => format!("what {} reaches", only.name),
            _ => "what is reached".to_owned(),
        },
    };
    page.gap();
    let title = Text::new().bold("What more, or less, costs at least");
    page.flow(0, 2, &title.dim(&format!(" · $/month against {what}")));
    let usd = column(&plan.frontier.iter().map(|point| point.usd_per_month).collect::<Vec<_>>());
    let rows: Vec<_> = plan.frontier.iter().zip(usd).map(|(point, usd)| Row::new(point, usd, best)).collect();
    Chart::new(page.width(), &rows, target).show(page, &rows);
}

struct Row {
    usd: String,
    value: f64,
    shown: String,
    name: String,
    best: bool,
}

impl Row {
    fn new(point: &FrontierPoint, usd: String, best: &Proposal) -> Self {
        let raw = &point.file_system;
        Self {
            usd: format!("${usd}"),
            value: point.value,
            shown: if point.unit == "×" {
                format!("×{}", count(point.value))
            } else {
                value(point.value, point.unit)
            },
            name: format!("{}, {}", point.family, super::others::size(raw)),
            best: *raw == best.file_system,
        }
    }
}

struct Chart {
    usd: usize,
    shown: usize,
    cells: usize,
    /// Whether the name stands beside the bar.
    beside: bool,
    end: f64,
    target: Option<f64>,
}

impl Chart {
    fn new(width: usize, rows: &[Row], target: Option<f64>) -> Self {
        let widest = |of: fn(&Row) -> usize| rows.iter().map(of).max().unwrap_or(0);
        let usd = widest(|row| row.usd.chars().count());
        let shown = widest(|row| row.shown.chars().count());
        let name = widest(|row| row.name.chars().count());
        // two before, and two between
        let room = width.saturating_sub(4 + usd + 2 + 2 + shown);
        let with_name = room.saturating_sub(name + 2);
        let beside = with_name >= SHORTEST_BAR;
        let cells = if beside { with_name } else { room }.clamp(1, LONGEST_BAR);
        let end = rows.iter().map(|row| row.value).chain(target).fold(0.0, f64::max);
        Self { usd, shown, cells, beside, end, target }
    }

    fn show(&self, page: &mut Page, rows: &[Row]) {
        for row in rows {
            let style = if row.best { BOLD } else { PLAIN };
            let lead = format!("  {} {}{}  ", if row.best { "▶" } else { " " }, pad(&row.usd, self.usd), row.usd);
            let after = format!("  {}{}", pad(&row.shown, self.shown), row.shown);
            let text = Text::new().push(style, &lead).and(self.bar(row.value)).push(style, &after);
            if self.beside {
                page.line(&text.push(if row.best { BOLD } else { DIM }, &format!("  {}", row.name)));
            } else {
                page.line(&text);
                let indent = 4 + self.usd + 2;
                page.flow(indent, indent + 2, &Text::new().push(if row.best { BOLD } else { DIM }, &row.name));
            }
        }
        if self.target.is_some() {
            let best = if rows.iter().any(|row| row.best) { "▶ what to buy, " } else { "" };
            page.flow(4, 4, &Text::new().dim(&format!("{best}│ what is asked")));
        }
    }

    /// A bar of `cells` cells, with the mark in it.
    fn bar(&self, value: f64) -> Text {
        const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
        let eighths = whole_below(value / self.end * whole(self.cells) * 8.0).max(1);
        let cell = |i: usize| match eighths.saturating_sub(i * 8) {
            0 => ' ',
            part if part < 8 => EIGHTHS[part],
            _ => '█',
        };
        let mark = self.target.map(|target| whole_below(target / self.end * whole(self.cells)).min(self.cells - 1));
        let bar: String = (0..self.cells).map(|i| if mark == Some(i) { '│' } else { cell(i) }).collect();
        Text::new().push(USED, &bar)
    }
}

fn pad(text: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(text.chars().count()))
}

fn whole(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

/// The whole number below a small one.
fn whole_below(value: f64) -> usize {
    (0..=8 * LONGEST_BAR).rev().find(|number| whole(*number) <= value).unwrap_or(0)
}
