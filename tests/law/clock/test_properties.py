"""What holds for every application, not only for the cases of the tables."""

from datetime import date, timedelta

import chinese_calendar
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.calendar import CHINA, closed, worked
from gongkai.law.clock import CHANNELS, Event, clock
from gongkai.law.clock.events import CONFIRMED
from gongkai.law.errors import LawError

DAYS = st.dates(date(2008, 5, 1), date(2025, 6, 30))
NEW_DAYS = st.dates(date(2021, 1, 1), date(2025, 6, 30))
FOR_EVER = 200
KINDS = ("third_party", "co_maker", "other_agency")


@st.composite
def consultations(draw, first):
    """Draw some consultations sent after ``first``, most of them received and answered."""
    events = []
    for number in range(draw(st.integers(0, 3))):
        kind, party = draw(st.sampled_from(KINDS)), str(number)
        sent = first + timedelta(days=draw(st.integers(0, 30)))
        events.append(Event(f"{kind}_sent", sent, party=party))
        if kind != "other_agency" and draw(st.booleans()):
            received = sent + timedelta(days=draw(st.integers(0, 5)))
            events.append(Event(f"{kind}_received", received, party=party))
        if draw(st.booleans()):
            back = sent + timedelta(days=draw(st.integers(5, 40)))
            events.append(Event(f"{kind}_opinion", back, party=party))
    return events


@st.composite
def cases(draw):
    """Draw a receipt since 2021 with events that are often, not always, legal."""
    received = draw(NEW_DAYS)
    events = draw(consultations(received))
    if draw(st.booleans()):
        day = received + timedelta(days=draw(st.integers(0, 40)))
        events.append(Event("extension", day, days=draw(st.integers(1, 20)), approver="王"))
    if draw(st.booleans()):
        asked = received + timedelta(days=draw(st.integers(0, 8)))
        events.append(Event("correction_notice", asked, period_days=30))
        if draw(st.booleans()):
            events.append(Event("correction_answer", asked + timedelta(days=draw(st.integers(0, 30)))))
    if draw(st.booleans()):
        events.append(Event("answer", received + timedelta(days=draw(st.integers(0, 60)))))
    return received, events


def result(received, events, **options):
    state = clock(received, events=events, **options)
    return state.regulation, state.status, state.due, state.provisional, state.days_used, state.overdue


def by_hand(received, events, days):
    """Count one by one, by another calendar: the days of consultation are crossed out, then ``days`` are counted.

    ``None`` stands for a period that a consultation without an end has stopped.
    """
    crossed = set()
    for event in events:
        if event.kind.endswith("_sent"):
            party = [e for e in events if e.party == event.party]
            ends = [e.day for e in party if e.kind.endswith("_opinion")]
            ends += [working_day_after(e.day, 15, set()) for e in party if e.kind.endswith("_received")]
            length = (min(ends) - event.day).days if ends else FOR_EVER
            crossed |= {event.day + timedelta(n) for n in range(1, length + 1)}
    found = working_day_after(received, days, crossed)
    return found if (found - received).days < FOR_EVER else None


def working_day_after(day, days, crossed):
    while days:
        day += timedelta(days=1)
        days -= chinese_calendar.is_workday(day) and day not in crossed
    return day


@given(NEW_DAYS.flatmap(lambda day: st.tuples(st.just(day), consultations(day))))
def test_the_due_date_is_what_counting_one_by_one_gives(case):
    received, events = case
    assert clock(received, events=events).due == by_hand(received, events, 20)


@given(DAYS, st.sampled_from(list(CHANNELS)), st.none() | st.integers(0, 20), st.none() | st.integers(0, 60))
def test_the_prepared_answer_is_the_computed_one(received, channel, delay, later):
    confirmed = None if delay is None else received + timedelta(days=delay)
    as_of = None if later is None else received + timedelta(days=later)
    quick = clock(received, channel, confirmed, as_of=as_of)
    default = quick.course.conventions
    assert quick[:6] == clock(received, channel, confirmed, as_of=as_of, conventions=default)[:6]


@given(cases(), st.randoms())
def test_the_order_in_which_events_are_given_does_not_matter(case, chance):
    received, events = case
    shuffled = list(events)
    chance.shuffle(shuffled)
    assert attempt(received, events) == attempt(received, shuffled)


def attempt(received, events):
    try:
        return clock(received, events=events)[:6]
    except LawError as error:
        return error.as_dict()


@given(cases())
def test_the_same_legal_day_gives_the_same_result(case):
    received, events = case
    again = [Event(*event) for event in events]
    assert attempt(received, events) == attempt(date.fromordinal(received.toordinal()), again)


@given(cases(), st.integers(0, 120))
def test_a_holiday_more_never_makes_a_due_date_earlier(case, offset):
    received, events = case
    day = received + timedelta(days=offset)
    with_it = CHINA.with_rules(closed(day, name="增加的假日", reference="测试"))
    before, after = both(received, events, with_it)
    assert before is None or after is None or after >= before


@given(cases(), st.integers(0, 120))
def test_a_make_up_day_more_never_makes_a_due_date_later(case, offset):
    received, events = case
    day = received + timedelta(days=offset)
    with_it = CHINA.with_rules(worked(day, name="增加的上班日", reference="测试"))
    before, after = both(received, events, with_it)
    assert before is None or after is None or after <= before


def both(received, events, other):
    """Return the due dates under both calendars, for events that are legal under both."""
    try:
        return clock(received, events=events).due, clock(received, events=events, calendar=other).due
    except LawError:
        return None, None


@given(cases())
def test_the_trace_ends_on_the_due_date_and_counts_every_day_once(case):
    received, events = case
    try:
        state = clock(received, events=events)
    except LawError:
        return
    counted = [line for line in state.trace if line["kind"] == "counted"]
    days = [line["date"] for line in counted]
    assert len(set(days)) == len(days)
    if state.due is not None:
        assert days[-1] == state.due == state.trace[-1]["date"]
        assert counted[-1]["n"] in (20, *range(21, 41))


@given(cases(), st.integers(0, 100))
def test_what_happens_later_does_not_change_an_earlier_day(case, offset):
    received, events = case
    as_of = received + timedelta(days=offset)
    past = [event for event in events if event.effective <= as_of]
    try:
        assert clock(received, events=events, as_of=as_of) == clock(received, events=past, as_of=as_of)
    except LawError:
        return


@given(DAYS, st.sampled_from([channel for channel in CHANNELS if CONFIRMED[channel]]), st.integers(0, 30))
def test_a_later_confirmation_never_makes_a_due_date_earlier_within_an_edition(received, channel, delay):
    confirmed = received + timedelta(days=delay)
    early, late = clock(received, channel), clock(received, channel, confirmed)
    assert early.due <= late.due
