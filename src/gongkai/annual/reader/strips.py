"""Table rows that a page draws without ``<table>``: by ARIA roles, ``display: table-row``, flex or telling classes.

A row is known when it ends; rows that follow each other become one grid when the page has been walked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from gongkai.annual.reader.grids import MAX_COLSPAN, MAX_ROWSPAN, Box, join, lay_out, span
from gongkai.annual.reader.source import Block, Grid, Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

Item: TypeAlias = "str | Line | Grid | Strip"

_DISPLAY = re.compile(r"display\s*:\s*(?:inline-)?(?:flex|table-row)\s*(?:;|!|$)", re.IGNORECASE)
_COLUMN = re.compile(r"flex-(?:direction|flow)\s*:\s*column", re.IGNORECASE)
_CLASS = re.compile(r"(?:^|[\s_-])(?:tr|row|flex)\d*(?=\s|$)|(?<=[a-z])(?:Tr|Row)\d*(?=\s|$)")
_LONGEST_CELL = 200
_MOST_ITEMS = 100


class Drawn(NamedTuple):
    """A cell of a drawn row."""

    items: list[Item]
    rowspan: int
    colspan: int


class Strip(NamedTuple):
    """A drawn row; more than one row of boxes where a cell of it holds rows of its own."""

    rows: list[list[Box]]


def is_row(element: _Element) -> bool:
    """Tell whether the element says in some way that its children stand beside each other."""
    role = element.get("role")
    if role is not None:
        return role == "row"
    style = element.get("style")
    if style and _DISPLAY.search(style):
        return not _COLUMN.search(style)
    name = element.get("class")
    return name is not None and _CLASS.search(name) is not None


def spans(element: _Element) -> tuple[int, int]:
    """Return the row and column span that the element claims."""
    rowspan = element.get("aria-rowspan") or element.get("rowspan") or element.get("data-rowspan")
    colspan = element.get("aria-colspan") or element.get("colspan") or element.get("data-colspan")
    return span(rowspan, MAX_ROWSPAN) or 1, span(colspan, MAX_COLSPAN) or 1


def draw(cells: list[Drawn]) -> Strip | None:
    """Return the row that ``cells`` make, or ``None`` where they are the columns of a page, not cells of a table."""
    if sum(cell.colspan for cell in cells) == 1:
        return None
    columns: list[list[list[Box]]] = []
    for items, rowspan, colspan in cells:
        if len(items) > _MOST_ITEMS:
            return None
        inner = [row for item in items if isinstance(item, Strip) for row in item.rows]
        if inner and all(isinstance(item, Strip) for item in items):
            columns.append(inner)
            continue
        if inner or any(isinstance(item, Grid) for item in items):
            return None
        text = join(
            item.text if isinstance(item, Line) else item for item in items if not isinstance(item, Grid | Strip)
        )
        if len(text) > _LONGEST_CELL:
            return None
        columns.append([[Box(text, rowspan, colspan)]])
    height = max(map(len, columns), default=0)
    rows: list[list[Box]] = [[] for _ in range(height)]
    for column in columns:
        for number, boxes in enumerate(column):
            # The last row of a column reaches down to the end of the strip.
            extra = height - len(column) if number == len(column) - 1 else 0
            rows[number] += [box._replace(rowspan=box.rowspan + extra) for box in boxes]
    return Strip(rows)


def settle(items: Iterable[Item]) -> tuple[Block, ...]:
    """Return the items as blocks: drawn rows that follow each other become one grid, a lone one is text."""
    blocks: list[Block] = []
    rows: list[list[Box]] = []
    for item in items:
        if isinstance(item, Strip):
            rows += item.rows
            continue
        if rows:
            blocks += _table(rows)
            rows = []
        blocks.append(Line(item) if isinstance(item, str) else item)
    return (*blocks, *_table(rows))


def _table(rows: list[list[Box]]) -> list[Block]:
    if len(rows) > 1 and any(box.text for row in rows for box in row):
        return [lay_out(rows)]
    return [Line(box.text) for row in rows for box in row if box.text]
