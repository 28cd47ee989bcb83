"""Today every state that asks something of somebody lies on a desk, and it is found in the to-do lists."""

from datetime import date
from random import Random

import pytest
from django.db import transaction

from demo.conftest import PASSWORD
from gongkai.accounts.models import User
from gongkai.accounts.queries.scope import scope_of
from gongkai.accounts.workbench import todo_for
from gongkai.applications.domain.reminding import remind
from gongkai.applications.models import PENDING, Application, Letter, LetterState, MatterKind, Reminder, Stage, Volume
from gongkai.demo import founding, present
from gongkai.demo.cases import data
from gongkai.demo.city import city
from gongkai.demo.correspondence import equip
from gongkai.journal.queries import chain
from gongkai.law.calendar import CHINA

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = date(2025, 6, 20)


@pytest.fixture(scope="module")
def laid_out(installation, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        random, town = Random(2024), city().only(("HL-001", "HL-002", "HL-016", "HL-031"))
        cast = founding.found(town)
        list(founding.employ(town, cast, random, PASSWORD))
        founding.set_guides(town, cast)
        equip(town, cast)
        assert sum(present.lay_out(town, cast, TODAY, random)) == len(present.SCENES)
        remind(day=TODAY)
        yield
        transaction.set_rollback(True)


def test_there_is_a_case_in_every_pending_stage(laid_out):
    assert set(PENDING) <= set(Application.objects.values_list("stage", flat=True))
    assert Application.objects.filter(due_on=TODAY, stage=Stage.OPEN).exists()
    assert Application.objects.filter(due_on__lt=TODAY, stage=Stage.OPEN).exists()


def test_there_is_a_letter_in_every_state_that_somebody_must_do_something_about(laid_out):
    wanted = {
        LetterState.IN_REVIEW,
        LetterState.APPROVED,
        LetterState.SEALED,
        LetterState.SENT,
        LetterState.RETURNED,
    }
    assert wanted <= set(Letter.objects.values_list("state", flat=True))
    letters = Letter.objects.exclude(number="")
    assert len(set(letters.values_list("number", flat=True))) == letters.count()


def test_an_answer_is_put_off_for_a_reason_of_its_own(laid_out):
    reasons = {letter.fields["reason"] for letter in Letter.objects.filter(kind="extension_notice")}
    assert reasons
    assert reasons <= set(data()["words"]["delays"])


def test_matters_of_every_kind_have_their_letters_and_one_has_its_volume(laid_out):
    told = {(letter.matter.kind, letter.kind) for letter in Letter.objects.filter(matter__isnull=False)}
    assert {kind for kind, _ in told} == set(MatterKind.values)
    assert {"supervision_order", "supervision_criticism", "complaint_upheld"} <= {kind for _, kind in told}
    assert Volume.objects.get(matter__isnull=False).matter.result == "corrected"


def test_the_officers_find_it_in_their_to_do_lists(laid_out):
    found = {}
    for user in User.objects.filter(is_active=True):
        for source, _, count in todo_for(user, scope_of(user, TODAY), 5):
            found[source.kind] = found.get(source.kind, 0) + count
    assert {"申请已逾期", "申请即将到期", "申请待确认收到", "请示待答复", "更正、投诉、申诉待办"} <= found.keys()
    assert Reminder.objects.filter(kind="overdue").exists()


def test_the_journal_of_it_all_is_whole(laid_out):
    assert chain.verify().broken is None


@pytest.mark.parametrize("days", [0, 1, 5, 40])
def test_a_day_so_many_working_days_ago(days):
    day = present.before(TODAY, days)
    assert CHINA.is_working(day)
    assert CHINA.count(day, TODAY) == days
