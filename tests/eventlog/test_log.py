"""Every log is numbered without a gap, refuses to be changed, and strikes out without losing anything."""

from datetime import date, timedelta

import pytest

from gongkai.eventlog import log
from gongkai.eventlog.errors import CaseError, FixedEventError
from gongkai.eventlog.models import LoggedEvent

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 3)


class UnexplainedError(CaseError):
    """No reason was given."""


class RefusedError(CaseError):
    """It cannot be struck out."""


def strike(case, event, user=None, reason="误登"):
    events = log.striking(
        case, event, user, today=TODAY, reason=reason, unexplained=UnexplainedError, refused=RefusedError
    )
    events[-1].save()
    return events


def test_the_next_event_has_the_next_number_and_is_not_saved(case, staff):
    before = list(case.events.order_by("sequence"))
    *others, made = log.draft(case, "note", TODAY, staff.handler, {"text": "电话沟通"}, evidence_name="记录")
    assert others == before
    assert isinstance(made, LoggedEvent)
    assert (made.sequence, made.pk, made.evidence_name) == (len(before) + 1, None, "记录")
    assert case.events.count() == len(before)
    made.save()
    assert [event.sequence for event in case.events.order_by("sequence")] == list(range(1, len(before) + 2))


def test_an_event_that_was_struck_stays_and_counts_no_more(case, staff):
    event = case.events.order_by("sequence").last()
    count = case.events.count()
    *_, made = strike(case, event, staff.head, reason=" 登记错案件 ")
    assert (made.kind, made.day, made.payload) == (log.STRUCK, TODAY, {"reason": "登记错案件"})
    assert (made.strikes, made.entered_by) == (event, staff.head)
    assert case.events.count() == count + 1
    stored = list(case.events.order_by("sequence"))
    assert log.standing(stored) == stored[: count - 1]


def test_what_is_struck_still_counted_before_the_striking_was_known(case):
    event = case.events.order_by("sequence").last()
    *_, made = strike(case, event)
    stored = list(case.events.order_by("sequence"))
    assert event in log.standing(stored, known_at=made.entered_at - timedelta(microseconds=1))
    assert event not in log.standing(stored, known_at=made.entered_at)


def test_what_happens_later_does_not_count_yet(case):
    first, *_ = stored = list(case.events.order_by("sequence"))
    assert log.standing(stored, first.day - timedelta(days=1)) == []
    assert first in log.standing(stored, first.day)


def test_a_striking_needs_its_reason(case):
    with pytest.raises(UnexplainedError, match="必须写明理由") as caught:
        strike(case, case.events.first(), reason=" ")
    assert caught.value.fields == {"reason": "请填写理由。"}


def test_neither_what_is_struck_nor_the_striking_is_struck_again(case):
    event = case.events.order_by("sequence").last()
    *_, made = strike(case, event)
    for each in (event, made):
        with pytest.raises(RefusedError, match="已经划去，或者不能划去"):
            strike(case, each)


def test_the_event_of_another_case_is_not_struck(case, receive, answered, contest):
    is_remedy = case._meta.label == "remedies.Remedy"
    other = contest(answered(), case_number="岚政复〔2024〕8号") if is_remedy else receive(date(2024, 5, 6))
    with pytest.raises(RefusedError):
        strike(case, other.events.first())


def test_an_event_is_never_changed(case):
    event = case.events.first()
    with pytest.raises(FixedEventError, match="更正登记"):
        event.save()
    with pytest.raises(FixedEventError):
        event.delete()
    with pytest.raises(FixedEventError):
        type(event).objects.update(day=TODAY)


def test_a_parameter_the_kind_does_not_have_is_a_mistake_of_the_program():
    kind = log.Kind("note", "办理记录", frozenset({"text"}))
    kind.demand_known({"text": "电话沟通"})
    with pytest.raises(TypeError, match=r"not parameters of note: \['name'\]"):
        kind.demand_known({"text": "电话沟通", "name": "陈某"})
