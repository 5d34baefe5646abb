//! Writes the JavaScript beside a WebAssembly module: `fsx-bindgen MODULE FOLDER`.
//!
//! A program of its own, so that `xtask` builds in seconds. The library has the version of `wasm-bindgen`, to the digit.
#![expect(clippy::print_stderr, reason = "a command line tool")]

use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder] = arguments.as_slice() else {
        eprintln!("usage: fsx-bindgen MODULE FOLDER");
        return ExitCode::FAILURE;
    };
    let mut bindgen = Bindgen::new();
    let written = bindgen.input_path(module).typescript(true).web(true).and_then(|bindgen| bindgen.generate(folder));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
