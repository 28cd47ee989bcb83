"""The 20 working days of 条例 第二十六条: computed, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.law import clocks
from gongkai.law.calendar import CHINA
from gongkai.records.models import Attribute, Stage

if TYPE_CHECKING:
    from gongkai.law.clocks import Due
    from gongkai.records.models import Record

SOON = 5
"""Working days before the last one from which a record is marked."""

PENDING = (Stage.DRAFT, Stage.REVIEWING, Stage.READY)
"""Stages in which what is to be published is not."""

_WINDOW = 400
"""Days back from which every period has surely ended."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day for publishing a record, how it was counted, and ``late``, ``soon`` or ``normal``.

    ``is_met`` tells of a published record whether it was in time; ``None`` where it is still to be published.
    """

    due: Due
    urgency: str
    is_met: bool | None

    @property
    def last_day(self) -> date:
        """The last day."""
        return self.due.due


@lru_cache(maxsize=4096)
def due_from(start: date) -> Due | None:
    """Return the period that starts on ``start``; ``None`` before there was such a rule (2008-05-01)."""
    try:
        return clocks.due("publication", start)
    except clocks.ClockNotInForceError:
        return None


def deadline_of(record: Record, today: date) -> Deadline | None:
    """Return the deadline of what is or was to be published; ``None`` for what is not."""
    if record.attribute != Attribute.PROACTIVE or record.stage not in {*PENDING, Stage.PUBLISHED}:
        return None
    due = due_from(record.changed_on or record.made_on)
    if due is None:
        return None
    if record.stage == Stage.PUBLISHED:
        met = record.published_on <= due.due
        return Deadline(due, "normal" if met else "late", met)
    if today > due.due:
        return Deadline(due, "late", None)
    return Deadline(due, "soon" if CHINA.count(today, due.due) <= SOON else "normal", None)


@lru_cache(maxsize=64)
def last_start_due_before(day: date) -> date:
    """Return the last day such that a period starting on it has ended before ``day``."""
    low, high = day - timedelta(days=_WINDOW), day
    while high - low > timedelta(days=1):
        middle = low + (high - low) // 2
        due = due_from(middle)
        if due is None or due.due < day:
            low = middle
        else:
            high = middle
    return low


def due_before(day: date) -> Q:
    """Return the condition of being unpublished with a last day before ``day``: what is late on that day."""
    start = last_start_due_before(day)
    # What was changed was made before: the day it was made bounds both, and an index can follow it.
    begun = Q(made_on__lte=start) & (Q(changed_on__isnull=True) | Q(changed_on__lte=start))
    return Q(stage__in=PENDING, attribute=Attribute.PROACTIVE) & begun


def due_soon(today: date) -> Q:
    """Return the condition of being unpublished and late or to be published within ``SOON`` working days."""
    return due_before(CHINA.add(today, SOON) + timedelta(days=1))
