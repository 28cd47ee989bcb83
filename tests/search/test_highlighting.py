"""What was looked for is marked in the text itself, in bounded time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.asking import parts
from gongkai.search.highlighting import WIDTH, marked, needles, passages
from gongkai.text.segmentation import cutter


def hits(segments):
    return [segment.text for segment in segments if segment.is_hit]


def wanted(text):
    return needles(parts(text), cutter())


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("河道采砂管理办法", "采砂", ["采砂"]),
        ("河道（采砂）ＡＢＣ管理", "abc", ["ＡＢＣ"]),
        ("规範采砂", "规范", ["规範"]),
        ("住房公积金缴存", "公积金", ["住房公积金"]),
        ("采砂采砂、采砂", "采砂", ["采砂采砂", "采砂"]),
        ("İstanbul 采砂", "采砂", ["采砂"]),
        ("无", "采砂", []),
        ("", "采砂", []),
    ],
)
def test_words_are_marked_as_they_are_printed(text, query, found):
    segments = marked(text, wanted(query))
    assert hits(segments) == found
    assert "".join(segment.text for segment in segments) == text


def test_what_was_quoted_is_marked_whole_and_its_words_are_not():
    assert hits(marked("采砂许可、许可采砂", wanted('"采砂许可"'))) == ["采砂许可"]


def test_a_passage_is_taken_where_most_stands_and_the_text_is_left_as_it_is():
    body = "总则。" * 60 + "采砂须办许可证。" + "附则。" * 60 + "单独提到采砂。"
    (passage,) = passages(body, wanted("采砂许可证"), 1)
    assert "采砂须办许可证" in "".join(segment.text for segment in passage)
    assert len("".join(segment.text for segment in passage)) <= WIDTH + 40
    assert len(passages(body, wanted("采砂"), 3)) == 2


def test_markup_in_a_text_is_text():
    assert "".join(segment.text for segment in marked("<b>采砂</b>&amp;", wanted("采砂"))) == "<b>采砂</b>&amp;"


@given(st.text("采砂河道管理。\n AaＡİ", max_size=300), st.integers(0, 4))
def test_passages_are_stretches_of_the_text(text, count):
    found = passages(text, wanted("采砂 河道管理"), count)
    assert len(found) <= count
    for passage in found:
        assert "".join(segment.text for segment in passage) in text
        assert all(segment.text for segment in passage)


def test_a_huge_text_takes_bounded_time():
    body = "采砂" * 5_000_000
    started = time.process_time()
    assert passages(body, wanted("采砂 河道 许可 管理 办法"), 3)
    assert time.process_time() - started < 2
