"""The five seeds: the figures were read from the reports by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.annual import forms
from gongkai.annual.reader import read

SEEDS = Path(__file__).resolve().parents[3] / ".." / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="needs the real reports in ../shared/seeds")

ZERO = [0] * 7
UNREAD = [None] * 7  # seed 004 prints six zeros in shifted columns: which cell is the empty one is not said

PROACTIVE = {
    "000": {
        "rules": [38, 38, 38],
        "normative_documents": [65, 65, 65],
        "permits": [166, 206, 11335],
        "other_services": [17, 30, 2027],
        "penalties": [110, 82, 3959],
        "coercion": [7, 0, 131],
        "charges": [1, 3],
        "procurement": [513, Decimal("243553389.86")],
    },
    "002": {
        "rules": [0, 0, 0],
        "normative_documents": [34, 54, 225],
        "permits": [12339],
        "penalties": [6025],
        "coercion": [910],
        "charges": [Decimal("1002.3819")],
    },
    "003": {
        "rules": [73, 73, 73],
        "normative_documents": [1254, 1254, 1254],
        "permits": [14682, 1194334],
        "other_services": [12438, 1049658],
        "penalties": [26557, 943625],
        "coercion": [1956, 98783],
        "charges": [259],
        "procurement": [57191, Decimal("3456160965.06")],
    },
    "004": {
        "rules": [0, 0, 0],
        "normative_documents": [0, 0, 0],
        "permits": [0, 0, 0],
        "other_services": [0, 0, 0],
        "penalties": [0, 0, 0],
        "coercion": [0, 0, 0],
        "charges": [0, 0],
        "procurement": [0, 0],
    },
}

REQUESTS = {
    "000": [
        [245, 38, 0, 2, 4, 2, 291],
        ZERO,
        [127, 38, 0, 1, 4, 2, 172],
        [28, 0, 0, 0, 0, 0, 28],
        ZERO,
        ZERO,
        ZERO,
        [4, 0, 0, 0, 0, 0, 4],
        [2, 0, 0, 0, 0, 0, 2],
        [2, 0, 0, 0, 0, 0, 2],
        ZERO,
        ZERO,
        [45, 0, 0, 1, 0, 0, 46],
        [23, 0, 0, 0, 0, 0, 23],
        [12, 0, 0, 0, 0, 0, 12],
        ZERO,
        [2, 0, 0, 0, 0, 0, 2],
        ZERO,
        ZERO,
        ZERO,
        ZERO,
        [245, 38, 0, 2, 4, 2, 291],
        ZERO,
    ],
    "002": [
        [203, 9, 0, 0, 4, 3, 219],
        [5, 0, 0, 0, 0, 0, 5],
        [91, 6, 0, 0, 0, 1, 98],
        [33, 1, 0, 0, 0, 1, 35],
        [1, 0, 0, 0, 0, 0, 1],
        [1, 0, 0, 0, 0, 0, 1],
        ZERO,
        [6, 0, 0, 0, 0, 0, 6],
        [1, 0, 0, 0, 0, 0, 1],
        [1, 0, 0, 0, 0, 0, 1],
        [7, 0, 0, 0, 0, 0, 7],
        [2, 2, 0, 0, 0, 0, 4],
        [46, 0, 0, 0, 1, 1, 48],
        [1, 0, 0, 0, 0, 0, 1],
        ZERO,
        [2, 0, 0, 0, 0, 0, 2],
        [0, 0, 0, 0, 2, 0, 2],
        ZERO,
        [1, 0, 0, 0, 0, 0, 1],
        ZERO,
        [9, 0, 0, 0, 1, 0, 10],
        ZERO,
        [3, 0, 0, 0, 0, 0, 3],
        [205, 9, 0, 0, 4, 3, 221],
        [3, 0, 0, 0, 0, 0, 3],
    ],
    "003": [
        [1102, 64, 2, 4, 7, 16, 1195],
        [11, 0, 0, 0, 0, 0, 11],
        [474, 45, 1, 1, 5, 6, 532],
        [128, 1, 0, 0, 0, 5, 134],
        [2, 0, 0, 0, 0, 0, 2],
        [16, 0, 0, 0, 0, 0, 16],
        ZERO,
        [24, 1, 0, 0, 0, 0, 25],
        [11, 0, 0, 0, 0, 0, 11],
        [7, 0, 0, 0, 0, 0, 7],
        [8, 0, 0, 0, 1, 0, 9],
        [12, 0, 0, 0, 0, 0, 12],
        [333, 16, 1, 3, 1, 5, 359],
        [41, 1, 0, 0, 0, 0, 42],
        [23, 0, 0, 0, 0, 0, 23],
        [3, 0, 0, 0, 0, 0, 3],
        [11, 0, 0, 0, 0, 0, 11],
        ZERO,
        [1, 0, 0, 0, 0, 0, 1],
        [2, 0, 0, 0, 0, 0, 2],
        ZERO,
        [1096, 64, 2, 4, 7, 16, 1189],
        [17, 0, 0, 0, 0, 0, 17],
    ],
    "004": [ZERO, ZERO, *[UNREAD] * 18, ZERO, ZERO, ZERO],
}

REMEDIES = {
    "000": [4, 2, 0, 0, 6, 0, 2, 0, 0, 2, 1, 0, 0, 1, 2],
    "002": [8, 0, 3, 1, 12, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0],
    "003": [21, 9, 2, 4, 36, 12, 5, 4, 21, 42, 7, 2, 0, 6, 15],
    "004": [0] * 15,
}

IDENTITY = {
    "000": ("2019", 2019, "晋江市"),
    "001": ("2008", 2017, "晋江市经济和信息化局"),
    "002": ("2021", 2024, "晋江市人民政府"),
    "003": ("2019", 2019, "泉州市"),
    "004": ("2019", 2019, "晋江市东石镇人民政府"),
}


def seed(number):
    return read(next(SEEDS.glob(f"{number}_*.txt")))


@pytest.mark.parametrize("number", sorted(IDENTITY))
def test_edition_year_and_body(number):
    report = seed(number)
    assert (report.edition, report.year, report.body) == IDENTITY[number]
    assert len(report.unreadable) == (18 if number == "004" else 0)


@pytest.mark.parametrize("number", sorted(PROACTIVE))
def test_table_two(number):
    report = seed(number)
    rows = {}
    for key, cell in report.cells.items():
        table, row, *_ = key.split(".")
        if table == "proactive":
            rows.setdefault(row, []).append(cell.value)
    assert rows == PROACTIVE[number]


@pytest.mark.parametrize("number", sorted(REQUESTS))
def test_table_three(number):
    report = seed(number)
    form = forms.table(report.edition, "requests")
    columns = [column.key for column in form.blocks[0].columns]
    read_rows = [[report.value(form.key_of(row.key, column)) for column in columns] for row in form.rows]
    assert read_rows == REQUESTS[number]


@pytest.mark.parametrize("number", sorted(REMEDIES))
def test_table_four(number):
    report = seed(number)
    keys = forms.table(report.edition, "remedies").keys()
    assert [report.value(key) for key in keys] == REMEDIES[number]


def test_the_table_before_2019():
    report = seed("001")
    assert {key: cell.value for key, cell in report.cells.items() if cell.value} == {
        "summary_2008.disclosed_documents.year": 11,
        "summary_2008.disclosed_documents.cumulative": 68,
        "summary_2008.disclosed_on_website.year": 11,
        "summary_2008.disclosed_on_website.cumulative": 68,
    }
    assert len(report.cells) == 32


def test_lost_digits_of_the_period_are_not_guessed():
    report = seed("003")
    assert report.period is None
    assert [(d.severity, d.code) for d in report.diagnostics] == [("warning", "damaged-period")]


@pytest.mark.parametrize("number", ["000", "002", "003", "004"])
def test_the_six_sections_are_there(number):
    assert [section.number for section in seed(number).sections] == [1, 2, 3, 4, 5, 6]
