//! Metadata operations: how long one takes alone, how many the metadata servers serve, and what a workload of them
//! reaches.

use std::collections::BTreeMap;

use crate::case::{Case, MetadataCase, StorageCase, automatic_iops};
use crate::oracle::{Values, recursion};
use crate::oracle_files::{components, stripes};
use crate::oracle_system::system;

/// One operation.
pub(crate) struct Operation {
    /// Seconds on an empty system, the way to another zone included.
    pub(crate) unloaded: f64,
    /// How many a second all metadata servers in reach serve.
    pub(crate) served: f64,
    /// Most that one client keeps in flight.
    pub(crate) in_flight: f64,
}

/// Entries of each directory.
fn entries(case: &Case) -> f64 {
    case.file_count() / f64::from(case.directories)
}

fn modifies(name: &str) -> bool {
    matches!(name, "create" | "delete" | "mkdir" | "rmdir" | "rename")
}

/// Metadata IOPS, if they are configured.
fn metadata_iops(case: &Case) -> Option<f64> {
    match case.metadata() {
        MetadataCase::None => None,
        MetadataCase::Automatic => Some(f64::from(automatic_iops(case.capacity_gib))),
        MetadataCase::Provisioned(iops) => Some(f64::from(iops)),
    }
}

/// Operations a second of files on one target each, in a directory per client.
fn served(case: &Case, values: &Values, name: &str) -> f64 {
    if let Some(iops) = metadata_iops(case) {
        let delivered = values.get("metadata_delivered");
        return iops
            * match name {
                "create" => 2.0 * delivered,
                "delete" => delivered,
                "mkdir" | "rename" => 0.1 * delivered,
                "rmdir" => 0.2 * delivered,
                "open" => values.get("open_per_metadata_iops"),
                "stat" => values.get("stat_per_metadata_iops"),
                "readdir" => values.get("readdir_per_metadata_iops"),
                other => panic!("no such operation: {other}"),
            };
    }
    let create = values.get("unconfigured_create_rate");
    let rate = match name {
        "create" | "open" => create,
        "delete" => values.get("unconfigured_delete_rate"),
        "mkdir" | "rename" => create * 0.1 / 2.0,
        "rmdir" => create * 0.2 / 2.0,
        "stat" | "readdir" => values.get("unconfigured_stat_rate"),
        other => panic!("no such operation: {other}"),
    };
    rate * if is_scaled(case) { values.get("unconfigured_metadata_scale") } else { 1.0 }
}

/// Whether the rates measured at 1200 GiB without a metadata configuration have to be carried to another size.
pub(crate) fn is_scaled(case: &Case) -> bool {
    let larger = matches!(case.storage, StorageCase::Tiering { .. }) || case.capacity_gib > 1200;
    metadata_iops(case).is_none() && larger
}

/// Targets whose objects an operation has to deal with. A component that a file reaches has all of its stripes.
fn width(case: &Case, values: &Values, name: &str) -> f64 {
    let osts = system(case, values).osts;
    let (components, _) = components(&case.layout);
    let file_mib = case.operations.as_ref().and_then(|operations| operations.file_mib);
    match (name, file_mib) {
        ("create", _) => stripes(components[0].1, osts),
        ("delete" | "stat", None) => stripes(components[0].1, osts),
        ("delete" | "stat", Some(file_mib)) => {
            let mut start = 0.0;
            let mut sum = 0.0;
            for (end, count) in components {
                if start < file_mib {
                    sum += stripes(count, osts);
                }
                start = end;
            }
            sum
        }
        _ => 1.0,
    }
}

pub(crate) fn operation(case: &Case, values: &Values, name: &str) -> Operation {
    let ms = |name: &str| values.get(name) / 1e3;
    let narrow = match name {
        "stat" => ms("stat_latency"),
        "readdir" => ms("stat_latency") + entries(case) / values.get("names_per_client"),
        _ => ms("create_latency"),
    };
    let wide = narrow + ms("layout_latency_per_ost") * (width(case, values, name) - 1.0);
    // directories are spread over the metadata targets, each on one
    let targets = metadata_iops(case).map_or(1.0, |iops| (iops / 12_000.0).ceil().max(1.0));
    let reached = targets.min(f64::from(case.directories)) / targets;
    let shared = modifies(name) && case.directories < case.clients;
    let sharing = if shared { values.get("shared_directory_share") } else { 1.0 };
    Operation {
        unloaded: wide + if case.same_zone { 0.0 } else { ms("cross_zone_latency") },
        served: served(case, values, name) * reached * sharing * narrow / wide,
        in_flight: values.get(if modifies(name) { "metadata_modifying_in_flight" } else { "metadata_other_in_flight" }),
    }
}

/// What a metadata workload reaches.
#[derive(Clone, Debug)]
pub(crate) struct MetadataOutcome {
    /// Items a second.
    pub(crate) rate: f64,
    /// Mean time of an item.
    pub(crate) latency_s: f64,
    /// Items a second.
    pub(crate) limits: BTreeMap<&'static str, f64>,
    /// Time for all items of all passes.
    pub(crate) seconds: f64,
}

pub(crate) fn evaluate_metadata(case: &Case, values: &Values) -> MetadataOutcome {
    let operations = case.operations.as_ref().expect("a metadata workload");
    let clients = f64::from(case.clients);
    let (mut unloaded, mut slots, mut server, mut names) = (0.0, 0.0, 0.0, 0.0);
    for (name, count) in &operations.counts {
        let one = operation(case, values, name);
        unloaded += count * one.unloaded;
        slots += count * one.unloaded / one.in_flight;
        server += count / one.served;
        if *name == "readdir" {
            names += count * entries(case) / (clients * values.get("names_per_client"));
        }
    }
    let in_flight = clients * f64::from(case.processes).min(unloaded / slots);
    let rate = recursion(in_flight, unloaded, server.max(names));
    let listing = !operations.mix && operations.counts[0].0 == "readdir";
    let items = if listing { f64::from(case.directories) } else { case.file_count() };
    MetadataOutcome {
        rate,
        latency_s: in_flight / rate,
        limits: [("metadata", 1.0 / server), ("concurrency", (in_flight / unloaded).min(1.0 / names))].into(),
        seconds: items * f64::from(case.passes) / rate,
    }
}
