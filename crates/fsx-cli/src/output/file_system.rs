//! What a file system is, in the words of the scenario and in published figures.

use fsx_model::catalog::terms::StorageType;
use fsx_model::estimate::FileSystemFigures;
use fsx_model::scenario::{DataCompressionType, FileSystem, Scenario};

use super::format::{Rate, count, plural, tenths};
use super::page::{GLUE, Page, Text};

/// Writes what the file system is, and what it has.
pub(crate) fn show(page: &mut Page, scenario: &Scenario, figures: &FileSystemFigures) {
    let raw = &scenario.file_system;
    title(page, "", raw, &scenario.region());
    page.items(2, 2, parts(figures).iter().map(|item| Text::new().plain(item)).collect());
    page.items(2, 2, published(raw.storage_type(), figures).iter().map(|item| Text::new().plain(item)).collect());
}

/// Writes what is ordered, and where, behind a word.
pub(crate) fn title(page: &mut Page, lead: &str, raw: &FileSystem, region: &str) {
    let kind = format!("{lead}{} {}", raw.deployment_type, raw.storage_type());
    let mut items = vec![Text::new().bold(&kind)];
    items.extend(bought(raw).into_iter().map(|item| Text::new().bold(&item)));
    items.push(Text::new().plain(if raw.efa_enabled() { "EFA" } else { "no EFA" }));
    if raw.data_compression_type() != DataCompressionType::None {
        items.push(Text::new().plain(raw.data_compression_type().as_str()));
    }
    items.push(Text::new().plain(region));
    page.items(0, 2, items);
}

/// What is ordered and paid for: capacity and tier, or throughput capacity.
pub(crate) fn bought(raw: &FileSystem) -> Vec<String> {
    let capacity = raw.storage_capacity_gib.map(|gib| format!("{}{GLUE}GiB", count(gib.get())));
    let tier = raw.per_unit_storage_throughput.map(|tier| format!("{}{GLUE}MB/s per TiB", count(tier.get())));
    let ordered =
        raw.throughput_capacity_mb_per_s.map(|rate| format!("{}{GLUE}MB/s throughput capacity", count(rate.get())));
    capacity.into_iter().chain(tier).chain(ordered).collect()
}

fn parts(figures: &FileSystemFigures) -> Vec<String> {
    let mut parts = vec![
        format!("{} on {}", plural(figures.ost_count, "OST"), plural(figures.oss_count, "file server")),
        plural(figures.mds_count, "metadata server"),
    ];
    parts.extend(figures.metadata_iops.map(|iops| format!("{}{GLUE}metadata IOPS", count(iops))));
    parts.push(match figures.usable_capacity_gib {
        Some(gib) => format!("{}{GLUE}GiB usable", count(gib)),
        None => "elastic storage".to_owned(),
    });
    parts.extend(figures.server_memory_gib.map(|gib| format!("{}{GLUE}GiB server memory", tenths(gib))));
    if figures.ssd_cache_gib > 0.0 {
        parts.push(format!("{}{GLUE}GiB SSD read cache", count(figures.ssd_cache_gib)));
    }
    parts
}

/// The published rates, with the burst in brackets where there is one.
fn published(storage: StorageType, figures: &FileSystemFigures) -> Vec<String> {
    let (read, write) = (figures.disk_read_baseline_mb_per_s, figures.disk_write_baseline_mb_per_s);
    let (read_burst, write_burst) = (figures.disk_read_burst_mb_per_s, figures.disk_write_burst_mb_per_s);
    let disk = match storage {
        StorageType::Ssd => "disk",
        StorageType::Hdd => "hard disk",
        StorageType::IntelligentTiering => "storage below the caches",
    };
    let many = if storage == StorageType::IntelligentTiering { "" } else { "s" };
    let mut rates = Vec::new();
    if (read - write).abs() + (read_burst - write_burst).abs() < f64::EPSILON {
        rates.push(format!("{disk}{many} {}", with_burst(read, read_burst)));
    } else {
        rates.push(format!("{disk} reads {}", with_burst(read, read_burst)));
        rates.push(format!("{disk} writes {}", with_burst(write, write_burst)));
    }
    if let Some(network) = figures.network_baseline_mb_per_s {
        let burst = figures.network_burst_mb_per_s.unwrap_or(network);
        rates.push(format!("network {}", with_burst(network, burst)));
    }
    rates
}

fn with_burst(baseline: f64, burst: f64) -> String {
    let rate = Rate::fitting(baseline);
    if burst > baseline {
        format!("{} (burst{GLUE}{})", rate.full(baseline), rate.number(burst))
    } else {
        rate.full(baseline)
    }
}
