//! Kubernetes manifests for the driver fsx.csi.aws.com: a StorageClass and a claim where the driver makes the file
//! system, a PersistentVolume and a claim where it is made otherwise.

use serde_json::{Map, Value};

use super::{Artefact, Design, PLACEHOLDER_FILE_SYSTEM, PLACEHOLDER_SECURITY_GROUP, cannot, placeholder};
use crate::catalog::terms::StorageType;
use crate::exchange::settings::Tool;
use crate::exchange::tree::Tree;
use crate::finding::{Error, Finding, Severity};
use crate::rules::tables;
use crate::scenario::path;

/// Name of the driver.
pub(in crate::exchange) const DRIVER: &str = "fsx.csi.aws.com";
/// Name of every object of the export.
const NAME: &str = "fsx";
const SECURITY_GROUPS: &str = "deploy.security_group_ids";
const TAGS: &str = "deploy.tags";
/// Where there is no capacity to claim: storage is elastic, and the claim's size says nothing.
const ELASTIC_CLAIM_GIB: i64 = 1200;

pub(super) fn write(design: &Design<'_>) -> Result<Artefact, Error> {
    let raw = &design.scenario.file_system;
    let elastic = raw.storage_type() == StorageType::IntelligentTiering;
    let capacity = raw.storage_capacity_gib.map_or(ELASTIC_CLAIM_GIB, |capacity| capacity.0);
    if design.file_system_id().is_some() {
        let text = documents(&[volume(design, capacity), claim(capacity, "", true)]);
        return Ok(Artefact { text, findings: Vec::new() });
    }
    if elastic {
        let message = "the driver's release 1.9.0 cannot make a file system of this class; it can mount one";
        let fix = "make it with CloudFormation and give its id in deploy.file_system_id";
        return Err(cannot("file_system.storage_type", raw.storage_type().as_str(), message, fix));
    }
    let (expressible, mut findings) = expressible(design);
    let (parameters, mut left_out) = expressible.settings(Tool::Csi, Tree::Table(Vec::new()));
    // the claim tells the driver
    left_out.retain(|field| *field != "file_system.storage_capacity_gib");
    let class = Tree::table([
        ("apiVersion", Tree::text("storage.k8s.io/v1")),
        ("kind", Tree::text("StorageClass")),
        ("metadata", named()),
        ("provisioner", Tree::text(DRIVER)),
        ("parameters", parameters),
        ("reclaimPolicy", Tree::text("Retain")),
        ("allowVolumeExpansion", Tree::Flag(tables::feature(raw, "growth of storage") != "no")),
        ("mountOptions", mount_options()),
    ]);
    let fix = "make it with CloudFormation and give its id in deploy.file_system_id: a PersistentVolume then";
    findings.extend(design.left_out(&left_out, "the driver", fix));
    findings.extend(associations_left_out(design, fix));
    findings.extend(nodes_with_efa(design));
    findings.extend(design.remarks("the StorageClass"));
    Ok(Artefact { text: documents(&[class, claim(capacity, NAME, false)]), findings })
}

/// The design as far as the driver reads lists: it makes one empty group of none, splits tags at commas, and each of them
/// at its one equals sign.
fn expressible<'a>(design: &Design<'a>) -> (Design<'a>, Vec<Finding>) {
    let mut design = design.clone();
    let mut findings = Vec::new();
    let deploy = design.scenario.deploy.as_ref();
    if deploy.is_none_or(|deploy| deploy.security_group_ids.is_empty()) {
        path::set(&mut design.tree, SECURITY_GROUPS, Value::from(vec![PLACEHOLDER_SECURITY_GROUP]));
        let message = "no security group is named and the driver cannot do without, so it gets a placeholder";
        let finding = placeholder(SECURITY_GROUPS, message.to_owned(), "the ids of groups that let Lustre through");
        findings.push(Finding { sources: vec!["CSI-CODE"], ..finding });
    }
    let tags = deploy.map(|deploy| &deploy.tags).into_iter().flatten();
    let (split, whole): (Vec<_>, Vec<_>) = tags.partition(|(key, value)| format!("{key}{value}").contains([',', '=']));
    if !split.is_empty() {
        let whole: Map<String, Value> =
            whole.into_iter().map(|(key, value)| (key.clone(), value.as_str().into())).collect();
        path::set(&mut design.tree, TAGS, Value::Object(whole));
        let names = split.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>().join(" ");
        let message = "the driver takes no tag with a comma or an equals sign in it, so these are left out";
        let finding = Finding::error("FSX-EXPORT-LEFT-OUT", TAGS, &names, message, "`aws fsx tag-resource` afterwards");
        findings.push(Finding { severity: Severity::Warning, sources: vec!["CSI-CODE"], ..finding });
    }
    (design, findings)
}

/// What the manifests do not say of EFA.
fn nodes_with_efa(design: &Design<'_>) -> Option<Finding> {
    let message = "the manifests make the file system; nodes reach it over EFA only once each is set up for it";
    let fix = "the set-up of EKS's page on tuning nodes with EFA, in the launch template";
    let finding = Finding::error("FSX-EXPORT-EFA-NODES", "file_system.efa_enabled", "true", message, fix);
    let finding = Finding { severity: Severity::Advice, sources: vec!["EKSEFA", "EFACLIENT"], ..finding };
    design.scenario.file_system.efa_enabled().then_some(finding)
}

/// The driver knows the older link to S3 only.
fn associations_left_out(design: &Design<'_>, fix: &str) -> Option<Finding> {
    let count = design.associations().len();
    let message = "the driver cannot make data repository associations, so the file system made would lack them";
    let finding = Finding::error(
        "FSX-EXPORT-LEFT-OUT",
        "file_system.data_repository_associations",
        &count.to_string(),
        message,
        fix,
    );
    (count > 0).then(|| Finding { severity: Severity::Warning, sources: vec!["EKSCREATE"], ..finding })
}

fn named() -> Tree {
    Tree::table([("name", Tree::text(NAME))])
}

/// As AWS advises.
fn mount_options() -> Tree {
    Tree::List(vec![Tree::text("relatime"), Tree::text("flock")])
}

fn storage(gib: i64) -> Tree {
    Tree::table([("storage", Tree::text(format!("{gib}Gi")))])
}

fn access_modes() -> Tree {
    Tree::List(vec![Tree::text("ReadWriteMany")])
}

fn volume(design: &Design<'_>, capacity: i64) -> Tree {
    let given = |field: &str| path::get(&design.tree, field).and_then(Value::as_str);
    let id = design.file_system_id().unwrap_or(PLACEHOLDER_FILE_SYSTEM);
    let source = Tree::table([
        ("driver", Tree::text(DRIVER)),
        ("volumeHandle", Tree::text(id)),
        (
            "volumeAttributes",
            Tree::table([
                ("dnsname", Tree::text(design.dns_name().unwrap_or_default())),
                ("mountname", Tree::text(given("deploy.mount_name").unwrap_or(NAME))),
            ]),
        ),
    ]);
    Tree::table([
        ("apiVersion", Tree::text("v1")),
        ("kind", Tree::text("PersistentVolume")),
        ("metadata", named()),
        (
            "spec",
            Tree::table([
                ("capacity", storage(capacity)),
                ("volumeMode", Tree::text("Filesystem")),
                ("accessModes", access_modes()),
                ("persistentVolumeReclaimPolicy", Tree::text("Retain")),
                ("storageClassName", Tree::text("")),
                ("mountOptions", mount_options()),
                ("csi", source),
            ]),
        ),
    ])
}

fn claim(gib: i64, class: &str, of_volume: bool) -> Tree {
    let mut spec = Tree::table([("accessModes", access_modes()), ("storageClassName", Tree::text(class))]);
    spec.put("resources", Tree::table([("requests", storage(gib))]));
    if of_volume {
        spec.put("volumeName", Tree::text(NAME));
    }
    Tree::table([
        ("apiVersion", Tree::text("v1")),
        ("kind", Tree::text("PersistentVolumeClaim")),
        ("metadata", named()),
        ("spec", spec),
    ])
}

fn documents(all: &[Tree]) -> String {
    all.iter().map(Tree::to_yaml).collect::<Vec<_>>().join("---\n")
}
