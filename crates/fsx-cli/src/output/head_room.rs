//! What is left of the parts of a file system that exists.

use fsx_model::head_room::HeadRoom;

use super::columns::{Column, column, meanings, table};
use super::explain::heading;
use super::grid::Side;
use super::page::{Page, Text};

const COLUMNS: &[Column] = &[
    column("part", Side::Left, 9, "server or target"),
    column("metric", Side::Left, 8, "of CloudWatch, namespace AWS/FSx"),
    column("mean %", Side::Right, 2, "mean use over the time that was looked at"),
    column("busiest %", Side::Right, 7, "use in the busiest period; above 100 on burst credits"),
    column("left %", Side::Right, 6, "of 100 % in the busiest period"),
];

/// Parts that are shown; the others have more room.
const SHOWN: usize = 12;

/// Writes the parts with the least room.
pub(crate) fn show(page: &mut Page, parts: &[HeadRoom], explained: bool) {
    if parts.is_empty() {
        return;
    }
    heading(page, "Head room of the file system that exists");
    let percent = |value: f64| format!("{value:.0}");
    let row = |part: &HeadRoom| {
        vec![
            part.part.clone(),
            part.metric.to_string(),
            percent(part.mean_percent),
            percent(part.max_percent),
            percent(part.head_room_percent),
        ]
    };
    let shown = if explained { parts.len() } else { SHOWN };
    let rows: Vec<Vec<String>> = parts.iter().take(shown).map(row).collect();
    table(page, COLUMNS, &rows, 1);
    if parts.len() > shown {
        page.flow(2, 2, &Text::new().dim(&format!("{} more with more room; -v shows them", parts.len() - shown)));
    }
    if explained {
        meanings(page, COLUMNS);
    }
}
