"""Table 三 without ruled lines: which cells of a row are blank, told by the columns of the whole rows around it.

A blank cell leaves no trace in a line of text. Where the rows that have all seven numbers show seven columns that
keep apart, a shorter row between them says by the places of its numbers which columns it left blank.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from gongkai.annual.reader.layout_text import NUMERIC, parted
from gongkai.annual.reader.matrix import WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.annual.reader.layout import Glyph

_MODELS = 3  # whole rows that agree before their columns are believed
_FIRST = re.compile(r"一\s*、\s*本年新收|上年结转")
_LAST = re.compile(r"结转下年|结转至?下一?年")
_REACH = 6  # lines from the first or last whole row to the first or last row of the table


class _Word(NamedTuple):
    text: str
    x0: float
    x1: float


def told(lines: Sequence[Sequence[Glyph]]) -> dict[int, str]:
    """Return, by the number of its line, each short row of table 三 written out with its blank cells between bars."""
    words = [_words(line) for line in lines]
    numbers = [_numbers(row) for row in words]
    whole = [place for place, found in enumerate(numbers) if len(found) == WIDTH]
    columns = _columns([numbers[place] for place in whole])
    if len(whole) < _MODELS or not columns:
        return {}
    texts = ["".join(word.text for word in row) for row in words]
    start = next((n for n in range(max(whole[0] - _REACH, 0), whole[0]) if _FIRST.search(texts[n])), whole[0])
    end = next((n for n in range(whole[-1], min(whole[-1] + _REACH, len(texts))) if _LAST.search(texts[n])), whole[-1])
    result: dict[int, str] = {}
    for place in range(start, end + 1):
        if 0 < len(numbers[place]) < WIDTH:
            cells = _placed(numbers[place], columns)
            if cells:
                label = "".join(word.text for word in words[place][: -len(numbers[place])])
                result[place] = "\t|\t".join(["", *([label] if label else []), *cells, ""]).strip()
    return result


def _words(line: Sequence[Glyph]) -> list[_Word]:
    return [_Word("".join(one.text for one in word), word[0].x0, word[-1].x1) for word in parted(line)]


def _numbers(row: Sequence[_Word]) -> list[_Word]:
    """Return the numbers at the end of a row."""
    count = 0
    while count < len(row) and NUMERIC.issuperset(row[-1 - count].text):
        count += 1
    return [*row[len(row) - count :]]


def _columns(rows: Sequence[Sequence[_Word]]) -> list[tuple[float, float]]:
    """Return where the columns of whole rows reach from and to; empty where two of them overlap."""
    spans = [(min(word.x0 for word in column), max(word.x1 for word in column)) for column in zip(*rows, strict=True)]
    apart = all(left[1] < right[0] for left, right in pairwise(spans))
    return spans if apart else []


def _placed(numbers: Sequence[_Word], columns: Sequence[tuple[float, float]]) -> list[str]:
    """Return the cells of a short row; empty where a number touches no column, or two, or one that is taken."""
    cells = [""] * len(columns)
    for word in numbers:
        touched = [place for place, (x0, x1) in enumerate(columns) if word.x0 <= x1 and word.x1 >= x0]
        if len(touched) != 1 or cells[touched[0]]:
            return []
        cells[touched[0]] = word.text
    return cells
