"""Imports of paper registers as a person may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from gongkai.applications import rules
from gongkai.applications.domain.importing import cells_of
from gongkai.applications.models import LineState, RegisterImport, RegisterLine
from gongkai.tables import returned
from gongkai.tables.captions import ERROR_CAPTION, ROW_CAPTION
from gongkai.tables.written import Table, written

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


def bad_lines(batch: RegisterImport) -> QuerySet[RegisterLine]:
    """Return the bad rows in the order of the file, without what stood in them."""
    return RegisterLine.objects.filter(batch=batch, state=LineState.BAD).only("place", "problems").order_by("row")


def error_file(batch: RegisterImport) -> Iterator[bytes]:
    """Yield the csv of the bad rows in pieces: the columns of the template, the row, what is wrong."""
    return returned.error_file(batch.columns, _bad(batch))


def error_book(batch: RegisterImport, name: str) -> Table:
    """Return the same as a workbook called ``name``."""
    rows = ([*cells, place, problems] for cells, place, problems in _bad(batch))
    return written("xlsx", name, "错误行", [*batch.columns, ROW_CAPTION, ERROR_CAPTION], rows)


def _bad(batch: RegisterImport) -> Iterator[tuple[list[str], str, str]]:
    found = RegisterLine.objects.filter(batch=batch, state=LineState.BAD).order_by("row")
    return ((cells_of(line), line.place, line.problems) for line in found.iterator(chunk_size=_AT_ONCE))
