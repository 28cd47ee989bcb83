"""Reading what people type: parts, quoted parts, numbers of documents; nothing in it is an operator.

An engine gets parts, never a language: brackets, stars, AND and OR are looked for as they stand, or are nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gongkai.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_TEXT = 200
"""Characters of a query that are looked at; nobody types more, and a longer one only costs time."""

MAX_PARTS = 12
"""Parts of a query that are looked at."""

LONG = 10
"""Characters of a title that leave no doubt which one is meant."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_QUOTED = re.compile(r'"([^"]*)"')
_CHINESE = "\u3400-\u4dbf\u4e00-\u9fff〇"
# 晋政办〔2019〕101号, in any bracket and spacing, without bracket, without 号.
_NUMBER = re.compile(
    rf"(?P<series>[{_CHINESE}]{{1,14}})\s*[\[(【〔{{<《﹝]?\s*(?P<year>(?:19|20)\d\d)\s*[\])】〕}}>》﹞年]?\s*"
    rf"(?:第\s*)?(?P<number>\d{{1,5}})\s*号"
)
_BRACKETED = re.compile(
    rf"(?P<series>[{_CHINESE}]{{1,14}})\s*[\[(【〔{{﹝]\s*(?P<year>(?:19|20)\d\d)\s*[\])】〕}}﹞]\s*"
    rf"(?:第\s*)?(?P<number>\d{{1,5}})(?!\d)\s*号?"
)
# 岚财规, 岚财规〔2015〕, 岚公规〔2021: how a 文号 begins.
_START = re.compile(
    rf"(?P<series>[{_CHINESE}]{{2,14}})(?:[\[(【〔{{<《﹝]?(?P<year>(?:19|20)\d\d)[\])】〕}}>》﹞年]?|[\[(【〔{{﹝])?"
)
# QZ00121-0200-2024-00012: groups with blanks or lines between them.
_INDEX = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]+(?:[\s_/—-]+[0-9A-Za-z]+){2,}(?![0-9A-Za-z])")
_INDEX_DIGITS = 12
_BRACKETS = str.maketrans("〔〕﹝﹞（）()【】{}［］", "[][][][][][][]")
_PLAIN = re.compile(r"[\s　\-_—－·]+")
_MEANING = re.compile(rf"[0-9A-Za-z{_CHINESE}]")


@dataclass(frozen=True, slots=True)
class Part:
    """Something that must be found: as it stands where it was quoted. ``number`` is its key where it is a number.

    ``series`` is the key of all 文号 of the same issuer and year.
    """

    text: str
    is_quoted: bool = False
    number: str = ""
    series: str = ""


def plain_number(number: str) -> str:
    """Return a 文号 or 索引号 as it is compared: brackets of one kind, no blanks, upper case.

    >>> plain_number("晋政办 ﹝2019﹞101 号") == plain_number("晋政办[2019]101号")
    True
    """
    return _PLAIN.sub("", fold(number)).translate(_BRACKETS).upper()


def official_number(number: str) -> str:
    """Return a 文号 as it is printed officially: no blanks, the year in 〔〕.

    >>> official_number("晋政办 [2019]101 号")
    '晋政办〔2019〕101号'
    """
    return plain_number(number).replace("[", "〔").replace("]", "〕")


def number_keys(number: str) -> tuple[str, ...]:
    """Return the terms a number is found by: itself, and for a 文号 series, year and number without any bracket.

    The last leads to its series.

    >>> number_keys("晋政办〔2019〕101号")
    ('晋政办[2019]101号', '晋政办/2019/101', '晋政办/2019/')
    """
    plain = plain_number(number)
    match = _matched(number)
    return (plain, _key(match), _series(match)) if match else (plain,)


def start_keys(number: str) -> tuple[str, ...]:
    """Return the terms a 文号 is found by when no more than the letters of its issuer are typed, or the first of them.

    >>> start_keys("晋政办〔2019〕101号")
    ('晋政/', '晋政办/')
    """
    match = _matched(number)
    return tuple(f"{match['series'][:end]}/" for end in range(2, len(match["series"]) + 1)) if match else ()


def start_key(text: str) -> str:
    """Return the term of the 文号 that begin as ``text``, with the year where it is there; empty where none can.

    >>> start_key("晋政办"), start_key("晋政办〔2019〕"), start_key("晋政办【2019"), start_key("2019年")
    ('晋政办/', '晋政办/2019/', '晋政办/2019/', '')
    """
    match = _START.fullmatch(fold(text))
    if not match:
        return ""
    return _series(match) if match["year"] else f"{match['series']}/"


@lru_cache(maxsize=256)
def parts(text: str) -> tuple[Part, ...]:
    """Return the parts of ``text`` that must all be found.

    Blanks divide, quotation marks of any kind keep together; a number of a document is one part whatever its blanks.
    """
    text = fold(_CONTROL.sub(" ", text[:MAX_TEXT]))
    found: list[Part] = []
    place = 0
    for match in _QUOTED.finditer(text):
        found += _loose(text[place : match.start()])
        if _MEANING.search(match[1]):
            found.append(Part(" ".join(match[1].split()), is_quoted=True))
        place = match.end()
    found += _loose(text[place:])
    return tuple(found[:MAX_PARTS])


def asks_nothing(text: str) -> bool:
    """Tell whether something was typed in which there is nothing to look for: marks alone."""
    return bool(text.strip()) and not parts(text)


def is_title(asked: Sequence[Part]) -> bool:
    """Tell whether what is asked is so much of a title that who finds it looks for no other title like it."""
    return not any(part.number for part in asked) and sum(len(part.text) for part in asked) >= LONG


def _loose(text: str) -> list[Part]:
    found: list[Part] = []
    place = 0
    for match in [*_NUMBER.finditer(text)] or [*_BRACKETED.finditer(text)] or [*_INDEX.finditer(text)]:
        if match.re is _INDEX and sum(map(str.isdigit, match[0])) < _INDEX_DIGITS:
            continue
        found += _words(text[place : match.start()])
        if match.re is _INDEX:
            found.append(Part(match[0].strip(), number=plain_number(match[0])))
        else:
            found.append(Part(match[0].strip(), number=_key(match), series=_series(match)))
        place = match.end()
    return found + _words(text[place:])


def _words(text: str) -> list[Part]:
    return [Part(word) for word in text.replace('"', " ").split() if _MEANING.search(word)]


def _matched(number: str) -> re.Match[str] | None:
    folded = fold(number).strip()
    return _NUMBER.fullmatch(folded) or _BRACKETED.fullmatch(folded)


def _key(match: re.Match[str]) -> str:
    return f"{match['series']}/{match['year']}/{int(match['number'])}"


def _series(match: re.Match[str]) -> str:
    return f"{match['series']}/{match['year']}/"
