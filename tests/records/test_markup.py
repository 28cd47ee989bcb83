"""The body between typing, keeping and searching."""

import pytest

from gongkai.records.markup import clean, from_typed, plain, to_typed


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


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<p onclick='x()'>甲<script>y()</script></p><style>p{}</style>", "<p>甲</p>"),
        ('<a href="javascript:x()">甲</a>', '<a rel="noopener noreferrer">甲</a>'),
        ('<p style="color:red" class="MsoNormal">甲<font face="仿宋">乙</font></p>', "<p>甲乙</p>"),
        ('<p>图<img src="https://elsewhere.example/a.png" onerror="x()"></p>', "<p>图</p>"),
        ("<form action='/'><input name='a'>甲</form><iframe src='/'></iframe>", "甲"),
        ('<p class="right">海岚市水利局</p><p class="right lead">甲</p>', '<p class="right">海岚市水利局</p><p>甲</p>'),
    ],
)
def test_nothing_but_the_structure_is_kept(given, kept):
    assert clean(given) == kept


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<h1>一</h1><h4>二</h4><h6>三</h6>", "<h2>一</h2><h4>二</h4><h4>三</h4>"),
        ("<div>甲<div>乙<br>丙</div>丁</div>", "<p>甲</p><p>乙<br>丙</p>丁"),
        ("<div>甲</div><section><p>乙</p></section>", "<p>甲</p><p>乙</p>"),
        ("<p>甲</p><p> &nbsp;</p><p class='right'><br></p><p>乙</p>", "<p>甲</p><p>乙</p>"),
    ],
)
def test_blocks_stay_blocks_and_empty_ones_go(given, kept):
    assert clean(given) == kept


def test_a_table_survives_with_its_spans():
    table = (
        '<table><caption>目录</caption><thead><tr><th scope="col" colspan="2">甲</th></tr></thead>'
        '<tbody><tr><td rowspan="2">1</td><td>2</td></tr></tbody></table>'
    )
    assert clean(table.replace("<td>2", '<td rowspan="1" bgcolor="red">2')) == table


def test_cleaning_twice_changes_nothing():
    body = '<div><h1>一</h1><p class="centre">甲<br>乙</p><ol start="3"><li>丙</li></ol><p></p></div>'
    assert clean(clean(body)) == clean(body)
