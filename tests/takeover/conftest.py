"""A bureau whose old site is taken over by the head of its disclosure office."""

from datetime import date

import pytest

from builders import old_site
from gongkai.accounts.domain import people
from gongkai.accounts.models import Role, User
from gongkai.journal.domain.entry import SYSTEM
from gongkai.takeover.domain import taking
from gongkai.takeover.domain.judging import Judge
from gongkai.takeover.reading.opening import open_site
from gongkai.units.domain import structure
from gongkai.units.models import Kind

FOUNDED = date(2010, 1, 1)
TODAY = date(2026, 6, 3)
BASIS = "岚政办〔2026〕3号"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path / "home"
    settings.CLAMD_SOCKET = ""
    settings.INDEX_GRAMMAR, settings.INDEX_PREFIX, settings.INDEX_AREA = "quanzhou", "HL", "06"


@pytest.fixture
def bureau(db):
    return unit("HL-012", old_site.UNIT, "水利局")


def unit(code, name, short, parent=None):
    return structure.establish(
        code=code,
        kind=Kind.DEPARTMENT,
        name=name,
        short_name=short,
        parent=parent,
        day=FOUNDED,
        document="甲",
        actor=SYSTEM,
    )


def person(name, at, role):
    user = User.objects.create_user(name, name=name)
    officer = people.register(user=user, unit=at, position="科员", telephone="0", day=FOUNDED, actor=SYSTEM)
    people.record_training(officer=officer, day=FOUNDED, training="跟岗", actor=SYSTEM)
    people.grant(user=user, role=role, unit=at, day=FOUNDED, actor=SYSTEM)
    return user


@pytest.fixture
def head(bureau):
    return person("head", bureau, Role.OFFICE_HEAD)


@pytest.fixture
def mirror(tmp_path):
    """Lay a mirror of a site and return its folder."""

    def laid(pieces, files=()):
        folder = tmp_path / "mirror"
        old_site.lay(folder, pieces, files)
        return folder

    return laid


@pytest.fixture
def take(head):
    """Take a source over; what is not said is ordinary."""

    def taken(source, *, files=None, user=head, **decisions):
        site = open_site(source, old_site.HOST, files, TODAY)
        judge = Judge(user=user, today=TODAY, **decisions)
        return taking.take(site=site, host=old_site.HOST, source=source.name, basis=BASIS, judge=judge)

    return taken
