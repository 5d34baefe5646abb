//! `scan`: walks a directory tree, and hands what it counts to the core.
//!
//! In bounded memory: one open directory per level, and the names of files with several, up to a limit. No symbolic link
//! is followed but the path that is named, and no other file system is entered unless that is asked for.

use std::collections::BTreeSet;
use std::fs::{self, DirEntry, File, Metadata, ReadDir};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use fsx_model::api::Answer;
use fsx_model::exchange::{Import, ImportFormat, ScanCounter, Scanned, import};
use fsx_model::finding::{Error, Finding};

use crate::args::{Form, Scanning};
use crate::input;
use crate::output;
use crate::run::{Reply, Status, answer, written};
use crate::waiting::watching;

/// Most files with several names that are kept in mind, some 50 MB of them.
const MOST_LINKED: usize = 1 << 20;

/// Most lines that are named as no sizes.
const MOST_FAULTS: usize = 20;

/// Scans a tree, or reads a list of sizes.
pub(crate) fn of_scan(asked: &Scanning, width: usize) -> Reply {
    let seen = Seen::default();
    let result = watching(|| seen.so_far(), || scanned(asked, &seen));
    if asked.toml {
        let text = |scanned: Scanned| Answer::Ok(scanned).to_json();
        let drafted = |text| import(&Import { from: ImportFormat::Scan, text, id: None, into: None });
        let form = Form { json: false, explain: false };
        return written(result.map(text).and_then(drafted), form, width, |it| (&it.toml, &it.findings));
    }
    answer(
        result,
        Form { json: asked.json, explain: false },
        width,
        |scanned| Answer::Ok(scanned).to_json(),
        |scanned, page| {
            output::scan::show(page, scanned);
            Status::Done
        },
    )
}

fn scanned(asked: &Scanning, seen: &Seen) -> Result<Scanned, Error> {
    let mut counter = ScanCounter::default();
    let (path, counted) = match (&asked.sizes, &asked.path) {
        (Some(list), _) => (list, sizes(list, &mut counter, seen)),
        (None, Some(path)) => (path, tree(path, asked.cross_mounts, &mut counter, seen)),
        // the command line wants one of them
        (None, None) => return Err(input::not_understood("INPUT-FILE", "", "nothing to scan".to_owned())),
    };
    counted?;
    let path = (!input::is_standard_input(path)).then(|| path.display().to_string());
    Ok(counter.scan(path).into())
}

/// What was counted so far, for whoever waits.
struct Seen {
    files: AtomicU64,
    bytes: AtomicU64,
    since: Instant,
}

impl Default for Seen {
    fn default() -> Self {
        Self { files: AtomicU64::new(0), bytes: AtomicU64::new(0), since: Instant::now() }
    }
}

impl Seen {
    fn file(&self, bytes: u64) {
        self.files.fetch_add(1, Relaxed);
        self.bytes.fetch_add(bytes, Relaxed);
    }

    fn so_far(&self) -> String {
        let (files, bytes) = (self.files.load(Relaxed), self.bytes.load(Relaxed));
        output::scan::so_far(files, bytes, self.since.elapsed())
    }
}

/// A directory that is being read.
struct Level {
    path: PathBuf,
    entries: ReadDir,
    files: u64,
}

impl Level {
    fn open(path: PathBuf) -> Result<Self, (PathBuf, io::Error)> {
        match fs::read_dir(&path) {
            Ok(entries) => Ok(Self { path, entries, files: 0 }),
            Err(error) => Err((path, error)),
        }
    }
}

struct Walk<'a> {
    counter: &'a mut ScanCounter,
    seen: &'a Seen,
    /// The file system to stay on; none where all may be entered.
    device: Option<u64>,
    /// Files with several names, by file system and number.
    linked: BTreeSet<(u64, u64)>,
}

fn tree(path: &Path, cross_mounts: bool, counter: &mut ScanCounter, seen: &Seen) -> Result<(), Error> {
    let refused =
        |error: &io::Error| input::not_understood("INPUT-FILE", &path.to_string_lossy(), input::reason(error));
    let root = fs::metadata(path).map_err(|error| refused(&error))?;
    if !root.is_dir() {
        let message = "this is no directory".to_owned();
        return Err(input::not_understood("INPUT-FILE", &path.to_string_lossy(), message));
    }
    let first = Level::open(path.to_owned()).map_err(|(_, error)| refused(&error))?;
    let device = if cross_mounts { None } else { identity(&root).map(|(device, _)| device) };
    let mut walk = Walk { counter, seen, device, linked: BTreeSet::new() };
    let mut levels = vec![first];
    while let Some(level) = levels.last_mut() {
        match level.entries.next() {
            Some(Ok(entry)) => match walk.entry(&entry, &mut level.files) {
                Ok(None) => {}
                Ok(Some(below)) => levels.push(below),
                Err((path, error)) => walk.unreadable(&path, &error),
            },
            Some(Err(error)) => walk.unreadable(&level.path, &error),
            None => {
                let depth = u64::try_from(levels.len() - 1).unwrap_or(u64::MAX);
                if let Some(Level { path, files, .. }) = levels.pop() {
                    walk.counter.directory(depth, files, || path.display().to_string());
                }
            }
        }
    }
    Ok(())
}

impl Walk<'_> {
    /// Counts an entry of a directory; returns a directory to go into.
    fn entry(&mut self, entry: &DirEntry, files: &mut u64) -> Result<Option<Level>, (PathBuf, io::Error)> {
        let named = |error| (entry.path(), error);
        let kind = entry.file_type().map_err(named)?;
        if kind.is_symlink() {
            self.counter.symbolic_links += 1;
        } else if kind.is_dir() {
            let device = self.device.and_then(|_| entry.metadata().ok()).and_then(|it| identity(&it));
            if device.is_some_and(|(device, _)| Some(device) != self.device) {
                self.counter.mount_points += 1;
                return Ok(None);
            }
            return Level::open(entry.path()).map(Some);
        } else if kind.is_file() {
            let metadata = entry.metadata().map_err(named)?;
            *files += 1;
            self.file(&metadata);
        } else {
            self.counter.others += 1;
        }
        Ok(None)
    }

    fn file(&mut self, metadata: &Metadata) {
        if let Some(identity) = identity(metadata).filter(|_| has_several_names(metadata)) {
            if self.linked.contains(&identity) {
                self.counter.further_names += 1;
                return;
            }
            if self.linked.len() < MOST_LINKED {
                self.linked.insert(identity);
            } else {
                self.counter.names_in_doubt += 1;
            }
        }
        self.counter.file(metadata.len());
        self.seen.file(metadata.len());
    }

    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        self.counter.unreadable(|| path.display().to_string(), || input::reason(error));
    }
}

/// File system and number of a file, where the platform tells.
#[cfg(unix)]
fn identity(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
const fn identity(_: &Metadata) -> Option<(u64, u64)> {
    None
}

#[cfg(unix)]
fn has_several_names(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    metadata.nlink() > 1
}

#[cfg(not(unix))]
const fn has_several_names(_: &Metadata) -> bool {
    false
}

/// Counts files by a list of their sizes, one in a line, as `find -printf '%s\n'` writes it.
fn sizes(path: &Path, counter: &mut ScanCounter, seen: &Seen) -> Result<(), Error> {
    let cannot = |error: &io::Error| input::not_understood("INPUT-FILE", &path.to_string_lossy(), input::reason(error));
    let mut reader: Box<dyn BufRead> = if input::is_standard_input(path) {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(path).map_err(|error| cannot(&error))?))
    };
    let mut lines = SizeLines::default();
    loop {
        let bytes = reader.fill_buf().map_err(|error| cannot(&error))?;
        let length = bytes.len();
        if length == 0 {
            lines.take(b'\n', counter, seen);
            break;
        }
        for byte in bytes {
            lines.take(*byte, counter, seen);
        }
        reader.consume(length);
    }
    if lines.faults.is_empty() { Ok(()) } else { Err(Error::not_understood(lines.faults)) }
}

/// Reads whole numbers byte by byte, so that a line of any length takes no room.
#[derive(Default)]
struct SizeLines {
    line: u64,
    size: Option<u64>,
    /// Whether spaces follow the number.
    ended: bool,
    wrong: bool,
    faults: Vec<Finding>,
}

impl SizeLines {
    fn take(&mut self, byte: u8, counter: &mut ScanCounter, seen: &Seen) {
        match byte {
            b'\n' => self.end(counter, seen),
            b' ' | b'\t' | b'\r' => self.ended |= self.size.is_some(),
            b'0'..=b'9' if !self.ended => {
                let more = |size: u64| size.checked_mul(10)?.checked_add(u64::from(byte - b'0'));
                let size = more(self.size.unwrap_or(0));
                self.wrong |= size.is_none();
                self.size = size.or(self.size);
            }
            _ => self.wrong = true,
        }
    }

    fn end(&mut self, counter: &mut ScanCounter, seen: &Seen) {
        self.line += 1;
        match self.size {
            _ if self.wrong && self.faults.len() < MOST_FAULTS => {
                let place = format!("line {}, column 1", self.line);
                let message = "this line is no size in bytes: `find -printf '%s\\n'` writes one in each";
                self.faults.push(Finding::error("INPUT-TYPE", &place, "", message, ""));
            }
            Some(size) if !self.wrong => {
                counter.file(size);
                seen.file(size);
            }
            _ => {}
        }
        (self.size, self.ended, self.wrong) = (None, false, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (i64, i64, Vec<String>) {
        let (mut counter, seen, mut lines) = (ScanCounter::default(), Seen::default(), SizeLines::default());
        text.bytes().chain([b'\n']).for_each(|byte| lines.take(byte, &mut counter, &seen));
        let scan = counter.scan(None);
        (scan.files.0, scan.bytes.0, lines.faults.into_iter().map(|fault| fault.field).collect())
    }

    #[test]
    fn sizes_are_whole_numbers_one_in_a_line() {
        assert_eq!(read("0\n 10 \r\n\n5"), (3, 15, vec![]));
        let wrong = ["1 2", "-1", "1.5", "x", "99999999999999999999999"];
        let places: Vec<_> = (2..7).map(|line| format!("line {line}, column 1")).collect();
        assert_eq!(read(&format!("7\n{}", wrong.join("\n"))), (1, 7, places));
        assert_eq!(read(&"x\n".repeat(100)).2.len(), MOST_FAULTS);
    }
}
