"""The words of this place: what the general dictionary cannot know and its documents are full of.

Names of units, of places, and terms of what is published. They lie beside each index, which is asked with the words it
was built with; new ones are taken up by the next rebuild. No document is lost by an old list: bigrams find it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gongkai.indexing.sources import all_sources
from gongkai.text.normalise import fold, is_chinese
from gongkai.text.segmentation import domain_words

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 5000
_SHORTEST, _LONGEST = 2, 12


def learnt() -> tuple[str, ...]:
    """Return the words that all rooms name, at most ``MOST``, the commonest kept; in one order whatever theirs."""
    known = frozenset(domain_words())
    counted: Counter[str] = Counter()
    for source in all_sources():
        counted.update(_fitting(source.words(), known))
    return tuple(sorted(word for word, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]))


def _fitting(words: Iterable[str], known: frozenset[str]) -> Iterable[str]:
    for word in words:
        plain = fold(word).strip()
        if _SHORTEST <= len(plain) <= _LONGEST and is_chinese(plain) and plain not in known:
            yield plain
