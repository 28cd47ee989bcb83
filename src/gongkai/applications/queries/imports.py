"""Imports of paper registers as a person may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from gongkai.applications import rules
from gongkai.applications.domain.importing import cells_of
from gongkai.applications.models import LineState, RegisterImport, RegisterLine
from gongkai.tables import returned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from gongkai.accounts.queries.scope import Scope

_AT_ONCE = 500


def readable(scope: Scope) -> QuerySet[RegisterImport]:
    """Return the imports of the units for which the person works, each with how many rows became what."""
    counts = {str(state): Count("lines", filter=Q(lines__state=state)) for state in LineState}
    mine = RegisterImport.objects.filter(unit__in=scope.of(*rules.WORKING))
    counted = mine.select_related("unit", "user").annotate(rows=Count("lines"), **counts)
    return counted.order_by("-pk")


def open_errors(scope: Scope) -> QuerySet[RegisterImport]:
    """Return the imports with bad rows that nobody has dealt with."""
    return readable(scope).filter(is_settled=False, bad__gt=0, waiting=0)


def error_file(batch: RegisterImport) -> Iterator[bytes]:
    """Yield the csv of the bad rows in pieces: the columns of the template, the row, what is wrong."""
    lines = RegisterLine.objects.filter(batch=batch, state=LineState.BAD).iterator(chunk_size=_AT_ONCE)
    return returned.error_file(batch.columns, ((cells_of(line), line.place, line.problems) for line in lines))
