//! Columns brought to the fields of a scenario, and every fault of a batch as a whole.

use serde_json::{Value, json};

use super::{Column, Values};
use crate::finding::{Error, Finding, did_you_mean};
use crate::scenario::{Scenario, from_tree, path, without_nulls};
use crate::shape::{Shape, Shaped as _};

/// Code of what is wrong with a batch as a whole.
const BATCH: &str = "INPUT-BATCH";

/// Table of prices, which are looked up once for each combination of cells.
const PRICES: &str = "pricing.prices";

/// A base and columns that fit it.
pub(super) struct Table<'a> {
    /// Number of rows.
    pub(super) rows: usize,
    /// Columns that a scenario takes without being read anew, and where.
    pub(super) direct: Vec<(Values<'a>, Vec<usize>)>,
    /// The others.
    pub(super) keyed: Vec<Values<'a>>,
    base: Value,
    columns: &'a [Column<'a>],
}

impl<'a> Table<'a> {
    pub(super) fn new(base: &Value, columns: &'a [Column<'a>]) -> Result<Self, Error> {
        let mut base = without_nulls(base);
        if entries(&base, "workloads") == 0 {
            path::set(&mut base, "workloads", json!([{}]));
        }
        let rows = columns.first().map_or(1, |column| column.values.len());
        let mut faults = faults_of_base(&base);
        let mut fields = Vec::with_capacity(columns.len());
        for (i, column) in columns.iter().enumerate() {
            let field = Field::at(column.path, &base);
            let before = columns.iter().take(i);
            faults.extend(column.unfit(field.as_ref(), &base).or_else(|| column.twice(before)));
            let len = column.values.len();
            if len != rows {
                let message = format!("the column has {len} values where the first column has {rows}");
                faults.push(fault(column, &message, &format!("{rows} values")));
            }
            fields.extend(field);
        }
        if !faults.is_empty() {
            return Err(Error::not_understood(faults));
        }
        // the tables of these are in every row; their cells take the place of this
        for column in columns.iter().filter(|column| column.values.absent() == 0) {
            path::set(&mut base, column.path, Value::Null);
        }
        let mut table = Self { rows, direct: Vec::new(), keyed: Vec::new(), base, columns };
        for (column, field) in columns.iter().zip(fields) {
            match field.places.filter(|_| table.takes(column.path, field.shape)) {
                Some(places) => table.direct.push((column.values, places)),
                None => table.keyed.push(column.values),
            }
        }
        Ok(table)
    }

    /// Whether every scenario read has the table of a field, and the field is a number.
    fn takes(&self, field: &str, shape: &Shape) -> bool {
        let table = field.rsplit_once('.').map_or(Some(&self.base), |(table, _)| path::get(&self.base, table));
        matches!(shape, Shape::Number | Shape::Whole)
            && table.is_some_and(Value::is_object)
            && !field.starts_with(PRICES)
    }

    /// The scenario of a row.
    pub(super) fn scenario(&self, row: usize) -> Result<Scenario, Error> {
        let mut tree = self.base.clone();
        for column in self.columns {
            match column.values.cell(row) {
                Cell::Absent => path::remove(&mut tree, column.path),
                cell => path::set(&mut tree, column.path, cell.value(column.path)?),
            }
        }
        from_tree(tree)
    }
}

/// Length of a list.
fn entries(base: &Value, name: &str) -> usize {
    base.get(name).and_then(Value::as_array).map_or(0, Vec::len)
}

fn faults_of_base(base: &Value) -> Vec<Finding> {
    let surplus = |name: &str, most: usize, allowed: &str| {
        let count = entries(base, name);
        let message = format!("a batch has {allowed}; this scenario has {count}");
        (count > most).then(|| Finding::error(BATCH, name, &count.to_string(), message, allowed))
    };
    let all = [
        surplus("workloads", 1, "one workload"),
        surplus("jobs", 0, "no jobs"),
        surplus("clients", 1, "one client group"),
    ];
    all.into_iter().flatten().collect()
}

fn fault(column: &Column<'_>, message: &str, fix: &str) -> Finding {
    Finding::error(BATCH, column.path, "", message, fix)
}

impl Column<'_> {
    /// A fault if one of the columns before is of the same field, or of a part of it, or of what it is a part of.
    fn twice<'a>(&self, mut before: impl Iterator<Item = &'a Column<'a>>) -> Option<Finding> {
        let within = |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        let twice = before.any(|other| within(self.path, other.path) || within(other.path, self.path));
        twice.then(|| fault(self, "the field has another column already", "one column"))
    }

    /// What keeps the column from being one of this field.
    fn unfit(&self, field: Option<&Field>, base: &Value) -> Option<Finding> {
        let Some(field) = field else { return Some(unknown(self.path, base)) };
        let expected = match (field.shape, self.values) {
            (Shape::List(_) | Shape::OneOrMany(_) | Shape::Map(_) | Shape::Record(_), _) => {
                "columns of the fields in it"
            }
            (Shape::Text | Shape::Word(_), Values::Texts(_))
            | (Shape::Number | Shape::Whole, Values::Numbers(_) | Values::NumbersOrAbsent(_))
            | (Shape::Flag, Values::Flags(_))
            | (Shape::NumberFlagOr(_), Values::Numbers(_) | Values::NumbersOrAbsent(_) | Values::Flags(_)) => {
                return None;
            }
            // nothing is of any kind
            (_, values) if values.absent() == values.len() => return None,
            (Shape::Text | Shape::Word(_), _) => "texts",
            (Shape::Number | Shape::Whole, _) => "numbers",
            (Shape::Flag, _) => "true or false",
            (Shape::NumberFlagOr(_), _) => "numbers, or true or false",
        };
        let message = format!("expected {expected}, found a column of {}", self.values.kind());
        Some(Finding::error("INPUT-TYPE", self.path, "", message, ""))
    }
}

fn unknown(path: &str, base: &Value) -> Finding {
    let mut known = Vec::new();
    add_known(&Scenario::SHAPE, Some(base), "", &mut known);
    let known = || known.iter().map(String::as_str);
    let tail = |name: &&str| name.strip_suffix(path).is_some_and(|table| table.ends_with('.'));
    let near = known().find(tail).or_else(|| did_you_mean(path, known())).unwrap_or_default();
    let hint = if near.is_empty() { String::new() } else { format!("; did you mean `{near}`?") };
    Finding::error("INPUT-UNKNOWN-FIELD", path, "", format!("no such field{hint}"), near)
}

/// Adds the path of every field that can have a column.
fn add_known(shape: &Shape, at: Option<&Value>, path: &str, known: &mut Vec<String>) {
    match (shape, at) {
        (Shape::Record(fields), _) => {
            for field in *fields {
                add_known(field.shape, at.and_then(|at| at.get(field.name)), &join(path, field.name), known);
            }
        }
        (Shape::List(item) | Shape::OneOrMany(item), Some(Value::Array(list))) => {
            for (i, inner) in list.iter().enumerate() {
                add_known(item, Some(inner), &format!("{path}[{i}]"), known);
            }
        }
        (Shape::OneOrMany(item), _) => add_known(item, at, path, known),
        (Shape::List(_) | Shape::Map(_), _) => {}
        // items of a list are no fields
        _ if path.ends_with(']') => {}
        _ => known.push(path.to_owned()),
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Where a path leads.
struct Field {
    shape: &'static Shape,
    /// Places of the fields in their records and of the items in their lists; `None` within a table of free names.
    places: Option<Vec<usize>>,
}

impl Field {
    /// The field at a path as findings write it, in a list that the base has.
    fn at(path: &str, base: &Value) -> Option<Self> {
        let (mut at, mut said) = (Some(base), String::new());
        let mut field = Self { shape: const { &Scenario::SHAPE }, places: Some(Vec::new()) };
        for step in path::steps(path) {
            let list = at.and_then(Value::as_array);
            let (shape, place) = match (field.shape, list) {
                (Shape::List(item) | Shape::OneOrMany(item), Some(list)) => {
                    let place = step.parse().ok().filter(|place| *place < list.len())?;
                    said = format!("{said}[{place}]");
                    at = list.get(place);
                    (*item, Some(place))
                }
                (Shape::Record(fields) | Shape::OneOrMany(Shape::Record(fields)), _)
                | (Shape::NumberFlagOr(Shape::Record(fields)), _) => {
                    let (place, inner) = fields.iter().enumerate().find(|(_, inner)| inner.name == step)?;
                    said = join(&said, step);
                    at = at.and_then(|at| at.get(step));
                    (inner.shape, Some(place))
                }
                // a name of digits would be the place of an item
                (Shape::Map(item), _) if !step.is_empty() && step.parse::<usize>().is_err() => {
                    said = join(&said, step);
                    at = at.and_then(|at| at.get(step));
                    (*item, None)
                }
                _ => return None,
            };
            field.shape = shape;
            field.places = field.places.zip(place).map(|(mut places, place)| {
                places.push(place);
                places
            });
        }
        (said == path && !path.ends_with(']')).then_some(field)
    }
}

/// A cell of a column; numbers by their bits, so that cells can be compared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cell<'a> {
    Absent,
    Number(u64),
    Text(&'a str),
    Flag(bool),
}

impl Cell<'_> {
    fn value(self, field: &str) -> Result<Value, Error> {
        Ok(match self {
            Self::Absent => Value::Null,
            Self::Number(bits) => {
                let number = f64::from_bits(bits);
                if !number.is_finite() {
                    let message = "a number must be finite";
                    let fault = Finding::error("INPUT-NOT-FINITE", field, &number.to_string(), message, "");
                    return Err(Error::not_understood(vec![fault]));
                }
                Value::from(number)
            }
            Self::Text(text) => Value::from(text),
            Self::Flag(flag) => Value::from(flag),
        })
    }
}

impl<'a> Values<'a> {
    fn len(&self) -> usize {
        match self {
            Self::Numbers(values) => values.len(),
            Self::NumbersOrAbsent(values) => values.len(),
            Self::Texts(values) => values.len(),
            Self::Flags(values) => values.len(),
        }
    }

    /// Number of absent cells.
    fn absent(&self) -> usize {
        match self {
            Self::Numbers(_) => 0,
            Self::NumbersOrAbsent(values) => values.iter().filter(|value| value.is_none()).count(),
            Self::Texts(values) => values.iter().filter(|value| value.is_none()).count(),
            Self::Flags(values) => values.iter().filter(|value| value.is_none()).count(),
        }
    }

    const fn kind(&self) -> &'static str {
        match self {
            Self::Numbers(_) | Self::NumbersOrAbsent(_) => "numbers",
            Self::Texts(_) => "texts",
            Self::Flags(_) => "true or false",
        }
    }

    /// The number in a row, if the column has numbers.
    pub(super) fn number(&self, row: usize) -> Option<f64> {
        match self {
            Self::Numbers(values) => values.get(row).copied(),
            Self::NumbersOrAbsent(values) => values.get(row).copied().flatten(),
            Self::Texts(_) | Self::Flags(_) => None,
        }
    }

    pub(super) fn cell(&self, row: usize) -> Cell<'a> {
        let cell = match self {
            Self::Numbers(_) | Self::NumbersOrAbsent(_) => {
                self.number(row).map(|number| Cell::Number(number.to_bits()))
            }
            Self::Texts(values) => values.get(row).copied().flatten().map(Cell::Text),
            Self::Flags(values) => values.get(row).copied().flatten().map(Cell::Flag),
        };
        cell.unwrap_or(Cell::Absent)
    }
}
