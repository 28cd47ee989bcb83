"""The public's database role, signed on as itself: every public page works, and the server refuses everything else."""

import itertools
import re
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from builders.editions import attached, edition
from builders.relations import build
from gongkai.decisions.models import Decision, PublishedDecision
from gongkai.files.domain import shelf
from gongkai.indexing import building
from gongkai.portal.models import KeyArea, Page, PageVersion, Service, ServiceStage
from gongkai.records.models import (
    CleanUp,
    GazetteIssue,
    PublishedAttachment,
    PublishedCleanUp,
    PublishedIssue,
    PublishedRecord,
)
from gongkai.windows import laying
from gongkai.windows.pages import forget
from gongkai.windows.window import readable, writable

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL knows roles"),
]
ROLE, PASSWORD = "gongkai_portal_of_test", "geheim"
SITE = "gongkai.site.urls_portal"
DENIED, NO_SUCH_WAY = "42501", "55000"


@pytest.fixture
def role(settings):
    """A role that may sign on, with the rights that an installation gives it."""
    settings.PORTAL_ROLE = ROLE
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'")
    laying.allow()
    yield ROLE
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {ROLE}")
        cursor.execute(f"DROP ROLE {ROLE}")


@contextmanager
def signed_on():
    """Work on the database as the public's role does, over a connection of its own."""
    before = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict |= {"USER": ROLE, "PASSWORD": PASSWORD}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT session_user")
            assert cursor.fetchone() == (ROLE,)
        yield
    finally:
        connection.close()
        connection.settings_dict |= before


def walked(patterns, prefix="", namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", re.findall(r"<(?:\w+:)?(\w+)>", prefix + str(pattern.pattern))
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walked(pattern.url_patterns, prefix + str(pattern.pattern), inner)


UNKNOWN = {
    "uuid": UUID(int=0),
    "number": 0,
    "file": 0,
    "code": "none",
    "called": "none",
    "slug": "none",
    "year": 1999,
    "version": 1,
}


def values_of(name, known):
    """Return where a page shows something, or only where there is nothing."""
    report = {"slug": "jia", "year": 2024, "version": 1, "format": "json"}
    return known.get(name) or (report if name.startswith("reports:") else UNKNOWN | {"format": "json"})


@pytest.fixture
def known(settings, tmp_path):
    """A city with something published of every kind: the parameters of the pages that show it."""
    settings.HOME, settings.CLAMD_SOCKET = tmp_path, ""
    today = timezone.localdate()
    build(today, relations=("own",))
    Decision.objects.update(published_on=today)
    GazetteIssue.objects.update(published_on=today, digest="0" * 64)
    CleanUp.objects.update(closed_on=today, document="岚政〔2026〕1号", digest="0" * 64)
    attached(edition(), "json")
    page = Page.objects.get()
    version = PageVersion.objects.create(page=page, number=1, title="专题", occasion="发布", digest="0" * 64)
    Page.objects.update(live=version, published_on=today)
    Service.objects.update(stage=ServiceStage.LISTED)
    area = KeyArea.objects.create(slug="budgets", name="财政", scope_items=["20.01"], duty_kinds=["department"])
    building.rebuild()
    shelf.sweep()
    record, file = PublishedRecord.objects.all()[0], PublishedAttachment.objects.all()[0]
    called, unit = {"called": record.index_number}, {"code": "HL-110"}
    return {
        "portal:record": {"number": record.pk},
        "portal:code": {"number": record.pk},
        "portal:attachment": {"number": file.record_id, "file": file.pk},
        "portal:number": called,
        "portal:decision": {"number": PublishedDecision.objects.all()[0].pk},
        "portal:clean_up": {"number": PublishedCleanUp.objects.all()[0].pk},
        "portal:issue": {"number": PublishedIssue.objects.all()[0].pk},
        "portal:item": {"code": "20.01"},
        "portal:topic": {"slug": page.slug},
        "portal:area": {"slug": area.slug},
        "portal:coverage": {"slug": area.slug},
        "portal:service": {"number": Service.objects.get().pk},
        "portal:unit": unit,
        "portal:unit_items": unit,
        "portal:unit_feed": unit,
        "portal:sitemap_part": {"number": 0},
    }


def test_every_public_page_works_under_the_public_role(settings, known, role):
    settings.ROOT_URLCONF, settings.MIDDLEWARE = SITE, settings.PORTAL_MIDDLEWARE
    settings.SERVICE = "portal"
    forget()
    client, statuses = Client(), {}
    with signed_on():
        for name, parameters in walked(get_resolver(SITE).url_patterns):
            values = values_of(name, known) | {"number": known.get(name, {}).get("number", 0)}
            address = reverse(name, urlconf=SITE, kwargs={key: values.get(key, 1) for key in parameters})
            for query in ("", "?q=通知&page=2&unit=HL-110&year=2024"):
                statuses.setdefault(name, []).append(client.get(address + query).status_code)
        statuses["outside"] = [client.get(path).status_code for path in ("/office/", "/account/login/", "/nowhere/")]
    assert statuses.pop("outside") == [404, 404, 404]
    shown = {name for name, found in statuses.items() if found[0] in {200, 301, 302}}
    assert {name for name, values in known.items() if values} <= shown
    assert {"portal:home", "portal:search", "reports:list", "reports:report", "reports:file"} <= shown
    assert max(itertools.chain(*statuses.values())) < 500, statuses


def tables():
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_list(cursor)
    return {table.name: table.type for table in found}


def refused(statement):
    """Return the code under which the server refuses a statement; empty where it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return error.__cause__.sqlstate
    return ""


def test_the_server_refuses_the_public_role_everything_else(role):
    with signed_on():
        found = tables()
        assert set(readable()) <= set(found)
        for name, kind in found.items():
            quoted = connection.ops.quote_name(name)
            codes = {
                "SELECT": refused(f"SELECT 1 FROM {quoted} LIMIT 1"),
                "INSERT": refused(f"INSERT INTO {quoted} DEFAULT VALUES"),
                "DELETE": refused(f"DELETE FROM {quoted}"),
                "TRUNCATE": refused(f"TRUNCATE {quoted}"),
                "LOCK": refused(f"ALTER TABLE {quoted} ADD COLUMN spy text"),
            }
            assert codes["SELECT"] == ("" if name in readable() else DENIED), name
            if name in writable():
                assert codes.pop("INSERT") != DENIED, name
            refusals = {DENIED} if kind == "t" else {DENIED, NO_SUCH_WAY, "42809"}
            assert {code for act, code in codes.items() if act != "SELECT"} <= refusals, (name, codes)
        assert refused("CREATE TABLE spy (id int)") == DENIED
        assert refused("CREATE VIEW spy AS SELECT * FROM window_record") == DENIED
        assert refused("SET ROLE postgres") == DENIED
        assert refused("SELECT pg_read_file('/etc/hostname')") == DENIED


def test_update_is_refused_column_by_column(role):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, min(column_name) FROM information_schema.columns"
            " WHERE table_schema = 'public' GROUP BY table_name"
        )
        columns = cursor.fetchall()
    with signed_on():
        for table, column in columns:
            update = f'UPDATE "{table}" SET "{column}" = NULL'
            assert refused(update) in {DENIED, NO_SUCH_WAY}, table
