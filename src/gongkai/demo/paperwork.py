"""The papers of the demonstration: application forms as the counter scans them, and files of documents."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import typst
from PIL import Image, ImageDraw, ImageFont

from gongkai.typeset.glyphs import FONT, FONTS
from gongkai.typeset.word import package, paragraph, run

if TYPE_CHECKING:
    from datetime import date

    from gongkai.applications.domain.identity import Identity
    from gongkai.applications.domain.receiving import Request

_WIDTH, _HEIGHT, _LEFT, _LINE = 620, 440, 40, 34
_WRAP = 26
"""Characters of a line."""
_FACE = "Gongkai Serif SC"


def scanned_form(agency: str, applicant: Identity, request: Request, day: date) -> bytes:
    """Return a filled-in form as a JPEG."""
    page = Image.new("L", (_WIDTH, _HEIGHT), 252)
    draw = ImageDraw.Draw(page)
    draw.text((_WIDTH // 2, 30), "政府信息公开申请表", font=_font(26), fill=20, anchor="mt")
    asked = f"{request.title}。{request.description}"
    lines = [
        f"行政机关：{agency}",
        f"申请人：{applicant.name}",
        f"证件号码：{applicant.proof_number}",
        f"联系电话：{applicant.telephone}",
        f"联系地址：{applicant.address}",
        *(
            ("所需信息：" if not start else "　　") + asked[start : start + _WRAP]
            for start in range(0, len(asked), _WRAP)
        ),
        f"申请日期：{day.year}年{day.month}月{day.day}日　签名：{applicant.name}",
    ]
    for number, line in enumerate(lines):
        top = 90 + number * _LINE
        draw.text((_LEFT, top), line, font=_font(18), fill=40)
        draw.line((_LEFT, top + _LINE - 6, _WIDTH - _LEFT, top + _LINE - 6), fill=190)
    stream = io.BytesIO()
    page.save(stream, "JPEG", quality=55)
    return stream.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / FONT), size)


def attached(name: str, lines: list[str]) -> bytes:
    """Return a short document of ``lines`` headed by ``name``, in the format that the name ends with."""
    title, _, kind = name.rpartition(".")
    if kind == "docx":
        return package("".join(paragraph("", run(text)) for text in (title, *lines)), title, "")
    text = f'#set text(font: "{_FACE}", lang: "zh", size: 14pt)\n= {title}\n\n' + "\n\n".join(lines)
    pdf = typst.compile(text.encode(), format="pdf", font_paths=[str(FONTS)], ignore_system_fonts=True)
    assert isinstance(pdf, bytes)  # pages come one by one only as pictures
    return pdf
