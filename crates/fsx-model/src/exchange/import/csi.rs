//! Kubernetes manifests for the driver fsx.csi.aws.com: claims on its StorageClasses, and PersistentVolumes.

use serde_json::Value;

use crate::catalog::{self, SizeRule};
use crate::cost;
use crate::exchange::draft::Found;
use crate::exchange::export::DRIVER;
use crate::exchange::settings::{Tool, read_file_system};
use crate::exchange::tree::{At, documents, roots};
use crate::finding::{Error, Finding, Severity, whole_number};
use crate::scenario::{FileSystem, from_tree, path};
use crate::shape::Whole;

/// What the driver makes when a claim names no size, GiB.
const WITHOUT_SIZE_GIB: i64 = 1200;
const CAPACITY: &str = "file_system.storage_capacity_gib";

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    let documents = documents(text)?;
    let objects: Vec<At<'_>> = roots(&documents).flat_map(objects).collect();
    let of_kind = |kind: &'static str| objects.iter().filter(move |at| at.text("kind") == Some(kind));
    let classes: Vec<&At<'_>> = of_kind("StorageClass").filter(|at| at.text("provisioner") == Some(DRIVER)).collect();
    let claims: Vec<&At<'_>> = of_kind("PersistentVolumeClaim").collect();
    let mut found = Vec::new();
    for class in classes {
        let name = class.text("metadata.name").unwrap_or_default();
        let mut of_it = claims.iter().filter(|claim| claim.text("spec.storageClassName") == Some(name)).peekable();
        if of_it.peek().is_none() {
            found.push(dynamic(class, None, name));
        }
        for claim in of_it {
            found.push(dynamic(class, Some(claim), claim.text("metadata.name").unwrap_or(name)));
        }
    }
    found.extend(of_kind("PersistentVolume").filter(|at| at.text("spec.csi.driver") == Some(DRIVER)).map(fixed));
    Ok(found)
}

/// The objects of a document: several in a list, as `kubectl get -o yaml` writes them.
fn objects(document: At<'_>) -> Vec<At<'_>> {
    let inner = document.get("items").filter(|_| document.text("kind") == Some("List"));
    inner.map_or_else(|| vec![document], |list| list.items())
}

/// A file system that is made elsewhere.
fn fixed(volume: &At<'_>) -> Found {
    let mut found = Found::new(volume.text("metadata.name").unwrap_or("volume"));
    for (field, name) in [
        ("deploy.file_system_id", "spec.csi.volumeHandle"),
        ("deploy.dns_name", "spec.csi.volumeAttributes.dnsname"),
        ("deploy.mount_name", "spec.csi.volumeAttributes.mountname"),
    ] {
        if let Some(at) = volume.get(name) {
            found.set(field, at.value.clone(), &at.path);
        }
    }
    let message = "the volume mounts a file system that is made elsewhere, so its settings do not stand here";
    let place = volume.get("spec.csi").map(|at| at.path).unwrap_or_default();
    found.warn("FSX-IMPORT-ELSEWHERE", &place, "", message, "`aws fsx describe-file-systems` tells them");
    found
}

/// A file system that the driver makes for a claim.
fn dynamic(class: &At<'_>, claim: Option<&At<'_>>, name: &str) -> Found {
    let mut found = Found::new(name);
    if let Some(parameters) = class.get("parameters") {
        let read = read_file_system(Tool::Csi, &parameters, &mut found);
        found.not_carried(&parameters, &read, &[]);
    }
    found.set_default("file_system.deployment_type", "SCRATCH_1", "the API then makes", "CSI-DYN");
    found.set_api_version();
    capacity(claim, &mut found);
    found
}

/// The capacity that the driver makes of what is claimed.
fn capacity(claim: Option<&At<'_>>, found: &mut Found) {
    let request = claim.and_then(|claim| claim.get("spec.resources.requests.storage"));
    let Some(request) = request else {
        let message = format!("no size is claimed; the driver then makes {WITHOUT_SIZE_GIB} GiB");
        found.warn("FSX-IMPORT-DEFAULT", CAPACITY, "", message, "");
        path::set(&mut found.tree, CAPACITY, Value::from(WITHOUT_SIZE_GIB));
        return;
    };
    let Some(asked) = gib(request.value) else {
        found.warn(
            "FSX-IMPORT-UNKNOWN-VALUE",
            &request.path,
            &request.value.to_string(),
            "no quantity of Kubernetes",
            "4800Gi",
        );
        return;
    };
    let made = kind(found).and_then(rounded_by_driver).map_or(asked, |rule| smallest_of(rule, asked));
    let place = request.path.clone();
    found.set(CAPACITY, Value::from(made), &place);
    if made != asked {
        let rounding = rounding(found, asked, made, &place);
        found.findings.push(rounding);
    }
}

/// The file system as far as it is understood.
fn kind(found: &Found) -> Option<FileSystem> {
    from_tree(path::get(&found.tree, "file_system")?.clone()).ok()
}

/// The sizes that the driver knows: those without EFA.
fn rounded_by_driver(raw: FileSystem) -> Option<&'static SizeRule> {
    catalog::size_rule(
        raw.deployment_type,
        raw.storage_type(),
        raw.per_unit_storage_throughput.map(|tier| tier.0),
        false,
    )
}

/// The smallest size that holds what was asked for.
fn smallest_of(rule: &SizeRule, asked: i64) -> i64 {
    let step = i64::from(rule.step_gib.unwrap_or(1)).max(1);
    let multiple = (asked.max(1).saturating_add(step - 1) / step).saturating_mul(step);
    let small = rule.small_sizes_gib.iter().copied().map(i64::from).filter(|size| *size >= asked).min();
    small.map_or(multiple, |small| small.min(multiple))
}

fn rounding(found: &Found, asked: i64, made: i64, place: &str) -> Finding {
    // the first line of a bill is the storage
    let bill = found.scenario().and_then(|scenario| cost::cost(&scenario));
    let storage = bill.and_then(|bill| Some(bill.lines.first()?.usd_per_month));
    let more = storage.map(|usd| usd * as_f64(made - asked) / as_f64(made));
    let more = more.map(|usd| format!(", +${usd:.2} a month")).unwrap_or_default();
    Finding {
        code: "FSX-CSI-ROUNDING",
        severity: Severity::Warning,
        field: place.to_owned(),
        value: asked.to_string(),
        message: format!(
            "{} GiB are claimed and the driver makes {} GiB{more}",
            whole_number(as_f64(asked)),
            whole_number(as_f64(made))
        ),
        fix: format!("{made}Gi, which is what there will be"),
        sources: vec!["CSI-UTIL"],
    }
}

fn as_f64(whole: i64) -> f64 {
    Whole(whole).get()
}

/// A quantity of Kubernetes in whole GiB, rounded up.
fn gib(quantity: &Value) -> Option<i64> {
    const GIB: f64 = 1_073_741_824.0;
    let bytes = match quantity {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => {
            let text = text.trim();
            let digits = text.trim_end_matches(|it: char| it.is_ascii_alphabetic());
            let unit = match text.get(digits.len()..)? {
                "" => 1.0,
                "k" => 1e3,
                "M" => 1e6,
                "G" => 1e9,
                "T" => 1e12,
                "P" => 1e15,
                "Ki" => 1024.0,
                "Mi" => 1024.0 * 1024.0,
                "Gi" => GIB,
                "Ti" => GIB * 1024.0,
                "Pi" => GIB * 1024.0 * 1024.0,
                _ => return None,
            };
            digits.parse::<f64>().ok().filter(|number| number.is_finite())? * unit
        }
        _ => return None,
    };
    Whole::from_f64(libm::ceil(bytes / GIB)).map(|whole| whole.0).filter(|gib| *gib > 0)
}
