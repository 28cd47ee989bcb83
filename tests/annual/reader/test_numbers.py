from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.annual.reader.numbers import BLANK, NOT_APPLICABLE, Reading, read_cell
from gongkai.annual.report import State


def value(number, remark="", unit=None):
    return Reading(State.VALUE, number, remark, unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", value(0)),
        ("447228", value(447228)),
        ("1,234", value(1234)),
        ("1002.3819", value(Decimal("1002.3819"))),
        ("? 0", value(0)),
        ("+1", value(1)),
        ("-35", value(-35)),
        ("减4", value(-4)),
        ("减少 12", value(-12)),
        ("增 206", value(206)),
        ("251000元", value(251000, unit="元")),
        ("3456160965.06(元)", value(Decimal("3456160965.06"), unit="元")),
        ("1002.3819万元", value(Decimal("1002.3819"), unit="万元")),
        ("12件", value(12)),
        ("22 (其中修订 16 件)", value(22, "其中修订 16 件")),
    ],
)
def test_numbers_in_every_notation(text, expected):
    assert read_cell(text) == expected


@pytest.mark.parametrize("text", ["", " ", "   "])
def test_an_empty_cell_is_blank(text):
    assert read_cell(text) == BLANK


@pytest.mark.parametrize("text", ["/", "-", "--", "无"])
def test_a_mark_for_none_is_no_zero(text):
    assert read_cell(text) == NOT_APPLICABLE


@pytest.mark.parametrize("text", ["007", "00", "0012.5"])
def test_digits_that_are_no_number_are_unread(text):
    assert read_cell(text) == Reading(None)


@pytest.mark.parametrize("text", ["自然人", "约5件左右", "第3页", "12 34"])
def test_words_are_no_value(text):
    assert read_cell(text) is None


def test_an_ocr_cell_keeps_its_guesses():
    assert read_cell("\ufffd93|98") == Reading(None, guesses=(93, 98))
    assert read_cell("\ufffd") == Reading(None)
    assert read_cell("\ufffd9a|9") == Reading(None, guesses=(9,))
