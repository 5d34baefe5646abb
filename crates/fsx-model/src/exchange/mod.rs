//! Files of other tools: a design as something to deploy, and what is deployed or measured as a scenario.
//!
//! Text in, text out. [`export()`] writes a design in the words of a tool; what the tool cannot express is a finding.
//! [`import()`] reads what a tool wrote into as much of a scenario as it tells, [`check()`] says what is wrong there. The names of the settings stand in one
//! table, `SETTINGS` in the catalog, so both directions agree.

mod check;
mod draft;
pub mod export;
pub mod import;
pub mod scan;
mod settings;
mod time;
mod tree;

pub use check::{CheckQuery, CheckText, check};
pub use draft::Draft;
pub use export::{Export, ExportFormat, Exported, export};
pub use import::{Import, ImportFormat, Imported, import, recognise};
pub use scan::{Scan, ScanCounter, Scanned};
pub use tree::MAX_EXCHANGE_BYTES;
