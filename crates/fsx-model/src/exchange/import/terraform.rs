//! `terraform show -json` of a state or of a plan.

use crate::exchange::draft::Found;
use crate::exchange::settings::{Tool, read_association, read_file_system};
use crate::exchange::tree::{At, json, not_understood};
use crate::finding::Error;

/// What a state says of a file system besides its settings, or in other words.
const SILENT: &[&str] = &[
    "arn",
    "dns_name",
    "id",
    "mount_name",
    "network_interface_ids",
    "owner_id",
    "region",
    "skip_final_backup",
    "final_backup_tags",
    "tags_all",
    "timeouts",
    "vpc_id",
];

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    let document = json(text)?;
    let root = At::root(&document);
    let Some(values) = root.get("planned_values").or_else(|| root.get("values")) else {
        return Err(not_understood(
            "",
            "neither a state nor a plan: `terraform show -json` writes `values` or `planned_values`",
        ));
    };
    let mut resources = Vec::new();
    if let Some(module) = values.get("root_module") {
        collect(&module, &mut resources);
    }
    let of_type = |kind: &'static str| {
        let resources = resources.iter().filter(move |at| at.text("type") == Some(kind));
        resources.filter_map(|at| Some((at.text("address")?, at.get("values")?)))
    };
    let associations: Vec<_> = of_type("aws_fsx_data_repository_association").map(|(_, at)| at).collect();
    let systems: Vec<_> = of_type("aws_fsx_lustre_file_system").collect();
    let mut found = Vec::new();
    for (address, at) in &systems {
        let mut system = Found::new(*address);
        let read = read_file_system(Tool::Terraform, at, &mut system);
        system.not_carried(at, &read, SILENT);
        system.set_default("file_system.deployment_type", "SCRATCH_1", "Terraform then makes", "TF-LUSTRE");
        system.set_api_version();
        for (field, name) in [
            ("region", "region"),
            ("deploy.file_system_id", "id"),
            ("deploy.dns_name", "dns_name"),
            ("deploy.mount_name", "mount_name"),
        ] {
            if let Some(place) = at.get(name).filter(|place| place.value.is_string()) {
                system.set(field, place.value.clone(), &place.path);
            }
        }
        let id = at.text("id");
        let of_it = |link: &&At<'_>| systems.len() == 1 || (id.is_some() && link.text("file_system_id") == id);
        for (i, link) in associations.iter().filter(of_it).enumerate() {
            read_association(Tool::Terraform, link, i, &mut system);
        }
        found.push(system.settled());
    }
    Ok(found)
}

/// The resources of a module and of the modules in it.
fn collect<'a>(module: &At<'a>, resources: &mut Vec<At<'a>>) {
    resources.extend(module.get("resources").map(|list| list.items()).unwrap_or_default());
    for child in module.get("child_modules").map(|list| list.items()).unwrap_or_default() {
        collect(&child, resources);
    }
}
