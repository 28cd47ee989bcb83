"""Table 三: rows of seven values, placed by their labels and by their order.

A label on the line of the values decides. Rows of values that lost their label take the places between the labelled
ones, if there are exactly as many. What stays open is not read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from gongkai.annual import forms
from gongkai.annual.reader.entries import TELLING, Item, Label, Values, Words, increasing, sums, window
from gongkai.annual.reader.flow import REQUESTS
from gongkai.annual.reader.labels import SIX, lexicon
from gongkai.annual.reader.tokens import is_printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.annual.reader.tokens import Token

WIDTH = 7
_SEVERAL = 3
_ONLY_2021 = frozenset({"not_corrected", "fee_unpaid"})


@dataclass
class Placed:
    """Table 三 with its lines in their places; ``leftover`` are values without a place."""

    edition: str
    rows: dict[str, Values] = field(default_factory=dict)
    leftover: list[Values] = field(default_factory=list)
    repeated: int = 0  # rows met twice, with other numbers
    doubled: bool = False  # two years side by side: 14 numbers a row

    @property
    def columns(self) -> list[int] | None:
        """The grid columns in which rows without doubt show their seven values, if they agree."""
        found = {
            tuple(token.column for token in values.tokens)
            for values in self.rows.values()
            if len(values.tokens) == WIDTH and values.grid and all(token.column >= 0 for token in values.tokens)
        }
        return list(found.pop()) if len(found) == 1 else None

    @cached_property
    def tokens(self) -> dict[str, list[Token] | None]:
        """The seven cells of each row, ``None`` where their boundaries are not clear."""
        columns = self.columns
        found = {row: window(values.tokens, WIDTH, columns) for row, values in self.rows.items()}
        # Where rows stand in other columns than their neighbours, the grid does not tell which cell is the blank one.
        shifted = len({tuple(token.column for token in tokens) for tokens in found.values() if tokens}) > 1
        return {row: None if tokens and shifted and _open(tokens) else tokens for row, tokens in found.items()}

    @property
    def separated(self) -> bool | None:
        """Whether the numbers of a row stand apart: in most rows, in none, or (``None``) in some."""
        # Blank cells leave no trace in running text: a row of several whole numbers is apart, though not complete.
        apart = [tokens is not None or _several(self.rows[row]) for row, tokens in self.tokens.items()]
        return True if sum(apart) * 2 > len(apart) else None if any(apart) else False


def _open(tokens: Sequence[Token]) -> bool:
    """Tell whether nothing says which cell is blank: among zeros alone, any place would satisfy the sum."""
    values = [token.reading.value if token.reading else 0 for token in tokens]
    return None in values and 0 in values and not any(values)


def _several(values: Values) -> bool:
    return values.exact and sum(map(is_printed, values.tokens)) >= _SEVERAL


def place(items: Sequence[Item], *, edition: str | None) -> Placed | None:
    """Return the rows found in ``items``, or ``None`` where they are no table 三.

    ``edition`` is taken where the rows themselves do not tell.
    """
    names = [item.name for item in items if isinstance(item, Label)]
    gatherer = _groups(items)
    groups, loose = gatherer.groups, gatherer.loose
    if gatherer.doubled >= _SEVERAL:
        return Placed(edition or "2021", doubled=True)
    if not names and len(groups) not in (23, 25):
        return None
    found = _edition(names, groups) or edition or "2021"
    rows = [row.key for row in forms.table(found, REQUESTS).rows]
    index = {name: number for number, name in enumerate(rows)}
    if found == "2019":
        index[SIX] = index["other"]
    else:
        groups = [group for group in groups if group.values.label != SIX]
    placed = Placed(found, leftover=loose)
    _align(groups, rows, index, placed)
    return placed if placed.rows or names else None


def _edition(names: Sequence[str], groups: Sequence[_Group]) -> str | None:
    labelled = {group.values.label for group in groups}
    if _ONLY_2021 & set(names) or "other" in labelled:
        return "2021"
    if SIX in labelled or (SIX in names and len(groups) == 23):  # noqa: PLR2004 -- the rows of the form of 2019
        return "2019"
    return {25: "2021", 23: "2019"}.get(len(groups))


@dataclass(slots=True)
class _Group:
    """A row of values, and the label that was the last one before it."""

    values: Values
    after: str = ""
    place: int | None = None


def _groups(items: Sequence[Item]) -> _Gatherer:
    gatherer = _Gatherer()
    for item in items:
        if isinstance(item, Label):
            gatherer.gather()
            gatherer.label(item.name)
        elif isinstance(item, Values):
            gatherer.take(item)
        elif item.strange and len(item.key) >= TELLING:
            gatherer.gather()
            gatherer.after = ""  # a label that is not known
    gatherer.gather()
    return gatherer


class _Gatherer:
    """Puts values together to rows: those of one line, or those of the lines between two labels."""

    def __init__(self) -> None:
        self.groups: list[_Group] = []
        self.loose: list[Values] = []  # values that are no row
        self.after = ""
        self.doubled = 0
        self._parts: list[Values] = []
        self._piled: list[str] = []  # labels without values between them

    def label(self, name: str) -> None:
        """Take the label of a row."""
        self.after = name
        self._piled.append(name)

    def take(self, item: Values) -> None:
        printed = sum(map(is_printed, item.tokens))
        if not printed and (not item.label or len(item.tokens) < WIDTH):
            return
        if max(printed, len(item.tokens)) >= WIDTH:
            self.gather()
            self._add_parted(item)
        else:
            if item.label:
                self.gather()
            self._parts.append(item)

    def gather(self) -> None:
        """Close the row that is being put together from lines."""
        parts, self._parts = self._parts, []
        if not parts:
            return
        piled, self._piled = self._piled, []
        tokens = [token for values in parts for token in values.tokens]
        whole = _joined(parts, tokens)
        if len(piled) > 1 and len(tokens) > WIDTH and len(tokens) % WIDTH == 0 and all(map(is_printed, tokens)):
            self._add_piled(piled, whole)
        elif len(tokens) % WIDTH == 0:
            self._add_parted(whole)
        elif parts[0].label:
            # The first line is the row as far as it was printed; the others are no part of it unless they complete it.
            self.groups.append(_Group(parts[0], self.after))
            self.loose += parts[1:]
        elif len("".join(whole.runs())) >= WIDTH or (self.after and len(tokens) > 1 and self._open()):
            self.groups.append(_Group(whole, self.after))
        else:
            self.loose += parts

    def _open(self) -> bool:
        return not self.groups or self.groups[-1].after != self.after

    def _add_piled(self, labels: Sequence[str], item: Values) -> None:
        """Add the rows of labels that all stand before their numbers: the sums tell rows from columns."""
        by_row = [item.tokens[start : start + WIDTH] for start in range(0, len(item.tokens), WIDTH)]
        count = len(by_row)
        by_column = [item.tokens[start::count] for start in range(count)]
        better, other = sorted((by_row, by_column), key=_holding, reverse=True)
        if _holding(better) < count - 1 or (_holding(better) == _holding(other) and not _same(better, other)):
            self.loose.append(item)
            return
        names = labels if len(labels) == count else [""] * count
        self.groups += [
            _Group(Values(tokens, item.where, name, [], item.grid), name)
            for name, tokens in zip(names, better, strict=True)
        ]

    def _add_parted(self, item: Values) -> None:
        # Labels were lost between rows: 56 zeros are eight rows.
        if len(item.tokens) <= WIDTH or len(item.tokens) % WIDTH or not all(map(is_printed, item.tokens)):
            self.groups.append(_Group(item, self.after))
            return
        self.doubled += bool(item.label) and len(item.tokens) == 2 * WIDTH
        for start in range(0, len(item.tokens), WIDTH):
            part = item.tokens[start : start + WIDTH]
            label, after = (item.label, self.after) if start == 0 else ("", "")
            self.groups.append(_Group(Values(part, item.where, label, item.torn, item.grid), after))


def _holding(rows: Sequence[Sequence[Token]]) -> int:
    return sum(sums(tokens) for tokens in rows)


def _same(rows: Sequence[Sequence[Token]], others: Sequence[Sequence[Token]]) -> bool:
    return [[token.text for token in row] for row in rows] == [[token.text for token in row] for row in others]


def _joined(parts: Sequence[Values], tokens: list[Token]) -> Values:
    torn = [piece for values in parts for piece in values.torn]
    return Values(tokens, parts[0].where, parts[0].label, torn, parts[0].grid)


def _align(groups: list[_Group], rows: list[str], index: dict[str, int], placed: Placed) -> None:
    if len(groups) == len(rows) and all(
        index.get(group.values.label, number) == number for number, group in enumerate(groups)
    ):
        for number, group in enumerate(groups):
            group.place = number
    else:
        _by_label(groups, index, placed)
        _between(groups, rows, index)
    for group in groups:
        if group.place is None:
            placed.leftover.append(group.values)
        else:
            placed.rows[rows[group.place]] = group.values


def _by_label(groups: list[_Group], index: dict[str, int], placed: Placed) -> None:
    seen: dict[int, _Group] = {}
    for group in groups:
        number = index.get(group.values.label)
        if number is None:
            continue
        first = seen.setdefault(number, group)
        if first is group:
            group.place = number
        elif first.values.printed != group.values.printed:
            placed.repeated += 1
            first.place = None  # which of the two is meant cannot be told
    placed.leftover += [group.values for group in groups if _is_second(group, index)]
    groups[:] = [group for group in groups if not _is_second(group, index)]


def _is_second(group: _Group, index: dict[str, int]) -> bool:
    return group.place is None and group.values.label in index


def _between(groups: list[_Group], rows: Sequence[str], index: dict[str, int]) -> None:
    known = [group.place for group in groups if group.place is not None]
    if not increasing(known):
        return  # out of order: only what stands beside its label is certain
    for _ in range(2):
        _fill(groups, rows)
        # What is still open stands after its own label, if that row is free.
        taken = {group.place for group in groups}
        for before, group in zip([None, *groups], groups, strict=False):
            number = index.get(group.after)
            if (
                group.place is None
                and number is not None
                and number not in taken
                and _fits(groups, group, number)
                and (before is None or before.after != group.after)
            ):
                group.place = number
                taken.add(number)


def _fits(groups: list[_Group], group: _Group, number: int) -> bool:
    at = groups.index(group)
    earlier = [other.place for other in groups[:at] if other.place is not None]
    later = [other.place for other in groups[at + 1 :] if other.place is not None]
    return max(earlier, default=-1) < number < min(later, default=10**6)


def _fill(groups: list[_Group], rows: Sequence[str]) -> None:
    start = 0
    while start < len(groups):
        if groups[start].place is not None:
            start += 1
            continue
        end = start
        while end < len(groups) and groups[end].place is None:
            end += 1
        before = groups[start - 1].place if start else -1
        after = groups[end].place if end < len(groups) else len(rows)
        assert before is not None
        assert after is not None
        if after - before - 1 == end - start and _plausible(groups[start:end], before + 1, rows):
            for offset, group in enumerate(groups[start:end]):
                group.place = before + 1 + offset
        start = end


def _plausible(groups: Sequence[_Group], first: int, rows: Sequence[str]) -> bool:
    # Pieces of a torn caption on the line of the values must belong to the row.
    words = lexicon(REQUESTS)
    for number, group in enumerate(groups, first):
        for piece in group.values.torn:
            possible = words.rows_with(piece) if len(piece) >= TELLING else frozenset()
            if possible and rows[number] not in possible and not (rows[number] == "other" and SIX in possible):
                return False
    return True


def separated(rows: Sequence[tuple[Sequence[Token] | None, int]]) -> bool | None:
    """Tell whether the numbers of a row stand apart: in most rows, in none, or (``None``) in some.

    ``rows`` are the cells of each row, ``None`` where their boundaries are not clear, and the width of its form.
    """
    several = [tokens for tokens, width in rows if width > 1]
    apart = sum(tokens is not None for tokens in several)
    if apart * 2 > len(several):
        return True
    return None if apart else False


def heads(items: Sequence[Item], value_columns: Sequence[int] | None) -> list[str]:
    """Return the column keys in printed order; empty where the heads do not stand above the ``value_columns``."""
    captions = {
        variant: column.key
        for column in forms.table("2021", REQUESTS).blocks[0].columns
        for variant in (column.caption, *column.variants)
    }
    found: dict[int, str] = {}
    for item in items:
        if isinstance(item, Values):
            break
        if isinstance(item, Words) and item.key in captions and item.column >= 0:
            found.setdefault(item.column, captions[item.key])
    ordered = [found[column] for column in sorted(found)]
    return ordered if sorted(found) == value_columns and len(set(ordered)) == WIDTH else []
