"""Lists: what they hold, how they are narrowed, and that their pages fit together while things change."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.decisions.models import DecisionKind
from gongkai.journal.domain.entry import SYSTEM
from gongkai.records.models import Category, Stage, Validity
from gongkai.units.domain import structure

pytestmark = pytest.mark.django_db


def titles(answer):
    return [item["title"] for item in answer["items"]]


def following(answer):
    return {name: values[0] for name, values in parse_qs(urlsplit(answer["next"]).query).items()}


def test_a_list_has_the_newest_first_with_addresses_that_lead_there(client, publish, ask):
    old = publish("旧", published_on=date(2023, 1, 1))
    publish("新", published_on=date(2024, 6, 1))
    answer = ask("records/")
    assert titles(answer) == ["新", "旧"]
    assert answer["next"] is None
    last = answer["items"][1]
    assert last["unit_name"] == "水利局"
    assert last["unit_code"] == "HL-W"
    assert last["category_label"] == "行政规范性文件"
    assert client.get(last["api_address"]).json()["id"] == old.pk
    assert client.get(last["address"]).status_code == 200


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"unit": "HL-S"}, ["学校"]),
        ({"unit": "HL"}, ["解读", "学校", "失效"]),
        ({"category": "interpretation"}, ["解读"]),
        ({"validity": "expired"}, ["失效"]),
        ({"subject": "综合政务"}, ["失效"]),
        ({"scope_item": "20.01"}, ["解读"]),
        ({"year": 2023}, ["失效"]),
        ({"year": 2023, "unit": "HL-S"}, []),
    ],
)
def test_a_list_is_narrowed_like_the_pages_of_the_site(city, publish, ask, parameters, found):
    publish("失效", validity=Validity.EXPIRED, published_on=date(2023, 3, 1), subject="综合政务")
    publish("学校", unit=city.school)
    publish("解读", category=Category.INTERPRETATION, scope_item="20.01")
    assert titles(ask("records/", **parameters)) == found


def test_a_unit_that_ended_is_still_found_by_its_code_and_under_its_heir(city, publish, ask):
    publish("并入前的文件", unit=city.school)
    structure.merge(
        units=[city.school], into=city.water, day=date(2024, 7, 1), document="岚政〔2024〕7号", actor=SYSTEM
    )
    assert titles(ask("records/", unit="HL-S")) == ["并入前的文件"]
    answer = ask("records/", unit="HL-W")
    assert titles(answer) == ["并入前的文件"]
    assert answer["items"][0]["unit_code"] == "HL-S"


def test_pages_follow_one_another_without_a_gap_though_all_came_out_on_one_day(publish, ask):
    for number in range(7):
        publish(f"第{number}件")
    answer = ask("records/", limit=3)
    seen = titles(answer)
    while answer["next"]:
        answer = ask("records/", **following(answer))
        seen += titles(answer)
    assert seen == [f"第{number}件" for number in range(6, -1, -1)]


def test_what_is_published_or_withdrawn_between_two_pages_moves_nothing(publish, ask):
    made = [publish(f"第{number}件") for number in range(6)]
    first = ask("records/", limit=2)
    assert titles(first) == ["第5件", "第4件"]
    publish("插队")
    for gone in (made[4], made[2]):
        gone.stage, gone.withdrawn_reason = Stage.WITHDRAWN, "有误"
        gone.save()
    second = ask("records/", **following(first))
    assert titles(second) == ["第3件", "第1件"]
    assert titles(ask("records/", **following(second))) == ["第0件"]


def test_the_next_page_keeps_what_narrows_the_list(city, publish, ask):
    for _ in range(3):
        publish("水")
        publish("学", unit=city.school)
    answer = ask("records/", unit="HL-S", limit=2)
    assert following(answer)["unit"] == "HL-S"
    assert titles(ask("records/", **following(answer))) == ["学"]


def test_decisions_are_narrowed_and_paged(decide, ask):
    decide()
    decide(kind=DecisionKind.PENALTY, published_on=date(2024, 6, 1))
    decide(published_on=date(2024, 7, 1))
    assert [item["id"] for item in ask("decisions/", kind="penalty")["items"]] == [ask("decisions/")["items"][1]["id"]]
    assert [item["number"] for item in ask("decisions/", number="岚水许〔2024〕1号")["items"]] == ["岚水许〔2024〕1号"]
    first = ask("decisions/", limit=1)
    second = ask("decisions/", **following(first))
    assert first["items"][0]["published_on"] == "2024-07-01"
    assert second["items"][0]["published_on"] == "2024-06-01"
    assert ask(f"decisions/{first['items'][0]['id']}/") == first["items"][0]


@pytest.mark.parametrize("path", ["records/", "decisions/"])
def test_a_list_takes_as_many_queries_for_three_as_for_one(client, publish, decide, path):
    counts = []
    for number in (1, 2):
        for _ in range(number):
            publish()
            decide()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/api/v1/{path}?unit=HL-W").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4


def test_one_page_has_a_hundred_entries_at_most(ask):
    assert ask("records/", 422, limit=101)["error"]["faults"][0]["what"] == "不能大于 100"
