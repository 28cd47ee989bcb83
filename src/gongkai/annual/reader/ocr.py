"""Scanned PDFs: pictures of pages into text and tables, with Tesseract and Pillow (the extra ``ocr``).

The ruled lines are found in the picture, so that every cell is read for itself and no number can slip into another
column. What was not read for certain is marked, never guessed.
"""

from __future__ import annotations

from importlib.util import find_spec

from gongkai.annual.errors import MissingToolError
from gongkai.annual.reader.layout_pages import arrange, in_rows
from gongkai.annual.reader.ocr_engine import Engine
from gongkai.annual.reader.source import Source
from gongkai.annual.report import Diagnostic


def load(data: bytes, *, file: str) -> Source:
    """Return the lines and tables of a scanned PDF.

    A cell that could not be read for certain has the text ``�`` and after it the readings that were seen. Raises
    ``MissingToolError`` where Tesseract, its Chinese model or Pillow is missing, ``TooLargeError`` for too many pages
    or where it takes too long.
    """
    if find_spec("PIL") is None:
        raise MissingToolError("文件是扫描件，没有文字层，需要文字识别。请安装可选组件：pip install 'gongkai[ocr]'。")
    engine = Engine.found()
    from gongkai.annual.reader import ocr_pages  # noqa: PLC0415 - needs the optional extra

    sheets = ocr_pages.sheets(data, engine)
    message = "文件是扫描件，内容由文字识别得出；读不准的格子标为无法辨认，请对照原件。"
    return Source(
        file,
        "ocr",
        arrange(sheets),
        diagnostics=(Diagnostic("info", "ocr", message),),
        alternatives=(Source(file, "ocr", in_rows(sheets)),),
    )
