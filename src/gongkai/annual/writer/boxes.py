"""The boxes a printed table is made of: what stands in them, where, and what they are for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from gongkai.annual.reader.numbers import UNREAD, read_cell
from gongkai.annual.report import State
from gongkai.text.normalise import fold

if TYPE_CHECKING:
    from gongkai.annual.report import Cell

_DENSE = 6  # more columns than this are set in small type
_PAGE_ROWS = 34  # as many rows fit on a page
_NARROW = 3  # as many characters fit on a line of a narrow head


class Kind(StrEnum):
    """What a box is for."""

    BAND = "band"  # a head across the whole table: 第二十条第（一）项
    HEAD = "head"  # a head over columns
    NOTE = "note"  # the corner that states the 勾稽关系
    GROUP = "group"  # a caption of a group of rows
    STUB = "stub"  # the caption of a row
    UNIT = "unit"  # the unit of a row
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a printed table, from its anchor (``row``, ``column``, from 0) with its spans.

    ``keys`` are the cells it prints: one, or all those of digits that ran together; ``state`` is theirs, with
    ``unreadable`` and ``absent`` beside the states of a cell. ``level`` is the indentation of a caption in a list.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    kind: Kind = Kind.VALUE
    keys: tuple[str, ...] = ()
    state: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class TableLayout:
    """A table ready to be drawn. ``widths`` are parts of its width; ``head_rows`` rows repeat on every page."""

    key: str
    edition: str
    title: str
    boxes: tuple[Box, ...]
    widths: tuple[int, ...]
    head_rows: int

    @property
    def height(self) -> int:
        """The number of rows."""
        return max(box.row + box.rowspan for box in self.boxes)

    @property
    def dense(self) -> bool:
        """Tell whether the table has so many columns that it is set in small type."""
        return len(self.widths) > _DENSE

    @property
    def one_page(self) -> bool:
        """Tell whether the table is kept on one page: the national tables all fit."""
        return self.height <= _PAGE_ROWS

    def left(self, box: Box) -> bool:
        """Tell whether the text of ``box`` stands at the left; everything else is centred."""
        return box.kind is Kind.STUB and self.key != "proactive"

    def lines(self, box: Box) -> tuple[str, ...]:
        """Return the text of ``box`` in lines that hold together where its column is narrow: 商业 / 企业."""
        number, stop, caption = box.text.partition("）")
        if self.dense and box.kind is Kind.GROUP and stop:
            return (number + stop, caption)
        if self.dense and box.kind is Kind.HEAD and box.colspan == 1 and len(box.text) > _NARROW:
            return tuple(box.text[at : at + 2] for at in range(0, len(box.text), 2))
        return (box.text,)

    def rows(self) -> list[list[Box]]:
        """Return the boxes by the row of their anchor, left to right."""
        result: list[list[Box]] = [[] for _ in range(self.height)]
        for box in self.boxes:
            result[box.row].append(box)
        return [sorted(row, key=lambda box: box.column) for row in result]


def unread(printed: str) -> str:
    """Return what stands in a cell that could not be read: the sign for it, �, and what was printed.

    Never the bare digits, which would be a number, and never a blank, which would be a value. The reader takes the
    sign for what it is.
    """
    words = " ".join(printed.split())
    return f"{UNREAD}〔{words}〕" if words else UNREAD


def text_of(cell: Cell, *, with_unit: bool = True) -> str:
    """Return what the cell prints: the number as it was printed, with its remark.

    Where what was printed is not this number alone (the digits of a row ran together), the number itself is printed:
    it has been read. Its own unit stands beside it unless a column of the table gives it (``with_unit`` false).
    """
    printed = " ".join(cell.printed.split())
    if cell.state is State.BLANK:
        return ""
    if cell.state is State.NOT_APPLICABLE:
        return printed or "/"
    reading = read_cell(fold(printed))
    text = printed if reading is not None and reading.value == cell.value else str(cell.value)
    if with_unit and cell.unit and cell.unit not in text:
        text += cell.unit
    remark = cell.remark.strip("（）()")
    return text if not remark or remark in text else f"{text}（{remark}）"
