"""Who may look at the tree, change it, and write a unit's guide.

This room stands below ``accounts`` and does not know its classes: whatever answers like ``Scope`` will do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.units.queries.tree import Tree

OFFICE_HEAD = "office_head"
COMPETENT = "competent"


class Rights(Protocol):
    """What a person may do, by role, on one day (``accounts.queries.scope.Scope``)."""

    units: Mapping[str, frozenset[int]]

    def of(self, *roles: str) -> frozenset[int]:
        """Return the units where the person has any of ``roles``."""

    def may(self, unit: int, *roles: str) -> bool:
        """Tell whether the person has any of ``roles`` at the unit with this id."""

    @property
    def is_administrator(self) -> bool:
        """Tell whether the person runs the system."""


def may_look(scope: Rights) -> bool:
    """Allow everybody with any role: who there is and how to reach them is no secret."""
    return bool(scope.units)


def may_reform(scope: Rights, unit: int) -> bool:
    """Allow the competent department within its subtree, and administrators."""
    return scope.is_administrator or scope.may(unit, COMPETENT)


def reformable(scope: Rights, tree: Tree) -> frozenset[int]:
    """Return the units of ``tree`` that the person may reform."""
    return frozenset(node.id for node in tree if may_reform(scope, node.id))


def may_write_guide(scope: Rights, unit: int) -> bool:
    """Allow the head of the unit's disclosure office, and the competent department."""
    return scope.may(unit, OFFICE_HEAD, COMPETENT)
