//! What a file system is billed for in a month, before prices.

use super::item::Item;
use crate::catalog::{Assumptions, automatic_metadata_iops};
use crate::design::{FileSystem, Size};
use crate::money::share_of_month;
use crate::scenario::{Backup, DriveCacheType, MetadataMode, Pricing, Scenario, TierShares};
use crate::shape::Whole;
use crate::units::{Time, gibibyte, second};

/// What a file system and what belongs to it are billed for in a month. What is metered by the month counts `existing`
/// of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantities {
    /// Storage and its capacity, GiB; `None` where it is elastic.
    pub storage: Option<(Item, f64)>,
    /// Metadata IOPS ordered above those that AUTOMATIC mode gives for the capacity.
    pub metadata_iops_above: f64,
    /// Throughput capacity of Intelligent-Tiering, MB/s.
    pub throughput_mb_per_s: f64,
    /// Whether storage is elastic: tiers and requests are billed, and perhaps Metadata IOPS.
    pub elastic: bool,
    /// Metadata IOPS of elastic storage.
    pub elastic_metadata_iops: f64,
    /// SSD read cache of Intelligent-Tiering, GiB.
    pub read_cache_gib: f64,
    /// Data in elastic storage, GiB.
    pub stored_gib: Option<f64>,
    /// Shares of the tiers: Frequent, Infrequent, Archive Instant Access.
    pub tier_shares: Option<[f64; 3]>,
    /// Read requests to the tiers a month.
    pub read_requests: Option<f64>,
    /// Write requests to the tiers a month.
    pub write_requests: Option<f64>,
    /// Whether backups are taken.
    pub backs_up: bool,
    /// Backups that are kept, GiB, as far as they are known; `None` if not even a copy of the data is, or without any.
    pub backup_gib: Option<f64>,
    /// Whether the changes of a day, which backups keep too, are known.
    pub backup_change_known: bool,
    /// Whether clients are in another zone.
    pub crosses_zones: bool,
    /// Data moved between zones, GB a month.
    pub cross_zone_gb: Option<f64>,
    /// Hours that each client is paid for; 0 if clients are not counted.
    pub client_hours: f64,
    /// Hours of a month in which the file system exists.
    pub hours: f64,
    /// Share of the month in which the file system exists, filling included; at most 1.
    pub existing: f64,
}

impl Quantities {
    /// What the file system of a legal scenario is billed for, if filling it anew takes `filling`.
    ///
    /// With a duty cycle below 1, `existing = duty cycle + creations × filling / month`.
    #[must_use]
    pub fn new(scenario: &Scenario, file_system: &FileSystem, filling: Time, assumptions: &Assumptions) -> Self {
        let pricing = scenario.pricing.as_ref().unwrap_or(const { &Pricing::DEFAULT });
        let raw = &scenario.file_system;
        let existing = existing(pricing, filling);
        let capacity = file_system.capacity().map(|capacity| capacity.get::<gibibyte>());
        let elastic = matches!(file_system.size, Size::Steps(_));
        let cached = raw.drive_cache_type == Some(DriveCacheType::Read);
        let tier = raw.per_unit_storage_throughput.map(|tier| tier.0);
        let item = Item::storage(file_system.deployment_type, file_system.storage_type, tier, cached);
        let stored = raw.stored.as_ref().filter(|_| elastic);
        let stored_gib = stored.and_then(|stored| stored.data_gib);
        let in_use = || Some(file_system.usable_capacity(assumptions)?.get::<gibibyte>() * file_system.fill);
        let backup = scenario.backup.as_ref().filter(|backup| backup.automatic_retention_days().0 > 0);
        let groups = scenario.clients.as_slice();
        Self {
            storage: item.zip(capacity),
            metadata_iops_above: metadata_above(scenario, capacity),
            throughput_mb_per_s: if elastic { raw.throughput_capacity_mb_per_s.map_or(0.0, Whole::get) } else { 0.0 },
            elastic,
            elastic_metadata_iops: if elastic { file_system.metadata_iops.unwrap_or(0.0) } else { 0.0 },
            read_cache_gib: file_system.ssd_cache.filter(|_| elastic).map_or(0.0, |cache| cache.size.get::<gibibyte>()),
            stored_gib,
            tier_shares: stored.and_then(|stored| stored.tier_shares.as_ref()).and_then(shares),
            read_requests: stored.and_then(|stored| stored.read_requests_per_month),
            write_requests: stored.and_then(|stored| stored.write_requests_per_month),
            backs_up: backup.is_some(),
            backup_gib: backup.and_then(|backup| Some(kept(backup, if elastic { stored_gib? } else { in_use()? }))),
            backup_change_known: backup.is_some_and(|backup| backup.daily_change_gib.is_some()),
            crosses_zones: groups.iter().any(|group| !group.same_availability_zone()),
            cross_zone_gb: pricing.cross_az_gb_per_month,
            client_hours: if pricing.include_clients() { pricing.hours_per_month() * existing } else { 0.0 },
            hours: pricing.hours_per_month() * existing,
            existing,
        }
    }
}

/// One copy of the data in use, and the changes of every day kept, GiB. Compression is left out.
fn kept(backup: &Backup, in_use_gib: f64) -> f64 {
    in_use_gib + backup.automatic_retention_days().get() * backup.daily_change_gib.unwrap_or(0.0)
}

/// Share of the month in which the file system exists.
fn existing(pricing: &Pricing, filling: Time) -> f64 {
    let duty = pricing.duty_cycle();
    if duty >= 1.0 {
        return 1.0;
    }
    let filling = pricing.creations() * filling.get::<second>();
    (duty + share_of_month(filling, pricing.hours_per_month())).min(1.0)
}

/// Metadata IOPS ordered above the automatic value of the capacity; none where mode or storage set them.
fn metadata_above(scenario: &Scenario, capacity_gib: Option<f64>) -> f64 {
    let ordered = scenario.file_system.metadata_configuration.as_ref();
    let ordered = ordered.filter(|metadata| metadata.mode == MetadataMode::UserProvisioned);
    let above = |(ordered, capacity): (Whole, f64)| (ordered.get() - automatic_metadata_iops(capacity)).max(0.0);
    ordered.and_then(|metadata| metadata.iops).zip(capacity_gib).map_or(0.0, above)
}

/// How far the sum of shares written in decimals may be from 1.
const SUM_TOLERANCE: f64 = 1e-6;

/// The shares of all tiers: of one left out, what the others leave; `None` if more are left out than follow from it.
fn shares(given: &TierShares) -> Option<[f64; 3]> {
    let given = [given.frequent, given.infrequent, given.archive];
    let rest = (1.0 - given.iter().flatten().sum::<f64>()).max(0.0);
    let absent = given.iter().filter(|share| share.is_none()).count();
    let rest = match absent {
        0 | 1 => rest,
        _ if rest <= SUM_TOLERANCE => 0.0,
        _ => return None,
    };
    Some(given.map(|share| share.unwrap_or(rest)))
}
