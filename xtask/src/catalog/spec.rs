//! `TABLES.toml`: which tables there are and what their columns hold.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::faults::{Faults, line_of};

/// Name of the file.
pub(crate) const FILE: &str = "TABLES.toml";

/// Columns at the end of every table.
pub(crate) const PROVENANCE: [(&str, &str); 4] = [
    ("source_id", "Sources of the row: ids of SOURCES.toml, separated by spaces"),
    ("as_of", "Date of the copy that was read, as exactly as it is known"),
    ("status", "How far to trust the row: stated, derived, observed, secondary or uncertain"),
    ("note", "What to know about the row; where sources disagree, which was chosen and why"),
];

/// Values of the column `status`, best first.
pub(crate) const STATUSES: [&str; 5] = ["stated", "derived", "observed", "secondary", "uncertain"];

/// All of `TABLES.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Spec {
    /// Date of the catalog as a whole.
    pub(crate) catalog_date: String,
    /// Values of each choice.
    #[serde(default)]
    pub(crate) choices: BTreeMap<String, Vec<String>>,
    /// Tables in the order in which they are printed.
    #[serde(rename = "table", default)]
    pub(crate) tables: Vec<Spanned<TableSpec>>,
}

/// One table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableSpec {
    /// CSV file.
    pub(crate) file: String,
    /// Rust type of a row.
    pub(crate) row: String,
    /// Rust static that holds the rows.
    #[serde(rename = "static")]
    pub(crate) static_name: String,
    /// One line on what the table says.
    pub(crate) title: String,
    /// Columns that tell rows apart.
    pub(crate) key: Vec<String>,
    /// Whether the rows are kept as text, which takes a fraction of the room, and read when they are first asked for.
    #[serde(default)]
    pub(crate) text: bool,
    /// Rust module with a constant for each row, named by the first key column.
    pub(crate) constants: Option<String>,
    /// Cargo feature of the core without which the table is left out.
    pub(crate) feature: Option<String>,
    /// Columns before the provenance.
    pub(crate) columns: Vec<ColumnSpec>,
}

/// One column.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ColumnSpec {
    /// Name, in CSV and Rust.
    pub(crate) name: String,
    /// Type as written.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// Unit; empty where there is none.
    #[serde(default)]
    pub(crate) unit: String,
    /// What a cell says.
    pub(crate) meaning: String,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A string.
    Text,
    /// A finite number.
    Number,
    /// A whole number from 0.
    Integer,
    /// Whole numbers separated by spaces.
    Integers,
    /// yes or no.
    Flag,
    /// A value of an enumeration.
    Choice(String),
}

impl TableSpec {
    /// Name of the table: its file without the ending.
    pub(crate) fn name(&self) -> &str {
        self.file.strip_suffix(".csv").unwrap_or(&self.file)
    }
}

impl ColumnSpec {
    /// Kind of the column and whether a cell may be empty; `None` if the type is not known.
    pub(crate) fn kind(&self) -> Option<(Kind, bool)> {
        let (base, optional) = match self.kind.strip_suffix('?') {
            Some(base) => (base, true),
            None => (self.kind.as_str(), false),
        };
        let kind = match base {
            "text" => Kind::Text,
            "number" => Kind::Number,
            "integer" => Kind::Integer,
            "integers" if !optional => Kind::Integers,
            "flag" => Kind::Flag,
            other => match other.strip_prefix("choice:") {
                Some(name) if !optional => Kind::Choice(name.to_owned()),
                _ => return None,
            },
        };
        Some((kind, optional))
    }
}

/// Reads `TABLES.toml`; faults in it are noted.
pub(crate) fn parse(text: &str, faults: &mut Faults) -> Option<Spec> {
    let spec: Spec = match toml::from_str(text) {
        Ok(spec) => spec,
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start);
            faults.add(FILE, line_of(text, offset), error.message());
            return None;
        }
    };
    if !super::is_date(&spec.catalog_date) {
        faults.add(FILE, 1, format_args!("catalog_date `{}` is no date", spec.catalog_date));
    }
    let mut names = BTreeSet::new();
    for table in &spec.tables {
        let line = line_of(text, table.span().start);
        let table = table.get_ref();
        for name in [&table.file, &table.row, &table.static_name] {
            if !names.insert(name.clone()) {
                faults.add(FILE, line, format_args!("`{name}` is used twice"));
            }
        }
        check_columns(table, &spec.choices, line, faults);
    }
    Some(spec)
}

fn check_columns(table: &TableSpec, choices: &BTreeMap<String, Vec<String>>, line: u64, faults: &mut Faults) {
    let file = &table.file;
    let mut seen = BTreeSet::new();
    for column in &table.columns {
        let name = &column.name;
        if !seen.insert(name.as_str()) || PROVENANCE.iter().any(|(own, _)| own == name) {
            faults.add(FILE, line, format_args!("{file}: column `{name}` is there twice"));
        }
        match column.kind() {
            None => faults.add(FILE, line, format_args!("{file}: `{}` is no column type", column.kind)),
            Some((Kind::Choice(choice), _)) if !choices.contains_key(&choice) => {
                faults.add(FILE, line, format_args!("{file}: `{choice}` is not under [choices]"));
            }
            Some((Kind::Choice(_) | Kind::Integers, _)) if table.text => {
                faults.add(FILE, line, format_args!("{file}: `{name}` cannot be kept as text"));
            }
            Some(_) => {}
        }
    }
    if table.key.is_empty() {
        faults.add(FILE, line, format_args!("{file}: no key"));
    }
    for key in &table.key {
        if !seen.contains(key.as_str()) {
            faults.add(FILE, line, format_args!("{file}: key column `{key}` does not exist"));
        }
    }
}
