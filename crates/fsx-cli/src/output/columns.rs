//! Tables whose less needed columns give way where the page is too narrow.

use super::explain::heading;
use super::grid::{self, Cell, Side};
use super::page::{Page, Text};

/// A column of a table: what it is called, how long it is kept where the page is too narrow, what it holds.
pub(crate) struct Column {
    pub head: &'static str,
    pub side: Side,
    /// Columns of a lower number go first.
    pub keep: u8,
    pub meaning: &'static str,
}

pub(crate) const fn column(head: &'static str, side: Side, keep: u8, meaning: &'static str) -> Column {
    Column { head, side, keep, meaning }
}

/// Writes the columns that fit, each row in `most_lines` lines; returns their heads.
pub(crate) fn table(page: &mut Page, columns: &[Column], rows: &[Vec<String>], most_lines: usize) -> Vec<&'static str> {
    let mut shown: Vec<usize> = (0..columns.len()).collect();
    loop {
        let heads = shown.iter().filter_map(|&i| Some(Text::new().dim(columns.get(i)?.head).into())).collect();
        let mut cells: Vec<Vec<Cell>> = vec![heads];
        cells.extend(rows.iter().map(|row| {
            let text = |&i: &usize| row.get(i).map_or("", String::as_str);
            let cell = |i: &usize| if *i == 0 { Text::new().bold(text(i)) } else { Text::new().plain(text(i)) };
            shown.iter().map(|i| cell(i).into()).collect()
        }));
        let sides: Vec<_> = shown.iter().filter_map(|&i| Some(columns.get(i)?.side)).collect();
        let least = shown.iter().copied().min_by_key(|&i| columns.get(i).map_or(0, |column| column.keep));
        match least {
            Some(least) if !grid::wrapped(page, 2, &sides, &cells, most_lines) => shown.retain(|&i| i != least),
            _ => break,
        }
    }
    shown.iter().filter_map(|&i| Some(columns.get(i)?.head)).collect()
}

/// What each column holds.
pub(crate) fn meanings(page: &mut Page, columns: &[Column]) {
    heading(page, "Columns");
    for column in columns {
        page.flow(2, 4, &Text::new().plain(column.head).plain(": ").plain(column.meaning));
    }
}
