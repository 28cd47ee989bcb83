from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.numerals import (
    Amount,
    Numeral,
    arabic_number,
    chinese_number,
    parse_amount,
    parse_number,
    scan,
    whole,
)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("二〇一九", 2019),
        ("二○一二", 2012),
        ("一百二十四", 124),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("两千零五", 2005),
        ("一万二千三百", 12300),
        ("十二万", 120_000),
        ("三亿五千万", 350_000_000),
        ("零", 0),
        ("一千零一十", 1010),
        ("", None),
        ("万", None),
        ("一百百", None),
        ("一二百", None),
        ("百货", None),
    ],
)
def test_chinese_numbers(printed, value):
    assert chinese_number(printed) == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0", 0),
        ("１２３", 123),
        ("1,234", 1234),
        ("1，234，567.5", Decimal("1234567.5")),
        ("4166.241619", Decimal("4166.241619")),
        ("12,34", None),
        ("-3", None),
        ("", None),
    ],
)
def test_arabic_numbers(printed, value):
    assert arabic_number(printed) == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("增 206", 206),
        ("增206", 206),
        ("增加了5", 5),
        ("减3", -3),
        ("减少 12", -12),
        ("+1", 1),
        ("-35", -35),
        ("－2", -2),
        ("1.9万", 19_000),
        ("49.97万", 499_700),
        ("3百万", 3_000_000),
        ("2亿", 200_000_000),
        ("1.23456万", Decimal("12345.6")),
        ("一百二十四", 124),
        ("0", 0),
        ("", None),
        ("+", None),
        ("--3", None),
        ("无", None),
        ("12件", None),
    ],
)
def test_numbers_in_every_notation(printed, value):
    assert parse_number(printed) == value


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("251000元", Amount(251000, "元")),
        ("243553389.86 元", Amount(Decimal("243553389.86"), "元")),
        ("3456160965.06(元)", Amount(Decimal("3456160965.06"), "元")),
        ("1002.3819万元", Amount(Decimal("1002.3819"), "万元")),
        ("8040", None),
        ("若干元", None),
        ("元", None),
    ],
)
def test_amounts_carry_their_unit(printed, amount):
    assert parse_amount(printed) == amount


def test_amounts_compare_in_yuan():
    assert Amount(Decimal("1.5"), "万元").yuan == 15_000
    assert Amount(Decimal("0.125"), "元").yuan == Decimal("0.125")


def test_whole_numbers_are_int():
    assert isinstance(whole(Decimal("3.0")), int)
    assert whole(Decimal("3.5")) == Decimal("3.5")


def test_numbers_are_found_in_running_text():
    text = "全年受理约1.9万条，办结1,206件（１２件结转），H5解读7700余条，达3次"
    found = list(scan(text))
    assert [(numeral.value, numeral.approximate) for numeral in found] == [
        (19_000, True),
        (1206, False),
        (12, False),
        (7700, True),
        (3, False),
    ]
    assert all(text[numeral.start : numeral.end] == numeral.printed for numeral in found)


def test_a_list_of_numbers_is_not_one_with_thousands_separators():
    assert [numeral.value for numeral in scan("12,34和1,2345")] == [12, 34, 1, 2345]
    assert list(scan("没有")) == []
    assert next(scan("1件")) == Numeral(0, 1, "1", 1, approximate=False)


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_with_separators_is_the_number(value):
    assert parse_number(f"{value:,}") == value
    assert parse_number(f"减{value}") == -value
