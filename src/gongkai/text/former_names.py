"""Names of bodies that no longer exist under them, with what took their place.

The names are data (``data/former_names.toml``), each with the day since when and its source.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from gongkai.text.anchors import Anchors
from gongkai.text.gaps import Closed, close_gaps
from gongkai.text.sentences import sentence_around

if TYPE_CHECKING:
    from datetime import date

_TITLED = re.compile("《[^《》]*》")


class FormerName(NamedTuple):
    """One name: ``text[start:end]`` is ``found``; ``instead`` is the body of today, ``since`` when the name ended."""

    start: int
    end: int
    found: str
    instead: str
    source: str
    since: date


class _Change(NamedTuple):
    anchors: frozenset[str]  # every name holds one of them: looked for first, because that is much faster
    expression: re.Pattern[str]
    instead: str
    source: str
    since: date


def find_former_names(text: str | Closed, on: date) -> tuple[FormerName, ...]:
    """Return the names in ``text`` that had ended before ``on``, in the order of their places.

    A name inside a title, and one whose sentence says that it is of the past, is left alone.
    """
    closed = text if isinstance(text, Closed) else close_gaps(text)
    found: list[FormerName] = []
    unless, anchors, changes = _changes()
    held = anchors.found(closed.text)
    for change in changes if held else ():
        if change.since >= on or held.isdisjoint(change.anchors):
            continue
        titles = [title.span() for title in _TITLED.finditer(closed.text)]
        for match in change.expression.finditer(closed.text):
            inside = any(start < match.start() < end for start, end in titles)
            if not inside and not unless.search(sentence_around(closed.text, match.start(), match.end())):
                start, end = closed.printed(*match.span())
                found.append(FormerName(start, end, closed.raw[start:end], change.instead, change.source, change.since))
    return tuple(sorted(found))


@cache
def _changes() -> tuple[re.Pattern[str], Anchors, tuple[_Change, ...]]:
    data = tomllib.loads(
        resources.files("gongkai.text").joinpath("data", "former_names.toml").read_text(encoding="utf-8")
    )
    changes = tuple(
        _Change(frozenset(entry["anchors"]), _expression(entry), entry["instead"], entry["source"], entry["since"])
        for entry in data["change"]
    )
    return re.compile(data["unless"]), Anchors(word for change in changes for word in change.anchors), changes


def _expression(entry: dict[str, object]) -> re.Pattern[str]:
    names = entry["names"]
    assert isinstance(names, list)
    guard = f"(?<![{entry['not_after']}])" if "not_after" in entry else ""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(f"{guard}(?:{'|'.join(longest_first)})")
