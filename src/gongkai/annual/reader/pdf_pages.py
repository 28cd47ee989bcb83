"""Characters and ruled lines of a PDF page, by PDFium.

Coordinates of PDF run up from the foot of the page, and a page may be printed sideways. A page is turned so that most
of its characters stand upright: what its /Rotate says does not matter then.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from dataclasses import dataclass
from math import pi
from typing import TYPE_CHECKING, Any, TypeAlias

import pypdfium2.raw as pdfium

from gongkai.annual.errors import HostileFileError
from gongkai.annual.reader.layout import Glyph, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_OBJECTS = 300_000
"""Drawn objects of one document that are looked at; a report has some hundred per page."""

MAX_CHARACTERS = 3_000_000
"""Characters of one document."""

MAX_DEPTH = 6
"""Forms within forms that are looked into."""

MAX_SEGMENTS = 4_000
"""Segments of one path that are looked at; a path of more is a picture."""

INVISIBLE = 3
"""The text render mode of the text that scanning programs lay over the picture of a page."""

_REPLACEMENT = "\ufffd"
_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cf"})  # spaces are told by place; format characters are never seen
_BREAKS = frozenset("\r\n\t")  # put in by PDFium between lines
_MEANINGLESS = frozenset({"Cc", "Cs", "Cn"})
_Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_Point: TypeAlias = tuple[float, float]


@dataclass(slots=True)
class Budget:
    """What of a document may still be looked at."""

    objects: int = MAX_OBJECTS
    characters: int = MAX_CHARACTERS

    def spend(self, *, objects: int = 0, characters: int = 0) -> None:
        """Take from the budget; raise ``HostileFileError`` when it is used up."""
        self.objects -= objects
        self.characters -= characters
        if self.objects < 0 or self.characters < 0:
            raise HostileFileError("PDF 中的图形或文字数量远超任何年度报告，已停止读取。请核对文件来源。")


@dataclass(slots=True)
class PdfPage:
    """What a page gives: its sheet, its text in the order it was written, and how far the text can be trusted."""

    sheet: Sheet
    text: str = ""
    unmapped: int = 0
    """Characters that the file's fonts do not say the meaning of."""
    invisible: bool = False
    """Most of the text lies unseen over a picture: another program's OCR."""
    pictures: bool = False
    """A picture covers a large part of the page."""


def page_of(raw_page: Any, number: int, budget: Budget) -> PdfPage:  # noqa: ANN401 - a ctypes handle
    """Return the characters and ruled lines of an open page, as it is seen when its text is upright."""
    text_page = pdfium.FPDFText_LoadPage(raw_page)
    try:
        count = max(pdfium.FPDFText_CountChars(text_page), 0)
        budget.spend(characters=count)
        turned = _quarter_turns(text_page, count)
        turn = _Turn.of(raw_page, turned)
        page = PdfPage(Sheet(number, turn.width, turn.height))
        _read_glyphs(text_page, count, turn, page)
        page.text = _text(text_page, count)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    _read_objects(raw_page, turn, page, budget)
    return page


@dataclass(frozen=True, slots=True)
class _Turn:
    """How points of the file become points of the sheet."""

    matrix: _Matrix
    width: float
    height: float

    @classmethod
    def of(cls, raw_page: Any, turned: int) -> _Turn:  # noqa: ANN401 - a ctypes handle
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(raw_page, box)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        wide, high = right - left, top - bottom
        return (
            cls((1, 0, 0, -1, -left, top), wide, high),
            cls((0, 1, 1, 0, -bottom, -left), high, wide),
            cls((-1, 0, 0, 1, right, -bottom), wide, high),
            cls((0, -1, -1, 0, top, right), high, wide),
        )[turned]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Return the box on the sheet: left, top, right, bottom."""
        (ax, ay), (bx, by) = _apply(self.matrix, (x0, y0)), _apply(self.matrix, (x1, y1))
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _apply(matrix: _Matrix, point: _Point) -> _Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _within(inner: _Matrix, outer: _Matrix) -> _Matrix:
    """Return the matrix that applies ``inner`` first, then ``outer``."""
    a, b, c, d, _, _ = outer
    return (
        a * inner[0] + c * inner[1],
        b * inner[0] + d * inner[1],
        a * inner[2] + c * inner[3],
        b * inner[2] + d * inner[3],
        *_apply(outer, (inner[4], inner[5])),
    )


def _quarter_turns(text_page: Any, count: int) -> int:  # noqa: ANN401 - a ctypes handle
    """Return how many quarter turns clockwise set most of the characters upright, from a sample of them."""
    step = max(count // 200, 1)
    angles = Counter(
        round(-pdfium.FPDFText_GetCharAngle(text_page, index) / (pi / 2)) % 4
        for index in range(0, count, step)
        if not pdfium.FPDFText_IsGenerated(text_page, index)
    )
    return angles.most_common(1)[0][0] if angles else 0


def _read_glyphs(text_page: Any, count: int, turn: _Turn, page: PdfPage) -> None:  # noqa: ANN401 - a ctypes handle
    rect = pdfium.FS_RECTF()
    glyphs: dict[tuple[str, int, int], tuple[int, Glyph]] = {}
    for index in range(count):
        character = chr(pdfium.FPDFText_GetUnicode(text_page, index))
        kind = unicodedata.category(character)
        if kind in _UNSEEN or character in _BREAKS:
            continue
        if kind in _MEANINGLESS or pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1:
            character = _REPLACEMENT
            page.unmapped += 1
        pdfium.FPDFText_GetLooseCharBox(text_page, index, rect)
        box = turn.box(rect.left, rect.bottom, rect.right, rect.top)
        # A character printed twice to look bold is one character.
        glyphs.setdefault((character, round(box[0]), round(box[1])), (index, Glyph(character, *box)))
    page.sheet.glyphs = [glyph for _, glyph in glyphs.values()]
    # Some fonts (those of vertical writing) give senseless boxes: there the inked part of the character is taken.
    tallest = 3 * page.sheet.em
    page.sheet.glyphs = [
        glyph if glyph.y1 - glyph.y0 <= tallest else _inked(text_page, index, turn, glyph)
        for index, glyph in glyphs.values()
    ]


def _inked(text_page: Any, index: int, turn: _Turn, glyph: Glyph) -> Glyph:  # noqa: ANN401 - a ctypes handle
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    box = turn.box(left.value, bottom.value, right.value, top.value)
    # A large title has a large box rightly: its ink fills a good part of it.
    return Glyph(glyph.text, *box) if box[3] - box[1] < (glyph.y1 - glyph.y0) / 3 else glyph


def _text(text_page: Any, count: int) -> str:  # noqa: ANN401 - a ctypes handle
    """Return the text in the order in which it was written into the file, in lines as PDFium sees them."""
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    return bytes(buffer)[: max(2 * (written - 1), 0)].decode("utf-16-le", errors="replace")


def _read_objects(raw_page: Any, turn: _Turn, page: PdfPage, budget: Budget) -> None:  # noqa: ANN401 - a handle
    bounds = [ctypes.c_float() for _ in range(4)]
    invisible = texts = 0
    covered = 0.0
    for handle, matrix in _objects(raw_page, turn.matrix, budget):
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _read_path(handle, matrix, page.sheet)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts += 1
            invisible += pdfium.FPDFTextObj_GetTextRenderMode(handle) == INVISIBLE
        else:  # a picture or a shading; stretched to a hair it is a ruled line
            pdfium.FPDFPageObj_GetBounds(handle, *bounds)
            (x0, y0), (x1, y1) = (_apply(matrix, (bounds[i].value, bounds[i + 1].value)) for i in (0, 2))
            page.sheet.rule(x0, y0, x1, y1)
            covered += abs((x1 - x0) * (y1 - y0))
    page.invisible = 2 * invisible > texts
    page.pictures = covered > turn.width * turn.height / 3


def _objects(raw_page: Any, matrix: _Matrix, budget: Budget) -> Iterator[tuple[Any, _Matrix]]:  # noqa: ANN401
    """Yield the drawn objects, those inside forms too, each with the matrix from its surroundings to the sheet."""
    count = pdfium.FPDFPage_CountObjects(raw_page)
    budget.spend(objects=count)
    own = pdfium.FS_MATRIX()
    waiting = [(pdfium.FPDFPage_GetObject(raw_page, index), matrix, 0) for index in reversed(range(count))]
    while waiting:
        handle, outer, depth = waiting.pop()
        if pdfium.FPDFPageObj_GetType(handle) != pdfium.FPDF_PAGEOBJ_FORM:
            yield handle, outer
        elif depth < MAX_DEPTH:
            pdfium.FPDFPageObj_GetMatrix(handle, own)
            inner = _within((own.a, own.b, own.c, own.d, own.e, own.f), outer)
            inside = pdfium.FPDFFormObj_CountObjects(handle)
            budget.spend(objects=inside)
            waiting += [(pdfium.FPDFFormObj_GetObject(handle, i), inner, depth + 1) for i in reversed(range(inside))]


def _read_path(handle: Any, outer: _Matrix, sheet: Sheet) -> None:  # noqa: ANN401 - a ctypes handle
    """Keep the straight parts of a path as rules: strokes along an axis, and filled boxes that are thin."""
    count = pdfium.FPDFPath_CountSegments(handle)
    if not 1 < count <= MAX_SEGMENTS:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, own)
    matrix = _within((own.a, own.b, own.c, own.d, own.e, own.f), outer)
    for points, straight in _subpaths(handle, count, matrix):
        sheet.draw(points, straight=straight, stroked=bool(stroke.value), filled=bool(fill.value))


def _subpaths(handle: Any, count: int, matrix: _Matrix) -> Iterator[tuple[list[_Point], bool]]:  # noqa: ANN401
    """Yield the corners of each part of a path, the first again at the end of a closed one, and if it has no curve."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[_Point] = []
    straight = True
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(handle, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points, straight
            points, straight = [], True
        straight = straight and kind != pdfium.FPDF_SEGMENT_BEZIERTO
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_apply(matrix, (x.value, y.value)))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    yield points, straight
