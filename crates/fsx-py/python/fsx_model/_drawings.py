"""Answers drawn: what :func:`fsx_model.plot.draw` chooses from."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import fill
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from . import types
from ._display.numbers import a_month, figure
from ._display.text import named
from ._reading import Rate, axis_end, rate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# of the palette of Okabe and Ito, but for the two that are paler
BLUE, SKY, ORANGE, GREY = "#0072B2", "#9ccbe8", "#D55E00", "#6b6b6b"
_OTHERS = ("#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#F0E442")
THOUSANDS = "{x:,.10g}"


def new_axes(ax: Axes | None, bars: int = 0) -> Axes:
    """Return the axes, or those of a new figure that has room for so many bars."""
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise ImportError("drawings need matplotlib: pip install fsx-model[plot]", name="matplotlib") from error
    return pyplot.subplots(figsize=(8, max(4.5, 1 + 0.24 * bars)), layout="constrained")[1]


class _Bar(NamedTuple):
    label: str
    limit: types.LimitEstimate
    stops: bool
    reached: Rate


def _limits(answer: types.Estimate, ax: Axes | None) -> Axes:
    """Sustained limits of all workloads on one axis; what is larger than it is cut, and said by its number."""
    ax = new_axes(ax, sum(len(load.limits) for load in answer.workloads))
    several = len(answer.workloads) > 1
    bars = [
        _Bar(
            f"{load.name}: {of.id}" if several else of.id, of, of.id == load.sustained.bottleneck, rate(load.sustained)
        )
        for load in answer.workloads
        for of in load.limits
    ]
    end = axis_end(answer.workloads)
    for place, bar in enumerate(bars):
        load = bar.limit.sustained
        ax.barh(place, load.value, height=0.7, color=ORANGE if bar.stops else SKY)
        ax.text(
            min(load.value, end), place, f" {figure(load.value)}{' →' if load.value > end else ''}", va="center",
            fontsize="small", fontweight="bold" if bar.stops else "normal",
        )  # fmt: skip
    _intervals(ax, answer)
    ax.set_yticks(range(len(bars)), [f"▶ {bar.label}" if bar.stops else bar.label for bar in bars])
    ax.invert_yaxis()
    ax.set_xlim(0, end * 1.15 or 1)
    ax.xaxis.set_major_formatter(THOUSANDS)
    units = sorted({bar.limit.unit for bar in bars})
    ax.set_xlabel(f"sustained limit, {' or '.join(units)}" if units else "no workloads")
    ax.set_title(
        "▶ bottleneck · line: predicted, band: nine of ten such runs" if bars else "no workloads to estimate",
        loc="left", fontsize="medium",
    )  # fmt: skip
    return ax


def _intervals(ax: Axes, answer: types.Estimate) -> None:
    first = 0
    for load in answer.workloads:
        of = rate(load.sustained).range
        low, high = first - 0.45, first + len(load.limits) - 0.55
        ax.fill_between([of.low, of.high], low, high, color="black", alpha=0.16, lw=0)
        ax.vlines(of.mid, low, high, color="black", lw=1.5)
        first += len(load.limits)


def _frontier(answer: types.Plan, ax: Axes | None) -> Axes:
    """What money buys, or with ``least_total`` saves; the winner is marked on it, else as a line at its cost."""
    ax = new_axes(ax)
    points, what, title = _curve(answer)
    ax.plot([of.usd_per_month for of in points], [of.value for of in points], color=BLUE, marker="o", zorder=2)
    best = answer.best
    if best is not None:
        label = f"best: {named(best.file_system, best.family)}\n{a_month(best.cost)}"
        same = [of for of in points if of.file_system == best.file_system]
        if same:
            where = ([of.usd_per_month for of in same], [of.value for of in same])
            ax.plot(*where, color=ORANGE, marker="*", ms=16, ls="", zorder=3, label=label)
        else:
            ax.axvline(best.cost.usd_per_month, color=ORANGE, ls="--", label=label)
        ax.legend(loc="lower right" if answer.frontier else "best", frameon=False)
    for place, of in enumerate(points):
        if place and points[place - 1].family == of.family:
            continue
        ax.annotate(
            of.family, (of.usd_per_month, of.value), xytext=(-7, 5), textcoords="offset points", fontsize="x-small",
            color=GREY, ha="right",
        )  # fmt: skip
    ax.set_xlabel("file system, $ a month")
    ax.set_ylabel(what)
    ax.margins(y=0.12)
    ax.set_xlim(left=0)
    ax.set_ylim(bottom=0)
    ax.xaxis.set_major_formatter(THOUSANDS)
    ax.yaxis.set_major_formatter(THOUSANDS)
    ax.set_title(title, loc="left", fontsize="medium")
    return ax


class _Point(NamedTuple):
    usd_per_month: float
    value: float
    family: str
    file_system: types.FileSystem


def _curve(answer: types.Plan) -> tuple[list[_Point], str, str]:
    """Points, what their values are, and a title."""
    if answer.total and not answer.frontier:
        curve = [_Point(of.usd_per_month, of.total_usd, of.family, of.file_system) for of in answer.total.curve]
        return (
            curve,
            f"file system and clients, $ {'for the job' if answer.total.job else 'a month'}",
            "What the total comes to",
        )
    frontier = [_Point(of.usd_per_month, of.value, of.family, of.file_system) for of in answer.frontier]
    if not frontier:
        return [], "", "The plan has no frontier"
    unit = answer.frontier[0].unit
    what = "times all targets are reached" if unit == "×" else f"reached, {unit}"
    return frontier, what, "What more, or less, costs at least"


def _gains(answer: types.WhatIfs, ax: Axes | None) -> Axes:
    """How many times today's sustained rate each change brings, a bar for each workload."""
    loads = answer.estimate.workloads
    ax = new_axes(ax, len(answer.what_ifs) * max(len(loads), 2))
    height = 0.8 / max(len(loads), 1)
    colours = (BLUE, *_OTHERS)
    for number, load in enumerate(loads):
        places = [place - 0.4 + (number + 0.5) * height for place in range(len(answer.what_ifs))]
        ratios = [of.ratios[number] for of in answer.what_ifs]
        bars = ax.barh(places, ratios, height=height * 0.9, color=colours[number % len(colours)], label=load.name)
        ax.bar_label(bars, labels=[f"×{figure(ratio)}" for ratio in ratios], padding=3, fontsize="small")
    ax.axvline(1, color="black", lw=1)
    labels = [fill(of.change, 46) + (f"\n{a_month(of.cost)}" if of.cost else "") for of in answer.what_ifs]
    ax.set_yticks(range(len(labels)), labels, fontsize="small")
    ax.invert_yaxis()
    ax.margins(x=0.12)
    ax.set_xlabel("sustained rate, times as it is")
    cost = answer.estimate.cost
    ax.set_title(f"One change at a time{f'; as it is {a_month(cost)}' if cost else ''}", loc="left", fontsize="medium")
    if len(loads) > 1:
        ax.legend(loc="lower right", frameon=False)
    return ax


DRAWINGS: dict[type[msgspec.Struct], Callable[[Any, Axes | None], Axes]] = {
    types.Estimate: _limits,
    types.Plan: _frontier,
    types.WhatIfs: _gains,
}
