"""The units as of a day, and things called by their names; permanent addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from gongkai.api.errors import UnknownUnitError
from gongkai.units.queries import tree as trees
from gongkai.units.queries.today import units
from gongkai.windows.addresses import base

if TYPE_CHECKING:
    from datetime import date

    from gongkai.units.queries.tree import Node, Past, Tree


def as_of(day: date | None) -> Tree:
    """Return the tree of units as of a day, of today for none and for one to come."""
    # What is entered for a day to come is not public before it.
    return units() if day is None or day >= timezone.localdate() else trees.as_of(day)


def unit_of(tree: Tree, code: str, place: str = "query") -> Node | Past:
    """Return the unit with this code, one that had ended included. Raises ``UnknownUnitError``."""
    found = tree.coded(code) or next((past for past in tree.ended.values() if past.code == code), None)
    if found is None:
        raise UnknownUnitError(code, place)
    return found


def covered(code: str | None) -> frozenset[int] | None:
    """Return the ids of a unit, of everything below it and of what ended there; ``None`` for no unit named."""
    if code is None:
        return None
    tree = units()
    return tree.with_ended([unit_of(tree, code).id])


def code_of(tree: Tree, unit: int | None) -> str:
    """Return the code of the unit with this id, one that ended included; empty where it is not known."""
    found = tree.node(unit or 0) or tree.ended.get(unit or 0)
    return found.code if found else ""


def called(tree: Tree, unit: int) -> dict[str, str]:
    """Return code and full name of the unit with this id, as entries of a line."""
    return {"unit_code": code_of(tree, unit), "unit_name": tree.name(unit, in_full=True)}


def address(name: str, *arguments: Any) -> str:  # noqa: ANN401 -- whatever the address takes
    """Return a permanent address of this site, with its host where the installation has named it."""
    return base() + reverse(name, args=arguments)
