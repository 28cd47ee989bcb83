"""What a unit's letters carry beyond their text, with what the tree and the guide know where nothing is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.letters.kinds import WORDS, NumberClass
from gongkai.applications.models import Stationery
from gongkai.law.letters_number import NumberFormat
from gongkai.law.remedies import Agency, AgencyKind
from gongkai.units.models import Guide, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.units.models import Unit
    from gongkai.units.queries.tree import Node, Tree

_KINDS = {
    Kind.GOVERNMENT: AgencyKind.GOVERNMENT,
    Kind.OFFICE: AgencyKind.DEPARTMENT,
    Kind.DEPARTMENT: AgencyKind.DEPARTMENT,
    Kind.TOWN: AgencyKind.TOWNSHIP,
    Kind.STREET: AgencyKind.OUTPOST,
    Kind.ZONE: AgencyKind.OUTPOST,
    Kind.VERTICAL: AgencyKind.VERTICAL,
    Kind.AUTHORISED: AgencyKind.AUTHORISED,
    Kind.ENTERPRISE: AgencyKind.AUTHORISED,
}
"""The kind of agency a unit is taken for unless its stationery says another (行政复议法 第二十四条至第二十八条)."""

_ABOVE = ("own_government", "superior_government", "establishing_government", "managing_government")
"""Roles that the next government above a unit has."""


def stationery_of(unit: Unit) -> Stationery | None:
    """Return what the unit has set, if it has."""
    return Stationery.objects.filter(unit=unit).first()


def agency_of(unit: Unit, tree: Tree, own: Stationery | None) -> Agency:
    """Return the agency as the law of remedies takes it; reviewers that nobody named come from the tree."""
    above = next((node for node in _superiors(unit, tree) if node.kind == Kind.GOVERNMENT), None)
    names = dict.fromkeys(_ABOVE, above.name) if above is not None else {}
    if own is None:
        return Agency(_KINDS[unit.kind], names)
    kind = AgencyKind(own.agency_kind) if own.agency_kind else _KINDS[unit.kind]
    return Agency(kind, {**names, **own.reviewers}, own.court)


def number_format(own: Stationery) -> tuple[NumberFormat, dict[str, str]]:
    """Return how a unit numbers its letters, and the 类别字 of each class."""
    words = {one.value: own.words.get(one.value) or WORDS[one] for one in NumberClass}
    return NumberFormat(own.pattern, tuple(dict.fromkeys(words.values()))), words


def contact_of(unit: Unit) -> str:
    """Return whom to turn to, from the unit's guide (条例 第十二条); empty where it has none."""
    guide = Guide.objects.filter(unit=unit).first()
    return f"联系人：{guide.office}　电话：{guide.telephone}" if guide else ""


def _superiors(unit: Unit, tree: Tree) -> Iterator[Node]:
    node = tree.node(unit.pk)
    while node is not None and node.parent is not None:
        node = tree.node(node.parent)
        if node is not None:
            yield node
