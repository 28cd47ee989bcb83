"""Whose decisions a person deals with: those of their units, and of the ended units whose functions these took over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.units.models import Span, Succession

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from gongkai.units.queries.tree import Tree


def with_predecessors(units: Collection[int], day: date) -> frozenset[int]:
    """Return ``units`` and all whose functions had come to them by ``day`` (国办公开办函〔2019〕14号)."""
    found = set(units)
    links = list(Succession.objects.filter(change__day__lte=day).values_list("predecessor", "successor"))
    new = found
    while new:
        new = {predecessor for predecessor, successor in links if successor in found} - found
        found |= new
    return frozenset(found)


def names(units: Iterable[int], tree: Tree) -> dict[int, str]:
    """Return what ``units`` are called, by id; of those that have ended the last name."""
    wanted = set(units)
    found = {unit: node.short_name for unit in wanted if (node := tree.node(unit)) is not None}
    ended = wanted - found.keys()
    if ended:
        spans = Span.objects.filter(unit__in=ended).order_by("begins_on").values_list("unit", "short_name")
        found |= {unit: f"{name}（已撤销）" for unit, name in spans}
    return found
