"""Announced numbers of items against the items listed, and ordinals that skip."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.annual.audit.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.annual.audit.context import Context
    from gongkai.annual.audit.lists import Group
    from gongkai.annual.audit.mentions import Mention
    from gongkai.annual.audit.prose import Passage
    from gongkai.annual.finding import Finding

_KINDS = frozenset({"类", "大类", "个类别"})
_ASPECTS = _KINDS | {"项", "种", "方面", "个方面", "部分", "个部分"}
_HAN = "一二三四五六七八九十"
_BEGINS = re.compile(r"[^。；！？\d]{0,16}[：。，](?P<mark>一是|第一，|一要|①|（一）|1[.、．])")
_ORDINAL = re.compile(r"(?<![统唯专单同第万合归逐之十一二三四五六七八九])([一二三四五六七八九])是(?!否)")
_MARKS = {
    "一是": tuple(f"{char}是" for char in _HAN),
    "一要": tuple(f"{char}要" for char in _HAN),
    "第一，": tuple(f"第{char}，" for char in _HAN),
    "①": tuple("①②③④⑤⑥⑦⑧⑨⑩"),
    "（一）": tuple(f"（{char}）" for char in _HAN),
}
_LIST = 3


def check_counts(context: Context) -> Iterator[Finding]:
    """Yield a finding for every announced number that is not that of the items."""
    if any(mention.unit in _ASPECTS for mention in context.mentions):
        yield from _announced(context)
    for passage in context.passages:
        if "是" in passage.text:
            yield from _numbering(passage)


def _announced(context: Context) -> Iterator[Finding]:
    for mention in context.mentions:
        if mention.unit not in _ASPECTS:
            continue
        lists = [
            group for group in context.groups if len(group.parts) >= _LIST and group.parts[0].passage is mention.passage
        ]
        kinds = mention.unit in _KINDS and "into" in mention.left
        listed = _ordinals(mention) or (_counted(mention, lists) if kinds else 0)
        if listed and listed != mention.value:
            yield RULES["E2"].finding(
                expected=listed,
                found=mention.value,
                evidence=mention.evidence,
                where=mention.passage.title,
                unit=mention.unit,
            )


def _counted(mention: Mention, lists: Sequence[Group]) -> int:
    """Return how many items with numbers follow in this sentence or the next one; 0 if there is no such list."""
    for group in lists:
        first = group.parts[0]
        if first.start > mention.start and first.index <= mention.index + 2 and len(group.parts) > _LIST:
            return len(group.parts)
        near = first.start > mention.start and first.index == mention.index
        if near and group.parts[0].start - mention.end < 40:  # noqa: PLR2004 (the list begins right after)
            return len(group.parts)
    return 0


def _ordinals(mention: Mention) -> int:
    """Return how many ordinals follow (一是…二是…), 0 if none or only one does."""
    text = mention.passage.text
    begin = _BEGINS.match(text, mention.end)
    if begin is None:
        return 0
    marks = _MARKS.get(begin["mark"])
    if marks is None:
        return 0
    place, found = begin.end(), 1
    for mark in marks[1:]:
        after = text.find(mark, place)
        again = text.find(marks[0], place)
        if after < 0 or 0 <= again < after:
            break
        place, found = after + len(mark), found + 1
    return found if found > 1 else 0


def _numbering(passage: Passage) -> Iterator[Finding]:
    expected = 0
    for match in _ORDINAL.finditer(passage.text):
        place = _HAN.index(match[1])
        if expected > 0 and place not in (0, expected):
            yield RULES["E2n"].finding(
                expected=_HAN[min(expected, 9)],
                found=match[0],
                evidence=passage.printed(match.start(), min(match.end() + 12, len(passage.text))),
                where=passage.title,
            )
        expected = place + 1
