"""Python objects to JSON text for the core, and its answers back."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, Optional, TypeVar, cast

import msgspec

from . import _native
from .errors import FsxModelError, InputError, error_of

if TYPE_CHECKING:
    from .types import Finding

T = TypeVar("T", bound=msgspec.Struct)


def _plain(value: object) -> object:
    """The number that a scalar of numpy or the like stands for."""
    for convert in ("__index__", "__float__"):
        if hasattr(value, convert):
            return getattr(value, convert)()
    raise TypeError(type(value).__name__)


_encoder = msgspec.json.Encoder(enc_hook=_plain)


def encode(value: object) -> str:
    """Return JSON text; what JSON has no words for is an :class:`InputError` that names the place."""
    try:
        text = _encoder.encode(value).decode()
    except (TypeError, ValueError, RecursionError, OverflowError) as error:
        raise InputError(_faults(value) or (fault("", "", f"not a tree of plain values: {error}"),)) from None
    # the encoder has words for more than a core would understand: null for NaN, base64 for bytes
    if not is_plain(value):
        refuse_faults(value)
    return text


def refuse_faults(value: object) -> None:
    """Raise an :class:`InputError` if a tree holds what JSON has no words for."""
    if faults := _faults(value):
        raise InputError(faults)


def ask(answer: type[T], name: str, question: object) -> T:
    """Return the core's answer to the call ``name``, or raise why there is none."""
    try:
        return decoded(answer, _native.call(name, encode(question)))
    except InputError as error:
        # only a number too large or a tree too deep can be bad syntax here; its place helps more than that in the text
        if error.code == "INPUT-SYNTAX" and (faults := _faults(question)):
            raise InputError(faults) from None
        raise


def read(cls: type[T], format: str, text: str) -> T:
    """Return the scenario or requirement that the core reads from a text."""
    try:
        return decoded(cls, _native.read(cls.__name__.lower(), format, text))
    except UnicodeEncodeError:
        raise InputError((fault("", "", "the text has half of a surrogate pair"),)) from None


def decoded(answer: type[T], text: bytes | str) -> T:
    """Return the answer in an envelope, or raise the errors in it."""
    envelope = _decoder(answer).decode(text)
    if envelope.errors:
        raise error_of(envelope.errors)
    return cast("T", envelope.ok)


def errors(text: str) -> FsxModelError:
    """Return the errors in an envelope that holds nothing else."""
    return error_of(_decoder(None).decode(text).errors)


def record_of(cls: type[T], fields: Mapping[str, Any]) -> T:
    """Return the record with these fields, checked for names and types."""
    try:
        return cast("T", _record_decoder(cls).decode(encode(fields)))
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at ")
        raise InputError((fault(place.strip("`").removeprefix("$."), "", message[:1].lower() + message[1:]),)) from None


@cache
def _decoder(answer: Any) -> Any:
    from .types import Finding

    fields = [("ok", Optional[answer], None), ("errors", tuple[Finding, ...], ())]
    return msgspec.json.Decoder(msgspec.defstruct("Envelope", fields))


@cache
def _record_decoder(cls: Any) -> Any:
    return msgspec.json.Decoder(cls)


def fault(field: str, value: str, message: str, code: str = "INPUT-TYPE") -> Finding:
    """Return what is wrong with an input that does not reach the core."""
    from .types import Finding

    return Finding(code=code, severity="error", field=field, value=value, message=message, fix="", sources=())


SCALARS = frozenset((str, int, bool, NoneType))
"""Types that JSON has as they are; floats may be no number."""


def is_plain(value: object) -> bool:
    """Whether a tree holds nothing but what JSON has, as far as it is not of records."""
    of = type(value)
    if of in SCALARS:
        return True
    if of is float:
        return math.isfinite(cast("float", value))
    if getattr(of, "looks_at_itself", False):
        return True
    if of is list or of is tuple:
        items: Iterable[Any] = cast("list[Any]", value)
    elif of is dict:
        table = cast("dict[Any, Any]", value)
        if not all(type(name) is str for name in table):
            return False
        items = table.values()
    else:
        return False
    for item in items:
        if type(item) not in SCALARS and not is_plain(item):
            return False
    return True


def _faults(value: object) -> tuple[Finding, ...]:
    """Everything in a tree that JSON has no words for."""
    faults: list[Finding] = []
    _walk(value, "", faults, ())
    return tuple(faults)


_DEEPEST = 100
_MOST = 100


def _walk(value: object, path: str, faults: list[Finding], above: tuple[int, ...]) -> None:
    if len(faults) >= _MOST:
        return
    if not isinstance(value, (Mapping, list, tuple, msgspec.Struct)):
        if (wrong := _fault_of(value, path)) is not None:
            faults.append(wrong)
        return
    if id(value) in above or len(above) > _DEEPEST:
        what = "contains itself" if id(value) in above else f"is nested more than {_DEEPEST} deep"
        faults.append(fault(path, type(value).__name__, what))
        return
    for name, item in _items(value):
        if isinstance(name, int) and not isinstance(value, Mapping):
            _walk(item, f"{path}[{name}]", faults, (*above, id(value)))
        elif isinstance(name, str):
            _walk(item, f"{path}.{name}" if path else name, faults, (*above, id(value)))
        else:
            faults.append(fault(path, repr(name)[:_SHOWN], "the name of a field is text"))


def _items(value: Mapping[Any, Any] | Sequence[Any] | msgspec.Struct) -> Iterable[tuple[Any, Any]]:
    if isinstance(value, Mapping):
        return value.items()
    if isinstance(value, msgspec.Struct):
        return ((name, getattr(value, name)) for name in value.__struct_fields__)
    return enumerate(value)


_SHOWN = 60


def _fault_of(value: object, path: str) -> Finding | None:
    """What is wrong with a value that is no list or table."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, str):
        halves = any("\ud800" <= char <= "\udfff" for char in value)
        return fault(path, ascii(value)[:_SHOWN], "the text has half of a surrogate pair") if halves else None
    if hasattr(value, "__index__") or hasattr(value, "__float__"):
        try:
            finite = math.isfinite(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return fault(path, repr(value)[:_SHOWN], "not one number")
        except OverflowError:
            return fault(path, f"an int of {cast('int', value).bit_length()} bits", "the number is too large")
        return None if finite else fault(path, repr(value), "a number must be finite", "INPUT-NOT-FINITE")
    return fault(path, repr(value)[:_SHOWN], f"neither text nor number, list or table, but {type(value).__name__}")
