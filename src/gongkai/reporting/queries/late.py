"""What was entered after the year had ended, although it happened in it: before a report is frozen, and after."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from gongkai.applications.models import Event
from gongkai.remedies.models import RemedyEvent
from gongkai.reporting.queries.parts import units_counted

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from gongkai.reporting.models import Edition


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


def since_frozen(edition: Edition) -> int:
    """Return how many entries on the report's year, or on what it took over, were made after it was frozen.

    They are what the figures may have changed by; what did change is dearer to know (``after_freeze.changes``).
    """
    submission = edition.submission
    if submission is None:
        return 0
    year = submission.campaign.year
    units = units_counted(submission)
    # What strikes an entry out bears the day on which that was done, and concerns the day of what it strikes.
    concerns = Q(day__lte=_span(year)[1]) | Q(strikes__day__lte=_span(year)[1])
    late = Q(entered_at__gt=edition.known_at) & concerns
    return (
        Event.objects.filter(late, application__unit__in=units).count()
        + RemedyEvent.objects.filter(late, remedy__unit__in=units).count()
    )


def _span(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _end(year: int) -> datetime:
    return timezone.make_aware(datetime(year + 1, 1, 1))  # noqa: DTZ001 -- made aware in the zone of the city
