"""The public's database role gets exactly its rights, and everything that keeps it from that is said."""

import pytest
from django.db import connection

from gongkai.cli import main
from gongkai.windows import role
from gongkai.windows.window import readable

pytestmark = pytest.mark.django_db
ROLE = "gongkai_portal_of_roles"
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL knows roles")


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def named(settings):
    settings.PORTAL_ROLE = ROLE
    run(f"CREATE ROLE {ROLE}")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="of SQLite")
def test_sqlite_has_no_roles(settings, capsys):
    settings.PORTAL_ROLE = ROLE
    assert main(["roles"]) == 1
    assert "SQLite 没有数据库账号" in capsys.readouterr().err
    assert main(["migrate"]) == 0


@on_postgresql
def test_rights_are_given_said_and_restored(named, capsys):
    run(f"GRANT SELECT, DELETE ON records_record TO {ROLE}")
    assert len(role.excess(connection, ROLE)) == 2
    assert main(["roles"]) == 0
    said = capsys.readouterr().out
    assert f"公众门户的数据库账号：{ROLE}" in said
    assert "、".join(readable()) in said
    assert role.excess(connection, ROLE) == []


@on_postgresql
def test_migrating_gives_the_rights_too_even_where_nothing_is_to_be_migrated(named, capsys):
    assert main(["migrate"]) == 0
    run(f"SET LOCAL ROLE {ROLE}")
    run("SELECT 1 FROM window_record LIMIT 1")


@on_postgresql
@pytest.mark.parametrize("command", ["roles", "migrate"])
def test_a_role_that_the_server_does_not_have_is_said_to_be_missing(settings, command, capsys):
    settings.PORTAL_ROLE = ROLE
    assert main([command]) == 1
    assert f"CREATE ROLE {ROLE} LOGIN" in capsys.readouterr().err


@on_postgresql
def test_no_role_is_named(settings, capsys):
    settings.PORTAL_ROLE = ""
    assert main(["roles"]) == 1
    assert "没有设 GONGKAI_PORTAL_ROLE" in capsys.readouterr().err


@on_postgresql
def test_rights_from_elsewhere_are_named(named, capsys):
    run("GRANT SELECT ON journal_entry TO PUBLIC")
    assert main(["roles"]) == 1
    assert "SELECT journal_entry 等 1 项" in capsys.readouterr().err


@on_postgresql
def test_the_role_of_the_office_cannot_be_that_of_the_public(settings, capsys):
    settings.PORTAL_ROLE = connection.settings_dict["USER"]
    assert main(["roles"]) == 1
    assert "就是业务表的所有者" in capsys.readouterr().err
