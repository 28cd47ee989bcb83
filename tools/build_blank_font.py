# ruff: noqa: INP001 -- scripts are run by path, not imported
"""Build the face of the unseen text in redacted copies: every character is the same small bar.

Usage: ``uv run python tools/build_blank_font.py``

A PDF that can be searched needs a font for its text, even where the text is never painted; this one says nothing about
any document. The bar is never painted; PDFium takes characters without any extent for repetitions of each other.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

TARGET = Path(__file__).parents[1] / "src" / "gongkai" / "files" / "redaction" / "blank.ttf"
NAMES = [".notdef", "blank"]


def build() -> None:
    """Write the face."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(NAMES)
    builder.setupCharacterMap({0x20: "blank"})
    pen = TTGlyphPen(None)
    for move, point in zip((pen.moveTo, *[pen.lineTo] * 3), ((100, 0), (100, 700), (400, 700), (400, 0)), strict=True):
        move(point)
    pen.closePath()
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "blank": pen.glyph()})
    builder.setupHorizontalMetrics(dict.fromkeys(NAMES, (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Gongkai Blank", "styleName": "Regular", "psName": "GongkaiBlank"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost(isFixedPitch=1)
    # The same bytes every time.
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    builder.save(TARGET)


if __name__ == "__main__":
    build()
