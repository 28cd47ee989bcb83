"""What people type becomes parts, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.asking import MAX_PARTS, Part, asks_nothing, number_keys, parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("河道 采砂", [Part("河道"), Part("采砂")]),
        ("“河道 采砂” 检查", [Part("河道 采砂", is_quoted=True), Part("检查")]),
        ('"未完', [Part("未完")]),
        ('""', []),
        ("采砂！ ？", [Part("采砂!")]),
        ("采砂\x00\x07许可", [Part("采砂"), Part("许可")]),
        ("title:(* AND", [Part("title:(*"), Part("AND")]),
    ],
)
def test_text_is_parted(text, found):
    assert list(parts(text)) == found


@pytest.mark.parametrize(
    "number",
    [
        "晋政办〔2019〕101号",
        "晋政办[2019]101号",
        "晋政办（2019）101号",
        "晋政办【2019】101 号",
        "晋政办2019年101号",
        "晋政办 2019 第 101 号",
    ],
)
def test_a_document_number_has_one_key_in_any_spelling(number):
    assert parts(number)[0].number in number_keys("晋政办〔2019〕101号")


def test_a_document_number_knows_its_series():
    (part,) = parts("晋政办 〔2019〕 101 号")
    assert (part.number, part.series) == ("晋政办/2019/101", "晋政办/2019/")


def test_an_index_number_is_one_part_whatever_divides_its_groups():
    for text in ("HL00121-0200-2024-00012", "HL00121 0200 2024 00012", "hl00121—0200－2024_00012"):
        (part,) = parts(text)
        assert part.number == "HL001210200202400012"
    assert [part.number for part in parts("2023 2024 2025")] == ["202320242025"]
    assert [part.number for part in parts("a b c")] == ["", "", ""]


def test_words_beside_a_number_stay_words():
    assert [(part.text, bool(part.number)) for part in parts("通知 岚水〔2024〕12号 采砂")] == [
        ("通知", False),
        ("岚水(2024)12号", True),
        ("采砂", False),
    ]


@given(st.text(max_size=400))
def test_no_text_is_an_error_and_none_has_too_many_parts(text):
    found = parts(text)
    assert len(found) <= MAX_PARTS
    assert all(part.text.strip() for part in found)
    assert asks_nothing(text) is (bool(text.strip()) and not found)
