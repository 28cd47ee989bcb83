"""What came in from the web can be followed on the portal in every state, with what the demonstration tells."""

from datetime import date
from random import Random

import pytest
from django.db import transaction
from django.test import Client, override_settings

from demo.conftest import PASSWORD
from gongkai.demo import founding, online
from gongkai.demo.city import city
from gongkai.demo.correspondence import equip
from gongkai.intake import codes
from gongkai.intake.models import Callback, Found, Kind, Satisfaction, State, Submission
from gongkai.intake.queries import tracked
from gongkai.journal.queries import chain

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = date(2025, 6, 20)


@pytest.fixture(scope="module")
def told(installation, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        random, town = Random(2024), city().only(("HL-001", "HL-002", "HL-004", "HL-016"))
        cast = founding.found(town)
        list(founding.employ(town, cast, random, PASSWORD))
        founding.set_guides(town, cast)
        equip(town, cast, online.asked(town))
        found = []
        assert sum(online.come_in(town, cast, TODAY, random, found)) == online.MADE
        yield found
        transaction.set_rollback(True)


def seen(one):
    """What is found by the number and the code of an application."""
    (shown,) = tracked.find(codes.keys_of(one.number, one.code))
    return shown


def test_there_is_an_application_in_every_state_that_an_applicant_meets(told):
    captions = [seen(one).sight.caption for one in told]
    expected = ["已答复", "等待您补正", "办理中", "办理中", "逾期未答复", "已答复", "已提交，待确认"]
    assert captions == expected
    sights = [seen(one).sight for one in told]
    assert [sight.is_late for sight in sights] == [one.shows == "逾期未答复" for one in told]
    assert next(sight for sight in sights if sight.asked).answer_until > TODAY
    assert any("延期" in step.text for step in sights[3].steps)
    assert [sight.score for sight in sights] == [0, 0, 0, 0, 0, 5, 0]


def test_the_first_one_is_answered_by_a_letter_that_can_be_downloaded(told, installation):
    with override_settings(HOME=installation, CITY="海岚市", CLAMD_SOCKET=""):
        client = Client()
        client.post("/apply/status/", {"number": told[0].number, "code": told[0].code})
        page = client.get("/apply/status/case/").content.decode()
        files = seen(told[0]).files
        given = [client.get(f"/apply/status/files/{key}/").content for key, _ in files]
    for key, name in files:
        assert f'<a href="/apply/status/files/{key}/" download>{name}</a>' in page
    assert ["盖章件" in name for _, name in files] == [False, True]
    assert [data[:4] for data in given] == [b"%PDF", b"%PDF"]


def test_some_wait_to_be_taken_and_one_waits_to_be_called(told):
    waiting = Submission.objects.filter(state=State.WAITING)
    assert set(waiting.values_list("kind", "error")) == {(Kind.APPLICATION, "")}
    assert waiting.count() == len(online.ASKED)
    assert Callback.objects.filter(done_on=None).count() == 1
    assert Satisfaction.objects.count() == 1
    assert sum(Found.objects.values_list("count", flat=True)) == 4


def test_the_journal_of_it_all_is_whole(told):
    assert chain.verify().broken is None
