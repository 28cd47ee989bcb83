import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from gongkai.text.sounds import sound, syllable


@pytest.mark.parametrize("pair", ["积机", "诊正", "宁林", "是四", "山三", "吕女", "公工", "昌参"])
def test_what_is_mixed_up_sounds_the_same(pair):
    assert sound(pair[0]) == sound(pair[1])


@pytest.mark.parametrize("pair", ["公空", "海河", "房广", "住税"])
def test_what_is_not_mixed_up_does_not(pair):
    assert sound(pair[0]) != sound(pair[1])


def test_readings_are_those_of_the_library_for_characters_with_one():
    for char in "房积金政府绿吕略女岚":
        assert syllable(char) == lazy_pinyin(char, v_to_u=False)[0].replace("ü", "v")


@given(st.characters())
def test_every_character_sounds_like_something(char):
    assert sound(char)
