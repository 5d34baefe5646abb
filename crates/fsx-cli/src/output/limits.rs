//! Limits as bars against the prediction.

use anstyle::Style;
use fsx_model::catalog::terms::StorageType;
use fsx_model::estimate::{Load, Range, Regime, WorkloadEstimate};
use fsx_model::model::LimitId;

use super::format::{Rate, percent};
use super::page::{Page, Text};
use super::style::{BOLD, BOTTLENECK, DIM, PLAIN, USED};
use super::words::{label, lost};

/// From this width on, names have their id beside them and the burst has bars of its own.
const WIDE: usize = 110;
/// Below this width, the burst has its values only.
const NARROW: usize = 76;
/// Widest bar.
const LONGEST_BAR: usize = 48;
const LABEL: usize = 19;
const ID: usize = 21;
const VALUE: usize = 7;
const SHARE: usize = 5;
/// A regime's numbers with the spaces before them.
const NUMBERS: usize = 2 + VALUE + SHARE;

/// Writes one line for the prediction and one for each limit.
///
/// All bars have one scale, which ends at the largest limit or at three times the prediction, whichever is less. The
/// full part of a bar is in use, by others too where it is grey; the light part is room to spare.
pub(crate) fn show(page: &mut Page, answer: &WorkloadEstimate, rate: Rate, storage: StorageType) {
    let chart = Chart::new(page.width(), answer, rate, storage);
    page.line(&chart.head());
    page.line(&chart.prediction());
    for limit in &answer.limits {
        page.line(&chart.limit(limit.id, limit.sustained, limit.burst));
    }
    if answer.limits.iter().any(|limit| share_of_others(limit.sustained, &answer.sustained) > 0.0) {
        let bursting = answer.burst.as_ref().map(|burst| burst.regime.bottleneck);
        let marked = |id| id != answer.sustained.bottleneck && Some(id) != bursting;
        let held_up = lost(answer).is_some_and(|lost| marked(lost.at));
        let held_up = if held_up { ", ▷ where others hold it up" } else { "" };
        page.flow(4, 4, &Text::new().dim(&format!("█ this workload, ▒ the others, ░ to spare{held_up}")));
    }
}

/// Share of a limit's part that other workloads use.
fn share_of_others(load: Load, now: &Regime) -> f64 {
    const ROUNDING: f64 = 1e-6;
    let share = load.utilization - now.rate().0.mid / load.value;
    if share > ROUNDING { share } else { 0.0 }
}

struct Chart<'a> {
    answer: &'a WorkloadEstimate,
    rate: Rate,
    storage: StorageType,
    wide: bool,
    /// Columns of the burst's numbers.
    burst: usize,
    scale: Scale,
}

/// Cells of a bar and the value its end stands for.
#[derive(Clone, Copy)]
struct Scale {
    cells: usize,
    end: f64,
}

impl<'a> Chart<'a> {
    fn new(width: usize, answer: &'a WorkloadEstimate, rate: Rate, storage: StorageType) -> Self {
        let wide = width >= WIDE;
        let burst = match answer.burst {
            None => 0,
            Some(_) if width < NARROW => 2 + VALUE,
            Some(_) => NUMBERS,
        };
        let names = 4 + LABEL + if wide { ID + 2 } else { 0 };
        let left = width.saturating_sub(names + 1 + NUMBERS + burst);
        let both = wide && burst > 0;
        let bars = if both { left.saturating_sub(3) / 2 } else { left };
        let scale = Scale { cells: bars.clamp(4, LONGEST_BAR), end: end(answer, both) };
        Self { answer, rate, storage, wide, burst, scale }
    }

    fn head(&self) -> Text {
        let title = format!("Limits, {}", self.rate.name());
        let names = 4 + LABEL + if self.wide { ID + 2 } else { 0 };
        let mut line =
            Text::new().plain("  ").push(BOLD, &title).plain(&" ".repeat(names.saturating_sub(2 + title.len())));
        line = line.plain(&" ".repeat(1 + self.scale.cells)).dim(&format!("{:>NUMBERS$}", "sustained"));
        if self.answer.burst.is_some() {
            if self.wide {
                line = line.plain(&" ".repeat(3 + self.scale.cells));
            }
            line = line.dim(&format!("{:>width$}", "burst", width = self.burst));
        }
        line
    }

    fn name(&self, marker: &str, style: Style, name: &str, id: &str) -> Text {
        let text = Text::new()
            .push(if marker.is_empty() { PLAIN } else { BOTTLENECK }, &format!("  {marker:<2}"))
            .push(style, &format!("{name:<LABEL$}"));
        if self.wide { text.dim(&format!("  {id:<ID$}")) } else { text }
    }

    fn prediction(&self) -> Text {
        let number = |range: &Range| Text::new().bold(&format!("  {:>VALUE$}", self.rate.number(range.mid)));
        let sustained = &self.answer.sustained.rate().0;
        let mut line = self.name("", BOLD, "prediction", "").plain(" ").push(BOLD, &self.scale.interval(sustained));
        line = line.and(number(sustained));
        if let Some(burst) = &self.answer.burst {
            line = line.plain(&" ".repeat(SHARE));
            let range = &burst.regime.rate().0;
            if self.wide {
                line = line.plain("   ").push(BOLD, &self.scale.interval(range));
            }
            line = line.and(number(range));
        }
        line
    }

    fn limit(&self, id: LimitId, sustained: Load, burst: Option<Load>) -> Text {
        let bursting = self.answer.burst.as_ref().map(|burst| burst.regime.bottleneck);
        let holds = id == self.answer.sustained.bottleneck;
        let holds_burst = bursting == Some(id);
        let marker = match lost(self.answer) {
            _ if holds || holds_burst => "▶",
            Some(lost) if lost.at == id => "▷",
            _ => "",
        };
        let style = if holds || holds_burst { BOTTLENECK } else { PLAIN };
        let mut line = self.name(marker, style, label(id, self.storage), id.as_str()).plain(" ");
        let others = share_of_others(sustained, &self.answer.sustained);
        line = line.and(self.scale.bar(sustained, others, holds)).and(self.numbers(sustained, holds));
        if let Some(bursting) = &self.answer.burst {
            let load = burst.unwrap_or(sustained);
            if self.wide {
                let others = share_of_others(load, &bursting.regime);
                line = line.plain("   ").and(self.scale.bar(load, others, holds_burst));
            }
            line = line.and(if self.burst < NUMBERS {
                self.value(load, holds_burst)
            } else {
                self.numbers(load, holds_burst)
            });
        }
        line
    }

    fn value(&self, load: Load, holds: bool) -> Text {
        let style = if holds { BOTTLENECK } else { PLAIN };
        Text::new().push(style, &format!("  {:>VALUE$}", self.rate.number(load.value)))
    }

    fn numbers(&self, load: Load, holds: bool) -> Text {
        let style = if holds { BOTTLENECK } else { DIM };
        self.value(load, holds).push(style, &format!("{:>SHARE$}", percent(load.utilization)))
    }
}

/// Where the scale ends: at the largest limit, or at three times the prediction, but not before the interval's end.
fn end(answer: &WorkloadEstimate, with_burst: bool) -> f64 {
    const TIMES_PREDICTION: f64 = 3.0;
    let bursting = answer.burst.as_ref().filter(|_| with_burst).map(|burst| burst.regime.rate().0);
    let rates = || [Some(answer.sustained.rate().0), bursting].into_iter().flatten();
    let loads = answer.limits.iter().flat_map(|limit| [Some(limit.sustained), limit.burst.filter(|_| with_burst)]);
    let largest = loads.flatten().map(|load| load.value).fold(0.0, f64::max);
    let reach = rates().map(|range| range.mid * TIMES_PREDICTION).fold(0.0, f64::max);
    rates().map(|range| range.high).fold(largest.min(reach), f64::max)
}

impl Scale {
    /// Eighths of a cell up to a value.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 0 and the bar's length")]
    fn eighths(self, value: f64) -> usize {
        let cells = f64::from(u32::try_from(self.cells).unwrap_or(u32::MAX));
        let share = if self.end > 0.0 { (value / self.end).clamp(0.0, 1.0) } else { 0.0 };
        (share * cells * 8.0).round() as usize
    }

    /// The cell a value falls in.
    fn cell(self, value: f64) -> usize {
        (self.eighths(value) / 8).min(self.cells.saturating_sub(1))
    }

    /// `├──┼──┤`, its middle where bars of this value end.
    fn interval(self, range: &Range) -> String {
        let (low, mid, high) = (self.cell(range.low), self.cell(range.mid), self.cell(range.high));
        let mark = |cell: usize| match cell {
            _ if cell == mid => '┼',
            _ if cell == low => '├',
            _ if cell == high => '┤',
            _ if cell > low && cell < high => '─',
            _ => ' ',
        };
        (0..self.cells).map(mark).collect()
    }

    /// A bar: used part full, that of others grey, the rest light, an arrow where it goes on.
    fn bar(self, load: Load, others: f64, holds: bool) -> Text {
        const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        let all = self.eighths(load.value);
        let up_to = |share: f64| self.eighths(load.value * share.min(1.0)).min(all);
        let own = up_to(load.utilization - others);
        let mut full = "█".repeat(own / 8);
        full.push_str(PARTS[own % 8]);
        let own = own.div_ceil(8);
        let filled = up_to(load.utilization).div_ceil(8).max(own);
        let mut grey = "▒".repeat(filled - own);
        let length = all.div_ceil(8).max(1);
        let beyond = load.value > self.end * 1.000_001;
        let mut rest = "░".repeat(length.saturating_sub(filled));
        if beyond && (rest.pop().is_some() || grey.pop().is_some()) {
            rest.push('▸');
        }
        let pad = self.cells.saturating_sub(length.max(filled));
        let style = if holds { BOTTLENECK } else { USED };
        Text::new().push(style, &full).plain(&grey).dim(&rest).plain(&" ".repeat(pad))
    }
}
