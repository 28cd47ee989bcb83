"""What an officer asks next: which periods run inside the main one, and what may be done today."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from gongkai.law.clock.consultations import SILENCE
from gongkai.law.clock.conventions import wording
from gongkai.law.clock.events import KINDS, Event
from gongkai.law.clock.state import replay
from gongkai.law.errors import LawError

if TYPE_CHECKING:
    from datetime import date

    from gongkai.law.clock.state import State


class SubClock(NamedTuple):
    """A period that runs inside the main one: from ``since`` (not counted) to ``due`` (``None``: the law sets none)."""

    name: str
    caption: str
    since: date
    due: date | None
    article: str
    note: str


class Option(NamedTuple):
    """Whether an event of ``kind`` is allowed today; ``latest`` its last day, or why not, by which article."""

    kind: str
    caption: str
    allowed: bool
    latest: date | None
    code: str
    reason: str
    article: str


def sub_clocks(state: State) -> list[SubClock]:
    """Return the periods that run on the day of ``state``, in the order of their ends."""
    course, day = state.course, state.as_of
    if state.status not in {"open", "suspended"}:
        return []
    found = []
    rule = course.rule("correction")
    if rule.days is not None and not course.corrections:
        latest = course.calendar.add(course.receipt, rule.days)
        found.append(SubClock("correction_notice", "补正告知", course.receipt, latest, rule.article, rule.summary))
    if course.correction is not None:
        note = wording("correction_period_in_working_days")[0]
        found.append(SubClock("correction", "补正", course.correction.day, course.lapse(), rule.article, note))
    if course.fee is not None:
        rule = course.rule("fee")
        found.append(SubClock("fee", "缴费", course.fee.day, course.lapse(), rule.article, rule.summary))
    for waiting in course.pending(day):
        rule = course.rule(waiting.kind)
        note = SILENCE.get(waiting.kind, rule.summary) if rule.days else rule.summary
        since = waiting.received or waiting.sent
        found.append(SubClock(waiting.kind, waiting.name, since, waiting.cap, rule.article, note))
    if course.extension is None and course.until is None and state.due is not None:
        rule = course.rule("extension")
        found.append(SubClock("extension", "延期", course.start, state.due, rule.article, rule.summary))
    running = [clock for clock in found if clock.due is None or clock.due >= day]
    return sorted(running, key=lambda clock: (clock.due is None, clock.due or day))


def options(state: State) -> list[Option]:
    """Return, for every kind of event, whether it is allowed on the day of ``state``."""
    course = state.course
    latest: dict[str, date | None] = {}
    latest.update(dict.fromkeys(("extension", "reasonable_period", "fee_notice", "answer"), state.due))
    days = course.rule("correction").days
    latest["correction_notice"] = course.calendar.add(course.receipt, days) if days else state.due
    latest["correction_answer"] = latest["fee_paid"] = course.lapse()
    found = []
    for event in _tries(state):
        caption = event.name + (f"（{event.outcome}）" if event.outcome else "")
        try:
            replay(state, event)
        except LawError as error:
            found.append(Option(event.kind, caption, False, None, error.code, error.message, error.article))
        else:
            found.append(Option(event.kind, caption, True, latest.get(event.kind), "", "", ""))
    return found


def _tries(state: State) -> list[Event]:
    """Return one event of each kind as it would be entered today, complete as far as the law asks."""
    day, course = state.as_of, state.course
    found = []
    for kind in KINDS:
        event = Event(kind, day)
        if kind == "extension":
            event = event._replace(approver="政府信息公开工作机构负责人")
        elif kind == "reasonable_period":
            event = event._replace(until=max(state.due or day, day) + timedelta(days=1))
        elif kind.endswith(("_received", "_opinion")):
            asked = [c for c in course.consultations if kind.startswith(c.kind) and c.opinion is None]
            event = event._replace(party=asked[0].party if asked else "")
        found.append(event)
        if kind == "answer" and course.awaiting:
            found.append(event._replace(outcome="O1" if course.correction is not None else "O2"))
    return found
