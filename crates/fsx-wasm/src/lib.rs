//! The WebAssembly module of the npm package `fsx-model`: text in, the core, text out.

use fsx_model::api;
use wasm_bindgen::prelude::wasm_bindgen;

/// The core's answer to a call, as the JSON text of an envelope.
#[wasm_bindgen]
#[must_use]
pub fn call(name: &str, json: &str) -> String {
    api::call(name, json)
}

/// A scenario or requirement in JSON or TOML, as the JSON text of an envelope.
#[wasm_bindgen]
#[must_use]
pub fn read(what: &str, format: &str, text: &str) -> String {
    api::read(what, format, text)
}
