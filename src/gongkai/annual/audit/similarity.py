"""How much of one text is in another: four-character shingles without digits and white space."""

from __future__ import annotations

import re

_LEFT_OUT = re.compile(r"[\s\d０-９]+")
_SHINGLE = 4
_ENOUGH = 200  # characters: the fixed phrases of a short report are alike every year
_QUOTED = 60  # characters of a copied sentence shown as evidence
_SENTENCE = re.compile(r"[^。！？\n]{20,}[。！？]")


def _shingles(text: str) -> frozenset[str]:
    plain = _LEFT_OUT.sub("", text)
    if len(plain) < _ENOUGH:
        return frozenset()
    return frozenset(plain[place : place + _SHINGLE] for place in range(len(plain) - _SHINGLE + 1))


def similarity(one: str, other: str) -> float:
    """Return the share of shingles two texts have in common (Jaccard), 0 to 1; 0 where one is too short to judge."""
    first, second = _shingles(one), _shingles(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def copied_part(earlier: str, later: str) -> str:
    """Return a sentence of ``later`` that stands in ``earlier`` word for word, cut to what one reads; else empty."""
    for match in _SENTENCE.finditer(later):
        if match[0] in earlier:
            return match[0][:_QUOTED]
    return ""
