"""A report as people read it on a terminal: its statutory tables, its sections, what the reader has to say."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from gongkai.annual import forms
from gongkai.annual.report import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from gongkai.annual.finding import Finding
    from gongkai.annual.report import Report

SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
SEVERITY_WORDS = {"error": "错误", "warning": "警告", "info": "说明"}
SEVERITY_MARKS = {"error": "✗", "warning": "▲", "info": "·"}
"""Told apart by shape as well as by colour."""
_FEW_COLUMNS = 5
_NARROW = 8
"""Cells of terminal width for a column of a wide table: two lines of head instead of captions cut to pieces."""
_WIDE = 100
"""Cells of terminal width from which a wide table has room for the captions of its rows."""
_UNREAD_STYLE = "bold magenta"


def report_view(report: Report, findings: Sequence[Finding] = ()) -> RenderableType:
    """Return the whole report; cells that ``findings`` speak of are marked."""
    parts: list[RenderableType] = [heading(report), facts(report)]
    marked = {
        key: SEVERITY_STYLES[severity]
        for severity in reversed(tuple(SEVERITY_STYLES))
        for found in findings
        if found.severity == severity
        for key in found.cells
    }
    parts += _tables(report, marked)
    if report.sections:
        parts.append(Text("\n正文", style="bold"))
        parts += [_section(section.title, section.text) for section in report.sections]
    if report.unreadable:
        parts.append(Text("\n未能读出", style=_UNREAD_STYLE))
        parts += [
            Padding(_unread(key, entry.printed, len(entry.candidates)), (0, 2))
            for key, entry in report.unreadable.items()
        ]
    if report.diagnostics:
        parts.append(Text("\n读取提示", style="bold"))
        for diagnostic in report.diagnostics:
            mark = Text(f"{SEVERITY_MARKS[diagnostic.severity]} ", style=SEVERITY_STYLES[diagnostic.severity])
            words = f"{diagnostic.message}{f'（{diagnostic.where}）' if diagnostic.where else ''}"
            parts.append(Padding(mark + Text(words), (0, 2)))
    return Group(*parts, Text())


def heading(report: Report) -> RenderableType:
    """Return a line with whose report it is."""
    name = f"{report.body or '机构不明'}　{f'{report.year}年' if report.year else '年份不明'}"
    return Rule(Text(f" {name} ", style="bold"), style="blue")


def facts(report: Report) -> Text:
    """Return one line with the edition, the period and how much was read."""
    editions = "+".join(dict.fromkeys((report.edition, *report.table_editions.values())))
    words = [f"{editions} 版格式"]
    if report.period:
        words.append(f"统计期限 {report.period[0]} 至 {report.period[1]}")
    words.append(f"读出 {len(report.cells)} 个单元格")
    if report.unread_keys:
        words.append(f"{len(report.unread_keys)} 个未能读出")
    return Text(f"{report.file}\n{'，'.join(words)}", style="dim")


def _section(title: str, text: str) -> RenderableType:
    characters = sum(not char.isspace() for char in text)
    length = Text(f"（{characters} 字）" if characters else "", style="dim")
    return Padding(Text(title) + length, (0, 2))


def _unread(key: str, printed: str, candidates: int) -> Text:
    how = f"有 {candidates} 种拆法都能使各项合计成立，未作猜测" if candidates else "没有一种拆法能使各项合计成立"
    return Text(f"{key}　印为“{printed}”：{how}")


def _tables(report: Report, marked: dict[str, str]) -> Iterator[RenderableType]:
    names = dict.fromkeys(key.partition(".")[0] for key in (*report.cells, *report.unread_keys))
    for name in names:
        edition = report.table_editions.get(name, report.edition)
        table = forms.table(edition, name)
        yield Text(f"\n{table.title}", style="bold")
        shown: set[str] = set()
        for block in table.blocks:
            view = _Block(report, table, block, marked)
            if view.rows:
                shown |= view.keys
                yield Padding(view, (0, 0, 1, 1))
        rest = [key for key in (*report.cells, *report.unread_keys) if key.startswith(f"{name}.") and key not in shown]
        if rest:
            yield Padding(_rest(report, rest, marked), (0, 0, 1, 1))


class _Block:
    """A block of a statutory table as wide as the terminal: on a narrow one heads have two characters a line."""

    def __init__(self, report: Report, table: forms.Table, block: forms.Block, marked: dict[str, str]) -> None:
        held = {*report.cells, *report.unread_keys}
        self.report, self.table, self.block, self.marked = report, table, block, marked
        self.columns = [c for c in block.columns if any(table.key_of(row.key, c.key) in held for row in block.rows)]
        self.rows = [row for row in block.rows if any(table.key_of(row.key, c.key) in held for c in self.columns)]
        self.keys = {table.key_of(row.key, column.key) for row in self.rows for column in self.columns}

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table that fits the width there is."""
        del console
        yield self._view(tight=options.max_width < _WIDE and len(self.columns) > _FEW_COLUMNS)

    def _view(self, *, tight: bool) -> Table:
        view = Table(box=box.SIMPLE_HEAD, header_style="bold", show_edge=False, padding=(0, 0 if tight else 1))
        view.add_column(self.block.caption or self.block.head, overflow="fold", max_width=52)
        units = {row.unit for row in self.rows} - {None}
        if units:
            view.add_column("单位")
        narrow = _NARROW if len(self.columns) > _FEW_COLUMNS else None
        for column in self.columns:
            unit = f"（{column.unit}）" if column.unit and column.unit not in column.caption else ""
            head = f"{column.caption}{unit}"
            if tight:
                view.add_column("\n".join(wrap(head, 2)), justify="right", no_wrap=True)
            else:
                view.add_column(head, justify="right", overflow="fold", max_width=narrow)
        before: tuple[str, ...] = ()
        for row in self.rows:
            for depth, group in enumerate(row.group):
                if before[: depth + 1] != row.group[: depth + 1]:
                    view.add_row(_indented(Text(group, style="dim"), depth))
            before = row.group
            values = [_value(self.report, self.table.key_of(row.key, c.key), self.marked) for c in self.columns]
            caption = Text(row.caption, style="bold" if row.total_of else "")
            view.add_row(_indented(caption, len(row.group)), *([row.unit or ""] if units else []), *values)
        return view


def _indented(words: Text, depth: int) -> RenderableType:
    return Padding(words, (0, 0, 0, 2 * depth))


def _rest(report: Report, keys: Sequence[str], marked: dict[str, str]) -> Table:
    view = Table(box=box.SIMPLE_HEAD, header_style="bold", show_edge=False, padding=(0, 1))
    view.add_column("表中其他各项", overflow="fold", max_width=52)
    view.add_column("数", justify="right")
    for key in keys:
        view.add_row(report.labels.get(key, key), _value(report, key, marked))
    return view


def _value(report: Report, key: str, marked: dict[str, str]) -> Text:
    """Return a cell: what is marked carries a sign as well as a colour."""
    cell = report.cells.get(key)
    if cell is None:
        return Text("未读出", style=_UNREAD_STYLE) if key in report.unread_keys else Text("无此格", style="dim")
    if cell.value is not None:
        words, style = f"{cell.value}", "dim" if cell.value == 0 else ""
    else:
        words, style = ("空白" if cell.state is State.BLANK else "/"), "dim"
    sign = "✗ " if marked.get(key) == SEVERITY_STYLES["error"] else ""
    return Text(f"{sign}{words}", style=marked.get(key, style))
