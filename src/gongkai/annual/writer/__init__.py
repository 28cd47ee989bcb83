"""Writing an annual report: Word, web page, PDF, workbook, JSON, CSV.

``write`` is the one way in. The same report always gives the same bytes. What a cell printed is written as it was
printed; a cell that could not be read keeps what stood there.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from gongkai.annual.writer.errors import MissingGlyphError, UnknownTargetError, UnplacedCellError, WriteError
from gongkai.annual.writer.publication import Publication

if TYPE_CHECKING:
    from gongkai.annual.report import Report

__all__ = [
    "FORMATS",
    "MissingGlyphError",
    "Publication",
    "UnknownTargetError",
    "UnplacedCellError",
    "WriteError",
    "missing_glyphs",
    "write",
]

_MODULES = {
    "docx": "word",
    "html": "page",
    "pdf": "pdf",
    "xlsx": "workbook",
    "json": "plain_json",
    "csv": "plain_csv",
}

FORMATS = tuple(_MODULES)
"""What ``write`` can write."""


def write(report: Report, format: str, publication: Publication | None = None) -> bytes:  # noqa: A002 -- its name
    """Return ``report`` as a file of ``format`` (one of ``FORMATS``).

    ``publication`` says where it is published; html, docx and pdf print it. Raises ``UnknownTargetError``,
    ``UnplacedCellError`` (a cell that no statutory table has: html, docx, pdf, xlsx) and ``MissingGlyphError`` (pdf).
    """
    if format not in FORMATS:
        raise UnknownTargetError(format, FORMATS)
    module = import_module(f"gongkai.annual.writer.{_MODULES[format]}")
    data: bytes = module.write(report, publication or Publication())
    return data


def missing_glyphs(report: Report) -> tuple[str, ...]:
    """Return the characters of ``report`` that the font of the PDF does not have, each once, in order."""
    from gongkai.annual.writer.glyphs import missing  # noqa: PLC0415 -- the font is loaded only when asked for

    return missing(report)
