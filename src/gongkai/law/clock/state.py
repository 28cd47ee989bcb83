"""The public function of the clock and its result.

``clock`` answers most questions from a prepared table: an application without events needs one look-up. What is longer
to tell (trace, sub-clocks, what is allowed next) is computed when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.law.calendar import CHINA, Calendar
from gongkai.law.clock.conventions import Conventions, defaults
from gongkai.law.clock.course import Course
from gongkai.law.clock.events import CONFIRMED, Event, in_order
from gongkai.law.editions import CODES, edition, edition_for
from gongkai.law.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from gongkai.law.clock.outlook import Option, SubClock


class Fields(NamedTuple):
    """What a state holds: the result, then the question it answers."""

    regulation: str
    status: str
    due: date | None
    provisional: bool
    days_used: int
    as_of: date
    received: date
    channel: str
    confirmed: date | None
    events: tuple[Event, ...]
    calendar: Calendar
    conventions: Conventions | None
    attempts: tuple[date, ...]


class State(Fields):
    """The clock of one application as of one legal day.

    ``regulation`` is the code of the edition; ``status`` one of ``open``, ``suspended``, ``answered``, ``closed``,
    ``withdrawn``. ``due`` is the last day for the answer: while a consultation is pending the latest it can become,
    ``None`` where the law sets no end to that; after an answer the day that applied; ``None`` while a correction or
    a fee is awaited and after a closure or withdrawal. ``provisional`` says that the day lies in a year without
    a holiday notice. ``days_used`` are working days of the running period, 0 where none runs.
    """

    __slots__ = ()

    @property
    def course(self) -> Course:
        """Return the course of the application, computed from its events again."""
        return replay(self)

    @property
    def trace(self) -> list[dict[str, Any]]:
        """Return the computation, line by line: see ``gongkai.law.clock.trace``."""
        from gongkai.law.clock.trace import trace  # noqa: PLC0415 -- start-up: only when asked for

        return trace(self)

    @property
    def sub_clocks(self) -> list[SubClock]:
        """Return the periods that run inside this one on ``as_of``."""
        from gongkai.law.clock.outlook import sub_clocks  # noqa: PLC0415 -- start-up: only when asked for

        return sub_clocks(self)

    @property
    def allowed(self) -> list[Option]:
        """Return what may happen next on ``as_of``, and what may not and why."""
        from gongkai.law.clock.outlook import options  # noqa: PLC0415 -- start-up: only when asked for

        return options(self)

    @property
    def overdue(self) -> bool:
        """Tell whether the answer came, or has not come, later than ``due``. A day is a day, whatever the hour."""
        if self.status == "answered":
            return self.course.late
        return self.due is not None and self.as_of > self.due


def clock(
    received: date,
    channel: str = "in_person",
    confirmed: date | None = None,
    events: Iterable[Event] = (),
    as_of: date | None = None,
    *,
    calendar: Calendar = CHINA,
    conventions: Conventions | None = None,
    attempts: Iterable[date] = (),
) -> State:
    """Return the clock of an application as of a day.

    ``received`` is the day it reached the agency by ``channel`` (a key of ``events.CHANNELS``), ``confirmed`` the day
    its receipt was confirmed with the applicant, from which ordinary post, internet and fax count (Art 31; default:
    ``received``), ``attempts`` the days on which that was tried in vain. ``events`` may come in any order; those after
    ``as_of`` are left out. ``as_of`` defaults to the day of the last event, or of the receipt. ``conventions``
    replaces the defaults where the regulation is silent.

    Raises ``InputError`` for an unknown channel or an ``as_of`` before ``received``, and a subclass of ``LawError``
    for what the law forbids.
    """
    if channel not in CONFIRMED:
        raise InputError(f"没有“{channel}”这种收到渠道：可用的有 {'、'.join(CONFIRMED)}。")
    listed = tuple(sorted(events, key=in_order)) if events else ()
    tried = tuple(attempts) if attempts else ()
    if not listed and conventions is None:
        start = confirmed if confirmed is not None and CONFIRMED[channel] else received
        base, rows, ranks = calendar.prepared or _prepare(calendar)
        offset = start.toordinal() - base
        row = rows[offset] if 0 <= offset < len(rows) else None
        end = offset if as_of is None else as_of.toordinal() - base
        if row is not None and received <= start and offset <= end < len(ranks):
            regulation, due, provisional, rank = row
            used = 0 if as_of is None else ranks[end] - rank
            return tuple.__new__(
                State,
                (regulation, "open", due, provisional, used, as_of or start, received, channel, confirmed, (), calendar,
                 None, tried),
            )  # fmt: skip
    day = received if as_of is None else as_of
    question = Fields("", "", None, False, 0, day, received, channel, confirmed, listed, calendar, conventions, tried)
    return _answer(question, as_of)


def _answer(question: Fields, as_of: date | None) -> State:
    """Compute the state a question asks for, from its events. Of the result only ``as_of`` is read."""
    received, confirmed, calendar = question.received, question.confirmed, question.calendar
    counts_from = received
    if confirmed is not None and CONFIRMED[question.channel]:
        if confirmed < received:
            from gongkai.law.clock.errors import ConfirmationBeforeReceiptError  # noqa: PLC0415 -- start-up

            raise ConfirmationBeforeReceiptError(
                f"确认日期 {confirmed} 早于申请到达之日 {received}：请核对两个日期。",
                article=edition_for(received).provisions["receipt"].article,
            )
        counts_from = confirmed
    day = as_of or max([counts_from, *(event.effective for event in question.events)])
    if day < received:
        raise InputError(f"截止日 {day} 早于申请到达之日 {received}：请核对这两个日期。")
    question = question._replace(as_of=day, events=tuple(e for e in question.events if e.effective <= day))
    course = replay(question)
    due = course.due()
    days = [found for found in (due, course.lapse(), *(c.cap for c in course.pending(day))) if found is not None]
    return State(
        course.edition.code,
        course.status(day),
        due,
        any(calendar.is_provisional(found) for found in days),
        course.used(day),
        *question[5:],
    )


def replay(question: Fields, *more: Event) -> Course:
    """Return the course of the events of ``question``, then ``more``."""
    confirmed = question.confirmed if CONFIRMED[question.channel] else None
    start = confirmed or question.received
    course = Course(
        edition=edition_for(start),
        conventions=question.conventions or defaults(),
        calendar=question.calendar,
        received=question.received,
        start=start,
    )
    events = (*question.events, *more)
    if events:
        from gongkai.law.clock.acts import apply  # noqa: PLC0415 -- start-up: only where something happened

        for event in events:
            apply(course, event)
    return course


def _prepare(calendar: Calendar) -> tuple[int, list[tuple[str, date, bool, int] | None], list[int]]:
    """Prepare, for every day of the calendar's window, the clock of an application received on it without events.

    A row is ``None`` where no regulation governs the day or its due date lies outside the window.
    """
    ranks, days, base = calendar.ranks, calendar.days, calendar.base
    provisional_from = calendar.provisional_from
    rows: list[tuple[str, date, bool, int] | None] = [None] * len(ranks)
    for code in CODES:
        found = edition(code)
        length = found.provisions["answer"].days or 0
        first = max(0, found.in_force.toordinal() - base)
        last = len(ranks) if found.until is None else min(len(ranks), found.until.toordinal() + 1 - base)
        for offset in range(first, last):
            rank = ranks[offset]
            if rank + length <= len(days):
                due = days[rank + length - 1]
                rows[offset] = (code, due, due >= provisional_from, rank)
    prepared = (base, rows, ranks)
    calendar.prepared = prepared
    return prepared
