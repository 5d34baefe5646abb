//! Answers for people: text in a fixed width, with styles that `anstream` takes out where they are not wanted.

pub(crate) mod accuracy;
pub(crate) mod ask;
pub(crate) mod calibrate;
pub(crate) mod catalog;
pub(crate) mod check;
mod columns;
pub(crate) mod compare;
pub(crate) mod estimate;
mod explain;
mod file_system;
pub(crate) mod findings;
mod format;
mod grid;
mod head_room;
mod jobs;
mod limits;
mod money;
mod page;
pub(crate) mod plan;
pub(crate) mod presets;
pub(crate) mod price;
pub(crate) mod reverse;
pub(crate) mod sarif;
pub(crate) mod scan;
mod sentence;
mod together;
pub(crate) mod what_if;
mod why;
mod words;
mod workload;

pub(crate) use page::{Page, Text};
pub(crate) use style::{ERROR, WARNING};

/// The palette.
mod style {
    use anstyle::{AnsiColor, Style};

    /// As it comes.
    pub(crate) const PLAIN: Style = Style::new();
    /// Titles and results.
    pub(crate) const BOLD: Style = Style::new().bold();
    /// What can be skipped at first reading.
    pub(crate) const DIM: Style = Style::new().dimmed();
    /// What holds a workload back.
    pub(crate) const BOTTLENECK: Style = AnsiColor::Yellow.on_default().bold();
    /// The part of a limit in use.
    pub(crate) const USED: Style = AnsiColor::Cyan.on_default();
    /// Errors.
    pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
    /// Warnings.
    pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
    /// Advice.
    pub(crate) const ADVICE: Style = AnsiColor::Green.on_default().bold();
    /// Addresses.
    pub(crate) const LINK: Style = AnsiColor::Blue.on_default();
}

/// Columns to write in: as asked, else those of the terminal, else the variable COLUMNS, else 80.
pub(crate) fn width(asked: Option<u16>) -> usize {
    const NARROWEST: u16 = 60;
    const WIDEST: u16 = 200;
    let terminal = || terminal_size::terminal_size().map(|(terminal_size::Width(columns), _)| columns);
    let variable = || std::env::var("COLUMNS").ok()?.parse::<u16>().ok();
    let found = asked.or_else(|| Some(terminal().or_else(variable)?.clamp(NARROWEST, WIDEST)));
    usize::from(found.unwrap_or(80))
}
