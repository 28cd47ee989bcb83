"""Captions that recognition got nearly right: 行政处昼 can only be 行政处罚.

A text is taken for a caption of the forms if it differs from it by one character and from every other by more, or by a
few and from every other by at least two more. A caption that is printed in a form we know is never changed.
"""

from __future__ import annotations

import re
from functools import cache

from gongkai.annual.forms import EDITIONS, form

SHORTEST = 4
"""Characters below which a text is too short to tell what it should be."""

_NO_LETTER = re.compile(r"\W")


def mended(text: str) -> str:
    """Return the caption a misread text can only be, else the text as it is."""
    plain = _NO_LETTER.sub("", text)
    known = _captions()
    if len(plain) < SHORTEST or plain in known or plain.isascii():
        return text
    ranked = sorted((distance(plain, caption), caption) for caption in known if abs(len(caption) - len(plain)) <= 1)
    allowed = 1 + (len(plain) > SHORTEST + 1) + len(plain) // 12
    if not ranked or ranked[0][0] > allowed:
        return text
    least, caption = ranked[0]
    margin = 1 if least == 1 else 2
    return known[caption] if all(other >= least + margin for other, _ in ranked[1:]) else text


def distance(one: str, other: str) -> int:
    """Return how many characters must be put in, left out or changed to make one text of the other."""
    row = list(range(len(other) + 1))
    for index, character in enumerate(one, start=1):
        before, row[0] = row[0], index
        for place, letter in enumerate(other, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (character != letter))
    return row[-1]


@cache
def _captions() -> dict[str, str]:
    """Return every caption of every form as it is printed, by its letters alone."""
    found: dict[str, str] = {}
    for edition in EDITIONS:
        for table in form(edition).tables:
            for block in table.blocks:
                columns = [caption for column in block.columns for caption in (column.caption, *column.variants)]
                rows = [caption for row in block.rows for caption in (row.caption, *row.variants, *row.group)]
                for caption in (*columns, *rows, block.caption, block.head):
                    found.setdefault(_NO_LETTER.sub("", caption), caption)
    return found
