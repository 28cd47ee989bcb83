"""Excel workbooks: a sheet for every statutory table and its section, numbers as numbers, the data in a last sheet."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import astuple
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

from gongkai.annual.writer.boxes import Kind, TableLayout
from gongkai.annual.writer.document import Heading, Title, items, title_of
from gongkai.annual.writer.records import COLUMNS, records
from gongkai.typeset.archive import pack
from gongkai.typeset.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

    from gongkai.annual.report import Report
    from gongkai.annual.writer.boxes import Box
    from gongkai.annual.writer.document import Item
    from gongkai.annual.writer.publication import Publication

NAMES = {
    "proactive": "主动公开",
    "requests": "依申请公开",
    "remedies": "复议诉讼",
    "statistics_2014": "统计表",
    "summary_2008": "附表",
}
"""The sheets of the tables by their keys."""

_FIRST, _LAST, _DATA = "总体情况", "其他", "数据"
_WIDTH = 88  # characters across a sheet: the width of an A4 page
_TEXT_WIDTH = 72  # a column is not divided between pages: the text has to fit on one
_ENTRY = 32_767  # characters an Excel cell can hold
_DIGITS = 15  # figures an Excel number can hold
_MADE = datetime(1980, 1, 1)  # noqa: DTZ001 -- the file states no time of its making: this one is the same for all
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.([0-9]+))?")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def write(report: Report, publication: Publication) -> bytes:
    """Return the report as an .xlsx workbook. Raises ``UnplacedCellError``.

    The sheets in their order read as the report does. The sheet 数据, hidden, holds every cell with its key, state
    and place in the file it was read from.
    """
    book = Workbook()
    book.remove(book.active)
    for style in _styles():
        book.add_named_style(style)
    for name, content in _sheets(items(report)):
        _fill(book.create_sheet(name), content, report)
    _data(book.create_sheet(_DATA), report)
    book.properties.title = printable(title_of(report))
    book.properties.creator = printable(publication.source or report.body or "")
    book.properties.created = _MADE
    buffer = io.BytesIO()
    book.save(buffer)
    return _timeless(buffer.getvalue())


def _sheets(content: Iterable[Item]) -> list[tuple[str, list[Item]]]:
    """Cut the report into sheets: what comes before the first table, each table with its section, the rest."""
    sheets: list[tuple[str, list[Item]]] = []
    section: list[Item] = []
    text: list[Item] = []
    for item in content:
        if isinstance(item, Heading):
            text += section
            section = []
        section.append(item)
        if isinstance(item, TableLayout):
            if text:
                sheets.append((_LAST if sheets else _FIRST, text))
            sheets.append((NAMES[item.key], section))
            section, text = [], []
    text += section
    if text:
        sheets.append((_LAST if sheets else _FIRST, text))
    return sheets


def _fill(sheet: Worksheet, content: list[Item], report: Report) -> None:
    tables = [item for item in content if isinstance(item, TableLayout)]
    widths = tables[0].widths if tables else (1,)
    for index, part in enumerate(widths, 1):
        whole = _WIDTH if tables else _TEXT_WIDTH
        sheet.column_dimensions[get_column_letter(index)].width = round(max(5.5, whole * part / sum(widths)), 1)
    row = 1
    for item in content:
        if isinstance(item, TableLayout):
            row = _table(sheet, item, row + 1 if row > 1 else row, report)
        else:
            style = "title" if isinstance(item, Title) else "heading" if isinstance(item, Heading) else "prose"
            text = "".join(item.lines) if isinstance(item, Title) else item.text
            row = _paragraph(sheet, text, style, row, len(widths))
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_view.showGridLines = False


def _paragraph(sheet: Worksheet, text: str, style: str, row: int, width: int) -> int:
    for start in range(0, len(text), _ENTRY):
        cell = sheet.cell(row, 1)
        _say(cell, text[start : start + _ENTRY], style)
        if width > 1:
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        lines = 1 + 2 * len(text) // _TEXT_WIDTH
        sheet.row_dimensions[row].height = {"title": 36, "heading": 26}.get(style, min(400, 18 * lines + 4))
        row += 1
    return row


def _table(sheet: Worksheet, table: TableLayout, top: int, report: Report) -> int:
    wide = 1.0 * _WIDTH / sum(table.widths)
    heights = [1] * table.height
    for box in table.boxes:
        room = max(1.0, sum(table.widths[box.column : box.column + box.colspan]) * wide - 1)
        if box.rowspan == 1:
            lines = sum(-int(-2 * len(line) // room) for line in table.lines(box))
            heights[box.row] = max(heights[box.row], lines)
        _box(sheet, box, table, top, report)
    for line, count in enumerate(heights):
        sheet.row_dimensions[top + line].height = 15 * count + 5
    return top + table.height


def _box(sheet: Worksheet, box: Box, table: TableLayout, top: int, report: Report) -> None:
    row, column = top + box.row, box.column + 1
    style = "value"
    if box.kind in (Kind.BAND, Kind.HEAD):
        style = "head"
    elif table.left(box):
        style = "stub"
    for down in range(box.rowspan):
        for along in range(box.colspan):
            sheet.cell(row + down, column + along).style = style
    _say(sheet.cell(row, column), "\n".join(table.lines(box)), style)
    cell = report.cells.get(box.keys[0]) if len(box.keys) == 1 else None
    found = _NUMBER.fullmatch(box.text)
    if cell is not None and found and Decimal(box.text) == cell.value and len(box.text) <= _DIGITS:
        sheet.cell(row, column).value = cell.value
        sheet.cell(row, column).number_format = "0." + "0" * len(found[1]) if found[1] else "0"
    if box.rowspan > 1 or box.colspan > 1:
        sheet.merge_cells(
            start_row=row, end_row=row + box.rowspan - 1, start_column=column, end_column=column + box.colspan - 1
        )


def _say(cell: SheetCell, text: str, style: str) -> None:
    cell.style = style
    if text:
        cell.value = printable(text)
        cell.data_type = "s"  # never a formula, whatever it begins with


def _data(sheet: Worksheet, report: Report) -> None:
    sheet.append(COLUMNS)
    for record in records(report):
        row = sheet.max_row + 1
        for column, text in enumerate(astuple(record), 1):
            if text:
                cell = sheet.cell(row, column, printable(str(text))[:_ENTRY])
                cell.data_type = "s"
    sheet.sheet_state = "hidden"


def _styles() -> list[NamedStyle]:
    side = Side(style="thin", color="555555")
    border = Border(left=side, right=side, top=side, bottom=side)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    left = Alignment(horizontal="left", vertical="center", wrap_text=True)
    shade = PatternFill("solid", fgColor="EEF1F5")
    song, black = Font(name="宋体", size=10.5), Font(name="黑体", size=10.5)
    return [
        NamedStyle("value", font=song, border=border, alignment=middle),
        NamedStyle("stub", font=song, border=border, alignment=left),
        NamedStyle("head", font=black, border=border, alignment=middle, fill=shade),
        NamedStyle("title", font=Font(name="方正小标宋简体", size=18), alignment=middle),
        NamedStyle("heading", font=Font(name="黑体", size=14), alignment=left),
        NamedStyle(
            "prose", font=Font(name="仿宋_GB2312", size=12), alignment=Alignment(wrap_text=True, vertical="top")
        ),
    ]


def _timeless(data: bytes) -> bytes:
    """Return the workbook without the time at which it was made."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    members[core] = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", members[core])
    return pack(members)
