from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.normalise import (
    _RADICALS,
    clean,
    comparison_key,
    fold,
    fold_words,
    half_width_digits,
    is_chinese,
    normalise,
    replace_radicals,
    squeeze,
)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("（一）　予以公开", "(一) 予以公开"),
        ("１．属于国家秘密", "1.属于国家秘密"),
        ("危及“三安全一稳定”", '危及"三安全一稳定"'),
        ("〔2019〕14号", "(2019)14号"),
        ("－2", "-2"),
        ("—", "-"),
        ("a\u200bb\ufeffc", "abc"),
        ("  plain\ttext ", "plain text"),
        ("\u00a0\u00a023", "23"),
        ("規範性檔案", "规范性文件"),
        ("收到和處理政府信息公開申請情況", "收到和处理政府信息公开申请情况"),
    ],
)
def test_one_spelling_for_many(printed, expected):
    assert normalise(printed) == expected


def test_kangxi_and_supplement_radicals_become_characters():
    assert replace_radicals("⼈⺠政府⾏政规范性⽂件⻔⼾") == "人民政府行政规范性文件门戶"
    assert replace_radicals("①Ａ（一）") == "①Ａ（一）"


def test_every_supplement_radical_maps_to_one_character_outside_the_radical_blocks():
    assert all(len(char) == 1 and not "\u2e80" <= char <= "\u2fdf" for char in _RADICALS.values())


def test_cleaning_keeps_what_a_reader_sees():
    assert clean("第 一\u3000项\u200b：“１２”\r\n") == "第 一 项：“１２”\n"
    assert clean("a\tb\r\n") == "a b\n"


def test_squeezing_closes_gaps_between_characters_only():
    assert squeeze("商 业 企\n业") == "商业企业"
    assert squeeze("总　计 23 件") == "总计 23 件"
    assert squeeze("三、本\n年\n度 （一）") == "三、本年度（一）"


def test_captions_that_differ_in_dress_have_one_key():
    assert comparison_key("（一） 予以公开") == comparison_key("(一)予以公开") == "一予以公开"
    assert comparison_key("危及“三安全一稳定”") == comparison_key("危及三安全一稳定")
    assert comparison_key("abc") == "abc"
    assert comparison_key("") == ""


def test_digits_become_half_width_and_nothing_else():
    assert half_width_digits("共１２，３") == "共12，3"


def test_folding_keeps_every_offset():
    assert fold("（１）規範性①…　“Ａ”") == '(1)规范性①… "A"'
    assert fold("plain") == "plain"


@given(st.text())
def test_folded_text_is_as_long_as_before(text):
    assert len(fold(text)) == len(text)


@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)
    assert comparison_key(once) == comparison_key(text)
    assert squeeze(squeeze(text)) == squeeze(text)


@given(st.text(st.one_of(st.characters(), st.sampled_from("規範Ａ１⻔豈ﬁ（）【】")), max_size=40))
def test_letters_are_folded_the_same_whether_or_not_anything_else_is(text):
    def kept(folded):
        return [char for char in folded if (char.isascii() and char.isalnum()) or is_chinese(char)]

    assert kept(fold_words(text)) == kept(fold(text))
