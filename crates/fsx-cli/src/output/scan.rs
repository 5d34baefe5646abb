//! What a directory tree holds.

use std::time::Duration;

use fsx_model::exchange::scan::StripeClass;
use fsx_model::exchange::{Scan, Scanned};
use fsx_model::shape::Whole;

use super::findings;
use super::format::{bytes, count, percent, plural};
use super::grid::{self, Cell, Side};
use super::page::{GLUE, Page, Text};
use super::style::{BOLD, DIM, USED};

/// Widest bar.
const LONGEST_BAR: usize = 40;
/// Columns of the names of classes, of counts and of sizes.
const CLASS: usize = 9;
const FILES: usize = 13;
const BYTES: usize = 9;
/// Most lines of a row of a table: more than any takes in 60 columns.
const MOST_LINES: usize = 4;
/// Directories that are shown.
const MOST_SHOWN: usize = 5;

/// The counts, the sizes as bars, and what they mean.
pub(crate) fn show(page: &mut Page, scanned: &Scanned) {
    let scan = &scanned.scan;
    totals(page, scan);
    histogram(page, scan);
    stripes(page, scan);
    largest(page, scan);
    unreadable(page, scan);
    findings::show(page, &scanned.findings);
}

/// What was counted so far: one line, while a scan goes on.
pub(crate) fn so_far(files: u64, all: u64, elapsed: Duration) -> String {
    let files_f = whole(files);
    let per_s = files_f / elapsed.as_secs_f64().max(1e-3);
    format!("{} files, {}, {} files/s", count(files_f), bytes(whole(all)).replace(GLUE, " "), count(per_s.round()))
}

fn whole(number: u64) -> f64 {
    Whole(i64::try_from(number).unwrap_or(i64::MAX)).get()
}

fn totals(page: &mut Page, scan: &Scan) {
    if let Some(path) = &scan.path {
        page.flow(0, 2, &Text::new().push(BOLD, path));
    }
    let mut text = Text::new()
        .bold(&plural(scan.files.get(), "file"))
        .plain(if scan.files.0 == 1 { " holds " } else { " hold " })
        .bold(&bytes(scan.bytes.get()));
    if let (Some(directories), Some(depth)) = (scan.directories, scan.depth) {
        text = text.plain(&format!(", in {}", plural(directories.get(), "directory")));
        if depth.0 > 0 {
            text = text.plain(&format!(", up to {} deep", count(depth.get())));
        }
    }
    page.flow(2, 4, &text);
    if let (Some(mean), Some(half), Some(largest)) = (scan.mean_bytes, scan.median_up_to_bytes, scan.largest_bytes) {
        let text = format!(
            "mean {}, half of them at most {}, the largest {}",
            bytes(mean),
            bytes(half.get()),
            bytes(largest.get())
        );
        page.flow(2, 4, &Text::new().plain(&text));
    }
    if let Some((of_files, of_bytes)) = scan.small_shares().filter(|_| scan.files.0 > 0) {
        let text =
            format!("small, at most 1{GLUE}MiB: {} of the files, {} of the bytes", part(of_files), part(of_bytes));
        page.flow(2, 4, &Text::new().plain(&text));
    }
    let also = [
        (scan.symbolic_links, "symbolic link", "not followed"),
        (scan.further_names, "further name", "of files counted already"),
        (scan.others, "other entry", "neither file nor directory"),
        (scan.mount_points, "mount point", "not entered"),
        (scan.unreadable, "unreadable entry", "not counted"),
    ];
    let also = also.iter().filter_map(|(number, one, how)| {
        let number = number.filter(|number| number.0 > 0)?;
        Some(Text::new().plain(&plural(number.get(), one)).plain(&format!(", {how}")))
    });
    page.items(2, 4, also.collect());
}

/// A share in percent; a little less than all is not all.
fn part(share: f64) -> String {
    if (0.995..1.0).contains(&share) { ">99%".to_owned() } else { percent(share) }
}

/// A line for each class of sizes, with a bar for files and one for bytes.
fn histogram(page: &mut Page, scan: &Scan) {
    let Some(most_files) = scan.sizes.iter().map(|it| it.files.get()).reduce(f64::max) else { return };
    let most_bytes = scan.sizes.iter().map(|it| it.bytes.get()).fold(0.0, f64::max);
    let fixed = 2 + CLASS + FILES + 2 + BYTES + 2 + 1;
    let bar = (page.width().saturating_sub(fixed) / 2).clamp(4, LONGEST_BAR);
    page.gap();
    let head = format!("{:>FILES$}  {:bar$}{:>BYTES$}", "files", "", "bytes");
    page.line(&Text::new().plain("  ").push(BOLD, &format!("{:<CLASS$}", "Sizes")).dim(&head));
    let mut gap = 0;
    for up_to in classes(scan) {
        let class = scan.sizes.iter().find(|it| it.up_to_bytes.0 == up_to);
        gap = if class.is_some() { 0 } else { gap + 1 };
        let Some(class) = class else {
            // one line for all classes without files between two others
            if gap == 1 {
                page.line(&Text::new().dim("  ⋮"));
            }
            continue;
        };
        let (files, held) = (class.files.get(), class.bytes.get());
        let name = if up_to == 0 { "empty".to_owned() } else { format!("≤ {}", bytes(class.up_to_bytes.get())) };
        page.line(
            &Text::new()
                .plain(&format!("  {name:<CLASS$}{:>FILES$}  ", count(files)))
                .and(blocks(files / most_files, bar))
                .plain(&format!("{:>BYTES$}  ", bytes(held)))
                .and(blocks(if most_bytes > 0.0 { held / most_bytes } else { 0.0 }, bar)),
        );
    }
}

/// The ends of all classes from the smallest with files to the largest, those without files between them too.
fn classes(scan: &Scan) -> Vec<i64> {
    let ends: Vec<i64> = scan.sizes.iter().map(|class| class.up_to_bytes.0).collect();
    let (Some(last), first) = (ends.last(), ends.iter().find(|end| **end > 0)) else { return Vec::new() };
    let powers = std::iter::successors(first.copied(), |end| end.checked_mul(2)).take_while(|end| end <= last);
    ends.first().filter(|end| **end == 0).copied().into_iter().chain(powers).collect()
}

/// A bar of a share of so many cells, in eighths; a little more than nothing is not nothing.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a bar")]
fn blocks(share: f64, cells: usize) -> Text {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let most = f64::from(u32::try_from(cells * 8).unwrap_or(u32::MAX));
    let eighths = ((share.clamp(0.0, 1.0) * most).round() as usize).max(usize::from(share > 0.0));
    let bar = "█".repeat(eighths / 8) + PARTS[eighths % 8];
    let pad = cells.saturating_sub(bar.chars().count());
    Text::new().push(USED, &bar).plain(&" ".repeat(pad))
}

/// On how many targets the files lie.
fn stripes(page: &mut Page, scan: &Scan) {
    let mib = |end: Whole| bytes(end.get() * 1_048_576.0);
    let before = std::iter::once(None).chain(scan.stripes.iter().map(|class| class.up_to_mib));
    let row = |(class, from): (&StripeClass, Option<Whole>)| {
        let size = class.up_to_mib.map_or_else(|| "larger files".to_owned(), |end| format!("files up to {}", mib(end)));
        let beyond = from.map(|from| format!(", beyond {}", mib(from))).unwrap_or_default();
        let osts = format!("on {}{beyond}", plural(class.stripe_count.get(), "OST"));
        let numbers = [count(class.files.get()), bytes(class.bytes.get())];
        [size, osts].into_iter().chain(numbers).map(|text| Text::new().plain(&text).into()).collect()
    };
    let cells: Vec<Vec<Cell>> =
        scan.stripes.iter().zip(before).filter(|(class, _)| class.files.0 > 0).map(row).collect();
    if !cells.is_empty() {
        page.gap();
        page.line(&Text::new().plain("  ").push(BOLD, "On the default layout").dim(", where there are so many OSTs"));
        grid::wrapped(page, 2, &[Side::Left, Side::Left, Side::Right, Side::Right], &cells, MOST_LINES);
    }
}

fn largest(page: &mut Page, scan: &Scan) {
    if scan.largest_directories.is_empty() {
        return;
    }
    page.gap();
    page.line(&Text::new().plain("  ").push(BOLD, "Largest directories").dim(", files in each"));
    for directory in scan.largest_directories.iter().take(MOST_SHOWN) {
        page.flow(
            2,
            4 + FILES,
            &Text::new()
                .plain(&format!("{:>FILES$}", count(directory.files.get())).replace(' ', &GLUE.to_string()))
                .plain("  ")
                .plain(&directory.path),
        );
    }
}

fn unreadable(page: &mut Page, scan: &Scan) {
    if scan.unreadable_first.is_empty() {
        return;
    }
    page.gap();
    page.line(&Text::new().plain("  ").push(BOLD, "Not read"));
    for it in &scan.unreadable_first {
        page.flow(2, 4, &Text::new().plain(&it.path).push(DIM, &format!(": {}", it.reason)));
    }
}
