"""Resources of `--to terraform` against the arguments of the AWS provider, as a package made from its schema has them."""

import ast
import json
import sys
import zipfile
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import hcl2

from common import conclude, exports, left_out, misread

FOLDER = "pulumi_aws/fsx"
# classes of arguments by resource; those of blocks in them have the names of both
RESOURCES = {
    "aws_fsx_lustre_file_system": "LustreFileSystemArgs",
    "aws_fsx_data_repository_association": "DataRepositoryAssociationArgs",
}


@cache
def classes():
    """Arguments of every class by its name, without running the code."""
    wheel = next(Path(sys.prefix, "schemas").glob("pulumi_aws-*.whl"))
    found = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in ("lustre_file_system", "data_repository_association", "_inputs"):
            for node in ast.parse(archive.read(f"{FOLDER}/{name}.py")).body:
                if isinstance(node, ast.ClassDef) and node.name.endswith("Args"):
                    found[node.name] = arguments_of(node)
    return found


def arguments_of(node):
    """Each argument with the class of its block, if it is one, and whether it has to be given."""
    made = next(it for it in node.body if isinstance(it, ast.FunctionDef) and it.name == "__init__")
    found = {}
    for argument, default in zip(made.args.kwonlyargs, made.args.kw_defaults):
        words = [it.value for it in ast.walk(argument.annotation) if isinstance(it, ast.Constant)]
        block = next((word for word in words if isinstance(word, str) and word.endswith("Args")), None)
        found[argument.arg] = (block, default is None)
    return found


def faults_of(kind, body, path):
    """Names that the provider does not know, has as a block where none is, or misses."""
    known = classes()[kind]
    faults = [f"{path} has no {name}" for name in body.keys() - known.keys()]
    faults += [f"{path} lacks {name}" for name, (_, required) in known.items() if required and name not in body]
    for name in body.keys() & known.keys():
        kind_of_block, _ = known[name]
        if kind_of_block:
            blocks = body[name] if isinstance(body[name], list) else [body[name]]
            faults += [fault for block in blocks for fault in faults_of(kind_of_block, block, f"{path}.{name}")]
    return faults


def plain(value):
    """What hcl2 read, without its own marks: quotes are kept in texts and keys, `$${` stands for `${`."""
    if isinstance(value, dict):
        return {plain(name): plain(inner) for name, inner in value.items() if not name.startswith("__")}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, str) and value.startswith('"'):
        return json.loads(value.replace("\t", "\\t")).replace("$${", "${").replace("%%{", "%{")
    return value


def check(number, design, text, findings):
    resources = [
        (kind, name, body)
        for resource in plain(hcl2.loads(text))["resource"]
        for kind, named in resource.items()
        for name, body in named.items()
    ]
    faults = [fault for kind, _, body in resources for fault in faults_of(RESOURCES[kind], body, kind)]
    # the state that an apply would leave, as `terraform show -json` writes it
    state = [{"address": f"{kind}.{name}", "type": kind, "values": body} for kind, name, body in resources]
    shown = json.dumps({"values": {"root_module": {"resources": state}}})
    faults += misread("terraform-json", shown, design, left_out(findings))
    return [f"design {number}: {fault}" for fault in faults]


def main():
    files = list(exports("terraform"))
    with ProcessPoolExecutor(2) as pool:
        faults = list(pool.map(check, *zip(*files), chunksize=50))
    subject = "Terraform resources, python-hcl2 and the provider's arguments"
    conclude(subject, len(files), [fault for some in faults for fault in some])


if __name__ == "__main__":
    main()
