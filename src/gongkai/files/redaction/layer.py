"""The unseen text of the copy: what can still be read on a page, for searching and for screen readers.

It is written anew in a font of our own, character by character where it stood. Nothing of the original's text
operators, fonts or encodings is taken over: the glyphs of a font that was cut down to a document tell which characters
it held, in the order of their first use.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING

from gongkai.files.redaction.boxes import Rect
from gongkai.files.redaction.glyphs import Glyph
from gongkai.files.redaction.words import is_covered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.files.redaction.boxes import Box

DESCENT = 0.12
"""Share of a character below its base line, in the blank face."""

_COSINES, _SINES = (1, 0, -1, 0), (0, 1, 0, -1)
_STEP = 20  # thousandths of the size: widths in steps of two hundredths are near enough, and few
_NEAR, _BACK, _LEVEL = 1.5, -0.5, 0.2  # shares of the size: what still is one line
_MOST_LETTERS = 60_000
_LEAST = 2
"""Points of width and height for each character of a label; smaller text is not read by every library."""


def label_of(box: Box, size: tuple[float, float]) -> str:
    """Return what a screen reader says where a box lies on a page of ``size`` points; empty for a mere line."""
    wide, high = (box.rect.x1 - box.rect.x0) * size[0], (box.rect.y1 - box.rect.y0) * size[1]
    words = (f"〔{box.ground.article}，{box.ground.caption}〕", f"〔{box.ground.article}〕", "〔略〕")
    return next((each for each in words if wide >= _LEAST * len(each) and high >= _LEAST), "")


@dataclass(slots=True)
class Letters:
    """The characters of the copy's font: one for each character and width that is used."""

    codes: dict[tuple[str, int], int] = field(default_factory=dict)

    def code(self, text: str, width: float) -> int | None:
        """Return the code of a character ``width`` thousandths wide; ``None`` when the font is full."""
        key = text, max(round(width / _STEP), 1) * _STEP
        if key not in self.codes and len(self.codes) >= _MOST_LETTERS:
            return None
        return self.codes.setdefault(key, len(self.codes) + 1)

    def width(self, code_width: float) -> int:
        """Return the width a character really gets."""
        return max(round(code_width / _STEP), 1) * _STEP

    def widths(self) -> str:
        """Return the widths as a PDF has them."""
        return "[1 [" + " ".join(str(width) for _, width in self.codes) + "]]"

    def glyph_map(self) -> bytes:
        """Return which glyph each code is: always the same one."""
        return b"\0\0" + b"\0\1" * len(self.codes)

    def to_unicode(self) -> bytes:
        """Return the map from codes to characters."""
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Gongkai-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        pairs = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for (text, _), code in self.codes.items()]
        for start in range(0, len(pairs), 100):
            part = pairs[start : start + 100]
            lines += [f"{len(part)} beginbfchar", *part, "endbfchar"]
        lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
        return "\n".join(lines).encode("ascii")

    @staticmethod
    def face() -> bytes:
        """Return the font file."""
        return (resources.files("gongkai.files.redaction") / "blank.ttf").read_bytes()


def kept(glyphs: Sequence[Glyph], boxes: Sequence[Box], size: tuple[float, float]) -> list[Glyph]:
    """Return the text left on a page of ``size`` points, with a label for each box where its content stood."""
    rects = [box.rect for box in boxes]
    labels = {index: _label(box, size) for index, box in enumerate(boxes)}
    text: list[Glyph] = []
    for glyph in glyphs:
        if is_covered(glyph, rects):
            for index in [index for index in labels if is_covered(glyph, [rects[index]])]:
                text += labels.pop(index)
        elif glyph.seen:
            text.append(glyph)
    for label in labels.values():
        text += label
    return text


def content(text: Sequence[Glyph], size: tuple[float, float], letters: Letters) -> str:
    """Return the operators that write ``text`` on a page of ``size``, unseen."""
    lines = [_written(line, letters) for line in _lines(text, size)]
    return "\n".join(["BT 3 Tr", *filter(None, lines), "ET"])


def _label(box: Box, size: tuple[float, float]) -> list[Glyph]:
    words = label_of(box, size)
    rect = box.rect
    step = (rect.x1 - rect.x0) / max(len(words), 1)
    # A band in the middle of the box; its height matters little, that it stays inside does.
    middle, half = (rect.y0 + rect.y1) / 2, min((rect.y1 - rect.y0) / 2, 4 / size[1])
    places = [
        Rect(rect.x0 + n * step, middle - half, rect.x0 + (n + 1) * step, middle + half) for n in range(len(words))
    ]
    return [Glyph(box.page, character, place, place) for character, place in zip(words, places, strict=True)]


@dataclass(frozen=True, slots=True)
class _Place:
    """A character along its own direction of writing, in points: start, end and base line; ``size`` across."""

    glyph: Glyph
    start: float
    end: float
    base: float
    size: float

    @classmethod
    def of(cls, glyph: Glyph, size: tuple[float, float]) -> _Place:
        wide, high = size
        left, right = glyph.rect.x0 * wide, glyph.rect.x1 * wide
        top, bottom = high - glyph.rect.y0 * high, high - glyph.rect.y1 * high
        start, end, foot, head = (
            (left, right, bottom, top),
            (bottom, top, -right, -left),
            (-right, -left, -top, -bottom),
            (-top, -bottom, left, right),
        )[glyph.turn]
        return cls(glyph, start, end, foot + DESCENT * (head - foot), max(head - foot, 0.1))

    @property
    def matrix(self) -> str:
        """The text matrix that puts a character here."""
        cosine, sine = _COSINES[self.glyph.turn], _SINES[self.glyph.turn]
        x, y = cosine * self.start - sine * self.base, sine * self.start + cosine * self.base
        return f"{cosine} {sine} {-sine} {cosine} {x:.2f} {y:.2f}"


def _lines(text: Sequence[Glyph], size: tuple[float, float]) -> Iterator[list[_Place]]:
    line: list[_Place] = []
    for glyph in text:
        place = _Place.of(glyph, size)
        if line and not _goes_on(line[-1], place):
            yield line
            line = []
        line.append(place)
    if line:
        yield line


def _goes_on(last: _Place, place: _Place) -> bool:
    gap = (place.start - last.end) / last.size
    return (
        last.glyph.turn == place.glyph.turn
        and abs(place.base - last.base) < _LEVEL * last.size
        and 1 - _LEVEL < place.size / last.size < 1 + _LEVEL
        and _BACK < gap < _NEAR
    )


def _written(line: Sequence[_Place], letters: Letters) -> str:
    first = line[0]
    parts: list[str] = []
    at = first.start
    for place in line:
        gap = 1000 * (place.start - at) / first.size
        if place.glyph.spaced and place is not first and gap > _STEP:
            space = letters.code(" ", gap)
            if space is not None:
                parts.append(f"<{space:04X}>")
                at += letters.width(gap) * first.size / 1000
                gap = 1000 * (place.start - at) / first.size
        width = 1000 * (place.end - place.start) / first.size
        code = letters.code(place.glyph.text, width)
        if code is None:
            continue
        if abs(gap) >= 1:
            parts.append(f"{-gap:.0f}")
            at += round(gap) * first.size / 1000
        parts.append(f"<{code:04X}>")
        at += letters.width(width) * first.size / 1000
    return f"/F {first.size:.2f} Tf {first.matrix} Tm [{' '.join(parts)}] TJ" if parts else ""
