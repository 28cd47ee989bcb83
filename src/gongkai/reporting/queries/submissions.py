"""The reports a person may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.accounts.models import Role
from gongkai.reporting.models import HANDED_UP, Submission

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from gongkai.accounts.queries.scope import Scope


def readable(scope: Scope) -> QuerySet[Submission]:
    """Return the reports of units whose papers ``scope`` may read, and those handed up to where it receives them."""
    theirs = Q(superior__in=scope.of(Role.COMPETENT), state__in=HANDED_UP)
    return Submission.objects.filter(Q(unit__in=scope.readable) | theirs).select_related("campaign", "unit")
