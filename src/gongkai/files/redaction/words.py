"""Finding words on pages, the words under boxes, and where those words still stand.

Words are compared without white space, wide and narrow forms alike, capitals alike: so a name is found across a line
break, a blank between its characters or the gap of a table.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from gongkai.files.redaction.boxes import Rect

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gongkai.files.redaction.boxes import Box
    from gongkai.files.redaction.glyphs import Glyph

MAX_HITS = 2_000
"""Places of one search."""

_COVERED = 0.3
"""Share of a character's ink that a box must cover for the whole character to be gone."""

_LEAST_WIDE, _LEAST_NARROW = 2, 4
"""Characters of a Chinese word, and of one in letters or digits, below which it says too little to be looked for."""

_PIECES = re.compile(r"[^\w@.·\-]+|[_]+")
_PADDING = 0.06
GAP = "\0"
"""What stands for covered characters in a text."""


def plain(text: str) -> str:
    """Return ``text`` as it is compared: compatible forms alike, no white space, no capitals.

    >>> plain("张 三  ＩＤ")
    '张三id'
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a word stands: its boxes by page (one for each line), and the text around it."""

    rects: tuple[tuple[int, Rect], ...]
    around: str


@dataclass(frozen=True, slots=True)
class Remaining:
    """A covered word that stands elsewhere, uncovered: on which pages, and how often."""

    word: str
    pages: tuple[int, ...]
    count: int


def is_covered(glyph: Glyph, rects: Iterable[Rect]) -> bool:
    """Tell whether a character is gone under boxes."""
    ink = glyph.ink
    across, down = (ink.x0 + ink.x1) / 2, (ink.y0 + ink.y1) / 2
    return any(rect.holds(across, down) or rect.shared(ink) > _COVERED * ink.area for rect in rects)


class Text:
    """The characters of a document as one text; by the order they were written and by the order they stand in."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self.glyphs = glyphs

    @cached_property
    def _orders(self) -> tuple[tuple[str, list[int]], ...]:
        written = _flow(self.glyphs, range(len(self.glyphs)))
        standing = _flow(self.glyphs, _by_lines(self.glyphs))
        return (written,) if written[0] == standing[0] else (written, standing)

    def occurrences(self, word: str) -> list[tuple[int, ...]]:
        """Return the characters (by index) of every place where ``word``, already ``plain``, stands."""
        found: dict[frozenset[int], tuple[int, ...]] = {}
        for text, owners in self._orders:
            start = text.find(word) if word else -1
            while start >= 0:
                place = tuple(dict.fromkeys(owners[start : start + len(word)]))
                found.setdefault(frozenset(place), place)
                start = text.find(word, start + 1)
        return list(found.values())

    def search(self, wanted: str) -> list[Hit]:
        """Return where ``wanted`` stands, up to ``MAX_HITS`` places."""
        hits = []
        for place in self.occurrences(plain(wanted))[:MAX_HITS]:
            glyphs = [self.glyphs[index] for index in place]
            first, last = min(place), max(place)
            around = self.glyphs[max(first - 8, 0) : last + 9] if last - first < 4 * len(place) else glyphs
            rects = tuple((page, rect) for page in _pages(glyphs) for rect in _rects(glyphs, page))
            hits.append(Hit(rects, "".join(glyph.text for glyph in around)))
        return hits


def covered_words(glyphs: Sequence[Glyph], boxes: Mapping[int, Sequence[Box]]) -> set[str]:
    """Return the words under the boxes that say enough to be looked for elsewhere, as they are compared.

    Characters that follow each other under boxes are a word, whole, by lines, and cut at punctuation and gaps: what is
    left of a sentence elsewhere is what the box was drawn for. A word that two boxes cover across a line break, as the
    search marks it, is not cut at the break.
    """
    words: set[str] = set()
    pages = on_pages(glyphs)
    for page, marked in boxes.items():
        rects = [box.rect for box in marked]
        here = pages.get(page, [])
        for order in (range(len(here)), _by_lines(here)):
            words.update(_words_of([here[index] for index in order], rects))
    return {word for word in words if says_enough(word)}


def on_pages(glyphs: Iterable[Glyph]) -> dict[int, list[Glyph]]:
    """Return the characters of each page that has some."""
    pages: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        pages.setdefault(glyph.page, []).append(glyph)
    return pages


def says_enough(word: str) -> bool:
    """Tell whether a word can be looked for at all: one character, or a short number, stands everywhere."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in word)
    return wide >= _LEAST_WIDE or len(word) >= _LEAST_NARROW


def remaining(glyphs: Sequence[Glyph], boxes: Mapping[int, Sequence[Box]], words: Iterable[str]) -> list[Remaining]:
    """Return which of ``words`` stand where no box covers them."""
    rects = {page: [box.rect for box in marked] for page, marked in boxes.items()}
    # A gap stands for what is covered: what lies before and behind a box is not one word.
    left = Text([replace(one, text=GAP) if is_covered(one, rects.get(one.page, ())) else one for one in glyphs])
    found = []
    for word in sorted(words, key=lambda word: (-len(word), word)):
        places = left.occurrences(word)
        if places:
            pages = sorted({left.glyphs[index].page for place in places for index in place})
            found.append(Remaining(word, tuple(pages), len(places)))
    return found


def _words_of(glyphs: Sequence[Glyph], rects: Sequence[Rect]) -> set[str]:
    """Return the words under ``rects``, of the characters of one page in one order."""
    text = ""
    last: Glyph | None = None
    for glyph in glyphs:
        if not is_covered(glyph, rects):
            text, last = text + GAP, None
            continue
        if last is not None:
            text += _between(last, glyph, rects)
        text, last = text + glyph.text, glyph
    words = set()
    for run in text.split(GAP):
        words.add(plain(run))
        for line in run.split("\n"):
            words.add(plain(line))
            words.update(plain(piece).strip(".-·") for piece in _PIECES.split(line))
    return words


def _between(last: Glyph, glyph: Glyph, rects: Sequence[Rect]) -> str:
    """Return what stands between two covered characters: a blank, a new line, or nothing."""
    if _follows(last, glyph):
        high = last.rect.y1 - last.rect.y0 if not last.turn % 2 else last.rect.x1 - last.rect.x0
        apart = max(glyph.rect.x0 - last.rect.x1, 0) if not last.turn % 2 else 0
        return " " if glyph.spaced or apart > high else ""
    in_one = any(is_covered(last, [rect]) and is_covered(glyph, [rect]) for rect in rects)
    return "\n" if in_one else ""


def _follows(last: Glyph, glyph: Glyph) -> bool:
    """Tell whether a character stands on the same line as the last, near behind it."""
    one, other = last.rect, glyph.rect
    if last.page != glyph.page:
        return False
    if last.turn % 2:
        one, other = Rect(one.y0, one.x0, one.y1, one.x1), Rect(other.y0, other.x0, other.y1, other.x1)
    high = min(one.y1 - one.y0, other.y1 - other.y0)
    return min(one.y1, other.y1) - max(one.y0, other.y0) > high / 2


def _flow(glyphs: Sequence[Glyph], order: Iterable[int]) -> tuple[str, list[int]]:
    parts: list[str] = []
    owners: list[int] = []
    for index in order:
        text = plain(glyphs[index].text)
        parts.append(text)
        owners += [index] * len(text)
    return "".join(parts), owners


def _by_lines(glyphs: Sequence[Glyph]) -> list[int]:
    """Return the characters in the order they are read: by page, by line, from the left."""
    lines: defaultdict[int, list[list[int]]] = defaultdict(list)
    for index in sorted(range(len(glyphs)), key=lambda i: (glyphs[i].page, glyphs[i].rect.y0 + glyphs[i].rect.y1)):
        glyph = glyphs[index]
        row = lines[glyph.page][-1] if lines[glyph.page] else None
        if row is not None and _follows(glyphs[row[-1]], glyph):
            row.append(index)
        else:
            lines[glyph.page].append([index])
    return [
        index for page in sorted(lines) for row in lines[page] for index in sorted(row, key=lambda i: glyphs[i].rect.x0)
    ]


def _pages(glyphs: Sequence[Glyph]) -> list[int]:
    return sorted({glyph.page for glyph in glyphs})


def _rects(glyphs: Sequence[Glyph], page: int) -> list[Rect]:
    """Return one box for each line of the characters, a little larger than they are."""
    lines: list[tuple[Glyph, Rect]] = []
    for glyph in glyphs:
        if glyph.page != page:
            continue
        if lines and _follows(lines[-1][0], glyph):
            lines[-1] = (glyph, lines[-1][1].joined(glyph.rect))
        else:
            lines.append((glyph, glyph.rect))
    return [_padded(rect) for _, rect in lines]


def _padded(rect: Rect) -> Rect:
    edge = _PADDING * min(rect.y1 - rect.y0, rect.x1 - rect.x0)
    return Rect(max(rect.x0 - edge, 0), max(rect.y0 - edge, 0), min(rect.x1 + edge, 1), min(rect.y1 + edge, 1))
