"""What was probably meant, and what else could be asked: from the documents that were found, and from nothing else.

So neither can tell of a document that the one who asks may not see.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gongkai.search.likeness import is_one_edit
from gongkai.text.normalise import fold
from gongkai.text.sounds import sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.search.asking import Part

_SHORTEST, _LONGEST = 2, 24
RELATED = 6


def did_you_mean(parts: Sequence[Part], titles: Iterable[str], is_known: Iterable[bool]) -> str:
    """Return the text with each part that stands in no document replaced by what it resembles in ``titles``.

    A stretch resembles a part that sounds the same or is one edit away. Empty where nothing does. ``is_known`` says of
    each part whether it stands anywhere as typed.
    """
    held = [fold(title) for title in titles]
    said: list[str] = []
    is_changed = False
    for part, known in zip(parts, is_known, strict=True):
        meant = "" if known or part.is_quoted or part.number else _meant(part.text, held)
        is_changed = is_changed or bool(meant)
        said.append(f'"{part.text}"' if part.is_quoted else meant or part.text)
    return " ".join(said) if is_changed else ""


def related(parts: Sequence[Part], keywords: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the keywords that the documents found bear most often, without those that were asked for."""
    asked = {part.text for part in parts}
    counted = Counter(word for words in keywords for word in words if word and word not in asked)
    return tuple(word for word, _ in counted.most_common(RELATED))


def _meant(text: str, titles: Sequence[str]) -> str:
    if not text.isalnum() or not _SHORTEST <= len(text) <= _LONGEST:
        return ""
    heard = [sound(char) for char in text]
    best: dict[str, int] = {}
    for title in titles:
        for size in (len(text), len(text) + 1, len(text) - 1):
            for place in range(len(title) - size + 1):
                one = title[place : place + size]
                if one == text or not one.isalnum():
                    continue
                if size == len(text) and [sound(char) for char in one] == heard:
                    best[one] = 4
                elif size > _SHORTEST and is_one_edit(one, text):
                    # A mistake stands more often inside than at an end, where the stretch may be cut amiss.
                    best[one] = 1 + (one[0] == text[0]) + (one[-1] == text[-1])
    return max(best, key=lambda one: (best[one], len(one)), default="")
