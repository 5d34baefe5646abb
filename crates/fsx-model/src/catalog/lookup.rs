//! Finding rows.

use std::sync::LazyLock;

use super::terms::{DeploymentType, Interface, StorageType};
use super::{
    CLIENT_LIMITS, INSTANCES, Instance, METADATA_AUTOMATIC, REGIONS, Region, SERVERS, SIZES, SOURCES, ServerRule,
    SizeRule, Source, TABLES, THROUGHPUT, Table, ThroughputTier, VERSIONS, figures,
};

/// Published figures per TiB of storage of a tier; `tier` in MB/s per TiB, `None` for scratch types.
#[must_use]
pub fn throughput_tier(
    deployment: DeploymentType,
    storage: StorageType,
    tier: Option<i64>,
) -> Option<&'static ThroughputTier> {
    THROUGHPUT.iter().find(|row| {
        row.deployment_type == deployment
            && row.storage_type == storage
            && row.basis == "storage"
            && row.per_unit_storage_throughput.map(i64::from) == tier
    })
}

/// Whether a row for `row_tier` (`None`: any) covers `tier`.
fn covers(row_tier: Option<u32>, tier: Option<i64>) -> bool {
    row_tier.is_none_or(|row_tier| Some(i64::from(row_tier)) == tier)
}

/// Legal storage capacities of a kind of file system.
#[must_use]
pub fn size_rule(
    deployment: DeploymentType,
    storage: StorageType,
    tier: Option<i64>,
    efa: bool,
) -> Option<&'static SizeRule> {
    SIZES.iter().find(|row| {
        row.deployment_type == deployment
            && row.storage_type == storage
            && row.efa_enabled == efa
            && covers(row.per_unit_storage_throughput, tier)
    })
}

/// What one object storage server of a kind of file system carries.
#[must_use]
pub fn server_rule(
    deployment: DeploymentType,
    storage: StorageType,
    tier: Option<i64>,
    efa: bool,
) -> Option<&'static ServerRule> {
    SERVERS.iter().find(|row| {
        row.deployment_type == deployment
            && row.storage_type == storage
            && row.efa_enabled == efa
            && covers(row.per_unit_storage_throughput, tier)
    })
}

/// Instance types in the order of their names.
static INSTANCES_BY_NAME: LazyLock<Vec<&Instance>> = LazyLock::new(|| {
    let mut all: Vec<_> = INSTANCES.iter().collect();
    all.sort_by_key(|row| row.instance_type);
    all
});

/// The instance type of this name.
#[must_use]
pub fn instance(name: &str) -> Option<&'static Instance> {
    let place = INSTANCES_BY_NAME.binary_search_by(|row| row.instance_type.cmp(name)).ok()?;
    Some(INSTANCES_BY_NAME[place])
}

/// Most that one client can move over an interface, Gbit/s: the highest of the rows for it.
#[must_use]
pub fn client_maximum_gbps(interface: Interface) -> f64 {
    let rows = CLIENT_LIMITS.iter().filter(|row| row.interface == interface);
    rows.map(|row| row.maximum_gbps).fold(0.0, f64::max)
}

/// The Region or Local Zone of this code.
#[must_use]
pub fn region(code: &str) -> Option<&'static Region> {
    REGIONS.iter().find(|row| row.region == code)
}

/// Metadata IOPS that AUTOMATIC mode includes for an SSD capacity in GiB.
///
/// From 48,000 GiB, 12,000 per whole 24,000 GiB, at most the service maximum; AWS leaves the rounding open and whole
/// steps are the cautious reading. Source: user guide, "Performance".
///
/// ```
/// # use fsx_model::catalog::automatic_metadata_iops;
/// assert_eq!(automatic_metadata_iops(4800.0), 6000.0);
/// assert_eq!(automatic_metadata_iops(72_000.0), 36_000.0);
/// ```
#[must_use]
pub fn automatic_metadata_iops(capacity_gib: f64) -> f64 {
    let row = METADATA_AUTOMATIC.iter().rev().find(|row| f64::from(row.from_gib) <= capacity_gib);
    row.map_or(0.0, |row| {
        let steps = row.per_gib.map_or(1.0, |per| (capacity_gib / f64::from(per)).floor());
        (f64::from(row.iops) * steps).min(figures::METADATA_IOPS_MAX.value)
    })
}

/// The newest Lustre version a kind of file system may have.
#[must_use]
pub fn newest_version(deployment: DeploymentType, metadata_configuration: bool) -> Option<&'static str> {
    VERSIONS
        .iter()
        .find(|row| {
            row.deployment_type == deployment
                && row.metadata_configuration == metadata_configuration
                && row.default_version
        })
        .map(|row| row.version)
}

/// The source of this id.
#[must_use]
pub fn source(id: &str) -> Option<&'static Source> {
    SOURCES.iter().find(|row| row.id == id)
}

/// The printable table of this name.
#[must_use]
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}
