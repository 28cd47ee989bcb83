"""PDF for keeping: PDF/A-3 with tags and its own data attached as JSON, set by typst in the shipped font."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import typst

from gongkai.annual.writer import plain_json
from gongkai.annual.writer.boxes import Kind, TableLayout
from gongkai.annual.writer.document import Heading, Title, items, title_lines, title_of
from gongkai.annual.writer.errors import MissingGlyphError
from gongkai.annual.writer.glyphs import texts
from gongkai.typeset.glyphs import FONTS, missing_in
from gongkai.typeset.text import printable

if TYPE_CHECKING:
    from gongkai.annual.report import Report
    from gongkai.annual.writer.boxes import Box
    from gongkai.annual.writer.document import Item
    from gongkai.annual.writer.publication import Publication

_UNDATED = date(1980, 1, 1)
_ONE_AT_A_TIME = Lock()  # a compiler sets one report at a time


def write(report: Report, publication: Publication, font_folders: tuple[Path, ...] = ()) -> bytes:
    """Return the report as a PDF.

    ``font_folders`` hold faces for characters the shipped one lacks. A character that no face has raises
    ``MissingGlyphError``, a cell without a place ``UnplacedCellError``.
    """
    content = items(report)
    lacking = missing_in(text for item in content for text in texts(item))
    if lacking and not font_folders:
        raise MissingGlyphError(lacking)
    dated = _date(report, publication)
    data = {
        "title": printable(title_of(report)),
        "author": printable(publication.source or report.body or ""),
        "date": [dated.year, dated.month, dated.day],
        "lines": [printable(line) for line in title_lines(report)],
        "items": [_item(item) for item in content if not isinstance(item, Title)],
        "attachment": f"{report.year or 'report'}.json",
    }
    inputs = {"report": json.dumps(data, ensure_ascii=False), "data": plain_json.write(report, publication).decode()}
    try:
        with _ONE_AT_A_TIME:
            pdf = _compiler(font_folders).compile(format="pdf", pdf_standards=["a-3a", "ua-1"], sys_inputs=inputs)
    except typst.TypstError as error:
        # PDF/A forbids a character without a glyph: the folders do not have it either.
        raise MissingGlyphError(lacking) from error
    assert isinstance(pdf, bytes)  # pages come one by one only as pictures
    return pdf


def _date(report: Report, publication: Publication) -> date:
    """Return the date the file bears, which PDF/A demands: of publication, else the last day it reports on.

    Never today's: the same report gives the same bytes.
    """
    if publication.published:
        return publication.published
    if report.period:
        return report.period[1]
    return date(report.year, 12, 31) if report.year else _UNDATED


@cache
def _compiler(font_folders: tuple[Path, ...]) -> typst.Compiler:
    # A compiler that has set one report sets the next in a fraction of the time. The package is unpacked in a folder:
    # typst reads fonts and template from the disk.
    folder = Path(str(resources.files("gongkai.annual.writer")))
    return typst.Compiler(
        str(folder / "report.typ"),
        root=str(folder),
        font_paths=[str(FONTS), *map(str, font_folders)],
        ignore_system_fonts=True,
    )


def _item(item: Item) -> dict[str, Any]:
    if isinstance(item, TableLayout):
        return _table(item)
    if isinstance(item, Title | Heading):
        return {"kind": "heading", "text": printable("".join(texts(item)))}
    lead, rest = item.text[: item.lead], item.text[item.lead :]
    return {"kind": "paragraph", "level": item.level, "lead": printable(lead), "rest": printable(rest)}


def _table(table: TableLayout) -> dict[str, Any]:
    boxes = [_box(box, table) for row in table.rows() for box in row]
    return {
        "kind": "table",
        "dense": table.dense,
        "whole": table.one_page,
        "widths": table.widths,
        "head": [box for box in boxes if box["y"] < table.head_rows],
        "body": [box for box in boxes if box["y"] >= table.head_rows],
    }


def _box(box: Box, table: TableLayout) -> dict[str, Any]:
    return {
        "lines": [printable(line) for line in table.lines(box)],
        "x": box.column,
        "y": box.row,
        "colspan": box.colspan,
        "rowspan": box.rowspan,
        "left": table.left(box),
        "bold": box.kind in (Kind.BAND, Kind.HEAD),
        "level": box.level,
    }
