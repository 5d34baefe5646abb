"""Answers as flat tables: one list of rows behind dicts, pandas, polars and Arrow.

Columns of a kind of answer are always the same, in the same order and of the same type, without rows too; a value that
is absent is ``None``.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from . import types
from ._reading import rate, tightest

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from ._base import Tabular

Row = tuple[Any, ...]
Columns = dict[str, type]


class Table(NamedTuple):
    """Names and types of the columns, and the rows."""

    columns: Columns
    rows: list[Row]


def rows(answer: Tabular) -> list[dict[str, Any]]:
    """Return one dict per row; which rows, say the functions below."""
    table = _table(answer)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def to_pandas(answer: Tabular) -> pandas.DataFrame:
    """Return a data frame; whole numbers and flags can be absent in it."""
    module = _module("pandas")
    table = _table(answer)
    kinds = {str: "object", float: "float64", int: "Int64", bool: "boolean"}
    columns = {
        name: module.Series(values, dtype=kinds[kind], name=name)
        for (name, kind), values in zip(table.columns.items(), _by_column(table), strict=True)
    }
    return module.DataFrame(columns, columns=list(table.columns))


def to_polars(answer: Tabular) -> polars.DataFrame:
    """Return a data frame."""
    module = _module("polars")
    table = _table(answer)
    kinds = {str: module.String, float: module.Float64, int: module.Int64, bool: module.Boolean}
    schema = {name: kinds[kind] for name, kind in table.columns.items()}
    frame: polars.DataFrame = module.DataFrame(dict(zip(table.columns, _by_column(table), strict=True)), schema=schema)
    return frame


def to_arrow(answer: Tabular) -> pyarrow.Table:
    """Return an Arrow table."""
    module = _module("pyarrow")
    table = _table(answer)
    kinds = {str: module.string(), float: module.float64(), int: module.int64(), bool: module.bool_()}
    schema = module.schema([(name, kinds[kind]) for name, kind in table.columns.items()])
    return module.table(dict(zip(table.columns, _by_column(table), strict=True)), schema=schema)


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ImportError(f"this needs {name}: pip install {name}", name=name) from error


def _by_column(table: Table) -> list[list[Any]]:
    return [[row[place] for row in table.rows] for place in range(len(table.columns))]


def _table(answer: Tabular) -> Table:
    columns, build = _TABLES[type(answer)]
    if columns is None:
        return _catalog(answer)
    convert = [float if kind is float else None for kind in columns.values()]
    made = []
    for row in build(answer):
        pairs = zip(row, convert, strict=True)
        made.append(tuple(value if value is None or kind is None else kind(value) for value, kind in pairs))
    return Table(columns, made)


def _range(name: str) -> Columns:
    return {f"{name}_low": float, f"{name}_mid": float, f"{name}_high": float}


def _ends(of: types.Range | None) -> Row:
    return (None, None, None) if of is None else (of.low, of.mid, of.high)


_ESTIMATE: Columns = {
    "workload": str, "limit": str, "unit": str, "sustained_value": float, "sustained_utilization": float,
    "burst_value": float, "burst_utilization": float, "is_bottleneck": bool, "is_burst_bottleneck": bool,
    "formula": str, "formula_burst": str,
}  # fmt: skip


def _estimate(it: types.Estimate) -> Iterator[Row]:
    """A row per workload and limit; burst columns are ``None`` where nothing bursts."""
    for load in it.workloads:
        for limit in load.limits:
            burst = (limit.burst.value, limit.burst.utilization) if limit.burst else (None, None)
            stops_burst = load.burst is not None and load.burst.bottleneck == limit.id
            yield (load.name, limit.id, limit.unit, limit.sustained.value, limit.sustained.utilization, *burst,
                   load.sustained.bottleneck == limit.id, stops_burst, limit.formula, limit.formula_burst)  # fmt: skip


_PLAN: Columns = {
    "place": str, "family": str, "deployment_type": str, "storage_type": str, "storage_capacity_gib": int,
    "per_unit_storage_throughput": int, "throughput_capacity_mb_per_s": int, "efa_enabled": bool,
    "usd_per_month": float, "is_partial": bool, "tightest_target": str, "tightest_margin": float, "next_limit": str,
    "met_share": float, "full_after_months": float,
}  # fmt: skip


def _plan(it: types.Plan) -> Iterator[Row]:
    """A row per file system that meets the targets: the ``best``, then each ``alternative``.

    What other amounts of everything cost is in ``plan.frontier``, and why the others fell out in ``plan.rejections``.
    """
    found = [("best", it.best)] if it.best else []
    for place, of in [*found, *(("alternative", of) for of in it.alternatives)]:
        fs, worst = of.file_system, tightest(of.targets)
        target = (worst.workload, worst.margin, worst.limit) if worst else (None, None, None)
        yield (place, of.family, fs.deployment_type, fs.storage_type, fs.storage_capacity_gib,
               fs.per_unit_storage_throughput, fs.throughput_capacity_mb_per_s, fs.efa_enabled, of.cost.usd_per_month,
               of.cost.partial, *target, of.met_share, of.full_after_months)  # fmt: skip


_WHAT_IFS: Columns = {
    "change": str, "field": str, "value": str, "fix": str, "workload": str, "unit": str, "sustained_now": float,
    "sustained": float, "ratio": float, "bottleneck": str, "usd_per_month": float,
}  # fmt: skip


def _what_ifs(it: types.WhatIfs) -> Iterator[Row]:
    """A row per change and workload, rates at mid."""
    for of in it.what_ifs:
        cost = of.cost.usd_per_month if of.cost else None
        for now, then, ratio in zip(it.estimate.workloads, of.estimate.workloads, of.ratios, strict=True):
            before, after = rate(now.sustained), rate(then.sustained)
            yield (of.change, of.field, of.value, of.fix, now.name, before.unit, before.range.mid, after.range.mid, ratio,
                   then.sustained.bottleneck, cost)  # fmt: skip


_COMPARED: Columns = {
    "workload": str, "design": str, "unit": str, "sustained": float, "burst": float, "seconds": float, "ratio": float,
    "usd_per_month": float,
}  # fmt: skip


def _compared(it: types.Compared) -> Iterator[Row]:
    """A row per workload and design."""
    for load in it.workloads:
        figures = zip(it.designs, load.sustained, load.burst, load.seconds, load.ratio, strict=True)
        for design, *values in figures:
            cost = design.estimate.cost
            yield (load.name, design.name, load.unit, *values, cost.usd_per_month if cost else None)


_COST: Columns = {
    "item": str, "quantity": float, "unit": str, "rate_usd": float, "usd_per_month": float, "source": str, "as_of": str,
    "status": str,
}  # fmt: skip


def _cost(it: types.Cost | types.Priced) -> Iterator[Row]:
    """A row per line; what is billed and not counted is in ``missing``."""
    for of in it.lines:
        yield (of.item, of.quantity, of.unit, of.rate_usd, of.usd_per_month, of.source, of.as_of, of.status)


_REVERSED: Columns = {
    "workload": str, "unit": str, **_range("sustained"), **_range("burst"), "bottleneck": str, "offered": float,
    "times": float, "clients_now": int, "clients_most": int, "clients_saturating": int, "offered_by_each": float,
}  # fmt: skip


def _reversed(it: types.Reversed) -> Iterator[Row]:
    """A row per workload."""
    for of in it.workloads:
        count = of.clients
        yield (of.name, of.unit, *_ends(of.sustained), *_ends(of.burst), of.bottleneck, of.offered, of.times, count.now,
               count.most, count.saturating, count.each)  # fmt: skip


_BREAK_EVEN: Columns = {
    "clients": int, "efa_from_mb_per_s": float, "efa_usd_per_month": float, "ena_usd_per_month": float,
    "ena_up_to_mb_per_s": float, "efa_up_to_mb_per_s": float, "reason": str,
}  # fmt: skip


def _break_even(it: types.EfaBreakEven) -> Iterator[Row]:
    """A row per number of clients, dollars at the break-even; the grid behind it is in ``cells``."""
    for of in it.rows:
        found = of.break_even
        bought = [side.usd_per_month if side else None for side in (found.efa, found.ena)] if found else [None, None]
        yield (of.clients, found.from_mb_per_s if found else None, *bought, of.ena_up_to_mb_per_s, of.efa_up_to_mb_per_s,
               of.reason)  # fmt: skip


_ACCURACY: Columns = {
    "id": str, "case": str, "family": str, "system": str, "grade": str, "workload": str, "figure": str, "unit": str,
    "measured": float, **_range("predicted"), "inside": bool, **_range("left_out"), "inside_left_out": bool,
    "ceilings": float, "provisioned": float, "source": str,
}  # fmt: skip


def _accuracy(it: types.Accuracy) -> Iterator[Row]:
    """A row per measurement."""
    for of in it.rows:
        yield (of.id, of.case, of.family, of.system, of.grade, of.workload, of.figure, of.unit, of.measured,
               *_ends(of.predicted), of.inside, *_ends(of.left_out), of.inside_left_out, of.ceilings, of.provisioned,
               of.source)  # fmt: skip


_KINDS: dict[Any, type] = {float | None: float, int | None: int, str | None: str, bool: bool}
_FIGURES: Columns = {
    field.name: _KINDS[field.type] for field in msgspec.structs.fields(types.Figures) if field.type in _KINDS
}
_PRESETS: Columns = {"id": str, "kind": str, "title": str, **_FIGURES, "status": str, "as_of": str, "note": str,
                     "sources": str}  # fmt: skip


def _presets(it: types.Presets) -> Iterator[Row]:
    """A row per preset with the figures of all kinds; phases of benchmarks are in ``figures.phases``."""
    for of in it.presets:
        figures = (getattr(of.figures, name) for name in _FIGURES)
        yield (of.id, of.kind, of.title, *figures, of.status, of.as_of, of.note, " ".join(of.sources))


def _catalog(it: Any) -> Table:
    """The table with its own columns; lists of a cell are written with spaces."""
    made = [tuple(" ".join(map(str, of)) if isinstance(of, (list, tuple)) else of for of in row) for row in it.rows]
    columns = {column.name: _kind(row[place] for row in made) for place, column in enumerate(it.columns)}
    kinds = list(columns.values())
    return Table(columns, [tuple(map(_as, row, kinds)) for row in made])


def _kind(values: Iterable[object]) -> type:
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) == 1:
        return kinds.pop()
    return float if kinds == {int, float} else str


def _as(value: object, kind: type) -> object:
    return value if value is None else kind(value)


_TABLES: dict[type[Tabular], tuple[Columns | None, Callable[[Any], Iterable[Row]]]] = {
    types.Accuracy: (_ACCURACY, _accuracy),
    types.CatalogAnswer: (None, lambda it: ()),
    types.Compared: (_COMPARED, _compared),
    types.Cost: (_COST, _cost),
    types.EfaBreakEven: (_BREAK_EVEN, _break_even),
    types.Estimate: (_ESTIMATE, _estimate),
    types.Plan: (_PLAN, _plan),
    types.Presets: (_PRESETS, _presets),
    types.Priced: (_COST, _cost),
    types.Reversed: (_REVERSED, _reversed),
    types.WhatIfs: (_WHAT_IFS, _what_ifs),
}
