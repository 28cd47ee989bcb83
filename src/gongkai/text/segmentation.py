"""Cutting Chinese text into words, and into the bigrams that find what the words miss.

The dictionary is rjieba's with a list of our own (``data/words.txt``): a general one does not know 依申请公开. A search
index stores ``words_version()``, because a new word cuts old texts differently.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib import metadata, resources
from typing import NamedTuple

import rjieba

_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff〇]+|[0-9A-Za-z]+")
_ASCII = re.compile(r"[0-9A-Za-z]+")


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
def words_version() -> str:
    """Return a short digest of all that decides how a text is cut: the word list and the version of the cutter."""
    content = "\n".join((*domain_words(), metadata.version("rjieba")))
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the words of ``text`` with their places; white space and punctuation are words of their own."""
    return tuple(Token(*found) for found in _cutter().tokenize(text))


def words(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` without white space and punctuation."""
    return tuple(word for word in _cutter().cut(text) if _RUN.search(word))


def search_words(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` and the shorter words inside them, as an index wants them; ASCII in lower case."""
    return tuple(word.lower() for word in _cutter().cut_for_search(text) if _RUN.search(word))


def bigrams(text: str) -> str:
    """Return every pair of neighbouring Chinese characters, joined by spaces; a lone character stands for itself.

    Runs of ASCII letters and digits are kept whole, in lower case: a document number must not be found by its digits.
    """
    return " ".join(piece for run in _RUN.findall(text) for piece in _pieces(run))


def _pieces(run: str) -> list[str]:
    if len(run) == 1 or _ASCII.fullmatch(run):
        return [run.lower()]
    return [run[place : place + 2] for place in range(len(run) - 1)]


@cache
def _cutter() -> rjieba.Jieba:
    cutter = rjieba.Jieba()
    for word in domain_words():
        cutter.add_word(word, None, None)
    return cutter
