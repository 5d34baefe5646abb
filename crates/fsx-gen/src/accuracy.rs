//! Tables of the front page and of the page on validation: predictions beside published measurements.

use std::fmt::Write as _;
use std::io;

use fsx_model::accuracy::{Accuracy, AccuracyQuery, Baseline, Group, PredictedRow, System, accuracy, factor};
use fsx_model::calibrate::APART;

/// Worst predictions that are named.
const WORST: usize = 8;

/// The tables by the name of their place.
pub(crate) struct Tables {
    pub families: String,
    pub baselines: String,
    pub worst: String,
    pub fsx: String,
    pub others: String,
    pub training: String,
    pub assumptions: String,
    pub excluded: String,
}

pub(crate) fn tables() -> io::Result<Tables> {
    let all = accuracy(&AccuracyQuery { family: None }).map_err(io::Error::other)?;
    let is_training = |row: &&PredictedRow| row.family.starts_with("training");
    Ok(Tables {
        families: families(&all),
        baselines: baselines(&all),
        worst: worst(&all),
        fsx: rows(all.rows.iter().filter(|row| row.system == System::Fsx)),
        others: rows(all.rows.iter().filter(|row| row.system == System::Lustre && !is_training(row))),
        training: rows(all.rows.iter().filter(is_training)),
        assumptions: assumptions(&all),
        excluded: excluded(&all),
    })
}

fn families(all: &Accuracy) -> String {
    let mut table =
        "| family | rows | cases | median error | 90 % within | inside | high / low | median, case left out | \
                     90 % within | inside | high / low |\n\
                     | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
            .to_owned();
    let cells = |group: &Group| {
        format!("{} | {} | {:.0} % | {:.2}", off(group.median), off(group.p90), group.inside * 100.0, group.width)
    };
    let mut add = |name: &str, group: &Group, left_out: Option<&Group>| {
        let without = left_out.map_or_else(|| " | | | ".to_owned(), cells);
        let _ = writeln!(table, "| {name} | {} | {} | {} | {without} |", group.rows, group.cases, cells(group));
    };
    for group in &all.families {
        let left_out = all.left_out.families.iter().find(|other| other.id == group.id);
        let mark = if APART.contains(&group.id.as_str()) { " \\*" } else { "" };
        add(&format!("`{}`{mark}", group.id), group, left_out);
    }
    add("**all of FSx**", &all.all, Some(&all.left_out.all));
    add("**grades A and B without \\***", &all.compared, Some(&all.left_out.compared));
    for group in &all.other_systems {
        add(&format!("`{}`, other systems", group.id), group, None);
    }
    table
}

fn baselines(all: &Accuracy) -> String {
    let mut table = "| formula | rows | its median error | 90 % within | the model's median | 90 % within |\n\
                     | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    let mut add = |name: &str, it: &Baseline| {
        let _ = writeln!(
            table,
            "| {name} | {} | {} | {} | {} | {} |",
            it.rows,
            off(it.median),
            off(it.p90),
            off(it.model_median),
            off(it.model_p90)
        );
    };
    add("smallest ceiling of file system and clients", &all.baselines.ceilings);
    add("throughput the file system is ordered with", &all.baselines.provisioned);
    table
}

fn worst(all: &Accuracy) -> String {
    let mut fsx: Vec<_> = all.rows.iter().filter(|row| row.system == System::Fsx).collect();
    fsx.sort_by(|a, b| b.error().total_cmp(&a.error()));
    rows(fsx.into_iter().take(WORST))
}

fn rows<'a>(rows: impl Iterator<Item = &'a PredictedRow>) -> String {
    let mut table =
        "| id | what was done | measured | predicted | 90 % interval | unit | ratio | inside | ratio, case \
                     left out | grade | family |\n\
                     | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
            .to_owned();
    for row in rows {
        let left_out = row.left_out.map_or_else(String::new, |range| ratio(range.mid / row.measured));
        let _ = writeln!(
            table,
            "| [{}]({}) | {} | {} | {} | {} to {} | {} | {} | {} | {left_out} | {} | `{}` |",
            row.id,
            row.source.replace('(', "%28").replace(')', "%29"),
            row.workload,
            number(row.measured),
            number(row.predicted.mid),
            number(row.predicted.low),
            number(row.predicted.high),
            row.unit,
            ratio(row.predicted.mid / row.measured),
            if row.inside { "yes" } else { "**no**" },
            row.grade,
            row.family
        );
    }
    table
}

fn assumptions(all: &Accuracy) -> String {
    let mut table = "| id | taken | range | fitted | 5 to 95 % | least and most without a case | cases | unit |\n\
                     | --- | --- | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for it in all.assumptions.iter().filter(|it| it.cases > 0) {
        let _ = writeln!(
            table,
            "| `{}` | {} | {} to {} | {} | {} to {} | {} to {} | {} | {} |",
            it.id,
            it.mid,
            it.low,
            it.high,
            number(it.fitted.mid),
            number(it.fitted.low),
            number(it.fitted.high),
            number(it.least_without_a_case),
            number(it.most_without_a_case),
            it.cases,
            it.unit
        );
    }
    table
}

fn excluded(all: &Accuracy) -> String {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for it in &all.excluded {
        match reasons.iter_mut().find(|(reason, _)| *reason == it.reason) {
            Some((_, ids)) => ids.push(&it.id),
            None => reasons.push((&it.reason, vec![&it.id])),
        }
    }
    let mut table = "| rows | why |\n| --- | --- |\n".to_owned();
    for (reason, ids) in reasons {
        let _ = writeln!(table, "| {} | {reason} |", ids.join(", "));
    }
    table
}

/// An error as a share, or as a factor where it is large.
fn off(error: f64) -> String {
    const LARGE: f64 = 1.5;
    let factor = factor(error);
    if factor < LARGE { format!("{:.1} %", (factor - 1.0) * 100.0) } else { format!("×{factor:.2}") }
}

fn ratio(ratio: f64) -> String {
    format!("{ratio:.2}")
}

/// Three significant digits, all of those before the point.
fn number(value: f64) -> String {
    const WHOLE_FROM: f64 = 99.95;
    if value >= WHOLE_FROM {
        return fsx_model::finding::whole_number(value);
    }
    let digits = if value >= 9.995 {
        1
    } else if value >= 0.9995 {
        2
    } else {
        3
    };
    format!("{value:.digits$}")
}
