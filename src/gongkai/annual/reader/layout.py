"""Pages as they lie on paper: characters and ruled lines with coordinates, whatever format they came from.

Coordinates are in points (or any unit; tolerances scale with the size of the characters), x to the right, y down,
as the page is seen, its rotation already applied. PDF, OFD and OCR all make ``Sheet``s; ``arrange`` turns them into
the lines and grids that recognition reads.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


FIRST_WIDE = "\u2e80"
"""From here on (CJK radicals) characters are set without spaces; before it lie the alphabets."""


STRAIGHT = 0.7
"""How far a stroke may stray from its axis."""


class Glyph(NamedTuple):
    """One character and its box. The text may be longer than one character (a ligature, a word read by OCR)."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def x(self) -> float:
        """The middle of the box from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        """The middle of the box from top to bottom."""
        return (self.y0 + self.y1) / 2


def type_size(glyphs: Iterable[Glyph]) -> float:
    """Return the size of the type that most characters are set in; 10 where there are none.

    The box of a font is often taller than its type, but a Chinese character is as wide as its type is large: so Chinese
    characters decide where there are any.
    """
    han, other = [], []
    for glyph in glyphs:
        height = glyph.y1 - glyph.y0
        if glyph.text >= FIRST_WIDE:
            han.append(min(height, (glyph.x1 - glyph.x0) / len(glyph.text)))
        else:
            other.append(height)
    return median(han or other or [10.0])


class Rule(NamedTuple):
    """A ruled line along one axis: ``at`` is its fixed coordinate, ``start`` ≤ ``end`` its extent on the other."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Sheet:
    """One page. ``number`` counts from 1."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    """Horizontal rules: ``at`` is y."""
    down: list[Rule] = field(default_factory=list)
    """Vertical rules: ``at`` is x."""

    @property
    def em(self) -> float:
        """The usual size of type on this page."""
        return type_size(self.glyphs)

    def rule(self, x0: float, y0: float, x1: float, y1: float, *, thickness: float = 3.0) -> None:
        """Keep the box as a ruled line if it is thin enough to be one; a dot counts for both directions."""
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        if y1 - y0 <= thickness:
            self.across.append(Rule((y0 + y1) / 2, x0, x1))
        if x1 - x0 <= thickness:
            self.down.append(Rule((x0 + x1) / 2, y0, y1))

    def draw(self, points: Sequence[tuple[float, float]], *, straight: bool, stroked: bool, filled: bool) -> None:
        """Keep what is a ruled line of one part of a path: strokes along an axis, or a filled box that is thin.

        A large filled box is the shade of a cell, and what has curves is a picture.
        """
        if not straight:
            return
        if stroked:
            for (ax, ay), (bx, by) in pairwise(points):
                self.rule(ax, ay, bx, by, thickness=STRAIGHT)
        elif filled:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            self.rule(min(xs), min(ys), max(xs), max(ys))
