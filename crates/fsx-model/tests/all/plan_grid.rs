//! The grid of `plan`, from its description alone: every candidate, built, checked and priced.

use fsx_model::catalog::terms::{DeploymentType, StorageType};
use fsx_model::cost::{Bill, Item, Prices, Quantities, filling};
use fsx_model::design;
use fsx_model::estimate::has_error;

use fsx_model::money::Usd;
use fsx_model::plan::{Capacity, EfaChoice, MetadataChoice, Requirement};
use fsx_model::rules;
use fsx_model::scenario::{
    DataCompressionType, DriveCacheType, FileSystem, Layout, LayoutKind, MetadataConfiguration, MetadataMode,
    ReadCache, ReadCacheSizingMode, Scenario, Stored, Workload,
};
use fsx_model::shape::Whole;

use crate::case::automatic_iops;

/// Deployment type, storage class, tier, EFA and, of HDD, the SSD read cache.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Kind {
    deployment: DeploymentType,
    storage: StorageType,
    tier: Option<i64>,
    efa: bool,
    cached: Option<bool>,
}

/// Everything else but the size.
#[derive(Clone, Copy, Debug)]
struct Choice {
    stripes: Option<i64>,
    cache: Option<Cache>,
    lz4: bool,
    metadata: Metadata,
}

#[derive(Clone, Copy, Debug)]
enum Cache {
    None,
    Proportional,
    Size(i64),
}

#[derive(Clone, Copy, Debug)]
enum Metadata {
    None,
    Automatic,
    Provisioned(i64),
}

/// A candidate that holds the data, with its price.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) file_system: FileSystem,
    pub(crate) usd: Usd,
    /// Whether all that the file system is billed for has a price.
    pub(crate) priced: bool,
}

fn in_scope<T: PartialEq>(allowed: &[T], value: &T) -> bool {
    allowed.is_empty() || allowed.contains(value)
}

/// The kinds that constraints leave, in the order that decides ties.
fn kinds(requirement: &Requirement) -> Vec<Kind> {
    use DeploymentType::{Persistent1, Persistent2, Scratch1, Scratch2};
    use StorageType::{Hdd, IntelligentTiering, Ssd};
    let kind = |deployment, storage, tier, efa| Kind { deployment, storage, tier, efa, cached: None };
    let mut all: Vec<Kind> = Vec::new();
    all.extend([125, 250, 500, 1000].map(|tier| kind(Persistent2, Ssd, Some(tier), false)));
    all.extend([125, 250, 500, 1000].map(|tier| kind(Persistent2, Ssd, Some(tier), true)));
    all.extend([false, true].map(|efa| kind(Persistent2, IntelligentTiering, None, efa)));
    all.extend([50, 100, 200].map(|tier| kind(Persistent1, Ssd, Some(tier), false)));
    for tier in [12, 40] {
        let hdd = |cached| Kind { cached: Some(cached), ..kind(Persistent1, Hdd, Some(tier), false) };
        all.extend([false, true].map(hdd));
    }
    all.extend([Scratch2, Scratch1].map(|deployment| kind(deployment, Ssd, None, false)));
    if let Some(limits) = &requirement.constraints {
        let efa = match limits.efa() {
            EfaChoice::Either => vec![],
            EfaChoice::Yes => vec![true],
            EfaChoice::No => vec![false],
        };
        all.retain(|kind| {
            in_scope(&limits.storage_types, &kind.storage)
                && in_scope(&efa, &kind.efa)
                && kind.tier.is_none_or(|tier| in_scope(&limits.per_unit_storage_throughput, &Whole(tier)))
        });
        // a file system that is linked to S3 has no backups, and Intelligent-Tiering has no links
        let contradiction = limits.s3_link() && limits.backups();
        all.retain(|kind| !(contradiction || limits.s3_link() && kind.storage == IntelligentTiering));
        all.retain(|kind| !limits.backups() || is_persistent(kind.deployment));
    }
    let types = requirement.constraints.as_ref().map_or(&[][..], |limits| limits.deployment_types.as_slice());
    all.retain(|kind| if types.is_empty() { is_persistent(kind.deployment) } else { types.contains(&kind.deployment) });
    all
}

fn is_persistent(deployment: DeploymentType) -> bool {
    matches!(deployment, DeploymentType::Persistent1 | DeploymentType::Persistent2)
}

/// The sizes of a kind: GiB, of Intelligent-Tiering MB/s.
fn sizes(kind: &Kind, requirement: &Requirement) -> Vec<i64> {
    let limits = requirement.constraints.as_ref();
    if kind.storage == StorageType::IntelligentTiering {
        let most = limits.and_then(|limits| limits.max_throughput_capacity_mb_per_s).map_or(2_000_000, |most| most.0);
        return (1..=500).map(|n| n * 4000).filter(|size| *size <= most).collect();
    }
    let (small, step, most): (&[i64], _, _) = match (kind.deployment, kind.storage, kind.tier, kind.efa) {
        (DeploymentType::Scratch1, ..) => (&[1200, 2400], 3600, 604_800),
        (DeploymentType::Scratch2, ..) => (&[1200], 2400, 604_800),
        (_, StorageType::Hdd, Some(12), _) => (&[], 6000, 1_002_000),
        (_, StorageType::Hdd, ..) => (&[], 1800, 1_002_000),
        (DeploymentType::Persistent1, ..) => (&[1200], 2400, 604_800),
        (_, _, _, false) => (&[1200], 2400, 1_200_000),
        (_, _, Some(tier), true) => (&[], 4_800_000 / tier, 1_200_000),
        _ => panic!("no such kind: {kind:?}"),
    };
    let limit = limits.and_then(|limits| limits.max_storage_capacity_gib).map_or(most, |limit| limit.0.min(most));
    let steps = (1..=most / step).map(|n| n * step);
    small.iter().copied().chain(steps).filter(|size| *size <= limit).collect()
}

/// Choices within a kind, in the order that decides ties.
fn choices(kind: &Kind, requirement: &Requirement) -> Vec<Choice> {
    let tiering = kind.storage == StorageType::IntelligentTiering;
    let limits = requirement.constraints.as_ref();
    let caches = if tiering {
        let sizes = (5..27).map(|power| Some(Cache::Size(1 << power)));
        [Some(Cache::None), Some(Cache::Proportional)].into_iter().chain(sizes).collect()
    } else {
        vec![None]
    };
    let either = limits.is_some_and(|limits| limits.metadata_configuration() == MetadataChoice::Either);
    let most = limits.and_then(|limits| limits.max_metadata_iops).map_or(i64::MAX, |most| most.0);
    let mut metadata = Vec::new();
    if kind.deployment != DeploymentType::Persistent2 || either && !kind.efa {
        metadata.push(Metadata::None);
    }
    if kind.deployment == DeploymentType::Persistent2 {
        let values: Vec<i64> = if tiering {
            vec![6000, 12_000]
        } else {
            metadata.push(Metadata::Automatic);
            [1500, 3000, 6000].into_iter().chain((1..=16).map(|n| n * 12_000)).collect()
        };
        metadata.extend(values.into_iter().filter(|value| *value <= most).map(Metadata::Provisioned));
    }
    let compresses = requirement.workloads.iter().any(|workload| workload.compression_ratio() > 1.0)
        || held(requirement, true) < held(requirement, false);
    let compressed: &[bool] = if compresses { &[false, true] } else { &[false] };
    let mut all = Vec::new();
    for stripes in [None, Some(1), Some(4), Some(8), Some(-1)] {
        for cache in &caches {
            for &lz4 in compressed {
                all.extend(metadata.iter().map(|&metadata| Choice { stripes, cache: *cache, lz4, metadata }));
            }
        }
    }
    all
}

/// Data to hold, GiB.
pub(crate) fn held(requirement: &Requirement, lz4: bool) -> f64 {
    let capacity = requirement.capacity.as_ref();
    let squeezed = |ratio: f64| if lz4 { ratio } else { 1.0 };
    let ratio = squeezed(capacity.map_or(1.0, Capacity::compression_ratio));
    let streams = |load: &Workload| {
        let groups = requirement.clients.as_slice();
        let on = groups.iter().filter(|group| load.clients.is_none() || load.clients == group.name);
        let clients: i64 = if groups.is_empty() { 1 } else { on.map(|group| group.count().0).sum() };
        Whole(clients * load.processes_per_client().0).get()
    };
    let files = |load: &Workload| {
        let moves_data = load.operations.is_none() && load.operation().is_data();
        let mib = if moves_data { load.file_size_mib() } else { load.file_size_mib.unwrap_or(0.0) };
        let shared = moves_data && load.shared_file();
        let count = if shared { 1.0 } else { load.file_count.map_or_else(|| streams(load), Whole::get) };
        mib * count / 1024.0 / squeezed(load.compression_ratio())
    };
    let files: f64 = requirement.workloads.iter().map(files).sum();
    let Some(capacity) = capacity else { return files };
    let data = capacity.data_gib.unwrap_or(0.0) / ratio;
    data.max(files) + capacity.growth_gib_per_month() * capacity.horizon_months() / ratio
}

/// A candidate; `None` where the choice does not go with the size.
fn build(requirement: &Requirement, kind: &Kind, choice: &Choice, size: i64) -> Option<FileSystem> {
    let tiering = kind.storage == StorageType::IntelligentTiering;
    let mut file_system = FileSystem::of(kind.deployment);
    file_system.storage_type = Some(kind.storage);
    file_system.per_unit_storage_throughput = kind.tier.map(Whole);
    file_system.efa_enabled = Some(kind.efa);
    file_system.drive_cache_type =
        kind.cached.map(|cached| if cached { DriveCacheType::Read } else { DriveCacheType::None });
    file_system.data_compression_type =
        Some(if choice.lz4 { DataCompressionType::Lz4 } else { DataCompressionType::None });
    let stripe = |count| Layout {
        kind: LayoutKind::Stripe,
        before: None,
        count: Some(Whole(count)),
        size_mib: None,
        components: Vec::new(),
    };
    file_system.layout = choice.stripes.map(stripe);
    let limits = requirement.constraints.as_ref();
    file_system.file_system_type_version = limits.and_then(|limits| limits.file_system_type_version.clone());
    file_system.metadata_configuration = match choice.metadata {
        Metadata::None => None,
        Metadata::Automatic => Some(MetadataConfiguration { mode: MetadataMode::Automatic, iops: None }),
        Metadata::Provisioned(iops) => {
            if !tiering && iops <= i64::from(automatic_iops(size.try_into().unwrap())) {
                return None;
            }
            Some(MetadataConfiguration { mode: MetadataMode::UserProvisioned, iops: Some(Whole(iops)) })
        }
    };
    file_system.read_cache = match choice.cache {
        None => None,
        Some(cache) => {
            let steps = size / 4000;
            let (sizing_mode, size_gib) = match cache {
                Cache::None => (ReadCacheSizingMode::NoCache, None),
                Cache::Proportional => (ReadCacheSizingMode::ProportionalToThroughputCapacity, None),
                Cache::Size(gib) if (32 * steps..=131_072 * steps).contains(&gib) => {
                    (ReadCacheSizingMode::UserProvisioned, Some(Whole(gib)))
                }
                Cache::Size(_) => return None,
            };
            Some(ReadCache { sizing_mode, size_gib })
        }
    };
    let data = held(requirement, choice.lz4);
    if tiering {
        file_system.throughput_capacity_mb_per_s = Some(Whole(size));
        let capacity = requirement.capacity.as_ref();
        file_system.stored = Some(Stored {
            data_gib: Some(data),
            tier_shares: capacity.and_then(|capacity| capacity.tier_shares.clone()),
            read_requests_per_month: capacity.and_then(|capacity| capacity.read_requests_per_month),
            write_requests_per_month: capacity.and_then(|capacity| capacity.write_requests_per_month),
        });
    } else {
        file_system.storage_capacity_gib = Some(Whole(size));
        file_system.fill = Some(data / (Whole(size).get() * usable_share(requirement, kind.efa)));
    }
    Some(file_system)
}

pub(crate) fn usable_share(requirement: &Requirement, efa: bool) -> f64 {
    use fsx_model::catalog::AssumptionId::{UsableShare, UsableShareEfa};
    let scenario = requirement.on(FileSystem::of(DeploymentType::Scratch2));
    design::assumptions(&scenario).get(if efa { UsableShareEfa } else { UsableShare })
}

/// Whether it holds the data and the room to keep free.
pub(crate) fn fits(requirement: &Requirement, file_system: &FileSystem) -> bool {
    const GIB_PER_STEP: f64 = 512.0 * 1024.0;
    let lz4 = file_system.data_compression_type() == DataCompressionType::Lz4;
    let headroom = requirement.capacity.as_ref().map_or(0.0, Capacity::headroom);
    let wanted = held(requirement, lz4) / (1.0 - headroom);
    let usable = match file_system.throughput_capacity_mb_per_s {
        Some(throughput) => throughput.get() / 4000.0 * GIB_PER_STEP,
        None => {
            let capacity = file_system.storage_capacity_gib.map_or(0.0, Whole::get);
            capacity * usable_share(requirement, file_system.efa_enabled())
        }
    };
    wanted <= usable
}

/// Every candidate of the kinds that the rules allow, and how many there are: those that hold the data, priced.
pub(crate) fn candidates(requirement: &Requirement) -> (Vec<Candidate>, u64) {
    let mut all = Vec::new();
    let mut space = 0;
    for kind in kinds(requirement) {
        let sizes = sizes(&kind, requirement);
        let (mut legal, mut refused) = (0, 0);
        for choice in choices(&kind, requirement) {
            for &size in &sizes {
                let Some(file_system) = build(requirement, &kind, &choice, size) else { continue };
                let holds = fits(requirement, &file_system);
                // more data than fit is no fault of the kind
                let judged = FileSystem { fill: file_system.fill.map(|fill| fill.min(1.0)), ..file_system.clone() };
                if has_error(&rules::check(&requirement.on(judged))) {
                    refused += 1;
                    continue;
                }
                legal += 1;
                if holds {
                    all.push(priced(requirement, file_system));
                }
            }
        }
        assert!(legal == 0 || refused == 0, "{kind:?}: {refused} candidates refused beside {legal} legal ones");
        space += legal;
    }
    (all, space)
}

pub(crate) fn priced(requirement: &Requirement, file_system: FileSystem) -> Candidate {
    let scenario = requirement.on(file_system);
    let (bill, _) = bill(&scenario);
    let own = |item: Item| !matches!(item, Item::Backup | Item::CrossZone);
    let priced = bill.lines().all(|line| line.usd.is_some() || !own(line.item));
    Candidate { usd: bill.known(), priced, file_system: scenario.file_system }
}

/// The bill of a scenario, and the hours its file system exists.
pub(crate) fn bill(scenario: &Scenario) -> (Bill, f64) {
    let assumptions = design::assumptions(scenario);
    let file_system = design::FileSystem::new(scenario, &assumptions).unwrap();
    let filling = filling(scenario, &file_system, &assumptions);
    let quantities = Quantities::new(scenario, &file_system, filling, &assumptions);
    (Bill::new(&quantities, &Prices::of(scenario)), quantities.hours)
}
