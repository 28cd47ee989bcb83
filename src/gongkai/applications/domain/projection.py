"""Writing down what an application is, so that lists can filter by it; and computing it again for all."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.applications.course import course
from gongkai.applications.models import PENDING, Application, DueChange, Event
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.domain.entry import record as note
from gongkai.units import calendar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from django.db.models import QuerySet

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
_ARRIVAL = ("arrived_on", "pk")
_READ = ("application_id", "sequence", "kind", "day", "payload", "strikes_id", "entered_at")


def course_of(
    application: Application, day: date, *, events: Sequence[Event] | None = None, which: Calendar | None = None
) -> Course | None:
    """Return what ``application`` is on ``day``; ``None`` before it was received."""
    found = list(application.events.all()) if events is None else events
    return course(found, day, which or calendar.of_city("answer"))


def project(application: Application, found: Course) -> bool:
    """Set the projection of ``application`` to ``found`` without saving; tell whether anything changed."""
    return bool(_set(application, found))


def _set(application: Application, found: Course) -> dict[str, object]:
    """Set the projection of ``application`` to ``found``; return the columns that changed, with what they are now."""
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
    changed = {name: value for name, value in values.items() if getattr(application, name) != value}
    for name, value in changed.items():
        setattr(application, name, value)
    return changed


def refresh(*, day: date) -> int:
    """Bring every projection that changes by itself up to ``day``; a missed run heals. Returns how many changed."""
    return sum(1 for _ in _again(Application.objects.filter(changes_on__lte=day), day))


@transaction.atomic
def recompute(*, day: date, reason: str) -> list[DueChange]:
    """Compute every unfinished application again and list those whose due date moved, with the ``reason``.

    For a holiday notice that arrives late, a local rule, a suspension of periods: law and events are the same, the
    calendar is another.
    """
    moved = [
        DueChange(application=application, day=day, before=before, after=application.due_on, reason=reason)
        for application, before in _again(Application.objects.filter(stage__in=PENDING), day)
        if before != application.due_on
    ]
    moved.sort(key=lambda change: change.application_id)
    DueChange.objects.bulk_create(moved, batch_size=LOT)
    note(
        act="applications.recomputed",
        actor=SYSTEM,
        subject="applications.calendar:all",
        detail={"day": day.isoformat(), "reason": reason, "moved": len(moved)},
    )
    return moved


def _again(applications: QuerySet[Application], day: date) -> Iterator[tuple[Application, date | None]]:
    """Compute the projection of ``applications`` again, in lots; yield what changed, with the due date before.

    They are taken, and locked, in the order of their arrival: what came in on one day mostly runs out on one day, so
    that few statements write a lot. They are read with the columns of the projection alone.
    """
    which = calendar.of_city("answer")
    numbers = list(applications.order_by(*_ARRIVAL).values_list("pk", flat=True))
    for start in range(0, len(numbers), LOT):
        lot = numbers[start : start + LOT]
        with transaction.atomic():
            rows = Application.objects.select_for_update().filter(pk__in=lot).only(*FIELDS).order_by(*_ARRIVAL)
            found = {one.pk: one for one in rows}
            changed: list[tuple[Application, date | None]] = []
            alike: dict[tuple[tuple[str, object], ...], list[int]] = {}
            # By the number itself: ordering by the relation would join and sort the applications once more.
            events = Event.objects.filter(application__in=lot).only(*_READ).order_by("application_id", "sequence")
            for key, group in groupby(events.iterator(chunk_size=LOT), key=lambda event: event.application_id):
                application = found[key]
                before = application.due_on
                now = course(list(group), day, which)
                if now is not None and (values := _set(application, now)):
                    changed.append((application, before))
                    alike.setdefault(tuple(values.items()), []).append(key)
            for values, keys in alike.items():
                Application.objects.filter(pk__in=keys).update(**dict(values))
        yield from changed
