"""What every class of :mod:`fsx_model.types` can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, cast

import msgspec

from . import _json

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow
    from matplotlib.axes import Axes
    from typing_extensions import Self

    from .types import Requirement, Scenario


# gc=False: nothing here can hold itself, and an answer of hundreds of records is no work for the garbage collector
class Record(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """A frozen table of named fields; ``None`` and ``()`` stand for a field that is absent.

    Equal by value, hashable, picklable. An IDE completes its fields.
    """

    looks_at_itself: ClassVar[bool] = True
    """An input when it is made, an answer has been read from JSON: what is in them need not be looked through again."""

    def __hash__(self) -> int:
        return hash((type(self), *(_hashable(getattr(self, name)) for name in self.__struct_fields__)))

    def __repr__(self) -> str:
        from ._display import text

        return text(self)

    def _repr_html_(self) -> str:
        from ._display import html

        return html(self)

    def replace(self, **changes: Any) -> Self:
        """Return a copy in which the named fields have other values.

        Examples
        --------
        >>> from fsx_model import FileSystem
        >>> small = FileSystem(deployment_type="SCRATCH_2", storage_capacity_gib=1200)
        >>> small.replace(storage_capacity_gib=2400).storage_capacity_gib
        2400
        """
        return msgspec.structs.replace(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """Return nested dicts and lists, as in JSON; absent fields are left out.

        Examples
        --------
        >>> from fsx_model import FileSystem
        >>> FileSystem(deployment_type="SCRATCH_2", storage_capacity_gib=1200).to_dict()
        {'deployment_type': 'SCRATCH_2', 'storage_capacity_gib': 1200}
        """
        return cast("dict[str, Any]", msgspec.json.decode(_json.encode(self)))

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Self:
        """Return the record with these fields, checked for names and types.

        Raises
        ------
        InputError
            If a field is unknown, missing or of a wrong type.
        """
        return _json.record_of(cls, fields)


class Input(Record, frozen=True):
    """A table of a scenario or requirement. Defaults are the core's: an absent field says nothing.

    A value that no JSON could hold (NaN, bytes) is an :class:`~fsx_model.InputError` at once; whether it makes sense, the
    core says when it is asked.
    """

    def __post_init__(self) -> None:
        names = self.__struct_fields__
        for place, value in enumerate(msgspec.structs.astuple(self)):
            if type(value) in _json.SCALARS or isinstance(value, Record):
                continue
            if isinstance(value, list):
                # before anyone else holds the record
                msgspec.structs.force_setattr(self, names[place], tuple(value))
            if not _json.is_plain(value):
                _json.refuse_faults(self)


class Answer(Record, frozen=True):
    """A table of an answer."""


class Question(Input, frozen=True):
    """A scenario or requirement as a whole."""

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Self:
        """Return the scenario or requirement with these fields, checked by the core.

        Raises
        ------
        InputError
            With a finding for every unknown or missing field and every wrong type.
        """
        return _json.read(cls, "json", _json.encode(fields))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the scenario or requirement of a JSON text; errors as of :meth:`from_dict`."""
        return _json.read(cls, "json", text)

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Return the scenario or requirement of a TOML text, as the command line reads it.

        Raises
        ------
        InputError
            With a finding for every fault, the place of a fault of syntax included.

        Examples
        --------
        >>> from fsx_model import Scenario
        >>> scenario = Scenario.from_toml('''
        ... [file_system]
        ... deployment_type = "SCRATCH_2"
        ... storage_capacity_gib = 1200
        ... ''')
        >>> scenario.file_system.storage_capacity_gib
        1200
        """
        return _json.read(cls, "toml", text)


class Drafted(Input, frozen=True):
    """As much of a scenario or requirement as another tool tells."""

    def to_scenario(self) -> Scenario:
        """Return the design in it: without what only a requirement says, such as ``capacity``.

        Raises
        ------
        InputError
            If it has no file system.
        """
        from .types import Scenario

        return Scenario.from_dict(self._fields_of(Scenario))

    def to_requirement(self) -> Requirement:
        """Return the requirement in it: without what only a design has, such as ``file_system``."""
        from .types import Requirement

        return Requirement.from_dict(self._fields_of(Requirement))

    def _fields_of(self, kind: type[Question]) -> dict[str, Any]:
        return {name: value for name, value in self.to_dict().items() if name in kind.__struct_fields__}


class Tabular(Answer, frozen=True):
    """An answer that is a table, or has one at its heart."""

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the table as one dict per row."""
        from ._tables import rows

        return rows(self)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the table as a :class:`pandas.DataFrame`; needs pandas."""
        from ._tables import to_pandas

        return to_pandas(self)

    def to_polars(self) -> polars.DataFrame:
        """Return the table as a :class:`polars.DataFrame`; needs polars."""
        from ._tables import to_polars

        return to_polars(self)

    def to_arrow(self) -> pyarrow.Table:
        """Return the table as a :class:`pyarrow.Table`; needs pyarrow."""
        from ._tables import to_arrow

        return to_arrow(self)


class Shown(Tabular, frozen=True):
    """An answer that can be drawn."""

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the answer with matplotlib and return the axes; needs ``fsx-model[plot]``.

        An estimate is drawn as its limits, a plan as its frontier, what-ifs by what they gain.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default a new figure.
        """
        from .plot import draw

        return draw(self, ax)


def _hashable(value: object) -> object:
    """Something with the same equality that can be hashed."""
    if isinstance(value, Mapping):
        return frozenset((key, _hashable(item)) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(_hashable(item) for item in value)
    return value
