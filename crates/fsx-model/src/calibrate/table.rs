//! Measurements as a table: a row each, a column for each thing that differs.

use serde_json::{Map, Value};

use super::CalibrateQuery;
use super::answer::MOST_ROWS;
use crate::finding::{Error, Finding};
use crate::measured::patched;
use crate::scenario;

/// Columns that are no fields of a scenario.
const OWN: [&str; 8] = ["id", "case", "scenario", "workload", "figure", "regime", "measured", "unit"];

/// Reads measurements from a table with a header.
///
/// `figure` and `measured` are needed. `scenario` names a file, which `read` turns into a tree; every other column is a
/// field of the scenario by its path, such as `file_system.storage_capacity_gib`, or of its first workload, such as
/// `queue_depth`. An empty cell leaves a field as it is. A cell is a number, `true` or `false`, a table or list in JSON, or
/// else text.
///
/// # Errors
/// With every fault, by row and column.
pub fn from_csv(
    text: &str,
    assumptions: &[String],
    mut read: impl FnMut(&str) -> Result<Value, Error>,
) -> Result<CalibrateQuery, Error> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).comment(Some(b'#')).from_reader(text.as_bytes());
    let syntax =
        |error: &csv::Error| Error::not_understood(vec![Finding::error("INPUT-SYNTAX", "", "", error.to_string(), "")]);
    let header = reader.headers().map_err(|error| syntax(&error))?.clone();
    let mut faults = Vec::new();
    for needed in ["figure", "measured"] {
        if !header.iter().any(|name| name == needed) {
            faults.push(Finding::error("INPUT-MISSING-FIELD", needed, "", "there is no such column", ""));
        }
    }
    for (i, name) in header.iter().enumerate() {
        if header.iter().take(i).any(|other| other == name) {
            faults.push(Finding::error("INPUT-SYNTAX", name, "", "the column is given twice", ""));
        }
    }
    if !faults.is_empty() {
        return Err(Error::not_understood(faults));
    }
    let mut rows = Vec::new();
    for (i, record) in reader.records().enumerate() {
        if i >= MOST_ROWS {
            faults.push(Finding::error("INPUT-MORE", "", "", format!("more than {MOST_ROWS} rows"), ""));
            break;
        }
        match record {
            Ok(record) => rows.push(row(&header, &record, i, &mut read, &mut faults)),
            Err(error) => {
                faults.push(Finding::error("INPUT-SYNTAX", &format!("rows[{i}]"), "", error.to_string(), ""));
                rows.push(Value::Null);
            }
        }
    }
    let query = serde_json::json!({ "rows": rows, "assumptions": assumptions });
    let read = scenario::from_tree(query);
    if faults.is_empty() {
        return read;
    }
    // what could not be read lacks everything, which is not worth a word
    let known: Vec<_> = faults.iter().map(|it| unread(&it.field)).collect();
    let is_new = |it: &Finding| known.iter().all(|part| !it.field.starts_with(part));
    let others: Vec<_> = read.err().into_iter().flat_map(|error| error.findings).filter(is_new).collect();
    faults.extend(others);
    Err(Error::not_understood(faults))
}

fn row(
    header: &csv::StringRecord,
    record: &csv::StringRecord,
    place: usize,
    read: &mut impl FnMut(&str) -> Result<Value, Error>,
    faults: &mut Vec<Finding>,
) -> Value {
    let cells = || header.iter().zip(record).filter(|(_, cell)| !cell.is_empty());
    let mut scenario = Value::Object(Map::new());
    if let Some((_, file)) = cells().find(|(name, _)| *name == "scenario") {
        match read(file) {
            Ok(tree) => scenario = tree,
            Err(error) => faults.extend(error.findings.into_iter().map(|it| Finding {
                field: format!("rows[{place}].scenario.{}", it.field).trim_end_matches('.').to_owned(),
                ..it
            })),
        }
    }
    let mut row = Map::new();
    for (name, cell) in cells() {
        match name {
            "scenario" => {}
            // these are text even where they look like a number
            "id" | "case" | "workload" | "unit" => {
                row.insert(name.to_owned(), Value::from(cell));
            }
            _ if OWN.contains(&name) => {
                row.insert(name.to_owned(), value(cell));
            }
            _ => scenario = patched(scenario, name, &value(cell)),
        }
    }
    row.insert("scenario".to_owned(), scenario);
    Value::Object(row)
}

/// The part of a row that a fault has left unread: its scenario, or all of it.
fn unread(field: &str) -> String {
    field.split_once(".scenario").map_or_else(|| field.to_owned(), |(row, _)| format!("{row}.scenario"))
}

fn value(cell: &str) -> Value {
    serde_json::from_str(cell).unwrap_or_else(|_| Value::from(cell))
}
