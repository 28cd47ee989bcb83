"""Numbers in prose with what they speak of: the words around them, the noun they count, the year, brackets.

A sentence is read from left to right. A number takes the words since the number before it (its item); the noun it
counts may stand in its item, after it (``1份…申请``), or earlier in the sentence or under the same caption.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.annual.audit.lexicon import GROUPS, trie
from gongkai.annual.audit.prose import DELIMITER, NUMERAL, WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.annual.audit.prose import Passage, Sentence, Token

REMEDY = GROUPS["remedy"]
DOCUMENTS = frozenset({"rules", "normative"})
DECISIONS = GROUPS["decision"] - {"decided"}
NOUNS = frozenset({"app", "attr", "disclosed", "other"}) | REMEDY | DOCUMENTS | DECISIONS
"""Symbols of what can be counted."""

_STICKY = REMEDY | {"other", "attr"}  # a plain 申请 in the same clause does not change these
_ASIDE = frozenset({"other", "attr", "disclosed"})
OUTCOMES = GROUPS["outcome"] - {"withdrawn"}
"""Symbols of the groups of outcomes of table 三."""

_HARD = frozenset("，；：（）\ue000")
_YEAR_MIN = 1990
_AFTER = 26  # how far to the right of a number its noun may stand
_CLASSIFIED = re.compile(r"主动公开[^。]{0,16}?\d[^。]{0,20}?依申请公开[^。]{0,12}?\d")  # how documents are classified
_ACTS = frozenset({"received", "done", "handled", "carried"})
_LEADING = re.compile(r"[^，；：（）。]*")


class Mention:
    """One number of the prose with its context. ``left`` and ``right`` are symbols of the words beside it."""

    __slots__ = (
        "among",
        "approximate",
        "clause",
        "depth",
        "end",
        "index",
        "inherited",
        "item",
        "left",
        "noun",
        "passage",
        "right",
        "sentence",
        "start",
        "step",
        "unit",
        "value",
        "year",
    )

    def __init__(self, reader: _Reader, token: Token, right: tuple[str, ...]) -> None:
        self.passage = reader.passage
        self.sentence = reader.sentence
        self.index = reader.index  # which sentence of the passage
        self.start, self.end, _, self.unit, self.value, self.approximate, self.step = token
        self.left = tuple(reader.words)
        self.right = right
        self.among = "among" in reader.words  # 其中 or the like stands in its item
        self.item = reader.item  # where its item begins
        self.clause = reader.clause  # where its clause begins
        self.depth = reader.depth  # brackets around it
        self.year = reader.clause_year or reader.year  # the year its clause names, None where it names none
        self.noun = reader.noun
        self.inherited = not reader.own  # the noun stands in another sentence

    @property
    def label(self) -> str:
        """The words of its item before it."""
        return self.passage.text[self.item : self.start]

    @property
    def around(self) -> str:
        """The words of its item, and those after it."""
        return self.passage.text[self.item : min(self.end + _AFTER, self.sentence.end)]

    @property
    def leading(self) -> str:
        """The words of its clause before it, and the first clause of the sentence."""
        text = self.passage.text
        found = _LEADING.match(text, self.sentence.start, self.sentence.end)
        opening = found[0] if found else ""
        return f"{opening}，{text[self.clause : self.start]}" if self.clause > self.sentence.start else opening

    @property
    def evidence(self) -> str:
        """The printed words of its clause up to the number, or to the noun where that follows the number."""
        end = self.end
        if not any(symbol in NOUNS for symbol in self.left) and self.right:
            rest = _LEADING.match(self.passage.text, end, min(end + _AFTER, self.sentence.end))
            end = rest.end() if rest else end
        start = max(self.clause, self.item)
        while start < self.start and self.passage.text[start] in "、，":
            start += 1
        return self.passage.printed(start, end)


def mentions(passage: Passage) -> list[Mention]:
    """Return every number of a passage that counts something, in order."""
    found: list[Mention] = []
    numbers = passage.numbers
    if not numbers:
        return found
    noun, head = _head_noun(passage.title), passage.title
    place, count = 0, len(numbers)
    passed: list[Sentence] = []  # without numbers, since the last number or caption
    for index, sentence in enumerate(passage.sentences):
        if sentence.head != head:
            head = sentence.head
            noun = _head_noun(head)
            passed = []
        begin = place
        while place < count and numbers[place].start < sentence.end:
            place += 1
        if place == begin:
            passed.append(sentence)
            continue
        noun = next(filter(None, (_passing(passage.text, one) for one in reversed(passed))), noun)
        passed = []
        first = len(found)
        noun = _Reader(passage, sentence, index, noun).read(passage.tokens(sentence, numbers[begin:place]), found)
        if passage.text.find("依申请公开", sentence.start, sentence.end) >= 0 and _CLASSIFIED.search(
            passage.text, sentence.start, sentence.end
        ):
            for mention in found[first:]:
                if mention.noun == "app" and _ACTS.isdisjoint(mention.left):
                    mention.noun = "attr"
    return found


_PASSING = {
    "申请": "app",
    "复议": "reconsideration",
    "诉讼": "litigation",
    "规范性文件": "normative",
    "主动公开": "disclosed",
    **dict.fromkeys(("热线", "提案", "留言", "投诉", "信访", "咨询", "网民", "舆情"), "other"),
}
_PASSING_WORD = re.compile(trie(_PASSING))


def _passing(text: str, sentence: Sentence) -> str:
    """Return what a sentence without numbers speaks of last, empty for nothing of interest."""
    words: list[str] = _PASSING_WORD.findall(text, sentence.start, sentence.end)
    return _PASSING[words[-1]] if words else ""


def _head_noun(words: str) -> str:
    """Return what a caption says its numbers count: applications, remedies, or nothing."""
    if "复议" in words and "申请情况" not in words:
        return "reconsideration"
    return "app" if "申请" in words else ""


class _Reader:
    """The state of reading one sentence."""

    def __init__(self, passage: Passage, sentence: Sentence, index: int, noun: str) -> None:
        self.passage = passage
        self.sentence = sentence
        self.index = index
        self.noun = noun
        self.own = False  # the sentence has named its noun
        self.about_requests = noun == "app"  # what the words for outcomes return to
        self.in_clause = False  # the noun was named in this clause
        self.year: int | None = None
        self.clause_year: int | None = None
        self.depth = 0
        self.item = self.clause = sentence.start
        self.words: list[str] = []

    def read(self, tokens: Sequence[Token], found: list[Mention]) -> str:
        """Append the mentions of the sentence to ``found``; return the noun it ends with."""
        for place, token in enumerate(tokens):
            if token.kind == WORDS:
                self.words.append(token.symbol)
                if token.symbol in NOUNS:
                    self._name(token.symbol)
                elif token.symbol in OUTCOMES and self.about_requests and self.noun in _ASIDE:
                    self.noun = "app"
            elif token.kind == DELIMITER:
                self._delimit(token)
            elif token.symbol == "年" and token.value > _YEAR_MIN:
                self._date(token, tokens, place)
            else:
                if token.symbol or self.words:  # a bare number without a word beside it says nothing
                    found.append(self._mention(token, tokens, place))
                self.words = []
                self.item = token.end
        return self.noun

    def _name(self, symbol: str) -> None:
        if symbol == "app" and self.in_clause and self.noun in _STICKY:
            return
        self.noun, self.own, self.in_clause = symbol, True, True
        self.about_requests = self.about_requests or symbol == "app"

    def _delimit(self, token: Token) -> None:
        if token.symbol == "（":
            self.depth += 1
        elif token.symbol == "）":
            self.depth = max(0, self.depth - 1)
        if token.symbol in _HARD:
            if self.words != ["among"]:  # “其中，” speaks of what follows
                self.words = []
            self.item = self.clause = token.end
            self.in_clause = False
            self.clause_year = None

    def _date(self, token: Token, tokens: Sequence[Token], place: int) -> None:
        """Take a year: that of the whole sentence if it opens it, else that of the clause; 结转至2025年 is neither."""
        if "carried" in self.words or (place + 1 < len(tokens) and tokens[place + 1].symbol == "carried"):
            self.words.append(f"year:{token.value}")
        elif self.year is None and token.start <= self.sentence.start + 12:
            self.year = int(token.value)
        else:
            self.clause_year = int(token.value)

    def _mention(self, token: Token, tokens: Sequence[Token], place: int) -> Mention:
        right = _after(tokens, place) if place + 1 < len(tokens) and tokens[place + 1].kind == WORDS else ()
        if right and not self.in_clause:
            for symbol in right:
                if symbol in NOUNS:
                    self._name(symbol)
            self.in_clause = False
        return Mention(self, token, right)


def _after(tokens: Sequence[Token], place: int) -> tuple[str, ...]:
    """Return the words that follow a number before the next number or delimiter."""
    limit = tokens[place].end + _AFTER
    found: list[str] = []
    for after in range(place + 1, len(tokens)):
        token = tokens[after]
        if token.kind != WORDS or token.start > limit:
            break
        found.append(token.symbol)
    return tuple(found)


__all__ = ["DECISIONS", "DOCUMENTS", "NOUNS", "NUMERAL", "REMEDY", "Mention", "mentions"]
