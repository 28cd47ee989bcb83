"""The statutory tables as boxes with spans: the one layout that every visual format is written from.

Heads and merged cells are those of the national forms (国办公开办函〔2021〕30号, 〔2019〕60号); a local form prints
fewer rows or other columns, and is laid out with those it has.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from gongkai.annual import forms
from gongkai.annual.writer.boxes import Box, Kind, TableLayout, text_of, unread
from gongkai.annual.writer.errors import UnplacedCellError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.annual.forms import Block, Row, Table
    from gongkai.annual.report import Report

_NONE = "——"
"""What the statistics table prints where a line has neither unit nor number."""

_NUMBERED = re.compile(r"[0-9]+[.．、]")


def tables(report: Report) -> tuple[TableLayout, ...]:
    """Return the tables the report has, in the order of its form.

    Raises ``UnplacedCellError`` where a cell has no place in any of them: a figure is never dropped in silence.
    """
    held = {*report.cells, *report.unread_keys}
    order = ("proactive", "requests", "remedies", "statistics_2014", "summary_2008")
    found = [_table(report, key, held) for key in order if any(name.startswith(f"{key}.") for name in held)]
    placed = {key for table in found for box in table.boxes for key in box.keys}
    if held - placed:
        raise UnplacedCellError(sorted(held - placed))
    return tuple(found)


def _table(report: Report, key: str, held: set[str]) -> TableLayout:
    edition = report.table_editions.get(key, report.edition)
    if all(table.key != key for table in forms.form(edition).tables):
        edition = next(other for other in forms.EDITIONS if any(t.key == key for t in forms.form(other).tables))
    table = forms.table(edition, key)
    sheet = _Sheet(report, table, held)
    draw = {"blocks": _blocks, "matrix": _matrix, "wide": _wide, "list": _list}[table.layout]
    widths, head_rows = draw(sheet, report)
    return TableLayout(key, edition, table.title, tuple(sheet.boxes), widths, head_rows)


class _Sheet:
    """A table while it is being laid out."""

    def __init__(self, report: Report, table: Table, held: set[str]) -> None:
        self.report = report
        self.table = table
        self.held = held
        self.boxes: list[Box] = []
        self.unread = {key: entry for entry in report.unreadable.values() for key in entry.keys}

    def add(self, text: str, row: int, column: int, *, rowspan: int = 1, colspan: int = 1, kind: Kind) -> None:
        self.boxes.append(Box(text, row, column, rowspan, colspan, kind))

    def values(self, keys: Sequence[str], row: int, column: int, last_span: int = 1) -> None:
        """Add the boxes of ``keys`` side by side; the last one spans ``last_span`` columns."""
        told: set[str] = set()
        for place, key in enumerate(keys, column):
            span = last_span if key == keys[-1] else 1
            names: tuple[str, ...] = (key,)
            if key in self.unread:
                # Digits of several cells that ran together are printed in the first of them.
                entry = self.unread[key]
                text, state = unread("" if entry.key in told else entry.printed), "unreadable"
                told.add(entry.key)
            elif key in self.report.cells:
                cell = self.report.cells[key]
                text, state = text_of(cell, with_unit=self.table.layout != "list"), str(cell.state)
            else:
                text, state, names = "", "absent", ()
            self.boxes.append(Box(text, row, place, 1, span, Kind.VALUE, names, state))

    def printed_rows(self, block: Block) -> tuple[Row, ...]:
        """Return the rows of ``block`` of which the report has at least one cell."""
        return tuple(
            row
            for row in block.rows
            if any(self.table.key_of(row.key, column.key) in self.held for column in block.columns)
        )


def _blocks(sheet: _Sheet, report: Report) -> tuple[tuple[int, ...], int]:
    """Repeat the heads per block. A report that mixes forms in one table has every block by the form that fits it."""
    del report
    drawn: list[tuple[Block, tuple[Row, ...], list[str]]] = []
    for block in sheet.table.blocks:
        best = max(_same_scope(sheet.table, block), key=lambda other: _fit(sheet, other))
        rows = sheet.printed_rows(best)
        if rows:
            drawn.append((best, rows, _columns(sheet, best, rows)))
    drawn += [
        (block, rows, _columns(sheet, block, rows))
        for block in _other_blocks(sheet.table)
        if (rows := sheet.printed_rows(block))
    ]
    width = max(len(columns) for _, _, columns in drawn)
    line = 0
    for block, rows, columns in drawn:
        last_span = width - len(columns) + 1
        captions = {column.key: column.caption for column in block.columns}
        sheet.add(block.caption, line, 0, colspan=width + 1, kind=Kind.BAND)
        sheet.add(block.head, line + 1, 0, kind=Kind.HEAD)
        for index, key in enumerate(columns):
            span = last_span if key == columns[-1] else 1
            sheet.add(captions[key], line + 1, index + 1, colspan=span, kind=Kind.HEAD)
        for row in rows:
            sheet.add(row.caption, (line := line + 1) + 1, 0, kind=Kind.STUB)
            sheet.values([sheet.table.key_of(row.key, key) for key in columns], line + 1, 1, last_span)
        line += 2
    return (30, *[24] * width), 0


def _same_scope(table: Table, block: Block) -> list[Block]:
    """Return ``block`` and the blocks of other editions for the same item of 条例 第二十条."""
    others = [
        other
        for edition in forms.EDITIONS[:2]
        for other in forms.table(edition, table.key).blocks
        if other.scope == block.scope and other is not block
    ]
    return [block, *others]


def _other_blocks(table: Table) -> list[Block]:
    """Return the blocks whose item the form of ``table`` does not have: 第（九）项 in a table of 2021."""
    scopes = {block.scope for block in table.blocks}
    return [
        block
        for edition in forms.EDITIONS[:2]
        for block in forms.table(edition, table.key).blocks
        if block.scope not in scopes
    ]


def _fit(sheet: _Sheet, block: Block) -> int:
    return sum(sheet.table.key_of(row.key, column.key) in sheet.held for row in block.rows for column in block.columns)


def _columns(sheet: _Sheet, block: Block, rows: Sequence[Row]) -> list[str]:
    """Return the columns to print: those of the national form unless a local one stands in their place."""

    def has(column: str) -> bool:
        return any(sheet.table.key_of(row.key, column) in sheet.held for row in rows)

    replaced = {key for column in block.columns if column.replaces and has(column.key) for key in column.replaces}
    return [
        column.key
        for column in block.columns
        if has(column.key) or (not column.replaces and column.key not in replaced)
    ]


def _matrix(sheet: _Sheet, report: Report) -> tuple[tuple[int, ...], int]:
    """Lay out rows by columns: three rows of heads, the note in their corner, groups of rows merged downwards."""
    del report
    table = sheet.table
    block = table.blocks[0]
    columns = block.columns
    depth = 1 + max(len(row.group) for row in block.rows)
    sheet.add(table.note, 0, 0, rowspan=3, colspan=depth, kind=Kind.NOTE)
    sheet.add(table.heads[0], 0, depth, colspan=len(columns), kind=Kind.HEAD)
    place = depth
    for group, members in groupby(columns, key=lambda column: column.group):
        run = list(members)
        if group:
            sheet.add(group[0], 1, place, colspan=len(run), kind=Kind.HEAD)
        for offset, column in enumerate(run):
            top, tall = (2, 1) if group else (1, 2)
            sheet.add(column.caption, top, place + offset, rowspan=tall, kind=Kind.HEAD)
        place += len(run)
    rows = sheet.printed_rows(block)
    for index, row in enumerate(rows):
        line = index + 3
        for level in range(len(row.group)):
            group = row.group[: level + 1]
            if index and rows[index - 1].group[: level + 1] == group:
                continue
            sheet.add(group[-1], line, level, rowspan=_run(rows[index:], group), kind=Kind.GROUP)
        start = len(row.group)
        sheet.add(row.caption, line, start, colspan=depth - start, kind=Kind.STUB)
        sheet.values([table.key_of(row.key, column.key) for column in columns], line, depth)
    return (60, 94, 277, *[65] * len(columns))[-depth - len(columns) :], 3


def _run(rows: Sequence[Row], group: tuple[str, ...]) -> int:
    """Return how many rows, from the first on, stand in ``group``."""
    return next((n for n, row in enumerate(rows) if row.group[: len(group)] != group), len(rows))


def _wide(sheet: _Sheet, report: Report) -> tuple[tuple[int, ...], int]:
    """Lay the rows side by side over one line of numbers."""
    del report
    table = sheet.table
    block = table.blocks[0]
    span = len(block.columns)
    place = 0
    for group, members in groupby(sheet.printed_rows(block), key=lambda row: row.group):
        run = list(members)
        if group:
            sheet.add(group[0], 0, place, colspan=span * len(run), kind=Kind.HEAD)
        for row in run:
            sheet.add(row.caption, 1 if group else 0, place, colspan=span, kind=Kind.HEAD)
            for offset, column in enumerate(block.columns):
                top, tall = (2, 1) if group else (1, 2)
                sheet.add(column.caption, top, place + offset, rowspan=tall, kind=Kind.HEAD)
            sheet.values([table.key_of(row.key, column.key) for column in block.columns], 3, place)
            place += span
    return (1,) * place, 3


def _list(sheet: _Sheet, report: Report) -> tuple[tuple[int, ...], int]:
    """Lay out indicator, unit, values; a group that is no indicator itself has a line of its own."""
    table = sheet.table
    block = table.blocks[0]
    columns = [column.key for column in block.columns]
    heads = [
        f"{report.year}{column.caption}" if column.key == "year" and report.year else column.caption
        for column in block.columns
    ]
    for index, head in enumerate((*table.heads, *heads)):
        sheet.add(head, 0, index, kind=Kind.HEAD)
    first = len(table.heads)
    captions = {caption for row in block.rows for caption in (row.caption, *row.variants)}
    line, shown = 1, set[tuple[str, ...]]()
    numbers: Counter[tuple[str, ...]] = Counter()
    for row, caption in _list_rows(sheet, report, block):
        for level in range(len(row.group)):
            group = row.group[: level + 1]
            if group not in shown and group[-1] not in captions:
                sheet.boxes.append(Box(group[-1], line, 0, kind=Kind.STUB, level=level))
                for place in range(1, first + len(columns)):
                    sheet.add(_NONE, line, place, kind=Kind.UNIT)
                line += 1
            shown.add(group)
        numbers[row.group] += 1
        words = caption
        if row.group and table.key == "summary_2008":
            # A local form has only some of the rows: those it has are numbered through.
            words = f"{numbers[row.group]}.{_NUMBERED.sub('', caption)}"
            words = f"其中：{words}" if numbers[row.group] == 1 else words
        sheet.boxes.append(Box(words, line, 0, kind=Kind.STUB, level=len(row.group)))
        keys = [table.key_of(row.key, key) for key in columns]
        units = [report.cells[key].unit for key in keys if key in report.cells]
        sheet.add(next(filter(None, units), row.unit) or "", line, 1, kind=Kind.UNIT)
        sheet.values(keys, line, first)
        line += 1
    return (56, 12, *[16] * len(columns)), 1


def _list_rows(sheet: _Sheet, report: Report, block: Block) -> Iterator[tuple[Row, str]]:
    """Yield the printed rows with their captions.

    The known ones come in the order of the form, those known by number only after the one they followed in print.
    """
    table = sheet.table
    following: dict[str, list[Row]] = {}
    known = {row.key: row for row in sheet.printed_rows(block)}
    last = ""
    for key in (*report.cells, *report.unread_keys):
        name = key.removeprefix(f"{table.key}.").split(".")[0]
        if name in known:
            last = name
        elif name.isdigit() and all(name != row.key for rows in following.values() for row in rows):
            following.setdefault(last, []).append(forms.Row(name, report.labels.get(key, f"第{name}行")))
    for name in ("", *known):
        if name:
            yield known[name], known[name].caption
        for row in following.get(name, ()):
            yield row, row.caption
