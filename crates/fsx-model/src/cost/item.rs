//! What can be billed.

use crate::catalog::terms::{DeploymentType, StorageType, words};

words! {
    /// What a price is for, by the word of the table `prices`.
    Item {
        /// Storage of SCRATCH_1.
        Scratch1Ssd = "scratch_1.ssd",
        /// Storage of SCRATCH_2.
        Scratch2Ssd = "scratch_2.ssd",
        /// SSD storage of PERSISTENT_1 at 50 MB/s per TiB.
        Persistent1Ssd50 = "persistent_1.ssd_50",
        /// SSD storage of PERSISTENT_1 at 100 MB/s per TiB.
        Persistent1Ssd100 = "persistent_1.ssd_100",
        /// SSD storage of PERSISTENT_1 at 200 MB/s per TiB.
        Persistent1Ssd200 = "persistent_1.ssd_200",
        /// HDD storage of PERSISTENT_1 at 12 MB/s per TiB.
        Persistent1Hdd12 = "persistent_1.hdd_12",
        /// The same with an SSD read cache, which is in the price.
        Persistent1Hdd12Cached = "persistent_1.hdd_12_with_ssd_cache",
        /// HDD storage of PERSISTENT_1 at 40 MB/s per TiB.
        Persistent1Hdd40 = "persistent_1.hdd_40",
        /// The same with an SSD read cache, which is in the price.
        Persistent1Hdd40Cached = "persistent_1.hdd_40_with_ssd_cache",
        /// SSD storage of PERSISTENT_2 at 125 MB/s per TiB.
        Persistent2Ssd125 = "persistent_2.ssd_125",
        /// SSD storage of PERSISTENT_2 at 250 MB/s per TiB.
        Persistent2Ssd250 = "persistent_2.ssd_250",
        /// SSD storage of PERSISTENT_2 at 500 MB/s per TiB.
        Persistent2Ssd500 = "persistent_2.ssd_500",
        /// SSD storage of PERSISTENT_2 at 1000 MB/s per TiB.
        Persistent2Ssd1000 = "persistent_2.ssd_1000",
        /// Metadata IOPS above those that capacity gives.
        MetadataIops = "persistent_2.metadata_iops_above_default",
        /// Throughput capacity of Intelligent-Tiering.
        TieringThroughput = "intelligent_tiering.throughput",
        /// Metadata IOPS of Intelligent-Tiering, of which nobody says whether they are billed.
        TieringMetadataIops = "intelligent_tiering.metadata_iops",
        /// Data in the Frequent Access tier.
        TieringFrequent = "intelligent_tiering.storage_frequent",
        /// Data in the Infrequent Access tier.
        TieringInfrequent = "intelligent_tiering.storage_infrequent",
        /// Data in the Archive Instant Access tier.
        TieringArchive = "intelligent_tiering.storage_archive",
        /// SSD read cache of Intelligent-Tiering.
        TieringReadCache = "intelligent_tiering.ssd_read_cache",
        /// Read requests to the tiers.
        TieringReadRequests = "intelligent_tiering.read_requests",
        /// Write requests to the tiers.
        TieringWriteRequests = "intelligent_tiering.write_requests",
        /// Backups.
        Backup = "backup",
        /// Data moved between zones, for each direction.
        CrossZone = "data_transfer.intra_region_cross_az",
        /// Data sent to us-east-2.
        ToUsEast2 = "data_transfer.to_us_east_2",
        /// Data sent to other Regions.
        ToOtherRegions = "data_transfer.to_other_regions",
        /// Data sent to the internet, the first 10 TB of a month.
        InternetFirst = "data_transfer.internet_first_10_tb",
        /// S3 Standard, the first 50 TB.
        S3StandardFirst = "s3.standard.storage_first_50_tb",
        /// S3 Standard, the next 450 TB.
        S3StandardNext = "s3.standard.storage_next_450_tb",
        /// S3 Standard above 500 TB.
        S3StandardOver = "s3.standard.storage_over_500_tb",
        /// S3 requests that write or list.
        S3Tier1Requests = "s3.requests_tier1_put_copy_post_list",
        /// All other S3 requests.
        S3Tier2Requests = "s3.requests_tier2_get_and_other",
        /// S3 Standard-Infrequent Access.
        S3StandardIa = "s3.standard_ia.storage",
        /// S3 Glacier Instant Retrieval.
        S3GlacierIr = "s3.glacier_ir.storage",
        /// S3 Intelligent-Tiering, Frequent Access, the first 50 TB.
        S3TieringFrequentFirst = "s3.intelligent_tiering.frequent_first_50_tb",
        /// S3 Intelligent-Tiering, Infrequent Access.
        S3TieringInfrequent = "s3.intelligent_tiering.infrequent",
        /// S3 Intelligent-Tiering, Archive Instant Access.
        S3TieringArchiveInstant = "s3.intelligent_tiering.archive_instant",
        /// S3 Intelligent-Tiering, Archive Access.
        S3TieringArchive = "s3.intelligent_tiering.archive_access",
        /// S3 Intelligent-Tiering, Deep Archive Access.
        S3TieringDeepArchive = "s3.intelligent_tiering.deep_archive_access",
        /// Monitoring of objects by S3 Intelligent-Tiering.
        S3TieringMonitoring = "s3.intelligent_tiering.monitoring",
    }
}

impl Item {
    /// Number of items.
    pub const COUNT: usize = Self::ALL.len();

    /// The item of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|item| item.as_str() == word)
    }

    /// Storage with a capacity: by deployment type, class, tier (MB/s per TiB) and whether an SSD read cache stands
    /// before HDD storage. `None` where there is no such storage, or it is elastic.
    #[must_use]
    pub const fn storage(
        deployment: DeploymentType,
        storage: StorageType,
        tier: Option<i64>,
        cached: bool,
    ) -> Option<Self> {
        use DeploymentType::{Persistent1, Persistent2, Scratch1, Scratch2};
        use StorageType::{Hdd, Ssd};
        Some(match (deployment, storage, tier, cached) {
            (Scratch1, Ssd, None, _) => Self::Scratch1Ssd,
            (Scratch2, Ssd, None, _) => Self::Scratch2Ssd,
            (Persistent1, Ssd, Some(50), _) => Self::Persistent1Ssd50,
            (Persistent1, Ssd, Some(100), _) => Self::Persistent1Ssd100,
            (Persistent1, Ssd, Some(200), _) => Self::Persistent1Ssd200,
            (Persistent1, Hdd, Some(12), false) => Self::Persistent1Hdd12,
            (Persistent1, Hdd, Some(12), true) => Self::Persistent1Hdd12Cached,
            (Persistent1, Hdd, Some(40), false) => Self::Persistent1Hdd40,
            (Persistent1, Hdd, Some(40), true) => Self::Persistent1Hdd40Cached,
            (Persistent2, Ssd, Some(125), _) => Self::Persistent2Ssd125,
            (Persistent2, Ssd, Some(250), _) => Self::Persistent2Ssd250,
            (Persistent2, Ssd, Some(500), _) => Self::Persistent2Ssd500,
            (Persistent2, Ssd, Some(1000), _) => Self::Persistent2Ssd1000,
            _ => return None,
        })
    }

    /// Whether FSx bills it, not S3, EC2 or data transfer.
    #[must_use]
    pub fn is_fsx(self) -> bool {
        !["data_transfer.", "s3."].iter().any(|start| self.as_str().starts_with(start))
    }

    /// What the price is for.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::MetadataIops | Self::TieringMetadataIops => "IOPS-month",
            Self::TieringThroughput => "MBps-month",
            Self::TieringReadRequests | Self::TieringWriteRequests | Self::S3Tier1Requests | Self::S3Tier2Requests => {
                "1000 requests"
            }
            Self::CrossZone | Self::ToUsEast2 | Self::ToOtherRegions | Self::InternetFirst => "GB",
            Self::S3TieringMonitoring => "1000 objects-month",
            _ => "GB-month",
        }
    }
}

/// Start of the words that name an EC2 instance by the hour.
pub const ON_DEMAND: &str = "ec2.on_demand.";
/// What the price of an instance is for.
pub const INSTANCE_HOUR: &str = "instance-hour";
