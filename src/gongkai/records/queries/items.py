"""How many items stand on the lists, and how many came and went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from gongkai.records.models import ItemKind, ServiceItem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class ItemCount:
    """One list at the end of a year: its stock, what was put on it and what was taken off in the year."""

    kind: str
    label: str
    stock: int
    added: int
    removed: int

    @property
    def change(self) -> int:
        """The year's ± change: the stock at the end of this year less that of the year before."""
        return self.added - self.removed


def on(day: date, units: Iterable[int]) -> QuerySet[ServiceItem]:
    """Return the items of ``units`` that stand on a list on ``day``."""
    return ServiceItem.objects.filter(_standing(day), unit__in=list(units))


def item_counts(year: int, units: Iterable[int]) -> tuple[ItemCount, ...]:
    """Count the items of ``units`` (ids) for ``year``, one line a list, empty lists as 0. One query."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = (
        ServiceItem.objects.filter(unit__in=list(units))
        .order_by()
        .values("kind")
        .annotate(
            stock=Count("pk", filter=_standing(last)),
            added=Count("pk", filter=Q(begins_on__range=(first, last))),
            removed=Count("pk", filter=Q(ends_on__range=(first, last))),
        )
    )
    found = {row["kind"]: row for row in rows}
    return tuple(
        ItemCount(
            value, label, *(found[value][name] if value in found else 0 for name in ("stock", "added", "removed"))
        )
        for value, label in ItemKind.choices
    )


def _standing(day: date) -> Q:
    return Q(begins_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))
