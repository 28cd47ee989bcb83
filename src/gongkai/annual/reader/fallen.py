"""Cells of table 二 that fell out of their row when a page was converted, and stand above it with their remark.

A cell that holds a number and a remark has two lines (``55`` and ``（含自然失效 29 件）``): converters drop such cells
from the row and print them as text. The remark says which column it was, the order of the lines which row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual.reader.numbers import Reading
from gongkai.annual.reader.tokens import Kind, Token, is_printed
from gongkai.annual.report import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.annual.reader.blocks import Entry
    from gongkai.annual.reader.entries import Values

_COLUMN_OF = (("失效", "repealed"), ("废止", "repealed"), ("修订", "made"), ("修改", "made"), ("制定", "made"))
_LOST = Token(Kind.CELL, "", Reading(None))


def restore(entries: Sequence[Entry], fallen: Sequence[Values]) -> None:
    """Put ``fallen`` cells back into the rows of ``entries`` that lack cells, where remark and order leave no choice.

    A cell that stays lost gets an unread token. Rows of one block with as many cells lost the same column.
    """
    short = [entry for entry in entries if entry.tokens is None and _atomic(entry) and len(entry.columns) > 1]
    if not short or not fallen:
        return
    known: list[dict[str, Token]] = [{} for _ in short]
    earliest = 0
    for values in fallen:
        column = next((column for word, column in _COLUMN_OF if word in values.remark), None)
        if column is None or len(values.tokens) != 1:
            return
        token = values.tokens[0]._replace(kind=Kind.CELL, reading=_with_remark(values))
        same = [at for at, entry in enumerate(short) if at >= earliest and token.text in _texts(entry)]
        if same:
            at = same[0]  # it is in its row as well: only the remark fell out
            earliest = at + 1
        elif earliest < len(short):
            at = earliest  # a lower line of text is a lower row
        else:
            return
        known[at][column] = token
    lost: set[str] = set()
    for entry, cells in zip(short, known, strict=True):
        lost |= _complete(entry, cells)
    for entry in short:
        if entry.tokens is None and len(lost) == 1:
            _place(entry, lost)


def _complete(entry: Entry, cells: dict[str, Token]) -> set[str]:
    # The fallen cells that the row does not have fill it up.
    new = {column: token for column, token in cells.items() if token.text not in _texts(entry)}
    printed = _printed(entry)
    if not new or len(new) + len(printed) != len(entry.columns):
        return set()
    rest = iter(printed)
    entry.tokens = [new.get(column.key) or next(rest) for column in entry.columns]
    return set(new)


def _place(entry: Entry, lost: set[str]) -> None:
    printed = _printed(entry)
    if len(printed) == len(entry.columns) - 1:
        rest = iter(printed)
        entry.tokens = [_LOST if column.key in lost else next(rest) for column in entry.columns]


def _printed(entry: Entry) -> list[Token]:
    return [token for token in entry.values.tokens if is_printed(token)]


def _texts(entry: Entry) -> set[str]:
    return {token.text for token in _printed(entry)}


def _atomic(entry: Entry) -> bool:
    return bool(entry.values.tokens) and all(token.kind is Kind.CELL for token in entry.values.tokens)


def _with_remark(values: Values) -> Reading:
    reading = values.readings()[0]
    return reading._replace(remark=values.remark) if reading.state is State.VALUE else reading
