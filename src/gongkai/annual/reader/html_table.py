"""Tables of a web page: their elements, their cells, and the short way to read the ones that are plain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.annual.reader import strips
from gongkai.annual.reader.contents import flatten, is_data
from gongkai.annual.reader.grids import MAX_COLSPAN, MAX_ROWSPAN, lay_out, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

SKIP, BLOCK, BREAK, HEADING, GROUP, ROW, CELL, TABLE = range(1, 9)
_NAMES = {
    SKIP: "head script style noscript template iframe object svg math nav footer select textarea button canvas audio",
    BLOCK: "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure form",
    BREAK: "br hr",
    HEADING: "h1 h2 h3 h4 h5 h6",
    GROUP: "thead tbody tfoot",
    ROW: "tr",
    CELL: "td th",
    TABLE: "table",
}
_MORE = {
    SKIP: "video map rt rp",
    BLOCK: "header hgroup li main menu ol p pre section summary ul caption",
}
KINDS = {name: kind for names in (_NAMES, _MORE) for kind, listed in names.items() for name in listed.split()}
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_EDGE = "\x1f"
_MAX_DEPTH = 40
_NO_CELLS = frozenset({"colgroup", "col"})


def is_hidden(element: etree._Element) -> bool:
    """Tell whether a browser leaves the element out."""
    style = element.get("style")
    if style is not None:
        lowered = style.lower()
        # Looking for two words first spares the pattern for the styles of almost every cell.
        if ("none" in lowered or "hid" in lowered) and _UNSEEN.search(lowered):
            return True
    return element.get("hidden") is not None


def clean(text: str) -> str:
    """Return ``text`` without invisible characters, each run of white space as one space."""
    if not text.isascii():
        text = ZERO_WIDTH.sub("", text)
    return " ".join(text.split())


def cell_spans(element: etree._Element) -> tuple[int, int]:
    """Return the row span (0: to the end of the group) and the column span (≥ 1) of a cell."""
    rowspan = element.get("rowspan")
    colspan = element.get("colspan")
    return (
        1 if rowspan is None else span(rowspan, MAX_ROWSPAN),
        1 if colspan is None else span(colspan, MAX_COLSPAN) or 1,
    )


class Table:
    """A ``<table>`` being read."""

    __slots__ = ("cell", "ends", "items", "out", "row", "rows", "spans")

    def __init__(self, out: list[strips.Item]) -> None:
        self.out = out  # where the result goes
        self.rows: list[list[tuple[list[strips.Item], int, int]]] = []
        self.ends: list[int] = []  # per row of the groups closed so far: the first row after its group
        self.row: list[tuple[list[strips.Item], int, int]] | None = None
        self.cell: etree._Element | None = None
        self.items: list[strips.Item] = []
        self.spans = (1, 1)

    def open_row(self) -> None:
        """Begin a row."""
        self.row = []
        self.rows.append(self.row)

    def close_group(self) -> None:
        """End a row group: no span of it reaches further."""
        self.ends += [len(self.rows)] * (len(self.rows) - len(self.ends))
        self.row = None

    def result(self) -> Sequence[strips.Item]:
        """Return one grid where this is a data table, else what its cells hold."""
        contents = [[flatten(items) for items, _, _ in row] for row in self.rows]
        if not is_data(contents):
            return [item for row in self.rows for items, _, _ in row for item in items]
        boxes = [
            [(text, rowspan, colspan) for (text, _), (_, rowspan, colspan) in zip(texts, row, strict=True)]
            for texts, row in zip(contents, self.rows, strict=True)
        ]
        return [lay_out(boxes, self.ends)]


def read_plain(element: etree._Element, table: Table, *, keep_hidden: bool) -> bool:
    """Read a table whose cells hold nothing but text into ``table``; ``False`` where it holds more.

    Most tables are like this, and most of a page is its tables: this is several times faster than the walk.
    """
    if next(element.iterdescendants("table", "caption"), None) is not None:
        return False
    reader = _Plain(keep_hidden=keep_hidden)
    try:
        for child in element:
            if child.tag == "tr":
                reader.row(child, table)
            elif KINDS.get(child.tag) == GROUP:
                table.close_group()
                reader.group(child, table)
                table.close_group()
            elif child.tag not in _NO_CELLS:
                return False
    except _NotPlainError:
        return False
    table.close_group()
    return sum(map(len, table.rows)) > 1


class _NotPlainError(Exception):
    """The table holds what only the walk can read."""


class _Plain:
    """Reads cells of text."""

    def __init__(self, *, keep_hidden: bool) -> None:
        self._keep_hidden = keep_hidden

    def group(self, element: etree._Element, table: Table) -> None:
        if self._is_hidden(element):
            return
        for child in element:
            if child.tag != "tr":
                raise _NotPlainError
            self.row(child, table)

    def row(self, element: etree._Element, table: Table) -> None:
        if self._is_hidden(element):
            return
        cells: list[tuple[list[strips.Item], int, int]] = []
        for cell in element:
            if KINDS.get(cell.tag) != CELL:
                raise _NotPlainError
            if self._is_hidden(cell):
                continue
            cells.append((self._items(cell), *cell_spans(cell)))
        table.rows.append(cells)

    def _items(self, cell: etree._Element) -> list[strips.Item]:
        children = len(cell)
        if not children:
            text = clean(cell.text) if cell.text else ""
            return [text] if text else []
        if children == 1:
            only = cell[0]
            if only.tag == "p" and not len(only) and not self._is_hidden(only):
                return [line for text in (cell.text, only.text, only.tail) if text and (line := clean(text))]
        parts: list[str] = []
        self._gather(cell, parts, 0)
        return [line for text in "".join(parts).split(_EDGE) if (line := clean(text))]

    def _is_hidden(self, element: etree._Element) -> bool:
        return not self._keep_hidden and is_hidden(element)

    def _gather(self, element: etree._Element, parts: list[str], depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise _NotPlainError
        if element.text:
            parts.append(element.text)
        for child in element:
            kind = KINDS.get(child.tag)
            if kind == SKIP or self._is_hidden(child):
                edge = ""
            elif kind is None:
                edge = ""
                self._gather(child, parts, depth + 1)
            elif kind == BREAK or (kind == BLOCK and (child.tag == "p" or not strips.is_row(child))):
                edge = _EDGE
                parts.append(edge)
                self._gather(child, parts, depth + 1)
            else:
                raise _NotPlainError
            if edge:
                parts.append(edge)
            if child.tail:
                parts.append(child.tail)
