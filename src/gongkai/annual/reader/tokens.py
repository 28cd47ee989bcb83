"""A printed line as labels, values and words, in order."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from gongkai.annual.reader.numbers import UNREAD, Reading, read_cell
from gongkai.annual.report import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.annual.reader.flow import Row
    from gongkai.annual.reader.labels import Lexicon


class Kind(Enum):
    """What a token is."""

    LABEL = "label"  # text: the row
    CELL = "cell"  # a value, a blank or an unread value with clear boundaries on both sides
    RUN = "run"  # digits in running text: one number, or several that ran together
    WORDS = "words"  # a piece of the printed form
    FOREIGN = "foreign"  # words that the form does not have


class Token(NamedTuple):
    """A piece of a line. ``column`` is the grid column of a cell."""

    kind: Kind
    text: str
    reading: Reading | None = None
    column: int = -1


_REMARK = r"\([^()]*[^()\d\s.,:%][^()]*\)"
_SCAN = re.compile(
    rf"(?P<remark>{_REMARK})"
    r"|(?P<number>(?:[-+](?=\d)|增加?\s*(?=\d)|减少?\s*(?=\d))?"
    r"(?:\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d.、])(?:\s*[万亿]?元|\s*\([万亿]?元\))?)(?:\s*[件项个条份](?![\u4e00-\u9fff]))?"
    rf"|(?P<none>(?<!\S)(?:[-/]|--)(?!\S)|{UNREAD}[\d|]*)"
)
_DIGITS = re.compile(r"\d")


def tokenise(row: Row, words: Lexicon) -> list[Token]:
    """Return the tokens of ``row``. A cell that is a value as a whole has clear boundaries; other text is searched."""
    columns = row.columns or range(len(row.cells))
    if len(row.cells) == 1 and not row.grid:
        return scan(row.cells[0], words)
    result: list[Token] = []
    for text, column in zip(row.cells, columns, strict=True):
        reading = read_cell(text)
        if reading is not None:
            result.append(Token(Kind.CELL, text, reading, column))
        elif (label := words.row(text)) is not None:
            result.append(Token(Kind.LABEL, label))
        elif text.isascii() or words.has_label(text):
            result += scan(text, words)
        elif _DIGITS.search(text) and any(token.kind is Kind.LABEL for token in result):
            result.append(Token(Kind.CELL, text, Reading(None), column))  # beside a label: a value not understood
        else:
            result.append(Token(Kind.WORDS if words.knows(text) else Kind.FOREIGN, text, column=column))
    return result


def scan(text: str, words: Lexicon) -> list[Token]:
    """Return the tokens of running text: its labels, the runs of digits between them, and the other words."""
    result: list[Token] = []
    at = 0
    for match in words.anchors.finditer(text):
        _between(text[at : match.start()], words, result)
        result.append(Token(Kind.LABEL, words.names[match.lastgroup or ""]))
        at = match.end()
    _between(text[at:], words, result)
    return result


def pieces(text: str) -> Iterator[Token]:
    """Yield the numbers and marks of running text, and the words between them as ``FOREIGN``."""
    at = 0
    for match in _SCAN.finditer(text):
        if between := text[at : match.start()].strip():
            yield Token(Kind.FOREIGN, between)
        at = match.end()
        if match["number"]:
            yield Token(Kind.RUN, match["number"].replace(",", ""))
        elif match["none"]:
            yield Token(Kind.CELL, match["none"], read_cell(match["none"]))
        else:
            yield Token(Kind.WORDS, match["remark"])
    if rest := text[at:].strip():
        yield Token(Kind.FOREIGN, rest)


def _between(text: str, words: Lexicon, result: list[Token]) -> None:
    for token in pieces(text):
        known = token.kind is Kind.FOREIGN and words.knows(token.text)
        result.append(token._replace(kind=Kind.WORDS) if known else token)


def is_printed(token: Token) -> bool:
    """Tell whether the token is a number, a mark or an unread cell, and not blank."""
    if token.kind is Kind.CELL:
        return token.reading is not None and token.reading.state is not State.BLANK
    return token.kind is Kind.RUN
