"""Draws legal designs from the catalog and exports each of them in every format."""

import json
import random
from collections import Counter

from common import WORK, answer, catalog, each

SEED = 20261126
COUNT = 1000
BATCH = 50
MOST_DRAWN = 10 * COUNT
FORMATS = ["aws-cli", "cloudformation", "terraform", "csi", "parallelcluster", "toml", "json"]
VERSION_OF = ["deployment_type", "metadata_configuration", "allowed"]
# where nothing larger is published
LARGEST_GIB = 2_000_000

EVENTS = [["NEW"], ["CHANGED"], ["NEW", "CHANGED"], ["NEW", "CHANGED", "DELETED"], []]
# texts that AWS takes and that a writer of YAML, HCL or lists may get wrong
AWKWARD = [
    "yes", "No", "on", "null", "true", "1e3", "0x1F", "017", "0o17", "1_000", "12:30:45", "2026-11-26", ".5", ".inf",
    "-", "- a", "a: b", "key:", "=", "a=b", "---", "...", " before", "after ", "", "größe", "名前", "\u00a0x",
    "a\u2028b", "@at", "+1", "1.0", "Owner/Team", "a:b=c",
]
DIRECTORIES = ["data", "a b", "größe", 'quote"d', "back\\slash", "${not.a.template}", "%{if}", "#hash", "it's", "tab\there"]
PREFIXES = ["raw", "a b", "50%", "größe", 'quote"d', "${x}", "back\\slash", "key: value", "{a}[b]", "&anchor *alias"]


def tables():
    """What of the catalog is drawn from."""
    names = ["sizes", "throughput", "versions", "metadata_values", "metadata_automatic", "figures"]
    return {name: catalog(name) for name in names}


def draw(dice, kind, known):
    """A design that may be legal."""
    deployment, storage, efa = kind["deployment_type"], kind["storage_type"], kind["efa_enabled"]
    system = {"deployment_type": deployment}
    if storage != "SSD" or dice.random() < 0.5:
        system["storage_type"] = storage
    if efa or dice.random() < 0.1:
        system["efa_enabled"] = efa
    if dice.random() < 0.6:
        system["data_compression_type"] = dice.choice(["NONE", "LZ4"])
    if storage == "INTELLIGENT_TIERING":
        elastic(dice, system, known)
    else:
        provisioned(dice, system, kind, known)
    if dice.random() < 0.6:
        of_kind = (deployment, "metadata_configuration" in system, True)
        versions = [row for row in known["versions"] if tuple(row[name] for name in VERSION_OF) == of_kind]
        system["file_system_type_version"] = dice.choice(versions)["version"]
    scenario = {"file_system": system}
    if deployment != "SCRATCH_1" and storage != "INTELLIGENT_TIERING" and dice.random() < 0.5:
        system["data_repository_associations"] = links(dice)
    elif dice.random() < 0.6:
        scenario["backup"] = backup(dice)
    if dice.random() < 0.8:
        scenario["deploy"] = deploy(dice, deployment)
    return scenario


def elastic(dice, system, known):
    figure = {row["id"]: row["value"] for row in known["figures"]}
    steps = dice.choice([1, 2, 3, 7, 25, int(figure["it_throughput_max_mb_per_s"] / figure["it_throughput_step_mb_per_s"])])
    system["throughput_capacity_mb_per_s"] = int(steps * figure["it_throughput_step_mb_per_s"])
    values = [row["iops"] for row in known["metadata_values"] if row["storage_type"] == "INTELLIGENT_TIERING"]
    system["metadata_configuration"] = {"mode": "USER_PROVISIONED", "iops": int(dice.choice(values))}
    mode = dice.choice(["NO_CACHE", "USER_PROVISIONED", "PROPORTIONAL_TO_THROUGHPUT_CAPACITY"])
    system["read_cache"] = {"sizing_mode": mode}
    if mode == "USER_PROVISIONED":
        least, most = figure["it_cache_min_gib_per_step"], figure["it_cache_max_gib_per_step"]
        system["read_cache"]["size_gib"] = dice.randint(int(steps * least), int(steps * most))


def provisioned(dice, system, kind, known):
    deployment, storage = kind["deployment_type"], kind["storage_type"]
    tiers = [
        row["per_unit_storage_throughput"]
        for row in known["throughput"]
        if (row["deployment_type"], row["storage_type"], row["basis"]) == (deployment, storage, "storage")
    ]
    tier = kind["per_unit_storage_throughput"] or dice.choice(tiers)
    if tier:
        system["per_unit_storage_throughput"] = int(tier)
    steps = int((kind["maximum_gib"] or LARGEST_GIB) // kind["step_gib"])
    multiple = int(kind["step_gib"] * round(steps ** dice.random()))
    system["storage_capacity_gib"] = int(dice.choice([*kind["small_sizes_gib"], multiple, multiple]))
    if storage == "HDD":
        system["drive_cache_type"] = dice.choice(["NONE", "READ"])
    if deployment == "PERSISTENT_2" and (kind["efa_enabled"] or dice.random() < 0.6):
        mode = dice.choice(["AUTOMATIC", "USER_PROVISIONED"])
        system["metadata_configuration"] = {"mode": mode}
        if mode == "USER_PROVISIONED":
            values = [row["iops"] for row in known["metadata_values"] if row["storage_type"] == "SSD"]
            iops = dice.choice(values if kind["efa_enabled"] else dice.choice([values, values[:2]]))
            system["metadata_configuration"]["iops"] = int(iops)
            # the largest file system on which so few are legal
            most = {row["iops"]: row["from_gib"] for row in known["metadata_automatic"] if not row["per_gib"]}
            if iops in most and not kind["efa_enabled"]:
                system["storage_capacity_gib"] = int(most[iops])


def links(dice):
    count = dice.randint(1, 8)
    made = []
    for i in range(count):
        directory = "/" if count == 1 and dice.random() < 0.3 else f"/{i}/{dice.choice(DIRECTORIES)}"
        prefix = dice.choice(["", "/", f"/{dice.choice(PREFIXES)}", f"/{dice.choice(PREFIXES)}/"])
        link = {"file_system_path": directory, "data_repository_path": f"s3://bucket-{i}.example{prefix}"}
        if dice.random() < 0.4:
            link["imported_file_chunk_size_mib"] = dice.choice([1, 512, 1024, 512_000])
        if dice.random() < 0.4:
            link["batch_import_metadata_on_create"] = dice.random() < 0.5
        if dice.random() < 0.6:
            link["auto_import"] = dice.choice(EVENTS)
        if dice.random() < 0.6:
            link["auto_export"] = dice.choice(EVENTS)
        made.append(link)
    return made


def clock(dice):
    return f"{dice.randint(0, 23):02}:{dice.randint(0, 59):02}"


def backup(dice):
    backup = {}
    if dice.random() < 0.8:
        backup["automatic_retention_days"] = dice.choice([0, 1, 7, 90])
    if dice.random() < 0.5:
        backup["daily_automatic_start_time"] = clock(dice)
    if dice.random() < 0.5:
        backup["copy_tags"] = dice.random() < 0.5
    return backup


def deploy(dice, deployment):
    number = lambda prefix: f"{prefix}-{dice.getrandbits(68):017x}"
    deploy = {}
    if dice.random() < 0.7:
        deploy["subnet_id"] = number("subnet")
    if dice.random() < 0.6:
        deploy["security_group_ids"] = [number("sg") for _ in range(dice.randint(1, 5))]
    if deployment.startswith("PERSISTENT") and dice.random() < 0.4:
        deploy["kms_key_id"] = dice.choice(["alias/fsx", "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd"])
    if dice.random() < 0.4:
        deploy["weekly_maintenance_start_time"] = f"{dice.randint(1, 7)}:{clock(dice)}"
    if dice.random() < 0.2:
        deploy["root_squash"] = dice.choice(["65534:65534", "10:20", "0:0"])
        if dice.random() < 0.5:
            deploy["no_squash_nids"] = ["10.0.1.6@tcp", "10.0.[2-10].[1-255]@tcp"]
    if dice.random() < 0.2:
        deploy["log_level"] = dice.choice(["DISABLED", "WARN_ONLY", "ERROR_ONLY", "WARN_ERROR"])
        if deploy["log_level"] != "DISABLED":
            deploy["log_destination"] = "arn:aws:logs:us-east-1:111122223333:log-group:/aws/fsx/lustre"
    if dice.random() < 0.6:
        keys = dice.sample([text for text in AWKWARD if text], dice.randint(1, 5))
        deploy["tags"] = {key: dice.choice(AWKWARD) for key in keys}
    return deploy


def is_legal(design):
    found, _ = answer("check", "-", text=json.dumps(design))
    return found is not None and all(finding["severity"] != "error" for finding in found["findings"])


def never_drawn(designs, known):
    """Which of the values that the catalog and the scenario know are in none of the designs."""
    seen = Counter()
    for design in designs:
        system, deploy = design["file_system"], design.get("deploy", {})
        storage = system.get("storage_type", "SSD")
        kind = (system["deployment_type"], storage, system.get("efa_enabled", False))
        metadata, cache = system.get("metadata_configuration", {}), system.get("read_cache", {})
        made = system.get("data_repository_associations", [])
        seen.update([kind, ("tier", *kind[:2], system.get("per_unit_storage_throughput"))])
        seen.update([("version", kind[0], system.get("file_system_type_version")), ("links", len(made))])
        seen.update([("metadata", metadata.get("mode")), ("iops", storage, metadata.get("iops"))])
        seen.update([("cache", cache.get("sizing_mode")), ("drive", system.get("drive_cache_type"))])
        seen.update([("compression", system.get("data_compression_type"))])
        seen.update(("events", *link.get("auto_import", [])) for link in made)
        seen.update(("deploy", name) for name in deploy)
        seen.update(("backup", name) for name in design.get("backup", {}))
        seen.update(("tag", text) for tag in deploy.get("tags", {}).items() for text in tag)
    wanted = {(row["deployment_type"], row["storage_type"], row["efa_enabled"]) for row in known["sizes"]}
    wanted |= {
        ("tier", row["deployment_type"], row["storage_type"], row["per_unit_storage_throughput"])
        for row in known["throughput"]
    }
    wanted |= {("version", row["deployment_type"], row["version"]) for row in known["versions"] if row["allowed"]}
    wanted |= {("iops", row["storage_type"], row["iops"]) for row in known["metadata_values"]}
    wanted |= {("links", count) for count in range(9)} | {("events", *events) for events in EVENTS}
    wanted |= {("tag", text) for text in AWKWARD} | {("drive", "NONE"), ("drive", "READ"), ("compression", "LZ4")}
    wanted |= {("metadata", mode) for mode in (None, "AUTOMATIC", "USER_PROVISIONED")}
    wanted |= {("cache", mode) for mode in ("NO_CACHE", "USER_PROVISIONED", "PROPORTIONAL_TO_THROUGHPUT_CAPACITY")}
    wanted |= {("deploy", name) for name in ("subnet_id", "security_group_ids", "kms_key_id", "root_squash", "log_level")}
    return [kind for kind in wanted if not seen[kind]]


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    dice = random.Random(SEED)
    known = tables()
    # most of what can be set belongs to this one
    kinds = known["sizes"] + 2 * [kind for kind in known["sizes"] if kind["deployment_type"] == "PERSISTENT_2"]
    legal = []
    drawn = 0
    while len(legal) < COUNT or never_drawn(legal, known):
        assert drawn < MOST_DRAWN, f"never drawn: {never_drawn(legal, known)}"
        batch = [draw(dice, kinds[(drawn + i) % len(kinds)], known) for i in range(BATCH)]
        drawn += len(batch)
        legal += [design for design, kept in zip(batch, each(is_legal, batch)) if kept]
    (WORK / "designs.json").write_text(json.dumps(legal))
    for form in FORMATS:
        answers = each(lambda design: answer("export", "-", "--to", form, text=json.dumps(design)), legal)
        written = [(number, exported) for number, (exported, _) in enumerate(answers) if exported]
        (WORK / f"{form}.json").write_text(json.dumps(written))
        # a cluster and the driver for Kubernetes cannot make an elastic file system, and say so
        elastic = {i for i, it in enumerate(legal) if it["file_system"].get("storage_type") == "INTELLIGENT_TIERING"}
        refused = {i for i, (exported, _) in enumerate(answers) if not exported}
        expected = elastic if form in ("csi", "parallelcluster") else set()
        assert refused == expected, f"{form}: refused {sorted(refused ^ expected)[:5]}"
    print(f"designs: {len(legal)} legal ones of {drawn} drawn, in {len(FORMATS)} formats")


if __name__ == "__main__":
    main()
