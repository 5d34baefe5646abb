//! The file system of a design: published figures × size, and how many servers and targets it has.

use super::{Layout, SsdCache};
use crate::catalog::terms::{DeploymentType, StorageType};
use crate::catalog::{
    AssumptionId, Assumptions, Provenance, ServerRule, ThroughputTier, automatic_metadata_iops, figures, region,
    server_rule, throughput_tier,
};
use crate::scenario::{self, DataCompressionType, MetadataMode, Scenario};
use crate::shape::Whole;
use crate::units::{Information, Throughput, gibibyte, gigabyte, megabyte_per_second, per_aws_tib};

/// What the published figures of a file system are multiplied by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// Storage capacity (SSD, HDD).
    Capacity(Information),
    /// Steps of throughput capacity (Intelligent-Tiering, whose storage is elastic).
    Steps(f64),
}

/// A file system as the model sees it.
#[derive(Clone, Copy, Debug)]
pub struct FileSystem {
    /// Deployment type.
    pub deployment_type: DeploymentType,
    /// Storage class.
    pub storage_type: StorageType,
    /// Whether EFA clients can be served.
    pub efa_enabled: bool,
    /// Storage capacity, or steps of throughput capacity.
    pub size: Size,
    /// Published figures per TiB; `None` where they are per step.
    pub tier: Option<&'static ThroughputTier>,
    /// What one server carries.
    pub server: &'static ServerRule,
    /// Published figures × size.
    pub published: Published,
    /// SSD read cache in front of the storage.
    pub ssd_cache: Option<SsdCache>,
    /// Metadata IOPS; `None` without a metadata configuration.
    pub metadata_iops: Option<f64>,
    /// Layout of the files.
    pub layout: Layout,
    /// Whether new data are compressed with LZ4.
    pub lz4: bool,
    /// Share of the burst reservoir that is full.
    pub credits_at_start: f64,
    /// Share of the usable capacity in use.
    pub fill: f64,
}

/// Published figures × size, no assumption applied. `None`: nothing published, or it does not burst.
#[derive(Clone, Copy, Debug)]
pub struct Published {
    /// Network throughput held all the time.
    pub network_baseline: Option<Throughput>,
    /// Network throughput while credits last, where that is more.
    pub network_burst: Option<Throughput>,
    /// Disk reads held all the time; the throughput capacity of Intelligent-Tiering.
    pub disk_read_baseline: Throughput,
    /// Disk writes held all the time; the throughput capacity of Intelligent-Tiering.
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
    /// The file system of a legal scenario; `None` for one that is not.
    #[must_use]
    pub fn new(scenario: &Scenario, assumptions: &Assumptions) -> Option<Self> {
        let raw = &scenario.file_system;
        let (deployment, storage, efa) = (raw.deployment_type, raw.storage_type(), raw.efa_enabled());
        let tier_value = raw.per_unit_storage_throughput.map(|tier| tier.0);
        let server = server_rule(deployment, storage, tier_value, efa)?;
        let gib_per_tib = assumptions.get(AssumptionId::GibPerAwsTib);
        let (size, tier, published) = if storage == StorageType::IntelligentTiering {
            let steps = raw.throughput_capacity_mb_per_s?.get() / figures::IT_THROUGHPUT_STEP_MB_PER_S.value;
            (Size::Steps(steps), None, Published::of_steps(steps))
        } else {
            let capacity = Information::new::<gibibyte>(raw.storage_capacity_gib?.get());
            let tier = throughput_tier(deployment, storage, tier_value)?;
            let lowered = tier.network_burst_lowered
                && scenario.region.as_deref().and_then(region).is_some_and(|region| region.network_burst_lowered);
            (Size::Capacity(capacity), Some(tier), Published::of_capacity(tier, capacity, lowered, gib_per_tib))
        };
        Some(Self {
            deployment_type: deployment,
            storage_type: storage,
            efa_enabled: efa,
            size,
            tier,
            server,
            published,
            ssd_cache: SsdCache::new(raw, size, gib_per_tib),
            metadata_iops: metadata_iops(raw, size),
            layout: Layout::new(raw.layout.as_ref())?,
            lz4: raw.data_compression_type() == DataCompressionType::Lz4,
            credits_at_start: raw.credits_at_start(),
            fill: raw.fill(),
        })
    }

    /// Storage capacity; `None` where it is elastic.
    #[must_use]
    pub fn capacity(&self) -> Option<Information> {
        match self.size {
            Size::Capacity(capacity) => Some(capacity),
            Size::Steps(_) => None,
        }
    }

    /// Where the figures per TiB or per step come from.
    #[must_use]
    pub fn provenance(&self) -> &'static Provenance {
        self.tier.map_or(&figures::IT_NETWORK_PER_STEP_MB_PER_S.provenance, |tier| &tier.provenance)
    }

    /// Object storage servers and targets.
    ///
    /// Servers: capacity over the published storage per server, rounded up, or throughput capacity over that of a
    /// server. Targets: capacity over the published target size, where there is one (1200 GiB on SSD without EFA);
    /// else `osts_per_server` on each server.
    #[must_use]
    pub fn topology(&self, assumptions: &Assumptions) -> Topology {
        let servers = match self.size {
            Size::Steps(steps) => {
                let per_server = self.server.throughput_per_oss_mb_per_s;
                per_server.map_or(steps, |rate| (steps * figures::IT_THROUGHPUT_STEP_MB_PER_S.value / rate).ceil())
            }
            Size::Capacity(capacity) => {
                self.server.storage_per_oss_gib.map_or(1.0, |rate| (capacity.get::<gibibyte>() / rate).ceil())
            }
        };
        let osts = match (self.size, self.server.ost_gib) {
            (Size::Capacity(capacity), Some(per_ost)) => (capacity.get::<gibibyte>() / per_ost).ceil(),
            _ => servers * assumptions.get(AssumptionId::OstsPerServer),
        };
        Topology { osts, servers }
    }

    /// Metadata servers, each with one target: one per 12,000 Metadata IOPS, one without a metadata configuration.
    #[must_use]
    pub fn metadata_servers(&self) -> f64 {
        self.metadata_iops.map_or(1.0, |iops| (iops / figures::METADATA_IOPS_PER_MDS.value).ceil().max(1.0))
    }

    /// Capacity that holds data; `None` where it is elastic.
    #[must_use]
    pub fn usable_capacity(&self, assumptions: &Assumptions) -> Option<Information> {
        let share = if self.efa_enabled { AssumptionId::UsableShareEfa } else { AssumptionId::UsableShare };
        self.capacity().map(|capacity| capacity * assumptions.get(share))
    }

    /// Whether its targets are so full that they slow down.
    #[must_use]
    pub fn is_nearly_full(&self) -> bool {
        self.capacity().is_some() && self.fill > figures::FULL_OST_ACTION_SHARE.value
    }
}

fn metadata_iops(raw: &scenario::FileSystem, size: Size) -> Option<f64> {
    raw.metadata_configuration.as_ref().map(|metadata| match (metadata.mode, size) {
        (MetadataMode::Automatic, Size::Capacity(capacity)) => automatic_metadata_iops(capacity.get::<gibibyte>()),
        _ => metadata.iops.map_or(0.0, Whole::get),
    })
}

impl Published {
    fn of_capacity(tier: &ThroughputTier, capacity: Information, lowered_burst: bool, gib_per_tib: f64) -> Self {
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

    fn of_steps(steps: f64) -> Self {
        let rate = |per_step: f64| Throughput::new::<megabyte_per_second>(per_step * steps);
        let ordered = rate(figures::IT_THROUGHPUT_STEP_MB_PER_S.value);
        Self {
            network_baseline: Some(rate(figures::IT_NETWORK_PER_STEP_MB_PER_S.value)),
            network_burst: None,
            disk_read_baseline: ordered,
            disk_write_baseline: ordered,
            disk_read_burst: None,
            disk_write_burst: None,
            server_memory: Some(Information::new::<gigabyte>(figures::IT_MEMORY_PER_STEP_GB.value * steps)),
        }
    }
}
