"""Which guides are up to date (条例 第十二条: 及时更新)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Max, Q

from gongkai.units.models import Guide, Kind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class GuideState:
    """A unit's guide, or ``None``, and the last reform of the unit on the day asked for."""

    guide: Guide | None
    reformed_on: date | None

    @property
    def is_stale(self) -> bool:
        """Tell whether the unit was reformed after its guide was last renewed."""
        return self.guide is not None and self.reformed_on is not None and self.guide.updated_on < self.reformed_on


def state_of(unit: Unit, day: date) -> GuideState:
    """Return the state of one unit's guide on ``day``."""
    last = unit.changes.filter(day__lte=day).aggregate(last=Max("day"))["last"]
    return GuideState(Guide.objects.filter(unit=unit).first(), last)


def lacking(units: Iterable[int], day: date) -> QuerySet[Unit]:
    """Return those of ``units`` (ids) that exist on ``day`` without a guide, or with one older than their last reform.

    Vertically managed units are left out: their guides are their superiors' matter.
    """
    return (
        Unit.objects.filter(Q(abolished_on__isnull=True) | Q(abolished_on__gt=day), pk__in=units)
        .exclude(kind=Kind.VERTICAL)
        .annotate(reformed_on=Max("changes__day", filter=Q(changes__day__lte=day)))
        .filter(Q(guide__isnull=True) | Q(guide__updated_on__lt=F("reformed_on")))
        .select_related("guide")
        .order_by("code")
    )
