"""The bodies of the prefecture-level city, and what the reform of 2019 did to them."""

import pytest

from gongkai.demo import founding
from gongkai.demo.prefecture.places import prefecture
from gongkai.units.queries.report_list import NEW, RE_FORMED, RENAMED, report_list


def test_there_are_as_many_bodies_as_reported():
    assert len(prefecture().places) == 520


@pytest.mark.parametrize("name", ["code", "name", "short", "slug", "mark"])
def test_bodies_have_codes_names_and_marks_of_their_own(name):
    values = [getattr(place, name) for place in prefecture().places]
    assert len(set(values)) == len(values)


def test_every_body_stands_below_one_that_stands_before_it():
    seen = {""}
    for place in prefecture().places:
        assert place.below in seen
        seen.add(place.code)
    assert {body.into for body in prefecture().ended} <= seen


def test_counties_have_their_government_office_departments_and_towns():
    whole = prefecture()
    counties = [place for place in whole.places if place.kind == "government" and place.below]
    assert len(counties) == 11
    for county in counties:
        kinds = [place.kind for place in whole.places if place.below == county.code]
        assert (kinds.count("office"), kinds.count("department"), len(kinds)) == (1, 24, 42)
        assert all(place.is_local for place in whole.places if place.below == county.code)


@pytest.mark.django_db
def test_the_list_of_those_who_report_tells_the_reform():
    whole = prefecture()
    own = [place.code for place in whole.places if place.below in {"", "LZ-001"}]
    founding.found(whole.only(own))
    found = report_list(2019)
    assert [len(found.in_state(state)) for state in (NEW, RE_FORMED, RENAMED)] == [6, 2, 4]
    assert {line.former_name for line in found.in_state(RENAMED)} == {
        "岚州市环境保护局",
        "岚州市农业局",
        "岚州市文化广电新闻出版局",
        "岚州市卫生和计划生育委员会",
    }
    assert {ended.successors for ended in found.ended} == {("岚州市自然资源和规划局",), ("岚州市市场监督管理局",)}
    assert "6 个为首次编制年度报告" in found.sentence
