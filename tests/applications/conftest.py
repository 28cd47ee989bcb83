"""A bureau with its people, and what happens to an application in a few words."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import timezone

from builders.city import person, unit
from gongkai.accounts.models import Role
from gongkai.applications.domain import confirming, entering, receiving
from gongkai.applications.domain.identity import Identity
from gongkai.applications.domain.receiving import Arrival, Request
from gongkai.applications.models import ApplicantKind, Application, IdentityProof, Medium
from gongkai.units.models import Guide, Kind

TODAY = date(2024, 6, 3)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.CLAMD_SOCKET = ""
    settings.REGION = "350999"


@pytest.fixture
def city(db):
    return unit("HL-001", "海岚市人民政府", kind=Kind.GOVERNMENT)


@pytest.fixture
def bureau(city):
    made = unit("HL-012", "海岚市水利局", city)
    Guide.objects.create(
        unit=made,
        office="水利局办公室",
        address="海岚市滨海路1号",
        hours="工作日 8:00-12:00",
        telephone="0599-0000000",
        email="gongkai@example.cn",
        channels=["internet", "fax"],
        updated_on=date(2024, 1, 2),
    )
    return made


@pytest.fixture
def other_bureau(city):
    return unit("HL-013", "海岚市教育局", city)


@pytest.fixture
def staff(bureau):
    return SimpleNamespace(
        handler=person("lin", bureau, Role.HANDLER, name="林经办"),
        colleague=person("wu", bureau, Role.HANDLER, name="吴经办"),
        head=person("chen", bureau, Role.OFFICE_HEAD, name="陈主任"),
        secrecy=person("bai", bureau, Role.SECRECY_REVIEWER, name="白保密"),
        legal=person("fa", bureau, Role.FINAL_REVIEWER, name="方法制"),
        auditor=person("shen", bureau, Role.AUDITOR, name="沈审计"),
        supervisor=person("jian", bureau, Role.SUPERVISOR, name="简监督"),
    )


@pytest.fixture
def stranger(other_bureau):
    return person("qi", other_bureau, Role.HANDLER, Role.OFFICE_HEAD, name="戚外人")


ZHANG = Identity(
    name="张晓岚",
    proof=IdentityProof.ID_CARD,
    proof_number="350500199001011234",
    telephone="13800001234",
    address="海岚市滨海路8号",
)


@pytest.fixture
def receive(bureau, staff):
    """Register an application; what is not said is ordinary: in person, on 2024-02-05."""

    def made(day=date(2024, 2, 5), medium=Medium.COUNTER, *, confirmed=None, today=None, **fields):
        facts = {
            "unit": bureau,
            "applicant_kind": ApplicantKind.NATURAL_PERSON,
            "applicants": [ZHANG],
            "request": Request(title="2023年河道采砂许可台账"),
            "user": staff.handler,
            **fields,
        }
        application = receiving.receive(arrival=Arrival(medium, day), today=today or max(day, TODAY), **facts)
        if confirmed is not None:
            confirming.confirm(
                application=application,
                day=confirmed,
                way="电话",
                user=staff.handler,
                today=today or max(confirmed, TODAY),
            )
        return Application.objects.get(pk=application.pk)

    return made


@pytest.fixture
def enter(staff):
    """Enter an event and return the application as it is then."""

    def entered(application, kind, day, *, today=None, user=None, **params):
        entering.enter(
            application=application,
            kind=kind,
            day=day,
            user=user or staff.handler,
            today=today or max(day, TODAY),
            **params,
        )
        return Application.objects.get(pk=application.pk)

    return entered


@pytest.fixture
def signed_on(client):
    """Sign a person on and return the client."""

    def on(user):
        client.force_login(user)
        return client

    return on


@pytest.fixture
def leaf(monkeypatch):
    """The legal day of every request: ``leaf.today = …`` turns it."""
    shown = SimpleNamespace(today=TODAY)
    monkeypatch.setattr(timezone, "localdate", lambda *_: shown.today)
    return shown
