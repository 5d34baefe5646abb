"""What several views read off an answer."""

from __future__ import annotations

from typing import NamedTuple

from . import types


class Rate(NamedTuple):
    """What a workload reaches in a regime, and the unit it is counted in."""

    range: types.Range
    unit: str


def rate(regime: types.Regime | types.Burst) -> Rate:
    """Return bytes, or of what moves none (metadata) operations."""
    if regime.throughput_mb_per_s is not None:
        return Rate(regime.throughput_mb_per_s, "MB/s")
    return Rate(regime.operations_per_s, "op/s")


def size(file_system: types.FileSystem) -> tuple[str, int | None]:
    """Return the field that says how large a file system is, and its value: elastic ones have a throughput."""
    if file_system.storage_capacity_gib is None:
        return "throughput_capacity_mb_per_s", file_system.throughput_capacity_mb_per_s
    return "storage_capacity_gib", file_system.storage_capacity_gib


def tightest(targets: tuple[types.TargetReached, ...]) -> types.TargetReached | None:
    """Return the target with the least to spare."""
    return min(targets, key=lambda target: target.margin, default=None)


def axis_end(workloads: tuple[types.WorkloadEstimate, ...]) -> float:
    """Return where an axis of limits ends: at the largest, or three times the prediction, but with all intervals on it.

    What is compared is small beside the largest limits, and bars have to begin at nothing to be true.
    """
    ends = []
    for workload in workloads:
        reached = [rate(regime).range for regime in (workload.sustained, workload.burst) if regime]
        loads = [load for limit in workload.limits for load in (limit.sustained, limit.burst) if load]
        largest = max((load.value for load in loads), default=0.0)
        ends.append(max(min(largest, 3 * max(it.mid for it in reached)), *(it.high for it in reached), 0.0))
    return max(ends, default=0.0)
