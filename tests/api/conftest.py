"""A small city in which something of every kind is published, and something of every kind is not."""

from datetime import date
from types import SimpleNamespace

import pytest

from builders.city import unit
from builders.editions import attached, edition, figures
from gongkai.accounts.models import User
from gongkai.api import door
from gongkai.api.operations import datasets
from gongkai.api.turns import Turns
from gongkai.decisions.models import Dataset, Decision, DecisionKind, ImportBatch, PartyKind
from gongkai.files.domain import shelf, store
from gongkai.records.models import Attachment, Attribute, Category, Record, Stage, Version
from gongkai.units.models import Guide
from gongkai.windows import remembered

SECRET = "不得外泄"
DAY = date(2024, 5, 20)


@pytest.fixture(autouse=True)
def fresh(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    settings.CLAMD_SOCKET = ""
    door.buckets.clear()
    # Many a test does not read its download to the end.
    monkeypatch.setattr(datasets, "turns", Turns(50))
    door._kept.clear()
    remembered.forget()


@pytest.fixture
def city(db):
    government = unit("HL", "海岚市人民政府")
    water = unit("HL-W", "水利局", parent=government)
    school = unit("HL-S", "教育局", parent=government)
    user = User.objects.create_user("author", name="经办甲")
    return SimpleNamespace(government=government, water=water, school=school, user=user)


@pytest.fixture
def publish(city):
    """Put a record where it stands in its stage; what is not said is ordinary."""
    numbers = iter(range(1, 100_000))

    def published(title="河道采砂管理办法", stage=Stage.PUBLISHED, **fields):
        number = next(numbers)
        is_out = stage in {Stage.PUBLISHED, Stage.WITHDRAWN}
        ordinary = {
            "unit": city.water,
            "author": city.user,
            "category": Category.NORMATIVE,
            "title": title,
            "document_number": f"岚水〔2024〕{number}号",
            "index_number": f"HL00-{number:06d}",
            "made_on": DAY,
            "published_on": DAY if is_out else None,
            "attribute": Attribute.PROACTIVE,
            "body": f"<p>{title}的正文。</p>",
            "withdrawn_reason": "内容有误，另行公布" if stage == Stage.WITHDRAWN else "",
        }
        record = Record.objects.create(stage=stage, **(ordinary | fields))
        if stage == Stage.PUBLISHED:
            Version.objects.create(
                record=record, number=1, occasion="发布", made_by=city.user, snapshot={"title": title}, digest="0" * 64
            )
        return record

    return published


@pytest.fixture
def decide(city):
    batch = ImportBatch.objects.create(
        dataset=Dataset.DECISIONS,
        unit=city.water,
        user=city.user,
        name="甲.csv",
        digest="0" * 64,
        size=1,
        format="csv",
        day=DAY,
        columns=["甲"],
    )
    numbers = iter(range(1, 1000))

    def decided(party="海岚建设有限公司", party_kind=PartyKind.ORGANISATION, **fields):
        number = next(numbers)
        ordinary = {
            "unit": city.water,
            "kind": DecisionKind.PERMIT,
            "number": f"岚水许〔2024〕{number}号",
            "item": "取水许可",
            "decided_on": DAY,
            "published_on": DAY,
            "basis": "《取水许可和水资源费征收管理条例》",
            "batch": batch,
            "row": number,
        }
        return Decision.objects.create(party=party, party_kind=party_kind, **(ordinary | fields))

    return decided


@pytest.fixture
def every_stage(city, publish, decide):
    """One of everything in every state; what is not published carries ``SECRET``."""
    records = {
        stage: publish("已公开的办法" if stage == Stage.PUBLISHED else f"{SECRET}{stage}", stage=stage)
        for stage in Stage.values
    }
    for stage, record in records.items():
        blob = store.keep(data=f"附件{stage}".encode(), name="甲.txt")
        Attachment.objects.create(
            record=record, blob=blob, name="附件.txt" if stage == Stage.PUBLISHED else f"{SECRET}.txt", position=1
        )
    shelf.sweep()
    decisions = {
        "notice": decide(),
        "person": decide(party="欧阳明月", party_kind=PartyKind.PERSON),
        "unpublished": decide(party=SECRET, published_on=None),
        "withdrawn": decide(party=SECRET, withdrawn_on=date(2024, 6, 1)),
    }
    reports = {
        "published": attached(
            edition(figures(text="总体情况良好。", requests__received__total=7), unit=city.government), "json"
        ),
    }
    reports["next"] = edition(
        figures(text=SECRET), version=2, replaces=reports["published"], notice=SECRET, published_on=None
    )
    reports["other"] = edition(figures(body=SECRET, text=SECRET), slug="yi", published_on=None)
    Guide.objects.create(
        unit=city.water,
        office="办公室",
        address="海岚市一号",
        hours="工作日 9:00—17:00",
        telephone="0000-0000000",
        channels=["internet"],
        updated_on=DAY,
    )
    return SimpleNamespace(records=records, decisions=decisions, reports=reports)


@pytest.fixture
def ask(client):
    """Ask the API and return its JSON."""

    def asked(path, status=200, **parameters):
        response = client.get(f"/api/v1/{path}", parameters)
        assert response.status_code == status, response.content.decode()
        return response.json()

    return asked
