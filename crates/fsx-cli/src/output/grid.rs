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
        page.line(&line(indent, between, sides, &widths, row));
    }
}

/// A cell, its indent included, that wraps where the page is too narrow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    /// Columns before each of its lines.
    pub indent: usize,
    /// What stands there.
    pub text: Text,
}

impl From<Text> for Cell {
    fn from(text: Text) -> Self {
        Self { indent: 0, text }
    }
}

/// Columns between wrapped cells.
const BETWEEN: usize = 2;

/// Writes rows of cells whose text wraps where the page is too narrow for it; false, and nothing written, if that does
/// not fit either or takes more than `most` lines for a row.
pub(crate) fn wrapped(page: &mut Page, indent: usize, sides: &[Side], rows: &[Vec<Cell>], most: usize) -> bool {
    let room = page.width().saturating_sub(indent);
    let Some(widths) = shrunk(room, rows) else { return false };
    let lines: Vec<Vec<Vec<Text>>> = rows.iter().map(|row| cells(row, &widths)).collect();
    let height = |row: &Vec<Vec<Text>>| row.iter().map(Vec::len).max().unwrap_or(0);
    if lines.iter().map(height).max() > Some(most) {
        return false;
    }
    for row in &lines {
        for i in 0..height(row) {
            let part: Vec<_> = row.iter().map(|lines| lines.get(i).cloned().unwrap_or_default()).collect();
            page.line(&line(indent, BETWEEN, sides, &widths, &part));
        }
    }
    true
}

/// Lines of each cell of a row.
fn cells(row: &[Cell], widths: &[usize]) -> Vec<Vec<Text>> {
    let of = |(cell, width): (&Cell, &usize)| {
        let before = Text::new().plain(&" ".repeat(cell.indent));
        let lines = cell.text.lines(width.saturating_sub(cell.indent)).into_iter();
        lines.map(|line| before.clone().and(line)).collect()
    };
    row.iter().zip(widths).map(of).collect()
}

/// Widths of columns that fit: the widest gives way first, down to its widest part that does not break.
fn shrunk(room: usize, rows: &[Vec<Cell>]) -> Option<Vec<usize>> {
    let of = |width: fn(&Text) -> usize| {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let cells = move |i: usize| rows.iter().filter_map(move |row| row.get(i));
        let all = (0..columns).map(move |i| cells(i).map(|cell| cell.indent + width(&cell.text)).max().unwrap_or(0));
        all.collect::<Vec<_>>()
    };
    let (mut widths, least) = (of(Text::width), of(Text::widest_part));
    let gaps = BETWEEN * widths.len().saturating_sub(1);
    while gaps + widths.iter().sum::<usize>() > room {
        let give = widths.iter_mut().zip(&least).filter(|(width, least)| **width > **least);
        *give.max_by_key(|(width, _)| **width)?.0 -= 1;
    }
    Some(widths)
}

fn line(indent: usize, between: usize, sides: &[Side], widths: &[usize], cells: &[Text]) -> Text {
    let mut line = Text::new().plain(&" ".repeat(indent));
    for (i, (cell, (width, side))) in cells.iter().zip(widths.iter().zip(sides)).enumerate() {
        let pad = " ".repeat(width.saturating_sub(cell.width()));
        let between = " ".repeat(if i > 0 { between } else { 0 });
        line = match side {
            Side::Left => line.plain(&between).and(cell.clone()).plain(&pad),
            Side::Right => line.plain(&between).plain(&pad).and(cell.clone()),
        };
    }
    line
}
