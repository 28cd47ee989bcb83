"""One review, for whoever may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.review.models import Review

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from gongkai.accounts.queries.scope import Scope


def readable(scope: Scope) -> QuerySet[Review]:
    """Return the reviews of the units whose papers ``scope`` may read."""
    return Review.objects.filter(unit__in=scope.readable).select_related("unit", "author")
