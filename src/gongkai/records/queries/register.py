"""The register as a person may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gongkai.indexing import place
from gongkai.records.domain.trace import KIND
from gongkai.records.models import IndexAlias, Record
from gongkai.records.queries.deadlines import due_before
from gongkai.search.asking import official_number
from gongkai.search.port import Query

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from gongkai.accounts.queries.scope import Scope
    from gongkai.units.queries.tree import Tree

FOUND = 1000
"""How many results of a text search are filtered and paged; beyond it one narrows the search."""

LISTED = (
    "id",
    "unit_id",
    "title",
    "document_number",
    "index_number",
    "category",
    "attribute",
    "stage",
    "validity",
    "made_on",
    "changed_on",
    "published_on",
    "publish_on",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. ``unit`` means it, everything below it and what ended there; empty values do not narrow."""

    text: str = ""
    unit: int | None = None
    stage: str = ""
    attribute: str = ""
    category: str = ""
    validity: str = ""
    year: int | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The records found, and how many the index found where that is more than are listed."""

    records: QuerySet[Record]
    beyond: int | None = None


def readable(scope: Scope) -> QuerySet[Record]:
    """Return the records of the units whose papers ``scope`` may read."""
    return Record.objects.filter(unit__in=scope.readable)


def listed(scope: Scope, tree: Tree, wanted: Wanted) -> Found:
    """Return the records that fit, newest first, with the columns of a list alone.

    Raises ``SearchUnavailableError`` where a text is looked for and the index cannot answer.
    """
    units = scope.readable if wanted.unit is None else scope.readable & tree.with_ended([wanted.unit])
    records = Record.objects.filter(unit__in=units).only(*LISTED)
    for name in ("stage", "attribute", "category", "validity"):
        if getattr(wanted, name):
            records = records.filter(**{name: getattr(wanted, name)})
    if wanted.year is not None:
        records = records.filter(made_on__range=(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.is_late:
        # The few that are late are gathered first: in the order of the list the whole of it would be read for them.
        late = Record.objects.filter(due_before(scope.day), unit__in=units).order_by().values("pk")
        records = records.filter(pk__in=late)
    if not wanted.text:
        return Found(records)
    keys, total = _search(wanted, units)
    return Found(records.filter(pk__in=keys), total if total > FOUND else None)


def called(scope: Scope, number: str) -> list[Record]:
    """Return the readable records that bear ``number`` as 索引号, former 索引号 or 文号, in any bracket and spacing."""
    number = number.strip()
    spelled = {number, official_number(number)}
    same = list(readable(scope).filter(index_number__in=spelled)) or [
        alias.record
        for alias in IndexAlias.objects.filter(number__in=spelled, record__unit__in=scope.readable).select_related(
            "record"
        )
    ]
    return same or list(readable(scope).filter(document_number__in=spelled))


def _search(wanted: Wanted, units: frozenset[int]) -> tuple[list[int], int]:
    filters: dict[str, tuple[str, ...]] = {}
    if wanted.year is not None:
        filters["year"] = (str(wanted.year),)
    if wanted.validity:
        filters["validity"] = (wanted.validity,)
    query = Query(
        text=wanted.text,
        access=frozenset(f"unit:{unit}" for unit in units),
        filters=filters,
        order="newest",
        limit=FOUND,
    )
    page = place.reader().search(query)
    return [int(key.removeprefix(f"{KIND}:")) for key in page.keys if key.startswith(f"{KIND}:")], page.total
