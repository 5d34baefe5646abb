//! A long table as Rust: its rows as text, and what reads one of them.

use super::rust::{cfg, fields, provenance, snake};
use super::spec::{Kind, TableSpec};
use super::table::{Row, Table, Value};

/// Between the cells of a row.
const MARK: &str = "|";

/// The rows, where they come from, and the function that reads one.
pub(super) fn rows(table: &Table) -> String {
    let spec = &table.spec;
    let (row, name, cfg) = (&spec.row, &spec.static_name, cfg(spec));
    let one = format!("{}_row", snake(row));
    let mut origins: Vec<String> = Vec::new();
    let mut lines = String::new();
    for line in &table.rows {
        let origin = provenance(line);
        let place = origins.iter().position(|it| *it == origin).unwrap_or(origins.len());
        if place == origins.len() {
            origins.push(origin);
        }
        lines.push_str(&format!("{}{MARK}{place}\n", cells(line).join(MARK)));
    }
    let names: Vec<_> = fields(spec).into_iter().map(|(name, _, _)| name).collect();
    let mut out = format!("\n/// {}.\n{cfg}pub static {name}: Rows<{row}> =\n", spec.title);
    out.push_str(&format!("    Rows::new(|| rows({name}_TEXT, {name}_ORIGINS, {one}));\n"));
    out.push_str(&format!("\n{cfg}fn {one}(cells: &mut Cells) -> {row} {{\n    {}({})\n}}\n", snake(row), reads(spec)));
    out.push_str(&format!("\n{cfg}#[rustfmt::skip]\nstatic {name}_ORIGINS: &[Provenance] = &[\n"));
    for origin in &origins {
        out.push_str(&format!("    {origin},\n"));
    }
    out.push_str(&format!("];\n\n// {}, place among the origins\n", names.join(", ")));
    out.push_str(&format!("{cfg}static {name}_TEXT: &str = \"\\\n{lines}\";\n"));
    out
}

fn cells(row: &Row) -> Vec<String> {
    let text = |cell: &Value| match cell {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Integer(integer) => integer.to_string(),
        Value::Flag(flag) => (if *flag { "y" } else { "n" }).to_owned(),
        // `spec` lets no list and no choice through
        Value::Empty | Value::Integers(_) | Value::Choice(..) => String::new(),
    };
    row.cells.iter().map(text).collect()
}

/// The arguments of the row's maker.
fn reads(spec: &TableSpec) -> String {
    let mut reads = Vec::new();
    for (kind, optional) in spec.columns.iter().filter_map(super::spec::ColumnSpec::kind) {
        let read = match kind {
            Kind::Number => "number",
            Kind::Integer => "integer",
            Kind::Flag => "flag",
            _ => "text",
        };
        reads.push(if optional { format!("cells.optional(Cells::{read})") } else { format!("cells.{read}()") });
    }
    reads.push("cells.origin()".to_owned());
    reads.join(", ")
}
