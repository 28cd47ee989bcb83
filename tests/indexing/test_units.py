"""Units are found by each of their names, and by what their guide says; what changes of them is marked."""

from datetime import date

import pytest

from gongkai.indexing import units
from gongkai.indexing.models import Dirty
from gongkai.journal.domain.entry import SYSTEM
from gongkai.units.domain import structure
from gongkai.units.domain.guides import set_guide
from gongkai.units.models import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return structure.establish(
        code="HL-012",
        kind=Kind.DEPARTMENT,
        name="海岚市海洋与渔业局",
        short_name="渔业局",
        parent=None,
        day=date(2010, 1, 1),
        document="甲",
        actor=SYSTEM,
    )


def marked():
    keys = set(Dirty.objects.values_list("key", flat=True))
    Dirty.objects.all().delete()
    return keys


def test_a_unit_is_found_by_its_present_and_former_names_and_its_office(bureau):
    structure.rename(
        unit=bureau, name="海岚市渔业局", short_name="渔业局", day=date(2019, 3, 1), document="乙", actor=SYSTEM
    )
    set_guide(
        unit=bureau,
        office="海岚市渔业局办公室",
        address="澜江大道1号",
        hours="工作日",
        telephone="0000-1234567",
        day=date(2020, 1, 1),
        actor=SYSTEM,
    )
    (document,) = units.build([bureau.pk])
    assert (document.title, document.kind, document.unit, document.validity) == ("海岚市渔业局", "unit", "HL-012", "")
    assert document.body.splitlines()[0] == "海岚市渔业局办公室"
    assert document.body.splitlines()[-1] == "原海岚市海洋与渔业局"
    assert (document.access, document.numbers) == (("public",), ("HL-012",))


def test_a_unit_that_ended_says_so(bureau):
    structure.abolish(unit=bureau, day=date(2020, 1, 1), document="乙", actor=SYSTEM)
    assert [document.validity for document in units.build([bureau.pk, bureau.pk + 1])] == ["repealed"]


def test_what_changes_of_a_unit_is_marked(bureau):
    key = {f"units.unit:{bureau.pk}"}
    assert marked() == key
    structure.rename(
        unit=bureau, name="海岚市渔业局", short_name="渔业局", day=date(2019, 3, 1), document="", actor=SYSTEM
    )
    assert marked() == key
    set_guide(unit=bureau, office="甲", address="乙", hours="丙", telephone="0", day=date(2020, 1, 1), actor=SYSTEM)
    assert marked() == key


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("海岚市东埔镇人民政府", ("东埔镇", "东埔")),
        ("海岚市凤台街道办事处", ("凤台街道", "凤台")),
        ("海岚市水利局", ("水利局",)),
        ("水利局", ("水利局",)),
    ],
)
def test_the_place_in_a_name_is_a_word(name, words):
    assert units.place_of(name) == words


@pytest.mark.parametrize("count", [1, 3])
def test_building_takes_the_same_queries_for_any_number(bureau, count, django_assert_num_queries):
    more = [
        structure.establish(
            code=f"HL-{n}",
            kind=Kind.DEPARTMENT,
            name=f"海岚市{n}局",
            short_name="局",
            parent=bureau,
            day=date(2011, 1, 1),
            document="甲",
            actor=SYSTEM,
        ).pk
        for n in range(count)
    ]
    with django_assert_num_queries(2):
        assert len(list(units.build(more))) == count
