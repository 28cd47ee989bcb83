"""Writing down what a case is, so that lists can filter by it; and computing it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.remedies.course import course
from gongkai.remedies.deadlines import next_of_ours
from gongkai.remedies.models import Remedy, Status
from gongkai.units import calendar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gongkai.remedies.course import Course
    from gongkai.remedies.models import RemedyEvent

FIELDS = ("status", "instance", "began_on", "ended_on", "result", "column", "next_on", "next_what")


def course_of(remedy: Remedy, day: date, *, events: Sequence[RemedyEvent] | None = None) -> Course | None:
    """Return what ``remedy`` is on ``day``; ``None`` before our agency had notice of it."""
    return course(remedy.kind, list(remedy.events.all()) if events is None else events, day)


def project(remedy: Remedy, found: Course | None) -> bool:
    """Set the projection of ``remedy`` to ``found`` without saving; tell whether anything changed."""
    values: dict[str, object] = dict.fromkeys(FIELDS, "") | {"status": str(Status.VOID), "instance": remedy.instance}
    values |= {"began_on": None, "ended_on": None, "next_on": None}
    if found is not None:
        upcoming = next_of_ours(found, calendar.of_city())
        values = {
            "status": str(found.status),
            "instance": str(found.instance),
            "began_on": found.notified.day,
            "ended_on": None if found.ended is None else found.ended.day,
            "result": "" if found.result is None else found.result.key,
            "column": found.column,
            "next_on": None if upcoming is None else upcoming.due,
            "next_what": "" if upcoming is None else upcoming.caption,
        }
    changed = any(getattr(remedy, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(remedy, name, value)
    return changed


@transaction.atomic
def refresh(*, day: date) -> int:
    """Compute again every case that has a last day ahead or is not concluded; returns how many changed.

    Chances lapse and holidays are announced without anything happening in the case; a missed run heals.
    """
    stale = Remedy.objects.select_for_update().exclude(status=Status.CONCLUDED, next_on__isnull=True)
    changed = 0
    for remedy in stale.exclude(status=Status.VOID).prefetch_related("events").order_by("pk"):
        if project(remedy, course_of(remedy, day)):
            remedy.save(update_fields=list(FIELDS))
            changed += 1
    return changed
