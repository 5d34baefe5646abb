//! What the rules ask of the catalog.

use std::cmp::Reverse;
use std::fmt::Display;

use crate::catalog::terms::{DeploymentType, StorageType};
use crate::catalog::{self, FEATURES, Instance, METADATA_VALUES, SIZES, SizeRule, THROUGHPUT, figures};
use crate::scenario::FileSystem;
use crate::shape::Whole;

/// Whether storage is elastic: throughput is ordered, not capacity.
pub(crate) fn is_elastic(fs: &FileSystem) -> bool {
    fs.storage_type() == StorageType::IntelligentTiering
}

/// Rows about the legal sizes of this deployment type.
pub(crate) fn sizes_of_type(deployment: DeploymentType) -> impl Iterator<Item = &'static SizeRule> {
    SIZES.iter().filter(move |row| row.deployment_type == deployment)
}

/// Rows about the legal sizes of this deployment type and storage class; none if the two do not go together.
pub(crate) fn sizes_of(fs: &FileSystem) -> impl Iterator<Item = &'static SizeRule> {
    let storage = fs.storage_type();
    sizes_of_type(fs.deployment_type).filter(move |row| row.storage_type == storage)
}

/// Whether a file system of this deployment type can have EFA.
pub(crate) fn can_have_efa(deployment: DeploymentType) -> bool {
    sizes_of_type(deployment).any(|row| row.efa_enabled)
}

/// The row on legal sizes; none where storage class, tier or elasticity leave it open.
pub(crate) fn size_rule(fs: &FileSystem) -> Option<&'static SizeRule> {
    let efa = fs.efa_enabled() && can_have_efa(fs.deployment_type);
    let tier = fs.per_unit_storage_throughput.map(|tier| tier.0);
    catalog::size_rule(fs.deployment_type, fs.storage_type(), tier, efa)
}

/// Least legal capacity, GiB.
pub(crate) fn least_size(rule: &SizeRule) -> Option<i64> {
    rule.small_sizes_gib.iter().copied().chain(rule.step_gib).min().map(i64::from)
}

/// Largest capacity, GiB, legal or not: the service's, or else the most that Lustre can address.
pub(crate) fn maximum_size(rule: &SizeRule) -> i64 {
    let by_osts = || {
        catalog::server_rule(rule.deployment_type, rule.storage_type, None, rule.efa_enabled)
            .and_then(|server| server.ost_gib)
            .map_or(Whole::MAX, |ost_gib| whole(ost_gib * figures::LUSTRE_OSTS_MAX.value))
    };
    rule.maximum_gib.map_or_else(by_osts, i64::from)
}

/// The legal capacity nearest to `value`, GiB; the larger of two as near.
pub(crate) fn nearest_size(rule: &SizeRule, value: i64) -> Option<i64> {
    let multiple = nearest_multiple(value, i64::from(rule.step_gib?), maximum_size(rule))?;
    nearest(value, rule.small_sizes_gib.iter().copied().map(i64::from).chain([multiple]))
}

/// The multiple of `step` nearest to `value`, from `step` to `maximum`; the larger of two as near.
pub(crate) fn nearest_multiple(value: i64, step: i64, maximum: i64) -> Option<i64> {
    let most = maximum.checked_div(step)?;
    let below = value.checked_div(step)?.clamp(1, most);
    nearest(value, [below * step, (below + 1).min(most) * step])
}

/// The candidate nearest to `value`; the larger of two as near.
pub(crate) fn nearest(value: i64, candidates: impl IntoIterator<Item = i64>) -> Option<i64> {
    candidates.into_iter().min_by_key(|candidate| (candidate.abs_diff(value), Reverse(*candidate)))
}

/// The storage capacity, GiB, if it is given and legal.
pub(crate) fn legal_capacity(fs: &FileSystem) -> Option<i64> {
    let value = fs.storage_capacity_gib?.0;
    (nearest_size(size_rule(fs)?, value) == Some(value)).then_some(value)
}

/// Throughput tiers of the deployment type and storage class; none where there is none to set.
pub(crate) fn tiers(fs: &FileSystem) -> impl Iterator<Item = i64> {
    let (deployment, storage) = (fs.deployment_type, fs.storage_type());
    THROUGHPUT
        .iter()
        .filter(move |row| row.deployment_type == deployment && row.storage_type == storage && row.basis == "storage")
        .filter_map(|row| row.per_unit_storage_throughput.map(i64::from))
}

/// Metadata IOPS that the storage class can be given.
pub(crate) fn metadata_values(storage: StorageType) -> impl Iterator<Item = i64> {
    METADATA_VALUES.iter().filter(move |row| row.storage_type == storage).map(|row| i64::from(row.iops))
}

/// What the catalog says of a feature on this type; empty if it says nothing.
pub(crate) fn feature(fs: &FileSystem, name: &str) -> &'static str {
    FEATURES.iter().find(|row| row.feature == name).map_or("", |row| match (fs.deployment_type, fs.storage_type()) {
        (DeploymentType::Scratch1, _) => row.scratch_1,
        (DeploymentType::Scratch2, _) => row.scratch_2,
        (DeploymentType::Persistent1, StorageType::Hdd) => row.persistent_1_hdd,
        (DeploymentType::Persistent1, _) => row.persistent_1_ssd,
        (DeploymentType::Persistent2, StorageType::IntelligentTiering) => row.persistent_2_intelligent_tiering,
        (DeploymentType::Persistent2, _) => row.persistent_2_ssd,
    })
}

/// A figure as a whole number, rounded down.
pub(crate) fn whole(figure: f64) -> i64 {
    Whole::from_f64(figure.floor()).map_or(Whole::MAX, |whole| whole.0)
}

/// `a, b or c`.
pub(crate) fn list<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    let mut words: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    match words.pop() {
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} or {last}", words.join(", ")),
        None => String::new(),
    }
}

/// Of the instance types that satisfy `wanted`, the one most like `like`.
///
/// Processor architecture comes first, then family, class of use, accelerators, and size.
pub(crate) fn most_like(like: &Instance, wanted: fn(&Instance) -> bool) -> Option<&'static Instance> {
    let distance = |row: &Instance| {
        let apart = |a: f64, b: f64| (a / b).max(b / a);
        let gbps = |it: &Instance| it.network_baseline_gbps.unwrap_or(1.0);
        let size = apart(f64::from(row.vcpus), f64::from(like.vcpus))
            * apart(row.memory_gib, like.memory_gib)
            * apart(gbps(row), gbps(like));
        let (this, that) = (kind(row.instance_type), kind(like.instance_type));
        let differs = (
            this.graviton != that.graviton,
            this.family != that.family,
            this.class != that.class,
            row.gpu_count != like.gpu_count,
        );
        (differs, size)
    };
    catalog::INSTANCES
        .iter()
        .filter(|row| wanted(row))
        .map(|row| (distance(row), row))
        .min_by(|(a, _), (b, _)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)))
        .map(|(_, row)| row)
}

struct Kind<'a> {
    graviton: bool,
    family: &'a str,
    class: &'a str,
}

/// Reads `c7gn.16xlarge` as family `c7gn`, class `c`, on Graviton (a `g` after the generation).
fn kind(instance_type: &str) -> Kind<'_> {
    let family = instance_type.split('.').next().unwrap_or(instance_type);
    let class = family.split(|letter: char| letter.is_ascii_digit()).next().unwrap_or(family);
    let options = family.get(class.len()..).unwrap_or("").trim_start_matches(|letter: char| letter.is_ascii_digit());
    Kind { graviton: options.starts_with('g') || family == "a1", family, class }
}
