"""A small city in the browser: people walk through their work, page by page, on days that the walk sets."""

from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from builders.browser import in_browser, visitors  # noqa: F401 -- a fixture
from builders.city import person, unit
from gongkai.accounts.models import Grant, Role
from gongkai.cli import main
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.queries.chain import verify
from gongkai.records.domain import draft, publication
from gongkai.records.domain.trace import KIND
from gongkai.records.models import Attribute, Category, Stage
from gongkai.review.domain import chains, passage
from gongkai.review.models import Review
from gongkai.units.models import Kind

TODAY = date(2024, 6, 3)
REVIEWERS = (Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.SECRECY_REVIEWER, Role.FINAL_REVIEWER)
CHINA = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME, settings.CLAMD_SOCKET, settings.CITY = tmp_path, "", "海岚市"
    settings.INDEX_GRAMMAR, settings.INDEX_PREFIX, settings.INDEX_AREA = "quanzhou", "HL", "06"


@pytest.fixture
def calendar(monkeypatch):
    """The legal day of every request: ``calendar.today = …`` turns the leaf."""
    leaf = SimpleNamespace(today=TODAY)
    monkeypatch.setattr(timezone, "localdate", lambda *_: leaf.today)
    return leaf


@pytest.fixture
def worker(calendar, monkeypatch):
    """Let the worker do, in the morning of today, all that is due."""

    def work():
        morning = datetime.combine(calendar.today, time(9), CHINA).astimezone(UTC)
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: morning)
            assert main(["worker", "--once"]) == 0

    return work


@pytest.fixture
def city(transactional_db):
    """A city with an office over it, two bureaus with three reviewers each, and a town with its short chain."""
    root = unit("HL-001", "海岚市人民政府", kind=Kind.GOVERNMENT)
    water = unit("HL-010", "水利局", root)
    places = SimpleNamespace(
        root=root,
        office=unit("HL-002", "市政府办公室", root, Kind.OFFICE),
        water=water,
        fishery=unit("HL-020", "渔业局", root),
        town=unit("HL-100", "东港镇", root, Kind.TOWN),
    )
    chains.set_chain(name="三审三校", kind=KIND, steps=chains.FULL, actor=SYSTEM)
    chains.set_chain(name="乡镇流程", kind=KIND, steps=chains.TOWN, actor=SYSTEM, unit=places.town)
    return places


@pytest.fixture
def staff(city):
    """The people of the city, by what they do; the fishery bureau has its own, the town its three."""
    water, town, fishery = city.water, city.town, city.fishery
    return SimpleNamespace(
        author=person("lin", water, Role.HANDLER, name="林一诺"),
        first=person("chen", water, Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, name="陈初"),
        second=person("wu", water, Role.SECOND_REVIEWER, name="吴复"),
        secrecy=person("bao", water, Role.SECRECY_REVIEWER, name="鲍密"),
        final=person("zhong", water, Role.FINAL_REVIEWER, name="钟审"),
        head=person("he", water, Role.OFFICE_HEAD, name="何负责"),
        fisher=person("yu", fishery, Role.HANDLER, Role.OFFICE_HEAD, name="于海"),
        fishery_reviewers=[
            person(f"yu-{number}", fishery, role, name=f"渔审{number}")
            for number, role in enumerate(REVIEWERS, start=1)
        ],
        town_author=person("jing", town, Role.HANDLER, name="井经办"),
        town_secrecy=person("mi", town, Role.SECRECY_REVIEWER, name="米密"),
        town_final=person("xuan", town, Role.FINAL_REVIEWER, name="宣委员"),
        competent=person("zhou", city.root, Role.COMPETENT, Role.OFFICE_HEAD, name="周政宁", with_subtree=True),
        auditor=person("shen", city.root, Role.AUDITOR, name="沈审计", with_subtree=True),
    )


@pytest.fixture
def enter(in_browser, live_server, calendar, city):  # noqa: F811 -- the fixture imported above
    """Let people in: ``enter("林一诺", user)``. At the end the journal must be whole."""
    with visitors(in_browser, live_server.url) as let_in:
        yield let_in
    assert verify().broken is None


@pytest.fixture
def published(staff, city):
    """Bring a normative document to publication by the verbs, for walks that begin with one."""

    def made(title, number, *, unit=None, author=None, made_on=date(2024, 3, 4), day=date(2024, 3, 20), **fields):
        unit, author = unit or city.water, author or staff.author
        ordinary = {"category": Category.NORMATIVE, "attribute": Attribute.PROACTIVE, "body": "<p>正文。</p>"}
        ordinary |= {"title": title, "document_number": number, "made_on": made_on}
        record = draft.draft(unit=unit, author=author, **(ordinary | fields))
        review = publication.submit(record=record, user=author, day=day)
        for step in review.steps.order_by("order"):
            reviewer = Grant.objects.filter(role=step.role, unit=unit).exclude(user=author).latest("pk").user
            passage.approve(review=Review.objects.get(pk=review.pk), user=reviewer, day=day)
        record.refresh_from_db()
        return publication.publish(record=record, user=author, day=day) if record.stage == Stage.READY else record

    return made
