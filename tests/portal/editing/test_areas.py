"""What belongs to a key area, and whether the board of who published is right."""

import pytest
from django.urls import reverse

from builders.city import unit
from builders.pages import count_queries
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry
from gongkai.portal.domain.areas import set_area, set_usual
from gongkai.portal.errors import PlaceError, RuleError
from gongkai.portal.models import KeyArea
from gongkai.portal.queries.areas import coverages, records_of
from gongkai.records.domain import publication
from gongkai.records.errors import NotAuthorisedError
from gongkai.records.models import Record
from gongkai.records.queries.published import Wanted
from gongkai.units.domain import structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(city, today):
    """Set an area; what is not said is 财政预决算."""

    def made(slug="budgets", **fields):
        ordinary = {"name": f"领域{slug}", "scope_items": ["20.07"], "duty_kinds": ["department"], "position": 1}
        return set_area(user=city.chief, day=today, slug=slug, **(ordinary | fields))

    return made


def titles(one):
    return {record.title for record in records_of(one, Wanted())}


def test_an_area_gathers_by_item_subject_words_and_choice(city, area, publish_record):
    publish_record("水利局预算", scope_item="20.07")
    publish_record("专项资金办法", subject="财政、金融、审计/财政")
    publish_record("审计结果", subject="财政、金融、审计")
    chosen = publish_record("别的")
    publish_record("无关", subject="财政、金融、审计报告")
    assert titles(area()) == {"水利局预算"}
    assert titles(area("money", subjects=["财政、金融、审计"])) == {"水利局预算", "专项资金办法", "审计结果"}
    assert titles(area("funds", subjects=["财政、金融、审计"], words="专项资金 债务")) == {"专项资金办法"}
    assert titles(area("more", records=[chosen.pk])) == {"水利局预算", "别的"}


def test_what_is_taken_down_belongs_nowhere(client, city, today, area, publish_record):
    record = publish_record("水利局预算", scope_item="20.07")
    one = area(records=[record.pk])
    publication.withdraw(record=Record.objects.get(pk=record.pk), user=city.head, day=today, reason="有误")
    assert titles(one) == set()
    assert coverages([one], today.year, today)[0].have == 0
    assert "水利局预算" not in client.get(reverse("portal:area", args=["budgets"])).content.decode()


def test_the_board_counts_who_must_and_who_has(client, city, today, area, publish_record):
    one = area(duty_units=[city.office.pk])
    publish_record("水利局预算", scope_item="20.07")
    publish_record("水利局决算", scope_item="20.07")
    board = coverages([one], today.year, today)[0]
    counted = {line.name: line.count for line in board.lines}
    assert counted == {"市政府办公室": 0, "水利局": 2, "教育局": 0}
    assert (board.must, board.have, board.percent) == (3, 1, 33)
    assert {line.name for line in board.missing} == {"市政府办公室", "教育局"}
    words = client.get(reverse("portal:coverage", args=["budgets"])).content.decode()
    behind = f"{reverse('portal:area', args=['budgets'])}?of=HL-016&amp;year={today.year}"
    assert behind in words
    listed = client.get(behind.replace("&amp;", "&")).content.decode()
    assert "水利局预算" in listed
    assert "水利局决算" in listed


def test_all_of_them_is_a_hundred_and_never_before(city, today, area, publish_record):
    one = area(duty_kinds=[], duty_units=[city.bureau.pk, city.school.pk])
    publish_record("水利局预算", scope_item="20.07")
    assert coverages([one], today.year, today)[0].percent == 50
    publish_record("教育局预算", where=city.school, scope_item="20.07")
    assert coverages([one], today.year, today)[0].percent == 100
    assert coverages([one], today.year - 1, today)[0].percent == 0


def test_what_an_ended_unit_published_counts_for_its_heir(city, today, area, publish_record):
    old = unit("HL-099", "渔业局", city.government)
    publish_record("渔业局预算", where=old, scope_item="20.07")
    structure.abolish(unit=old, day=today, document="甲", actor=SYSTEM, successor=city.bureau)
    board = coverages([area()], today.year, today)[0]
    assert {line.name: line.count for line in board.lines} == {"水利局": 1, "教育局": 0}


def test_every_number_opens_into_just_the_records_behind_it(client, city, today, area, publish_record):
    old = unit("HL-099", "渔业局", city.government)
    publish_record("水利局预算", scope_item="20.07")
    publish_record("市政府预算", where=city.government, scope_item="20.07")
    publish_record("渔业局预算", where=old, scope_item="20.07")
    structure.abolish(unit=old, day=today, document="甲", actor=SYSTEM, successor=city.bureau)
    board = coverages([area(duty_kinds=["government", "department"])], today.year, today)[0]
    assert {line.code: line.count for line in board.lines} == {"HL-001": 1, "HL-016": 2, "HL-004": 0}
    for line in board.lines:
        behind = {"of": line.code, "year": today.year}
        found = client.get(reverse("portal:area", args=["budgets"]), behind).context["sheet"]
        assert found.total == line.count
    every = client.get(reverse("portal:area", args=["budgets"]), {"of": "nobody"}).context["sheet"]
    assert every.total == 3


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"scope_items": []}, RuleError),
        ({"scope_items": [], "records": [1], "words": "甲"}, RuleError),
        ({"slug": "A b"}, PlaceError),
    ],
)
def test_a_rule_that_gathers_nothing_or_everything_is_refused(area, fields, error):
    with pytest.raises(error):
        area(**fields)


def test_only_the_competent_department_sets_areas(city, today, area):
    one = area()
    for user in (city.author, city.head):
        with pytest.raises(NotAuthorisedError):
            set_area(user=user, day=today, area=one, name="改")
    set_area(user=city.chief, day=today, area=one, name="改", slug="other")
    assert (KeyArea.objects.get().name, KeyArea.objects.get().slug) == ("改", "budgets")
    acts = Entry.objects.filter(act__startswith="portal.area").values_list("act", flat=True)
    assert list(acts.order_by("pk")) == ["portal.area_set", "portal.area_changed"]


def test_the_usual_areas_are_set_once(city, today):
    assert len(set_usual(user=city.chief, day=today)) == 10
    assert set_usual(user=city.chief, day=today) == []


def test_an_area_that_is_not_open_does_not_exist(client, area):
    area(is_open=False)
    assert client.get(reverse("portal:area", args=["budgets"])).status_code == 404
    assert client.get(reverse("portal:coverage", args=["budgets"])).status_code == 404
    assert "领域budgets" not in client.get(reverse("portal:areas")).content.decode()


def test_boards_take_the_same_queries_however_many_areas_and_units(city, today, area, publish_record, asked):
    area()
    publish_record("甲", scope_item="20.07")
    first = [asked(reverse("portal:areas")), asked(reverse("portal:coverage", args=["budgets"]))]
    publish_record("教育局预算", where=city.school, scope_item="20.07")
    for slug in ("two", "three"):
        area(slug, subjects=["科技、教育"], words="甲 乙")
    again = [asked(reverse("portal:areas")), asked(reverse("portal:coverage", args=["budgets"]))]
    assert again == first
    assert max(first) <= 6


def test_the_list_of_an_area_takes_the_same_queries_however_long(area, publish_record, asked):
    area()
    publish_record("甲", scope_item="20.07")
    first = asked(reverse("portal:area", args=["budgets"]))
    for title in ("乙", "丙"):
        publish_record(title, scope_item="20.07")
    assert asked(reverse("portal:area", args=["budgets"])) == first <= 6


@pytest.mark.parametrize("year", ["", "1", "9999", "abc", "-1", "２０２６", "2026" * 50])
def test_a_year_that_makes_no_sense_is_as_if_it_had_not_been_said(client, area, publish_record, year):
    area()
    publish_record("甲", scope_item="20.07")
    for address in (reverse("portal:areas"), reverse("portal:coverage", args=["budgets"])):
        assert client.get(address, {"year": year}).status_code == 200


def test_the_office_names_who_is_missing(signed_on, city, area, publish_record):
    one = area()
    publish_record("水利局预算", scope_item="20.07")
    client = signed_on(city.chief)
    words = client.get(reverse("editing:area", args=[one.pk])).content.decode()
    assert "尚未公开的机构（1 个）" in words
    assert "教育局" in words
    number = count_queries(client, reverse("editing:areas"))
    area("two")
    assert count_queries(client, reverse("editing:areas")) == number
    answer = signed_on(city.author).get(reverse("editing:areas"), follow=True)
    assert "由政务公开主管部门设定" in answer.content.decode()


def test_an_area_is_set_in_the_office(signed_on, city, publish_record):
    record = publish_record("水利局预算", scope_item="20.07")
    client = signed_on(city.chief)
    data = {"name": "财政", "slug": "money", "position": "1", "records": record.index_number, "is_open": "on"}
    data |= {"duty_units": [str(city.school.pk)]}
    answer = client.post(reverse("editing:area-new"), data)
    one = KeyArea.objects.get()
    assert answer.headers["Location"] == reverse("editing:area", args=[one.pk])
    assert (one.records, one.duty_units) == ([record.pk], [city.school.pk])
    bad = client.post(reverse("editing:area-edit", args=[one.pk]), data | {"records": "没有这个号"})
    assert bad.status_code == 422
    assert "没有已公开的信息" in bad.content.decode()
    nothing = client.post(reverse("editing:area-edit", args=[one.pk]), data | {"records": ""})
    assert "否则本领域没有内容" in nothing.content.decode()
