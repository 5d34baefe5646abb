//! Several workloads at once: one line for each, and who holds up whom.

use fsx_model::estimate::{Estimate, WorkloadEstimate};
use fsx_model::model::LimitId;
use fsx_model::scenario::{Scenario, Workload};

use super::format::{Rate, percent};
use super::grid::{self, Cell, Side};
use super::page::{GLUE, Page, Text};
use super::words::{label, lost, part, waits_at};
use super::workload::sentence;

/// Writes a line for each workload: what it reaches, how much of what it would reach alone, where it waits.
pub(crate) fn summary(page: &mut Page, scenario: &Scenario, estimate: &Estimate) {
    let all = || scenario.workloads.iter().zip(&estimate.workloads);
    let unit_width = all().map(|(raw, answer)| rate(raw, answer).name().len()).max().unwrap_or(0);
    let head = ["", "sustained", "of alone", "waits for"].map(|name| Text::new().dim(name)).to_vec();
    let rows: Vec<_> =
        std::iter::once(head).chain(all().map(|(raw, answer)| row(scenario, raw, answer, unit_width))).collect();
    page.line(&Text::new().plain("  ").bold(&format!("{} workloads at once", estimate.workloads.len())));
    let sides = [Side::Left, Side::Right, Side::Right, Side::Left];
    let cells: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().cloned().map(Cell::from).collect()).collect();
    if grid::wrapped(page, 4, &sides, &cells, MOST_LINES) {
        return;
    }
    for row in rows.iter().skip(1) {
        if let [name, number, share, place] = row.as_slice() {
            let text = name.clone().plain(": ").and(number.clone()).plain(", ").and(share.clone());
            page.flow(4, 6, &text.plain(" of what it would reach alone; waits for ").and(place.clone()));
        }
    }
}

/// Most lines of a row, whose name may wrap.
const MOST_LINES: usize = 2;

/// Writes what each workload reaches now: a table, or one line where there is just one.
pub(crate) fn now(page: &mut Page, scenario: &Scenario, estimate: &Estimate) {
    let (Some(raw), [answer]) = (scenario.workloads.first(), estimate.workloads.as_slice()) else {
        return summary(page, scenario, estimate);
    };
    let what = sentence(scenario, raw, answer);
    page.flow(0, 2, &Text::new().bold(&answer.name).plain(": ").plain(&what));
    let now = Text::new().plain("now ").bold(&rate(raw, answer).full(answer.sustained.rate().0.mid));
    let place = part(waits_at(answer), scenario.file_system.storage_type());
    page.flow(2, 2, &now.plain(&format!(", limited by {place}")));
}

fn rate(raw: &Workload, answer: &WorkloadEstimate) -> Rate {
    let (range, unit) = answer.sustained.rate();
    Rate::of(raw, range.mid, unit)
}

fn row(scenario: &Scenario, raw: &Workload, answer: &WorkloadEstimate, unit_width: usize) -> Vec<Text> {
    let rate = rate(raw, answer);
    let number = rate.number(answer.sustained.rate().0.mid);
    let pad = GLUE.to_string().repeat(unit_width.saturating_sub(rate.name().len()));
    let share = lost(answer).map_or(1.0, |lost| lost.share);
    vec![
        Text::new().plain(&answer.name),
        Text::new().bold(&number).plain(&format!("{GLUE}{}{pad}", rate.name())),
        Text::new().plain(&percent(share)),
        Text::new().plain(label(waits_at(answer), scenario.file_system.storage_type())),
    ]
}

/// A workload that uses a part which another waits for.
pub(crate) struct Taker<'a> {
    pub name: &'a str,
    /// Share of the part.
    pub share: f64,
}

/// Most workloads that a sentence names.
const MOST_NAMED: usize = 3;
/// A share of a part that is worth a name.
const WORTH_NAMING: f64 = 0.05;

/// The workloads that use most of a part which `answer` waits for.
pub(crate) fn takers<'a>(
    scenario: &Scenario,
    estimate: &'a Estimate,
    answer: &WorkloadEstimate,
    at: LimitId,
) -> Vec<Taker<'a>> {
    let all = || scenario.workloads.iter().zip(&estimate.workloads);
    let Some((own, _)) = all().find(|(_, other)| other.name == answer.name) else { return Vec::new() };
    let taker = |(raw, other): (&Workload, &'a WorkloadEstimate)| {
        let meet = other.name != answer.name && meet(scenario, own, raw, at);
        let limit = other.limits.iter().find(|limit| limit.id == at).filter(|_| meet)?;
        let share = other.sustained.rate().0.mid / limit.sustained.value;
        (share >= WORTH_NAMING).then_some(Taker { name: &other.name, share })
    };
    let mut takers: Vec<_> = all().filter_map(taker).collect();
    takers.sort_by(|a, b| b.share.total_cmp(&a.share));
    takers.truncate(MOST_NAMED);
    takers
}

/// Whether two workloads meet at a part: each client group has a network of its own, one way in and one way out.
fn meet(scenario: &Scenario, one: &Workload, other: &Workload, at: LimitId) -> bool {
    if !matches!(at, LimitId::ClientNetwork | LimitId::ClientToServerPath) {
        return true;
    }
    let groups = |workload| scenario.groups_of(workload).map(|(place, _)| place);
    let same_group = groups(one).any(|place| groups(other).any(|known| known == place));
    same_group && one.operation() == other.operation()
}
