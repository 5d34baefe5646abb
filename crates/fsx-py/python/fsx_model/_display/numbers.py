"""Numbers and names for people, as the command line shows them."""

from __future__ import annotations

import re

from .. import types


def figure(value: float) -> str:
    """Return three significant digits, four from a thousand on: ``0.0123``, ``12.6``, ``12,600``, ``340k``."""
    size = abs(value)
    if size >= 999_500:
        return f"{figure(value / 1e6)}M"
    if size >= 99_950:
        return f"{value / 1e3:.0f}k"
    if size >= 9_999.5:
        return f"{round(value / 10) * 10:,}"
    if size >= 99.95:
        return f"{value:,.0f}"
    if size < 0.000_005:
        return "0"
    decimals = next((places for start, places in _DECIMALS if size >= start), 5)
    return f"{value:.{decimals}f}"


_DECIMALS = ((9.995, 1), (0.9995, 2), (0.099_95, 3), (0.009_995, 4))


def number(value: float) -> str:
    """Return a whole number in full, any other as a figure."""
    return f"{value:,.0f}" if float(value).is_integer() and abs(value) < 1e7 else figure(value)


def usd(value: float) -> str:
    """Return dollars with their cents: ``$10,584.00``."""
    if 0 < value < 0.005:
        return "<$0.01"
    return ("−" if value <= -0.005 else "") + f"${abs(value):,.2f}"


def price(value: float) -> str:
    """Return a price as it is printed: ``$0.000125``."""
    return f"${value:,.12f}".rstrip("0").rstrip(".")


def percent(share: float) -> str:
    """Return a share in percent; a little more than nothing is not nothing."""
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def times(ratio: float) -> str:
    """Return a ratio: ``×1.26``."""
    return f"×{figure(ratio)}"


# units as names of fields end
_UNITS = (
    ("_mb_per_s_per_accelerator", "MB/s per accelerator"),
    ("_usd_per_month", "$ a month"),
    ("_usd_per_epoch", "$ an epoch"),
    ("_usd_per_hour", "$ an hour"),
    ("_gib_per_month", "GiB a month"),
    ("_mb_per_s", "MB/s"),
    ("_per_s", "a second"),
    ("_percent", "%"),
    ("_usd", "$"),
    ("_gib", "GiB"),
    ("_mib", "MiB"),
    ("_ms", "ms"),
    ("_seconds", "s"),
    ("_s", "s"),
)
_SHARE = re.compile(r"(^|_)(share|utilization|goodput)(_|$)")


def words(field: str) -> tuple[str, str]:
    """Return a field's name in words, and the unit at its end."""
    for ending, unit in _UNITS:
        if f"_{field}".endswith(ending):
            name = f"_{field}".removesuffix(ending).lstrip("_") or field
            return name.replace("_", " "), unit
    return field.replace("_", " "), "share" if _SHARE.search(field) else ""


def quantity(value: float, unit: str) -> str:
    """Return a number as its unit is written."""
    if unit.startswith("$"):
        return f"{usd(value)} {unit[1:].strip()}".strip()
    if unit == "share":
        return f"{value:.0%}" if 0.1 <= value < 0.9 else f"{value:.1%}"
    return f"{number(value)} {unit}".strip()


def spread(of: types.Range, unit: str) -> str:
    """Return ``low–high``; empty if it is a point."""
    if of.low >= of.high:
        return ""
    if unit.startswith("$") or unit == "share":
        return f"{quantity(of.low, unit)}–{quantity(of.high, unit)}"
    return f"{number(of.low)}–{number(of.high)}"


def a_month(cost: types.Cost | types.Priced) -> str:
    """Return ``$10,584.00 a month``, or ``at least …`` where something is not counted."""
    return f"{'at least ' if cost.partial else ''}{usd(cost.usd_per_month)} a month"


def plural(count: int, one: str) -> str:
    """Return ``1 change``, ``2 changes``."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"
