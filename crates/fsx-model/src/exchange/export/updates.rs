//! What leads from a file system that exists to a design: requests of `update-file-system`, in the order in which the
//! service takes them, or why there is no way.

use serde_json::Value;

use super::aws_cli::{ASSOCIATE, association};
use super::{Artefact, Design, PLACEHOLDER_FILE_SYSTEM};
use crate::catalog::{Setting, automatic_metadata_iops};
use crate::exchange::settings::{Tool, of_file_system, write};
use crate::exchange::tree::Tree;
use crate::finding::{Error, Finding, Severity};
use crate::rules::tables;
use crate::scenario::{FileSystem, Scenario, path};

/// The command that changes a file system.
const UPDATE: &str = "update-file-system";

const MODE: &str = "file_system.metadata_configuration.mode";
const IOPS: &str = "file_system.metadata_configuration.iops";
const CAPACITY: &str = "file_system.storage_capacity_gib";
const TIER: &str = "file_system.per_unit_storage_throughput";
const THROUGHPUT: &str = "file_system.throughput_capacity_mb_per_s";
const SIZING: &str = "file_system.read_cache.sizing_mode";
const SIZE: &str = "file_system.read_cache.size_gib";
const VERSION: &str = "file_system.file_system_type_version";
const COMPRESSION: &str = "file_system.data_compression_type";

/// Fields that are changed in one request, and what to know of it. Metadata come before capacity, which may ask for more
/// of them; the two are not taken together.
const STEPS: &[(&[&str], &str, &str)] = &[
    (&[MODE, IOPS], "the file system may be unavailable for a few minutes", "METAMGMT"),
    (&[CAPACITY], "unavailable for a few minutes, then slower while data are spread, for hours to days", "STORAGE"),
    (&[TIER, THROUGHPUT], "unavailable for up to an hour", "THRU"),
    (&[SIZING, SIZE], "the cache is empty afterwards", "CACHE"),
    (&[COMPRESSION], "files written from then on", "LZ4"),
    (&[VERSION], "all clients must be unmounted", "VERSION"),
];

pub(super) fn write_updates(design: &Design<'_>, current: &FileSystem) -> Result<Artefact, Error> {
    let there = Scenario { file_system: current.clone(), ..design.scenario.clone() };
    let there = Design::of(&there);
    let changed: Vec<&Setting> = of_file_system()
        .filter(|it| it.field.starts_with("file_system.") && value(design, it.field) != value(&there, it.field))
        .collect();
    let blocked: Vec<Finding> = changed.iter().filter_map(|setting| blocked(setting, &there, design)).collect();
    if !blocked.is_empty() {
        return Err(Error::refused(blocked));
    }
    let id = design.file_system_id().unwrap_or(PLACEHOLDER_FILE_SYSTEM);
    let mut requests = Vec::new();
    let mut findings = Vec::new();
    for (fields, effect, source) in STEPS {
        let Some(first) = changed.iter().find(|setting| fields.contains(&setting.field)) else { continue };
        let mut request = Tree::table([("FileSystemId", Tree::text(id))]);
        write(Tool::AwsApi, of_file_system().filter(|it| fields.contains(&it.field)), &design.tree, &mut request);
        requests.push(request);
        findings.push(step(requests.len(), first.field, design, effect, source));
    }
    let mut document = Tree::table([(UPDATE, Tree::List(requests))]);
    let new = |link: &&Value| !there.associations().iter().any(|other| same_directory(link, other));
    let links: Vec<Tree> = design.associations().iter().filter(new).map(|link| association(id, link)).collect();
    if !links.is_empty() {
        document.put(ASSOCIATE, Tree::List(links));
    }
    findings.extend(links_left_alone(design, &there));
    Ok(Artefact { text: document.to_json(), findings })
}

fn value<'a>(design: &'a Design<'_>, field: &str) -> Option<&'a Value> {
    // a flag that is not set is one that is false
    path::get(&design.tree, field).filter(|value| **value != Value::Bool(false))
}

fn number(design: &Design<'_>, field: &str) -> Option<f64> {
    value(design, field)?.as_f64()
}

/// What to know of request `i`.
fn step(i: usize, field: &str, design: &Design<'_>, effect: &str, source: &'static str) -> Finding {
    let after = if i > 1 { "; to be sent when the one before is done" } else { "" };
    Finding {
        code: "FSX-UPDATE-STEP",
        severity: Severity::Advice,
        field: field.to_owned(),
        value: value(design, field).map(super::shown).unwrap_or_default(),
        message: format!("request {i}: {effect}{after}"),
        fix: String::new(),
        sources: vec![source],
    }
}

/// Why a setting cannot become that of the design.
fn blocked(setting: &Setting, there: &Design<'_>, design: &Design<'_>) -> Option<Finding> {
    let field = setting.field;
    let raw = &there.scenario.file_system;
    let (now, then) = (number(there, field), number(design, field));
    let less = now.zip(then).is_some_and(|(now, then)| then < now);
    let throughput = tables::feature(raw, "change of throughput");
    let (why, source) = match field {
        _ if !setting.update => ("is chosen when a file system is made", "API-UPDATE"),
        MODE | IOPS if value(there, MODE).is_none() || value(design, MODE).is_none() => {
            ("belongs to a metadata configuration, which is chosen when a file system is made", "METAMGMT")
        }
        IOPS if less => ("can only grow", "METAMGMT"),
        MODE if value(design, IOPS).is_none() && !is_automatic_value(there, design) => {
            ("becomes AUTOMATIC only from the value that goes with the capacity", "METAMGMT")
        }
        CAPACITY if less => ("can only grow", "STORAGE"),
        CAPACITY if tables::feature(raw, "growth of storage") == "no" => ("of this type cannot change", "STORAGE"),
        TIER if throughput == "no" => ("of this type cannot change", "THRU"),
        TIER if raw.efa_enabled() => ("cannot change with EFA", "THRU"),
        THROUGHPUT if less => ("can only grow", "THRU"),
        VERSION if less => ("can only rise", "VERSION"),
        _ => return None,
    };
    let now = value(there, field).map_or_else(|| "none".to_owned(), super::shown);
    Some(Finding {
        code: "FSX-UPDATE-BLOCKED",
        severity: Severity::Error,
        field: field.to_owned(),
        value: value(design, field).map(super::shown).unwrap_or_default(),
        message: format!("it is {now}, and {} {why}", field.rsplit('.').next().unwrap_or(field)),
        fix: "a new file system, to which the data are copied".to_owned(),
        sources: vec![source],
    })
}

/// Whether the Metadata IOPS there are just those that AUTOMATIC gives for the capacity of the design.
fn is_automatic_value(there: &Design<'_>, design: &Design<'_>) -> bool {
    let automatic = number(design, CAPACITY).map(automatic_metadata_iops);
    number(there, IOPS) == automatic
}

fn same_directory(a: &Value, b: &Value) -> bool {
    a.get("file_system_path") == b.get("file_system_path")
}

/// Links that are to go or to change: what becomes of their files is not for an export to decide.
fn links_left_alone(design: &Design<'_>, there: &Design<'_>) -> Vec<Finding> {
    let kept = |link: &Value| design.associations().iter().find(|other| same_directory(link, other));
    let other = there.associations().iter().filter(|link| kept(link) != Some(*link));
    let finding = |link: &Value| Finding {
        code: "FSX-UPDATE-ASSOCIATION",
        severity: Severity::Warning,
        field: "file_system.data_repository_associations".to_owned(),
        value: link.get("file_system_path").map(super::shown).unwrap_or_default(),
        message: "this association is another one or none in the design; no request is written for that".to_owned(),
        fix: "`aws fsx update-data-repository-association` or `delete-data-repository-association`".to_owned(),
        sources: vec!["DRA"],
    };
    other.map(finding).collect()
}
