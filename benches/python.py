"""Times the Python package beside the same calls in Rust, in one run: `python benches/python.py`, with `fsx_model`
installed in that Python, numpy beside it, and cargo on the path.

Criterion times the Rust side (`benches/benches/python.rs`); the ratio is what counts.
"""

import json
import os
import subprocess
import time
from pathlib import Path

import fsx_model as fsx
import numpy

ROOT = Path(__file__).parents[1]
SCENARIO = fsx.Scenario.from_toml((ROOT / "examples/scenarios/training_reads.toml").read_text())
ROWS = 1_000_000


def rust():
    """Seconds of each bench of the group `python`."""
    words = ["cargo", "bench", "--quiet", "-p", "fsx-benches", "--features", "rayon", "--bench", "python"]
    subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "criterion/python"
    read = lambda name: json.loads((target / name / "new/estimates.json").read_text())
    return {name: read(name)["median"]["point_estimate"] / 1e9 for name in ("estimate", "table")}


def beside(call, other, times=400, each=20):
    """Median times of two calls that take turns, seconds, and the quarters of what the first takes more."""
    taken = numpy.empty((times, 2))
    for i in range(times):
        for j, one in enumerate((call, other)):
            start = time.perf_counter()
            for _ in range(each):
                one()
            taken[i, j] = (time.perf_counter() - start) / each
    return *numpy.median(taken, axis=0), *numpy.percentile(taken[:, 0] - taken[:, 1], [50, 25, 75])


def median(call, times):
    """Median time of a call, seconds."""
    call()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return numpy.median(taken)


def columns():
    i = numpy.arange(ROWS)
    return {
        "file_system.storage_capacity_gib": 2400 * (1 + i % 40),
        "clients.count": 1 + i % 200,
        "workloads[0].processes_per_client": 1 + i // 7 % 64,
    }


def minimum_of_ceilings(table):
    """What a notebook would do without a model: the least of three ceilings that grow in proportion."""
    base = fsx.estimate(SCENARIO)
    ceilings = {limit.id: limit.sustained.value for limit in base.workloads[0].limits}
    per_gib = table["file_system.storage_capacity_gib"] / SCENARIO.file_system.storage_capacity_gib
    per_client = table["clients.count"] / SCENARIO.clients.count
    parts = [(per_gib, "disk_throughput"), (per_gib, "server_network"), (per_client, "client_network")]
    return numpy.minimum.reduce([share * ceilings[part] for share, part in parts if part in ceilings])


def main():
    table = columns()
    before = rust()
    json_text = json.dumps(SCENARIO.to_dict())
    objects, text, more, least, most = beside(lambda: fsx.estimate(SCENARIO), lambda: fsx.call("estimate", json_text))
    whole = median(lambda: fsx.estimate_table(table, SCENARIO), 7)
    plain = median(lambda: minimum_of_ceilings(table), 7)
    after = rust()
    both = {name: (before[name] + after[name]) / 2 for name in before}

    print(f"estimate: Rust, JSON to JSON {both['estimate'] * 1e6:.0f} µs (before {before['estimate'] * 1e6:.0f}, "
          f"after {after['estimate'] * 1e6:.0f})")
    print(f"  Python, taking turns: JSON to JSON {text * 1e6:.0f} µs, objects to objects {objects * 1e6:.0f} µs: "
          f"{more * 1e6:+.0f} µs ({least * 1e6:+.0f} to {most * 1e6:+.0f})")
    print(f"estimate_table, {ROWS:,} rows on {os.cpu_count()} cores: Rust {ROWS / both['table']:,.0f} rows/s "
          f"(before {ROWS / before['table']:,.0f}, after {ROWS / after['table']:,.0f})")
    print(f"  Python {ROWS / whole:,.0f} rows/s: {both['table'] / whole:.2f} of it")
    answers = fsx.estimate_table(table, SCENARIO)["throughput_mb_per_s"]
    off = numpy.abs(numpy.log(minimum_of_ceilings(table) / answers)) > numpy.log(1.1)
    print(f"  numpy, plain minimum of ceilings {ROWS / plain:,.0f} rows/s: without cost, burst, time, latency and rules, "
          f"and off by more than a tenth in {off.mean():.0%} of the rows")


if __name__ == "__main__":
    main()
