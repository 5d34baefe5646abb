"""The answers that are tables."""

from __future__ import annotations

from typing import Any

from .. import types
from .._reading import rate
from . import money
from .estimate import estimate, rests_on
from .generic import fields, records, scalar
from .numbers import a_month, figure, number, plural, times, usd
from .page import code, details, esc, findings, footer, heading, link, para, source, table
from .text import counted, named

_MOST_ROWS = 500


def priced(it: types.Priced) -> str:
    """Return the answer of ``price``."""
    found = heading("Findings") + findings(it.findings) if it.findings else ""
    return para(money.line(it)) + money.lines(it) + found + rests_on(it.assumptions, it.defaults) + footer(it.model)


def cost(it: types.Cost) -> str:
    """Return a cost."""
    return para(money.line(it)) + money.lines(it)


def checked(it: types.Checked) -> str:
    """Return the answer of ``check``."""
    files = records(it.file_systems) if it.file_systems else ""
    return para(f"<b>{esc(counted(it.findings) or 'no findings')}</b>") + findings(it.findings) + files


def catalog(it: types.CatalogAnswer) -> str:
    """Return a table of the catalog."""
    head = []
    for column in it.columns:
        unit = f"<br><small>{esc(column.unit)}</small>" if column.unit else ""
        head.append(f'<span title="{esc(column.meaning)}">{code(column.name)}</span>{unit}')
    names = [column.name for column in it.columns]
    numeric = [place for place in range(1, len(names)) if _numbers(row[place] for row in it.rows)]
    rows = [[_cell(name, of) for name, of in zip(names, row, strict=True)] for row in it.rows[:_MOST_ROWS]]
    more = para(f"… and {len(it.rows) - _MOST_ROWS:,} more", "dim") if len(it.rows) > _MOST_ROWS else ""
    title = heading(f"{esc(it.title)} <small>{code(it.table)}, {plural(len(it.rows), 'row')}</small>")
    return title + table(head, rows, numeric) + more


def _numbers(values: Any) -> bool:
    return all(value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)) for value in values)


def _cell(name: str, of: object) -> str:
    if of is None:
        return ""
    if isinstance(of, (list, tuple)):
        return esc(", ".join(scalar(name, item, exact=True) for item in of))
    if isinstance(of, str) and name == "source_id":
        return source(of)
    if isinstance(of, str):
        return link(of, esc(of))
    return esc(scalar(name, of, exact=True))


def what_ifs(it: types.WhatIfs) -> str:
    """Return the answer of ``what_if``."""
    loads = it.estimate.workloads
    head = ["change", "how"]
    for load in loads:
        head += [f"{esc(load.name)}<br><small>{rate(load.sustained).unit} sustained</small>", "× now"]
    today = a_month(it.estimate.cost) if it.estimate.cost else ""
    rows = [["as it is", ""]]
    for load in loads:
        rows[0] += [figure(rate(load.sustained).range.mid), ""]
    rows[0].append(esc(today))
    for of in it.what_ifs:
        row = [esc(of.change), f"{code(of.field)}: {esc(of.value) or 'none'} → {esc(of.fix)}"]
        for load, ratio in zip(of.estimate.workloads, of.ratios, strict=True):
            row += [figure(rate(load.sustained).range.mid), times(ratio)]
        rows.append([*row, esc(a_month(of.cost)) if of.cost else ""])
    shown = table([*head, "costs"], rows, numeric=range(2, len(head) + 1), best=0)
    return heading("One change at a time") + shown + details("the estimate as it is", estimate(it.estimate))


def compared(it: types.Compared) -> str:
    """Return the answer of ``compare``."""
    names = [esc(design.name) for design in it.designs]
    costs = [design.estimate.cost for design in it.designs]
    rows = [["costs", *(esc(a_month(of)) if of else "" for of in costs)]]
    for load in it.workloads:
        for title, values, unit in (
            ("sustained", load.sustained, load.unit),
            ("burst", load.burst, load.unit),
            ("all of it", load.seconds, "s"),
            ("times the first", load.ratio, ""),
        ):
            shown = ["" if value is None else f"{figure(value)} {esc(unit)}".strip() for value in values]
            if any(shown):
                rows.append([f"{esc(load.name)}: {title}", *shown])
    numeric = range(1, len(names) + 1)
    differ = [[code(of.field), *(esc(scalar(of.field, value, exact=True)) for value in of.values)] for of in it.differences]
    each = "".join(details(f"estimate of {name}", estimate(of.estimate)) for name, of in zip(names, it.designs, strict=True))
    differences = heading("They differ in") + table(["field", *names], differ) if differ else ""
    return table(["", *names], rows, numeric) + differences + each


def break_even(it: types.EfaBreakEven) -> str:
    """Return the answer of ``efa_break_even``."""
    rows = []
    for of in it.rows:
        found = of.break_even
        start = figure(found.from_mb_per_s) if found else ""
        rows.append([
            number(of.clients), start, _bought(found.efa if found else None), _bought(found.ena if found else None),
            _up_to(of.ena_up_to_mb_per_s), _up_to(of.efa_up_to_mb_per_s), esc(of.reason),
        ])  # fmt: skip
    head = ("clients", "EFA from, MB/s", "there with EFA", "there without", "without up to, MB/s", "with up to, MB/s", "why")
    cells = details(f"costs by clients and rate ({len(it.cells)})", records(it.cells) if it.cells else "")
    advised = para(f"advised by AWS above {number(it.advised_above_mb_per_s)} MB/s", "dim")
    noted = heading("Findings") + findings(it.findings) if it.findings else ""
    title = heading("From which rate EFA is cheaper, or the only way")
    shown = table(head, rows, numeric=(0, 1, 4, 5))
    return title + shown + advised + cells + noted + rests_on(it.assumptions, it.defaults) + footer(it.model)


def _bought(it: types.Bought | None) -> str:
    if it is None:
        return "none"
    least = "at least " if it.partial else ""
    return f"{esc(named(it.file_system, it.family))}<br><small>{least}{usd(it.usd_per_month)} a month</small>"


def _up_to(value: float | None) -> str:
    return "" if value is None else figure(value)


def accuracy(it: types.Accuracy) -> str:
    """Return the answer of ``accuracy``."""
    parts = [heading("How far off, by family"), records((*it.families, it.compared, it.all))]
    left = it.left_out
    parts.append(details("each case predicted by all others", records((*left.families, left.compared, left.all))))
    rows = [
        (code(of.id), code(of.figure), f"{figure(of.measured)} {esc(of.unit)}", figure(of.predicted.mid),
         f"{figure(of.predicted.low)}–{figure(of.predicted.high)}", "yes" if of.inside else "no", source(of.source))
        for of in it.rows
    ]  # fmt: skip
    head = ("measurement", "figure", "measured", "predicted", "90 % interval", "inside", "source")
    parts.append(details(f"measurements ({len(rows)})", table(head, rows, numeric=(2, 3, 4))))
    rest = fields(it, leave_out=("families", "compared", "all", "left_out", "rows"))
    return "".join(parts) + details("everything else", rest)
