"""Inputs and answers are values: frozen, equal, hashable, picklable, and changed by copying."""

from __future__ import annotations

import copy
import inspect
import pickle

import fsx_model
import pytest
from conftest import answers, question
from fsx_model import AssumptionRange, Clients, FileSystem, Requirement, Scenario, Workload, types

SCENARIO = Scenario(
    file_system=FileSystem(deployment_type="SCRATCH_2", storage_capacity_gib=2400),
    clients=[Clients(name="a"), Clients(name="b", count=2)],
    workloads=[Workload(processes_per_client=4)],
    assumptions={"tcp_efficiency": 0.8},
)


def test_a_record_is_frozen() -> None:
    with pytest.raises(AttributeError):
        SCENARIO.region = "eu-west-1"  # type: ignore[misc]
    # lists become tuples
    assert isinstance(SCENARIO.workloads, tuple) and isinstance(SCENARIO.clients, tuple)


def test_equal_records_have_equal_hashes() -> None:
    again = Scenario.from_dict(SCENARIO.to_dict())
    assert again == SCENARIO and hash(again) == hash(SCENARIO)
    assert len({again, SCENARIO, SCENARIO.replace(region="eu-west-1")}) == 2
    # 1 and 1.0 are equal
    whole, float_ = Workload(io_size_kib=1), Workload(io_size_kib=1.0)
    assert whole == float_ and hash(whole) == hash(float_)


def test_a_copy_with_changes() -> None:
    larger = SCENARIO.replace(file_system=SCENARIO.file_system.replace(storage_capacity_gib=4800))
    assert larger.file_system.storage_capacity_gib == 4800
    assert SCENARIO.file_system.storage_capacity_gib == 2400
    with pytest.raises(TypeError):
        SCENARIO.replace(storage=1)


def test_questions_and_answers_pickle(example: str) -> None:
    for record in (question(example), *answers(example)):
        again = pickle.loads(pickle.dumps(record))
        assert again == record and hash(again) == hash(record)
        assert copy.deepcopy(record) == record
        assert type(record).from_dict(record.to_dict()) == record


def test_an_error_pickles() -> None:
    with pytest.raises(fsx_model.RefusedError) as raised:
        fsx_model.estimate({"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 3600}})
    again = pickle.loads(pickle.dumps(raised.value))
    assert type(again) is fsx_model.RefusedError and again.findings == raised.value.findings


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(TypeError):
        FileSystem(deployment_type="SCRATCH_2", storage_capacity=1)  # type: ignore[call-arg]
    with pytest.raises(fsx_model.InputError) as raised:
        Scenario.from_dict({"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity": 1}, "client": {}})
    fields = [finding.field for finding in raised.value.findings]
    assert fields == ["client", "file_system.storage_capacity"]
    assert raised.value.fix == "clients"
    with pytest.raises(fsx_model.InputError) as raised:
        Workload.from_dict({"io_size": 1})
    assert "io_size" in str(raised.value)


def test_numbers_of_a_requirement_may_be_ranges() -> None:
    load = Workload(file_size_mib=AssumptionRange(low=1, mid=2, high=4))
    requirement = Requirement.from_dict(Requirement(workloads=[load]).to_dict())
    assert requirement.uncertainty is not None


def test_every_class_and_attribute_is_documented() -> None:
    for name in types.__all__:
        of = getattr(types, name)
        if inspect.isclass(of):
            assert of.__doc__, name
            for field in of.__struct_fields__:
                assert f"\n    {field} : " in of.__doc__, f"{name}.{field}"


def test_the_readme_does_what_it_says() -> None:
    import doctest
    from pathlib import Path

    done = doctest.testfile(str(Path(__file__).parents[1] / "README.md"), module_relative=False)
    assert done.attempted > 5 and done.failed == 0
