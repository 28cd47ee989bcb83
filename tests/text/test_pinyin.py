import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.pinyin import initials, pinyin, slug, sort_key, syllables


@pytest.mark.parametrize(
    ("text", "read", "letters"),
    [
        ("晋江市人民政府", "jin jiang shi ren min zheng fu", "jjsrmzf"),
        ("六安市", "lu an shi", "las"),
        ("单县", "shan xian", "sx"),
        ("厦门市", "xia men shi", "xms"),
        ("吕梁市", "lv liang shi", "lls"),
        ("二〇二四年", "er ling er si nian", "elesn"),
        ("QZ06 绿化办", "qz06 lv hua ban", "qz06lhb"),
        ("䶮", "yan", "y"),
        ("㐂㐃镇", "㐂 㐃 zhen", "㐂㐃z"),
        ("", "", ""),
    ],
)
def test_names_are_read_as_their_people_read_them(text, read, letters):
    assert pinyin(text) == read
    assert initials(text) == letters


def test_names_sort_as_in_a_directory():
    assert sorted(["石狮市", "晋江市", "六安市", "安溪县", "鲤城区"], key=sort_key) == [
        "安溪县",
        "晋江市",
        "鲤城区",
        "六安市",
        "石狮市",
    ]


def test_a_slug_is_plain_ascii():
    assert slug("《晋江市》2024年·报告！") == "jin-jiang-shi-2024-nian-bao-gao"
    assert slug("！？") == ""


@given(st.text())
def test_every_text_can_be_read(text):
    assert initials(text).count(" ") == 0
    assert all(syllables(text))
