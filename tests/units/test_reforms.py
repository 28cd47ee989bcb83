"""Reform by forms: who may, what is refused beside which field, and what is recorded."""

from datetime import date

import pytest
from django.urls import reverse

from builders.city import person, unit
from gongkai.accounts.models import Role
from gongkai.journal.models import Entry
from gongkai.units.models import Kind, Unit
from gongkai.units.queries import tree

DAY = date(2025, 3, 1)
ACT = {"day": "2025-03-01", "document": "岚委办〔2025〕3号"}


def reform(client, act, of, **fields):
    return client.post(reverse(f"units:{act}", args=[of.pk]), ACT | fields)


def establish(client, **fields):
    ordinary = {"code": "HL-777", "kind": "department", "name": "新局", "short_name": "新局", "position": "0"}
    return client.post(reverse("units:establish"), ordinary | ACT | fields)


def test_a_unit_is_established_below_another(client, competent, city):
    response = establish(client, parent=city.zone.pk)
    made = Unit.objects.get(code="HL-777")
    assert response.url == reverse("units:detail", args=[made.pk])
    assert tree.as_of(DAY).node(made.pk).parent == city.zone.pk
    entry = Entry.objects.last()
    assert (entry.act, entry.actor, entry.detail["units"]) == ("units.established", "zhou", ["HL-777"])


def test_a_code_taken_is_said_beside_the_code(client, competent, city):
    response = establish(client, parent=city.zone.pk, code="HL-010")
    assert response.context["form"].errors == {
        "code": ["机构代码 HL-010 已被使用。机构代码终身不变、不得重用，请另取代码。"]
    }


def test_a_superior_that_did_not_exist_yet_is_said_beside_the_superior(client, competent, city):
    late = unit("HL-200", "新区", city.root, Kind.ZONE, date(2025, 6, 1))
    response = establish(client, parent=late.pk)
    assert list(response.context["form"].errors) == ["parent"]


def test_a_half_filled_form_names_every_field(client, competent):
    response = client.post(reverse("units:establish"), {"day": "2025-02-30"})
    assert set(response.context["form"].errors) == {
        "code", "kind", "name", "short_name", "parent", "position", "day", "document"
    }  # fmt: skip
    assert response.content.decode().count('aria-invalid="true"') == 8


def test_a_unit_is_renamed(client, competent, city):
    reform(client, "rename", city.bureau, name="海岚市水务局", short_name="水务局")
    assert [tree.as_of(day).node(city.bureau.pk).name for day in (date(2025, 2, 28), DAY)] == [
        "海岚市水利局",
        "海岚市水务局",
    ]


def test_a_day_before_a_later_change_is_refused_beside_the_day(client, competent, city):
    reform(client, "rename", city.bureau, name="海岚市水务局", short_name="水务局")
    response = reform(client, "rename", city.bureau, name="水务", short_name="水务", day="2024-01-01")
    assert list(response.context["form"].errors) == ["day"]


def test_a_unit_moves_and_never_below_itself(client, competent, city):
    assert list(reform(client, "move", city.zone, parent=city.below.pk).context["form"].errors) == ["parent"]
    assert list(reform(client, "move", city.zone, parent=city.zone.pk).context["form"].errors) == ["parent"]
    reform(client, "move", city.below, parent=city.bureau.pk)
    assert tree.as_of(DAY).node(city.below.pk).parent == city.bureau.pk


def test_units_merge_into_one(client, competent, city):
    reform(client, "merge", city.bureau, units=[city.fishery.pk])
    assert tree.answering(Unit.objects.get(pk=city.fishery.pk), DAY) == (city.bureau,)


def test_a_unit_with_others_below_it_does_not_end(client, competent, city):
    assert list(reform(client, "merge", city.bureau, units=[city.zone.pk]).context["form"].errors) == ["units"]
    response = reform(client, "abolish", city.zone)
    assert response.context["form"].non_field_errors() == [
        "机构 HL-100 之下还有 1 个机构（HL-101）。请先调整它们的隶属。"
    ]
    assert Unit.objects.filter(abolished_on__isnull=False).count() == 0


def test_a_unit_is_split_between_two(client, competent, city):
    reform(client, "split", city.fishery, into=[city.bureau.pk, city.office.pk])
    answering = tree.answering(Unit.objects.get(pk=city.fishery.pk), DAY)
    assert {one.code for one in answering} == {"HL-001", "HL-010"}


def test_a_unit_ends_with_or_without_a_successor(client, competent, city):
    reform(client, "abolish", city.fishery, successor=city.bureau.pk)
    reform(client, "abolish", city.below)
    assert tree.answering(Unit.objects.get(pk=city.fishery.pk), DAY) == (city.bureau,)
    assert tree.answering(Unit.objects.get(pk=city.below.pk), DAY) == ()
    assert client.get(reverse("units:rename", args=[city.fishery.pk])).status_code == 404


@pytest.mark.parametrize("act", ["rename", "move", "merge", "split", "abolish"])
def test_a_competent_department_reforms_its_own_subtree_alone(client, zone_competent, city, act):
    assert client.get(reverse(f"units:{act}", args=[city.below.pk])).status_code == 200
    assert client.get(reverse(f"units:{act}", args=[city.bureau.pk])).status_code == 403


def test_what_lies_outside_the_subtree_cannot_be_chosen(client, zone_competent, city):
    for response in (
        establish(client, parent=city.bureau.pk),
        reform(client, "move", city.below, parent=city.bureau.pk),
    ):
        assert list(response.context["form"].errors) == ["parent"]
    assert list(reform(client, "merge", city.below, units=[city.bureau.pk]).context["form"].errors) == ["units"]


def test_an_administrator_reforms_everything_and_an_officer_nothing(client, city):
    client.force_login(person("ops", city.office, Role.ADMINISTRATOR))
    assert client.get(reverse("units:rename", args=[city.bureau.pk])).status_code == 200
    client.force_login(person("lin", city.bureau, Role.HANDLER))
    assert client.get(reverse("units:rename", args=[city.bureau.pk])).status_code == 403
    assert establish(client, parent=city.bureau.pk).status_code == 403
