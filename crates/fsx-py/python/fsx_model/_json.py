"""Python objects to JSON text for the core, and its answers back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from . import _native
from .errors import InputError, error_of

if TYPE_CHECKING:
    from .types import Finding

T = TypeVar("T")


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
        text = _encoder.encode(value)
    except (TypeError, ValueError, RecursionError, OverflowError, AttributeError) as error:
        raise InputError(_faults(value) or (_fault("", "", f"not a tree of plain values: {error}"),)) from None
    # a number that is not finite is written as null, which would be read as an absent field
    if b"null" in text and (faults := _faults(value)):
        raise InputError(faults)
    return text.decode()


def ask(answer: type[T], name: str, question: object) -> T:
    """Return the core's answer to the call ``name``, or raise why there is none."""
    return decoded(answer, _native.call(name, encode(question)))


def read(cls: type[T], format: str, text: str) -> T:
    """Return the scenario or requirement that the core reads from a text."""
    try:
        return decoded(cls, _native.read(cls.__name__.lower(), format, text))
    except UnicodeEncodeError:
        raise InputError((_fault("", "", "the text has half of a surrogate pair"),)) from None


def decoded(answer: type[T], text: str) -> T:
    """Return the answer in an envelope, or raise the errors in it."""
    envelope = _decoder(answer).decode(text)
    if envelope.errors:
        raise error_of(envelope.errors)
    return envelope.ok  # type: ignore[no-any-return]


def record_of(cls: type[T], fields: Mapping[str, Any]) -> T:
    """Return the record with these fields, checked for names and types."""
    try:
        return _record_decoder(cls).decode(encode(fields))
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at ")
        raise InputError((_fault(place.strip("`").removeprefix("$."), "", message[:1].lower() + message[1:]),)) from None


@cache
def _decoder(answer: type[Any]) -> Any:
    from .types import Finding

    fields = [("ok", answer | None, None), ("errors", tuple[Finding, ...], ())]
    return msgspec.json.Decoder(msgspec.defstruct("Envelope", fields))


@cache
def _record_decoder(cls: type[T]) -> msgspec.json.Decoder[T]:
    return msgspec.json.Decoder(cls)


def _fault(field: str, value: str, message: str, code: str = "INPUT-TYPE") -> Finding:
    from .types import Finding

    return Finding(code=code, severity="error", field=field, value=value, message=message, fix="", sources=())


def _faults(value: object) -> tuple[Finding, ...]:
    """Everything in a tree that JSON has no words for."""
    faults: list[Finding] = []
    _walk(value, "", faults, ())
    return tuple(faults)


_DEEPEST = 100


def _walk(value: object, path: str, faults: list[Finding], above: tuple[int, ...]) -> None:
    if isinstance(value, (Mapping, list, tuple, set, frozenset, msgspec.Struct)):
        if id(value) in above or len(above) > _DEEPEST:
            what = "contains itself" if id(value) in above else f"is nested more than {_DEEPEST} deep"
            faults.append(_fault(path, type(value).__name__, what))
            return
        above = (*above, id(value))
        if isinstance(value, Mapping):
            for key, item in value.items():
                if not isinstance(key, str):
                    faults.append(_fault(path, repr(key)[:60], "a name of a field is text"))
                    continue
                _walk(item, f"{path}.{key}" if path else key, faults, above)
        elif isinstance(value, msgspec.Struct):
            for name in value.__struct_fields__:
                _walk(getattr(value, name), f"{path}.{name}" if path else name, faults, above)
        else:
            for place, item in enumerate(value):
                _walk(item, f"{path}[{place}]", faults, above)
        return
    if value is None or isinstance(value, (bool, int)):
        return
    if isinstance(value, str):
        if any("\ud800" <= char <= "\udfff" for char in value):
            faults.append(_fault(path, ascii(value)[:60], "the text has half of a surrogate pair"))
        return
    if hasattr(value, "__index__"):
        return
    if hasattr(value, "__float__"):
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            faults.append(_fault(path, repr(value)[:60], f"a {type(value).__name__} is no number"))
            return
        if not math.isfinite(number):
            faults.append(_fault(path, repr(number), "a number must be finite", "INPUT-NOT-FINITE"))
        return
    faults.append(_fault(path, repr(value)[:60], f"a {type(value).__name__} is no text, number, list or table"))
