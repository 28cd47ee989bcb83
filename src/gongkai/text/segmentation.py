"""Cutting Chinese text into words, and into the bigrams that find what the words miss.

The dictionary is rjieba's with a list of our own (``data/words.txt``): a general one does not know 依申请公开. A search
index stores ``words_version()``, because a new word cuts old texts differently.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from importlib import metadata, resources
from operator import add
from typing import TYPE_CHECKING, NamedTuple

import rjieba

if TYPE_CHECKING:
    from collections.abc import Iterable

# Pieces of a text that was cut and joined by spaces in which there is no letter, digit or character.
_MARKS = re.compile(r"(?<!\S)[^0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff〇\s]+(?!\S)")
_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff〇]+|[0-9A-Za-z]+")


class Token(NamedTuple):
    """A word and where it stands: ``text[start:end]``."""

    text: str
    start: int
    end: int


@cache
def domain_words() -> tuple[str, ...]:
    """Return the words of open government that are added to the general dictionary."""
    text = resources.files("gongkai.text").joinpath("data", "words.txt").read_text(encoding="utf-8")
    return tuple(line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#"))


@cache
def words_version(learnt: tuple[str, ...] = ()) -> str:
    """Return a short digest of all that decides how a text is cut: both word lists and the version of the cutter."""
    content = "\n".join((*domain_words(), *learnt, metadata.version("rjieba")))
    return hashlib.sha256(content.encode()).hexdigest()[:16]


class Cutter:
    """Cuts text with the general dictionary, the words of the field and ``learnt``, the words of one place."""

    def __init__(self, learnt: Iterable[str] = ()) -> None:
        """Load the dictionaries: about 0.15 s, so keep what is made here."""
        self._cutter = rjieba.Jieba()
        for word in (*domain_words(), *learnt):
            self._cutter.add_word(word, None, None)

    def tokenize(self, text: str) -> tuple[Token, ...]:
        """Return the words of ``text`` with their places; white space and punctuation are words of their own."""
        return tuple(Token(*found) for found in self._cutter.tokenize(text))

    def pieces(self, text: str) -> list[str]:
        """Return ``text`` cut in pieces, white space and punctuation too: joined they are the text."""
        found: list[str] = self._cutter.cut(text)
        return found

    def words(self, text: str) -> tuple[str, ...]:
        """Return the words of ``text`` without white space and punctuation."""
        return tuple(word for word in self._cutter.cut(text) if _RUN.search(word))

    def search_words(self, text: str) -> tuple[str, ...]:
        """Return the words and the shorter words inside them, as an index wants them; ASCII in lower case."""
        return tuple(word.lower() for word in self._cutter.cut_for_search(text) if _RUN.search(word))

    def indexed(self, text: str) -> str:
        """Return ``search_words`` joined by spaces: the same, faster, for whole documents."""
        return _MARKS.sub("", " ".join(self._cutter.cut_for_search(text))).lower()


@lru_cache(maxsize=3)
def cutter(learnt: tuple[str, ...] = ()) -> Cutter:
    """Return the cutter that knows ``learnt``, too; the last few are kept."""
    return Cutter(learnt)


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the words of ``text`` with their places; white space and punctuation are words of their own."""
    return cutter().tokenize(text)


def words(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` without white space and punctuation."""
    return cutter().words(text)


def search_words(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` and the shorter words inside them, as an index wants them; ASCII in lower case."""
    return cutter().search_words(text)


def grams(text: str) -> str:
    """Return what finds every substring of ``text``: each Chinese character with the one after it, joined by spaces.

    The last of a run of characters stands alone, so that the n-th piece begins with the n-th character. Runs of ASCII
    letters and digits are kept whole, in lower case: a document number must not be found by its digits.

    >>> grams("依申请〔2024〕A号")
    '依申 申请 请 2024 a 号'
    """
    pieces: list[str] = []
    for run in _RUN.findall(text):
        if run.isascii():
            pieces.append(run.lower())
        else:
            pieces += map(add, run, run[1:])
            pieces.append(run[-1])
    return " ".join(pieces)


def gram_places(text: str) -> list[tuple[int, str]]:
    """Return pieces that ``grams`` makes of any text that holds ``text``, with their places: as few as will do.

    A piece ending in ``.?`` is a pattern: a lone character of which it is not known what follows it.

    >>> gram_places("住房公积金"), gram_places("第3号")
    ([(0, '住房'), (2, '公积'), (3, '积金')], [(0, '第'), (1, '3'), (2, '号.?')])
    """
    runs = _RUN.findall(text)
    found: list[tuple[int, str]] = []
    place = 0
    for number, run in enumerate(runs):
        following = runs[number + 1] if number + 1 < len(runs) else ""
        if run.isascii():
            found.append((place, run.lower()))
            place += 1
            continue
        if len(run) > 1:
            found += ((place + at, run[at : at + 2]) for at in range(0, len(run) - 1, 2))
            if len(run) % 2:
                found.append((place + len(run) - 2, run[-2:]))
        elif not following:
            found.append((place, f"{run}.?"))
        elif following.isascii():
            found.append((place, run))
        place += len(run)
    return found
