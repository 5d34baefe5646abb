//! Rows that are kept as text, which is smaller than structs full of addresses, and read when first asked for.

use std::sync::LazyLock;

use super::Provenance;

/// The rows of a table.
pub type Rows<T> = LazyLock<Vec<T>>;

/// Every row of a text; `read` makes one of its cells.
pub(super) fn rows<T>(text: &'static str, origins: &'static [Provenance], read: fn(&mut Cells) -> T) -> Vec<T> {
    text.lines().map(|line| read(&mut Cells { rest: line, origins })).collect()
}

/// The cells of a row that have not been read.
pub(super) struct Cells {
    rest: &'static str,
    origins: &'static [Provenance],
}

impl Cells {
    pub(super) fn text(&mut self) -> &'static str {
        let (cell, rest) = self.rest.split_once('|').unwrap_or((self.rest, ""));
        self.rest = rest;
        cell
    }

    /// A decimal number of at most 15 digits: both sides of the division are exact, so it is the nearest number.
    pub(super) fn number(&mut self) -> f64 {
        let cell = self.text();
        let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
        let add = |sum: f64, digit: u8| sum * 10.0 + f64::from(digit.wrapping_sub(b'0'));
        whole.bytes().chain(fraction.bytes()).fold(0.0, add) / fraction.bytes().fold(1.0, |power, _| power * 10.0)
    }

    pub(super) fn integer(&mut self) -> u32 {
        self.text().parse().unwrap_or(0)
    }

    pub(super) fn flag(&mut self) -> bool {
        self.text() == "y"
    }

    /// Nothing for an empty cell.
    pub(super) fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.rest.starts_with('|') {
            self.text();
            return None;
        }
        Some(read(self))
    }

    /// Where the row comes from.
    pub(super) fn origin(&mut self) -> Provenance {
        self.origins[self.text().parse::<usize>().unwrap_or(0)]
    }
}
