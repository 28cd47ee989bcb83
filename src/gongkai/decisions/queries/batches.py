"""Import batches as the office reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.decisions.models import ImportBatch

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope


def readable(scope: Scope) -> QuerySet[ImportBatch]:
    """Return the batches of the units whose papers the person may read, latest first."""
    return ImportBatch.objects.filter(unit__in=scope.readable).select_related("user")


def with_errors(user: User) -> QuerySet[ImportBatch]:
    """Return the latest batches of ``user`` that left bad rows and were not followed by a corrected file."""
    return ImportBatch.objects.filter(user=user, rows_bad__gt=0, is_settled=False).order_by("pk")
