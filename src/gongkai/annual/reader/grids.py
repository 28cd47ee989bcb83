"""Rows of cells with spans to a ``Grid``: the placement rules of HTML tables, bounded."""

from __future__ import annotations

from bisect import bisect_left
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

from gongkai.annual.reader.limits import MAX_POSITIONS, check_positions
from gongkai.annual.reader.source import Grid, GridCell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_ROWSPAN = 65_534
MAX_COLSPAN = 1_000
"""What a browser allows (HTML, 4.9.11)."""


class Box(NamedTuple):
    """A cell before it has a place. ``rowspan`` 0 reaches to the end of its row group."""

    text: str
    rowspan: int = 1
    colspan: int = 1


def span(value: str | None, most: int) -> int:
    """Return a span attribute as a number from 0 to ``most``; 1 where it is missing or no number."""
    if value is None:
        return 1
    digits = value.strip()
    return min(int(digits[:6]), most) if digits.isdecimal() else 1


def join(paragraphs: Iterable[str]) -> str:
    """Return the paragraphs of one cell as one text: without a space where Chinese meets Chinese."""
    result = ""
    for paragraph in paragraphs:
        text = " ".join(paragraph.split())
        if not text:
            continue
        if result and not (_is_chinese(result[-1]) and _is_chinese(text[0])):
            result += " "
        result += text
    return result


def _is_chinese(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\uffef" or character in "“”‘’…—"


def lay_out(rows: Sequence[Sequence[tuple[str, int, int]]], ends: Sequence[int] | None = None) -> Grid:
    """Return the grid of ``rows`` of boxes: each cell goes to the first free position of its row.

    ``ends[row]`` is the row before which the spans of that row stop (the end of its row group; by default of the
    table). A span over a taken position is cut there: spans never overlap. Columns in which no cell begins do not
    exist for a reader and are left out. Raises ``HostileFileError`` where the spans reach too far.
    """
    height = len(rows)
    free_from: list[int] = []
    cells: list[tuple[str, int, int, int, int]] = []
    covered = 0
    for row, boxes in enumerate(rows):
        end = height if ends is None else ends[row]
        column = 0
        for text, rowspan, colspan in boxes:
            width = len(free_from)
            while column < width and free_from[column] > row:
                column += 1
            stop = column + 1
            last = column + colspan
            while stop < last and (stop >= width or free_from[stop] <= row):
                stop += 1
            bottom = row + rowspan if 0 < rowspan <= end - row else end
            if stop > width:
                free_from.extend([0] * (stop - width))
            free_from[column:stop] = [bottom] * (stop - column)
            covered += stop - column
            if covered > MAX_POSITIONS:
                check_positions(height, covered)
            cells.append((text, row, column, bottom - row, stop - column))
            column = stop
    return place(cells, height)


def place(cells: Sequence[tuple[str, int, int, int, int]], height: int) -> Grid:
    """Return the grid of cells that have their places: text, row, column, rowspan, colspan, in reading order."""
    starts = sorted({cell[2] for cell in cells})
    check_positions(height, len(starts))
    if starts != list(range(max((cell[2] + cell[4] for cell in cells), default=0))):
        cells = [
            (text, row, (left := bisect_left(starts, column)), rowspan, bisect_left(starts, column + colspan) - left)
            for text, row, column, rowspan, colspan in cells
        ]
    return Grid(tuple(starmap(GridCell, cells)))
