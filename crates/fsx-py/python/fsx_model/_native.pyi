from collections.abc import Sequence
from typing import Final

from ._arrow import ArrowBatch, ArrowStream, ArrowTable, Cells

__all__ = [
    "CALLS",
    "__version__",
    "beside",
    "call",
    "column",
    "column_from",
    "estimate_table",
    "head",
    "read",
    "table_from",
    "values_of",
]

__version__: Final[str]
CALLS: Final[list[str]]

def call(name: str, json: str) -> bytes: ...
def read(what: str, format: str, text: str) -> str: ...
def column(name: str, cells: Cells) -> ArrowTable: ...
def column_from(name: str, values: ArrowStream | ArrowBatch) -> ArrowTable: ...
def beside(tables: Sequence[ArrowStream]) -> ArrowTable: ...
def table_from(rows: ArrowStream | ArrowBatch) -> ArrowTable: ...
def head(table: ArrowStream, rows: int) -> ArrowTable: ...
def estimate_table(base: str, rows: ArrowStream | ArrowBatch) -> ArrowTable | str: ...
def values_of(table: ArrowStream, name: str) -> bytes | list[str | None] | list[bool | None]: ...
