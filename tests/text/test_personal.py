"""Personal data is found by its check digits, and other long numbers are left alone."""

import pytest

from gongkai.text.personal import find


def kinds(text):
    return [(datum.kind, datum.masked) for datum in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身份证号11010519491231002X。", [("identity", "110105********002X")]),
        ("身份证号11010519491231002x。", [("identity", "110105********002X".replace("X", "x"))]),
        ("电话13800000000、138-0000-0000", [("mobile", "138****0000"), ("mobile", "138****0000")]),
        ("卡号6222021234567890128", [("bank_card", "622************0128")]),
        ("卡号6222021234567890129", []),
        ("卡号4111 1111 1111 1111", [("bank_card", "411*********1111")]),
        ("11010519491231002X与13800000000", [("identity", "110105********002X"), ("mobile", "138****0000")]),
    ],
)
def test_what_is_personal_is_found(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # the check digit is wrong
        "11010519491331002X",  # there is no thirteenth month
        "采购总金额3456160965.06元",
        "索引号QZ06121-2510-2026-10002",
        "晋政办〔2019〕101号",
        "统一社会信用代码91350000MA2XXXXX0X",
        "4111 1111 1111 1112",  # the check digit is wrong
    ],
)
def test_other_long_numbers_raise_no_alarm(text):
    assert kinds(text) == []
