"""Each check of the public side finds its fault, and nothing where there is none."""

from datetime import date

import pytest
from django.db import connection

from gongkai.site import checks_public as checks
from gongkai.site.checks import SQLITE_UNITS
from gongkai.units.models import Kind, Unit
from gongkai.windows import laying

ROLE = "gongkai_public_of_checks"
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL knows roles")


@pytest.fixture(autouse=True)
def sound(settings):
    """A public side with nothing to find."""
    settings.SERVICE, settings.HTTPS, settings.ALLOWED_HOSTS = "portal", True, ["www.example.gov.cn"]
    settings.SITE = {"address": "https://www.example.gov.cn", "code": "3500000001", "icp": "闽ICP备00000000号"}


def ids(found):
    return [message.id.removeprefix("gongkai.") for message in found]


def test_a_site_without_encryption_is_an_error(settings):
    assert checks.encryption() == []
    settings.HTTPS = False
    assert ids(checks.encryption()) == ["E017"]


def test_a_portal_that_is_pointed_at_what_the_office_keeps_is_an_error(settings, tmp_path):
    settings.HOME = tmp_path
    (tmp_path / "published" / "files").mkdir(parents=True)
    (tmp_path / "index" / "public").mkdir(parents=True)
    assert checks.two_folders() == []
    (tmp_path / "files").mkdir()
    (tmp_path / "index" / "office").mkdir()
    (found,) = checks.two_folders()
    assert (ids([found]), "读得到 files、index/office，" in found.msg) == (["E019"], True)
    for service in ("office", "all"):
        settings.SERVICE = service
        assert checks.two_folders() == []


@pytest.mark.parametrize(
    ("service", "site", "hosts", "expected"),
    [
        ("portal", {}, ["www.example.gov.cn"], []),
        ("portal", {}, [".example.gov.cn"], []),
        ("all", {}, ["www.example.gov.cn"], []),
        ("portal", {"address": ""}, ["www.example.gov.cn"], ["E015"]),
        ("portal", {"address": "http://www.example.gov.cn"}, ["www.example.gov.cn"], ["E015"]),
        ("portal", {"address": "www.example.gov.cn"}, ["www.example.gov.cn"], ["E015"]),
        ("all", {"address": ""}, ["www.example.gov.cn"], ["W014"]),
        ("office", {"address": "", "code": "", "icp": ""}, ["localhost"], []),
        ("portal", {}, ["localhost"], ["E016"]),
        ("portal", {"code": ""}, ["www.example.gov.cn"], ["W012"]),
        ("all", {"icp": ""}, ["www.example.gov.cn"], ["W012"]),
        ("portal", {"address": "", "code": "", "icp": ""}, ["localhost"], ["E015", "W012"]),
    ],
)
def test_a_site_that_does_not_say_who_it_is_is_found(settings, service, site, hosts, expected):
    settings.SERVICE, settings.SITE, settings.ALLOWED_HOSTS = service, settings.SITE | site, hosts
    assert ids(checks.identity()) == expected


def test_what_is_missing_is_named(settings):
    settings.SITE = settings.SITE | {"code": "", "icp": ""}
    (found,) = checks.identity()
    assert found.msg == "没有设网站标识码（GONGKAI_SITE_CODE）和ICP 备案编号（GONGKAI_SITE_ICP）。"


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="of SQLite")
@pytest.mark.parametrize(("service", "expected"), [("portal", ["E014"]), ("office", []), ("all", [])])
def test_a_public_side_on_sqlite_is_found(settings, service, expected):
    settings.SERVICE = service
    assert ids(checks.two_roles(databases=["default"])) == expected


@pytest.mark.django_db
@on_postgresql
def test_a_public_side_with_the_role_of_the_office_is_found(settings):
    assert ids(checks.two_roles(databases=["default"])) == ["E014"]
    settings.SERVICE, settings.PORTAL_ROLE = "office", ""
    assert checks.two_roles(databases=["default"]) == []
    settings.PORTAL_ROLE = connection.settings_dict["USER"]
    assert ids(checks.two_roles(databases=["default"])) == ["E014"]


@pytest.fixture
def role(settings):
    settings.PORTAL_ROLE = ROLE
    run(f"CREATE ROLE {ROLE}")
    laying.allow()


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@on_postgresql
@pytest.mark.parametrize("service", ["office", "portal"])
@pytest.mark.parametrize(
    ("given", "expected", "words"),
    [
        ("SELECT 1", [], ""),
        ("GRANT SELECT ON records_record TO {role}", ["E018"], "SELECT records_record 等 1 项"),
        ("GRANT SELECT (title) ON records_record TO {role}", ["E018"], "SELECT records_record 等 1 项"),
        ("GRANT SELECT ON journal_entry TO PUBLIC", ["E018"], "SELECT journal_entry 等 1 项"),
        ("GRANT DELETE ON window_record TO {role}", ["E018"], "DELETE window_record 等 1 项"),
        ("GRANT UPDATE ON units_unit TO {role}", ["E018"], "UPDATE units_unit 等 1 项"),
        ("ALTER TABLE records_record OWNER TO {role}", ["E014"], ROLE),
        ("ALTER ROLE {role} SUPERUSER", ["E014"], ROLE),
    ],
)
def test_a_public_role_that_may_do_more_than_look_through_the_windows_is_found(
    settings, role, service, given, expected, words
):
    run(given.format(role=ROLE))
    settings.SERVICE = service
    if service == "portal":
        run(f"SET LOCAL ROLE {ROLE}")
    found = checks.two_roles(databases=["default"])
    assert ids(found) == expected
    assert all(words in message.msg for message in found)


@pytest.mark.django_db
@on_postgresql
def test_a_role_that_belongs_to_the_office_is_found_even_if_it_inherits_nothing(settings, role):
    settings.SERVICE = "office"
    run("CREATE ROLE gongkai_owner_of_checks")
    run("ALTER TABLE records_record OWNER TO gongkai_owner_of_checks")
    run(f"ALTER ROLE {ROLE} NOINHERIT")
    run(f"GRANT gongkai_owner_of_checks TO {ROLE}")
    assert ids(checks.two_roles(databases=["default"])) == ["E014"]


@pytest.mark.django_db
@pytest.mark.parametrize(("service", "over", "expected"), [("all", 1, ["W013"]), ("all", 0, []), ("office", 1, [])])
def test_many_units_beside_the_public_in_one_process_are_found(settings, service, over, expected):
    settings.SERVICE = service
    Unit.objects.bulk_create(
        Unit(code=f"HL-{number:03}", kind=Kind.DEPARTMENT, established_on=date(2010, 1, 1))
        for number in range(SQLITE_UNITS + over)
    )
    assert ids(checks.two_services(databases=["default"])) == (expected if connection.vendor == "postgresql" else [])


@pytest.mark.parametrize("check", [checks.two_roles, checks.two_services])
def test_the_database_is_not_asked_unasked(check):
    assert check(databases=None) == []
