//! CSV tables: reading and checking.

use std::collections::{BTreeMap, BTreeSet};

use super::faults::Faults;
use super::spec::{Kind, PROVENANCE, STATUSES, TableSpec};

/// One cell, checked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// Nothing, in an optional column.
    Empty,
    /// A string.
    Text(String),
    /// A number.
    Number(f64),
    /// A whole number.
    Integer(u32),
    /// Whole numbers.
    Integers(Vec<u32>),
    /// yes or no.
    Flag(bool),
    /// Enumeration and value.
    Choice(String, String),
}

/// One row, checked.
#[derive(Debug)]
pub(crate) struct Row {
    /// Cells in the order of the specification.
    pub(crate) cells: Vec<Value>,
    /// source_id, as_of, status, note.
    pub(crate) provenance: [String; 4],
}

/// One table, checked.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its specification.
    pub(crate) spec: TableSpec,
    /// Its rows in the order of the file.
    pub(crate) rows: Vec<Row>,
}

/// What cells are checked against.
pub(crate) struct Context<'a> {
    /// Values of each choice.
    pub(crate) choices: &'a BTreeMap<String, Vec<String>>,
    /// Ids of the sources, if they could be read.
    pub(crate) sources: Option<&'a BTreeSet<String>>,
}

/// Reads a table; faults are noted.
pub(crate) fn parse(spec: &TableSpec, text: &str, context: &Context<'_>, faults: &mut Faults) -> Table {
    let file = &spec.file;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            faults.add(file, 1, error);
            return Table { spec: spec.clone(), rows };
        }
    };
    let places = places(spec, &header, faults);
    let mut keys = BTreeMap::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                faults.add(file, line, error);
                continue;
            }
        };
        let line = record.position().map_or(1, csv::Position::line);
        if record.len() != header.len() {
            let message = format!("{} cells, but {} columns", record.len(), header.len());
            faults.add(file, line, message);
            continue;
        }
        let cell = |name: &str| places.get(name).and_then(|place| record.get(*place));
        let mut row = Reader { file, line, context, faults };
        let cells = row.cells(spec, cell);
        let provenance = row.provenance(cell);
        let key: Vec<_> = spec.key.iter().map(|name| cell(name).unwrap_or("")).collect();
        if let Some(first) = keys.insert(key.join(", "), line) {
            faults.add(file, line, format_args!("same key as line {first}: {}", key.join(", ")));
        }
        rows.push(Row { cells, provenance });
    }
    if rows.is_empty() {
        faults.add(file, 1, "no rows");
    }
    Table { spec: spec.clone(), rows }
}

/// Where each column stands; unknown, missing and repeated ones are noted.
fn places(spec: &TableSpec, header: &csv::StringRecord, faults: &mut Faults) -> BTreeMap<String, usize> {
    let own = spec.columns.iter().map(|column| column.name.as_str());
    let wanted: Vec<_> = own.chain(PROVENANCE.iter().map(|(name, _)| *name)).collect();
    let mut places = BTreeMap::new();
    for (place, name) in header.iter().enumerate() {
        if !wanted.contains(&name) {
            faults.add(&spec.file, 1, format_args!("unknown column `{name}`"));
        } else if places.insert(name.to_owned(), place).is_some() {
            faults.add(&spec.file, 1, format_args!("column `{name}` is there twice"));
        }
    }
    for name in wanted {
        if !places.contains_key(name) {
            faults.add(&spec.file, 1, format_args!("column `{name}` is missing"));
        }
    }
    places
}

/// Whether a row that is kept as text can hold the cell: without the marks of that text, or with digits that a whole
/// number of 2^53 holds.
fn keepable(kind: &Kind, text: &str) -> bool {
    match kind {
        Kind::Number => text.len() <= 15 && text.bytes().all(|it| it.is_ascii_digit() || it == b'.'),
        _ => !text.contains(['|', '"', '\\', '\n']),
    }
}

/// Reads the cells of one row.
struct Reader<'a> {
    file: &'a str,
    line: u64,
    context: &'a Context<'a>,
    faults: &'a mut Faults,
}

impl Reader<'_> {
    fn fault(&mut self, message: impl std::fmt::Display) {
        self.faults.add(self.file, self.line, message);
    }

    fn cells<'r>(&mut self, spec: &TableSpec, cell: impl Fn(&str) -> Option<&'r str>) -> Vec<Value> {
        let mut cells = Vec::new();
        for column in &spec.columns {
            // A wrong column type or a missing column has been noted already.
            let (Some((kind, optional)), Some(text)) = (column.kind(), cell(&column.name)) else {
                cells.push(Value::Empty);
                continue;
            };
            if text != text.trim() {
                self.fault(format_args!("{}: space around `{text}`", column.name));
            }
            if text.is_empty() && kind != Kind::Integers {
                if !optional {
                    self.fault(format_args!("{}: empty", column.name));
                }
                cells.push(Value::Empty);
                continue;
            }
            if spec.text && !keepable(&kind, text) {
                self.fault(format_args!("{}: `{text}` cannot be kept as text", column.name));
            }
            match self.value(&kind, text.trim()) {
                Ok(value) => cells.push(value),
                Err(message) => {
                    self.fault(format_args!("{}: {message}", column.name));
                    cells.push(Value::Empty);
                }
            }
        }
        cells
    }

    fn value(&self, kind: &Kind, text: &str) -> Result<Value, String> {
        let integer = |text: &str| text.parse::<u32>().map_err(|_| format!("`{text}` is no whole number"));
        match kind {
            Kind::Text => Ok(Value::Text(text.to_owned())),
            Kind::Number => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(Value::Number(number)),
                _ => Err(format!("`{text}` is no finite number")),
            },
            Kind::Integer => integer(text).map(Value::Integer),
            Kind::Integers => {
                let numbers: Result<Vec<_>, _> = text.split_whitespace().map(integer).collect();
                numbers.map(Value::Integers)
            }
            Kind::Flag => match text {
                "yes" => Ok(Value::Flag(true)),
                "no" => Ok(Value::Flag(false)),
                _ => Err(format!("`{text}` is neither yes nor no")),
            },
            Kind::Choice(name) => {
                let values = self.context.choices.get(name).map_or(&[][..], Vec::as_slice);
                if values.iter().any(|value| value == text) {
                    Ok(Value::Choice(name.clone(), text.to_owned()))
                } else {
                    Err(format!("`{text}` is none of {}", values.join(", ")))
                }
            }
        }
    }

    fn provenance<'r>(&mut self, cell: impl Fn(&str) -> Option<&'r str>) -> [String; 4] {
        let cells = PROVENANCE.map(|(name, _)| cell(name));
        let [source_id, as_of, status, _] = cells;
        if source_id == Some("") {
            self.fault("source_id: empty");
        }
        for id in source_id.unwrap_or("").split_whitespace() {
            if self.context.sources.is_some_and(|sources| !sources.contains(id)) {
                self.fault(format_args!("source_id: `{id}` is not in SOURCES.toml"));
            }
        }
        if let Some(as_of) = as_of.filter(|as_of| !super::is_date(as_of)) {
            self.fault(format_args!("as_of: `{as_of}` is no date"));
        }
        if let Some(status) = status.filter(|status| !STATUSES.contains(status)) {
            self.fault(format_args!("status: `{status}` is none of {}", STATUSES.join(", ")));
        }
        cells.map(|cell| cell.unwrap_or("").to_owned())
    }
}
