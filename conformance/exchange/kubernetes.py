"""Manifests of `--to csi` against the schemas of Kubernetes, and against what the driver of release 1.9.0 does."""

import json
from functools import cache

import kubernetes_validate
import yaml

from common import answer, conclude, designs, each, exports, left_out, misread

# constants volumeParams* of pkg/driver/controller.go
PARAMETERS = {
    "subnetId", "securityGroupIds", "autoImportPolicy", "s3ImportPath", "s3ExportPath", "deploymentType", "kmsKeyId",
    "perUnitStorageThroughput", "storageType", "driveCacheType", "automaticBackupRetentionDays",
    "dailyAutomaticBackupStartTime", "copyTagsToBackups", "dataCompressionType", "weeklyMaintenanceStartTime",
    "fileSystemTypeVersion", "extraTags", "efaEnabled", "metadataConfigurationMode", "metadataIops",
}
NUMBERS = {"perUnitStorageThroughput", "automaticBackupRetentionDays", "metadataIops"}
FLAGS = {"copyTagsToBackups", "efaEnabled"}
MOUNTED = 50
# it reads half a megabyte of schema for every object otherwise
kubernetes_validate.utils.schema_contents = cache(kubernetes_validate.utils.schema_contents)


def made_by_driver(gib, deployment, storage, tier):
    """GiB that pkg/util/util.go makes of a claim."""
    if storage == "HDD":
        step = 6000 if tier == "12" else 1800
    elif deployment == "SCRATCH_1":
        step = 1200 if gib < 3600 else 3600
    else:
        step = 1200 if gib < 2400 else 2400
    return -(-gib // step) * step


def faults_of_class(parameters, gib, design):
    """Where the driver would refuse the class, or make another file system of it."""
    faults = [f"the driver has no parameter {name}" for name in parameters.keys() - PARAMETERS]
    faults += [f"{name} is no text" for name, value in parameters.items() if not isinstance(value, str)]
    faults += [f"{name}: no number" for name in NUMBERS & parameters.keys() if not parameters[name].isdigit()]
    faults += [f"{name}: no flag" for name in FLAGS & parameters.keys() if parameters[name] not in ("true", "false")]
    # it splits what is missing into one empty id, which the API refuses
    for name in ("subnetId", "securityGroupIds"):
        if not all(parameters.get(name, "").split(",")):
            faults.append(f"{name} is empty or missing")
    tags = parameters.get("extraTags")
    faults += [f"tag {tag!r} has not one =" for tag in (tags or "").split(",") if tags and tag.count("=") != 1]
    capacity = design["file_system"]["storage_capacity_gib"]
    kind = [parameters.get(name, "") for name in ("deploymentType", "storageType", "perUnitStorageThroughput")]
    if made_by_driver(gib, *kind) != capacity:
        faults.append(f"{gib} GiB are claimed and {made_by_driver(gib, *kind)} GiB made of {capacity}")
    return faults


def objects(text):
    """The objects of a text by kind, and what is wrong with them."""
    found = list(yaml.safe_load_all(text))
    faults = []
    for manifest in found:
        try:
            kubernetes_validate.validate(manifest, kubernetes_validate.latest_version(), strict=True)
        except kubernetes_validate.ValidationError as error:
            faults.append(f"{manifest.get('kind')}: {error.message}")
    return {manifest["kind"]: manifest for manifest in found}, faults


def check_made(number, design, text, findings):
    found, faults = objects(text)
    claim, storage_class = found["PersistentVolumeClaim"], found["StorageClass"]
    if claim["spec"]["storageClassName"] != storage_class["metadata"]["name"]:
        faults.append("the claim is of another class")
    gib = int(claim["spec"]["resources"]["requests"]["storage"].removesuffix("Gi"))
    faults += faults_of_class(storage_class["parameters"], gib, design)
    if storage_class["allowVolumeExpansion"] == (design["file_system"]["deployment_type"] == "SCRATCH_1"):
        faults.append("SCRATCH_1 cannot grow, all others can")
    manifests = json.dumps({"kind": "List", "items": list(found.values())})
    # of tags only some are left out
    but = (left_out(findings) | placeholders(findings)) - {"deploy.tags"}
    faults += misread("csi", manifests, with_tags_of_driver(design), but)
    return [f"design {number}: {fault}" for fault in faults]


def with_tags_of_driver(design):
    """The same with those tags only that a list split at commas and equals signs can hold."""
    tags = design.get("deploy", {}).get("tags", {})
    held = {key: value for key, value in tags.items() if not set(key + value) & set(",=")}
    return design | {"deploy": design.get("deploy", {}) | {"tags": held}} if tags else design


def placeholders(findings):
    return {finding["field"] for finding in findings if finding["code"] == "FSX-EXPORT-PLACEHOLDER"}


def check_mounted(number, design):
    """The same design when it is there already: a volume, and a claim bound to it."""
    there = {"file_system_id": f"fs-{number:017x}", "dns_name": f"fs-{number:017x}.fsx.example", "mount_name": "0x1a2b3c"}
    design = design | {"deploy": design.get("deploy", {}) | there}
    exported, _ = answer("export", "-", "--to", "csi", text=json.dumps(design))
    found, faults = objects(exported["text"])
    volume, claim = found["PersistentVolume"], found["PersistentVolumeClaim"]
    source = volume["spec"]["csi"]
    told = {"dnsname": there["dns_name"], "mountname": there["mount_name"]}
    if source["volumeHandle"] != there["file_system_id"] or source["volumeAttributes"] != told:
        faults.append(f"mounts {source}")
    # what the control plane asks of a volume and a claim that are to be bound
    if claim["spec"]["volumeName"] != volume["metadata"]["name"]:
        faults.append("the claim names another volume")
    for name in ("storageClassName", "accessModes"):
        if claim["spec"][name] != volume["spec"][name]:
            faults.append(f"claim and volume differ in {name}")
    if claim["spec"]["resources"]["requests"]["storage"] != volume["spec"]["capacity"]["storage"]:
        faults.append("claim and volume differ in size")
    return [f"design {number}, mounted: {fault}" for fault in faults]


def main():
    made = list(exports("csi"))
    mounted = list(designs().items())[:MOUNTED]
    faults = each(lambda it: check_made(*it), made) + each(lambda it: check_mounted(*it), mounted)
    conclude("Kubernetes manifests, kubernetes-validate", len(faults), [fault for some in faults for fault in some])


if __name__ == "__main__":
    main()
