//! The rules of growing and shrinking: what cannot become of a file system that exists.

use super::{CAPACITY, IOPS, THROUGHPUT, TIER, VERSION, metadata_iops, version_of};
use crate::finding::{Finding, Severity};
use crate::rules::tables;
use crate::scenario::{FileSystem, MetadataConfiguration, MetadataMode};
use crate::shape::Whole;

/// Every rule that keeps one file system from becoming another; if it is of another type, only that.
pub(super) fn blocked(current: &FileSystem, design: &FileSystem) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut chosen = |field: &str, now: String, then: String| {
        if now != then {
            found.push(finding(
                "FSX-UPDATE-CHOSEN",
                field,
                &now,
                &then,
                "is chosen when a file system is made",
                "API-UPDATE",
            ));
        }
    };
    let text = |fs: &FileSystem| [fs.deployment_type.to_string(), fs.storage_type().to_string()];
    let ([type_now, class_now], [type_then, class_then]) = (text(current), text(design));
    chosen("file_system.deployment_type", type_now, type_then);
    chosen("file_system.storage_type", class_now, class_then);
    chosen("file_system.efa_enabled", current.efa_enabled().to_string(), design.efa_enabled().to_string());
    let cache = |fs: &FileSystem| fs.drive_cache_type.map_or_else(|| "NONE".to_owned(), |it| it.to_string());
    chosen("file_system.drive_cache_type", cache(current), cache(design));
    let same_type =
        current.deployment_type == design.deployment_type && current.storage_type() == design.storage_type();
    if same_type {
        found.extend(capacity(current, design));
        found.extend(metadata(current, design));
        found.extend(throughput(current, design));
    }
    found.extend(version(current, design));
    found
}

fn finding(code: &'static str, field: &str, now: &str, then: &str, why: &str, source: &'static str) -> Finding {
    Finding {
        code,
        severity: Severity::Error,
        field: field.to_owned(),
        value: then.to_owned(),
        message: format!("it is {now}, and {} {why}", field.rsplit('.').next().unwrap_or(field)),
        fix: "a new file system, to which the data are copied".to_owned(),
        sources: vec![source],
    }
}

fn metadata(current: &FileSystem, design: &FileSystem) -> Option<Finding> {
    let (now, then) = (current.metadata_configuration.as_ref(), design.metadata_configuration.as_ref());
    if now.is_some() != then.is_some() {
        let mode = |it: Option<&MetadataConfiguration>| it.map_or_else(|| "none".to_owned(), |it| it.mode.to_string());
        let field = "file_system.metadata_configuration";
        let why = "is chosen when a file system is made";
        return Some(finding("FSX-UPDATE-METADATA", field, &mode(now), &mode(then), why, "METAMGMT"));
    }
    let now = metadata_iops(current, current.storage_capacity_gib)?;
    let then = metadata_iops(design, design.storage_capacity_gib)?;
    let shrinks =
        || finding("FSX-UPDATE-IOPS-SHRINK", IOPS, &now.to_string(), &then.to_string(), "can only grow", "METAMGMT");
    let automatic =
        |fs: &FileSystem| fs.metadata_configuration.as_ref().is_some_and(|it| it.mode == MetadataMode::Automatic);
    // those of AUTOMATIC go with a capacity that shrinks
    let follows = automatic(current) && automatic(design);
    (then < now && !follows).then(shrinks)
}

fn capacity(current: &FileSystem, design: &FileSystem) -> Option<Finding> {
    let (now, then) = (current.storage_capacity_gib?, design.storage_capacity_gib?);
    let finding = |code, why| Some(finding(code, CAPACITY, &now.0.to_string(), &then.0.to_string(), why, "STORAGE"));
    if then < now {
        return finding("FSX-UPDATE-CAPACITY-SHRINK", "can only grow");
    }
    let fixed = then > now && tables::feature(current, "growth of storage") == "no";
    if fixed { finding("FSX-UPDATE-CAPACITY-FIXED", "of this type cannot change") } else { None }
}

fn throughput(current: &FileSystem, design: &FileSystem) -> Option<Finding> {
    let finding = |code, field, now: Whole, then: Whole, why| {
        Some(finding(code, field, &now.0.to_string(), &then.0.to_string(), why, "THRU"))
    };
    if let Some((now, then)) = current.throughput_capacity_mb_per_s.zip(design.throughput_capacity_mb_per_s)
        && then < now
    {
        return finding("FSX-UPDATE-THROUGHPUT-SHRINK", THROUGHPUT, now, then, "can only grow");
    }
    let (now, then) = current.per_unit_storage_throughput.zip(design.per_unit_storage_throughput)?;
    if now == then {
        return None;
    }
    if tables::feature(current, "change of throughput") == "no" {
        return finding("FSX-UPDATE-TIER-FIXED", TIER, now, then, "of this type cannot change");
    }
    let with_efa = || finding("FSX-UPDATE-TIER-EFA", TIER, now, then, "cannot change with EFA");
    current.efa_enabled().then(with_efa).flatten()
}

fn version(current: &FileSystem, design: &FileSystem) -> Option<Finding> {
    let (now, then) = (version_of(current)?, design.file_system_type_version.clone()?);
    let number = |version: &str| version.split('.').map(|part| part.parse().unwrap_or(0)).collect::<Vec<u32>>();
    let falls = || finding("FSX-UPDATE-VERSION-DOWN", VERSION, &now, &then, "can only rise", "VERSION");
    (number(&then) < number(&now)).then(falls)
}
