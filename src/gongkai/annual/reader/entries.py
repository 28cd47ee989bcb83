"""Printed lines as labels and rows of values, in order: what the tables are put together from."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from gongkai.annual.reader.numbers import BLANK, Reading, read_cell
from gongkai.annual.reader.splits import digits_of
from gongkai.annual.reader.tokens import Kind, Token, is_printed, tokenise
from gongkai.annual.report import Provenance
from gongkai.text.normalise import comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.annual.reader.flow import Row
    from gongkai.annual.reader.labels import Lexicon

TELLING = 4
"""Words of this many characters tell something; shorter ones may be any noise."""

_LONG = 8
"""Words of this many characters that the form does not have make a line prose."""


@dataclass(slots=True)
class Values:
    """Values that stand together. ``label`` is the row whose label stands before them on the same line.

    ``torn`` are the words on that line that are pieces of captions.
    """

    tokens: list[Token]
    where: Provenance
    label: str = ""
    torn: list[str] = field(default_factory=list)
    grid: int = 0
    remark: str = ""  # words in brackets after the values: 含自然失效 29 件

    @property
    def printed(self) -> str:
        """What stands there, as far as it is digits or marks."""
        return " ".join(token.text for token in self.tokens if token.text)

    @property
    def exact(self) -> bool:
        """Whether every boundary is certain and none stands for an unread cell."""
        return all(
            token.reading is not None and token.reading.state is not None
            if token.kind is Kind.CELL
            else not _runs_together(token.text)
            for token in self.tokens
        )

    def readings(self) -> list[Reading]:
        """Return one reading per token; runs of digits are numbers of their own."""
        return [token.reading or reading_of(token.text) for token in self.tokens]

    def runs(self) -> list[str]:
        """Return the digits of each token; blanks and marks are left out."""
        return [digits_of(token.text) for token in self.tokens if is_printed(token)]


@dataclass(slots=True)
class Label:
    """The label of a row."""

    name: str


@dataclass(slots=True)
class Words:
    """Other words, as a comparison key: heads and groups, or (``strange``) words that the form does not have."""

    key: str
    strange: bool
    column: int = -1


Item: TypeAlias = "Label | Values | Words"


def reading_of(run: str) -> Reading:
    """Return the reading of a run of digits that is one number; unread where a leading zero shows it is not."""
    reading = read_cell(run.strip())
    return reading if reading is not None else Reading(None)


def _runs_together(run: str) -> bool:
    digits = digits_of(run).lstrip("-")
    return len(digits) > 1 and digits[0] == "0" and digits[1] != "."


def entries(rows: Iterable[Row], words: Lexicon) -> list[Item]:
    """Return the labels, values and words of ``rows``, which are the lines of one table, in reading order."""
    items: list[Item] = []
    for row in rows:
        _add(tokenise(row, words), row, items)
    return items


def _add(tokens: Sequence[Token], row: Row, items: list[Item]) -> None:
    line = _Line(row, items)
    for token in tokens:
        if token.kind is Kind.LABEL:
            line.flush()
            line.start(token.text)
        elif token.kind in (Kind.WORDS, Kind.FOREIGN):
            line.words(token)
        else:
            line.pending.append(token)
    line.flush()


class _Line:
    """The part of a line from one label to the next."""

    def __init__(self, row: Row, items: list[Item]) -> None:
        self.where = Provenance(row.page, row.grid or None, row.row or None)
        self.items = items
        self.grid = row.grid
        self.start("")

    def start(self, label: str) -> None:
        self.label = label
        self.pending: list[Token] = []
        self.heads: list[Words] = []
        self.torn: list[str] = []
        self.strange = 0  # characters of words that the form does not have
        if label and not (self.items and self.items[-1] == Label(label)):
            self.items.append(Label(label))

    def words(self, token: Token) -> None:
        key = comparison_key(token.text)
        bracketed = token.text[0] == "(" and token.text[-1] == ")"
        if bracketed and any(map(str.isdecimal, key)):
            self._remark(token.text)
            return
        strange = token.kind is Kind.FOREIGN and not bracketed
        if any(map(is_printed, self.pending)):
            self.flush()
            self.label = ""  # numbers after further words are not the row's any more
        elif strange and len(key) >= TELLING:
            self.label = ""  # a label that is not known stands between the known one and the values
        self.heads.append(Words(key, strange, token.column))
        if strange:
            self.strange += len(key)
        else:
            self.torn.append(key)
        self.pending = []  # empty cells of the label's columns

    def _remark(self, text: str) -> None:
        last = self.items[-1] if self.items else None
        if not self.pending and isinstance(last, Values):
            last.remark = text[1:-1].strip()

    def flush(self) -> None:
        printed = any(map(is_printed, self.pending))
        blank_row = self.label and self.pending and self.grid
        # A line that is words the form does not have is prose, whatever numbers it holds.
        values = (printed or blank_row) and (self.label or self.strange < _LONG)
        before = [words for words in self.heads if words.strange]
        self.items.extend(before if values and not self.label else ())
        if values:
            self.items.append(Values(self.pending, self.where, self.label, self.torn, self.grid))
        self.items.extend(words for words in self.heads if not (values and not self.label and words.strange))
        self.pending, self.heads = [], []


def window(tokens: list[Token], width: int, columns: list[int] | None) -> list[Token] | None:
    """Return the ``width`` tokens that are the values of a row; the others must be blank cells at its ends.

    ``columns`` are the value columns where rows without doubt have shown them. ``None`` where values are missing or
    too many.
    """
    extra = len(tokens) - width
    if extra <= 0:
        return tokens if extra == 0 else None
    possible = [
        tokens[start : start + width]
        for start in range(extra + 1)
        if all(token.reading == BLANK for token in (*tokens[:start], *tokens[start + width :]))
    ]
    if len(possible) > 1:
        # Blank cells at both ends: the reading in which a printed total is the sum of the others, or the place.
        summing = [tokens for tokens in possible if sums(tokens)]
        placed = [tokens for tokens in possible if [token.column for token in tokens] == columns]
        if len(summing) != 1 and not placed and any(map(is_printed, tokens)):
            return None
        best: list[Token] = [*(summing if len(summing) == 1 else ()), *placed, *possible][0]
        return best
    return possible[0] if possible else None


def sums(tokens: Sequence[Token]) -> bool:
    """Tell whether the last number is printed and is the sum of the others; a blank counts as nothing."""
    values = [(token.reading or reading_of(token.text)).value for token in tokens]
    return values[-1] is not None and sum(value or 0 for value in values[:-1]) == values[-1]


def increasing(numbers: Sequence[int]) -> bool:
    """Tell whether each number is greater than the one before."""
    return all(first < second for first, second in pairwise(numbers))
