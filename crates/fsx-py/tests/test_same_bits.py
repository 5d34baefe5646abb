"""The answers are those of the core and of the command line, byte by byte, and objects lose nothing of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import fsx_model
import pytest
from conftest import ROOT, SCENARIOS, question
from fsx_model import Scenario, types
from hypothesis import given, settings

VECTORS = sorted((ROOT / "conformance/vectors").glob("*.json"))
ANSWERS = {
    "estimate": types.Estimate,
    "check": types.Checked,
    "price": types.Priced,
    "plan": types.Plan,
    "reverse": types.Reversed,
    "efa_break_even": types.EfaBreakEven,
    "burst_or_baseline": types.BurstOrBaseline,
    "what_if": types.WhatIfs,
    "compare": types.Compared,
    "catalog": types.CatalogAnswer,
    "presets": types.Presets,
    "export": types.Exported,
    "import": types.Imported,
}
ON_THE_COMMAND_LINE = ("estimate", "price", "plan", "reverse", "what_if", "efa_break_even", "burst_or_baseline")


def without_null(tree: Any) -> Any:
    """The tree without fields that hold nothing, which objects do not tell from absent ones."""
    if isinstance(tree, dict):
        return {name: without_null(item) for name, item in tree.items() if item not in (None, [])}
    return [without_null(item) for item in tree] if isinstance(tree, list) else tree


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_vectors(path: Any) -> None:
    cases = json.loads(path.read_text())
    assert cases
    for case in cases:
        text = fsx_model.call(case["call"], case["input"])
        # parsed with every digit: equal floats have equal bits
        assert json.loads(text) == case["output"]
        if "ok" in case["output"]:
            answer = json.loads(text)["ok"]
            record = ANSWERS[case["call"]].from_dict(answer)
            assert without_null(record.to_dict()) == without_null(answer)
            assert json.dumps(without_null(record.to_dict()), sort_keys=True) == json.dumps(
                without_null(answer), sort_keys=True
            )


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_vectors_as_on_the_command_line(path: Any, fsx: Any) -> None:
    for case in json.loads(path.read_text()):
        # the other calls take several files or no scenario; a text without a brace is TOML on the command line
        if case["call"] in ON_THE_COMMAND_LINE and case["input"].lstrip().startswith("{"):
            assert fsx(case["call"], case["input"]).rstrip("\n") == fsx_model.call(case["call"], case["input"])


@settings(max_examples=1000)
@given(SCENARIOS)
def test_scenarios_as_on_the_command_line(fsx: Any, scenario: dict[str, Any]) -> None:
    text = json.dumps(scenario)
    assert fsx("estimate", text).rstrip("\n") == fsx_model.call("estimate", text)


@settings(max_examples=300)
@given(SCENARIOS)
def test_objects_say_what_dicts_say(scenario: dict[str, Any]) -> None:
    try:
        expected = fsx_model.estimate(scenario)
    except fsx_model.FsxModelError as error:
        with pytest.raises(type(error)) as raised:
            fsx_model.estimate(Scenario.from_dict(scenario))
        assert raised.value.findings == error.findings
    else:
        assert fsx_model.estimate(Scenario.from_dict(scenario)) == expected


def test_toml_and_json_of_an_example(example: str) -> None:
    asked = question(example)
    assert type(asked).from_dict(asked.to_dict()) == asked
    assert type(asked).from_json(json.dumps(asked.to_dict())) == asked


def test_every_call_has_a_function() -> None:
    names = {"import": "import_"}
    for call in fsx_model.CALLS:
        assert callable(getattr(fsx_model, names.get(call, call)))


def test_logs_of_darshan_become_loads() -> None:
    import darshan

    logs = sorted(Path(darshan.__path__[0]).rglob("*.darshan"))
    into = {"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 4800}}
    read = 0
    for log in logs:
        try:
            found = fsx_model.import_darshan(log, into=into)
        except fsx_model.FsxModelError as error:
            assert error.findings
            continue
        text = darshan.DarshanReport(str(log), read_all=True).to_json()
        assert found == fsx_model.import_(text, "darshan", into=into)
        assert fsx_model.estimate(found.scenario.to_scenario()).workloads
        assert found.scenario.to_requirement().workloads
        read += 1
    assert read > 10


def test_nothing_is_imported_that_an_answer_does_not_need() -> None:
    heavy = ["numpy", "pandas", "polars", "pyarrow", "matplotlib", "darshan", "fsx_model._display", "fsx_model.plot"]
    program = f"import fsx_model, sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
