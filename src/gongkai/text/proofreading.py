"""Slips of the pen in official prose: wrong characters, wrong words, words printed twice, stray punctuation.

The lists (``data/slips.toml``) hold only what is wrong wherever it stands: a finding that a careful editor would reject
costs more than a slip that is missed. ``find`` reads the text as a reader does: gaps that layout leaves inside a word
do not hide it. Law that is no longer law is a list of its own, ``gongkai.text.outdated``.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.text import segmentation
from gongkai.text.anchors import Anchors
from gongkai.text.gaps import Closed, close_gaps

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    anchor: str  # a string every match holds, ``at`` characters after its begin: looking for it is much faster
    at: int
    expression: re.Pattern[str]
    suggestion: str
    kind: str
    note: str
    innocent: frozenset[str]


def find(text: str | Closed) -> tuple[Slip, ...]:
    """Return the slips of ``text`` in the order of their places; of overlapping ones only the first and longest."""
    closed = text if isinstance(text, Closed) else close_gaps(text)
    found = [*_pairs(closed.text), *_patterns(closed.text), *_repetitions(closed.text)]
    found = [slip for slip in (_in_print(slip, closed) for slip in found) if slip is not None]
    result: list[Slip] = []
    for slip in sorted(found, key=lambda one: (one.start, -one.end)):
        if not result or slip.start >= result[-1].end:
            result.append(slip)
    return tuple(result)


def _pairs(text: str) -> Iterator[Slip]:
    entries = _entries()
    telling, anchored = _anchored()
    for match in telling.finditer(text):
        for wrong, offset in anchored[match[0]]:
            start = match.start() - offset
            if start < 0 or not text.startswith(wrong, start):
                continue
            end, entry = start + len(wrong), entries[wrong]
            before, after = text[max(start - 1, 0) : start], text[end : end + 1]
            if not (after and after in entry["not_before"]) and not (before and before in entry["not_after"]):
                yield Slip(start, end, wrong, entry["right"], entry["kind"], entry["note"])


def _patterns(text: str) -> Iterator[Slip]:
    held = _pattern_anchors().found(text)
    for pattern in _compiled():
        if pattern.anchor and pattern.anchor not in held:
            continue
        for match in _matches(pattern, text):
            if match[0] not in pattern.innocent:
                right = match.expand(pattern.suggestion)
                yield Slip(match.start(), match.end(), match[0], right, pattern.kind, pattern.note)


def _matches(pattern: _Pattern, text: str) -> Iterator[re.Match[str]]:
    if not pattern.anchor:
        yield from pattern.expression.finditer(text)
        return
    place = text.find(pattern.anchor)
    while place >= 0:
        match = pattern.expression.match(text, max(place - pattern.at, 0))
        if match is not None:
            yield match
        place = text.find(pattern.anchor, match.end() if match else place + 1)


def _repetitions(text: str) -> Iterator[Slip]:
    rules = _data("slips")["doubled"]
    code = text.encode("utf-16-le", "surrogatepass")  # two bytes for every Chinese character
    number = int.from_bytes(code, "little")
    for length, expression in _TWICE.items():
        # Where the text agrees with itself moved by that length nothing is left of the two: that many zeros must be
        # there. Looking for them is ten times faster than the expression, which few texts then need.
        left = number ^ (number >> 16 * length)
        if bytes(2 * length) not in left.to_bytes(len(code), "little"):
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


def _in_print(slip: Slip, closed: Closed) -> Slip | None:
    """Return ``slip`` at its place in print; ``None`` for a repetition that only a gap brought together."""
    start, end = closed.printed(slip.start, slip.end)
    if slip.kind in _UNBROKEN and end - start != slip.end - slip.start:
        return None
    kind = "doubled" if slip.kind == _REPETITION else slip.kind
    return slip._replace(start=start, end=end, found=closed.raw[start:end], kind=kind)


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
def _anchored() -> tuple[re.Pattern[str], dict[str, list[tuple[str, int]]]]:
    """Return what to look for, and by that character the wrong strings that hold it, with its place in them.

    Each string is looked for by the one of its characters that is rarest in the right words, mostly the wrong one, and
    a neighbour: few places of a text without slips need a second look.
    """
    common = Counter("".join(entry["right"] for entry in _entries().values()))
    found: dict[str, list[tuple[str, int]]] = {}
    for wrong in _entries():
        telling = min(wrong, key=lambda char: common[char])
        found.setdefault(telling, []).append((wrong, wrong.index(telling)))
    branches = []
    for telling, listed in found.items():
        before = "".join(re.escape(wrong[offset - 1]) for wrong, offset in listed if offset)
        after = "".join(re.escape(wrong[1]) for wrong, offset in listed if not offset)
        near = [*([f"(?<=[{before}]{re.escape(telling)})"] if before else []), *([f"(?=[{after}])"] if after else [])]
        branches.append(f"{re.escape(telling)}(?:{'|'.join(near)})")
    return re.compile("|".join(branches)), found


@cache
def _pattern_anchors() -> Anchors:
    return Anchors(pattern.anchor for pattern in _compiled() if pattern.anchor)


@cache
def _compiled() -> tuple[_Pattern, ...]:
    return tuple(
        _Pattern(
            entry["anchor"],
            entry.get("at", 0),
            re.compile(entry["find"]),
            entry["suggestion"],
            entry["kind"],
            entry["note"],
            frozenset(entry.get("except", ())),
        )
        for entry in _data("slips")["pattern"]
    )
