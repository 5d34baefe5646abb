#!/usr/bin/env python3
"""Times `plan` beside the capacity planner that Netflix publishes, in the same run.

    python3 benches/peers/netflix_planner.py

installs service-capacity-modeling 0.3.212 in a virtual environment under target/peers, times its `plan_certain` and
`plan` (128 samples) for org.netflix.cassandra, runs this repository's plan bench in between, and writes both with their
ratio. It plans another service from another, larger set of candidates with richer models of demand; read the ratio as
"this is what a planner people use takes", not as a comparison of the same work. Evaluations per second stand beside it.
"""

import json
import os
import statistics
import subprocess
import sys
import time
import venv
from pathlib import Path

PACKAGE = "service-capacity-modeling==0.3.212"
MODEL = "org.netflix.cassandra"
REGION = "us-east-1"
SAMPLES = 128
CERTAIN_RUNS = 20
UNCERTAIN_RUNS = 2
ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
BENCHES = {"one workload": "plan, one workload", "four workloads": "plan, four workloads", "128 draws": "plan, 128 draws"}
CERTAIN, UNCERTAIN = "plan_certain", f"plan, {SAMPLES} samples"


def peer_times():
    """Seconds of each call, and model evaluations of one. Runs inside the virtual environment."""
    from service_capacity_modeling.capacity_planner import planner
    from service_capacity_modeling.interface import (
        CapacityDesires, DataShape, Interval, QueryPattern, certain_int,
    )

    evaluations = 0
    model = planner.models[MODEL]
    capacity_plan = model.capacity_plan

    def counted(*args, **kwargs):
        nonlocal evaluations
        evaluations += 1
        return capacity_plan(*args, **kwargs)

    def interval(low, mid, high):
        return Interval(low=low, mid=mid, high=high, confidence=0.9)

    def desires(reads, writes, size_gib):
        query = QueryPattern(estimated_read_per_second=reads, estimated_write_per_second=writes)
        return CapacityDesires(
            service_tier=1, query_pattern=query, data_shape=DataShape(estimated_state_size_gib=size_gib),
        )

    certain = desires(certain_int(10_000), certain_int(10_000), certain_int(500))
    rates = interval(1_000, 10_000, 100_000)
    uncertain = desires(rates, rates, interval(100, 100, 1_000))
    calls = {
        CERTAIN: (CERTAIN_RUNS, lambda: planner.plan_certain(MODEL, REGION, certain)),
        UNCERTAIN: (UNCERTAIN_RUNS, lambda: planner.plan(MODEL, REGION, uncertain, simulations=SAMPLES)),
    }
    times = {}
    for name, (runs, call) in calls.items():
        model.capacity_plan, evaluations = counted, 0
        call()
        model.capacity_plan, counts = capacity_plan, evaluations
        seconds = []
        for _ in range(runs):
            begun = time.perf_counter()
            call()
            seconds.append(time.perf_counter() - begun)
        times[name] = {"seconds": statistics.median(seconds), "evaluations": counts}
    return times


def environment():
    """Python of a virtual environment with the package."""
    folder = TARGET / "peers" / "venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        venv.create(folder, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE], check=True)
    return python


def own_times():
    """Seconds of a plan, and what it ruled on, from this repository's bench."""
    command = ["cargo", "bench", "--package", "fsx-benches", "--bench", "plan", "--", "whole answer"]
    bench = subprocess.run(command, cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE)
    times = {}
    for name, group in BENCHES.items():
        words = next(line for line in bench.stdout.splitlines() if line.startswith(f"{name}:")).split()
        found = TARGET / "criterion" / group / "whole answer" / "new" / "estimates.json"
        seconds = json.loads(found.read_text())["median"]["point_estimate"] / 1e9
        times[name] = {"seconds": seconds, "evaluations": int(words[2]), "candidates": int(words[6])}
    return times


def show(name, row, against):
    rate = row["evaluations"] / row["seconds"]
    ratio = f"{against / row['seconds']:>9,.0f}" if against else ""
    print(f"  {name:<34} {row['seconds'] * 1e3:>12,.2f} ms {row['evaluations']:>9,} {rate:>14,.0f} {ratio}")


def main():
    if sys.argv[1:] == ["--peer"]:
        print(json.dumps(peer_times()))
        return
    python = environment()
    peer = json.loads(subprocess.run([python, __file__, "--peer"], check=True, text=True, stdout=subprocess.PIPE).stdout)
    own = own_times()
    print(f"  {'':<34} {'median':>15} {'evaluated':>9} {'evaluations/s':>14} {'× faster':>9}")
    for name, row in peer.items():
        show(f"{PACKAGE.split('==')[0]}: {name}", row, None)
    for name, row in own.items():
        same = UNCERTAIN if name == f"{SAMPLES} draws" else CERTAIN
        show(f"fsx-model: plan, {name}", row, peer[same]["seconds"])
    candidates = own["one workload"]["candidates"]
    print("\n× faster: against plan_certain, of draws against its samples. Another service, another set of candidates:")
    print(f"fsx-model rules on {candidates:,} file systems, most of them by bounds; the other evaluates each of its")
    print("candidates with a richer model.")


if __name__ == "__main__":
    main()
