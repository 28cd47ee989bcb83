"""What the report's own prose says about cells: used only to decide between readings of digits that ran together."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from gongkai.annual.reader.flow import PROACTIVE, SUMMARY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.annual.report import Number

_NUMBER = r"(\d[\d,]*)\s*[余多]?\s*[件份条部个宗]"
_GAP = r"[^\d。;,、]{0,14}"
_SPECIFIC = rf"规范性文件{_GAP}"
_PATTERNS: dict[str, tuple[str, ...]] = {
    f"{PROACTIVE}.normative_documents.made": (
        rf"(?:制发|制定|新制定|出台|印发|发布)(?!.{{0,12}}(?:有效|废止)){_GAP}{_SPECIFIC}{_NUMBER}",
        rf"规范性文件{_GAP}{_NUMBER}",
        rf"(?:制发|制定|出台|印发){_GAP}{_NUMBER}(?:行政)?规范性文件",
    ),
    f"{PROACTIVE}.normative_documents.repealed": (rf"(?:废止|失效|宣布失效){_GAP}{_NUMBER}",),
    f"{PROACTIVE}.normative_documents.in_force": (rf"(?:现行有效|继续有效|有效){_GAP}{_NUMBER}",),
    f"{PROACTIVE}.rules.made": (rf"规章{_GAP}{_NUMBER}",),
    f"{SUMMARY}.disclosed_documents.year": (
        rf"主动公开(?:的)?(?:政府)?(?:信息|文件)(?:总数|数量|数)?(?:为|共)?{_NUMBER}",
    ),
    f"{SUMMARY}.requests_received.year": (rf"(?:收到|受理){_GAP}申请{_GAP}{_NUMBER}",),
    f"{SUMMARY}.answers_total.year": (rf"答复总数{_GAP}{_NUMBER}",),
}


@cache
def _compiled() -> dict[str, tuple[re.Pattern[str], ...]]:
    return {key: tuple(map(re.compile, patterns)) for key, patterns in _PATTERNS.items()}


def from_prose(text: str) -> Mapping[str, frozenset[Number]]:
    """Return the numbers that the folded prose ``text`` gives for cells, by cell key: every hit, not the first."""
    found: dict[str, set[Number]] = defaultdict(set)
    for key, patterns in _compiled().items():
        for pattern in patterns:
            found[key] |= {int(match[1].replace(",", "")) for match in pattern.finditer(text)}
    return {key: frozenset(values) for key, values in found.items()}
