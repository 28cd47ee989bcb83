import re

from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.text.segmentation import (
    cutter,
    domain_words,
    gram_places,
    grams,
    search_words,
    tokenize,
    words,
    words_version,
)


def test_the_words_of_the_field_are_kept_whole():
    text = "按照政府信息公开条例，本机关对依申请公开作出答复。"
    assert words(text) == ("按照", "政府信息公开条例", "本", "机关", "对", "依申请公开", "作出", "答复")


def test_every_word_of_the_list_is_one_word():
    assert [word for word in domain_words() if words(word) != (word,)] == []


def test_no_word_is_listed_twice():
    assert len(set(domain_words())) == len(domain_words())


def test_an_index_gets_the_shorter_words_too_in_lower_case():
    assert set(search_words("政府信息公开条例 A1")) == {"政府", "信息", "公开", "条例", "政府信息公开条例", "a1"}


@given(st.text(alphabet="政府信息公开条例，。.A1 \n%", max_size=60))
def test_whole_documents_are_cut_the_same_faster(text):
    assert tuple(cutter().indexed(text).split()) == search_words(text)


def test_grams_pair_neighbours_and_keep_numbers_whole():
    assert grams("依申请公开〔2024〕3号 QZ06") == "依申 申请 请公 公开 开 2024 3 号 qz06"
    assert grams("、。") == ""


@given(st.text(alphabet="政府信息公开2024A，年第号", min_size=1, max_size=30), st.data())
def test_what_a_part_is_looked_for_by_stands_in_every_text_that_holds_it(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    # A run of letters and digits is found whole.
    cuts = [
        place for place in (start, start + len(part)) if text[place - 1 : place + 1].isascii() and 0 < place < len(text)
    ]
    assume(not any(text[place - 1].isalnum() and text[place].isalnum() for place in cuts))
    pieces = grams(text).split()
    placed = gram_places(part)
    assert not placed or any(
        all(re.fullmatch(piece, pieces[at + shift]) for at, piece in placed if at + shift < len(pieces))
        and max(placed)[0] + shift < len(pieces)
        for shift in range(len(pieces))
    )


def test_the_version_changes_with_the_list(monkeypatch):
    before = words_version()
    assert len(before) == 16
    words_version.cache_clear()
    monkeypatch.setattr("gongkai.text.segmentation.domain_words", lambda: ("新词",))
    assert words_version() != before
    words_version.cache_clear()


@given(st.text(alphabet="政府信息公开依申请条例，。 \nA1〇", max_size=60))
def test_tokens_are_the_text_cut_in_pieces(text):
    tokens = tokenize(text)
    assert "".join(token.text for token in tokens) == text
    assert all(text[token.start : token.end] == token.text for token in tokens)
