"""How records show themselves: as text, and as HTML in notebooks.

Nothing is worked out here. What is shown are fields of the answers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .. import types
from .._base import Record
from . import estimate, others, plan
from .generic import fields
from .page import code, findings, heading, page
from .text import text

__all__ = ["html", "text"]


def html(record: Record) -> str:
    """Return a self-contained piece of HTML, without scripts, that a notebook shows."""
    show = _VIEWS.get(type(record))
    return page(show(record) if show else heading(code(type(record).__name__)) + (fields(record) or "nothing given"))


_VIEWS: dict[type[Record], Callable[[Any], str]] = {
    types.Accuracy: others.accuracy,
    types.CatalogAnswer: others.catalog,
    types.Checked: others.checked,
    types.Compared: others.compared,
    types.Cost: others.cost,
    types.EfaBreakEven: others.break_even,
    types.Estimate: estimate.estimate,
    types.Finding: lambda it: findings((it,)),
    types.Plan: plan.plan,
    types.Priced: others.priced,
    types.WhatIfs: others.what_ifs,
}
