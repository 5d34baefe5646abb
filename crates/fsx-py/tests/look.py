"""Draw answers as a notebook shows them, light and dark, wide and narrow: ``python look.py FOLDER``; needs Chromium."""

import subprocess
import sys
import tempfile
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import fsx_model as fsx
from fsx_model import plot

EXAMPLES = Path(__file__).parents[3] / "examples/scenarios"

# what JupyterLab says of tables in outputs
NOTEBOOK = """body{margin:0;padding:12px;background:BG;color:FG;font:13px sans-serif}
.out table{border-collapse:collapse;border:none;table-layout:fixed;margin:0 auto 1em;font-size:13px}
.out td,.out th,.out tr{vertical-align:middle;padding:.5em;line-height:normal;max-width:none;border:none}
:not(.md).out td,:not(.md).out th,:not(.md).out tr{text-align:right}
.out th{font-weight:bold}.out tbody tr:nth-child(even){background:#8884}.out h4{margin:1.2em 0 .8em;font-size:1.1em}"""


def scenario(name: str) -> fsx.Scenario:
    return fsx.Scenario.from_toml((EXAMPLES / f"{name}.toml").read_text())


def requirement(name: str) -> fsx.Requirement:
    return fsx.Requirement.from_toml((EXAMPLES / f"{name}.toml").read_text())


def shown() -> dict[str, str]:
    both, one = scenario("training_and_checkpoints"), scenario("single_reader")
    answers = {
        "estimate": fsx.estimate(one),
        "estimate_jobs": fsx.estimate(both),
        "estimate_metadata": fsx.estimate(scenario("directory_walk")),
        "plan": fsx.plan(requirement("plan_from_here")),
        "plan_total": fsx.plan(requirement("plan_least_total")),
        "plan_unsure": fsx.plan(requirement("plan_unsure")),
        "price": fsx.price(scenario("tiering_cold")),
        "check": fsx.check(both),
        "catalog": fsx.catalog("throughput"),
        "what_if": fsx.what_if(both),
        "compare": fsx.compare([one, both], ["one", "both"]),
        "break_even": fsx.efa_break_even(requirement("efa_break_even")),
        "scenario": both,
        "reverse": fsx.reverse(one),
    }
    return {name: answer._repr_html_() for name, answer in answers.items()}


def shoot(html: str, dark: bool, width: int, to: Path) -> None:
    theme = NOTEBOOK.replace("BG", "#111" if dark else "#fff").replace("FG", "#ddd" if dark else "#111")
    body = f'<body data-jp-theme-light="{"false" if dark else "true"}"><div class="out">{html}</div>'
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(f"<!doctype html><meta charset=utf-8><style>{theme}</style>{body}")
        height = 1500
        flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
        flags += " --disable-component-update --disable-sync --hide-scrollbars"
        where = [f"--user-data-dir={folder}/user", f"--window-size={width},{height}", f"--screenshot={to}", page.as_uri()]
        subprocess.run(["chromium", *flags.split(), *where], check=True, capture_output=True, timeout=120)


def drawings(folder: Path) -> None:
    one, both = scenario("single_reader"), scenario("training_and_checkpoints")
    axes = {
        "estimate": fsx.estimate(one).plot(),
        "estimate_jobs": fsx.estimate(both).plot(),
        "plan": fsx.plan(requirement("plan_from_here")).plot(),
        "plan_total": fsx.plan(requirement("plan_least_total")).plot(),
        "what_if": fsx.what_if(both).plot(),
        "sensitivity": plot.sensitivity(one),
        "sensitivity_seconds": plot.sensitivity(scenario("checkpoint_efa"), figure="seconds"),
        "over_clients": plot.over_clients(one, range(1, 65, 3)),
    }
    for name, ax in axes.items():
        ax.figure.savefig(folder / f"plot_{name}.png", dpi=90)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    drawings(target)
    for name, html in shown().items():
        for dark, width in ((False, 900), (True, 900), (False, 420), (True, 420)):
            shoot(html, dark, width, target / f"{name}_{'dark' if dark else 'light'}_{width}.png")
