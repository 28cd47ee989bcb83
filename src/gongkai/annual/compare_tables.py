"""A comparison as data and as a page: JSON, CSV, and HTML with its chart and the same numbers as a table."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

from gongkai.annual.indicators import Known
from gongkai.annual.plot import PANELS, figure, said
from gongkai.annual.plot_svg import spaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.annual.compare import Change, Comparison, Line
    from gongkai.annual.report import Number

_STYLE = """
:root { --ink: #1c2733; --muted: #5a6672; --rule: #d9dee3; --accent: #1f5fa8; }
body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color: var(--ink); background: #fff;
  font: 16px/1.6 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
figure { margin: 0 0 2rem; overflow-x: auto; }
svg { max-width: 100%; height: auto; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: bold; padding: .5rem 0; }
th, td { padding: .35rem .75rem; border-bottom: 1px solid var(--rule); text-align: right; vertical-align: top; }
th[scope=row], th[scope=rowgroup] { text-align: left; font-weight: normal; }
th[scope=rowgroup] { color: var(--accent); font-weight: bold; padding-top: 1.25rem; }
.change, .none { color: var(--muted); font-size: .85em; }
""".strip()


def growth_words(change: Change, unit: str) -> str:
    """Return a change in words: ``+12（+5.7%）``, percentage points for a rate, † where the form changed."""
    sign = "+" if change.difference > 0 else ""
    words = f"{sign}{spaced(change.difference)}"
    if unit == "%":
        words += " 个百分点"
    elif change.growth is not None:
        words += f"（{'+' if change.growth > 0 else ''}{spaced(change.growth)}%）"
    return words + ("†" if change.form_changed else "")


def notes(comparison: Comparison) -> tuple[str, ...]:
    """Return what has to be said beside the numbers, in words."""
    changes = [change for line in comparison.lines for change in line.changes if change is not None]
    result = list(comparison.remarks)
    if any(change.form_changed for change in changes):
        result.append("† 前后两年的报表格式不同，统计口径有变化，增减仅供参考。")
    if any(change.years > 1 for change in changes):
        result.append("增减是与所给报告中的上一份相比，中间可能隔有年份。")
    if any(entry.known is Known.UNREADABLE for line in comparison.lines for entry in line.entries):
        result.append("“未能读出”的数没有按零计算，由它合成的数也不列出。")
    return tuple(result)


def as_object(comparison: Comparison) -> dict[str, Any]:
    """Return the comparison as plain data: ``columns`` and ``rows`` in the same order as in print."""
    return {
        "kind": comparison.kind.value,
        "title": comparison.title,
        "columns": [
            {"file": head.file, "body": head.body, "year": head.year, "edition": head.edition}
            for head in comparison.heads
        ],
        "rows": [
            {
                "key": line.key,
                "caption": line.caption,
                "unit": line.unit,
                "group": line.group,
                "values": [_number(entry.value) for entry in line.entries],
                "known": [entry.known.value for entry in line.entries],
                "changes": [_change(change) for change in line.changes],
            }
            for line in comparison.lines
        ],
        "notes": list(notes(comparison)),
    }


def as_json(comparison: Comparison) -> str:
    """Return ``as_object`` as one line."""
    return json.dumps(as_object(comparison), ensure_ascii=False) + "\n"


def as_csv(comparison: Comparison) -> str:
    """Return one row per line and one column per report, marked as UTF-8 for spreadsheet programs."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(["key", "group", "caption", "unit", *(f"{head.body} {head.year}" for head in comparison.heads)])
    for line in comparison.lines:
        values = ["" if entry.value is None else entry.value for entry in line.entries]
        writer.writerow([line.key, line.group, line.caption, line.unit, *values])
    return "\ufeff" + stream.getvalue()


def as_html(comparison: Comparison, panels: Sequence[str] = PANELS) -> str:
    """Return a page that needs nothing else: the chart, the same numbers as a table, and what to note."""
    heads = "".join(f'<th scope="col">{escape(head.label)}</th>' for head in comparison.heads)
    bodies = []
    for group, lines in groupby(comparison.lines, key=lambda line: line.group):
        width = len(comparison.heads) + 1
        bodies.append(f'<tbody><tr><th scope="rowgroup" colspan="{width}">{escape(group)}</th></tr>')
        bodies += [_row(line) for line in lines]
        bodies.append("</tbody>")
    parts = [
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(comparison.title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>",
        f"<h1>{escape(comparison.title)}</h1>",
        f"<figure>\n{figure(comparison, panels)}</figure>",
        '<div class="scroll" tabindex="0" role="region" aria-label="数据表">',
        f"<table>\n<caption>{escape(comparison.title)}</caption>",
        f'<thead><tr><th scope="col">指标</th>{heads}</tr></thead>',
        *bodies,
        "</table>\n</div>",
        *(f"<p>{escape(note)}</p>" for note in notes(comparison)),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _row(line: Line) -> str:
    cells = []
    for entry, change in zip(line.entries, line.changes, strict=True):
        words = escape(said(entry)) if entry.value is not None else f'<span class="none">{said(entry)}</span>'
        more = "" if change is None else f'<br><span class="change">{escape(growth_words(change, line.unit))}</span>'
        cells.append(f"<td>{words}{more}</td>")
    return f'<tr><th scope="row">{escape(line.caption)}（{escape(line.unit)}）</th>{"".join(cells)}</tr>'


def _change(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "difference": _number(change.difference),
        "growth_percent": _number(change.growth),
        "form_changed": change.form_changed,
        "years": change.years,
    }


def _number(value: Number | None) -> float | None:
    return float(value) if isinstance(value, Decimal) else value
