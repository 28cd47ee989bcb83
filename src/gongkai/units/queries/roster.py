"""Who owes an annual report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gongkai.units.models import Change, Kind
from gongkai.units.queries import tree

if TYPE_CHECKING:
    from gongkai.units.queries.tree import Node


@dataclass(frozen=True, slots=True)
class Reporter:
    """A unit that reports for a year, and what reform did to it in that year (``Change.Act`` values)."""

    node: Node
    acts: frozenset[str]

    @property
    def is_new(self) -> bool:
        """Tell whether this is the first report of the unit."""
        return Change.Act.ESTABLISHED in self.acts

    @property
    def is_re_formed(self) -> bool:
        """Tell whether the unit came out of a merger or a split."""
        return bool(self.acts & {Change.Act.MERGED, Change.Act.SPLIT})

    @property
    def is_renamed(self) -> bool:
        """Tell whether the unit changed its name."""
        return Change.Act.RENAMED in self.acts


def acts_in(year: int) -> dict[int, frozenset[str]]:
    """Return what reform did to each unit in ``year`` (``Change.Act`` values). One query."""
    acts: dict[int, set[str]] = {}
    rows = Change.objects.filter(day__range=(date(year, 1, 1), date(year, 12, 31))).values_list("act", "units")
    for act, unit in rows:
        acts.setdefault(unit, set()).add(act)
    return {unit: frozenset(found) for unit, found in acts.items()}


def reporters(year: int) -> tuple[Reporter, ...]:
    """Return who reports for ``year``: the units of 31 December, with the reforms of the year (条例 第四十九条)."""
    acts = acts_in(year)
    return tuple(
        Reporter(node, acts.get(node.id, frozenset()))
        for node in tree.as_of(date(year, 12, 31))
        if node.kind != Kind.VERTICAL
    )
