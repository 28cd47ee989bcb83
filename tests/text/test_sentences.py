import pytest

from gongkai.text.sentences import sentence_around


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("先公开。再答复；后归档！", "答复", "再答复"),
        ("先公开", "公开", "先公开"),
        ("标题\n正文，继续\n", "继续", "正文，继续"),
    ],
)
def test_a_sentence_ends_at_its_mark_or_its_line(text, word, sentence):
    place = text.index(word)
    assert sentence_around(text, place, place + len(word)) == sentence
