"""Records as plain text: short, and true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import msgspec

from .. import types
from .._base import Input, Record
from .._reading import rate, size, tightest
from ..errors import line
from .numbers import a_month, figure, number, percent, plural, times, usd

_LONGEST = 200


def text(record: Record) -> str:
    """Return a summary of an answer that has one, else the fields that are given."""
    summary = _SUMMARIES.get(type(record))
    return summary(record) if summary else given(record)


def given(record: Record) -> str:
    """Return ``Name(field=value, …)`` with the fields that say something; of an input, all of them in full."""
    cut = not isinstance(record, Input)
    fields = []
    for name, value in given_fields(record):
        shown = _value(value, cut)
        if cut and len(shown) > _LONGEST:
            shown = _short(value)
        fields.append(f"{name}={shown}")
    return f"{type(record).__name__}({', '.join(fields)})"


def given_fields(record: Record) -> list[tuple[str, Any]]:
    """Return the fields that do not have their default."""
    defaults = _defaults(type(record))
    values = ((name, getattr(record, name)) for name in record.__struct_fields__)
    return [(name, value) for name, value in values if name not in defaults or value != defaults[name]]


@cache
def _defaults(cls: type[Record]) -> dict[str, Any]:
    fields = msgspec.structs.fields(cls)
    return {field.name: field.default for field in fields if field.default is not msgspec.NODEFAULT}


def _value(value: object, cut: bool) -> str:
    if isinstance(value, Record):
        return f"<{type(value).__name__}>" if type(value) in _SUMMARIES else given(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_value(item, cut) for item in value)}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key!r}: {_value(item, cut)}" for key, item in value.items()) + "}"
    return repr(value)


def _short(value: object) -> str:
    if isinstance(value, (list, tuple, Mapping)):
        return f"<{plural(len(value), 'item')}>"
    if isinstance(value, str):
        return repr(value[: _LONGEST // 2] + "…")
    return f"<{type(value).__name__}>"


def counted(findings: tuple[types.Finding, ...]) -> str:
    """Return ``1 error, 2 warnings``; empty if there is nothing."""
    numbers = Counter(finding.severity for finding in findings)
    names = (("error", "error"), ("warning", "warning"), ("advice", "suggestion"))
    return ", ".join(plural(numbers[severity], name) for severity, name in names if numbers[severity])  # type: ignore[index]


def _lines(head: str, lines: list[str], most: int = 12) -> str:
    more = [f"… and {len(lines) - most} more"] if len(lines) > most else []
    return "\n  ".join([head, *lines[:most], *more])


def _head(kind: str, *parts: str) -> str:
    return f"<{kind}: {', '.join(part for part in parts if part)}>"


def _reached(regime: types.Regime | types.Burst) -> str:
    of, unit = rate(regime)
    return f"{figure(of.mid)} {unit} ({figure(of.low)}–{figure(of.high)}), bottleneck {regime.bottleneck}"


def _estimate(it: types.Estimate) -> str:
    parts = [plural(len(it.workloads), "workload"), counted(it.findings)]
    lines = []
    for workload in it.workloads:
        burst = f"; burst {_reached(workload.burst)}" if workload.burst else ""
        lines.append(f"{workload.name}: {_reached(workload.sustained)}{burst}")
    return _lines(_head("Estimate", *parts, a_month(it.cost) if it.cost else ""), lines)


def named(file_system: types.FileSystem, family: str) -> str:
    """Return ``PERSISTENT_2 SSD 250, 48,000 GiB``."""
    field, value = size(file_system)
    unit = "GiB" if field.endswith("_gib") else "MB/s"
    return family if value is None else f"{family}, {value:,} {unit}"


def _proposal(it: types.Proposal) -> str:
    worst = tightest(it.targets)
    share = "" if it.met_share is None else f"met in {percent(it.met_share)} of the draws"
    margin = f"{worst.workload} {times(worst.margin)} of its target" if worst else ""
    return ", ".join(part for part in (named(it.file_system, it.family), a_month(it.cost), margin, share) if part)


def _plan(it: types.Plan) -> str:
    best = _proposal(it.best) if it.best else "no file system meets the targets"
    looked = f"{it.evaluations:,} evaluations ruled on {it.space_size:,} candidates"
    others = f"{plural(len(it.alternatives), 'alternative')}, {plural(len(it.rejections), 'rejection')}"
    updates = [f"{plural(len(it.updates), 'update')} from the current file system"] if it.updates else []
    errors = [line(finding) for finding in it.findings if it.best is None]
    return _lines(f"<Plan: {best}>", [looked, others, *updates, *errors])


def _what_ifs(it: types.WhatIfs) -> str:
    lines = []
    for what_if in it.what_ifs:
        gains = zip(it.estimate.workloads, what_if.ratios, strict=False)
        cost = f", {a_month(what_if.cost)}" if what_if.cost else ""
        lines.append(f"{what_if.change}: {', '.join(f'{load.name} {times(gain)}' for load, gain in gains)}{cost}")
    return _lines(_head("WhatIfs", plural(len(lines), "change")), lines)


def _compared(it: types.Compared) -> str:
    names = [design.name for design in it.designs]
    lines = []
    for workload in it.workloads:
        rates = zip(names, workload.sustained, strict=False)
        shown = ", ".join(f"{name} {'none' if value is None else figure(value)}" for name, value in rates)
        lines.append(f"{workload.name}: {shown} {workload.unit}")
    return _lines(_head("Compared", plural(len(names), "design"), plural(len(it.differences), "difference")), lines)


def _priced(it: types.Priced | types.Cost) -> str:
    missing = [f"missing: {part.item} ({part.reason})" for part in it.missing]
    return _lines(_head(type(it).__name__, a_month(it), plural(len(it.lines), "line")), missing)


def _checked(it: types.Checked) -> str:
    return _lines(_head("Checked", counted(it.findings) or "no findings"), [line(finding) for finding in it.findings])


def _catalog(it: types.CatalogAnswer) -> str:
    columns = ", ".join(column.name for column in it.columns)
    return f"<CatalogAnswer {it.table}: {it.title}, {plural(len(it.rows), 'row')}; {columns}>"


def _presets(it: types.Presets) -> str:
    return _lines(_head("Presets", plural(len(it.presets), "preset")), [preset.id for preset in it.presets])


def _accuracy(it: types.Accuracy) -> str:
    groups = [f"{group.id}: {percent(group.inside)} of {group.rows} rows inside" for group in (it.compared, it.all)]
    return _lines(_head("Accuracy", plural(len(it.rows), "row"), plural(len(it.families), "group")), groups)


def _break_even(it: types.EfaBreakEven) -> str:
    lines = []
    for row in it.rows:
        start = f"EFA from {figure(row.break_even.from_mb_per_s)} MB/s" if row.break_even else "no break-even"
        lines.append(f"{plural(row.clients, 'client')}: {start}")
    return _lines(_head("EfaBreakEven", plural(len(lines), "number") + " of clients"), lines)


def _reversed(it: types.Reversed) -> str:
    lines = [
        f"{load.name}: {figure(load.sustained.mid)} {load.unit} ({figure(load.sustained.low)}–"
        f"{figure(load.sustained.high)}), bottleneck {load.bottleneck}"
        for load in it.workloads
    ]
    return _lines(_head("Reversed", plural(len(lines), "workload")), lines)


def _burst_or_baseline(it: types.BurstOrBaseline) -> str:
    bought = [
        f"{name}: {named(of.file_system, of.family)}, {'at least ' if of.partial else ''}{usd(of.usd_per_month)} a month"
        for name, of in (("burst", it.burst), ("baseline", it.baseline))
        if of
    ]
    rate_asked = f"{number(it.throughput_mb_per_s)} MB/s"
    return _lines(_head("BurstOrBaseline", rate_asked, it.verdict or "no verdict"), [it.reason, *bought])


_SUMMARIES: dict[type[Record], Callable[[Any], str]] = {
    types.Accuracy: _accuracy,
    types.BurstOrBaseline: _burst_or_baseline,
    types.CatalogAnswer: _catalog,
    types.Checked: _checked,
    types.Compared: _compared,
    types.Cost: _priced,
    types.EfaBreakEven: _break_even,
    types.Estimate: _estimate,
    types.Plan: _plan,
    types.Presets: _presets,
    types.Priced: _priced,
    types.Proposal: lambda it: f"<Proposal: {_proposal(it)}>",
    types.Reversed: _reversed,
    types.WhatIfs: _what_ifs,
}
