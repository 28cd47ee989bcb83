from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.gaps import close_gaps


def test_gaps_between_chinese_characters_are_closed_and_others_stay():
    assert close_gaps("政 务\n\n公开，\u3000今 年 12 件 A 股").text == "政务公开，今年 12 件 A 股"
    assert close_gaps("\n政务").text == "\n政务"


@given(st.text(alphabet="政务公开，。 \n\u30001A", max_size=60))
def test_every_place_leads_back_to_the_same_character(text):
    closed = close_gaps(text)
    for place, char in enumerate(closed.text):
        start, end = closed.printed(place, place + 1)
        assert text[start:end] == char
    assert "".join(closed.text.split()) == "".join(text.split())
