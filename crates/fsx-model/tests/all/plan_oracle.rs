//! `plan` by brute force, from its description alone: every candidate of the grid is built, judged and priced.

use fsx_model::catalog::terms::{DeploymentType, StorageType};
use fsx_model::catalog::{ASSUMPTIONS, Law};
use fsx_model::cost::{Bill, Item, Prices, Quantities, filling};
use fsx_model::design::{self, Design};
use fsx_model::draws;
use fsx_model::estimate::{has_error, numbers};
use fsx_model::family::Membership;
use fsx_model::model::together::{Shared, join, together};
use fsx_model::model::{Credits, data};
use fsx_model::money::{Quantity, Usd};
use fsx_model::plan::{Capacity, EfaChoice, MetadataChoice, Objective, Requirement};
use fsx_model::rules;
use fsx_model::scenario::{
    AssumptionValue, DataCompressionType, DriveCacheType, FileSystem, Layout, LayoutKind, MetadataConfiguration,
    MetadataMode, ReadCache, ReadCacheSizingMode, Scenario, Stored, Target, TargetRegime, Workload,
};
use fsx_model::shape::{Optional as _, Whole};
use fsx_model::units::{megabyte_per_second, millisecond, operation_per_second};

use crate::case::automatic_iops;

/// Relative error that a target forgives.
const TOLERANCE: f64 = 1e-9;
/// What counts as fastest, a share of the fastest of all.
const NEAR_FASTEST: f64 = 0.99;

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
    priced: bool,
}

/// What the brute force finds.
#[derive(Debug)]
pub(crate) struct Solved {
    /// The best file system with its cost, and its cost and that of idle clients.
    pub(crate) best: Option<(FileSystem, Usd, Usd)>,
    /// Candidates in the grid.
    pub(crate) space: u64,
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
fn held(requirement: &Requirement, lz4: bool) -> f64 {
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

fn usable_share(requirement: &Requirement, efa: bool) -> f64 {
    use fsx_model::catalog::AssumptionId::{UsableShare, UsableShareEfa};
    let scenario = requirement.on(FileSystem::of(DeploymentType::Scratch2));
    design::assumptions(&scenario).get(if efa { UsableShareEfa } else { UsableShare })
}

/// Whether it holds the data and the room to keep free.
fn fits(requirement: &Requirement, file_system: &FileSystem) -> bool {
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

fn priced(requirement: &Requirement, file_system: FileSystem) -> Candidate {
    let scenario = requirement.on(file_system);
    let (bill, _) = bill(&scenario);
    let own = |item: Item| !matches!(item, Item::Backup | Item::CrossZone);
    let priced = bill.lines().all(|line| line.usd.is_some() || !own(line.item));
    Candidate { usd: bill.known(), priced, file_system: scenario.file_system }
}

/// The bill of a scenario, and the hours its file system exists.
fn bill(scenario: &Scenario) -> (Bill, f64) {
    let assumptions = design::assumptions(scenario);
    let file_system = design::FileSystem::new(scenario, &assumptions).unwrap();
    let filling = filling(scenario, &file_system, &assumptions);
    let quantities = Quantities::new(scenario, &file_system, filling, &assumptions);
    (Bill::new(&quantities, &Prices::of(scenario)), quantities.hours)
}

/// What a workload reaches on one client group, or on all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reached {
    /// MB/s without its own limit; of metadata 0.
    pub(crate) throughput: f64,
    /// Operations of the application a second without its own limit; of metadata, items.
    pub(crate) operations: f64,
    pub(crate) latency_ms: f64,
}

/// Each workload's client groups, with their share of it, and what it reaches there; last, what it reaches in all.
type ByGroup = Vec<(Vec<(usize, f64, Reached)>, Reached)>;

pub(crate) fn reached(scenario: &Scenario, burst: bool) -> ByGroup {
    let assumptions = design::assumptions(scenario);
    let designs = Design::all(scenario, &assumptions).unwrap();
    let mut all = together(&designs, &assumptions, Credits::SPENT);
    if burst {
        let full = together(&designs, &assumptions, Credits::FULL);
        let several = designs.len() > 1;
        all = full.into_iter().zip(all).map(|(full, spent)| full.with_credits(&spent, several)).collect();
    }
    let figures = |shared: &Shared, design: &Design| {
        let now = &shared.evaluation;
        let load = &design.workload;
        let per_request = if load.moves_data { f64::from(load.request_size() / load.io_size) } else { 1.0 };
        Reached {
            throughput: data(now.unlimited, load.request_size()).get::<megabyte_per_second>(),
            operations: now.unlimited.get::<operation_per_second>() * per_request,
            latency_ms: now.latency.get::<millisecond>(),
        }
    };
    let mut answers = Vec::new();
    let mut from = 0;
    for groups in designs.chunk_by(|a, b| a.index == b.index) {
        let each = &all[from..from + groups.len()];
        from += groups.len();
        let streams: f64 = groups.iter().map(|design| design.workload.streams).sum();
        let by_group = groups.iter().zip(each);
        let by_group = by_group
            .map(|(design, shared)| (design.group, design.workload.streams / streams, figures(shared, design)))
            .collect();
        answers.push((by_group, figures(&join(each).unwrap(), &groups[0])));
    }
    answers
}

/// How far the targets are met.
struct Judged {
    /// Whether all latencies are.
    in_time: bool,
    /// The least margin of rates and times; infinite without them.
    margin: f64,
    /// Share of each client group that waits.
    idle: Vec<f64>,
}

/// Judges a scenario whose workloads reach so many times as much as predicted, once if nothing is said of them; with `stop`
/// no further than to the first sign that its targets are not met.
fn judge(scenario: &Scenario, stop: bool, factors: &[f64]) -> Judged {
    let factor = |i: usize| factors.get(i).copied().unwrap_or(1.0);
    let targets = || scenario.workloads.iter().filter_map(|workload| workload.target.as_ref());
    let mut judged =
        Judged { in_time: true, margin: f64::INFINITY, idle: vec![0.0; scenario.clients.as_slice().len().max(1)] };
    let spent = reached(scenario, false);
    let bursts = targets().any(|target| target.regime() == TargetRegime::Burst);
    let full = if bursts { reached(scenario, true) } else { Vec::new() };
    for (i, target) in scenario.workloads.iter().enumerate().filter_map(|(i, load)| Some((i, load.target.as_ref()?))) {
        let (groups, whole) = if target.regime() == TargetRegime::Burst { &full[i] } else { &spent[i] };
        if let Some(wanted) = target.latency_ms {
            judged.in_time &= wanted / whole.latency_ms * factor(i) >= 1.0 - TOLERANCE;
        }
        for (group, share, reached) in groups {
            let throughput = target.throughput_mb_per_s.map(|wanted| reached.throughput / (wanted * share));
            let operations = target.operations_per_s.map(|wanted| reached.operations / (wanted * share));
            for margin in [throughput, operations].into_iter().flatten() {
                judged.take(*group, margin * factor(i));
            }
        }
    }
    let settled = !judged.in_time || stop && !judged.holds();
    if targets().any(|target| target.seconds.is_some()) && !settled {
        let estimate = numbers(scenario).unwrap();
        for (i, (load, answer)) in scenario.workloads.iter().zip(&estimate.workloads).enumerate() {
            if let Some(wanted) = load.target.as_ref().and_then(|target| target.seconds) {
                for (group, ..) in &spent[i].0 {
                    judged.take(*group, wanted / answer.seconds.mid * factor(i));
                }
            }
        }
    }
    judged
}

impl Judged {
    fn take(&mut self, group: usize, margin: f64) {
        self.margin = self.margin.min(margin);
        self.idle[group] = self.idle[group].max(1.0 - margin.min(1.0));
    }

    fn holds(&self) -> bool {
        self.in_time && self.margin >= 1.0 - TOLERANCE
    }
}

/// Whether a candidate does in enough of the draws what is asked; without draws, it does.
fn is_sure(requirement: &Requirement, candidate: &Candidate) -> bool {
    let Some(asked) = &requirement.uncertainty else { return true };
    let share = share_met(
        requirement,
        &candidate.file_system,
        asked.seed().0.try_into().unwrap(),
        asked.samples().0.try_into().unwrap(),
    );
    share >= asked.confidence() - TOLERANCE
}

/// The share of so many draws in which a file system holds the data and meets the targets.
pub(crate) fn share_met(requirement: &Requirement, file_system: &FileSystem, seed: u64, samples: u32) -> f64 {
    let scenario = requirement.on(file_system.clone());
    let mid = design::assumptions(&scenario);
    let workloads = 0..scenario.workloads.len();
    let off: Vec<Vec<f64>> =
        workloads.map(|i| draws::spread_out(seed, &format!("prediction of workload {i}"), samples)).collect();
    let scatter = scatter(&scenario);
    let drawn = draws::assumptions(&mid, seed, samples);
    let met = drawn.iter().enumerate().filter(|(k, drawn)| {
        let mut requirement = requirement.clone();
        for row in ASSUMPTIONS.iter().filter(|row| mid.is_open(row)) {
            let value = drawn.get(row.id);
            let value =
                if row.law == Law::Flag { AssumptionValue::Flag(value > 0.5) } else { AssumptionValue::Number(value) };
            requirement.assumptions.insert(row.name.to_owned(), value);
        }
        draw_inputs(&mut requirement, seed, samples, *k);
        let mut file_system = file_system.clone();
        if let Some(size) = file_system.storage_capacity_gib {
            let lz4 = file_system.data_compression_type() == DataCompressionType::Lz4;
            let usable = size.get() * usable_share(&requirement, file_system.efa_enabled());
            file_system.fill = Some(held(&requirement, lz4) / usable);
        }
        // the 5th and the 95th percentile of a prediction lie 1.645 standard deviations from the middle
        let factor = |(off, scatter): (&Vec<f64>, &f64)| libm::exp(1.645 * draws::sloped(off[*k]) * scatter);
        let factors: Vec<f64> = off.iter().zip(&scatter).map(factor).collect();
        fits(&requirement, &file_system) && judge(&requirement.on(file_system), true, &factors).holds()
    });
    Whole(met.count().try_into().unwrap()).get() / f64::from(samples)
}

/// Puts the numbers of a draw in the place of inputs with a range: of those that tests give one.
fn draw_inputs(requirement: &mut Requirement, seed: u64, samples: u32, k: usize) {
    let inputs = requirement.uncertainty.as_ref().map_or_else(Default::default, |it| it.inputs.clone());
    for (field, range) in inputs {
        let value = draws::within([range.low, range.mid, range.high], draws::spread_out(seed, &field, samples)[k]);
        let target = |requirement: &mut Requirement| requirement.workloads[0].target.clone().unwrap();
        match field.as_str() {
            "capacity.data_gib" => requirement.capacity.as_mut().unwrap().data_gib = Some(value),
            "workloads[0].target.throughput_mb_per_s" => {
                requirement.workloads[0].target =
                    Some(Target { throughput_mb_per_s: Some(value), ..target(requirement) });
            }
            "workloads[0].processes_per_client" => {
                requirement.workloads[0].processes_per_client = Whole::from_f64(value.round());
            }
            other => panic!("{other}"),
        }
    }
}

/// By workload, the scatter of predictions of its kind, in the regime of its target.
fn scatter(scenario: &Scenario) -> Vec<f64> {
    let assumptions = design::assumptions(scenario);
    let designs = Design::all(scenario, &assumptions).unwrap();
    let in_regime = |burst: bool| together(&designs, &assumptions, if burst { Credits::FULL } else { Credits::SPENT });
    let of = |groups: &[Design]| {
        let target = scenario.workloads[groups[0].index].target.as_ref();
        let burst = target.is_some_and(|target| target.regime() == TargetRegime::Burst);
        let own = designs.iter().zip(in_regime(burst)).filter(|(design, _)| design.index == groups[0].index);
        let now = join(&own.map(|(_, shared)| shared).collect::<Vec<_>>()).unwrap().evaluation;
        Membership::of(groups, &now, &assumptions, burst).scatter()
    };
    designs.chunk_by(|a, b| a.index == b.index).map(of).collect()
}

/// Money for clients that wait, a month.
fn idle_usd(scenario: &Scenario, idle: &[f64]) -> Usd {
    let prices = Prices::of(scenario);
    let (_, hours) = bill(scenario);
    let groups = scenario.clients.as_slice().iter().zip(idle);
    let money = groups.map(|(group, share)| {
        let instance_type = group.instance_type.as_deref().expect("the draw names the instances");
        let rate = prices.instance(instance_type).expect("the draw takes those with a price").rate;
        Quantity::new(group.count().get() * share * hours) * rate
    });
    money.sum()
}

/// The best file system, by trying all of them. One whose price is not known in full counts only where no other does what
/// is asked at any price.
pub(crate) fn solve(requirement: &Requirement) -> Solved {
    solve_among(requirement, |_| true)
}

/// The same among some of the candidates.
pub(crate) fn solve_among(requirement: &Requirement, counts: impl Fn(&FileSystem) -> bool) -> Solved {
    let (mut all, space) = candidates(requirement);
    all.retain(|candidate| counts(&candidate.file_system));
    let budget = requirement.constraints.as_ref().and_then(|limits| limits.max_usd_per_month);
    let affordable = |candidate: &&Candidate| budget.is_none_or(|budget| candidate.usd.to_f64() <= budget);
    let of = |priced: bool| all.iter().filter(move |candidate| candidate.priced == priced);
    let search = |priced: bool| match requirement.objective() {
        Objective::Cheapest => cheapest(requirement, of(priced).filter(affordable)),
        Objective::Fastest => fastest(requirement, of(priced).filter(affordable)),
        Objective::LeastTotal => least_total(requirement, of(priced).filter(affordable)),
    };
    let best = search(true).or_else(|| {
        let too_dear = match requirement.objective() {
            Objective::LeastTotal => least_total(requirement, of(true)),
            Objective::Cheapest | Objective::Fastest => cheapest(requirement, of(true)),
        };
        if too_dear.is_some() { None } else { search(false) }
    });
    Solved { best, space }
}

/// By cost, those of one cost in the order of the grid.
fn by_cost<'a>(all: impl Iterator<Item = &'a Candidate>) -> Vec<&'a Candidate> {
    let mut all: Vec<_> = all.collect();
    all.sort_by_key(|candidate| candidate.usd);
    all
}

fn cheapest<'a>(requirement: &Requirement, all: impl Iterator<Item = &'a Candidate>) -> Option<(FileSystem, Usd, Usd)> {
    let holds = |candidate: &&Candidate| {
        judge(&requirement.on(candidate.file_system.clone()), true, &[]).holds() && is_sure(requirement, candidate)
    };
    let best = by_cost(all).into_iter().find(holds)?;
    Some((best.file_system.clone(), best.usd, best.usd))
}

fn fastest<'a>(requirement: &Requirement, all: impl Iterator<Item = &'a Candidate>) -> Option<(FileSystem, Usd, Usd)> {
    let judged = all.filter_map(|candidate| {
        let scenario = requirement.on(candidate.file_system.clone());
        let judged = judge(&scenario, true, &[]);
        let margin = if judged.margin.is_finite() { judged.margin } else { rate(&scenario) };
        judged.holds().then_some((candidate, margin))
    });
    let judged: Vec<_> = judged.collect();
    let most = judged.iter().map(|(_, margin)| *margin).fold(0.0, f64::max);
    let near = judged.into_iter().filter(|(_, margin)| *margin >= NEAR_FASTEST * most).map(|(candidate, _)| candidate);
    let best = near.reduce(|best, next| if next.usd < best.usd { next } else { best })?;
    Some((best.file_system.clone(), best.usd, best.usd))
}

/// The rate of the only workload, in the regime of its target if it has one.
fn rate(scenario: &Scenario) -> f64 {
    let target = scenario.workloads[0].target.as_ref();
    let burst = target.is_some_and(|target| target.regime() == TargetRegime::Burst);
    let (_, whole) = reached(scenario, burst)[0];
    if whole.throughput > 0.0 { whole.throughput } else { whole.operations }
}

fn least_total<'a>(
    requirement: &Requirement,
    all: impl Iterator<Item = &'a Candidate>,
) -> Option<(FileSystem, Usd, Usd)> {
    let all: Vec<_> = all.collect();
    let mut best: Option<(usize, Usd)> = None;
    let mut by_cost: Vec<_> = (0..all.len()).collect();
    by_cost.sort_by_key(|&place| all[place].usd);
    for place in by_cost {
        // all others cost more without any idle client
        if best.is_some_and(|(_, total)| all[place].usd > total) {
            break;
        }
        let scenario = requirement.on(all[place].file_system.clone());
        let judged = judge(&scenario, false, &[]);
        let total = all[place].usd + idle_usd(&scenario, &judged.idle);
        if judged.in_time && best.is_none_or(|(first, least)| (total, place) < (least, first)) {
            best = Some((place, total));
        }
    }
    best.map(|(place, total)| (all[place].file_system.clone(), all[place].usd, total))
}

/// The same file system with every default written out.
pub(crate) fn plain(mut file_system: FileSystem) -> FileSystem {
    file_system.storage_type = Some(file_system.storage_type());
    file_system.efa_enabled = Some(file_system.efa_enabled());
    file_system.data_compression_type = Some(file_system.data_compression_type());
    file_system.credits_at_start = Some(file_system.credits_at_start());
    file_system.layout = file_system.layout.filter(|layout| layout.kind != LayoutKind::Default);
    if let Some(layout) = &mut file_system.layout {
        layout.size_mib = Some(layout.size_mib.given_or(Whole(1)));
    }
    // rounded, as it is worked out in another order
    let rounded = |value: f64| (value * 1e9).round() / 1e9;
    file_system.fill = file_system.fill.map(rounded);
    if let Some(stored) = &mut file_system.stored {
        stored.data_gib = stored.data_gib.map(rounded);
    }
    file_system
}
