"""What waits for confirmation with the applicant (Art 31): the duty is of the same day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.applications import rules
from gongkai.applications.domain.identity import masked
from gongkai.applications.kinds import ATTEMPT
from gongkai.applications.models import Application, Event, Stage
from gongkai.law.clock.conventions import defaults
from gongkai.units import calendar

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.domain.identity import Identity


@dataclass(frozen=True, slots=True)
class Waiting:
    """An application that waits: whom to reach, the working days since it came, what was tried.

    ``urgency`` is ``late`` once the working day that remains has passed (a court may then take the day of arrival:
    指导案例26号), ``soon`` on that day, else ``normal``.
    """

    application: Application
    applicant: Identity | None
    waited: int
    urgency: str
    attempts: tuple[Event, ...]


def unconfirmed(scope: Scope) -> QuerySet[Application]:
    """Return the applications of the units ``scope`` works for that wait for confirmation, the oldest first."""
    units = scope.of(*rules.WORKING)
    return Application.objects.filter(unit__in=units, stage=Stage.UNCONFIRMED).order_by("arrived_on", "pk")


def waiting(applications: QuerySet[Application], day: date) -> list[Waiting]:
    """Return ``applications`` as they wait on ``day``; three queries."""
    which, limit = calendar.of_city("answer"), defaults().late_confirmation_days
    tried: dict[int, list[Event]] = {}
    found = list(applications.prefetch_related("applicants"))
    keys = [one.pk for one in found]
    for event in Event.objects.filter(application__in=keys, kind=ATTEMPT, struck_by__isnull=True).order_by("sequence"):
        tried.setdefault(event.application_id, []).append(event)
    lines = []
    for one in found:
        waited = which.count(one.arrived_on, day)
        urgency = "late" if waited > limit else "soon" if waited == limit else "normal"
        first = next(iter(one.applicants.all()), None)
        lines.append(Waiting(one, masked(first) if first else None, waited, urgency, tuple(tried.get(one.pk, ()))))
    return lines
