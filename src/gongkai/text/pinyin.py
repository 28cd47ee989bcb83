"""Pinyin without tones: for sorting units by name, for finding them by initials, for addresses of pages.

Names of places are read as their people read them (六安 is lu'an, 单县 shan xian): ``data/readings.toml``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, cast

import pypinyin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_RUNS = re.compile(r"(?P<chinese>[\u3400-\u4dbf\u4e00-\u9fff〇]+)|[^\s\u3400-\u4dbf\u4e00-\u9fff〇]+")


def syllables(text: str) -> tuple[str, ...]:
    """Return the syllables of ``text`` in lower case, ``ü`` as ``v``; runs of other characters stand as they are.

    A character without a known reading stands as it is, too.
    """
    return tuple(syllable for _, syllable in _read(text))


def pinyin(text: str, separator: str = " ") -> str:
    """Return ``text`` in pinyin, its syllables joined by ``separator``."""
    return separator.join(syllables(text))


def initials(text: str) -> str:
    """Return the first letter of each syllable: ``jjs`` for 晋江市. Other letters and digits are kept whole."""
    return "".join(syllable[0] if chinese else syllable for chinese, syllable in _read(text))


def sort_key(text: str) -> tuple[tuple[str, ...], str]:
    """Return a key that sorts names as a directory does: by pinyin, and by the characters where it is the same."""
    return syllables(text), text


def slug(text: str) -> str:
    """Return ``text`` as the last part of an address: ASCII letters, digits and hyphens."""
    kept = ("".join(c for c in syllable if c.isascii() and c.isalnum()) for syllable in syllables(text))
    return "-".join(filter(None, kept))


def _read(text: str) -> Iterator[tuple[bool, str]]:
    """Yield each syllable of ``text``, with whether it was read from a Chinese character."""
    _load_readings()
    for run in _RUNS.finditer(text):
        if run["chinese"]:
            # The library's documentation lets the callable return a list, its annotations do not.
            for syllable in pypinyin.lazy_pinyin(run[0], errors=cast("Callable[[str], str]", list)):
                yield True, syllable
        else:
            yield False, run[0].lower()


@cache
def _load_readings() -> None:
    data = resources.files("gongkai.text").joinpath("data", "readings.toml").read_text(encoding="utf-8")
    pypinyin.load_phrases_dict(
        {
            word: [[syllable] for syllable in reading.split()]
            for word, reading in tomllib.loads(data)["readings"].items()
        }
    )
