"""The tasks of a worker, called here in the process of the test."""

from __future__ import annotations

import json
from types import MappingProxyType

import pytest

from builders.samples import Y2022, Y2023, run_together
from gongkai.annual.errors import ReadError
from gongkai.annual.report import Report
from gongkai.cli import tasks


def test_a_report_travels_whole_with_mappings_that_stay_read_only():
    loaded = tasks.load(Y2023)
    report = loaded.report
    assert (loaded.file, loaded.series, report.file) == (Y2023, None, Y2023)
    assert report.value("requests.received.total") == 193
    sent = Report(edition="2021", cells={}, labels=MappingProxyType({"statistics_2014.1": "一"}))
    back = tasks.pack(sent).report
    assert back == sent
    assert type(back.labels) is MappingProxyType


def test_years_of_one_body_have_one_series_and_the_nameless_none(tmp_path):
    assert tasks.load_for_audit(Y2022).series == tasks.load_for_audit(Y2023).series
    nameless = tmp_path / "a.html"
    nameless.write_text(open_text(Y2023).replace("2023", ""), encoding="utf-8")
    assert tasks.load_for_audit(str(nameless)).series is None


def open_text(path):
    with open(path, encoding="utf-8") as stream:  # noqa: PTH123 -- the samples are named by strings
        return stream.read()


def test_a_report_becomes_a_line_of_json():
    line = tasks.read_json(Y2023)
    assert "\n" not in line
    assert json.loads(line)["file"] == Y2023


def test_reports_are_audited_together():
    found = tasks.audit([tasks.load(Y2022), tasks.load(Y2023)], None)
    assert [[entry.severity for entry in findings if entry.severity == "error"] for findings in found] == [[], []]


def test_what_cannot_be_read_is_raised(tmp_path):
    with pytest.raises(ReadError):
        tasks.load(str(tmp_path / "missing.html"))


def test_a_conversion_writes_or_says_why_not(tmp_path):
    target = tmp_path / "sub" / "a.json"
    assert tasks.convert(Y2023, "json", str(target), False, False) is None
    assert json.loads(target.read_text(encoding="utf-8"))["year"] == 2023
    assert tasks.convert(Y2023, "json", str(target), False, False).startswith(f"{target} 已经存在")
    assert tasks.convert(Y2022, "json", str(target), True, False) is None
    assert json.loads(target.read_text(encoding="utf-8"))["year"] == 2022
    assert [path.name for path in target.parent.iterdir()] == ["a.json"]


def test_a_conversion_that_would_hide_what_was_not_read_is_refused(tmp_path):
    path = run_together(Y2023, tmp_path / "a.html")
    target = str(tmp_path / "a.docx")
    assert tasks.convert(path, "docx", target, False, False).startswith("有 1 处未能读出")
    assert tasks.convert(path, "docx", target, False, True) is None


def test_what_the_writer_or_the_disk_refuses_is_said(tmp_path):
    (tmp_path / "file").touch()
    assert "写不进去" in tasks.convert(Y2023, "json", str(tmp_path / "file" / "a.json"), False, False)
    rare = tmp_path / "rare.html"
    rare.write_text(open_text(Y2023).replace("湖滨路", "\U00020021路"), encoding="utf-8")
    assert "U+20021" in tasks.convert(str(rare), "pdf", str(tmp_path / "a.pdf"), False, False)
