"""Whoever runs the machine lets somebody in again, and the journal says so."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from builders.city import person, unit
from gongkai.accounts.models import Role, User
from gongkai.cli import main
from gongkai.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    cache.clear()  # what allauth counts per address lies there
    user = person("guanli", unit("HL-000", "市政府"), Role.ADMINISTRATOR, name="曾立新", with_subtree=True)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "lost"})
    return user


def test_a_locked_administrator_without_a_telephone_comes_in_again(administrator, capsys):
    client = Client()
    for _ in range(5):
        client.post("/account/login/", {"login": "guanli", "password": "wrong"})
    assert main(["password", "guanli"]) == 0
    password = re.search(r"曾立新（guanli）的一次性密码：(\S+?)（", capsys.readouterr().out)[1]
    assert client.post("/account/login/", {"login": "guanli", "password": password}).status_code == 302
    assert client.get("/office/").headers["Location"].startswith("/account/password/change/")
    assert not Authenticator.objects.exists()
    assert Entry.objects.get(act="accounts.recovered").subject == f"accounts.user:{administrator.pk}"


def test_nobody_is_let_in_who_is_not_there_or_closed(administrator, capsys):
    assert main(["password", "nobody"]) == 1
    assert "没有用户名为“nobody”的账号" in capsys.readouterr().err
    User.objects.update(is_active=False)
    assert main(["password", "guanli"]) == 1
    assert "已停用" in capsys.readouterr().err
    assert not Entry.objects.filter(act="accounts.recovered").exists()
