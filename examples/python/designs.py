"""Ten million designs of a file system with clients, by number; and one short table of what they come to.

The three sweeps share this module. All of it is pure: a number is the same design on any machine. What is summed up
are counts, least and most values, which have the same bits however the work is cut, and in whatever order it is done.
"""

from __future__ import annotations

import argparse
import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import fsx_model
import numpy
import pyarrow
import pyarrow.compute as compute

ROWS = 250_000
"""Designs of a batch: with their answers, about a hundred megabytes."""

SCENARIO = {
    "clients": {"instance_type": "p5.48xlarge"},
    "workloads": [{"name": "train", "direct_io": True, "file_size_mib": 1024, "file_count": 4096}],
}
"""What all designs have in common."""

KIND = ("file_system.deployment_type", "file_system.storage_type", "file_system.per_unit_storage_throughput")
NEEDED = ("file_system.drive_cache_type", "file_system.metadata_configuration.mode")
KINDS = (
    ("SCRATCH_2", "SSD", None, None, None),
    ("PERSISTENT_1", "HDD", 12, "NONE", None),
    ("PERSISTENT_1", "HDD", 40, "NONE", None),
    ("PERSISTENT_1", "SSD", 50, None, None),
    ("PERSISTENT_1", "SSD", 100, None, None),
    ("PERSISTENT_1", "SSD", 200, None, None),
    ("PERSISTENT_2", "SSD", 125, None, "AUTOMATIC"),
    ("PERSISTENT_2", "SSD", 250, None, "AUTOMATIC"),
    ("PERSISTENT_2", "SSD", 500, None, "AUTOMATIC"),
    ("PERSISTENT_2", "SSD", 1000, None, "AUTOMATIC"),
)
EFA = ("file_system.efa_enabled", "clients.interface")


def _each(*values: Any) -> list[tuple[Any]]:
    return [(value,) for value in values]


AXES: tuple[tuple[tuple[str, ...], Sequence[tuple[Any, ...]]], ...] = (
    (KIND + NEEDED, KINDS),
    (EFA, ((False, "ENA"), (True, "EFA"))),
    (("file_system.storage_capacity_gib",), _each(*range(1200, 120_001, 1200))),
    (("clients.count",), _each(1, 2, 4, 8, 16, 32, 64, 128, 256, 512)),
    (("workloads[0].processes_per_client",), _each(1, 2, 4, 8, 16, 32, 64, 96, 128, 192)),
    (("workloads[0].operation",), _each("read", "write")),
    (("workloads[0].io_size_kib",), _each(64, 256, 1024, 4096, 16384)),
    (("workloads[0].queue_depth",), _each(1, 2, 4, 8, 16)),
)
"""Fields that are set together, and their values. Not all are legal beside each other: why not, is an answer too."""

ALL = math.prod(len(values) for _, values in AXES)
# near the golden section of ALL, and prime to it: the first few designs are spread over all of them, none comes twice
_STRIDE = 6_180_339


def batch(numbers: Any) -> pyarrow.RecordBatch:
    """Return the designs with these numbers, a row each; every design has one number from 0 to ``ALL`` - 1."""
    place = numpy.asarray(numbers, dtype=numpy.int64) * _STRIDE % ALL
    columns = {}
    for fields, values in AXES:
        place, chosen = numpy.divmod(place, len(values))
        for field, cells in zip(fields, zip(*values, strict=True), strict=True):
            columns[field] = pyarrow.array(cells).take(pyarrow.array(chosen))
    return pyarrow.record_batch(columns)


def cuts(count: int = ALL, rows: int = ROWS) -> list[range]:
    """Return the numbers of the first ``count`` designs, a range for each batch."""
    if not 0 < count <= ALL:
        raise ValueError(f"there are 1 to {ALL:,} designs, not {count:,}")
    return [range(first, min(first + rows, count)) for first in range(0, count, rows)]


def batches(count: int = ALL, rows: int = ROWS) -> Iterator[pyarrow.RecordBatch]:
    """Yield the first ``count`` designs, batch by batch."""
    return map(batch, cuts(count, rows))


_KEYS = (*KIND, EFA[0])
_TOLD = {"designs": "sum", "legal": "sum", "usd_per_month": "min", "usd_per_gb_s": "min", "gb_per_s": "max"}
PART = pyarrow.schema(
    [
        *zip(_KEYS, (pyarrow.string(), pyarrow.string(), pyarrow.int64(), pyarrow.bool_()), strict=True),
        ("designs", pyarrow.int64()),
        ("legal", pyarrow.int64()),
        *((name, pyarrow.float64()) for name in ("usd_per_month", "usd_per_gb_s", "gb_per_s")),
    ]
)
"""Columns of a part of the summary."""


def parts(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    """Yield, for each batch of designs, what its answers come to: small enough to be sent about."""
    for answers in fsx_model.estimate_batches(batches, SCENARIO):
        gb_per_s = compute.divide(answers.column("throughput_mb_per_s"), 1000.0)
        columns = {name: answers.column(name) for name in (*_KEYS, "usd_per_month")} | {
            "designs": pyarrow.repeat(1, answers.num_rows),
            "legal": compute.cast(compute.is_null(answers.column("error_code")), "int64"),
            "usd_per_gb_s": compute.divide(answers.column("usd_per_month"), gb_per_s),
            "gb_per_s": gb_per_s,
        }
        grouped = _grouped(pyarrow.table([columns[name] for name in PART.names], names=PART.names))
        yield from grouped.combine_chunks().to_batches()


def summary(parts: Iterable[pyarrow.RecordBatch]) -> pyarrow.Table:
    """Return all parts, in whatever order they come, as one table: a row for each kind of file system."""
    return _grouped(pyarrow.Table.from_batches(parts, PART))


def _grouped(table: pyarrow.Table) -> pyarrow.Table:
    grouped = table.group_by(list(_KEYS)).aggregate(list(_TOLD.items()))
    columns = [*_KEYS, *(f"{name}_{how}" for name, how in _TOLD.items())]
    ordered = grouped.select(columns).rename_columns(PART.names).cast(PART)
    return ordered.sort_by([(key, "ascending") for key in _KEYS])


def text(summary: pyarrow.Table) -> str:
    """Return the summary to be read; the last word is the same only where every bit of it is."""
    lines = ["kind                  EFA   designs     legal  share  least $ $ per GB/s most GB/s"]
    for deployment, storage, tier, efa, designs, legal, *figures in zip(*summary.to_pydict().values(), strict=True):
        kind = " ".join(map(str, filter(None, (deployment, storage, tier))))
        told = ("–" if figure is None else f"{figure:,.2f}" for figure in figures)
        columns = f"{designs:9,} {legal:9,} {legal / designs:6.1%} {next(told):>8} {next(told):>10} {next(told):>9}"
        lines.append(f"{kind:21} {'yes' if efa else 'no':3} {columns}")
    designs, legal = (compute.sum(summary[name]).as_py() for name in ("designs", "legal"))
    bits = hashlib.sha256(repr(summary.to_pylist()).encode()).hexdigest()[:16]
    return "\n".join([*lines, f"{designs:,} designs, {legal:,} of them legal; bits {bits}"])


def asked() -> int:
    """Return how many designs the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--designs", type=int, default=ALL, help=f"how many, up to {ALL:,} (default)")
    return parser.parse_args().designs
