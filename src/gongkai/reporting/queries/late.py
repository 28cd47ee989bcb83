"""What was entered after the year had ended, although it happened in it: to be looked at before a report is frozen."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from gongkai.applications.models import Event
from gongkai.remedies.models import RemedyEvent

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet


def late_applications(units: Collection[int], year: int) -> QuerySet[Event]:
    """Return the events of applications of ``units`` that belong to ``year`` and were entered later."""
    return Event.objects.filter(
        application__unit__in=units, day__range=_span(year), entered_at__gte=_end(year), strikes__isnull=True
    ).select_related("application")


def late_remedies(units: Collection[int], year: int) -> QuerySet[RemedyEvent]:
    """Return the same of reconsiderations and suits."""
    return RemedyEvent.objects.filter(
        remedy__unit__in=units, day__range=_span(year), entered_at__gte=_end(year), strikes__isnull=True
    ).select_related("remedy")


def _span(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _end(year: int) -> datetime:
    return timezone.make_aware(datetime(year + 1, 1, 1))  # noqa: DTZ001 -- made aware in the zone of the city
