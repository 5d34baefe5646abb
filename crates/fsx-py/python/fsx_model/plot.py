"""Drawings of answers with matplotlib; needs ``fsx-model[plot]``.

Every number that is drawn is one of an answer; ``sensitivity`` and ``over_clients`` ask :func:`fsx_model.estimate`
again and again. Colours can be told apart by the colour-blind, and what matters is also said in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from . import types
from ._calls import ScenarioLike, estimate
from ._display.numbers import figure, words
from ._drawings import BLUE, DRAWINGS, GREY, ORANGE, SKY, THOUSANDS, new_axes
from ._reading import rate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ._base import Shown

__all__ = ["draw", "over_clients", "sensitivity"]

Figure = Literal["throughput_mb_per_s", "operations_per_s", "latency_ms", "seconds"]
"""A figure of a workload; the rates and the latency are those of the sustained regime."""

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
    return DRAWINGS[type(answer)](answer, ax)


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
    ax = new_axes(ax)
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
    ax.xaxis.set_major_formatter(THOUSANDS)
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
    ax = new_axes(ax)
    reached = [rate(regime) for regime in found]
    ranges = [of.range for of in reached]
    ax.fill_between(
        numbers, [of.low for of in ranges], [of.high for of in ranges], color=SKY, alpha=0.6, lw=0,
        label="nine of ten such runs",
    )  # fmt: skip
    ax.plot(numbers, [of.mid for of in ranges], color=BLUE, marker="o", ms=4, label="mid")
    _bottlenecks(ax, numbers, [regime.bottleneck for regime in found])
    ax.set_xlabel("clients")
    ax.set_ylabel(f"{name}, sustained, {reached[0].unit}")
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_formatter(THOUSANDS)
    ax.set_title(f"{name}: what more clients reach", loc="left", fontsize="medium", pad=18)
    ax.legend(loc="lower right", frameon=False)
    return ax


def _scenario(of: ScenarioLike) -> types.Scenario:
    if isinstance(of, types.Scenario):
        return of
    return types.Scenario.from_dict(of if isinstance(of, Mapping) else of.to_dict())


def _workload(answer: types.Estimate, name: str | None) -> types.WorkloadEstimate:
    names = [load.name for load in answer.workloads]
    for load in answer.workloads:
        if name in (None, load.name):
            return load
    raise ValueError(
        f"no workload {name!r}: there are {', '.join(names)}" if names else "the scenario has no workloads"
    )


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
        for end, value, colour in ((_ends(use)[0], low, ORANGE), (_ends(use)[1], high, BLUE)):
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
        handles = [_patch(ORANGE, "at its low end"), _patch(BLUE, "at its high end")]
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
            ax.axvline(start, color=GREY, ls=":", lw=1)
        ax.annotate(
            limit, (start, 1), xycoords=("data", "axes fraction"), xytext=(2, 3), textcoords="offset points",
            fontsize="small", color=GREY,
        )  # fmt: skip
