"""Many scenarios at once, as the rows of a table."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from . import _json, _native
from .errors import InputError

if TYPE_CHECKING:
    import numpy
    import pandas
    import polars
    import pyarrow

    from ._arrow import ArrowBatch, ArrowStream, ArrowTable
    from ._calls import ScenarioLike

    Columns: TypeAlias = "Mapping[str, Sequence[Any] | numpy.ndarray[Any, Any]]"

__all__ = ["Table", "estimate_batches", "estimate_table"]


def estimate_table(table: ArrowStream | ArrowBatch | Columns, scenario: ScenarioLike | None = None) -> Table:
    """Return the table with the answer to each row beside it.

    A row is a scenario: ``scenario`` with the cells of the row in place of its fields. All cores work, Python runs on.

    Parameters
    ----------
    table : Arrow table, record batch or stream, or mapping
        Whatever speaks the Arrow PyCapsule protocol (pandas, polars, pyarrow, DuckDB), or arrays of numpy or lists of
        equal length by name. A column is named by the path of its field, as findings name it:
        ``"file_system.storage_capacity_gib"``, ``"clients.count"``, ``"workloads[0].io_size_kib"``. It holds numbers,
        texts or flags; a null leaves the field out.
    scenario : Scenario or mapping, optional
        What all rows have in common. It may lack what the columns supply. Without workloads, a row has a plain one.
        One workload, no jobs, one client group.

    Returns
    -------
    Table
        As many rows, in the same order; the columns given, then, at mid:

        - ``throughput_mb_per_s`` (null for metadata), ``operations_per_s``, ``latency_ms``, ``bottleneck``: with burst
          credits spent; the same behind ``burst_`` with credits there, null where nothing bursts;
        - ``seconds``: time for all bytes of all passes;
        - ``usd_per_month``, and ``usd_partial``: whether something is billed that is not in it;
        - ``error_code``, ``error_field``, ``error_value``, ``error_message``, ``error_fix``: why a row has no answer; null
          where it has one.

        The numbers are those of :func:`fsx_model.estimate` to the last bit.

    Raises
    ------
    InputError
        If a column is of no field, of a wrong type or of another length, or the scenario is none for a batch.

    Examples
    --------
    SCRATCH_2 has 200 MB/s per TiB of 1000 GiB; its capacity comes in steps:

    >>> sizes = {"file_system.storage_capacity_gib": [1200, 2400, 3600]}
    >>> base = {"file_system": {"deployment_type": "SCRATCH_2"}, "workloads": [{"processes_per_client": 64}]}
    >>> answers = estimate_table(sizes, base).to_dicts()
    >>> [round(row["throughput_mb_per_s"]) for row in answers[:2]]
    [240, 480]
    >>> answers[2]["error_code"], answers[2]["error_fix"]
    ('FSX-CAPACITY-STEP', '4800')
    """
    base = _json.encode({} if scenario is None else scenario)
    if not base.startswith("{"):
        raise InputError((_json.fault("", type(scenario).__name__, "neither a scenario nor a mapping"),))
    answered = _native.estimate_table(base, _arrow(table))
    if isinstance(answered, str):
        raise _json.errors(answered)
    return Table(answered)


def estimate_batches(
    batches: Iterable[pyarrow.RecordBatch], scenario: ScenarioLike | None = None
) -> Iterator[pyarrow.RecordBatch]:
    """Yield each record batch with the answers to its rows beside it: :func:`estimate_table` for engines.

    A pure function over record batches, as PySpark's ``mapInArrow`` takes it; with ``functools.partial`` for the
    scenario it goes to other processes.

    Examples
    --------
    >>> import pyarrow
    >>> batch = pyarrow.record_batch({"file_system.storage_capacity_gib": [1200, 2400]})
    >>> base = {"file_system": {"deployment_type": "SCRATCH_2"}}
    >>> [answers.num_rows for answers in estimate_batches([batch], base)]
    [2]
    """
    for batch in batches:
        yield from estimate_table(batch, scenario).to_arrow().to_batches()


class Table:
    """Scenarios with their answers: an Arrow table that any library takes without a copy.

    ``len(table)`` is the number of rows, ``table["usd_per_month"]`` a column as an array of numpy.
    """

    __slots__ = ("_table",)

    def __init__(self, table: ArrowTable) -> None:
        self._table = table

    @property
    def column_names(self) -> list[str]:
        """Names of the columns, those given first."""
        return self._table.column_names

    def __len__(self) -> int:
        return self._table.num_rows

    def __getitem__(self, name: str) -> numpy.ndarray[Any, Any]:
        import numpy

        values = _native.values_of(self._table, name)
        return numpy.frombuffer(values, dtype=float) if isinstance(values, bytes) else numpy.array(values, dtype=object)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> Any:
        return self._table.__arrow_c_stream__(requested_schema)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.to_arrow(),)

    def to_numpy(self) -> dict[str, numpy.ndarray[Any, Any]]:
        """Return the columns by name: numbers as float64, NaN where there is none; others as objects, ``None`` there."""
        return {name: self[name] for name in self.column_names}

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the table as one dict per row; ``None`` where there is nothing."""
        plain = (_native.values_of(self._table, name) for name in self.column_names)
        columns = [_numbers(values) if isinstance(values, bytes) else values for values in plain]
        return [dict(zip(self.column_names, row, strict=True)) for row in zip(*columns, strict=True)]

    def to_arrow(self) -> pyarrow.Table:
        """Return a :class:`pyarrow.Table`; needs pyarrow."""
        import pyarrow

        return cast("pyarrow.Table", pyarrow.table(self))

    def to_pandas(self) -> pandas.DataFrame:
        """Return a :class:`pandas.DataFrame`; needs pandas."""
        import pandas

        return pandas.DataFrame(self.to_numpy())

    def to_polars(self) -> polars.DataFrame:
        """Return a :class:`polars.DataFrame`; needs polars."""
        import polars

        return polars.DataFrame(self)

    def __repr__(self) -> str:
        return f"Table({len(self)} rows: {', '.join(self.column_names)})"

    def _repr_html_(self) -> str:
        shown = 10
        head = Table(_native.head(self._table, shown)).to_dicts()
        names = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in self.column_names)
        rows = "".join(f"<tr>{''.join(map(_cell, row.values()))}</tr>" for row in head)
        more = f"<p>{len(self):,} rows, {min(shown, len(self))} of them shown</p>"
        return f'<div style="overflow-x:auto"><table><tr>{names}</tr>{rows}</table>{more}</div>'


def _cell(value: object) -> str:
    text = "" if value is None else f"{value:,.6g}" if isinstance(value, float) else str(value)
    return f"<td>{html.escape(text)}</td>"


def _numbers(values: bytes) -> list[float | None]:
    return [None if value != value else value for value in memoryview(values).cast("d")]


def _restored(table: ArrowStream) -> Table:
    return Table(_native.table_from(table))


def _arrow(table: ArrowStream | ArrowBatch | Columns) -> ArrowStream | ArrowBatch:
    if _speaks_arrow(table):
        return cast("ArrowStream", table)
    if not isinstance(table, Mapping):
        raise InputError((_json.fault("", type(table).__name__, "neither an Arrow table nor columns by name"),))
    columns = {}
    faults = [] if table else [_json.fault("", "", "the table has no columns", "INPUT-BATCH")]
    for name, values in table.items():
        try:
            columns[name] = _column(name, values)
        except (TypeError, ValueError, OverflowError):
            message = f"a column holds numbers, texts or flags, one for each row, not {_kind(values)}"
            faults.append(_json.fault(str(name), "", message))
    rows = [column.num_rows for column in columns.values()]
    for name, column in columns.items():
        if column.num_rows != rows[0]:
            message = f"the column has {column.num_rows} values where the first column has {rows[0]}"
            faults.append(_json.fault(name, "", message, "INPUT-BATCH"))
    if faults:
        raise InputError(tuple(faults))
    return _native.beside(list(columns.values()))


def _kind(values: object) -> str:
    shape = getattr(values, "shape", None)
    return f"{type(values).__name__} of shape {shape}" if shape is not None else repr(values)[:60]


def _column(name: str, values: Any) -> ArrowTable:
    """A table of one column: of an Arrow array or series, an array of numpy, or a list."""
    if _speaks_arrow(values):
        return _native.column_from(name, values)
    if not hasattr(values, "dtype"):
        return _native.column(name, list(values))
    import numpy

    array = numpy.asarray(values)
    if array.ndim != 1:
        raise ValueError(array.shape)
    return _native.column(name, array.astype(float).tobytes() if array.dtype.kind in "fiu" else array.tolist())


def _speaks_arrow(values: object) -> bool:
    return hasattr(values, "__arrow_c_stream__") or hasattr(values, "__arrow_c_array__")
