"""`SharedStorage` of `--to parallelcluster` against the schema of ParallelCluster and those of its validators that need no
account."""

import json

import yaml
from marshmallow import ValidationError
from pcluster.config.cluster_config import SharedFsxLustre
from pcluster.schemas.cluster_schema import SharedStorageSchema
from pcluster.validators import fsx_validators

from common import answer, conclude, designs, each, exports, left_out, misread

# a cluster gives its own subnet, security group and tags
OF_THE_CLUSTER = {"deploy.subnet_id", "deploy.security_group_ids", "deploy.tags"}
WITHOUT_ACCOUNT = [
    fsx_validators.FsxS3Validator, fsx_validators.FsxDraValidator, fsx_validators.FsxPersistentOptionsValidator,
    fsx_validators.FsxBackupOptionsValidator, fsx_validators.FsxStorageTypeOptionsValidator,
    fsx_validators.FsxStorageCapacityValidator,
]
MOUNTED = 50


def faults_of_storage(text):
    document = yaml.safe_load(text)
    faults = []
    for section in document["SharedStorage"]:
        try:
            storage = SharedStorageSchema().load(section)
        except ValidationError as error:
            return [str(error.messages)]
        assert isinstance(storage, SharedFsxLustre)
        storage._register_validators()
        for validator, arguments, *_ in storage._validators:
            if validator in WITHOUT_ACCOUNT:
                faults += [failure.message for failure in validator().execute(**arguments)]
    return faults


def check_made(number, design, text, findings):
    faults = faults_of_storage(text)
    but = left_out(findings) | OF_THE_CLUSTER
    faults += misread("parallelcluster", json.dumps(yaml.safe_load(text)), design, but)
    return [f"design {number}: {fault}" for fault in faults]


def check_mounted(number, design):
    """The same design when it is there already."""
    design = design | {"deploy": design.get("deploy", {}) | {"file_system_id": f"fs-{number:017x}"}}
    exported, _ = answer("export", "-", "--to", "parallelcluster", text=json.dumps(design))
    return [f"design {number}, mounted: {fault}" for fault in faults_of_storage(exported["text"])]


def main():
    made = list(exports("parallelcluster"))
    mounted = list(designs().items())[:MOUNTED]
    faults = each(lambda it: check_made(*it), made) + each(lambda it: check_mounted(*it), mounted)
    conclude("ParallelCluster sections, pcluster", len(faults), [fault for some in faults for fault in some])


if __name__ == "__main__":
    main()
