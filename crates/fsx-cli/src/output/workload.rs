//! What a workload does, in one sentence with the words of the scenario.

use fsx_model::estimate::WorkloadEstimate;
use fsx_model::model::LimitId;
use fsx_model::scenario::{Clients, DataCompressionType, DataIn, Operation, Order, Scenario, Workload};

use super::format::{Rate, count, list, percent, plural, size_kib};
use super::page::GLUE;
use super::words::rests_on;

/// What a workload does.
pub(crate) fn sentence(scenario: &Scenario, workload: &Workload, answer: &WorkloadEstimate) -> String {
    if workload.operations.is_none() && is_by_itself(workload.operation()) {
        return format!("the file system {}", does(scenario, workload, true));
    }
    let groups: Vec<&Clients> = scenario.groups_of(workload).map(|(_, group)| group).collect();
    let one = groups.len() == 1 && groups.iter().all(|group| group.count().0 == 1);
    let processes = plural(workload.processes_per_client().get(), "process");
    let lead = format!("{}, {processes}{}", who(&groups), if one { "" } else { " each" });
    let mut parts = Vec::new();
    if let Some(mix) = mix(workload) {
        parts.extend([lead, format!("per item: {mix}"), set(workload)]);
    } else {
        parts.push(format!("{lead}, {}", does(scenario, workload, one)));
    }
    let moves_data = answer.sustained.throughput_mb_per_s.is_some();
    if moves_data {
        parts.push(io(workload));
    }
    if workload.passes().get() > 1.0 {
        let order = match workload.order() {
            Order::Shuffled => "",
            Order::Cyclic => " in the same order",
            Order::Independent => " of files drawn at random",
        };
        parts.push(format!("{}{order}", plural(workload.passes().get(), "pass")));
    }
    if moves_data {
        parts.extend(data(scenario, workload, answer));
    }
    parts.join("; ")
}

/// Where the data lie, and what changes their rate.
fn data(scenario: &Scenario, workload: &Workload, answer: &WorkloadEstimate) -> Vec<String> {
    let mut parts = Vec::new();
    if workload.operation() == Operation::Read {
        parts.extend(lies(workload.data_in()).map(str::to_owned));
        parts.extend(workload.client_cache().then(|| "clients' memory as a cache".to_owned()));
    }
    if scenario.file_system.data_compression_type() != DataCompressionType::None {
        parts.push(format!("compressing {}:1", count(workload.compression_ratio())));
    }
    if let Some(limit) = workload.rate_limit_mb_per_s {
        parts.push(format!("at most {}", Rate::fitting(limit).full(limit)));
    }
    let full = ["full_ost_write_share", "full_ost_read_share"];
    if full.iter().any(|id| rests_on(answer, LimitId::DiskThroughput, id)) {
        parts.push(format!("OSTs nearly full, {}", percent(scenario.file_system.fill())));
    }
    parts
}

/// Most client groups that are named.
const MOST_GROUPS: usize = 3;

fn who(groups: &[&Clients]) -> String {
    let mut names: Vec<_> = groups.iter().take(MOST_GROUPS).map(|group| of_group(group)).collect();
    if groups.len() > MOST_GROUPS {
        let more = groups.len() - MOST_GROUPS;
        names.push(format!("{more}{GLUE}more {}", if more == 1 { "group" } else { "groups" }));
    }
    list(&names)
}

fn of_group(clients: &Clients) -> String {
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

/// `1 create, 2 stat`, if the workload is a mix.
fn mix(workload: &Workload) -> Option<String> {
    let mix = workload.operations.as_ref()?;
    let counts = [
        (Operation::Create, mix.create),
        (Operation::Open, mix.open),
        (Operation::Delete, mix.delete),
        (Operation::Stat, mix.stat),
        (Operation::Mkdir, mix.mkdir),
        (Operation::Rmdir, mix.rmdir),
        (Operation::Rename, mix.rename),
        (Operation::Readdir, mix.readdir),
    ];
    let given = counts.iter().filter_map(|(operation, number)| Some((operation, number.filter(|n| *n > 0.0)?)));
    Some(given.map(|(operation, number)| format!("{}{GLUE}{operation}", count(number))).collect::<Vec<_>>().join(", "))
}

/// Whether the file system does it by itself.
const fn is_by_itself(operation: Operation) -> bool {
    matches!(operation, Operation::S3Import | Operation::S3Restore | Operation::S3Export)
}

/// The verb and what it is done to: `read 100,000 files of 140 MiB`, `create 1,000,000 files in 16 directories`.
fn does(scenario: &Scenario, workload: &Workload, one: bool) -> String {
    let s = if one { "s" } else { "" };
    let (verb, what) = match workload.operation() {
        Operation::Mkdir => ("make", "directory"),
        Operation::Rmdir => ("remove", "directory"),
        Operation::S3Import => ("import the metadata of", "object"),
        Operation::S3Restore => ("load from S3 ahead of their readers", "file"),
        Operation::S3Export => ("export to S3", "file"),
        Operation::S3Release => ("release what S3 has of", "file"),
        Operation::Readdir => {
            let directories = plural(workload.directories().get(), "directory");
            return format!("list{s} {directories} with {}", number_of(scenario, workload, "file"));
        }
        other => (other.as_str(), "file"),
    };
    let verb = match verb.split_once(' ') {
        Some((verb, rest)) => format!("{verb}{s} {rest}"),
        None => format!("{verb}{s}"),
    };
    format!("{verb} {}", files(scenario, workload, what))
}

/// The files a mix works on.
fn set(workload: &Workload) -> String {
    let files = match workload.file_count {
        Some(files) => plural(files.get(), "file"),
        None => "a file per process".to_owned(),
    };
    format!("{files}{}", spread_over(workload))
}

fn files(scenario: &Scenario, workload: &Workload, what: &str) -> String {
    let size = match workload.file_size_mib {
        None if !workload.operation().is_data() => String::new(),
        _ => format!(" of {}", size_kib(workload.file_size_mib() * 1024.0)),
    };
    if workload.shared_file() && workload.operation().is_data() {
        return format!("one shared file{size}");
    }
    format!("{}{}", number_of(scenario, workload, &format!("{what}{size}")), spread_over(workload))
}

/// `100,000 files of 1 MiB`, for `file of 1 MiB`.
fn number_of(scenario: &Scenario, workload: &Workload, what: &str) -> String {
    match (workload.file_count, what.split_once(' ')) {
        (Some(files), Some((name, of))) => format!("{} {of}", plural(files.get(), name)),
        (Some(files), None) => plural(files.get(), what),
        (None, _) if scenario.streams_of(workload) == 1 => format!("one {what}"),
        (None, _) => format!("a {what} per process"),
    }
}

/// ` in 16 directories`; nothing for data in one directory, where it hardly matters.
fn spread_over(workload: &Workload) -> String {
    match workload.directories().0 {
        1 if workload.operations.is_none() && workload.operation().is_data() => String::new(),
        1 => " in one directory".to_owned(),
        _ => format!(" in {}", plural(workload.directories().get(), "directory")),
    }
}

/// Size of one I/O, KiB; the file's where that is less.
pub(crate) fn io_size_kib(workload: &Workload) -> f64 {
    workload.io_size_kib().min(workload.file_size_mib() * 1024.0)
}

fn io(workload: &Workload) -> String {
    let size = size_kib(io_size_kib(workload));
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
        DataIn::ServerCache => Some("data in the servers' caches"),
        DataIn::S3 => Some("first loaded from S3"),
        DataIn::Auto => Some("cached as far as it fits"),
    }
}
