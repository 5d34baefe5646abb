"""Answers as tables."""

import sys

import fsx_model as fsx
import pytest
from conftest import answers, others, question
from fsx_model._base import Tabular
from fsx_model._tables import _TABLES


def tabular(found):
    return [answer for answer in found if isinstance(answer, Tabular)]


def agree(answer) -> None:
    rows = answer.to_dicts()
    arrow, polars, pandas = answer.to_arrow(), answer.to_polars(), answer.to_pandas()
    names = arrow.column_names
    assert names == polars.columns == list(pandas.columns)
    assert all(list(row) == names for row in rows)
    assert arrow.to_pylist() == rows == polars.to_dicts()
    plain = pandas.astype(object).where(pandas.notna(), None).to_dict("records")
    assert plain == rows


def test_all_forms_agree(example):
    for answer in tabular(answers(example)):
        agree(answer)


def test_all_forms_of_other_answers_agree():
    for answer in tabular(others()):
        agree(answer)


def test_every_answer_with_a_table_has_one():
    kinds = {cls for base in (Tabular, *Tabular.__subclasses__()) for cls in base.__subclasses__()}
    assert set(_TABLES) == {cls for cls in kinds if not cls.__subclasses__()}


def test_columns_stay_without_rows():
    for answer, empty in (
        (fsx.estimate(question("single_reader")), {"workloads": ()}),
        (fsx.plan(question("plan_metadata")), {"best": None, "alternatives": ()}),
        (fsx.price(question("single_reader")), {"lines": ()}),
        (fsx.what_if(question("single_reader")), {"what_ifs": ()}),
        (fsx.catalog("throughput"), {"rows": ()}),
    ):
        bare = answer.replace(**empty)
        assert bare.to_dicts() == []
        assert list(bare.to_pandas().columns) == bare.to_polars().columns == answer.to_arrow().column_names
        if not isinstance(answer, fsx.types.CatalogAnswer):
            assert bare.to_arrow().schema == answer.to_arrow().schema
            assert list(bare.to_pandas().dtypes) == list(answer.to_pandas().dtypes)


def test_an_estimate_has_a_row_per_workload_and_limit():
    answer = fsx.estimate(question("training_and_checkpoints"))
    rows = answer.to_dicts()
    assert len(rows) == sum(len(load.limits) for load in answer.workloads)
    for load in answer.workloads:
        stops = [row["limit"] for row in rows if row["workload"] == load.name and row["is_bottleneck"]]
        assert stops == [load.sustained.bottleneck]
    limit = answer.workloads[0].limits[0]
    assert (
        rows[0]["sustained_value"] == limit.sustained.value and rows[0]["burst_utilization"] == limit.burst.utilization
    )
    assert rows[0]["unit"] == "MB/s" and rows[0]["formula"] == limit.formula


def test_a_plan_has_its_winner_first():
    answer = fsx.plan(question("plan_training_checkpoints"))
    rows = answer.to_dicts()
    assert [row["place"] for row in rows] == ["best"] + ["alternative"] * len(answer.alternatives)
    assert rows[0]["usd_per_month"] == answer.best.cost.usd_per_month
    assert rows[0]["tightest_margin"] == min(target.margin for target in answer.best.targets)


def test_lines_of_a_price_add_up_to_it():
    priced = fsx.price(question("training_reads"))
    assert priced.to_polars()["usd_per_month"].sum() == pytest.approx(priced.usd_per_month)


def test_what_ifs_have_a_row_per_change_and_workload():
    answer = fsx.what_if(question("training_and_checkpoints"))
    rows = answer.to_dicts()
    assert [row["ratio"] for row in rows] == [ratio for of in answer.what_ifs for ratio in of.ratios]
    assert all(row["sustained"] / row["sustained_now"] == pytest.approx(row["ratio"]) for row in rows)


def test_a_catalog_table_has_its_own_columns():
    answer = fsx.catalog("sizes")
    assert list(answer.to_dicts()[0]) == [column.name for column in answer.columns]
    assert any(" " in (row["small_sizes_gib"] or "") for row in answer.to_dicts())


@pytest.mark.parametrize("name", ["pandas", "polars", "pyarrow"])
def test_what_is_not_installed_is_named(name, monkeypatch):
    monkeypatch.setitem(sys.modules, name, None)
    answer = fsx.catalog("throughput")
    with pytest.raises(ImportError, match=f"pip install {name}"):
        {"pandas": answer.to_pandas, "polars": answer.to_polars, "pyarrow": answer.to_arrow}[name]()
