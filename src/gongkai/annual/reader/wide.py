"""Table 四: fifteen numbers on one line, or in three groups of five."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gongkai.annual.reader.entries import Values, window
from gongkai.annual.reader.numbers import read_cell
from gongkai.annual.reader.tokens import Kind, Token, is_printed, pieces
from gongkai.annual.report import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gongkai.annual.reader.flow import Row

WIDTH = 15
GROUPS = 3
_VOCABULARY = frozenset(
    "行政复议诉讼结果维持纠正其他尚未审总计未经直接起后信息公开因府工作被申请提情况单位件注数量含上年度转和类别据项目表四"
)


@dataclass(slots=True)
class Found:
    """The numbers of table 四. ``tokens`` are its fifteen cells, or ``None`` where their boundaries are not clear."""

    values: Values
    tokens: list[Token] | None
    repeated: bool = False


def place(rows: Iterable[Row], own: int | None = None) -> Found | None:
    """Return the numbers in ``rows``, the lines of table 四, or ``None`` where there are none.

    Of thirty numbers on a line those of the half ``own`` are meant (0 left, 1 right), see ``sides``.
    """
    lines = [(tokens, row) for row in rows if (tokens := _tokens(row))]
    if own is not None:
        lines = [(tokens[own * WIDTH :][:WIDTH] if len(tokens) == 2 * WIDTH else tokens, row) for tokens, row in lines]
    whole = [(cells, row) for tokens, row in lines if (cells := window(tokens, WIDTH, None)) is not None]
    if whole:
        cells, row = whole[0]
        different = any([t.text for t in other] != [t.text for t in cells] for other, _ in whole[1:])
        return Found(Values(cells, _where(row), grid=row.grid), cells, different)
    printed = [token for tokens, _ in lines for token in tokens if is_printed(token)]
    if _digits(printed) < WIDTH:
        return None
    row = lines[0][1]
    if len(printed) != WIDTH:
        # Numbers that ran together stand on one line; a page number on another is none of them.
        printed, row = next(((tokens, row) for tokens, row in lines if _digits(tokens) >= WIDTH), (printed, row))
    values = Values(printed, _where(row), grid=row.grid)
    return Found(values, values.tokens if len(printed) == WIDTH and values.exact else None)


def _digits(tokens: Iterable[Token]) -> int:
    return sum(map(str.isdecimal, "".join(token.text for token in tokens)))


def _where(row: Row) -> Provenance:
    return Provenance(row.page, row.grid or None, row.row or None)


def _tokens(row: Row) -> list[Token]:
    # Heads may be cut anywhere: a line belongs to the table if it has no character that the heads do not have.
    result: list[Token] = []
    columns = row.columns or range(len(row.cells))
    words = False
    for text, column in zip(row.cells, columns, strict=True):
        reading = read_cell(text)
        if reading is not None and (row.grid or len(row.cells) > 1):
            result.append(Token(Kind.CELL, text, reading, column))
            continue
        if len(row.cells) > 1 and not text.isascii():
            if not _is_vocabulary(text):
                return []  # a row of another table
            words = True
            continue
        for token in _scan(text):
            if token.kind is Kind.FOREIGN:
                return result if _digits(result) >= WIDTH else []
            if token.kind is Kind.WORDS:
                words = True
            else:
                result.append(token)
    if words and not any(map(is_printed, result)):
        return []
    return result if any(map(is_printed, result)) or len(result) >= WIDTH else []


def _scan(text: str) -> Iterator[Token]:
    for token in pieces(text):
        if token.kind is Kind.FOREIGN:
            yield token._replace(kind=Kind.WORDS) if _is_vocabulary(token.text) else token
        else:
            yield token


@lru_cache(maxsize=4096)
def _is_vocabulary(text: str) -> bool:
    return {char for char in text if char.isalnum() and not char.isdecimal()} <= _VOCABULARY


def is_head(cells: Iterable[str]) -> bool:
    """Tell whether the cells are heads of table 四, whole or cut: 结果, 维持, 未经复议直接起诉 …"""
    text = "".join(cells)
    return _is_vocabulary(text) and not _DIGIT.search(text) and len(_TELLING.intersection(text)) > 1


def is_piece(text: str) -> bool:
    """Tell whether a line inside table 四 is a head, or a piece of one, and no prose."""
    return is_head([text]) or (len(text) <= _SHORT and _is_vocabulary(text))


_SHORT = 4
_DIGIT = re.compile(r"\d")
_TELLING = frozenset("维持纠正尚未审结未经复议直接起诉")
