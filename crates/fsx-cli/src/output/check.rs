//! What `check` says of one file or of many.

use fsx_model::api::Checked;
use fsx_model::finding::{Error, Finding};

use super::findings;
use super::format::{list, plural};
use super::page::{Page, Text};
use super::style::{ADVICE, BOLD, ERROR};
use crate::checking::Looked;
use crate::run::Status;

/// The findings about one file, and what follows from them.
pub(crate) fn one(page: &mut Page, looked: &Looked, checked: &Checked) {
    let line = |finding: &Finding| looked.spot(finding).map(|spot| spot.line);
    let mut rest = checked.findings.as_slice();
    for system in &checked.file_systems {
        let (own, others) = rest.split_at(system.findings.min(rest.len()));
        rest = others;
        if checked.file_systems.len() > 1 {
            page.gap();
            let nothing = if own.is_empty() { ": no findings" } else { "" };
            page.flow(0, 2, &Text::new().dim("file system ").push(BOLD, &system.name).plain(nothing));
        }
        findings::show_at(page, own, &line);
    }
    findings::show_at(page, rest, &line);
    page.gap();
    page.flow(0, 0, &findings::verdict(&checked.findings));
}

/// Why there is no answer for a file.
pub(crate) fn refused(page: &mut Page, looked: &Looked, error: &Error) {
    // a syntax fault says it itself
    let line = |finding: &Finding| looked.spot(finding).filter(|spot| spot.column.is_none()).map(|spot| spot.line);
    findings::refused_at(page, &error.findings, &line);
}

/// All files, one after the other, and how many of them are how.
pub(crate) fn all(page: &mut Page, all: &[Looked]) {
    for looked in all {
        page.gap();
        page.flow(0, 2, &Text::new().push(BOLD, &looked.path.display().to_string()));
        match &looked.result {
            Ok(checked) => one(page, looked, checked),
            Err(error) => refused(page, looked, error),
        }
    }
    let words = [(Status::Done, "legal"), (Status::No, "refused"), (Status::NotUnderstood, "not understood")];
    let counted = words.iter().filter_map(|(status, word)| {
        let count = all.iter().filter(|looked| looked.status() == *status).count();
        (count > 0).then(|| format!("{count} {word}"))
    });
    let files = plural(u32::try_from(all.len()).unwrap_or(u32::MAX), "file");
    let style = if all.iter().all(|looked| looked.status() == Status::Done) { ADVICE } else { ERROR };
    page.gap();
    page.flow(0, 0, &Text::new().push(style, &files).plain(": ").plain(&list(&counted.collect::<Vec<_>>())));
}
