"""The characters of a page, where they are seen, and whether they are seen at all."""

from __future__ import annotations

import ctypes
import unicodedata
from dataclasses import dataclass, replace
from math import pi
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium
from PIL import ImageChops

from gongkai.files.redaction.boxes import Rect
from gongkai.files.redaction.errors import NotRedactableError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL import Image

MAX_CHARACTERS = 100_000
"""Characters of one page; a full page of a telephone book has a tenth."""

_FINE = 1_000_000
"""PDFium gives places as whole numbers of a device: this device is fine enough for fractions."""

_INVISIBLE = frozenset({3, 7})
"""Text render modes that draw nothing: the layer that scanning programs lay over a page, and text as a mere clip."""

_DIFFERENT = 12
"""Levels of grey by which a pixel must change, when a character is taken away, for the character to be seen."""

_OVERLAP = 0.3
_SIMILAR = 2.5
_SENSELESS = 3
_BREAKS = frozenset("\r\n")  # put in by PDFium between lines
_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cn"})
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character that leaves a mark, or would if it could be seen.

    ``rect`` is its place in the line, ``ink`` the part of it that is printed. ``turn`` is the number of quarter turns
    anticlockwise it stands at; ``spaced`` says that a blank comes before it. ``seen`` is whether taking it away changes
    the picture of the page: what lies behind a bar, is white on white, is cut off or switched off is not seen.
    """

    page: int
    text: str
    rect: Rect
    ink: Rect
    turn: int = 0
    spaced: bool = False
    seen: bool = True


def read(raw_page: Any, number: int) -> list[Glyph]:  # noqa: ANN401 - a handle
    """Return the characters of an open page in the order they were written, all taken to be seen.

    The caller holds PDFium's lock.
    """
    text_page = pdfium.FPDFText_LoadPage(raw_page)
    try:
        return _characters(raw_page, text_page, number)[0]
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def looked_at(raw_page: Any, number: int, draw: Callable[[], Image.Image]) -> list[Glyph]:  # noqa: ANN401 - a handle
    """Return the characters of an open page in the order they were written, with whether they are seen.

    ``draw`` gives the page in grey as it is now; the page is drawn once as it is and once without its text. The caller
    holds PDFium's lock and throws the page away afterwards.
    """
    text_page = pdfium.FPDFText_LoadPage(raw_page)
    try:
        glyphs, owners = _characters(raw_page, text_page, number)
        if not glyphs:
            return []
        before = draw()
        for owner in set(owners):
            pdfium.FPDFPageObj_SetIsActive(ctypes.cast(owner, pdfium.FPDF_PAGEOBJECT), False)
        marks = ImageChops.difference(before, draw()).point(lambda value: 255 if value > _DIFFERENT else 0)
        hidden = {owner for owner in set(owners) if _is_doubtful(ctypes.cast(owner, pdfium.FPDF_PAGEOBJECT))}
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    doubtful = _on_top_of_each_other(glyphs, owners)
    return [
        replace(glyph, seen=owner not in hidden and index not in doubtful and _marked(marks, glyph.ink))
        for index, (glyph, owner) in enumerate(zip(glyphs, owners, strict=True))
    ]


def _is_doubtful(owner: Any) -> bool:  # noqa: ANN401 - a handle
    """Tell whether what a text object says is not what is seen: unseen, in a layer, or given another reading."""
    if pdfium.FPDFTextObj_GetTextRenderMode(owner) in _INVISIBLE:
        return True
    for index in range(pdfium.FPDFPageObj_CountMarks(owner)):
        mark = pdfium.FPDFPageObj_GetMark(owner, index)
        if pdfium.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") != pdfium.FPDF_OBJECT_UNKNOWN:
            return True
        name, length = ctypes.create_string_buffer(64), ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort)), 64, length)
        if name.raw[: max(length.value - 2, 0)].decode("utf-16-le", "replace") == "OC":
            return True
    return False


def _characters(raw_page: Any, text_page: Any, number: int) -> tuple[list[Glyph], list[int]]:  # noqa: ANN401 - handles
    count = max(pdfium.FPDFText_CountChars(text_page), 0)
    if count > MAX_CHARACTERS:
        raise NotRedactableError(
            f"第 {number} 页有 {count} 个字符，超过 {MAX_CHARACTERS} 个的上限，不像正常文件。"
            "请核对来源，或打印后扫描再遮盖。"
        )
    turned = pdfium.FPDFPage_GetRotation(raw_page)
    glyphs: list[Glyph] = []
    owners: list[int] = []
    spaced, high = False, 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if code in _HIGH:
            high = code
            continue
        if code in _LOW:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        # PDFium takes the hyphen at the end of a line for one that is not written.
        character = "-" if pdfium.FPDFText_IsHyphen(text_page, index) == 1 else chr(code)
        if unicodedata.category(character) in _UNSEEN:
            spaced = spaced or character not in _BREAKS
            continue
        owner = pdfium.FPDFText_GetTextObject(text_page, index)
        address = ctypes.cast(owner, ctypes.c_void_p).value
        if address is None:  # put in by PDFium itself
            continue
        angle = pdfium.FPDFText_GetCharAngle(text_page, index)
        turn = (round(angle / (pi / 2)) - turned) % 4
        rect, ink = _places(raw_page, text_page, index)
        glyphs.append(Glyph(number, character, rect, ink, turn, spaced))
        owners.append(address)
        spaced = False
    return _sensible(glyphs), owners


def _places(raw_page: Any, text_page: Any, index: int) -> tuple[Rect, Rect]:  # noqa: ANN401 - handles
    loose = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page, index, loose)
    rect = _seen_at(raw_page, loose.left, loose.bottom, loose.right, loose.top)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    ink = _seen_at(raw_page, left.value, bottom.value, right.value, top.value)
    return rect, ink if ink.area else rect


def _sensible(glyphs: list[Glyph]) -> list[Glyph]:
    """Give the characters whose place is senseless, as some fonts have it, their ink for a place."""
    sizes = sorted(max(glyph.rect.x1 - glyph.rect.x0, glyph.rect.y1 - glyph.rect.y0) for glyph in glyphs)
    most = _SENSELESS * sizes[len(sizes) // 2] if sizes else 0
    return [
        replace(glyph, rect=glyph.ink)
        if glyph.rect.area == 0 or (glyph.rect.y1 - glyph.rect.y0 > most and glyph.ink.area < glyph.rect.area / 9)
        else glyph
        for glyph in glyphs
    ]


def _seen_at(raw_page: Any, left: float, bottom: float, right: float, top: float) -> Rect:  # noqa: ANN401 - a handle
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(raw_page, 0, 0, _FINE, _FINE, 0, left, bottom, across, down)
    ax, ay = across.value / _FINE, down.value / _FINE
    pdfium.FPDF_PageToDevice(raw_page, 0, 0, _FINE, _FINE, 0, right, top, across, down)
    bx, by = across.value / _FINE, down.value / _FINE
    return Rect(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _marked(marks: Image.Image, rect: Rect) -> bool:
    wide, high = marks.size
    left, top = int(max(rect.x0, 0) * wide), int(max(rect.y0, 0) * high)
    right, bottom = int(min(rect.x1, 1) * wide) + 1, int(min(rect.y1, 1) * high) + 1
    if right <= left or bottom <= top:
        return False
    return marks.crop((left, top, min(right, wide), min(bottom, high))).getbbox() is not None


def _on_top_of_each_other(glyphs: Sequence[Glyph], owners: Sequence[int]) -> set[int]:
    """Return which characters share their place with another: one was painted over, and nobody can tell which.

    The same character twice is bold print; a watermark is far larger than what it lies over.
    """
    found: set[int] = set()
    # By rows of a hundredth of the page, so that each is compared with its neighbours only.
    rows: dict[int, list[int]] = {}
    for index, glyph in enumerate(glyphs):
        for row in range(int(glyph.ink.y0 * 100), int(glyph.ink.y1 * 100) + 1)[:30]:
            rows.setdefault(row, []).append(index)
    for row in rows.values():
        row.sort(key=lambda index: glyphs[index].ink.x0)
        for place, index in enumerate(row):
            for other in row[place + 1 :]:
                if glyphs[other].ink.x0 >= glyphs[index].ink.x1:
                    break
                if owners[other] != owners[index] and _collide(glyphs[index], glyphs[other]):
                    found |= {index, other}
    return found


def _collide(one: Glyph, other: Glyph) -> bool:
    heights = sorted((one.rect.y1 - one.rect.y0, other.rect.y1 - other.rect.y0))
    if one.text == other.text or heights[1] > _SIMILAR * heights[0]:
        return False
    return one.ink.shared(other.ink) > _OVERLAP * min(one.ink.area, other.ink.area)
