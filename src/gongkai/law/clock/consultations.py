"""Consultations and the days they take out of the period (Arts 32, 33(3), 34)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.law.calendar import Calendar

NAMES = {"third_party": "第三方", "co_maker": "共同制作机关", "other_agency": "其他机关"}
"""Who may be consulted, with the Chinese name; the keys of the provisions in the regulation's parameters."""

SILENCE = {
    "third_party": "第三方逾期未提出意见，由行政机关决定是否公开",
    "co_maker": "共同制作机关逾期未提出意见，视为同意公开",
}
"""What the law makes of silence. A third party's and a co-maker's are opposites."""


class Consultation:
    """One consultation: whom, when it was sent, received and answered, and what was said."""

    __slots__ = ("cap", "consent", "kind", "opinion", "party", "received", "sent")

    def __init__(self, kind: str, sent: date, party: str) -> None:
        self.kind = kind
        self.sent = sent
        self.party = party
        self.received: date | None = None
        self.opinion: date | None = None
        self.consent: bool | None = None
        self.cap: date | None = None

    @property
    def name(self) -> str:
        """Return who is consulted, in words."""
        return f"{NAMES[self.kind]}（{self.party}）" if self.party else NAMES[self.kind]

    @property
    def last(self) -> date | None:
        """Return the last day it can take out of the period, ``None`` while nothing fixes one."""
        if self.opinion is None or self.cap is None:
            return self.opinion or self.cap
        return min(self.opinion, self.cap)

    def pending(self, day: date) -> bool:
        """Tell whether its outcome is awaited on ``day``."""
        return self.opinion is None and (self.cap is None or day <= self.cap)


class Interval(NamedTuple):
    """The days later than ``after`` and not later than ``last`` are not counted; ``None``: no end is known."""

    after: date
    last: date | None
    consultation: Consultation

    def holds(self, day: date) -> bool:
        """Tell whether ``day`` is one of its days."""
        return self.after < day and (self.last is None or day <= self.last)


def intervals(
    consultations: Iterable[Consultation], *, includes_dispatch_day: bool, ended: date | None
) -> list[Interval]:
    """Return the intervals of ``consultations`` in the order of their beginnings.

    ``ended`` is the day the case ended: an answer that nobody waits for any more takes no further day.
    """
    found = []
    for consultation in consultations:
        last = consultation.last
        if ended is not None and (last is None or last > ended):
            last = ended
        after = consultation.sent - timedelta(days=1) if includes_dispatch_day else consultation.sent
        found.append(Interval(after, last, consultation))
    return sorted(found, key=lambda interval: interval.after)


def count_out(
    calendar: Calendar, start: date, days: int, excluded: Iterable[Interval]
) -> tuple[date | None, list[Interval]]:
    """Return the day on which ``days`` working days after ``start`` are used up, and the intervals that mattered.

    Days of the intervals are not counted; overlapping ones are united. An interval that begins when the period is
    already used up does not matter. The day is ``None`` if an interval without an end comes first.
    """
    cursor, need = start, days
    mattered: list[Interval] = []
    for interval in excluded:
        before = calendar.count(cursor, interval.after)
        if before >= need:
            break
        need -= before
        mattered.append(interval)
        if interval.last is None:
            return None, mattered
        cursor = max(cursor, interval.after, interval.last)
    return calendar.add(cursor, need), mattered


def count_used(calendar: Calendar, start: date, until: date, excluded: Iterable[Interval]) -> int:
    """Return the working days later than ``start``, not later than ``until`` and in none of the intervals."""
    cursor, used = start, 0
    for interval in excluded:
        used += calendar.count(cursor, min(interval.after, until))
        if interval.last is None:
            return used
        cursor = max(cursor, interval.after, interval.last)
    return used + calendar.count(cursor, until)
