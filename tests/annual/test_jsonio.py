from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings

from builders.strategies import valid_reports
from gongkai.annual import jsonio
from gongkai.annual.report import Cell, Diagnostic, Provenance, Report, Section, State, Unreadable

REPORT = Report(
    edition="2021",
    cells=MappingProxyType(
        {
            "a.b.c": Cell("a.b.c", State.VALUE, 3, "3", Provenance(1, 2, 3, 4), "其中1件", None),
            "a.b.d": Cell("a.b.d", State.VALUE, Decimal("4166.241619"), "4166.241619元", unit="元"),
            "a.b.e": Cell("a.b.e", State.BLANK, None, ""),
            "a.b.f": Cell("a.b.f", State.NOT_APPLICABLE, None, "/"),
        }
    ),
    file="x.html",
    title="海岚市2023年政府信息公开工作年度报告",
    body="海岚市",
    year=2023,
    period=(date(2023, 1, 1), date(2023, 12, 31)),
    table_editions=MappingProxyType({"proactive": "2021"}),
    unreadable=MappingProxyType(
        {"a.r": Unreadable("a.r", ("a.r.x", "a.r.y"), "12", ((1, 2), (12, None)), Provenance(page=2))}
    ),
    sections=(Section(1, "总体情况", "好。"), Section(None, "附", "")),
    preamble="前言",
    diagnostics=(Diagnostic("warning", "unit", "单位", "a.b.d"),),
    labels=MappingProxyType({"a.59": "访问量"}),
)


def test_the_object_of_the_contract():
    assert json.loads(jsonio.dumps(REPORT)) == {
        "file": "x.html",
        "edition": "2021",
        "year": 2023,
        "body": "海岚市",
        "period": ["2023-01-01", "2023-12-31"],
        "table_editions": {"proactive": "2021"},
        "cells": {"a.b.c": 3, "a.b.d": 4166.241619, "a.b.e": None, "a.b.f": None},
        "unreadable": {"a.r": {"printed": "12", "candidates": [[1, 2], [12, None]]}},
        "sections": [
            {"number": 1, "title": "总体情况", "text": "好。"},
            {"number": None, "title": "附", "text": ""},
        ],
        "diagnostics": [{"severity": "warning", "code": "unit", "message": "单位", "where": "a.b.d"}],
        "labels": {"a.59": "访问量"},
    }


def test_labels_are_left_out_where_there_are_none():
    assert "labels" not in jsonio.dump(Report(edition="2021", cells={}))


@pytest.mark.parametrize("report", [REPORT, Report(edition="2019", cells={})])
def test_with_details_the_same_report_comes_back(report):
    assert jsonio.loads(jsonio.dumps(report, details=True)) == report
    assert jsonio.load(jsonio.dump(report, details=True)) == report


def test_without_details_values_come_back():
    report = jsonio.loads(jsonio.dumps(REPORT))
    assert {key: cell.value for key, cell in report.cells.items()} == {
        key: cell.value for key, cell in REPORT.cells.items()
    }
    assert report.cells["a.b.f"].state is State.BLANK
    assert report.cells["a.b.c"].printed == "3"
    assert report.unreadable["a.r"].keys == ("a.r",)


@pytest.mark.parametrize("text", ["{}", '{"edition": "2021"}', "[]", "x"])
def test_what_is_no_report_is_refused(text):
    with pytest.raises((KeyError, TypeError, ValueError)):
        jsonio.loads(text)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(valid_reports())
def test_every_valid_report_comes_back(generated):
    assert jsonio.loads(jsonio.dumps(generated.report, details=True)) == generated.report


@pytest.mark.parametrize(
    ("key", "tables", "keys"),
    [
        ("proactive.rules", {}, ("proactive.rules.made", "proactive.rules.repealed", "proactive.rules.in_force")),
        (
            "proactive.rules",
            {"proactive": "2019"},
            ("proactive.rules.made", "proactive.rules.published", "proactive.rules.total"),
        ),
        ("proactive.rules.made", {}, ("proactive.rules.made",)),
        ("proactive.unheard", {}, ("proactive.unheard",)),
        ("proactive.rules", {"proactive": "1999"}, ("proactive.rules",)),
    ],
)
def test_without_details_a_row_that_could_not_be_read_is_unread_in_all_its_columns(key, tables, keys):
    unread = {key: {"printed": "12", "candidates": []}}
    loaded = jsonio.load({"edition": "2021", "cells": {}, "table_editions": tables, "unreadable": unread})
    assert loaded.unreadable[key].keys == keys
