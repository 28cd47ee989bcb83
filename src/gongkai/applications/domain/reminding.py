"""The daily run: bring the projections up to the day, and remind of every period that nears its end or has ended.

It may come late or twice. Every reminder belongs to the legal day on which it was due, not to the hour of the run, and
there is one for each kind and each day it is about.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from gongkai.applications.domain import projection
from gongkai.applications.domain.trace import KIND
from gongkai.applications.models import Application, Event, Reminder, ReminderKind, Stage
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.domain.entry import record as note
from gongkai.law.clock.conventions import defaults
from gongkai.units import calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.law.calendar import Calendar

SOON = 3
"""Working days before the last one on which the first reminder is given; the second is given one day before."""
_REACH = 60
"""Calendar days ahead beyond which no reminder can be due yet."""


@transaction.atomic
def remind(*, day: date) -> list[Reminder]:
    """Do what is due up to ``day`` and return the reminders that are new."""
    projection.refresh(day=day)
    which = calendar.of_city("answer")
    running = Q(stage__in=(Stage.OPEN, Stage.CONSULTING), due_on__lte=day + timedelta(days=_REACH))
    other = Q(stage__in=(Stage.UNCONFIRMED, Stage.LAPSED))
    wanted = [
        Reminder(application=application, kind=kind, day=on, about=about)
        for application in Application.objects.filter(running | other).order_by("pk")
        for kind, on, about in _due(application, which)
        if on <= day
    ]
    wanted += _silent(day, which)
    known = set(
        Reminder.objects.filter(application__in={one.application_id for one in wanted}).values_list(
            "application", "kind", "about"
        )
    )
    new = [one for one in wanted if (one.application_id, one.kind, one.about) not in known]
    Reminder.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    for one in new:
        if one.kind == ReminderKind.OVERDUE:
            note(
                act="applications.overdue",
                actor=SYSTEM,
                subject=f"{KIND}:{one.application_id}",
                article="《政府信息公开条例》第三十三条",
                detail={"day": one.day.isoformat(), "due": one.about.isoformat()},
            )
    return new


def _due(application: Application, which: Calendar) -> Iterator[tuple[str, date, date]]:
    """Yield kind, legal day and the day it is about, of every reminder that belongs to the state of ``application``."""
    if application.stage == Stage.UNCONFIRMED:
        last = which.add(application.arrived_on, defaults().late_confirmation_days)
        yield ReminderKind.UNCONFIRMED, last + timedelta(days=1), last
        return
    if application.stage == Stage.LAPSED:
        last = application.next_on or application.arrived_on
        yield ReminderKind.LAPSED, last + timedelta(days=1), last
        return
    due = application.due_on
    if due is None:
        return
    yield ReminderKind.DUE_SOON, _before(due, SOON, which), due
    yield ReminderKind.DUE_NEXT, _before(due, 1, which), due
    yield ReminderKind.OVERDUE, due + timedelta(days=1), due


def _silent(day: date, which: Calendar) -> list[Reminder]:
    """Return the reminders of those consulted who let their period pass in silence: now the agency decides."""
    asked = Event.objects.filter(kind__in=("third_party_received", "co_maker_received")).values("application")
    running = Application.objects.filter(pk__in=asked, stage__in=(Stage.OPEN, Stage.CONSULTING)).order_by("pk")
    found = []
    for application in running.prefetch_related("events"):
        course = projection.course_of(application, day, which=which)
        consulted = course.running.consultations if course and course.clock else ()
        found += [
            Reminder(
                application=application,
                kind=ReminderKind.CONSULTED,
                day=one.cap + timedelta(days=1),
                about=one.cap,
            )
            for one in consulted
            if one.opinion is None and one.cap is not None and one.cap < day
        ]
    return found


def _before(last: date, days: int, which: Calendar) -> date:
    """Return the day from which ``days`` working days remain up to and including ``last``."""
    day = last
    while which.count(day, last) < days:
        day -= timedelta(days=1)
    return day
