"""The course of one application, computed from its events: no database, no today.

Two axes of time: ``day`` is the legal day the state is asked for, ``known_at`` the moment up to which entries are known
(a report frozen on 20 January does not see what was entered later, whatever its legal day). Struck events count no
more from the moment of the striking on.

An application has rounds. The first begins with the receipt; a reconsideration or a court that sets the answer aside
begins another (``reanswer``), whose last day is the one it sets, else a full period from the day the order arrived.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from gongkai.applications.kinds import ATTEMPT, CHANNEL_OF, CONFIRMED, KINDS, REANSWER, RECEIVED, legal
from gongkai.applications.models import PENDING, Stage
from gongkai.eventlog.log import standing
from gongkai.law.clock.events import CONFIRMED as NEEDS_CONFIRMATION
from gongkai.law.clock.state import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from gongkai.applications.models import Event
    from gongkai.law.calendar import Calendar
    from gongkai.law.clock.course import Course as LawCourse
    from gongkai.law.clock.events import Event as LawEvent
    from gongkai.law.clock.state import State

_WITHDRAWN = "O3"
"""The outcome a withdrawal is counted under: 三(六)3 其他."""

_CONSULTED = {"third_party": "第三方意见", "co_maker": "共同制作机关意见", "other_agency": "其他机关意见"}


@dataclass(frozen=True)
class Course:
    """What an application is on ``day``.

    ``clock`` is the law's state of the running round, ``None`` while the receipt is not confirmed. ``rounds`` counts
    the rounds. ``first_answer`` is the event that ended the first round, ``last`` the one that ended the running round.
    """

    day: date
    received: Event
    events: tuple[Event, ...]
    confirmed_on: date | None
    attempts: tuple[date, ...]
    clock: State | None
    rounds: int = 1
    until: date | None = None
    first_answer: Event | None = None
    last: Event | None = None
    is_split: bool = False

    @property
    def channel(self) -> str:
        """Return the channel of Art 31."""
        return CHANNEL_OF[self.received.payload["medium"]]

    @property
    def started_on(self) -> date | None:
        """Return the day of receipt in the sense of Art 31, ``None`` while it is not confirmed."""
        if self.confirmed_on is None and NEEDS_CONFIRMATION[self.channel]:
            return None
        return self.confirmed_on if NEEDS_CONFIRMATION[self.channel] else self.received.day

    @cached_property
    def running(self) -> LawCourse:
        """Return the law's course of the running round; only where a clock runs."""
        assert self.clock is not None
        return self.clock.course

    @cached_property
    def stage(self) -> str:
        """Return where the application stands."""
        if self.is_split:
            return Stage.SPLIT
        if self.clock is None:
            return Stage.UNCONFIRMED
        status = self.clock.status
        if status == "closed" and self.last is None:
            return Stage.LAPSED
        if status == "suspended":
            if self.running.correction is not None:
                return Stage.AWAITING_CORRECTION
            return Stage.AWAITING_FEE if self.running.fee is not None else Stage.CONSULTING
        return {"open": Stage.OPEN, "answered": Stage.ANSWERED, "closed": Stage.CLOSED, "withdrawn": Stage.WITHDRAWN}[
            status
        ]

    @property
    def is_pending(self) -> bool:
        """Tell whether it is not finished."""
        return self.stage in PENDING

    @property
    def due(self) -> date | None:
        """Return the last day for the answer, ``None`` where none runs."""
        if self.clock is None or self.is_split:
            return None
        return self.until if self.until is not None and self.clock.due is not None else self.clock.due

    @property
    def is_late(self) -> bool:
        """Tell whether the answer came, or has not come, after the last day; a day is a day, whatever the hour."""
        if self.clock is None or self.is_split or self.stage in {Stage.WITHDRAWN, Stage.CLOSED}:
            return False
        reached = self.day if self.last is None else self.last.day
        return self.due is not None and reached > self.due

    @property
    def outcome(self) -> str:
        """Return the outcome of the running round, empty while it has none."""
        return outcome_of(self.last)

    @property
    def changes_on(self) -> date | None:
        """Return the next day on which the stage changes although nothing happens, ``None`` where it does not."""
        if self.clock is None or not self.is_pending:
            return None
        ends = [self.running.lapse(), *(consulted.cap for consulted in self.running.pending(self.day))]
        # Lateness changes too, the day after the last one.
        later = [end + timedelta(days=1) for end in (*ends, self.due) if end is not None]
        return min((day for day in later if day > self.day), default=None)

    @property
    def upcoming(self) -> tuple[date, str] | None:
        """Return what must be watched next and until when: an awaited reply, else the answer itself."""
        if not self.is_pending or self.clock is None:
            return None
        if self.running.awaiting:
            last = self.running.lapse()
            return None if last is None else (last, "补正" if self.running.correction is not None else "缴费")
        ends = [(end.cap, _CONSULTED[end.kind]) for end in self.running.pending(self.day) if end.cap is not None]
        if self.due is not None:
            ends.append((self.due, "答复"))
        return min(ends, default=None)


def outcome_of(event: Event | None) -> str:
    """Return the outcome an ending event brought: a withdrawal counts as 其他."""
    if event is None:
        return ""
    return _WITHDRAWN if event.kind == "withdrawal" else event.payload.get("outcome", "")


def course(
    events: Sequence[Event], day: date, calendar: Calendar, *, known_at: datetime | None = None
) -> Course | None:
    """Return what the application of ``events`` is on ``day``; ``None`` where it was not received by then.

    Raises a subclass of ``LawError`` where the events are not possible together.
    """
    found = standing(events, day, known_at)
    received = next((event for event in reversed(found) if event.kind == RECEIVED), None)
    if received is None:
        return None
    confirmed = min((event.day for event in found if event.kind == CONFIRMED), default=None)
    attempts = tuple(sorted(event.day for event in found if event.kind == ATTEMPT))
    split = any(event.kind == "split" for event in found)
    channel = CHANNEL_OF[received.payload["medium"]]
    rounds = _rounds(found)
    common = {
        "day": day,
        "received": received,
        "events": tuple(found),
        "confirmed_on": confirmed,
        "attempts": attempts,
        "is_split": split,
    }
    if confirmed is None and NEEDS_CONFIRMATION[channel]:
        return Course(**common, clock=None)
    begins, running = rounds[-1]
    law_events = [legal(event) for event in running]
    if begins is None:
        state = clock(received.day, channel, confirmed, law_events, day, calendar=calendar, attempts=attempts)
        until = None
    else:
        state = clock(begins.day, "in_person", None, law_events, day, calendar=calendar)
        until = date.fromisoformat(begins.payload["until"]) if "until" in begins.payload else None
    return Course(
        **common,
        clock=state,
        rounds=len(rounds),
        until=until,
        first_answer=_end(rounds[0][1]),
        last=_end(running),
    )


def preview(found: Course, event: LawEvent) -> State:
    """Return the law's state of ``found`` with one more ``event``; raises a subclass of ``LawError`` if forbidden."""
    state = found.clock
    assert state is not None
    day = max(found.day, event.effective)
    return clock(
        state.received,
        state.channel,
        state.confirmed,
        (*state.events, event),
        day,
        calendar=state.calendar,
        attempts=state.attempts,
    )


def _rounds(found: Sequence[Event]) -> list[tuple[Event | None, list[Event]]]:
    """Return the rounds: what began each (``None``: the receipt) and its legal events."""
    rounds: list[tuple[Event | None, list[Event]]] = [(None, [])]
    for event in sorted(found, key=lambda event: (event.day, event.sequence)):
        if event.kind == REANSWER:
            rounds.append((event, []))
        elif KINDS[event.kind].is_legal:
            rounds[-1][1].append(event)
    return rounds


def _end(events: Iterable[Event]) -> Event | None:
    return next((event for event in events if event.kind in {"answer", "withdrawal"}), None)
