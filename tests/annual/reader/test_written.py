"""The project's own JSON and CSV are read as they are; spoilt ones are named."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from builders.reports import valid_report
from gongkai.annual import reader
from gongkai.annual.errors import DamagedFileError, NotAReportError, SeveralReportsError
from gongkai.annual.reader.written import report_of
from gongkai.annual.writer import write


@pytest.fixture
def report():
    return valid_report(random.Random(20), "2021", size="small").report


@pytest.mark.parametrize("target", ["json", "csv"])
def test_a_written_report_is_the_same_report_in_another_file(report, target, tmp_path):
    path = tmp_path / f"年报.{target}"
    path.write_bytes(write(report, target))
    assert reader.read(path) == replace(report, file=str(path))


def test_a_byte_order_mark_does_not_hide_the_object(report):
    assert report_of(b"\xef\xbb\xbf" + write(report, "json"), file="a.json") == replace(report, file="a.json")


@pytest.mark.parametrize("data", [b"", b"{}", b'{"a": 1}', b"key,value\n", "报告".encode()])
def test_other_files_are_left_to_the_reader(data):
    assert report_of(data, file="a") is None


def test_a_plain_line_of_gongkai_read_is_enough():
    line = (
        b'{"file": "x.txt", "edition": "2021", "cells": {"requests.received.total": 3, "requests.other.total": null}}'
    )
    read = reader.read_bytes(line, name="a.json")
    assert [(key, cell.value, str(cell.state)) for key, cell in read.cells.items()] == [
        ("requests.received.total", 3, "value"),
        ("requests.other.total", None, "blank"),
    ]


def test_several_reports_in_one_file_are_not_merged(report):
    with pytest.raises(SeveralReportsError):
        report_of(write(report, "json") * 2, file="a.json")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b'"edition"', b'"edtion"'),
        lambda data: data.replace(b'"cells": {', b'"cells": 3, "x": {'),
        lambda data: data.replace("政".encode(), "政".encode("gb18030")),
        lambda _: b'{"file":' + b"[" * 200_000,
    ],
)
def test_a_spoilt_object_is_named_as_such(report, spoil):
    with pytest.raises(DamagedFileError):
        report_of(spoil(write(report, "json")), file="a.json")


def test_a_table_saved_in_another_encoding_is_named_as_such(report):
    data = write(report, "csv").decode("utf-8-sig").encode("gb18030")
    with pytest.raises(DamagedFileError):
        report_of(data, file="a.csv")


def test_anything_else_still_goes_to_recognition():
    with pytest.raises(NotAReportError):
        reader.read_bytes("没有表格的文字。".encode(), name="a.txt")
