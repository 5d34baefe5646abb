"""Every example with the answers to it, the command line, and scenarios drawn at random."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import fsx_model
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples/scenarios").glob("*.toml"))

settings.register_profile(
    "ours", deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("ours")


@pytest.fixture(params=[path.stem for path in EXAMPLES])
def example(request: Any) -> Any:
    """The name of an example."""
    return request.param


@cache
def question(name: str) -> Any:
    """The scenario or requirement of an example."""
    text = next(path for path in EXAMPLES if path.stem == name).read_text()
    try:
        return fsx_model.Scenario.from_toml(text)
    except fsx_model.InputError:
        return fsx_model.Requirement.from_toml(text)


@cache
def answers(name: str) -> list[Any]:
    """Every answer that there is to an example."""
    asked = question(name)
    of_scenario = (fsx_model.estimate, fsx_model.price, fsx_model.what_if, fsx_model.reverse, fsx_model.check)
    of_requirement = (fsx_model.plan, fsx_model.efa_break_even, fsx_model.burst_or_baseline)
    calls: Any = of_scenario if isinstance(asked, fsx_model.Scenario) else of_requirement
    found = []
    for call in calls:
        try:
            found.append(call(asked))
        except fsx_model.RefusedError:
            continue
    return found


@cache
def others() -> list[Any]:
    """Answers that are not to an example."""
    compared = fsx_model.compare([question("single_reader"), question("untar")], ["<b>one</b>", "two"])
    names = (None, "throughput", "sizes", "regions", "sources", "fitted", "family_rules")
    return [compared, fsx_model.presets(), fsx_model.accuracy(), *map(fsx_model.catalog, names)]


@pytest.fixture(scope="session")
def fsx() -> Any:
    """The command line: gives what ``fsx CALL - --json`` prints."""
    program = os.environ.get("FSX", str(ROOT / "target/debug/fsx"))

    def run(call: str, text: str) -> str:
        words = [program, call.replace("_", "-"), "-", "--json"]
        return subprocess.run(words, input=text, capture_output=True, text=True, check=False).stdout

    return run


def either(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words)


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A table in which each field may be absent."""
    return st.fixed_dictionaries({}, optional=fields)


def whole(*values: int) -> st.SearchStrategy[int]:
    """One of these, or any number near."""
    return st.one_of(st.sampled_from(values), st.integers(-2, 10**6))


FILE_SYSTEMS = st.one_of(
    # legal ones, of each family
    st.fixed_dictionaries(
        {
            "deployment_type": st.just("PERSISTENT_2"),
            "storage_capacity_gib": st.sampled_from([1200, 2400, 4800, 48000, 96000]),
            "per_unit_storage_throughput": st.sampled_from([125, 250, 500, 1000]),
        },
        optional={
            "metadata_configuration": st.just({"mode": "AUTOMATIC"}),
            "data_compression_type": either("NONE", "LZ4"),
            "efa_enabled": st.booleans(),
            "fill": st.floats(0, 1),
        },
    ),
    st.fixed_dictionaries(
        {
            "deployment_type": either("SCRATCH_1", "SCRATCH_2"),
            "storage_capacity_gib": st.sampled_from([1200, 2400, 3600, 7200]),
        }
    ),
    st.fixed_dictionaries(
        {
            "deployment_type": st.just("PERSISTENT_1"),
            "storage_type": st.just("HDD"),
            "storage_capacity_gib": st.sampled_from([6000, 12000, 18000]),
            "per_unit_storage_throughput": st.sampled_from([12, 40]),
            "drive_cache_type": either("NONE", "READ"),
        }
    ),
    st.fixed_dictionaries(
        {
            "deployment_type": st.just("PERSISTENT_2"),
            "storage_type": st.just("INTELLIGENT_TIERING"),
            "throughput_capacity_mb_per_s": st.sampled_from([4000, 8000]),
            "read_cache": st.just({"sizing_mode": "PROPORTIONAL_TO_THROUGHPUT_CAPACITY"}),
            "metadata_configuration": st.just({"mode": "USER_PROVISIONED", "iops": 6000}),
            "efa_enabled": st.just(True),
        }
    ),
    # anything
    some(
        deployment_type=either("SCRATCH_1", "SCRATCH_2", "PERSISTENT_1", "PERSISTENT_2"),
        storage_type=either("SSD", "HDD", "INTELLIGENT_TIERING"),
        storage_capacity_gib=whole(1200, 2400, 4800, 6000),
        per_unit_storage_throughput=whole(12, 40, 50, 100, 200, 125, 250, 500, 1000),
        throughput_capacity_mb_per_s=whole(4000, 8000),
        efa_enabled=st.booleans(),
        credits_at_start=st.floats(-0.5, 1.5),
    ),
)

CLIENTS = some(
    instance_type=either("c6in.16xlarge", "p5.48xlarge", "m5.large"),
    count=whole(1, 4, 16, 100),
    interface=either("ENA", "ENA_EXPRESS", "EFA"),
    same_availability_zone=st.booleans(),
    network_gbps=st.floats(0.5, 800),
)

WORKLOADS = some(
    name=st.text(max_size=8),
    operation=either("read", "write", "create", "stat", "delete"),
    access=either("sequential", "random"),
    io_size_kib=st.floats(1, 4096),
    direct_io=st.booleans(),
    queue_depth=whole(1, 8, 64),
    processes_per_client=whole(1, 8, 32),
    file_size_mib=st.floats(0.001, 1e5),
    file_count=whole(1, 100, 10**5),
    shared_file=st.booleans(),
    passes=whole(1, 2, 10),
    data_in=either("disk", "server_cache", "auto"),
    compression_ratio=st.floats(0.5, 4),
    rate_limit_mb_per_s=st.floats(0.1, 1e5),
)

SCENARIOS = st.fixed_dictionaries(
    {"file_system": FILE_SYSTEMS, "workloads": st.lists(WORKLOADS, max_size=2)}, optional={"clients": CLIENTS}
)
