"""What a table of another library has to offer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeAlias

Cells: TypeAlias = "bytes | Sequence[float | None] | Sequence[bool | None] | Sequence[str | None]"
"""A column for the native module: the memory of floats, or a list."""


class ArrowStream(Protocol):
    """A table or stream of record batches, such as those of pyarrow, pandas, polars and DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> Any: ...


class ArrowBatch(Protocol):
    """A record batch."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> Any: ...


class ArrowTable(ArrowStream, Protocol):
    """The table of the native module."""

    @property
    def column_names(self) -> list[str]: ...
    @property
    def num_rows(self) -> int: ...
