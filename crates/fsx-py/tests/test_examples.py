"""The designs of the sweeps: which they are, and that their answers are those of single estimates."""

from __future__ import annotations

import math
import sys
from typing import Any

import pyarrow.compute
import pytest
from conftest import ROOT

import fsx_model

sys.path.insert(0, str(ROOT / "examples/python"))
import designs

COUNT = 3000


@pytest.fixture(scope="module")
def given() -> list[dict[str, Any]]:
    return [row for batch in designs.batches(COUNT, rows=700) for row in batch.to_pylist()]


@pytest.fixture(scope="module")
def answers() -> list[dict[str, Any]]:
    found = fsx_model.estimate_batches(designs.batches(COUNT, rows=700), designs.SCENARIO)
    return [row for batch in found for row in batch.to_pylist()]


def scenario_of(row: dict[str, Any]) -> dict[str, Any]:
    """The scenario of a row, by hand: each cell at its path."""
    whole: dict[str, Any] = {
        "file_system": {},
        "clients": dict(designs.SCENARIO["clients"]),
        "workloads": [dict(designs.SCENARIO["workloads"][0])],
    }
    for path, value in row.items():
        table, *names, field = path.split(".")
        place = whole["workloads"][0] if table == "workloads[0]" else whole[table]
        if value is not None:
            for name in names:
                place = place.setdefault(name, {})
            place[field] = value
    return whole


def test_there_are_ten_million_and_none_comes_twice() -> None:
    assert designs.ALL == 10_000_000
    assert [len(cut) for cut in designs.cuts()] == [designs.ROWS] * 40
    assert math.gcd(designs._STRIDE, designs.ALL) == 1


def test_designs_are_the_same_however_they_are_cut(given: list[dict[str, Any]]) -> None:
    assert len(given) == COUNT
    assert [row for batch in designs.batches(COUNT, rows=999) for row in batch.to_pylist()] == given
    assert designs.batch([COUNT - 1]).to_pylist() == given[-1:]
    assert len({tuple(row.values()) for row in given}) == COUNT


def test_each_value_of_each_axis_comes_about_equally_often(given: list[dict[str, Any]]) -> None:
    for fields, values in designs.AXES:
        found = [tuple(row[field] for field in fields) for row in given]
        share = COUNT / len(values)
        assert all(0.5 * share < found.count(value) < 1.5 * share for value in values), fields


def test_rows_are_answered_as_alone(given: list[dict[str, Any]], answers: list[dict[str, Any]]) -> None:
    assert [{name: row[name] for name in given[0]} for row in answers] == given
    for row, answer in list(zip(given, answers, strict=True))[::41]:
        try:
            alone = fsx_model.estimate(scenario_of(row))
        except fsx_model.RefusedError as error:
            told = tuple(answer[f"error_{name}"] for name in ("code", "field", "fix"))
            assert told == (error.code, error.field, error.fix)
            assert answer["throughput_mb_per_s"] is None
            continue
        load = alone.workloads[0].sustained
        assert load.throughput_mb_per_s is not None and alone.cost is not None
        assert answer["error_code"] is None
        assert answer["throughput_mb_per_s"] == load.throughput_mb_per_s.mid
        assert (answer["bottleneck"], answer["usd_per_month"]) == (load.bottleneck, alone.cost.usd_per_month)


def test_what_is_not_legal_is_kept(answers: list[dict[str, Any]]) -> None:
    assert len(answers) == COUNT
    legal = sum(row["error_code"] is None for row in answers)
    assert 0 < legal < COUNT / 2
    assert {"FSX-CAPACITY-STEP", "FSX-EFA-TYPE"} <= {row["error_code"] for row in answers}


def test_the_summary_has_the_same_bits_however_the_work_is_cut(answers: list[dict[str, Any]]) -> None:
    cut = list(designs.parts(designs.batches(COUNT, rows=700)))
    whole = designs.summary(designs.parts(designs.batches(COUNT)))
    assert designs.summary(reversed(cut)).equals(whole)
    assert pyarrow.compute.sum(whole["designs"]).as_py() == COUNT
    assert designs.text(whole) == designs.text(designs.summary(cut))
    scratch = [row for row in answers if row[designs.KIND[0]] == "SCRATCH_2" and row["error_code"] is None]
    (told,) = [row for row in whole.to_pylist() if row[designs.KIND[0]] == "SCRATCH_2" and row["legal"]]
    assert told["legal"] == len(scratch)
    assert told["usd_per_gb_s"] == min(row["usd_per_month"] / (row["throughput_mb_per_s"] / 1000) for row in scratch)


@pytest.mark.parametrize("count", [0, -1, designs.ALL + 1])
def test_there_are_no_other_designs(count: int) -> None:
    with pytest.raises(ValueError, match="10,000,000"):
        designs.cuts(count)
