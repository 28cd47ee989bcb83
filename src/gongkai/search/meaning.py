"""What was probably meant, and what else could be asked: from the documents that were found, and from nothing else.

So neither can tell of a document that the one who asks may not see.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gongkai.search.asking import Part
from gongkai.text.normalise import fold, is_chinese
from gongkai.text.sounds import sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    if not is_chinese(text) or not _SHORTEST <= len(text) <= _LONGEST:
        return ""
    heard = [sound(char) for char in text]
    best: Counter[str] = Counter()
    for title in titles:
        for size in (len(text), len(text) + 1, len(text) - 1):
            for place in range(len(title) - size + 1):
                one = title[place : place + size]
                if one == text or not is_chinese(one):
                    continue
                if size == len(text) and [sound(char) for char in one] == heard:
                    best[one] += 3
                elif size > _SHORTEST and is_one_edit(one, text):
                    best[one] += 2 if size == len(text) else 1
    # Of a part that lacks its first character the stretch with it and the one without its last are equally near.
    return max(best, key=lambda one: (best[one], len(one)), default="")


def is_one_edit(one: str, other: str) -> bool:
    """Tell whether one wrong, missing, additional or swapped character makes ``one`` of ``other``.

    >>> is_one_edit("采砂管理", "采沙管理"), is_one_edit("公积金", "积公金"), is_one_edit("公积金", "公金")
    (True, True, True)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if len(one) == len(other):
        is_wrong = one[start + 1 :] == other[start + 1 :]
        return is_wrong or (one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :])
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[start + 1 :] == shorter[start:]
