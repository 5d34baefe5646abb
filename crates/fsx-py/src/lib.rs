//! The native module of the Python package `fsx_model`: text or tables in, the core, text or tables out.

use pyo3::prelude::*;

/// JSON text and Arrow tables for `fsx_model`, which makes objects of them.
#[pymodule]
mod _native {
    use fsx_model::api;
    use pyo3::prelude::*;

    /// The core's answer to a call, as the JSON text of an envelope.
    #[pyfunction]
    fn call(py: Python<'_>, name: &str, json: &str) -> String {
        py.detach(|| api::call(name, json))
    }

    /// A scenario or requirement in JSON or TOML, as the JSON text of an envelope.
    #[pyfunction]
    fn read(py: Python<'_>, what: &str, format: &str, text: &str) -> String {
        py.detach(|| api::read(what, format, text))
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("CALLS", api::CALLS)
    }
}
