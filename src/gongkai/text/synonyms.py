"""What people say and what documents say: 公积金 and 住房公积金, 房产证 and 不动产权证 (``data/synonyms.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources


@cache
def groups() -> tuple[tuple[str, ...], ...]:
    """Return the groups of words that stand for one another, the official word first."""
    return tuple(map(tuple, _data()["groups"]))


@lru_cache(maxsize=512)
def alternatives(text: str) -> tuple[tuple[str, ...], ...]:
    """Return ``text`` as stretches, each with what means the same, itself first; what fills a question is left out.

    >>> alternatives("怎么提取公积金")
    (('提取',), ('公积金', '住房公积金', '房积金'))
    """
    found: list[tuple[str, ...]] = []
    place = 0
    known, expression = _known()
    for match in expression.finditer(text):
        found += _plain(text[place : match.start()])
        word = match[0]
        found.append((word, *(other for other in known[word] if other != word)))
        place = match.end()
    return tuple(found + _plain(text[place:]))


@lru_cache(maxsize=512)
def without_fillers(text: str) -> str:
    """Return ``text`` without the words that only make a question of it; empty where nothing else is in it.

    >>> without_fillers("怎么提取公积金")
    '提取公积金'
    """
    return _fillers().sub("", text).strip("?？ ")


def _plain(text: str) -> list[tuple[str, ...]]:
    return [(piece,) for piece in _fillers().split(text) if piece.strip("?？的 ")]


@cache
def _known() -> tuple[dict[str, tuple[str, ...]], re.Pattern[str]]:
    known = {word: group for group in groups() for word in group}
    return known, re.compile("|".join(sorted(known, key=lambda word: (-len(word), word))))


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_data()["fillers"], key=lambda word: (-len(word), word))))


@cache
def _data() -> dict[str, list[str]]:
    text = resources.files("gongkai.text").joinpath("data", "synonyms.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
