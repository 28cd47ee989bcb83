"""Letters as Word documents, for the office that prints them with its own typefaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.letters.document import chinese_day
from gongkai.typeset.word import TEXT_WIDTH, lines, package, paragraph, run

if TYPE_CHECKING:
    from gongkai.applications.letters.document import Document

_EM = 320
"""One character of the text, in twentieths of a point."""

_LABEL_WIDTH = 2200
_UNINDENTED = 'w:firstLine="0" w:firstLineChars="0"'
_PLAIN = f"<w:ind {_UNINDENTED}/>"
_KEPT = "<w:keepNext/><w:keepLines/>"
_NOTE = '<w:keepLines/><w:spacing w:before="900"/><w:jc w:val="left"/>'
"""The note at the end: below the signature, never stretched to the margin (GB/T 9704—2012 7.3.6)."""


def write(document: Document) -> bytes:
    """Return the letter as a .docx file; the same letter always gives the same bytes."""
    body = paragraph("Title", lines(document.title), '<w:spacing w:after="280"/>')
    if document.number:
        body += paragraph("", run(document.number), f'<w:spacing w:after="280"/>{_PLAIN}<w:jc w:val="center"/>')
    body += _form(document) if document.rows else _letter(document)
    return package(body, document.name, document.signer or document.title[0])


def _letter(document: Document) -> str:
    body = ""
    if document.addressee:
        body += paragraph("", run(f"{document.addressee}："), f'{_PLAIN}<w:jc w:val="left"/>')
    for place, one in enumerate(document.paragraphs):
        # The seal must not stand on a page without text (GB/T 9704—2012 7.3.5.1).
        kept = "<w:keepNext/><w:keepLines/>" if place == len(document.paragraphs) - 1 else ""
        body += paragraph("Heading1" if one.is_heading else "", run(one.text), kept)
    if document.signer:
        body += _signature(document)
    if document.contact:
        body += paragraph("", run(f"（{document.contact}）"), _NOTE)
    return body


def _signature(document: Document) -> str:
    """Return signer and date: the date four characters from the margin, the signer centred over it (7.3.5.1).

    Both are centred in one box of the width that the longer of them needs.
    """
    day = chinese_day(document.day) if document.day else "　　年　月　日"
    widest = max(_width(document.signer), _width(day))
    right = max(0, min(4 * _EM, TEXT_WIDTH - widest))
    indents = f'<w:ind w:left="{max(0, TEXT_WIDTH - right - widest)}" w:right="{right}" {_UNINDENTED}/>'
    centred = f'{indents}<w:jc w:val="center"/>'
    return (
        paragraph("", "", f'{_KEPT}{_PLAIN}<w:jc w:val="left"/>')
        + paragraph("", run(document.signer), f"{_KEPT}{centred}")
        + paragraph("", run(day), f"<w:keepLines/>{centred}")
    )


def _width(text: str) -> int:
    """Return how wide a text is at most, in twentieths of a point.

    ASCII is half as wide, and programs put space of their own beside it.
    """
    return _EM * (1 + sum(1 if character.isascii() else 2 for character in text)) // 2 + 3 * _EM


def _form(document: Document) -> str:
    widths = (_LABEL_WIDTH, TEXT_WIDTH - _LABEL_WIDTH)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(
        '<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="760" w:hRule="atLeast"/></w:trPr>'
        f"{_cell(row.label, widths[0], 'LargeText')}{_cell(row.text, widths[1], 'LargeStub')}</w:tr>"
        for row in document.rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Statutory"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0000"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{paragraph('TableEnd', '')}"
    )


def _cell(text: str, width: int, style: str) -> str:
    inner = "".join(paragraph(style, run(line) if line else "") for line in text.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{inner}</w:tc>'
