"""A table of scenarios has the answers of its rows one by one, whatever library it comes from."""

from __future__ import annotations

import pickle
from typing import Any

import duckdb
import fsx_model
import numpy
import pandas
import polars
import pyarrow
import pytest
from fsx_model import InputError, Table, estimate_batches, estimate_table
from hypothesis import given, settings
from hypothesis import strategies as st

BASE = {
    "file_system": {"deployment_type": "PERSISTENT_2", "per_unit_storage_throughput": 250},
    "clients": {"instance_type": "c6in.16xlarge"},
    "workloads": [{}],
}
COLUMNS = {
    "file_system.storage_capacity_gib": [1200, 2400, 3600, 48000],
    "workloads[0].direct_io": [False, True, True, None],
    "workloads[0].operation": ["read", "write", "create", None],
    "clients.count": [1.0, 8.0, None, 16.0],
}
GIVEN = list(COLUMNS)


def put(tree: Any, path: str, value: Any) -> None:
    """Puts a value in a tree; none removes the field."""
    *above, name = path.replace("[0]", ".0").split(".")
    for part in above:
        if value is None and isinstance(tree, dict) and part not in tree:
            return
        tree = tree[int(part)] if isinstance(tree, list) else tree.setdefault(part, {})
    if value is None:
        tree.pop(name, None)
    else:
        tree[name] = value


def one(row: dict[str, Any]) -> dict[str, Any]:
    """The answer to a row by the single call, in the columns of the table."""
    scenario = pickle.loads(pickle.dumps(BASE))
    for path, value in row.items():
        put(scenario, path, value)
    names = ("throughput_mb_per_s", "operations_per_s", "latency_ms", "bottleneck")
    empty = dict.fromkeys(
        [*names, *(f"burst_{name}" for name in names), "seconds", "usd_per_month", "usd_partial"]
        + [f"error_{part}" for part in ("code", "field", "value", "message", "fix")]
    )
    try:
        answer = fsx_model.estimate(scenario)
    except fsx_model.FsxModelError as error:
        first = next(finding for finding in error.findings if finding.severity == "error")
        told = {f"error_{part}": getattr(first, part) for part in ("code", "field", "value", "message", "fix")}
        return row | empty | told
    load = answer.workloads[0]
    assert answer.cost is not None
    found: dict[str, Any] = {}
    for prefix, regime in (("", load.sustained), ("burst_", load.burst)):
        if regime is not None:
            rate = regime.throughput_mb_per_s
            figures = (rate and rate.mid, regime.operations_per_s.mid, regime.latency_ms.mid, regime.bottleneck)
            found |= {prefix + name: figure for name, figure in zip(names, figures, strict=True)}
    found |= {"seconds": load.seconds.mid, "usd_per_month": answer.cost.usd_per_month, "usd_partial": answer.cost.partial}
    return row | empty | found


def rows_of(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


NUMPY = {
    "file_system.storage_capacity_gib": numpy.array(COLUMNS[GIVEN[0]]),
    "workloads[0].direct_io": COLUMNS[GIVEN[1]],
    "workloads[0].operation": numpy.array(COLUMNS[GIVEN[2]], dtype=object),
    "clients.count": COLUMNS[GIVEN[3]],
}
PANDAS = pandas.DataFrame(COLUMNS).astype({"workloads[0].operation": "category"})
TABLES: dict[str, Any] = {
    "lists": COLUMNS,
    "numpy": NUMPY,
    "pandas": PANDAS,
    "polars": polars.DataFrame(COLUMNS),
    "polars series": dict(polars.DataFrame(COLUMNS).to_dict()),
    "pandas series": dict(PANDAS.items()),
    "arrow arrays": {name: pyarrow.array(values) for name, values in COLUMNS.items()},
    "pyarrow": pyarrow.table(COLUMNS),
    "record batch": pyarrow.record_batch(COLUMNS),
    "chunks": pyarrow.concat_tables([pyarrow.table(COLUMNS).slice(0, 1), pyarrow.table(COLUMNS).slice(1)]),
    "reader": None,
    "duckdb": None,
    "large": pyarrow.table(COLUMNS).cast(
        pyarrow.schema(
            zip(GIVEN, [pyarrow.int32(), pyarrow.bool_(), pyarrow.large_string(), pyarrow.float32()], strict=True)
        )
    ),
    "dictionary": pyarrow.table(COLUMNS | {GIVEN[2]: pyarrow.array(COLUMNS[GIVEN[2]]).dictionary_encode()}),
}


@pytest.mark.parametrize("library", TABLES)
def test_every_library(library: str) -> None:
    table = TABLES[library]
    if library == "reader":
        table = pyarrow.table(COLUMNS).to_reader(max_chunksize=1)
    if library == "duckdb":
        source = pyarrow.table(COLUMNS)
        table = duckdb.sql("select * from source")
        assert source is not None
    answers = estimate_table(table, BASE)
    expected = [one(row) for row in rows_of(COLUMNS)]
    assert [row["error_code"] for row in expected] == [None, None, "FSX-CAPACITY-STEP", None]
    assert answers.to_dicts() == expected
    assert len(answers) == 4 and answers.column_names == list(expected[0])


def test_a_table_goes_to_every_library() -> None:
    answers = estimate_table(COLUMNS, BASE)
    rows = answers.to_dicts()
    assert answers.to_arrow().to_pylist() == rows
    assert answers.to_polars().to_dicts() == rows
    assert pyarrow.table(answers).equals(answers.to_arrow())
    frame = answers.to_pandas()
    assert list(frame.columns) == answers.column_names
    for name in answers.column_names:
        cells = [None if pandas.isna(cell) else cell for cell in frame[name]]
        assert cells == [row[name] for row in rows]
    assert set(answers.to_numpy()) == set(answers.column_names)
    assert answers["seconds"].dtype == float and numpy.isnan(answers["seconds"][2])
    assert answers["bottleneck"].dtype == object and answers["bottleneck"][2] is None
    assert pickle.loads(pickle.dumps(answers)).to_dicts() == rows
    assert "4 rows" in repr(answers) and "disk_throughput" in answers._repr_html_()
    with pytest.raises(KeyError):
        answers["rate"]


def test_what_comes_out_can_go_in_again() -> None:
    again = estimate_table(estimate_table(COLUMNS, BASE).to_arrow().select(GIVEN), BASE)
    assert again.to_dicts() == estimate_table(COLUMNS, BASE).to_dicts()


def test_batches_are_answered_one_by_one() -> None:
    batches = pyarrow.table(COLUMNS).to_batches(max_chunksize=3)
    answered = list(estimate_batches(iter(batches), BASE))
    assert [batch.num_rows for batch in answered] == [3, 1]
    assert pyarrow.Table.from_batches(answered).to_pylist() == estimate_table(COLUMNS, BASE).to_dicts()


def test_no_rows_have_the_columns_all_the_same() -> None:
    empty = estimate_table(pyarrow.table(COLUMNS).slice(0, 0), BASE)
    assert len(empty) == 0 and empty.column_names == estimate_table(COLUMNS, BASE).column_names
    assert empty.to_pandas().empty and empty.to_dicts() == []


CELLS = st.fixed_dictionaries(
    {
        "file_system.storage_capacity_gib": st.sampled_from([1200, 2400, 9600, 1000, -1, 1.5, 1e308, None]),
        "file_system.deployment_type": st.sampled_from(["SCRATCH_2", "PERSISTENT_2", "SCRATCH_9", None]),
        "file_system.per_unit_storage_throughput": st.sampled_from([125, 250, 1000, None]),
        "file_system.metadata_configuration.mode": st.sampled_from(["AUTOMATIC", None]),
        "clients.count": st.one_of(st.integers(1, 500), st.none()),
        "workloads[0].processes_per_client": st.one_of(st.integers(-1, 64), st.none()),
        "workloads[0].io_size_kib": st.one_of(st.floats(1, 4096), st.none()),
        "workloads[0].operation": st.sampled_from(["read", "write", "stat", None]),
        "workloads[0].direct_io": st.sampled_from([True, False, None]),
    }
)


@settings(max_examples=100)
@given(st.lists(CELLS, min_size=1, max_size=20))
def test_every_row_has_the_bits_of_the_single_call(rows: list[dict[str, Any]]) -> None:
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    for answer, row in zip(estimate_table(columns, BASE).to_dicts(), rows, strict=True):
        expected = one(row)
        for name in answer.keys() - row.keys():
            assert answer[name] == expected[name], (name, row)


BAD: list[tuple[Any, str, str]] = [
    (None, "INPUT-TYPE", ""),
    (3, "INPUT-TYPE", ""),
    ([{"clients.count": 1}], "INPUT-TYPE", ""),
    ({}, "INPUT-BATCH", ""),
    (pyarrow.table({}), "INPUT-BATCH", ""),
    ({"clients.cuont": [1]}, "INPUT-UNKNOWN-FIELD", "clients.cuont"),
    ({"clients": [1]}, "INPUT-TYPE", "clients"),
    ({1: [1]}, "INPUT-TYPE", "1"),
    ({"clients.count": ["a"]}, "INPUT-TYPE", "clients.count"),
    ({"clients.count": [True]}, "INPUT-TYPE", "clients.count"),
    ({"clients.count": [1, "a"]}, "INPUT-TYPE", "clients.count"),
    ({"clients.count": [object()]}, "INPUT-TYPE", "clients.count"),
    ({"clients.count": [10**400]}, "INPUT-TYPE", "clients.count"),
    ({"clients.count": 5}, "INPUT-TYPE", "clients.count"),
    ({"clients.count": numpy.zeros((2, 2))}, "INPUT-TYPE", "clients.count"),
    ({"clients.count": numpy.array([1j])}, "INPUT-TYPE", "clients.count"),
    ({"clients.count": numpy.array(["2020-01-01"], dtype="datetime64[D]")}, "INPUT-TYPE", "clients.count"),
    (pyarrow.table({"clients.count": [[1]]}), "INPUT-TYPE", "clients.count"),
    (polars.DataFrame({"region": [{"a": 1}]}), "INPUT-TYPE", "region"),
    ({"clients.count": [1, 2], "region": ["us-east-1"]}, "INPUT-BATCH", "region"),
]


@pytest.mark.parametrize(("table", "code", "field"), BAD, ids=range(len(BAD)))
def test_a_table_that_is_none_is_a_typed_error(table: Any, code: str, field: str) -> None:
    with pytest.raises(InputError) as raised:
        estimate_table(table, BASE)
    assert (raised.value.code, raised.value.field) == (code, field), str(raised.value)


@pytest.mark.parametrize("base", [[], "x", 3, {"workloads": [{}, {}]}, {"jobs": [{"kind": "training"}]}, {"a": object()}])
def test_a_base_that_is_none_is_a_typed_error(base: Any) -> None:
    with pytest.raises(InputError):
        estimate_table({"clients.count": [1]}, base)


def test_several_faults_at_once() -> None:
    with pytest.raises(InputError) as raised:
        estimate_table({"clients.cuont": [1], "workloads[0].pases": [2]}, BASE)
    assert [finding.fix for finding in raised.value.findings] == ["clients.count", "workloads[0].passes"]


def test_numbers_that_are_none_are_faults_of_their_row() -> None:
    counts = [1, 1.5, float("nan"), float("inf"), -1, 1e308]
    answers: Table = estimate_table({"clients.count": counts}, BASE | {"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 1200}})
    codes = [row["error_code"] for row in answers.to_dicts()]
    assert codes[:4] == [None, "INPUT-TYPE", "INPUT-NOT-FINITE", "INPUT-NOT-FINITE"]
    assert all(codes[1:])
