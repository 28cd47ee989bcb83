"""What was probably meant, from the titles found and from nothing else."""

import pytest

from gongkai.search.asking import parts
from gongkai.search.likeness import is_one_edit, one_edit
from gongkai.search.meaning import did_you_mean, related
from gongkai.text.segmentation import grams

TITLES = ("海岚市住房公积金提取管理办法", "关于2024年防溺水情况的通报")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("住房公机金", "住房公积金"),
        ("住房公积今提取", "住房公积金提取"),
        ("主房公积金", "住房公积金"),
        ("住公积金", "住房公积金"),
        ("住房积公金", "住房公积金"),
        ("住房公积积金", "住房公积金"),
        ("2024年溺防水情况", "2024年防溺水情况"),
        ("完全不同", ""),
        ("“住房公机金”", ""),
        ("房", ""),
    ],
)
def test_what_resembles_a_title_is_suggested(typed, meant):
    asked = parts(typed)
    assert did_you_mean(asked, TITLES, [False] * len(asked)) == meant


def test_only_the_part_that_is_nowhere_is_replaced():
    assert did_you_mean(parts("提取 公机金"), TITLES, [True, False]) == "提取 公积金"
    assert did_you_mean(parts("“提取” 公机金"), TITLES, [True, False]) == '"提取" 公积金'
    assert did_you_mean(parts("公机金"), TITLES, [True]) == ""


def test_related_are_the_commonest_keywords_but_what_was_asked():
    assert related(parts("采砂"), [("采砂", "许可"), ("许可", "河道"), ("河长制", "许可")]) == (
        "许可",
        "河道",
        "河长制",
    )


@pytest.mark.parametrize("right", ["住房公积金管理办法", "防溺水情况", "2024年防溺水"])
def test_every_text_one_edit_away_is_looked_for(right):
    """Each edit of a text leads back to it by one of the phrases of ``one_edit``."""
    edits = [right[:at] + "囍" + right[at + 1 :] for at in range(len(right))]
    edits += [right[:at] + right[at + 1 :] for at in range(1, len(right) - 1)]
    edits += [right[:at] + "囍" + right[at:] for at in range(1, len(right))]
    edits += [right[:at] + right[at + 1] + right[at] + right[at + 2 :] for at in range(len(right) - 1)]
    pieces = grams(right).split()
    for text in edits:
        if text == right or any(
            one.isdigit() != other.isdigit() for one, other in zip(text[:4], right[:4], strict=False)
        ):
            continue
        if right[:4].isdigit() and text[:4] != right[:4]:
            continue
        assert any(
            all(at + shift < len(pieces) and pieces[at + shift] == piece for at, piece in variant)
            for variant in one_edit(text)
            for shift in range(-1, len(pieces))
            if all(at + shift >= 0 for at, _ in variant)
        ), text


@pytest.mark.parametrize(("one", "other"), [("采砂", "采砂"), ("采砂管理", "采沙管里"), ("采", "采砂管"), ("", "采砂")])
def test_what_is_the_same_or_further_away_is_not_one_edit(one, other):
    assert is_one_edit(one, other) is False
