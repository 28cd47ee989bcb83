"""Text from characters with places: which stand on one line, where a gap means something, how a cell wraps.

Chinese text has no spaces, but printing programs put them everywhere: to justify a line, between digits and
characters, inside a label that was spread over its cell. A gap between two Chinese characters is therefore kept only
where it is wide enough to part two columns; between digits every visible gap is kept, because it parts two numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual.reader.layout import FIRST_WIDE, type_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.annual.reader.layout import Glyph

GAP_WORD = 0.15
"""The gap, in heights of a character, that parts two words or two numbers."""

GAP_COLUMN = 0.9
"""The gap that parts two columns where one side is a number or a Latin word."""

GAP_COLUMN_HAN = 2.2
"""The gap that parts two columns between Chinese characters: letters are spread as wide as two heights."""

NUMERIC = frozenset("0123456789.,-+−－．，０１２３４５６７８９")
"""What a printed number is made of."""


def lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return the characters line by line from the top, each line from the left."""
    found: list[list[Glyph]] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.y0 + glyph.y1, glyph.x0)):
        own = glyph.y1 - glyph.y0
        if found and abs(glyph.y - middle) <= 0.5 * min(own, height):
            found[-1].append(glyph)
            # The middle follows the line as it grows, so that a slightly slanted scan stays one line.
            middle += (glyph.y - middle) / len(found[-1])
        else:
            found.append([glyph])
            middle, height = glyph.y, own
    for line in found:
        line.sort(key=lambda glyph: glyph.x0)
    return found


def is_han(character: str) -> bool:
    """Tell whether a character is set without spaces around it: Chinese characters and their punctuation."""
    return character >= FIRST_WIDE


def line_text(line: list[Glyph], *, cell: bool = False) -> str:
    """Return the text of one line. Columns are parted by a tab; inside a ruled cell Chinese text has no gaps."""
    parts: list[str] = []
    last: Glyph | None = None
    for glyph in line:
        if last is not None:
            parts.append(_between(last, glyph, cell=cell))
        parts.append(glyph.text)
        last = glyph
    return "".join(parts)


def parted(line: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the words and numbers of one line: what no visible gap parts."""
    words: list[list[Glyph]] = []
    for glyph in line:
        if words and not _between(words[-1][-1], glyph, cell=False):
            words[-1].append(glyph)
        else:
            words.append([glyph])
    return words


def _between(left: Glyph, right: Glyph, *, cell: bool) -> str:
    gap = (right.x0 - left.x1) / max(min(left.y1 - left.y0, right.y1 - right.y0), 0.1)
    both_han = is_han(left.text[-1]) and is_han(right.text[0])
    if gap > (GAP_COLUMN_HAN if both_han else GAP_COLUMN):
        return "" if both_han and cell else "\t"
    if both_han or gap <= GAP_WORD:
        return ""
    # Setting programs put a quarter of a character between Chinese and digits; nobody typed it.
    one_han = is_han(left.text[-1]) or is_han(right.text[0])
    return "" if one_han and gap <= 2 * GAP_WORD else " "


def cell_text(glyphs: list[Glyph], *, width: float) -> str:
    """Return the text of a ruled cell of the given width, its wrapped lines joined.

    Two lines of digits are one number only if the first line fills the cell; else the line break is kept.
    """
    text = ""
    above: list[Glyph] | None = None
    for line in lines(glyphs):
        if above is not None:
            text += _break(above, line, width=width)
        text += line_text(line, cell=True)
        above = line
    return text


def _break(above: list[Glyph], below: list[Glyph], *, width: float) -> str:
    end, start = above[-1].text[-1], below[0].text[0]
    if is_han(end) or is_han(start):
        return ""
    if end in NUMERIC and start in NUMERIC:
        return "" if fills(above, width=width) else "\n"
    return " "


def fills(line: list[Glyph], *, width: float) -> bool:
    """Tell whether a line leaves no room for one more character in a cell of that width, its padding allowed for."""
    em = type_size(line)
    last = line[-1]
    return (last.x1 - line[0].x0) + (last.x1 - last.x0) > width - 1.1 * em
