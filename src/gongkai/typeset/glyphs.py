"""Which characters the shipped face has, read from its character map."""

from __future__ import annotations

import struct
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.typeset.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

FONT = "GongkaiSerifSC-Regular.otf"
"""The face in the folder ``fonts``: Noto Serif CJK SC, cut down to GB 2312 by tools/build_font.py."""

FONTS = Path(str(resources.files("gongkai.typeset"))) / "fonts"
"""Its folder: the package is unpacked on the disk, where typst reads fonts from."""

_SEGMENTED = 4  # the format of a character map of the Basic Multilingual Plane


def missing_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the characters of ``texts`` that the font lacks, each once, in order; white space never lacks."""
    known = covered()
    found = dict.fromkeys(
        character
        for text in texts
        for character in printable(text)
        if ord(character) not in known and not character.isspace()
    )
    return tuple(found)


@cache
def covered() -> frozenset[int]:
    """Return the code points the shipped font has glyphs for."""
    return frozenset(code_points((FONTS / FONT).read_bytes()))


def code_points(font: bytes) -> set[int]:
    """Return the code points in the character map (format 4) of an OpenType ``font`` (ISO/IEC 14496-22, 5.2.1)."""
    (number,) = struct.unpack_from(">H", font, 4)
    tables = {font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * number, 16)}
    start = tables[b"cmap"]
    (count,) = struct.unpack_from(">H", font, start + 2)
    offsets = [start + struct.unpack_from(">I", font, start + 8 + 8 * index)[0] for index in range(count)]
    at = next(offset for offset in offsets if struct.unpack_from(">H", font, offset)[0] == _SEGMENTED)
    segments = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends, firsts, deltas, ranges = (
        struct.unpack_from(f">{segments}H", font, at + 14 + 2 * segments * part + (2 if part else 0))
        for part in range(4)
    )
    result: set[int] = set()
    for index, (first, end, delta, reach) in enumerate(zip(firsts, ends, deltas, ranges, strict=True)):
        for code in range(first, end + 1):
            if reach:
                place = at + 16 + 6 * segments + 2 * index + reach + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", font, place)
            else:
                glyph = (code + delta) & 0xFFFF
            if glyph:
                result.add(code)
    return result
