"""The body between typing, keeping and searching."""

import pytest

from gongkai.records.markup import from_typed, plain, to_typed


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>甲<b>乙</b> &amp; 丙</p><p>丁</p>", "甲乙 & 丙\n丁"),
        ("甲<br>乙<br />丙", "甲\n乙\n丙"),
        ("<table><tr><td>一</td><td>二</td></tr></table>", "一\n二"),
        ("1 < 2 且 3 > 2", "1 < 2 且 3 > 2"),
        ("", ""),
    ],
)
def test_the_words_of_a_body_are_read_block_by_block(body, words):
    assert plain(body) == words


def test_what_is_typed_line_by_line_becomes_paragraphs_and_comes_back():
    kept = from_typed("第一条　甲<乙 & 丙\r\n\r\n  第二条 \n")
    assert kept == "<p>第一条　甲&lt;乙 &amp; 丙</p><p>第二条</p>"
    assert to_typed(kept) == "第一条　甲<乙 & 丙\n第二条"


def test_html_is_cleaned_and_comes_back_as_html():
    kept = from_typed('<table><tr><td onclick="x()">一</td></tr></table><script>y()</script>')
    assert kept == "<table><tbody><tr><td>一</td></tr></tbody></table>"
    assert to_typed(kept) == kept


@pytest.mark.parametrize("body", ["<p>甲<b>乙</b></p>", "<p>甲</p><ul><li>乙</li></ul>", '<p lang="zh">甲</p>'])
def test_markup_is_never_lost_by_editing(body):
    assert to_typed(body) == body
