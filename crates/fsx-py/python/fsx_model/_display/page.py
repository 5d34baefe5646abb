"""Pieces of HTML: everything that is text goes through :func:`esc`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape

from .. import types

_LIGHT = (
    "--fg:#1b1f24;--dim:#57606a;--bg:#fff;--line:#d0d7de;--own:#0969a2;--free:#d3e5f2;--stop:#a8430b;--freestop:#f7dfcf;"
    "--band:#1b1f2433;--error:#b3151f;--warning:#8a5a00;--advice:#1a6e37;--link:#0757a8"
)
_DARK = (
    "--fg:#e8eaed;--dim:#a3abb5;--bg:#16181c;--line:#3d444d;--own:#56b4e9;--free:#233e50;--stop:#f0954a;--freestop:#4a3020;"
    "--band:#ffffff40;--error:#ff8d86;--warning:#e5b94c;--advice:#6fd08c;--link:#7cb8ff"
)

# & is the scope, three times over: a notebook's own rules for tables weigh more than one class
_STYLE = """
&{LIGHT;color-scheme:light;color:var(--fg);background:var(--bg);font:13px/1.45 system-ui,sans-serif;padding:10px 12px;
 max-width:70em;overflow-x:auto;box-sizing:border-box;text-align:left}
@media(prefers-color-scheme:dark){&{DARK;color-scheme:dark}}
[data-jp-theme-light="true"] &,.vscode-light &{LIGHT;color-scheme:light}
[data-jp-theme-light="false"] &,.vscode-dark &{DARK;color-scheme:dark}
& *{box-sizing:border-box}
& p{margin:.25em 0;font-size:inherit}
& h4{margin:1em 0 .3em;font-size:1.08em;font-weight:600;line-height:1.3;color:inherit}
& h4:first-of-type{margin-top:0}
& code{font:.94em ui-monospace,monospace;background:none;padding:0;color:inherit;overflow-wrap:anywhere}
& a{color:var(--link);text-decoration:underline}
& small,& .dim{color:var(--dim);font-size:.92em}
& .scroll{overflow-x:auto;max-width:100%}
& table{border-collapse:collapse;margin:.3em 0;table-layout:auto;font-size:inherit;color:inherit;border:0}
& th,& td{padding:.16em 1em .16em 0;text-align:left;vertical-align:top;border:0;font-weight:400;background:none;
 line-height:1.4;max-width:34em;min-width:0;white-space:normal}
& tr,& tbody tr:nth-child(n),& tbody tr:hover{background:none;border:0;padding:0}
& thead{border-bottom:1px solid var(--line)}
& thead th{color:var(--dim);vertical-align:bottom;white-space:nowrap}
& .num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
& .best th,& .best td,& b{font-weight:600}
& details{margin:.3em 0}
& details details{margin:0}
& summary{cursor:pointer;color:var(--dim)}
& .bar{width:100%;min-width:9em;padding-right:1.2em}
& .track{position:relative;height:1em;margin-top:.2em}
& .track i{position:absolute;top:0;bottom:0;left:0;display:block}
& .free{background:var(--free)}
& .used{background:var(--own)}
& .stop .free{background:var(--freestop)}
& .stop .used{background:var(--stop)}
& .track .band{background:var(--band);border:solid var(--fg);border-width:0 1px}
& .track .mid{width:2px;margin-left:-1px;background:var(--fg)}
& .track .more{left:auto;right:-1.1em;top:-.25em;font-style:normal;color:var(--dim)}
& .axis{display:flex;justify-content:space-between}
& .stop th,& .stop td{font-weight:600}
& .error{color:var(--error);font-weight:600}
& .warning{color:var(--warning);font-weight:600}
& .advice{color:var(--advice);font-weight:600}
& ul{margin:.3em 0;padding:0;list-style:none}
& li{margin:.3em 0}
& svg{display:block;max-width:100%;height:auto;margin:.4em 0}
& svg text{fill:var(--dim);font-size:11px}
& svg .here{fill:var(--stop);font-weight:600}
& svg path{stroke:var(--own);fill:none;stroke-width:1.5}
& svg circle{fill:var(--own)}
& svg .frame{stroke:var(--line);stroke-width:1}
"""
_STYLE = _STYLE.replace("LIGHT", _LIGHT).replace("DARK", _DARK).replace("\n ", " ").replace("&", ".fsx.fsx.fsx").strip()


def page(*parts: str) -> str:
    """Return a self-contained piece of HTML."""
    return f'<div class="fsx"><style>{_STYLE}</style>{"".join(parts)}</div>'


def esc(value: object) -> str:
    """Return text that is nothing but text in HTML."""
    return escape(str(value))


def code(value: object) -> str:
    """Return a name as it is written in inputs and answers."""
    return f"<code>{esc(value)}</code>"


def heading(html: str) -> str:
    """Return a heading."""
    return f"<h4>{html}</h4>"


def para(html: str, kind: str = "") -> str:
    """Return a paragraph, of a class if one is named."""
    return f"<p{_class(kind)}>{html}</p>" if html else ""


def details(title: str, html: str) -> str:
    """Return what is shown on a click."""
    return f"<details><summary>{title}</summary>{html}</details>" if html else ""


def link(address: str, html: str) -> str:
    """Return a link, if the address is one of the web."""
    if not address.startswith(("https://", "http://")):
        return html
    return f'<a href="{esc(address)}" target="_blank" rel="noopener noreferrer">{html}</a>'


def table(head: Sequence[str], rows: Iterable[Sequence[str]], numeric: Iterable[int] = (), best: int | None = None) -> str:
    """Return a table of cells that are HTML, each row named by its first; nothing if there are no rows."""
    numbers = set(numeric)
    body = [_row(row, numbers, "best" if place == best else "") for place, row in enumerate(rows)]
    if not body:
        return ""
    kinds = ("num" if place in numbers else "" for place in range(len(head)))
    titles = "".join(f'<th scope="col"{_class(kind)}>{cell}</th>' for cell, kind in zip(head, kinds, strict=True))
    top = f"<thead><tr>{titles}</tr></thead>" if any(head) else ""
    return f'<div class="scroll"><table>{top}<tbody>{"".join(body)}</tbody></table></div>'


def _row(row: Sequence[str], numbers: set[int], kind: str) -> str:
    cells = [f'<th scope="row"{_class("num" if 0 in numbers else "")}>{row[0]}</th>']
    for place, cell in enumerate(row[1:], 1):
        cells.append(f"<td{_class('num' if place in numbers else '')}>{cell}</td>")
    return f"<tr{_class(kind)}>{''.join(cells)}</tr>"


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


@cache
def _addresses() -> dict[str, tuple[str, str]]:
    """Title and address of every source of the catalog."""
    from .._calls import catalog

    answer = catalog("sources")
    names = [column.name for column in answer.columns]
    rows = (dict(zip(names, row, strict=True)) for row in answer.rows)
    return {row["id"]: (row["title"] or "", row["url"] or "") for row in rows}


def source(ids: str) -> str:
    """Return ids of sources as links to them; any other text as it is."""
    known = _addresses()
    shown = []
    for name in ids.split():
        title, address = known.get(name, ("", ""))
        shown.append(f'<span title="{esc(title)}">{link(address, esc(name))}</span>' if title else esc(name))
    return " ".join(shown)


def sources(ids: Iterable[str]) -> str:
    """Return a list of sources."""
    return ", ".join(map(source, ids))


def findings(found: Sequence[types.Finding]) -> str:
    """Return findings, the gravest first."""
    items = []
    for severity in ("error", "warning", "advice"):
        for finding in found:
            if finding.severity == severity:
                items.append(f"<li>{_finding(finding)}</li>")
    return f"<ul>{''.join(items)}</ul>" if items else ""


def _finding(it: types.Finding) -> str:
    place = f"{code(it.field)} = {esc(it.value)}" if it.value else code(it.field)
    fix = f"fix: <b>{esc(it.fix)}</b>" if it.fix else ""
    cited = f"sources: {sources(it.sources)}" if it.sources else ""
    more = " · ".join(part for part in (fix, cited) if part)
    lead = f'<span class="{it.severity}">{it.severity}</span> {code(it.code)} {place if it.field else ""}'
    return f"{lead}<br>{esc(it.message)}" + (f"<br><small>{more}</small>" if more else "")


def footer(model: types.ModelVersion) -> str:
    """Return which model and figures an answer rests on."""
    return para(f"fsx-model {esc(model.version)} · figures of {esc(model.catalog)}", "dim")
