"""Table 三 without ruled lines: a blank cell is read as blank where the columns say which one it is."""

from __future__ import annotations

import pytest

from builders.pdf import Page, pdf
from gongkai.annual import forms
from gongkai.annual.reader import read_bytes
from gongkai.annual.report import State

ROWS = forms.table("2021", "requests").rows
COLUMNS = [column.key for column in forms.table("2021", "requests").blocks[0].columns]
XS = [300, 340, 380, 420, 460, 500, 540]
FIGURES = {row.key: "0 0 0 0 0 0 0" for row in ROWS} | {
    "received": "12 3 - - - 1 16",
    "carried_in": "- 2 - - - - 2",
    "granted": "- 5 - - - - 5",
    "partial": "7 - - - - 1 8",
    "state_secret": "- - - - - - -",
    "not_held": "5 - - - - - 5",
    "outcome_total": "12 5 0 0 0 1 18",
    "carried_out": "- - - - - - -",
}
"""``-`` is a cell in which nothing is printed."""


def printed(figures, *, shift=0, shifted="granted"):
    page = Page().text(60, 40, "海岚市人民政府2023年政府信息公开工作年度报告").text(60, 62, "一、总体情况")
    page.text(60, 80, "三、收到和处理政府信息公开申请情况").row([x - 3 for x in XS], 100, ["自然人"], size=8)
    for place, row in enumerate(ROWS):
        y = 120 + place * 24
        page.text(60, y, row.caption[:20], size=8)
        for x, number in zip(XS, figures[row.key].split(), strict=True):
            if number != "-":
                page.text(x + (shift if row.key == shifted else 0), y, number, size=8)
    return read_bytes(pdf(page.text(60, 780, "四、政府信息公开行政复议、行政诉讼情况")), name="plain.pdf")


def test_blank_cells_between_whole_rows_are_blank():
    report = printed(FIGURES)
    for row, figures in FIGURES.items():
        if "-" not in figures or figures == "- - - - - - -":
            continue
        for column, number in zip(COLUMNS, figures.split(), strict=True):
            cell = report.cells[f"requests.{row}.{column}"]
            assert (cell.state, cell.value) == ((State.BLANK, None) if number == "-" else (State.VALUE, int(number)))
    assert report.value("requests.outcome_total.total") == 18


def test_a_row_of_which_nothing_is_printed_is_not_read():
    report = printed(FIGURES)
    assert not any(key.startswith("requests.carried_out.") for key in report.cells)
    assert "requests.carried_out" in [d.where for d in report.diagnostics if d.code == "row-not-found"]


@pytest.mark.parametrize(
    "figures",
    [
        FIGURES
        | {row.key: "0 - 0 - 0 - 0" for row in ROWS if row.key not in ("granted", "outcome_total")},  # two whole
        {row.key: "- 5 - - - - 5" for row in ROWS},
    ],
)
def test_too_few_whole_rows_say_nothing(figures):
    report = printed(figures)
    assert "requests.granted.commercial" not in report.cells


def test_a_number_between_two_columns_or_beside_all_says_nothing():
    for shift in (20, 200):
        report = printed(FIGURES, shift=shift)
        assert "requests.granted.commercial" not in report.cells
        assert report.value("requests.partial.natural_person") == 7


def test_columns_that_overlap_say_nothing():
    assert "requests.granted.commercial" not in printed(FIGURES, shift=38, shifted="repeated").cells
