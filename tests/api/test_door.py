"""How the API answers, whatever is asked: methods, conditions, other sites, mistakes, too much."""

import json
from types import SimpleNamespace

import pytest
from django.core.signing import Signer
from django.test import Client, RequestFactory

from gongkai.api import door, fairness
from gongkai.api.fairness import Buckets

pytestmark = pytest.mark.django_db


def fault_of(response):
    error = response.json()["error"]
    assert set(error) == {"code", "what", "why", "advice", "faults"}
    assert all(error[part] for part in ("code", "what", "why", "advice"))
    return error


def test_chinese_is_written_as_it_is(client, publish):
    publish("水利办法")
    assert "水利办法" in client.get("/api/v1/records/").content.decode()


def test_head_says_what_get_says_without_the_content(client, publish):
    record = publish()
    for path in ("/api/v1/records/", f"/api/v1/records/{record.pk}/", "/api/v1/datasets/records.csv", "/api/v1/none/"):
        got, head = client.get(path), client.head(path)
        assert head.status_code == got.status_code
        assert head.content == b""
        for name in ("Content-Type", "ETag", "Cache-Control"):
            assert head.get(name) == got.get(name)
        if not got.streaming:
            assert int(head["Content-Length"]) == len(got.content)


def test_options_says_what_may_be_done(client):
    response = client.options("/api/v1/records/")
    assert response.status_code == 204
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/api/v1/records/", "/api/v1/none/", "/api/openapi.json"])
def test_nothing_can_be_written(method, path):
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert fault_of(response)["code"] == "method"


@pytest.mark.parametrize("path", ["/api/v1/records/", "/api/v1/none/", "/api/v1/records/?limit=x", "/api/openapi.json"])
def test_the_pages_of_other_sites_may_read_every_answer(client, path):
    assert client.get(path)["Access-Control-Allow-Origin"] == "*"
    assert not client.get(path).cookies


def test_whoever_has_the_answer_already_gets_it_no_second_time(client, publish):
    publish()
    first = client.get("/api/v1/records/")
    again = client.get("/api/v1/records/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "public, no-cache"
    publish()
    assert client.get("/api/v1/records/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_an_answer_is_kept_for_a_moment_and_a_mistake_is_not(client, publish, settings):
    settings.PUBLIC_SECONDS = 60
    publish()
    assert len(client.get("/api/v1/records/").json()["items"]) == 1
    publish()
    assert len(client.get("/api/v1/records/").json()["items"]) == 1
    door._kept.clear()
    assert len(client.get("/api/v1/records/").json()["items"]) == 2
    assert client.get("/api/v1/records/?limit=0")["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/api/v2/", "/api/v1/nothing/", "/api/v1/records/1/2/", "/api/%00", "/api/v1/units/无/"]
)
def test_an_address_that_leads_nowhere_is_told_as_data(client, path):
    response = client.get(f"/api/{path}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/json"
    fault_of(response)


def test_an_address_without_its_last_stroke_leads_to_where_it_belongs(client):
    assert client.get("/api/v1/records?year=2024")["Location"] == "/api/v1/records/?year=2024"
    assert client.get("/api")["Location"] == "/api/"


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ("limit=0", "limit", "不能小于 1"),
        ("limit=null", "limit", "要写成整数"),
        ("limit=" + "9" * 5000, "limit", "数太大"),
        ("year=1", "year", "不能小于 1949"),
        ("year=", "year", "要写成整数"),
        ("category=secret", "category", "只能是：rules、normative、"),
        ("unit=", "unit", "不能为空"),
        ("unit=%00", "unit", "含有不能用的字符"),
        ("yaer=2024", "yaer", "没有这个参数"),
        ("year=2023&year=2024", "year", "写了不止一次"),
    ],
)
def test_a_wrong_parameter_is_named_and_never_overlooked(client, query, name, words):
    response = client.get(f"/api/v1/records/?{query}")
    assert response.status_code == 422
    (fault,) = fault_of(response)["faults"]
    assert fault["name"] == name
    assert fault["what"].startswith(words)


@pytest.mark.parametrize("number", ["0", "-1", "9223372036854775808", "x"])
def test_a_number_that_no_record_can_have_is_refused(client, number):
    assert client.get(f"/api/v1/records/{number}/").status_code == 422


def test_a_unit_that_does_not_exist_is_no_empty_list(client):
    response = client.get("/api/v1/records/?unit=nobody")
    assert response.status_code == 404
    assert fault_of(response)["code"] == "unknown-unit"


def cursors():
    own = Signer(salt="gongkai.api.records.PublishedRecord").sign_object(["2024-05-20", 1])
    return {
        "nonsense": "abc",
        "changed": own[:-1] + ("a" if own[-1] != "a" else "b"),
        "of another list": Signer(salt="gongkai.api.decisions.PublishedDecision").sign_object(["2024-05-20", 1]),
        "of another length": Signer(salt="gongkai.api.records.PublishedRecord").sign_object([1]),
        "of no list": Signer(salt="gongkai.api.records.PublishedRecord").sign_object({"a": 1}),
    }


@pytest.mark.parametrize("kind", list(cursors()))
def test_a_forged_cursor_is_refused(client, kind):
    response = client.get("/api/v1/records/", {"cursor": cursors()[kind]})
    assert response.status_code == 400
    assert fault_of(response)["code"] == "cursor"


def test_what_breaks_is_logged_and_told_without_its_inside(caplog):
    def broken(request):
        raise RuntimeError("内部细节")

    request = RequestFactory().get("/api/v1/x/")
    response = door.opened(broken)(request)
    assert response.status_code == 500
    assert "内部细节" not in response.content.decode()
    assert json.loads(response.content)["error"]["code"] == "broken"
    assert "内部细节" in caplog.text


def test_an_address_that_asks_too_often_waits_and_others_do_not(client, settings):
    settings.API_LIMIT = (3, 0.5)
    statuses = [client.get("/api/openapi.json").status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    response = client.get("/api/openapi.json")
    assert 1 <= int(response["Retry-After"]) <= 2
    assert fault_of(response)["code"] == "too-many"
    assert client.get("/api/openapi.json", REMOTE_ADDR="192.0.2.9").status_code == 200


def test_a_whole_set_costs_more_than_a_line(client, settings, city):
    settings.API_LIMIT = (25, 0.01)
    assert client.get("/api/v1/datasets/units.csv").status_code == 200
    assert client.get("/api/v1/datasets/units.csv").status_code == 429
    assert client.get("/api/v1/units/").status_code == 200


def test_a_bucket_fills_again_and_its_key_changes_with_the_day(settings):
    settings.API_LIMIT = (10, 2.0)
    now = SimpleNamespace(at=1_000_000.0)
    buckets = Buckets(clock=lambda: now.at)
    assert buckets.take("192.0.2.1", 10) == 0
    assert buckets.take("192.0.2.1", 4) == 2
    now.at += 2
    assert buckets.take("192.0.2.1", 4) == 0
    before = set(buckets._left._values)
    assert b"192.0.2.1" not in before
    now.at += 86_400
    buckets.take("192.0.2.1", 1)
    assert before.isdisjoint(buckets._left._values)


def test_a_household_has_one_bucket_however_many_addresses(settings):
    settings.API_LIMIT = (1, 0.1)
    buckets = Buckets()
    assert buckets.take("2001:db8::1", 1) == 0
    assert buckets.take("2001:db8::2", 1) > 0
    assert buckets.take("2001:db8:0:1::1", 1) == 0


def test_the_memory_for_addresses_is_bounded(monkeypatch):
    monkeypatch.setattr(fairness, "_MOST", 5)
    buckets = Buckets()
    for number in range(20):
        buckets.take(f"192.0.2.{number}", 1)
    assert len(buckets._left._values) == 5


def test_a_question_of_a_thousand_parameters_is_refused_in_the_one_form(client):
    response = client.get("/api/v1/records/?" + "&".join(f"a{number}=1" for number in range(1100)))
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "too-many-parameters"
