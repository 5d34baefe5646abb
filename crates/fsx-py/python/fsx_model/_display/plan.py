"""What to buy, what else there is, and why the others fell out."""

from __future__ import annotations

from .. import types
from .._reading import tightest
from . import money
from .estimate import estimate, rests_on
from .generic import fields, records, value
from .numbers import a_month, figure, number, percent, plural, times, usd
from .page import code, details, esc, findings, footer, heading, para, sources, table
from .text import named


def plan(it: types.Plan) -> str:
    """Return the answer of ``plan``."""
    parts = [_best(it.best) if it.best else heading("No file system meets the targets")]
    looked = f"{plural(it.evaluations, 'evaluation')} ruled on all {plural(it.space_size, 'candidate')}"
    parts.append(para(f"{looked}; {number(it.data_gib)} GiB to hold", "dim"))
    if it.findings:
        parts += [heading("Findings"), findings(it.findings)]
    parts += [_uncertainty(it.uncertainty), _total(it.total), _from_here(it)]
    parts += [_frontier(it), _alternatives(it), _more(it), _rejections(it)]
    return "".join(parts) + rests_on(it.assumptions, it.defaults) + footer(it.model)


def _best(it: types.Proposal) -> str:
    parts = [heading(f"Buy {esc(named(it.file_system, it.family))}"), para(money.line(it.cost)), money.missing(it.cost)]
    if it.met_share is not None:
        parts.append(para(f"meets all targets in {percent(it.met_share)} of the draws"))
    if it.full_after_months is not None:
        parts.append(para(f"full after {number(it.full_after_months)} months"))
    if it.idle_clients_usd_per_month is not None:
        parts.append(para(f"clients that wait: {usd(it.idle_clients_usd_per_month)} a month"))
    parts += [_targets(it.targets), details("its fields", fields(it.file_system))]
    parts += [details("cost lines", money.table_only(it.cost)), details("its estimate", estimate(it.estimate))]
    return "".join(parts)


def _targets(of: tuple[types.TargetReached, ...]) -> str:
    rows = [
        (esc(it.workload), f"{figure(it.target)} {esc(it.unit)}", f"{figure(it.reached)} {esc(it.unit)}",
         times(it.margin), code(it.limit))
        for it in of
    ]  # fmt: skip
    return table(("target of", "asked", "reaches", "of the target", "next limit"), rows, numeric=(1, 2, 3))


def _alternatives(it: types.Plan) -> str:
    rows = []
    for other in it.alternatives:
        worst = tightest(other.targets)
        margin = times(worst.margin) if worst else ""
        limit = code(worst.limit) if worst else ""
        share = [] if other.met_share is None else [percent(other.met_share)]
        rows.append([esc(named(other.file_system, other.family)), esc(a_month(other.cost)), margin, limit, *share])
    head = ["file system", "costs", "of the target", "next limit"]
    head += ["draws met"] if rows and len(rows[0]) > len(head) else []
    shown = table(head, rows, numeric=(1, 2, 4))
    return heading("The best of other kinds") + shown if shown else ""


def _frontier(it: types.Plan) -> str:
    points = it.frontier
    if not points:
        return ""
    unit = points[0].unit
    here = next((place for place, of in enumerate(points) if it.best and of.file_system == it.best.file_system), None)
    what = "times all targets are reached" if unit == "×" else f"reached, {esc(unit)}"
    rows = [
        (f"{'▶ ' if place == here else ''}{esc(named(of.file_system, of.family))}", usd(of.usd_per_month), figure(of.value))
        for place, of in enumerate(points)
    ]
    shown = table(("file system", "$ a month", what), rows, numeric=(1, 2), best=here)
    note = " <small>▶ what to buy</small>" if here is not None else ""
    return heading(f"What more, or less, costs at least{note}") + _drawing(points, here, what) + shown


_WIDE, _HIGH, _LEFT, _RIGHT, _TOP, _BOTTOM = 460, 170, 56, 20, 16, 30


def _drawing(points: tuple[types.FrontierPoint, ...], here: int | None, what: str) -> str:
    """The frontier, dollars against what they buy; both axes begin at nothing."""
    most_usd = max(of.usd_per_month for of in points)
    most = max(of.value for of in points)
    if most_usd <= 0 or most <= 0:
        return ""

    def place(of: types.FrontierPoint) -> tuple[float, float]:
        across = _LEFT + of.usd_per_month / most_usd * (_WIDE - _LEFT - _RIGHT)
        return across, _HIGH - _BOTTOM - of.value / most * (_HIGH - _TOP - _BOTTOM)

    spots = [place(of) for of in points]
    floor = _HIGH - _BOTTOM
    frame = f'<path class="frame" d="M{_LEFT} {_TOP}V{floor}H{_WIDE - _RIGHT}"/>'
    way = "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"><title>{esc(usd(of.usd_per_month))}: {figure(of.value)}</title></circle>'
        for (x, y), of in zip(spots, points, strict=True)
    )
    mark = ""
    if here is not None:
        x, y = spots[here]
        mark = f'<path class="here" d="M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7 -7z"/>'
        mark += f'<text class="here" x="{x - 10:.1f}" y="{y - 6:.1f}" text-anchor="end">best</text>'
    labels = (
        f'<text x="{_LEFT - 5}" y="{_TOP + 4}" text-anchor="end">{figure(most)}</text>'
        f'<text x="{_LEFT - 5}" y="{floor + 4}" text-anchor="end">0</text>'
        f'<text x="{_LEFT}" y="{_HIGH - 14}">$0</text>'
        f'<text x="{_WIDE - _RIGHT}" y="{_HIGH - 14}" text-anchor="end">{usd(most_usd)} a month</text>'
        f'<text x="{_LEFT}" y="{_TOP - 5}">{what}</text>'
    )
    head = f'<svg viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" role="img" aria-label="What the least cost buys; the table has the same figures">'
    return f'{head}{frame}<path d="M{way}"/>{dots}{mark}{labels}</svg>'


def _more(it: types.Plan) -> str:
    prices = [
        (esc(of.change), f"+{esc(usd(of.usd_per_month))}", f"{figure(of.gain)} {esc(of.unit)}",
         f"{figure(of.gain_per_usd)} {esc(of.unit)}", esc(of.workload))
        for of in it.shadow_prices
    ]  # fmt: skip
    head = ("change", "$ a month", "gains", "for a dollar a month", "of")
    parts = [details("what more money buys", table(head, prices, numeric=(1, 2, 3)))]
    changes = [
        (esc(of.change), "" if of.margin is None else times(of.margin), esc(a_month(of.cost)),
         f"{code(of.field)} → {esc(of.fix)}")
        for of in it.what_ifs
    ]  # fmt: skip
    head_changes = ("change", "of the target", "costs", "how")
    parts.append(details("what single changes do", table(head_changes, changes, numeric=(1, 2))))
    return "".join(parts)


def _rejections(it: types.Plan) -> str:
    rows = [
        (esc(of.family), esc(of.reason), code(of.limit), esc(of.change),
         "" if of.usd_per_month is None else esc(usd(of.usd_per_month)))
        for of in it.rejections
    ]  # fmt: skip
    head = ("kind", "why not", "decided by", "what would let it in", "$ a month")
    return details(f"why not the others ({len(rows)})", table(head, rows, numeric=(4,)))


def _uncertainty(it: types.PlanUncertainty | None) -> str:
    if it is None:
        return ""
    parts = [para(f"asked for: {percent(it.confidence)} of {it.samples:,} draws (seed {it.seed})")]
    if it.at_mid:
        mid = it.at_mid
        parts.append(
            para(
                f"without doubt: {esc(named(mid.file_system, mid.family))}, {usd(mid.usd_per_month)} a month, "
                f"in {percent(mid.met_share)} of the draws"
            )
        )
    rows = [(code(of.id), esc(of.meaning), esc(usd(of.usd_per_month))) for of in it.worth_measuring]
    shown = table(("worth measuring", "what it is", "$ a month cheaper if known"), rows, numeric=(2,))
    return heading("Uncertainty") + "".join(parts) + shown


def _total(it: types.PlanTotal | None) -> str:
    if it is None:
        return ""
    flat = it.flat
    parts = [
        heading("Least total"),
        para(
            f"within {percent(flat.within)} of the least total: {usd(flat.least_usd_per_month)} to "
            f"{usd(flat.most_usd_per_month)} a month; useful share {percent(it.useful_share)}"
        ),
    ]
    if it.job:
        job = it.job
        parts.append(
            para(
                f"for the job: <b>{usd(job.usd)}</b> in {number(job.hours)} hours, "
                f"{usd(job.file_system_usd)} file system and {usd(job.clients_usd)} clients"
            )
        )
    rows = [
        (esc(named(of.file_system, of.family)), usd(of.usd_per_month), usd(of.lost_usd_per_month), usd(of.total_usd),
         f"{of.useful_share:.1%}")
        for of in it.curve
    ]  # fmt: skip
    head = ("file system", "$ a month", "lost, $ a month", "total, $", "useful share")
    return "".join(parts) + table(head, rows, numeric=(1, 2, 3, 4))


def _from_here(it: types.Plan) -> str:
    here = it.from_here
    if here is None:
        return ""
    now = here.current
    parts = [heading("From the current file system")]
    parts.append(para(f"{esc(named(now.file_system, now.family))}, {esc(a_month(now.cost))}"))
    parts += [para(f"not enough: {esc(now.why_not)}") if now.why_not else "", _targets(now.targets)]
    if here.reachable:
        goal = here.reachable
        parts.append(para(f"can become <b>{esc(named(goal.file_system, goal.family))}</b>, {esc(a_month(goal.cost))}"))
    if it.updates:
        parts.append(_updates(it.updates))
    if here.new_file_system:
        parts.append(details("a new file system instead", fields(here.new_file_system)))
    return "".join(parts)


def _updates(updates: tuple[types.Update, ...]) -> str:
    rows = []
    for place, it in enumerate(updates, 1):
        steps = "<br>".join(f"{code(of.field)}: {esc(of.from_ or 'none')} → {esc(of.to or 'none')}" for of in it.fields)
        cost = "" if it.usd_per_month is None else esc(usd(it.usd_per_month))
        away = value("unavailable_s", it.unavailable_s) if it.unavailable_s else ""
        note = f"{esc(it.note)} <small>{sources(it.sources)}</small>"
        times_ = (value("wait_s", it.wait_s), value("ready_s", it.ready_s), away)
        rows.append((f"{place}. {esc(it.change)}", steps, *times_, cost, note))
    head = ("update", "fields", "waits", "ready after", "unavailable", "then, $ a month", "note")
    return table(head, rows, numeric=(5,)) + details("all of their fields", records(updates))
