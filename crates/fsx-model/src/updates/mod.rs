//! How one file system becomes another: the requests that lead there, in an order in which the service takes them and
//! every stop on the way is legal; or the rules that stand in the way. `time` says how long each takes, and `copy` what
//! a new file system beside the old one does.

mod blocked;
mod copy;
mod time;

use serde::Serialize;

pub(crate) use copy::new_file_system;
pub use copy::{CopyBottleneck, NewFileSystem};
pub use time::{FieldChange, Update};
pub(crate) use time::{data_of, updates};

use crate::catalog::terms::words;
use crate::catalog::{automatic_metadata_iops, figures, newest_version};
use crate::finding::Finding;
use crate::rules::quotas::cache_gib;
use crate::rules::tables;
use crate::scenario::{
    FileSystem, Layout, LayoutKind, MetadataConfiguration, MetadataMode, ReadCache, ReadCacheSizingMode,
};
use crate::shape::Whole;

words! {
    /// What an update changes.
    Change {
        /// The Lustre version.
        Version = "version",
        /// The Metadata IOPS and how they are set.
        Metadata = "metadata",
        /// The throughput tier, or the throughput capacity and with it a provisioned SSD read cache.
        Throughput = "throughput",
        /// The SSD read cache of Intelligent-Tiering.
        ReadCache = "read_cache",
        /// The storage capacity.
        StorageCapacity = "storage_capacity",
        /// The compression of files written from then on.
        Compression = "compression",
        /// The layout of files written from then on: set on a client, not by the service.
        Layout = "layout",
    }
}

pub(crate) const MODE: &str = "file_system.metadata_configuration.mode";
pub(crate) const IOPS: &str = "file_system.metadata_configuration.iops";
pub(crate) const CAPACITY: &str = "file_system.storage_capacity_gib";
pub(crate) const TIER: &str = "file_system.per_unit_storage_throughput";
pub(crate) const THROUGHPUT: &str = "file_system.throughput_capacity_mb_per_s";
pub(crate) const SIZING: &str = "file_system.read_cache.sizing_mode";
pub(crate) const SIZE: &str = "file_system.read_cache.size_gib";
pub(crate) const VERSION: &str = "file_system.file_system_type_version";
pub(crate) const COMPRESSION: &str = "file_system.data_compression_type";

impl Change {
    /// The fields that one request changes together.
    pub(crate) const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Version => &[VERSION],
            Self::Metadata => &[MODE, IOPS],
            Self::Throughput => &[TIER, THROUGHPUT, SIZING, SIZE],
            Self::ReadCache => &[SIZING, SIZE],
            Self::StorageCapacity => &[CAPACITY],
            Self::Compression => &[COMPRESSION],
            Self::Layout => &["file_system.layout"],
        }
    }

    /// Where AWS speaks of it.
    pub(crate) const fn source(self) -> &'static str {
        match self {
            Self::Version => "VERSION",
            Self::Metadata => "METAMGMT",
            Self::Throughput => "THRU",
            Self::ReadCache => "CACHE",
            Self::StorageCapacity => "STORAGE",
            Self::Compression => "LZ4",
            Self::Layout => "PERF",
        }
    }
}

/// One request and what the file system is after it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What it changes.
    pub change: Change,
    /// The file system afterwards.
    pub file_system: FileSystem,
}

/// The requests that make one file system another, in order: the version, Metadata IOPS before the capacity that asks for
/// more of them, more throughput before more capacity and less of it afterwards, then what concerns new files only. No
/// stop on the way has less throughput than the lesser of the two ends. A version that the design leaves open stays.
///
/// Associations with S3, and what a file system holds, are left as they are.
///
/// # Errors
/// Every rule that stands in the way, if a new file system is needed.
///
/// ```
/// use fsx_model::scenario::{from_json, FileSystem};
/// let read = |text: &str| from_json::<FileSystem>(text).unwrap();
/// let current = read(r#"{ "deployment_type": "PERSISTENT_2", "per_unit_storage_throughput": 125, "storage_capacity_gib": 1200,
///     "metadata_configuration": { "mode": "USER_PROVISIONED", "iops": 1500 } }"#);
/// let design = read(r#"{ "deployment_type": "PERSISTENT_2", "per_unit_storage_throughput": 125, "storage_capacity_gib": 2400,
///     "metadata_configuration": { "mode": "USER_PROVISIONED", "iops": 3000 } }"#);
/// let steps = fsx_model::updates::route(&current, &design).unwrap();
/// let changes: Vec<&str> = steps.iter().map(|step| step.change.as_str()).collect();
/// assert_eq!(changes, ["metadata", "storage_capacity"]);
/// ```
pub fn route(current: &FileSystem, design: &FileSystem) -> Result<Vec<Step>, Vec<Finding>> {
    let blocked = blocked::blocked(current, design);
    if !blocked.is_empty() {
        return Err(blocked);
    }
    let mut way = Way { now: current.clone(), steps: Vec::new() };
    if let Some(version) = &design.file_system_type_version
        && version_of(current).as_ref() != Some(version)
    {
        way.step(Change::Version, |now| now.file_system_type_version = Some(version.clone()));
    }
    way.metadata(design);
    way.throughput(design);
    if design.per_unit_storage_throughput > current.per_unit_storage_throughput {
        way.step(Change::Throughput, |now| now.per_unit_storage_throughput = design.per_unit_storage_throughput);
    }
    way.step(Change::StorageCapacity, |now| now.storage_capacity_gib = design.storage_capacity_gib);
    way.step(Change::Throughput, |now| now.per_unit_storage_throughput = design.per_unit_storage_throughput);
    way.step(Change::Metadata, |now| now.metadata_configuration = design.metadata_configuration.clone());
    if current.data_compression_type() != design.data_compression_type() {
        way.step(Change::Compression, |now| now.data_compression_type = Some(design.data_compression_type()));
    }
    if laid_out(current) != laid_out(design) {
        way.step(Change::Layout, |now| now.layout.clone_from(&design.layout));
    }
    Ok(way.steps)
}

/// The version, given or the newest that the type allows.
fn version_of(fs: &FileSystem) -> Option<String> {
    let newest = || newest_version(fs.deployment_type, fs.metadata_configuration.is_some());
    fs.file_system_type_version.clone().or_else(|| newest().map(str::to_owned))
}

/// The layout, if it is not the service's default of today.
fn laid_out(fs: &FileSystem) -> Option<&Layout> {
    fs.layout.as_ref().filter(|layout| layout.kind != LayoutKind::Default)
}

/// Metadata IOPS: provisioned, or those that go with a capacity; none without a configuration.
pub(crate) fn metadata_iops(fs: &FileSystem, capacity: Option<Whole>) -> Option<i64> {
    let configuration = fs.metadata_configuration.as_ref()?;
    match configuration.mode {
        MetadataMode::UserProvisioned => Some(configuration.iops?.0),
        MetadataMode::Automatic => Some(tables::whole(automatic_metadata_iops(capacity?.get()))),
    }
}

/// Whether two file systems of one capacity have the same Metadata IOPS, however they are set.
pub(crate) fn keeps_its_iops(a: &FileSystem, b: &FileSystem) -> bool {
    metadata_iops(a, a.storage_capacity_gib) == metadata_iops(b, b.storage_capacity_gib)
}

/// How far one has come.
struct Way {
    now: FileSystem,
    steps: Vec<Step>,
}

impl Way {
    fn step(&mut self, change: Change, set: impl FnOnce(&mut FileSystem)) {
        let mut next = self.now.clone();
        set(&mut next);
        if next != self.now {
            self.now = next.clone();
            self.steps.push(Step { change, file_system: next });
        }
    }

    /// Raises the Metadata IOPS to what the design has or its capacity asks for. AUTOMATIC is taken at once where it
    /// changes nothing, else once the capacity is there.
    fn metadata(&mut self, design: &FileSystem) {
        let Some(wanted) = &design.metadata_configuration else { return };
        let capacity = self.now.storage_capacity_gib;
        let now = metadata_iops(&self.now, capacity);
        let then = metadata_iops(design, design.storage_capacity_gib);
        let automatic = wanted.mode == MetadataMode::Automatic;
        if !automatic || now == metadata_iops(design, capacity) {
            self.step(Change::Metadata, |it| it.metadata_configuration = Some(wanted.clone()));
        } else if now < then {
            let raised = MetadataConfiguration { mode: MetadataMode::UserProvisioned, iops: then.map(Whole) };
            self.step(Change::Metadata, |it| it.metadata_configuration = Some(raised));
        }
    }

    /// Raises the throughput capacity of Intelligent-Tiering, a provisioned cache growing with it as it has to, and then
    /// sizes the cache. A cache that cannot grow by the same factor is removed first and made anew.
    fn throughput(&mut self, design: &FileSystem) {
        let Some((now, then)) = self.now.throughput_capacity_mb_per_s.zip(design.throughput_capacity_mb_per_s) else {
            return;
        };
        if now != then {
            let provisioned = self.now.read_cache.as_ref().and_then(|cache| cache.size_gib);
            let grown = |gib: Whole| gib.0.checked_mul(then.0).filter(|all| all % now.0 == 0).map(|all| all / now.0);
            let grown = provisioned.map(grown);
            if grown == Some(None) {
                self.step(Change::ReadCache, |it| it.read_cache = Some(NO_CACHE));
            }
            self.step(Change::Throughput, |it| {
                it.throughput_capacity_mb_per_s = Some(then);
                if let (Some(cache), Some(gib)) = (it.read_cache.as_mut(), grown.flatten()) {
                    cache.size_gib = Some(Whole(gib));
                }
            });
        }
        let [has, wants] = [&self.now, design].map(cache_gib);
        let other = self.now.read_cache != design.read_cache;
        if let (Some(has), Some(wants), true) = (has, wants, other)
            && Whole((wants - has).abs()).get() < figures::IT_CACHE_CHANGE_MIN_SHARE.value * Whole(has).get()
        {
            self.step(Change::ReadCache, |it| it.read_cache = Some(NO_CACHE));
        }
        self.step(Change::ReadCache, |it| it.read_cache.clone_from(&design.read_cache));
    }
}

const NO_CACHE: ReadCache = ReadCache { sizing_mode: ReadCacheSizingMode::NoCache, size_gib: None };
