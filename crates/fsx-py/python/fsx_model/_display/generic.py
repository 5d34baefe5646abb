"""Any record as a table of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import types
from .._base import Input, Record
from .numbers import number, price, quantity, spread, words
from .page import code, details, esc, findings, source, sources, table
from .text import given_fields

_MOST_ROWS = 200


def fields(record: Record, leave_out: tuple[str, ...] = ()) -> str:
    """Return the fields that are given, nested ones behind a click."""
    exact = isinstance(record, Input)
    rows = [(code(name), value(name, of, exact)) for name, of in given_fields(record) if name not in leave_out]
    return table(("", ""), rows)


def value(name: str, of: Any, exact: bool = False) -> str:
    """Return the value of a field as HTML."""
    if isinstance(of, types.Range):
        return esc(_range(name, of))
    if isinstance(of, Record):
        return details(type(of).__name__, fields(of) or "nothing given")
    if isinstance(of, Mapping):
        return details(f"{len(of)} named", table(("", ""), [(code(key), value(key, it, exact)) for key, it in of.items()]))
    if isinstance(of, (list, tuple)):
        return _list(name, of, exact)
    if name == "source":
        return source(of)
    return esc(scalar(name, of, exact))


def scalar(name: str, of: object, exact: bool = False) -> str:
    """Return a plain value as text; of an input, with every digit."""
    if of is None:
        return "none"
    if isinstance(of, bool):
        return "true" if of else "false"
    if isinstance(of, (int, float)):
        if name == "rate_usd":
            return price(of)
        if exact or isinstance(of, int):
            return f"{of:,}"
        unit = words(name)[1]
        return quantity(of, unit) if unit.startswith("$") else number(of)
    return str(of)


def _range(name: str, of: types.Range) -> str:
    unit = words(name)[1]
    between = spread(of, unit)
    return quantity(of.mid, unit) + (f" ({between})" if between else "")


def _list(name: str, of: Any, exact: bool) -> str:
    if not of:
        return "none"
    if isinstance(of[0], types.Finding):
        return findings(of)
    if isinstance(of[0], Record):
        return details(f"{len(of)} × {type(of[0]).__name__}", records(of))
    if name == "sources":
        return sources(of)
    shown = ", ".join(scalar(name, item, exact) for item in of[:_MOST_ROWS])
    more = f" … and {len(of) - _MOST_ROWS:,} more" if len(of) > _MOST_ROWS else ""
    return esc(shown + more)


def records(of: tuple[Record, ...]) -> str:
    """Return records of one kind as a table, a row each."""
    shown = of[:_MOST_ROWS]
    exact = isinstance(of[0], Input)
    used = {name for record in shown for name, _ in given_fields(record)}
    names = [name for name in of[0].__struct_fields__ if name in used]
    numeric = [place for place, name in enumerate(names) if place and _numeric(shown, name)]
    rows = [[value(name, held, exact) if (held := getattr(record, name)) not in (None, ()) else "" for name in names]
            for record in shown]  # fmt: skip
    more = f"<p>… and {len(of) - _MOST_ROWS:,} more</p>" if len(of) > _MOST_ROWS else ""
    return table([code(name) for name in names], rows, numeric) + more


def _numeric(of: tuple[Record, ...], name: str) -> bool:
    values = [getattr(record, name) for record in of]
    held = [it for it in values if it is not None]
    return all(isinstance(it, (int, float)) and not isinstance(it, bool) for it in held)
