//! The answer of `accuracy`: how far predictions are off.

use fsx_model::accuracy::{Accuracy, Baseline, Group, PredictedRow, StableAssumption, System, factor};
use fsx_model::calibrate::APART;
use fsx_model::estimate::Range;

use super::columns::{Column, column, meanings, table};
use super::explain::heading;
use super::format::{count, figure, percent, plural, range, short};
use super::grid::Side;
use super::page::{Page, Text};

/// Worst predictions that are shown without being asked for.
const WORST: usize = 10;

const GROUPS: &[Column] = &[
    column("family", Side::Left, 10, "family of workload, which follows from the scenario; * no formula follows it"),
    column("rows", Side::Right, 8, "measurements"),
    column("cases", Side::Right, 5, "independent cases among them"),
    column("median", Side::Right, 9, "median error, of |ln(predicted / measured)|, either way"),
    column("90%", Side::Right, 9, "90 % of the errors are at most this"),
    column("inside", Side::Right, 9, "measurements inside their 90 % interval"),
    column("high/low", Side::Right, 7, "median width of the intervals"),
    column("left out", Side::Right, 8, "median error when each case is predicted by what all other cases say"),
    column("its 90%", Side::Right, 6, "90 % of these errors are at most this"),
    column("its inside", Side::Right, 6, "measurements inside the interval that then holds"),
    column("its high/low", Side::Right, 4, "median width of these intervals"),
];

const BASELINES: &[Column] = &[
    column("formula", Side::Left, 10, "what else could be said"),
    column("rows", Side::Right, 7, "measurements that it says something of"),
    column("median", Side::Right, 9, "its median error"),
    column("90%", Side::Right, 8, "90 % of its errors are at most this"),
    column("model", Side::Right, 9, "the model's median error on the same measurements"),
    column("model 90%", Side::Right, 6, "90 % of the model's errors are at most this"),
];

const ROWS: &[Column] = &[
    column("id", Side::Left, 10, "case and number of the measurement"),
    column("what was done", Side::Left, 4, "as the source says"),
    column("measured", Side::Right, 9, "what was measured"),
    column("predicted", Side::Right, 9, "mid value of the model"),
    column("interval", Side::Right, 6, "5 to 95 % of what one would measure"),
    column("unit", Side::Left, 8, "unit of all values"),
    column("ratio", Side::Right, 9, "predicted over measured"),
    column("inside", Side::Left, 7, "whether the interval holds what was measured"),
    column("left out", Side::Right, 5, "the ratio when this case has set nothing"),
    column(
        "grade",
        Side::Left,
        3,
        "A: complete enough; B: an input or two are missing, or read from a chart; C: vague",
    ),
];

const ASSUMPTIONS: &[Column] = &[
    column("assumption", Side::Left, 10, "its id"),
    column("mid", Side::Right, 8, "value that the model takes"),
    column("range", Side::Right, 7, "what users would find"),
    column("unit", Side::Left, 5, "unit of all values"),
    column("fitted", Side::Right, 9, "where all measurements put it"),
    column("90%", Side::Right, 6, "5 to 95 % of where it may lie"),
    column("without a case", Side::Right, 8, "the least and the most it comes to when any one case is left out"),
    column("cases", Side::Right, 4, "independent cases that bear on it"),
];

/// Writes how far predictions are off; with `explained`, every measurement, what is left out, and the assumptions.
pub(crate) fn show(page: &mut Page, answer: &Accuracy, one_family: bool, explained: bool) {
    let fsx = answer.rows.iter().filter(|row| row.system == System::Fsx).count();
    let others = match answer.rows.len() - fsx {
        0 => String::new(),
        others => format!(" and {} of other systems", count(of(others))),
    };
    let title = format!("{} of FSx{others} beside their predictions", plural(of(fsx), "published measurement"));
    page.flow(0, 2, &Text::new().bold(&title));
    page.gap();
    groups(page, answer, one_family);
    if answer.baselines.ceilings.rows > 0 {
        heading(page, "Simpler formulas on the same measurements");
        baselines(page, answer);
    }
    let all = one_family || explained;
    heading(page, if all { "Measurements" } else { "Farthest off, of FSx" });
    rows(page, &chosen(answer, all));
    if explained {
        if !answer.assumptions.is_empty() {
            heading(page, "Assumptions by these measurements");
            let cells: Vec<_> = answer.assumptions.iter().map(assumption).collect();
            table(page, ASSUMPTIONS, &cells, 1);
        }
        meanings(page, GROUPS);
        meanings(page, ROWS);
    }
    excluded(page, answer, explained);
    if !explained {
        page.gap();
        page.flow(2, 4, &Text::new().dim("--explain lists every measurement, and the meaning of the columns"));
    }
}

fn groups(page: &mut Page, answer: &Accuracy, one_family: bool) {
    let left_out = |id: &str| answer.left_out.families.iter().find(|group| group.id == id);
    let family = |group: &Group| cells(&name(&group.id), group, left_out(&group.id));
    let mut rows: Vec<_> = answer.families.iter().map(family).collect();
    if !one_family {
        rows.push(cells("all of FSx", &answer.all, Some(&answer.left_out.all)));
        rows.push(cells("grades A, B without *", &answer.compared, Some(&answer.left_out.compared)));
    }
    if !rows.is_empty() {
        table(page, GROUPS, &rows, 1);
    }
    if !answer.other_systems.is_empty() {
        heading(page, "Other Lustre systems, on their own ceilings");
        let rows: Vec<_> = answer.other_systems.iter().map(|group| cells(&group.id, group, None)).collect();
        table(page, GROUPS, &rows, 1);
    }
}

/// A family; marked if no formula follows it.
fn name(id: &str) -> String {
    if APART.contains(&id) { format!("{id} *") } else { id.to_owned() }
}

fn cells(name: &str, group: &Group, left_out: Option<&Group>) -> Vec<String> {
    let of_group =
        |group: &Group| [off(group.median), off(group.p90), percent(group.inside), format!("{:.2}", group.width)];
    let without = left_out.map_or_else(|| [const { String::new() }; 4], of_group);
    let mut cells = vec![name.to_owned(), count(of(group.rows)), count(of(group.cases))];
    cells.extend(of_group(group));
    cells.extend(without);
    cells
}

fn baselines(page: &mut Page, answer: &Accuracy) {
    let row = |name: &str, it: &Baseline| {
        vec![name.to_owned(), count(of(it.rows)), off(it.median), off(it.p90), off(it.model_median), off(it.model_p90)]
    };
    let cells =
        [row("smallest ceiling", &answer.baselines.ceilings), row("throughput ordered", &answer.baselines.provisioned)];
    table(page, BASELINES, &cells, 1);
}

/// All measurements, or those of FSx that are farthest off, the farthest first.
fn chosen(answer: &Accuracy, all: bool) -> Vec<&PredictedRow> {
    let mut rows: Vec<_> = answer.rows.iter().filter(|row| all || row.system == System::Fsx).collect();
    if !all {
        rows.sort_by(|a, b| b.error().total_cmp(&a.error()));
        rows.truncate(WORST);
    }
    rows
}

fn rows(page: &mut Page, rows: &[&PredictedRow]) {
    let row = |it: &&PredictedRow| {
        let ratio = |range: &Range| figure(range.mid / it.measured);
        vec![
            it.id.clone(),
            it.workload.clone(),
            figure(it.measured),
            figure(it.predicted.mid),
            range(&it.predicted, figure),
            it.unit.to_owned(),
            ratio(&it.predicted),
            (if it.inside { "yes" } else { "no" }).to_owned(),
            it.left_out.as_ref().map_or_else(String::new, ratio),
            it.grade.clone(),
        ]
    };
    table(page, ROWS, &rows.iter().map(row).collect::<Vec<_>>(), 2);
}

fn assumption(it: &StableAssumption) -> Vec<String> {
    vec![
        it.id.to_owned(),
        short(it.mid),
        format!("{}–{}", short(it.low), short(it.high)),
        it.unit.to_owned(),
        figure(it.fitted.mid),
        range(&it.fitted, figure),
        format!("{}–{}", figure(it.least_without_a_case), figure(it.most_without_a_case)),
        count(of(it.cases)),
    ]
}

fn excluded(page: &mut Page, answer: &Accuracy, explained: bool) {
    if answer.excluded.is_empty() {
        return;
    }
    heading(page, "Not expressed");
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for it in &answer.excluded {
        match reasons.iter_mut().find(|(reason, _)| *reason == it.reason) {
            Some((_, ids)) => ids.push(&it.id),
            None => reasons.push((&it.reason, vec![&it.id])),
        }
    }
    if !explained {
        let text =
            format!("{} for {}", plural(of(answer.excluded.len()), "measurement"), plural(of(reasons.len()), "reason"));
        return page.flow(2, 4, &Text::new().plain(&text));
    }
    for (reason, ids) in reasons {
        page.flow(2, 4, &Text::new().bold(&ids.join(", ")).plain(": ").plain(reason));
    }
}

/// An error as a share, or as a factor where it is large.
pub(super) fn off(error: f64) -> String {
    const LARGE: f64 = 1.5;
    let factor = factor(error);
    if factor < LARGE { format!("{:.1}%", (factor - 1.0) * 100.0) } else { format!("×{}", figure(factor)) }
}

/// A count as a number to show.
pub(super) fn of(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}
