"""What the checks share: the program, the designs with their exports, and the faults found.

Every check is run as `python3 CHECK.py FSX WORK`: the program, and the folder in which `designs.py` put the designs.
"""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FSX = sys.argv[1]
WORK = Path(sys.argv[2])
SHOWN = 10
PLACEHOLDER_SUBNET = "subnet-0123456789abcdef0"


def fsx(*arguments, text=None):
    """Runs the program; gives its status, output and errors."""
    given = None if text is None else text.encode()
    done = subprocess.run([FSX, *arguments], input=given, capture_output=True)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def answer(*arguments, text=None):
    """What a call with `--json` answers, or None if it refuses, and its faults."""
    status, out, err = fsx(*arguments, "--json", text=text)
    if status not in (0, 1, 2) or "panicked" in err:
        raise SystemExit(f"fsx {' '.join(arguments)}: status {status}\n{err}")
    envelope = json.loads(out)
    return envelope.get("ok"), envelope.get("errors", [])


def catalog(table):
    """The rows of a table of the catalog."""
    found, _ = answer("catalog", table)
    names = [column["name"] for column in found["columns"]]
    return [dict(zip(names, row)) for row in found["rows"]]


def each(work, items):
    """Does the work for every item, two at a time; gives the results in order."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(work, items))


def designs():
    """The designs by their number."""
    return dict(enumerate(json.loads((WORK / "designs.json").read_text())))


def exports(form):
    """Number, design, text and findings of every export that there is in a format."""
    all_designs = designs()
    for number, exported in json.loads((WORK / f"{form}.json").read_text()):
        yield number, all_designs[number], exported["text"], exported["findings"]


def left_out(findings):
    """The fields that an export says it could not express."""
    return {finding["field"] for finding in findings if finding["code"] == "FSX-EXPORT-LEFT-OUT"}


def pruned(value):
    """The same without what says nothing: null, false, zero, empty text, lists and tables. An empty tag is one."""
    if isinstance(value, dict):
        value = {name: inner if name == "tags" else pruned(inner) for name, inner in value.items()}
        return {name: inner for name, inner in value.items() if inner not in (None, False, 0, "", [], {})}
    return [pruned(inner) for inner in value] if isinstance(value, list) else value


VERSIONS = {}


def newest(deployment, metadata):
    """The version that the project takes if none is given."""
    if not VERSIONS:
        for row in catalog("versions"):
            if row["default_version"]:
                VERSIONS[row["deployment_type"], row["metadata_configuration"]] = row["version"]
    return VERSIONS[deployment, metadata]


def settled(scenario):
    """What is to be made, with every default filled in, as fields by dotted name."""
    scenario = pruned({name: scenario.get(name) for name in ("file_system", "backup", "deploy")})
    # where it is, once it is made
    for name in ("file_system_id", "dns_name", "mount_name"):
        scenario.get("deploy", {}).pop(name, None)
    system = scenario["file_system"]
    system.setdefault("storage_type", "SSD")
    system.setdefault("data_compression_type", "NONE")
    system.setdefault("file_system_type_version", newest(system["deployment_type"], "metadata_configuration" in system))
    scenario.setdefault("deploy", {}).setdefault("subnet_id", PLACEHOLDER_SUBNET)
    for link in system.get("data_repository_associations", []):
        link.setdefault("imported_file_chunk_size_mib", 1024)
    return flat(scenario)


def flat(table, before=""):
    """The fields of tables in tables by dotted name; tags and lists stay whole."""
    fields = {}
    for name, value in table.items():
        path = before + name
        is_table = isinstance(value, dict) and name != "tags"
        fields.update(flat(value, f"{path}.") if is_table else {path: value})
    return fields


def differences(expected, found, but=()):
    """What two settled designs differ in, but for fields, or tables, named."""
    names = sorted(expected.keys() | found.keys())
    names = [name for name in names if not any(name == it or name.startswith(f"{it}.") for it in but)]
    return [
        f"{name}: {expected.get(name)!r} became {found.get(name)!r}"
        for name in names
        if expected.get(name) != found.get(name)
    ]


def misread(form, text, design, but=()):
    """What a text, read by the importer, says other than the design it was made from, but for fields named."""
    imported, errors = answer("import", "-", "--from", form, text=text)
    if not imported:
        return [f"import refused: {errors}"]
    return differences(settled(design), settled(imported["scenario"]), but)


def conclude(subject, count, faults):
    """Ends the check: a line that says how much was looked at, or the first faults."""
    if faults:
        listed = "\n".join(f"  {fault}" for fault in faults[:SHOWN])
        sys.exit(f"{subject}: {len(faults)} faults in {count}\n{listed}")
    if not count:
        sys.exit(f"{subject}: nothing was checked")
    print(f"{subject}: {count} accepted")
