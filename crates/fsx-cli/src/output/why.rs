//! One statement per limit: that it stops the workload, and the numbers behind it.

use fsx_model::catalog::terms::StorageType;
use fsx_model::model::LimitId;
use fsx_model::scenario::{Clients, DataCompressionType, DataIn, Operation};
use fsx_model::shape::Whole;
use fsx_model::working::Part;

use super::file_system::bought;
use super::format::{count, list, plural, size_kib};
use super::page::GLUE;
use super::sentence::Story;
use super::workload::io_size_kib;

/// The statement and the numbers behind it, for a limit of this value.
pub(crate) fn statement(story: &Story<'_>, id: LimitId, value: f64, bursting: bool) -> (&'static str, String) {
    let figures = &story.estimate.file_system;
    let value = &story.rate.full(value);
    match id {
        LimitId::ClientNetwork => {
            let carry = if story.client_count() <= 1.0 { "carries" } else { "carry" };
            let rest = format!(" {}{} {carry} {value}.", clients(story), interface(story));
            ("The clients' network is the limit:", rest)
        }
        LimitId::ClientToServerPath => {
            let (clients, servers) = (clients(story), plural(figures.oss_count, "file server"));
            let rest =
                format!(" one of each can exchange only so much, which for {clients} and {servers} comes to {value}.");
            ("The way between each client and each server is the limit:", rest)
        }
        LimitId::ServerNetwork => {
            let (servers, one) = (plural(figures.oss_count, "server"), figures.oss_count == 1);
            let send = if one { "moves" } else { "move" };
            ("The file servers' network is the limit:", format!(" {servers} {send} {value} in all."))
        }
        LimitId::SsdCache => {
            let rest = format!(
                " {}{GLUE}GiB of cache, with the share of the reads that it answers, let {value} through.",
                count(figures.ssd_cache_gib)
            );
            ("The SSD read cache is the limit:", rest)
        }
        LimitId::DiskThroughput => disks(story, value, bursting),
        LimitId::DiskIops => {
            let (targets, io) = (plural(figures.ost_count, "OST"), size_kib(io_size_kib(story.workload)));
            let rest = format!(
                " with I/O of {io}, {targets} reach {value}; the requests are too small or too scattered for more."
            );
            ("The disks run out of operations per second:", rest)
        }
        LimitId::StripeWidth => stripes(story, value),
        LimitId::Metadata => metadata(story, value),
        LimitId::S3Restore => {
            let rest = format!(" so many files load at once, and each takes its time; that comes to {value}.");
            ("Loading from S3 is the limit:", rest)
        }
        LimitId::S3Export => {
            let by_objects = story.rests_on(LimitId::S3Export, "auto_export_rate");
            let what = if by_objects { "objects a second" } else { "bytes" };
            ("The export to S3 is the limit:", format!(" bound by {what}, it carries {value}."))
        }
        LimitId::S3Import => ("The import from S3 is the limit:", format!(" it keeps up with {value}.")),
        LimitId::Concurrency if story.workload.data_in() == DataIn::S3 => {
            let rest = format!(" a process waits for each file it opens to be loaded, and so {value} come through.");
            ("Files come from S3 as they are first read:", rest)
        }
        LimitId::Concurrency if story.rate.is_data() => waiting_for_data(story, value),
        LimitId::Concurrency => waiting_for_metadata(story, value),
        LimitId::RateLimit => ("The workload asks for no more:", format!(" it offers {value}.")),
    }
}

fn clients(story: &Story<'_>) -> String {
    plural(story.client_count(), "client")
}

/// ` over ENA`, where all clients have the same.
fn interface(story: &Story<'_>) -> String {
    let mut all = story.groups().map(Clients::interface);
    let first = all.next().filter(|first| all.all(|other| other == *first));
    first.map_or_else(String::new, |interface| format!(" over {interface}"))
}

fn disks(story: &Story<'_>, value: &str, bursting: bool) -> (&'static str, String) {
    let raw = &story.scenario.file_system;
    let figures = &story.estimate.file_system;
    let published = match (story.workload.operation(), bursting) {
        (Operation::Write | Operation::S3Restore, false) => figures.disk_write_baseline_mb_per_s,
        (Operation::Write | Operation::S3Restore, true) => figures.disk_write_burst_mb_per_s,
        (_, false) => figures.disk_read_baseline_mb_per_s,
        (_, true) => figures.disk_read_burst_mb_per_s,
    };
    let published = story.rate.full(published);
    let counting = counting(story);
    let lead = match story.storage() {
        StorageType::Ssd => "The disks are the limit:",
        StorageType::Hdd => "The hard disks are the limit:",
        StorageType::IntelligentTiering => {
            let with = if counting.is_empty() { counting } else { format!(", {counting}") };
            let rest = format!(" it is taken to give {value} at a throughput capacity of {published}{with}.");
            return ("The storage below the caches is the limit:", rest);
        }
    };
    let ordered = bought(raw);
    let ordered = match raw.per_unit_storage_throughput {
        Some(_) => ordered.join(" at "),
        None => format!("{} of {} {}", ordered.concat(), raw.deployment_type, raw.storage_type()),
    };
    let rest = if counting.is_empty() {
        format!(" {ordered} are {published} by AWS's figures and {value} as measured.")
    } else {
        format!(" {ordered} are {published} by AWS's figures; as measured, and {counting}, {value}.")
    };
    (lead, rest)
}

/// What else is in the rate of the disks: `with LZ4 and hits in the servers' memory`.
fn counting(story: &Story<'_>) -> String {
    let raw = &story.scenario.file_system;
    let reads = story.workload.operation() == Operation::Read;
    let mut parts = Vec::new();
    if raw.data_compression_type() != DataCompressionType::None {
        parts.push("LZ4");
    }
    let hits = reads && finds_in_cache(story);
    if hits && story.workload.data_in() != DataIn::Disk {
        let cache = story.estimate.file_system.ssd_cache_gib > 0.0;
        parts.push(if cache { "hits in the servers' caches" } else { "hits in the servers' memory" });
    }
    if hits && story.workload.client_cache() {
        parts.push("hits in the clients' memory");
    }
    let full = ["full_ost_write_share", "full_ost_read_share"];
    if full.iter().any(|id| story.rests_on(LimitId::DiskThroughput, id)) {
        parts.push("nearly full OSTs");
    }
    let parts: Vec<_> = parts.into_iter().map(str::to_owned).collect();
    if parts.is_empty() { String::new() } else { format!("with {}", list(&parts)) }
}

/// Whether the rate of the disks counts reads that they do not serve.
fn finds_in_cache(story: &Story<'_>) -> bool {
    const ALL: f64 = 1.0 - 1e-9;
    let limit = story.answer.limits.iter().find(|limit| limit.id == LimitId::DiskThroughput);
    let groups = limit.and_then(|limit| limit.formula.as_ref()).map_or(&[][..], |formula| &formula.groups);
    groups.iter().any(|parts| {
        let divided = |part: &Part| part.factors.iter().any(|factor| factor.unit == "not in cache");
        parts.iter().map(|part| part.share).sum::<f64>() < ALL || parts.iter().any(divided)
    })
}

fn stripes(story: &Story<'_>, value: &str) -> (&'static str, String) {
    let targets = plural(story.estimate.file_system.ost_count, "OST");
    let writers = story.rests_on(LimitId::StripeWidth, "one_stripe_writer_exponent");
    let with = if writers { ", with many writers in one stripe," } else { "," };
    let rest = format!(" those in use, out of {targets}{with} give {value}.");
    ("The files lie on too few disks:", rest)
}

/// Operations a second that the metadata servers carry, or data of files they can open or create.
fn metadata(story: &Story<'_>, value: &str) -> (&'static str, String) {
    let lead = "The metadata servers are the limit:";
    let figures = &story.estimate.file_system;
    let servers = match figures.metadata_iops {
        Some(iops) => format!("{}{GLUE}Metadata IOPS on {}", count(iops), plural(figures.mds_count, "server")),
        None => format!("{}, without a metadata configuration,", plural(figures.mds_count, "server")),
    };
    let carry = if figures.mds_count == 1 && figures.metadata_iops.is_none() { "carries" } else { "carry" };
    let directories = story.workload.directories();
    let reached = match directories.0 {
        _ if directories >= Whole(i64::from(figures.mdt_count)) => String::new(),
        1 => ", of which one directory reaches only a part,".to_owned(),
        many => format!(", of which {} reach only a part,", plural(Whole(many).get(), "directory")),
    };
    let what = if story.rate.is_data() {
        let does = if story.workload.operation() == Operation::Write { "creation" } else { "opening" };
        let size = size_kib(story.workload.file_size_mib() * 1024.0);
        format!("the {does} of files of {size} at {value} of data")
    } else {
        value.to_owned()
    };
    let shared = story.rests_on(LimitId::Metadata, "shared_directory_share");
    let shared = if shared { ", in directories that clients share" } else { "" };
    (lead, format!(" {servers}{reached} {carry} {what}{shared}."))
}

/// `the one process waits`, `each of 128 processes waits`.
fn each_waits(story: &Story<'_>) -> String {
    match story.scenario.streams_of(story.workload) {
        ..=1 => "the one process waits".to_owned(),
        many => format!("each of {} processes waits", count(Whole(many).get())),
    }
}

fn waiting_for_data(story: &Story<'_>, value: &str) -> (&'static str, String) {
    let rests_on = |assumption| story.rests_on(LimitId::Concurrency, assumption);
    let waits = each_waits(story);
    if rests_on("shared_record_write_latency") {
        let record = size_kib(story.workload.io_size_kib());
        let rest =
            format!(" {waits} for the locks of the shared file to write its record of {record}; that gives {value}.");
        return ("The processes wait for each other:", rest);
    }
    if rests_on("metadata_modifying_in_flight") || rests_on("metadata_other_in_flight") {
        let size = size_kib(story.workload.file_size_mib() * 1024.0);
        let does = if story.workload.operation() == Operation::Write { "creating" } else { "opening" };
        let rest = format!(
            " {does} a file of {size} takes longer than its data, and a client has only a few such requests under way \
             at once; no more than {value} comes through."
        );
        return ("The files are small:", rest);
    }
    let so = if rests_on("mapped_delivered") {
        "; with what mapped memory costs,"
    } else if SHARED_FILE_SHARES.into_iter().any(rests_on) {
        "; with what the locks of a shared file cost,"
    } else {
        ", so"
    };
    let opens = story.workload.file_size_mib() <= SMALL_FILE_MIB;
    let opens = if opens { ", the opening of each file among them," } else { "" };
    let rest = format!(" {waits} for its answers{opens} before it goes on{so} no more than {value} comes through.");
    ("Too little is asked for at once:", rest)
}

/// Files up to this size are so short that their opening is worth a word.
const SMALL_FILE_MIB: f64 = 1.0;

/// Assumptions for what is left of a rate when several processes work on one file.
const SHARED_FILE_SHARES: [&str; 4] = [
    "shared_record_write_share",
    "shared_record_read_share",
    "shared_aligned_write_share",
    "shared_aligned_read_share",
];

fn waiting_for_metadata(story: &Story<'_>, value: &str) -> (&'static str, String) {
    let rests_on = |assumption| story.rests_on(LimitId::Concurrency, assumption);
    let clients = clients(story);
    let one = story.client_count() <= 1.0;
    if rests_on("names_per_client") && !rests_on("stat_latency") {
        let rest = format!(
            " {clients} list{} only so many names a second, which comes to {value}.",
            if one { "s" } else { "" }
        );
        return ("The clients are the limit:", rest);
    }
    if rests_on("metadata_modifying_in_flight") || rests_on("metadata_other_in_flight") {
        let rest = format!(
            " a client keeps only a few metadata requests under way, however many processes wait; {clients} \
             reach{} {value}.",
            if one { "es" } else { "" }
        );
        return ("The clients hold their requests back:", rest);
    }
    let rest =
        format!(" {} for the answer before its next item, so no more than {value} comes through.", each_waits(story));
    ("Too little is asked for at once:", rest)
}
