"""Why there is no answer, as exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .types import Finding

NOT_UNDERSTOOD = "INPUT-"
NOT_MODELLED = "FSX-NOT-MODELLED"


class FsxModelError(Exception):
    """An input that got no answer, with every reason at once.

    Attributes
    ----------
    findings : tuple[Finding, ...]
        Every reason; at least one.
    code, field, value, fix : str
        Of the first reason: its stable code, the path of the field, the value found there, and the nearest value
        that is right or what to do; empty where there is none.

    Examples
    --------
    >>> import fsx_model
    >>> try:
    ...     fsx_model.estimate({"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 3600}})
    ... except fsx_model.RefusedError as error:
    ...     print(error.code, error.field, error.value, error.fix)
    FSX-CAPACITY-STEP file_system.storage_capacity_gib 3600 4800
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings: tuple[Finding, ...] = findings
        first = findings[0]
        self.code: str = first.code
        self.field: str = first.field
        self.value: str = first.value
        self.fix: str = first.fix

    def __str__(self) -> str:
        return "\n".join(map(line, self.findings))


class InputError(FsxModelError, ValueError):
    """The input was not understood: syntax, an unknown field, a wrong type, a number that is not finite."""


class RefusedError(FsxModelError):
    """The input was understood, but no such file system can exist, or nothing can be said of it."""


class NotModelledError(RefusedError):
    """The input was understood, but the model does not answer this part yet."""


def line(finding: Finding) -> str:
    """Return a finding in one line."""
    place = f"{finding.field} = {finding.value}" if finding.value else finding.field
    text = ": ".join(part for part in (place, finding.message) if part)
    return f"{finding.code}: {text}" + (f" → {finding.fix}" if finding.fix else "")


def error_of(findings: tuple[Finding, ...]) -> FsxModelError:
    """Return the exception of the kind that the findings' codes tell."""
    codes = [finding.code for finding in findings if finding.severity == "error"]
    if any(code.startswith(NOT_UNDERSTOOD) for code in codes):
        return InputError(findings)
    if codes and all(code == NOT_MODELLED for code in codes):
        return NotModelledError(findings)
    return RefusedError(findings)
