"""The last days of a case: those of our own filings, those the body and the other side have.

Periods come from the table of clocks (``law.clocks``). A suspension takes its days out of the time for the decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from gongkai.law import clocks
from gongkai.law.clocks import ClockNotInForceError
from gongkai.remedies.kinds import ANSWERED, EVIDENCE
from gongkai.remedies.models import Instance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.law.calendar import Calendar
    from gongkai.remedies.course import Course


@dataclass(frozen=True, slots=True)
class Deadline:
    """One last day. ``due`` is ``None`` where no rule was in force; ``done`` is the day it was met.

    ``is_ours``: our agency must act. ``lapses``: it is a chance, gone when the day has passed, and not a duty.
    ``trace`` are lines of ``law.clocks``.
    """

    key: str
    caption: str
    due: date | None
    done: date | None
    is_ours: bool
    article: str
    trace: tuple[dict[str, Any], ...] = ()
    lapses: bool = False

    def is_open(self, day: date) -> bool:
        """Tell whether it must, or may, still be met."""
        return self.due is not None and self.done is None and not (self.lapses and day > self.due)

    def is_late(self, day: date) -> bool:
        """Tell whether it was met, or has not been met, after the last day."""
        if self.due is None or (self.lapses and self.done is None):
            return False
        return (self.done or day) > self.due


def deadlines(found: Course, calendar: Calendar) -> list[Deadline]:
    """Return the last days of the running instance, in the order of their ends."""
    made = list(_suit(found, calendar) if found.is_suit else _reconsideration(found, calendar))
    return sorted(made, key=lambda one: (one.due is None, one.due or found.day))


def next_of_ours(found: Course, calendar: Calendar) -> Deadline | None:
    """Return our own next last day."""
    return next((one for one in deadlines(found, calendar) if one.is_ours and one.is_open(found.day)), None)


def _reconsideration(found: Course, calendar: Calendar) -> Iterator[Deadline]:
    simplified = bool(found.notified.payload.get("simplified"))
    reply = "reconsideration_reply_simplified" if simplified else "reconsideration_reply"
    yield from _filings(found, reply, found.notified.day, calendar, "书面答复")
    decision = "reconsideration_decision_simplified" if simplified else "reconsideration_decision"
    name = "reconsideration_decision_extended" if found.is_extended else decision
    yield _awaited(found, name, _accepted(found), calendar, "复议决定")
    if found.ended is not None:
        start = _served(found)
        caption = "对方可以起诉"
        yield _made("litigation_after_reconsideration", start, calendar, caption=caption, lapses=True, ours=False)


def _suit(found: Course, calendar: Calendar) -> Iterator[Deadline]:
    if found.instance == Instance.FIRST:
        start = found.opened.day if found.opened is not None else found.notified.day
        if found.opened is None:
            yield from _filings(found, "defence", start, calendar, "答辩状")
        simplified = bool(found.notified.payload.get("simplified"))
        name = "judgment_simplified" if simplified else "judgment"
        yield _awaited(found, name, start if found.opened else _accepted(found), calendar, "一审裁判")
        if found.result is not None and found.result.appealable:
            form = "appeal_ruling" if found.result.form == "ruling" else "appeal_judgment"
            yield _made(
                form,
                _served(found),
                calendar,
                caption="可以上诉",
                lapses=True,
                ours=found.result.column == "corrected",
            )
    elif found.instance == Instance.APPEAL:
        copy = found.during("appeal_copy")
        if copy is not None:
            yield from _filings(found, "appeal_reply", copy.day, calendar, "二审答辩状", with_evidence=False)
        assert found.opened is not None
        yield _awaited(found, "judgment_on_appeal", found.opened.day, calendar, "二审裁判")


def _filings(
    found: Course, clock: str, start: date, calendar: Calendar, caption: str, *, with_evidence: bool = True
) -> Iterator[Deadline]:
    """Yield what our agency must file: the answer, and the evidence it rests on (late evidence counts as none)."""
    answered, evidence = found.during(ANSWERED), found.during(EVIDENCE)
    filings = [(f"提交{caption}", answered)]
    if with_evidence:
        together = answered if answered is not None and answered.payload.get("with_evidence") else None
        filings.append(("提交证据、依据", evidence or together))
    for name, event in filings:
        done = None if event is None else event.day
        # Once the case has ended, nothing need be filed any more.
        yield _made(clock, start, calendar, caption=name, done=done, ours=True, lapses=found.ended is not None)


def _awaited(found: Course, clock: str, start: date, calendar: Calendar, caption: str) -> Deadline:
    pauses = [*found.pauses, *([(found.suspended.day, found.day)] if found.suspended else [])]
    paused = sum((end - begin).days for begin, end in pauses)
    done = None if found.ended is None else found.ended.day
    return _made(clock, start, calendar, caption=caption, done=done, ours=False, paused=paused)


def _made(
    clock: str,
    start: date,
    calendar: Calendar,
    *,
    caption: str,
    ours: bool,
    done: date | None = None,
    lapses: bool = False,
    paused: int = 0,
) -> Deadline:
    try:
        rule = clocks.in_force(clock, start)
    except ClockNotInForceError as error:
        return Deadline(clock, caption, None, done, ours, error.article, (), lapses)
    # Months cannot be lengthened by days: there the pause is added to the start.
    length = rule.length + paused if paused and rule.unit == "days" else None
    begin = start if length or not paused else date.fromordinal(start.toordinal() + paused)
    due = clocks.due(clock, begin, calendar=calendar, length=length)
    note = {
        "date": due.due,
        "kind": "note",
        "text": f"扣除中止期间{paused}日",
        "article": rule.article,
        "source": "",
    }
    trace = (*due.trace, note) if paused else due.trace
    return Deadline(clock, caption, due.due, done, ours, rule.article, trace, lapses)


def _accepted(found: Course) -> date:
    """Return the day the body took the case, from which it must decide; where the notice does not say, our notice."""
    day = found.notified.payload.get("accepted")
    return date.fromisoformat(day) if day else found.notified.day


def _served(found: Course) -> date:
    day = found.served_on
    assert day is not None
    return day
