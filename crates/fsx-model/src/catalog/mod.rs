//! Published figures and assumptions: typed rows with source, date and status, and their lookups.
//!
//! The rows are generated from `data/` by `cargo xtask gen`, so the crate parses no CSV at run time. A figure that
//! nobody publishes is not here but in [`ASSUMPTIONS`], with a range.

mod assumptions;
mod generated;
mod lookup;
pub(crate) mod printed;
mod rows;
pub mod terms;

pub use assumptions::{Assumptions, Used, assumption};
pub use generated::*;
pub use lookup::*;
pub use rows::Rows;
use terms::Status;

/// Where a row comes from, how old it is and how far it can be trusted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Provenance {
    /// Ids of the sources (see [`SOURCES`]), separated by spaces.
    pub source_id: &'static str,
    /// Date of the copy that was read, ISO 8601.
    pub as_of: &'static str,
    /// How far the figure can be trusted.
    pub status: Status,
    /// Why this value, where sources disagree; empty without the feature `tables`.
    pub note: &'static str,
}

/// A column of a printable table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Column name, unit included.
    pub name: &'static str,
    /// Unit, empty for text.
    pub unit: &'static str,
    /// What the column holds.
    pub meaning: &'static str,
}

/// A cell of a printable table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// Not published.
    Empty,
    /// Text.
    Text(&'static str),
    /// A number in the column's unit.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// Several whole numbers.
    List(&'static [u32]),
}

/// A table of the catalog, ready to print.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Name on the command line.
    pub name: &'static str,
    /// What the table holds.
    pub title: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Number of rows.
    pub len: usize,
    /// The cells of row `i`, in the order of the columns.
    pub row: fn(usize) -> Vec<Cell>,
}

/// A source of published figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Source {
    /// Short id used in the tables.
    pub id: &'static str,
    /// Title of the page or file.
    pub title: &'static str,
    /// Address.
    pub url: &'static str,
    /// Date of the copy that was read.
    pub as_of: &'static str,
}

/// A published measurement that an assumption rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// Case id.
    pub id: &'static str,
    /// What was measured.
    pub title: &'static str,
    /// Address.
    pub url: &'static str,
}
