"""Law that is no longer law: phrases of provisions that were replaced, with the day since when.

The phrases are data (``data/outdated.toml``).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from gongkai.text.gaps import Closed, close_gaps
from gongkai.text.sentences import sentence_around

if TYPE_CHECKING:
    from datetime import date


class Outdated(NamedTuple):
    """One phrase: ``text[start:end]`` is ``found``; ``instead`` is the law of today and ``article`` its place."""

    start: int
    end: int
    found: str
    instead: str
    article: str
    since: date


class _Phrase(NamedTuple):
    anchors: tuple[str, ...]  # every match holds one of them: looked for first, because that is much faster
    expression: re.Pattern[str]
    unless: re.Pattern[str]
    instead: str
    article: str
    since: date


def find_outdated(text: str | Closed, on: date) -> tuple[Outdated, ...]:
    """Return the phrases of ``text`` that were already outdated on ``on``, in the order of their places.

    Gaps that layout leaves inside a phrase do not hide it. A phrase whose sentence says that the rule was changed or
    abolished is left alone.
    """
    closed = text if isinstance(text, Closed) else close_gaps(text)
    found = (
        Outdated(
            *(place := closed.printed(*match.span())),
            closed.raw[slice(*place)],
            phrase.instead,
            phrase.article,
            phrase.since,
        )
        for phrase in _phrases()
        if phrase.since <= on and any(anchor in closed.text for anchor in phrase.anchors)
        for match in phrase.expression.finditer(closed.text)
        if not phrase.unless.search(sentence_around(closed.text, match.start(), match.end()))
    )
    return tuple(sorted(found))


@cache
def _phrases() -> tuple[_Phrase, ...]:
    data = resources.files("gongkai.text").joinpath("data", "outdated.toml").read_text(encoding="utf-8")
    return tuple(
        _Phrase(
            tuple(entry["anchors"]),
            re.compile(entry["find"]),
            re.compile(entry["unless"]),
            entry["instead"],
            entry["article"],
            entry["since"],
        )
        for entry in tomllib.loads(data)["phrase"]
    )
