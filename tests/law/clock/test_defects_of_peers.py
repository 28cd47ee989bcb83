"""The defects D1–D7 met in other systems (design notes, peers.md §4.4), as things that cannot happen here."""

from datetime import date, datetime, timedelta
from inspect import signature

from gongkai.law.calendar import AfterCalendarError
from gongkai.law.clock import clock, parse_event
from gongkai.law.clocks import due

D = date.fromisoformat


def test_d1_a_due_date_is_a_working_day_whatever_the_hour_of_receipt():
    states = {clock(datetime(2026, 3, 2, hour, 30).date()).due for hour in (0, 9, 23)}  # noqa: DTZ001 -- any hour of the legal day
    assert states == {D("2026-03-30")}
    assert type(clock(D("2026-03-02")).due) is date


def test_d2_a_case_is_not_overdue_on_its_due_date():
    assert not clock(D("2024-02-05"), as_of=D("2024-03-08")).overdue
    assert clock(D("2024-02-05"), as_of=D("2024-03-09")).overdue


def test_d3_a_period_of_months_ends_on_the_corresponding_day_and_says_by_which_rule():
    found = due("litigation", D("2025-08-31"))
    assert found.due == D("2026-02-28")
    assert found.trace[1]["article"] == "《民法典》第二百零二条"


def test_d4_being_overdue_is_a_state_of_every_later_day_not_an_event_of_one():
    days = [D("2024-03-09") + timedelta(days=n) for n in range(400)]
    assert all(clock(D("2024-02-05"), as_of=day).overdue for day in days)


def test_d5_a_question_that_cannot_be_answered_raises_and_is_never_an_empty_answer():
    try:
        found = clock(D("2035-12-31"))
    except AfterCalendarError as error:
        found = error.code
    assert found == "after-calendar"


def test_d6_a_consultation_after_the_due_date_gives_no_fresh_days():
    events = [parse_event("third_party_sent:2024-03-18"), parse_event("third_party_opinion:2024-03-28")]
    state = clock(D("2024-02-05"), events=events, as_of=D("2024-04-10"))
    assert (state.status, state.due, state.overdue) == ("open", D("2024-03-08"), True)
    assert [line["kind"] for line in state.trace if line["date"] == D("2024-03-18")] == ["event", "warning"]


def test_d7_no_function_of_the_clock_takes_a_time_or_a_zone():
    assert list(signature(clock).parameters) == [
        *("received", "channel", "confirmed", "events", "as_of", "calendar", "conventions", "attempts")
    ]
    hints = " ".join(str(parameter.annotation) for parameter in signature(clock).parameters.values())
    assert "datetime" not in hints
