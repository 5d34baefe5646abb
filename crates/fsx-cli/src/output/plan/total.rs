//! Storage against clients that wait: what more of it costs and saves, and where that matters little.

use fsx_model::plan::{Plan, PlanTotal, Proposal, Requirement, TotalPoint};

use super::super::format::{count, percent, tenths};
use super::super::grid::{self, Cell, Side};
use super::super::money::{column, usd};
use super::super::page::{Page, Text};
use super::super::style::{BOLD, PLAIN};
use super::others::{glued, size};

/// Writes the curve of a plan for the least total.
pub(super) fn show(page: &mut Page, requirement: &Requirement, plan: &Plan, best: &Proposal) {
    let Some(total) = &plan.total else { return };
    page.gap();
    let of = match requirement.compute_hours {
        Some(hours) => format!(" · total: a job of {} h of work", tenths(hours)),
        None => " · $/month".to_owned(),
    };
    page.line(&Text::new().bold("Storage against waiting").dim(&of));
    let columns = [
        column(&total.curve.iter().map(|it| it.usd_per_month).collect::<Vec<_>>()),
        column(&total.curve.iter().map(|it| it.lost_usd_per_month).collect::<Vec<_>>()),
        column(&total.curve.iter().map(|it| it.total_usd).collect::<Vec<_>>()),
    ];
    let sides = [Side::Left, Side::Right, Side::Right, Side::Right, Side::Right, Side::Left];
    let head = ["", "storage", "lost", "total", "work", "file system"];
    let mut rows: Vec<Vec<Cell>> = vec![head.iter().map(|name| Text::new().dim(name).into()).collect()];
    let mut lines = Vec::new();
    for (i, point) in total.curve.iter().enumerate() {
        let is_best = point.file_system == best.file_system;
        let style = if is_best { BOLD } else { PLAIN };
        let mark = if is_best {
            "▶"
        } else if is_flat(total, point) {
            "≈"
        } else {
            " "
        };
        let what = format!("{}, {}", glued(&point.family), size(&point.file_system));
        let [storage, lost, all] = columns.each_ref().map(|column| column[i].as_str());
        let work = format!("{}%", tenths(point.useful_share * 100.0));
        let cells = [mark, storage, lost, all, &work, &what];
        rows.push(cells.iter().map(|text| Text::new().push(style, text).into()).collect());
        lines.push(Text::new().push(style, &format!("{mark} ${storage} + ${lost} lost, {work} work: {what}")));
    }
    if !grid::wrapped(page, 2, &sides, &rows, 2) {
        lines.iter().for_each(|line| page.flow(2, 6, line));
    }
    let flat = &total.flat;
    let ends = format!("{} to {} a month", usd(flat.least_usd_per_month), usd(flat.most_usd_per_month));
    let flat = if flat.least_usd_per_month < flat.most_usd_per_month {
        format!("the total is within {} of the least with storage from {ends}", percent(flat.within))
    } else {
        format!("no other point is within {} of the least total", percent(flat.within))
    };
    page.flow(2, 4, &Text::new().plain(&flat).dim("; ▶ what to buy, ≈ nearly as good"));
    if let Some(job) = &total.job {
        let text = format!(
            "the job takes {} h: {} of storage and {} of clients, {} together",
            count(job.hours.round()),
            usd(job.file_system_usd),
            usd(job.clients_usd),
            usd(job.usd)
        );
        page.flow(2, 4, &Text::new().plain(&text));
    }
}

fn is_flat(total: &PlanTotal, point: &TotalPoint) -> bool {
    let flat = &total.flat;
    (flat.least_usd_per_month..=flat.most_usd_per_month).contains(&point.usd_per_month)
}
