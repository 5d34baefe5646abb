"""The calls of the core, a function each: convert, call, convert back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from . import _json, _native, types

ScenarioLike: TypeAlias = "types.Scenario | types.Draft | Mapping[str, Any]"
RequirementLike: TypeAlias = "types.Requirement | types.Draft | Mapping[str, Any]"


def call(name: str, json: str) -> str:
    """Return the core's answer to any call as JSON text: the one door behind every function here.

    Parameters
    ----------
    name : str
        One of ``fsx_model.CALLS``.
    json : str
        The input of the call as JSON text.

    Returns
    -------
    str
        ``{"ok": …}`` or ``{"errors": [finding, …]}``, byte by byte what ``fsx NAME --json`` prints.

    Examples
    --------
    >>> call("check", '{"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 1200}}')
    '{"ok":{"findings":[]}}'
    """
    return _native.call(name, json).decode()


def estimate(scenario: ScenarioLike) -> types.Estimate:
    """Return how fast a design runs its workloads, what stops each, and how sure that is.

    Parameters
    ----------
    scenario : Scenario or mapping
        A file system, its clients and what they do.

    Returns
    -------
    Estimate
        For each workload rates (MB/s, operations/s), latency (ms) and time (s) as 5th, 50th and 95th percentile, with
        burst credits spent and there; every limit with its formula; jobs in their own words; the cost.

    Raises
    ------
    InputError
        If the scenario is not understood; all faults at once.
    RefusedError
        If there can be no such file system.

    Examples
    --------
    A PERSISTENT_1 file system of 4.8 TiB at 50 MB/s per TiB writes 4.8 × 50 = 240 MB/s to its disks:

    >>> from fsx_model import FileSystem, Scenario, Workload
    >>> file_system = FileSystem(
    ...     deployment_type="PERSISTENT_1", storage_capacity_gib=4800, per_unit_storage_throughput=50)
    >>> load = Workload(operation="write", processes_per_client=16)
    >>> answer = estimate(Scenario(file_system=file_system, workloads=[load]))
    >>> answer.file_system.disk_write_baseline_mb_per_s
    240.0
    >>> answer.workloads[0].sustained.bottleneck
    'disk_throughput'
    """
    return _json.ask(types.Estimate, "estimate", scenario)


def check(scenario: ScenarioLike) -> types.Checked:
    """Return whether a design is legal and sensible, as findings; illegal is an answer here, not an error.

    Parameters
    ----------
    scenario : Scenario or mapping
        The design.

    Returns
    -------
    Checked
        Every error, or else every warning and all advice.

    Raises
    ------
    InputError
        If the scenario is not understood.

    Examples
    --------
    >>> found = check({"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 3600}})
    >>> [(finding.code, finding.fix) for finding in found.findings]
    [('FSX-CAPACITY-STEP', '4800')]
    """
    return _json.ask(types.Checked, "check", scenario)


def price(scenario: ScenarioLike) -> types.Priced:
    """Return what a design costs a month, line by line.

    Parameters
    ----------
    scenario : Scenario or mapping
        The design, with ``pricing`` for hours, duty cycle, clients and prices of one's own.

    Returns
    -------
    Priced
        US dollars a month and an hour; lines with quantity, rate, source and date; ``missing`` names what is not known
        and is therefore not in the sum.

    Raises
    ------
    InputError, RefusedError
        As of :func:`estimate`.

    Examples
    --------
    >>> priced = price({"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 1200}})
    >>> [(line.item, line.quantity, line.rate_usd, line.usd_per_month) for line in priced.lines]
    [('scratch_2.ssd', 1200.0, 0.14, 168.0)]
    """
    return _json.ask(types.Priced, "price", scenario)


def plan(requirement: RequirementLike) -> types.Plan:
    """Return which file system to buy: the best legal one, alternatives, and why the others fell out.

    Parameters
    ----------
    requirement : Requirement or mapping
        Data, workloads with targets, constraints; from ``current_file_system`` the plan leads there in updates.

    Returns
    -------
    Plan
        ``best`` is ``None`` if no file system meets the targets; ``rejections`` then say why.

    Raises
    ------
    InputError
        If the requirement is not understood.
    RefusedError
        If it contradicts itself or asks for what is not modelled.

    Examples
    --------
    >>> from fsx_model import Capacity, Requirement, Target, Workload
    >>> load = Workload(processes_per_client=16, target=Target(throughput_mb_per_s=1000))
    >>> found = plan(Requirement(capacity=Capacity(data_gib=10000), workloads=[load]))
    >>> found.best.file_system.deployment_type
    'PERSISTENT_2'
    """
    return _json.ask(types.Plan, "plan", requirement)


def reverse(scenario: ScenarioLike) -> types.Reversed:
    """Return how much of each workload a file system carries, and for how many clients.

    Parameters
    ----------
    scenario : Scenario or mapping
        A file system, its clients and what they do.

    Returns
    -------
    Reversed
        For each workload the rate that it can offer (MB/s or operations/s: low, mid, high) and the number of clients
        behind which more gain nothing.

    Raises
    ------
    InputError, RefusedError
        As of :func:`estimate`.

    Examples
    --------
    >>> file_system = {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 2400}
    >>> carried = reverse({"file_system": file_system, "workloads": [{"name": "scan"}]})
    >>> [load.name for load in carried.workloads]
    ['scan']
    """
    return _json.ask(types.Reversed, "reverse", scenario)


def what_if(scenario: ScenarioLike) -> types.WhatIfs:
    """Return what every single change that can be made would do to each workload.

    Parameters
    ----------
    scenario : Scenario or mapping
        A file system, its clients and what they do.

    Returns
    -------
    WhatIfs
        The estimate as it is, and for each change what is changed, the rates then, and the cost.

    Raises
    ------
    InputError, RefusedError
        As of :func:`estimate`.

    Examples
    --------
    >>> file_system = {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 2400}
    >>> found = what_if({"file_system": file_system, "workloads": [{"processes_per_client": 64}]})
    >>> any("capacity" in what.change for what in found.what_ifs)
    True
    """
    return _json.ask(types.WhatIfs, "what_if", scenario)


def compare(scenarios: Sequence[ScenarioLike], names: Sequence[str] = ()) -> types.Compared:
    """Return two to eight designs side by side: in what they differ, and what that does.

    Parameters
    ----------
    scenarios : sequence of Scenario or mapping
        The designs.
    names : sequence of str, optional
        A name for each; by default ``design-1`` and so on.

    Returns
    -------
    Compared
        Each design with its cost, the fields in which they differ, and each workload's rates in all of them.

    Raises
    ------
    InputError, RefusedError
        As of :func:`estimate`.

    Examples
    --------
    >>> small, large = ({"deployment_type": "SCRATCH_2", "storage_capacity_gib": gib} for gib in (1200, 2400))
    >>> found = compare([{"file_system": small}, {"file_system": large}], ["small", "large"])
    >>> [row.field for row in found.differences]
    ['file_system.storage_capacity_gib']
    """
    return _json.ask(types.Compared, "compare", {"scenarios": scenarios, "names": names})


def efa_break_even(requirement: RequirementLike) -> types.EfaBreakEven:
    """Return from which rate on EFA is cheaper, or the only way, for each number of clients.

    Parameters
    ----------
    requirement : Requirement or mapping
        One workload and its clients; the rate is what is varied.

    Returns
    -------
    EfaBreakEven
        A row per number of clients with the rate (MB/s) and the file systems on both sides of it, and a grid to draw.

    Raises
    ------
    InputError, RefusedError
        As of :func:`plan`.
    """
    return _json.ask(types.EfaBreakEven, "efa_break_even", requirement)


def burst_or_baseline(requirement: RequirementLike) -> types.BurstOrBaseline:
    """Return whether a cheaper file system carries a rate on its burst credits.

    Parameters
    ----------
    requirement : Requirement or mapping
        One workload with a target of throughput, MB/s.

    Returns
    -------
    BurstOrBaseline
        The cheapest file system that holds the rate and the cheapest that reaches it on credits, how long these last (s),
        and which of the two to buy.

    Raises
    ------
    InputError, RefusedError
        As of :func:`plan`.
    """
    return _json.ask(types.BurstOrBaseline, "burst_or_baseline", requirement)


def catalog(table: str | None = None) -> types.CatalogAnswer:
    """Return a table of published figures or of assumptions, with the source of each row.

    Parameters
    ----------
    table : str, optional
        Its name; absent: the list of tables.

    Returns
    -------
    CatalogAnswer
        Columns with unit and meaning, and rows with one value per column.

    Raises
    ------
    InputError
        If there is no such table.

    Examples
    --------
    >>> answer = catalog("throughput")
    >>> [column.name for column in answer.columns][:3]
    ['deployment_type', 'storage_type', 'per_unit_storage_throughput']
    """
    return _json.ask(types.CatalogAnswer, "catalog", {} if table is None else {"table": table})


def presets(kind: types.PresetKind | None = None) -> types.Presets:
    """Return known training runs, checkpoints and benchmarks, to take as jobs by their ids.

    Parameters
    ----------
    kind : str, optional
        Only those that give jobs of this kind.

    Returns
    -------
    Presets
        Each with id, kind, figures and sources.

    Examples
    --------
    >>> sorted(preset.id for preset in presets("checkpoint").presets)
    ['llama3-1t', 'llama3-405b', 'llama3-70b', 'llama3-8b']
    """
    return _json.ask(types.Presets, "presets", {} if kind is None else {"kind": kind})


def accuracy(family: str | None = None) -> types.Accuracy:
    """Return every published measurement beside its prediction, and how far off the model is.

    Parameters
    ----------
    family : str, optional
        Only this family of workloads.

    Returns
    -------
    Accuracy
        By family of workload the median and 90th percentile of ``|ln(predicted / measured)|`` and the share of
        measurements inside the 90 % interval; all rows; what could not be expressed, and why.

    Raises
    ------
    InputError
        If there is no such family.

    Examples
    --------
    >>> found = accuracy("counts")
    >>> found.families[0].median
    0.0
    """
    return _json.ask(types.Accuracy, "accuracy", {} if family is None else {"family": family})


def calibrate(
    rows: Sequence[types.MeasuredRow | Mapping[str, Any]], assumptions: Sequence[str] = ()
) -> types.Calibrated:
    """Return the assumptions fitted to measurements of one's own, and how far off the model is then.

    Parameters
    ----------
    rows : sequence of MeasuredRow or mapping
        What was measured, each with its scenario, figure and value.
    assumptions : sequence of str, optional
        Ids of those that may move; by default all that the measurements depend on.

    Returns
    -------
    Calibrated
        The assumptions as fitted with their ranges, each row before and after, and TOML to put in a scenario.

    Raises
    ------
    InputError, RefusedError
        If a row is not understood, its scenario is refused, or nothing can be fitted.
    """
    return _json.ask(types.Calibrated, "calibrate", {"rows": rows, "assumptions": assumptions})
