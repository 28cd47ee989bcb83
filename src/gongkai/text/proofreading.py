"""Slips of the pen in official prose: wrong characters, wrong words, words printed twice, stray punctuation.

The lists (``data/slips.toml``) hold only what is wrong wherever it stands: a finding that a careful editor would reject
costs more than a slip that is missed. ``find`` reads the text as a reader does: gaps that layout leaves inside a word
do not hide it. Law that is no longer law is a list of its own, ``gongkai.text.outdated``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.text import segmentation
from gongkai.text.gaps import close_gaps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.text.gaps import Closed

# Two, three and four characters are tried one after the other: one expression for all of them is ten times slower.
_TWICE = {length: re.compile(rf"(.{{{length}}})\1") for length in (2, 3, 4)}
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_REPETITION = "repetition"
# What stands at the end of one line and at the head of the next is no repetition: headings and table heads do that.
_UNBROKEN = {_REPETITION, "punctuation"}
_CONTEXT = 12  # characters on either side that settle how a repetition is cut into words


class Slip(NamedTuple):
    """One slip: ``text[start:end]`` is ``found``, layout gaps included.

    ``suggestion`` is a proposal beside what was printed, never a repair. ``kind`` is ``typo``, ``usage``, ``doubled``
    or ``punctuation``; ``note`` says in Chinese why it is wrong.
    """

    start: int
    end: int
    found: str
    suggestion: str
    kind: str
    note: str


class _Pattern(NamedTuple):
    anchor: str  # a string every match holds: looked for first, because that is much faster
    expression: re.Pattern[str]
    suggestion: str
    kind: str
    note: str
    innocent: frozenset[str]


def find(text: str) -> tuple[Slip, ...]:
    """Return the slips of ``text`` in the order of their places; of overlapping ones only the first and longest."""
    closed = close_gaps(text)
    found = [*_pairs(closed.text), *_patterns(closed.text), *_repetitions(closed.text)]
    found = [slip for slip in (_in_print(slip, text, closed) for slip in found) if slip is not None]
    result: list[Slip] = []
    for slip in sorted(found, key=lambda one: (one.start, -one.end)):
        if not result or slip.start >= result[-1].end:
            result.append(slip)
    return tuple(result)


def _pairs(text: str) -> Iterator[Slip]:
    entries = _entries()
    for match in _wrong().finditer(text):
        entry = entries[match[0]]
        before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
        if not (after and after in entry["not_before"]) and not (before and before in entry["not_after"]):
            yield Slip(match.start(), match.end(), match[0], entry["right"], entry["kind"], entry["note"])


def _patterns(text: str) -> Iterator[Slip]:
    for pattern in _compiled():
        if pattern.anchor not in text:
            continue
        for match in pattern.expression.finditer(text):
            if match[0] not in pattern.innocent:
                right = match.expand(pattern.suggestion)
                yield Slip(match.start(), match.end(), match[0], right, pattern.kind, pattern.note)


def _repetitions(text: str) -> Iterator[Slip]:
    rules = _data("slips")["doubled"]
    code = text.encode("utf-32-le", "surrogatepass")
    number = int.from_bytes(code, "little")
    for length, expression in _TWICE.items():
        # Where the text agrees with itself moved by that length nothing is left of the two: that many zeros must be
        # there. Looking for them is ten times faster than the expression, which few texts then need.
        left = number ^ (number >> 32 * length)
        if bytes(4 * length) not in left.to_bytes(len(code), "little"):
            continue
        for match in expression.finditer(text):
            once = match[1]
            if (
                len(set(once)) == 1
                or once.startswith("一")
                or not _CHINESE.fullmatch(once)
                or match[0] in rules["words"]
                or text.startswith(tuple(rules["heads"]), match.end())
            ):
                continue
            # The same characters twice are a repetition only if the cutter sees the same word or words twice:
            # 工作 + 工作人员, 国家 + 国家公园 are not.
            start = max(match.start() - _CONTEXT, 0)
            tokens = segmentation.tokenize(text[start : match.end() + _CONTEXT])
            edges = {start + edge for token in tokens for edge in (token.start, token.end)}
            if edges >= {match.start(), match.start() + len(once), match.end()}:
                yield Slip(match.start(), match.end(), match[0], once, _REPETITION, rules["note"])


def _in_print(slip: Slip, text: str, closed: Closed) -> Slip | None:
    """Return ``slip`` at its place in ``text``; ``None`` for a repetition that only a gap brought together."""
    start, end = closed.printed(slip.start, slip.end)
    if slip.kind in _UNBROKEN and end - start != slip.end - slip.start:
        return None
    kind = "doubled" if slip.kind == _REPETITION else slip.kind
    return slip._replace(start=start, end=end, found=text[start:end], kind=kind)


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("gongkai.text").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _entries() -> dict[str, dict[str, str]]:
    plain = {
        wrong: {"right": right, "kind": group["kind"], "note": group["note"], "not_before": "", "not_after": ""}
        for group in _data("slips")["group"]
        for wrong, right in group["pairs"].items()
    }
    guarded = {
        entry["wrong"]: {"kind": "typo", "note": "同音或者形近而误", "not_before": "", "not_after": "", **entry}
        for entry in _data("slips")["guarded"]
    }
    return plain | guarded


@cache
def _wrong() -> re.Pattern[str]:
    # Grouped by the first character, which the engine looks up at once; the longest first, so that a shorter entry
    # that begins alike does not hide it.
    words = sorted(_entries(), key=lambda word: (word[0], -len(word)))
    branches = (
        f"{re.escape(first)}(?:{'|'.join(re.escape(word[1:]) for word in group)})"
        for first, group in groupby(words, key=itemgetter(0))
    )
    return re.compile("|".join(branches))


@cache
def _compiled() -> tuple[_Pattern, ...]:
    return tuple(
        _Pattern(
            entry["anchor"],
            re.compile(entry["find"]),
            entry["suggestion"],
            entry["kind"],
            entry["note"],
            frozenset(entry.get("except", ())),
        )
        for entry in _data("slips")["pattern"]
    )
