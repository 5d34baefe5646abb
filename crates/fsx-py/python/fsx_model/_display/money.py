"""What is billed, line by line."""

from __future__ import annotations

from .. import types
from .numbers import a_month, number, price, usd
from .page import code, details, esc, para, source, table


def line(cost: types.Cost | types.Priced) -> str:
    """Return the sum in a line."""
    return f"<b>{esc(a_month(cost))}</b>, {esc(usd(cost.usd_per_hour))} an hour"


def lines(cost: types.Cost | types.Priced) -> str:
    """Return what is billed, and what is and cannot be counted."""
    head = ("billed", "quantity", "unit", "$ for one", "$ a month", "source", "of", "status")
    rows = [
        (code(it.item), number(it.quantity), esc(it.unit), esc(price(it.rate_usd)), esc(usd(it.usd_per_month)),
         source(it.source), esc(it.as_of or ""), esc(it.status))
        for it in cost.lines
    ]  # fmt: skip
    return table(head, rows, numeric=(1, 3, 4)) + missing(cost)


def missing(cost: types.Cost | types.Priced) -> str:
    """Return what is billed and not counted."""
    if not cost.missing:
        return ""
    rows = [(code(it.item), esc(it.reason)) for it in cost.missing]
    return para("Billed too, and not counted:", "warning") + table(("item", "why"), rows)


def brief(cost: types.Cost) -> str:
    """Return the sum, with its lines behind a click."""
    return para(line(cost)) + missing(cost) + details("cost lines", table_only(cost))


def table_only(cost: types.Cost) -> str:
    """Return the lines without what is missing."""
    return lines(cost.replace(missing=()))
