//! The `SharedStorage` section of a cluster configuration of AWS ParallelCluster.

use serde_json::Value;

use super::{Artefact, Design, cannot};
use crate::catalog::terms::StorageType;
use crate::exchange::settings::{Tool, write_association};
use crate::exchange::tree::Tree;
use crate::finding::{Error, Finding};
use crate::scenario::path;

/// Settings of the file system that the cluster gives: its subnet, its security group, its tags.
const OF_THE_CLUSTER: &[&str] = &["deploy.subnet_id", "deploy.security_group_ids", "deploy.tags"];

/// Settings of backups that are refused without a number of days to keep them.
const OF_BACKUPS: &[&str] = &["backup.daily_automatic_start_time", "backup.copy_tags"];

/// The version of every file system that ParallelCluster makes.
pub(in crate::exchange) const VERSION: &str = "2.15";

pub(super) fn write(design: &Design<'_>) -> Result<Artefact, Error> {
    let (settings, findings) = match design.file_system_id() {
        Some(id) => (Tree::table([("FileSystemId", Tree::text(id))]), Vec::new()),
        None => made_by_the_cluster(design)?,
    };
    let storage = Tree::table([
        ("MountDir", Tree::text("/fsx")),
        ("Name", Tree::text("fsx")),
        ("StorageType", Tree::text("FsxLustre")),
        ("FsxLustreSettings", settings),
    ]);
    let document = Tree::table([("SharedStorage", Tree::List(vec![storage]))]);
    Ok(Artefact { text: document.to_yaml(), findings })
}

fn made_by_the_cluster(design: &Design<'_>) -> Result<(Tree, Vec<Finding>), Error> {
    let raw = &design.scenario.file_system;
    let fix = "make it with CloudFormation and give its id in deploy.file_system_id";
    if raw.storage_type() == StorageType::IntelligentTiering {
        let message = "ParallelCluster cannot make a file system of this class; it can mount one";
        return Err(cannot("file_system.storage_type", raw.storage_type().as_str(), message, fix));
    }
    let mut expressible = design.clone();
    let refused = refused_of_backups(design);
    refused.iter().for_each(|field| path::remove(&mut expressible.tree, field));
    let (mut settings, mut left_out) = expressible.settings(Tool::Parallelcluster, Tree::Table(Vec::new()));
    let is_made_so = raw.file_system_type_version.as_deref().is_none_or(|version| version == VERSION);
    left_out.retain(|field| {
        !(OF_THE_CLUSTER.contains(field) || (*field == "file_system.file_system_type_version" && is_made_so))
    });
    left_out.extend(refused);
    let associate = |(i, association)| {
        let mut entry = Tree::table([("Name", Tree::text(format!("association-{}", i + 1)))]);
        write_association(Tool::Parallelcluster, association, &mut entry);
        entry
    };
    let associations: Vec<Tree> = design.associations().iter().enumerate().map(associate).collect();
    if !associations.is_empty() {
        settings.put("DataRepositoryAssociations", Tree::List(associations));
    }
    let mut findings = design.left_out(&left_out, "ParallelCluster", fix);
    findings.extend(design.remarks("ParallelCluster").into_iter().filter(|it| it.field != "deploy.subnet_id"));
    Ok((settings, findings))
}

/// Settings of backups that none are made for.
fn refused_of_backups(design: &Design<'_>) -> Vec<&'static str> {
    let kept = design.scenario.backup.as_ref().is_some_and(|backup| backup.automatic_retention_days().0 > 0);
    let is_set = |field: &&&str| path::get(&design.tree, field).is_some_and(|value| *value != Value::Bool(false));
    OF_BACKUPS.iter().filter(|_| !kept).filter(is_set).copied().collect()
}
