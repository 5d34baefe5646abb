"""Files of other tools: checked, written and read by the core."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any

from . import _json, types
from ._calls import ScenarioLike


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

    Examples
    --------
    >>> template = '''
    ... Resources:
    ...   Scratch:
    ...     Type: AWS::FSx::FileSystem
    ...     Properties:
    ...       FileSystemType: LUSTRE
    ...       StorageCapacity: 3600
    ...       SubnetIds: [subnet-0123456789abcdef0]
    ...       LustreConfiguration: {DeploymentType: SCRATCH_2}
    ... '''
    >>> found = check_text(template, "cloudformation")
    >>> [(finding.code, finding.fix) for finding in found.findings if finding.severity == "error"]
    [('FSX-CAPACITY-STEP', '4800')]
    """
    return _json.ask(types.Checked, "check", {"from": format, "text": text})


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

    Raises
    ------
    InputError, RefusedError
        As of :func:`estimate` and :func:`plan`; also if the tool cannot express the design at all.

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

    Raises
    ------
    InputError
        If the text is not of its format.
    RefusedError
        If it tells of nothing, or of several and none is chosen.

    Examples
    --------
    >>> described = '''{"FileSystems": [{"FileSystemType": "LUSTRE", "FileSystemId": "fs-0123456789abcdef0",
    ...     "StorageCapacity": 1200, "StorageType": "SSD", "LustreConfiguration": {"DeploymentType": "SCRATCH_2"}}]}'''
    >>> import_(described, "describe-file-systems").scenario.file_system.storage_capacity_gib
    1200
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
