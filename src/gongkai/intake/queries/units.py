"""To whom one can apply, and how: what the guides announce (国办公开办函〔2017〕19号)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.units.models import Guide, Kind
from gongkai.units.queries.tree import as_of

if TYPE_CHECKING:
    from datetime import date

    from gongkai.units.queries.tree import Node

_LONG = ("cautions", "classification", "arrangement", "obtaining")
_GROUPS = {
    "政府和部门": {Kind.GOVERNMENT, Kind.OFFICE, Kind.DEPARTMENT, Kind.ZONE},
    "乡镇、街道": {Kind.TOWN, Kind.STREET},
    "垂直管理单位、授权组织": {Kind.VERTICAL, Kind.AUTHORISED},
}


@dataclass(frozen=True, slots=True)
class Target:
    """A unit that exists, and its guide, ``None`` where it has not published one."""

    unit: Node
    guide: Guide | None

    @property
    def is_online(self) -> bool:
        """Tell whether its guide announces that it takes applications on the web."""
        return self.guide is not None and "internet" in self.guide.channels


def targets(day: date) -> list[Target]:
    """Return the units that exist on ``day`` and answer applications, in the order of the tree; two queries.

    Public enterprises answer none: they publish by the rules of their sector (条例 第五十五条).
    """
    guides = {guide.unit_id: guide for guide in Guide.objects.defer(*_LONG)}
    return [Target(node, guides.get(node.id)) for node in as_of(day) if node.kind != Kind.ENTERPRISE]


def grouped(found: list[Target]) -> list[tuple[str, list[Target]]]:
    """Return ``found`` in the groups they are chosen from."""
    groups = ((name, [one for one in found if one.unit.kind in kinds]) for name, kinds in _GROUPS.items())
    return [(name, members) for name, members in groups if members]
