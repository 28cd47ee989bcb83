"""Many words looked for in one pass."""

import pytest

from gongkai.text.anchors import Anchors

WORDS = ["税", "国土", "国家工商", "国", "工商"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("国家工商总局", {"国", "国家工商", "工商"}),
        ("国土与税收", {"国", "国土", "税"}),
        ("国国土", {"国", "国土"}),
        ("自然资源", set()),
        ("", set()),
    ],
)
def test_every_word_of_the_text_is_found_also_inside_another(text, found):
    assert Anchors(WORDS).found(text) == found
