"""The tree of units is right on every day of its history."""

from datetime import date

import pytest

from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry
from gongkai.units.domain import structure
from gongkai.units.errors import (
    CircularTreeError,
    DuplicateCodeError,
    HasChildrenError,
    NotExistingError,
    UnknownParentError,
)
from gongkai.units.models import Kind, Span, Unit
from gongkai.units.queries import roster, tree

pytestmark = pytest.mark.django_db

FOUNDED = date(2010, 1, 1)
REFORM = date(2019, 3, 1)


def unit(code, name, parent=None, day=FOUNDED, kind=Kind.DEPARTMENT):
    return structure.establish(
        code=code,
        kind=kind,
        name=name,
        short_name=name,
        parent=parent,
        day=day,
        document="岚政〔2010〕1号",
        actor=SYSTEM,
    )


@pytest.fixture
def city():
    return unit("HL-000", "海岚市人民政府", kind=Kind.GOVERNMENT)


def names(day):
    return [(node.depth, node.name) for node in tree.as_of(day)]


def test_a_unit_exists_from_its_first_day(city):
    unit("HL-001", "市发展和改革局", city, date(2015, 6, 1))
    assert names(date(2015, 5, 31)) == [(0, "海岚市人民政府")]
    assert names(date(2015, 6, 1)) == [(0, "海岚市人民政府"), (1, "市发展和改革局")]


def test_a_code_is_never_given_twice(city):
    with pytest.raises(DuplicateCodeError, match="HL-000 已被使用"):
        unit("HL-000", "另一机构", city)


def test_a_superior_must_exist_on_the_day(city):
    office = unit("HL-001", "市体改办", city)
    structure.abolish(unit=office, day=REFORM, document="岚政〔2019〕3号", actor=SYSTEM)
    with pytest.raises(UnknownParentError, match="HL-001 在 2019-03-01 不存在"):
        unit("HL-002", "体改科", office, REFORM)
    assert Unit.objects.count() == 2


def test_a_new_name_holds_from_its_day_and_the_old_one_until_then(city):
    bureau = unit("HL-001", "市经信局", city)
    structure.rename(
        unit=bureau, name="市工信局", short_name="工信局", day=REFORM, document="岚政〔2019〕3号", actor=SYSTEM
    )
    assert names(date(2019, 2, 28))[1] == (1, "市经信局")
    assert names(REFORM)[1] == (1, "市工信局")
    assert list(Span.objects.filter(unit=bureau).values_list("begins_on", "ends_on")) == [
        (FOUNDED, REFORM),
        (REFORM, None),
    ]


def test_a_second_change_on_the_same_day_is_one_period(city):
    bureau = unit("HL-001", "市经信局", city)
    zone = unit("HL-100", "经济开发区", city, kind=Kind.ZONE)
    structure.rename(unit=bureau, name="市工信局", short_name="工信局", day=REFORM, document="甲", actor=SYSTEM)
    structure.move(unit=bureau, parent=zone, day=REFORM, document="乙", actor=SYSTEM)
    assert names(REFORM) == [(0, "海岚市人民政府"), (1, "经济开发区"), (2, "市工信局")]
    assert Span.objects.filter(unit=bureau).count() == 2


def test_a_change_before_one_already_recorded_is_refused(city):
    bureau = unit("HL-001", "市经信局", city)
    structure.rename(unit=bureau, name="市工信局", short_name="工信局", day=REFORM, document="甲", actor=SYSTEM)
    with pytest.raises(NotExistingError, match="没有可变动的沿革"):
        structure.rename(unit=bureau, name="旧名", short_name="旧", day=date(2018, 1, 1), document="乙", actor=SYSTEM)


def test_a_unit_cannot_stand_below_itself(city):
    zone = unit("HL-100", "经济开发区", city, kind=Kind.ZONE)
    bureau = unit("HL-101", "开发区建设局", zone)
    with pytest.raises(CircularTreeError, match="HL-101 在 2019-03-01 是 HL-100 的下级"):
        structure.move(unit=zone, parent=bureau, day=REFORM, document="甲", actor=SYSTEM)
    assert names(REFORM)[-1] == (2, "开发区建设局")


def test_a_unit_with_others_below_it_does_not_end(city):
    zone = unit("HL-100", "经济开发区", city, kind=Kind.ZONE)
    unit("HL-101", "开发区建设局", zone)
    with pytest.raises(HasChildrenError, match="还有 1 个机构（HL-101）"):
        structure.abolish(unit=zone, day=REFORM, document="甲", actor=SYSTEM)
    zone.refresh_from_db()
    assert zone.abolished_on is None


def test_a_unit_ends_only_once(city):
    bureau = unit("HL-001", "市体改办", city)
    structure.abolish(unit=bureau, day=REFORM, document="甲", actor=SYSTEM)
    with pytest.raises(NotExistingError, match="不能撤销"):
        structure.abolish(unit=bureau, day=date(2020, 1, 1), document="乙", actor=SYSTEM)


def test_after_a_merger_and_a_split_the_functions_are_found_again(city):
    old_a, old_b = unit("HL-001", "市粮食局", city), unit("HL-002", "市物价局", city)
    merged = unit("HL-003", "市粮食和物资储备局", city, REFORM)
    structure.merge(units=[old_a, old_b], into=merged, day=REFORM, document="甲", actor=SYSTEM)
    later = date(2023, 1, 1)
    heirs = [unit("HL-004", "市储备中心", city, later), unit("HL-005", "市价格中心", city, later)]
    structure.split(unit=merged, into=heirs, day=later, document="乙", actor=SYSTEM)
    old_a.refresh_from_db()
    assert tree.answering(old_a, date(2019, 2, 28)) == (old_a,)
    assert tree.answering(old_a, REFORM) == (merged,)
    assert tree.answering(old_a, later) == tuple(heirs)


def test_functions_that_vanished_have_no_successor(city):
    bureau = unit("HL-001", "市体改办", city)
    structure.abolish(unit=bureau, day=REFORM, document="甲", actor=SYSTEM)
    assert tree.answering(bureau, REFORM) == ()


def test_functions_may_pass_to_a_unit_that_goes_on(city):
    bureau, heir = unit("HL-001", "市体改办", city), unit("HL-002", "市发改局", city)
    structure.abolish(unit=bureau, day=REFORM, document="甲", actor=SYSTEM, successor=heir)
    assert tree.answering(bureau, REFORM) == (heir,)


def test_below_holds_the_whole_subtree_and_nothing_else(city):
    zone = unit("HL-100", "经济开发区", city, kind=Kind.ZONE)
    bureau = unit("HL-101", "开发区建设局", zone)
    unit("HL-001", "市粮食局", city)
    assert tree.as_of(REFORM).below([zone.pk]) == {zone.pk, bureau.pk}


def test_the_roster_of_a_year_names_what_reform_did(city):
    renamed = unit("HL-001", "市经信局", city)
    merged_away = unit("HL-002", "市粮食局", city)
    heir = unit("HL-003", "市储备局", city, REFORM)
    unit("HL-900", "市税务局", city, kind=Kind.VERTICAL)
    structure.rename(unit=renamed, name="市工信局", short_name="工信局", day=REFORM, document="甲", actor=SYSTEM)
    structure.merge(units=[merged_away], into=heir, day=REFORM, document="乙", actor=SYSTEM)
    found = {item.node.name: (item.is_new, item.is_re_formed, item.is_renamed) for item in roster.reporters(2019)}
    assert found == {
        "海岚市人民政府": (False, False, False),
        "市工信局": (False, False, True),
        "市储备局": (True, True, False),
    }


def test_every_act_is_in_the_journal(city):
    structure.rename(
        unit=city, name="海岚市政府", short_name="海岚", day=REFORM, document="岚政〔2019〕3号", actor=SYSTEM
    )
    assert list(Entry.objects.values_list("act", "detail")) == [
        ("units.established", {"day": "2010-01-01", "document": "岚政〔2010〕1号", "units": ["HL-000"]}),
        ("units.renamed", {"day": "2019-03-01", "document": "岚政〔2019〕3号", "units": ["HL-000"]}),
    ]


def test_the_tree_of_a_day_is_one_query(city, django_assert_num_queries):
    for number in range(1, 6):
        unit(f"HL-00{number}", f"第{number}局", city)
    with django_assert_num_queries(1):
        assert len(tree.as_of(REFORM).nodes) == 6


def test_papers_go_with_the_functions_and_stay_below_whoever_was_over_them(city):
    zone = unit("HL-200", "开发区", city, kind=Kind.ZONE)
    old, older, lost = unit("HL-201", "旧局", zone), unit("HL-202", "更旧的局", zone), unit("HL-203", "撤局", zone)
    heir = unit("HL-300", "新局", city)
    structure.merge(units=[older], into=old, day=date(2018, 1, 1), document="甲", actor=SYSTEM)
    structure.merge(units=[old], into=heir, day=REFORM, document="甲", actor=SYSTEM)
    structure.abolish(unit=lost, day=REFORM, document="甲", actor=SYSTEM)
    known = tree.as_of(REFORM)
    assert known.left_to([heir.pk], with_subtree=False) == {old.pk, older.pk}
    assert known.left_to([zone.pk], with_subtree=False) == frozenset()
    assert known.left_to([zone.pk], with_subtree=True) == {old.pk, older.pk, lost.pk}
    assert known.left_to([lost.pk], with_subtree=False) == {lost.pk}
    assert tree.as_of(date(2018, 6, 1)).left_to([old.pk], with_subtree=False) == {older.pk}
    assert (known.name(heir.pk), known.name(lost.pk), known.name(0)) == ("新局", "撤局（已撤销）", "")
