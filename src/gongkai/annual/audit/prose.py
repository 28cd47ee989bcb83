"""The prose of a report made ready for rules: compact text, tokens, and the way back to the printed words.

Layout leaves spaces and line ends inside sentences (``11 条``, 关注点/回应), so rules read a compact text without
white space. Every position leads back to the printed text: evidence is always an exact substring of the report.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from gongkai.annual.audit.lexicon import ABOUT, COUNTED, DELIMITERS, NUMBER, SYMBOLS, WORD
from gongkai.text.numerals import chinese_number, parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.annual.report import Number, Report

_KEPT = re.compile(r"(?<=\d)\s+(?=\d)|\S")
_SEPARATOR = "\ue000"  # stands for white space between two digits: they are two numbers
_WIDE = re.compile("[０-９]")
_WIDTHS = str.maketrans("０１２３４５６７８９", "0123456789")
_SAME = (("(", "（"), (")", "）"), (":", "："), (";", "；"), ("％", "%"), ("．", "."), ("它", "他"))
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_END = re.compile("。|！|？|（(?=[一二三四五六七八九十]{1,3}）)")
_CAPTIONS = ("内部事务", "内容事务", "过程性")  # 三类内部事务信息 and 四类过程性信息 announce no items
_WORDS_LIKE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.〔[第")

_DATES = frozenset("年月日")

NUMERAL, WORDS, DELIMITER = range(3)

_WORDS: dict[str, tuple[int, str, int, bool, int]] = {
    **{word: (WORDS, symbol, 0, False, 1) for word, symbol in SYMBOLS.items()},
    **{mark: (DELIMITER, mark, 0, False, 1) for mark in DELIMITERS},
}


class Token(NamedTuple):
    """One token of the compact text: a number with its measure word, a word of the lexicon, or a delimiter.

    ``symbol`` is the measure word of a number, the symbol of a word, the character of a delimiter. ``step`` is the
    unit of the last printed digit: 0.1 for ``5.4``, 1000 for ``1.2万``.
    """

    start: int
    end: int
    kind: int
    symbol: str
    value: Number = 0
    approximate: bool = False
    step: Number = 1


class Sentence(NamedTuple):
    """One sentence of a passage; ``head`` is the caption ``（二）…`` it opens with or stands under."""

    start: int
    end: int
    head: str


class Passage:
    """The text of one section (or the preamble), with its title."""

    def __init__(self, title: str, raw: str, year: int | None = None) -> None:
        self.title = title
        self.raw = raw
        self.year = year  # of the report
        words = raw.split()
        for place, (before, after) in enumerate(pairwise(words)):
            if before[-1].isdecimal() and after[0].isdecimal():
                words[place] = before + _SEPARATOR
        text = "".join(words)
        if _WIDE.search(text):
            text = text.translate(_WIDTHS)
        for odd, plain in _SAME:
            text = text.replace(odd, plain)
        self.text = _COMMA.sub("，", text) if "," in text else text

    @cached_property
    def _places(self) -> list[int]:
        return [match.start() for match in _KEPT.finditer(self.raw)]

    def printed(self, start: int, end: int) -> str:
        """Return the printed words of ``text[start:end]``."""
        return self.raw[self._places[start] : self._places[end - 1] + 1]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the passage, in order."""
        found: list[Sentence] = []
        start, head = 0, self.title
        text = self.text
        for match in _END.finditer(text):
            end = match.end()
            caption = text[end - 1] == "（"
            if caption:  # begins here
                end -= 1
            if end > start:
                found.append(Sentence(start, end, head))
            start = end
            if caption:
                head = text[end : end + 24]
        if start < len(text):
            found.append(Sentence(start, len(text), head))
        return tuple(found)

    @cached_property
    def numbers(self) -> list[Token]:
        """The numbers of the passage, in order; empty if none has a measure word."""
        found = [*self._digits(), *self._characters()]
        if not any(token.symbol and token.symbol not in _DATES for token in found):
            return []
        found.sort()
        return found

    def tokens(self, sentence: Sentence, numbers: Sequence[Token]) -> list[Token]:
        """Return the tokens of a sentence, given its numbers, in order."""
        new = tuple.__new__  # what a named tuple does, without its call: there are very many
        words = WORD.finditer(self.text, sentence.start, sentence.end)
        found = [*numbers, *[new(Token, match.span() + _WORDS[match[0]]) for match in words]]
        found.sort()
        return found

    def words(self, start: int, end: int) -> Iterator[str]:
        """Yield the symbols of the words in ``text[start:end]``."""
        for match in WORD.finditer(self.text, start, end):
            symbol = SYMBOLS.get(match[0])
            if symbol is not None:
                yield symbol

    def _digits(self) -> list[Token]:
        text, new = self.text, tuple.__new__
        found: list[Token] = []
        captions = any(caption in text for caption in _CAPTIONS)
        for match in NUMBER.finditer(text):
            start, end = match.span()
            before = text[start - 1] if start else ""
            if before in _WORDS_LIKE or (captions and text.startswith(_CAPTIONS, end)):
                continue
            digits, scale, more, unit, over = match.groups()
            about = bool(more or over or before in ABOUT or (before == "过" and text.endswith("超过", 0, start)))
            if scale is None and digits.isdecimal():
                found.append(new(Token, (start, end, NUMERAL, unit or "", int(digits), about, 1)))
                continue
            digits = digits.rstrip(",")
            plain = scale is None and "," not in digits
            value = Decimal(digits) if plain else parse_number(digits + (scale or ""))
            if value is None:
                continue
            step = _step(len(digits.partition(".")[2]), scale or "")
            found.append(new(Token, (start, end, NUMERAL, unit or "", value, about, step)))
        return found

    def _characters(self) -> Iterator[Token]:
        text = self.text
        for match in COUNTED.finditer(text):
            start, end = match.span()
            number = chinese_number(text[start : match.start(1)])
            bound = start and text[start - 1] in "第每之百千"
            if number is not None and not bound and not text.startswith(_CAPTIONS, end):
                yield Token(start, end, NUMERAL, match[1], number)


@cache
def _step(decimals: int, scale: str) -> Number:
    """Return the unit of the last digit of a number with so many decimals and a scale such as ``万``."""
    step: Number = Decimal(1).scaleb(-decimals) if decimals else 1
    return step * (parse_number("1" + scale) or 1) if scale else step


def passages(report: Report) -> list[Passage]:
    """Return the preamble and the sections of the report as passages, without the empty ones."""
    parts = [("", report.preamble), *((section.title, section.text) for section in report.sections)]
    return [Passage(title, text, report.year) for title, text in parts if text]
