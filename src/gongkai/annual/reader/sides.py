"""Two years side by side in one table: which half of each row is the report's own.

A comparison prints every row twice over, under heads that name two years: ``2023年 | 2024年``. The report's own year is
the one in its title, or the later one where the title names both. Where no head says which half is whose, nothing is
chosen: a guess would give the numbers of another year.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from gongkai.annual import forms
from gongkai.annual.reader.entries import Item, Label, Values
from gongkai.annual.reader.flow import REQUESTS
from gongkai.annual.reader.matrix import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.annual.reader.flow import Row

_SEVERAL = 3  # rows: one or two may be a slip of the page
_NAMED = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年")
_BARE = re.compile(r"\s*((?:19|20)\d\d)\s*(?:年\s*度?)?\s*")
_SENTENCE = re.compile(r"[。,;]|月|自|至")
_LONGEST_HEAD = 100


class Sides(NamedTuple):
    """The years of the left and the right half, and which of them is the report's own (0 left, 1 right)."""

    years: tuple[int, int]
    own: int

    @property
    def year(self) -> int:
        """The report's own year."""
        return self.years[self.own]


def sides_of(rows: Iterable[Row], lines: Sequence[str], titles: frozenset[int]) -> Sides | None:
    """Return what the heads in ``rows`` and ``lines`` (folded) say; ``None`` where they say nothing, or two things.

    ``titles`` are the years that the title of the report names.
    """
    named = [_two_years(row.cells) for row in rows if row.grid]
    named += [_two_years([line]) for line in lines if len(line) <= _LONGEST_HEAD and not _SENTENCE.search(line)]
    pairs = {pair for pair in named if pair is not None}
    if len(pairs) != 1:
        return None
    years = pairs.pop()
    own = titles.intersection(years)
    if titles and not own:
        return None
    return Sides(years, years.index(max(own or years)))


def _two_years(cells: Sequence[str]) -> tuple[int, int] | None:
    found: list[int] = []
    for cell in cells:
        bare = _BARE.fullmatch(cell)
        found += [int(bare[1])] if bare else [int(year) for year in _NAMED.findall(cell)]
    different = tuple(dict.fromkeys(found))
    return (different[0], different[1]) if len(different) == 2 else None  # noqa: PLR2004 -- the two sides


def is_doubled(items: Sequence[Item], table: str) -> bool:
    """Tell whether the rows of ``table`` hold the numbers of two years."""
    return _halves(items, table)[2] >= _SEVERAL


def half(items: Sequence[Item], table: str, own: int) -> list[Item]:
    """Return ``items`` with one half of each row; a row that is not printed twice over is left out, and so not read.

    A table of which no row is printed twice over belongs to the report as it stands.
    """
    *halves, doubled = _halves(items, table)
    return halves[own] if doubled else [*items]


def _halves(items: Sequence[Item], table: str) -> tuple[list[Item], list[Item], int]:
    """Return both halves, and the number of labelled rows that have two."""
    left: list[Item] = []
    right: list[Item] = []
    doubled = place = 0
    name = ""
    while place < len(items):
        item = items[place]
        place += 1
        if not isinstance(item, Values):
            name = item.name if isinstance(item, Label) else name
            left.append(item)
            right.append(item)
            continue
        count, widths = len(item.tokens), _widths(table, item.label or name)
        other = _again(items, place, item)
        if other is not None and count in widths:
            left.append(item)
            right.append(items[other])
            place = other + 1
        elif count % 2 == 0 and count // 2 in widths:
            left.append(replace(item, tokens=item.tokens[: count // 2]))
            right.append(replace(item, tokens=item.tokens[count // 2 :]))
        else:
            continue
        doubled += bool(item.label)
    return left, right, doubled


def _again(items: Sequence[Item], place: int, first: Values) -> int | None:
    """Return where as many values stand behind the same label, printed a second time on the same line."""
    again = False
    for number in range(place, len(items)):
        item = items[number]
        if isinstance(item, Values):
            fits = again and item.where == first.where and len(item.tokens) == len(first.tokens)
            return number if fits else None
        if isinstance(item, Label):
            again = item.name == first.label
            if not again:
                return None
    return None


@cache
def _widths(table: str, row: str) -> frozenset[int]:
    """Return how many numbers one year has in a row: its columns in each edition that has the row."""
    if table == REQUESTS:
        return frozenset({WIDTH})
    tables = [forms.table(edition, table) for edition in ("2021", "2019")]
    return frozenset(
        len(block.national_columns)
        for form in tables
        for block in form.blocks
        if row in {one.key for one in block.rows}
    )
