//! Small tables: cells in columns as wide as their widest cell.

use super::page::{Page, Text};

/// Which side of a column the text leans on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
}

/// Whether rows of cells fit the page.
pub(crate) fn fits(page: &Page, indent: usize, rows: &[Vec<Text>]) -> bool {
    let widths = widths(rows);
    indent + widths.iter().sum::<usize>() + widths.len().saturating_sub(1) <= page.width()
}

fn widths(rows: &[Vec<Text>]) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    (0..columns).map(|i| rows.iter().filter_map(|row| row.get(i)).map(Text::width).max().unwrap_or(0)).collect()
}

/// Writes rows of cells with two spaces between columns, or one where two do not fit.
pub(crate) fn show(page: &mut Page, indent: usize, sides: &[Side], rows: &[Vec<Text>]) {
    let widths = widths(rows);
    let text: usize = widths.iter().sum();
    let gaps = widths.len().saturating_sub(1);
    let between = if indent + text + 2 * gaps > page.width() { 1 } else { 2 };
    for row in rows {
        let mut line = Text::new().plain(&" ".repeat(indent));
        for (i, (cell, (width, side))) in row.iter().zip(widths.iter().zip(sides)).enumerate() {
            let pad = " ".repeat(width.saturating_sub(cell.width()));
            let between = " ".repeat(if i > 0 { between } else { 0 });
            line = match side {
                Side::Left => line.plain(&between).and(cell.clone()).plain(&pad),
                Side::Right => line.plain(&between).plain(&pad).and(cell.clone()),
            };
        }
        page.line(&line);
    }
}
