"""The course of one application: its events in order, each checked against the law, and the period they leave.

The arithmetic (law.md §1.5, ADR 0003): the day of receipt is not counted; a correction and a paid fee restart the full
period; the days of consultations are taken out of it; an extension adds its days to what is left; the reasonable period
of Art 35 replaces it by a day.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from gongkai.law.clock.consultations import Consultation, count_out, count_used, intervals
from gongkai.law.clock.conventions import wording

if TYPE_CHECKING:
    from gongkai.law.calendar import Calendar
    from gongkai.law.clock.consultations import Interval
    from gongkai.law.clock.conventions import Conventions
    from gongkai.law.clock.events import Event
    from gongkai.law.editions import Edition, Provision

LAPSES = {"O1": "correction", "O2": "fee"}
"""Outcomes that close an application because something awaited did not come."""


class Mark(NamedTuple):
    """A line of the trace that stands for an event or a warning."""

    date: date
    kind: str
    text: str
    article: str
    source: str = ""


class Leg(NamedTuple):
    """A period that ran from ``start`` (not counted) to ``stop``, without the days of ``excluded``."""

    start: date
    stop: date
    excluded: tuple[Interval, ...]


class Course:
    """The state an application is in after the events applied so far. Built by ``apply``, then read."""

    def __init__(
        self, *, edition: Edition, conventions: Conventions, calendar: Calendar, received: date, start: date
    ) -> None:
        self.edition = edition
        self.conventions = conventions
        self.calendar = calendar
        self.received = received
        self.receipt = start
        self.start = start
        self.extra = 0
        self.until: date | None = None
        self.extension: Event | None = None
        self.consultations: list[Consultation] = []
        self.correction: Event | None = None
        self.corrections = 0
        self.corrected = False
        self.fee: Event | None = None
        self.fees = 0
        self.reasons = ""
        self.final: Event | None = None
        self.late = False
        self.legs: list[Leg] = []
        self.marks: list[Mark] = []

    # What the events leave.

    @property
    def answer_days(self) -> int:
        """Return the working days of the running period, extension included."""
        return (self.rule("answer").days or 0) + self.extra

    @property
    def intervals(self) -> list[Interval]:
        """Return the intervals that take days out of the running period."""
        return self._schedule()[1]

    @property
    def awaiting(self) -> bool:
        """Tell whether no period runs because a correction or a fee is awaited."""
        return self.correction is not None or self.fee is not None

    def due(self) -> date | None:
        """Return the last day for the answer, ``None`` where no period runs or its end is not known yet."""
        if self.awaiting or (self.final is not None and self.status(self.final.day) != "answered"):
            return None
        return self._schedule()[0]

    def used(self, day: date) -> int:
        """Return the working days of the running period used up to ``day``, 0 where none runs."""
        if self.awaiting:
            return 0
        end = day if self.final is None else self.final.day
        return count_used(self.calendar, self.start, end, self.intervals)

    def lapse(self) -> date | None:
        """Return the last day for what is awaited from the applicant, ``None`` where no day is set."""
        if self.fee is not None:
            return self.calendar.add(self.fee.day, self.rule("fee").days or 0)
        notice = self.correction
        if notice is None or notice.period_days is None or self.rule("correction").days is None:
            return None
        if self.conventions.correction_period_in_working_days:
            return self.calendar.add(notice.day, notice.period_days)
        return notice.day + timedelta(days=notice.period_days)

    def lapsed(self, day: date) -> bool:
        """Tell whether on ``day`` the applicant counts as having given up (Art 30; 109号)."""
        last = self.lapse()
        return last is not None and day > last

    def pending(self, day: date) -> list[Consultation]:
        """Return the consultations that keep the period suspended on ``day``."""
        return [found.consultation for found in self.intervals if found.consultation.pending(day)]

    def status(self, day: date) -> str:
        """Return ``open``, ``suspended``, ``answered``, ``closed`` or ``withdrawn`` as of ``day``."""
        if self.final is not None:
            if self.final.kind == "withdrawal":
                return "withdrawn"
            return "closed" if self.final.outcome in LAPSES else "answered"
        if self.lapsed(day):
            return "closed"
        return "suspended" if self.awaiting or self.pending(day) else "open"

    def _schedule(self) -> tuple[date | None, list[Interval]]:
        if self.until is not None:
            return self.until, []
        found = intervals(
            (c for c in self.consultations if c.kind in self.edition.provisions),
            includes_dispatch_day=self.conventions.suspension_includes_dispatch_day,
            ended=None if self.final is None else self.final.day,
        )
        return count_out(self.calendar, self.start, self.answer_days, found)

    def rule(self, key: str) -> Provision:
        """Return the rule ``key`` of the edition that governs the application."""
        return self.edition.provisions[key]

    # What the events do.

    def mark(self, day: date, text: str, article: str, *, kind: str = "event", source: str = "") -> None:
        """Put a line about ``day`` into the trace."""
        self.marks.append(Mark(day, kind, text, article, source))

    def warn(self, day: date, text: str, article: str) -> None:
        """Put a warning about ``day`` into the trace."""
        self.mark(day, text, article, kind="warning")

    def abandon(self, day: date) -> None:
        """Let the running period end on ``day`` without an answer."""
        self.legs.append(Leg(self.start, day, tuple(self.intervals)))

    def restart(self, day: date, text: str, article: str) -> None:
        """Let a full period run again from ``day`` (not counted)."""
        note, basis = wording("restart")
        self.mark(day, f"{text}；答复期限自次日起重新计算。{note}", article, source=basis)
        self.start, self.extra, self.until = day, 0, None
