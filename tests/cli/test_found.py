"""An empty installation gets its first unit, administrator and chain by one command, once."""

import re

import pytest
from django.test import Client

from gongkai.accounts.models import Grant, Role, User
from gongkai.cli import main
from gongkai.journal.queries.chain import verify
from gongkai.records.domain.trace import KIND
from gongkai.review.domain.chains import chain_for
from gongkai.units.models import Unit

pytestmark = pytest.mark.django_db
GIVEN = {
    "--code": "HL-001",
    "--name": "海岚市人民政府",
    "--short": "市政府",
    "--since": "2000-01-01",
    "--document": "岚政〔2000〕1号",
    "--username": "guanli",
    "--person": "曾立新",
    "--telephone": "0599-0000000",
}


def found(**changed):
    given = GIVEN | {f"--{name}": value for name, value in changed.items()}
    return main(["found", *(word for pair in given.items() for word in pair)])


def test_the_administrator_signs_on_and_must_change_the_password(capsys):
    assert found() == 0
    said = capsys.readouterr().out
    password = re.search(r"一次性密码：(\S+?)（", said)[1]
    client = Client()
    answer = client.post("/account/login/", {"login": "guanli", "password": password})
    assert answer.status_code == 302
    assert client.get("/office/").headers["Location"].startswith("/account/password/change/")
    assert chain_for(kind=KIND, unit=Unit.objects.get()).name == "三审三校"
    assert chain_for(kind="portal.page", unit=Unit.objects.get()).steps.last().role == "competent"
    grant = Grant.objects.get()
    assert (grant.role, grant.with_subtree, grant.user.name) == (Role.ADMINISTRATOR, True, "曾立新")
    assert verify().broken is None


def test_an_installation_is_founded_once(capsys):
    assert found() == 0
    assert found(code="HL-002", username="other") == 1
    assert "已有机构，不能再次建立" in capsys.readouterr().err
    assert (Unit.objects.count(), User.objects.count()) == (1, 1)
