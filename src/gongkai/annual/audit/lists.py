"""Wholes and their parts in prose: ``425条，其中…``, brackets, ``N件中，…``, categories, ``…，合计N篇``.

A list may name only some of the parts. It is taken for complete only where its words say so: 其他 at its end, 分为, two
kinds of applicant, all three kinds of disclosure, shares that add up to 100 %, or a remainder too small to be meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.annual.audit.lexicon import GROUPS
from gongkai.annual.audit.mentions import OUTCOMES, REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.annual.audit.mentions import Mention
    from gongkai.annual.report import Number

_WITHIN = re.compile(r"[^，；。：（）\d]{0,14}中[，：,]")
_SHARE_GAP = re.compile(r"[，、,]?（?(?:约?占[^\d，；。（）]{0,14}|占?比(?:例|重)?(?:为|达|约)?)?$")
_REST = re.compile("(?<![或和及、者与])其他|其余|另外")
_AGAIN = re.compile("^[，、；]?(?:另|此外|同时|累计|全年|我[市县区局镇]|全[市县区局镇])")
_ALL_OUTCOMES = frozenset({"granted", "partial", "refused", "unable", "unprocessed", "otherwise"})
_NEW_ACT = re.compile(
    "发布|转载|推送|制作|开展|组织(?:召开|实施|参加|学习)|报送|回应|召开|举办|印发|编发|采编|刊发|接受|回复|关停|注销"
)
_ATTRIBUTES = ("主动公开", "依申请", "不")
_LIST = 4  # so many items in one sentence make a list by category
_NEARLY = Decimal("0.9")  # a list that reaches this much of its whole is meant to be complete
_MOSTLY = Decimal("0.5")
_SEVERAL = 3
_CHANNELS = GROUPS["channel"]
_SKIPPED = frozenset({"%", "个百分点", "百分点", "年", "月", "日", "天", "字", "页", "小时", "分钟", "倍"})


@dataclass(slots=True)
class Group:
    """A whole, ``None`` where no number states it, and its parts. ``kind`` is how they were joined."""

    whole: Mention | None
    parts: list[Mention]
    kind: str
    candidates: list[Mention] = field(default_factory=list)  # other numbers that may be the whole
    shares: dict[int, Mention] = field(default_factory=dict)  # percentages by the start of their part

    @property
    def total(self) -> Number:
        """The sum of the parts."""
        result: Number = 0
        for part in self.parts:
            result += part.value
        return result

    @property
    def complete(self) -> bool:
        """Whether the words present the parts as all there are."""
        parts = self.parts
        left = {symbol for part in parts for symbol in part.left}
        if len(left & OUTCOMES) > 1:
            return left >= _ALL_OUTCOMES
        if self.kind in ("sum", "bracket", "into") or _REST.search(parts[-1].label):
            return True
        if {"natural", "organisations"} <= left:
            return True
        labels = [part.label for part in parts]
        if len(parts) == len(_ATTRIBUTES) and all(any(word in label for label in labels) for word in _ATTRIBUTES):
            return True
        if len(self.shares) == len(parts):
            stated = sum((Decimal(share.value) for share in self.shares.values()), Decimal(0))
            if abs(stated - 100) < 3:  # noqa: PLR2004 (percentage points: more is no slip)
                return True
        whole = self.whole
        return whole is not None and len(parts) >= _SEVERAL and self.total >= whole.value * _NEARLY

    @property
    def nearly(self) -> bool:
        """Whether the parts make up most of the whole, so that a reader takes them for all."""
        whole = self.whole
        named = any(not OUTCOMES.isdisjoint(part.left) for part in self.parts)  # outcomes are named as need be
        enough = len(self.parts) >= _SEVERAL and not named
        return whole is not None and enough and self.total >= whole.value * _MOSTLY

    @property
    def overlapping(self) -> bool:
        """Whether the parts are channels of publication, in which one thing may be counted several times."""
        counted = sum(not _CHANNELS.isdisjoint(part.left) for part in self.parts)
        return counted > 1 and self.parts[0].noun != "app"


def groups(mentions: Sequence[Mention]) -> list[Group]:
    """Return the wholes and parts among the numbers of one passage, in order."""
    counted = [mention for mention in mentions if mention.unit not in _SKIPPED]
    shares = _shares(mentions)
    found = [*_explicit(counted, shares)]
    taken = {part.start for group in found for part in group.parts}
    found += _listed(counted, taken, shares)
    found.sort(key=lambda group: group.parts[0].start)
    for group in found:
        group.shares = {part.start: shares[part.start] for part in group.parts if part.start in shares}
    return found


def _shares(mentions: Sequence[Mention]) -> dict[int, Mention]:
    """Return the percentage said of a number right after it, by the start of the number."""
    found: dict[int, Mention] = {}
    for before, share in pairwise(mentions):
        if share.unit == "%" and before.unit not in _SKIPPED and before.passage is share.passage:
            between = before.passage.text[before.end : share.start]
            if ("占" in between or between.endswith("（") or "比" in between) and _SHARE_GAP.search(between):
                found[before.start] = share
    return found


def _explicit(counted: Sequence[Mention], shares: dict[int, Mention]) -> Iterator[Group]:
    for place, mention in enumerate(counted):
        if not mention.unit:
            continue
        text = mention.passage.text
        if text.startswith("（", mention.end):
            yield from _bracket(counted, place, shares)
        if mention.among:
            group = _among(counted, place, shares)
            if group is not None:
                yield group
        elif "joint" in mention.left and place >= 2:  # noqa: PLR2004 (two parts at least)
            parts = [*_run_before(counted, place)]
            if len(parts) > 1:
                yield Group(mention, parts, "sum")
        if text.find("中", mention.end, mention.end + 18) >= 0 and _WITHIN.match(text, mention.end):
            parts = [*_run(counted, place + 1, mention, shares)]
            if len(parts) > 1 and parts[0].index == mention.index:
                yield Group(mention, parts, "within")


def _bracket(counted: Sequence[Mention], place: int, shares: dict[int, Mention]) -> Iterator[Group]:
    """``197条（政府预决算32条、部门预决算165条）``."""
    whole = counted[place]
    if place + 2 >= len(counted):
        return
    parts = [*_run(counted, place + 1, whole, shares)]
    if len(parts) > 1 and not parts[0].among and parts[0].index == whole.index and parts[0].depth > whole.depth:
        yield Group(whole, parts, "bracket")


def _among(counted: Sequence[Mention], place: int, shares: dict[int, Mention]) -> Group | None:
    """``425条，其中…``: the whole stands before, in this sentence or in the one before it."""
    first = counted[place]
    before = [
        mention
        for mention in counted[max(0, place - 8) : place]
        if mention.unit == first.unit and mention.depth <= first.depth and mention.index >= first.index - 1
    ]
    if not before:
        return None
    if first.index == before[-1].index:
        before = [mention for mention in before if mention.index == first.index]
    parts = [*_run(counted, place, first, shares)]
    whole = before[-1]
    for count in range(1, len(parts)):
        alike = "类" in first.label and "类" in parts[count].label
        if not alike and sum(part.value for part in parts[:count]) == whole.value:  # what follows is another statement
            parts = parts[:count]
            break
    return Group(whole, parts, "among", [mention for mention in before if mention is not whole])


def _run(counted: Sequence[Mention], place: int, like: Mention, shares: dict[int, Mention]) -> Iterator[Mention]:
    """Yield the numbers from ``place`` on that count the same things, at the same depth of the same sentence.

    Items with shares may go on in a sentence of their own.
    """
    first = last = counted[place]
    kind = _class(first)
    for mention in counted[place:]:
        goes_on = mention.index == last.index + 1 and mention.start in shares and last.start in shares
        if (mention.index != last.index and not goes_on) or mention.depth < first.depth:
            return
        if mention.depth > first.depth:
            continue
        bare = mention.unit == "" and mention.left
        if mention.unit != like.unit and not bare:
            return
        if mention is not first and (mention.among or "joint" in mention.left or _starts_anew(first, kind, mention)):
            return
        last = mention
        yield mention


_CLASSES = (
    OUTCOMES,
    GROUPS["applicant"],
    _CHANNELS,
    GROUPS["result"],
    frozenset({"received", "done", "handled", "carried"}),
)


_CLASS_OF = {symbol: place for place in reversed(range(len(_CLASSES))) for symbol in _CLASSES[place]}


def _class(mention: Mention) -> int:
    """Return by what the number is one of several: outcome, applicant, channel, result, act; -1 for none."""
    return min([_CLASS_OF[symbol] for symbol in mention.left if symbol in _CLASS_OF], default=-1)


def _starts_anew(first: Mention, one: int, mention: Mention) -> bool:
    """Tell whether ``mention`` is of another statement than the list that began with ``first``, of class ``one``."""
    if _AGAIN.search(mention.passage.text[mention.item : mention.start]):
        return True
    if mention.noun != first.noun and mention.noun in REMEDY:
        return True
    if _NEW_ACT.search(mention.label) and not _NEW_ACT.search(first.label):
        return True
    other = _class(mention)
    return other not in (-1, one) and (one != -1 or other == len(_CLASSES) - 1)


def _run_before(counted: Sequence[Mention], place: int) -> list[Mention]:
    whole = counted[place]
    parts: list[Mention] = []
    for mention in reversed(counted[:place]):
        if mention.index != whole.index or mention.depth != whole.depth or mention.unit != whole.unit:
            break
        parts.append(mention)
    return parts[::-1]


def _listed(counted: Sequence[Mention], taken: set[int], shares: dict[int, Mention]) -> Iterator[Group]:
    """Yield lists without 其中: by category (``…类信息2条``), by outcome, or with a share after every item."""
    place = 0
    while place < len(counted):
        first = counted[place]
        heads = first.start in taken or not first.unit or _heads(first)
        run = [] if heads else _items(counted, place, taken, shares)
        if not run:
            place += 1
            continue
        kind = _kind(run, shares)
        if kind == "applicants":
            yield Group(None, run, kind)
        elif kind:
            candidates = [
                mention
                for mention in counted[:place]
                if mention.unit == first.unit
                and mention.start not in taken
                and mention.value >= max(p.value for p in run)
            ]
            if kind == "outcomes":
                candidates = [mention for mention in candidates if "done" in mention.left]
            alike = [mention for mention in counted[:place] if _alike(mention, run)]
            if kind == "categories" and not alike:
                likely = [
                    mention for mention in candidates if "disclosed" in mention.left and "stock" not in mention.left
                ]
                candidates = [mention for mention in candidates if mention not in likely] + likely
            whole = alike[-1] if alike else candidates[-1] if candidates else None
            others = [mention for mention in candidates if mention is not whole and not alike]
            yield Group(whole, run, kind, others)
        place += len(run)


def _items(counted: Sequence[Mention], place: int, taken: set[int], shares: dict[int, Mention]) -> list[Mention]:
    """Return the items of a list that begins at ``place``; items with shares may stand in sentences of their own."""
    first = counted[place]
    run = [first]
    for mention in counted[place + 1 :]:
        if mention.depth > first.depth:
            continue
        same = mention.index == run[-1].index
        shared = mention.index == run[-1].index + 1 and mention.start in shares and run[-1].start in shares
        if mention.unit != first.unit or mention.start in taken or mention.depth < first.depth or not (same or shared):
            break
        run.append(mention)
    return run


def _heads(mention: Mention) -> bool:
    """Tell whether a colon after the number makes it the whole of what follows."""
    return mention.passage.text[mention.end : mention.end + 1] == "："


def _kind(run: Sequence[Mention], shares: dict[int, Mention]) -> str:
    first = run[0]
    if len(run) == 1:
        return "shares" if first.start in shares else ""
    with_share = sum(mention.start in shares for mention in run)
    text, start = first.passage.text, first.sentence.start
    announced = text.find("分", start, first.start) >= 0 or text.find("有", start, first.start) >= 0
    if announced and "into" in first.passage.words(start, first.start):
        return "into"
    if sum(not OUTCOMES.isdisjoint(mention.left) for mention in run) >= _LIST:
        return "outcomes"
    by_kind = sum("类" in mention.label for mention in run)
    if len(run) >= _LIST and (by_kind * 2 > len(run) or with_share * 2 > len(run)):
        return "categories"
    if {"natural", "organisations"} <= {symbol for mention in run for symbol in mention.left}:
        return "applicants"
    return "shares" if with_share == len(run) else ""


def _alike(mention: Mention, run: Sequence[Mention]) -> bool:
    """Tell whether ``mention`` states the total of what the items of ``run`` name: 主动公开政府信息 for both."""
    return (
        mention.unit == run[0].unit
        and "disclosed" in mention.left
        and all("disclosed" in item.left for item in run)
        and mention.start < run[0].start
        and not any(item.start == mention.start for item in run)
    )
