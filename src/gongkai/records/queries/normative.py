"""The register of normative documents: what is in force on any day, and how it came to be so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q

from gongkai.records.models import Category, Record, Validity
from gongkai.records.queries.waiting import EXPIRY_NOTICE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

ENDED = (Validity.REPEALED, Validity.EXPIRED)
"""A modified document is in force, as modified."""


@dataclass(frozen=True, slots=True)
class NormativeCounts:
    """Documents made and ended in a year, and those in force at its end: the three numbers of table 二."""

    year: int
    made: int
    repealed: int
    in_force: int
    published: int = 0


def register(units: Iterable[int]) -> QuerySet[Record]:
    """Return every normative document that the units ever published, whatever became of it.

    A document made jointly counts once: of several records with one 文号 among ``units``, the first stands for all.
    What is not published is no document to be relied on yet, and is not in the register.
    """
    units = list(units)
    published = Record.objects.filter(unit__in=units, category=Category.NORMATIVE, published_on__isnull=False)
    first = Record.objects.filter(
        unit__in=units,
        category=Category.NORMATIVE,
        published_on__isnull=False,
        document_number=OuterRef("document_number"),
        pk__lt=OuterRef("pk"),
    ).exclude(document_number="")
    return published.filter(~Exists(first))


def ended_by(day: date) -> Q:
    """Return the condition that a document no longer holds on ``day``; the day it ends on is its first without it."""
    return Q(validity__in=ENDED, validity_since__lte=day)


def in_force(units: Iterable[int], day: date) -> QuerySet[Record]:
    """Return the documents in force at the end of ``day``: made by then, and neither repealed nor expired."""
    return register(units).filter(~ended_by(day), made_on__lte=day)


def made_in(units: Iterable[int], year: int) -> QuerySet[Record]:
    """Return the documents made in ``year``."""
    return register(units).filter(made_on__year=year)


def ended_in(units: Iterable[int], year: int) -> QuerySet[Record]:
    """Return the documents that were repealed or expired in ``year``."""
    return register(units).filter(validity__in=ENDED, validity_since__year=year)


def expiring(units: Iterable[int], day: date) -> QuerySet[Record]:
    """Return the documents in force whose 有效期 ends within the notice, or has ended and nobody declared it."""
    return in_force(units, day).filter(expires_on__lte=day + EXPIRY_NOTICE)


def normative_counts(year: int, units: Iterable[int]) -> NormativeCounts:
    """Count the documents of ``units`` (ids) for ``year``; ``in_force`` is the register on 31 December. One query.

    ``in_force`` of a year is always that of the year before, plus made, minus repealed.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = register(units).aggregate(
        made=Count("pk", filter=Q(made_on__range=(first, last))),
        repealed=Count("pk", filter=Q(validity__in=ENDED, validity_since__range=(first, last))),
        in_force=Count("pk", filter=Q(made_on__lte=last) & ~ended_by(last)),
    )
    return NormativeCounts(year, **found)


def by_unit(
    year: int, units: Iterable[int], categories: Iterable[str] = (Category.NORMATIVE,)
) -> dict[str, dict[int, NormativeCounts]]:
    """Count the documents of each of ``units`` by itself, by category.

    ``published`` are those both made and published in ``year``. A document made jointly counts at every unit that has
    it: whoever adds the units up takes it off again. A unit without any is absent. One query.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    made = Q(made_on__range=(first, last))
    counted: dict[str, dict[int, NormativeCounts]] = {str(category): {} for category in categories}
    rows = (
        Record.objects.filter(unit__in=list(units), category__in=list(counted), published_on__isnull=False)
        .order_by()
        .values_list("category", "unit")
        .annotate(
            made=Count("pk", filter=made),
            repealed=Count("pk", filter=Q(validity__in=ENDED, validity_since__range=(first, last))),
            in_force=Count("pk", filter=Q(made_on__lte=last) & ~ended_by(last)),
            published=Count("pk", filter=made & Q(published_on__lte=last)),
        )
    )
    for category, unit, *counts in rows:
        counted[category][unit] = NormativeCounts(year, *counts)
    return counted
