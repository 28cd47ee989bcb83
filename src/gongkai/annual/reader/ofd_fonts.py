"""What character a glyph number of an embedded font stands for: the cmap table of its file, read backwards.

Only the subtables that map Unicode are read (formats 0, 4, 6 and 12 of ISO/IEC 14496-22), and only as far as they are
whole: a damaged font maps fewer glyphs, it never fails.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WINDOWS, _UNICODE = 3, 0
_WINDOWS_UNICODE = frozenset({1, 10})
_GLYPHS = 0x10000


def characters(data: bytes) -> dict[int, str]:
    """Return the character of every glyph number that a font maps from Unicode; of several the lowest code."""
    found: dict[int, str] = {}
    try:
        for offset in _subtables(data):
            for code, glyph in _pairs(data, offset):
                if glyph and (glyph not in found or code < ord(found[glyph])):
                    found[glyph] = chr(code)
    except (struct.error, ValueError, OverflowError):
        return found
    return found


def _subtables(data: bytes) -> Iterator[int]:
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    tables = struct.unpack_from(">H", data, start + 4)[0]
    for index in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * index)
        if tag == b"cmap":
            for entry in range(struct.unpack_from(">H", data, offset + 2)[0]):
                platform, encoding, inner = struct.unpack_from(">HHI", data, offset + 4 + 8 * entry)
                if platform == _UNICODE or (platform == _WINDOWS and encoding in _WINDOWS_UNICODE):
                    yield offset + inner


def _pairs(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield (character code, glyph number) of one subtable."""
    (form,) = struct.unpack_from(">H", data, at)
    if form == 0:
        yield from enumerate(struct.unpack_from(">256B", data, at + 6))
    elif form == 4:  # noqa: PLR2004 - formats as the standard numbers them
        yield from _segments(data, at)
    elif form == 6:  # noqa: PLR2004
        first, count = struct.unpack_from(">HH", data, at + 6)
        yield from enumerate(struct.unpack_from(f">{count}H", data, at + 10), start=first)
    elif form == 12:  # noqa: PLR2004
        (groups,) = struct.unpack_from(">I", data, at + 12)
        for index in range(groups):
            first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * index)
            # A group longer than a font has glyphs is damage, and would be walked for hours.
            for code in range(first, min(last, first + _GLYPHS) + 1):
                yield code, glyph + code - first


def _segments(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", data, at + 16 + 4 * count)
    offsets_at = at + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", data, offsets_at)
    for index in range(count):
        for code in range(starts[index], ends[index] + 1):
            if offsets[index]:
                place = offsets_at + 2 * index + offsets[index] + 2 * (code - starts[index])
                (glyph,) = struct.unpack_from(">H", data, place)
                yield code, (glyph + deltas[index]) % _GLYPHS if glyph else 0
            else:
                yield code, (code + deltas[index]) % _GLYPHS
