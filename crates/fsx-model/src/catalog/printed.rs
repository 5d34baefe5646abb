//! Fields of rows as cells.

use super::Cell;

/// A field that a table prints.
pub(crate) trait Printed {
    /// The cell; empty for what is not known and for no text.
    fn cell(&self) -> Cell;
}

pub(super) fn printed(fields: &[&dyn Printed]) -> Vec<Cell> {
    fields.iter().map(|field| field.cell()).collect()
}

impl Printed for &'static str {
    fn cell(&self) -> Cell {
        if self.is_empty() { Cell::Empty } else { Cell::Text(self) }
    }
}

impl Printed for f64 {
    fn cell(&self) -> Cell {
        Cell::Number(*self)
    }
}

impl Printed for u32 {
    fn cell(&self) -> Cell {
        Cell::Number(Self::into(*self))
    }
}

impl Printed for bool {
    fn cell(&self) -> Cell {
        Cell::Flag(*self)
    }
}

impl Printed for &'static [u32] {
    fn cell(&self) -> Cell {
        Cell::List(self)
    }
}

impl<T: Printed> Printed for Option<T> {
    fn cell(&self) -> Cell {
        self.as_ref().map_or(Cell::Empty, T::cell)
    }
}
