"""Painting the boxes into the picture of a page, and keeping the picture small.

A page in black and white is kept as a fax is (CCITT group 4) at 300 dots per inch; one with colours or shades at 200,
as the smaller of a palette without loss and JPEG. Measured in decision 0019.
"""

from __future__ import annotations

import io
import statistics
import struct
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.files.redaction.boxes import Box, Rect

BLACK_AND_WHITE_DPI, COLOUR_DPI = 300, 200
BLACK, WHITE = "black", "white"
STYLES = {BLACK: "黑底白字", WHITE: "白底黑框"}
"""How boxes look."""

_THRESHOLD = 160
_TINT = 40
"""Difference between the colours of a pixel from which it is coloured, not grey."""

_COLOURED, _SHADED = 1e-5, 5e-4
"""Shares of the page, coloured or evenly grey, above which it is not black and white."""

_DARK, _LIGHT = 48, 245
"""Levels of grey between black and white."""

_PEAK = 8
_CELL = 5
"""Pixels at 300 dpi; the soft edge of a character is narrower than that, a shade is wider."""

_COLOURS, _GREYS = 64, 16  # 16 levels of grey are 17 apart
_QUALITY = 85


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a PDF keeps it: the entries of its dictionary that say how, and the bytes."""

    width: int
    height: int
    entries: str
    data: bytes


def burn(picture: Image.Image, boxes: Sequence[Box], cut: Sequence[Rect], style: str) -> None:
    """Paint the boxes into ``picture`` (RGB), whole pixels and more rather than less.

    ``cut`` is the ink of characters that a box covers in part: they go whole.
    """
    draw = ImageDraw.Draw(picture)
    draw.fontmode = "1"  # hard edges: what was painted can be told again after any way of keeping it
    ink, paper = ("black", "white") if style == WHITE else ("white", "black")
    for rect in cut:
        left, top, right, bottom = pixels(rect, picture.size)
        draw.rectangle((left, top, right - 1, bottom - 1), fill=paper)
    for box in boxes:
        left, top, right, bottom = pixels(box.rect, picture.size)
        draw.rectangle((left, top, right - 1, bottom - 1), fill=paper, outline="black")
    # The labels come last: none must be half under a neighbour.
    for box in boxes:
        _write(draw, box, pixels(box.rect, picture.size), ink)


def pixels(rect: Rect, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the whole pixels that a rectangle touches, and one more on each side: left, top, right, bottom."""
    wide, high = size
    left, top = int(rect.x0 * wide) - 1, int(rect.y0 * high) - 1
    right, bottom = -int(-rect.x1 * wide // 1) + 1, -int(-rect.y1 * high // 1) + 1
    return max(left, 0), max(top, 0), min(right, wide), min(bottom, high)


def is_black_and_white(picture: Image.Image) -> bool:
    """Tell whether a page (at 300 dpi) has no colours and no shades, so that nothing is lost without them."""
    red, green, blue = picture.reduce(2).split()
    tint = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    if sum(tint.histogram()[_TINT:]) > _COLOURED * tint.width * tint.height:
        return False
    grey = picture.convert("L")
    levels = grey.histogram()[_DARK:_LIGHT]
    # Grey print has one level more than others; the soft edges of black print have all of them about alike.
    if max(levels) > max(_PEAK * statistics.median(levels), _COLOURED * grey.width * grey.height):
        return False
    cells = grey.point(lambda value: 255 if _DARK <= value < _LIGHT else 0).reduce(_CELL).histogram()
    return cells[255] <= _SHADED * sum(cells)


def fax(picture: Image.Image) -> Picture:
    """Return a picture in black and white."""
    flat = picture.convert("L").point(lambda value: 255 if value >= _THRESHOLD else 0).convert("1", dither=0)
    stream = io.BytesIO()
    # One strip, so that the file holds the page as one stream of bits.
    flat.save(stream, "TIFF", compression="group4", tiffinfo={278: flat.height})
    data, white_is_zero = _strip(stream.getvalue())
    black = "false" if white_is_zero else "true"
    parameters = f"/K -1 /Columns {flat.width} /Rows {flat.height} /BlackIs1 {black}"
    entries = f"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << {parameters} >>"
    return Picture(flat.width, flat.height, entries, data)


def coloured(picture: Image.Image) -> Picture:
    """Return a picture with colours or shades."""
    grey = not _has_colours(picture)
    source = picture.convert("L") if grey else picture
    jpeg = _jpeg(source)
    few = _greys(source) if grey else source.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE)
    return min(jpeg, _palette(few), key=lambda one: len(one.data))


def saved(picture: Image.Image, kind: str) -> bytes:
    """Return a picture file of ``kind`` that holds the pixels and nothing else."""
    stream = io.BytesIO()
    if kind == "png":
        picture.save(stream, "PNG", optimize=True)
    else:
        picture.save(stream, "JPEG", quality=90, subsampling=0)
    return stream.getvalue()


def _has_colours(picture: Image.Image) -> bool:
    red, green, blue = picture.reduce(2).split()
    tint = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return sum(tint.histogram()[_TINT:]) > _COLOURED * tint.width * tint.height


def _greys(picture: Image.Image) -> Image.Image:
    """Return a grey picture in 16 even levels; the search for the best levels takes ten times as long."""
    few = Image.frombytes("P", picture.size, picture.point(lambda value: (value + 8) // 17).tobytes())
    few.putpalette([level * 17 for level in range(_GREYS) for _ in range(3)])
    return few


def _jpeg(picture: Image.Image) -> Picture:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=_QUALITY, subsampling=0)
    space = "/DeviceGray" if picture.mode == "L" else "/DeviceRGB"
    entries = f"/ColorSpace {space} /BitsPerComponent 8 /Filter /DCTDecode"
    return Picture(picture.width, picture.height, entries, stream.getvalue())


def _palette(picture: Image.Image) -> Picture:
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    parts: dict[bytes, bytes] = {}
    for name, body in chunks(stream.getvalue()):
        parts[name] = parts.get(name, b"") + body
    bits, colours = parts[b"IHDR"][8], parts[b"PLTE"]
    space = f"[/Indexed /DeviceRGB {len(colours) // 3 - 1} <{colours.hex()}>]"
    parameters = f"/Predictor 15 /Colors 1 /BitsPerComponent {bits} /Columns {picture.width}"
    entries = f"/ColorSpace {space} /BitsPerComponent {bits} /Filter /FlateDecode /DecodeParms << {parameters} >>"
    return Picture(picture.width, picture.height, entries, parts[b"IDAT"])


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return the parts of a PNG file by name; ``ValueError`` where it is not made of whole parts to its last byte."""
    position, found = 8, []
    while position < len(data):
        if position + 12 > len(data):
            raise ValueError("PNG 文件的末尾有多余的内容。")
        length, name = struct.unpack_from(">I4s", data, position)
        found.append((name, data[position + 8 : position + 8 + length]))
        position += 12 + length
    return found


def _strip(tiff: bytes) -> tuple[bytes, bool]:
    """Return the bits of a TIFF of one strip, and whether white is written as 0."""
    order = "<" if tiff[:2] == b"II" else ">"
    (start,) = struct.unpack_from(order + "I", tiff, 4)
    (count,) = struct.unpack_from(order + "H", tiff, start)
    tags = {}
    for index in range(count):
        tag, kind, _ = struct.unpack_from(order + "HHI", tiff, start + 2 + 12 * index)
        (tags[tag],) = struct.unpack_from(order + ("H" if kind == 3 else "I"), tiff, start + 10 + 12 * index)  # noqa: PLR2004 - a short
    return tiff[tags[273] : tags[273] + tags[279]], tags[262] == 0


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont:
    face = resources.files("gongkai.typeset") / "fonts" / "GongkaiSerifSC-Regular.otf"
    with resources.as_file(face) as path:
        return ImageFont.truetype(io.BytesIO(path.read_bytes()), size)


def _write(draw: ImageDraw.ImageDraw, box: Box, place: tuple[int, int, int, int], ink: str) -> None:
    """Write the reason on a box: article and ground, the article alone, or nothing where it cannot be read."""
    left, top, right, bottom = place
    wide, high = right - left - 4, bottom - top - 4
    page_high = draw.im.size[1]
    least = max(page_high // 110, 7)
    for label in (box.ground.label, box.ground.article):
        size = min(high, wide // max(len(label), 1), page_high // 60)
        if size >= least:
            centre = ((left + right) / 2, (top + bottom) / 2)
            draw.text(centre, label, fill=ink, font=_font(size), anchor="mm")
            return
