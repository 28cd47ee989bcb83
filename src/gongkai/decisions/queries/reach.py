"""Whose decisions a person deals with: those of their units, and of the ended units whose functions these took over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from gongkai.units.models import Span, Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from gongkai.units.queries.tree import Tree


@dataclass(frozen=True, slots=True)
class Reach:
    """All units there ever were, their last names, and who had taken over from whom by a day."""

    last_names: Mapping[int, str]
    links: tuple[tuple[int, int], ...]

    def of(self, units: Collection[int]) -> frozenset[int]:
        """Return ``units`` and all whose functions had come to them (国办公开办函〔2019〕14号)."""
        found = set(units)
        new = found
        while new:
            new = {predecessor for predecessor, successor in self.links if successor in found} - found
            found |= new
        return frozenset(found)

    def is_everything(self, units: Collection[int]) -> bool:
        """Tell whether ``units`` are all there ever were."""
        return self.last_names.keys() <= set(units)

    def names(self, units: Iterable[int], tree: Tree) -> dict[int, str]:
        """Return what ``units`` are called, by id; of those that have ended the last name."""
        nodes = {unit: tree.node(unit) for unit in units}
        return {unit: node.short_name if node else f"{self.last_names[unit]}（已撤销）" for unit, node in nodes.items()}


def as_of(day: date) -> Reach:
    """Return who had taken over from whom by ``day``. One query made it."""
    last = Span.objects.filter(unit=OuterRef("pk")).order_by("-begins_on").values("short_name")[:1]
    rows = list(
        Unit.objects.annotate(last_name=Subquery(last)).values_list(
            "pk", "last_name", "successors__successor", "successors__change__day"
        )
    )
    links = tuple((unit, heir) for unit, _, heir, since in rows if heir is not None and since <= day)
    return Reach({unit: name for unit, name, _, _ in rows}, links)
