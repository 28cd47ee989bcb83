"""The tables before 2019: one indicator a line, with its unit and its values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.annual import forms
from gongkai.annual.reader.entries import TELLING, Item, Label, Values, Words, window
from gongkai.annual.reader.flow import STATISTICS
from gongkai.annual.reader.tokens import Kind, Token, is_printed, tokenise
from gongkai.annual.report import Provenance
from gongkai.text.normalise import comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.annual.reader.flow import Row
    from gongkai.annual.reader.labels import Lexicon


@dataclass(slots=True)
class Entry:
    """A line of the table. ``tokens`` are its cells, or ``None`` where they are not as many as the columns."""

    row: str
    values: Values
    tokens: list[Token] | None


@dataclass(slots=True)
class Found:
    """The lines found, and the captions of those known by their number only."""

    entries: list[Entry] = field(default_factory=list)
    captions: dict[str, str] = field(default_factory=dict)
    repeated: int = 0  # lines met twice, with other numbers


def place(items: Sequence[Item], width: int) -> Found | None:
    """Return the lines of ``width`` values that follow a label in ``items``, or ``None`` where there are none."""
    found = Found()
    name = ""
    seen: dict[str, Entry] = {}
    singles: list[Values] = []

    def close() -> None:
        if name and singles:
            tokens = [token for values in singles for token in values.tokens]
            values = Values(tokens, singles[0].where, name, grid=singles[0].grid)
            entry = Entry(name, values, window(tokens, width, None))
            first = seen.setdefault(name, entry)
            found.repeated += first.values.printed != values.printed
        singles.clear()

    for item in items:
        if isinstance(item, Label):
            close()
            name = item.name
        elif isinstance(item, Values):
            printed = [token for values in singles for token in values.tokens if is_printed(token)]
            if not singles or (len(printed) < width and not item.label and _single(singles)):
                singles.append(item)
        elif item.strange and len(item.key) >= TELLING:
            close()
            name = ""
    close()
    found.entries += seen.values()
    return found if found.entries else None


def _single(values: Sequence[Values]) -> bool:
    return all(len(entry.tokens) == 1 for entry in values)


def place_statistics(rows: Iterable[Row], words: Lexicon) -> Found | None:
    """Return the lines of the national statistics table; lines it does not declare get their number as name."""
    order = [row.key for row in forms.table("2014", STATISTICS).rows]
    found = Found()
    seen: set[str] = set()
    last = -1
    number = 0
    for row in rows:
        for label, caption, tokens in _statistics_line(tokenise(row, words)):
            name = _next(label, order, last, seen, words)
            if name is None and not any(map(is_printed, tokens)):
                continue  # the head of a group
            number += 1
            if name is None:
                name = str(number)
                found.captions[name] = caption
            else:
                last = order.index(name)
            seen.add(name)
            values = Values(tokens, _where(row), name, grid=row.grid)
            found.entries.append(Entry(name, values, tokens if len(tokens) == 1 else None))
    return found if any(not entry.row.isdecimal() for entry in found.entries) else None


def _statistics_line(tokens: Sequence[Token]) -> list[tuple[str, str, list[Token]]]:
    # (row of the form, caption of a line that the form does not have, values) for each indicator on the line.
    lines: list[tuple[str, str, list[Token]]] = []
    label, caption = "", ""
    pending: list[Token] = []
    for token in (*tokens, _END):
        words = token.kind in (Kind.WORDS, Kind.FOREIGN)
        telling = words and len(comparison_key(token.text)) > 2  # noqa: PLR2004 -- a unit is no caption
        if token.kind is Kind.LABEL or (telling and any(map(is_printed, pending))):
            if pending and (label or caption):
                lines.append((label, caption, [t for t in pending if is_printed(t)] or pending[-1:]))
            label, caption, pending = "", "", []
        if token.kind is Kind.LABEL:
            label = token.text
        elif telling and not label:
            caption += token.text
        elif not words:
            pending.append(token)
    return lines


_END = Token(Kind.LABEL, "")


def _next(label: str, order: Sequence[str], last: int, seen: set[str], words: Lexicon) -> str | None:
    # 被依法纠错数 stands under 行政复议 and again under 行政诉讼: the one that comes next is meant.
    if not label:
        return None
    same = [row for row in order if words.stems.get(row) == words.stems.get(label)]
    later = [row for row in same if order.index(row) > last and row not in seen]
    return next(iter(later), None)


def _where(row: Row) -> Provenance:
    return Provenance(row.page, row.grid or None, row.row or None)


def has_cumulative(items: Sequence[Item]) -> bool:
    """Tell whether the heads of the table name 历年累计."""
    return any(isinstance(item, Words) and "累计" in item.key for item in items)
