"""Drawings of answers with matplotlib; needs ``fsx-model[plot]``.

Every number that is drawn is one of an answer. ``sensitivity`` and ``over_clients`` ask :func:`fsx_model.estimate` once
for each of theirs. Bars begin at nothing, colours can be told apart by the colour-blind, and what matters is also said
in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

from . import types
from ._calls import ScenarioLike, estimate
from ._display.numbers import a_month, figure, words
from ._display.text import named
from ._reading import Rate, axis_end, rate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ._base import Shown

__all__ = ["draw", "over_clients", "sensitivity"]

Figure = Literal["throughput_mb_per_s", "operations_per_s", "latency_ms", "seconds"]
"""A figure of a workload; the rates and the latency are those of the sustained regime."""

# of the Okabe-Ito palette
_BLUE, _SKY, _ORANGE, _GREY = "#0072B2", "#9ccbe8", "#D55E00", "#6b6b6b"
_SWITCH = "yes or no"
_MOST_ASSUMPTIONS = 15


def draw(answer: Shown, ax: Axes | None = None) -> Axes:
    """Draw an estimate as its limits, a plan as its frontier, what-ifs by what they gain.

    Parameters
    ----------
    answer : Estimate, Plan or WhatIfs
        The answer.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, to be changed further.

    Raises
    ------
    ImportError
        Without matplotlib.
    """
    return _DRAWINGS[type(answer)](answer, ax)


def sensitivity(
    scenario: ScenarioLike,
    workload: str | None = None,
    figure: Figure = "throughput_mb_per_s",
    ax: Axes | None = None,
) -> Axes:
    """Draw how far each assumption alone moves a figure: a tornado, the most telling one on top.

    Each assumption that the estimate reads is set to both ends of what widens its interval, and the scenario is
    estimated again; bars go from one mid value to the other. Those that change nothing are left out.

    Parameters
    ----------
    scenario : Scenario or mapping
        The scenario.
    workload : str, optional
        Name of a workload or job; by default the first.
    figure : str
        ``"throughput_mb_per_s"``, ``"operations_per_s"`` or ``"latency_ms"``, sustained, or ``"seconds"``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        The axes.

    Raises
    ------
    ValueError
        If there is no such workload, or it does not have this figure, as metadata have no throughput.
    FsxModelError
        As of :func:`fsx_model.estimate`.
    ImportError
        Without matplotlib.
    """
    given = _scenario(scenario)
    now = estimate(given)
    name, of = _figure(now, workload, figure)
    ax = _axes(ax)
    moved: list[tuple[types.AssumptionUse, float, float]] = []
    for use in now.assumptions:
        if use.interval_low == use.interval_high:
            continue
        low, high = (_figure(estimate(_assuming(given, use, end)), name, figure)[1].mid for end in _ends(use))
        if (low, high) != (of.mid, of.mid):
            moved.append((use, low, high))
    moved.sort(key=lambda it: abs(it[2] - it[1]))
    hidden = len(moved) - _MOST_ASSUMPTIONS
    _tornado(ax, moved[-_MOST_ASSUMPTIONS:], of.mid)
    what, unit = words(figure)
    regime = "" if figure == "seconds" else "sustained "
    ax.set_xlabel(f"{regime}{'time' if figure == 'seconds' else what}, {_unit(unit, figure)}")
    more = f" · {hidden} that move it less are left out" if hidden > 0 else ""
    ax.set_title(f"{name}: each assumption alone, from end to end of its range{more}", loc="left", fontsize="medium")
    return ax


def over_clients(
    scenario: ScenarioLike, counts: Sequence[int], workload: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw what a workload reaches, sustained, with more and more clients, and where another limit takes over.

    Parameters
    ----------
    scenario : Scenario or mapping
        The scenario. With several groups of clients, those that the workload names are counted.
    counts : sequence of int
        Numbers of clients; each is estimated.
    workload : str, optional
        Name of a workload or job; by default the first.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        The axes: mid values, the band of nine of ten such runs, and the limit that holds in each part.

    Raises
    ------
    ValueError
        If there are no counts or no such workload, or if it runs on several groups of clients.
    FsxModelError
        As of :func:`fsx_model.estimate`.
    ImportError
        Without matplotlib.
    """
    if not counts:
        raise ValueError("counts is empty: name at least one number of clients")
    given = _scenario(scenario)
    name = _workload(estimate(given), workload).name
    numbers = sorted(set(counts))
    found = [_workload(estimate(_with_clients(given, name, count)), name).sustained for count in numbers]
    ax = _axes(ax)
    reached = [rate(regime) for regime in found]
    ranges = [of.range for of in reached]
    ax.fill_between(
        numbers, [of.low for of in ranges], [of.high for of in ranges], color=_SKY, alpha=0.6, lw=0,
        label="nine of ten such runs",
    )  # fmt: skip
    ax.plot(numbers, [of.mid for of in ranges], color=_BLUE, marker="o", ms=4, label="mid")
    _bottlenecks(ax, numbers, [regime.bottleneck for regime in found])
    ax.set_xlabel("clients")
    ax.set_ylabel(f"{name}, sustained, {reached[0].unit}")
    ax.set_ylim(bottom=0)
    ax.set_title(f"{name}: what more clients reach", loc="left", fontsize="medium", pad=18)
    ax.legend(loc="lower right", frameon=False)
    return ax


def _axes(ax: Axes | None) -> Axes:
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise ImportError("drawings need matplotlib: pip install fsx-model[plot]", name="matplotlib") from error
    return pyplot.subplots(figsize=(8, 4.5), layout="constrained")[1]


def _scenario(of: ScenarioLike) -> types.Scenario:
    if isinstance(of, types.Scenario):
        return of
    return types.Scenario.from_dict(of if isinstance(of, Mapping) else of.to_dict())


def _workload(answer: types.Estimate, name: str | None) -> types.WorkloadEstimate:
    names = [load.name for load in answer.workloads]
    for load in answer.workloads:
        if name in (None, load.name):
            return load
    raise ValueError(f"no workload {name!r}: there are {', '.join(names)}" if names else "the scenario has no workloads")


def _figure(answer: types.Estimate, workload: str | None, figure: Figure) -> tuple[str, types.Range]:
    load = _workload(answer, workload)
    if figure == "seconds":
        return load.name, load.seconds
    if figure not in ("throughput_mb_per_s", "operations_per_s", "latency_ms"):
        raise ValueError(f"no figure {figure!r}: throughput_mb_per_s, operations_per_s, latency_ms or seconds")
    of: types.Range | None = getattr(load.sustained, figure)
    if of is None:
        raise ValueError(f"{load.name!r} moves no data: ask for figure='operations_per_s'")
    return load.name, of


def _unit(unit: str, figure: str) -> str:
    return "operations a second" if figure == "operations_per_s" else unit


def _ends(use: types.AssumptionUse) -> tuple[float | bool, float | bool]:
    low, high = use.interval_low, use.interval_high
    return (bool(low), bool(high)) if use.unit == _SWITCH else (low, high)


def _assuming(scenario: types.Scenario, use: types.AssumptionUse, value: float | bool) -> types.Scenario:
    return scenario.replace(assumptions={**(scenario.assumptions or {}), use.id: value})


def _tornado(ax: Axes, moved: Sequence[tuple[types.AssumptionUse, float, float]], mid: float) -> None:
    for place, (use, low, high) in enumerate(moved):
        for end, value, colour in ((_ends(use)[0], low, _ORANGE), (_ends(use)[1], high, _BLUE)):
            ax.barh(place, value - mid, left=mid, height=0.62, color=colour)
            if value != mid:
                text = ("no", "yes")[end] if isinstance(end, bool) else figure(end)
                ax.annotate(
                    text, (value, place), xytext=(4 if value > mid else -4, 0), textcoords="offset points", va="center",
                    ha="left" if value > mid else "right", fontsize="small",
                )  # fmt: skip
    ax.axvline(mid, color="black", lw=1)
    ax.set_yticks(range(len(moved)), [f"{use.id}, {use.unit}" if _has_unit(use) else use.id for use, *_ in moved])
    ax.margins(x=0.12)
    if moved:
        handles = [_patch(_ORANGE, "at its low end"), _patch(_BLUE, "at its high end")]
        ax.legend(handles=handles, loc="lower right", frameon=False)
    else:
        ax.text(0.5, 0.5, "no assumption moves it", ha="center", transform=ax.transAxes)


def _has_unit(use: types.AssumptionUse) -> bool:
    return use.unit not in ("1", _SWITCH)


def _patch(colour: str, label: str) -> Any:
    from matplotlib.patches import Patch

    return Patch(color=colour, label=label)


def _with_clients(scenario: types.Scenario, workload: str, count: int) -> types.Scenario:
    groups = scenario.clients
    if groups is None or isinstance(groups, types.Clients):
        return scenario.replace(clients=(groups or types.Clients()).replace(count=count))
    if len(groups) == 1:
        return scenario.replace(clients=(groups[0].replace(count=count),))
    loads: list[types.Workload | types.Job] = [*scenario.workloads, *scenario.jobs]
    named_group = next((load.clients for load in loads if workload in (load.name, getattr(load, "preset", None))), None)
    if named_group is None:
        raise ValueError(f"{workload!r} runs on several groups of clients: let it name one")
    changed = (group.replace(count=count) if group.name == named_group else group for group in groups)
    return scenario.replace(clients=tuple(changed))


def _bottlenecks(ax: Axes, counts: Sequence[int], limits: Sequence[str]) -> None:
    """A line before the first count at which another limit holds, and the limit's name."""
    for place, (count, limit) in enumerate(zip(counts, limits, strict=True)):
        if place and limits[place - 1] == limit:
            continue
        start: float = count
        if place:
            start = (counts[place - 1] + count) / 2
            ax.axvline(start, color=_GREY, ls=":", lw=1)
        ax.annotate(
            limit, (start, 1), xycoords=("data", "axes fraction"), xytext=(2, 3), textcoords="offset points",
            fontsize="small", color=_GREY,
        )  # fmt: skip


class _Bar(NamedTuple):
    label: str
    limit: types.LimitEstimate
    stops: bool
    reached: Rate


def _limits(answer: types.Estimate, ax: Axes | None) -> Axes:
    """Sustained limits of all workloads on one axis; what is larger than it is cut, and said by its number."""
    ax = _axes(ax)
    several = len(answer.workloads) > 1
    bars = [
        _Bar(f"{load.name}: {of.id}" if several else of.id, of, of.id == load.sustained.bottleneck, rate(load.sustained))
        for load in answer.workloads
        for of in load.limits
    ]
    end = axis_end(answer.workloads)
    for place, bar in enumerate(bars):
        load = bar.limit.sustained
        ax.barh(place, load.value, height=0.7, color=_ORANGE if bar.stops else _SKY)
        ax.text(
            min(load.value, end), place, f" {figure(load.value)}{' →' if load.value > end else ''}", va="center",
            fontsize="small", fontweight="bold" if bar.stops else "normal",
        )  # fmt: skip
    _intervals(ax, answer)
    ax.set_yticks(range(len(bars)), [f"▶ {bar.label}" if bar.stops else bar.label for bar in bars])
    ax.invert_yaxis()
    ax.set_xlim(0, end * 1.15 or 1)
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
    """What money buys; the winner is marked where the frontier has it, else as a line at its cost."""
    ax = _axes(ax)
    points = answer.frontier
    ax.plot([of.usd_per_month for of in points], [of.value for of in points], color=_BLUE, marker="o", zorder=2)
    best = answer.best
    if best is not None:
        label = f"best: {named(best.file_system, best.family)}\n{a_month(best.cost)}"
        same = [of for of in points if of.file_system == best.file_system]
        if same:
            where = ([of.usd_per_month for of in same], [of.value for of in same])
            ax.plot(*where, color=_ORANGE, marker="*", ms=16, ls="", zorder=3, label=label)
        else:
            ax.axvline(best.cost.usd_per_month, color=_ORANGE, ls="--", label=label)
        ax.legend(loc="best", frameon=False)
    for of in points:
        ax.annotate(
            of.family, (of.usd_per_month, of.value), xytext=(7, -10), textcoords="offset points", fontsize="x-small",
            color=_GREY,
        )  # fmt: skip
    unit = points[0].unit if points else ""
    ax.set_xlabel("$ a month")
    ax.set_ylabel("times all targets are reached" if unit == "×" else f"reached, {unit}" if unit else "")
    ax.set_xlim(left=0)
    ax.set_ylim(bottom=0)
    ax.margins(x=0.25)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    title = "What more, or less, costs at least" if points else "the plan has no frontier"
    ax.set_title(title, loc="left", fontsize="medium")
    return ax


def _gains(answer: types.WhatIfs, ax: Axes | None) -> Axes:
    """How many times today's sustained rate each change brings, a bar for each workload."""
    ax = _axes(ax)
    loads = answer.estimate.workloads
    height = 0.8 / max(len(loads), 1)
    colours = (_BLUE, "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#F0E442")
    for number, load in enumerate(loads):
        places = [place - 0.4 + (number + 0.5) * height for place in range(len(answer.what_ifs))]
        ratios = [of.ratios[number] for of in answer.what_ifs]
        bars = ax.barh(places, ratios, height=height * 0.9, color=colours[number % len(colours)], label=load.name)
        ax.bar_label(bars, labels=[f"×{figure(ratio)}" for ratio in ratios], padding=3, fontsize="small")
    ax.axvline(1, color="black", lw=1)
    labels = [f"{of.change}\n{a_month(of.cost)}" if of.cost else of.change for of in answer.what_ifs]
    ax.set_yticks(range(len(labels)), labels, fontsize="small")
    ax.invert_yaxis()
    ax.margins(x=0.12)
    ax.set_xlabel("sustained rate, times as it is")
    cost = answer.estimate.cost
    ax.set_title(f"One change at a time{f'; as it is {a_month(cost)}' if cost else ''}", loc="left", fontsize="medium")
    if len(loads) > 1:
        ax.legend(loc="lower right", frameon=False)
    return ax


_DRAWINGS: dict[type[msgspec.Struct], Callable[[Any, Axes | None], Axes]] = {
    types.Estimate: _limits,
    types.Plan: _frontier,
    types.WhatIfs: _gains,
}
