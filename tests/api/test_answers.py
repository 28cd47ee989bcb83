"""Single answers: a record with what belongs to it, units through time, reports and their numbers, statistics."""

from datetime import date

import pytest
from django.utils import timezone

from builders.city import unit
from builders.editions import attached, edition, figures
from gongkai.journal.domain.entry import SYSTEM
from gongkai.records.models import Category, Validity
from gongkai.reporting.models import Origin
from gongkai.units.domain import structure
from gongkai.units.models import Guide

pytestmark = pytest.mark.django_db


def test_a_record_comes_with_what_explains_and_replaces_it(city, publish, ask):
    newer = publish("新办法")
    record = publish(
        "旧办法", validity=Validity.REPEALED, validity_since=date(2024, 7, 1), superseded_by=newer, summary="概述"
    )
    record.joint_units.add(city.school)
    about = publish("一图读懂", category=Category.INTERPRETATION, interprets=record)
    found = ask(f"records/{record.pk}/")
    assert found["superseded_by"]["id"] == newer.pk
    assert [one["id"] for one in found["interpretations"]] == [about.pk]
    assert [one["name"] for one in found["makers"]] == ["水利局", "教育局"]
    assert found["validity_since"] == "2024-07-01"
    assert [one["number"] for one in found["publications"]] == [1]
    assert ask(f"records/{about.pk}/")["interprets"]["title"] == "旧办法"


def test_the_units_are_those_of_the_day_that_is_asked_for(city, ask):
    structure.merge(
        units=[city.school], into=city.water, day=date(2024, 7, 1), document="岚政〔2024〕7号", actor=SYSTEM
    )
    before = ask("units/", on="2024-06-30")
    assert [one["code"] for one in before["items"]] == ["HL", "HL-S", "HL-W"]
    assert before["items"][1]["parent_code"] == "HL"
    after = ask("units/", on="2024-07-01")
    assert [one["code"] for one in after["items"]] == ["HL", "HL-W"]
    assert after["ended"] == [
        {"code": "HL-S", "short_name": "教育局", "ended_on": "2024-07-01", "successors": ["HL-W"]}
    ]
    assert ask("units/", on="2000-01-01")["items"] == []
    # What is entered for a day to come is not public before it.
    structure.rename(
        unit=city.water,
        name="将来的水务局",
        short_name="水务局",
        day=date(2998, 1, 1),
        document="岚政〔2998〕1号",
        actor=SYSTEM,
    )
    for path in ("units/", "units/HL-W/"):
        found = ask(path, on="2999-01-01")
        assert "将来的水务局" not in str(found)
        assert found["on"] == timezone.localdate().isoformat()


def test_a_unit_tells_its_place_and_its_history(city, ask):
    unit("HL-W-1", "水文站", parent=city.water, day=date(2020, 1, 1))
    found = ask("units/HL-W/")
    assert found["unit"]["parent_code"] == "HL"
    assert found["children"] == [{"code": "HL-W-1", "name": "水文站"}]
    assert [step["act"] for step in found["history"]] == ["established"]
    assert ask("units/HL-W/", on="2015-01-01")["children"] == []
    assert ask("units/HL-W/", 404, on="2000-01-01")["error"]["code"] == "unknown-unit"


def test_a_unit_that_ended_tells_who_took_over(city, ask):
    structure.merge(
        units=[city.school], into=city.water, day=date(2024, 7, 1), document="岚政〔2024〕7号", actor=SYSTEM
    )
    found = ask("units/HL-S/")
    assert found["unit"] is None
    assert found["ended"]["successors"] == ["HL-W"]


def test_a_guide_names_the_office_and_its_channels(every_stage, ask):
    found = ask("units/HL-W/guide/")
    assert (found["office"], found["channels"], found["unit_name"]) == ("办公室", ["internet"], "水利局")
    assert not {"id", "unit_id"} & found.keys()
    Guide.objects.all().delete()
    assert ask("units/HL-W/guide/", 404)["error"]["code"] == "not-found"


def test_reports_are_listed_by_year_with_every_version(client, city, ask):
    first = attached(edition(figures(requests__received__total=3)), "json")
    edition(figures(), version=2, replaces=first, notice="数字有误")
    edition(figures(year=2025))
    edition(figures(body="乙局"), slug="yi", origin=Origin.IMPORTED)
    found = ask("annual-reports/")["items"]
    assert [(one["slug"], one["year"], one["version"]) for one in found] == [
        ("jia", 2025, 1),
        ("yi", 2024, 1),
        ("jia", 2024, 2),
        ("jia", 2024, 1),
    ]
    assert [one["is_imported"] for one in found] == [False, True, False, False]
    assert {one["slug"] for one in ask("annual-reports/", slug="yi")["items"]} == {"yi"}
    assert len(ask("annual-reports/", year=2024, limit=2)["items"]) == 2
    last = ask("annual-reports/jia/2024/")
    assert (last["version"], last["notice"]) == (2, "数字有误")
    assert [one["version"] for one in last["versions"]] == [2, 1]
    earlier = client.get(found[3]["api_address"]).json()
    assert [file["format"] for file in earlier["files"]] == ["json"]
    assert client.get(earlier["files"][0]["address"]).status_code == 200
    assert client.get(earlier["annual_address"]).json()["cells"]["requests.received.total"] == 3


def test_records_are_counted_by_year_unit_and_kind(city, publish, ask):
    publish(published_on=date(2023, 1, 1), validity=Validity.EXPIRED)
    publish()
    publish(unit=city.school, category=Category.NOTICE, subject="综合政务")
    by_year = ask("statistics/records/", by="year")
    assert by_year == {
        "by": "year",
        "total": 3,
        "items": [
            {"value": "2024", "label": "2024", "count": 2},
            {"value": "2023", "label": "2023", "count": 1},
        ],
    }
    assert {one["label"]: one["count"] for one in ask("statistics/records/", by="unit")["items"]} == {
        "教育局": 1,
        "水利局": 2,
    }
    assert {one["label"]: one["count"] for one in ask("statistics/records/", by="validity")["items"]} == {
        "有效": 2,
        "失效": 1,
    }
    assert ask("statistics/records/", by="category", unit="HL-S")["items"] == [
        {"value": "notice", "label": "通知公告", "count": 1}
    ]
    assert {one["label"] for one in ask("statistics/records/", by="subject")["items"]} == {"（未分类）", "综合政务"}


def test_decisions_are_counted(decide, ask):
    decide()
    decide(published_on=date(2025, 1, 2))
    assert [one["count"] for one in ask("statistics/decisions/", by="year")["items"]] == [1, 1]
    assert ask("statistics/decisions/", by="kind")["items"] == [{"value": "permit", "label": "行政许可", "count": 2}]


def test_the_numbers_of_the_reports_come_from_the_last_published_version(city, ask):
    first = edition(figures(requests__received__total=3))
    edition(figures(requests__received__total=4), version=2, replaces=first, notice="数字有误")
    edition(figures(year=2023))
    edition(figures(body="乙局"), slug="yi")
    page = ask("statistics/annual-reports/", limit=2)
    assert [(one["slug"], one["year"], one["version"]) for one in page["items"]] == [("jia", 2023, 1), ("jia", 2024, 2)]
    numbers = {one["key"]: one for one in page["items"][1]["indicators"]}
    assert numbers["received"]["value"] == 4
    assert numbers["documents_disclosed"]["known"] == "absent"
    assert numbers["documents_disclosed"]["value"] is None
    rest = ask("statistics/annual-reports/", limit=2, cursor=page["next"].partition("cursor=")[2].replace("%3A", ":"))
    assert [one["slug"] for one in rest["items"]] == ["yi"]
    assert rest["next"] is None
    assert len(ask("statistics/annual-reports/", year=2024)["items"]) == 2
