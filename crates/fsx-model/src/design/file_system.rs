//! The file system of a design: published figures × capacity, and how many servers and targets it has.

use super::Layout;
use crate::catalog::terms::{DeploymentType, StorageType};
use crate::catalog::{
    AssumptionId, Assumptions, ServerRule, ThroughputTier, automatic_metadata_iops, figures, region, server_rule,
    throughput_tier,
};
use crate::scenario::{DataCompressionType, MetadataMode, Scenario};
use crate::shape::Whole;
use crate::units::{Information, Throughput, gibibyte, per_aws_tib};

/// A file system as the model sees it.
#[derive(Clone, Copy, Debug)]
pub struct FileSystem {
    /// Deployment type.
    pub deployment_type: DeploymentType,
    /// Whether EFA clients can be served.
    pub efa_enabled: bool,
    /// Storage capacity.
    pub capacity: Information,
    /// Published figures per TiB.
    pub tier: &'static ThroughputTier,
    /// What one server carries.
    pub server: &'static ServerRule,
    /// Published figures × capacity.
    pub published: Published,
    /// Metadata IOPS; `None` without a metadata configuration.
    pub metadata_iops: Option<f64>,
    /// Layout of the files.
    pub layout: Layout,
    /// Whether new data are compressed with LZ4.
    pub lz4: bool,
    /// Share of the burst reservoir that is full.
    pub credits_at_start: f64,
}

/// Published figures × capacity, no assumption applied. `None`: nothing published, or it does not burst.
#[derive(Clone, Copy, Debug)]
pub struct Published {
    /// Network throughput held all the time.
    pub network_baseline: Option<Throughput>,
    /// Network throughput while credits last, where that is more.
    pub network_burst: Option<Throughput>,
    /// Disk reads held all the time.
    pub disk_read_baseline: Throughput,
    /// Disk writes held all the time.
    pub disk_write_baseline: Throughput,
    /// Disk reads while credits last.
    pub disk_read_burst: Option<Throughput>,
    /// Disk writes while credits last.
    pub disk_write_burst: Option<Throughput>,
    /// Memory of the file servers.
    pub server_memory: Option<Information>,
}

/// Numbers of servers and targets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Topology {
    /// Object storage targets.
    pub osts: f64,
    /// Object storage servers.
    pub servers: f64,
}

impl FileSystem {
    /// The file system of a legal scenario; `None` for one that is not, or whose storage class is not modelled yet.
    #[must_use]
    pub fn new(scenario: &Scenario, assumptions: &Assumptions) -> Option<Self> {
        let raw = &scenario.file_system;
        let (deployment, storage) = (raw.deployment_type, raw.storage_type());
        let tier_value = raw.per_unit_storage_throughput.map(|tier| tier.0);
        let gib = raw.storage_capacity_gib?.get();
        let capacity = Information::new::<gibibyte>(gib);
        let tier = throughput_tier(deployment, storage, tier_value)?;
        let lowered = tier.network_burst_lowered
            && scenario.region.as_deref().and_then(region).is_some_and(|region| region.network_burst_lowered);
        let metadata_iops = raw.metadata_configuration.as_ref().map(|metadata| match metadata.mode {
            MetadataMode::Automatic => automatic_metadata_iops(gib),
            MetadataMode::UserProvisioned => metadata.iops.map_or(0.0, Whole::get),
        });
        Some(Self {
            deployment_type: deployment,
            efa_enabled: raw.efa_enabled(),
            capacity,
            tier,
            server: server_rule(deployment, storage, tier_value, raw.efa_enabled())?,
            published: Published::new(tier, capacity, lowered, assumptions.get(AssumptionId::GibPerAwsTib)),
            metadata_iops,
            layout: Layout::new(raw.layout.as_ref())?,
            lz4: raw.data_compression_type() == DataCompressionType::Lz4,
            credits_at_start: raw.credits_at_start(),
        })
    }

    /// Storage class.
    #[must_use]
    pub fn storage_type(&self) -> StorageType {
        self.tier.storage_type
    }

    /// Object storage servers and targets.
    ///
    /// Servers: capacity over the published storage per server, rounded up. Targets: capacity over the published
    /// target size, where there is one (1200 GiB on SSD without EFA); else `osts_per_server` on each server.
    #[must_use]
    pub fn topology(&self, assumptions: &Assumptions) -> Topology {
        let gib = self.capacity.get::<gibibyte>();
        let servers = self.server.storage_per_oss_gib.map_or(1.0, |per_server| (gib / per_server).ceil());
        let osts = self
            .server
            .ost_gib
            .map_or_else(|| servers * assumptions.get(AssumptionId::OstsPerServer), |per_ost| (gib / per_ost).ceil());
        Topology { osts, servers }
    }

    /// Metadata servers, each with one target: one per 12,000 Metadata IOPS, one without a metadata configuration.
    #[must_use]
    pub fn metadata_servers(&self) -> f64 {
        self.metadata_iops.map_or(1.0, |iops| (iops / figures::METADATA_IOPS_PER_MDS.value).ceil().max(1.0))
    }

    /// Capacity that holds data.
    #[must_use]
    pub fn usable_capacity(&self, assumptions: &Assumptions) -> Information {
        let share = if self.efa_enabled { AssumptionId::UsableShareEfa } else { AssumptionId::UsableShare };
        self.capacity * assumptions.get(share)
    }
}

impl Published {
    fn new(tier: &ThroughputTier, capacity: Information, lowered_burst: bool, gib_per_tib: f64) -> Self {
        let rate = |per_tib: f64| per_aws_tib(per_tib, capacity, gib_per_tib);
        let burst = tier.network_burst_mb_per_s_per_tib.map(|burst| {
            if lowered_burst { burst.min(figures::NETWORK_BURST_LOWERED_MB_PER_S_PER_TIB.value) } else { burst }
        });
        Self {
            network_baseline: tier.network_baseline_mb_per_s_per_tib.map(rate),
            network_burst: burst.filter(|burst| Some(*burst) > tier.network_baseline_mb_per_s_per_tib).map(rate),
            disk_read_baseline: rate(tier.disk_read_baseline_mb_per_s_per_tib),
            disk_write_baseline: rate(tier.disk_write_baseline_mb_per_s_per_tib),
            disk_read_burst: tier.disk_read_burst_mb_per_s_per_tib.map(rate),
            disk_write_burst: tier.disk_write_burst_mb_per_s_per_tib.map(rate),
            server_memory: tier
                .memory_gib_per_tib
                .map(|per_tib| Information::new::<gibibyte>(per_tib * capacity.get::<gibibyte>() / gib_per_tib)),
        }
    }
}
