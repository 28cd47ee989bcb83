"""What a case brought into its application goes with it when the case is corrected."""

from datetime import date

import pytest

from applications.conftest import TODAY
from gongkai.applications.domain import archiving, closing, fees
from gongkai.applications.domain.projection import course_of
from gongkai.applications.models import Application, Event
from gongkai.journal.models import Entry
from gongkai.remedies.domain import entering
from gongkai.remedies.errors import NotAuthorisedError, OutOfOrderError
from gongkai.remedies.models import RemedyKind

pytestmark = pytest.mark.django_db
D = date.fromisoformat


def now(application):
    return Application.objects.get(pk=application.pk)


def kinds(application):
    """Return the kinds of the events that stand."""
    return [one.kind for one in course_of(now(application), TODAY).events]


@pytest.fixture
def order(contest, happen):
    """Let a body order another answer, and return the case and its decision."""

    def made(application, **facts):
        remedy = happen(
            contest(application),
            "decided",
            D("2024-05-10"),
            **{"result": "revoked_answer_again", "until": D("2024-06-14")} | facts,
        )
        return remedy, remedy.events.get(kind="decided")

    return made


@pytest.fixture
def strike(staff):
    def struck(remedy, event, user=None):
        user = user or staff.head
        return entering.strike(remedy=remedy, event=event, user=user, today=TODAY, reason="看错结果")

    return struck


def test_striking_the_decision_strikes_the_order_and_what_the_timeline_said(answered, order, strike):
    application = answered()
    before = kinds(application)
    remedy, decided = order(application)
    assert now(application).stage == "open"
    strike(remedy, decided)
    again = now(application)
    assert (again.stage, again.outcome, again.due_on) == ("answered", "N5", D("2024-03-08"))
    assert course_of(again, TODAY).rounds == 1
    assert kinds(application) == [*before, "remedied"]
    struck = Event.objects.get(application=application, strikes__kind="reanswer")
    assert struck.payload["reason"] == f"{remedy.number} 已更正：看错结果"


def test_each_thing_struck_is_in_the_journal_of_both_rooms(answered, order, strike):
    remedy, decided = order(answered())
    strike(remedy, decided)
    entries = Entry.objects.filter(act__endswith=".struck").order_by("pk")
    assert [(one.act, one.detail["kind"]) for one in entries] == [
        ("applications.struck", "reanswer"),
        ("applications.struck", "remedied"),
        ("remedies.struck", "decided"),
    ]
    assert entries.last().detail["in_application"] == ["reanswer", "remedied"]


def test_the_right_result_entered_afterwards_orders_once(answered, order, strike, happen):
    application = answered()
    remedy, decided = order(application, until=D("2024-06-14"))
    strike(remedy, decided)
    happen(remedy, "decided", D("2024-05-10"), result="ordered", until=D("2024-06-28"))
    found = course_of(now(application), TODAY)
    assert (found.rounds, found.due) == (2, D("2024-06-28"))


def test_another_result_entered_afterwards_orders_nothing(answered, order, strike, happen):
    application = answered()
    remedy, decided = order(application)
    strike(remedy, decided)
    happen(remedy, "decided", D("2024-05-10"), result="upheld")
    assert (now(application).stage, course_of(now(application), TODAY).rounds) == ("answered", 1)


@pytest.mark.parametrize("act", ["answer", "fee_notice"])
def test_a_decision_whose_order_was_followed_stays_until_that_is_struck(answered, order, strike, enter, staff, act):
    application = answered()
    remedy, decided = order(application)
    if act == "answer":
        enter(now(application), "answer", TODAY, outcome="A2", mode="direct")
    else:
        facts = {"schedule": "pages", "pages": 40, "day": TODAY, "user": staff.handler, "today": TODAY}
        fees.notify(application=now(application), **facts)
    before = Event.objects.count()
    with pytest.raises(OutOfOrderError, match=rf"{application.number} 的案件页更正后面的登记"):
        strike(remedy, decided)
    assert (Event.objects.count(), kinds(application)[-1]) == (before, act)
    assert not remedy.events.filter(kind="struck").exists()


def test_an_answer_still_owed_stays_owed_without_the_words_of_the_order(receive, contest, happen, strike):
    application = receive()
    remedy = happen(contest(application, ground="non_answer"), "decided", D("2024-05-10"), result="ordered")
    assert kinds(application).count("remedied") == 3
    strike(remedy, remedy.events.get(kind="decided"))
    assert (kinds(application).count("remedied"), now(application).stage) == (1, "open")


def test_a_registration_withdrawn_leaves_the_timeline_too(answered, contest, strike):
    application = answered()
    remedy = contest(application)
    strike(remedy, remedy.events.get())
    assert "remedied" not in kinds(application)


def test_a_volume_taken_up_for_the_order_alone_is_closed_again(answered, order, strike, staff):
    application = archived(answered, staff)
    remedy, decided = order(application)
    assert now(application).archived_on is None
    strike(remedy, decided)
    assert now(application).archived_on == TODAY


def test_a_volume_in_which_something_else_was_entered_since_stays_open(answered, order, strike, enter, staff):
    application = archived(answered, staff)
    remedy, decided = order(application)
    enter(now(application), "note", TODAY, text="调取原始材料")
    strike(remedy, decided)
    assert (now(application).archived_on, now(application).stage) == (None, "answered")


def test_a_case_answered_anew_is_closed_in_a_second_volume_and_the_first_stays(answered, order, enter, staff):
    application = archived(answered, staff)
    first = application.volumes.get()
    order(application)
    fresh = {"number": "岚水公开〔2024〕9号", "mode": "posted", "mail": "1234567890124"}
    enter(now(application), "answer", TODAY, outcome="A2", **fresh)
    second = archiving.close(case=now(application), user=staff.handler, today=TODAY)
    assert list(now(application).volumes.order_by("pk")) == [first, second]
    assert second.number != first.number


def archived(answered, staff):
    application = answered(mode="posted", mail="1234567890123")
    closing.explain(application=application, user=staff.handler, today=TODAY, note="原件在档案室")
    archiving.close(case=now(application), user=staff.handler, today=TODAY)
    return now(application)


def test_an_order_entered_before_events_named_their_source_is_found_by_what_it_says(answered, order, strike):
    application = answered()
    remedy, decided = order(application, document="岚政复决〔2024〕9号", served=D("2024-05-13"))
    old = application.events.get(kind="reanswer")
    bare = {key: value for key, value in old.payload.items() if key != "source"}
    Event.objects.filter(pk=old.pk)._raw_delete("default")
    old.pk, old.payload = None, bare
    old._state.adding = True
    old.save()
    strike(remedy, decided)
    assert "reanswer" not in kinds(application)


def test_the_order_of_another_case_stays(answered, order, strike, contest, happen):
    application = answered()
    remedy, decided = order(application)
    other = contest(application, kind=RemedyKind.DIRECT, day=D("2024-05-20"))
    happen(other, "decided", D("2024-05-31"), result="claims_rejected")
    strike(other, other.events.get(kind="decided"))
    assert "reanswer" in kinds(application)
    strike(remedy, decided)
    assert "reanswer" not in kinds(application)


def test_the_handler_strikes_neither(answered, order, strike, staff):
    application = answered()
    remedy, decided = order(application)
    with pytest.raises(NotAuthorisedError):
        strike(remedy, decided, staff.handler)
    assert "reanswer" in kinds(application)
