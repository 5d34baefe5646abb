//! The answer of `calibrate`: assumptions fitted to measurements.

use fsx_model::calibrate::{Calibrated, CalibratedAssumption, CalibratedRow, Errors};
use fsx_model::estimate::Range;

use super::accuracy::{of, off};
use super::columns::{Column, column, meanings, table};
use super::explain::heading;
use super::findings;
use super::format::{count, figure, percent, plural, range};
use super::grid::Side;
use super::page::{Page, Text};

const ASSUMPTIONS: &[Column] = &[
    column("assumption", Side::Left, 10, "its id"),
    column("before", Side::Right, 8, "value before the fit"),
    column("its 90%", Side::Right, 6, "5 to 95 % of where it could lie before"),
    column("unit", Side::Left, 5, "unit of all values"),
    column("fitted", Side::Right, 9, "value after the fit"),
    column("90%", Side::Right, 8, "5 to 95 % of where it may lie now"),
    column("cases", Side::Right, 7, "independent cases that bear on it"),
];

const ROWS: &[Column] = &[
    column("measurement", Side::Left, 10, "its name"),
    column("case", Side::Left, 3, "what it has in common with others"),
    column("measured", Side::Right, 9, "what was measured"),
    column("before", Side::Right, 8, "prediction before the fit"),
    column("ratio", Side::Right, 7, "that over what was measured"),
    column("fitted", Side::Right, 9, "prediction after it"),
    column("its ratio", Side::Right, 7, "that over what was measured"),
    column("90%", Side::Right, 4, "5 to 95 % of what one would measure, after the fit"),
    column("left out", Side::Right, 6, "the ratio by what the other cases say"),
    column("family", Side::Left, 2, "family of the workload"),
];

const ERRORS: &[Column] = &[
    column("predictions", Side::Left, 10, "with which assumptions"),
    column("median", Side::Right, 9, "median error, of |ln(predicted / measured)|, either way"),
    column("90%", Side::Right, 9, "90 % of the errors are at most this"),
    column("inside", Side::Right, 9, "measurements inside their 90 % interval"),
];

/// Writes the fit; with `explained`, assumptions that the measurements say nothing of, and the meaning of the columns.
pub(crate) fn show(page: &mut Page, answer: &Calibrated, explained: bool) {
    let informed: Vec<_> = answer.assumptions.iter().filter(|it| explained || it.informed).collect();
    let title = format!(
        "{} fitted to {}",
        plural(of(answer.assumptions.iter().filter(|it| it.informed).count()), "assumption"),
        plural(of(answer.rows.len()), "measurement")
    );
    page.flow(0, 2, &Text::new().bold(&title));
    if !answer.converged {
        page.flow(2, 4, &Text::new().plain("the fit did not end at a minimum: read it with care"));
    }
    if informed.is_empty() {
        page.flow(2, 4, &Text::new().plain("the measurements say nothing new of any assumption"));
    } else {
        heading(page, "Assumptions");
        table(page, ASSUMPTIONS, &informed.into_iter().map(assumption).collect::<Vec<_>>(), 1);
    }
    heading(page, "Measurements");
    table(page, ROWS, &answer.rows.iter().map(row).collect::<Vec<_>>(), 2);
    heading(page, "Errors");
    let error = |name: &str, it: &Errors| vec![name.to_owned(), off(it.median), off(it.p90), percent(it.inside)];
    let mut cells = vec![error("before the fit", &answer.before), error("after it", &answer.after)];
    cells.extend(answer.left_out.iter().map(|it| error("each case left out", it)));
    table(page, ERRORS, &cells, 1);
    if answer.left_out.is_none() {
        page.flow(2, 4, &Text::new().dim("with one case, nothing can be left out: errors after the fit are too small"));
    }
    if answer.assumptions.iter().any(|it| it.informed) {
        heading(page, "To put in a scenario");
        for line in answer.toml.lines() {
            page.line(&Text::new().plain("  ").plain(line));
        }
    }
    findings::brief(page, &answer.findings);
    if explained {
        meanings(page, ASSUMPTIONS);
        meanings(page, ROWS);
    }
}

fn assumption(it: &CalibratedAssumption) -> Vec<String> {
    vec![
        it.id.to_owned(),
        figure(it.before.mid),
        range(&it.before, figure),
        it.unit.to_owned(),
        figure(it.after.mid),
        range(&it.after, figure),
        count(of(it.cases)),
    ]
}

fn row(it: &CalibratedRow) -> Vec<String> {
    let ratio = |range: &Range| figure(range.mid / it.measured);
    vec![
        it.id.clone(),
        it.case.clone(),
        figure(it.measured),
        figure(it.before.mid),
        ratio(&it.before),
        figure(it.after.mid),
        ratio(&it.after),
        range(&it.after, figure),
        it.left_out.as_ref().map_or_else(String::new, ratio),
        it.family.to_owned(),
    ]
}
