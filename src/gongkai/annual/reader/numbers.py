"""What one cell of a table says: every notation of a number met in published reports, and the marks for none."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gongkai.annual.report import Number, State

UNREAD = "\ufffd"
"""An OCR cell that could not be read begins with this; guesses may follow, separated by ``|``."""

_NOT_APPLICABLE = frozenset({"/", "-", "--", "---", "\\", "无", "//", "-/-", "N/A", "n/a", "∕", "⁄", "╱"})
_CELL = re.compile(
    r"\?*\s*"  # a no-break space that lost its encoding on the way
    r"(?P<sign>[-+]|增加|新增|增|减少|下降|减|↑|↓)?\s*"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s*(?P<unit>[亿万千百]?元|\([亿万千百]?元\)|[件项个条份次宗起人篇期])?"
    r"\s*(?P<remark>\([^()]*[^()\d][^()]*\))?"
)
_DOWN = frozenset({"-", "减少", "下降", "减", "↓"})
_PLAIN = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?")


class Reading(NamedTuple):
    """What a cell says. ``state`` is ``None`` where something stands there that cannot be read.

    ``guesses`` are what OCR thinks an unread cell may be; ``unit`` is a unit of money printed in the cell.
    """

    state: State | None
    value: Number | None = None
    remark: str = ""
    unit: str | None = None
    guesses: tuple[Number, ...] = ()


BLANK = Reading(State.BLANK)
NOT_APPLICABLE = Reading(State.NOT_APPLICABLE)


@lru_cache(maxsize=8192)
def read_cell(text: str) -> Reading | None:
    """Return what the folded text of one cell says, or ``None`` where it is words, not a value.

    ``""`` is blank, ``/`` and ``-`` are not applicable, ``增 206`` is 206, ``减3`` and ``－3`` are -3,
    ``22(其中修订 16 件)`` is 22 with a remark, ``251000元`` is 251000 with a unit.
    """
    if text.isdecimal() and text.isascii():
        return Reading(State.VALUE, int(text)) if text[0] != "0" or len(text) == 1 else Reading(None)
    text = text.strip()
    if not text or text in _NOT_APPLICABLE:
        return NOT_APPLICABLE if text else BLANK
    return _unread(text) if text[0] == UNREAD else _number(text)


def _number(text: str) -> Reading | None:
    match = _CELL.fullmatch(text)
    if match is None:
        return None
    digits = match["number"].replace(",", "")
    if not _PLAIN.fullmatch(digits):
        return Reading(None)  # "007" or "00" is no number: cells ran together
    value: Number = Decimal(digits) if "." in digits else int(digits)
    unit = (match["unit"] or "").strip("()")
    return Reading(
        State.VALUE,
        -value if match["sign"] in _DOWN else value,
        (match["remark"] or "")[1:-1].strip(),
        unit if unit.endswith("元") else None,
    )


def _unread(text: str) -> Reading:
    readings = [read_cell(guess.strip()) for guess in text[1:].split("|") if guess.strip()]
    return Reading(None, guesses=tuple(r.value for r in readings if r is not None and r.value is not None))
