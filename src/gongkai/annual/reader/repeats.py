"""Pages from which every text met a second time was left out: a crawler's way to drop menus, fatal to tables.

A whole table repeats itself: zeros, totals. Where no number of any table occurs twice, and table 三 has fewer
numbers than cells, the second ones were dropped, and nothing says where the numbers that are left stood.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual.errors import DamagedFileError
from gongkai.annual.reader.entries import Item, Label, Values
from gongkai.annual.reader.splits import digits_of
from gongkai.annual.reader.tokens import is_printed

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROWS = 8  # labels of so many rows show that the table itself is there
_NUMBERS = 3
_STRAY = 1  # a number at the edge of the table may have another mark beside it, and so be kept
_DROPPED = (
    "文件里相同的文字和数字只留下第一处，重复的都被删去，各数在哪一格已无法判断，未读。请从原网页或原文件重新取得报告。"
)


def refuse_dropped(table: Sequence[Item], width: int, *others: Sequence[Item]) -> None:
    """Raise ``DamagedFileError`` where ``table``, with ``width`` cells in a row, and ``others`` lost their repeats."""
    labels = {item.name for item in table if isinstance(item, Label)}
    rows = _rows(table)
    own = [number for row in rows for number in row]
    if len(labels) < _ROWS or len(own) >= width * len(labels) or _ran_together(rows, width):
        return
    if any(isinstance(item, Values) and item.grid for item in table):
        return  # a cell of its own is not left out
    everything = [own, *([number for row in _rows(other) for number in row] for other in others)]
    if sum(map(len, everything)) >= _NUMBERS and all(len(found) - len(set(found)) <= _STRAY for found in everything):
        raise DamagedFileError(_DROPPED)


def _rows(items: Sequence[Item]) -> list[list[str]]:
    return [
        [digits_of(token.text) for token in item.tokens if is_printed(token)]
        for item in items
        if isinstance(item, Values)
    ]


def _ran_together(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Tell whether single numbers are whole rows: as many digits as cells, or no two of them beside each other."""
    if width > _PAIR:
        return any(len(number) >= width for row in rows for number in row)
    return all(len(row) < _PAIR for row in rows)


_PAIR = 2
