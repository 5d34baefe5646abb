//! The grid of a plan: kinds of file systems, the sizes of each, and what else can be chosen.

use super::requirement::{Constraints, EfaChoice, MetadataChoice};
use crate::catalog::terms::{DeploymentType, StorageType};
use crate::catalog::{AssumptionId, Assumptions, SIZES, SizeRule, automatic_metadata_iops, figures};
use crate::finding::Finding;
use crate::rules::tables;
use crate::scenario::{
    DataCompressionType, DriveCacheType, FileSystem, Layout, LayoutKind, MetadataConfiguration, MetadataMode,
    ReadCache, ReadCacheSizingMode,
};
use crate::shape::Whole;
use crate::updates;

/// What is chosen once and for all: everything but size, metadata, cache, compression and layout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Kind {
    pub(crate) deployment: DeploymentType,
    pub(crate) storage: StorageType,
    pub(crate) tier: Option<i64>,
    pub(crate) efa: bool,
    /// SSD read cache before HDD.
    pub(crate) ssd_cache: bool,
    small: &'static [u32],
    step: i64,
    most: i64,
    /// What is there already: its size, and its metadata.
    from: From,
}

/// What a kind starts from.
#[derive(Clone, Copy, Debug, PartialEq)]
struct From {
    /// Least size.
    size: i64,
    metadata: MetadataThere,
}

/// Metadata of what is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MetadataThere {
    /// Nothing is there.
    Open,
    /// No configuration, which can never be added.
    None,
    /// So many Metadata IOPS, which only grow.
    Iops(i64),
}

impl From {
    const NOTHING: Self = Self { size: 0, metadata: MetadataThere::Open };
}

/// Metadata of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Metadata {
    /// No configuration.
    None,
    /// By capacity, free of charge.
    Automatic,
    /// So many Metadata IOPS.
    Provisioned(i64),
}

impl Metadata {
    /// Whether it costs nothing.
    pub(crate) const fn is_free(self) -> bool {
        !matches!(self, Self::Provisioned(_))
    }
}

/// SSD read cache of an Intelligent-Tiering candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cache {
    /// Other storage: nothing to choose.
    Other,
    None,
    Proportional,
    Gib(i64),
}

/// What can be chosen within a kind besides its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) metadata: Metadata,
    pub(crate) cache: Cache,
    pub(crate) lz4: bool,
    /// Stripe count; `None` for the service's default layout.
    pub(crate) stripes: Option<i64>,
}

impl Choice {
    /// The same with no fewer Metadata IOPS than `automatic`.
    pub(crate) fn at_least(self, automatic: i64) -> Self {
        match self.metadata {
            Metadata::Provisioned(iops) => Self { metadata: Metadata::Provisioned(iops.max(automatic)), ..self },
            Metadata::None | Metadata::Automatic => self,
        }
    }
}

/// Layouts that are tried, in the order in which they win ties.
pub(crate) const STRIPES: [Option<i64>; 5] = [None, Some(1), Some(4), Some(8), Some(-1)];

/// Deployment types in the order in which they win ties: the newer first.
const DEPLOYMENTS: [DeploymentType; 4] =
    [DeploymentType::Persistent2, DeploymentType::Persistent1, DeploymentType::Scratch2, DeploymentType::Scratch1];

/// Storage classes in the order in which they win ties.
const STORAGES: [StorageType; 3] = [StorageType::Ssd, StorageType::IntelligentTiering, StorageType::Hdd];

/// Every kind there is, in the order in which they win ties.
pub(crate) fn kinds(constraints: &Constraints, assumptions: &Assumptions) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for deployment in DEPLOYMENTS {
        for storage in STORAGES {
            for efa in [false, true] {
                let of = |rule: &&SizeRule| {
                    rule.deployment_type == deployment && rule.storage_type == storage && rule.efa_enabled == efa
                };
                for rule in SIZES.iter().filter(of) {
                    add(&mut kinds, rule, assumptions);
                }
            }
        }
    }
    for kind in &mut kinds {
        let most = if kind.is_elastic() {
            constraints.max_throughput_capacity_mb_per_s
        } else {
            constraints.max_storage_capacity_gib
        };
        kind.most = most.map_or(kind.most, |most| most.0.min(kind.most));
    }
    kinds
}

fn add(kinds: &mut Vec<Kind>, rule: &'static SizeRule, assumptions: &Assumptions) {
    let probe = Kind::probe(rule);
    let tiers: Vec<Option<i64>> = match rule.per_unit_storage_throughput {
        Some(tier) => vec![Some(i64::from(tier))],
        None => {
            let all: Vec<_> = tables::tiers(&probe).map(Some).collect();
            if all.is_empty() { vec![None] } else { all }
        }
    };
    let (step, most) = match rule.step_gib {
        Some(step) => (i64::from(step), largest(rule, assumptions)),
        None => (
            tables::whole(figures::IT_THROUGHPUT_STEP_MB_PER_S.value),
            tables::whole(figures::IT_THROUGHPUT_MAX_MB_PER_S.value),
        ),
    };
    let caches: &[bool] = if rule.storage_type == StorageType::Hdd { &[false, true] } else { &[false] };
    for tier in tiers {
        for &ssd_cache in caches {
            kinds.push(Kind {
                deployment: rule.deployment_type,
                storage: rule.storage_type,
                tier,
                efa: rule.efa_enabled,
                ssd_cache,
                small: rule.small_sizes_gib,
                step,
                most,
                from: From::NOTHING,
            });
        }
    }
}

/// The service's maximum; for scratch types, of which AWS gives none, an assumption.
fn largest(rule: &SizeRule, assumptions: &Assumptions) -> i64 {
    let assumed = || tables::whole(assumptions.get(AssumptionId::ScratchCapacityMaximum));
    rule.maximum_gib.map_or_else(assumed, i64::from)
}

impl Kind {
    fn probe(rule: &SizeRule) -> FileSystem {
        FileSystem {
            efa_enabled: Some(rule.efa_enabled),
            storage_type: Some(rule.storage_type),
            ..FileSystem::of(rule.deployment_type)
        }
    }

    /// `PERSISTENT_2 SSD 250 EFA`.
    pub(crate) fn name(&self) -> String {
        let mut name = format!("{} {}", self.deployment, self.storage);
        if let Some(tier) = self.tier {
            name += &format!(" {tier}");
        }
        if self.efa {
            name += " EFA";
        }
        if self.ssd_cache {
            name += " + SSD read cache";
        }
        name
    }

    pub(crate) fn is_elastic(&self) -> bool {
        self.storage == StorageType::IntelligentTiering
    }

    /// Whether it takes a metadata configuration.
    fn has_metadata(&self) -> bool {
        self.deployment == DeploymentType::Persistent2
    }

    /// Number of sizes.
    pub(crate) fn sizes(&self) -> usize {
        let small = self.small.iter().filter(|size| i64::from(**size) <= self.most).count();
        let steps = self.most.checked_div(self.step).unwrap_or(0).max(0);
        small + usize::try_from(steps).unwrap_or(0)
    }

    /// Size `i`, ascending: GiB, or MB/s of throughput capacity.
    pub(crate) fn size(&self, i: usize) -> i64 {
        match self.small.get(i) {
            Some(small) => i64::from(*small),
            None => self.step * i64::try_from(i - self.small.len() + 1).unwrap_or(0),
        }
    }

    /// Metadata IOPS that come with size `i`, free of charge.
    pub(crate) fn automatic(&self, i: usize) -> i64 {
        if self.is_elastic() { 0 } else { tables::whole(automatic_metadata_iops(Whole(self.size(i)).get())) }
    }

    /// What can be made of a file system by updates; the rule that keeps it from becoming one of this kind.
    pub(crate) fn from(mut self, current: &FileSystem, version: Option<&String>) -> Result<Self, Box<Finding>> {
        let plain = self.file_system(0, &self.plainest(&Constraints::DEFAULT), version);
        let changed = FileSystem {
            deployment_type: plain.deployment_type,
            storage_type: plain.storage_type,
            per_unit_storage_throughput: plain.per_unit_storage_throughput,
            efa_enabled: plain.efa_enabled,
            drive_cache_type: plain.drive_cache_type,
            file_system_type_version: plain.file_system_type_version,
            ..current.clone()
        };
        if let Some(blocked) = updates::route(current, &changed).err().and_then(|all| all.into_iter().next()) {
            return Err(Box::new(blocked));
        }
        let size = if self.is_elastic() { current.throughput_capacity_mb_per_s } else { current.storage_capacity_gib };
        let size = size.map_or(0, |size| size.0);
        if tables::feature(current, GROWTH) == "no" {
            self.most = self.most.min(size);
        }
        let iops = updates::metadata_iops(current, current.storage_capacity_gib);
        self.from = From { size, metadata: iops.map_or(MetadataThere::None, MetadataThere::Iops) };
        Ok(self)
    }

    /// The first size that is no less than what is there already; the number of sizes if none is.
    pub(crate) fn first(&self) -> usize {
        self.at_least(self.from.size)
    }

    /// The first size that is no less than so much.
    fn at_least(&self, size: i64) -> usize {
        count_while(self.sizes(), |i| self.size(i) < size)
    }

    /// Whether a file system is of this kind.
    pub(crate) fn is_that_of(&self, fs: &FileSystem) -> bool {
        let tier = fs.per_unit_storage_throughput.map(|tier| tier.0);
        let ssd_cache = fs.drive_cache_type == Some(DriveCacheType::Read);
        let is = (fs.deployment_type, fs.storage_type(), tier, fs.efa_enabled(), ssd_cache);
        is == (self.deployment, self.storage, self.tier, self.efa, self.ssd_cache)
    }

    /// The size of a file system of this kind.
    pub(crate) fn index_of(&self, fs: &FileSystem) -> usize {
        let size = if self.is_elastic() { fs.throughput_capacity_mb_per_s } else { fs.storage_capacity_gib };
        self.at_least(size.map_or(0, |size| size.0))
    }

    /// What metadata can be, the cheapest first.
    pub(crate) fn metadata(&self, constraints: &Constraints) -> Vec<Metadata> {
        if !self.has_metadata() {
            return vec![Metadata::None];
        }
        let most = constraints.max_metadata_iops.map_or(i64::MAX, |most| most.0);
        let values = tables::metadata_values(self.storage).filter(|value| *value <= most);
        let there = self.from.metadata;
        if there == MetadataThere::None {
            return vec![Metadata::None];
        }
        let least = if let MetadataThere::Iops(iops) = there { iops } else { 0 };
        let values = values.filter(move |value| *value >= least);
        let provisioned = values.map(Metadata::Provisioned);
        let either = constraints.metadata_configuration() == MetadataChoice::Either;
        let bare = either && !self.efa && there == MetadataThere::Open;
        let free = [(bare, Metadata::None), (!self.is_elastic(), Metadata::Automatic)];
        free.into_iter().filter(|(there, _)| *there).map(|(_, metadata)| metadata).chain(provisioned).collect()
    }

    /// The choice with the least of everything.
    pub(crate) fn plainest(&self, constraints: &Constraints) -> Choice {
        let least = || tables::metadata_values(self.storage).min().map_or(Metadata::None, Metadata::Provisioned);
        let metadata = self.metadata(constraints).first().copied().unwrap_or_else(least);
        let cache = if self.is_elastic() { Cache::None } else { Cache::Other };
        Choice { metadata, cache, lz4: false, stripes: None }
    }

    /// The sizes at which a choice is legal and no other choice is the same: from `.0` to `.1`.
    pub(crate) fn range(&self, choice: &Choice) -> Option<(usize, usize)> {
        let last = self.sizes().checked_sub(1)?;
        let (mut from, mut to) = (0, last);
        if let (Metadata::Provisioned(iops), false) = (choice.metadata, self.is_elastic()) {
            to = count_while(last + 1, |i| self.automatic(i) < iops).checked_sub(1)?;
        }
        if let (Metadata::Automatic, MetadataThere::Iops(iops)) = (choice.metadata, self.from.metadata) {
            from = count_while(last + 1, |i| self.automatic(i) < iops);
        }
        if let Cache::Gib(gib) = choice.cache {
            let steps = |per_step: f64| gib.checked_div(tables::whole(per_step)).unwrap_or(0);
            let most = usize::try_from(steps(figures::IT_CACHE_MIN_GIB_PER_STEP.value)).ok()?;
            let per_step = tables::whole(figures::IT_CACHE_MAX_GIB_PER_STEP.value);
            let least = usize::try_from((gib + per_step - 1).checked_div(per_step)?).ok()?;
            from = from.max(least.max(1) - 1);
            to = to.min(most.checked_sub(1)?);
        }
        (from <= to).then_some((from, to))
    }

    /// The SSD read caches that can be chosen: none, by throughput capacity, powers of two.
    pub(crate) fn caches(&self) -> Vec<Cache> {
        if !self.is_elastic() {
            return vec![Cache::Other];
        }
        let steps = self.most.checked_div(self.step).unwrap_or(0);
        let most = tables::whole(figures::IT_CACHE_MAX_GIB_PER_STEP.value).saturating_mul(steps);
        let least = tables::whole(figures::IT_CACHE_MIN_GIB_PER_STEP.value);
        let powers = (0..62).map(|power| 1_i64 << power).filter(|gib| (least..=most).contains(gib));
        [Cache::None, Cache::Proportional].into_iter().chain(powers.map(Cache::Gib)).collect()
    }

    /// The candidate of size `i`; `fill` is left open.
    pub(crate) fn file_system(&self, i: usize, choice: &Choice, version: Option<&String>) -> FileSystem {
        let size = Some(Whole(self.size(i)));
        let metadata = |mode, iops: Option<i64>| Some(MetadataConfiguration { mode, iops: iops.map(Whole) });
        let cache = |sizing_mode, size: Option<i64>| Some(ReadCache { sizing_mode, size_gib: size.map(Whole) });
        let hdd_cache = if self.ssd_cache { DriveCacheType::Read } else { DriveCacheType::None };
        FileSystem {
            storage_type: Some(self.storage),
            storage_capacity_gib: size.filter(|_| !self.is_elastic()),
            throughput_capacity_mb_per_s: size.filter(|_| self.is_elastic()),
            per_unit_storage_throughput: self.tier.map(Whole),
            efa_enabled: self.efa.then_some(true),
            drive_cache_type: (self.storage == StorageType::Hdd).then_some(hdd_cache),
            metadata_configuration: match choice.metadata {
                Metadata::None => None,
                Metadata::Automatic => metadata(MetadataMode::Automatic, None),
                Metadata::Provisioned(iops) => metadata(MetadataMode::UserProvisioned, Some(iops)),
            },
            read_cache: match choice.cache {
                Cache::Other => None,
                Cache::None => cache(ReadCacheSizingMode::NoCache, None),
                Cache::Proportional => cache(ReadCacheSizingMode::ProportionalToThroughputCapacity, None),
                Cache::Gib(gib) => cache(ReadCacheSizingMode::UserProvisioned, Some(gib)),
            },
            data_compression_type: choice.lz4.then_some(DataCompressionType::Lz4),
            layout: layout(choice.stripes),
            file_system_type_version: version.cloned(),
            ..FileSystem::of(self.deployment)
        }
    }

    /// The constraints that leave it out, each with what would let it in; none if they do not.
    pub(crate) fn left_out(&self, constraints: &Constraints) -> Vec<(&'static str, String)> {
        let mut by = Vec::new();
        let mut leaves_out = |there: bool, field: &'static str, change: &dyn Fn() -> String| {
            if there {
                by.push((field, change()));
            }
        };
        let types = &constraints.deployment_types;
        let scratch = matches!(self.deployment, DeploymentType::Scratch1 | DeploymentType::Scratch2);
        let of_another_type = if types.is_empty() { scratch } else { !types.contains(&self.deployment) };
        leaves_out(of_another_type, "constraints.deployment_types", &|| format!("add {} to it", self.deployment));
        let classes = &constraints.storage_types;
        let of_another_class = !classes.is_empty() && !classes.contains(&self.storage);
        leaves_out(of_another_class, "constraints.storage_types", &|| format!("add {} to it", self.storage));
        let few_iops = self.metadata(constraints).is_empty();
        leaves_out(few_iops, "constraints.max_metadata_iops", &|| "allow more of them".to_owned());
        let tiers = &constraints.per_unit_storage_throughput;
        let other_tier = self.tier.filter(|tier| !tiers.is_empty() && !tiers.contains(&Whole(*tier)));
        leaves_out(other_tier.is_some(), "constraints.per_unit_storage_throughput", &|| {
            format!("add {} to it", other_tier.unwrap_or_default())
        });
        let other_network = matches!((constraints.efa(), self.efa), (EfaChoice::Yes, false) | (EfaChoice::No, true));
        leaves_out(other_network, "constraints.efa", &|| format!("`{}`", EfaChoice::Either));
        let probe = FileSystem { storage_type: Some(self.storage), ..FileSystem::of(self.deployment) };
        let lacks = |feature| tables::feature(&probe, feature) == "no";
        let (links, backups) = (constraints.s3_link(), constraints.backups());
        let [no_links, no_backups] = [links && lacks(LINKS), backups && lacks(BACKUPS)];
        leaves_out(no_links, "constraints.s3_link", &|| "do without a link to S3 (AWS offers none here)".to_owned());
        leaves_out(no_backups, "constraints.backups", &|| "do without backups (AWS offers none here)".to_owned());
        leaves_out(links && backups && !no_links && !no_backups, "constraints.backups", &|| {
            "backups or a link to S3: AWS offers no backups of linked ones".to_owned()
        });
        by
    }
}

/// The layout with so many stripes; `None` for the service's default.
pub(crate) fn layout(stripes: Option<i64>) -> Option<Layout> {
    stripes.map(|count| Layout {
        kind: LayoutKind::Stripe,
        before: None,
        count: Some(Whole(count)),
        size_mib: None,
        components: Vec::new(),
    })
}

// Features, by their names in the catalog.
const LINKS: &str = "data repository association";
const BACKUPS: &str = "backups";
const GROWTH: &str = "growth of storage";

/// How many of the numbers from 0, below `len`, satisfy a condition that holds up to some place.
pub(crate) fn count_while(len: usize, mut holds: impl FnMut(usize) -> bool) -> usize {
    let (mut from, mut to) = (0, len);
    while from < to {
        let mid = from.midpoint(to);
        if holds(mid) {
            from = mid + 1;
        } else {
            to = mid;
        }
    }
    from
}
