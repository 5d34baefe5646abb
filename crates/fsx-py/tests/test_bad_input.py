"""What makes no sense is an exception with code, field and value; nothing crashes, nothing is quietly put right."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import fsx_model
import pytest
from fsx_model import FileSystem, FsxModelError, InputError, Scenario, Workload
from hypothesis import given, settings
from hypothesis import strategies as st

FUNCTIONS = [
    fsx_model.estimate,
    fsx_model.check,
    fsx_model.price,
    fsx_model.plan,
    fsx_model.reverse,
    fsx_model.what_if,
    fsx_model.efa_break_even,
    fsx_model.burst_or_baseline,
]


def circle() -> dict[str, Any]:
    tree: dict[str, Any] = {}
    tree["file_system"] = tree
    return tree


def deep(depth: int) -> list[Any]:
    tree: list[Any] = []
    for _ in range(depth):
        tree = [tree]
    return tree


def with_capacity(value: Any) -> dict[str, Any]:
    return {"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": value}}


CASES = [
    (None, "INPUT-TYPE", ""),
    (circle(), "INPUT-TYPE", "file_system"),
    (deep(50_000), "INPUT-TYPE", "[0]" * 101),
    (object(), "INPUT-TYPE", ""),
    ("text", "INPUT-TYPE", ""),
    (float("nan"), "INPUT-NOT-FINITE", ""),
    (with_capacity(math.nan), "INPUT-NOT-FINITE", "file_system.storage_capacity_gib"),
    (with_capacity(-math.inf), "INPUT-NOT-FINITE", "file_system.storage_capacity_gib"),
    (with_capacity(1e308), "INPUT-TYPE", "file_system.storage_capacity_gib"),
    (with_capacity(10**400), "INPUT-TYPE", "file_system.storage_capacity_gib"),
    (with_capacity(2**70), "INPUT-TYPE", "file_system.storage_capacity_gib"),
    (with_capacity("2400"), "INPUT-TYPE", "file_system.storage_capacity_gib"),
    (with_capacity([2400]), "INPUT-TYPE", "file_system.storage_capacity_gib"),
    (with_capacity(True), "INPUT-TYPE", "file_system.storage_capacity_gib"),
    (with_capacity(1j), "INPUT-TYPE", "file_system.storage_capacity_gib"),
    (with_capacity(lambda: 1), "INPUT-TYPE", "file_system.storage_capacity_gib"),
    ({"file_system": {"deployment_type": "\ud800"}}, "INPUT-TYPE", "file_system.deployment_type"),
    ({("a", 1): 1}, "INPUT-TYPE", ""),
    ({1: 1}, "INPUT-TYPE", ""),
    ({"region": b"us-east-1"}, "INPUT-TYPE", "region"),
    ({"region": {"us-east-1"}}, "INPUT-TYPE", "region"),
    ({"region": Decimal("NaN")}, "INPUT-NOT-FINITE", "region"),
]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(("bad", "code", "field"), CASES, ids=range(len(CASES)))
def test_each_is_a_typed_error(function: Any, bad: Any, code: str, field: str) -> None:
    with pytest.raises(InputError) as raised:
        function(bad)
    error = raised.value
    assert isinstance(error, ValueError)
    if function is fsx_model.estimate:
        assert (error.code, error.field) == (code, field), str(error)
    assert error.code.startswith("INPUT-")
    assert all(finding.message for finding in error.findings)


def test_a_record_says_at_once_what_no_json_can_hold() -> None:
    for bad in (math.inf, math.nan, b"1", {1, 2}, object()):
        with pytest.raises(InputError) as raised:
            Workload(passes=bad)  # type: ignore[arg-type]
        assert raised.value.field == "passes"
    with pytest.raises(InputError) as raised:
        Scenario(file_system=FileSystem(deployment_type="SCRATCH_2"), assumptions={"tcp_efficiency": math.nan})
    assert raised.value.field == "assumptions.tcp_efficiency"
    with pytest.raises(InputError):
        Workload().replace(passes=math.nan)


def test_a_record_of_wrong_types_is_refused_when_it_is_used() -> None:
    file_system = FileSystem(deployment_type="SCRATCH_9", storage_capacity_gib="x")  # type: ignore[arg-type]
    with pytest.raises(InputError) as raised:
        fsx_model.estimate(Scenario(file_system=file_system))
    assert [finding.field for finding in raised.value.findings] == [
        "file_system.deployment_type",
        "file_system.storage_capacity_gib",
    ]


def test_all_problems_at_once() -> None:
    with pytest.raises(fsx_model.RefusedError) as raised:
        fsx_model.estimate(
            {"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 100, "efa_enabled": True}}
        )
    error = raised.value
    assert len(error.findings) == 2 and not isinstance(error, ValueError)
    assert all(finding.code in str(error) and finding.field in str(error) for finding in error.findings)


def test_what_is_not_modelled_has_a_class_of_its_own() -> None:
    requirement = {
        "objective": "fastest",
        "capacity": {"data_gib": 1000},
        "workloads": [{}],
        "constraints": {"max_usd_per_month": 1000},
        "uncertainty": {"confidence": 0.9},
    }
    with pytest.raises(fsx_model.NotModelledError):
        fsx_model.plan(requirement)


def test_scalars_of_numpy_are_numbers() -> None:
    numpy = pytest.importorskip("numpy")
    plain = fsx_model.check(with_capacity(2400))
    assert fsx_model.check(with_capacity(numpy.int64(2400))) == plain
    assert fsx_model.check(with_capacity(numpy.float64(2400))) == plain
    with pytest.raises(InputError):
        fsx_model.check(with_capacity(numpy.float64("nan")))
    with pytest.raises(InputError):
        fsx_model.check(with_capacity(numpy.array([1, 2])))


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.complex_numbers(), st.decimals()
)
NAMES = st.one_of(st.sampled_from(["file_system", "workloads", "clients", "jobs", "capacity", "name"]), st.text())
JUNK = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner), st.tuples(inner), st.dictionaries(NAMES, inner)), max_leaves=20
)


@settings(max_examples=500)
@given(st.sampled_from(FUNCTIONS), JUNK)
def test_junk_is_an_answer_or_a_typed_error(function: Any, junk: Any) -> None:
    try:
        function(junk)
    except FsxModelError as error:
        assert error.findings


@given(st.text(), st.text())
def test_the_door_takes_any_text(name: str, text: str) -> None:
    assert fsx_model.call(name, text).startswith('{"errors":[')
    with pytest.raises(InputError):
        Scenario.from_toml(text + "\n[")
