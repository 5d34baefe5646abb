//! Arrow tables to columns of the core's batch, and its rows back.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, StringBuilder};
use arrow_array::cast::AsArray as _;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef, BooleanArray, Float64Array, RecordBatch, RecordBatchReader, StringArray};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Field, Schema};
use arrow_select::concat::{concat, concat_batches};
use fsx_model::api::Answer;
use fsx_model::batch::{self, Column, Rates, Row, Values};
use fsx_model::finding::{Error, Finding};
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyList};
use pyo3_arrow::PyTable;
use pyo3_arrow::input::AnyArray;
use serde_json::Value;

/// The values of a column that is no Arrow array.
#[derive(FromPyObject)]
pub(crate) enum Cells {
    /// Floats as they lie in the memory of an array.
    Array(PyBackedBytes),
    Flags(Vec<Option<bool>>),
    Numbers(Vec<Option<f64>>),
    Texts(Vec<Option<String>>),
}

/// A table of one column.
pub(crate) fn column(name: &str, cells: Cells) -> PyResult<PyTable> {
    let array: ArrayRef = match cells {
        Cells::Array(bytes) => {
            let (numbers, _) = bytes.as_chunks();
            Arc::new(Float64Array::from_iter_values(numbers.iter().copied().map(f64::from_ne_bytes)))
        }
        Cells::Flags(flags) => Arc::new(BooleanArray::from(flags)),
        Cells::Numbers(numbers) => Arc::new(Float64Array::from(numbers)),
        Cells::Texts(texts) => Arc::new(StringArray::from(texts)),
    };
    table([(name.to_owned(), array)])
}

/// A table of one Arrow array.
pub(crate) fn column_from(name: &str, values: AnyArray) -> PyResult<PyTable> {
    table([(name.to_owned(), joined(values.into_chunked_array()?.chunks())?)])
}

fn joined(chunks: &[ArrayRef]) -> PyResult<ArrayRef> {
    concat(&chunks.iter().map(AsRef::as_ref).collect::<Vec<_>>()).map_err(broken)
}

fn table(columns: impl IntoIterator<Item = (String, ArrayRef)>) -> PyResult<PyTable> {
    let columns = columns.into_iter().map(|(name, column)| (name, column, true));
    let batch = RecordBatch::try_from_iter_with_nullable(columns).map_err(broken)?;
    PyTable::try_new(vec![batch.clone()], batch.schema())
}

/// Tables of one batch each and equal length, side by side.
pub(crate) fn beside(tables: Vec<PyTable>) -> PyResult<PyTable> {
    let batches = tables.into_iter().flat_map(|table| table.into_inner().0);
    let columns = batches.flat_map(|batch| {
        let schema = batch.schema();
        let names: Vec<_> = schema.fields().iter().map(|field| field.name().clone()).collect();
        names.into_iter().zip(batch.columns().to_vec())
    });
    table(columns)
}

/// What comes of a table.
#[derive(IntoPyObject)]
pub(crate) enum Answered {
    Table(PyTable),
    /// The JSON text of an envelope.
    Errors(String),
}

impl From<Error> for Answered {
    fn from(error: Error) -> Self {
        Self::Errors(Answer::<()>::from(Err(error)).to_json())
    }
}

/// Rows of a table that are answered before the next ones are looked at: what is in between stays small.
const BLOCK: usize = 1 << 18;

/// The rows with the answer to each beside it.
pub(crate) fn estimate(base: &str, rows: Box<dyn RecordBatchReader + Send>) -> PyResult<Answered> {
    let schema = rows.schema();
    let batches = rows.collect::<Result<Vec<_>, _>>().map_err(broken)?;
    let table = concat_batches(&schema, &batches).map_err(broken)?;
    let fields = schema.fields().iter().cloned().chain(answers());
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let blocks = (0..table.num_rows().div_ceil(BLOCK).max(1)).map(|i| {
        let start = i * BLOCK;
        table.slice(start, BLOCK.min(table.num_rows() - start))
    });
    let answered = tree(base).and_then(|base| blocks.map(|block| with_answers(&base, &block, &schema)).collect());
    Ok(match answered {
        Ok(batches) => Answered::Table(PyTable::try_new(batches, schema)?),
        Err(error) => error.into(),
    })
}

fn tree(base: &str) -> Result<Value, Error> {
    let unread = |error: serde_json::Error| Finding::error("INPUT-SYNTAX", "", "", error.to_string(), "");
    serde_json::from_str(base).map_err(|error| Error::not_understood(vec![unread(error)]))
}

/// A block of rows with its answers.
fn with_answers(base: &Value, rows: &RecordBatch, schema: &Arc<Schema>) -> Result<RecordBatch, Error> {
    let names = || schema.fields().iter().map(|field| field.name().as_str());
    let cells: Vec<_> = rows.columns().iter().map(Given::new).collect();
    let unfit = names().zip(rows.columns()).zip(&cells).filter(|(_, cells)| cells.is_none());
    let mut faults: Vec<_> = unfit.map(|((name, column), _)| unfit_type(name, column.data_type())).collect();
    if rows.num_columns() == 0 {
        faults.push(Finding::error(
            "INPUT-BATCH",
            "",
            "",
            "the table has no columns",
            "a column for each field that varies",
        ));
    }
    if !faults.is_empty() {
        return Err(Error::not_understood(faults));
    }
    let cells: Vec<_> = cells.into_iter().flatten().collect();
    let texts: Vec<_> = cells.iter().map(Given::texts).collect();
    let columns = names().zip(cells.iter().zip(&texts));
    let columns: Vec<_> = columns.map(|(path, (cells, texts))| Column { path, values: cells.values(texts) }).collect();
    let mut answers = Builders::default();
    batch::estimate(base, &columns)?.iter().for_each(|answer| answers.push(answer));
    let columns = rows.columns().iter().cloned().chain(answers.finish());
    let whole = RecordBatch::try_new(schema.clone(), columns.collect());
    whole.map_err(|error| Error::not_understood(vec![Finding::error("INPUT-BATCH", "", "", error.to_string(), "")]))
}

fn unfit_type(name: &str, found: &DataType) -> Finding {
    let message = format!("a column holds numbers, texts or flags, not {found}");
    Finding::error("INPUT-TYPE", name, "", message, "")
}

/// The values of a column as the core takes them.
enum Given {
    Numbers(Float64Array),
    NumbersOrAbsent(Vec<Option<f64>>),
    Texts(StringArray),
    Flags(Vec<Option<bool>>),
}

impl Given {
    /// `None` for a column of anything else.
    fn new(column: &ArrayRef) -> Option<Self> {
        let plain = |to| cast(column, to).ok();
        let of = if let DataType::Dictionary(_, of) = column.data_type() { of } else { column.data_type() };
        if of.is_numeric() || of.is_null() {
            let numbers = plain(&DataType::Float64)?.as_primitive::<Float64Type>().clone();
            let some_absent = numbers.null_count() > 0;
            Some(if some_absent { Self::NumbersOrAbsent(numbers.iter().collect()) } else { Self::Numbers(numbers) })
        } else if matches!(of, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View) {
            Some(Self::Texts(plain(&DataType::Utf8)?.as_string().clone()))
        } else if *of == DataType::Boolean {
            Some(Self::Flags(plain(&DataType::Boolean)?.as_boolean().iter().collect()))
        } else {
            None
        }
    }

    fn texts(&self) -> Vec<Option<&str>> {
        if let Self::Texts(texts) = self { texts.iter().collect() } else { Vec::new() }
    }

    fn values<'a>(&'a self, texts: &'a [Option<&'a str>]) -> Values<'a> {
        match self {
            Self::Numbers(numbers) => Values::Numbers(numbers.values()),
            Self::NumbersOrAbsent(numbers) => Values::NumbersOrAbsent(numbers),
            Self::Texts(_) => Values::Texts(texts),
            Self::Flags(flags) => Values::Flags(flags),
        }
    }
}

/// Columns of the answers, in the order of [`Builders::finish`].
fn answers() -> impl Iterator<Item = Arc<Field>> {
    let rates = |regime: &str| {
        let number = |name: &str| Field::new(format!("{regime}{name}"), DataType::Float64, true);
        let bottleneck = Field::new(format!("{regime}bottleneck"), DataType::Utf8, true);
        [number("throughput_mb_per_s"), number("operations_per_s"), number("latency_ms"), bottleneck]
    };
    let errors = ["error_code", "error_field", "error_value", "error_message", "error_fix"];
    let all = rates("").into_iter().chain(rates("burst_"));
    let all = all.chain(["seconds", "usd_per_month"].map(|name| Field::new(name, DataType::Float64, true)));
    let all = all.chain([Field::new("usd_partial", DataType::Boolean, true)]);
    all.chain(errors.map(|name| Field::new(name, DataType::Utf8, true))).map(Arc::new)
}

#[derive(Default)]
struct Builders {
    sustained: RatesBuilder,
    burst: RatesBuilder,
    seconds: Float64Builder,
    usd_per_month: Float64Builder,
    usd_partial: BooleanBuilder,
    errors: [StringBuilder; 5],
}

#[derive(Default)]
struct RatesBuilder {
    throughput_mb_per_s: Float64Builder,
    operations_per_s: Float64Builder,
    latency_ms: Float64Builder,
    bottleneck: StringBuilder,
}

impl Builders {
    fn push(&mut self, answer: &Result<Row, Finding>) {
        let row = answer.as_ref().ok();
        self.sustained.push(row.map(|row| &row.sustained));
        self.burst.push(row.and_then(|row| row.burst.as_ref()));
        self.seconds.append_option(row.map(|row| row.seconds));
        self.usd_per_month.append_option(row.map(|row| row.usd_per_month));
        self.usd_partial.append_option(row.map(|row| row.partial));
        let fault = answer.as_ref().err();
        let texts =
            fault.map(|it| [it.code, it.field.as_str(), it.value.as_str(), it.message.as_str(), it.fix.as_str()]);
        for (place, column) in self.errors.iter_mut().enumerate() {
            column.append_option(texts.and_then(|texts| texts.get(place).copied()));
        }
    }

    fn finish(mut self) -> impl Iterator<Item = ArrayRef> {
        let money: [ArrayRef; 3] = [
            Arc::new(self.seconds.finish()),
            Arc::new(self.usd_per_month.finish()),
            Arc::new(self.usd_partial.finish()),
        ];
        let errors = self.errors.map(|mut column| -> ArrayRef { Arc::new(column.finish()) });
        self.sustained.finish().into_iter().chain(self.burst.finish()).chain(money).chain(errors)
    }
}

impl RatesBuilder {
    fn push(&mut self, rates: Option<&Rates>) {
        self.throughput_mb_per_s.append_option(rates.and_then(|rates| rates.throughput_mb_per_s));
        self.operations_per_s.append_option(rates.map(|rates| rates.operations_per_s));
        self.latency_ms.append_option(rates.map(|rates| rates.latency_ms));
        self.bottleneck.append_option(rates.map(|rates| rates.bottleneck.as_str()));
    }

    fn finish(&mut self) -> [ArrayRef; 4] {
        [
            Arc::new(self.throughput_mb_per_s.finish()),
            Arc::new(self.operations_per_s.finish()),
            Arc::new(self.latency_ms.finish()),
            Arc::new(self.bottleneck.finish()),
        ]
    }
}

/// Numbers as they lie in the memory of an array, with NaN where there is none; other values as a list, with `None`
/// there.
pub(crate) fn values<'py>(py: Python<'py>, table: &PyTable, name: &str) -> PyResult<Bound<'py, PyAny>> {
    let chunks: Option<Vec<_>> = table.batches().iter().map(|batch| batch.column_by_name(name).cloned()).collect();
    let chunks = chunks.filter(|chunks| !chunks.is_empty()).ok_or_else(|| PyKeyError::new_err(name.to_owned()))?;
    let column = joined(&chunks)?;
    match Given::new(&column).ok_or_else(|| PyValueError::new_err(unfit_type(name, column.data_type()).message))? {
        Given::Numbers(numbers) => Ok(bytes_of(py, numbers.values())),
        Given::NumbersOrAbsent(numbers) => {
            let numbers: Vec<_> = numbers.into_iter().map(|number| number.unwrap_or(f64::NAN)).collect();
            Ok(bytes_of(py, &numbers))
        }
        Given::Texts(texts) => Ok(PyList::new(py, texts.iter().collect::<Vec<_>>())?.into_any()),
        Given::Flags(flags) => Ok(PyList::new(py, flags)?.into_any()),
    }
}

/// The first rows of a table.
pub(crate) fn head(table: PyTable, rows: usize) -> PyResult<PyTable> {
    let (batches, schema) = table.into_inner();
    let mut left = rows;
    let first = batches.into_iter().map(|batch| {
        let taken = batch.num_rows().min(left);
        left -= taken;
        batch.slice(0, taken)
    });
    PyTable::try_new(first.collect(), schema)
}

fn bytes_of<'py>(py: Python<'py>, numbers: &[f64]) -> Bound<'py, PyAny> {
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_ne_bytes()).collect();
    PyBytes::new(py, &bytes).into_any()
}

#[expect(clippy::needless_pass_by_value, reason = "it is called with what an operation leaves")]
fn broken(error: ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}
