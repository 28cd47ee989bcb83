"""The long table: written, read back to the same report, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from builders.blemishes import with_gaps, with_remark, with_run_together
from builders.reports import valid_report
from builders.strategies import SEEDS, valid_reports
from gongkai.annual.errors import DamagedFileError
from gongkai.annual.reader.long_table import HEAD, is_long_table, parse
from gongkai.annual.report import Cell, Provenance, Report, State
from gongkai.annual.writer import write
from gongkai.annual.writer.plain_csv import guarded
from gongkai.annual.writer.records import COLUMNS, records


def again(report):
    return parse(write(report, "csv").decode("utf-8"), file=report.file)


@given(valid_reports(), SEEDS)
@settings(max_examples=15, deadline=None)
def test_a_report_written_and_read_is_the_same(generated, seed):
    report = with_gaps(random.Random(seed), generated.report)
    assert again(report) == report


def test_remarks_units_labels_and_unread_cells_come_back():
    report = valid_report(random.Random(3), "2021", size="medium").report
    report = with_remark(report, "proactive.normative_documents.made", "其中修订1件")
    report = with_run_together(report, "requests.received", ("natural_person", "commercial"))
    own = Cell("proactive.charges.amount_wan", State.VALUE, Decimal("1.50"), "1.50", unit="元")
    report = replace(
        report, cells={**report.cells, own.key: own}, labels={"statistics_2014.7": "访问量"}, table_editions={}
    )
    assert again(report) == report


def test_a_bare_report_comes_back():
    assert again(Report("2021", {})) == Report("2021", {})


def test_a_cell_that_no_form_has_is_kept_without_a_caption():
    report = Report("2021", {"x.y": Cell("x.y", State.VALUE, 1, "1")})
    assert [(record.key, record.caption) for record in records(report)][-1] == ("x.y", "")
    assert again(report) == report


def test_every_row_has_its_caption_path_unit_and_place():
    where = Provenance(page=3, table=1, row=13, column=2)
    cell = Cell("proactive.charges.amount_wan", State.VALUE, 5, "5", where=where)
    (_, row) = csv.DictReader(io.StringIO(write(Report("2021", {cell.key: cell}), "csv").decode("utf-8-sig")))
    assert row == {
        "key": "proactive.charges.amount_wan",
        "caption": "二、主动公开政府信息情况 > 第二十条第（八）项 > 行政事业性收费 > 本年收费金额（单位：万元）",
        "value": "5",
        "state": "value",
        "printed": "5",
        "unit": "万元",
        "remark": "",
        "keys": "",
        "candidates": "",
        "where": "第3页 表1 行13 列2",
    }


def test_the_captions_are_those_of_the_form_that_has_the_cell():
    cell = Cell("summary_2008.complaints.year", State.VALUE, 5, "5")
    record = list(records(Report("2021", {cell.key: cell})))[-1]
    assert (record.caption, record.unit) == ("附表 > 接受行政申诉、举报数 > 年度", "件")


def test_excel_sees_chinese():
    assert write(Report("2021", {}), "csv").startswith(b"\xef\xbb\xbfkey,caption,")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-cmd", "'-cmd"),
        ("+206", "+206"),
        ("-3", "-3"),
        ("-", "-"),
        ("'x", "''x"),
        ("正文", "正文"),
    ],
)
def test_nothing_is_taken_for_a_formula(text, written):
    assert guarded(text) == written


def test_the_head_is_known():
    assert ",".join(COLUMNS) == HEAD
    assert is_long_table("\ufeff" + HEAD)
    assert not is_long_table("机构,年度")


@pytest.mark.parametrize(
    "row",
    [
        "requests.received.total,,many,value,many,,,,,",
        "requests.received.total,,-,value,-,,,,,",
        "requests.received.total,,1.2.3,value,-,,,,,",
        "requests.received.total,,1,guess,1,,,,,",
        "requests.received.total,,1",
        "section.1,总体情况,first,section,,,,,,",
        "report.period,,,metadata,2021-13-01/2021-12-31,,,,,",
        'requests.received.total,"cut',
    ],
)
def test_a_spoilt_table_is_named_as_such(row):
    with pytest.raises(DamagedFileError):
        parse(f"{HEAD}\r\nreport.edition,,,metadata,2021,,,,,\r\n{row}\r\n", file="a.csv")


def test_a_table_without_an_edition_is_no_report():
    with pytest.raises(DamagedFileError):
        parse(HEAD, file="a.csv")
