//! Changes to a scenario that may help, each as a copy of it: what `advice` and `what_if` try out.

use crate::catalog::terms::{DeploymentType, Interface, StorageType};
use crate::catalog::{METADATA_VALUES, THROUGHPUT, figures, instance};
use crate::estimate::{self, Estimate};
use crate::finding::whole_number;
use crate::model::LimitId;
use crate::scenario::{
    Access, ClientGroups, Clients, DataCompressionType, DataIn, DriveCacheType, Layout, LayoutKind,
    MetadataConfiguration, MetadataMode, Operation, ReadCache, ReadCacheSizingMode, Scenario,
};
use crate::shape::Whole;

/// A gain below this share is not worth a line.
pub(crate) const WORTHWHILE: f64 = 0.05;

/// A change that may help, as a copy of the scenario with it.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) code: &'static str,
    pub(crate) field: String,
    pub(crate) value: String,
    pub(crate) what: String,
    pub(crate) fix: String,
    pub(crate) sources: &'static str,
    pub(crate) changed: Scenario,
}

/// Later passes from the servers' memory, where nothing is said about where the data lie.
pub(crate) fn cached_passes(scenario: &Scenario, index: usize) -> Option<Change> {
    let workload = scenario.workloads.get(index)?;
    if workload.operation() != Operation::Read || workload.data_in.is_some() || workload.passes().0 < 2 {
        return None;
    }
    let mut changed = scenario.clone();
    changed.workloads.get_mut(index)?.data_in = Some(DataIn::Auto);
    Some(Change {
        code: "FSX-ADVICE-DATA-IN",
        field: format!("workloads[{index}].data_in"),
        value: String::new(),
        what: "every pass counts as read from disk; with later ones from the servers' memory as far as it goes"
            .to_owned(),
        fix: DataIn::Auto.to_string(),
        sources: "PERF",
        changed,
    })
}

/// Files loaded before they are read, where the first pass loads them.
pub(crate) fn preloaded(scenario: &Scenario, index: usize) -> Option<Change> {
    let workload = scenario.workloads.get(index)?;
    if workload.operation() != Operation::Read || workload.operations.is_some() || workload.data_in() != DataIn::S3 {
        return None;
    }
    let mut changed = scenario.clone();
    let then = if workload.passes().0 > 1 { DataIn::Auto } else { DataIn::Disk };
    changed.workloads.get_mut(index)?.data_in = Some(then);
    Some(Change {
        code: "FSX-ADVICE-PRELOAD",
        field: format!("workloads[{index}].data_in"),
        value: DataIn::S3.to_string(),
        what: "with the files loaded before they are read (lfs hsm_restore)".to_owned(),
        fix: then.to_string(),
        sources: "PRELOAD",
        changed,
    })
}

/// Files smaller than a request packed into larger ones (tar, TFRecord, WebDataset, Parquet), of the size of MLPerf's.
pub(crate) fn packed(scenario: &Scenario, index: usize) -> Option<Change> {
    let workload = scenario.workloads.get(index)?;
    let moves = workload.operations.is_none() && matches!(workload.operation(), Operation::Read | Operation::Write);
    let files = workload.file_count?;
    let all = workload.file_size_mib? * files.get();
    let packed = figures::MLPERF_TFRECORD_MIB.value;
    let small = workload.file_size_mib? < SMALL_MIB && all > packed && !workload.shared_file();
    if !moves || !small || workload.access() != Access::Sequential {
        return None;
    }
    let count = (all / packed).ceil();
    let mut changed = scenario.clone();
    let load = changed.workloads.get_mut(index)?;
    load.file_count = Whole::from_f64(count);
    load.file_size_mib = Some(all / count);
    load.io_size_kib = None;
    Some(Change {
        code: "FSX-ADVICE-PACK",
        field: format!("workloads[{index}].file_size_mib"),
        value: format!("{:.3}", workload.file_size_mib?),
        what: format!("packed into {} files of {packed:.0} MiB", whole_number(count)),
        fix: format!("{packed:.0} (tar, TFRecord, WebDataset, Parquet)"),
        sources: figures::MLPERF_TFRECORD_MIB.provenance.source_id,
        changed,
    })
}

/// Size of a request below which a file is small, MiB.
const SMALL_MIB: f64 = 1.0;

/// The fewest stripes that come within 5 % of what more would give, for files that AWS advises to stripe.
pub(crate) fn wider_stripes(scenario: &Scenario, estimate: &Estimate, index: usize) -> Option<Change> {
    const ALL: i64 = -1;
    let workload = scenario.workloads.get(index)?;
    let moves_data = workload.operations.is_none() && workload.operation().is_data();
    if !moves_data || workload.file_size_mib() < figures::STRIPE_ADVISED_ABOVE_MIB.value {
        return None;
    }
    let striped = |count: i64| {
        let mut changed = scenario.clone();
        changed.file_system.layout = Some(Layout {
            kind: LayoutKind::Stripe,
            before: None,
            count: Some(Whole(count)),
            size_mib: None,
            components: Vec::new(),
        });
        changed
    };
    let rate = |count| estimate::sustained_rates(&striped(count))?.get(index).copied();
    let most = rate(ALL)?;
    let osts = i64::from(estimate.file_system.ost_count);
    let enough = |count: &i64| rate(*count).is_some_and(|rate| rate > most * (1.0 - WORTHWHILE));
    let count = [4, 8, 16, 32].into_iter().filter(|count| *count < osts).find(enough).unwrap_or(ALL);
    let over = if count == ALL { format!("all {osts}") } else { count.to_string() };
    Some(Change {
        code: "FSX-ADVICE-STRIPE",
        field: "file_system.layout".to_owned(),
        value: String::new(),
        what: format!("with every file striped over {over} OSTs"),
        fix: format!(
            "lfs setstripe -c {count} DIRECTORY (new files only; lfs migrate -c {count} FILE for those there)"
        ),
        sources: figures::STRIPE_ADVISED_ABOVE_MIB.provenance.source_id,
        changed: striped(count),
    })
}

/// As many streams (or outstanding I/Os) as reach 90 % of the next limit.
pub(crate) fn more_streams(scenario: &Scenario, estimate: &Estimate, index: usize) -> Option<Change> {
    let limits = &estimate.workloads.get(index)?.limits;
    let value = |limit: &estimate::LimitEstimate| limit.sustained.value;
    let now = limits.iter().find(|limit| limit.id == LimitId::Concurrency).map(value)?;
    let next = limits.iter().filter(|limit| limit.id != LimitId::Concurrency).map(value).reduce(f64::min)?;
    let workload = scenario.workloads.get(index)?;
    let mut changed = scenario.clone();
    let load = changed.workloads.get_mut(index)?;
    let times = Whole::from_f64((2.0 * next / now).ceil().clamp(2.0, 1024.0))?;
    let (field, count) = if workload.direct_io() {
        let count = workload.queue_depth().0.saturating_mul(times.0);
        load.queue_depth = Some(Whole(count));
        ("queue_depth", count)
    } else {
        let count = workload.processes_per_client().0.saturating_mul(times.0);
        load.processes_per_client = Some(Whole(count));
        let clients: i64 = scenario.groups_of(workload).map(|(_, group)| group.count().0).sum();
        if workload.file_count.is_some_and(|files| files.0 < clients.saturating_mul(count)) {
            return None;
        }
        ("processes_per_client", count)
    };
    Some(Change {
        code: "FSX-ADVICE-CONCURRENCY",
        field: format!("workloads[{index}].{field}"),
        value: (count / times.0).to_string(),
        what: format!("more I/O at once, {field} = {count}"),
        fix: count.to_string(),
        sources: "TIPS",
        changed,
    })
}

/// Changes the client group of a workload, which may be the default one.
pub(crate) fn with_clients(
    scenario: &Scenario,
    index: usize,
    change: impl FnOnce(&mut Clients),
) -> Option<(Scenario, String)> {
    let workload = scenario.workloads.get(index)?;
    let wanted = scenario.clients_of(workload)?;
    let mut changed = scenario.clone();
    let at = scenario.clients.as_slice().iter().position(|group| std::ptr::eq(group, wanted));
    let group = match (&mut changed.clients, at) {
        (ClientGroups::One(one), _) => one,
        (ClientGroups::Many(many), Some(at)) => many.get_mut(at)?,
        (absent, _) => {
            *absent = ClientGroups::One(Clients::DEFAULT);
            let ClientGroups::One(one) = absent else { return None };
            one
        }
    };
    change(group);
    Some((changed, scenario.clients.path(at.unwrap_or(0))))
}

pub(crate) fn same_zone(scenario: &Scenario, index: usize) -> Option<Change> {
    let group = scenario.clients_of(scenario.workloads.get(index)?)?;
    if group.same_availability_zone() {
        return None;
    }
    let (changed, path) = with_clients(scenario, index, |group| group.same_availability_zone = Some(true))?;
    Some(Change {
        code: "FSX-ADVICE-ZONE",
        field: format!("{path}.same_availability_zone"),
        value: "false".to_owned(),
        what: "with clients in the file system's Availability Zone".to_owned(),
        fix: "true".to_owned(),
        sources: "EFA",
        changed,
    })
}

pub(crate) fn efa_clients(scenario: &Scenario, index: usize) -> Option<Change> {
    let group = scenario.clients_of(scenario.workloads.get(index)?)?;
    let eligible = group.instance_type.as_deref().and_then(instance)?.fsx_efa_eligible == Some(true);
    if !scenario.file_system.efa_enabled() || group.interface().is_efa() || !eligible {
        return None;
    }
    let (changed, path) = with_clients(scenario, index, |group| group.interface = Some(Interface::Efa))?;
    Some(Change {
        code: "FSX-ADVICE-EFA-CLIENTS",
        field: format!("{path}.interface"),
        value: group.interface().to_string(),
        what: "with the clients on EFA".to_owned(),
        fix: "EFA".to_owned(),
        sources: "PERF",
        changed,
    })
}

pub(crate) fn more_clients(scenario: &Scenario, index: usize) -> Option<Change> {
    let group = scenario.clients_of(scenario.workloads.get(index)?)?;
    let count = group.count().0.saturating_mul(2);
    let (changed, path) = with_clients(scenario, index, |group| group.count = Some(Whole(count)))?;
    Some(Change {
        code: "FSX-ADVICE-CLIENTS",
        field: format!("{path}.count"),
        value: group.count().0.to_string(),
        what: format!("with {count} clients"),
        fix: count.to_string(),
        sources: "PERF",
        changed,
    })
}

pub(crate) fn compression(scenario: &Scenario, index: usize) -> Option<Change> {
    let ratio = scenario.workloads.get(index)?.compression_ratio();
    if scenario.file_system.data_compression_type() == DataCompressionType::Lz4 || ratio <= 1.0 {
        return None;
    }
    let mut changed = scenario.clone();
    changed.file_system.data_compression_type = Some(DataCompressionType::Lz4);
    Some(Change {
        code: "FSX-ADVICE-LZ4",
        field: "file_system.data_compression_type".to_owned(),
        value: "NONE".to_owned(),
        what: format!("with LZ4 at a ratio of {ratio}"),
        fix: "LZ4".to_owned(),
        sources: "LZ4",
        changed,
    })
}

pub(crate) fn next_tier(scenario: &Scenario) -> Option<Change> {
    let raw = &scenario.file_system;
    let now = raw.per_unit_storage_throughput?.0;
    let tiers = THROUGHPUT.iter().filter(|row| {
        row.deployment_type == raw.deployment_type && row.storage_type == raw.storage_type() && row.basis == "storage"
    });
    let next =
        tiers.filter_map(|row| row.per_unit_storage_throughput).map(i64::from).filter(|tier| *tier > now).min()?;
    let mut changed = scenario.clone();
    changed.file_system.per_unit_storage_throughput = Some(Whole(next));
    Some(Change {
        code: "FSX-ADVICE-TIER",
        field: "file_system.per_unit_storage_throughput".to_owned(),
        value: now.to_string(),
        what: format!("at the next tier, {next} MB/s per TiB"),
        fix: next.to_string(),
        sources: "SSD",
        changed,
    })
}

/// Twice the capacity, where there is no higher tier: throughput grows with it.
pub(crate) fn more_capacity(scenario: &Scenario) -> Option<Change> {
    let now = scenario.file_system.storage_capacity_gib?.0;
    let then = now.saturating_mul(2);
    let mut changed = scenario.clone();
    changed.file_system.storage_capacity_gib = Some(Whole(then));
    changed.file_system.fill = scenario.file_system.fill.map(|fill| fill / 2.0);
    Some(Change {
        code: "FSX-ADVICE-CAPACITY",
        field: "file_system.storage_capacity_gib".to_owned(),
        value: now.to_string(),
        what: format!("at twice the capacity, {} GiB", whole_number(Whole(then).get())),
        fix: then.to_string(),
        sources: "SSD",
        changed,
    })
}

/// The next step of throughput capacity (Intelligent-Tiering); a read cache of given size grows with it.
pub(crate) fn next_step(scenario: &Scenario) -> Option<Change> {
    let now = scenario.file_system.throughput_capacity_mb_per_s?;
    let step = figures::IT_THROUGHPUT_STEP_MB_PER_S.value;
    let next = Whole::from_f64(now.get() + step)?;
    let mut changed = scenario.clone();
    changed.file_system.throughput_capacity_mb_per_s = Some(next);
    if let Some(cache) = &mut changed.file_system.read_cache {
        cache.size_gib = cache.size_gib.and_then(|size| Whole::from_f64((size.get() * next.get() / now.get()).ceil()));
    }
    Some(Change {
        code: "FSX-ADVICE-THROUGHPUT-STEP",
        field: "file_system.throughput_capacity_mb_per_s".to_owned(),
        value: now.0.to_string(),
        what: format!("at the next step of throughput capacity, {} MB/s", whole_number(next.get())),
        fix: next.0.to_string(),
        sources: figures::IT_THROUGHPUT_STEP_MB_PER_S.provenance.source_id,
        changed,
    })
}

/// An SSD read cache where there is none.
pub(crate) fn read_cache(scenario: &Scenario) -> Option<Change> {
    let raw = &scenario.file_system;
    let mut changed = scenario.clone();
    let (field, value, fix) = match raw.storage_type() {
        StorageType::Hdd if raw.drive_cache_type == Some(DriveCacheType::None) => {
            changed.file_system.drive_cache_type = Some(DriveCacheType::Read);
            ("file_system.drive_cache_type", DriveCacheType::None.to_string(), DriveCacheType::Read.to_string())
        }
        StorageType::IntelligentTiering => {
            let none = raw.read_cache.as_ref().is_some_and(|cache| cache.sizing_mode == ReadCacheSizingMode::NoCache);
            let sizing_mode = ReadCacheSizingMode::ProportionalToThroughputCapacity;
            changed.file_system.read_cache = none.then_some(ReadCache { sizing_mode, size_gib: None });
            changed.file_system.read_cache.as_ref()?;
            ("file_system.read_cache.sizing_mode", ReadCacheSizingMode::NoCache.to_string(), sizing_mode.to_string())
        }
        _ => return None,
    };
    Some(Change {
        code: "FSX-ADVICE-READ-CACHE",
        field: field.to_owned(),
        value,
        what: "with an SSD read cache".to_owned(),
        fix,
        sources: "CACHE API-CREATE",
        changed,
    })
}

/// The next higher value of the Metadata IOPS, or a metadata configuration where there is none.
pub(crate) fn more_metadata(scenario: &Scenario, estimate: &Estimate) -> Option<Change> {
    let raw = &scenario.file_system;
    if raw.deployment_type != DeploymentType::Persistent2 {
        return None;
    }
    let now = estimate.file_system.metadata_iops;
    let values = METADATA_VALUES.iter().filter(|row| row.storage_type == raw.storage_type()).map(|row| row.iops);
    let least = raw.storage_capacity_gib.map_or(0.0, |gib| crate::catalog::automatic_metadata_iops(gib.get()));
    let next = values.filter(|value| now.is_none_or(|now| *value > now) && f64::from(*value) >= least).min()?;
    let mut changed = scenario.clone();
    let iops = Some(Whole(i64::from(next)));
    changed.file_system.metadata_configuration =
        Some(MetadataConfiguration { mode: MetadataMode::UserProvisioned, iops });
    let creation = if now.is_none() { ", which can be chosen only at creation" } else { "" };
    Some(Change {
        code: "FSX-ADVICE-METADATA-IOPS",
        field: "file_system.metadata_configuration.iops".to_owned(),
        value: now.map_or_else(String::new, |now| now.to_string()),
        what: format!("with {} Metadata IOPS{creation}", whole_number(f64::from(next))),
        fix: next.to_string(),
        sources: "PERF API-META",
        changed,
    })
}

/// Files over as many directories as there are metadata targets and clients.
pub(crate) fn more_directories(scenario: &Scenario, estimate: &Estimate, index: usize) -> Option<Change> {
    let workload = scenario.workloads.get(index)?;
    let clients: i64 = scenario.groups_of(workload).map(|(_, group)| group.count().0).sum();
    let wanted = i64::from(estimate.file_system.mdt_count).max(clients);
    let files = workload.file_count.map_or_else(|| scenario.streams_of(workload), |files| files.0);
    if workload.directories().0 >= wanted || files < wanted {
        return None;
    }
    let mut changed = scenario.clone();
    changed.workloads.get_mut(index)?.directories = Some(Whole(wanted));
    Some(Change {
        code: "FSX-ADVICE-DIRECTORIES",
        field: format!("workloads[{index}].directories"),
        value: workload.directories().0.to_string(),
        what: format!("with the files in {wanted} directories, spread over all metadata servers"),
        fix: format!("{wanted} (lfs mkdir -i places a directory on a metadata target)"),
        sources: "PERF",
        changed,
    })
}
