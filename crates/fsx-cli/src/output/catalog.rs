//! Tables of the catalog, with sources and dates.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width};
use fsx_model::api::CatalogAnswer;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::findings::source_line;
use super::page::{Page, Text, clean};
use super::style::{BOLD, DIM, PLAIN};

/// Widest that a column of text asks for.
const TEXT: usize = 26;
/// Notes longer than this are set below a table.
const LONGEST_NOTE: usize = 3 * TEXT;
/// Spaces between columns.
const GAP: usize = 2;
/// The columns that say where a row comes from.
const ORIGIN: [&str; 3] = ["source_id", "as_of", "status"];
/// The column that says why.
const NOTE: &str = "note";

/// Writes a table; with `explained`, the meaning of its columns too.
pub(crate) fn show(page: &mut Page, answer: &CatalogAnswer, explained: bool) {
    let rows = if answer.rows.len() == 1 { "row" } else { "rows" };
    let title = Text::new().bold(answer.title).dim(&format!(" ({}, {} {rows})", answer.table, answer.rows.len()));
    page.flow(0, 2, &title);
    page.gap();
    let all: Vec<_> = (0..answer.columns.len()).filter_map(|index| column(answer, index)).collect();
    if fits(&all, page.width()) && Notes::of(answer, 1).0.iter().all(|note| note.width() <= LONGEST_NOTE) {
        table(page, answer, &all, &Notes::default());
    } else {
        let short = without_notes(answer, all);
        let as_table = fits(&short, page.width());
        let notes = Notes::of(answer, if as_table { 1 } else { 2 });
        if as_table {
            table(page, answer, &short, &notes);
        } else {
            records(page, answer, &notes);
        }
        notes.show(page);
    }
    if explained {
        meanings(page, answer);
    }
    sources(page, answer);
}

/// A column as it is shown.
struct Shown {
    index: usize,
    least: usize,
    number: bool,
}

/// Whether a table of these columns can be read in this width.
fn fits(columns: &[Shown], width: usize) -> bool {
    columns.iter().map(|column| column.least + GAP).sum::<usize>() <= width + GAP
}

/// The columns with numbers of footnotes in place of notes.
fn without_notes(answer: &CatalogAnswer, mut columns: Vec<Shown>) -> Vec<Shown> {
    for column in columns.iter_mut().filter(|column| answer.columns[column.index].name == NOTE) {
        *column = Shown { least: NOTE.len(), number: true, ..*column };
    }
    columns
}

/// Notes set below a table.
#[derive(Default)]
struct Notes(Vec<String>);

impl Notes {
    /// The notes that at least `shared` rows have.
    fn of(answer: &CatalogAnswer, shared: usize) -> Self {
        let Some(index) = position(answer, NOTE) else { return Self::default() };
        let all = || answer.rows.iter().filter_map(|row| row.get(index)).filter(|cell| !is_empty(cell)).map(text);
        let mut notes = Vec::new();
        for note in all() {
            if !notes.contains(&note) && all().filter(|other| *other == note).count() >= shared {
                notes.push(note);
            }
        }
        Self(notes)
    }

    /// The number of a note that stands below, or the note itself.
    fn refer(&self, note: &str) -> String {
        let place = self.0.iter().position(|known| known == note);
        place.map_or_else(|| note.to_owned(), |place| format!("[{}]", place + 1))
    }

    fn show(&self, page: &mut Page) {
        if self.0.is_empty() {
            return;
        }
        page.gap();
        page.line(&Text::new().bold("Notes"));
        for (i, note) in self.0.iter().enumerate() {
            page.flow(2, 6, &Text::new().dim(&format!("[{}] ", i + 1)).plain(note));
        }
    }
}

/// A column, unless it is empty throughout.
fn column(answer: &CatalogAnswer, index: usize) -> Option<Shown> {
    let cells = || answer.rows.iter().filter_map(|row| row.get(index)).filter(|cell| !is_empty(cell));
    cells().next()?;
    let texts = || cells().map(text);
    let longest_word = texts().flat_map(|text| text.split(' ').map(UnicodeWidthStr::width).max()).max().unwrap_or(0);
    let longest = texts().map(|text| text.width()).max().unwrap_or(0);
    let chunk = answer.columns[index].name.split_inclusive('_').map(UnicodeWidthStr::width).max().unwrap_or(0);
    let least = longest.min(TEXT).max(longest_word).max(chunk);
    Some(Shown { index, least, number: cells().all(Value::is_number) })
}

fn table(page: &mut Page, answer: &CatalogAnswer, columns: &[Shown], notes: &Notes) {
    let line = LineStyle::none().fill('─').junction('─');
    let mut table = Table::new();
    table.load_style(TableStyle::new().header_separator(line));
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(page.width() + 1).unwrap_or(u16::MAX));
    table.set_header(columns.iter().map(|column| head(answer.columns[column.index].name, column.least)));
    for row in &answer.rows {
        let cell = |column: &Shown| row.get(column.index).map_or_else(String::new, text);
        table.add_row(columns.iter().map(|column| match answer.columns[column.index].name {
            NOTE => notes.refer(&cell(column)),
            _ => cell(column),
        }));
    }
    for (shown, column) in columns.iter().zip(table.column_iter_mut()) {
        column.set_padding((0, 1));
        let least = u16::try_from(shown.least + 1).unwrap_or(u16::MAX);
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
        if shown.number {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines: Vec<_> = table.lines().collect();
    let heads = lines.iter().position(|line| line.starts_with('─')).unwrap_or(0);
    for (i, line) in lines.iter().enumerate() {
        let rule = || line.chars().take(page.width()).collect::<String>();
        match i {
            _ if i < heads => page.raw(BOLD, line),
            _ if i == heads => page.raw(DIM, &rule()),
            _ => page.raw(PLAIN, line),
        }
    }
}

/// A column's name in lines of at most `width`, broken after underscores.
fn head(name: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for chunk in name.split_inclusive('_') {
        let full = lines.last().is_some_and(|line| !line.is_empty() && line.width() + chunk.width() > width);
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(chunk);
        }
    }
    lines.join("\n")
}

/// One block per row: what names it, then what is known of it.
fn records(page: &mut Page, answer: &CatalogAnswer, notes: &Notes) {
    let origin = ORIGIN.map(|name| position(answer, name));
    let note = position(answer, NOTE);
    let keys = keys(answer);
    for row in &answer.rows {
        let cell = |i: usize| row.get(i).filter(|cell| !is_empty(cell)).map(text);
        let key: Vec<_> = (0..keys).filter_map(cell).collect();
        page.flow(0, 2, &Text::new().bold(&if key.is_empty() { "–".to_owned() } else { key.join(" ") }));
        let rest = (keys..answer.columns.len()).filter(|i| !origin.contains(&Some(*i)) && note != Some(*i));
        let named = rest.filter_map(|i| Some((answer.columns[i].name, cell(i)?)));
        let (prose, short): (Vec<_>, Vec<_>) = named.partition(|(_, value)| is_prose(value));
        page.items(
            2,
            2,
            short.iter().map(|(name, value)| Text::new().dim(name).plain("\u{a0}").plain(value)).collect(),
        );
        for (name, value) in &prose {
            page.flow(2, 4, &Text::new().dim(&format!("{name}: ")).plain(value));
        }
        if let Some(note) = note.and_then(cell) {
            page.flow(2, 4, &Text::new().dim("note: ").plain(&notes.refer(&note)));
        }
        let origin: Vec<_> = origin.iter().flatten().filter_map(|&i| cell(i)).collect();
        page.flow(2, 4, &Text::new().dim(&origin.join(" · ")));
    }
}

/// How many columns name a row: up to three of short text, at least one.
fn keys(answer: &CatalogAnswer) -> usize {
    let names = |i: usize| {
        answer.rows.iter().filter_map(|row| row.get(i)).all(|cell| cell.is_string() && !is_prose(&text(cell)))
    };
    (0..answer.columns.len()).take(3).take_while(|&i| names(i)).count().max(1)
}

/// Whether a value reads as a sentence rather than a figure.
fn is_prose(value: &str) -> bool {
    value.width() > 36
}

fn meanings(page: &mut Page, answer: &CatalogAnswer) {
    page.gap();
    page.line(&Text::new().bold("Columns"));
    for column in &answer.columns {
        let unit = if column.unit.is_empty() { String::new() } else { format!(", {}", column.unit) };
        page.flow(2, 4, &Text::new().plain(column.name).dim(&unit).plain(": ").plain(column.meaning));
    }
}

fn sources(page: &mut Page, answer: &CatalogAnswer) {
    let Some(index) = position(answer, "source_id") else { return };
    let mut ids: Vec<&str> = Vec::new();
    for id in answer.rows.iter().filter_map(|row| row.get(index)?.as_str()).flat_map(str::split_whitespace) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    page.gap();
    page.line(&Text::new().bold("Sources"));
    for id in ids {
        source_line(page, id);
    }
}

fn position(answer: &CatalogAnswer, name: &str) -> Option<usize> {
    answer.columns.iter().position(|column| column.name == name)
}

fn is_empty(cell: &Value) -> bool {
    cell.is_null() || cell.as_str().is_some_and(str::is_empty) || cell.as_array().is_some_and(Vec::is_empty)
}

fn text(cell: &Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::String(text) => clean(text),
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string()),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(" "),
        Value::Object(_) => cell.to_string(),
    }
}
