"""The daily run may come late or twice: reminders belong to legal days."""

from datetime import date

import pytest

from builders.city import person
from gongkai.accounts.models import Role
from gongkai.accounts.queries.scope import scope_of
from gongkai.applications.domain import inquiring, succession
from gongkai.applications.domain.reminding import remind
from gongkai.applications.errors import NotAuthorisedError, UnitEndedError
from gongkai.applications.models import Application, Medium, Reminder, Stage
from gongkai.applications.queries.register import late_on, readable
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry
from gongkai.units.domain import structure

pytestmark = pytest.mark.django_db

FEB5 = date(2024, 2, 5)  # answer due on 2024-03-08, a Friday


def given():
    return [(one.kind, one.day, one.about) for one in Reminder.objects.order_by("day", "kind")]


DUE = date(2024, 3, 8)
SERIES = [
    ("due_soon", date(2024, 3, 5), DUE),
    ("due_next", date(2024, 3, 7), DUE),
    ("overdue", date(2024, 3, 9), DUE),
]


def test_every_day_of_runs_and_one_late_run_give_the_same(receive):
    receive(FEB5, today=FEB5)
    for number in range(1, 32):
        remind(day=date(2024, 3, number))
    assert given() == SERIES


def test_a_missed_run_heals_and_a_second_one_adds_nothing(receive):
    application = receive(FEB5, today=FEB5)
    assert len(remind(day=date(2024, 4, 30))) == 3
    assert remind(day=date(2024, 4, 30)) == []
    assert given() == SERIES
    assert Entry.objects.filter(act="applications.overdue").count() == 1
    application.refresh_from_db()
    assert application.is_late is True


def test_on_the_last_day_itself_nothing_is_late(receive):
    receive(FEB5, today=FEB5)
    remind(day=DUE)
    assert not Application.objects.filter(late_on(DUE)).exists()
    assert Application.objects.filter(late_on(date(2024, 3, 9))).exists()


def test_an_extension_brings_reminders_of_its_own(receive, enter):
    application = receive(FEB5, today=FEB5)
    remind(day=date(2024, 3, 5))
    enter(application, "extension", date(2024, 3, 6), approver="陈主任", days=20, today=date(2024, 3, 6))
    remind(day=date(2024, 4, 30))
    assert [(kind, about) for kind, _, about in given()] == [
        ("due_soon", DUE),
        ("due_soon", date(2024, 4, 8)),
        ("due_next", date(2024, 4, 8)),
        ("overdue", date(2024, 4, 8)),
    ]


def test_an_unconfirmed_receipt_is_reminded_of_after_one_working_day(receive):
    receive(date(2024, 2, 9), Medium.WEB_FORM, today=date(2024, 2, 9))  # the last working day before the festival
    remind(day=date(2024, 2, 18))
    assert given() == []
    remind(day=date(2024, 2, 19))
    assert given() == [("unconfirmed", date(2024, 2, 19), date(2024, 2, 18))]


def test_a_lapsed_correction_is_to_be_closed(receive, enter):
    application = enter(
        receive(FEB5, today=FEB5), "correction_notice", date(2024, 2, 6), period_days=5, today=FEB5.replace(day=6)
    )
    last = application.next_on
    remind(day=date(2024, 4, 1))
    assert given() == [("lapsed", last.replace(day=last.day + 1), last)]


def test_a_third_party_that_stays_silent_leaves_the_decision_to_the_agency(receive, enter, staff):
    application = receive(FEB5, today=FEB5)
    party = inquiring.name_consultee(
        application=application, kind="third_party", name="某公司", user=staff.handler, today=FEB5
    )
    application = enter(application, "third_party_sent", date(2024, 2, 6), party=party.label, today=FEB5.replace(day=6))
    application = enter(
        application, "third_party_received", date(2024, 2, 7), party=party.label, today=date(2024, 2, 7)
    )
    assert (application.stage, application.next_what) == (Stage.CONSULTING, "第三方意见")
    cap = application.next_on
    remind(day=cap)
    assert [one for one in given() if one[0] == "consulted"] == []
    remind(day=date(2024, 3, 20))
    assert ("consulted", cap) in [(kind, about) for kind, _, about in given()]
    application.refresh_from_db()
    assert application.stage == Stage.OPEN


def test_the_successor_takes_an_unfinished_case_over_with_its_clock(receive, bureau, other_bureau, staff, stranger):
    application = receive(FEB5, today=FEB5)
    day = date(2024, 2, 20)
    with pytest.raises(UnitEndedError, match="现应由 HL-012 办理"):
        succession.take_over(application=application, unit=other_bureau, user=stranger, today=day)
    structure.merge(units=[bureau], into=other_bureau, day=day, document="岚政〔2024〕9号", actor=SYSTEM)
    with pytest.raises(NotAuthorisedError):
        succession.take_over(application=application, unit=other_bureau, user=staff.handler, today=day)
    taken = succession.take_over(application=application, unit=other_bureau, user=stranger, today=day)
    assert (taken.unit, taken.due_on, taken.number) == (other_bureau, DUE, application.number)
    assert taken.events.last().payload == {"former": "HL-012"}


def test_a_social_supervisor_and_an_administrator_see_no_case(receive, bureau, staff):
    receive(FEB5)
    administrator = person("ops", bureau, Role.ADMINISTRATOR)
    seen = {
        one.username: readable(scope_of(one, date(2024, 6, 3))).count()
        for one in (staff.handler, staff.auditor, staff.supervisor, administrator)
    }
    assert seen == {"lin": 1, "shen": 1, "jian": 0, "ops": 0}
