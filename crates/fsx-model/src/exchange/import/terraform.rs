//! `terraform show -json` of a state or of a plan.

use std::collections::BTreeMap;

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

const SYSTEM: &str = "aws_fsx_lustre_file_system";

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
    let systems: Vec<_> = of_type(SYSTEM).collect();
    let mut references = BTreeMap::new();
    if let Some(module) = root.get("configuration.root_module") {
        refer(&module, "", &mut references);
    }
    // the place of its file system among them
    let owner = |address: &str, at: &At<'_>| {
        let id = at.text("file_system_id");
        let by_id = || systems.iter().position(|(_, system)| id.is_some() && system.text("id") == id);
        let by_name = || {
            let (name, instance) = parts(address);
            let wanted = references.get(&name)?;
            let is_it = |(name, of): (String, String)| name == *wanted && instance.starts_with(&of);
            systems.iter().position(|(system, _)| is_it(parts(system)))
        };
        let alone = (systems.len() == 1).then_some(0);
        by_id().or_else(by_name).or(alone)
    };
    let associations: Vec<_> = of_type("aws_fsx_data_repository_association")
        .map(|(address, at)| (owner(address, &at), address, at))
        .collect();
    let mut found = Vec::new();
    for (place, (address, at)) in systems.iter().enumerate() {
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
        let of_it = associations.iter().filter(|(owner, ..)| *owner == Some(place));
        for (i, (_, _, link)) in of_it.enumerate() {
            read_association(Tool::Terraform, link, i, &mut system);
        }
        for (_, address, link) in associations.iter().filter(|(owner, ..)| owner.is_none()) {
            let message = format!("the text does not tell to which file system {address} belongs, so it is left out");
            let fix = "file_system.data_repository_associations, where it belongs";
            system.warn("FSX-IMPORT-NOT-CARRIED", &link.path, "", message, fix);
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

/// By the address of each association, without instances, that of the file system that its configuration names.
fn refer(module: &At<'_>, before: &str, references: &mut BTreeMap<String, String>) {
    for resource in module.get("resources").map(|list| list.items()).unwrap_or_default() {
        let names = resource.get("expressions.file_system_id.references").map(|list| list.items()).unwrap_or_default();
        let mut names = names.iter().filter_map(|name| name.value.as_str());
        let system = names.find_map(|name| {
            let name = name.strip_prefix(SYSTEM)?.strip_prefix('.')?;
            Some(format!("{before}{SYSTEM}.{}", parts(name.split('.').next()?).0))
        });
        if let Some((address, system)) = resource.text("address").zip(system) {
            references.insert(format!("{before}{address}"), system);
        }
    }
    for (name, call) in module.get("module_calls").map(|calls| calls.fields()).unwrap_or_default() {
        if let Some(inner) = call.get("module") {
            refer(&inner, &format!("{before}module.{name}."), references);
        }
    }
}

/// An address such as `module.data[0].aws_fsx_lustre_file_system.this["a"]` without its instances, and these.
fn parts(address: &str) -> (String, String) {
    let (mut name, mut instances, mut depth) = (String::new(), String::new(), 0_u32);
    for letter in address.chars() {
        depth += u32::from(letter == '[');
        let part = if depth == 0 { &mut name } else { &mut instances };
        part.push(letter);
        depth = depth.saturating_sub(u32::from(letter == ']'));
    }
    (name, instances)
}
