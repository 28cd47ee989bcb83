import pytest

from gongkai.annual.forms import EDITIONS, form
from gongkai.law.scope import (
    UnknownScopeItemError,
    UnknownSubjectsError,
    items_for,
    scope_groups,
    scope_item,
    scope_items,
    subject_versions,
    subjects,
)


def test_there_are_fifteen_items_for_all_seven_for_cities_and_eight_for_towns():
    codes = [item.code for item in scope_items()]
    assert codes == [
        *(f"20.{n:02}" for n in range(1, 16)),
        *(f"21.city.{n}" for n in range(1, 8)),
        *(f"21.town.{n}" for n in range(1, 9)),
    ]


def test_items_are_grouped_by_article_and_level_none_left_out_and_none_twice():
    groups = scope_groups()
    assert [(name, len(items)) for name, items in groups] == [
        ("条例第二十条", 15),
        ("条例第二十一条（设区的市级、县级）", 7),
        ("条例第二十一条（乡镇）", 8),
    ]
    assert tuple(item for _, items in groups for item in items) == scope_items()
    assert all(len({item.caption for item in items}) == len(items) for _, items in groups)


@pytest.mark.parametrize(
    ("level", "count"),
    [
        ("town", 23),
        ("county", 22),
        ("prefecture", 22),
        ("department", 22),
        ("province", 15),
        ("national", 15),
        (None, 15),
    ],
)
def test_the_level_decides_which_items_a_body_has(level, count):
    assert len(items_for(level)) == count


def test_of_a_body_of_unknown_level_it_is_not_known():
    assert scope_item("21.town.4").is_for(None) is None
    assert scope_item("20.01").is_for(None) is True
    assert scope_item("21.town.4").is_for("county") is False


def test_an_item_names_its_article():
    assert scope_item("20.08").article == "《政府信息公开条例》第二十条第八项"
    with pytest.raises(UnknownScopeItemError, match=r"没有主动公开事项代码“20\.16”"):
        scope_item("20.16")


def test_the_forms_of_the_annual_report_name_items_that_exist():
    used = {block.scope for edition in EDITIONS for table in form(edition).tables for block in table.blocks}
    assert used - {item.code for item in scope_items()} == {""}


def test_the_newest_list_of_subjects_is_the_default():
    assert subjects() == subjects(subject_versions()[-1])
    assert len(subjects()) == 22
    assert subjects()["综合政务"][0] == "政务公开"
    with pytest.raises(UnknownSubjectsError, match=r"可用的版本：gov\.cn-1"):
        subjects("1988")
