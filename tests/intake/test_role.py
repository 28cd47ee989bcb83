"""The portal's role of the database: it reads windows and public tables, and puts rows into the queue. Nothing else."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gongkai.intake import codes, limits, tickets
from gongkai.intake.messages import Confirmed
from gongkai.intake.models import Submission
from gongkai.windows import laying
from gongkai.windows.window import readable, writable
from intake.conftest import CARD
from intake.pages import FILLED, answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def visited(client, bureau, followed, tell, monkeypatch):
    """Ask for every public page once, and send something in by each form."""
    monkeypatch.setattr(tickets, "SOONEST_SECONDS", 0)
    limits.counter.clear()
    sent = followed()
    tell(sent, Confirmed())
    ticket = tickets.issue().text
    papers = {"identity_file": SimpleUploadedFile(CARD.name, CARD.data)}
    form = {**FILLED, "units": [bureau.pk], "ticket": ticket, **answered(ticket), **papers}
    helped = {"unit": bureau.pk, "telephone": "13900000000", "ticket": ticket, **answered(ticket)}
    case = f"/apply/status/{sent.case.pk}"

    def everything():
        answers = (
            client.get("/apply/"),
            client.get("/apply/form/"),
            client.post("/apply/form/", form),
            client.post("/apply/help/", helped),
            client.post("/apply/found/", {"ticket": ticket}),
            client.post("/apply/status/", {"number": sent.number, "code": codes.grouped(sent.code)}),
            client.get("/apply/status/case/"),
            client.get(f"{case}/withdrawal/"),
            client.post(f"{case}/withdrawal/"),
        )
        assert [one.status_code for one in answers] == [200, 200, 200, 200, 200, 302, 200, 200, 302]

    return everything


def test_every_public_page_keeps_to_what_the_role_may_do(visited):
    with CaptureQueriesContext(connection) as queries:
        visited()
    said = [one["sql"] for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
    read = {name for sql in said for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', sql)}
    written = {name for sql in said for name in re.findall(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"', sql)}
    assert read <= set(readable())
    assert {"window_sight", "units_guide"} <= read
    assert written == {"intake_submission", "intake_submissionfile"} <= set(writable())
    assert not [sql for sql in said if "RETURNING" in sql or sql.startswith(("UPDATE", "DELETE"))]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL knows roles")
def test_the_role_itself_is_enough_for_every_public_page(visited):
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE gongkai_portal_of_test")
        for statement in laying.rights(connection, "gongkai_portal_of_test"):
            cursor.execute(statement)
        cursor.execute("SET ROLE gongkai_portal_of_test")
    visited()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Submission.objects.first()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert Submission.objects.filter(kind="application").count() == 2
