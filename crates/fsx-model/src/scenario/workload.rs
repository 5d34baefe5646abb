//! The workloads as a person writes them.

use super::clients::Clients;
use crate::catalog::terms::words;
use crate::shape::{Whole, record};

words! {
    /// What a workload does.
    Operation {
        /// Reads data.
        Read = "read",
        /// Writes data.
        Write = "write",
        /// Creates files.
        Create = "create",
        /// Opens files.
        Open = "open",
        /// Deletes files.
        Delete = "delete",
        /// Reads attributes.
        Stat = "stat",
        /// Creates directories.
        Mkdir = "mkdir",
        /// Deletes directories.
        Rmdir = "rmdir",
        /// Renames.
        Rename = "rename",
        /// Lists directories.
        Readdir = "readdir",
        /// Imports the metadata of objects from S3.
        S3Import = "s3_import",
        /// Loads files from S3 in bulk, before they are read (`lfs hsm_restore`).
        S3Restore = "s3_restore",
        /// Exports files to S3.
        S3Export = "s3_export",
        /// Releases the data of files that S3 has (`lfs hsm_release`).
        S3Release = "s3_release",
    }
}

impl Operation {
    /// Whether it moves file data (the others are metadata operations).
    #[must_use]
    pub const fn is_data(self) -> bool {
        matches!(self, Self::Read | Self::Write | Self::S3Restore | Self::S3Export)
    }
}

words! {
    /// Order of the offsets within a file.
    Access {
        /// One after the other.
        Sequential = "sequential",
        /// Anywhere.
        Random = "random",
    }
}

words! {
    /// Order of the files over passes.
    Order {
        /// A new permutation each pass.
        Shuffled = "shuffled",
        /// The same order each pass.
        Cyclic = "cyclic",
        /// Independent draws.
        Independent = "independent",
    }
}

words! {
    /// Where the data lie when they are read.
    DataIn {
        /// On the disks.
        Disk = "disk",
        /// In the memory of the file servers.
        ServerCache = "server_cache",
        /// In S3 at first: the first pass loads them, later ones find them on the disks or in the caches.
        S3 = "s3",
        /// First pass on the disks, later ones as the caches allow.
        Auto = "auto",
    }
}

record! {
    /// A load on the file system.
    Workload {
        /// Name; by default `workload-1` and so on.
        name: Option<String>,
        /// Client group; by default the only one, or all.
        clients: Option<String>,
        /// Clients of each group that take part; by default all.
        client_count: Option<Whole>,
        /// What it does.
        operation: Option<Operation>,
        /// A mix of metadata operations instead of `operation`, counts per item.
        operations: Option<OperationCounts>,
        /// Order of the offsets.
        access: Option<Access> = Access::Sequential,
        /// Size of one I/O of the application, KiB.
        io_size_kib: Option<f64> = 1024.0,
        /// Whether I/O bypasses the client's page cache.
        direct_io: Option<bool> = false,
        /// Outstanding I/Os per process; counts with direct I/O only.
        queue_depth: Option<Whole> = Whole(1),
        /// Streams that issue I/O at once on each client.
        processes_per_client: Option<Whole> = Whole(1),
        /// Whether files are read through mapped memory.
        mapped: Option<bool> = false,
        /// Whether writes count only when on the file system.
        fsync: Option<bool> = true,
        /// Size of a file, MiB.
        file_size_mib: Option<f64> = 1024.0,
        /// Files over all clients; by default one per process.
        file_count: Option<Whole>,
        /// Whether all processes work on one file.
        shared_file: Option<bool> = false,
        /// Directories the files are spread over.
        directories: Option<Whole> = Whole(1),
        /// Passes over the file set.
        passes: Option<Whole> = Whole(1),
        /// Order of the files over passes.
        order: Option<Order> = Order::Shuffled,
        /// Where the data lie.
        data_in: Option<DataIn> = DataIn::Disk,
        /// Whether the clients' memory counts as a cache.
        client_cache: Option<bool> = false,
        /// Whether the requests come from application code that works between them, not from a benchmark tool: one
        /// process of such code is harder to predict.
        application: Option<bool> = false,
        /// Size before over size after LZ4.
        compression_ratio: Option<f64> = 1.0,
        /// Offered load, MB/s; absent: as fast as it goes.
        rate_limit_mb_per_s: Option<f64>,
        /// Offered load, I/O operations of the application a second, of metadata items; absent: as fast as it goes.
        rate_limit_operations_per_s: Option<f64>,
        /// What it has to reach.
        target: Option<Target>,
    }
}

impl Workload {
    /// One with nothing said.
    pub const BLANK: Self = Self {
        name: None,
        clients: None,
        client_count: None,
        operation: None,
        operations: None,
        access: None,
        io_size_kib: None,
        direct_io: None,
        queue_depth: None,
        processes_per_client: None,
        mapped: None,
        fsync: None,
        file_size_mib: None,
        file_count: None,
        shared_file: None,
        directories: None,
        passes: None,
        order: None,
        data_in: None,
        client_cache: None,
        application: None,
        compression_ratio: None,
        rate_limit_mb_per_s: None,
        rate_limit_operations_per_s: None,
        target: None,
    };

    /// Its name, or `workload-1` and so on by its place.
    #[must_use]
    pub fn name_or_number(&self, index: usize) -> String {
        self.name.clone().unwrap_or_else(|| format!("workload-{}", index + 1))
    }

    /// Clients of a group that take part.
    #[must_use]
    pub fn clients_in(&self, group: &Clients) -> i64 {
        group.taking_part(self.client_count)
    }

    /// Offers the rate of its target and no more, where that has one.
    pub fn offer_target(&mut self) {
        if let Some(target) = &self.target {
            self.rate_limit_mb_per_s = target.throughput_mb_per_s.or(self.rate_limit_mb_per_s);
            self.rate_limit_operations_per_s = target.operations_per_s.or(self.rate_limit_operations_per_s);
        }
    }

    /// What it does; a read by default.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation.unwrap_or(Operation::Read)
    }
}

words! {
    /// The state of the burst credits in which a target has to be reached.
    TargetRegime {
        /// With burst credits spent.
        Sustained = "sustained",
        /// With burst credits there.
        Burst = "burst",
    }
}

record! {
    /// What a workload has to reach; all figures given hold at once.
    Target {
        /// Least data rate, MB/s.
        throughput_mb_per_s: Option<f64>,
        /// Least I/O operations of the application a second; of metadata, items.
        operations_per_s: Option<f64>,
        /// Longest mean time of a request, ms.
        latency_ms: Option<f64>,
        /// Longest time for all bytes of all passes, from the credits at the start, seconds.
        seconds: Option<f64>,
        /// With or without burst credits.
        regime: Option<TargetRegime> = TargetRegime::Sustained,
    }
}

impl Target {
    /// One that asks for nothing.
    pub const BLANK: Self =
        Self { throughput_mb_per_s: None, operations_per_s: None, latency_ms: None, seconds: None, regime: None };
}

impl OperationCounts {
    /// None of any.
    pub const NONE: Self = Self {
        create: None,
        open: None,
        delete: None,
        stat: None,
        mkdir: None,
        rmdir: None,
        rename: None,
        readdir: None,
    };
}

record! {
    /// Metadata operations per item of a mix.
    OperationCounts {
        /// File creations.
        create: Option<f64>,
        /// Opens.
        open: Option<f64>,
        /// File deletions.
        delete: Option<f64>,
        /// Attribute reads.
        stat: Option<f64>,
        /// Directory creations.
        mkdir: Option<f64>,
        /// Directory deletions.
        rmdir: Option<f64>,
        /// Renames.
        rename: Option<f64>,
        /// Directory listings.
        readdir: Option<f64>,
    }
}
