"""Every state of everything that can be published: only what is published is ever answered."""

import json

import pytest

from gongkai.annual import jsonio
from gongkai.api import datasets
from gongkai.records.models import Stage

SECRET = "不得外泄"

pytestmark = pytest.mark.django_db


def bytes_of(response):
    return b"".join(response.streaming_content if response.streaming else [response.content])


@pytest.fixture
def everything(client):
    """Ask every list, statistic and set for all it has; return the words of each answer."""

    def asked():
        paths = [
            "records/?limit=100",
            "decisions/?limit=100",
            "annual-reports/?limit=100",
            "units/",
            "units/HL-W/",
            "units/HL-W/guide/",
            "statistics/annual-reports/",
            "datasets/",
        ]
        paths += [f"statistics/records/?by={by}" for by in ("year", "unit", "category", "validity", "subject")]
        paths += [f"statistics/decisions/?by={by}" for by in ("year", "unit", "kind", "state")]
        paths += [f"datasets/{name}.{form}" for name in datasets.SETS for form in datasets.FORMS]
        found = {}
        for path in paths:
            response = client.get(f"/api/v1/{path}")
            assert response.status_code == 200, path
            found[path] = bytes_of(response).decode()
        return found

    return asked


def test_nothing_unpublished_stands_in_any_list_statistic_or_set(every_stage, everything):
    found = everything()
    assert [path for path, words in found.items() if SECRET in words] == []
    for path in ("records/?limit=100", "datasets/records.csv", "datasets/records.jsonl"):
        assert found[path].count("已公开的办法") >= 1
    assert json.loads(found["statistics/records/?by=year"])["total"] == 1
    assert json.loads(found["statistics/decisions/?by=year"])["total"] == 2
    assert len(json.loads(found["statistics/annual-reports/"])["items"]) == 1
    assert found["datasets/annual-reports.jsonl"].count("\n") == 1


@pytest.mark.parametrize("stage", Stage.values)
def test_one_record_is_answered_in_its_stage_alone(client, every_stage, stage):
    response = client.get(f"/api/v1/records/{every_stage.records[stage].pk}/")
    expected = {Stage.PUBLISHED: 200, Stage.WITHDRAWN: 410}.get(stage, 404)
    assert response.status_code == expected
    assert SECRET not in response.content.decode()
    if stage == Stage.WITHDRAWN:
        assert "内容有误，另行公布" in response.json()["error"]["why"]
    if stage == Stage.PUBLISHED:
        (file,) = response.json()["attachments"]
        assert bytes_of(client.get(file["address"])).decode() == "附件published"


@pytest.mark.parametrize(
    ("state", "status"), [("notice", 200), ("person", 200), ("unpublished", 404), ("withdrawn", 404)]
)
def test_one_decision_is_answered_while_it_is_on_notice(ask, every_stage, state, status):
    ask(f"decisions/{every_stage.decisions[state].pk}/", status)


def test_the_name_of_a_natural_person_is_masked_everywhere(every_stage, everything, ask):
    assert [path for path, words in everything().items() if "欧阳明月" in words or "明月" in words] == []
    assert ask(f"decisions/{every_stage.decisions['person'].pk}/")["party"] == "欧***"


@pytest.mark.parametrize("path", ["jia/2024/2/", "jia/2024/2/annual.json", "yi/2024/", "yi/2024/1/annual.json"])
def test_a_version_that_is_frozen_and_not_published_does_not_exist(ask, every_stage, path):
    ask(f"annual-reports/{path}", 404)


def test_the_numbers_of_a_report_are_given_out_as_the_command_reads_them(client, every_stage):
    response = client.get("/api/v1/annual-reports/jia/2024/1/annual.json")
    said = jsonio.loads(every_stage.reports["published"].report)
    assert response.content.decode() == jsonio.dumps(said)
    assert response.json()["cells"]["requests.received.total"] == 7


def test_what_a_record_refers_to_is_left_out_while_it_is_not_published(city, publish, ask):
    draft = publish(f"{SECRET}草案", stage=Stage.DRAFT)
    shown = publish("办法", superseded_by=draft)
    publish(f"{SECRET}解读", stage=Stage.REVIEWING, interprets=shown)
    found = ask(f"records/{shown.pk}/")
    assert found["superseded_by"] is None
    assert found["interpretations"] == []
    assert SECRET not in json.dumps(found, ensure_ascii=False)
