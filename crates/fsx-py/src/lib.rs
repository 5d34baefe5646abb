//! The native module of the Python package `fsx_model`: text or tables in, the core, text or tables out.

mod table;

use pyo3::prelude::*;

/// JSON text and Arrow tables for `fsx_model`, which makes objects of them.
#[pymodule]
mod _native {
    use fsx_model::api;
    use pyo3::prelude::*;
    use pyo3::types::PyBytes;
    use pyo3_arrow::PyTable;
    use pyo3_arrow::input::{AnyArray, AnyRecordBatch};

    use crate::table;

    /// The core's answer to a call, as the JSON text of an envelope in UTF-8, which is what a decoder reads.
    #[pyfunction]
    fn call<'py>(py: Python<'py>, name: &str, json: &str) -> Bound<'py, PyBytes> {
        PyBytes::new(py, py.detach(|| api::call(name, json)).as_bytes())
    }

    /// A scenario or requirement in JSON or TOML, as the JSON text of an envelope.
    #[pyfunction]
    fn read(py: Python<'_>, what: &str, format: &str, text: &str) -> String {
        py.detach(|| api::read(what, format, text))
    }

    /// A table of one column.
    #[pyfunction]
    fn column(name: &str, cells: table::Cells) -> PyResult<PyTable> {
        table::column(name, cells)
    }

    /// A table of one Arrow array.
    #[pyfunction]
    fn column_from(name: &str, values: AnyArray) -> PyResult<PyTable> {
        table::column_from(name, values)
    }

    /// Tables of equal length side by side.
    #[pyfunction]
    fn beside(tables: Vec<PyTable>) -> PyResult<PyTable> {
        table::beside(tables)
    }

    /// The same table, of any library.
    #[pyfunction]
    fn table_from(rows: AnyRecordBatch) -> PyResult<PyTable> {
        Ok(rows.into_table()?)
    }

    /// Its first rows.
    #[pyfunction]
    fn head(table: PyTable, rows: usize) -> PyResult<PyTable> {
        table::head(table, rows)
    }

    /// The table with the answer to each row beside it, or the JSON text of an envelope with errors.
    #[pyfunction]
    fn estimate_table(py: Python<'_>, base: &str, rows: AnyRecordBatch) -> PyResult<table::Answered> {
        let rows = rows.into_reader()?;
        py.detach(|| table::estimate(base, rows))
    }

    /// The bytes of a column of numbers (NaN where there is none), or else its values (`None` where there is none).
    #[pyfunction]
    fn values_of<'py>(py: Python<'py>, table: PyTable, name: &str) -> PyResult<Bound<'py, PyAny>> {
        table::values(py, &table, name)
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("CALLS", api::CALLS)
    }
}
