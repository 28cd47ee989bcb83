"""How many decisions, how much money: what the annual report counts.

Decisions count in the year they were made, whether published or lawfully not published, changed or not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Sum

from gongkai.decisions.models import Charge, Decision, DecisionKind, Procurement
from gongkai.decisions.models.facts import in_wan, in_yuan
from gongkai.units.models import Succession
from gongkai.units.queries import tree

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from decimal import Decimal

KINDS = tuple(kind.value for kind in DecisionKind)


@dataclass(frozen=True, slots=True)
class Counts:
    """Decisions of a year by unit and kind. A unit or kind that is not named has none."""

    year: int
    by_unit: Mapping[int, Mapping[str, int]]

    def of(self, kind: str, units: Collection[int] | None = None) -> int:
        """Return how many of ``kind`` there are, of ``units`` or of all."""
        chosen = self.by_unit if units is None else [unit for unit in units if unit in self.by_unit]
        return sum(self.by_unit[unit].get(kind, 0) for unit in chosen)

    @property
    def total(self) -> int:
        """How many there are of all kinds."""
        return sum(self.of(kind) for kind in KINDS)


@dataclass(frozen=True, slots=True)
class Money:
    """Annual amounts by unit in 分; ``projects`` counts the items behind them."""

    year: int
    fen: Mapping[int, int] = field(default_factory=dict)
    projects: Mapping[int, int] = field(default_factory=dict)

    @property
    def wan(self) -> Decimal:
        """The sum in 万元."""
        return in_wan(sum(self.fen.values()))

    @property
    def yuan(self) -> Decimal:
        """The sum in 元."""
        return in_yuan(sum(self.fen.values()))

    @property
    def count(self) -> int:
        """How many items there are."""
        return sum(self.projects.values())


def counts(year: int, units: Collection[int]) -> Counts:
    """Return the decisions made in ``year`` by ``units`` (ids), by unit and kind; one query, from an index alone."""
    rows = (
        Decision.objects.filter(
            unit__in=units, kind__in=KINDS, decided_on__range=(date(year, 1, 1), date(year, 12, 31))
        )
        .values_list("unit", "kind")
        .annotate(count=Count("*"))
        .order_by()
    )
    by_unit: dict[int, dict[str, int]] = {}
    for unit, kind, count in rows:
        by_unit.setdefault(unit, {})[kind] = count
    return Counts(year, by_unit)


def charges(year: int, units: Collection[int]) -> Money:
    """Return what ``units`` collected in ``year`` (第二十条第八项)."""
    return _money(Charge, year, units)


def procurement(year: int, units: Collection[int]) -> Money:
    """Return what ``units`` bought centrally in ``year`` (第二十条第九项)."""
    return _money(Procurement, year, units)


def _money(model: type[Charge | Procurement], year: int, units: Collection[int]) -> Money:
    rows = (
        model.objects.filter(unit__in=units, year=year)
        .values_list("unit")
        .annotate(fen=Sum("amount_fen"), count=Count("*"))
        .order_by()
    )
    found = list(rows)
    return Money(year, {unit: int(fen) for unit, fen, _ in found}, {unit: count for unit, _, count in found})


def subtree(year: int, unit: int) -> frozenset[int]:
    """Return ``unit`` and all below it on the last day of ``year``, with the units whose functions these took over.

    A unit that ended in the course of the year is counted where its functions went (国办公开办函〔2019〕14号).
    """
    last = date(year, 12, 31)
    found = set(tree.as_of(last).below([unit]))
    ended = Succession.objects.filter(change__day__range=(date(year, 1, 1), last)).values_list(
        "predecessor", "successor"
    )
    links = list(ended)
    grown = True
    while grown:
        new = {predecessor for predecessor, successor in links if successor in found} - found
        grown = bool(new)
        found |= new
    return frozenset(found)
