"""Characters into the cells of a lattice.

A number too long for its narrow column is printed over the border: its digits must not end up in two cells, where they
would read as two numbers. So digits that touch stay together, in the cell that holds the middle of the number.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.annual.reader.lattice import Box, Lattice
from gongkai.annual.reader.layout_text import NUMERIC, cell_text, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.annual.reader.layout import Glyph

TOUCHING = 0.12
"""The gap, in heights of a character, below which two digits belong to one number."""


@dataclass(slots=True)
class Filled:
    """A lattice with the characters of each of its cells; ``page`` counts from 1."""

    page: int
    lattice: Lattice
    contents: dict[Box, list[Glyph]]

    def width(self, box: Box) -> float:
        """Return the printed width of a cell."""
        return self.lattice.xs[box.end_column] - self.lattice.xs[box.column]

    def text(self, box: Box) -> str:
        """Return the text of a cell."""
        return cell_text(self.contents[box], width=self.width(box))


def fill(page: int, lattice: Lattice, glyphs: Iterable[Glyph]) -> Filled:
    """Put the characters that lie in a lattice into its cells and part cells that hold the numbers of several."""
    owners = {
        (row, column): box
        for box in lattice.boxes
        for row in range(box.row, box.end_row)
        for column in range(box.column, box.end_column)
    }

    def owner(x: float, y: float) -> Box:
        return owners[_interval(lattice.ys, y), _interval(lattice.xs, x)]

    contents: dict[Box, list[Glyph]] = {box: [] for box in lattice.boxes}
    digits: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text in NUMERIC:
            digits.append(glyph)
        else:
            contents[owner(glyph.x, glyph.y)].append(glyph)
    for run in runs(digits):
        contents[owner((run[0].x0 + run[-1].x1) / 2, run[0].y)] += run
    return _parted(Filled(page, lattice, contents))


def runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return the characters as runs of those that touch each other from left to right."""
    found: list[list[Glyph]] = []
    for line in lines(glyphs):
        for index, glyph in enumerate(line):
            if index and glyph.x0 - line[index - 1].x1 <= TOUCHING * (glyph.y1 - glyph.y0):
                found[-1].append(glyph)
            else:
                found.append([glyph])
    return found


def _interval(places: Sequence[float], value: float) -> int:
    return min(max(bisect_right(places, value) - 1, 0), len(places) - 2)


def _parted(filled: Filled) -> Filled:
    """Part every cell over several columns that holds nothing but numbers, one at most in each of its columns.

    There a line is missing, not a cell merged: no label is a row of numbers.
    """
    xs = filled.lattice.xs
    boxes: list[Box] = []
    contents: dict[Box, list[Glyph]] = {}
    for box in filled.lattice.boxes:
        glyphs = filled.contents[box]
        columns: dict[int, list[Glyph]] = {}
        if box.end_column - box.column > 1 and len(glyphs) > 1 and all(glyph.text in NUMERIC for glyph in glyphs):
            numbers = runs(glyphs)
            columns = {_interval(xs, (run[0].x0 + run[-1].x1) / 2): run for run in numbers}
            if len(columns) < len(numbers):
                columns = {}
        if len(columns) > 1:
            for column in range(box.column, box.end_column):
                part = Box(box.row, column, box.end_row, column + 1)
                boxes.append(part)
                contents[part] = columns.get(column, [])
        else:
            boxes.append(box)
            contents[box] = glyphs
    return Filled(filled.page, Lattice(xs, filled.lattice.ys, tuple(boxes)), contents)
