"""Searching by the interface: what the site finds, and nothing that is not published any more."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from gongkai.indexing import building
from gongkai.records.models import Record, Stage, Validity

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(ask):
    def titles(q, **parameters):
        return sorted(item["title"] for item in ask("search/", q=q, **parameters)["items"])

    return titles


@pytest.fixture
def indexed(city, publish):
    records = [
        publish("河道采砂管理办法"),
        publish("河道清淤通知", validity=Validity.REPEALED, made_on=date(2023, 1, 1)),
        publish("校车管理办法", unit=city.school),
        publish("河道草案", stage=Stage.DRAFT),
    ]
    building.rebuild()
    return records


def test_what_is_found_can_be_narrowed(indexed, found):
    assert found("河道") == ["河道清淤通知", "河道采砂管理办法"]
    assert found("河道", validity="repealed") == ["河道清淤通知"]
    assert found("河道", year=2023) == ["河道清淤通知"]
    assert found("管理办法", unit="HL-S") == ["校车管理办法"]
    assert found("管理办法", unit="HL") == ["校车管理办法", "河道采砂管理办法"]
    assert found("岚水〔2024〕1号") == ["河道采砂管理办法"]
    assert found("没有的词汇") == []


def test_what_was_taken_down_is_gone_before_the_index_knows(indexed, found):
    Record.objects.filter(pk=indexed[0].pk).update(stage=Stage.WITHDRAWN, withdrawn_reason="误")
    assert found("河道") == ["河道清淤通知"]


def test_pages_follow_one_another(indexed, ask):
    first = ask("search/", q="河道", limit=1)
    assert (first["total"], len(first["items"])) == (2, 1)
    parameters = {name: values[0] for name, values in parse_qs(urlsplit(first["next"]).query).items()}
    second = ask("search/", **parameters)
    assert second["items"][0]["id"] != first["items"][0]["id"]
    assert second["next"] is None


def test_an_engine_that_does_not_answer_is_no_empty_list(city, client):
    response = client.get("/api/v1/search/", {"q": "河道"})
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert response.json()["error"]["code"] == "search-unavailable"


@pytest.mark.parametrize("words", ["", "\x00", "河" * 201])
def test_words_that_nobody_types_are_refused(ask, words):
    ask("search/", 422, q=words)


@pytest.mark.parametrize("words", ['"', '""', "AND OR NOT", "(*)[]{}~^:\\/?", "a" * 200, "　 "])
def test_every_operator_is_plain_text(indexed, ask, words):
    ask("search/", q=words)
