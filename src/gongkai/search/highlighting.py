"""Marking in the words of a document what was looked for: segments of plain text, to be escaped by whoever shows them.

It is done on the text itself, not on what the engine cut it into; offsets of the folded text are those of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.search.port import Hit, Segment
from gongkai.text.normalise import fold
from gongkai.text.synonyms import alternatives, without_fillers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.search.asking import Part
    from gongkai.search.port import Document
    from gongkai.text.segmentation import Cutter

WIDTH = 90
"""Characters of a passage, more or less: it begins and ends where a sentence does if one is near."""
LEAD = 24
"""Characters before the first thing found in a passage."""
_FOLDED = 4000
"""Characters of a text that are looked at in one spelling; beyond them only as they are printed."""
_MOST_PLACES = 400
_ENDS = "。；！？\n"
_NEAR = 16


def needles(parts: Sequence[Part], cutter: Cutter) -> tuple[str, ...]:
    """Return what is to be marked for ``parts``, the longest first: the parts, what means the same, their words."""
    found: dict[str, None] = {}
    for part in parts:
        found[part.text.lower()] = None
        if part.is_quoted or part.number:
            continue
        for stretch in alternatives(part.text):
            found |= dict.fromkeys(one.lower() for one in stretch)
        words = [word.lower() for word in cutter.words(without_fillers(part.text) or part.text)]
        found |= dict.fromkeys(word for word in words if len(word) > 1 or len(part.text) == 1)
    return tuple(sorted(filter(None, found), key=len, reverse=True))


def hit_of(document: Document, wanted: Sequence[str], count: int) -> Hit:
    """Return ``document`` as a list shows it, with ``count`` passages."""
    return Hit(
        key=document.key,
        kind=document.kind,
        title=marked(document.title, wanted),
        passages=passages(document.body, wanted, count),
        number=document.numbers[0] if document.numbers else "",
        unit=document.unit,
        day=document.day,
        validity=document.validity,
        subject=document.subject,
    )


def marked(text: str, wanted: Sequence[str]) -> tuple[Segment, ...]:
    """Return all of ``text`` in segments."""
    return _segments(text, 0, len(text), _merged(_places(_looked_at(text), wanted)))


def passages(text: str, wanted: Sequence[str], count: int) -> tuple[tuple[Segment, ...], ...]:
    """Return the ``count`` stretches of ``text`` that hold most of ``wanted``; its beginning where none holds any.

    >>> [segment.text for segment in passages("一、总则。二、河道采砂实行许可。", ("采砂",), 1)[0]]
    ['一、总则。二、河道', '采砂', '实行许可。']
    """
    if count < 1 or not text:
        return ()
    places = _places(_looked_at(text), wanted)
    merged = _merged(places)
    windows = _windows(places, count) or [(0, min(WIDTH, len(text)))]
    return tuple(_segments(text, *_widened(text, start, end), merged) for start, end in windows)


def _looked_at(text: str) -> str:
    looked = fold(text[:_FOLDED]) + text[_FOLDED:]
    lowered = looked.lower()
    return lowered if len(lowered) == len(text) else looked  # a letter may become two


def _places(text: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    """Return where ``wanted`` stand, in order; of a long text the first few hundred places."""
    found: set[tuple[int, int]] = set()
    for needle in wanted:
        place = text.find(needle)
        while place >= 0 and len(found) < _MOST_PLACES:
            found.add((place, place + len(needle)))
            place = text.find(needle, place + len(needle))
    return sorted(found)


def _merged(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in places:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _windows(places: Sequence[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """Return up to ``count`` stretches that do not overlap, those first that hold the longest and the most."""
    scored: list[tuple[int, int, int]] = []
    for first, (start, _) in enumerate(places):
        held = {end - begin for begin, end in places[first : first + _NEAR] if end <= start + WIDTH - LEAD}
        scored.append((-sum(size * size for size in held), start, max(0, start - LEAD)))
    chosen: list[tuple[int, int]] = []
    for _, _, start in sorted(scored):
        end = start + WIDTH
        if all(end <= begin or start >= stop for begin, stop in chosen):
            chosen.append((start, end))
            if len(chosen) == count:
                break
    return sorted(chosen)


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Begin after the end of a sentence, and end with one, where that is near."""
    begin = 0
    if start > _NEAR:
        before = max(text.rfind(mark, start - _NEAR, start + _NEAR // 2) for mark in _ENDS)
        begin = before + 1 if before >= 0 else start
    ends = [place for mark in _ENDS if (place := text.find(mark, end - _NEAR, end + _NEAR)) >= 0]
    return begin, min(min(ends) + 1 if ends else end, len(text))


def _segments(text: str, start: int, end: int, hits: Iterable[tuple[int, int]]) -> tuple[Segment, ...]:
    found: list[Segment] = []
    place = start
    for begin, stop in hits:
        begin, stop = max(begin, start), min(stop, end)  # noqa: PLW2901 -- cut to the window
        if begin >= stop:
            continue
        if begin > place:
            found.append(Segment(text[place:begin]))
        found.append(Segment(text[begin:stop], is_hit=True))
        place = stop
    if place < end:
        found.append(Segment(text[place:end]))
    return tuple(found)
