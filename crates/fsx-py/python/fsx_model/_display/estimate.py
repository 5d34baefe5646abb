"""How fast, what stops it, how sure."""

from __future__ import annotations

from .. import types
from .._reading import Rate, axis_end, rate
from . import money
from .generic import fields, records, value
from .numbers import figure, percent, plural, quantity, spread, words
from .page import code, details, esc, findings, footer, heading, para, sources, table
from .text import given_fields


def estimate(it: types.Estimate) -> str:
    """Return the answer of ``estimate``."""
    parts = [_file_system(it.file_system)]
    parts += [_job(job) for job in it.jobs]
    parts += [_workload(workload) for workload in it.workloads]
    if it.head_room:
        parts += [heading("Head room, as measured"), records(it.head_room)]
    if it.cost:
        parts += [heading("Cost"), money.brief(it.cost)]
    if it.findings:
        parts += [heading("Findings"), findings(it.findings)]
    parts.append(rests_on(it.assumptions, it.defaults))
    return "".join(parts) + footer(it.model)


def rests_on(assumptions: tuple[types.AssumptionUse, ...], defaults: tuple[types.DefaultTaken, ...]) -> str:
    """Return what an answer took for granted."""
    assumed = details(plural(len(assumptions), "assumption"), records(assumptions) if assumptions else "")
    return assumed + details(f"{plural(len(defaults), 'default')} taken", records(defaults) if defaults else "")


def _file_system(it: types.FileSystemFigures) -> str:
    parts = [f"{plural(it.ost_count, 'OST')} on {plural(it.oss_count, 'file server')}"]
    parts.append(f"{plural(it.mdt_count, 'MDT')} on {plural(it.mds_count, 'metadata server')}")
    if it.usable_capacity_gib is not None:
        parts.append(f"{it.usable_capacity_gib:,.0f} GiB usable")
    disks = f"disks read {figure(it.disk_read_baseline_mb_per_s)}, write {figure(it.disk_write_baseline_mb_per_s)} MB/s"
    bursts = f"burst {figure(it.disk_read_burst_mb_per_s)} and {figure(it.disk_write_burst_mb_per_s)}"
    lines = para(" · ".join(parts)) + para(f"{disks} ({bursts})")
    return lines + details("all figures of the file system", fields(it, ("workings",))) + _workings(it.workings)


def _workings(of: tuple[types.FigureWorking, ...]) -> str:
    return details("formulas, sources and assumptions", _follows(("", of))) if of else ""


def _follows(*all_of: tuple[str, tuple[types.FigureWorking, ...]]) -> str:
    rows = [
        (code(of + it.figure), esc(it.formula), sources(it.sources), ", ".join(map(code, it.assumptions)))
        for of, its in all_of
        for it in its
    ]
    return table(("figure", "formula", "sources", "assumptions"), rows) if rows else ""


def _workload(it: types.WorkloadEstimate) -> str:
    mid, unit = rate(it.sustained)
    lead = f"<b>{figure(mid.mid)} {unit}</b> sustained ({figure(mid.low)}–{figure(mid.high)}: nine of ten such runs)"
    parts = [heading(esc(it.name)), para(f"{lead}, held back by {code(it.sustained.bottleneck)}")]
    if it.burst:
        burst = rate(it.burst)
        lasts = f", for {value('lasts_s', it.burst.lasts_s)}" if it.burst.lasts_s else ", which never run out"
        between = spread(burst.range, "")
        reached = f"<b>{figure(burst.range.mid)} {burst.unit}</b>" + (f" ({between})" if between else "")
        parts.append(para(f"{reached} while burst credits last{lasts}, held back by {code(it.burst.bottleneck)}"))
    if it.contention:
        lost = it.contention
        parts.append(
            para(
                f"waits for other workloads at {code(lost.at)}: keeps {percent(lost.share)} of the "
                f"{figure(lost.alone)} {esc(lost.unit)} it would reach alone"
            )
        )
    parts.append(_chart(it))
    in_burst = it.burst.workings if it.burst else ()
    follows = _follows(("", it.workings), ("sustained.", it.sustained.workings), ("burst.", in_burst))
    parts.append(details("rates, latency and time", _regimes(it) + follows))
    parts.append(details("formulas, sources and assumptions of the limits", _formulas(it)))
    return "".join(parts)


def _regimes(it: types.WorkloadEstimate) -> str:
    rows = []
    for name, regime in (("sustained", it.sustained), ("burst", it.burst)):
        if regime is None:
            continue
        for field in ("throughput_mb_per_s", "operations_per_s", "latency_ms"):
            if (of := getattr(regime, field)) is not None:
                rows.append(_range_row(f"{name} {words(field)[0]}", field, of))
    rows.append(_range_row("all of it", "seconds", it.seconds))
    return table(("", "mid", "90 % interval"), rows, numeric=(1, 2))


def _range_row(title: str, field: str, of: types.Range) -> tuple[str, str, str]:
    unit = words(field)[1]
    return esc(title), esc(quantity(of.mid, unit)), esc(spread(of, unit))


def _formulas(it: types.WorkloadEstimate) -> str:
    rows = []
    for of in it.limits:
        in_burst = para(f"in burst {esc(of.formula_burst)}") if of.formula_burst else ""
        names = ", ".join(map(code, of.assumptions))
        rows.append((code(of.id), esc(of.formula or "") + in_burst, sources(of.sources), names))
    return table(("limit", "formula", "sources", "assumptions"), rows)


def _chart(it: types.WorkloadEstimate) -> str:
    end = axis_end((it,))
    unit = it.limits[0].unit if it.limits else ""
    head = ["limit", f'<span class="axis"><span>0</span><span>{figure(end)} {esc(unit)}</span></span>']
    head += [f"{esc(unit)}", "used"] + (["in burst", "used"] if it.burst else [])
    titles = "".join(
        f'<th scope="col"{" class=num" if place > 1 else ""}>{title}</th>' for place, title in enumerate(head)
    )
    rows = [_prediction("sustained, 90 %", rate(it.sustained), end, 0 if it.burst else None)]
    if it.burst:
        rows.append(_prediction("burst, 90 %", rate(it.burst), end, 1))
    rows += [_limit(it, of, end) for of in it.limits]
    note = "bar: what the limit allows; its strong part: in use · band: predicted, 5th to 95th percentile, line: mid"
    body = "".join(rows)
    chart = f'<table class="chart"><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="scroll">{chart}</div>' + para(f"<small>{note}</small>")


def _share(part: float, end: float) -> str:
    return f"{min(max(part / end, 0.0), 1.0):.2%}" if end > 0 else "0%"


def _band(of: types.Range, end: float) -> str:
    left, right = _share(of.low, end), _share(end - of.high, end)
    return (
        f'<i class="band" style="left:{left};right:{right}"></i><i class="mid" style="left:{_share(of.mid, end)}"></i>'
    )


def _prediction(title: str, reached: Rate, end: float, column: int | None) -> str:
    number = f'<td class="num"><b>{figure(reached.range.mid)}</b></td><td></td>'
    blank = "<td></td><td></td>"
    cells = {None: number, 0: number + blank, 1: blank + number}[column]
    track = f'<td class="bar"><div class="track" aria-hidden="true">{_band(reached.range, end)}</div></td>'
    return f'<tr><th scope="row">{title}</th>{track}{cells}</tr>'


def _limit(it: types.WorkloadEstimate, of: types.LimitEstimate, end: float) -> str:
    stops = of.id == it.sustained.bottleneck
    marks = ["bottleneck"] if stops else []
    if it.burst and of.id == it.burst.bottleneck:
        marks.append("in burst" if stops else "bottleneck in burst")
    mark = f"▶ {code(of.id)} <small>{', '.join(marks)}</small>" if marks else code(of.id)
    load = of.sustained
    free = f'<i class="free" style="width:{_share(load.value, end)}"></i>'
    used = f'<i class="used" style="width:{_share(load.value * min(load.utilization, 1.0), end)}"></i>'
    more = '<i class="more">▸</i>' if load.value > end * 1.000001 else ""
    track = f'<div class="track" aria-hidden="true">{free}{used}{_band(rate(it.sustained).range, end)}{more}</div>'
    cells = _load(load) + (_load(of.burst or load) if it.burst else "")
    hover = f' title="{esc(of.formula)}"' if of.formula else ""
    row = f'<th scope="row">{mark}</th><td class="bar">{track}</td>{cells}'
    return f"<tr{' class=stop' if stops else ''}{hover}>{row}</tr>"


def _load(load: types.Load) -> str:
    return f'<td class="num">{figure(load.value)}</td><td class="num">{percent(load.utilization)}</td>'


def _job(it: types.JobEstimate) -> str:
    rows: list[tuple[str, str, str]] = []
    for name, of in given_fields(it):
        if name in ("kind", "name", "preset", "steps", "workings"):
            continue
        if isinstance(of, types.Range):
            rows.append(_range_row(words(name)[0], name, of))
        elif isinstance(of, str):
            rows.append((esc(words(name)[0]), code(of), ""))
        else:
            rows.append((esc(words(name)[0]), esc(quantity(of, words(name)[1])), ""))
    steps = records(it.steps) if it.steps else ""
    preset = f" <small>preset {esc(it.preset)}</small>" if it.preset and it.preset != it.name else ""
    title = heading(f"{esc(it.name)} <small>{esc(it.kind)}</small>{preset}")
    return title + table(("", "", "90 % interval"), rows, numeric=(1, 2)) + _workings(it.workings) + steps
