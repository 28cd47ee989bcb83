"""The same paragraph in the reports of different bodies: 雷同, as far as the reports given together show it."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from gongkai.annual.audit.registry import RULES
from gongkai.annual.audit.series import body_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gongkai.annual.finding import Finding
    from gongkai.annual.report import Report

_LEFT_OUT = re.compile(r"[\s\d０-９，。、；：,.;:（）()“”\"]+")
_LONG = 60  # characters without marks and digits: what is shorter, offices word alike without copying
_ENOUGH = 120
_QUOTED = 60
# What the notices word for everybody.
_PRESCRIBED = re.compile("处理费|统计期限|勾稽|编制本|如有疑问|联系电话|国办发|国办函|印发〈|的通知》")


def paragraph_marks(report: Report) -> frozenset[int]:
    """Return a number for each long paragraph of ``report``: reports without a common number share none."""
    return frozenset(
        int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()) for key in _long(report)
    )


def shared_paragraphs(reports: Sequence[Report]) -> tuple[tuple[Finding, ...], ...]:
    """Return, per report, what it shares with the report of another body that has most in common with it.

    Reports without the name of a body are left alone: they may be of the same one.
    """
    paragraphs = [_long(report) for report in reports]
    bodies = [(body_key(report) or "").replace("人民", "") for report in reports]
    holders: dict[str, list[int]] = {}
    for place, own in enumerate(paragraphs):
        for key in own:
            if bodies[place]:
                holders.setdefault(key, []).append(place)
    common: list[dict[int, list[str]]] = [{} for _ in reports]
    for key, places in holders.items():
        for one in places:
            for other in places:
                if bodies[one] != bodies[other]:
                    common[one].setdefault(other, []).append(key)
    return tuple(tuple(_most_alike(reports, own, shared)) for own, shared in zip(paragraphs, common, strict=True))


def _most_alike(
    reports: Sequence[Report], printed: Mapping[str, str], common: Mapping[int, list[str]]
) -> Iterator[Finding]:
    if not common:
        return
    other = max(common, key=lambda one: (sum(map(len, common[one])), -one))
    shared = common[other]
    length = sum(map(len, shared))
    if length < _ENOUGH:
        return
    yield RULES["E7b"].finding(
        found=length,
        evidence=printed[shared[0]][:_QUOTED],
        against=reports[other].file,
        count=len(shared),
        body=reports[other].body,
        year=reports[other].year or "",
    )


def _long(report: Report) -> dict[str, str]:
    """Return the long paragraphs of the sections: without marks and digits, and as printed."""
    return {
        key: paragraph
        for section in report.sections
        for paragraph in map(str.strip, section.text.split("\n"))
        if len(paragraph) >= _LONG
        and not _PRESCRIBED.search(paragraph)
        and len(key := _LEFT_OUT.sub("", paragraph)) >= _LONG
    }
