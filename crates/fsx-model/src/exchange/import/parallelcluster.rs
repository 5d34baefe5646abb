//! The `SharedStorage` section of a cluster configuration of AWS ParallelCluster.

use serde_json::Value;

use crate::catalog::terms::StorageType;
use crate::exchange::draft::Found;
use crate::exchange::export::PARALLELCLUSTER_VERSION;
use crate::exchange::settings::{Tool, read_association, read_file_system};
use crate::exchange::tree::{At, documents, not_understood};
use crate::finding::Error;
use crate::scenario::path;

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    let documents = documents(text)?;
    let Some(root) = documents.first().map(At::root) else { return Ok(Vec::new()) };
    let Some(storage) = root.get("SharedStorage") else {
        return Err(not_understood("", "a cluster configuration has a list of `SharedStorage`"));
    };
    let lustre = |at: &At<'_>| at.text("StorageType") == Some("FsxLustre");
    let mut found: Vec<Found> = storage.items().iter().filter(|at| lustre(at)).map(file_system).collect();
    if let Some(region) = root.get("Region") {
        found.iter_mut().for_each(|found| found.set("region", region.value.clone(), "Region"));
    }
    Ok(found)
}

fn file_system(at: &At<'_>) -> Found {
    let mut found = Found::new(at.text("Name").unwrap_or("fsx"));
    let Some(settings) = at.get("FsxLustreSettings") else {
        found.warn("FSX-IMPORT-UNKNOWN-VALUE", &at.path, "", "no settings are given", "FsxLustreSettings");
        return found;
    };
    if let Some(id) = settings.get("FileSystemId") {
        found.set("deploy.file_system_id", id.value.clone(), &id.path);
        let message = "the cluster mounts a file system that is made elsewhere, so its settings do not stand here";
        found.warn("FSX-IMPORT-ELSEWHERE", &id.path, "", message, "`aws fsx describe-file-systems` tells them");
        return found;
    }
    let mut read = read_file_system(Tool::Parallelcluster, &settings, &mut found);
    let links = settings.get("DataRepositoryAssociations").map(|list| list.items()).unwrap_or_default();
    for (i, link) in links.iter().enumerate() {
        let names = read_association(Tool::Parallelcluster, link, i, &mut found);
        found.not_carried(link, &names, &["Name"]);
    }
    read.push("DataRepositoryAssociations");
    found.not_carried(&settings, &read, &["DeletionPolicy"]);
    found.set_default("file_system.deployment_type", "SCRATCH_2", "ParallelCluster then makes", "PC-STORAGE");
    path::set(&mut found.tree, "file_system.file_system_type_version", Value::from(PARALLELCLUSTER_VERSION));
    // the field is left out for no cache
    if found.text("file_system.storage_type") == Some(StorageType::Hdd.as_str())
        && found.text("file_system.drive_cache_type").is_none()
    {
        path::set(&mut found.tree, "file_system.drive_cache_type", Value::from("NONE"));
    }
    found
}
