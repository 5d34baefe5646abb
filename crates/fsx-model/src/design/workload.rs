//! The load of a design.

use super::Clients;
use crate::scenario::{self, Access, DataIn, Operation, Order};
use crate::shape::Whole;
use crate::units::{Information, Throughput, kibibyte, mebibyte, megabyte_per_second};

/// Where the data lie that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Residence {
    /// On the disks, every pass.
    Disk,
    /// In the memory of the file servers.
    ServerCache,
    /// On the disks in the first pass; later as far as the caches hold them, by the order of the files.
    CachedAfterFirstPass(Order),
}

/// A load as the model sees it.
#[derive(Clone, Copy, Debug)]
pub struct Workload {
    /// Whether it writes (else it reads).
    pub writes: bool,
    /// Whether offsets are random (else sequential).
    pub random: bool,
    /// Whether I/O bypasses the client's page cache.
    pub direct: bool,
    /// Size of one I/O of the application; at most a file.
    pub io_size: Information,
    /// Outstanding I/Os per stream.
    pub queue_depth: f64,
    /// Streams over all clients.
    pub streams: f64,
    /// Size of a file.
    pub file_size: Information,
    /// Files in the set.
    pub files: f64,
    /// Files worked on at once.
    pub active_files: f64,
    /// Passes over the set.
    pub passes: f64,
    /// Where the data lie.
    pub residence: Residence,
    /// Size before over size after LZ4.
    pub compression_ratio: f64,
    /// Offered load, if it is limited.
    pub rate_limit: Option<Throughput>,
}

impl Workload {
    /// The load of a legal workload.
    #[must_use]
    pub fn new(raw: &scenario::Workload, clients: &Clients) -> Self {
        let streams = clients.count * raw.processes_per_client().get();
        let file_size = Information::new::<mebibyte>(raw.file_size_mib());
        let files = raw.file_count.map_or(streams, Whole::get);
        let writes = raw.operation() == Operation::Write;
        Self {
            writes,
            random: raw.access() == Access::Random,
            direct: raw.direct_io(),
            io_size: Information::new::<kibibyte>(raw.io_size_kib()).min(file_size),
            queue_depth: if raw.direct_io() { raw.queue_depth().get() } else { 1.0 },
            streams,
            file_size,
            files,
            active_files: files.min(streams),
            passes: raw.passes().get(),
            residence: match raw.data_in() {
                _ if writes => Residence::Disk,
                DataIn::ServerCache => Residence::ServerCache,
                DataIn::Auto => Residence::CachedAfterFirstPass(raw.order()),
                DataIn::Disk | DataIn::S3 => Residence::Disk,
            },
            compression_ratio: raw.compression_ratio(),
            rate_limit: raw.rate_limit_mb_per_s.map(Throughput::new::<megabyte_per_second>),
        }
    }

    /// Share of the passes that may find data in a cache that the first pass filled.
    #[must_use]
    pub fn cached_share_of_passes(&self) -> f64 {
        if matches!(self.residence, Residence::CachedAfterFirstPass(_)) { 1.0 - 1.0 / self.passes } else { 0.0 }
    }

    /// Bytes of one pass.
    #[must_use]
    pub fn bytes_per_pass(&self) -> Information {
        self.file_size * self.files
    }

    /// Bytes of all passes.
    #[must_use]
    pub fn bytes(&self) -> Information {
        self.bytes_per_pass() * self.passes
    }
}
