"""Requests of `--to aws-cli` against the service model of botocore, and the file systems that moto makes of them, read
back by `--from describe-file-systems`."""

import json
from datetime import datetime, timezone

import boto3
import regex
from botocore.session import get_session
from botocore.validate import ParamValidator
from moto import mock_aws

from common import answer, conclude, differences, each, exports, left_out, settled

CREATE, ASSOCIATE = "create-file-system", "create-data-repository-association"
# what AWS chooses where a request says nothing; the account's own key for FSx among it
CHOSEN = {
    "deploy.weekly_maintenance_start_time": "3:04:30",
    "deploy.kms_key_id": "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "deploy.log_level": "DISABLED",
    "backup.daily_automatic_start_time": "05:00",
}
# a description does not tell them: they are those of the network interfaces
NOT_TOLD = ["deploy.security_group_ids"]


def faults_of_request(shape, value, path=""):
    """What botocore leaves to the service: words, lengths and patterns."""
    if shape.type_name == "structure":
        return [
            fault
            for name, inner in value.items()
            for fault in faults_of_request(shape.members[name], inner, f"{path}.{name}")
        ]
    bounds = shape.metadata
    size = value if isinstance(value, int) else len(value)
    faults = []
    if not bounds.get("min", size) <= size <= bounds.get("max", size):
        faults.append(f"{path}: {size} is not {bounds.get('min')} to {bounds.get('max')}")
    if shape.type_name == "list":
        for item in value:
            faults += faults_of_request(shape.member, item, f"{path}[]")
    if shape.type_name == "string":
        if value not in bounds.get("enum", [value]):
            faults.append(f"{path}: {value!r} is none of {bounds['enum']}")
        # Java's \p{Z} and friends are those of the module `regex`
        if "pattern" in bounds and not regex.search(bounds["pattern"], value):
            faults.append(f"{path}: {value!r} does not match {bounds['pattern']}")
    return faults


class Service:
    """The service as botocore describes it and moto plays it."""

    def __init__(self):
        model = get_session().get_service_model("fsx")
        self.create = model.operation_model("CreateFileSystem").input_shape
        self.associate = model.operation_model("CreateDataRepositoryAssociation").input_shape
        self.validator = ParamValidator()
        # moto takes any, botocore asks for some
        keys = {"aws_access_key_id": "none", "aws_secret_access_key": "none"}
        self.client = boto3.client("fsx", region_name="us-east-1", **keys)

    def faults(self, shape, request):
        report = self.validator.validate(request, shape)
        return [report.generate_report()] if report.has_errors() else faults_of_request(shape, request)

    def described(self, document):
        """The answers of describe-file-systems and describe-data-repository-associations to what was made."""
        request = document[CREATE]
        made = self.client.create_file_system(**request)["FileSystem"]["FileSystemId"]
        system = self.client.describe_file_systems(FileSystemIds=[made])["FileSystems"][0]
        fill_in(system, request)
        associations = [association(made, i, it) for i, it in enumerate(document.get(ASSOCIATE, []))]
        return json.dumps({"FileSystems": [system], "Associations": associations}, default=str)


def fill_in(system, request):
    """What AWS answers and moto leaves out."""
    lustre = system["LustreConfiguration"]
    now = datetime.now(timezone.utc)
    system |= {"Lifecycle": "AVAILABLE", "CreationTime": now, "VpcId": "vpc-01234567", "OwnerId": "123456789012"}
    system["NetworkInterfaceIds"] = ["eni-0123456789abcdef0"]
    system["FileSystemTypeVersion"] = request["FileSystemTypeVersion"]
    lustre["MountName"] = "fsxmount"
    lustre.setdefault("WeeklyMaintenanceStartTime", CHOSEN["deploy.weekly_maintenance_start_time"])
    lustre.setdefault("LogConfiguration", {"Level": CHOSEN["deploy.log_level"]})
    if lustre["DeploymentType"].startswith("PERSISTENT"):
        system.setdefault("KmsKeyId", CHOSEN["deploy.kms_key_id"])
        lustre.setdefault("DailyAutomaticBackupStartTime", CHOSEN["backup.daily_automatic_start_time"])
        lustre.setdefault("AutomaticBackupRetentionDays", 0)
        lustre.setdefault("CopyTagsToBackups", False)
    # the numbers of the modes in which the service chooses: any will do, for they are not to be carried over
    metadata, cache = lustre.get("MetadataConfiguration", {}), lustre.get("DataReadCacheConfiguration", {})
    if metadata.get("Mode") == "AUTOMATIC":
        metadata["Iops"] = 12000
    if cache.get("SizingMode") == "PROPORTIONAL_TO_THROUGHPUT_CAPACITY":
        cache["SizeGiB"] = lustre["ThroughputCapacity"] // 4000 * 20000


def association(file_system, i, request):
    """What AWS answers of an association; moto has none."""
    assert request["FileSystemId"].startswith("fs-")
    return request | {
        "FileSystemId": file_system,
        "AssociationId": f"dra-{i:017x}",
        "ResourceARN": f"arn:aws:fsx:us-east-1:123456789012:association/{file_system}/dra-{i:017x}",
        "Lifecycle": "AVAILABLE",
        "CreationTime": datetime.now(timezone.utc),
        "Tags": [],
    }


def check(service, number, design, text, findings):
    document = json.loads(text)
    faults = service.faults(service.create, document[CREATE])
    for request in document.get(ASSOCIATE, []):
        faults += service.faults(service.associate, request)
    if set(document) - {CREATE, ASSOCIATE}:
        faults.append(f"commands {sorted(document)}")
    if not faults:
        description = service.described(document)
        imported, errors = answer("import", "-", "--from", "describe-file-systems", text=description)
        if not imported:
            faults.append(f"import refused: {errors}")
        else:
            original, found = settled(design), settled(imported["scenario"])
            chosen = [name for name, value in CHOSEN.items() if found.get(name) == value and name not in original]
            faults += differences(original, found, {*chosen, *NOT_TOLD, *left_out(findings)})
            told = [it for it in imported["findings"] if not it["field"].endswith("SecurityGroupIds")]
            faults += [f"{it['field']}: {it['message']}" for it in told]
    return [f"design {number}: {fault}" for fault in faults]


def main():
    all_exports = list(exports("aws-cli"))
    with mock_aws():
        service = Service()
        faults = each(lambda it: check(service, *it), all_exports)
    conclude("API requests, botocore and moto", len(all_exports), [fault for some in faults for fault in some])


if __name__ == "__main__":
    main()
