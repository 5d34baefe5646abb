"""How a user with a type checker writes it: checked by mypy and pyright, and run by no one."""

from __future__ import annotations

from collections.abc import Sequence

import fsx_model as fsx
import numpy
import pandas
import polars
import pyarrow
from typing_extensions import assert_type

file_system = fsx.FileSystem(deployment_type="PERSISTENT_2", storage_capacity_gib=4800, per_unit_storage_throughput=250)
load = fsx.Workload(name="train", operation="read", processes_per_client=16)
scenario = fsx.Scenario(file_system=file_system, clients=fsx.Clients(count=4), workloads=[load])

answer = fsx.estimate(scenario)
assert_type(answer, fsx.Estimate)
assert_type(answer.workloads[0].sustained.operations_per_s.mid, float)
assert_type(scenario.workloads, Sequence[fsx.Workload])
assert_type(scenario.replace(region="eu-west-1"), fsx.Scenario)
assert_type(fsx.Requirement.from_toml(""), fsx.Requirement)

plan = fsx.plan(fsx.Requirement(workloads=[load.replace(target=fsx.Target(throughput_mb_per_s=1000))]))
assert_type(plan, fsx.Plan)
if plan.best is not None:
    assert_type(plan.best.file_system, fsx.FileSystem)
    assert_type(plan.best.cost.usd_per_month, float)

try:
    fsx.check({"file_system": {}})
except fsx.FsxModelError as error:
    assert_type(error.findings, tuple[fsx.Finding, ...])
    assert_type(error.code, str)

table = fsx.estimate_table({"clients.count": numpy.array([1.0, 2.0])}, scenario)
fsx.estimate_table(pandas.DataFrame({"clients.count": [1, 2]}), scenario)
fsx.estimate_table(polars.DataFrame({"clients.count": [1, 2]}), scenario)
fsx.estimate_table(pyarrow.table({"clients.count": [1, 2]}), scenario)
assert_type(table, fsx.Table)
assert_type(len(table), int)

# what is wrong is seen before it runs
fsx.FileSystem(deployment_type="PERSISTENT_3", storage_capacity_gib=1200)  # type: ignore[arg-type]
fsx.FileSystem(storage_capacity_gib=1200)  # type: ignore[call-arg]
scenario.region = "eu-west-1"  # type: ignore[misc]
