"""Performance model and capacity planner for Amazon FSx for Lustre.

``estimate`` says how fast a design runs a workload and what stops it, ``plan`` which file system to buy, ``price`` what
it costs, ``check`` whether it is legal; each with sources, assumptions and intervals. The answers are those of the
command line, bit by bit.

Examples
--------
>>> import fsx_model as fsx
>>> load = fsx.Workload(name="train", processes_per_client=16, target=fsx.Target(throughput_mb_per_s=8000))
>>> clients = fsx.Clients(instance_type="c6in.16xlarge", count=16)
>>> plan = fsx.plan(fsx.Requirement(capacity=fsx.Capacity(data_gib=40000), clients=clients, workloads=[load]))
>>> plan.best.file_system.storage_capacity_gib, plan.best.file_system.per_unit_storage_throughput
(62400, 125)
"""

from typing import TYPE_CHECKING

from ._calls import (
    accuracy,
    burst_or_baseline,
    calibrate,
    call,
    catalog,
    check,
    compare,
    efa_break_even,
    estimate,
    plan,
    presets,
    price,
    reverse,
    what_if,
)
from ._exchange import check_text, export, import_, import_darshan
from ._native import CALLS, __version__
from .batch import Table, estimate_batches, estimate_table
from .errors import FsxModelError, InputError, NotModelledError, RefusedError
from .types import (
    AssumptionRange,
    Backup,
    Capacity,
    Clients,
    Constraints,
    Deploy,
    Estimate,
    FileSystem,
    Finding,
    Job,
    JobTarget,
    Layout,
    MeasuredRow,
    MetadataConfiguration,
    Plan,
    Pricing,
    ReadCache,
    Requirement,
    Scenario,
    Stored,
    Target,
    Uncertainty,
    Workload,
)

if TYPE_CHECKING:
    from . import plot as plot
else:

    def __getattr__(name: str) -> object:
        """Bring ``plot`` when it is asked for: most who import this draw nothing."""
        if name == "plot":
            from importlib import import_module

            return import_module(".plot", __name__)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "CALLS",
    "AssumptionRange",
    "Backup",
    "Capacity",
    "Clients",
    "Constraints",
    "Deploy",
    "Estimate",
    "FileSystem",
    "Finding",
    "FsxModelError",
    "InputError",
    "Job",
    "JobTarget",
    "Layout",
    "MeasuredRow",
    "MetadataConfiguration",
    "NotModelledError",
    "Plan",
    "Pricing",
    "ReadCache",
    "RefusedError",
    "Requirement",
    "Scenario",
    "Stored",
    "Table",
    "Target",
    "Uncertainty",
    "Workload",
    "__version__",
    "accuracy",
    "burst_or_baseline",
    "calibrate",
    "call",
    "catalog",
    "check",
    "check_text",
    "compare",
    "efa_break_even",
    "estimate",
    "estimate_batches",
    "estimate_table",
    "export",
    "import_",
    "import_darshan",
    "plan",
    "presets",
    "price",
    "reverse",
    "what_if",
]
