//! The load of a design.

use super::{Clients, OperationMix};
use crate::scenario::{self, Access, DataIn, Operation, Order};
use crate::shape::Whole;
use crate::units::{
    Information, OperationRate, Operations, Throughput, kibibyte, mebibyte, megabyte_per_second, one_operation,
    operation, operation_per_second,
};

/// Where the data lie that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Residence {
    /// On the disks, every pass.
    Disk,
    /// In the caches of the file servers.
    ServerCache,
    /// In S3 in the first pass; later as if the first had been from the disks.
    S3,
    /// On the disks in the first pass; later as far as the caches hold them, by the order of the files.
    CachedAfterFirstPass,
}

/// What the file system itself does with S3, without its clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Importing metadata.
    Import,
    /// Loading files in bulk.
    Restore,
    /// Exporting files.
    Export,
}

/// A load as the model sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Workload {
    /// Whether it moves file data (else it is metadata operations alone).
    pub moves_data: bool,
    /// What the file system does by itself; `None` where clients move the data.
    pub stage: Option<Stage>,
    /// Whether it writes (else it reads).
    pub writes: bool,
    /// Whether offsets are random (else sequential).
    pub random: bool,
    /// Whether I/O bypasses the client's page cache.
    pub direct: bool,
    /// Whether I/O goes through mapped memory.
    pub mapped: bool,
    /// Whether several streams work on one file.
    pub shared: bool,
    /// Size of one I/O of the application; at most a file.
    pub io_size: Information,
    /// Outstanding I/Os per stream.
    pub queue_depth: f64,
    /// Streams over all clients.
    pub streams: f64,
    /// Share of a workload that runs on several client groups; 1 if there is one group.
    pub part: f64,
    /// Size of a file.
    pub file_size: Information,
    /// Files in the set.
    pub files: f64,
    /// Files worked on at once.
    pub active_files: f64,
    /// Directories the files are spread over.
    pub directories: f64,
    /// Metadata operations: those of an item, or of opening or creating a file.
    pub operations: OperationMix,
    /// Passes over the set.
    pub passes: f64,
    /// Order of the files over passes.
    pub order: Order,
    /// Where the data lie.
    pub residence: Residence,
    /// Whether the clients' memory counts as a cache.
    pub client_cache: bool,
    /// Whether application code issues the requests.
    pub application: bool,
    /// What all workloads that find data in the servers' caches read in a pass.
    pub cached_bytes: Information,
    /// Size before over size after LZ4.
    pub compression_ratio: f64,
    /// Offered load of data, if it is limited.
    pub rate_limit: Option<Throughput>,
    /// Offered load of metadata, items, if it is limited.
    pub item_limit: Option<OperationRate>,
}

impl Workload {
    /// The load of a legal workload.
    #[must_use]
    pub fn new(raw: &scenario::Workload, clients: &Clients) -> Self {
        let streams = clients.count * raw.processes_per_client().get();
        let moves_data = raw.operations.is_none() && raw.operation().is_data();
        let stage = match raw.operation() {
            _ if raw.operations.is_some() => None,
            Operation::S3Import => Some(Stage::Import),
            Operation::S3Restore => Some(Stage::Restore),
            Operation::S3Export => Some(Stage::Export),
            _ => None,
        };
        let writes = moves_data && matches!(raw.operation(), Operation::Write | Operation::S3Restore);
        let by_clients = stage.is_none();
        let shared = moves_data && by_clients && raw.shared_file();
        let files = if shared { 1.0 } else { raw.file_count.map_or(streams, Whole::get) };
        // the file system works on any of its files at once
        let streams = if by_clients { streams } else { files };
        let file_size = if moves_data { Some(raw.file_size_mib()) } else { raw.file_size_mib };
        let file_size = Information::new::<mebibyte>(file_size.unwrap_or(0.0));
        let mut load = Self {
            moves_data,
            stage,
            writes,
            random: by_clients && raw.access() == Access::Random,
            direct: by_clients && raw.direct_io(),
            mapped: by_clients && raw.mapped(),
            shared: shared && streams > 1.0,
            io_size: Information::new::<kibibyte>(raw.io_size_kib()).min(file_size),
            queue_depth: if raw.direct_io() { raw.queue_depth().get() } else { 1.0 },
            streams,
            part: 1.0,
            file_size,
            files,
            active_files: files.min(streams),
            directories: raw.directories().get(),
            operations: OperationMix::of(raw),
            passes: raw.passes().get(),
            order: raw.order(),
            residence: match raw.data_in() {
                _ if writes || !moves_data || stage.is_some() => Residence::Disk,
                DataIn::ServerCache => Residence::ServerCache,
                DataIn::Auto => Residence::CachedAfterFirstPass,
                DataIn::S3 => Residence::S3,
                DataIn::Disk => Residence::Disk,
            },
            client_cache: moves_data && by_clients && !writes && raw.client_cache(),
            application: by_clients && raw.application(),
            cached_bytes: Information::default(),
            compression_ratio: raw.compression_ratio(),
            rate_limit: raw.rate_limit_mb_per_s.map(Throughput::new::<megabyte_per_second>),
            item_limit: None,
        };
        if let Some(per_s) = raw.rate_limit_operations_per_s.map(OperationRate::new::<operation_per_second>) {
            load.limit_operations(per_s);
        }
        load.cached_bytes = load.bytes_in_caches();
        load
    }

    /// Holds the offered load down to so many operations of the application (of metadata, items) a second.
    pub fn limit_operations(&mut self, per_s: OperationRate) {
        if self.moves_data {
            let limit = per_s * self.io_size / one_operation();
            self.rate_limit = Some(self.rate_limit.map_or(limit, |other| other.min(limit)));
        } else {
            self.item_limit = Some(self.item_limit.map_or(per_s, |other| other.min(per_s)));
        }
    }

    /// Files of the whole workload, and those worked on at once.
    #[must_use]
    pub fn all_files(&self) -> (f64, f64) {
        let files = self.files / self.part;
        (files, files.min(self.streams / self.part))
    }

    /// Share of the passes that may find data in a cache that the first pass filled.
    #[must_use]
    pub fn cached_share_of_passes(&self) -> f64 {
        if self.client_cache || matches!(self.residence, Residence::CachedAfterFirstPass | Residence::S3) {
            1.0 - 1.0 / self.passes
        } else {
            0.0
        }
    }

    /// What it reads in a pass and may find in the servers' caches.
    #[must_use]
    pub fn bytes_in_caches(&self) -> Information {
        match self.residence {
            Residence::ServerCache => self.bytes_per_pass(),
            Residence::CachedAfterFirstPass | Residence::S3 if self.passes > 1.0 => self.bytes_per_pass(),
            _ => Information::default(),
        }
    }

    /// Bytes of one pass.
    #[must_use]
    pub fn bytes_per_pass(&self) -> Information {
        if self.moves_data { self.file_size * self.files } else { Information::default() }
    }

    /// Bytes of all passes.
    #[must_use]
    pub fn bytes(&self) -> Information {
        self.bytes_per_pass() * self.passes
    }

    /// Size of one request to the servers: of the application's size where nothing gathers requests, 1 MiB where the
    /// client reads ahead or writes behind, at least a page, at most a file; none for metadata.
    #[must_use]
    pub fn request_size(&self) -> Information {
        if !self.moves_data {
            Information::default()
        } else if self.is_gathered() {
            Information::new::<mebibyte>(1.0).min(self.file_size)
        } else if self.direct {
            self.io_size
        } else {
            self.io_size.max(Information::new::<kibibyte>(4.0))
        }
    }

    /// Requests that follow from opening a file once: those of the file, or of a process's part of it.
    #[must_use]
    pub fn requests_per_opening(&self) -> f64 {
        let per_file = f64::from(self.file_size / self.request_size()).max(1.0);
        per_file / (self.streams / self.files).max(1.0)
    }

    /// Whether the client gathers its I/O into large requests, ahead of reads and behind writes.
    #[must_use]
    pub fn is_gathered(&self) -> bool {
        !self.direct && !self.random
    }

    /// Requests of all passes; items for metadata.
    #[must_use]
    pub fn requests(&self) -> Operations {
        let count =
            if self.moves_data { (self.bytes() / self.request_size()).into() } else { self.items() * self.passes };
        Operations::new::<operation>(count)
    }

    /// Items of one pass: files, or directories where only directories are read.
    #[must_use]
    pub fn items(&self) -> f64 {
        if self.operations.lists_a_directory { self.directories } else { self.files }
    }

    /// Entries of a directory.
    #[must_use]
    pub fn entries_per_directory(&self) -> f64 {
        self.files / self.directories
    }
}
