//! The file system as a person writes it.

use crate::catalog::terms::{DeploymentType, StorageType, words};
use crate::shape::{Whole, record};

words! {
    /// LZ4 or nothing.
    DataCompressionType {
        /// No compression.
        None = "NONE",
        /// LZ4 on the file servers.
        Lz4 = "LZ4",
    }
}

words! {
    /// SSD read cache of HDD file systems.
    DriveCacheType {
        /// No cache.
        None = "NONE",
        /// An SSD read cache of 20 % of the HDD capacity.
        Read = "READ",
    }
}

words! {
    /// How Metadata IOPS are set.
    MetadataMode {
        /// By storage capacity.
        Automatic = "AUTOMATIC",
        /// By the user.
        UserProvisioned = "USER_PROVISIONED",
    }
}

words! {
    /// How the SSD read cache of Intelligent-Tiering is sized.
    ReadCacheSizingMode {
        /// No cache.
        NoCache = "NO_CACHE",
        /// `size_gib` as given.
        UserProvisioned = "USER_PROVISIONED",
        /// By throughput capacity.
        ProportionalToThroughputCapacity = "PROPORTIONAL_TO_THROUGHPUT_CAPACITY",
    }
}

words! {
    /// Which layout new files get.
    LayoutKind {
        /// The service's default of today.
        Default = "default",
        /// The service's default at the time the file system was created.
        Created = "created",
        /// A plain stripe count.
        Stripe = "stripe",
        /// A progressive layout, component by component.
        Components = "components",
    }
}

words! {
    /// Object events an S3 link follows.
    RepositoryEvent {
        /// New objects or files.
        New = "NEW",
        /// Changed ones.
        Changed = "CHANGED",
        /// Deleted ones.
        Deleted = "DELETED",
    }
}

words! {
    /// Whose account the bucket is in.
    BucketAccount {
        /// The file system's account.
        Same = "same",
        /// Another account.
        Other = "other",
    }
}

words! {
    /// Encryption of the bucket.
    BucketEncryption {
        /// Keys of S3.
        SseS3 = "SSE-S3",
        /// Keys of KMS.
        SseKms = "SSE-KMS",
        /// None.
        None = "NONE",
    }
}

record! {
    /// An FSx for Lustre file system, in the words of the AWS API.
    FileSystem {
        /// Deployment type; no default.
        deployment_type: DeploymentType,
        /// Storage class.
        storage_type: Option<StorageType> = StorageType::Ssd,
        /// Storage capacity, GiB; not with INTELLIGENT_TIERING.
        storage_capacity_gib: Option<Whole>,
        /// Throughput tier, MB/s per TiB; not with SCRATCH types or INTELLIGENT_TIERING.
        per_unit_storage_throughput: Option<Whole>,
        /// Throughput capacity, MB/s; INTELLIGENT_TIERING only.
        throughput_capacity_mb_per_s: Option<Whole>,
        /// Whether the file system was created with EFA.
        efa_enabled: Option<bool> = false,
        /// Compression.
        data_compression_type: Option<DataCompressionType> = DataCompressionType::None,
        /// SSD read cache; HDD only, required there.
        drive_cache_type: Option<DriveCacheType>,
        /// Metadata configuration; absent means none.
        metadata_configuration: Option<MetadataConfiguration>,
        /// SSD read cache; INTELLIGENT_TIERING only, required there.
        read_cache: Option<ReadCache>,
        /// Lustre version; by default the newest the type allows.
        file_system_type_version: Option<String>,
        /// Layout of the files.
        layout: Option<Layout>,
        /// Share of the burst reservoir that is full, 0 to 1.
        credits_at_start: Option<f64> = 1.0,
        /// Share of the usable capacity in use, 0 to 1.
        fill: Option<f64> = 0.5,
        /// What an INTELLIGENT_TIERING file system stores and serves.
        stored: Option<Stored>,
        /// Links to S3.
        #[cfg_attr(feature = "schema", schemars(default))]
        data_repository_associations: Vec<DataRepositoryAssociation>,
    }
}

impl FileSystem {
    /// A file system of which nothing but the type is said.
    #[must_use]
    pub const fn of(deployment_type: DeploymentType) -> Self {
        Self {
            deployment_type,
            storage_type: None,
            storage_capacity_gib: None,
            per_unit_storage_throughput: None,
            throughput_capacity_mb_per_s: None,
            efa_enabled: None,
            data_compression_type: None,
            drive_cache_type: None,
            metadata_configuration: None,
            read_cache: None,
            file_system_type_version: None,
            layout: None,
            credits_at_start: None,
            fill: None,
            stored: None,
            data_repository_associations: Vec::new(),
        }
    }
}

record! {
    /// Metadata configuration of a PERSISTENT_2 file system.
    MetadataConfiguration {
        /// Mode.
        mode: MetadataMode,
        /// Metadata IOPS; with USER_PROVISIONED only.
        iops: Option<Whole>,
    }
}

record! {
    /// SSD read cache of an INTELLIGENT_TIERING file system.
    ReadCache {
        /// Mode.
        sizing_mode: ReadCacheSizingMode,
        /// Size, GiB; with USER_PROVISIONED only.
        size_gib: Option<Whole>,
    }
}

record! {
    /// Layout of the files: stripes, or components that change the stripe count as a file grows.
    Layout {
        /// Which of the kinds below.
        kind: LayoutKind,
        /// With `created`: the date before which the file system was made, `2020-12-18` or `2023-08-25`.
        before: Option<String>,
        /// With `stripe`: stripe count, -1 for all OSTs.
        count: Option<Whole>,
        /// With `stripe` and `components`: stripe size, MiB.
        size_mib: Option<Whole> = Whole(1),
        /// With `components`: from the start of the file to its end.
        #[cfg_attr(feature = "schema", schemars(default))]
        components: Vec<LayoutComponent>,
    }
}

record! {
    /// One component of a progressive layout.
    LayoutComponent {
        /// Where it ends, MiB from the start of the file; absent in the last.
        end_mib: Option<Whole>,
        /// Stripe count, -1 for all OSTs.
        count: Whole,
    }
}

record! {
    /// What an INTELLIGENT_TIERING file system holds and serves; for its price.
    Stored {
        /// Data, GiB.
        data_gib: Option<f64>,
        /// Shares of the access tiers.
        tier_shares: Option<TierShares>,
        /// Read requests a month.
        read_requests_per_month: Option<f64>,
        /// Write requests a month.
        write_requests_per_month: Option<f64>,
    }
}

record! {
    /// Shares of the data in each access tier.
    TierShares {
        /// Frequent Access.
        frequent: Option<f64>,
        /// Infrequent Access.
        infrequent: Option<f64>,
        /// Archive Instant Access.
        archive: Option<f64>,
    }
}

record! {
    /// A link between a directory and an S3 prefix.
    DataRepositoryAssociation {
        /// Directory.
        file_system_path: String,
        /// Bucket and prefix.
        data_repository_path: String,
        /// Size above which an imported file is striped wider, MiB.
        imported_file_chunk_size_mib: Option<Whole> = Whole(1024),
        /// Events imported automatically.
        #[cfg_attr(feature = "schema", schemars(default))]
        auto_import: Vec<RepositoryEvent>,
        /// Events exported automatically.
        #[cfg_attr(feature = "schema", schemars(default))]
        auto_export: Vec<RepositoryEvent>,
        /// Whether the metadata are imported when the link is made.
        batch_import_metadata_on_create: Option<bool> = false,
        /// Region of the bucket; by default the scenario's.
        bucket_region: Option<String>,
        /// Account of the bucket.
        bucket_account: Option<BucketAccount> = BucketAccount::Same,
        /// Encryption of the bucket.
        encryption: Option<BucketEncryption> = BucketEncryption::SseS3,
        /// Objects under the prefix.
        object_count: Option<Whole>,
        /// Mean size of an object, MiB.
        mean_object_size_mib: Option<f64>,
    }
}
