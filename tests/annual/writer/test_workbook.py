"""Workbooks: a sheet per table, numbers as numbers, the data behind."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from builders.blemishes import with_run_together
from builders.reports import valid_report
from gongkai.annual.report import Cell, Report, Section, State
from gongkai.annual.writer import Publication, write
from gongkai.annual.writer.records import COLUMNS


@pytest.fixture
def report():
    return valid_report(random.Random(20), "2021", size="medium").report


def opened(report):
    return openpyxl.load_workbook(io.BytesIO(write(report, "xlsx")))


def place(sheet, text):
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


@pytest.mark.parametrize(
    ("edition", "names"),
    [
        ("2021", ["总体情况", "主动公开", "依申请公开", "复议诉讼", "其他", "数据"]),
        ("2019", ["总体情况", "主动公开", "依申请公开", "复议诉讼", "其他", "数据"]),
        ("2014", ["总体情况", "统计表", "数据"]),
        ("2008", ["总体情况", "附表", "数据"]),
    ],
)
def test_there_is_a_sheet_for_every_table(edition, names):
    book = opened(valid_report(random.Random(2), edition).report)
    assert book.sheetnames == names
    assert [sheet.title for sheet in book if sheet.sheet_state == "hidden"] == ["数据"]


def test_a_report_of_tables_alone_has_no_sheet_for_words():
    report = valid_report(random.Random(2), "2008").report
    book = opened(replace(report, sections=(), preamble=""))
    assert book.sheetnames == ["总体情况", "附表", "数据"]
    assert book["总体情况"]["A1"].value == report.title


def test_counts_and_amounts_are_numbers_as_they_were_printed(report):
    cells = dict(report.cells)
    for key, value, printed in (
        ("proactive.permits.decisions", 12339, "12339"),
        ("proactive.charges.amount_wan", Decimal("12.50"), "12.50"),
        ("proactive.penalties.decisions", 206, "增206"),
        ("proactive.coercion.decisions", 7, "007"),
    ):
        cells[key] = Cell(key, State.VALUE, value, printed)
    sheet = opened(replace(report, cells=cells))["主动公开"]
    found = {name: place(sheet, name).offset(0, 1) for name in ("行政许可", "行政事业性收费", "行政处罚", "行政强制")}
    assert [(cell.value, cell.number_format) for cell in found.values()] == [
        (12339, "0"),
        (12.5, "0.00"),
        ("增206", "General"),
        (7, "0"),
    ]


def test_merged_cells_are_those_of_the_national_form(report):
    sheet = opened(report)["依申请公开"]
    corner = place(sheet, "申请人情况")
    top = corner.row
    merged = {str(span) for span in sheet.merged_cells.ranges}
    assert {f"A{top}:C{top + 2}", f"D{top}:J{top}", f"E{top + 1}:I{top + 1}", f"A{top + 5}:A{top + 26}"} <= merged


def test_what_looks_like_a_formula_stays_text(report):
    hostile = replace(report, sections=(Section(1, "总体情况", "=HYPERLINK(1)"),), preamble="@cmd")
    sheet = opened(hostile)["总体情况"]
    assert [(row[0].value, row[0].data_type) for row in sheet.iter_rows() if row[0].value][1:] == [
        ("@cmd", "s"),
        ("一、总体情况", "s"),
        ("=HYPERLINK(1)", "s"),
    ]


def test_a_paragraph_too_long_for_a_cell_takes_several():
    report = Report("2021", {}, title="年报", sections=(Section(1, "总体情况", "长" * 40_000),))
    sheet = opened(report)["总体情况"]
    assert [len(row[0].value) for row in sheet.iter_rows()] == [2, 6, 32_767, 7_233]


def test_the_data_sheet_holds_every_cell_with_its_key_and_state(report):
    report = with_run_together(report, "requests.received", ("natural_person", "commercial"))
    rows = [[value or "" for value in row] for row in opened(report)["数据"].iter_rows(values_only=True)]
    assert tuple(rows[0]) == COLUMNS
    states = [row[3] for row in rows[1:]]
    assert states.count("value") == len(report.cells)
    unread = rows[-1]
    assert unread[0] == "requests.received"
    assert unread[7] == "requests.received.natural_person requests.received.commercial"
    first, second = (report.unreadable["requests.received"].candidates[0][n] for n in (0, 1))
    assert unread[8] == f"{first} {second}|- {second}"


def test_title_and_source_are_properties_of_the_file(report):
    book = openpyxl.load_workbook(io.BytesIO(write(report, "xlsx", Publication(source="县政府办公室"))))
    assert (book.properties.title, book.properties.creator) == (report.title, "县政府办公室")
    assert book.properties.modified.year == 1980
