"""What of the web's intake waits for somebody, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Avg, Count, Sum

from gongkai.intake import rules
from gongkai.intake.models import Callback, Found, Satisfaction, State, Submission

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from gongkai.accounts.queries.scope import Scope


@dataclass(frozen=True, slots=True)
class Year:
    """How it went in a year: ratings of the units asked for, those who found it among what is public."""

    year: int
    ratings: int
    mean: float | None
    found: int


def callbacks(scope: Scope) -> QuerySet[Callback]:
    """Return the requests to be called of the person's units."""
    return Callback.objects.filter(unit__in=rules.units_called(scope)).select_related("unit", "done_by")


def waiting(scope: Scope) -> QuerySet[Callback]:
    """Return those that nobody has called yet, the oldest first."""
    return callbacks(scope).filter(done_on__isnull=True)


def stuck() -> QuerySet[Submission]:
    """Return what could not be taken, the oldest first; nothing of its content."""
    return Submission.objects.filter(state=State.WAITING, attempts__gt=0).defer("content")


def year_of(scope: Scope, day: date) -> Year:
    """Return how it went since the beginning of the year; two queries."""
    rated = Satisfaction.objects.filter(day__year=day.year, application__unit__in=rules.units_called(scope))
    totals = rated.aggregate(number=Count("pk"), mean=Avg("score"))
    found = Found.objects.filter(day__year=day.year).aggregate(total=Sum("count"))["total"] or 0
    return Year(day.year, totals["number"], totals["mean"], found)
