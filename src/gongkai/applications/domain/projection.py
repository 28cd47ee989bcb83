"""Writing down what an application is, so that lists can filter by it; and computing it again for all."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from gongkai.applications.course import course
from gongkai.applications.models import PENDING, Application, DueChange, Event
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.domain.entry import record as note
from gongkai.units import calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from gongkai.applications.course import Course
    from gongkai.law.calendar import Calendar

FIELDS = (
    "stage",
    "regulation",
    "started_on",
    "due_on",
    "is_provisional",
    "next_on",
    "next_what",
    "changes_on",
    "ended_on",
    "outcome",
    "is_late",
)
LOT = 1000


def course_of(
    application: Application, day: date, *, events: Sequence[Event] | None = None, which: Calendar | None = None
) -> Course | None:
    """Return what ``application`` is on ``day``; ``None`` before it was received."""
    found = list(application.events.all()) if events is None else events
    return course(found, day, which or calendar.of_city("answer"))


def project(application: Application, found: Course) -> bool:
    """Set the projection of ``application`` to ``found`` without saving; tell whether anything changed."""
    upcoming = found.upcoming or (None, "")
    clock = found.clock
    ended = found.last if not found.is_pending and not found.is_split else None
    values = {
        "stage": str(found.stage),
        "regulation": clock.regulation if clock else "",
        "started_on": found.started_on,
        "due_on": found.due,
        "is_provisional": bool(clock and clock.provisional and found.is_pending),
        "next_on": upcoming[0],
        "next_what": upcoming[1],
        "changes_on": found.changes_on,
        "ended_on": ended.day if ended else None,
        "outcome": found.outcome if ended else "",
        "is_late": found.is_late,
    }
    changed = any(getattr(application, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(application, name, value)
    return changed


def refresh(*, day: date) -> int:
    """Bring every projection that changes by itself up to ``day``; a missed run heals. Returns how many changed."""
    stale = Application.objects.filter(changes_on__lte=day).order_by("pk")
    return sum(1 for _ in _again(stale, day))


@transaction.atomic
def recompute(*, day: date, reason: str) -> list[DueChange]:
    """Compute every unfinished application again and list those whose due date moved, with the ``reason``.

    For a holiday notice that arrives late, a local rule, a suspension of periods: law and events are the same, the
    calendar is another.
    """
    pending = Application.objects.filter(Q(stage__in=PENDING)).order_by("pk")
    moved = [
        DueChange(application=application, day=day, before=before, after=application.due_on, reason=reason)
        for application, before in _again(pending, day)
        if before != application.due_on
    ]
    DueChange.objects.bulk_create(moved, batch_size=LOT)
    note(
        act="applications.recomputed",
        actor=SYSTEM,
        subject="applications.calendar:all",
        detail={"day": day.isoformat(), "reason": reason, "moved": len(moved)},
    )
    return moved


def _again(applications: Iterable[Application], day: date) -> Iterator[tuple[Application, date | None]]:
    """Compute the projection of ``applications`` again, in lots; yield what changed, with the due date before."""
    which = calendar.of_city("answer")
    numbers = list(applications.values_list("pk", flat=True))
    for start in range(0, len(numbers), LOT):
        lot = numbers[start : start + LOT]
        with transaction.atomic():
            found = {one.pk: one for one in Application.objects.select_for_update().filter(pk__in=lot).order_by("pk")}
            changed = []
            events = Event.objects.filter(application__in=lot).order_by("application", "sequence")
            for key, group in groupby(events.iterator(chunk_size=LOT), key=lambda event: event.application_id):
                application = found[key]
                before = application.due_on
                now = course(list(group), day, which)
                if now is not None and project(application, now):
                    changed.append((application, before))
            _store([one for one, _ in changed])
        yield from changed


def _store(applications: list[Application]) -> None:
    """Write the projections of rows that exist, by insertion with conflicts: ten times as fast as Django's update."""
    Application.objects.bulk_create(applications, update_conflicts=True, update_fields=FIELDS, unique_fields=["pk"])
