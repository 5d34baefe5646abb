//! JSON of the FSx API: descriptions of file systems and associations, and requests that make them.

use serde_json::Value;

use crate::catalog::{DefaultLayoutComponent, LAYOUTS};
use crate::exchange::draft::{Found, UNKNOWN_VALUE};
use crate::exchange::export::{ASSOCIATE, CREATE};
use crate::exchange::settings::{Tool, read_association, read_file_system};
use crate::exchange::time;
use crate::exchange::tree::{At, json, not_understood};
use crate::finding::{Error, Finding, Severity};
use crate::scenario::path;

/// What a description says of a file system besides its settings, or in other words.
const SILENT: &[&str] = &[
    "OwnerId",
    "CreationTime",
    "FileSystemId",
    "FileSystemType",
    "Lifecycle",
    "VpcId",
    "NetworkInterfaceIds",
    "NetworkType",
    "DNSName",
    "ResourceARN",
    "AdministrativeActions",
    "ClientRequestToken",
    "LustreConfiguration",
];

const GROUPS: &str = "SecurityGroupIds";

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    let document = json(text)?;
    let root = At::root(&document);
    let mut found: Vec<Found> = Vec::new();
    for name in ["FileSystems", "FileSystem", CREATE] {
        let systems = root.get(name).map(|list| list.items()).unwrap_or_default();
        found.extend(systems.iter().filter_map(file_system));
    }
    // the request itself
    found.extend(file_system(&root));
    let associations: Vec<At<'_>> = ["Associations", "Association", ASSOCIATE]
        .iter()
        .filter_map(|name| root.get(name))
        .flat_map(|list| list.items())
        .collect();
    if found.is_empty() && !associations.is_empty() {
        found.push(Found::new(associations.first().and_then(|it| it.text("FileSystemId")).unwrap_or("associations")));
    }
    if found.is_empty() && !["FileSystems", "Associations"].iter().any(|name| document.get(name).is_some()) {
        let message = "neither a description of file systems or associations nor a request that makes them";
        return Err(not_understood("", message));
    }
    link(&mut found, &associations);
    Ok(found)
}

/// Puts each association with its file system; where there is one file system only, with that.
fn link(found: &mut [Found], associations: &[At<'_>]) {
    let alone = found.len() == 1;
    for system in found {
        let id = system.name.clone();
        let of_it = |at: &&At<'_>| {
            let of = at.text("FileSystemId");
            of.is_none_or(|of| of == id)
                || (alone && !associations.iter().any(|at| at.text("FileSystemId") == Some(&id)))
        };
        for (i, at) in associations.iter().filter(of_it).enumerate() {
            let read = read_association(Tool::AwsApi, at, i, system);
            let silent = ["FileSystemId", "AssociationId", "ResourceARN", "Lifecycle", "CreationTime", "Tags", "S3"];
            system.not_carried(at, &read, &silent);
            if let Some(state @ ("MISCONFIGURED" | "FAILED")) = at.text("Lifecycle") {
                let message = "this association does not work as it is, so nothing is followed or exported";
                system.warn("FSX-IMPORT-LIFECYCLE", &format!("{}.Lifecycle", at.path), state, message, "");
            }
        }
    }
}

fn file_system(at: &At<'_>) -> Option<Found> {
    if at.text("FileSystemType") != Some("LUSTRE") {
        return None;
    }
    let mut found = Found::new(at.text("FileSystemId").unwrap_or("file-system"));
    let read = read_file_system(Tool::AwsApi, at, &mut found);
    found.not_carried(at, &read, SILENT);
    if let Some(configuration) = at.get("LustreConfiguration") {
        let inner: Vec<&str> = read.iter().filter_map(|name| name.strip_prefix("LustreConfiguration.")).collect();
        found.not_carried(&configuration, &inner, &["MountName"]);
    }
    let mut deployed = |field: &str, name: &str| {
        if let Some(place) = at.get(name) {
            found.set(field, place.value.clone(), &place.path);
        }
    };
    deployed("deploy.file_system_id", "FileSystemId");
    deployed("deploy.dns_name", "DNSName");
    deployed("deploy.mount_name", "LustreConfiguration.MountName");
    // arn:aws:fsx:REGION:…
    if let Some(region) = at.text("ResourceARN").and_then(|arn| arn.split(':').nth(3)).filter(|it| !it.is_empty()) {
        found.set("region", Value::from(region), "ResourceARN");
    }
    if let Some(layout) = at.get("CreationTime").and_then(|time| default_layout(time.value)) {
        path::set(&mut found.tree, "file_system.layout", layout);
    }
    let request = at.get("FileSystemId").is_none();
    if request {
        found.set_default("file_system.deployment_type", "SCRATCH_1", "the API then makes", "API-LUSTRE");
        found.set_api_version();
    } else {
        let field = if at.path.is_empty() { GROUPS.to_owned() } else { format!("{}.{GROUPS}", at.path) };
        let message = "a description does not tell the security groups: they are those of its network interfaces";
        let fix = "deploy.security_group_ids, by `aws ec2 describe-network-interfaces`";
        let finding = Finding::error(UNKNOWN_VALUE, &field, "", message, fix);
        found.findings.push(Finding { severity: Severity::Advice, ..finding });
    }
    Some(found.settled())
}

/// The layout of new files on a file system made at a time, if it is not that of today.
fn default_layout(time: &Value) -> Option<Value> {
    let day = time::day(time)?;
    let older = |row: &&DefaultLayoutComponent| row.created_before.is_some_and(|before| day.as_str() < before);
    let before = LAYOUTS.iter().filter(older).filter_map(|row| row.created_before).min()?;
    Some(serde_json::json!({ "kind": "created", "before": before }))
}
