"""Who owes a report in a campaign, of what, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gongkai.reporting.models import Scope
from gongkai.units.models import Kind
from gongkai.units.queries import roster, tree

if TYPE_CHECKING:
    from gongkai.reporting.models import Campaign

SELF_GOVERNED = (Kind.GOVERNMENT, Kind.ZONE)
"""Kinds of units that add up what is below them; a department's branches are in its own report."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One report: whose, of which scope, to whom (ids), and what the unit was called on 31 December."""

    unit: int
    superior: int
    scope: str
    body: str


def owing(campaign: Campaign) -> list[Owed]:
    """Return the reports of the year, from the root down: of units that existed on 31 December (条例 第四十九条).

    A government or zone with units below it owes the report of its own level, which goes into its own whole, and the
    whole, which goes to the next one above. Units under vertical management report where the campaign includes them.
    """
    known = tree.as_of(date(campaign.year, 12, 31))
    inside = known.below([campaign.root_id])
    wanted = {one.node.id for one in roster.reporters(campaign.year)}
    if campaign.includes_vertical:
        wanted |= {node.id for node in known if node.kind == Kind.VERTICAL}
    nodes = [node for node in known if node.id in inside and node.id in wanted]
    above = {node.id: node.parent for node in known}
    kinds = {node.id: node.kind for node in known}
    summing = {_summing(node.parent, above, kinds) for node in nodes if node.id != campaign.root_id}
    found = []
    for node in nodes:
        superior = campaign.root_id if node.id == campaign.root_id else _summing(node.parent, above, kinds)
        assert superior is not None
        if node.id in summing:
            found.append(Owed(node.id, superior, Scope.WHOLE, node.name))
            superior = node.id
        found.append(Owed(node.id, superior, Scope.OWN, node.name))
    return found


def _summing(unit: int | None, above: dict[int, int | None], kinds: dict[int, str]) -> int | None:
    """Return the nearest unit from ``unit`` up that adds others up."""
    while unit is not None and kinds[unit] not in SELF_GOVERNED and above[unit] is not None:
        unit = above[unit]
    return unit
