"""The calls of the core, a function each: convert, call, convert back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
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
    return _native.call(name, json)


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


def check_text(text: str, format: types.ImportFormat) -> types.Checked:
    """Return what is wrong with the file systems in a text of another tool.

    Parameters
    ----------
    text : str
        A template, manifest or configuration.
    format : str
        What wrote it: ``"cloudformation"``, ``"terraform-json"``, ``"csi"``, ``"parallelcluster"`` …

    Returns
    -------
    Checked
        Findings, and how many of them each file system has.

    Raises
    ------
    InputError
        If the text is not of its format.
    """
    return _json.ask(types.Checked, "check", {"from": format, "text": text})


def price(scenario: ScenarioLike) -> types.Priced:
    """Return what a design costs a month, US dollars, line by line; what is not known is named in ``missing``.

    Errors as of :func:`estimate`.

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
    """Return how much of each workload a file system carries, and for how many clients; errors as of :func:`estimate`."""
    return _json.ask(types.Reversed, "reverse", scenario)


def what_if(scenario: ScenarioLike) -> types.WhatIfs:
    """Return what every single change that can be made would do to each workload; errors as of :func:`estimate`."""
    return _json.ask(types.WhatIfs, "what_if", scenario)


def compare(scenarios: Sequence[ScenarioLike], names: Sequence[str] = ()) -> types.Compared:
    """Return two to eight designs side by side: in what they differ, and what that does.

    Parameters
    ----------
    scenarios : sequence of Scenario or mapping
        The designs.
    names : sequence of str, optional
        A name for each; by default ``design-1`` and so on.
    """
    return _json.ask(types.Compared, "compare", {"scenarios": scenarios, "names": names})


def efa_break_even(requirement: RequirementLike) -> types.EfaBreakEven:
    """Return from which rate on EFA is cheaper, or the only way, for each number of clients; errors as of :func:`plan`."""
    return _json.ask(types.EfaBreakEven, "efa_break_even", requirement)


def burst_or_baseline(requirement: RequirementLike) -> types.BurstOrBaseline:
    """Return whether a cheaper file system carries a rate on its burst credits; errors as of :func:`plan`."""
    return _json.ask(types.BurstOrBaseline, "burst_or_baseline", requirement)


def export(
    scenario: types.Scenario | types.Requirement | types.Draft | Mapping[str, Any],
    to: types.ExportFormat,
    *,
    current_file_system: types.FileSystem | Mapping[str, Any] | None = None,
) -> types.Exported:
    """Return a design as something to deploy.

    Parameters
    ----------
    scenario : Scenario, Requirement or mapping
        The design, or what one is to be found for. A mapping without ``file_system`` is a requirement.
    to : str
        ``"cloudformation"``, ``"terraform"``, ``"aws-cli"``, ``"csi"``, ``"parallelcluster"``, ``"lfs"`` …
    current_file_system : FileSystem or mapping, optional
        What there is: ``"aws-cli"`` then writes the updates that lead from it to the design.

    Returns
    -------
    Exported
        The text, a file name for it, and findings: what the tool cannot express.

    Examples
    --------
    >>> print(export({"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 1200}}, "json").file_name)
    scenario.json
    """
    asks = not ("file_system" in scenario if isinstance(scenario, Mapping) else hasattr(scenario, "file_system"))
    query: dict[str, Any] = {"to": to, "requirement" if asks else "scenario": scenario}
    if current_file_system is not None:
        query["current_file_system"] = current_file_system
    return _json.ask(types.Exported, "export", query)


def import_(
    text: str,
    format: types.ImportFormat,
    *,
    id: str | None = None,
    into: ScenarioLike | None = None,
) -> types.Imported:
    """Return what another tool wrote as as much of a scenario as it tells.

    Parameters
    ----------
    text : str
        What ``describe-file-systems``, CloudFormation, Terraform, IOR, fio, Darshan … wrote.
    format : str
        Which of them.
    id : str, optional
        Which of several file systems or loads, by the name that the text gives it.
    into : Scenario or mapping, optional
        A scenario that what is read is added to.

    Returns
    -------
    Imported
        The scenario as a :class:`~fsx_model.types.Draft`, whose ``to_scenario()`` and ``to_requirement()`` are what the
        other functions take, and as TOML; findings: what was not carried over, and what was assumed.
    """
    query = {"from": format, "text": text, "id": id, "into": into}
    return _json.ask(types.Imported, "import", {name: value for name, value in query.items() if value is not None})


def import_darshan(
    log: str | PathLike[str], *, id: str | None = None, into: ScenarioLike | None = None
) -> types.Imported:
    """Return the load that a log of Darshan tells of; needs ``fsx-model[darshan]``.

    Parameters
    ----------
    log : path
        A ``.darshan`` file.
    id, into
        As of :func:`import_`.

    Returns
    -------
    Imported
        As of :func:`import_`: clients and workloads, without a file system unless ``into`` has one.
    """
    try:
        from darshan import DarshanReport
    except ImportError as error:
        raise ImportError("reading logs of Darshan needs its package: pip install 'fsx-model[darshan]'") from error
    return import_(DarshanReport(str(log), read_all=True).to_json(), "darshan", id=id, into=into)


def catalog(table: str | None = None) -> types.CatalogAnswer:
    """Return a table of published figures or of assumptions, with sources; without a name, the list of tables.

    Examples
    --------
    >>> answer = catalog("throughput")
    >>> [column.name for column in answer.columns][:3]
    ['deployment_type', 'storage_type', 'per_unit_storage_throughput']
    """
    return _json.ask(types.CatalogAnswer, "catalog", {} if table is None else {"table": table})


def presets(kind: types.PresetKind | None = None) -> types.Presets:
    """Return known training runs, checkpoints and benchmarks, to take as jobs by their ids.

    Examples
    --------
    >>> sorted(preset.id for preset in presets("checkpoint").presets)
    ['llama3-1t', 'llama3-405b', 'llama3-70b', 'llama3-8b']
    """
    return _json.ask(types.Presets, "presets", {} if kind is None else {"kind": kind})


def accuracy(family: str | None = None) -> types.Accuracy:
    """Return every published measurement beside its prediction, and how far off the model is by family of workload."""
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
    """
    return _json.ask(types.Calibrated, "calibrate", {"rows": rows, "assumptions": assumptions})
