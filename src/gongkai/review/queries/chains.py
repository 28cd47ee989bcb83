"""Which chains hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.review.models import Chain

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet


def holding(units: Collection[int]) -> QuerySet[Chain]:
    """Return the presets and the chains of ``units`` that new reviews take, the presets first."""
    found = Chain.objects.filter(Q(unit__isnull=True) | Q(unit__in=units), is_active=True)
    return found.select_related("unit").prefetch_related("steps").order_by("kind", "unit__code")
