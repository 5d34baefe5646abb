//! JSON text in, JSON text out: the one door of every binding.
//!
//! ```
//! let answer = fsx_model::api::call("check", r#"{"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 3600}}"#);
//! assert!(answer.starts_with(r#"{"ok":{"findings":[{"code":"FSX-CAPACITY-STEP""#));
//! ```

use serde::Serialize;
use serde_json::Value;

#[cfg(feature = "observed")]
use crate::accuracy::{AccuracyQuery, accuracy};
use crate::ask::{burst_or_baseline, efa_break_even};
#[cfg(feature = "calibrate")]
use crate::calibrate::{CalibrateQuery, calibrate};
use crate::catalog::{Cell, TABLES, Table, table};
use crate::compare::{Comparison, compare};
use crate::cost::price;
use crate::estimate::{self, Estimate};
#[cfg(feature = "exchange")]
use crate::exchange::{CheckQuery, Export, Import, MAX_EXCHANGE_BYTES, export, import};
use crate::finding::{Error, Finding};
use crate::plan::{Requirement, plan};
#[cfg(feature = "tables")]
use crate::presets::{PresetsQuery, presets};
use crate::reverse::reverse;
use crate::scenario::{self, Scenario};
use crate::shape::{Shaped, record};
use crate::what_if::what_if;

/// Names that [`call`] knows. The last six need features: `tables` and `exchange` twice, `observed` and `calibrate`.
pub const CALLS: &[&str] = &[
    "estimate",
    "check",
    "price",
    "plan",
    "reverse",
    "efa_break_even",
    "burst_or_baseline",
    "what_if",
    "compare",
    "catalog",
    "presets",
    "export",
    "import",
    "accuracy",
    "calibrate",
];

/// The envelope of every answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Answer<T> {
    /// The answer.
    Ok(T),
    /// Why there is none.
    Errors(Vec<Finding>),
}

impl<T: Serialize> Answer<T> {
    /// The envelope as JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Every answer is a tree of text, finite numbers and lists: serialising it cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl<T> From<Result<T, Error>> for Answer<T> {
    fn from(result: Result<T, Error>) -> Self {
        match result {
            Ok(answer) => Self::Ok(answer),
            Err(error) => Self::Errors(error.findings),
        }
    }
}

/// The answer of `check`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Checked {
    /// Errors, warnings and advice.
    pub findings: Vec<Finding>,
    /// Of a text of another tool: the file systems that it tells of, in the order of the findings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub file_systems: Vec<CheckedFileSystem>,
}

/// A file system of a text of another tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CheckedFileSystem {
    /// What the text calls it.
    pub name: String,
    /// How many of the findings are about it; they follow those about the file systems before it.
    pub findings: usize,
}

/// Answers `name` (see [`CALLS`]) for an input in JSON; the answer is an [`Answer`] as JSON text.
#[must_use]
pub fn call(name: &str, json: &str) -> String {
    match name {
        "estimate" => Answer::from(scenario::from_json(json).and_then(|s: Scenario| estimate::estimate(&s))).to_json(),
        #[cfg(feature = "exchange")]
        "check" => Answer::from(CheckQuery::from_json(json).and_then(|query| query.answer())).to_json(),
        #[cfg(not(feature = "exchange"))]
        "check" => Answer::from(scenario::from_json(json).map(|s| check(&s))).to_json(),
        "price" => Answer::from(scenario::from_json(json).and_then(|s: Scenario| price(&s))).to_json(),
        "plan" => Answer::from(scenario::from_json(json).and_then(|r: Requirement| plan(&r))).to_json(),
        "reverse" => Answer::from(scenario::from_json(json).and_then(|s: Scenario| reverse(&s))).to_json(),
        "efa_break_even" => {
            Answer::from(scenario::from_json(json).and_then(|r: Requirement| efa_break_even(&r))).to_json()
        }
        "burst_or_baseline" => {
            Answer::from(scenario::from_json(json).and_then(|r: Requirement| burst_or_baseline(&r))).to_json()
        }
        "what_if" => Answer::from(scenario::from_json(json).and_then(|s: Scenario| what_if(&s))).to_json(),
        "compare" => Answer::from(scenario::from_json(json).and_then(|c: Comparison| compare(&c))).to_json(),
        #[cfg(feature = "tables")]
        "catalog" => Answer::from(scenario::from_json(json).and_then(|query: CatalogQuery| catalog(&query))).to_json(),
        #[cfg(feature = "tables")]
        "presets" => Answer::from(scenario::from_json(json).map(|query: PresetsQuery| presets(&query))).to_json(),
        #[cfg(feature = "observed")]
        "accuracy" => {
            Answer::from(scenario::from_json(json).and_then(|query: AccuracyQuery| accuracy(&query))).to_json()
        }
        #[cfg(feature = "calibrate")]
        "calibrate" => {
            Answer::from(scenario::from_json(json).and_then(|query: CalibrateQuery| calibrate(&query))).to_json()
        }
        #[cfg(feature = "exchange")]
        "export" => Answer::from(scenario::from_json(json).and_then(|query: Export| export(&query))).to_json(),
        #[cfg(feature = "exchange")]
        "import" => {
            // the text stands in the JSON as a string, whose escapes take room
            let query = scenario::from_json_within(json, 2 * MAX_EXCHANGE_BYTES);
            Answer::from(query.and_then(|query: Import| import(&query))).to_json()
        }
        #[cfg(not(feature = "tables"))]
        "catalog" | "presets" => left_out(name),
        #[cfg(not(feature = "exchange"))]
        "export" | "import" => left_out(name),
        #[cfg(not(feature = "observed"))]
        "accuracy" => left_out(name),
        #[cfg(not(feature = "calibrate"))]
        "calibrate" => left_out(name),
        _ => no_such("call", name, CALLS),
    }
}

/// Reads a `scenario` or a `requirement` from `json` or `toml`; the answer is an [`Answer`] as JSON text that holds the same
/// in JSON. It tells what a text says and of every fault in it; whether it can be answered is for [`call`] to say.
///
/// ```
/// let text = "[file_system]\ndeployment_type = 'SCRATCH_2'\nstorage_capacity_gib = 1200";
/// let read = fsx_model::api::read("scenario", "toml", text);
/// assert_eq!(read, r#"{"ok":{"file_system":{"deployment_type":"SCRATCH_2","storage_capacity_gib":1200}}}"#);
/// ```
#[must_use]
pub fn read(what: &str, format: &str, text: &str) -> String {
    match what {
        "scenario" => read_as::<Scenario>(format, text),
        "requirement" => read_as::<Requirement>(format, text),
        _ => no_such("what", what, &["scenario", "requirement"]),
    }
}

fn read_as<T: Shaped + Serialize>(format: &str, text: &str) -> String {
    match format {
        "json" => Answer::from(scenario::from_json::<T>(text)).to_json(),
        #[cfg(feature = "toml")]
        "toml" => Answer::from(scenario::from_toml::<T>(text)).to_json(),
        _ => no_such("format", format, &["json", "toml"]),
    }
}

fn no_such(what: &str, name: &str, known: &[&'static str]) -> String {
    Answer::<Estimate>::Errors(vec![Finding::no_such(what, name, known.iter().copied())]).to_json()
}

/// The answer of a build without the call.
#[cfg(not(all(feature = "observed", feature = "exchange")))]
fn left_out(name: &str) -> String {
    let message = "this build leaves the call out, with what it needs";
    Answer::<Estimate>::Errors(vec![Finding::error("INPUT-CALL", "call", name, message, "")]).to_json()
}

/// Whether a design is legal and sensible: every error, or else every warning and all advice.
#[must_use]
pub fn check(scenario: &Scenario) -> Checked {
    let findings = estimate::estimate(scenario).map_or_else(|error| error.findings, |estimate| estimate.findings);
    Checked { findings, file_systems: Vec::new() }
}

record! {
    /// The input of `catalog`.
    CatalogQuery {
        /// Name of a table; absent: the list of tables.
        table: Option<String>,
    }
}

/// A table of the catalog, or the list of tables.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CatalogAnswer {
    /// Name of the table.
    pub table: &'static str,
    /// What it holds.
    pub title: &'static str,
    /// Its columns.
    pub columns: Vec<CatalogColumn>,
    /// Its rows, one value per column.
    pub rows: Vec<Vec<Value>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CatalogColumn {
    /// Name, unit included.
    pub name: &'static str,
    /// Unit, empty for text.
    pub unit: &'static str,
    /// Meaning.
    pub meaning: &'static str,
}

/// A table of the catalog with the source, date and status of each row.
///
/// # Errors
/// If there is no such table.
pub fn catalog(query: &CatalogQuery) -> Result<CatalogAnswer, Error> {
    let Some(name) = &query.table else { return Ok(list_of_tables()) };
    let Some(table) = table(name) else {
        return Err(Error::not_understood(vec![Finding::no_such(
            "table",
            name,
            TABLES.iter().map(|table| table.name),
        )]));
    };
    Ok(CatalogAnswer {
        table: table.name,
        title: table.title,
        columns: table
            .columns
            .iter()
            .map(|column| CatalogColumn::new(column.name, column.unit, column.meaning))
            .collect(),
        rows: (0..table.len).map(|row| (table.row)(row).into_iter().map(value).collect()).collect(),
    })
}

fn list_of_tables() -> CatalogAnswer {
    let row = |table: &Table| vec![Value::from(table.name), Value::from(table.title), Value::from(table.len)];
    CatalogAnswer {
        table: "tables",
        title: "Tables of the catalog",
        columns: vec![
            CatalogColumn::new("table", "", "Name of the table"),
            CatalogColumn::new("title", "", "What it holds"),
            CatalogColumn::new("rows", "", "Number of rows"),
        ],
        rows: TABLES.iter().map(row).collect(),
    }
}

impl CatalogColumn {
    const fn new(name: &'static str, unit: &'static str, meaning: &'static str) -> Self {
        Self { name, unit, meaning }
    }
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => Value::from(text),
        Cell::Number(number) => Value::from(number),
        Cell::Flag(flag) => Value::from(flag),
        Cell::List(list) => Value::from(list),
    }
}
