"""Every example, and the answers to it."""

from functools import cache
from pathlib import Path

import fsx_model as fsx
import pytest

EXAMPLES = sorted((Path(__file__).parents[3] / "examples/scenarios").glob("*.toml"))


@cache
def question(name: str):
    text = next(path for path in EXAMPLES if path.stem == name).read_text()
    try:
        return fsx.Scenario.from_toml(text)
    except fsx.InputError:
        return fsx.Requirement.from_toml(text)


@cache
def answers(name: str):
    """Every answer that there is to an example."""
    asked = question(name)
    scenario = (fsx.estimate, fsx.price, fsx.what_if, fsx.reverse, fsx.check)
    requirement = (fsx.plan, fsx.efa_break_even, fsx.burst_or_baseline)
    found = []
    for call in scenario if isinstance(asked, fsx.Scenario) else requirement:
        try:
            found.append(call(asked))
        except fsx.RefusedError:
            continue
    return found


@cache
def others():
    """Answers that are not to an example."""
    compared = fsx.compare([question("single_reader"), question("untar")], ["<b>one</b>", "two"])
    tables = [
        fsx.catalog(name) for name in (None, "throughput", "sizes", "regions", "sources", "fitted", "family_rules")
    ]
    return [compared, fsx.presets(), fsx.accuracy(), *tables]


@pytest.fixture(params=[path.stem for path in EXAMPLES])
def example(request):
    return request.param
