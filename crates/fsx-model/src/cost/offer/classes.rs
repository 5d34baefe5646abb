//! What a row of the offer file prices.

use super::read::Product;
use crate::catalog::terms::{DeploymentType, StorageType};
use crate::cost::item::Item;

/// What a row prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Storage of both scratch types.
    Scratch,
    /// One item.
    Item(Item),
}

impl Class {
    /// The items it prices.
    pub(super) fn items(self) -> Vec<Item> {
        match self {
            Self::Scratch => vec![Item::Scratch1Ssd, Item::Scratch2Ssd],
            Self::Item(item) => vec![item],
        }
    }
}

/// Whether a product is of FSx for Lustre in a Region.
pub(super) fn is_lustre_in_a_region(product: &Product) -> bool {
    let place = product.attribute("locationtype");
    product.attribute("filesystemtype").eq_ignore_ascii_case("Lustre")
        && (place.is_empty() || place.eq_ignore_ascii_case("AWS Region"))
}

/// What the product is, by storage class, tier, unit and the words of its usage type; `None` where these do not tell.
pub(super) fn class(product: &Product) -> Option<Class> {
    let lower = |key: &str| product.attribute(key).to_ascii_lowercase();
    let (usage, storage) = (lower("usagetype"), lower("storagetype"));
    let unit = product.dimensions.first().map_or(String::new(), |dimension| dimension.unit.to_ascii_lowercase());
    match (unit.as_str(), storage.as_str()) {
        ("iops-mo", "int") => Some(Class::Item(Item::TieringMetadataIops)),
        ("iops-mo", _) => Some(Class::Item(Item::MetadataIops)),
        ("mibps-mo" | "mbps-mo", _) => Some(Class::Item(Item::TieringThroughput)),
        ("gb-mo", _) if usage.ends_with("backupusage") => Some(Class::Item(Item::Backup)),
        ("gb-mo", "ssd") if !cached(product) => ssd(product),
        ("gb-mo", "hdd") => hdd(product),
        ("gb-mo", "int") => tier(product),
        _ => None,
    }
}

fn ssd(product: &Product) -> Option<Class> {
    let usage = product.attribute("usagetype").to_ascii_lowercase();
    match throughput(product)? {
        None => usage.ends_with("storage").then_some(Class::Scratch),
        tier => {
            let of = |deployment| Item::storage(deployment, StorageType::Ssd, tier, false);
            of(DeploymentType::Persistent1).or_else(|| of(DeploymentType::Persistent2)).map(Class::Item)
        }
    }
}

fn hdd(product: &Product) -> Option<Class> {
    let tier = throughput(product)?;
    Item::storage(DeploymentType::Persistent1, StorageType::Hdd, tier, cached(product)).map(Class::Item)
}

/// The access tier that the usage type names, or else the other attributes; `None` where they name none, or several.
fn tier(product: &Product) -> Option<Class> {
    if cached(product) {
        return None;
    }
    let all = || product.attributes.values().map(String::as_str).collect::<Vec<_>>().join(" ");
    let usage = named(product.attribute("usagetype"));
    let [item] = (if usage.is_empty() { named(&all()) } else { usage })[..] else { return None };
    Some(Class::Item(item))
}

/// The access tiers that a text names; `infrequent` is taken out before `frequent` is looked for, which it holds.
fn named(text: &str) -> Vec<Item> {
    let text = text.to_ascii_lowercase();
    let rest = text.replace("infrequent", "");
    let mut items = Vec::new();
    for (is_named, item) in [
        (rest.len() < text.len(), Item::TieringInfrequent),
        (rest.contains("frequent"), Item::TieringFrequent),
        (rest.contains("archive"), Item::TieringArchive),
    ] {
        if is_named {
            items.push(item);
        }
    }
    items
}

/// Throughput tier, MB/s per TiB, by the attribute or the number at the end of the usage type: `Some(None)` where there
/// is neither, `None` where they differ or make no sense.
fn throughput(product: &Product) -> Option<Option<i64>> {
    let attribute = product.attribute("throughputcapacity");
    let by_attribute: Option<i64> = match attribute {
        none if none.is_empty() || none.eq_ignore_ascii_case("n/a") => None,
        some => Some(some.parse().ok()?),
    };
    let by_usage: Option<i64> = product.attribute("usagetype").rsplit('.').next().and_then(|end| end.parse().ok());
    match (by_attribute, by_usage) {
        (Some(one), Some(other)) if one != other => None,
        (one, other) => Some(one.or(other)),
    }
}

/// Whether the usage type names a cache.
fn cached(product: &Product) -> bool {
    product.attribute("usagetype").to_ascii_lowercase().contains("cache")
}
