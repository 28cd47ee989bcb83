"""Table parts on following pages become one table, their columns matched by where their edges stand.

A page break goes through rows and merged cells as it likes: （四）无 at the foot of one page and 法提供 at the top
of the next are one cell. It also repeats the head of the table; a repeated head is dropped only where it is the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.annual.reader.layout_text import NUMERIC, fills, is_han, lines
from gongkai.annual.reader.source import Grid, GridCell

if TYPE_CHECKING:
    from gongkai.annual.reader.layout_cells import Filled

NEAR = 0.6
"""How far apart the same column edge may stand on two pages, in heights of a character."""

LONGEST = 1_000
"""Rows of a table that is still put together: each page costs as much as all rows before it."""

_STARTS_ITEM = re.compile(r"[（(]?[一二三四五六七八九十]+[）)、.]|\d+[.、．]|第")


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell of a table part: its place, ends not included, and whether its last line leaves no room."""

    row: int
    column: int
    end_row: int
    end_column: int
    text: str
    full: bool

    @property
    def columns(self) -> tuple[int, int]:
        """The columns it covers."""
        return self.column, self.end_column

    @property
    def height(self) -> int:
        """The rows it covers."""
        return self.end_row - self.row


@dataclass(frozen=True, slots=True)
class Part:
    """A table, or as much of it as has been put together."""

    page: int
    xs: tuple[float, ...]
    height: int
    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, filled: Filled) -> Part:
        """Make a part of the table on one page."""
        pieces = []
        for box in filled.lattice.boxes:
            glyphs = filled.contents[box]
            full = bool(glyphs) and fills(lines(glyphs)[-1], width=filled.width(box))
            pieces.append(Piece(*box, filled.text(box), full))
        return cls(filled.page, filled.lattice.xs, len(filled.lattice.ys) - 1, tuple(pieces))

    def grid(self) -> Grid:
        """Return it as the grid that recognition reads."""
        ordered = sorted(self.pieces, key=lambda piece: (piece.row, piece.column))
        return Grid(
            tuple(GridCell(p.text, p.row, p.column, p.end_row - p.row, p.end_column - p.column) for p in ordered),
            self.page,
        )


def joined(upper: Part, lower: Part, *, em: float) -> Part | None:
    """Return the two parts as one table, or ``None`` where they do not stand under each other, or are too long."""
    near = NEAR * em
    if upper.height > LONGEST:
        return None
    if abs(upper.xs[0] - lower.xs[0]) > 2 * near or abs(upper.xs[-1] - lower.xs[-1]) > 2 * near:
        return None
    xs = _merged_edges(upper.xs, lower.xs, near=near)
    above = _on_columns(upper, xs)
    below = _without_head(above, _on_columns(lower, xs))
    return _stitched(above, below)


def _merged_edges(first: tuple[float, ...], second: tuple[float, ...], *, near: float) -> tuple[float, ...]:
    # The outer edges are the same by definition; an inner edge is new where none stands near it.
    inner = [x for x in second[1:-1] if min(abs(x - known) for known in first) > near]
    return tuple(sorted([*first, *(x for x in inner if first[0] < x < first[-1])]))


def _on_columns(part: Part, xs: tuple[float, ...]) -> Part:
    """Count the columns of a part by the common edges; no cell becomes narrower than one column."""
    places = [0, *(min(range(len(xs)), key=lambda index: abs(xs[index] - x)) for x in part.xs[1:-1]), len(xs) - 1]
    if any(later <= earlier for earlier, later in pairwise(places)):
        # Columns narrower than the tolerance: the part keeps its own count, which is right unless columns differ.
        places = list(range(len(part.xs)))
    if places == list(range(len(places))):
        return replace(part, xs=xs)  # what has been put together is not made anew for every page
    pieces = tuple(
        replace(piece, column=places[piece.column], end_column=places[piece.end_column]) for piece in part.pieces
    )
    return replace(part, xs=xs, pieces=pieces)


def _row(part: Part, row: int) -> list[tuple[str, int, int, int]]:
    return sorted((p.text, p.height, *p.columns) for p in part.pieces if p.row == row)


def _without_head(upper: Part, lower: Part) -> Part:
    """Drop the rows of the lower part that repeat the head of the upper one, merged cells and all."""
    same = 0
    while (
        same < min(upper.height, lower.height)
        and _row(upper, same) == _row(lower, same)
        and (same or any(is_han(character) for text, *_ in _row(lower, 0) for character in text))
    ):
        same += 1
    # A cell must not be cut by where the head ends, and something must remain.
    while same and (same == lower.height or any(p.row < same < p.end_row for p in lower.pieces)):
        same -= 1
    pieces = tuple(replace(p, row=p.row - same, end_row=p.end_row - same) for p in lower.pieces if p.row >= same)
    return replace(lower, height=lower.height - same, pieces=pieces)


def _stitched(upper: Part, lower: Part) -> Part:
    last = {p.columns: p for p in upper.pieces if p.end_row == upper.height}
    first = {p.columns: p for p in lower.pieces if p.row == 0}
    split = last.keys() == first.keys() and _one_row(last, first)
    shift = upper.height - (1 if split else 0)
    moved = [replace(p, row=p.row + shift, end_row=p.end_row + shift) for p in lower.pieces]
    merged: dict[tuple[int, int], Piece] = {}
    for columns, below in first.items():
        above = last.get(columns)
        if above is not None and (split or _one_cell(above, below)):
            merged[columns] = replace(
                above, end_row=below.end_row + shift, text=above.text + below.text, full=below.full
            )
    pieces = [p for p in upper.pieces if p.end_row < upper.height or p.columns not in merged]
    pieces += [p for p in moved if p.row > shift or p.columns not in merged]
    return replace(upper, height=shift + lower.height, pieces=(*pieces, *merged.values()))


def _goes_on(above: Piece, below: Piece) -> bool:
    """Tell whether the text of a cell goes on in the one below the page break."""
    return (
        above.full
        and bool(below.text)
        and is_han(above.text[-1])
        and below.text[0] not in NUMERIC
        and not _STARTS_ITEM.match(below.text)
    )


def _one_row(last: dict[tuple[int, int], Piece], first: dict[tuple[int, int], Piece]) -> bool:
    """Tell whether the page break goes through a row: its label goes on, its numbers stand on one side only."""
    pairs = [(last[columns], first[columns]) for columns in last]
    labels = [_goes_on(above, below) for above, below in pairs if above.height == below.height == 1]
    return any(labels) and all(not above.text or not below.text or _goes_on(above, below) for above, below in pairs)


def _one_cell(above: Piece, below: Piece) -> bool:
    """Tell whether the page break goes through a cell merged over several rows."""
    if above.height == below.height == 1:
        return False
    return _goes_on(above, below) or not below.text
