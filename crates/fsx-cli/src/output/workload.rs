//! What a file system is and what a workload does, in the words of the scenario.

use fsx_model::estimate::FileSystemFigures;
use fsx_model::scenario::{Clients, DataCompressionType, DataIn, FileSystem, Operation, Scenario, Workload};

use super::format::{Rate, count, plural, size_kib, tenths};
use super::page::{GLUE, Page, Text};

/// Writes what the file system is, and what it has.
pub(crate) fn file_system(page: &mut Page, scenario: &Scenario, figures: &FileSystemFigures) {
    let raw = &scenario.file_system;
    let kind = format!("{} {}", raw.deployment_type, raw.storage_type());
    let mut items = vec![Text::new().bold(&kind)];
    items.extend(bought(raw).into_iter().map(|item| Text::new().bold(&item)));
    items.push(Text::new().plain(if raw.efa_enabled() { "EFA" } else { "no EFA" }));
    if raw.data_compression_type() != DataCompressionType::None {
        items.push(Text::new().plain(raw.data_compression_type().as_str()));
    }
    items.push(Text::new().plain(&scenario.region()));
    page.items(0, 2, items);
    page.items(2, 2, parts(figures).iter().map(|item| Text::new().plain(item)).collect());
    page.items(2, 2, published(figures).iter().map(|item| Text::new().plain(item)).collect());
}

fn bought(raw: &FileSystem) -> Vec<String> {
    let capacity = raw.storage_capacity_gib.map(|gib| format!("{}{GLUE}GiB", count(gib.get())));
    let tier = raw.per_unit_storage_throughput.map(|tier| format!("{}{GLUE}MB/s per TiB", count(tier.get())));
    capacity.into_iter().chain(tier).collect()
}

fn parts(figures: &FileSystemFigures) -> Vec<String> {
    let mut parts = vec![
        format!("{} on {}", plural(figures.ost_count, "OST"), plural(figures.oss_count, "file server")),
        plural(figures.mds_count, "metadata server"),
    ];
    parts.extend(figures.metadata_iops.map(|iops| format!("{}{GLUE}metadata IOPS", count(iops))));
    parts.push(format!("{}{GLUE}GiB usable", count(figures.usable_capacity_gib)));
    parts.extend(figures.server_memory_gib.map(|gib| format!("{}{GLUE}GiB server memory", tenths(gib))));
    if figures.ssd_cache_gib > 0.0 {
        parts.push(format!("{}{GLUE}GiB SSD cache", count(figures.ssd_cache_gib)));
    }
    parts
}

/// The published rates, with the burst in brackets where there is one.
fn published(figures: &FileSystemFigures) -> Vec<String> {
    let (read, write) = (figures.disk_read_baseline_mb_per_s, figures.disk_write_baseline_mb_per_s);
    let (read_burst, write_burst) = (figures.disk_read_burst_mb_per_s, figures.disk_write_burst_mb_per_s);
    let mut rates = Vec::new();
    if (read - write).abs() + (read_burst - write_burst).abs() < f64::EPSILON {
        rates.push(format!("disks {}", with_burst(read, read_burst)));
    } else {
        rates.push(format!("disk reads {}", with_burst(read, read_burst)));
        rates.push(format!("disk writes {}", with_burst(write, write_burst)));
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

/// What a workload does, in one sentence.
pub(crate) fn sentence(file_system: &FileSystem, workload: &Workload, clients: Option<&Clients>) -> String {
    let processes = plural(workload.processes_per_client().get(), "process");
    let (one, each) = if clients.is_some_and(|clients| clients.count().0 == 1) { ("s", "") } else { ("", " each") };
    let does = format!("{}{one} {}", workload.operation(), files(workload, clients));
    let mut parts = vec![format!("{}, {processes}{each}, {does}", who(clients)), io(workload)];
    if workload.passes().get() > 1.0 {
        parts.push(plural(workload.passes().get(), "pass"));
    }
    if workload.operation() == Operation::Read {
        parts.extend(lies(workload.data_in()).map(str::to_owned));
    }
    if file_system.data_compression_type() != DataCompressionType::None {
        parts.push(format!("compressing {}:1", count(workload.compression_ratio())));
    }
    if let Some(limit) = workload.rate_limit_mb_per_s {
        parts.push(format!("at most {}", Rate::fitting(limit).full(limit)));
    }
    parts.join("; ")
}

fn who(clients: Option<&Clients>) -> String {
    let Some(clients) = clients else { return "all clients".to_owned() };
    let one = match (&clients.instance_type, clients.network_gbps) {
        (Some(instance), None) => instance.clone(),
        (Some(instance), Some(gbps)) => format!("{instance} with {}{GLUE}Gbit/s", count(gbps)),
        (None, Some(gbps)) => format!("client of {}{GLUE}Gbit/s", count(gbps)),
        (None, None) => "client".to_owned(),
    };
    let zone = if clients.same_availability_zone() { "" } else { " in another zone" };
    let number = match clients.count().0 {
        1 => "1\u{a0}".to_owned(),
        many => format!("{many}{GLUE}×{GLUE}"),
    };
    format!("{number}{one} over {}{zone}", clients.interface())
}

fn files(workload: &Workload, clients: Option<&Clients>) -> String {
    let one_process = workload.processes_per_client().0 == 1 && clients.is_some_and(|clients| clients.count().0 == 1);
    let size = size_kib(workload.file_size_mib() * 1024.0);
    match workload.file_count {
        _ if workload.shared_file() => format!("one shared file of {size}"),
        Some(files) => format!("{} of {size}", plural(files.get(), "file")),
        None if one_process => format!("one file of {size}"),
        None => format!("a file of {size} per process"),
    }
}

fn io(workload: &Workload) -> String {
    let size = size_kib(workload.io_size_kib());
    let kind = if workload.direct_io() {
        format!("direct, queue depth {}", count(workload.queue_depth().get()))
    } else if workload.mapped() {
        "mapped".to_owned()
    } else {
        "buffered".to_owned()
    };
    format!("{} {size} I/O, {kind}", workload.access())
}

const fn lies(data_in: DataIn) -> Option<&'static str> {
    match data_in {
        DataIn::Disk => None,
        DataIn::ServerCache => Some("data in the servers' memory"),
        DataIn::S3 => Some("data still in S3"),
        DataIn::Auto => Some("cached as far as it fits"),
    }
}
