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


def median(call, times, each=1):
    """Median time of a call, seconds, and that of its fastest and slowest quarter."""
    call()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        for _ in range(each):
            call()
        taken.append((time.perf_counter() - start) / each)
    return numpy.percentile(taken, [50, 25, 75])


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
    call = median(lambda: fsx.estimate(SCENARIO), 200, 50)
    whole = median(lambda: fsx.estimate_table(table, SCENARIO), 7)
    plain = median(lambda: minimum_of_ceilings(table), 7)
    after = rust()
    both = {name: (before[name] + after[name]) / 2 for name in before}

    print(f"estimate: Rust, JSON to JSON {both['estimate'] * 1e6:.0f} µs (before {before['estimate'] * 1e6:.0f}, "
          f"after {after['estimate'] * 1e6:.0f})")
    print(f"  Python, objects to objects {call[0] * 1e6:.0f} µs ({call[1] * 1e6:.0f} to {call[2] * 1e6:.0f}): "
          f"{(call[0] - both['estimate']) * 1e6:+.0f} µs")
    print(f"estimate_table, {ROWS:,} rows on {os.cpu_count()} cores: Rust {ROWS / both['table']:,.0f} rows/s "
          f"(before {ROWS / before['table']:,.0f}, after {ROWS / after['table']:,.0f})")
    print(f"  Python {ROWS / whole[0]:,.0f} rows/s: {both['table'] / whole[0]:.2f} of it")
    answers = fsx.estimate_table(table, SCENARIO)["throughput_mb_per_s"]
    off = numpy.abs(numpy.log(minimum_of_ceilings(table) / answers)) > numpy.log(1.1)
    print(f"  numpy, plain minimum of ceilings {ROWS / plain[0]:,.0f} rows/s: without cost, burst, time, latency and rules, "
          f"and off by more than a tenth in {off.mean():.0%} of the rows")


if __name__ == "__main__":
    main()
