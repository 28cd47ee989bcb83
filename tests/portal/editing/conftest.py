"""A small city whose people edit its site."""

import itertools
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from builders.city import FOUNDED, person, unit
from gongkai.accounts.models import Role
from gongkai.journal.domain.entry import SYSTEM
from gongkai.portal.domain import pages, publishing, services
from gongkai.portal.domain.trace import PAGE
from gongkai.portal.models import Page, PageKind
from gongkai.records.domain import draft, publication
from gongkai.records.domain.trace import KIND
from gongkai.records.models import Attribute, Category
from gongkai.review.domain import chains, passage
from gongkai.review.models import Review
from gongkai.units.domain import guides
from gongkai.units.models import Kind
from gongkai.windows import remembered

SERVICE = {
    "code": "HL0160001",
    "name": "取水许可",
    "basis": "《水法》",
    "conditions": "符合水资源规划",
    "materials": "申请书\n论证报告",
    "process": "受理、审查、决定",
    "time_limit": "20 个工作日",
    "fee": "不收费",
    "place": "行政服务中心 3 号窗口；工作日 9:00—17:00",
    "telephone": "0599-0000000",
    "link": "https://zwfw.example.cn/1",
}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME, settings.CLAMD_SOCKET, settings.CITY, settings.SECOND_FACTOR = tmp_path, "", "海岚市", False
    settings.INDEX_GRAMMAR, settings.INDEX_PREFIX, settings.INDEX_AREA = "quanzhou", "HL", "06"


@pytest.fixture
def today(db):
    return timezone.localdate()


@pytest.fixture
def city(db):
    """The government, its office, and two bureaus of which one has its people."""
    chains.set_chain(name="短流程", kind=KIND, steps=chains.TOWN, actor=SYSTEM)
    government = unit("HL-001", "海岚市人民政府", kind=Kind.GOVERNMENT)
    office = unit("HL-002", "市政府办公室", government, Kind.OFFICE)
    bureau, school = unit("HL-016", "水利局", government), unit("HL-004", "教育局", government)
    for one in (office, bureau):
        guides.set_guide(
            unit=one,
            office=f"{one.code}办公室",
            address="滨海路",
            hours="工作日",
            telephone="0599-0000000",
            fax="",
            email="",
            channels=(),
            cautions="请留电话",
            day=FOUNDED,
            actor=SYSTEM,
        )
    people = {
        "author": person("author", bureau, Role.HANDLER),
        "secrecy": person("secrecy", bureau, Role.SECRECY_REVIEWER),
        "final": person("final", bureau, Role.FINAL_REVIEWER),
        "head": person("head", bureau, Role.OFFICE_HEAD),
        "stranger": person("stranger", school, Role.HANDLER, Role.OFFICE_HEAD),
        "chief": person("chief", government, Role.COMPETENT, with_subtree=True),
    }
    return SimpleNamespace(government=government, office=office, bureau=bureau, school=school, **people)


@pytest.fixture
def publish_record(city):
    """Draft, review and publish a record of the bureau."""

    def made(title, day=None, where=None, **fields):
        day = day or timezone.localdate()
        ordinary = {
            "category": Category.OTHER,
            "made_on": day - timedelta(days=1),
            "attribute": Attribute.PROACTIVE,
            "body": "<p>正文。</p>",
        }
        record = draft.draft(unit=city.bureau, author=city.author, title=title, **(ordinary | fields))
        if where is not None:
            record.unit = where
            record.save(update_fields=["unit"])
            people = {role: person(f"{where.code}-{role}-{record.pk}", where, role) for role in _ROLES}
        else:
            people = dict(zip(_ROLES, (city.author, city.secrecy, city.final), strict=True))
        review = publication.submit(record=record, user=people[Role.HANDLER], day=day)
        for role in _ROLES[1:]:
            passage.approve(review=Review.objects.get(pk=review.pk), user=people[role], day=day)
        return publication.publish(record=record, user=people[Role.HANDLER], day=day)

    return made


_ROLES = (Role.HANDLER, Role.SECRECY_REVIEWER, Role.FINAL_REVIEWER)


@pytest.fixture
def write(city, today):
    """Draft a page; what is not said is ordinary."""

    def written(slug="spring", **fields):
        ordinary = {
            "kind": PageKind.TOPIC,
            "title": f"专题{slug}",
            "summary": "简介",
            "body": f"<p>正文·{slug}。</p>",
            "purpose": "便民",
            "responsible": "甲",
            "begins_on": today,
        }
        return pages.draft(unit=city.bureau, user=city.author, day=today, slug=slug, **(ordinary | fields))

    return written


@pytest.fixture
def approve(city, today):
    """Submit a draft and pass every step."""

    def passed(page):
        publishing.submit(page=page, user=city.author, day=today)
        review = Review.objects.get(kind=PAGE, key=page.pk, state="open")
        for user in (city.secrecy, city.final, city.chief):
            passage.approve(review=review, user=user, day=today, opinion="同意")
        return Page.objects.get(pk=page.pk)

    return passed


@pytest.fixture
def published(city, today, write, approve):
    """Draft, review and publish a page today."""

    def made(slug="spring", **fields):
        return publishing.publish(page=approve(write(slug, **fields)), user=city.author, day=today)

    return made


@pytest.fixture
def listed(city, today):
    """Write a service down and make it public."""

    def made(**fields):
        one = services.write(user=city.author, day=today, unit=city.bureau, **(SERVICE | fields))
        services.list_waiting(user=city.head, day=today, services=[one])
        return one

    return made


@pytest.fixture
def signed_on(client):
    """Sign a person on and return the client."""

    def on(user):
        client.force_login(user)
        return client

    return on


@pytest.fixture
def asked(settings):
    """Count what a public page asks of the database, with nothing kept from before."""
    settings.PUBLIC_SECONDS = 60
    turns = itertools.count()

    def counted(address):
        remembered.forget()
        unseen = f"{address}{'&' if '?' in address else '?'}turn={next(turns)}-{uuid4()}"
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(unseen).status_code == 200
        return len(queries)

    yield counted
    remembered.forget()
