//! What a directory tree holds: counts that a walk adds up, and what they mean. The walk itself is a face's.

use serde::Serialize;

use crate::catalog::{DefaultLayoutComponent, LAYOUTS, figures};
use crate::finding::{Finding, Severity, whole_number};
use crate::shape::{Whole, record};

record! {
    /// What a directory tree holds. Sizes are those of the contents, not of the blocks they take.
    Scan {
        /// Where it was read.
        path: Option<String>,
        /// Regular files, each once, however many names it has.
        files: Whole,
        /// Bytes of all of them.
        bytes: Whole,
        /// Bytes of a file in the mean.
        mean_bytes: Option<f64>,
        /// Half of the files have at most so many bytes: the upper end of the class that the median is in.
        median_up_to_bytes: Option<Whole>,
        /// Bytes of the largest file.
        largest_bytes: Option<Whole>,
        /// Files of at most 1 MiB, the size of one request to the servers.
        small_files: Option<Whole>,
        /// Bytes of those.
        small_bytes: Option<Whole>,
        /// Files by size, in powers of two, the smallest first; classes without files are left out.
        #[cfg_attr(feature = "schema", schemars(default))]
        sizes: Vec<SizeClass>,
        /// Files by how many OSTs the last of their bytes are striped over on the default layout.
        #[cfg_attr(feature = "schema", schemars(default))]
        stripes: Vec<StripeClass>,
        /// Directories, the first included; absent where only sizes were read.
        directories: Option<Whole>,
        /// Directories with a file in them.
        directories_with_files: Option<Whole>,
        /// Directories between the first and the deepest, that included.
        depth: Option<Whole>,
        /// Directories with the most files in them, the largest first.
        #[cfg_attr(feature = "schema", schemars(default))]
        largest_directories: Vec<DirectorySize>,
        /// Symbolic links; none was followed.
        symbolic_links: Option<Whole>,
        /// What is neither file, directory nor symbolic link.
        others: Option<Whole>,
        /// Further names of files that were counted by another.
        further_names: Option<Whole>,
        /// Names of files with several, too many to tell whether they were counted by another: they were counted.
        names_in_doubt: Option<Whole>,
        /// Directories on other file systems; none was entered.
        mount_points: Option<Whole>,
        /// Files and directories that could not be read; they are not counted.
        unreadable: Option<Whole>,
        /// The first of them.
        #[cfg_attr(feature = "schema", schemars(default))]
        unreadable_first: Vec<Unreadable>,
    }
}

record! {
    /// Files of one size, within a factor of two.
    SizeClass {
        /// Most bytes of a file, a power of two; 0 for files without content. The least is one more than half of it.
        up_to_bytes: Whole,
        /// Files.
        files: Whole,
        /// Their bytes.
        bytes: Whole,
    }
}

record! {
    /// Files of one component of the default layout.
    StripeClass {
        /// OSTs that the component is striped over, at most.
        stripe_count: Whole,
        /// Where it ends in the file, MiB; absent: at the end of the file.
        up_to_mib: Option<Whole>,
        /// Files that end in it.
        files: Whole,
        /// Their bytes.
        bytes: Whole,
    }
}

record! {
    /// A directory and the files in it.
    DirectorySize {
        /// Its path.
        path: String,
        /// Files in it, without those of directories in it.
        files: Whole,
    }
}

record! {
    /// Something that could not be read.
    Unreadable {
        /// Its path.
        path: String,
        /// Why.
        reason: String,
    }
}

/// The answer of a scan.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Scanned {
    /// What the tree holds.
    pub scan: Scan,
    /// What that means.
    pub findings: Vec<Finding>,
}

impl From<Scan> for Scanned {
    fn from(scan: Scan) -> Self {
        Self { findings: scan.findings(), scan }
    }
}

/// A file of at most so many bytes is small: one request to the servers takes all of it.
const SMALL_BYTES: u64 = 1 << 20;

/// Most directories, and most things that could not be read, that are named.
const MOST_NAMED: usize = 10;

/// Counts and bytes of a class of files.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    files: u64,
    bytes: u64,
}

impl Tally {
    const fn add(&mut self, bytes: u64) {
        self.files = self.files.saturating_add(1);
        self.bytes = self.bytes.saturating_add(bytes);
    }
}

/// Adds up what a walk finds, in memory that does not grow with the tree. Sums end at 2^53, which every language carries
/// exactly.
#[derive(Debug)]
pub struct ScanCounter {
    all: Tally,
    small: Tally,
    largest: u64,
    /// By the number of the class: 0 for empty files, then the power of two that holds the size, and one.
    sizes: Vec<Tally>,
    stripes: Vec<(&'static DefaultLayoutComponent, Tally)>,
    directories: Option<(u64, u64)>,
    depth: u64,
    largest_directories: Vec<DirectorySize>,
    unreadable: u64,
    unreadable_first: Vec<Unreadable>,
    /// Symbolic links.
    pub symbolic_links: u64,
    /// What is neither file, directory nor symbolic link.
    pub others: u64,
    /// Further names of files that were counted.
    pub further_names: u64,
    /// Names that may be further ones and were counted.
    pub names_in_doubt: u64,
    /// Directories on other file systems.
    pub mount_points: u64,
}

impl Default for ScanCounter {
    fn default() -> Self {
        let today = LAYOUTS.iter().filter(|row| row.created_before.is_none());
        Self {
            all: Tally::default(),
            small: Tally::default(),
            largest: 0,
            sizes: vec![Tally::default(); 66],
            stripes: today.map(|row| (row, Tally::default())).collect(),
            directories: None,
            depth: 0,
            largest_directories: Vec::new(),
            unreadable: 0,
            unreadable_first: Vec::new(),
            symbolic_links: 0,
            others: 0,
            further_names: 0,
            names_in_doubt: 0,
            mount_points: 0,
        }
    }
}

impl ScanCounter {
    /// Counts a file.
    pub fn file(&mut self, bytes: u64) {
        self.all.add(bytes);
        self.largest = self.largest.max(bytes);
        if bytes <= SMALL_BYTES {
            self.small.add(bytes);
        }
        // 0, 1, 2, 3 to 4, 5 to 8 and so on
        let class = bytes.checked_sub(1).map_or(0, |below| 65 - below.leading_zeros());
        if let Some(tally) = self.sizes.get_mut(usize::try_from(class).unwrap_or(usize::MAX)) {
            tally.add(bytes);
        }
        let ends_in = |row: &DefaultLayoutComponent| row.end_mib.is_none_or(|end| bytes <= u64::from(end) << 20);
        if let Some((_, tally)) = self.stripes.iter_mut().find(|(row, _)| ends_in(row)) {
            tally.add(bytes);
        }
    }

    /// Counts a directory with so many files in it; its path is asked for only if it is among the largest.
    pub fn directory(&mut self, depth: u64, files: u64, path: impl FnOnce() -> String) {
        let (all, with_files) = self.directories.get_or_insert((0, 0));
        *all += 1;
        *with_files += u64::from(files > 0);
        self.depth = self.depth.max(depth);
        let files = whole(files);
        let least = self.largest_directories.last().filter(|_| self.largest_directories.len() >= MOST_NAMED);
        if files.0 > 0 && least.is_none_or(|least| files >= least.files) {
            let directory = DirectorySize { path: path(), files };
            // by path where they are equal, so that the order in which a tree is walked does not show
            let is_before = |it: &DirectorySize| (it.files, &directory.path) > (files, &it.path);
            let place = self.largest_directories.partition_point(is_before);
            self.largest_directories.insert(place, directory);
            self.largest_directories.truncate(MOST_NAMED);
        }
    }

    /// Counts something that could not be read.
    pub fn unreadable(&mut self, path: impl FnOnce() -> String, reason: impl FnOnce() -> String) {
        self.unreadable += 1;
        if self.unreadable_first.len() < MOST_NAMED {
            self.unreadable_first.push(Unreadable { path: path(), reason: reason() });
        }
    }

    /// All that was counted.
    #[must_use]
    pub fn scan(self, path: Option<String>) -> Scan {
        let is_tree = self.directories.is_some();
        let of_tree = |count: u64| is_tree.then(|| whole(count));
        let some = self.all.files > 0;
        let class = |(i, tally): (usize, &Tally)| SizeClass {
            up_to_bytes: whole(i.checked_sub(1).map_or(0, |power| 1_u64.checked_shl(low(power)).unwrap_or(u64::MAX))),
            files: whole(tally.files),
            bytes: whole(tally.bytes),
        };
        let sizes: Vec<SizeClass> = self.sizes.iter().enumerate().map(class).filter(|it| it.files.0 > 0).collect();
        let stripes = self.stripes.iter().map(|(row, tally)| StripeClass {
            stripe_count: Whole(i64::from(row.stripe_count)),
            up_to_mib: row.end_mib.map(|end| Whole(i64::from(end))),
            files: whole(tally.files),
            bytes: whole(tally.bytes),
        });
        Scan {
            path,
            files: whole(self.all.files),
            bytes: whole(self.all.bytes),
            mean_bytes: some.then(|| whole(self.all.bytes).get() / whole(self.all.files).get()),
            median_up_to_bytes: median(&sizes, self.all.files),
            largest_bytes: some.then(|| whole(self.largest)),
            small_files: Some(whole(self.small.files)),
            small_bytes: Some(whole(self.small.bytes)),
            stripes: stripes.collect(),
            sizes,
            directories: self.directories.map(|(all, _)| whole(all)),
            directories_with_files: self.directories.map(|(_, with_files)| whole(with_files)),
            depth: of_tree(self.depth),
            largest_directories: self.largest_directories,
            symbolic_links: of_tree(self.symbolic_links),
            others: of_tree(self.others),
            further_names: of_tree(self.further_names),
            names_in_doubt: of_tree(self.names_in_doubt).filter(|names| names.0 > 0),
            mount_points: of_tree(self.mount_points),
            unreadable: of_tree(self.unreadable),
            unreadable_first: self.unreadable_first,
        }
    }
}

/// The class that the file in the middle is in.
fn median(sizes: &[SizeClass], files: u64) -> Option<Whole> {
    let half = whole(files.div_ceil(2));
    let mut before = 0;
    let class = sizes.iter().find(|class| {
        before += class.files.0;
        before >= half.0
    });
    class.map(|class| class.up_to_bytes)
}

fn whole(count: u64) -> Whole {
    Whole(i64::try_from(count).map_or(Whole::MAX, |count| count.min(Whole::MAX)))
}

fn low(power: usize) -> u32 {
    u32::try_from(power).unwrap_or(u32::MAX)
}

impl Scan {
    /// Share of the files that are small, and share of the bytes that they hold.
    #[must_use]
    pub fn small_shares(&self) -> Option<(f64, f64)> {
        let share = |part: Whole, all: Whole| if all.0 > 0 { part.get() / all.get() } else { 0.0 };
        Some((share(self.small_files?, self.files), share(self.small_bytes?, self.bytes)))
    }

    /// What the counts mean for reading and keeping the tree.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let warn = |code, field: &str, value: String, message: String, fix: String, source: &'static str| Finding {
            code,
            severity: Severity::Warning,
            field: field.to_owned(),
            value,
            message,
            fix,
            sources: source.split_whitespace().collect(),
        };
        let mut findings = Vec::new();
        if let Some(count) = self.unreadable.filter(|count| count.0 > 0) {
            let message = "what could not be read is not counted, so there is more than this says".to_owned();
            findings.push(warn("FSX-SCAN-UNREADABLE", "unreadable", count.0.to_string(), message, String::new(), ""));
        }
        if let Some(count) = self.names_in_doubt {
            let message = "names of files with several names may be counted more than once, as there are too many to \
                           keep in mind"
                .to_owned();
            findings.push(warn("FSX-SCAN-LINKS", "names_in_doubt", count.0.to_string(), message, String::new(), ""));
        }
        let most = figures::FILES_PER_DIRECTORY_ADVICE;
        for (i, directory) in self.largest_directories.iter().enumerate().filter(|(_, it)| it.files.get() >= most.value)
        {
            let count = directory.files.get();
            let message = format!(
                "`{}` holds {} files; AWS advises fewer than {} in a directory of PERSISTENT_2",
                directory.path,
                whole_number(count),
                whole_number(most.value)
            );
            let fix = format!("{} directories or more", whole_number(libm::floor(count / most.value) + 1.0));
            let field = format!("largest_directories[{i}].files");
            let source = most.provenance.source_id;
            findings.push(warn("FSX-SCAN-DIRECTORY", &field, directory.files.0.to_string(), message, fix, source));
        }
        findings.extend(self.packing());
        findings
    }

    /// Advice to pack small files, if most are and they would fill a packed one.
    fn packing(&self) -> Option<Finding> {
        const MOST: f64 = 0.5;
        let packed = figures::MLPERF_TFRECORD_MIB;
        let fills_one = self.small_bytes?.get() > packed.value * Whole(1 << 20).get();
        let (of_files, of_bytes) = self.small_shares().filter(|(of_files, _)| fills_one && *of_files > MOST)?;
        let percent = |share: f64| match share * 100.0 {
            little if little > 0.0 && little < 0.5 => "less than 1 %".to_owned(),
            nearly if (99.5..100.0).contains(&nearly) => "more than 99 %".to_owned(),
            percent => format!("{percent:.0} %"),
        };
        let message = format!(
            "{} of the files have at most 1 MiB and hold {} of the bytes, so that opening them counts for more than their \
             bytes",
            percent(of_files),
            percent(of_bytes)
        );
        let fix = format!(
            "pack what is read together into files of {:.0} MiB or so (tar, TFRecord, WebDataset, Parquet)",
            packed.value
        );
        let sources = packed.provenance.source_id.split_whitespace().collect();
        let small = self.small_files?;
        let finding = Finding::error("FSX-SCAN-SMALL", "small_files", &small.0.to_string(), message, &fix);
        Some(Finding { severity: Severity::Advice, sources, ..finding })
    }
}
