"""The logs that come with Darshan's package, as its report writes them: each becomes a load that can be estimated, or the
import says why not."""

import json
from pathlib import Path

import darshan

from common import answer, conclude

FILE_SYSTEM = {"deployment_type": "PERSISTENT_2", "storage_capacity_gib": 4800, "per_unit_storage_throughput": 500}


def check(log):
    """The reason if there is one, and the faults."""
    text = darshan.DarshanReport(str(log), read_all=True).to_json()
    imported, errors = answer("import", "-", "--from", "darshan", text=text)
    if not imported:
        return " ".join(error["message"] for error in errors), []
    scenario = imported["scenario"] | {"file_system": FILE_SYSTEM}
    # what is to be held is part of a requirement, not of a scenario
    scenario.pop("capacity", None)
    estimate, errors = answer("estimate", "-", text=json.dumps(scenario))
    return "", [] if estimate else [f"{log.name}: {error['field']}: {error['message']}" for error in errors]


def main():
    _, errors = answer("import", "-", "--from", "darshan", text="{}")
    if any(error["code"] == "INPUT-WORD" and error["value"] == "darshan" for error in errors):
        print("Darshan logs: skipped, for this fsx does not know the format")
        return
    logs = sorted(Path(darshan.__path__[0]).rglob("*.darshan"))
    # the reader of logs is not safe to call from two threads
    results = [check(log) for log in logs]
    for log, (reason, _) in zip(logs, results):
        if reason:
            print(f"Darshan logs: no load from {log.name}: {reason}")
    conclude("Darshan logs", len(logs), [fault for _, faults in results for fault in faults])


if __name__ == "__main__":
    main()
