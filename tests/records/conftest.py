"""A bureau with its people and its chain."""

from datetime import date
from types import SimpleNamespace

import pytest

from gongkai.accounts.domain import people
from gongkai.accounts.models import Role, User
from gongkai.journal.domain.entry import SYSTEM
from gongkai.records.domain import draft, publication
from gongkai.records.domain.trace import KIND
from gongkai.records.models import Attribute, Category
from gongkai.review.domain import chains, passage
from gongkai.review.models import Review
from gongkai.units.domain import structure
from gongkai.units.models import Kind

FOUNDED = date(2010, 1, 1)
TODAY = date(2024, 6, 3)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.CLAMD_SOCKET = ""
    settings.INDEX_GRAMMAR, settings.INDEX_PREFIX, settings.INDEX_AREA = "quanzhou", "HL", "06"


@pytest.fixture
def bureau(db):
    chains.set_chain(name="乡镇流程", kind=KIND, steps=chains.TOWN, actor=SYSTEM)
    return structure.establish(
        code="HL-001",
        kind=Kind.DEPARTMENT,
        name="海岚市水利局",
        short_name="水利局",
        parent=None,
        day=FOUNDED,
        document="甲",
        actor=SYSTEM,
    )


@pytest.fixture
def staff(bureau):
    roles = {
        "author": Role.HANDLER,
        "secrecy": Role.SECRECY_REVIEWER,
        "final": Role.FINAL_REVIEWER,
        "head": Role.OFFICE_HEAD,
    }
    people_by_name = {}
    for name, role in roles.items():
        user = User.objects.create_user(name, name=name)
        officer = people.register(
            user=user, unit=bureau, position="科员", telephone="0000-0000000", day=FOUNDED, actor=SYSTEM
        )
        people.record_training(officer=officer, day=FOUNDED, training="跟岗", actor=SYSTEM)
        people.grant(user=user, role=role, unit=bureau, day=FOUNDED, actor=SYSTEM)
        people_by_name[name] = user
    return SimpleNamespace(**people_by_name)


@pytest.fixture
def write(bureau, staff):
    """Draft a record; what is not said is ordinary."""

    def written(**fields):
        ordinary = {
            "category": Category.NORMATIVE,
            "title": "海岚市水利局关于印发河道采砂管理办法的通知",
            "document_number": "岚水〔2024〕12号",
            "made_on": date(2024, 5, 20),
            "attribute": Attribute.PROACTIVE,
            "body": "<p>各镇街：现将办法印发你们。</p>",
        }
        return draft.draft(unit=bureau, author=staff.author, **(ordinary | fields))

    return written


@pytest.fixture
def take_through(staff):
    """Submit a draft and pass every step."""

    def taken(record, day=TODAY):
        review = publication.submit(record=record, user=staff.author, day=day)
        for user in (staff.secrecy, staff.final):
            review = passage.approve(review=Review.objects.get(pk=review.pk), user=user, day=day)
        record.refresh_from_db()
        return record

    return taken


@pytest.fixture
def other_bureau(bureau):
    return structure.establish(
        code="HL-002",
        kind=Kind.DEPARTMENT,
        name="海岚市教育局",
        short_name="教育局",
        parent=None,
        day=FOUNDED,
        document="乙",
        actor=SYSTEM,
    )


@pytest.fixture
def stranger(other_bureau):
    """An officer of another bureau, with every working role there."""
    return _person("stranger", other_bureau, Role.HANDLER, Role.OFFICE_HEAD, Role.FINAL_REVIEWER)


@pytest.fixture
def auditor(bureau):
    return _person("auditor", bureau, Role.AUDITOR)


@pytest.fixture
def administrator(bureau):
    return _person("administrator", bureau, Role.ADMINISTRATOR)


def _person(name, unit, *roles):
    user = User.objects.create_user(name, name=name)
    officer = people.register(
        user=user, unit=unit, position="科员", telephone="0000-0000000", day=FOUNDED, actor=SYSTEM
    )
    people.record_training(officer=officer, day=FOUNDED, training="跟岗", actor=SYSTEM)
    for role in roles:
        people.grant(user=user, role=role, unit=unit, day=FOUNDED, actor=SYSTEM)
    return user


@pytest.fixture
def published(write, take_through, staff):
    """Draft, review and publish a record on ``TODAY``."""

    def made(**fields):
        return publication.publish(record=take_through(write(**fields)), user=staff.author, day=TODAY)

    return made


@pytest.fixture
def signed_on(client):
    """Sign a person on and return the client."""

    def on(user):
        client.force_login(user)
        return client

    return on
