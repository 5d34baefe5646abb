//! Tables of the documentation that follow from rules and assumptions, between markers in the pages.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use fsx_model::catalog::{ASSUMPTIONS, Assumption, FAMILIES, Law};
use fsx_model::presets::{Figures, PresetKind, PresetsQuery, presets};
use fsx_model::rules;
use fsx_model::spread::FIVE_PERCENT;

use crate::{Generated, accuracy};

/// Pages with generated parts.
pub(crate) fn files(root: &Path) -> io::Result<Vec<Generated>> {
    let measured = accuracy::tables()?;
    Ok(vec![
        page(root, "docs/rules.md", &[("rules", &rule_table())])?,
        page(root, "docs/assumptions.md", &[("assumptions", &assumption_table())])?,
        page(root, "docs/intervals.md", &[("families", &family_table())])?,
        page(root, "docs/presets.md", &[("presets", &preset_tables())])?,
        page(
            root,
            "docs/validation.md",
            &[
                ("accuracy", &measured.families),
                ("baselines", &measured.baselines),
                ("fsx", &measured.fsx),
                ("training", &measured.training),
                ("others", &measured.others),
                ("assumptions", &measured.assumptions),
                ("excluded", &measured.excluded),
            ],
        )?,
        page(root, "README.md", &[("accuracy", &measured.families), ("worst", &measured.worst)])?,
    ])
}

/// The page with each table between `<!-- name -->` and `<!-- /name -->`.
fn page(root: &Path, path: &str, tables: &[(&str, &str)]) -> io::Result<Generated> {
    let mut text = fs::read_to_string(root.join(path))?;
    for (name, table) in tables {
        let missing = || io::Error::other(format!("{path} has no <!-- {name} --> … <!-- /{name} -->"));
        let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let (before, rest) = text.split_once(&open).ok_or_else(missing)?;
        let (_, after) = rest.split_once(&close).ok_or_else(missing)?;
        text = format!("{before}{open}{table}{close}{after}");
    }
    Ok(Generated { path: path.to_owned(), text })
}

fn rule_table() -> String {
    let mut table = "| code | severity | demands | sources |\n| --- | --- | --- | --- |\n".to_owned();
    for rule in rules::rules() {
        let _ =
            writeln!(table, "| `{}` | {} | {} | {} |", rule.code, rule.severity, rule.title, rule.sources.join(", "));
    }
    table
}

fn assumption_table() -> String {
    let mut table = "| no. | id | meaning | unit | low | mid | high | in intervals | cases | evidence |\n\
                     | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for row in &ASSUMPTIONS {
        let [low, mid, high] = [row.low, row.mid, row.high].map(|value| shown(row, value));
        let _ = writeln!(
            table,
            "| {} | `{}` | {} | {} | {low} | {mid} | {high} | {} | {} | {} |",
            row.number,
            row.name,
            row.meaning,
            row.unit,
            in_intervals(row),
            row.cases,
            row.evidence.join(", "),
        );
    }
    table
}

/// The range that widens intervals, where it is another.
fn in_intervals(row: &Assumption) -> String {
    let [low, high] = row.ends;
    let is_narrower = low > row.low || high < row.high;
    match (row.in_interval, is_narrower) {
        (false, _) => "no".to_owned(),
        (true, false) => String::new(),
        (true, true) => format!("{low} to {high}"),
    }
}

fn shown(row: &Assumption, value: f64) -> String {
    match row.law {
        Law::Flag => if value > 0.5 { "yes" } else { "no" }.to_owned(),
        _ => value.to_string(),
    }
}

fn family_table() -> String {
    let mut table = "| family | s | factor | rows | cases | by judgement | what belongs to it |\n\
                     | --- | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for row in FAMILIES {
        let factor = libm::exp(FIVE_PERCENT * row.s);
        let _ = writeln!(
            table,
            "| `{}` | {} | {factor:.2} | {} | {} | {} | {} |",
            row.id, row.s, row.rows, row.cases, row.judged, row.meaning
        );
    }
    table
}

/// Presets of each kind, a table each.
fn preset_tables() -> String {
    let all = presets(&PresetsQuery { kind: None }).presets;
    let mut text = String::new();
    for kind in PresetKind::ALL {
        text.push_str(match kind {
            PresetKind::Training => {
                "### Training\n\n| preset | batch × sample bytes / compute | MB/s | at mark | samples/s | sources |\n\
                 | --- | --- | --- | --- | --- | --- |\n"
            }
            PresetKind::Checkpoint => {
                "\n### Checkpoints\n\n| preset | parameters × bytes | GiB | as printed | ranks | files | largest rank, \
                 GiB | sources |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n"
            }
            PresetKind::Metadata => {
                "\n### Metadata storms\n\n| preset | op/s | opens, stats of an item | items | sources |\n\
                 | --- | --- | --- | --- | --- |\n"
            }
            PresetKind::Benchmark => {
                "\n### Benchmarks\n\n| preset | title | phases | sources |\n| --- | --- | --- | --- |\n"
            }
        });
        for preset in all.iter().filter(|preset| preset.kind == *kind) {
            let sources = preset.sources.join(", ");
            let _ =
                writeln!(text, "| `{}` | {} | {sources} |", preset.id, preset_cells(&preset.title, &preset.figures));
        }
    }
    text
}

fn preset_cells(title: &str, figures: &Figures) -> String {
    match figures {
        Figures::Metadata(it) => {
            format!("{} | {}, {} | {}", it.operations_per_s, it.opens, it.stats, it.items)
        }
        Figures::Training(it) => {
            let tenths = |value: f64| format!("{value:.1}");
            let at_mark = it.demand_at_mark_mb_per_s_per_accelerator.map_or_else(String::new, tenths);
            let (demand, samples) = (it.demand_mb_per_s_per_accelerator, it.samples_per_s_per_accelerator);
            let demand = if demand < 1.0 { format!("{demand:.3}") } else { tenths(demand) };
            format!(
                "{} × {} / {} s | {demand} | {at_mark} | {}",
                it.batch,
                it.sample_bytes,
                it.compute_s,
                tenths(samples)
            )
        }
        Figures::Checkpoint(it) => format!(
            "{} × {} | {:.1} | {} {} | {} | {} | {}",
            it.parameters,
            it.bytes_per_parameter,
            it.size_gib,
            it.published_size,
            it.published_unit,
            it.ranks,
            it.files,
            it.largest_rank_gib
        ),
        Figures::Benchmark(it) => {
            let phases: Vec<_> = it.phases.iter().map(|phase| phase.phase).collect();
            format!("{title} | {}", phases.join(", "))
        }
    }
}
